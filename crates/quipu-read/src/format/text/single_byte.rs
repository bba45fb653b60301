//! Charsets of one byte a character: those of DOS and of the old Macintosh
//! beside that of Windows, and how plausible a text is in each.

/// A charset of one byte a character whose lower half is ASCII.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Table {
    /// Windows, western Europe (CP1252).
    Windows1252,
    /// Macintosh, western Europe.
    MacRoman,
    /// DOS, western Europe.
    Cp850,
    /// DOS, United States.
    Cp437,
}

/// Bytes 128 to 255 of CP437.
const CP437: &str = concat!(
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»",
    "░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀",
    "αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u{a0}",
);
/// Bytes 128 to 255 of CP850.
const CP850: &str = concat!(
    "ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜø£Ø×ƒáíóúñÑªº¿®¬½¼¡«»",
    "░▒▓│┤ÁÂÀ©╣║╗╝¢¥┐└┴┬├─┼ãÃ╚╔╩╦╠═╬¤ðÐÊËÈıÍÎÏ┘┌█▄¦Ì▀",
    "ÓßÔÒõÕµþÞÚÛÙýÝ¯´\u{ad}±‗¾¶§÷¸°¨·¹³²■\u{a0}",
);

impl Table {
    /// The charset a label means, where it is one of those that the web's own
    /// list of labels leaves out.
    pub(crate) fn named(label: &str) -> Option<Self> {
        let plain = |c: &char| c.is_ascii_alphanumeric();
        let label: String = label
            .chars()
            .filter(plain)
            .map(|c| c.to_ascii_lowercase())
            .collect();
        match label.as_str() {
            "cp850" | "ibm850" | "850" | "oem850" => Some(Self::Cp850),
            "cp437" | "ibm437" | "437" | "oem437" => Some(Self::Cp437),
            "applemacintosh" | "xmacroman" | "macroman" => Some(Self::MacRoman),
            _ => None,
        }
    }

    /// The usual name.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Windows1252 => "windows-1252",
            Self::MacRoman => "macintosh",
            Self::Cp850 => "IBM850",
            Self::Cp437 => "IBM437",
        }
    }

    /// Decodes; every byte is a character.
    pub(crate) fn decode(self, bytes: &[u8]) -> String {
        let upper = self.upper();
        let one = |byte: &u8| match byte {
            0..=0x7F => char::from(*byte),
            _ => upper[usize::from(byte & 0x7F)],
        };
        bytes.iter().map(one).collect()
    }

    fn upper(self) -> [char; 128] {
        let bytes: Vec<u8> = (128..=255).collect();
        let mut upper = ['\u{FFFD}'; 128];
        let fill = |upper: &mut [char; 128], text: &str| {
            upper
                .iter_mut()
                .zip(text.chars())
                .for_each(|(slot, c)| *slot = c);
        };
        match self {
            Self::Windows1252 => fill(&mut upper, &encoding_rs::WINDOWS_1252.decode(&bytes).0),
            Self::MacRoman => fill(&mut upper, &encoding_rs::MACINTOSH.decode(&bytes).0),
            Self::Cp850 => fill(&mut upper, CP850),
            Self::Cp437 => fill(&mut upper, CP437),
        }
        upper
    }

    /// How much sense the upper half of the bytes makes as letters and signs
    /// of a western European text: about 3 for each byte that fits its
    /// neighbours, below 0 when most do not.
    pub(crate) fn plausibility(self, bytes: &[u8]) -> i64 {
        let upper = self.upper();
        let one = |place: Option<usize>| match place.and_then(|i| bytes.get(i)) {
            None => ' ',
            Some(byte @ 0..=0x7F) => char::from(*byte),
            Some(byte) => upper[usize::from(byte & 0x7F)],
        };
        let high = bytes.iter().enumerate().filter(|(_, byte)| **byte >= 0x80);
        high.map(|(i, _)| fit(one(i.checked_sub(1)), one(Some(i)), one(Some(i + 1))))
            .sum()
    }
}

/// How well a sign above ASCII fits between its neighbours.
fn fit(before: char, sign: char, after: char) -> i64 {
    let ascii_beside = before.is_ascii_alphabetic() || after.is_ascii_alphabetic();
    let inside = before.is_alphabetic() && after.is_alphabetic();
    let opens = before.is_whitespace()
        || matches!(
            before,
            '(' | '[' | '"' | '\'' | '“' | '‘' | '«' | '—' | '¡' | '¿'
        );
    match sign {
        'á' | 'é' | 'í' | 'ó' | 'ú' | 'ñ' | 'ü' if ascii_beside => 4,
        'Á' | 'É' | 'Í' | 'Ó' | 'Ú' | 'Ñ' | 'Ü' if before.is_lowercase() => -3,
        'Á' | 'É' | 'Í' | 'Ó' | 'Ú' | 'Ñ' | 'Ü' if ascii_beside => 3,
        _ if sign.is_lowercase() && ascii_beside && !before.is_uppercase() => 2,
        _ if sign.is_lowercase() => 0,
        _ if sign.is_uppercase() && before.is_lowercase() => -3,
        _ if sign.is_uppercase() => i64::from(ascii_beside),
        '¿' | '¡' if opens && !after.is_whitespace() => 4,
        '“' | '‘' | '«' if opens && !after.is_whitespace() => 3,
        '’' if inside || !before.is_whitespace() => 3,
        '”' | '»' | '…' if !before.is_whitespace() && !after.is_alphabetic() => 3,
        '–' | '—' if !inside || before.is_ascii_digit() => 2,
        '—' => 1,
        'º' | 'ª' | '°' if before.is_ascii_alphanumeric() => 2,
        '€' | '£' | '¢' if before.is_ascii_digit() || after.is_ascii_digit() => 2,
        '\u{a0}' | '·' | '•' | '§' | '©' if !inside => 1,
        '\u{2500}'..='\u{259F}' if before == sign || after == sign => 1,
        '\u{80}'..='\u{9F}' | '\u{FFFD}' => -5,
        _ if inside => -4,
        _ => -1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tables_are_whole() {
        assert_eq!(CP437.chars().count(), 128);
        assert_eq!(CP850.chars().count(), 128);
        assert_eq!(Table::Cp850.decode(&[0xA4, 0xB5, 0xE9]), "ñÁÚ");
        assert_eq!(Table::Cp437.decode(&[0xA4, 0xE1]), "ñß");
        assert_eq!(Table::MacRoman.decode(&[0x96, 0x8E]), "ñé");
    }
}
