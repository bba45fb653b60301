//! Number formats of sheets: what a person sees in a cell that holds a number.
//!
//! Dates are given in ISO 8601, as finely as the format shows them; numbers
//! with the decimals, percent and currency signs of their format, but without
//! parting of thousands, which depends on where the program runs.

/// One format code, understood.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct NumberFormat {
    /// Positive, negative, zero: a missing one follows the first.
    sections: Vec<Section>,
}

#[derive(Debug, Clone, PartialEq)]
enum Section {
    /// As the program thinks best.
    General { before: String, after: String },
    /// A count of days.
    Date(DateParts),
    /// A length of time, in hours, minutes or seconds.
    Elapsed(char),
    /// Decimals and what stands around them.
    Number(Shape),
    /// Words only.
    Words(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct DateParts {
    year: bool,
    month: bool,
    day: bool,
    hour: bool,
    second: bool,
}

#[derive(Debug, Clone, PartialEq, Default)]
struct Shape {
    before: String,
    after: String,
    zeros: usize,
    decimals_min: usize,
    decimals_max: usize,
    percents: u32,
    thousands: u32,
}

/// Whether a cell with this format holds a date or a number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    /// Words.
    Words,
    /// A number.
    Number,
    /// A date or time.
    Date,
}

impl NumberFormat {
    /// The format behind a number below 164, which files use without saying.
    pub(crate) fn built_in(id: u32) -> Self {
        Self::parse(match id {
            1 => "0",
            2 => "0.00",
            3 | 37 | 38 => "#,##0",
            4 | 39 | 40 => "#,##0.00",
            5..=8 => "#,##0.00",
            9 => "0%",
            10 => "0.00%",
            14 | 15 | 27 | 30 | 31 | 36 | 50 | 57 | 58 => "yyyy-mm-dd",
            16 | 28 | 29 | 51 | 52 | 53 | 54 => "mm-dd",
            17 | 55 | 56 => "yyyy-mm",
            18..=21 | 32..=35 => "hh:mm:ss",
            22 => "yyyy-mm-dd hh:mm",
            41 | 42 => "#,##0",
            43 | 44 => "#,##0.00",
            45 | 47 => "[mm]:ss",
            46 => "[h]:mm:ss",
            49 => "@",
            _ => "General",
        })
    }

    /// Understands a format code.
    pub(crate) fn parse(code: &str) -> Self {
        let mut sections: Vec<Section> = Vec::new();
        for part in split(code).into_iter().take(3) {
            sections.push(section(&part));
        }
        Self { sections }
    }

    /// Whether numbers under this format are dates or times.
    pub(crate) fn is_date(&self) -> bool {
        matches!(
            self.sections.first(),
            Some(Section::Date(_) | Section::Elapsed(_))
        )
    }

    /// The words a person sees for a number; `since_1904` for files that count
    /// days from then.
    pub(crate) fn show(&self, value: f64, since_1904: bool) -> String {
        let nth = match () {
            () if value < 0.0 && self.sections.len() > 1 => 1,
            () if value == 0.0 && self.sections.len() > 2 => 2,
            () => 0,
        };
        // A negative section of its own shows the sign in its own way.
        let shown = if nth == 1 { value.abs() } else { value };
        match self.sections.get(nth) {
            Some(Section::Date(parts)) => {
                date(value, since_1904, *parts).unwrap_or_else(|| general(value))
            }
            Some(Section::Elapsed(unit)) => elapsed(value, *unit),
            Some(Section::Number(shape)) => number(shown, shape),
            Some(Section::General { before, after }) => {
                format!("{before}{}{after}", general(shown))
            }
            Some(Section::Words(words)) if !words.is_empty() => words.clone(),
            // A format that hides its number hides nothing from the record.
            Some(Section::Words(_)) | None => general(value),
        }
    }
}

/// A number as a sheet shows it without a format: fifteen digits count.
pub(crate) fn general(value: f64) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let rounded: f64 = format!("{value:.14e}").parse().unwrap_or(value);
    if rounded != 0.0 && (rounded.abs() >= 1e21 || rounded.abs() < 1e-9) {
        return format!("{rounded:e}");
    }
    format!("{}", rounded + 0.0)
}

