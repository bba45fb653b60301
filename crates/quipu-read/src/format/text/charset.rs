//! Which charset bytes are in, and what they say in it.

use std::borrow::Cow;

use encoding_rs::Encoding;
use quipu_model::{Notice, NoticeLevel};

use super::single_byte::Table;

/// Bytes as text.
#[derive(Debug)]
pub(crate) struct Decoded<'a> {
    /// The words.
    pub(crate) text: Cow<'a, str>,
    /// The charset they were read in, by its usual name.
    pub(crate) charset: &'static str,
    /// What could not be decoded.
    pub(crate) notices: Vec<Notice>,
}

/// Decodes bytes: by their byte order mark, else as UTF-8 if they are, else in
/// the charset the source declares, else in the one that makes most sense.
pub(crate) fn decode<'a>(bytes: &'a [u8], declared: Option<&str>) -> Decoded<'a> {
    if let [0xFF, 0xFE, 0, 0, rest @ ..] = bytes {
        return utf32(rest, u32::from_le_bytes, "UTF-32LE");
    }
    if let [0, 0, 0xFE, 0xFF, rest @ ..] = bytes {
        return utf32(rest, u32::from_be_bytes, "UTF-32BE");
    }
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        return by(encoding, &bytes[length..]);
    }
    if let Some(wide) = without_mark(bytes) {
        return wide;
    }
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Decoded {
            text: Cow::Borrowed(text),
            charset: "UTF-8",
            notices: Vec::new(),
        };
    }
    if is_mostly_utf8(bytes) {
        return by(encoding_rs::UTF_8, bytes);
    }
    // A declaration is believed, except when it says UTF-8, which was tried.
    let named = declared.and_then(|label| Encoding::for_label(label.trim().as_bytes()));
    match named {
        Some(encoding) if encoding == encoding_rs::UTF_8 => guess(bytes),
        Some(encoding) => by(encoding, bytes),
        None => match declared.and_then(Table::named) {
            Some(table) => by_table(table, bytes),
            None => guess(bytes),
        },
    }
}

fn by<'a>(encoding: &'static Encoding, bytes: &'a [u8]) -> Decoded<'a> {
    let (text, lost) = encoding.decode_without_bom_handling(bytes);
    let notices = if lost {
        vec![undecodable(&text, encoding.name())]
    } else {
        Vec::new()
    };
    Decoded {
        text,
        charset: encoding.name(),
        notices,
    }
}

fn by_table<'a>(table: Table, bytes: &[u8]) -> Decoded<'a> {
    Decoded {
        text: Cow::Owned(table.decode(bytes)),
        charset: table.name(),
        notices: Vec::new(),
    }
}

/// Says how many characters were lost and where the first of them stood.
fn undecodable(text: &str, charset: &str) -> Notice {
    let count = text.matches('\u{FFFD}').count();
    let line = text
        .split('\u{FFFD}')
        .next()
        .map_or(1, |before| before.matches('\n').count() + 1);
    let message = format!(
        "{count} bytes are not valid {charset} and stand as \u{FFFD}, first in line {line}."
    );
    Notice::new(NoticeLevel::Damaged, "text.undecodable", message)
        .next("Compare the passage with the original in another program.")
}

/// UTF-16 and UTF-32 without a mark: nearly every character of a European
/// text has zero bytes, always at the same places.
fn without_mark<'a>(bytes: &'a [u8]) -> Option<Decoded<'a>> {
    let look = &bytes[..bytes.len().min(4096) & !3];
    if look.len() < 4 {
        return None;
    }
    let mut zeros = [0usize; 4];
    for four in look.chunks_exact(4) {
        for (zero, byte) in zeros.iter_mut().zip(four) {
            *zero += usize::from(*byte == 0);
        }
    }
    let fours = look.len() / 4;
    let many = |count: usize| count * 10 > fours * 6;
    let few = |count: usize| count * 10 < fours;
    match zeros.map(|count| (many(count), few(count))) {
        [(_, true), (true, _), (true, _), (true, _)] => {
            Some(utf32(bytes, u32::from_le_bytes, "UTF-32LE"))
        }
        [(true, _), (true, _), (true, _), (_, true)] => {
            Some(utf32(bytes, u32::from_be_bytes, "UTF-32BE"))
        }
        [(_, true), (true, _), (_, true), (true, _)] => Some(by(encoding_rs::UTF_16LE, bytes)),
        [(true, _), (_, true), (true, _), (_, true)] => Some(by(encoding_rs::UTF_16BE, bytes)),
        _ => None,
    }
}

