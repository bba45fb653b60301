//! Predications: what a tree says once, whatever the voice and the language.

use std::collections::BTreeSet;

use quipu_model::ClauseMark;
use quipu_packs::Function;

/// What sort of word a predicate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// A verb.
    Verb,
    /// A noun: of an event or a tie, or said of its bearer.
    Noun,
    /// An adjective said of its bearer.
    Adjective,
}

/// What becomes of a predication.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Use {
    /// It is a claim.
    Claim,
    /// It is one if a frame takes it: nouns, participles without words of their own.
    IfFramed,
    /// It only brings another one: `try`, `can`.
    Brings,
    /// Its clause is the claim and its subject answers for it: `say`.
    Says,
    /// It is asked, wished, a purpose or a formula: no claim.
    Idle,
}

/// A word or coordination that fills a function.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Argument {
    /// Its function, as in the active voice.
    pub function: Function,
    /// Place of its head in the sentence.
    pub token: usize,
}

/// One predication of a sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Predication {
    /// Place of the word that carries the meaning.
    pub token: usize,
    /// Its lemma in lower case.
    pub lemma: String,
    /// Lemmas its form may have by its ending, where the model's is unknown.
    pub other_lemmas: Vec<String>,
    /// What sort of word it is.
    pub sort: Sort,
    /// Whether a copula says it of its bearer.
    pub copular: bool,
    /// Places of the words that belong to it: helpers, negation, particle.
    pub words: BTreeSet<usize>,
    /// The particle of a verb: `up` of `set up`.
    pub particle: Option<String>,
    /// Whether a reflexive pronoun goes with it.
    pub reflexive: bool,
    /// The verb that carries it, where a noun has the meaning: `gave` an order.
    pub light: Option<usize>,
    /// What fills its functions, its own before those shared or controlled.
    pub arguments: Vec<Argument>,
    /// What its clause shows.
    pub marks: BTreeSet<ClauseMark>,
    /// Place among the predications of the one it hangs on.
    pub governor: Option<usize>,
    /// What becomes of it.
    pub role: Use,
    /// The subject of the clause in whatever voice, to be inherited.
    pub(crate) surface: Option<usize>,
    /// What a relative pronoun in the clause stands for.
    pub(crate) antecedent: Option<usize>,
}

/// Arguments that one predication keeps at most.
const ARGUMENTS: usize = 40;

impl Predication {
    pub(crate) fn new(token: usize, lemma: &str, sort: Sort) -> Self {
        Self {
            token,
            lemma: lemma.to_owned(),
            other_lemmas: Vec::new(),
            sort,
            copular: false,
            words: BTreeSet::from([token]),
            particle: None,
            reflexive: false,
            light: None,
            arguments: Vec::new(),
            marks: BTreeSet::new(),
            governor: None,
            role: Use::Claim,
            surface: None,
            antecedent: None,
        }
    }

    /// The first argument of a function.
    #[must_use]
    pub fn argument(&self, function: &Function) -> Option<&Argument> {
        self.arguments
            .iter()
            .find(|argument| argument.function == *function)
    }

    pub(crate) fn has(&self, function: &Function) -> bool {
        self.argument(function).is_some()
    }

    pub(crate) fn add(&mut self, function: Function, token: usize) {
        let room = self.arguments.len() < ARGUMENTS;
        if room && token != self.token && !self.arguments.iter().any(|own| own.token == token) {
            self.arguments.push(Argument { function, token });
        }
    }

    pub(crate) fn is_passive(&self) -> bool {
        self.marks.contains(&ClauseMark::Passive)
    }
}
