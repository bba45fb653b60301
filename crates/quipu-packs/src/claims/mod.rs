//! Kinds of claims (`schema/claims`) and how a language says them
//! (`languages/*/claims`): frames, and the words that predications need.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use serde::Deserialize;

mod read;

pub use read::claim_kinds;

/// A kind of claim.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ClaimKind {
    /// Its name, that of its file: `payment`.
    pub kind: String,
    /// What it says, in a plain sentence.
    pub says: String,
    /// The role the tie starts from: `payer`.
    pub first: String,
    /// The role the tie ends at: `payee`.
    pub second: String,
    /// Further slots: `thing`, `offence`.
    #[serde(default)]
    pub slots: Vec<String>,
    /// Whether both ends do the same (`meeting`): a plural subject fills both.
    #[serde(default)]
    pub mutual: bool,
    /// Words for narrower kinds.
    #[serde(default)]
    pub subkinds: Vec<String>,
    /// Schema of `FollowTheMoney` 4, where one fits.
    pub ftm: Option<String>,
}

impl ClaimKind {
    /// All roles, in the order of the tie, then the further slots.
    pub fn roles(&self) -> impl Iterator<Item = &str> {
        [self.first.as_str(), self.second.as_str()]
            .into_iter()
            .chain(self.slots.iter().map(String::as_str))
    }
}

/// What a filler must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Filler {
    /// A human being or several.
    Person,
    /// A body.
    Organisation,
    /// A place.
    Place,
    /// A person, a body, or a place that acts.
    Who,
    /// Money.
    Money,
    /// Something written.
    Document,
    /// None of [`Filler::Who`].
    Thing,
}

impl Filler {
    /// The word of the files.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Some(match word {
            "person" => Self::Person,
            "organisation" => Self::Organisation,
            "place" => Self::Place,
            "who" => Self::Who,
            "money" => Self::Money,
            "document" => Self::Document,
            "thing" => Self::Thing,
            _ => return None,
        })
    }

    /// The word of the files.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Person => "person",
            Self::Organisation => "organisation",
            Self::Place => "place",
            Self::Who => "who",
            Self::Money => "money",
            Self::Document => "document",
            Self::Thing => "thing",
        }
    }
}

/// A grammatical function of a predication.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Function {
    /// Who does it, whatever the voice.
    Subject,
    /// What it is done to, whatever the voice.
    Object,
    /// The indirect object.
    Recipient,
    /// Of a noun: who is said to be it.
    Bearer,
    /// Of a noun: whose it is.
    Possessor,
    /// Of a noun: the noun before it.
    Compound,
    /// Of a noun: the phrase it heads.
    Itself,
    /// The noun or adjective that a verb brings.
    Complement,
    /// The clause or infinitive that is its content.
    Clause,
    /// An oblique, by its case word.
    Oblique(String),
}

impl Function {
    /// The function of a word in a frame; any other word is a case word.
    #[must_use]
    pub fn from_word(word: &str) -> Self {
        match word {
            "subject" => Self::Subject,
            "object" => Self::Object,
            "recipient" => Self::Recipient,
            "bearer" => Self::Bearer,
            "possessor" => Self::Possessor,
            "compound" => Self::Compound,
            "itself" => Self::Itself,
            "complement" => Self::Complement,
            "clause" => Self::Clause,
            case => Self::Oblique(case.to_owned()),
        }
    }

    /// The word of a frame.
    #[must_use]
    pub fn word(&self) -> &str {
        match self {
            Self::Subject => "subject",
            Self::Object => "object",
            Self::Recipient => "recipient",
            Self::Bearer => "bearer",
            Self::Possessor => "possessor",
            Self::Compound => "compound",
            Self::Itself => "itself",
            Self::Complement => "complement",
            Self::Clause => "clause",
            Self::Oblique(case) => case,
        }
    }
}

/// One way to fill a role: `object:person`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Way {
    /// The function.
    pub function: Function,
    /// What the filler must be.
    pub filler: Option<Filler>,
}

/// Something that must be there: `payee`, `amount`, `to`, `object:money`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Need {
    /// A role is filled.
    Role(String),
    /// The clause measures something.
    Amount,
    /// An argument is there.
    Argument(Way),
}