fn utf32<'a>(bytes: &[u8], number: fn([u8; 4]) -> u32, name: &'static str) -> Decoded<'a> {
    let fours = bytes.chunks_exact(4);
    let rest = fours.remainder().len();
    let one = |four: &[u8]| {
        let four = [four[0], four[1], four[2], four[3]];
        char::from_u32(number(four)).unwrap_or('\u{FFFD}')
    };
    let mut text: String = fours.map(one).collect();
    if rest > 0 {
        text.push('\u{FFFD}');
    }
    let notices = if text.contains('\u{FFFD}') {
        vec![undecodable(&text, name)]
    } else {
        Vec::new()
    };
    Decoded {
        text: Cow::Owned(text),
        charset: name,
        notices,
    }
}

/// UTF-8 with a few broken bytes (a cut end, a foreign line pasted in) is
/// still UTF-8: sound sequences outnumber the broken ones twenty to one.
fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut sound, mut broken) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks() {
        sound += chunk.valid().bytes().filter(|byte| *byte >= 0xC0).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    sound > broken * 20
}

/// The charset that makes most sense: `chardetng` knows those of the web, our
/// own tables those of DOS and of the old Macintosh.
fn guess<'a>(bytes: &'a [u8]) -> Decoded<'a> {
    let look = &bytes[..bytes.len().min(1 << 20)];
    let mut detector = chardetng::EncodingDetector::new(chardetng::Iso2022JpDetection::Allow);
    detector.feed(look, true);
    let web = detector.guess(None, chardetng::Utf8Detection::Deny);
    let western = Table::Windows1252.plausibility(look);
    let (score, table) = [Table::MacRoman, Table::Cp850, Table::Cp437]
        .into_iter()
        .map(|table| (table.plausibility(look), table))
        .fold((western, Table::Windows1252), |best, next| {
            if next.0 > best.0 { next } else { best }
        });
    // Text of another script is implausible in every Latin table: then the
    // guess of `chardetng` stands. It is also right about the Latin charsets
    // of central Europe and Turkey unless ours makes sense at nearly every byte.
    let high = look.iter().filter(|byte| **byte >= 0x80).count();
    let needed = if web == encoding_rs::WINDOWS_1252 || web == encoding_rs::MACINTOSH {
        1
    } else {
        i64::try_from(high).unwrap_or(i64::MAX).saturating_mul(2)
    };
    if score >= needed {
        by_table(table, bytes)
    } else {
        by(web, bytes)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPANISH: &str = "El señor Núñez declaró: «¿Quién pagó?» Mañana volverá a Bogotá.";

    fn in_table(table: Table, text: &str) -> Vec<u8> {
        let letter = |c: char| {
            (0..=255u8)
                .find(|byte| table.decode(&[*byte]).starts_with(c))
                .expect("in the table")
        };
        text.chars().map(letter).collect()
    }

    #[test]
    fn spanish_is_read_in_every_single_byte_charset() {
        for table in [Table::MacRoman, Table::Cp850, Table::Windows1252] {
            let bytes = in_table(table, SPANISH);
            let decoded = decode(&bytes, None);
            assert_eq!(decoded.charset, table.name());
            assert_eq!(decoded.text, SPANISH);
        }
        // CP437 has no Ú; without one, it and CP850 write the same bytes.
        let decoded = in_table(Table::Cp437, "El señor pagó mañana");
        assert_eq!(decode(&decoded, None).text, "El señor pagó mañana");
    }

    #[test]
    fn english_quotes_are_read_on_windows_and_mac() {
        let text = "“It’s not ours,” he said — “and the café’s bill?”";
        for table in [Table::MacRoman, Table::Windows1252] {
            assert_eq!(decode(&in_table(table, text), None).text, text);
        }
    }

    #[test]
    fn other_scripts_are_left_to_their_detector() {
        let text = "Документы были переданы в посольство вчера вечером.";
        let (bytes, ..) = encoding_rs::WINDOWS_1251.encode(text);
        assert_eq!(decode(&bytes, None).text, text);
    }

    #[test]
    fn wide_text_needs_no_mark() {
        let wide =
            |to: fn(u16) -> [u8; 2]| SPANISH.encode_utf16().flat_map(to).collect::<Vec<u8>>();
        assert_eq!(decode(&wide(u16::to_le_bytes), None).text, SPANISH);
        assert_eq!(decode(&wide(u16::to_be_bytes), None).text, SPANISH);
        let wider: Vec<u8> = SPANISH
            .chars()
            .flat_map(|c| u32::from(c).to_le_bytes())
            .collect();
        assert_eq!(decode(&wider, None).text, SPANISH);
    }

    #[test]
    fn a_broken_byte_in_utf8_is_counted_and_placed() {
        let mut bytes = format!("{SPANISH}\n{SPANISH}").into_bytes();
        bytes.push(0xC3);
        let decoded = decode(&bytes, None);
        assert_eq!(decoded.charset, "UTF-8");
        assert!(decoded.notices[0].message.starts_with("1 bytes"));
        assert!(decoded.notices[0].message.contains("line 2"));
    }
}
