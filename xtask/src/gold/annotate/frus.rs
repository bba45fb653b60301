//! Recall of the persons that the editors of diplomatic papers tagged.
//!
//! The tagging is partial, so precision cannot be told from it: a name that
//! nobody tagged is no mistake.

use std::ops::Range;
use std::path::Path;

use quipu_annotate::Hands;
use quipu_model::NameKind;

use super::tei::{self, Block};
use super::{Annotators, Score};

/// Volumes that nothing is trained on (`python/frus.py` of quipu-train has the
/// same two).
const KEPT_OUT: [&str; 2] = ["frus1961-63v19", "frus1969-76ve13"];

/// About how many tagged persons of each volume are looked at.
const SAMPLE: usize = 3000;

/// Blocks longer than this are tables and lists.
const LONGEST: usize = 4000;

/// The documents of the volumes kept out, as plain text.
pub(crate) fn texts(data: &Path) -> Result<Vec<String>, String> {
    let mut texts = Vec::new();
    for volume in KEPT_OUT {
        for blocks in tei::volume(&path(data, volume))? {
            let text: Vec<String> = blocks.into_iter().map(|block| block.text).collect();
            texts.push(text.join("\n\n"));
        }
    }
    Ok(texts)
}

pub(crate) fn path(data: &Path, volume: &str) -> std::path::PathBuf {
    data.join(format!("frus/{volume}.xml.xz"))
}

/// How many tagged persons were looked at and found.
#[derive(Debug, Default)]
struct Recall {
    tagged: usize,
    /// A person's name holds all the words.
    covered: usize,
    /// It holds no others.
    exact: usize,
}

/// Measures recall in both volumes.
pub(super) fn score(data: &Path, annotators: &Annotators<'_>) -> Result<Vec<Score>, String> {
    annotators.must_know("en")?;
    let titles = titles()?;
    let mut hands = Hands::default();
    let mut all = Recall::default();
    let mut each = Vec::new();
    for volume in KEPT_OUT {
        let blocks: Vec<Block> = tei::volume(&path(data, volume))?
            .into_iter()
            .flatten()
            .filter(|block| !block.persons.is_empty() && block.text.chars().count() < LONGEST)
            .collect();
        let tagged: usize = blocks.iter().map(|block| block.persons.len()).sum();
        // Every so many blocks, so that all of the volume is seen.
        let step = tagged.div_ceil(SAMPLE).max(1);
        let mut recall = Recall::default();
        for block in blocks.iter().step_by(step) {
            let made = annotators.read(&block.text, Some("en"), &mut hands);
            let found: Vec<Range<usize>> = made
                .names
                .iter()
                .filter(|name| name.kind == NameKind::Person)
                .map(|name| trimmed(&block.text, &name.span.range()))
                .collect();
            for person in &block.persons {
                let person =
                    without_titles(&block.text, &trimmed(&block.text, &person.bytes), &titles);
                recall.tagged += 1;
                recall.exact += usize::from(found.contains(&person));
                let holds =
                    |name: &Range<usize>| name.start <= person.start && person.end <= name.end;
                if found.iter().any(holds) {
                    recall.covered += 1;
                } else {
                    println!("  missed: {}", near(&block.text, &person));
                }
            }
        }
        each.push(format!(
            "{volume} {:.1}",
            percent(recall.covered, recall.tagged)
        ));
        all.tagged += recall.tagged;
        all.covered += recall.covered;
        all.exact += recall.exact;
    }
    let mut covered = Score::share("FRUS, tagged persons covered", all.covered, all.tagged);
    covered.note = format!(
        "**90**; {}; {}; exact {:.1}",
        covered.note,
        each.join(", "),
        percent(all.exact, all.tagged)
    );
    Ok(vec![covered])
}

fn percent(part: usize, whole: usize) -> f64 {
    part as f64 * 100.0 / whole.max(1) as f64
}

/// Words that stand beside a name, not in it.
fn titles() -> Result<Vec<String>, String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases/gold/annotate/titles.txt");
    let text = super::keys::read(&path)?;
    let words = text.lines().filter(|line| !line.starts_with('#'));
    Ok(words.map(str::to_owned).collect())
}

/// A stretch without the signs at its edges: whether the stop of `Jr.` belongs to
/// a name is no question here.
fn trimmed(text: &str, bytes: &Range<usize>) -> Range<usize> {
    let name = text.get(bytes.clone()).unwrap_or_default();
    let sign = |c: char| !c.is_alphanumeric();
    let start = bytes.start + name.len() - name.trim_start_matches(sign).len();
    start..(bytes.start + name.trim_end_matches(sign).len()).max(start)
}

fn without_titles(text: &str, bytes: &Range<usize>, titles: &[String]) -> Range<usize> {
    let mut start = bytes.start;
    while let Some((word, rest)) = text
        .get(start..bytes.end)
        .and_then(|name| name.split_once(' '))
    {
        let word = word.trim_end_matches('.').to_lowercase();
        if !titles.contains(&word) {
            break;
        }
        start = bytes.end - rest.trim_start().len();
    }
    start..bytes.end
}

fn near(text: &str, person: &Range<usize>) -> String {
    let before: Vec<&str> = text
        .get(..person.start)
        .unwrap_or_default()
        .split_whitespace()
        .rev()
        .take(3)
        .collect();
    let after = text.get(person.end..).unwrap_or_default();
    let after: Vec<&str> = after.split_whitespace().take(3).collect();
    format!(
        "{} [{}] {}",
        before.into_iter().rev().collect::<Vec<_>>().join(" "),
        text.get(person.clone()).unwrap_or_default(),
        after.join(" ")
    )
}

#[cfg(test)]
mod tests {
    use super::{titles, trimmed, without_titles};

    #[test]
    fn titles_stand_beside_a_name() {
        let titles = titles().unwrap();
        for (tagged, name) in [
            ("Prime Minister Nehru,", "Nehru"),
            ("Gen. Taylor", "Taylor"),
            ("Prince", "Prince"),
            ("Ahmad, Jr.", "Ahmad, Jr"),
        ] {
            let bytes = without_titles(tagged, &trimmed(tagged, &(0..tagged.len())), &titles);
            assert_eq!(&tagged[bytes], name);
        }
    }
}
