//! A claim as annotators, the program and the peer put it alike, and files of such
//! claims (`docs/handbook/annotating-claims.md`, section 9).

use std::collections::BTreeSet;
use std::path::Path;

use quipu_model::Decimal;
use serde::Deserialize;
use serde_json::Value;
use unicode_normalization::UnicodeNormalization;

use super::texts::{Text, read};

/// Who or what fills a role, holds, or is the place.
#[derive(Debug, Clone, Default, PartialEq, Eq, Deserialize)]
pub(super) struct Filler {
    /// Of a role, its name.
    #[serde(default)]
    pub(super) role: String,
    /// The fullest name of the document.
    #[serde(default)]
    pub(super) name: Option<String>,
    /// The words here.
    #[serde(default)]
    pub(super) as_written: Option<String>,
}

/// A time.
#[derive(Debug, Clone, Deserialize)]
pub(super) struct When {
    #[serde(default)]
    pub(super) edtf: Option<String>,
    #[serde(default)]
    pub(super) as_written: String,
}

/// An amount.
#[derive(Debug, Clone, Default)]
pub(super) struct Amount {
    /// Value, least, greatest.
    pub(super) numbers: [Option<Decimal>; 3],
    /// Small letters.
    pub(super) unit: String,
    /// People or things counted: their noun is of the language of the text.
    pub(super) counts: bool,
}

/// A claim.
#[derive(Debug, Clone, Default)]
pub(super) struct Told {
    pub(super) kind: String,
    pub(super) predicate: String,
    /// Where the words of its predicate begin, in bytes of the text.
    pub(super) at: BTreeSet<usize>,
    /// Where its quote begins, in bytes of the text.
    pub(super) start: usize,
    pub(super) quote: String,
    pub(super) roles: Vec<Filler>,
    pub(super) amounts: Vec<Amount>,
    pub(super) when: Option<When>,
    pub(super) negative: bool,
    pub(super) standing: String,
    pub(super) holders: Vec<Filler>,
    /// How sure the program is, 0 to 1000.
    pub(super) confidence: u32,
    /// What the program's confidence is weighed from.
    pub(super) signs: Vec<String>,
    /// The rule of the program.
    pub(super) rule: String,
}

/// One line of a file.
#[derive(Deserialize)]
struct Line {
    start: usize,
    end: usize,
    kind: String,
    predicate: String,
    roles: Vec<Filler>,
    #[serde(default)]
    amount: Vec<Value>,
    #[serde(default)]
    when: Option<When>,
    polarity: String,
    standing: String,
    #[serde(default)]
    holders: Vec<Filler>,
}

/// The claims of a file about a text. What was kept as places alone (`@12-27`)
/// becomes words again.
pub(super) fn claims(path: &Path, text: &Text) -> Result<Vec<Told>, String> {
    let text = text.text.as_str();
    // Byte offset of each code point, and of the end.
    let mut bytes: Vec<usize> = text.char_indices().map(|(at, _)| at).collect();
    bytes.push(text.len());
    let words = read(path)?;
    let lines = words.lines().enumerate();
    lines
        .map(|(number, line)| {
            let said = |error: String| format!("{} line {}: {error}", path.display(), number + 1);
            let mut value: Value =
                serde_json::from_str(line).map_err(|error| said(error.to_string()))?;
            shown(&mut value, text, &bytes);
            let line: Line =
                serde_json::from_value(value).map_err(|error| said(error.to_string()))?;
            told(line, text, &bytes).map_err(said)
        })
        .collect()
}

