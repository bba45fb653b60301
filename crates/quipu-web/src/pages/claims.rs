//! Claims on the page of a document: their cards, their lines, their filters.

use fluent_bundle::FluentArgs;
use quipu_desk::view::claims::{
    ClaimHolderView, ClaimRoleView, ClaimTimeView, ClaimView, THE_SOURCE, UNNAMED,
};
use quipu_desk::view::lines::ClaimMarkView;

use super::document::DocumentPage;
use super::meanings::amount_value;
use crate::link::address;
use crate::words::Words;

/// Below this many thousandths a reading is called unsure, and very unsure.
const UNSURE: u32 = 600;
const VERY_UNSURE: u32 = 350;

/// A line under a segment: that of one passage and standing.
pub(super) struct Line {
    pub(super) lane: usize,
    pub(super) standing: &'static str,
    /// Whether the passage begins here.
    pub(super) begins: bool,
    /// The claims it stands for.
    pub(super) numbers: Vec<usize>,
}

/// One choice of a filter.
pub(super) struct Choice {
    pub(super) value: String,
    pub(super) name: String,
    pub(super) chosen: bool,
}

impl DocumentPage {
    // --- in the text ---------------------------------------------------------

    /// The lines under a segment, the nearest first.
    pub(super) fn claim_lines(&self, marks: &[ClaimMarkView]) -> Vec<Line> {
        let mut lines: Vec<Line> = Vec::new();
        for mark in marks {
            let Some(lane) = mark.lane else { continue };
            match lines.iter_mut().find(|line| line.lane == lane) {
                Some(line) => line.numbers.push(mark.number),
                None => lines.push(Line {
                    lane,
                    standing: mark.standing,
                    begins: mark.begins,
                    numbers: vec![mark.number],
                }),
            }
        }
        lines
    }

    /// The numbers over a segment, those of one lane together, the shortest
    /// passage first: `4,5 7`.
    pub(super) fn claim_numbers(&self, marks: &[ClaimMarkView]) -> String {
        let mut written = String::new();
        let mut before: Option<Option<usize>> = None;
        for mark in marks {
            if let Some(lane) = before {
                let same = lane.is_some() && lane == mark.lane;
                written.push(if same { ',' } else { ' ' });
            }
            written.push_str(&mark.number.to_string());
            before = Some(mark.lane);
        }
        written
    }

    /// The claims whose predicate these words are.
    pub(super) fn predicates(&self, marks: &[ClaimMarkView]) -> Vec<usize> {
        let own = marks.iter().filter(|mark| mark.predicate);
        own.map(|mark| mark.number).collect()
    }

    pub(super) fn joined(&self, numbers: &[usize]) -> String {
        let numbers: Vec<String> = numbers.iter().map(ToString::to_string).collect();
        numbers.join(",")
    }

    /// Those of them that are met for the first time.
    pub(super) fn words_begin(&self, numbers: &[usize]) -> Vec<usize> {
        let mut begun = self.words_begun.borrow_mut();
        let new = numbers.iter().filter(|number| begun.insert(**number));
        new.copied().collect()
    }

    /// The numbers printed behind the predicate that ends here.
    pub(super) fn note_numbers(&self, marks: &[ClaimMarkView]) -> String {
        let ending = marks.iter().filter(|mark| mark.predicate_ends);
        let numbers: Vec<usize> = ending.map(|mark| mark.number).collect();
        self.joined(&numbers)
    }

    // --- the card --------------------------------------------------------------

    pub(super) fn claim_kind(&self, claim: &ClaimView) -> String {
        claim_kind(&self.t, claim)
    }