/// Parts a code at its semicolons, not at those in quotes.
fn split(code: &str) -> Vec<String> {
    let mut parts = vec![String::new()];
    let mut letters = code.chars().take(1024);
    let mut quoted = false;
    while let Some(letter) = letters.next() {
        if letter == ';' && !quoted {
            parts.push(String::new());
            continue;
        }
        quoted ^= letter == '"';
        if let Some(part) = parts.last_mut() {
            part.push(letter);
            if letter == '\\'
                && !quoted
                && let Some(next) = letters.next()
            {
                part.push(next);
            }
        }
    }
    parts
}

fn section(code: &str) -> Section {
    let mut shape = Shape::default();
    let mut parts = DateParts::default();
    let mut seen_date = false;
    let mut elapsed_unit = None;
    let mut digits = false;
    let mut decimals = false;
    let mut commas = 0;
    let mut is_general = false;
    let mut text = false;
    let mut odd = false;
    let mut last_unit = ' ';
    let mut letters = code.chars().peekable();
    let literal = |shape: &mut Shape, digits: bool, letter: char| {
        let side = if digits {
            &mut shape.after
        } else {
            &mut shape.before
        };
        side.push(letter);
    };
    while let Some(letter) = letters.next() {
        match letter {
            '"' => {
                for quoted in letters.by_ref().take_while(|letter| *letter != '"') {
                    literal(&mut shape, digits, quoted);
                }
            }
            '\\' => {
                if let Some(next) = letters.next() {
                    literal(&mut shape, digits, next);
                }
            }
            '_' => {
                letters.next();
            }
            '*' => {
                letters.next();
            }
            '[' => {
                let inside: String = letters
                    .by_ref()
                    .take_while(|letter| *letter != ']')
                    .collect();
                if let Some(money) = inside.strip_prefix('$') {
                    let sign = money.split('-').next().unwrap_or_default();
                    for letter in sign.chars() {
                        literal(&mut shape, digits, letter);
                    }
                } else if let Some(unit) = inside.to_ascii_lowercase().chars().next()
                    && matches!(unit, 'h' | 'm' | 's')
                    && inside.chars().all(|c| c.eq_ignore_ascii_case(&unit))
                {
                    elapsed_unit = elapsed_unit.or(Some(unit));
                    last_unit = unit;
                }
            }
            'y' | 'Y' | 'e' if letter != 'e' || !digits => {
                seen_date = true;
                parts.year = true;
                last_unit = 'y';
            }
            'd' | 'D' => {
                seen_date = true;
                parts.day = true;
                last_unit = 'd';
            }
            'h' | 'H' => {
                seen_date = true;
                parts.hour = true;
                last_unit = 'h';
            }
            's' | 'S' => {
                seen_date = true;
                parts.second = true;
                // The minutes before seconds are no months.
                last_unit = 's';
            }
            'm' | 'M' => {
                while letters
                    .peek()
                    .is_some_and(|next| next.eq_ignore_ascii_case(&'m'))
                {
                    letters.next();
                }
                seen_date = true;
                let rest: String = letters.clone().collect::<String>().to_ascii_lowercase();
                let before_seconds = rest
                    .trim_start_matches(|c: char| !c.is_ascii_alphabetic())
                    .starts_with('s');
                if last_unit == 'h' || before_seconds {
                    last_unit = 'n';
                } else {
                    parts.month = true;
                    last_unit = 'm';
                }
            }
            'A' | 'a' => {
                // AM/PM says only how hours are counted.
                let rest: String = letters.clone().take(4).collect::<String>();
                if rest.to_ascii_uppercase().starts_with("M/PM") {
                    for _ in 0..4 {
                        letters.next();
                    }
                } else if rest.to_ascii_uppercase().starts_with("/P") {
                    letters.next();
                    letters.next();
                } else {
                    literal(&mut shape, digits, letter);
                }
            }
            'G' | 'g' => {
                let rest: String = letters.clone().take(6).collect();
                if rest.eq_ignore_ascii_case("eneral") {
                    is_general = true;
                    digits = true;
                    for _ in 0..6 {
                        letters.next();
                    }
                }
            }
            '0' | '#' | '?' => {
                digits = true;
                if decimals {
                    shape.decimals_max += 1;
                    if letter == '0' {
                        shape.decimals_min = shape.decimals_max;
                    }
                } else {
                    shape.zeros += usize::from(letter == '0');
                    commas = 0;
                }
            }
            '.' if digits || letters.peek().is_some_and(|next| matches!(next, '0' | '#')) => {
                if seen_date {
                    continue;
                }
                digits = true;
                decimals = true;
            }
            ',' if digits => commas += 1,
            '%' => {
                shape.percents += 1;
                literal(&mut shape, true, '%');
                digits = true;
            }
            'E' | '/' if digits && !seen_date => odd = true,
            '@' => text = true,
            letter => literal(&mut shape, digits, letter),
        }
    }
    if let Some(unit) = elapsed_unit {
        return Section::Elapsed(unit);
    }
    if seen_date {
        return Section::Date(parts);
    }
    shape.thousands = commas;
    if is_general || odd {
        return Section::General {
            before: shape.before,
            after: if odd { String::new() } else { shape.after },
        };
    }
    if digits {
        return Section::Number(shape);
    }
    if text || code.is_empty() {
        return Section::General {
            before: String::new(),
            after: String::new(),
        };
    }
    Section::Words(shape.before.trim().to_owned())
}

