//! Dates as files write them, put into EDTF.

/// A date of ISO 8601 (as web pages and file properties write it), or of the
/// mail standard, in EDTF; `None` for anything else.
pub(crate) fn edtf(written: &str) -> Option<String> {
    let written = written.trim();
    iso(written).or_else(|| mail(written))
}

/// `2019-03-05`, `2019-03`, `2019-03-05T10:00:00.123+0200`, `20190305`.
fn iso(written: &str) -> Option<String> {
    let (day, clock) = match written.find(['T', 't', ' ']) {
        Some(place) => (&written[..place], written[place + 1..].trim()),
        None => (written, ""),
    };
    let digits = |text: &str, count: usize| {
        text.len() == count && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    let compact = digits(day, 8);
    let split = |from: usize, to: usize| day.get(from..to).unwrap_or_default();
    let parts: Vec<&str> = if compact {
        vec![split(0, 4), split(4, 6), split(6, 8)]
    } else {
        day.split(['-', '/']).collect()
    };
    let (year, month, date) = match parts[..] {
        [year] => (year, None, None),
        [year, month] => (year, Some(month), None),
        [year, month, date] => (year, Some(month), Some(date)),
        _ => return None,
    };
    let within = |text: &str, max: u32| {
        digits(text, 2) && text.parse::<u32>().is_ok_and(|n| (1..=max).contains(&n))
    };
    let sound = digits(year, 4)
        && month.is_none_or(|month| within(month, 12))
        && date.is_none_or(|date| within(date, 31));
    if !sound {
        return None;
    }
    let day = parts.join("-");
    if clock.is_empty() || date.is_none() {
        return clock.is_empty().then_some(day);
    }
    match time(clock) {
        Some(time) => Some(format!("{day}T{time}")),
        None => Some(day),
    }
}

/// `10:00`, `10:00:00.123`, with `Z`, `+02:00`, `+0200` or nothing behind.
fn time(clock: &str) -> Option<String> {
    let end = clock.find(['Z', 'z', '+', '-', ' ']).unwrap_or(clock.len());
    let (time, zone) = clock.split_at(end);
    let mut parts = time.split('.').next()?.split(':');
    let two = |part: Option<&str>, max: u32| -> Option<u32> {
        let part = part.unwrap_or("0");
        let sound = !part.is_empty() && part.len() <= 2;
        part.parse().ok().filter(|n| sound && *n <= max)
    };
    let (hour, minute, second) = (
        two(parts.next(), 23)?,
        two(parts.next(), 59)?,
        two(parts.next(), 59)?,
    );
    let zone = zone.trim();
    let offset: String = zone
        .chars()
        .skip(1)
        .filter(char::is_ascii_digit)
        .take(4)
        .collect();
    let zone = match zone.bytes().next() {
        Some(b'Z' | b'z') => "Z".to_owned(),
        Some(sign @ (b'+' | b'-')) if offset.len() == 4 => {
            format!("{}{}:{}", char::from(sign), &offset[..2], &offset[2..])
        }
        Some(sign @ (b'+' | b'-')) if offset.len() == 2 => {
            format!("{}{offset}:00", char::from(sign))
        }
        _ => String::new(),
    };
    Some(format!("{hour:02}:{minute:02}:{second:02}{zone}"))
}

/// `Tue, 5 Mar 2019 10:00:00 +0200`.
fn mail(written: &str) -> Option<String> {
    let header = format!(
        "Date: {}\r\n\r\n",
        written.chars().take(100).collect::<String>()
    );
    let looks_right = written.bytes().any(|b| b.is_ascii_digit()) && written.contains(' ');
    let message = mail_parser::MessageParser::default().parse(header.as_bytes())?;
    let date = message
        .date()
        .filter(|date| looks_right && date.is_valid())?;
    Some(of_mail(date))
}

/// A date of the mail library in EDTF, with its offset.
pub(crate) fn of_mail(date: &mail_parser::DateTime) -> String {
    let zone = if (date.tz_hour, date.tz_minute) == (0, 0) {
        "Z".to_owned()
    } else {
        let sign = if date.tz_before_gmt { '-' } else { '+' };
        format!("{sign}{:02}:{:02}", date.tz_hour, date.tz_minute)
    };
    format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}{zone}",
        date.year, date.month, date.day, date.hour, date.minute, date.second
    )
}

#[cfg(test)]
mod tests {
    use super::edtf;

    #[test]
    fn dates_keep_what_they_say() {
        let read = |written: &str| edtf(written).unwrap_or_default();
        assert_eq!(read("2019-03-05"), "2019-03-05");
        assert_eq!(read("2019-03"), "2019-03");
        assert_eq!(read("20190305"), "2019-03-05");
        assert_eq!(
            read("2019-03-05T10:20:30.123+0200"),
            "2019-03-05T10:20:30+02:00"
        );
        assert_eq!(read("2019-03-05T10:20Z"), "2019-03-05T10:20:00Z");
        assert_eq!(read("2019-03-05 10:20:30"), "2019-03-05T10:20:30");
        assert_eq!(
            read("Tue, 5 Mar 2019 10:20:30 -0500"),
            "2019-03-05T10:20:30-05:00"
        );
        assert_eq!(edtf("last Tuesday"), None);
        assert_eq!(edtf("2019-13-05"), None);
    }
}