    pub(super) fn first_name<'c>(&self, claim: &'c ClaimView) -> Option<&'c str> {
        name_of(claim.roles.first())
    }

    pub(super) fn second_name<'c>(&self, claim: &'c ClaimView) -> Option<&'c str> {
        name_of(claim.roles.get(1))
    }

    pub(super) fn first_shown(&self, claim: &ClaimView) -> String {
        shown(&self.t, claim.roles.first())
    }

    pub(super) fn second_shown(&self, claim: &ClaimView) -> String {
        shown(&self.t, claim.roles.get(1))
    }

    /// Whether the tie has a second end worth a word: one that somebody fills, or
    /// that its kind asks for.
    pub(super) fn has_second(&self, claim: &ClaimView) -> bool {
        let second = claim.roles.get(1);
        second.is_some_and(|role| role.name.is_some() || claim.kind != "open")
    }

    /// The ends of its tie of which there is more to say: the role, where it is not
    /// one of those that everything has, and the words, where they are not the name.
    pub(super) fn ends<'c>(&self, claim: &'c ClaimView) -> Vec<&'c ClaimRoleView> {
        let filled = claim.roles.iter().take(2);
        let filled = filled.filter(|role| role.name.is_some());
        let both = filled.clone().count() == 2 && claim.kind != "open";
        filled
            .filter(|role| both || role.as_written.is_some())
            .collect()
    }

    /// A time in words, where the document does not write it so.
    pub(super) fn claim_date(&self, when: &ClaimTimeView) -> Option<String> {
        let day = self.t.date(when.edtf.as_deref()?);
        (day.to_lowercase() != when.as_written.to_lowercase()).then_some(day)
    }

    pub(super) fn claim_doubt(&self, claim: &ClaimView) -> Option<String> {
        let percent = claim.confidence / 10;
        match claim.confidence {
            VERY_UNSURE..UNSURE => Some(self.t.count("claim-unsure", percent)),
            0..VERY_UNSURE => Some(self.t.count("claim-very-unsure", percent)),
            _ => None,
        }
    }

    /// The trace in one plain sentence.
    pub(super) fn claim_reason(&self, claim: &ClaimView) -> String {
        let mut args = FluentArgs::new();
        args.set("words", claim.predicate_as_written.as_str());
        args.set("kind", claim_kind(&self.t, claim));
        let mut reason = self
            .t
            .message("claim-reason", Some(&args))
            .unwrap_or_default();
        for (i, (role, words)) in claim.filled.iter().enumerate() {
            reason.push_str(if i == 0 { " " } else { "; " });
            let mut args = FluentArgs::new();
            args.set("role", self.t.named("role", role));
            args.set("words", words.as_str());
            let filled = self.t.message("claim-reason-role", Some(&args));
            reason.push_str(&filled.unwrap_or_default());
        }
        if !claim.filled.is_empty() {
            reason.push('.');
        }
        reason
    }

    /// The citation that stands under a claim in print.
    pub(super) fn claim_note(&self, claim: &ClaimView) -> String {
        let page = claim.page.map(|page| format!(", p. {page}"));
        format!(
            "“{}” {}{}. quipu:/d/{}?{} · seal {}",
            claim.quote,
            self.view.cited_as,
            page.unwrap_or_default(),
            self.id,
            claim.address,
            self.view.seal
        )
    }

    // --- filters -----------------------------------------------------------------

    pub(super) fn is_filtered(&self) -> bool {
        self.filter.is_set()
    }

    /// This document without the filter.
    pub(super) fn unfiltered(&self) -> String {
        let part = self.view.section.to_string();
        let link = address(
            &format!("/d/{}", self.id),
            &[("part", &part), ("q", &self.query)],
        );
        format!("{link}#claims")
    }

    pub(super) fn kind_choices(&self) -> Vec<Choice> {
        let chosen = self.filter.kind.as_deref();
        choices(&self.t, &self.view.claim_counts.kinds, chosen, |kind| {
            self.t.named("claim-kind", kind)
        })
    }

    pub(super) fn standing_choices(&self) -> Vec<Choice> {
        let chosen = self.filter.standing.as_deref();
        let counts = &self.view.claim_counts.standings;
        choices(&self.t, counts, chosen, |word| {
            self.t.named("standing", word)
        })
    }

    pub(super) fn holder_choices(&self) -> Vec<Choice> {
        let chosen = self.filter.holder.as_deref();
        let counts = &self.view.claim_counts.holders;
        choices(&self.t, counts, chosen, |name| match name {
            THE_SOURCE => self.t.say("claim-holder-source"),
            UNNAMED => self.t.say("claim-holder-unnamed"),
            name => name.to_owned(),
        })
    }
}

fn choices(
    t: &Words,
    counts: &[(String, u64)],
    chosen: Option<&str>,
    name: impl Fn(&str) -> String,
) -> Vec<Choice> {
    let choice = |(value, count): &(String, u64)| Choice {
        name: format!("{} ({})", name(value), t.number(*count)),
        chosen: chosen == Some(value),
        value: value.clone(),
    };
    counts.iter().map(choice).collect()
}

fn name_of(role: Option<&ClaimRoleView>) -> Option<&str> {
    role.and_then(|role| role.name.as_deref())
}

/// Who fills a role; who is not named is called by the role.
fn shown(t: &Words, role: Option<&ClaimRoleView>) -> String {
    match (name_of(role), role) {
        (Some(name), _) => name.to_owned(),
        (None, Some(role)) => t.say_with("claim-nobody", t.named("role", &role.role)),
        (None, None) => String::new(),
    }
}

/// The kind in words, narrowed where it is; of no kind, its lemma.
pub(super) fn claim_kind(t: &Words, claim: &ClaimView) -> String {
    if claim.kind == "open" {
        return t.say_with("claim-open", &claim.predicate);
    }
    let kind = t.named("claim-kind", &claim.kind);
    match &claim.subkind {
        Some(subkind) => format!("{kind} · {}", t.named("claim-subkind", subkind)),
        None => kind,
    }
}

/// What a claim says, in one line: `payment: Rosas → Loyo · 5,000 USD · not`.
pub(super) fn claim_line(t: &Words, claim: &ClaimView) -> String {
    let mut line = format!("{}: ", claim_kind(t, claim));
    line.push_str(&shown(t, claim.roles.first()));
    line.push_str(" → ");
    line.push_str(&shown(t, claim.roles.get(1)));
    let amounts = claim.amounts.iter().map(|amount| amount_value(t, amount));
    let when = claim.when.as_ref().and_then(|when| when.edtf.as_deref());
    let when = when.map(|edtf| t.date(edtf)).into_iter();
    let not = claim.negative.then(|| t.say("claim-not")).into_iter();
    for more in amounts.chain(when).chain(not) {
        line.push_str(" · ");
        line.push_str(&more);
    }
    line
}

/// Who says a claim, in one line; nothing where the source itself does.
pub(super) fn holders_line(t: &Words, claim: &ClaimView) -> Option<String> {
    let name = |holder: &ClaimHolderView| match &holder.name {
        Some(name) => name.clone(),
        None => t.say("claim-holder-unnamed"),
    };
    let names: Vec<String> = claim.holders.iter().map(name).collect();
    (!names.is_empty()).then(|| t.say_with("claim-said-by", names.join(" ← ")))
}