fn number(value: f64, shape: &Shape) -> String {
    if !value.is_finite() {
        return String::new();
    }
    let exponent = i32::try_from(2 * shape.percents).unwrap_or(0)
        - i32::try_from(3 * shape.thousands.min(4)).unwrap_or(0);
    let scaled = value * 10f64.powi(exponent.clamp(-12, 12));
    let decimals = shape.decimals_max.min(15);
    // Rounding to fifteen digits first undoes what binary fractions add.
    let scaled: f64 = format!("{scaled:.14e}").parse().unwrap_or(scaled);
    let mut digits = format!("{:.*}", decimals, scaled.abs());
    if let Some(point) = digits.find('.') {
        let least = point + 1 + shape.decimals_min;
        while digits.len() > least && digits.ends_with('0') {
            digits.pop();
        }
        if digits.ends_with('.') {
            digits.pop();
        }
    }
    let whole = digits.find('.').unwrap_or(digits.len());
    if whole < shape.zeros {
        digits.insert_str(0, &"0".repeat((shape.zeros - whole).min(32)));
    }
    let zero = digits.bytes().all(|byte| matches!(byte, b'0' | b'.'));
    let sign = if scaled < 0.0 && !zero { "-" } else { "" };
    format!("{sign}{}{digits}{}", shape.before, shape.after)
        .trim()
        .to_owned()
}

fn elapsed(value: f64, unit: char) -> String {
    let seconds = (value * 86_400.0).round();
    if seconds.abs() > 1e12 || !seconds.is_finite() {
        return general(value);
    }
    let sign = if seconds < 0.0 { "-" } else { "" };
    // The bound above keeps this within range.
    let all = seconds.abs() as u64;
    let (hours, minutes, rest) = (all / 3600, all / 60 % 60, all % 60);
    match unit {
        'h' => format!("{sign}{hours}:{minutes:02}:{rest:02}"),
        'm' => format!("{sign}{}:{rest:02}", all / 60),
        _ => format!("{sign}{all}"),
    }
}

