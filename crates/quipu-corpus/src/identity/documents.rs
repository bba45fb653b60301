//! The names of one document: full names that are alike are one; for a short one,
//! the full one of the document that it can only be of.

use std::collections::{BTreeMap, BTreeSet};

use super::{Known, Mentioned};
use crate::names::{NameMatcher, SAME};

/// Full names of a document that are compared with each other.
const FULL_MAX: usize = 400;

/// Who is named in a document.
#[derive(Debug, Default)]
pub(crate) struct InDocument {
    /// Place of its first mention among all, and how many it has.
    pub(crate) first: usize,
    pub(crate) mentions: usize,
    /// For each mention its group.
    pub(crate) of: Vec<u32>,
    /// The distinct names of each group, the fullest first.
    pub(crate) groups: Vec<Vec<u32>>,
    /// For a group of a short name, the group it can only be of.
    pub(crate) inside: Vec<Option<u32>>,
    /// How many mentions each group has.
    pub(crate) counts: Vec<u32>,
    /// The titles beside the names of each group, in small letters.
    pub(crate) titles: Vec<BTreeSet<String>>,
}

/// The documents of the mentions, in their order.
pub(crate) fn documents(
    matcher: &NameMatcher,
    known: &[Known],
    mentions: &[Mentioned<'_>],
    of: &[u32],
) -> Vec<InDocument> {
    let mut documents = Vec::new();
    let mut first = 0;
    for own in mentions.chunk_by(|one, other| one.document == other.document) {
        let names = &of[first..first + own.len()];
        documents.push(document(matcher, known, first, own, names));
        first += own.len();
    }
    documents
}

fn document(
    matcher: &NameMatcher,
    known: &[Known],
    first: usize,
    mentions: &[Mentioned<'_>],
    of: &[u32],
) -> InDocument {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    for name in of {
        *counts.entry(*name).or_default() += 1;
    }
    let mut names: Vec<u32> = counts.keys().copied().collect();
    let full = |name: &u32| known[*name as usize].written.fullness();
    names.sort_by_key(|name| (std::cmp::Reverse(full(name)), *name));
    let mut groups: Vec<Vec<u32>> = Vec::new();
    let mut inside: Vec<Option<u32>> = Vec::new();
    let mut group_of: BTreeMap<u32, u32> = BTreeMap::new();
    for name in names {
        let own = &known[name as usize];
        let heads = || groups.iter().take(FULL_MAX).enumerate();
        let place = if own.is_short() {
            let fits: Vec<usize> = heads()
                .filter(|(_, group)| {
                    let head = &known[group[0] as usize];
                    !head.is_short() && head.written.calls(&own.written)
                })
                .map(|(place, _)| place)
                .collect();
            let only = only(known, &groups, &fits, &counts);
            inside.push(only.and_then(|place| u32::try_from(place).ok()));
            None
        } else {
            let fits = heads().filter_map(|(place, group)| {
                let likeness = matcher.likeness(&known[group[0] as usize].written, &own.written);
                (likeness >= SAME && !own.glued).then_some((likeness, std::cmp::Reverse(place)))
            });
            let best = fits.max().map(|(_, place)| place.0);
            if best.is_none() {
                inside.push(None);
            }
            best
        };
        let place = place.unwrap_or_else(|| {
            groups.push(Vec::new());
            groups.len() - 1
        });
        groups[place].push(name);
        group_of.insert(name, u32::try_from(place).unwrap_or(u32::MAX));
    }
    let of: Vec<u32> = of.iter().map(|name| group_of[name]).collect();
    let mut counts = vec![0; groups.len()];
    let mut titles = vec![BTreeSet::new(); groups.len()];
    for (group, mention) in of.iter().zip(mentions) {
        counts[*group as usize] += 1;
        let own = mention.titles.iter().map(|title| title.to_lowercase());
        titles[*group as usize].extend(own);
    }
    InDocument {
        first,
        mentions: mentions.len(),
        of,
        groups,
        inside,
        counts,
        titles,
    }
}

/// The one group of several that a short name can be of: the only one, or the one
/// whose full name the document has twice as often as all others together.
fn only(
    known: &[Known],
    groups: &[Vec<u32>],
    fits: &[usize],
    counts: &BTreeMap<u32, usize>,
) -> Option<usize> {
    let full = |place: &usize| {
        let names = groups[*place].iter();
        let full = names.filter(|name| !known[**name as usize].is_short());
        full.map(|name| counts[name]).sum::<usize>()
    };
    let most = fits
        .iter()
        .copied()
        .max_by_key(|place| (full(place), std::cmp::Reverse(*place)))?;
    let all: usize = fits.iter().map(full).sum();
    (fits.len() == 1 || full(&most) >= 2 * (all - full(&most))).then_some(most)
}
