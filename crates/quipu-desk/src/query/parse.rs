//! Turns the tokens of a query into a tree. Whatever is typed means something.

use super::amounts;
use super::fields::{self, FieldName};
use super::lex::{Token, tokens};
use super::{Doubt, Known, Leaf, Node, Question, Said, What};
use crate::days::{self, DaySpan};

/// The most things one question can look for.
pub const MOST_LEAVES: usize = 64;
/// The longest question, in bytes.
const LONGEST: usize = 4096;
/// The deepest nest of parentheses.
const DEEPEST: usize = 24;
/// The widest gap that still counts as near.
const WIDEST: u32 = 100;

/// Where something is looked for.
#[derive(Debug, Clone)]
enum In {
    Anywhere,
    Field(&'static FieldName),
    Claim(Said),
}

/// Understands a question as far as it can be understood; `known` is what claims
/// can be asked for.
#[must_use]
pub fn understand(typed: &str, known: &Known) -> Question {
    let mut typed = typed.trim();
    let mut doubts = Vec::new();
    if typed.len() > LONGEST {
        let mut end = LONGEST;
        while !typed.is_char_boundary(end) {
            end -= 1;
        }
        typed = typed.get(..end).unwrap_or_default();
        doubts.push(Doubt::TooLong);
    }
    let mut parser = Parser {
        tokens: tokens(typed),
        at: 0,
        depth: 0,
        leaves: 0,
        doubts,
        known,
    };
    let mut all = Vec::new();
    while parser.at < parser.tokens.len() {
        if let Some(node) = parser.any(&In::Anywhere) {
            all.push(node);
        }
        if let Some(Token::Close) = parser.peek() {
            parser.at += 1;
            parser.doubt(Doubt::Parenthesis);
        }
    }
    Question {
        typed: typed.to_owned(),
        asks: joined(all, Node::All),
        doubts: parser.doubts,
    }
}

struct Parser<'k> {
    tokens: Vec<Token>,
    at: usize,
    depth: usize,
    leaves: usize,
    doubts: Vec<Doubt>,
    known: &'k Known,
}

