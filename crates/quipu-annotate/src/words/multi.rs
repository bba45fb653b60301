//! Tokens that hold several words (`don't`, `dámelo`), and which.
//!
//! Known tokens come first, then endings, then verbs with pronouns behind them;
//! what a language does not have is empty in its model.

use super::letters::{is_letter, is_word};
use super::shape::{all_capitals, capitalised, lower};
use super::table::Words;
use crate::network::{ModelError, ModelFile};

/// What is known about the words in a token.
#[derive(Debug, Clone)]
pub(crate) struct Multi {
    /// Tokens in lower case, and by number their words parted by blanks.
    split: Words,
    parts: Vec<String>,
    whole: Words,
    ends: Vec<String>,
    verbs: Words,
}

/// Pronouns that a verb may bear, in the order in which they are tried.
const PRONOUNS: [&str; 11] = [
    "me", "te", "se", "nos", "os", "lo", "la", "los", "las", "le", "les",
];
/// Letters in which one of them ends.
const LAST: [u8; 4] = *b"aeos";

impl Multi {
    /// Reads the lists.
    pub(crate) fn read(file: &ModelFile<'_>) -> Result<Self, ModelError> {
        let first = |name: &str| -> Result<Vec<_>, ModelError> {
            Ok(file
                .table(name)?
                .filter_map(|mut columns| columns.next())
                .filter(|word| !word.is_empty())
                .collect())
        };
        let mut parts = Vec::new();
        let mut tokens = Vec::new();
        for mut columns in file.table("mwt.split")? {
            if let (Some(token), Some(words)) = (columns.next(), columns.next()) {
                tokens.push(token);
                parts.push(words.to_owned());
            }
        }
        Ok(Self {
            split: Words::new(tokens),
            parts,
            whole: Words::new(first("mwt.whole")?),
            ends: first("mwt.ends")?.into_iter().map(str::to_owned).collect(),
            verbs: Words::new(first("mwt.verbs")?),
        })
    }

    /// The words in a token, in its own letters where they are its letters;
    /// `None` where it is one word.
    ///
    /// `"Don't"` holds `"Do"` and `"n't"`, `"Dámelo"` holds `"Da"`, `"me"` and
    /// `"lo"`.
    pub(crate) fn words(&self, token: &str) -> Option<Vec<String>> {
        let small = lower(token);
        if let Some(words) = self
            .split
            .find(&small)
            .and_then(|number| self.parts.get(number))
        {
            let words: Vec<&str> = words.split(' ').collect();
            return several(as_written(&words, &small, token));
        }
        if self.whole.contains(&small) {
            return None;
        }
        if let Some(words) = self.ending(&small, token) {
            return Some(words);
        }
        let words = self.pronouns(&small)?;
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        several(recased(&words, token))
    }

    fn ending(&self, small: &str, token: &str) -> Option<Vec<String>> {
        let cut = |letters: usize| {
            let at = token.char_indices().rev().nth(letters.checked_sub(1)?)?.0;
            let (front, back) = token.split_at_checked(at)?;
            several(vec![front.to_owned(), back.to_owned()])
        };
        if self.ends.is_empty() {
            return None;
        }
        let starts = small.starts_with(is_word);
        for end in &self.ends {
            if starts && small.len() > end.len() && small.ends_with(end.as_str()) {
                return cut(end.chars().count());
            }
        }
        let stem = small.strip_suffix(['\'', '’'])?;
        let owns = stem.ends_with('s') && stem.len() > 1 && stem.chars().all(is_letter);
        owns.then(|| cut(1)).flatten()
    }

    /// A verb and the one or two pronouns behind it.
    fn pronouns(&self, small: &str) -> Option<Vec<String>> {
        if self.verbs.is_empty()
            || !small
                .as_bytes()
                .last()
                .is_some_and(|last| LAST.contains(last))
        {
            return None;
        }
        for second in std::iter::once("").chain(PRONOUNS) {
            let Some(rest) = small.strip_suffix(second) else {
                continue;
            };
            for first in PRONOUNS {
                let Some(verb) = rest.strip_suffix(first) else {
                    continue;
                };
                if verb.chars().nth(2).is_none() {
                    continue;
                }
                let plain: String = verb.chars().map(without_accent).collect();
                let known = self.verbs.contains(verb);
                let gerund = || {
                    plain.chars().nth(5).is_some()
                        && ["ando", "iendo", "yendo"]
                            .iter()
                            .any(|end| plain.ends_with(end))
                        && verb != plain
                };
                if known || self.verbs.contains(&plain) || gerund() {
                    let verb = if known { verb.to_owned() } else { plain };
                    let pronouns = [first, second].into_iter().filter(|word| !word.is_empty());
                    return Some(
                        std::iter::once(verb)
                            .chain(pronouns.map(str::to_owned))
                            .collect(),
                    );
                }
            }
        }
        None
    }
}

