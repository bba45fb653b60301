//! Where sentences end: well enough to tell the language of each. The stage
//! that annotates words finds its own, finer ends.

use std::ops::Range;

use quipu_packs::{Packs, fold};

/// A line of so many bytes was broken by its margin, not by its author.
const MARGIN_BYTES: usize = 45;

/// The sentences of a text, without the white space around them. They ascend
/// and never cross one of `breaks`, an empty line or a cell of a table.
pub(super) fn sentences(text: &str, breaks: &[usize], packs: &Packs) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut line_start = 0;
    let mut breaks = breaks.iter().copied().filter(|at| *at > 0).peekable();
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        while breaks.next_if(|place| *place < at).is_some() {}
        if breaks.next_if_eq(&at).is_some() {
            push(text, start..at, &mut found);
            start = at;
        }
        let end = at + c.len_utf8();
        match c {
            '\t' => {
                push(text, start..at, &mut found);
                start = end;
            }
            '\n' => {
                let next = chars.peek().map(|(_, c)| *c);
                let hard = at - line_start < MARGIN_BYTES
                    || next.is_none_or(|c| !c.is_alphanumeric() && !"“\"(¿¡«".contains(c));
                if hard {
                    push(text, start..at, &mut found);
                    start = end;
                }
                line_start = end;
            }
            '.' | '!' | '?' | '…' => {
                let behind = closing(text, end);
                if behind > end {
                    while chars.next_if(|(at, _)| *at < behind).is_some() {}
                }
                if ends_here(text, at, c, behind, packs) {
                    push(text, start..behind, &mut found);
                    start = behind;
                }
            }
            _ => {}
        }
    }
    push(text, start..text.len(), &mut found);
    found
}

fn push(text: &str, range: Range<usize>, found: &mut Vec<Range<usize>>) {
    let words = &text[range.clone()];
    let start = range.start + (words.len() - words.trim_start().len());
    let end = range.start + words.trim_end().len();
    if end > start {
        found.push(start..end);
    }
}

/// The end of the marks that close behind a full stop.
fn closing(text: &str, from: usize) -> usize {
    let rest = &text[from..];
    let marks = |c: char| {
        matches!(
            c,
            '.' | '!' | '?' | '…' | '”' | '’' | '"' | '\'' | ')' | ']' | '»'
        )
    };
    from + (rest.len() - rest.trim_start_matches(marks).len())
}

fn ends_here(text: &str, at: usize, mark: char, behind: usize, packs: &Packs) -> bool {
    let rest = &text[behind..];
    if !rest.starts_with(char::is_whitespace) {
        return rest.is_empty();
    }
    let next = rest.trim_start().chars().next();
    let opens =
        next.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit() || "“\"‘(¿¡«—–-[".contains(c));
    if mark != '.' || behind > at + 1 {
        return opens || mark != '.' && next.is_some_and(|c| !c.is_lowercase());
    }
    let word = text[..at]
        .rsplit(|c: char| c.is_whitespace() || "(“\"«¿¡[".contains(c))
        .next()
        .unwrap_or_default();
    let letters = word.chars().take(24).count();
    if letters > 12 || word.is_empty() {
        return opens;
    }
    let folded: String = word.chars().map(fold::base).collect();
    let initial = letters == 1 && word.chars().all(char::is_uppercase);
    let number_next = next.is_some_and(|c| c.is_ascii_digit());
    let short = packs.languages().iter().any(|language| {
        language.abbreviations.contains(&folded)
            || number_next && language.abbreviations_before_numbers.contains(&folded)
    });
    opens && !initial && !short
}
