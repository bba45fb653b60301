//! Full names of all documents, the likest joined first.

use std::collections::BTreeMap;

use super::documents::InDocument;
use super::union::Union;
use super::{Known, Why};
use crate::names::{NameMatcher, SAME};

/// Names under one key that are compared each with each.
const KEY_MAX: usize = 300;

/// Names of a cluster that a newcomer is held against.
const HELD: usize = 12;

/// Names less alike than this are two people's, in thousandths: no third name
/// joins them.
const CONTRARY: u16 = 350;

/// Clusters of distinct names.
#[derive(Debug)]
pub(crate) struct Clusters {
    pub(crate) union: Union,
    /// Two names and why they are one.
    pub(crate) links: Vec<(u32, u32, Why)>,
}

/// Joins the full names.
pub(crate) fn clusters(
    matcher: &NameMatcher,
    known: &[Known],
    documents: &[InDocument],
) -> Clusters {
    let mut pairs = inside(known, documents);
    pairs.extend(across(matcher, known));
    // The likest first; of equals the names met first.
    pairs.sort_by_key(|(one, other, likeness)| (std::cmp::Reverse(*likeness), *one, *other));
    pairs.dedup();
    let mut made = Clusters {
        union: Union::new(known.len()),
        links: Vec::new(),
    };
    let mut members: BTreeMap<u32, Vec<u32>> = BTreeMap::new();
    for (one, other, likeness) in pairs {
        let (first, second) = (made.union.find(one), made.union.find(other));
        if first == second {
            continue;
        }
        let of = |root: u32| members.get(&root).cloned().unwrap_or_else(|| vec![root]);
        let (ours, theirs) = (of(first), of(second));
        let contrary = |one: &u32, other: &u32| {
            let written = |name: &u32| &known[*name as usize].written;
            matcher.likeness(written(one), written(other)) < CONTRARY
        };
        let apart = ours
            .iter()
            .take(HELD)
            .any(|one| theirs.iter().take(HELD).any(|other| contrary(one, other)));
        if apart {
            continue;
        }
        made.union.join(first, second);
        made.links.push((one, other, Why::Alike(likeness)));
        let mut all = ours;
        all.extend(theirs);
        // The fullest names are the ones that can contradict.
        all.sort_by_key(|name| {
            let written = &known[*name as usize].written;
            (std::cmp::Reverse(written.fullness()), *name)
        });
        members.remove(&first);
        members.remove(&second);
        members.insert(made.union.find(first), all);
    }
    made
}

/// Full names that one document has for one person.
fn inside(known: &[Known], documents: &[InDocument]) -> Vec<(u32, u32, u16)> {
    let mut pairs = Vec::new();
    for group in documents.iter().flat_map(|document| &document.groups) {
        let mut full = group
            .iter()
            .copied()
            .filter(|name| !known[*name as usize].is_short());
        if let Some(head) = full.next() {
            pairs.extend(full.map(|other| (head.min(other), head.max(other), 1000)));
        }
    }
    pairs
}

/// Full names that share a key and are alike.
fn across(matcher: &NameMatcher, known: &[Known]) -> Vec<(u32, u32, u16)> {
    let mut by_key: BTreeMap<String, Vec<u32>> = BTreeMap::new();
    for (place, name) in (0u32..).zip(known).filter(|(_, name)| !name.glued) {
        for key in name.written.keys() {
            by_key.entry(key).or_default().push(place);
        }
    }
    let mut pairs = Vec::new();
    for mut names in by_key.into_values() {
        names.dedup();
        // A key of very many names keeps the commonest ones.
        if names.len() > KEY_MAX {
            names.sort_by_key(|name| (std::cmp::Reverse(known[*name as usize].count), *name));
            names.truncate(KEY_MAX);
            names.sort_unstable();
        }
        for (at, one) in names.iter().enumerate() {
            for other in &names[at + 1..] {
                let written = |name: u32| &known[name as usize].written;
                let likeness = matcher.likeness(written(*one), written(*other));
                if likeness >= SAME {
                    pairs.push((*one, *other, likeness));
                }
            }
        }
    }
    pairs
}
