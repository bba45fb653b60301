//! The form for people: each sentence with its tree and names, for finding out
//! why a rule did not fire. It fits into 100 columns.
//!
//! The words stand below each other as in the text: what hangs on a word from
//! the left stands above it, what hangs on it from the right below. Where arcs
//! cross, branches stay whole and the words' numbers jump.

mod rows;

use std::fmt::Write as _;

use quipu_annotate::conllu::GivenSentence;
use quipu_model::{Name, Repaired, Span, Token};

use super::shown::{Points, Shown};
use crate::ink::{BOLD, CYAN as RELATED, Ink, YELLOW as NAME, clean};
use rows::{Row, rows};

/// Columns of the whole.
const WIDTH: usize = 100;
/// Columns of the tree with its words, at most.
const TREE: usize = 46;
/// Columns of a relation.
const RELATION: usize = 13;
/// Columns of a part of speech.
const UPOS: usize = 6;
/// Columns of a lemma.
const LEMMA: usize = 13;

/// The line above the sentences of a named input.
pub(super) fn head(name: Option<&str>) -> String {
    name.map_or_else(String::new, |name| format!("== {} ==\n\n", clean(name)))
}

/// Writes a sentence. Colour says nothing that the words do not say.
pub(super) fn write(shown: &Shown<'_>, colour: bool, out: &mut String) {
    let sentence = shown.sentence;
    let ink = Ink { colour };
    out.push_str(ink.on(BOLD));
    match shown.given.and_then(GivenSentence::id) {
        Some(id) => out.push_str(&clean(id)),
        None => out.push_str(&shown.number.to_string()),
    }
    out.push_str(ink.off());
    let range = sentence.span.range();
    let mut points = Points::new(shown.text, range.start, shown.point);
    let (start, end) = (points.at(range.start), points.at(range.end));
    let _ = writeln!(
        out,
        "  {}, characters {start} to {end}, {} words",
        sentence.language,
        sentence.tokens.len()
    );
    wrapped(sentence.span.of(shown.text).unwrap_or_default(), out);
    out.push('\n');
    let rows = rows(&sentence.tokens);
    let digits = sentence.tokens.len().to_string().len();
    let words: Vec<String> = sentence
        .tokens
        .iter()
        .map(|token| word(shown.text, token))
        .collect();
    let tree = rows
        .iter()
        .filter_map(|row| Some(width(&row.branches) + width(words.get(row.word)?)))
        .max()
        .unwrap_or(0)
        .min(TREE);
    for row in &rows {
        let (Some(token), Some(word)) = (sentence.tokens.get(row.word), words.get(row.word)) else {
            continue;
        };
        let mark = mark(
            token,
            shown.names,
            row.word
                .checked_sub(1)
                .and_then(|at| sentence.tokens.get(at)),
        );
        line(row, token, word, mark, (digits, tree), ink, out);
    }
    for name in shown.names {
        let words = clean(name.span.of(shown.text).unwrap_or_default());
        let _ = writeln!(
            out,
            "{:digits$} {}{}{}  {words}{}",
            "",
            ink.on(NAME),
            name.kind.word(),
            ink.off(),
            beside(shown, name),
        );
    }
    out.push('\n');
}

/// What is known of a name beside its letters.
fn beside(shown: &Shown<'_>, name: &Name) -> String {
    let words = |span: &Span<Repaired>| clean(span.of(shown.text).unwrap_or_default());
    let tie = shown.acronyms.iter().find(|tie| tie.short == name.span);
    let long = tie.map(|tie| tie.long);
    let known = [
        ("title", name.titles.as_slice()),
        ("alias", name.aliases.as_slice()),
        ("stands for", long.as_slice()),
    ];
    let mut out = String::new();
    for (what, span) in known
        .iter()
        .flat_map(|(what, spans)| spans.iter().map(move |span| (what, span)))
    {
        let _ = write!(out, "; {what}: {}", words(span));
    }
    out
}

