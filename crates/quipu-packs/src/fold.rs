//! Folding: the same words, whatever their case, accents and spaces.

/// The base letter of a Latin letter with a mark, in lower case; other
/// characters in lower case as they are.
#[must_use]
pub fn base(c: char) -> char {
    if c.is_ascii() {
        return c.to_ascii_lowercase();
    }
    match c {
        'à'..='å' | 'À'..='Å' | 'ā' | 'Ā' | 'ă' | 'Ă' | 'ą' | 'Ą' => 'a',
        'ç' | 'Ç' | 'ć' | 'Ć' | 'č' | 'Č' => 'c',
        'è'..='ë' | 'È'..='Ë' | 'ē' | 'Ē' | 'ę' | 'Ę' | 'ě' | 'Ě' => 'e',
        'ì'..='ï' | 'Ì'..='Ï' | 'ī' | 'Ī' => 'i',
        'ñ' | 'Ñ' | 'ń' | 'Ń' | 'ň' | 'Ň' => 'n',
        'ò'..='ö' | 'Ò'..='Ö' | 'ø' | 'Ø' | 'ō' | 'Ō' | 'ő' | 'Ő' => 'o',
        'ù'..='ü' | 'Ù'..='Ü' | 'ū' | 'Ū' | 'ů' | 'Ů' => 'u',
        'ý' | 'ÿ' | 'Ý' => 'y',
        'š' | 'Š' | 'ś' | 'Ś' => 's',
        'ž' | 'Ž' | 'ź' | 'Ź' | 'ż' | 'Ż' => 'z',
        '’' | '‘' => '\'',
        _ => c.to_lowercase().next().unwrap_or(c),
    }
}

/// A phrase folded for comparison: base letters, white space closed up, signs
/// at both ends taken off.
#[must_use]
pub fn phrase(words: &str) -> String {
    let mut folded = String::with_capacity(words.len());
    for word in words.split_whitespace() {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(word.chars().map(base));
    }
    let signs = |c: char| !c.is_alphanumeric();
    folded.trim_matches(signs).to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn phrases_are_compared_without_accents_case_and_signs() {
        assert_eq!(super::phrase("»  Lea  TAMBIÉN: "), "lea tambien");
        assert_eq!(super::phrase("¡Suscríbase!"), "suscribase");
    }
}
