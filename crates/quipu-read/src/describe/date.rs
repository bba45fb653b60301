//! Dates of publication, as EDTF: what is vague stays vague.

use quipu_packs::{DateOrder, Packs};

/// The date of these words; `None` when they give no year.
///
/// `January 8, 2002` is `2002-01-08`, `March 1999` is `1999-03`, and `3/4/2010`
/// in a language whose writers differ is `[2010-03-04,2010-04-03]`, one of the
/// two.
pub(super) fn edtf(words: &str, packs: &Packs, language: &str) -> Option<String> {
    let mut numbers: Vec<(u32, usize)> = Vec::new();
    let mut month = None;
    // Numbers in words add up until a month or the end: `dos mil uno`.
    let mut spoken: Option<u32> = None;
    for word in words
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
    {
        let digits: String = word.chars().take_while(char::is_ascii_digit).collect();
        if digits.is_empty() {
            if let Some(worth) = number(word, packs, language) {
                spoken = Some(add(spoken, worth)?);
                continue;
            }
            let named = |tag: &str| {
                packs
                    .language(tag)
                    .and_then(|language| language.month(word))
            };
            let any = || {
                packs
                    .languages()
                    .iter()
                    .find_map(|language| language.month(word))
            };
            let before = month;
            month = month.or_else(|| named(language)).or_else(any);
            if before.is_none() && month.is_some() {
                numbers.extend(spoken.take().map(told));
            }
        } else if digits.len() <= 4 && numbers.len() < 3 {
            // A time of day after the date is not part of it; `8T10` is.
            numbers.push((digits.parse().ok()?, digits.len()));
        } else if digits.len() == 8 && numbers.is_empty() && month.is_none() {
            let (year, rest) = digits.split_at(4);
            let (month, day) = rest.split_at(2);
            return whole(year.parse().ok()?, month.parse().ok()?, day.parse().ok()?);
        }
    }
    numbers.extend(spoken.map(told));
    let year_at = numbers
        .iter()
        .position(|(number, long)| *long == 4 && (1500..2200).contains(number))?;
    let (year, _) = numbers.remove(year_at);
    let small: Vec<u32> = numbers.iter().map(|(number, _)| *number).collect();
    if let Some(month) = month {
        return match small.first() {
            Some(day) => whole(year, u32::from(month), *day),
            None => Some(format!("{year:04}-{month:02}")),
        };
    }
    match (small.as_slice(), year_at) {
        ([], _) => Some(format!("{year:04}")),
        ([month], _) => (1..=12)
            .contains(month)
            .then(|| format!("{year:04}-{month:02}")),
        ([month, day, ..], 0) => whole(year, *month, *day),
        ([first, second, ..], _) => {
            let order = packs
                .language(language)
                .map_or(DateOrder::Unsure, |language| language.date_order);
            let (day_first, month_first) =
                (whole(year, *second, *first), whole(year, *first, *second));
            match (order, day_first, month_first) {
                (DateOrder::Dmy, Some(date), _) | (DateOrder::Mdy, _, Some(date)) => Some(date),
                (DateOrder::Unsure | DateOrder::Ymd, Some(one), Some(two)) if one != two => {
                    let (early, late) = if one < two { (one, two) } else { (two, one) };
                    Some(format!("[{early},{late}]"))
                }
                (_, Some(date), _) | (_, _, Some(date)) => Some(date),
                (_, None, None) => None,
            }
        }
    }
}

/// A number told in words, with how many digits it has.
fn told(number: u32) -> (u32, usize) {
    (number, number.to_string().len())
}

/// What a number word is worth in the language, or in any.
fn number(word: &str, packs: &Packs, language: &str) -> Option<u32> {
    match packs.language(language) {
        Some(language) => language.number(word),
        None => packs
            .languages()
            .iter()
            .find_map(|language| language.number(word)),
    }
}

/// Adds a number word to those before it: hundreds and thousands multiply.
fn add(before: Option<u32>, worth: u32) -> Option<u32> {
    let sum = before.unwrap_or(0);
    match worth {
        1000 => sum.max(1).checked_mul(1000),
        100 if (1..100).contains(&sum) => sum.checked_mul(100),
        _ => sum.checked_add(worth),
    }
}

/// A day of the calendar.
fn whole(year: u32, month: u32, day: u32) -> Option<String> {
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        2 => 28 + u32::from(leap),
        4 | 6 | 9 | 11 => 30,
        1..=12 => 31,
        _ => return None,
    };
    (1..=days)
        .contains(&day)
        .then(|| format!("{year:04}-{month:02}-{day:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vague_dates_stay_vague() {
        let packs = Packs::embedded().expect("packs");
        for (words, language, date) in [
            ("January 8, 2002", "en", Some("2002-01-08")),
            ("Dec 16 2010", "en", Some("2010-12-16")),
            ("Tuesday, 8th of January 2002", "en", Some("2002-01-08")),
            ("8 de enero de 2002", "es", Some("2002-01-08")),
            ("setiembre del 2000", "es", Some("2000-09")),
            ("March 1999", "en", Some("1999-03")),
            ("3/4/2010", "en", Some("[2010-03-04,2010-04-03]")),
            ("3/14/2010", "en", Some("2010-03-14")),
            ("03/04/2010", "es", Some("2010-04-03")),
            ("2010-12-16T10:30:00Z", "any", Some("2010-12-16")),
            ("20101216", "any", Some("2010-12-16")),
            ("February 30, 2010", "en", None),
            ("8 ene", "es", None),
            (
                "veinte de junio de mil novecientos noventa y cuatro",
                "es",
                Some("1994-06-20"),
            ),
            (
                "diecisiete días del mes de agosto del año dos mil uno",
                "es",
                Some("2001-08-17"),
            ),
            (
                "the third of March, nineteen hundred and ninety-four",
                "en",
                Some("1994-03-03"),
            ),
            ("mil de los suyos", "es", None),
        ] {
            assert_eq!(edtf(words, &packs, language).as_deref(), date, "{words}");
        }
    }
}