impl fmt::Display for Way {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.function.word())?;
        match self.filler {
            Some(filler) => write!(f, ":{}", filler.word()),
            None => Ok(()),
        }
    }
}

impl fmt::Display for Need {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Role(role) => f.write_str(role),
            Self::Amount => f.write_str("amount"),
            Self::Argument(way) => way.fmt(f),
        }
    }
}

/// How a frame's predicates are words of the language.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Trigger {
    /// A verb.
    Verb,
    /// A noun of something that happens: `arrest`.
    Event,
    /// A noun of a tie: `brother`, `director`.
    Relation,
    /// An adjective: `dead`.
    Adjective,
}

/// One frame: which predicates say a kind, and what fills its roles.
#[derive(Debug, Clone)]
pub struct Frame {
    /// Its name: `en.claim.payment.pay`.
    pub name: String,
    /// What it recognises, in a sentence.
    pub says: String,
    /// The kind it makes.
    pub kind: String,
    /// The narrower kind, where the words say which.
    pub subkind: Option<String>,
    /// Predicates, each with what sort of word it is; a verb may have its
    /// particle or fixed noun behind it (`set up`, `take office`).
    pub triggers: Vec<(Trigger, String)>,
    /// Ways to fill each role, the first that there is wins.
    pub roles: Vec<(String, Vec<Way>)>,
    /// Whether it says something beside the kind that another frame says:
    /// `condenar a seis años` is a conviction and a sentence.
    pub also: bool,
    /// One of each row must be there.
    pub needs: Vec<Vec<Need>>,
    /// None of these may be there.
    pub without: Vec<Way>,
    /// Lemmas of arguments that make it something else.
    pub unless: BTreeSet<String>,
    /// Lemmas of which one must head an argument.
    pub beside: BTreeSet<String>,
    /// The file it stands in.
    pub file: String,
    /// Plain sentences with the words that fill each role.
    pub examples: Vec<FrameExample>,
    /// Plain sentences in which it must not fire.
    pub near_misses: Vec<String>,
}

/// A sentence and what must fill each role there.
#[derive(Debug, Clone, Deserialize)]
pub struct FrameExample {
    /// The sentence.
    pub text: String,
    /// The words of each role; the first and second role are empty if not named.
    #[serde(flatten)]
    pub roles: BTreeMap<String, String>,
}