/// Turns every place of the copied words into the words.
fn shown(value: &mut Value, text: &str, bytes: &[usize]) {
    match value {
        Value::String(words) => {
            let place = words
                .strip_prefix('@')
                .and_then(|place| place.split_once('-'));
            let at = |point: &str| bytes.get(point.parse::<usize>().ok()?).copied();
            let span = place.and_then(|(from, to)| text.get(at(from)?..at(to)?));
            if let Some(span) = span {
                *words = span.to_owned();
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|own| shown(own, text, bytes)),
        Value::Object(map) => map.values_mut().for_each(|own| shown(own, text, bytes)),
        _ => {}
    }
}

fn told(line: Line, text: &str, bytes: &[usize]) -> Result<Told, String> {
    let at = |point: usize| bytes.get(point).copied();
    let quote = at(line.start).and_then(|from| Some((from, text.get(from..at(line.end)?)?)));
    let (start, quote) = quote.ok_or_else(|| "offsets outside the text".to_owned())?;
    let predicate = place(&line.predicate, quote)
        .ok_or_else(|| format!("`{}` does not stand in its quote", line.predicate))?;
    Ok(Told {
        at: starts(text, start + predicate.0, start + predicate.1),
        start,
        quote: quote.to_owned(),
        kind: line.kind,
        predicate: line.predicate,
        roles: line.roles,
        amounts: line.amount.iter().map(amount).collect(),
        when: line.when,
        negative: line.polarity == "negative",
        standing: line.standing,
        holders: line.holders,
        confidence: 0,
        signs: Vec::new(),
        rule: String::new(),
    })
}

fn amount(value: &Value) -> Amount {
    let number = |key: &str| {
        let number = value.get(key)?.as_number()?.to_string();
        Decimal::parse(&number)
    };
    let unit = value.get("unit").and_then(Value::as_str);
    Amount {
        numbers: ["value", "low", "high"].map(number),
        unit: unit.unwrap_or_default().to_lowercase(),
        counts: false,
    }
}

/// Where the words of a stretch begin. A word cut by its edge begins there.
pub(super) fn starts(text: &str, from: usize, to: usize) -> BTreeSet<usize> {
    let stretch = text.get(from..to).unwrap_or_default();
    let mut before = false;
    let mut found = BTreeSet::new();
    for (at, c) in stretch.char_indices() {
        let word = is_word(c);
        if word && !before {
            found.insert(from + at);
        }
        before = word;
    }
    found
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// The first place of some words in a quote, white space and marks of emphasis
/// counting as one gap.
fn place(words: &str, quote: &str) -> Option<(usize, usize)> {
    let parts: Vec<&str> = words.split_whitespace().collect();
    let first = *parts.first()?;
    quote.match_indices(first).find_map(|(start, _)| {
        let whole = |c: Option<char>| !c.is_some_and(is_word);
        let clitic = CLITICS.contains(&first);
        if first.starts_with(is_word) && !clitic && !whole(quote.get(..start)?.chars().next_back())
        {
            return None;
        }
        let mut end = start;
        for part in &parts {
            let rest = quote.get(end..)?;
            let inner = if end == start {
                rest
            } else {
                rest.trim_start_matches(|c: char| c.is_whitespace() || c == '*')
            };
            if end > start && inner.len() == rest.len() {
                return None;
            }
            end += rest.len() - inner.strip_prefix(part)?.len();
        }
        let cut = words.trim_end().ends_with(is_word) && !whole(quote.get(end..)?.chars().next());
        (!cut).then_some((start, end))
    })
}

/// Pronouns that are written onto a verb: `entregarlo`.
const CLITICS: [&str; 10] = [
    "me", "te", "se", "lo", "la", "los", "las", "le", "les", "nos",
];

/// Words that tell no two names apart.
const IDLE: [&str; 16] = [
    "the", "a", "an", "of", "el", "la", "los", "las", "un", "una", "de", "del", "mr", "mrs", "dr",
    "don",
];

/// Folded words of a name, without articles unless it is nothing else.
pub(super) fn words_of(name: Option<&str>) -> BTreeSet<String> {
    let folded: String = name.unwrap_or_default().nfkd().collect();
    let folded: String = folded
        .chars()
        .filter(char::is_ascii)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let words = folded
        .split(|c: char| !is_word(c))
        .filter(|w| !w.is_empty());
    let all: BTreeSet<String> = words.map(str::to_owned).collect();
    let kept: BTreeSet<String> = all
        .iter()
        .filter(|word| !IDLE.contains(&word.as_str()))
        .cloned()
        .collect();
    if kept.is_empty() { all } else { kept }
}

#[cfg(test)]
mod tests {
    use super::{place, starts, words_of};

    #[test]
    fn words_are_found_whole_over_line_ends() {
        assert_eq!(place("paid the", "repaid\npaid **the man"), Some((7, 17)));
        assert_eq!(place("pay", "repay payer"), None);
        assert_eq!(place("lo", "entregarlo"), Some((8, 10)));
    }

    #[test]
    fn a_predicate_is_where_its_words_begin() {
        let found: Vec<usize> = starts("he had paid", 3, 11).into_iter().collect();
        assert_eq!(found, [3, 7]);
    }

    #[test]
    fn names_are_folded_and_lose_their_articles() {
        let words: Vec<String> = words_of(Some("La Compañía de Pesca")).into_iter().collect();
        assert_eq!(words, ["compania", "pesca"]);
        assert_eq!(words_of(Some("la")).len(), 1);
        assert!(words_of(None).is_empty());
    }
}
