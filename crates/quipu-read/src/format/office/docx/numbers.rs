//! Numbers of lists: a Word file holds only how to count; a reader of the page
//! sees, and cites, the number itself.

use std::collections::BTreeMap;

use crate::format::office::xml::{Ns, Token, Xml};

const LEVELS: usize = 9;

#[derive(Debug, Clone, PartialEq, Eq)]
struct Level {
    start: u32,
    format: String,
    text: String,
    legal: bool,
}

impl Default for Level {
    fn default() -> Self {
        Self {
            start: 1,
            format: "decimal".to_owned(),
            text: String::new(),
            legal: false,
        }
    }
}

#[derive(Debug, Clone, Default)]
struct List {
    definition: u32,
    starts: BTreeMap<usize, u32>,
    used: bool,
}

/// The lists of a document and how far each has counted.
#[derive(Debug, Default)]
pub(super) struct Numbers {
    definitions: BTreeMap<u32, Vec<Level>>,
    lists: BTreeMap<u32, List>,
    counts: BTreeMap<u32, [Option<u32>; LEVELS]>,
}

impl Numbers {
    /// Reads `numbering.xml`.
    pub(super) fn read(text: &str) -> Self {
        let mut numbers = Self::default();
        let mut definition = None;
        let mut list: Option<u32> = None;
        let mut level = 0usize;
        let mut xml = Xml::new(text, 64);
        loop {
            let element = match xml.next() {
                Token::End => return numbers,
                Token::Open(element) if element.ns == Ns::Word => element,
                _ => continue,
            };
            let value = || element.attr("val").unwrap_or_default();
            let id = |name: &str| {
                element
                    .attr(name)
                    .and_then(|id| id.trim().parse::<u32>().ok())
            };
            let current = definition
                .and_then(|id| numbers.definitions.get_mut(&id))
                .and_then(|levels: &mut Vec<Level>| levels.get_mut(level));
            match element.name() {
                "abstractNum" => {
                    definition = id("abstractNumId");
                    list = None;
                    if let Some(id) = definition {
                        numbers
                            .definitions
                            .insert(id, vec![Level::default(); LEVELS]);
                    }
                }
                "num" => {
                    definition = None;
                    list = id("numId");
                    if let Some(id) = list {
                        numbers.lists.insert(id, List::default());
                    }
                }
                "abstractNumId" => {
                    let meant = value().trim().parse().unwrap_or(0);
                    if let Some(list) = list.and_then(|id| numbers.lists.get_mut(&id)) {
                        list.definition = meant;
                    }
                }
                "lvl" | "lvlOverride" => {
                    level = element
                        .attr("ilvl")
                        .and_then(|level| level.trim().parse().ok())
                        .unwrap_or(LEVELS);
                }
                "startOverride" => {
                    let start = value().trim().parse().unwrap_or(1);
                    if let Some(list) = list.and_then(|id| numbers.lists.get_mut(&id)) {
                        list.starts.insert(level, start);
                    }
                }
                "start" => {
                    if let Some(level) = current {
                        level.start = value().trim().parse().unwrap_or(1);
                    }
                }
                "numFmt" => {
                    if let Some(level) = current {
                        level.format = value();
                    }
                }
                "lvlText" => {
                    if let Some(level) = current {
                        level.text = value().chars().take(64).collect();
                    }
                }
                "isLgl" => {
                    if let Some(level) = current {
                        level.legal = element.is_on();
                    }
                }
                _ => {}
            }
        }
    }

