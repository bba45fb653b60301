//! Names that web pages give to their parts: what `share-buttons` is, every
//! designer agrees on. The list is data in `languages/any/page.toml`.

use std::collections::HashMap;

use quipu_model::ZoneKind;

/// Words in a row that a name may hold; longer hints are refused.
const WORDS_MAX: usize = 4;

/// All hints: the words that names (of a class or id) hold when an element
/// opens a zone, parted by `-` in lower case, each with its place in the file.
#[derive(Debug, Clone, Default)]
pub struct PageHints {
    hints: HashMap<String, (usize, ZoneKind)>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Sheet {
    #[serde(default)]
    zone: Vec<Entry>,
}

#[derive(serde::Deserialize)]
#[serde(deny_unknown_fields)]
struct Entry {
    kind: String,
    names: Vec<String>,
    examples: Vec<String>,
    near_misses: Vec<String>,
}

impl PageHints {
    /// Reads and checks the list.
    ///
    /// # Errors
    /// What is wrong with it, in words: TOML, an unknown zone, an example that
    /// does not match, a near miss that does.
    pub fn from_toml(toml: &str) -> Result<Self, String> {
        let sheet: Sheet = toml::from_str(toml).map_err(|error| error.to_string())?;
        let mut hints = Self::default();
        for entry in &sheet.zone {
            let zone = ZoneKind::from_word(&entry.kind)
                .ok_or_else(|| format!("there is no zone {:?}", entry.kind))?;
            for name in &entry.names {
                if name.split('-').count() > WORDS_MAX || plain(name) != *name {
                    return Err(format!("{name:?} is not up to {WORDS_MAX} plain words"));
                }
                let place = hints.hints.len();
                hints.hints.entry(name.clone()).or_insert((place, zone));
            }
        }
        for entry in &sheet.zone {
            let found = |name: &str| hints.of_name(name).map(|(zone, _)| zone.word());
            if let Some(missed) = entry
                .examples
                .iter()
                .find(|name| found(name) != Some(&entry.kind))
            {
                return Err(format!("{missed:?} does not open the zone {}", entry.kind));
            }
            if let Some(met) = entry.near_misses.iter().find(|name| found(name).is_some()) {
                return Err(format!("{met:?} opens a zone"));
            }
        }
        Ok(hints)
    }

    /// The zone that an element with this class or id opens, and the rule.
    #[must_use]
    pub fn of_name(&self, name: &str) -> Option<(ZoneKind, String)> {
        if self.hints.is_empty() || name.len() > 80 {
            return None;
        }
        let plain = plain(name);
        let starts = std::iter::once(0).chain(plain.match_indices('-').map(|(at, _)| at + 1));
        let mut best: Option<(usize, ZoneKind, &str)> = None;
        for start in starts {
            let rest = &plain[start..];
            let ends = rest
                .match_indices('-')
                .map(|(at, _)| at)
                .chain([rest.len()]);
            for end in ends.take(WORDS_MAX) {
                let words = &rest[..end];
                if let Some((place, zone)) = self.hints.get(words)
                    && best.is_none_or(|(before, ..)| *place < before)
                {
                    best = Some((*place, *zone, words));
                }
            }
        }
        best.map(|(_, zone, words)| (zone, format!("page.{}.{words}", zone.word())))
    }
}

/// `shareButtons__top` as `share-buttons-top`.
fn plain(name: &str) -> String {
    let mut made = String::with_capacity(name.len() + 4);
    let mut before = '-';
    for c in name.chars() {
        if c.is_ascii_uppercase() && before.is_ascii_lowercase() {
            made.push('-');
        }
        if c.is_ascii_alphanumeric() {
            made.push(c.to_ascii_lowercase());
        } else if !made.ends_with('-') && !made.is_empty() {
            made.push('-');
        }
        before = c;
    }
    made.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_keeps_its_own_examples() {
        let toml = include_str!("../../../languages/any/page.toml");
        let hints = PageHints::from_toml(toml).expect("a sound list");
        let (zone, rule) = hints.of_name("shareButtons__top").expect("a zone");
        assert_eq!((zone, rule.as_str()), (ZoneKind::Share, "page.share.share"));
    }

    #[test]
    fn a_wrong_example_is_found() {
        let toml =
            "[[zone]]\nkind = 'share'\nnames = ['share']\nexamples = ['x']\nnear_misses = []";
        assert!(PageHints::from_toml(toml).is_err());
    }
}