impl Parser<'_> {
    fn peek(&self) -> Option<&Token> {
        self.tokens.get(self.at)
    }

    fn doubt(&mut self, doubt: Doubt) {
        if !self.doubts.contains(&doubt) && self.doubts.len() < MOST_LEAVES {
            self.doubts.push(doubt);
        }
    }

    /// Alternatives up to a closing parenthesis or the end.
    fn any(&mut self, place: &In) -> Option<Node> {
        let mut alternatives = Vec::new();
        loop {
            alternatives.extend(self.all(place));
            match self.peek() {
                Some(Token::Or(word)) => {
                    let word = word.clone();
                    self.at += 1;
                    let nothing_after =
                        matches!(self.peek(), None | Some(Token::Close | Token::Or(_)));
                    if alternatives.is_empty() || nothing_after {
                        self.doubt(Doubt::LoneOperator(word));
                    }
                }
                _ => return joined(alternatives, Node::Any),
            }
        }
    }

    /// Everything up to an `OR`, a closing parenthesis or the end.
    fn all(&mut self, place: &In) -> Option<Node> {
        let mut nodes = Vec::new();
        loop {
            match self.peek() {
                None | Some(Token::Or(_) | Token::Close) => return joined(nodes, Node::All),
                Some(Token::And) => {
                    self.at += 1;
                    let nothing_after = matches!(self.peek(), None | Some(Token::Close));
                    if nodes.is_empty() || nothing_after {
                        self.doubt(Doubt::LoneOperator("AND".to_owned()));
                    }
                }
                Some(_) => nodes.extend(self.one(place)),
            }
        }
    }

    /// One thing: negated, in parentheses, in a field, or plain.
    fn one(&mut self, place: &In) -> Option<Node> {
        let mut negated = false;
        while let Some(Token::Not(word)) = self.peek() {
            let word = word.clone();
            self.at += 1;
            negated = !negated;
            if matches!(
                self.peek(),
                None | Some(Token::Close | Token::And | Token::Or(_))
            ) {
                self.doubt(Doubt::LoneOperator(word));
                return None;
            }
        }
        let node = self.plain(place)?;
        Some(if negated {
            Node::Not(Box::new(node))
        } else {
            node
        })
    }

    fn plain(&mut self, place: &In) -> Option<Node> {
        let token = self.peek()?.clone();
        self.at += 1;
        match token {
            Token::Open => self.group(place),
            Token::Field(name) => self.named(name, place),
            Token::Quoted {
                words,
                near,
                closed,
            } => {
                if !closed {
                    self.doubt(Doubt::OpenQuote);
                }
                let what = match near {
                    Some(gap) => What::Near(words, gap.min(WIDEST)),
                    None => What::Phrase(words),
                };
                self.leaf(place, what)
            }
            Token::Word(word) => self.leaf(place, what_of(&word)),
            // These were dealt with by the callers.
            Token::Close | Token::And | Token::Or(_) | Token::Not(_) => None,
        }
    }

    /// What follows `name:`.
    fn named(&mut self, name: String, place: &In) -> Option<Node> {
        if let Some(field) = fields::field(&name) {
            return self.valued(field);
        }
        if let Some(said) = Said::typed(&fields::plain(&name), self.known) {
            return self.plain(&In::Claim(said));
        }
        self.doubt(Doubt::UnknownField(name.clone()));
        let word = self.leaf(place, What::Word(name));
        let value = self.one(place);
        joined(word.into_iter().chain(value).collect(), Node::All)
    }

    fn group(&mut self, place: &In) -> Option<Node> {
        if self.depth >= DEEPEST {
            // Deeper nests are read as if the parenthesis were not there.
            self.doubt(Doubt::TooLong);
            return None;
        }
        self.depth += 1;
        let inside = self.any(place);
        self.depth -= 1;
        if matches!(self.peek(), Some(Token::Close)) {
            self.at += 1;
        } else {
            self.doubt(Doubt::Parenthesis);
        }
        inside
    }

    /// The value after `name:`.
    fn valued(&mut self, field: &'static FieldName) -> Option<Node> {
        let measured = [
            "date", "dated", "before", "after", "year", "pages", "amount",
        ];
        if !measured.contains(&field.name) {
            return self.plain(&In::Field(field));
        }
        let typed = match self.peek()? {
            Token::Word(word) => word.clone(),
            Token::Quoted { words, .. } => words.clone(),
            _ => return self.plain(&In::Anywhere),
        };
        self.at += 1;
        if field.name == "pages" {
            return match numbers_of(&typed) {
                Some((from, to)) => self.leaf(&In::Field(field), What::Numbers(from, to, typed)),
                None => {
                    self.doubt(Doubt::NotANumber(typed.clone()));
                    self.leaf(&In::Anywhere, What::Word(typed))
                }
            };
        }
        if field.name == "amount" {
            return self.amount(field, typed);
        }
        match dates_of(field.name, &typed) {
            Some(span) => self.leaf(&In::Field(field), What::Dates(span, typed)),
            None => {
                self.doubt(Doubt::NotADate(typed.clone()));
                self.leaf(&In::Anywhere, What::Word(typed))
            }
        }
    }

    /// An amount, with the unit that may follow it apart.
    fn amount(&mut self, field: &'static FieldName, mut typed: String) -> Option<Node> {
        if let Some(Token::Word(unit)) = self.peek()
            && amounts::is_unit(unit)
            && !typed.contains(char::is_whitespace)
            && !amounts::is_unit(&typed)
        {
            typed = format!("{typed} {unit}");
            self.at += 1;
        }
        match amounts::span(&typed) {
            Some(span) => {
                let typed = typed.split_whitespace().collect::<Vec<_>>().join(" ");
                self.leaf(&In::Field(field), What::Amounts(span, typed))
            }
            None => {
                self.doubt(Doubt::NotAnAmount(typed.clone()));
                let words = typed.split_whitespace().map(str::to_owned);
                let words: Vec<String> = words.collect();
                let nodes = words
                    .into_iter()
                    .filter_map(|word| self.leaf(&In::Anywhere, What::Word(word)));
                joined(nodes.collect(), Node::All)
            }
        }
    }

    fn leaf(&mut self, place: &In, what: What) -> Option<Node> {
        let empty = match &what {
            What::Word(w) | What::Prefix(w) | What::Fuzzy(w, _) => w.is_empty(),
            What::Phrase(w) | What::Near(w, _) => !w.chars().any(char::is_alphanumeric),
            What::Dates(..) | What::Amounts(..) | What::Numbers(..) => false,
        };
        if empty {
            return None;
        }
        if self.leaves >= MOST_LEAVES {
            self.doubt(Doubt::TooLong);
            return None;
        }
        self.leaves += 1;
        let (field, said) = match place {
            In::Anywhere => (None, None),
            In::Field(field) => match self.kind_of_claim(field, &what) {
                Some(kind) => (None, Some(kind)),
                None => (Some(*field), None),
            },
            In::Claim(said) => (None, Some(said.clone())),
        };
        Some(Node::Leaf(Leaf { field, said, what }))
    }

    /// `kind:` asks for kinds of claims where there is such a kind, else for
    /// kinds of documents.
    fn kind_of_claim(&self, field: &FieldName, what: &What) -> Option<Said> {
        let (What::Word(words) | What::Phrase(words)) = what else {
            return None;
        };
        let known = || self.known.kinds.contains(&words.to_lowercase());
        (field.name == "kind" && known()).then_some(Said::Kind("kind"))
    }
}

