//! Short names that their documents leave open.

use std::collections::{BTreeMap, BTreeSet};

use super::documents::InDocument;
use super::full::Clusters;
use super::{Known, Mentioned, Why};

/// Candidates that are weighed, the most spoken of first.
const CANDIDATES: usize = 12;

/// By how much the best must weigh more than the next, in hundredths.
const MARGIN: i64 = 50;

/// What it weighs at most that a document names somebody in full, and nobody else
/// who may be called so; of a name that hardly ever stands in the archive it weighs
/// less, for it may be a slip.
const INSIDE: i64 = 400;

/// Who everybody is in the end.
#[derive(Debug, Default)]
pub(crate) struct Placed {
    /// For each document, the cluster of each of its groups.
    pub(crate) clusters: Vec<Vec<u32>>,
    /// Clusters of short names that nobody could be found for.
    pub(crate) open: BTreeSet<u32>,
    pub(crate) links: Vec<(u32, u32, Why)>,
}

/// What is known of a cluster of full names.
#[derive(Debug, Default)]
struct Profile {
    documents: u32,
    /// How often it stands in full.
    mentions: u32,
    years: BTreeMap<i32, u32>,
    titles: BTreeMap<String, u32>,
    company: BTreeMap<u32, u32>,
    /// What it is called for short, and how often.
    calls: BTreeMap<String, u32>,
}

/// Finds the cluster of each group of each document.
pub(crate) fn place(
    known: &[Known],
    mentions: &[Mentioned<'_>],
    documents: &[InDocument],
    years: &[Option<i32>],
    clusters: &mut Clusters,
) -> Placed {
    let mut placed = Placed::default();
    for document in documents {
        let groups = document.groups.iter();
        let of = groups.map(|group| clusters.union.find(group[0]));
        placed.clusters.push(of.collect());
    }
    let profiles = profiles(known, mentions, documents, years, &placed.clusters);
    let mut called: BTreeMap<&str, Vec<u32>> = BTreeMap::new();
    for (cluster, profile) in &profiles {
        for call in profile.calls.keys() {
            called.entry(call).or_default().push(*cluster);
        }
    }
    for candidates in called.values_mut() {
        candidates
            .sort_by_key(|cluster| (std::cmp::Reverse(profiles[cluster].documents), *cluster));
        candidates.truncate(CANDIDATES);
    }
    for (document, of) in documents.iter().zip(&mut placed.clusters) {
        let company: BTreeSet<u32> = of
            .iter()
            .copied()
            .filter(|cluster| profiles.contains_key(cluster))
            .collect();
        for (place, group) in document.groups.iter().enumerate() {
            let short = &known[group[0] as usize];
            if !short.is_short() {
                continue;
            }
            let inside = document.inside[place].map(|full| of[full as usize]);
            let call = short.written.called().filter(|_| !short.glued);
            let mut candidates: Vec<u32> = call
                .and_then(|call| called.get(call))
                .cloned()
                .unwrap_or_default();
            candidates.extend(inside.filter(|own| !candidates.contains(own)));
            let scene = Scene {
                year: year(mentions, document, years),
                titles: &document.titles[place],
                company: &company,
                inside,
            };
            match best(&profiles, &candidates, &scene) {
                Some(found) => {
                    let why = if inside == Some(found) {
                        Why::OnlyInDocument
                    } else {
                        Why::Company
                    };
                    placed.links.push((group[0], found, why));
                    of[place] = found;
                }
                None => {
                    placed.open.insert(of[place]);
                }
            }
        }
    }
    placed
}

/// What a document tells of an open name.
struct Scene<'a> {
    year: Option<i32>,
    titles: &'a BTreeSet<String>,
    company: &'a BTreeSet<u32>,
    /// The one whom the document itself names in full.
    inside: Option<u32>,
}

