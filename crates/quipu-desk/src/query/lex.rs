//! Cuts a query into tokens.

/// A piece of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// `(`
    Open,
    /// `)`
    Close,
    /// `AND`, `Y`
    And,
    /// `OR`, `O`, `|`
    Or(String),
    /// `NOT`, `NO`, or a `-` before something
    Not(String),
    /// `name:` directly before a value
    Field(String),
    /// Words in quotation marks, with the number after `~`, if any
    Quoted {
        words: String,
        near: Option<u32>,
        closed: bool,
    },
    /// Anything else up to the next blank
    Word(String),
}

/// Quotation marks that open a phrase, with those that close it.
const QUOTES: &[(char, &[char])] = &[
    ('"', &['"']),
    ('“', &['”', '"', '“']),
    ('„', &['“', '”']),
    ('«', &['»']),
];

pub(super) fn tokens(text: &str) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut rest = text;
    loop {
        rest = rest.trim_start();
        let Some(first) = rest.chars().next() else {
            return tokens;
        };
        let after = rest.get(first.len_utf8()..).unwrap_or_default();
        if let Some((_, closing)) = QUOTES.iter().find(|(open, _)| *open == first) {
            rest = quoted(after, closing, &mut tokens);
            continue;
        }
        match first {
            '(' => tokens.push(Token::Open),
            ')' => tokens.push(Token::Close),
            '-' | '−' if starts_something(after) => tokens.push(Token::Not("-".to_owned())),
            _ => {
                rest = word(rest, &mut tokens);
                continue;
            }
        }
        rest = after;
    }
}

fn starts_something(text: &str) -> bool {
    text.chars()
        .next()
        .is_some_and(|c| c.is_alphanumeric() || c == '(' || QUOTES.iter().any(|(q, _)| *q == c))
}

fn quoted<'a>(text: &'a str, closing: &[char], tokens: &mut Vec<Token>) -> &'a str {
    let Some(end) = text.find(closing) else {
        tokens.push(Token::Quoted {
            words: text.trim().to_owned(),
            near: None,
            closed: false,
        });
        return "";
    };
    let words = text.get(..end).unwrap_or_default().trim().to_owned();
    let mut rest = text.get(end..).unwrap_or_default();
    rest = rest
        .get(rest.chars().next().map_or(0, char::len_utf8)..)
        .unwrap_or_default();
    let mut near = None;
    if let Some(number) = rest.strip_prefix('~') {
        let digits = number.len()
            - number
                .trim_start_matches(|c: char| c.is_ascii_digit())
                .len();
        if let Some(count) = number.get(..digits).and_then(|d| d.parse().ok()) {
            near = Some(count);
            rest = number.get(digits..).unwrap_or_default();
        }
    }
    tokens.push(Token::Quoted {
        words,
        near,
        closed: true,
    });
    rest
}

fn word<'a>(text: &'a str, tokens: &mut Vec<Token>) -> &'a str {
    let end = text
        .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '“' | '„' | '«'))
        .unwrap_or(text.len());
    let word = text.get(..end).unwrap_or_default();
    let rest = text.get(end..).unwrap_or_default();
    match word {
        "AND" | "Y" | "&&" => tokens.push(Token::And),
        "OR" | "O" | "|" | "||" => tokens.push(Token::Or(word.to_owned())),
        "NOT" | "NO" => tokens.push(Token::Not(word.to_owned())),
        _ => {
            // `name:` only counts where letters stand before it and something
            // after it; `10:30` and `https://…` are plain words.
            if let Some((name, value)) = word.split_once(':')
                && !name.is_empty()
                && name.chars().all(char::is_alphabetic)
                && !value.starts_with("//")
                && (!value.is_empty() || rest.starts_with(['"', '“', '„', '«', '(']))
            {
                tokens.push(Token::Field(name.to_owned()));
                if !value.is_empty() {
                    tokens.push(Token::Word(value.to_owned()));
                }
            } else if !word.is_empty() {
                tokens.push(Token::Word(word.to_owned()));
            }
        }
    }
    rest
}
