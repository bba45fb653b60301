//! A word looked for as the set of words it stands for: the same test for the
//! dictionary of the index and for the words of a text.

use std::sync::Arc;

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use tantivy::postings::TermInfo;
use tantivy::termdict::TermDictionary;
use tantivy_fst::Automaton;

use super::query::{Matching, Word};
use super::words::{ReadyStemmers, fold, words};
use crate::error::ArchiveError;

/// The most signs a wildcard pattern may have.
const PATTERN: usize = 63;

/// A word ready to be tested.
#[derive(Clone)]
pub(crate) enum Sought {
    /// One of these terms: the folded letters first, then stems.
    Terms(Vec<String>),
    /// A word that begins so.
    Prefix(String),
    /// A word of this shape.
    Shape(Shape),
    /// A word as near as that.
    Near(Arc<DFA>),
}

impl std::fmt::Debug for Sought {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Terms(terms) => write!(f, "{terms:?}"),
            Self::Prefix(prefix) => write!(f, "{prefix}*"),
            Self::Shape(shape) => write!(f, "{:?}", shape.pattern),
            Self::Near(_) => f.write_str("~"),
        }
    }
}

/// The words a [`Word`] comes apart into; several make a phrase.
pub(crate) fn seek(word: &Word, stemmers: &ReadyStemmers) -> Result<Vec<Sought>, ArchiveError> {
    if word.matching == Matching::Wildcard {
        return Ok(vec![Sought::Shape(Shape::new(&word.text)?)]);
    }
    let tokens: Vec<String> = words(&word.text).map(|token| token.folded).collect();
    let last = tokens.len().saturating_sub(1);
    let sought = tokens
        .into_iter()
        .enumerate()
        .map(|(i, folded)| match word.matching {
            Matching::Prefix if i == last => Sought::Prefix(folded),
            Matching::Fuzzy(distance) if distance > 0 => near_dfa(&folded, distance),
            Matching::Stem => {
                let stems = stemmers.stems(&folded);
                Sought::Terms(std::iter::once(folded).chain(stems).collect())
            }
            _ => Sought::Terms(vec![folded]),
        });
    Ok(sought.collect())
}

fn near_dfa(folded: &str, distance: u8) -> Sought {
    // The tables of the two automata are worth making only once.
    use std::sync::OnceLock;
    static ONE: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    static TWO: OnceLock<LevenshteinAutomatonBuilder> = OnceLock::new();
    let builder = if distance == 1 {
        ONE.get_or_init(|| LevenshteinAutomatonBuilder::new(1, true))
    } else {
        TWO.get_or_init(|| LevenshteinAutomatonBuilder::new(2, true))
    };
    Sought::Near(Arc::new(builder.build_dfa(folded)))
}

impl Sought {
    /// Whether a word of a text, given by its terms, is one of those sought.
    pub(crate) fn finds(&self, folded: &str, stem: Option<&str>) -> bool {
        match self {
            Self::Terms(terms) => {
                terms.iter().any(|term| term == folded)
                    || stem.is_some_and(|stem| terms.iter().any(|term| term == stem))
            }
            Self::Prefix(prefix) => folded.starts_with(prefix.as_str()),
            Self::Shape(shape) => shape.fits(folded),
            Self::Near(dfa) => matches!(dfa.eval(folded), Distance::Exact(_)),
        }
    }

