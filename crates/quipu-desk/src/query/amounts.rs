//! Sums and quantities people look for: `50000`, `>1000000 USD`, `1000..5000`.

use std::ops::Bound;

use quipu_model::Decimal;

/// What amounts are looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AmountSpan {
    /// Least.
    pub least: Bound<Decimal>,
    /// Most.
    pub most: Bound<Decimal>,
    /// ISO 4217 code, UCUM code or `%`; any when `None`.
    pub unit: Option<String>,
}

/// UCUM codes that may stand behind a number, apart from it.
const MEASURES: &[&str] = &[
    "kg", "g", "mg", "t", "m", "cm", "mm", "km", "m2", "km2", "ha", "l", "L", "m3", "%",
];

/// Whether a word that follows a number is its unit: three capitals, as of a
/// currency, or the code of a measure.
pub(super) fn is_unit(word: &str) -> bool {
    let currency = word.len() == 3 && word.bytes().all(|b| b.is_ascii_uppercase());
    currency || MEASURES.contains(&word)
}

/// The amounts that something typed means; `None` when it is none.
pub(super) fn span(typed: &str) -> Option<AmountSpan> {
    let mut words = typed.split_whitespace();
    let (first, second) = (words.next()?, words.next());
    if words.next().is_some() {
        return None;
    }
    let (numbers, unit) = match second {
        None if is_unit(first) => {
            return Some(AmountSpan {
                least: Bound::Unbounded,
                most: Bound::Unbounded,
                unit: Some(first.to_owned()),
            });
        }
        None => match first.strip_suffix('%') {
            Some(numbers) => (numbers, Some("%".to_owned())),
            None => (first, None),
        },
        Some(unit) => (first, Some(unit.to_owned())),
    };
    let (least, most) = bounds(numbers)?;
    Some(AmountSpan { least, most, unit })
}

fn bounds(numbers: &str) -> Option<(Bound<Decimal>, Bound<Decimal>)> {
    use Bound::{Excluded, Included, Unbounded};
    for sign in [">=", "≥"] {
        if let Some(rest) = numbers.strip_prefix(sign) {
            return Some((Included(number(rest)?), Unbounded));
        }
    }
    for sign in ["<=", "≤"] {
        if let Some(rest) = numbers.strip_prefix(sign) {
            return Some((Unbounded, Included(number(rest)?)));
        }
    }
    if let Some(rest) = numbers.strip_prefix('>') {
        return Some((Excluded(number(rest)?), Unbounded));
    }
    if let Some(rest) = numbers.strip_prefix('<') {
        return Some((Unbounded, Excluded(number(rest)?)));
    }
    let Some((from, to)) = numbers.split_once("..") else {
        let only = number(numbers)?;
        return Some((Included(only), Included(only)));
    };
    let end = |digits: &str| match digits {
        "" => Some(Unbounded),
        digits => number(digits).map(Included),
    };
    match (end(from)?, end(to)?) {
        (Unbounded, Unbounded) => None,
        (Included(from), Included(to)) if from > to => None,
        ends => Some(ends),
    }
}

/// A number as people type it: `1000000`, `1,000,000`, `2.5`.
fn number(typed: &str) -> Option<Decimal> {
    let (whole, part) = typed.split_once('.').unwrap_or((typed, ""));
    let mut groups = whole.split(',');
    let first = groups.next()?.trim_start_matches('-');
    let grouped = whole.contains(',');
    let sound =
        groups.all(|group| group.len() == 3) && (!grouped || (1..=3).contains(&first.len()));
    if !sound || part.contains(',') {
        return None;
    }
    Decimal::parse(&typed.replace(',', ""))
}

#[cfg(test)]
mod tests {
    use std::ops::Bound::{self, Excluded, Included, Unbounded};

    use quipu_model::Decimal;

    use super::span;

    #[test]
    fn amounts_are_read_as_people_type_them() {
        let n = |written: &str| Decimal::parse(written).unwrap();
        type Wanted = (Bound<Decimal>, Bound<Decimal>, Option<&'static str>);
        let cases: [(&str, Wanted); 10] = [
            ("50000", (Included(n("50000")), Included(n("50000")), None)),
            (
                ">1000000 USD",
                (Excluded(n("1000000")), Unbounded, Some("USD")),
            ),
            (">=1,000,000", (Included(n("1000000")), Unbounded, None)),
            ("<2.5 kg", (Unbounded, Excluded(n("2.5")), Some("kg"))),
            ("≤30%", (Unbounded, Included(n("30")), Some("%"))),
            (
                "1000..5000 USD",
                (Included(n("1000")), Included(n("5000")), Some("USD")),
            ),
            ("1000..", (Included(n("1000")), Unbounded, None)),
            ("..12", (Unbounded, Included(n("12")), None)),
            ("PEN", (Unbounded, Unbounded, Some("PEN"))),
            ("-5..5", (Included(n("-5")), Included(n("5")), None)),
        ];
        for (typed, (least, most, unit)) in cases {
            let found = span(typed).unwrap_or_else(|| panic!("{typed}"));
            assert_eq!((found.least, found.most), (least, most), "{typed}");
            assert_eq!(found.unit.as_deref(), unit, "{typed}");
        }
        for typed in [
            "",
            "many",
            "..",
            ">",
            "5..1",
            "1,00",
            "1,000,00",
            "1.000.000",
            "9e999",
            "1 2 3",
            "1000 to 5000",
        ] {
            assert_eq!(span(typed), None, "{typed}");
        }
    }
}