    /// Counts one paragraph of a list; the number as the page shows it, empty
    /// for bullets.
    pub(super) fn count(&mut self, list: u32, level: u8) -> String {
        let level = usize::from(level).min(LEVELS - 1);
        let Some(known) = self.lists.get_mut(&list) else {
            return String::new();
        };
        let Some(levels) = self.definitions.get(&known.definition) else {
            return String::new();
        };
        let counts = self.counts.entry(known.definition).or_default();
        if !std::mem::replace(&mut known.used, true) {
            for (level, start) in &known.starts {
                if let Some(count) = counts.get_mut(*level) {
                    *count = start.checked_sub(1);
                }
            }
        }
        for (i, count) in counts.iter_mut().enumerate() {
            let start = levels.get(i).map_or(1, |level| level.start);
            if i == level {
                *count = Some(count.map_or(start, |count| count.saturating_add(1)));
            } else if i > level {
                *count = None;
            } else {
                count.get_or_insert(start);
            }
        }
        let Some(shape) = levels.get(level) else {
            return String::new();
        };
        if shape.format == "bullet" {
            return String::new();
        }
        let mut shown = String::new();
        let mut letters = shape.text.chars();
        while let Some(letter) = letters.next() {
            if letter != '%' {
                shown.push(letter);
                continue;
            }
            let Some(digit) = letters.next().and_then(|digit| digit.to_digit(10)) else {
                continue;
            };
            let at = (digit as usize).wrapping_sub(1);
            if let (Some(Some(count)), Some(own)) = (counts.get(at), levels.get(at)) {
                let format = if shape.legal { "decimal" } else { &own.format };
                shown.push_str(&written(*count, format));
            }
        }
        // Signs of private fonts are bullets in all but name.
        if shown
            .chars()
            .all(|c| ('\u{E000}'..='\u{F8FF}').contains(&c) || !c.is_alphanumeric())
        {
            return String::new();
        }
        shown
    }
}

/// A count in the manner of a format.
pub(super) fn written(count: u32, format: &str) -> String {
    match format {
        "lowerLetter" => letters(count),
        "upperLetter" => letters(count).to_uppercase(),
        "lowerRoman" => roman(count),
        "upperRoman" => roman(count).to_uppercase(),
        "decimalZero" => format!("{count:02}"),
        "none" => String::new(),
        _ => count.to_string(),
    }
}

/// a, b … z, aa, bb …: the same letter again after each round.
fn letters(count: u32) -> String {
    let Some(from_zero) = count.checked_sub(1) else {
        return String::new();
    };
    let letter = char::from(b'a' + u8::try_from(from_zero % 26).unwrap_or(0));
    let times = (from_zero / 26 + 1).min(32) as usize;
    std::iter::repeat_n(letter, times).collect()
}

/// i, ii, iii, iv …
pub(crate) fn roman(count: u32) -> String {
    const SIGNS: [(u32, &str); 13] = [
        (1000, "m"),
        (900, "cm"),
        (500, "d"),
        (400, "cd"),
        (100, "c"),
        (90, "xc"),
        (50, "l"),
        (40, "xl"),
        (10, "x"),
        (9, "ix"),
        (5, "v"),
        (4, "iv"),
        (1, "i"),
    ];
    if count == 0 || count > 4999 {
        return count.to_string();
    }
    let mut rest = count;
    let mut shown = String::new();
    for (value, sign) in SIGNS {
        while rest >= value {
            shown.push_str(sign);
            rest -= value;
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_count_by_level_and_start_anew_where_told() {
        let mut numbers = Numbers::read(
            "<w:numbering xmlns:w='http://schemas.openxmlformats.org/wordprocessingml/2006/main'>\
             <w:abstractNum w:abstractNumId='0'>\
             <w:lvl w:ilvl='0'><w:start w:val='1'/><w:numFmt w:val='upperRoman'/><w:lvlText w:val='%1.'/></w:lvl>\
             <w:lvl w:ilvl='1'><w:start w:val='1'/><w:numFmt w:val='lowerLetter'/><w:lvlText w:val='%1.%2)'/></w:lvl>\
             </w:abstractNum>\
             <w:num w:numId='5'><w:abstractNumId w:val='0'/></w:num>\
             <w:num w:numId='6'><w:abstractNumId w:val='0'/><w:lvlOverride w:ilvl='0'>\
             <w:startOverride w:val='1'/></w:lvlOverride></w:num></w:numbering>",
        );
        let told: Vec<String> = [(5, 0), (5, 1), (5, 1), (5, 0), (5, 1), (6, 0), (7, 0)]
            .into_iter()
            .map(|(list, level)| numbers.count(list, level))
            .collect();
        assert_eq!(told, ["I.", "I.a)", "I.b)", "II.", "II.a)", "I.", ""]);
    }

    #[test]
    fn counts_are_written_as_on_paper() {
        assert_eq!(written(28, "lowerLetter"), "bb");
        assert_eq!(written(1994, "upperRoman"), "MCMXCIV");
        assert_eq!(written(0, "lowerLetter"), "");
        assert_eq!(written(7, "decimalZero"), "07");
    }
}
