//! Passages and the rows of those who annotated them.

use std::fs;
use std::ops::Range;
use std::path::Path;

use quipu_claims::times::day_of;
use quipu_model::time::Day;

/// A stretch of a source, as it was given to the annotators.
pub(super) struct Passage {
    /// Three digits.
    pub(super) name: String,
    /// Folder of the source: `articles`, `cables`, `ledger`, `frus`.
    pub(super) source: String,
    /// The day relative times are reckoned from.
    pub(super) date: Option<Day>,
    /// The text.
    pub(super) text: String,
}

impl Passage {
    /// Rule writers look at passages of even number; the others are kept apart.
    pub(super) fn is_dev(&self) -> bool {
        self.name.ends_with(['0', '2', '4', '6', '8'])
    }
}

/// A time or an amount, as annotators and the program put it alike. Columns are those
/// of `docs/handbook/annotating-times-and-amounts.md`.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Row {
    /// A time, or else an amount.
    pub(super) is_time: bool,
    /// Bytes of the passage.
    pub(super) span: Range<usize>,
    pub(super) words: String,
    pub(super) kind: String,
    /// EDTF, length or repetition; or a number.
    pub(super) value: String,
    /// Earliest day, or least number.
    pub(super) low: String,
    /// Latest day, or greatest number.
    pub(super) high: String,
    pub(super) unit: String,
    pub(super) per: String,
    /// Where the counted thing ends, if the program's words hold it.
    pub(super) thing_end: Option<usize>,
}

/// The passages that the settled files name, in their order.
pub(super) fn passages(folder: &Path, data: &Path) -> Result<Vec<Passage>, String> {
    let settled = folder.join("settled");
    let entries =
        fs::read_dir(&settled).map_err(|error| format!("{}: {error}", settled.display()))?;
    let mut names: Vec<String> = entries
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter_map(|name| Some(name.strip_suffix(".tsv")?.to_owned()))
        .collect();
    names.sort();
    names
        .into_iter()
        .map(|name| passage(folder, data, name))
        .collect()
}

/// The passages of a folder that `draw.py` filled.
pub(super) fn drawn(folder: &Path) -> Result<Vec<Passage>, String> {
    let entries = fs::read_dir(folder).map_err(|error| format!("{}: {error}", folder.display()))?;
    let mut files: Vec<_> = entries
        .filter_map(|entry| Some(entry.ok()?.path()))
        .collect();
    files.sort();
    let passages = files.iter().map(|file| {
        let text = read(file)?;
        let head = text.lines().next().unwrap_or_default();
        let (place, date) = head
            .split_once("\tdate ")
            .ok_or_else(|| format!("{}: names no source and date", file.display()))?;
        let name = file.file_stem().unwrap_or_default().to_string_lossy();
        Ok(Passage {
            name: name.into_owned(),
            source: place.split('/').next().unwrap_or_default().to_owned(),
            date: day_of(date),
            text: text.splitn(3, '\n').nth(2).unwrap_or_default().to_owned(),
        })
    });
    passages.collect()
}

fn passage(folder: &Path, data: &Path, name: String) -> Result<Passage, String> {
    let file = folder.join(format!("settled/{name}.tsv"));
    let rows = read(&file)?;
    let wrong = || {
        format!(
            "{}: its first line names no source and date",
            file.display()
        )
    };
    let head = rows.lines().next().and_then(|line| line.strip_prefix("# "));
    let (place, date) = head
        .and_then(|head| head.split_once("\tdate "))
        .ok_or_else(wrong)?;
    let source = place.split('/').next().unwrap_or_default().to_owned();
    let kept = folder.join(format!("passages/{name}.txt"));
    let text = if kept.is_file() {
        let text = read(&kept)?;
        text.splitn(3, '\n').nth(2).unwrap_or_default().to_owned()
    } else {
        // What is not ours to hand on is taken from its file.
        let (path, range) = place.rsplit_once(' ').ok_or_else(wrong)?;
        let (from, to) = range.split_once('-').ok_or_else(wrong)?;
        let (from, to): (usize, usize) = (
            from.parse().map_err(|_| wrong())?,
            to.parse().map_err(|_| wrong())?,
        );
        let text = read(&data.join(path))?;
        text.chars()
            .skip(from)
            .take(to.saturating_sub(from))
            .collect()
    };
    Ok(Passage {
        name,
        source,
        date: day_of(date),
        text,
    })
}

fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The rows of one file, with offsets turned into bytes of the passage.
pub(super) fn rows(path: &Path, passage: &Passage) -> Result<Vec<Row>, String> {
    // Byte offset of each code point, and of the end.
    let mut bytes: Vec<usize> = passage.text.char_indices().map(|(at, _)| at).collect();
    bytes.push(passage.text.len());
    let text = read(path)?;
    let lines = text.lines().enumerate();
    let lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
    lines
        .map(|(number, line)| {
            let wrong = |what: &str| format!("{} line {}: {what}", path.display(), number + 1);
            let cells: Vec<&str> = line.split('\t').map(str::trim).collect();
            let cell = |i: usize| cells.get(i).copied().unwrap_or_default().to_owned();
            let offset = |i: usize| {
                let point: usize = cell(i).parse().ok()?;
                bytes.get(point).copied()
            };
            let span = match (offset(1), offset(2)) {
                (Some(start), Some(end)) if start < end => start..end,
                _ => return Err(wrong("offsets outside the passage")),
            };
            let words = cell(3);
            let stand = passage.text.get(span.clone()).unwrap_or_default();
            if !stand.split_whitespace().eq(words.split_whitespace()) {
                return Err(wrong(&format!(
                    "`{words}` does not stand there, but `{stand}`"
                )));
            }
            let is_time = match cells.first() {
                Some(&"T") => true,
                Some(&"A") => false,
                _ => return Err(wrong("neither T nor A")),
            };
            Ok(Row {
                is_time,
                span,
                words,
                kind: cell(4),
                value: cell(5),
                low: cell(6),
                high: cell(7),
                unit: cell(8),
                per: cell(9),
                thing_end: None,
            })
        })
        .collect()
}
