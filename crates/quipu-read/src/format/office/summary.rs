//! Properties that compound files state about themselves (MS-OLEPS).

use super::codepage;
use super::number_format::civil;
use super::properties;
use crate::draft::DraftField;

/// Properties of one set looked at.
const PROPERTIES_MAX: u32 = 256;

/// The fields of a `SummaryInformation` stream.
pub(crate) fn fields(stream: &[u8]) -> Vec<DraftField> {
    let mut fields = Vec::new();
    let Some(set) = number(stream, 44).and_then(|at| stream.get(at as usize..)) else {
        return fields;
    };
    let count = number(set, 4).unwrap_or(0).min(PROPERTIES_MAX);
    let property = |nth: u32| {
        let at = 8 + nth as usize * 8;
        let id = number(set, at)?;
        let value = set.get(number(set, at + 4)? as usize..)?;
        Some((id, value))
    };
    let all: Vec<(u32, &[u8])> = (0..count).filter_map(property).collect();
    let code_page = all
        .iter()
        .find(|(id, _)| *id == 1)
        .and_then(|(_, value)| Some(u16::from_le_bytes([*value.get(4)?, *value.get(5)?])))
        .unwrap_or(codepage::WESTERN);
    for (id, value) in all {
        let name = match id {
            2 => "file.title",
            3 => "file.subject",
            4 => "file.creator",
            5 => "file.keywords",
            6 => "file.description",
            8 => "file.last-modified-by",
            11 => "file.printed",
            12 => "file.created",
            13 => "file.modified",
            18 => "file.program",
            _ => continue,
        };
        if let Some(words) = words(value, code_page) {
            properties::add(&mut fields, name, &words, "ole.summary");
        }
    }
    fields
}

fn words(value: &[u8], code_page: u16) -> Option<String> {
    let kind = number(value, 0)?;
    match kind {
        0x1E => {
            let length = number(value, 4)? as usize;
            let bytes = value.get(8..8usize.checked_add(length)?)?;
            let words = codepage::decode(code_page, bytes).into_owned();
            Some(words.trim_end_matches('\0').to_owned())
        }
        0x1F => {
            let length = (number(value, 4)? as usize).checked_mul(2)?;
            let bytes = value.get(8..8usize.checked_add(length)?)?;
            let words = codepage::decode(1200, bytes).into_owned();
            Some(words.trim_end_matches('\0').to_owned())
        }
        0x40 => {
            let bytes = value.get(4..12)?.try_into().ok()?;
            moment(u64::from_le_bytes(bytes))
        }
        _ => None,
    }
}

/// A Windows time (tenths of microseconds since 1601) in ISO 8601, in UTC.
pub(crate) fn moment(since_1601: u64) -> Option<String> {
    let seconds = i64::try_from(since_1601 / 10_000_000).ok()?;
    let (days, rest) = (seconds.div_euclid(86_400), seconds.rem_euclid(86_400));
    let (year, month, day) = civil(days - 134_774);
    // Durations (editing time) and empty values are no moments.
    if !(1980..=9999).contains(&year) {
        return None;
    }
    let (hour, minute, second) = (rest / 3600, rest / 60 % 60, rest % 60);
    Some(format!(
        "{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}Z"
    ))
}

fn number(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_times_are_read() {
        assert_eq!(
            moment(126_227_808_000_000_000),
            Some("2001-01-01T00:00:00Z".to_owned())
        );
        assert_eq!(moment(0), None);
        assert_eq!(moment(u64::MAX), None);
    }
}