    /// The terms of a dictionary that are meant, behind `lead`; at most `most`,
    /// or `None` when there are more.
    pub(crate) fn terms(
        &self,
        dictionary: &TermDictionary,
        lead: &str,
        most: usize,
    ) -> std::io::Result<Option<Vec<TermInfo>>> {
        let mut found = Vec::new();
        match self {
            Self::Terms(terms) => {
                for term in terms {
                    found.extend(dictionary.get(format!("{lead}{term}"))?);
                }
            }
            Self::Prefix(prefix) => {
                let from = format!("{lead}{prefix}");
                let mut stream = dictionary.range().ge(&from).into_stream()?;
                while stream.advance() && stream.key().starts_with(from.as_bytes()) {
                    if found.len() == most {
                        return Ok(None);
                    }
                    found.push(stream.value().clone());
                }
            }
            Self::Shape(shape) => {
                return collect(dictionary, &After::new(lead, shape), lead, most);
            }
            Self::Near(dfa) => {
                return collect(dictionary, &After::new(lead, &Levenshtein(dfa)), lead, most);
            }
        }
        Ok(Some(found))
    }
}

fn collect<A: Automaton>(
    dictionary: &TermDictionary,
    automaton: &A,
    lead: &str,
    most: usize,
) -> std::io::Result<Option<Vec<TermInfo>>>
where
    A::State: Clone,
{
    let mut found = Vec::new();
    let mut stream = dictionary.search(automaton).into_stream()?;
    while stream.advance() {
        // Stems and words of fields are led by a control sign.
        let own = stream.key().get(lead.len()).copied();
        if own.is_none_or(|first| first <= 2) {
            continue;
        }
        if found.len() == most {
            return Ok(None);
        }
        found.push(stream.value().clone());
    }
    Ok(Some(found))
}

/// A word with places left open, run as a set of states.
#[derive(Clone)]
pub(crate) struct Shape {
    pattern: Vec<Sign>,
}

#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Sign {
    Byte(u8),
    /// One character.
    One,
    /// Any characters, also none.
    Any,
}

impl Shape {
    fn new(text: &str) -> Result<Self, ArchiveError> {
        let mut pattern = Vec::new();
        let mut letters = String::new();
        let settle = |letters: &mut String, pattern: &mut Vec<Sign>| {
            pattern.extend(fold(letters).bytes().map(Sign::Byte));
            letters.clear();
        };
        for c in text.chars() {
            match c {
                '*' | '?' => {
                    settle(&mut letters, &mut pattern);
                    let sign = if c == '*' { Sign::Any } else { Sign::One };
                    if sign != Sign::Any || pattern.last() != Some(&Sign::Any) {
                        pattern.push(sign);
                    }
                }
                c => letters.push(c),
            }
        }
        settle(&mut letters, &mut pattern);
        if pattern.len() > PATTERN {
            return Err(ArchiveError::Question(format!(
                "the pattern {text} is too long; {PATTERN} signs are possible"
            )));
        }
        if !pattern.iter().any(|sign| matches!(sign, Sign::Byte(_))) {
            return Err(ArchiveError::Question(format!(
                "the pattern {text} has no letter; write at least one"
            )));
        }
        Ok(Self { pattern })
    }

    fn fits(&self, word: &str) -> bool {
        let mut state = self.start();
        for byte in word.bytes() {
            state = self.accept(&state, byte);
        }
        self.is_match(&state)
    }

    /// States reached without reading: past every `*`.
    fn settle(&self, mut state: u64) -> u64 {
        for (i, sign) in self.pattern.iter().enumerate() {
            if *sign == Sign::Any && state & (1 << i) != 0 {
                state |= 1 << (i + 1);
            }
        }
        state
    }
}

impl Automaton for Shape {
    // Bit i: the first i signs are matched.
    type State = u64;

    fn start(&self) -> u64 {
        self.settle(1)
    }

    fn is_match(&self, state: &u64) -> bool {
        state & (1 << self.pattern.len()) != 0
    }

    fn can_match(&self, state: &u64) -> bool {
        *state != 0
    }

