//! The texts of the set, made again from their sources as `choose.py` makes them.

use std::fs;
use std::path::Path;
use std::process::Command;

use quick_xml::Reader;
use quick_xml::events::Event;
use quipu_claims::times::day_of;
use quipu_model::time::Day;

/// A stretch of a source, as it was given to the annotators.
pub(super) struct Text {
    /// Three digits.
    pub(super) name: String,
    /// Rule writers may look at it; or else it is kept apart.
    pub(super) dev: bool,
    /// `article`, `cable`, `frus` or `demo`.
    pub(super) sort: String,
    /// `en` or `es`: what figures are grouped by; the program is not told.
    pub(super) language: String,
    /// The day relative times are reckoned from.
    pub(super) date: Option<Day>,
    /// The text.
    pub(super) text: String,
}

/// The texts that `SPLIT.tsv` names and `wanted` takes (by name, and whether it is
/// of dev), in its order.
pub(super) fn texts(
    folder: &Path,
    data: &Path,
    wanted: impl Fn(&str, bool) -> bool,
) -> Result<Vec<Text>, String> {
    let split = folder.join("SPLIT.tsv");
    let mut texts = Vec::new();
    for (number, line) in read(&split)?.lines().enumerate() {
        let wrong = |what: &str| format!("{} line {}: {what}", split.display(), number + 1);
        let cells: Vec<&str> = line.split('\t').collect();
        let &[name, part, sort, language, _, source, stretch, date] = cells.as_slice() else {
            return Err(wrong("eight columns expected"));
        };
        let dev = part == "dev";
        if !wanted(name, dev) {
            continue;
        }
        let span = stretch.split_once('-');
        let span = span.and_then(|(from, to)| Some((from.parse().ok()?, to.parse().ok()?)));
        let (from, to): (usize, usize) = span.ok_or_else(|| wrong("no stretch"))?;
        let whole = match sort {
            "frus" => frus(data, source)?,
            "demo" => read(&folder.join("../../..").join(source))?,
            _ => read(&data.join(source))?,
        };
        let cut: String = whole
            .chars()
            .skip(from)
            .take(to.saturating_sub(from))
            .collect();
        let text = if sort == "demo" { unmarked(&cut) } else { cut };
        // Of a document of several days, the first.
        let date = day_of(date.split('/').next().unwrap_or_default());
        texts.push(Text {
            name: name.to_owned(),
            dev,
            sort: sort.to_owned(),
            language: language.to_owned(),
            date,
            text: text.trim_matches('\n').to_owned(),
        });
    }
    Ok(texts)
}

pub(super) fn read(path: &Path) -> Result<String, String> {
    fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()))
}

/// The paragraphs of a document of FRUS (`frus/volume.xml.xz#id`), without notes,
/// white space made single, an empty line between them.
fn frus(data: &Path, source: &str) -> Result<String, String> {
    let (volume, id) = source
        .split_once('#')
        .ok_or_else(|| format!("{source}: no id"))?;
    let path = data.join(volume);
    let said = |error: &dyn std::fmt::Display| format!("{}: {error}", path.display());
    let unpacked = Command::new("xz")
        .arg("-dc")
        .arg(&path)
        .output()
        .map_err(|error| said(&format!("`xz` could not unpack it: {error}")))?;
    if !unpacked.status.success() {
        return Err(said(&String::from_utf8_lossy(&unpacked.stderr).trim()));
    }
    let xml = String::from_utf8(unpacked.stdout).map_err(|error| said(&error))?;
    let at = xml
        .find(&format!("xml:id=\"{id}\""))
        .and_then(|at| xml.get(..at)?.rfind('<'));
    let document = at.and_then(|at| xml.get(at..));
    paragraphs(document.ok_or_else(|| said(&format!("no document {id}")))?)
        .map_err(|error| said(&error))
}