/// Words that are at least two.
fn several(words: Vec<String>) -> Option<Vec<String>> {
    (words.len() > 1).then_some(words)
}

fn without_accent(c: char) -> char {
    match c {
        'á' => 'a',
        'é' => 'e',
        'í' => 'i',
        'ó' => 'o',
        'ú' => 'u',
        _ => c,
    }
}

/// Words cut out of the token where they are its letters, else in its case.
fn as_written(words: &[&str], small: &str, token: &str) -> Vec<String> {
    let same = words.iter().map(|word| word.len()).sum::<usize>() == small.len()
        && words.concat() == small;
    if !same || small.chars().count() != token.chars().count() {
        return recased(words, token);
    }
    let mut letters = token.chars();
    words
        .iter()
        .map(|word| letters.by_ref().take(word.chars().count()).collect())
        .collect()
}

/// Words in the case of their token.
fn recased(words: &[&str], token: &str) -> Vec<String> {
    if token.chars().nth(1).is_some() && all_capitals(token) {
        return words.iter().map(|word| word.to_uppercase()).collect();
    }
    let mut words: Vec<String> = words.iter().map(|word| (*word).to_owned()).collect();
    if let Some(first) = words.first_mut()
        && token.starts_with(char::is_uppercase)
    {
        *first = capitalised(first);
    }
    words
}

#[cfg(test)]
mod tests {
    use super::Multi;
    use crate::words::table::Words;

    fn english() -> Multi {
        Multi {
            split: Words::new(["don't", "cannot", "wanna"]),
            parts: ["do n't", "can not", "want to"].map(str::to_owned).to_vec(),
            whole: Words::new(["o's"]),
            ends: ["n't", "'s", "’s", "'ll"].map(str::to_owned).to_vec(),
            verbs: Words::default(),
        }
    }

    fn spanish() -> Multi {
        Multi {
            split: Words::new(["del", "al"]),
            parts: ["de el", "a el"].map(str::to_owned).to_vec(),
            whole: Words::new(["carmenes"]),
            ends: Vec::new(),
            verbs: Words::new(["dar", "decir", "oír"]),
        }
    }

    fn words(multi: &Multi, token: &str) -> String {
        multi
            .words(token)
            .map_or_else(|| "-".to_owned(), |words| words.join(" "))
    }

    #[test]
    fn english_words_are_cut_out_of_their_token() {
        let cases = [
            ("don't", "do n't"),
            ("DON'T", "DO N'T"),
            ("Cannot", "Can not"),
            ("Wanna", "Want to"),
            ("WANNA", "WANT TO"),
            ("Juan’s", "Juan ’s"),
            ("boss'", "boss '"),
            ("S'", "-"),
            ("rs'", "rs '"),
            ("b2s'", "-"),
            ("o's", "-"),
            ("'s", "-"),
            ("-'s", "-"),
            ("it", "-"),
            ("we'll", "we 'll"),
            ("İ's", "İ 's"),
            ("'", "-"),
            ("", "-"),
        ];
        for (token, expected) in cases {
            assert_eq!(words(&english(), token), expected, "{token}");
        }
        let long = format!("{}'s", "a".repeat(900));
        assert_eq!(english().words(&long).map(|words| words.len()), Some(2));
    }

    #[test]
    fn spanish_verbs_let_go_of_their_pronouns() {
        let cases = [
            ("del", "de el"),
            ("Al", "A el"),
            ("DEL", "DE EL"),
            ("Dármelo", "Dar me lo"),
            ("decirle", "decir le"),
            ("oírnos", "oír nos"),
            ("diciéndoselo", "diciendo se lo"),
            ("diciendo", "-"),
            ("hablándolas", "hablando las"),
            ("base", "-"),
            ("carmenes", "-"),
            ("dele", "-"),
            ("HABLÁNDOLE", "HABLANDO LE"),
            ("me", "-"),
            ("ñandúes", "-"),
        ];
        for (token, expected) in cases {
            assert_eq!(words(&spanish(), token), expected, "{token}");
        }
    }
}