/// The candidate that outweighs the next.
fn best(profiles: &BTreeMap<u32, Profile>, candidates: &[u32], scene: &Scene<'_>) -> Option<u32> {
    let mut weighed: Vec<(i64, u32)> = candidates
        .iter()
        .filter_map(|cluster| {
            let profile = profiles.get(cluster)?;
            let inside = if scene.inside == Some(*cluster) {
                INSIDE.min(doublings(profile.mentions) * 5 / 4)
            } else {
                0
            };
            Some((inside + weight(profile, scene), *cluster))
        })
        .collect();
    weighed.sort_by_key(|(weight, cluster)| (std::cmp::Reverse(*weight), *cluster));
    match weighed.as_slice() {
        [] => None,
        [(_, only)] => Some(*only),
        [(most, found), (next, _), ..] => (most - next >= MARGIN).then_some(*found),
    }
}

/// How much speaks for a candidate, in hundredths: how often it is spoken of, in
/// these years, by these titles, in this company.
fn weight(profile: &Profile, scene: &Scene<'_>) -> i64 {
    let mut weight = doublings(profile.documents);
    if let Some(year) = scene.year {
        let near: u32 = profile
            .years
            .range(year - 1..=year + 1)
            .map(|(_, count)| count)
            .sum();
        weight += doublings(near);
    }
    let titled: u32 = profile.titles.values().sum();
    for title in scene.titles {
        weight += match profile.titles.get(title) {
            Some(count) => 150 + doublings(*count) / 2,
            None if titled > 2 => -150,
            None => 0,
        };
    }
    let others = scene.company.len().max(1) as i64;
    let met = scene
        .company
        .iter()
        .filter(|other| profile.company.contains_key(other));
    weight + 300 * met.count() as i64 / others
}

/// How many times a count has doubled, in hundredths, between two whole doublings
/// by the straight line.
fn doublings(count: u32) -> i64 {
    let count = u64::from(count) + 1;
    let whole = count.ilog2();
    let rest = (count << 7 >> whole) - 128;
    i64::from(whole) * 100 + rest as i64 * 100 / 128
}

fn profiles(
    known: &[Known],
    mentions: &[Mentioned<'_>],
    documents: &[InDocument],
    years: &[Option<i32>],
    clusters: &[Vec<u32>],
) -> BTreeMap<u32, Profile> {
    let mut profiles: BTreeMap<u32, Profile> = BTreeMap::new();
    for (document, of) in documents.iter().zip(clusters) {
        let full: Vec<(u32, usize, &Vec<u32>)> = of
            .iter()
            .zip(&document.groups)
            .enumerate()
            .filter(|(_, (_, group))| !known[group[0] as usize].is_short())
            .map(|(place, (cluster, group))| (*cluster, place, group))
            .collect();
        let year = year(mentions, document, years);
        for (cluster, place, group) in &full {
            let profile = profiles.entry(*cluster).or_default();
            profile.documents += 1;
            profile.mentions += document.counts[*place];
            if let Some(year) = year {
                *profile.years.entry(year).or_default() += 1;
            }
            for title in &document.titles[*place] {
                *profile.titles.entry(title.clone()).or_default() += 1;
            }
            for (other, ..) in full.iter().filter(|(other, ..)| other != cluster).take(60) {
                *profile.company.entry(*other).or_default() += 1;
            }
            for name in *group {
                let written = &known[*name as usize].written;
                if let Some(call) = written.called() {
                    *profile.calls.entry(call.to_owned()).or_default() += 1;
                }
            }
        }
        // What a document calls somebody for short, though it is not the last word.
        for (group, inside) in document.groups.iter().zip(&document.inside) {
            let short = &known[group[0] as usize];
            if let (Some(inside), Some(call)) = (inside, short.written.called())
                && !short.glued
                && let Some(profile) = profiles.get_mut(&of[*inside as usize])
            {
                *profile.calls.entry(call.to_owned()).or_default() += 1;
            }
        }
    }
    profiles
}

fn year(mentions: &[Mentioned<'_>], document: &InDocument, years: &[Option<i32>]) -> Option<i32> {
    let own = mentions.get(document.first)?.document;
    years.get(own as usize).copied().flatten()
}