/// A count of days as ISO 8601, as fine as the parts shown.
fn date(value: f64, since_1904: bool, parts: DateParts) -> Option<String> {
    if !(0.0..2_958_466.0).contains(&value) {
        return None;
    }
    let mut days = value.floor();
    let mut seconds = ((value - days) * 86_400.0).round();
    if seconds >= 86_400.0 {
        seconds = 0.0;
        days += 1.0;
    }
    let (days, seconds) = (days as i64, seconds as u32);
    let clock = if parts.second && (seconds % 60 != 0 || !parts.hour) {
        format!(
            "{:02}:{:02}:{:02}",
            seconds / 3600,
            seconds / 60 % 60,
            seconds % 60
        )
    } else {
        format!("{:02}:{:02}", seconds / 3600, seconds / 60 % 60)
    };
    let has_day = parts.year || parts.month || parts.day;
    if !has_day {
        return Some(clock);
    }
    // The first sheets took 1900 for a leap year: day 60 never was, and the
    // days before it are one behind.
    let from_1970 = if since_1904 {
        days - 24_107
    } else if days < 60 {
        days - 25_568
    } else {
        days - 25_569
    };
    let (year, month, day) = civil(from_1970);
    let mut shown = match (parts.year, parts.month, parts.day) {
        (true, true, false) => format!("{year:04}-{month:02}"),
        (true, false, false) => format!("{year:04}"),
        _ => format!("{year:04}-{month:02}-{day:02}"),
    };
    if parts.hour {
        shown.push(' ');
        shown.push_str(&clock);
    }
    Some(shown)
}

/// Year, month and day of a count from 1970-01-01.
pub(crate) fn civil(days: i64) -> (i64, i64, i64) {
    // Years are counted from March, so that the leap day is the last.
    let from_march = days + 719_468;
    let era = from_march.div_euclid(146_097);
    let day_of_era = from_march.rem_euclid(146_097);
    let year_of_era =
        (day_of_era - day_of_era / 1460 + day_of_era / 36_524 - day_of_era / 146_096) / 365;
    let day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
    let month_from_march = (5 * day_of_year + 2) / 153;
    let day = day_of_year - (153 * month_from_march + 2) / 5 + 1;
    let month = if month_from_march < 10 {
        month_from_march + 3
    } else {
        month_from_march - 9
    };
    let year = year_of_era + era * 400 + i64::from(month <= 2);
    (year, month, day)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_shown_as_their_format_says() {
        for (code, value, shown) in [
            ("General", 1_060_000.0, "1060000"),
            ("General", 0.1 + 0.2, "0.3"),
            ("#,##0.00", 50_000.0, "50000.00"),
            ("\"$\"#,##0", 12_000.0, "$12000"),
            ("[$€-407] #,##0.00;[Red]-[$€-407] #,##0.00", -3.5, "-€ 3.50"),
            ("#,##0_);(#,##0)", -40.0, "(40)"),
            ("0.0%", 0.255, "25.5%"),
            ("000000", 42.0, "000042"),
            ("0.##", 1.5, "1.5"),
            ("#,##0,", 50_000.0, "50"),
            ("0;-0;\"none\"", 0.0, "none"),
            ("0", -0.2, "0"),
            ("@", 7.0, "7"),
            ("# ?/?", 0.5, "0.5"),
            (";;;", 5.0, "5"),
        ] {
            assert_eq!(
                NumberFormat::parse(code).show(value, false),
                shown,
                "{code}"
            );
        }
    }

    #[test]
    fn dates_are_as_fine_as_their_format() {
        for (code, value, shown) in [
            ("dd/mm/yyyy", 33_677.0, "1992-03-14"),
            ("mmm-yy", 33_677.0, "1992-03"),
            ("yyyy", 33_677.0, "1992"),
            ("d/m/yy h:mm", 33_677.5, "1992-03-14 12:00"),
            ("h:mm:ss AM/PM", 0.25, "06:00"),
            ("[h]:mm", 1.5, "36:00:00"),
            ("[$-C0A]d \"de\" mmmm \"de\" yyyy", 33_677.0, "1992-03-14"),
            ("dd/mm/yyyy", 1.0, "1900-01-01"),
            ("dd/mm/yyyy", 61.0, "1900-03-01"),
            ("dd/mm/yyyy", -5.0, "-5"),
        ] {
            assert_eq!(
                NumberFormat::parse(code).show(value, false),
                shown,
                "{code}"
            );
        }
        let day = NumberFormat::built_in(14);
        assert!(day.is_date());
        assert_eq!(day.show(0.0, true), "1904-01-01");
    }
}