fn dates_of(name: &str, typed: &str) -> Option<DaySpan> {
    match name {
        "before" => {
            let (first, _) = days::of_date(typed)?;
            Some(DaySpan {
                from: None,
                to: Some(first - 1),
            })
        }
        "after" => {
            let (_, last) = days::of_date(typed)?;
            Some(DaySpan {
                from: Some(last + 1),
                to: None,
            })
        }
        _ => days::of_range(typed),
    }
}

/// `12`, `10..20`, `10..` or `..20`.
fn numbers_of(typed: &str) -> Option<(Option<u64>, Option<u64>)> {
    let number = |digits: &str| digits.parse::<u64>().ok();
    let Some((from, to)) = typed.split_once("..") else {
        let only = number(typed)?;
        return Some((Some(only), Some(only)));
    };
    let end = |digits: &str| {
        if digits.is_empty() {
            Some(None)
        } else {
            number(digits).map(Some)
        }
    };
    let (from, to) = (end(from)?, end(to)?);
    (from.is_some() || to.is_some()).then_some((from, to))
}

fn what_of(word: &str) -> What {
    let letters = |text: &str| text.chars().any(char::is_alphanumeric);
    if let Some(stem) = word.strip_suffix('*')
        && letters(stem)
    {
        return What::Prefix(stem.to_owned());
    }
    for (suffix, edits) in [("~1", 1), ("~2", 2), ("~", 1)] {
        if let Some(stem) = word.strip_suffix(suffix)
            && letters(stem)
        {
            return What::Fuzzy(stem.to_owned(), edits);
        }
    }
    if letters(word) {
        What::Word(word.to_owned())
    } else {
        What::Word(String::new())
    }
}

/// Several nodes as one; one alone stays itself.
fn joined(mut nodes: Vec<Node>, join: impl Fn(Vec<Node>) -> Node) -> Option<Node> {
    match nodes.len() {
        0 | 1 => nodes.pop(),
        _ => Some(join(nodes)),
    }
}
