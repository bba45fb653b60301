//! How sure a claim is: signs of its words, its tree and its sentence, weighed by
//! the sheet of the packs (`schema/confidence.toml`).

use std::fmt::Write as _;

use quipu_model::span::{Repaired, Span};
use quipu_model::{AnnotatedText, Claim, Holders, OPEN, Polarity, Sentence, Slot, Token};
use quipu_packs::ConfidenceSheet;

/// Gives each claim its confidence. Claims stand in the order of their quotes.
pub(super) fn judge(
    claims: &mut [Claim],
    annotated: &AnnotatedText,
    text: &str,
    sheet: &ConfidenceSheet,
) {
    let mut sums = vec![sheet.bias(); claims.len()];
    signs(claims, annotated, text, |claim, sign| {
        sums[claim] = sums[claim].saturating_add(sheet.weight(sign));
    });
    for (claim, sum) in claims.iter_mut().zip(sums) {
        claim.confidence = sheet.confidence(sum);
    }
}

/// Hands on every sign of every claim, with the claim's place: `first PRON`, `kind
/// payment`. The weights of the sheet go by these names.
pub fn signs(
    claims: &[Claim],
    annotated: &AnnotatedText,
    text: &str,
    mut take: impl FnMut(usize, &str),
) {
    let mut name = String::new();
    let mut read: Option<Read<'_>> = None;
    for (place, claim) in claims.iter().enumerate() {
        if read
            .as_ref()
            .is_none_or(|read| read.sentence.span != claim.sentence)
        {
            read = Read::new(claim.sentence, annotated, text);
        }
        let Some(read) = &read else { continue };
        let mut say = |sign: std::fmt::Arguments<'_>| {
            name.clear();
            let _ = name.write_fmt(sign);
            take(place, &name);
        };
        read.sentence_signs(&mut say);
        read.claim_signs(claim, &mut say);
        let ends = ["first", "second"].into_iter().zip(&claim.roles);
        let mut filled = 0;
        for (end, role) in ends {
            match &role.filler {
                Some(slot) => read.end_signs(claim, end, slot, &mut say),
                None => say(format_args!("{end} empty")),
            }
            filled += usize::from(role.filler.is_some());
        }
        let framed = if claim.kind == OPEN { "open" } else { "framed" };
        say(format_args!("{framed} ends {filled}"));
        // The same words say several claims where something is coordinated.
        let beside = place.saturating_sub(6)..claims.len().min(place + 7);
        let beside = claims.get(beside).unwrap_or_default().iter();
        let same = beside.filter(|other| other.predicate_span == claim.predicate_span);
        say(format_args!("same predicate {}", same.count().min(4)));
    }
}

type Say<'s> = &'s mut dyn FnMut(std::fmt::Arguments<'_>);

/// A sentence with what its claims have in common.
struct Read<'a> {
    sentence: &'a Sentence,
    annotated: &'a AnnotatedText,
    letters: Vec<Span<Repaired>>,
    /// No small letter in it.
    capitals: bool,
    /// Its last sign is no end.
    unended: bool,
    /// Words whose relation the parser could not tell.
    unknown: bool,
}

impl<'a> Read<'a> {
    fn new(span: Span<Repaired>, annotated: &'a AnnotatedText, text: &str) -> Option<Self> {
        let sentences = &annotated.sentences;
        let at = sentences.partition_point(|sentence| sentence.span.start() < span.start());
        let sentence = sentences.get(at).filter(|own| own.span == span)?;
        let words = span.of(text)?;
        let loose = |token: &Token| matches!(base(&token.relation), "dep" | "parataxis" | "orphan");
        Some(Self {
            sentence,
            annotated,
            letters: sentence.own_letters(text, 0),
            capitals: !words.chars().any(char::is_lowercase),
            unended: !words
                .trim_end_matches(['"', '”', '»', ')', ' '])
                .ends_with(['.', '?', '!', ':']),
            unknown: sentence.tokens.iter().any(loose),
        })
    }

    fn sentence_signs(&self, say: Say<'_>) {
        say(format_args!("language {}", self.sentence.language));
        say(format_args!(
            "sentence words {}",
            bin(self.sentence.tokens.len(), &[6, 12, 20, 30, 45])
        ));
        for (holds, sign) in [
            (self.capitals, "sentence in capitals"),
            (self.unended, "sentence without end"),
            (self.unknown, "sentence loosely joined"),
        ] {
            if holds {
                say(format_args!("{sign}"));
            }
        }
        let root = self.sentence.tokens.iter().find(|token| token.head == 0);
        if let Some(root) = root {
            say(format_args!("root {}", root.upos));
        }
    }

