//! Claims: who is said to have done what, and by whom it is said.

use crate::amount::AmountExpression;
use crate::anchor::Anchor;
use crate::id::{ClaimId, ClaimVersionId};
use crate::layout::Layout;
use crate::span::{Repaired, Span};
use crate::time::TimeValue;
use crate::{layout, words};

/// The kind of a claim that no kind of the schema fits.
pub const OPEN: &str = "open";

/// One claim of one document.
///
/// Rule: it has at least one anchor. [`Claim::anchors`] is never empty, because
/// the first anchor is a field of its own.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Claim {
    /// Kind of `schema/claims`, or `open`.
    pub kind: String,
    /// Subkind, where the kind has some and the words say which.
    pub subkind: Option<String>,
    /// The predicate's lemma.
    pub predicate: String,
    /// The words that carry it, with helpers and negation that stand beside it.
    pub predicate_as_written: String,
    /// Where these words stand.
    pub predicate_span: Span<Repaired>,
    /// What its clause shows beside its words; [`Standing`] is judged from it.
    pub marks: Vec<ClauseMark>,
    /// Who fills which role, in the order of the tie.
    pub roles: Vec<Role>,
    /// The chain of those who say it, nearest speaker first.
    pub holders: Holders,
    /// Whether it is said to be so or not to be so.
    pub polarity: Polarity,
    /// How it is said.
    pub standing: Standing,
    /// When it is said to have happened.
    pub when: Option<TimeValue>,
    /// Where it is said to have happened.
    pub places: Vec<Slot>,
    /// Sums and quantities.
    pub amounts: Vec<AmountExpression>,
    /// The passage that says it.
    pub anchor: Anchor,
    /// The sentence it stands in.
    pub sentence: Span<Repaired>,
    /// Further passages of the same document that say the same.
    pub further_anchors: Vec<Anchor>,
    /// How many times the quoted words stood on the page before this passage.
    pub occurrence: u32,
    /// How sure the reading is, in thousandths.
    pub confidence: u32,
    /// Why.
    pub trace: Trace,
}

layout!(Claim {
    kind,
    subkind,
    predicate,
    predicate_as_written,
    predicate_span,
    marks,
    roles,
    holders,
    polarity,
    standing,
    when,
    places,
    amounts,
    anchor,
    sentence,
    further_anchors,
    occurrence,
    confidence,
    trace,
});

impl Claim {
    /// Every passage, the first one first.
    pub fn anchors(&self) -> impl Iterator<Item = &Anchor> {
        std::iter::once(&self.anchor).chain(&self.further_anchors)
    }

    /// The id of the thing said: source, page, kind, roles, holders, quoted
    /// words and their how-manieth occurrence. No offsets and no rule, so a
    /// person's decision survives better readings. A claim of no kind goes by its
    /// predicate: `signed and sealed` are two things said of the same roles.
    #[must_use]
    pub fn id(&self) -> ClaimId {
        let mut bytes = Vec::new();
        self.anchor.source().write(&mut bytes);
        self.anchor.page().write(&mut bytes);
        if self.kind == OPEN {
            format!("{OPEN} {}", self.predicate).write(&mut bytes);
        } else {
            self.kind.write(&mut bytes);
        }
        self.roles.len().write(&mut bytes);
        for role in &self.roles {
            role.role.write(&mut bytes);
            role.filler
                .as_ref()
                .map(|slot| slot.name.clone())
                .write(&mut bytes);
        }
        match &self.holders {
            Holders::TheSource => 0u64.write(&mut bytes),
            Holders::Chain(chain) => {
                chain.len().write(&mut bytes);
                for holder in chain {
                    let name = holder.name.clone().unwrap_or_default();
                    name.write(&mut bytes);
                }
            }
        }
        self.anchor.quote().to_owned().write(&mut bytes);
        self.occurrence.write(&mut bytes);
        ClaimId::of(&bytes)
    }

    /// The id of this exact content.
    #[must_use]
    pub fn version_id(&self) -> ClaimVersionId {
        ClaimVersionId::of(&self.to_bytes())
    }
}

/// A role of a kind and who fills it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// Name of the role in the schema.
    pub role: String,
    /// Who or what fills it; an empty role keeps its place.
    pub filler: Option<Slot>,
}

layout!(Role { role, filler });

