//! Times and amounts of press, cables, a ledger and diplomatic papers, against a
//! settled annotation (`cases/gold/times-amounts/README.md`), and the agreement of
//! those who annotated.

mod compare;
mod files;
mod ours;

pub(crate) use compare::named_unit;

use std::path::Path;

use quipu_read::tell_text;

use crate::Score;
use crate::understand::Understanding;
use compare::{falsely_exact, holds, overlap, same_extent, same_thing, same_value, vague};
use files::{Passage, Row};

/// Two sets of rows on the same passages, counted.
#[derive(Debug, Default, Clone, Copy)]
struct Count {
    key: usize,
    rows: usize,
    /// The same words.
    extent: usize,
    /// At least a word in common.
    overlap: usize,
    /// The same words, and the same value.
    value: usize,
    /// The same words, where the key counts a named thing.
    things: usize,
    /// The same thing counted.
    thing: usize,
    /// A word in common, where the key is vague.
    vague: usize,
    /// Its bounds are held.
    held: usize,
    /// A word in common, but less is left open than the words leave open.
    falsely_exact: usize,
}

impl Count {
    fn add(&mut self, other: &Self) {
        self.key += other.key;
        self.rows += other.rows;
        self.extent += other.extent;
        self.overlap += other.overlap;
        self.value += other.value;
        self.things += other.things;
        self.thing += other.thing;
        self.vague += other.vague;
        self.held += other.held;
        self.falsely_exact += other.falsely_exact;
    }
}

/// Whether a passage belongs to a part of the set.
type Belongs = fn(&Passage) -> bool;

/// The parts of the set, and whether what is wrong is told: rules are written on
/// the first, nobody looks at the second.
const PARTS: [(&str, Belongs, bool); 2] = [
    ("dev", Passage::is_dev, true),
    ("kept apart", |passage| !passage.is_dev(), false),
];

/// The sources of the passages.
const SOURCES: [(&str, Belongs); 4] = [
    ("articles", |passage| passage.source == "articles"),
    ("cables", |passage| passage.source == "cables"),
    ("ledger", |passage| passage.source == "ledger"),
    ("frus", |passage| passage.source == "frus"),
];

/// A passage, and what annotators and the program say of it.
struct Annotated {
    passage: Passage,
    settled: Vec<Row>,
    found: Vec<Row>,
    /// Who annotated alone, in the order of `READERS`; not all read everything.
    alone: Vec<Option<Vec<Row>>>,
}

/// Folders of those who annotated alone: the two whose answers were settled, and
/// one who read every third passage later.
const READERS: [&str; 3] = ["a", "b", "c"];

/// Times or amounts of a set of rows.
fn only(rows: &[Row], is_time: bool) -> Vec<Row> {
    let mine = rows.iter().filter(|row| row.is_time == is_time);
    mine.cloned().collect()
}

pub(crate) fn score(data: &Path) -> Result<Vec<Score>, String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases/gold/times-amounts");
    let packs = crate::packs()?;
    let mut understanding = Understanding::new(&packs)?;
    let mut all = Vec::new();
    for passage in files::passages(&folder, data)? {
        let file = |who: &str| folder.join(format!("{who}/{}.tsv", passage.name));
        let settled = files::rows(&file("settled"), &passage)?;
        let mut alone = Vec::new();
        for reader in READERS {
            let file = file(reader);
            let rows = file.is_file().then(|| files::rows(&file, &passage));
            alone.push(rows.transpose()?);
        }
        let languages = tell_text(&passage.text, &[], &packs);
        let read = understanding.read(&passage.text, &languages, passage.date);
        let mut found: Vec<Row> = read.times.iter().map(ours::time).collect();
        found.extend(read.amounts.iter().map(ours::amount));
        all.push(Annotated {
            passage,
            settled,
            found,
            alone,
        });
    }
    let mut scores = Vec::new();
    for (of, is_time) in [("times", true), ("amounts", false)] {
        let found = |belongs: Belongs, show: bool| {
            let mut count = Count::default();
            for one in all.iter().filter(|one| belongs(&one.passage)) {
                let name = show.then_some(one.passage.name.as_str());
                let (key, rows) = (only(&one.settled, is_time), only(&one.found, is_time));
                count.add(&compared(&one.passage.text, &key, &rows, name));
            }
            count
        };
        for (part, belongs, show) in PARTS {
            scores.extend(figures(&format!("{of}, {part}"), &found(belongs, show)));
        }
        for (source, belongs) in SOURCES {
            let count = found(belongs, false);
            let value = percent(count.value, count.extent);
            let mut score = f1(&format!("{of}, {source}: extent F1"), &count);
            score.note = format!("{}; value right {value:.1}", score.note);
            scores.push(score);
        }
        let agreement = |first: usize, second: usize| {
            let mut count = Count::default();
            for one in &all {
                let reader = |i: usize| one.alone.get(i)?.as_deref();
                if let (Some(a), Some(b)) = (reader(first), reader(second)) {
                    let (a, b) = (only(a, is_time), only(b, is_time));
                    count.add(&compared(&one.passage.text, &a, &b, None));
                }
            }
            count
        };
        for (who, count) in [
            ("the two annotators", agreement(0, 1)),
            ("the first and a later reader", agreement(0, 2)),
        ] {
            let what = format!("{of}, {who}: same value");
            for mut score in [
                f1(&format!("{of}, {who}: extent F1"), &count),
                Score::share(&what, count.value, count.extent),
            ] {
                score.note = format!("machines of one kind, no people; {}", score.note);
                scores.push(score);
            }
        }
    }
    Ok(scores)
}

