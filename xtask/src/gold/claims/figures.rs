//! The rows of the score.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::Scored;
use super::compare::{Test, found, pairs};
use super::curve::{curve, judged};
use super::peer::Peer;
use super::tally::{Share, Tally};
use super::told::Told;
use crate::Score;

/// The groups of each part that have figures of their own.
const LANGUAGES: [&str; 2] = ["en", "es"];

/// The bar of what is found, recall and precision.
const FOUND: &str = "**75**";

/// How far two annotators agreed in finding the same claims, over both parts: F1,
/// English, Spanish.
const AGREED: &str = "the annotators between them 86.0; en 87.1, es 84.2";

/// The bar of a test, and how far the annotators agreed.
const fn bar(test: Test) -> (&'static str, &'static str) {
    match test {
        Test::Kind => ("**85**", "94.2"),
        Test::Direction => ("**97**", "99.7"),
        Test::Nearest => ("**80**", "97.2"),
        Test::Chain => ("", "96.8"),
        Test::Standing => ("**85**", "97.3"),
        Test::Polarity => ("**97**", "99.7"),
        Test::Time => ("**85**", "82.5"),
        Test::Amount => ("**95**", "72.2"),
    }
}

/// Counts of a part, and of each language in it.
pub(super) struct Counts {
    all: Tally,
    each: [Tally; 2],
}

impl Counts {
    fn of<'a>(texts: impl Iterator<Item = &'a Scored>) -> Self {
        Self::of_side(texts.map(|scored| (scored, scored.ours.as_slice())))
    }

    /// Of texts with what some side says of each.
    fn of_side<'a>(texts: impl Iterator<Item = (&'a Scored, &'a [Told])>) -> Self {
        let mut counts = Self {
            all: Tally::default(),
            each: Default::default(),
        };
        for (scored, claims) in texts {
            let tally = Tally::of(&scored.key, claims, scored.text.language == "en");
            counts.all.add(&tally);
            for (own, language) in counts.each.iter_mut().zip(LANGUAGES) {
                if scored.text.language == language {
                    own.add(&tally);
                }
            }
        }
        counts
    }

    /// A row of one figure, over all and in each language.
    fn row(&self, what: String, bar: &str, figure: impl Fn(&Tally) -> f64, more: &str) -> Score {
        let each: Vec<String> = LANGUAGES
            .iter()
            .zip(&self.each)
            .map(|(language, tally)| format!("{language} {:.1}", figure(tally)))
            .collect();
        let each = each.join(", ");
        let note = [bar, each.as_str(), more];
        let note: Vec<&str> = note.into_iter().filter(|words| !words.is_empty()).collect();
        Score {
            what,
            figure: format!("{:.1}", figure(&self.all)),
            note: note.join("; "),
        }
    }

    /// A row of a share of those found.
    fn share(&self, what: String, bar: &str, share: impl Fn(&Tally) -> Share, more: &str) -> Score {
        let Share { right, of } = share(&self.all);
        let more = format!("{right} of {of}{more}");
        self.row(what, bar, |tally| share(tally).percent(), &more)
    }
}

fn part(all: &[Scored], dev: bool) -> impl Iterator<Item = &Scored> {
    all.iter().filter(move |scored| scored.text.dev == dev)
}

/// Every row.
pub(super) fn figures(all: &[Scored]) -> Vec<Score> {
    let mut scores = Vec::new();
    for (name, dev) in [("kept apart", false), ("dev", true)] {
        scores.extend(of_part(name, &Counts::of(part(all, dev))));
        scores.extend(curve(name, &judged(part(all, dev))));
    }
    let inexact: usize = all.iter().map(|scored| scored.inexact).sum();
    let claims: usize = all.iter().map(|scored| scored.ours.len()).sum();
    scores.push(Score {
        what: "quotes that are not the text's own words".to_owned(),
        figure: inexact.to_string(),
        note: format!(
            "**0**; of {claims} claims; each has a standing, an anchor and a holder, be it the source"
        ),
    });
    scores.extend(of_kinds(part(all, true)));
    scores
}

/// Recall, precision and F1 of what is found, and F1 of predicates.
fn of_found(name: &str, counts: &Counts) -> [Score; 4] {
    let all = &counts.all;
    [
        counts.row(
            format!("{name}: found, recall"),
            FOUND,
            |tally| tally.recall(tally.found),
            &format!("{} of {}", all.found, all.key),
        ),
        counts.row(
            format!("{name}: found, precision"),
            FOUND,
            |tally| tally.precision(tally.found),
            &format!("{} of {}", all.found, all.ours),
        ),
        counts.row(
            format!("{name}: found, F1"),
            "",
            |tally| tally.f1(tally.found),
            AGREED,
        ),
        counts.row(
            format!("{name}: predicate alone, F1"),
            "",
            |tally| tally.f1(tally.predicate),
            &format!(
                "recall {:.1}, precision {:.1}; the annotators between them 94.8",
                all.recall(all.predicate),
                all.precision(all.predicate)
            ),
        ),
    ]
}

fn of_part(name: &str, counts: &Counts) -> Vec<Score> {
    let all = &counts.all;
    let mut scores = Vec::from(of_found(name, counts));
    for (at, test) in Test::ALL.into_iter().enumerate() {
        let (bar, agreed) = bar(test);
        let what = format!("{name}: {} right of those found", test.word());
        let agreed = format!("; the annotators {agreed}");
        scores.push(counts.share(what, bar, |tally| tally.tests[at], &agreed));
    }
    scores.push(counts.share(
        format!("{name}: further roles right"),
        "",
        |tally| tally.further,
        " that either fills, of those found of the same kind",
    ));
    scores.push(counts.share(
        format!("{name}: names resolved"),
        "",
        |tally| tally.named,
        &format!(
            " roles whose name is not in their words; the very name {:.1}",
            all.full.percent()
        ),
    ));
    scores
}