    fn claim_signs(&self, claim: &Claim, say: Say<'_>) {
        say(format_args!("kind {}", claim.kind));
        say(format_args!("standing {}", claim.standing.word()));
        for mark in &claim.marks {
            say(format_args!("mark {}", mark.word()));
        }
        if let Some(at) = self.head_of(claim.predicate_span) {
            let token = &self.sentence.tokens[at];
            say(format_args!("predicate {}", token.upos));
            say(format_args!(
                "predicate {} {}",
                token.upos,
                base(&token.relation)
            ));
            say(format_args!("predicate depth {}", self.depth(at).min(5)));
            let words = bin(self.words(claim.predicate_span).len(), &[1, 2, 4]);
            say(format_args!("predicate words {words}"));
        }
        let holders = match &claim.holders {
            Holders::TheSource => 0,
            Holders::Chain(chain) => chain.len().min(2),
        };
        say(format_args!("holders {holders}"));
        let further = claim
            .roles
            .iter()
            .skip(2)
            .filter(|role| role.filler.is_some());
        say(format_args!("further roles {}", further.count().min(2)));
        for (holds, sign) in [
            (claim.polarity == Polarity::Negative, "negative"),
            (claim.when.is_some(), "has time"),
            (!claim.places.is_empty(), "has place"),
            (!claim.amounts.is_empty(), "has amount"),
        ] {
            if holds {
                say(format_args!("{sign}"));
            }
        }
    }

    /// What fills the first or second role.
    fn end_signs(&self, claim: &Claim, end: &str, slot: &Slot, say: Say<'_>) {
        let framed = if claim.kind == OPEN { "open" } else { "framed" };
        let Some(span) = slot.span.filter(|_| slot.as_written.is_some()) else {
            say(format_args!("{end} unwritten"));
            return;
        };
        let Some(at) = self.head_of(span) else {
            say(format_args!("{end} elsewhere"));
            return;
        };
        let token = &self.sentence.tokens[at];
        say(format_args!("{end} {}", token.upos));
        say(format_args!("{framed} {end} {}", base(&token.relation)));
        let words = self.words(span);
        say(format_args!(
            "{end} words {}",
            bin(words.len(), &[1, 2, 4, 7])
        ));
        if token.upos == "PRON" {
            let same = slot.as_written.as_deref() == Some(slot.name.as_str());
            say(format_args!(
                "{end} pronoun {}",
                if same { "alone" } else { "resolved" }
            ));
        }
        let names = &self.annotated.names;
        let name = names.partition_point(|name| name.span.end() <= self.letters[at].start());
        if let Some(name) = names
            .get(name)
            .filter(|name| name.span.contains(self.letters[at]))
        {
            say(format_args!("{end} name {}", name.kind.word()));
        }
        let Some(predicate) = self.head_of(claim.predicate_span) else {
            return;
        };
        let side = if at < predicate { "before" } else { "behind" };
        let tie = if self.hangs(at, predicate) {
            "own"
        } else if self.hangs(predicate, at) {
            "bearer"
        } else {
            "shared"
        };
        let far = bin(at.abs_diff(predicate), &[1, 2, 4, 7, 12, 20]);
        say(format_args!("{end} {side} {tie}"));
        say(format_args!("{end} {side} {far}"));
    }

    /// Places of the words whose letters lie in a span.
    fn words(&self, span: Span<Repaired>) -> std::ops::Range<usize> {
        let from = self
            .letters
            .partition_point(|own| own.start() < span.start());
        let to = self.letters.partition_point(|own| own.start() < span.end());
        from..to.max(from)
    }

    /// The first word of a span that hangs on none in it.
    fn head_of(&self, span: Span<Repaired>) -> Option<usize> {
        let words = self.words(span);
        let mut heads = words.clone().filter(|at| {
            let head = self.above(*at);
            head.is_none_or(|head| !words.contains(&head))
        });
        heads.next()
    }

    fn above(&self, at: usize) -> Option<usize> {
        let head = self.sentence.tokens.get(at)?.head;
        usize::try_from(head).ok()?.checked_sub(1)
    }

    fn hangs(&self, at: usize, on: usize) -> bool {
        self.above(at) == Some(on)
    }

    /// How many words stand above a word, six at most.
    fn depth(&self, at: usize) -> usize {
        std::iter::successors(self.above(at), |at| self.above(*at))
            .take(6)
            .count()
    }
}

/// A relation without its subtype.
fn base(relation: &str) -> &str {
    relation.split_once(':').map_or(relation, |(base, _)| base)
}

/// The least of some bounds that holds a number, or one more than the last.
fn bin(number: usize, bounds: &[usize]) -> usize {
    let mut fitting = bounds.iter().filter(|bound| number <= **bound);
    let most = bounds.last().map_or(0, |last| last + 1);
    fitting.next().copied().unwrap_or(most)
}
