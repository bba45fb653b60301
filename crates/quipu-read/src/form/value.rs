//! What the words of a group become: fields with values in one form.

use quipu_model::{Field, FieldOrigin, Repaired, Span};
use quipu_packs::form::{Group, HeaderForm, ValueForm};

use regex::Regex;

use super::header::Found;

/// Turns a filled group into fields. What also stands for another field goes
/// to `twins`: it counts only where nothing says that field itself.
pub(super) fn settle(
    form: &HeaderForm,
    text: &str,
    found: &Found,
    fields: &mut Vec<Field>,
    twins: &mut Vec<Field>,
) {
    let plain = Group::default();
    let group = form.groups.get(&found.group).unwrap_or(&plain);
    let name = format!("{}{}", form.prefix, found.group.replace('_', "-"));
    let pieces: Vec<Vec<Span<Repaired>>> = if found.each_line {
        found.spans.iter().map(|span| vec![*span]).collect()
    } else {
        pieces(group, text, &found.spans)
    };
    for spans in pieces {
        let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
            continue;
        };
        let words: Vec<&str> = spans.iter().filter_map(|span| span.of(text)).collect();
        let joined = one_line(&words.join(" "));
        let Some(value) = value(form, group, &joined) else {
            continue;
        };
        let span = first.join(*last);
        let mut field = Field {
            name: name.clone(),
            value,
            as_written: span.of(text).unwrap_or_default().to_owned(),
            span: Some(span),
            origin: FieldOrigin::Form,
            rule: found.rule.clone(),
        };
        if let Some(also) = &group.also {
            let mut twin = field.clone();
            twin.name.clone_from(also);
            if group.form == ValueForm::DateTimeGroup {
                twin.value = twin.value.split('T').next().unwrap_or_default().to_owned();
            }
            twins.push(twin);
        }
        field.value.shrink_to_fit();
        fields.push(field);
    }
}

/// White space closed up.
fn one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn value(form: &HeaderForm, group: &Group, words: &str) -> Option<String> {
    let made = match group.form {
        ValueForm::OneLine => words.to_owned(),
        ValueForm::CloseUp => close_up(words),
        ValueForm::DateTimeGroup => return date_time_group(form, words),
        ValueForm::DayMonthYear => return day_month_year(form, words),
    };
    let closed: String = made.chars().filter(|c| !c.is_whitespace()).collect();
    Some(
        group
            .values
            .get(&made)
            .or_else(|| group.values.get(&closed))
            .cloned()
            .unwrap_or(made),
    )
}

/// Closes up words printed letter by letter: `S E C R E T` is one word. Two or
/// more spaces part the words of `L I M I T E D  U S E` where they were kept.
fn close_up(words: &str) -> String {
    let spaced = words
        .split(' ')
        .filter(|word| word.chars().count() == 1)
        .count();
    if spaced * 2 > words.split(' ').count() {
        words.replace(' ', "")
    } else {
        words.to_owned()
    }
}

/// `311528Z JUL 79` as an EDTF date and time in UTC; `None` when there is no
/// such day or minute.
fn date_time_group(form: &HeaderForm, words: &str) -> Option<String> {
    let (digits, rest) = words.split_once(' ')?;
    let number = |range| {
        digits
            .get(range)
            .and_then(|part: &str| part.parse::<u8>().ok())
    };
    let (hour, minute) = (number(2..4)?, number(4..6)?);
    let date = day_month_year(form, &format!("{} {rest}", digits.get(0..2)?))?;
    (hour < 24 && minute < 60).then(|| format!("{date}T{hour:02}:{minute:02}:00Z"))
}

/// `31 jul 1979` as an EDTF date; `None` when there is no such day.
fn day_month_year(form: &HeaderForm, words: &str) -> Option<String> {
    let mut parts = words.split_whitespace();
    let (day, month, year) = (parts.next()?, parts.next()?, parts.next()?);
    let day: u8 = day.parse().ok()?;
    let month = *form.months.get(&month.to_uppercase())?;
    let written: u16 = year.parse().ok()?;
    let year = match (year.len(), written >= form.year_pivot) {
        (2, true) => 1900 + written,
        (2, false) => 2000 + written,
        _ => written,
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u8::from(leap),
        4 | 6 | 9 | 11 => 30,
        _ => 31,
    };
    (1..=days)
        .contains(&day)
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

/// The values of a group: every item, the parted pieces, or all of it as one.
fn pieces(group: &Group, text: &str, spans: &[Span<Repaired>]) -> Vec<Vec<Span<Repaired>>> {
    let (Some(first), Some(last)) = (spans.first(), spans.last()) else {
        return Vec::new();
    };
    let whole = first.join(*last);
    let words = whole.of(text).unwrap_or_default();
    let at = |start: usize, end: usize| {
        let base = whole.range().start;
        vec![Span::from_usize(base + start, base + end)]
    };
    if let Some(items) = &group.items {
        return items
            .find_iter(words)
            .map(|item| at(item.start(), item.end()))
            .collect();
    }
    if let Some(piece) = &group.piece {
        let sound = |(start, end): &(usize, usize)| piece.is_match(&one_line(&words[*start..*end]));
        let parted = group
            .separators
            .iter()
            .map(|separators| parts(separators, words));
        if let Some(parts) = parted.into_iter().find(|parts| parts.iter().all(sound)) {
            return parts
                .into_iter()
                .map(|(start, end)| at(start, end))
                .collect();
        }
    }
    vec![spans.to_vec()]
}

/// What lies between the separators, without white space and stops around it.
fn parts(separators: &Regex, words: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut start = 0;
    let cuts = separators
        .find_iter(words)
        .map(|cut| (cut.start(), cut.end()));
    for (end, next) in cuts.chain([(words.len(), words.len())]) {
        let part = &words[start..end];
        let lead = part.len() - part.trim_start().len();
        let kept = part.trim_end().trim_end_matches(['.', ',', ';', ':']);
        if kept.len() > lead {
            parts.push((start + lead, start + kept.len()));
        }
        start = next;
    }
    parts
}
