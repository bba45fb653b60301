//! Text strings of PDF: UTF-16, UTF-8 or PDFDocEncoding (ISO 32000-2, 7.9.2.2
//! and annex D.2).

/// Letters kept of one string.
const LETTERS_MAX: usize = 100_000;

/// 0x18 to 0x1F of PDFDocEncoding.
const ACCENTS: [char; 8] = ['˘', 'ˇ', 'ˆ', '˙', '˝', '˛', '˚', '˜'];
/// 0x80 to 0xA0 of PDFDocEncoding; a question mark where nothing is defined.
const SIGNS: [char; 33] = [
    '•', '†', '‡', '…', '—', '–', 'ƒ', '⁄', '‹', '›', '−', '‰', '„', '“', '”', '‘', '’', '‚', '™',
    'ﬁ', 'ﬂ', 'Ł', 'Œ', 'Š', 'Ÿ', 'Ž', 'ı', 'ł', 'œ', 'š', 'ž', '?', '€',
];

/// The letters of a text string, without control characters but line ends.
pub(super) fn letters(bytes: &[u8]) -> String {
    let wide = |bytes: &[u8], unit: fn([u8; 2]) -> u16| {
        let units = bytes.chunks_exact(2).map(|two| unit([two[0], two[1]]));
        char::decode_utf16(units)
            .map(|letter| letter.unwrap_or('\u{FFFD}'))
            .take(LETTERS_MAX)
            .collect::<String>()
    };
    let text = if let Some(rest) = bytes.strip_prefix(&[0xFE, 0xFF]) {
        wide(rest, u16::from_be_bytes)
    } else if let Some(rest) = bytes.strip_prefix(&[0xFF, 0xFE]) {
        wide(rest, u16::from_le_bytes)
    } else if let Some(rest) = bytes.strip_prefix(&[0xEF, 0xBB, 0xBF]) {
        String::from_utf8_lossy(rest)
            .chars()
            .take(LETTERS_MAX)
            .collect()
    } else {
        bytes.iter().take(LETTERS_MAX).map(|b| single(*b)).collect()
    };
    let mut clean = String::with_capacity(text.len());
    for letter in text.replace("\r\n", "\n").chars() {
        match letter {
            '\r' | '\n' => clean.push('\n'),
            '\t' => clean.push(' '),
            other if other.is_control() => {}
            other => clean.push(other),
        }
    }
    clean.trim().to_owned()
}

fn single(byte: u8) -> char {
    match byte {
        0x18..=0x1F => ACCENTS
            .get(usize::from(byte - 0x18))
            .copied()
            .unwrap_or('?'),
        0x80..=0xA0 => SIGNS.get(usize::from(byte - 0x80)).copied().unwrap_or('?'),
        other => char::from(other),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_way_to_write_a_string_is_read() {
        assert_eq!(letters(b"plain\x00"), "plain");
        assert_eq!(letters(b"Se\xF1or \x80 \xA0 \x18"), "Señor • € ˘");
        assert_eq!(letters(&[0xFE, 0xFF, 0x01, 0x0D, 0x00, 0x61]), "ča");
        assert_eq!(letters(&[0xFF, 0xFE, 0x0D, 0x01]), "č");
        assert_eq!(letters("\u{FEFF}año\r\ndos".as_bytes()), "año\ndos");
        assert_eq!(letters(&[0xFE, 0xFF, 0xD8]), "");
    }
}
