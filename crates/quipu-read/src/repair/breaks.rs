//! Words torn apart: at the ends of lines, or letter by letter.

use std::ops::Range;

use quipu_packs::{Engine, Packs};

use super::{Fix, after, known, rules, word_around};

/// Words cut at the end of a line are put together; the hyphen stays where the
/// halves are words and the whole is not (`anti-` and `drug`).
pub(super) fn line_ends<'p>(text: &str, packs: &'p Packs) -> Vec<Fix<'p>> {
    let mut fixes = Vec::new();
    let Some(rule) = rules(packs, Engine::LineEnds).next() else {
        return fixes;
    };
    for end in memchr::memchr_iter(b'\n', text.as_bytes()) {
        let line = &text[..end];
        let Some(hyphen) = ["-", "\u{AD}", "¬", "\u{2010}"]
            .into_iter()
            .find(|hyphen| line.ends_with(hyphen))
        else {
            continue;
        };
        let at = end - hyphen.len();
        let left = word_around(text, &(at..at), |_| false);
        let indent = text[end + 1..].len() - text[end + 1..].trim_start_matches([' ', '\t']).len();
        let next = end + 1 + indent;
        let right = word_around(text, &(next..next), |_| false);
        let (left, right) = (&text[left.start..at], &text[next..right.end]);
        if left.chars().count() < 2 || right.is_empty() {
            continue;
        }
        let whole = format!("{left}{right}");
        let sure = hyphen == "\u{AD}" || hyphen == "¬";
        let upper = right.chars().next().is_some_and(char::is_uppercase)
            && left.chars().any(char::is_lowercase);
        let joined =
            sure || known(packs, &whole) || !(upper || known(packs, left) && known(packs, right));
        fixes.push(Fix {
            range: at..next,
            becomes: if joined {
                String::new()
            } else {
                "-".to_owned()
            },
            rule,
        });
    }
    fixes
}

/// Runs of single letters parted by single spaces that make words.
pub(super) fn letter_spacing<'p>(text: &str, packs: &'p Packs) -> Vec<Fix<'p>> {
    let mut fixes = Vec::new();
    let Some(rule) = rules(packs, Engine::LetterSpacing).next() else {
        return fixes;
    };
    let mut done = 0;
    for space in memchr::memchr_iter(b' ', text.as_bytes()) {
        if space < done {
            continue;
        }
        let Some(run) = spaced_run(text, space) else {
            continue;
        };
        done = run.end;
        let letters: String = text[run.clone()].chars().filter(|c| *c != ' ').collect();
        let count = letters.chars().count();
        let one_case =
            letters.chars().all(char::is_uppercase) || letters.chars().all(char::is_lowercase);
        // Three letters are a word only beside another one spaced out.
        let more = text[run.end..].trim_start_matches(' ');
        let gap = text[run.end..].len() - more.len();
        let beside = (2..=4).contains(&gap)
            && more.chars().next().is_some_and(char::is_uppercase)
            && more.chars().nth(1) == Some(' ');
        let long_enough = (4..=40).contains(&count) || count == 3 && beside;
        if !long_enough || !one_case {
            continue;
        }
        if known(packs, &letters) {
            fixes.push(Fix {
                range: run,
                becomes: letters,
                rule,
            });
            continue;
        }
        // Two words whose gap is no wider than the gaps inside them.
        let cut = letters.char_indices().map(|(at, _)| at).find(|at| {
            let (one, two) = letters.split_at(*at);
            let common = |word: &str| {
                packs
                    .languages()
                    .iter()
                    .any(|language| language.words.class(word).is_some_and(|class| class >= 3))
            };
            one.len() >= 3 && two.len() >= 3 && common(one) && common(two)
        });
        if let Some(cut) = cut.filter(|_| count >= 7) {
            let (one, two) = letters.split_at(cut);
            fixes.push(Fix {
                range: run,
                becomes: format!("{one} {two}"),
                rule,
            });
        }
    }
    fixes
}

/// The run of single letters around the first space of one.
fn spaced_run(text: &str, space: usize) -> Option<Range<usize>> {
    let first = text[..space]
        .chars()
        .next_back()
        .filter(|c| c.is_alphabetic())?;
    let start = space - first.len_utf8();
    let parted = text[..start]
        .chars()
        .next_back()
        .is_none_or(char::is_whitespace);
    if !parted {
        return None;
    }
    let mut end = space;
    while let Some(letter) = text[end..]
        .strip_prefix(' ')
        .and_then(|rest| rest.chars().next())
    {
        let behind = end + 1 + letter.len_utf8();
        let single = after(text, behind).is_none_or(|c| c.is_whitespace() || !c.is_alphanumeric());
        if !letter.is_alphabetic() || !single {
            break;
        }
        end = behind;
        if after(text, behind).is_some_and(|c| c != ' ') {
            break;
        }
    }
    (end > space).then_some(start..end)
}
