//! When two rows mark the same words, and say the same of them.

use std::ops::Range;

use quipu_claims::times::day_of;

use super::files::Row;

/// Words that may stand at the beginning of a time or not: conventions of
/// marking differ on them and no value hangs on them.
const AROUND: [&str; 16] = [
    "the",
    "in",
    "on",
    "at",
    "of",
    "for",
    "during",
    "over",
    "throughout",
    "el",
    "la",
    "los",
    "las",
    "en",
    "del",
    "durante",
];

/// Other names of the units of measures that annotators write as words.
const UNITS: [(&str, &[&str]); 27] = [
    ("megaton", &["Mt"]),
    ("mile", &["[mi_i]", "[mi_us]"]),
    ("nautical mile", &["[nmi_i]"]),
    ("foot", &["[ft_i]"]),
    ("inch", &["[in_i]"]),
    ("yard", &["[yd_i]"]),
    ("millimeter", &["mm"]),
    ("centimeter", &["cm"]),
    ("meter", &["m"]),
    ("kilometer", &["km"]),
    ("square mile", &["[smi_us]", "[mi_i]2"]),
    ("square kilometer", &["km2"]),
    ("acre", &["[acr_us]", "[acr_br]"]),
    ("hectare", &["har"]),
    ("gram", &["g"]),
    ("kilogram", &["kg"]),
    ("pound", &["[lb_av]"]),
    ("ounce", &["[oz_av]", "[oz_tr]"]),
    ("ton", &["t", "[ston_av]", "[lton_av]"]),
    ("metric ton", &["t"]),
    ("long ton", &["[lton_av]"]),
    ("short ton", &["[ston_av]"]),
    ("gallon", &["[gal_us]", "[gal_br]"]),
    ("barrel", &["[bbl_us]"]),
    ("liter", &["L", "l"]),
    ("kilowatt", &["kW"]),
    ("megawatt", &["MW"]),
];

/// The span without words that say nothing of the value at its beginning.
fn trimmed(text: &str, row: &Row) -> Range<usize> {
    let (mut start, end) = (row.span.start, row.span.end);
    loop {
        let rest = text.get(start..end).unwrap_or_default();
        let word = rest.split_whitespace().next().unwrap_or_default();
        let after = rest.get(word.len()..).unwrap_or_default();
        let next = after.trim_start();
        let around = AROUND.contains(&word.to_lowercase().as_str());
        // "1988" of "in 1988" is left, "en" of "en" is not taken away.
        if !around || next.is_empty() || !after.starts_with(char::is_whitespace) {
            break;
        }
        start = end - next.len();
    }
    let kept = text.get(start..end).unwrap_or_default();
    start
        ..start
            + kept
                .trim_end_matches(['.', ',', ';', ':', ')', ' ', '\n'])
                .len()
}

/// Whether both mark the same words. A count may end with its number or with
/// the thing that is counted.
pub(super) fn same_extent(text: &str, key: &Row, row: &Row) -> bool {
    let (a, b) = (trimmed(text, key), trimmed(text, row));
    if a == b {
        return true;
    }
    a.start == b.start && a.end < b.end && row.thing_end.is_some_and(|end| end >= b.end)
}

/// Whether both mark at least one word in common.
pub(super) fn overlap(key: &Row, row: &Row) -> bool {
    key.span.start < row.span.end && row.span.start < key.span.end
}

/// Whether the value is the same. What is counted and the anchor do not matter.
pub(super) fn same_value(key: &Row, row: &Row) -> bool {
    if key.is_time {
        same_time(key, row)
    } else {
        same_number(key, row) && same_unit(key, row) && key.per == row.per
    }
}

fn same_time(key: &Row, row: &Row) -> bool {
    if key.value == "?" || row.value == "?" {
        return key.value == row.value;
    }
    let dated = |row: &Row| is_dated(&row.value);
    if dated(key) && dated(row) {
        let plain = |value: &str| value.replace(['~', '?', '%'], "");
        // Hours are kept as written; only their days are compared.
        let bounds = (&key.low, &key.high) == (&row.low, &row.high);
        return bounds
            || key.value == row.value
            || (vague(key) && plain(&key.value) == plain(&row.value) && vague(row));
    }
    key.value == row.value && (&key.low, &key.high) == (&row.low, &row.high)
}

/// A calendar value, not a length, a repetition or an hour of no day.
fn is_dated(value: &str) -> bool {
    !value.starts_with(['P', 'T', '?']) && !value.starts_with("XXXX") && !value.is_empty()
}

