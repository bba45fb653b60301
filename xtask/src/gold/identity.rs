//! People across the documents of a volume: names found in plain text and put
//! together, held against the volume's own list of persons.
//!
//! B-cubed (Bagga and Baldwin 1998) over the tagged mentions that point into the
//! list. A tagged mention that no name covers is alone. Beside it, in the same run
//! and of the same names, everybody of one surname (the last word) as one.

use std::collections::{BTreeMap, HashMap};
use std::ops::Range;
use std::path::Path;

use quipu_annotate::{Hands, embedded};
use quipu_corpus::{Mentioned, NameMatcher, people};
use quipu_model::{NameKind, SentenceLanguage, Span};
use quipu_packs::Packs;

use super::Score;
use super::annotate::{frus, tei};

/// Volumes that rules are written by.
const DEV: [&str; 3] = ["frus1955-57v14", "frus1958-60v02", "frus1961-63v05"];

/// Volumes that nobody looks into.
const APART: [&str; 3] = ["frus1961-63v19", "frus1964-68v26", "frus1969-76ve13"];

/// Scores both parts.
pub(crate) fn score(data: &Path) -> Result<Vec<Score>, String> {
    let packs = Packs::embedded().map_err(|error| error.to_string())?;
    let annotator = embedded(&packs).map_err(|error| error.to_string())?;
    let matcher = NameMatcher::new(&packs).map_err(|error| error.to_string())?;
    let mut scores = Vec::new();
    for (part, bar, volumes) in [("kept apart", "**85**; ", APART), ("dev", "", DEV)] {
        let mut ours = Cubes::default();
        let mut surnames = Cubes::default();
        let mut each = Vec::new();
        for volume in volumes {
            let mut hands = Hands::default();
            let documents = tei::volume(&frus::path(data, volume))?;
            let read = documents
                .iter()
                .enumerate()
                .map(|(place, blocks)| {
                    document(place, blocks, |text| {
                        let languages = [SentenceLanguage {
                            span: Span::from_usize(0, text.len()),
                            language: Some("en".to_owned()),
                        }];
                        annotator.annotate(text, &languages, &[], &mut hands)
                    })
                })
                .collect::<Vec<Document>>();
            let own = cubes(&matcher, &read, part == "dev");
            each.push(format!("{volume} {:.1} and {:.1}", own.0.f1(), own.1.f1()));
            ours.add(&own.0);
            surnames.add(&own.1);
        }
        scores.push(row(
            &format!("{part}: B-cubed F1"),
            &ours,
            &format!("{bar}with the baseline: {}", each.join(", ")),
        ));
        scores.push(row(
            &format!("{part}, everybody of one surname as one: B-cubed F1"),
            &surnames,
            "",
        ));
    }
    Ok(scores)
}

fn row(what: &str, cubes: &Cubes, note: &str) -> Score {
    let (precision, recall) = cubes.shares();
    let note = if note.is_empty() {
        String::new()
    } else {
        format!("{note}; ")
    };
    Score {
        what: what.to_owned(),
        figure: format!("{:.1}", cubes.f1()),
        note: format!(
            "{note}precision {precision:.1}, recall {recall:.1}, {} mentions",
            cubes.mentions
        ),
    }
}

/// The names of a document and the persons tagged in it.
struct Document {
    names: Vec<(Range<usize>, String, Vec<String>)>,
    tagged: Vec<(Range<usize>, String)>,
    place: u32,
}

fn document(
    place: usize,
    blocks: &[tei::Block],
    annotate: impl FnOnce(&str) -> quipu_model::AnnotatedText,
) -> Document {
    let mut text = String::new();
    let mut tagged = Vec::new();
    for block in blocks {
        for person in &block.persons {
            if let Some(who) = &person.who {
                let bytes = text.len() + person.bytes.start..text.len() + person.bytes.end;
                tagged.push((bytes, who.clone()));
            }
        }
        text.push_str(&block.text);
        text.push_str("\n\n");
    }
    let made = annotate(&text);
    let words = |span: Span<_>| {
        span.of(&text)
            .unwrap_or_default()
            .split_whitespace()
            .collect::<Vec<_>>()
            .join(" ")
    };
    let names = made
        .names
        .iter()
        .filter(|name| name.kind == NameKind::Person);
    let names = names.map(|name| {
        let titles = name.titles.iter().map(|title| words(*title)).collect();
        (name.span.range(), words(name.span), titles)
    });
    Document {
        names: names.collect(),
        tagged,
        place: u32::try_from(place).unwrap_or(u32::MAX),
    }
}

