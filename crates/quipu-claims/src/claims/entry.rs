//! The date that heads an entry of a chronicle: `- 1974. Leaves the army.`

use quipu_model::span::{Repaired, Span};
use quipu_model::{ClauseMark, TimeExpression, TimeKind};

use super::predication::{Predication, Sort};
use super::setting::Setting;
use super::tree::Tree;

/// Letters back from a sentence in which its line must begin.
const LINE: usize = 600;
/// Letters of marks before and behind a date: `- **1974.** `.
const MARKS: usize = 6;

/// The time that heads the line of a sentence, by its place among those of the text.
pub(crate) fn heading(
    text: &str,
    times: &[TimeExpression],
    sentence: Span<Repaired>,
) -> Option<usize> {
    let start = sentence.start() as usize;
    let before = text.get(..start)?;
    let line = before
        .char_indices()
        .rev()
        .take(LINE)
        .find(|(_, letter)| *letter == '\n')
        .map_or(0, |(at, _)| at + 1);
    if start - line > 4 * LINE {
        return None;
    }
    let place = times.partition_point(|time| (time.span.start() as usize) < line);
    let time = times.get(place)?;
    let (from, to) = (time.span.start() as usize, time.span.end() as usize);
    let marks =
        |words: &str| words.chars().count() <= MARKS && !words.chars().any(char::is_alphanumeric);
    let opening = text.get(line..from)?;
    let behind: String = text
        .get(to..)?
        .chars()
        .take(MARKS)
        .take_while(|letter| !letter.is_alphanumeric())
        .collect();
    let closed = behind.contains(['.', ':', '—', '–']) || behind.contains(" - ");
    // A line that breaks inside a sentence begins no entry.
    let over = before.get(..line)?.trim_end_matches([' ', '\r', '\n']);
    let entry = opening.chars().any(|letter| !letter.is_whitespace())
        || over.is_empty()
        || over.ends_with(['.', ':', '!', '?', ')', '»', '"', '”']);
    let told = matches!(time.kind, TimeKind::Date | TimeKind::Time);
    (marks(opening) && closed && entry && told).then_some(place)
}

/// Gives the time of the entry to what its main clauses and event nouns tell, where
/// they tell no time of their own.
pub(crate) fn date(tree: &Tree<'_>, made: &[Predication], settings: &mut [Setting], time: usize) {
    let mut main = vec![false; made.len()];
    for (place, predication) in made.iter().enumerate() {
        let joined = ["conj", "parataxis", "advcl", "xcomp"]
            .iter()
            .any(|relation| tree.is(predication.token, relation));
        let loose = predication.marks.contains(&ClauseMark::Nonfinite)
            || tree.is(predication.token, "conj")
            || tree.is(predication.token, "parataxis");
        main[place] = match predication.governor {
            None => true,
            Some(governor) => {
                main.get(governor) == Some(&true)
                    && (joined && loose || predication.sort == Sort::Noun)
            }
        };
        if main[place] && settings[place].times.is_empty() {
            settings[place].times.push(time);
        }
    }
}