fn same_number(key: &Row, row: &Row) -> bool {
    number_like(key, row, &key.value, &row.value)
        && number_like(key, row, &key.low, &row.low)
        && number_like(key, row, &key.high, &row.high)
}

/// The same number, mark or nothing; a fraction may be given in per cent.
fn number_like(key: &Row, row: &Row, a: &str, b: &str) -> bool {
    if a == b {
        return true;
    }
    let scale = |row: &Row| {
        if row.kind == "PERCENT" && row.unit == "%" {
            100.0
        } else {
            1.0
        }
    };
    let (Some(x), Some(y)) = (number(a), number(b)) else {
        return false;
    };
    let (x, y) = (x / scale(key), y / scale(row));
    // A fraction as a decimal number is rounded.
    let near = if a.contains('/') || b.contains('/') {
        0.01
    } else {
        1e-9
    };
    (x - y).abs() <= near * x.abs().max(y.abs())
}

fn number(written: &str) -> Option<f64> {
    match written.split_once('/') {
        Some((over, under)) => Some(over.parse::<f64>().ok()? / under.parse::<f64>().ok()?),
        None => written.parse().ok(),
    }
}

fn same_unit(key: &Row, row: &Row) -> bool {
    match key.kind.as_str() {
        // Apart: see `same_thing`.
        "COUNT" | "RANK" => true,
        "PERCENT" => row.kind == "PERCENT" || row.unit == "%",
        "MONEY" => key.unit == "?" || same_choice(&key.unit, &row.unit),
        _ => {
            let (a, b) = (key.unit.to_lowercase(), row.unit.to_lowercase());
            let names = |word: &str, other: &str| {
                UNITS
                    .iter()
                    .any(|(name, codes)| *name == word && codes.contains(&other))
            };
            a == b || names(&a, &row.unit) || names(&b, &key.unit)
        }
    }
}

/// Whether a unit that annotators write as a word is that of a UCUM code, in
/// capital letters or not.
pub(crate) fn named_unit(word: &str, code: &str) -> bool {
    let mut units = UNITS.iter().filter(|(name, _)| *name == word);
    units.any(|(_, codes)| codes.iter().any(|own| own.eq_ignore_ascii_case(code)))
}

/// The same currencies left to choose from, in any order.
fn same_choice(a: &str, b: &str) -> bool {
    let sorted = |codes: &str| {
        let mut codes: Vec<String> = codes.split(' ').map(str::to_owned).collect();
        codes.sort();
        codes
    };
    sorted(a) == sorted(b)
}

/// Whether the same thing is counted.
pub(super) fn same_thing(key: &Row, row: &Row) -> bool {
    key.unit.to_lowercase() == row.unit.to_lowercase()
}

/// Whether a row leaves open more than one day, month or number.
pub(super) fn vague(row: &Row) -> bool {
    if row.is_time && is_dated(&row.value) {
        return row.value.contains(['~', '/', '[', 'X', '?', '%']);
    }
    if row.is_time {
        return row.value.contains('X') && row.value.starts_with('P') || !row.low.is_empty();
    }
    !row.low.is_empty() || !row.high.is_empty()
}

/// Whether `row` claims to know more than the words that `key` reads: its
/// bounds are narrower than those of the key.
pub(super) fn falsely_exact(key: &Row, row: &Row) -> bool {
    if key.is_time && is_dated(&key.value) && is_dated(&row.value) {
        return match (width(row), width(key)) {
            (Some(row), Some(key)) => row < key,
            (Some(_), None) => true,
            (None, _) => false,
        };
    }
    if key.is_time {
        let known = |row: &Row| row.value.starts_with('P') && !row.value.contains('X');
        // Nothing is known of the day, or of the number of units.
        let unknown = key.value == "?" && is_dated(&row.value) && width(row).is_some();
        let counted = key.value.starts_with("PX") && known(row);
        let bounded = vague(key) && known(key) && known(row) && !vague(row);
        return unknown || counted || bounded;
    }
    // An open or approximate end that is given as a number.
    let closes = |key: &str, row: &str| matches!(key, "~" | "..") && !matches!(row, "~" | "..");
    if vague(key) && !vague(row) {
        return !row.value.is_empty();
    }
    let narrower = match (
        number(&key.low),
        number(&key.high),
        number(&row.low),
        number(&row.high),
    ) {
        (Some(a), Some(b), Some(c), Some(d)) => d - c < b - a,
        _ => false,
    };
    vague(key) && (closes(&key.low, &row.low) || closes(&key.high, &row.high) || narrower)
}

/// Days from the earliest to the latest; `None` where one end is open.
fn width(row: &Row) -> Option<i64> {
    Some(day_of(&row.high)? - day_of(&row.low)?)
}