/// Words that predications need (`languages/*/claims/words.toml`). All are lemmas
/// unless said otherwise.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PredicationWords {
    /// Verbs and adjectives that only bring the infinitive they govern: `try`.
    pub bringing: BTreeSet<String>,
    /// Those among them that say that it did not come about: `fail`, `refuse`.
    pub failing: BTreeSet<String>,
    /// Those among them that point forward: `want`, `plan`.
    pub forward: BTreeSet<String>,
    /// Verbs with a noun for their meaning: `give`, `dar`.
    pub light: BTreeSet<String>,
    /// Verbs that only say that there is something: `there were payments`.
    pub existing: BTreeSet<String>,
    /// Verbs whose clause is what somebody says, believes or wants: the clause is
    /// the claim, and their subject answers for it.
    pub saying: BTreeSet<String>,
    /// Those whose question is a request: `ask`.
    #[serde(default)]
    pub asking: BTreeSet<String>,
    /// Verbs whose object, if it is an event, is the claim: `expects a sale`.
    #[serde(default)]
    pub wanting: BTreeSet<String>,
    /// Nouns that name nothing that a claim could be about: `likelihood`.
    #[serde(default)]
    pub abstractions: BTreeSet<String>,
    /// Nouns whose infinitive is what their owner does: `Soto's effort to sell`.
    #[serde(default)]
    pub efforts: BTreeSet<String>,
    /// Verbs whose `that` clause comes about by them or is wanted, and is not said:
    /// `ensure`.
    #[serde(default)]
    pub causing: BTreeSet<String>,
    /// Markers of a clause that is said, believed or felt: `that`.
    #[serde(default)]
    pub complementizers: BTreeSet<String>,
    /// Words that open an indirect question (forms in lower case).
    #[serde(default)]
    pub interrogative: BTreeSet<String>,
    /// Nouns that say what is done behind a light verb, so that the second role is
    /// theirs: `dealt a blow to the union`.
    #[serde(default)]
    pub deeds: BTreeSet<String>,
    /// Participles (forms in lower case) that tell a state and no deed of another:
    /// `was engaged in`.
    #[serde(default)]
    pub states: BTreeSet<String>,
    /// Verbs that happen on the day of what they make or send: `sign the order of
    /// 3 May`.
    #[serde(default)]
    pub dating: BTreeSet<String>,
    /// Nouns whose number measures no claim: `two careers`.
    #[serde(default)]
    pub uncounted: BTreeSet<String>,
    /// Nouns of measure: an amount of them alone fills no role.
    #[serde(default)]
    pub measures: BTreeSet<String>,
    /// Case words of obliques that say how, when or why, and never what it is done to.
    #[serde(default)]
    pub circumstance: BTreeSet<String>,
    /// Verbs whose infinitive behind the object is the object's deed: `order`.
    pub controlling: BTreeSet<String>,
    /// Verbs whose object is not the subject of their infinitive: `promise`.
    pub subject_control: BTreeSet<String>,
    /// Words of negation beside a predicate (forms in lower case).
    pub negation: BTreeSet<String>,
    /// Words that take a negation before them back: `not only` (forms in lower case).
    #[serde(default)]
    pub limiting: BTreeSet<String>,
    /// Words that negate the clause whose argument they are or determine.
    pub nobody: BTreeSet<String>,
    /// Case words of those who do it in the passive.
    pub agent: BTreeSet<String>,
    /// Case words of the recipient.
    pub recipient: BTreeSet<String>,
    /// Case words of a direct object that is a person (`a` in Spanish).
    #[serde(default)]
    pub object: BTreeSet<String>,
    /// Case words that join a noun to what it is of.
    pub of: BTreeSet<String>,
    /// Case words of obliques that trees hang on the object: `with` of `signed a
    /// pact with the union`.
    pub borrowed: BTreeSet<String>,
    /// Case words of what two do to each other: `between`.
    #[serde(default)]
    pub between: BTreeSet<String>,
    /// Case words of the place where something happens.
    pub place: BTreeSet<String>,
    /// Markers of an if clause.
    pub hypothetical: BTreeSet<String>,
    /// Markers of an indirect question.
    pub whether: BTreeSet<String>,
    /// Markers of purpose before an infinitive.
    pub purpose: BTreeSet<String>,
    /// Markers that negate their clause: `without`.
    pub lacking: BTreeSet<String>,
    /// Relative pronouns (forms in lower case).
    pub relatives: BTreeSet<String>,
    /// Helpers of the future, the conditional, of duty and of possibility.
    pub future: BTreeSet<String>,
    /// As told.
    pub conditional: BTreeSet<String>,
    /// As told.
    pub necessary: BTreeSet<String>,
    /// As told.
    pub possible: BTreeSet<String>,
    /// Adverbs and adjectives of doubt.
    pub doubt: BTreeSet<String>,
    /// Subjects that stand for nobody: `it`, `there`.
    #[serde(default)]
    pub expletive: BTreeSet<String>,
    /// Pronouns that stand for no person (forms in lower case).
    #[serde(default)]
    pub neuter: BTreeSet<String>,
    /// Helpers of the passive.
    pub passive: BTreeSet<String>,
    /// Lemmas of forms (in lower case) that the model gets wrong.
    #[serde(default)]
    pub lemmas: BTreeMap<String, String>,
    /// Endings of forms with those of the verb's lemma: tried where the model's
    /// lemma is no predicate of a frame.
    #[serde(default)]
    pub endings: Vec<(String, String)>,
    /// Adjectives before a post that name nobody: `former`, `deputy`.
    #[serde(default)]
    pub ranks: BTreeSet<String>,
    /// Determiners that are no part of a name.
    pub articles: BTreeSet<String>,
    /// Nouns by what they stand for.
    pub nouns: BTreeMap<String, BTreeSet<String>>,
}

/// What a language knows of claims.
#[derive(Debug, Clone)]
pub struct ClaimRules {
    /// Tag of the language.
    pub language: String,
    /// Words that predications need.
    pub words: PredicationWords,
    /// Frames, in the order of files and lines.
    pub frames: Vec<Frame>,
}