    fn accept(&self, state: &u64, byte: u8) -> u64 {
        let goes_on = byte & 0xC0 == 0x80;
        let mut next = 0;
        for (i, sign) in self.pattern.iter().enumerate() {
            if state & (1 << i) == 0 {
                continue;
            }
            match sign {
                Sign::Byte(wanted) if *wanted == byte => next |= 1 << (i + 1),
                Sign::One if !goes_on => next |= 1 << (i + 1),
                Sign::Any => next |= 1 << i,
                _ => {}
            }
        }
        if goes_on {
            // The further bytes of a character that `?` has taken.
            for (i, sign) in self.pattern.iter().enumerate() {
                if *sign == Sign::One && state & (1 << (i + 1)) != 0 {
                    next |= 1 << (i + 1);
                }
            }
        }
        self.settle(next)
    }
}

struct Levenshtein<'a>(&'a DFA);

impl Automaton for Levenshtein<'_> {
    type State = u32;

    fn start(&self) -> u32 {
        self.0.initial_state()
    }

    fn is_match(&self, state: &u32) -> bool {
        matches!(self.0.distance(*state), Distance::Exact(_))
    }

    fn can_match(&self, state: &u32) -> bool {
        *state != levenshtein_automata::SINK_STATE
    }

    fn accept(&self, state: &u32, byte: u8) -> u32 {
        self.0.transition(*state, byte)
    }
}

/// An automaton that starts only behind given bytes.
struct After<'a, A> {
    lead: &'a [u8],
    inner: &'a A,
}

impl<'a, A> After<'a, A> {
    const fn new(lead: &'a str, inner: &'a A) -> Self {
        Self {
            lead: lead.as_bytes(),
            inner,
        }
    }
}

#[derive(Clone)]
enum Behind<S> {
    /// So many bytes of the lead have been read.
    Lead(usize),
    Inner(S),
    Nowhere,
}

impl<A: Automaton> Automaton for After<'_, A> {
    type State = Behind<A::State>;

    fn start(&self) -> Self::State {
        if self.lead.is_empty() {
            Behind::Inner(self.inner.start())
        } else {
            Behind::Lead(0)
        }
    }

    fn is_match(&self, state: &Self::State) -> bool {
        matches!(state, Behind::Inner(inner) if self.inner.is_match(inner))
    }

    fn can_match(&self, state: &Self::State) -> bool {
        match state {
            Behind::Lead(_) => true,
            Behind::Inner(inner) => self.inner.can_match(inner),
            Behind::Nowhere => false,
        }
    }

    fn accept(&self, state: &Self::State, byte: u8) -> Self::State {
        match state {
            Behind::Lead(read) if self.lead.get(*read) == Some(&byte) => {
                if read + 1 == self.lead.len() {
                    Behind::Inner(self.inner.start())
                } else {
                    Behind::Lead(read + 1)
                }
            }
            Behind::Inner(inner) => Behind::Inner(self.inner.accept(inner, byte)),
            _ => Behind::Nowhere,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shapes_leave_places_open() {
        let cases = [
            ("mont*", "montesinos", true),
            ("mont*", "mont", true),
            ("*sinos", "montesinos", true),
            ("m*t*os", "montesinos", true),
            ("m*t*os", "montesino", false),
            ("ma?o", "mano", true),
            ("ma?o", "mao", false),
            ("ma?o", "maño", true),
            ("Ñ??", "nab", true),
            ("?a", "жa", true),
            ("?a", "жжa", false),
            ("a*b*c", "abbc", true),
        ];
        for (pattern, word, fits) in cases {
            let shape = Shape::new(pattern).unwrap();
            assert_eq!(shape.fits(word), fits, "{pattern} {word}");
        }
        assert!(Shape::new("*?*").is_err());
        assert!(Shape::new(&"ab".repeat(40)).is_err());
    }

    #[test]
    fn near_words_are_near() {
        let Sought::Near(dfa) = near_dfa("montesinos", 1) else {
            panic!("a near word was asked for");
        };
        let near = Sought::Near(dfa);
        for (word, finds) in [
            ("montesinos", true),
            ("montesino", true),
            ("montseinos", true),
            ("montesnios", true),
            ("montes", false),
        ] {
            assert_eq!(near.finds(word, None), finds, "{word}");
        }
    }
}