/// Ours and those of the baseline.
fn cubes(matcher: &NameMatcher, documents: &[Document], shown: bool) -> (Cubes, Cubes) {
    let mentions: Vec<Mentioned<'_>> = documents
        .iter()
        .flat_map(|document| {
            document.names.iter().map(|(_, words, titles)| Mentioned {
                document: document.place,
                words,
                titles,
            })
        })
        .collect();
    let made = people(matcher, &mentions, &vec![None; documents.len()]);
    let (mut ours, mut surnames) = (Vec::new(), Vec::new());
    let mut groups: HashMap<String, usize> = HashMap::new();
    let mut next = made.people.len();
    let mut first = 0;
    for document in documents {
        for (bytes, who) in &document.tagged {
            let covering = document
                .names
                .iter()
                .position(|(own, ..)| own.start < bytes.end && bytes.start < own.end);
            let group = match covering {
                Some(at) => made.of[first + at] as usize,
                None => {
                    next += 1;
                    next
                }
            };
            ours.push((group, who.as_str()));
            let known = groups.len();
            let surname = match covering {
                Some(at) => last_word(&document.names[at].1),
                None => format!("{known} alone"),
            };
            let group = *groups.entry(surname).or_insert(known);
            surnames.push((group, who.as_str()));
        }
        first += document.names.len();
    }
    if shown && std::env::var_os("QUIPU_SHOW").is_some() {
        show(&made, &ours);
    }
    (Cubes::of(&ours), Cubes::of(&surnames))
}

/// The last word of a name in small letters: its surname, as the baseline has it.
fn last_word(name: &str) -> String {
    let last = name.split_whitespace().next_back().unwrap_or_default();
    let letters = last.chars().filter(|c| c.is_alphanumeric());
    letters.collect::<String>().to_lowercase()
}

/// Prints the groups that mix people and the people that are scattered.
fn show(made: &quipu_corpus::People, ours: &[(usize, &str)]) {
    let mut groups: BTreeMap<usize, BTreeMap<&str, usize>> = BTreeMap::new();
    let mut persons: BTreeMap<&str, BTreeMap<usize, usize>> = BTreeMap::new();
    for (group, who) in ours {
        *groups.entry(*group).or_default().entry(who).or_default() += 1;
        *persons.entry(who).or_default().entry(*group).or_default() += 1;
    }
    let name = |group: usize| {
        made.people.get(group).map_or("-".to_owned(), |person| {
            format!(
                "{}{}",
                person.name,
                if person.open { " (open)" } else { "" }
            )
        })
    };
    for (group, whos) in groups.iter().filter(|(_, whos)| whos.len() > 1) {
        println!("  mixed {}: {whos:?}", name(*group));
    }
    for (who, groups) in persons.iter().filter(|(_, groups)| groups.len() > 1) {
        let listed: Vec<String> = groups
            .iter()
            .filter(|(_, count)| **count > 1)
            .map(|(group, count)| format!("{} {count}", name(*group)))
            .collect();
        println!(
            "  scattered {who} ({}): {}",
            groups.len(),
            listed.join(", ")
        );
    }
}

/// Sums of B-cubed precision and recall.
#[derive(Debug, Default)]
struct Cubes {
    precision: f64,
    recall: f64,
    mentions: usize,
}

impl Cubes {
    fn of(mentions: &[(usize, &str)]) -> Self {
        let mut both: HashMap<(usize, &str), usize> = HashMap::new();
        let mut groups: HashMap<usize, usize> = HashMap::new();
        let mut persons: HashMap<&str, usize> = HashMap::new();
        for (group, who) in mentions {
            *both.entry((*group, who)).or_default() += 1;
            *groups.entry(*group).or_default() += 1;
            *persons.entry(who).or_default() += 1;
        }
        let mut made = Self::default();
        for (group, who) in mentions {
            let shared = both[&(*group, *who)] as f64;
            made.precision += shared / groups[group] as f64;
            made.recall += shared / persons[who] as f64;
            made.mentions += 1;
        }
        made
    }

    fn add(&mut self, other: &Self) {
        self.precision += other.precision;
        self.recall += other.recall;
        self.mentions += other.mentions;
    }

    fn shares(&self) -> (f64, f64) {
        let all = self.mentions.max(1) as f64;
        (100.0 * self.precision / all, 100.0 * self.recall / all)
    }

    fn f1(&self) -> f64 {
        let (precision, recall) = self.shares();
        2.0 * precision * recall / (precision + recall).max(f64::MIN_POSITIVE)
    }
}

#[cfg(test)]
mod tests {
    use super::Cubes;

    #[test]
    fn mixing_costs_precision_and_scattering_recall() {
        let mixed = Cubes::of(&[(1, "a"), (1, "b")]);
        assert_eq!(mixed.shares(), (50.0, 100.0));
        let scattered = Cubes::of(&[(1, "a"), (2, "a")]);
        assert_eq!(scattered.shares(), (100.0, 50.0));
    }
}