/// One word of a sentence. `columns`: of the number, and of the tree.
fn line(
    row: &Row,
    token: &Token,
    word: &str,
    mark: &str,
    (digits, tree): (usize, usize),
    ink: Ink,
    out: &mut String,
) {
    let room = tree.saturating_sub(width(&row.branches));
    let word = cut(word, room);
    let fill = room.saturating_sub(width(&word));
    let relation = if row.clipped {
        format!("{} of {}", token.relation, token.head)
    } else {
        token.relation.clone()
    };
    let left = digits + 1 + 4 + tree + 2 + RELATION + 1 + UPOS + LEMMA + 1;
    let features = cut(&brief(&token.features), WIDTH.saturating_sub(left));
    let name = Ink {
        colour: ink.colour && !mark.is_empty(),
    };
    let mut text = String::new();
    let _ = write!(
        text,
        "{:>digits$} {}{}{}{}{}{}{}{:fill$}  {}{} {}{}{} {features}",
        row.word + 1,
        name.on(NAME),
        padded(mark, 4),
        name.off(),
        row.branches,
        ink.on(BOLD),
        word,
        ink.off(),
        "",
        ink.on(RELATED),
        padded(&cut(&relation, RELATION), RELATION),
        ink.off(),
        padded(&token.upos, UPOS),
        padded(&cut(&clean(&token.lemma), LEMMA), LEMMA),
    );
    out.push_str(text.trim_end());
    out.push('\n');
}

/// A word, with the letters it shares with others behind it.
fn word(text: &str, token: &Token) -> String {
    let letters = clean(token.span.of(text).unwrap_or_default());
    match &token.form {
        Some(form) => format!("{} ‹{letters}›", clean(form)),
        None => letters,
    }
}

/// The kind of name that begins at a word, or the sign that one goes on.
fn mark(token: &Token, names: &[Name], before: Option<&Token>) -> &'static str {
    let at = names.partition_point(|name| name.span.end() <= token.span.start());
    let Some(name) = names.get(at).filter(|name| name.span.overlaps(token.span)) else {
        return "";
    };
    if before.is_some_and(|before| before.span.overlaps(name.span)) {
        " +"
    } else {
        name.kind.word()
    }
}

/// Values of features alone; `Yes` says less than what it is said of.
fn brief(features: &str) -> String {
    let values: Vec<&str> = features
        .split('|')
        .filter_map(|feature| feature.split_once('='))
        .map(|(name, value)| if value == "Yes" { name } else { value })
        .collect();
    values.join(" ")
}

/// Columns of a text: accents that stand by themselves take none.
fn width(text: &str) -> usize {
    let lone = |c: &char| !matches!(c, '\u{300}'..='\u{36F}');
    text.chars().filter(lone).count()
}

/// A text that fits; what was cut off shows.
pub(super) fn cut(text: &str, columns: usize) -> String {
    if width(text) <= columns {
        return text.to_owned();
    }
    let mut short: String = text.chars().take(columns.saturating_sub(1)).collect();
    if columns > 0 {
        short.push('…');
    }
    short
}

pub(super) fn padded(text: &str, columns: usize) -> String {
    let fill = columns.saturating_sub(width(text));
    format!("{text}{:fill$}", "")
}

/// Writes the words of a sentence in lines.
fn wrapped(text: &str, out: &mut String) {
    let mut column = 0;
    for word in text.split_whitespace() {
        let word = clean(word);
        let wide = width(&word);
        if column > 0 && column + 1 + wide > WIDTH {
            out.push('\n');
            column = 0;
        }
        if column > 0 {
            out.push(' ');
            column += 1;
        }
        out.push_str(&word);
        column += wide;
    }
    out.push('\n');
}

#[cfg(test)]
mod tests {
    use super::{brief, clean, cut, width, wrapped};

    #[test]
    fn features_are_told_by_their_values() {
        assert_eq!(brief("Number=Sing|Person=3|Poss=Yes"), "Sing 3 Poss");
        assert_eq!(brief(""), "");
    }

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(clean("a\u{1b}[31m\u{202e}b\tc"), "a·[31m·b c");
    }

    #[test]
    fn long_words_are_cut_and_say_so() {
        assert_eq!(cut("fiscalía", 5), "fisc…");
        assert_eq!(cut("fiscalía", 8), "fiscalía");
        assert_eq!(width("fiscali\u{301}a"), 8);
    }

    #[test]
    fn lines_fit() {
        let mut out = String::new();
        wrapped(&"palabra ".repeat(40), &mut out);
        assert!(out.lines().count() > 2 && out.lines().all(|line| width(line) <= 100));
    }
}