/// Who or what fills a role.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Slot {
    /// The fullest name in the document, as far as reference was resolved: at
    /// least the name or the noun of the words here.
    pub name: String,
    /// The words here; `None` where the sentence leaves them out.
    pub as_written: Option<String>,
    /// Where they stand.
    pub span: Option<Span<Repaired>>,
}

layout!(Slot {
    name,
    as_written,
    span
});

/// Who says it. "The source itself" is an answer, not a missing one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Holders {
    /// The source says it in its own voice.
    TheSource,
    /// Others, nearest speaker first; the source reports the outermost.
    Chain(Vec<Holder>),
}

impl Layout for Holders {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            Self::TheSource => 0u64.write(out),
            Self::Chain(chain) => chain.write(out),
        }
    }

    fn read(input: &mut &[u8]) -> Result<Self, crate::LayoutError> {
        let chain = Vec::<Holder>::read(input)?;
        Ok(if chain.is_empty() {
            Self::TheSource
        } else {
            Self::Chain(chain)
        })
    }
}

/// One speaker in the chain.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Holder {
    /// The fullest name in the document; `None` for a speaker nobody names
    /// (`reportedly`).
    pub name: Option<String>,
    /// The words here; `None` where the sentence leaves them out.
    pub as_written: Option<String>,
    /// The words that say that something is said.
    pub cue: String,
    /// When it was said.
    pub when: Option<TimeValue>,
}

layout!(Holder {
    name,
    as_written,
    cue,
    when
});

/// Whether a thing is said to be so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Polarity {
    /// It is so.
    Positive,
    /// It is not so.
    Negative,
}

words!(Polarity {
    Positive = 1 "positive",
    Negative = 2 "negative",
});

/// How a thing is said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Standing {
    /// The source says it in its own voice.
    Asserted,
    /// Somebody else is said to have said it.
    Reported,
    /// With doubt, or as an accusation.
    Alleged,
    /// Under oath or in a formal hearing.
    Testified,
    /// By a court, an official inquiry or a verdict.
    Found,
    /// Denied.
    Denied,
    /// Withdrawn by the one who said it.
    Retracted,
    /// Not yet done, conditional, ordered.
    Planned,
}

words!(Standing {
    Asserted = 1 "asserted",
    Reported = 2 "reported",
    Alleged = 3 "alleged",
    Testified = 4 "testified",
    Found = 5 "found",
    Denied = 6 "denied",
    Retracted = 7 "retracted",
    Planned = 8 "planned",
});

/// What the clause of a claim shows, each by a form of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum ClauseMark {
    /// A word of negation, or a verb that says that its content failed.
    Negated,
    /// The future.
    Future,
    /// The conditional (`would`, `pagaría`), of a supposed case or of rumour.
    Conditional,
    /// It is necessary or ordered (`must`, `debe`).
    Necessary,
    /// It is possible (`may`, `puede`).
    Possible,
    /// It stands in an if clause.
    Hypothetical,
    /// It is the infinitive content of another predicate.
    Content,
    /// It is asked.
    Question,
    /// An imperative.
    Imperative,
    /// The subjunctive.
    Subjunctive,
    /// No finite verb says it: a noun, a participle, a gerund.
    Nonfinite,
    /// The past.
    Past,
    /// The passive voice.
    Passive,
    /// A word of doubt (`allegedly`, `presuntamente`).
    Doubt,
    /// It stands inside quotation marks.
    Quoted,
}

words!(ClauseMark {
    Negated = 1 "negated",
    Future = 2 "future",
    Conditional = 3 "conditional",
    Necessary = 4 "necessary",
    Possible = 5 "possible",
    Hypothetical = 6 "hypothetical",
    Content = 7 "content",
    Question = 8 "question",
    Imperative = 9 "imperative",
    Subjunctive = 10 "subjunctive",
    Nonfinite = 11 "nonfinite",
    Past = 12 "past",
    Passive = 13 "passive",
    Doubt = 14 "doubt",
    Quoted = 15 "quoted",
});

/// Why a claim was read: the rule, and what filled each slot.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Trace {
    /// Name of the rule, such as `en.claim.payment.pay`.
    pub rule: String,
    /// Slot of the rule and the words that filled it.
    pub filled: Vec<(String, String)>,
    /// One plain sentence.
    pub sentence: String,
}

layout!(Trace {
    rule,
    filled,
    sentence
});