/// Whether the bounds of `row` hold all that `key` grants.
pub(super) fn holds(key: &Row, row: &Row) -> bool {
    if key.is_time && is_dated(&key.value) {
        let low = match (day_of(&row.low), day_of(&key.low)) {
            (None, _) => true,
            (Some(row), Some(key)) => row <= key,
            (Some(_), None) => false,
        };
        let high = match (day_of(&row.high), day_of(&key.high)) {
            (None, _) => true,
            (Some(row), Some(key)) => row >= key,
            (Some(_), None) => false,
        };
        return low && high && is_dated(&row.value);
    }
    same_value(key, row) || !falsely_exact(key, row)
}

#[cfg(test)]
mod tests {
    use super::{Row, falsely_exact, holds, same_extent, same_value};

    const TEXT: &str = "In early 1991 some 300 tired miners, 31 per cent, earned $5 a month.";

    fn row(is_time: bool, words: &str, kind: &str, value: &str, low: &str, high: &str) -> Row {
        let start = TEXT.find(words).expect("the words stand in the text");
        Row {
            is_time,
            span: start..start + words.len(),
            words: words.to_owned(),
            kind: kind.to_owned(),
            value: value.to_owned(),
            low: low.to_owned(),
            high: high.to_owned(),
            ..Row::default()
        }
    }

    fn early(words: &str, edtf: &str, low: &str, high: &str) -> Row {
        row(true, words, "DATE", edtf, low, high)
    }

    #[test]
    fn a_preposition_is_no_part_of_the_extent() {
        let key = early(
            "early 1991",
            "1991-01~/1991-04~",
            "1991-01-01",
            "1991-04-30",
        );
        let with = early(
            "In early 1991",
            "1991-01~/1991-04~",
            "1991-01-01",
            "1991-04-30",
        );
        assert!(same_extent(TEXT, &key, &with));
        let without = early("1991", "1991", "1991-01-01", "1991-12-31");
        assert!(!same_extent(TEXT, &key, &without));
    }

    #[test]
    fn a_count_may_end_with_what_is_counted() {
        let key = row(false, "some 300", "COUNT", "300", "~", "~");
        let mut found = row(false, "some 300 tired miners", "COUNT", "300", "~", "~");
        assert!(!same_extent(TEXT, &key, &found));
        found.thing_end = Some(found.span.end);
        assert!(same_extent(TEXT, &key, &found));
        let bare = row(false, "300", "COUNT", "300", "", "");
        assert!(!same_extent(TEXT, &key, &bare));
    }

    #[test]
    fn what_is_vague_may_not_be_made_exact() {
        let key = early(
            "early 1991",
            "1991-01~/1991-04~",
            "1991-01-01",
            "1991-04-30",
        );
        let first = early("early 1991", "1991-01-01", "1991-01-01", "1991-01-01");
        assert!(falsely_exact(&key, &first) && !holds(&key, &first) && !same_value(&key, &first));
        let wide = early("early 1991", "1991", "1991-01-01", "1991-12-31");
        assert!(!falsely_exact(&key, &wide) && holds(&key, &wide) && !same_value(&key, &wide));
        let elsewhere = early("early 1991", "1990", "1990-01-01", "1990-12-31");
        assert!(!falsely_exact(&key, &elsewhere) && !holds(&key, &elsewhere));
        let open = early("early 1991", "../1991", "..", "1991-12-31");
        assert!(falsely_exact(&open, &wide) && !falsely_exact(&wide, &open));

        let some = row(false, "some 300", "COUNT", "300", "~", "~");
        let bare = row(false, "300", "COUNT", "300", "", "");
        assert!(falsely_exact(&some, &bare) && !falsely_exact(&bare, &some));
        assert!(!same_value(&some, &bare) && same_value(&some, &some));
    }

    #[test]
    fn shares_and_sums_need_their_unit() {
        let mut third = row(false, "31", "PERCENT", "1/3", "", "");
        third.unit = "1".to_owned();
        let mut share = row(false, "31", "PERCENT", "33.3", "", "");
        share.unit = "%".to_owned();
        assert!(same_value(&third, &share));
        let mut dollars = row(false, "$5 a month", "MONEY", "5", "", "");
        (dollars.unit, dollars.per) = ("USD".to_owned(), "month".to_owned());
        let mut pesos = dollars.clone();
        assert!(same_value(&dollars, &pesos));
        pesos.unit = "MXN".to_owned();
        assert!(!same_value(&dollars, &pesos));
        let mut once = dollars.clone();
        once.per = String::new();
        assert!(!same_value(&dollars, &once));
    }
}