/// The paragraphs right under the element that a text begins with.
fn paragraphs(xml: &str) -> Result<String, String> {
    let mut reader = Reader::from_str(xml);
    let (mut depth, mut notes) = (0_usize, 0_usize);
    let mut paragraphs: Vec<String> = Vec::new();
    let mut open: Option<String> = None;
    loop {
        let event = reader
            .read_event()
            .map_err(|error| format!("byte {}: {error}", reader.error_position()))?;
        let words = match event {
            Event::Start(tag) => {
                depth += 1;
                let name = tag.local_name();
                if depth == 2 && name.as_ref() == "p" {
                    open = Some(String::new());
                }
                notes += usize::from(name.as_ref() == "note");
                None
            }
            Event::End(tag) => {
                notes -= usize::from(tag.local_name().as_ref() == "note");
                depth = depth.saturating_sub(1);
                if depth == 1 {
                    paragraphs.extend(open.take());
                } else if depth == 0 {
                    break;
                }
                None
            }
            Event::Text(words) => Some(words.xml10_content().into_owned()),
            Event::CData(words) => Some(words.xml10_content().into_owned()),
            Event::GeneralRef(name) => {
                let number = name.resolve_char_ref().ok().flatten();
                let known = quick_xml::escape::resolve_predefined_entity(&name);
                number.map(String::from).or(known.map(str::to_owned))
            }
            Event::Eof => return Err("it ends inside a document".to_owned()),
            _ => None,
        };
        if let (Some(words), Some(open), 0) = (words, open.as_mut(), notes) {
            open.push_str(&words);
        }
    }
    let paragraphs = paragraphs.iter().map(|words| {
        let words: Vec<&str> = words.split_whitespace().collect();
        words.join(" ")
    });
    let paragraphs: Vec<String> = paragraphs.filter(|words| !words.is_empty()).collect();
    Ok(paragraphs.join("\n\n"))
}

/// A source of the dossier as a person reads it: footnotes, comments, struck words
/// and marks of layout away.
fn unmarked(text: &str) -> String {
    let text = without(text, &[("{^", "^}"), ("{#", "#}"), ("{-", "-}")], false);
    let text = without(&text, &[("{+", "+}")], true);
    let mut made = String::new();
    let mut lines = text.split_inclusive('\n').peekable();
    while let Some(line) = lines.next() {
        if line.starts_with("===") {
            // With the empty lines behind it.
            while lines.next_if(|next| *next == "\n").is_some() {}
            continue;
        }
        let marks = line.trim_start_matches('#');
        let marks = if marks.len() == line.len() {
            line.strip_prefix('@').unwrap_or(line)
        } else {
            marks
        };
        let marked = marks.len() < line.len();
        made.push_str(match marks.strip_prefix(' ') {
            Some(rest) if marked => rest,
            _ => line,
        });
    }
    made
}

/// A text without what stands between such signs, or only without the signs.
fn without(text: &str, signs: &[(&str, &str)], keep: bool) -> String {
    let mut made = String::new();
    let mut rest = text;
    loop {
        let ends = |at: usize| {
            let inner = rest.get(at..)?;
            signs.iter().find_map(|(open, close)| {
                let inner = inner.strip_prefix(open)?;
                let (inner, after) = inner.split_once(close)?;
                Some((at, inner, after))
            })
        };
        let Some((at, inner, after)) = rest.match_indices('{').find_map(|(at, _)| ends(at)) else {
            made.push_str(rest);
            return made;
        };
        made.push_str(rest.get(..at).unwrap_or_default());
        if keep {
            made.push_str(inner);
        }
        rest = after;
    }
}

#[cfg(test)]
mod tests {
    use super::{paragraphs, unmarked};

    #[test]
    fn paragraphs_are_those_right_under_the_document() {
        let xml = "<div xml:id='d1'><head>1. Letter</head><p>Mr.\n <hi>Ball</hi><note n='1'><p>Born.</p></note> \
            &amp; son.</p><list><item><p>No.</p></item></list><p> </p><p>Yes.</p></div><div/>";
        assert_eq!(paragraphs(xml).unwrap(), "Mr. Ball & son.\n\nYes.");
        assert!(paragraphs("<div><p>").is_err());
    }

    #[test]
    fn marks_of_layout_are_taken_away() {
        let text = "=== page\n\n\n# A {^1 note^}title\n@ by {+him+}\n#no mark\n{-old\nline-}new {+ open\n===\nend";
        assert_eq!(
            unmarked(text),
            "A title\nby him\n#no mark\nnew {+ open\nend"
        );
    }
}
