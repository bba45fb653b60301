//! What a document is called when one line must do.

use quipu_model::ReadDocument;

use crate::shelf::Held;

/// Fields that can serve as a title, the best first.
const TITLES: &[&str] = &["title", "cable.subject", "mail.subject", "file.title"];

/// Its title, its subject, its file name or the beginning of its hash.
#[must_use]
pub fn title(held: &Held) -> String {
    let path = held.paths.first().map(String::as_str);
    let name = path.or_else(|| held.inside.first().map(|kin| kin.name.as_str()));
    title_of(&held.document, name).unwrap_or_else(|| short(&held.source.hex()).to_owned())
}

/// The same for a document that is not held yet.
#[must_use]
pub fn title_of(document: &ReadDocument, path: Option<&str>) -> Option<String> {
    let titles = TITLES.iter().filter_map(|name| document.field(name));
    let mut titles = titles.map(|field| one_line(&field.value));
    let title = titles.find(|title| !title.is_empty());
    title.or_else(|| {
        path.map(file_name)
            .filter(|name| !name.is_empty())
            .map(str::to_owned)
    })
}

/// The last part of a path.
#[must_use]
pub fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The part of a hash that is shown and linked: 16 hexadecimal digits.
#[must_use]
pub fn short(hex: &str) -> &str {
    hex.get(..16).unwrap_or(hex)
}

fn one_line(words: &str) -> String {
    /// Longer titles are cut; the whole stands among the fields.
    const LONGEST: usize = 240;
    cut(words, LONGEST)
}

/// Words on one line, cut behind so many characters.
pub(crate) fn cut(words: &str, longest: usize) -> String {
    let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut line: String = words.chars().take(longest).collect();
    if line.len() < words.len() {
        line.push('…');
    }
    line
}
