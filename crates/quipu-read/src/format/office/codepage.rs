//! Code pages by the numbers that Windows and the old Macintosh give them.

use std::borrow::Cow;

use encoding_rs::Encoding;

use crate::format::text::single_byte::Table;

/// The code page of western Windows, which files mean when they say nothing.
pub(crate) const WESTERN: u16 = 1252;

/// Code page number of Symbol fonts, whose letters are signs.
pub(crate) const SYMBOL: u16 = 42;

/// What bytes say under a code page; an unknown one is read as western.
pub(crate) fn decode(code_page: u16, bytes: &[u8]) -> Cow<'_, str> {
    if bytes.is_ascii() && code_page != 1200 && code_page != 1201 {
        return String::from_utf8_lossy(bytes);
    }
    let table = match code_page {
        437 => Some(Table::Cp437),
        850 | 858 => Some(Table::Cp850),
        _ => None,
    };
    if let Some(table) = table {
        return Cow::Owned(table.decode(bytes));
    }
    encoding(code_page).decode_without_bom_handling(bytes).0
}

fn encoding(code_page: u16) -> &'static Encoding {
    match code_page {
        866 => encoding_rs::IBM866,
        874 => encoding_rs::WINDOWS_874,
        932 | 10001 => encoding_rs::SHIFT_JIS,
        936 | 10008 => encoding_rs::GBK,
        54936 => encoding_rs::GB18030,
        949 | 10003 => encoding_rs::EUC_KR,
        950 | 10002 => encoding_rs::BIG5,
        1200 => encoding_rs::UTF_16LE,
        1201 => encoding_rs::UTF_16BE,
        1250 => encoding_rs::WINDOWS_1250,
        1251 => encoding_rs::WINDOWS_1251,
        1253 => encoding_rs::WINDOWS_1253,
        1254 => encoding_rs::WINDOWS_1254,
        1255 => encoding_rs::WINDOWS_1255,
        1256 => encoding_rs::WINDOWS_1256,
        1257 => encoding_rs::WINDOWS_1257,
        1258 => encoding_rs::WINDOWS_1258,
        10000 => encoding_rs::MACINTOSH,
        10007 | 10017 => encoding_rs::X_MAC_CYRILLIC,
        20866 => encoding_rs::KOI8_R,
        21866 => encoding_rs::KOI8_U,
        20127 | 28591 => encoding_rs::WINDOWS_1252,
        28592 => encoding_rs::ISO_8859_2,
        28593 => encoding_rs::ISO_8859_3,
        28594 => encoding_rs::ISO_8859_4,
        28595 => encoding_rs::ISO_8859_5,
        28597 => encoding_rs::ISO_8859_7,
        28605 => encoding_rs::ISO_8859_15,
        50220..=50222 => encoding_rs::ISO_2022_JP,
        51932 => encoding_rs::EUC_JP,
        65001 => encoding_rs::UTF_8,
        _ => encoding_rs::WINDOWS_1252,
    }
}

/// The code page of a font's character set (`\fcharset`, `LOGFONT`); `None`
/// when the set is that of the document.
pub(crate) const fn of_character_set(set: u8) -> Option<u16> {
    Some(match set {
        2 => SYMBOL,
        77 => 10000,
        78 => 10001,
        79 => 10003,
        80 => 10008,
        81 => 10002,
        128 => 932,
        129 => 949,
        134 => 936,
        136 => 950,
        161 => 1253,
        162 => 1254,
        163 => 1258,
        177 => 1255,
        178 => 1256,
        186 => 1257,
        204 => 1251,
        222 => 874,
        238 => 1250,
        254 => 437,
        255 => 850,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_mean_charsets() {
        assert_eq!(decode(1252, b"Se\xF1or"), "Señor");
        assert_eq!(decode(850, b"Se\xA4or"), "Señor");
        assert_eq!(decode(10000, b"Se\x96or"), "Señor");
        assert_eq!(decode(65001, "Señor".as_bytes()), "Señor");
        assert_eq!(decode(1200, b"S\0\xF1\0"), "Sñ");
        assert_eq!(decode(4711, b"\xF1"), "ñ");
    }
}
