//! Identity: which of the names in many documents are one person.
//!
//! Three steps, each a map, a grouping by key and a reduction:
//! 1. in each document, short names go to the full name they can only be of;
//! 2. full names of all documents that share two words, or a word and a first
//!    letter, are compared, and the likest joined first, never across a
//!    contradiction (the elder and the younger, two first names);
//! 3. a short name that its document leaves open goes to the one who is called so,
//!    if titles, years and company speak for one much more than for the next;
//!    else it stays open, and says so.
//!
//! Each link says why.

mod documents;
mod full;
mod glued;
mod open;
mod union;

use std::collections::BTreeMap;

use crate::names::{NameMatcher, NameSort, WrittenName};

use documents::InDocument;

/// A name in a document.
#[derive(Debug, Clone, Copy)]
pub struct Mentioned<'a> {
    /// Place of the document among all; those of one document stand together.
    pub document: u32,
    /// The words, without titles.
    pub words: &'a str,
    /// Titles and posts beside it.
    pub titles: &'a [String],
}

/// Somebody, as far as names tell.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    /// The fullest name.
    pub name: String,
    /// Every way it is written, the commonest first, with how often.
    pub names: Vec<(String, u32)>,
    /// Why they are one: two names and the reason.
    pub links: Vec<Link>,
    /// Whether it is only a short name that may be one of several people's.
    pub open: bool,
}

/// Why two names are taken for one person's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// The one.
    pub one: String,
    /// The other.
    pub other: String,
    /// The reason.
    pub why: Why,
}

/// A reason to take two names for one person's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Why {
    /// The names are alike, in thousandths.
    Alike(u16),
    /// In a document the short one can only be of the full one.
    OnlyInDocument,
    /// Among all who are called so, titles, years and company speak for one.
    Company,
}

/// Everybody in the documents.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct People {
    /// Those found, in the order of their first mention.
    pub people: Vec<Person>,
    /// For each mention its person's place.
    pub of: Vec<u32>,
}

/// One distinct name of the archive.
#[derive(Debug)]
pub(crate) struct Known {
    pub(crate) words: String,
    pub(crate) written: WrittenName,
    /// How often it stands anywhere.
    pub(crate) count: u32,
    /// Whether it is two people's names that stand side by side.
    pub(crate) glued: bool,
}

impl Known {
    /// Whether many can be called so: a surname alone, or two people's names.
    pub(crate) fn is_short(&self) -> bool {
        self.glued || self.written.is_short()
    }
}

/// The distinct names of the mentions, and which each mention is.
fn known(matcher: &NameMatcher, mentions: &[Mentioned<'_>]) -> (Vec<Known>, Vec<u32>) {
    let mut places: BTreeMap<&str, u32> = BTreeMap::new();
    let mut known: Vec<Known> = Vec::new();
    let mut of = Vec::with_capacity(mentions.len());
    for mention in mentions {
        let place = *places.entry(mention.words).or_insert_with(|| {
            known.push(Known {
                words: mention.words.to_owned(),
                written: matcher.read(NameSort::Person, mention.words),
                count: 0,
                glued: false,
            });
            u32::try_from(known.len() - 1).unwrap_or(u32::MAX)
        });
        known[place as usize].count += 1;
        of.push(place);
    }
    glued::mark(&mut known);
    (known, of)
}

/// Finds out who is who. `years` gives the year of each document, where it is
/// known. The cost grows with the mentions and with how many share a name.
#[must_use]
pub fn people(matcher: &NameMatcher, mentions: &[Mentioned<'_>], years: &[Option<i32>]) -> People {
    let (known, of) = known(matcher, mentions);
    let documents = documents::documents(matcher, &known, mentions, &of);
    let mut clusters = full::clusters(matcher, &known, &documents);
    let placed = open::place(&known, mentions, &documents, years, &mut clusters);
    result(&known, &of, mentions, &documents, &placed, clusters.links)
}

/// The fullest of some names that is not rare beside the commonest full one: a
/// longer one may be a slip.
fn fullest(known: &[Known], listed: &[(u32, u32)]) -> Option<u32> {
    let full = |name: &u32| !known[*name as usize].is_short();
    let most = listed.iter().filter(|(name, _)| full(name));
    let most = most.map(|(_, count)| *count).max().unwrap_or(0);
    let fullest = listed.iter().max_by_key(|(name, count)| {
        let written = &known[*name as usize].written;
        let sound = full(name) && count * 5 >= most;
        (sound, written.fullness(), *count, std::cmp::Reverse(*name))
    });
    fullest.map(|(name, _)| *name)
}

/// Puts mentions, names and reasons together.
fn result(
    known: &[Known],
    of: &[u32],
    mentions: &[Mentioned<'_>],
    documents: &[InDocument],
    placed: &open::Placed,
    links: Vec<(u32, u32, Why)>,
) -> People {
    let mut made = People::default();
    let mut order: BTreeMap<u32, u32> = BTreeMap::new();
    let mut names: Vec<BTreeMap<u32, u32>> = Vec::new();
    let mut at = 0;
    for (document, holder) in documents.iter().zip(&placed.clusters) {
        for _ in 0..document.mentions {
            let group = document.of[at - document.first];
            let cluster = holder[group as usize];
            let place = *order.entry(cluster).or_insert_with(|| {
                names.push(BTreeMap::new());
                u32::try_from(names.len() - 1).unwrap_or(u32::MAX)
            });
            *names[place as usize].entry(of[at]).or_default() += 1;
            made.of.push(place);
            at += 1;
        }
    }
    debug_assert_eq!(at, mentions.len());
    let mut reasons: BTreeMap<u32, Vec<(u32, u32, Why)>> = BTreeMap::new();
    let mut home: BTreeMap<u32, u32> = BTreeMap::new();
    for (place, names) in (0u32..).zip(&names) {
        for name in names.keys() {
            home.entry(*name).or_insert(place);
        }
    }
    for link in links.into_iter().chain(placed.links.iter().copied()) {
        if let Some(place) = home.get(&link.1) {
            reasons.entry(*place).or_default().push(link);
        }
    }
    let open: BTreeMap<u32, bool> = order
        .iter()
        .map(|(cluster, place)| (*place, placed.open.contains(cluster)))
        .collect();
    for (place, names) in (0u32..).zip(names) {
        let mut listed: Vec<(u32, u32)> = names.into_iter().collect();
        listed.sort_by_key(|(name, count)| (std::cmp::Reverse(*count), *name));
        let words = |name: u32| known[name as usize].words.clone();
        let fullest = fullest(known, &listed);
        let mut why = reasons.remove(&place).unwrap_or_default();
        why.sort_unstable();
        why.dedup();
        made.people.push(Person {
            name: fullest.map(words).unwrap_or_default(),
            names: listed
                .iter()
                .map(|(name, count)| (words(*name), *count))
                .collect(),
            links: why
                .into_iter()
                .map(|(one, other, why)| Link {
                    one: words(one),
                    other: words(other),
                    why,
                })
                .collect(),
            open: open.get(&place).copied().unwrap_or_default(),
        });
    }
    made
}
