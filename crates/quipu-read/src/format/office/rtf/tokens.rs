//! The signs of Rich Text Format: groups, control words, letters.

/// What comes next in the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Token<'a> {
    /// `{`
    Open,
    /// `}`
    Close,
    /// A control word with its number, if it has one: `\par`, `\u241`.
    Word(&'a str, Option<i32>),
    /// A control sign other than those below: `\~`, `\-`, `\*`.
    Sign(u8),
    /// One byte of a letter, written as such or as `\'f1`.
    Byte(u8),
    /// A stretch of plain letters of ASCII.
    Letters(&'a str),
    /// Bytes that `\bin` announced.
    Binary(&'a [u8]),
}

/// Takes the signs one by one.
#[derive(Debug)]
pub(super) struct Tokens<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Tokens<'a> {
    /// Starts at the front.
    pub(super) const fn new(bytes: &'a [u8]) -> Self {
        Self { bytes, at: 0 }
    }

    /// Whether a group opens in what is left.
    pub(super) fn has_more_groups(&self) -> bool {
        memchr::memchr(b'{', self.rest()).is_some()
    }

    fn rest(&self) -> &'a [u8] {
        self.bytes.get(self.at..).unwrap_or_default()
    }

    fn control(&mut self) -> Option<Token<'a>> {
        let rest = self.rest();
        let first = *rest.first()?;
        if !first.is_ascii_alphabetic() {
            self.at += 1;
            return Some(match first {
                b'\'' => {
                    let digit = |byte: Option<&u8>| char::from(*byte?).to_digit(16);
                    match (digit(rest.get(1)), digit(rest.get(2))) {
                        (Some(high), Some(low)) => {
                            self.at += 2;
                            Token::Byte((high * 16 + low) as u8)
                        }
                        _ => Token::Letters("'"),
                    }
                }
                b'\\' => Token::Letters("\\"),
                b'{' => Token::Letters("{"),
                b'}' => Token::Letters("}"),
                b'\n' | b'\r' => Token::Word("par", None),
                b'\t' => Token::Word("tab", None),
                other => Token::Sign(other),
            });
        }
        // The longest word of the standard has some 25 letters.
        let length = rest
            .iter()
            .take(64)
            .take_while(|byte| byte.is_ascii_alphabetic())
            .count();
        let word = std::str::from_utf8(rest.get(..length)?).unwrap_or_default();
        let mut after = rest.get(length..).unwrap_or_default();
        let minus = after.first() == Some(&b'-');
        let digits_from = usize::from(minus);
        let digits = after
            .get(digits_from..)
            .unwrap_or_default()
            .iter()
            .take(10)
            .take_while(|byte| byte.is_ascii_digit())
            .count();
        let mut number = None;
        if digits > 0 {
            let value = after
                .get(digits_from..digits_from + digits)
                .unwrap_or_default()
                .iter()
                .fold(0i64, |value, digit| value * 10 + i64::from(digit - b'0'));
            let value = if minus { -value } else { value };
            number = Some(i32::try_from(value).unwrap_or(0));
            after = after.get(digits_from + digits..).unwrap_or_default();
        }
        if after.first() == Some(&b' ') {
            after = after.get(1..).unwrap_or_default();
        }
        self.at = self.bytes.len() - after.len();
        if word == "bin" {
            let length = usize::try_from(number.unwrap_or(0))
                .unwrap_or(0)
                .min(after.len());
            self.at += length;
            return Some(Token::Binary(after.get(..length).unwrap_or_default()));
        }
        Some(Token::Word(word, number))
    }
}

impl<'a> Iterator for Tokens<'a> {
    type Item = Token<'a>;

    fn next(&mut self) -> Option<Token<'a>> {
        loop {
            let rest = self.rest();
            let first = *rest.first()?;
            match first {
                b'{' => {
                    self.at += 1;
                    return Some(Token::Open);
                }
                b'}' => {
                    self.at += 1;
                    return Some(Token::Close);
                }
                b'\\' => {
                    self.at += 1;
                    return self.control();
                }
                b'\n' | b'\r' | 0 => self.at += 1,
                b'\t' => {
                    self.at += 1;
                    return Some(Token::Word("tab", None));
                }
                0x80.. => {
                    self.at += 1;
                    return Some(Token::Byte(first));
                }
                _ => {
                    let length = rest
                        .iter()
                        .take_while(|byte| {
                            !matches!(
                                byte,
                                b'{' | b'}' | b'\\' | b'\n' | b'\r' | b'\t' | 0 | 0x80..
                            )
                        })
                        .count();
                    self.at += length;
                    let letters = rest.get(..length).unwrap_or_default();
                    return Some(Token::Letters(
                        std::str::from_utf8(letters).unwrap_or_default(),
                    ));
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signs_are_told_apart() {
        let told: Vec<_> =
            Tokens::new(b"{\\rtf1 a\\'f1\\u-4051?\\~\\\\b\\bin3 {}}\\par}").collect();
        assert_eq!(
            told,
            [
                Token::Open,
                Token::Word("rtf", Some(1)),
                Token::Letters("a"),
                Token::Byte(0xF1),
                Token::Word("u", Some(-4051)),
                Token::Letters("?"),
                Token::Sign(b'~'),
                Token::Letters("\\"),
                Token::Letters("b"),
                Token::Binary(b"{}}"),
                Token::Word("par", None),
                Token::Close,
            ]
        );
    }

    #[test]
    fn cut_files_end() {
        for cut in ["\\", "\\'", "\\'f", "\\u-", "\\bin99 x", "{\\"] {
            assert!(Tokens::new(cut.as_bytes()).count() <= 3);
        }
    }
}
