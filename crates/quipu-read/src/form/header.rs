//! Walks the lines of a header and of its sheet, and gathers the stretches
//! that fill each group.

use quipu_model::{Repaired, Span};
use quipu_packs::form::{Continues, HeaderForm, HeaderLine, Sheet};
use rapidfuzz::distance::levenshtein;

use super::lines::Line;

/// More lines than this never belong to one value; a header that seems to
/// have them is a body.
const CONTINUED_LINES_MAX: usize = 40;

/// A title longer than so many further lines is held against the sheet.
const PLAIN_TITLE_LINES_MAX: usize = 3;

/// A group that was filled: stretches of the text, in order.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Name of the group.
    pub(super) group: String,
    /// The words, line by line.
    pub(super) spans: Vec<Span<Repaired>>,
    /// Whether each line is a value of its own.
    pub(super) each_line: bool,
    /// The rule.
    pub(super) rule: String,
}

/// Everything the header and the sheet say, each group once.
pub(super) fn read(form: &HeaderForm, lines: &[Line<'_>]) -> Vec<Found> {
    let begins = form.sheet.as_ref().map(|sheet| &sheet.begins);
    let split = begins
        .and_then(|begins| lines.iter().position(|line| begins.is_match(line.words)))
        .unwrap_or(lines.len());
    let (head, behind) = lines.split_at(split);
    let labels = form
        .sheet
        .as_ref()
        .map(|sheet| labels(sheet, behind))
        .unwrap_or_default();
    let mut found = walk(form, head, &labels);
    if let Some(sheet) = &form.sheet {
        for field in &sheet.fields {
            let Some(label) = labels.iter().find(|label| label.name == field.label) else {
                continue;
            };
            if field.wins {
                found.retain(|have| have.group != field.group);
            }
            if label.spans.is_empty() || found.iter().any(|have| have.group == field.group) {
                continue;
            }
            found.push(Found {
                group: field.group.clone(),
                spans: label.spans.clone(),
                each_line: false,
                rule: format!("{}.sheet.{}", form.name, field.group.replace('_', "-")),
            });
        }
    }
    found
}

/// A label of the sheet with its words.
struct Label {
    name: String,
    words: String,
    spans: Vec<Span<Repaired>>,
}

fn labels(sheet: &Sheet, lines: &[Line<'_>]) -> Vec<Label> {
    let mut found: Vec<Label> = Vec::new();
    for line in lines.iter().skip(1) {
        let (words, start) = match sheet.label.captures(line.words) {
            Some(groups) => {
                let name = groups.name("label").map_or("", |m| m.as_str()).to_owned();
                found.push(Label {
                    name,
                    words: String::new(),
                    spans: Vec::new(),
                });
                match groups.name("value") {
                    Some(value) => (value.as_str().trim_end(), value.start()),
                    None => continue,
                }
            }
            None => (
                line.words.trim_start(),
                line.words.len() - line.words.trim_start().len(),
            ),
        };
        let Some(label) = found.last_mut() else {
            continue;
        };
        let says_nothing = label.spans.is_empty() && sheet.empty.iter().any(|empty| empty == words);
        if says_nothing || label.spans.len() >= CONTINUED_LINES_MAX {
            continue;
        }
        if !label.words.is_empty() {
            label.words.push(' ');
        }
        label.words.push_str(words);
        let start = line.start + start;
        label
            .spans
            .push(Span::from_usize(start, start + words.len()));
    }
    found
}

fn walk(form: &HeaderForm, lines: &[Line<'_>], labels: &[Label]) -> Vec<Found> {
    let mut found: Vec<Found> = Vec::new();
    let mut i = 0;
    while let Some(line) = lines.get(i) {
        i += 1;
        let begun = !found.is_empty();
        if begun && form.ends.iter().any(|end| end.is_match(line.words)) {
            break;
        }
        let Some((rule, groups)) = form
            .lines
            .iter()
            .find_map(|rule| Some((rule, rule.pattern.captures(line.words)?)))
        else {
            continue;
        };
        let named = rule.pattern.capture_names().flatten();
        let mut filled = Vec::new();
        for name in named {
            if let Some(words) = groups
                .name(name)
                .filter(|words| !words.as_str().trim().is_empty())
            {
                let start = line.start + words.start();
                let span = Span::from_usize(start, start + words.as_str().trim_end().len());
                filled.push((name.to_owned(), span));
            }
        }
        // The first telling of a group counts: bodies repeat headers.
        if filled
            .iter()
            .all(|(group, _)| found.iter().any(|have| have.group == *group))
        {
            continue;
        }
        let more = continuation(form, rule, lines, i, &filled, &found, labels);
        let last = filled.len().saturating_sub(1);
        for (place, (group, span)) in filled.into_iter().enumerate() {
            if found.iter().any(|have| have.group == group) {
                continue;
            }
            let mut spans = vec![span];
            if place == last {
                spans.extend(lines[i..i + more].iter().map(Line::span));
            }
            let each_line = matches!(rule.continues, Continues::EachLine);
            found.push(Found {
                group,
                spans,
                each_line,
                rule: rule.name.clone(),
            });
        }
        i += more;
    }
    found
}

/// How many of the lines from `from` on still belong to the value.
fn continuation(
    form: &HeaderForm,
    rule: &HeaderLine,
    lines: &[Line<'_>],
    from: usize,
    filled: &[(String, Span<Repaired>)],
    found: &[Found],
    labels: &[Label],
) -> usize {
    // A line opens another field only while that field is still open to be
    // filled: a subject may go on with "TO THE UNITED STATES".
    let is_taken = |group: &str| {
        found.iter().any(|have| have.group == group) || filled.iter().any(|(have, _)| have == group)
    };
    let is_label = |line: &Line<'_>| {
        form.ends.iter().any(|end| end.is_match(line.words))
            || form.lines.iter().any(|rule| {
                rule.pattern.captures(line.words).is_some_and(|groups| {
                    let mut named = rule.pattern.capture_names().flatten();
                    named.any(|name| groups.name(name).is_some() && !is_taken(name))
                })
            })
    };
    let rest = || lines[from..].iter().take(CONTINUED_LINES_MAX);
    let up_to_gap = || {
        rest()
            .take_while(|line| !line.after_gap && !is_label(line))
            .count()
    };
    match &rule.continues {
        Continues::No => 0,
        Continues::EachLine | Continues::Paragraph => up_to_gap(),
        Continues::Matching(look) => rest()
            .take_while(|line| look.is_match(line.words) && !is_label(line))
            .count(),
        Continues::Agreeing(label) => {
            let lines_in_paragraph = up_to_gap();
            let told = labels
                .iter()
                .find(|have| have.name == *label && !have.words.is_empty());
            let (Some(told), true) = (told, lines_in_paragraph > PLAIN_TITLE_LINES_MAX) else {
                return lines_in_paragraph;
            };
            let first = lines.get(from.wrapping_sub(1)).zip(filled.last());
            let Some((line, (_, span))) = first else {
                return 0;
            };
            let opening = line
                .words
                .get(span.range().start.saturating_sub(line.start)..);
            agreeing(
                opening.unwrap_or_default(),
                &told.words,
                rest().take(lines_in_paragraph),
            )
        }
    }
}

/// How many continuation lines make the value most like what the sheet says.
fn agreeing<'a>(opening: &str, told: &str, lines: impl Iterator<Item = &'a Line<'a>>) -> usize {
    let plain = |words: &str| -> Vec<char> {
        words
            .chars()
            .filter(|c| c.is_alphanumeric())
            .flat_map(char::to_uppercase)
            .collect()
    };
    let told = plain(told);
    let mut value = plain(opening);
    let mut best = (
        levenshtein::distance(value.iter().copied(), told.iter().copied()),
        0,
    );
    for (i, line) in lines.enumerate() {
        // Far past what the sheet tells, no further line can agree better.
        if value.len() > told.len() + 20 {
            break;
        }
        value.extend(plain(line.words));
        let distance = levenshtein::distance(value.iter().copied(), told.iter().copied());
        if distance < best.0 {
            best = (distance, i + 1);
        }
    }
    best.1
}
