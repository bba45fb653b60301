//! Patterns of the packs, compiled with the letters that the packs write with.

use regex::{Error, Regex};

/// The blocks of letters with which the languages of the packs are written:
/// Latin with its first two supplements, and the signs of general punctuation.
const WRITTEN: &str = r"[\x00-\u{17F}\u{2000}-\u{206F}]";

/// Classes that hold the letters of all scripts, and would make an automaton
/// of thousands of states wherever they are counted.
const WIDE: [&str; 7] = [
    r"\p{L}", r"\p{Lu}", r"\p{Ll}", r"\w", r"\d", r"\p{P}", r"\s",
];

/// Compiles a pattern of a pack; classes of letters and digits mean those of
/// the scripts that the packs write with.
///
/// # Errors
/// When it is no regular expression of the `regex` crate.
pub(crate) fn compile(pattern: &str) -> Result<Regex, Error> {
    let mut narrow = String::with_capacity(pattern.len() * 2);
    let mut rest = pattern;
    while let Some(at) = rest.find('\\') {
        let (before, from) = rest.split_at(at);
        narrow.push_str(before);
        let class = WIDE.iter().find(|class| from.starts_with(*class));
        let taken = match class {
            Some(class) => {
                narrow.push('[');
                narrow.push_str(class);
                narrow.push_str("&&");
                narrow.push_str(WRITTEN);
                narrow.push(']');
                class.len()
            }
            None => {
                let escaped: usize = from.chars().take(2).map(char::len_utf8).sum();
                narrow.push_str(from.get(..escaped).unwrap_or_default());
                escaped
            }
        };
        rest = from.get(taken..).unwrap_or_default();
    }
    narrow.push_str(rest);
    Regex::new(&narrow)
}

#[cfg(test)]
mod tests {
    use super::compile;

    #[test]
    fn a_class_means_the_letters_the_packs_write_with() {
        let name = compile(r"^\p{Lu}[\p{L}’\-]+\\$").expect("a pattern");
        assert!(name.is_match("Ñandú’s\\"));
        assert!(!name.is_match("ñandú\\"));
        assert!(!name.is_match("Жуков\\"));
    }

    #[test]
    fn an_escaped_backslash_is_no_class() {
        let path = compile(r"^\\w$").expect("a pattern");
        assert!(path.is_match("\\w"));
        assert!(!path.is_match("\\x"));
    }
}
