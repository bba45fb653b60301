//! Signs of fonts that have an alphabet of their own: Symbol and Wingdings.

/// Symbol, codes 0x41 to 0x7E, in order.
const SYMBOL_LOW: &str = "ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼";

/// Symbol, codes 0xA1 to 0xBF, in order.
const SYMBOL_MIDDLE: &str = "ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…│─↵";

/// The letter meant by a code of a font; fonts with a common alphabet and
/// codes without a known sign give the code's own character, if it has a shape.
pub(crate) fn letter(font: &str, code: u32) -> Option<char> {
    // Such fonts are mapped at U+F000, and files name the place either way.
    let short = if (0xF000..=0xF0FF).contains(&code) {
        code - 0xF000
    } else {
        code
    };
    let font = font.to_ascii_lowercase();
    let known = if font == "symbol" {
        symbol(short)
    } else if font.starts_with("wingdings") {
        wingdings(&font, short)
    } else {
        None
    };
    known
        .or_else(|| char::from_u32(code).filter(|_| code >= 0x20))
        .filter(|letter| !('\u{E000}'..='\u{F8FF}').contains(letter))
}

fn symbol(code: u32) -> Option<char> {
    let nth = |signs: &str, from: u32| {
        let place = usize::try_from(code.checked_sub(from)?).ok()?;
        signs.chars().nth(place)
    };
    match code {
        0x22 => Some('∀'),
        0x24 => Some('∃'),
        0x27 => Some('∋'),
        0x2A => Some('∗'),
        0x2D => Some('−'),
        0x40 => Some('≅'),
        0x20..=0x3F => char::from_u32(code),
        0x41..=0x7E => nth(SYMBOL_LOW, 0x41),
        0xA0 => Some('€'),
        0xA1..=0xBF => nth(SYMBOL_MIDDLE, 0xA1),
        0xD2 => Some('®'),
        0xD3 => Some('©'),
        0xD4 => Some('™'),
        0xD6 => Some('√'),
        0xDE => Some('⇒'),
        0xE5 => Some('∑'),
        _ => None,
    }
}

fn wingdings(font: &str, code: u32) -> Option<char> {
    if font != "wingdings" {
        return match (font, code) {
            ("wingdings 2", 0x50) => Some('✓'),
            ("wingdings 2", 0x52) => Some('☑'),
            ("wingdings 2", 0x54) => Some('☒'),
            ("wingdings 2", 0xA3) => Some('☐'),
            _ => None,
        };
    }
    match code {
        0x28 => Some('☎'),
        0x2A => Some('✉'),
        0x4A => Some('☺'),
        0x4C => Some('☹'),
        0x6C => Some('●'),
        0x6E => Some('■'),
        0x6F | 0xA8 => Some('☐'),
        0x71 => Some('❑'),
        0x76 => Some('❖'),
        0x78 | 0xFD => Some('☒'),
        0x9F => Some('•'),
        0xA7 => Some('▪'),
        0xD8 => Some('➢'),
        0xDF | 0xE7 => Some('←'),
        0xE0 | 0xE8 => Some('→'),
        0xFB => Some('✗'),
        0xFC => Some('✓'),
        0xFE => Some('☑'),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_become_letters() {
        assert_eq!(letter("Symbol", 0xF061), Some('α'));
        assert_eq!(letter("Symbol", 0x7E), Some('∼'));
        assert_eq!(letter("Symbol", 0xB7), Some('•'));
        assert_eq!(letter("Wingdings", 0xF0FE), Some('☑'));
        assert_eq!(letter("Wingdings", 0xF0AA), None);
        assert_eq!(letter("Arial", 0xF1), Some('ñ'));
    }
}