/// What the peer says, by the same measure; or why it is not there. It tells no
/// kinds, holders, standings, times or amounts.
pub(super) fn of_peer(all: &[Scored], peer: Result<Peer, String>) -> Vec<Score> {
    let of = "subject, verb, object by spaCy";
    let peer = match peer {
        Ok(peer) => peer,
        Err(reason) => {
            return vec![Score {
                what: format!("{of}: found, F1"),
                figure: "not there".to_owned(),
                note: reason,
            }];
        }
    };
    let mut scores = Vec::new();
    for (name, dev) in [("kept apart", false), ("dev", true)] {
        let sides = all.iter().zip(&peer.claims);
        let sides = sides.filter(|(scored, _)| scored.text.dev == dev);
        let counts = Counts::of_side(sides.map(|(scored, claims)| (scored, claims.as_slice())));
        let [recall, precision, f1, predicate] = of_found(&format!("{of}, {name}"), &counts);
        let share = |test: Test| {
            let at = Test::ALL.iter().position(|own| *own == test).unwrap_or(0);
            let what = format!("{of}, {name}: {} right of those found", test.word());
            counts.share(what, "", |tally| tally.tests[at], "")
        };
        let (direction, polarity) = (share(Test::Direction), share(Test::Polarity));
        scores.extend([recall, precision, f1, predicate, direction, polarity]);
    }
    if let Some(first) = scores.first_mut() {
        let _ = write!(first.note, "; {}", peer.about);
    }
    scores
}

/// What became of the claims of one kind.
#[derive(Default)]
struct OfKind {
    key: usize,
    found: usize,
    /// Found, and of this kind.
    right: usize,
    /// The same predicate with other roles.
    roles: usize,
    /// The kinds found in its stead.
    instead: BTreeMap<String, usize>,
    /// Claims of ours.
    ours: usize,
    /// Of these with no predicate of the key.
    extra: usize,
}

/// A row for each kind, the most frequent first.
fn of_kinds<'a>(texts: impl Iterator<Item = &'a Scored>) -> Vec<Score> {
    let mut kinds: BTreeMap<&str, OfKind> = BTreeMap::new();
    for scored in texts {
        let mut lone = vec![true; scored.ours.len()];
        for claim in &scored.key {
            kinds.entry(&claim.kind).or_default().key += 1;
        }
        for (i, j) in pairs(&scored.key, &scored.ours) {
            let (a, b) = (&scored.key[i], &scored.ours[j]);
            lone[j] = false;
            let kind = kinds.entry(&a.kind).or_default();
            if found(a, b) {
                kind.found += 1;
            } else {
                kind.roles += 1;
            }
            if a.kind != b.kind {
                *kind.instead.entry(b.kind.clone()).or_default() += 1;
            } else if found(a, b) {
                kind.right += 1;
            }
        }
        for (claim, lone) in scored.ours.iter().zip(lone) {
            let kind = kinds.entry(&claim.kind).or_default();
            kind.ours += 1;
            kind.extra += usize::from(lone);
        }
    }
    let mut kinds: Vec<(&str, OfKind)> = kinds.into_iter().collect();
    kinds.sort_by_key(|(_, kind)| std::cmp::Reverse(kind.key));
    let rows = kinds
        .into_iter()
        .map(|(name, kind)| row_of_kind(name, &kind));
    rows.collect()
}

fn row_of_kind(name: &str, kind: &OfKind) -> Score {
    let mut score = Score::share(&format!("dev, {name}: found"), kind.found, kind.key);
    let missed = kind.key - kind.found - kind.roles;
    let _ = write!(
        score.note,
        "; {} of this kind; missed {missed}, other roles {}; {} of {} of ours extra",
        kind.right, kind.roles, kind.extra, kind.ours
    );
    if !kind.instead.is_empty() {
        let mut instead: Vec<(&String, &usize)> = kind.instead.iter().collect();
        instead.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
        let instead: Vec<String> = instead
            .into_iter()
            .take(4)
            .map(|(name, count)| format!("{name} {count}"))
            .collect();
        let _ = write!(score.note, "; taken for {}", instead.join(", "));
    }
    score
}

/// A line or two on some texts.
pub(super) fn in_short(all: &[Scored]) -> String {
    let counts = Counts::of(all.iter());
    let mut page = String::new();
    for (name, tally) in
        std::iter::once(("all", &counts.all)).chain(LANGUAGES.into_iter().zip(&counts.each))
    {
        if tally.key == 0 {
            continue;
        }
        let _ = write!(
            page,
            "{name}: {} claims, {} of ours; found recall {:.1} precision {:.1}; predicate recall {:.1} precision {:.1}",
            tally.key,
            tally.ours,
            tally.recall(tally.found),
            tally.precision(tally.found),
            tally.recall(tally.predicate),
            tally.precision(tally.predicate)
        );
        for (share, test) in tally.tests.iter().zip(Test::ALL) {
            let _ = write!(page, "; {} {:.1}", test.word(), share.percent());
        }
        page.push('\n');
    }
    page
}