/// Prints what the program finds in passages that `draw.py` drew and nobody annotated:
/// for those who write patterns, to be read against the text.
pub(crate) fn print_rows(folder: &Path) -> Result<(), String> {
    let packs = crate::packs()?;
    let mut understanding = Understanding::new(&packs)?;
    for passage in files::drawn(folder)? {
        let languages = tell_text(&passage.text, &[], &packs);
        let read = understanding.read(&passage.text, &languages, passage.date);
        let mut found: Vec<Row> = read.times.iter().map(ours::time).collect();
        found.extend(read.amounts.iter().map(ours::amount));
        found.sort_by_key(|row| (row.span.start, row.span.end));
        for row in &found {
            let sort = if row.is_time { 'T' } else { 'A' };
            let (start, end) = (row.span.start, row.span.end);
            println!("{}\t{sort}\t{start}\t{end}\t{}", passage.name, told(row));
        }
    }
    Ok(())
}

/// A row on one line.
fn told(row: &Row) -> String {
    let words: Vec<&str> = row.words.split_whitespace().collect();
    format!(
        "[{}] {} {} {}..{} {} {}",
        words.join(" "),
        row.kind,
        row.value,
        row.low,
        row.high,
        row.unit,
        row.per
    )
}

/// Pairs each row of the key with the row of the same words, or else with one
/// that shares words with it; no row twice.
fn compared(text: &str, key: &[Row], rows: &[Row], show: Option<&str>) -> Count {
    let mut count = Count {
        key: key.len(),
        rows: rows.len(),
        ..Count::default()
    };
    let mut partners: Vec<Option<usize>> = vec![None; key.len()];
    let mut taken = vec![false; rows.len()];
    for exact in [true, false] {
        for (wanted, partner) in key.iter().zip(&mut partners) {
            if partner.is_some() {
                continue;
            }
            let fits = |row: &Row| {
                if exact {
                    same_extent(text, wanted, row)
                } else {
                    overlap(wanted, row)
                }
            };
            let free = rows
                .iter()
                .zip(&taken)
                .position(|(row, taken)| !taken && fits(row));
            if let Some(i) = free {
                taken[i] = true;
                *partner = Some(i);
            }
        }
    }
    for (wanted, partner) in key.iter().zip(&partners) {
        let row = partner.and_then(|i| rows.get(i));
        let Some(row) = row else {
            say(show, "missed", Some(wanted), None);
            continue;
        };
        count.overlap += 1;
        let exact = same_extent(text, wanted, row);
        let right = same_value(wanted, row);
        if exact {
            count.extent += 1;
            count.value += usize::from(right);
            if matches!(wanted.kind.as_str(), "COUNT" | "RANK")
                && !matches!(wanted.unit.as_str(), "" | "?")
            {
                let same = same_thing(wanted, row);
                count.things += 1;
                count.thing += usize::from(same);
                if !same {
                    say(show, "other thing", Some(wanted), Some(row));
                }
            }
        }
        if vague(wanted) {
            count.vague += 1;
            count.held += usize::from(holds(wanted, row));
        }
        let too_exact = falsely_exact(wanted, row);
        count.falsely_exact += usize::from(too_exact);
        if too_exact {
            say(show, "too exact", Some(wanted), Some(row));
        } else if !exact {
            say(show, "other words", Some(wanted), Some(row));
        } else if !right {
            say(show, "other value", Some(wanted), Some(row));
        }
    }
    for (row, taken) in rows.iter().zip(&taken) {
        if !taken {
            say(show, "not in the key", None, Some(row));
        }
    }
    count
}

fn say(show: Option<&str>, what: &str, key: Option<&Row>, row: Option<&Row>) {
    let Some(passage) = show else { return };
    let told = |row: Option<&Row>| row.map_or_else(|| "-".to_owned(), told);
    println!("  {passage} {what}: {}  <>  {}", told(key), told(row));
}

fn percent(part: usize, of: usize) -> f64 {
    100.0 * part as f64 / of.max(1) as f64
}

fn f1(what: &str, count: &Count) -> Score {
    Score {
        what: what.to_owned(),
        figure: format!("{:.1}", percent(2 * count.extent, count.key + count.rows)),
        note: format!(
            "precision {:.1}, recall {:.1}, any overlap {:.1}; {} in the key",
            percent(count.extent, count.rows),
            percent(count.extent, count.key),
            percent(2 * count.overlap, count.key + count.rows),
            count.key
        ),
    }
}

fn figures(of: &str, count: &Count) -> Vec<Score> {
    let mut extent = f1(&format!("{of}: extent F1"), count);
    extent.note = format!("**90**; {}", extent.note);
    let mut value = Score::share(
        &format!("{of}: value right of those found"),
        count.value,
        count.extent,
    );
    value.note = format!("**85**; {}", value.note);
    let both = Score {
        what: format!("{of}: extent and value, F1"),
        figure: format!("{:.1}", percent(2 * count.value, count.key + count.rows)),
        note: String::new(),
    };
    let exact = Score {
        what: format!("{of}: falsely exact"),
        figure: count.falsely_exact.to_string(),
        note: format!("of {} found, {} of them vague", count.overlap, count.vague),
    };
    let held = Score::share(
        &format!("{of}: vague, bounds hold"),
        count.held,
        count.vague,
    );
    let mut scores = vec![extent, value, both, exact, held];
    if count.things > 0 {
        scores.push(Score::share(
            &format!("{of}: what is counted"),
            count.thing,
            count.things,
        ));
    }
    scores
}
