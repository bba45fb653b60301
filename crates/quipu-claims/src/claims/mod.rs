//! Who did what to whom: the claims of an annotated text.
//!
//! Two steps. [`predication`](Predication)s say once what each tree says, whatever
//! the voice and the language; frames of the packs tell which kind each is of and
//! what fills its roles. What fits no frame is kept as `open`. Who answers for a
//! claim, and how it stands, is read over the whole text ([`sayings`]): first every
//! sentence, then who says what, then the claims.

mod arguments;
mod check;
mod confidence;
mod entry;
mod fillers;
mod frames;
mod make;
mod marks;
mod nominal;
pub(crate) mod phrase;
mod predication;
mod sayings;
mod setting;
mod silent;
mod subjects;
mod told;
pub(crate) mod tree;
mod tuples;
mod unread;
mod verbal;

use std::collections::{HashMap, HashSet};
use std::ops::Range;

use quipu_model::span::{Repaired, Span};
use quipu_model::{
    AmountExpression, AnnotatedText, Attribution, Claim, Factuality, RepairedText, Sentence,
    SourceId, TimeExpression, Transcript,
};
use quipu_packs::{ConfidenceSheet, Function, PackError, Packs, Trigger};

use frames::{Fit, Frames};
use make::Draft;
use sayings::{Judged, Said, SayingWords};
use setting::Setting;
use tree::Tree;

use crate::reference::{ReferenceInput, ReferenceReader, References};

pub use check::check;
pub use confidence::signs;
pub use frames::Lack;
pub use predication::{Argument, Predication, Sort, Use};
pub use sayings::check as check_sayings;
pub use told::Told;
pub use tuples::Tuple;
pub use unread::{Unread, Why};

/// A text to read claims from.
#[derive(Debug, Clone, Copy)]
pub struct ClaimsInput<'a> {
    /// Where it comes from.
    pub source: SourceId,
    /// The words as read.
    pub transcript: &'a Transcript,
    /// The words after repair, which everything else counts in.
    pub repaired: &'a RepairedText,
    /// Its sentences and names.
    pub annotated: &'a AnnotatedText,
    /// Its times, in the order of the text.
    pub times: &'a [TimeExpression],
    /// Its amounts, in the order of the text.
    pub amounts: &'a [AmountExpression],
}

/// The frames of all languages, made ready once for many texts.
#[derive(Debug)]
pub struct ClaimReader {
    languages: Vec<Frames>,
    reference: ReferenceReader,
    confidence: ConfidenceSheet,
}

impl ClaimReader {
    /// Makes the frames of the packs ready.
    ///
    /// # Errors
    /// What is wrong in a file of the packs.
    pub fn new(packs: &Packs) -> Result<Self, PackError> {
        let languages = packs.languages().iter();
        let languages: Result<Vec<Frames>, PackError> = languages
            .map(|language| Frames::read(packs, &language.tag))
            .collect();
        Ok(Self {
            languages: languages?,
            reference: ReferenceReader::new(packs)?,
            confidence: ConfidenceSheet::read(packs)?,
        })
    }

    /// The claims of a text, in the order of their quotes. A sentence of a
    /// language without frames gives none.
    #[must_use]
    pub fn read(&self, input: &ClaimsInput<'_>) -> Vec<Claim> {
        let references = self.references(input);
        let sentences = self.read_sentences(&input.layers(), &references);
        let said = sayings::read(&input.repaired.text, &sentences, input.times);
        let around = around(&sentences, &said);
        let mut claims = Vec::new();
        let mut seen: HashMap<(Option<u32>, String), Vec<u32>> = HashMap::new();
        let mut ties: HashSet<[String; 3]> = HashSet::new();
        for (read, around) in sentences.iter().zip(&around) {
            let mut drafts = read.drafts();
            drafts.sort_by_key(|(draft, _)| (draft.quote, draft.predicate_span));
            for (draft, place) in drafts {
                // A tie told by a noun counts once for each pair.
                if draft.trigger == Some(Trigger::Relation) && !ties.insert(draft.tie()) {
                    continue;
                }
                let judged = sayings::judge(read, place, around);
                claims.extend(read.claim(input, (draft, judged), place, &mut seen));
            }
        }
        let text = &input.repaired.text;
        confidence::judge(&mut claims, input.annotated, text, &self.confidence);
        claims
    }

    /// Who says what in a text (PARC 3.0: source, cue, content), in the order of what
    /// is said. `times` are those of the text, in its order.
    #[must_use]
    pub fn attributions(
        &self,
        text: &str,
        annotated: &AnnotatedText,
        times: &[TimeExpression],
    ) -> Vec<Attribution> {
        let layers = Layers::bare(text, annotated, times);
        let references = self.refer(&layers);
        let sentences = self.read_sentences(&layers, &references);
        let said = sayings::read(text, &sentences, times);
        said.into_iter().map(|said| said.attribution).collect()
    }

    /// Each predicate of a text and how sure the text is of it, in its order.
    #[must_use]
    pub fn predicates(&self, text: &str, annotated: &AnnotatedText) -> Vec<Factuality> {
        let layers = Layers::bare(text, annotated, &[]);
        let references = self.refer(&layers);
        let sentences = self.read_sentences(&layers, &references);
        let said = sayings::read(text, &sentences, &[]);
        let around = around(&sentences, &said);
        let each = sentences.iter().zip(&around);
        each.flat_map(|(read, around)| sayings::factuality(read, around))
            .collect()
    }

    fn read_sentences<'a>(
        &'a self,
        layers: &Layers<'a>,
        references: &'a References,
    ) -> Vec<ReadSentence<'a>> {
        let sentences = layers.annotated.sentences.iter();
        sentences
            .filter_map(|sentence| {
                let frames = self.frames(sentence)?;
                Some(ReadSentence::new(layers, sentence, frames, references))
            })
            .collect()
    }

    /// Who the mentions of a text stand for.
    #[must_use]
    pub fn references(&self, input: &ClaimsInput<'_>) -> References {
        self.refer(&input.layers())
    }

    fn refer(&self, layers: &Layers<'_>) -> References {
        self.reference.read(&ReferenceInput {
            text: layers.text,
            annotated: layers.annotated,
            times: layers.times,
            amounts: layers.amounts,
        })
    }

    fn frames(&self, sentence: &Sentence) -> Option<&Frames> {
        let mut languages = self.languages.iter();
        languages.find(|frames| frames.language == sentence.language)
    }
}

/// Attributions that one sentence is held against at most.
const AROUND: usize = 64;

/// For each sentence, the attributions whose content reaches into it.
fn around<'s>(sentences: &[ReadSentence<'_>], said: &'s [Said]) -> Vec<Vec<&'s Said>> {
    let mut next = 0;
    let mut open: Vec<&Said> = Vec::new();
    let reach = |said: &Said| said.attribution.reach();
    sentences
        .iter()
        .map(|read| {
            let span = read.tree.sentence.span;
            open.retain(|said| reach(said).is_some_and(|own| own.end() > span.start()));
            while let Some(own) = said.get(next)
                && reach(own).is_some_and(|own| own.start() < span.end())
            {
                if open.len() < AROUND {
                    open.push(own);
                }
                next += 1;
            }
            open.clone()
        })
        .collect()
}

/// What sentences are read from.
#[derive(Debug, Clone, Copy)]
struct Layers<'a> {
    text: &'a str,
    annotated: &'a AnnotatedText,
    times: &'a [TimeExpression],
    amounts: &'a [AmountExpression],
}

impl<'a> Layers<'a> {
    const fn bare(
        text: &'a str,
        annotated: &'a AnnotatedText,
        times: &'a [TimeExpression],
    ) -> Self {
        Self {
            text,
            annotated,
            times,
            amounts: &[],
        }
    }
}

impl<'a> ClaimsInput<'a> {
    fn layers(&self) -> Layers<'a> {
        Layers {
            text: &self.repaired.text,
            annotated: self.annotated,
            times: self.times,
            amounts: self.amounts,
        }
    }
}

/// A sentence with its predications, frames and settings.
struct ReadSentence<'a> {
    tree: Tree<'a>,
    frames: &'a Frames,
    predications: Vec<Predication>,
    fits: Vec<Option<Fit>>,
    /// Frames that say a second kind beside the first.
    also: Vec<Vec<Fit>>,
    stands: Vec<bool>,
    settings: Vec<Setting>,
}

/// Those of a list in the order of the text that share letters with a span.
pub(crate) fn within<T>(
    things: &[T],
    span: Span<Repaired>,
    of: impl Fn(&T) -> Span<Repaired>,
) -> Range<usize> {
    let from = things.partition_point(|thing| of(thing).end() <= span.start());
    let to = things.partition_point(|thing| of(thing).start() < span.end());
    from..to.max(from)
}

impl<'a> ReadSentence<'a> {
    fn new(
        input: &Layers<'a>,
        sentence: &'a Sentence,
        frames: &'a Frames,
        references: &'a References,
    ) -> Self {
        let span = sentence.span;
        let names = &input.annotated.names;
        let names = &names[within(names, span, |name| name.span)];
        let times = within(input.times, span, |time| time.span);
        let amounts = within(input.amounts, span, |amount| amount.span);
        let mut tree = Tree::new(
            input.text,
            sentence,
            &frames.words,
            names,
            &input.times[times.clone()],
            (amounts.start, &input.amounts[amounts.clone()]),
        );
        tree.references = Some(references);
        let (mut predications, mut at) = verbal::clauses(&tree);
        nominal::nouns(&tree, frames, &mut predications, &mut at);
        let mut fits: Vec<Option<Fit>> = predications
            .iter()
            .map(|own| match own.role {
                Use::Brings | Use::Says | Use::Idle => None,
                _ => frames.best(&tree, input.amounts, own),
            })
            .collect();
        let also: Vec<Vec<Fit>> = predications
            .iter()
            .map(|own| match own.role {
                Use::Brings | Use::Says | Use::Idle => Vec::new(),
                _ => frames.also(&tree, input.amounts, own),
            })
            .collect();
        // `as Paz said`: what is said stands elsewhere.
        for (own, fit) in predications.iter_mut().zip(&fits) {
            let bare = own.sort == Sort::Verb
                && own.arguments.iter().all(|argument| {
                    matches!(argument.function, Function::Subject | Function::Recipient)
                });
            let beside = !tree.is_free(own.token) || tree.quotes();
            if fit.is_none() && bare && beside && tree.words.saying.contains(&own.lemma) {
                own.role = Use::Says;
            }
        }
        // A light verb gives its claim to the noun that has the meaning, unless a
        // frame knows the two together (`take office`).
        for place in 0..predications.len() {
            if let Some(light) = predications[place].light
                && fits[place].is_some()
                && fits[light]
                    .as_ref()
                    .is_none_or(|fit| fit.further.is_empty())
            {
                predications[light].role = Use::Idle;
                fits[light] = None;
            } else if predications[place].light.is_some() {
                fits[place] = None;
                predications[place].role = Use::Idle;
            }
        }
        // First as if every noun stood: its own setting may make it a claim.
        let mut stands: Vec<bool> = predications
            .iter()
            .zip(&fits)
            .map(|(own, fit)| {
                fit.is_some()
                    || own.role == Use::Claim
                    || own.sort == Sort::Verb && own.role == Use::IfFramed
            })
            .collect();
        let heading = entry::heading(tree.text, input.times, span);
        let settle = |stands: &[bool]| {
            let owner = setting::owners(&tree, &predications, &at, stands);
            let mut settings = setting::settings(
                &tree,
                &predications,
                &owner,
                (input.times, times.clone()),
                (input.amounts, amounts.clone()),
            );
            if let Some(time) = heading {
                entry::date(&tree, &predications, &mut settings, time);
            }
            settings
        };
        let settings = settle(&stands);
        for (place, stands) in stands.iter_mut().enumerate() {
            *stands = make::stands(
                &tree,
                &predications[place],
                fits[place].as_ref(),
                &settings[place],
            );
        }
        let settings = settle(&stands);
        Self {
            tree,
            frames,
            predications,
            fits,
            also,
            stands,
            settings,
        }
    }

    /// The words of saying of its language.
    fn sayings(&self) -> &'a SayingWords {
        &self.frames.sayings
    }

    fn drafts(&self) -> Vec<(Draft, usize)> {
        let mut drafts = Vec::new();
        for (place, predication) in self.predications.iter().enumerate() {
            if !self.stands[place] {
                continue;
            }
            let first = self.fits[place].as_ref();
            let further = self.also[place].iter().map(Some);
            for fit in std::iter::once(first).chain(further) {
                let made = make::drafts(&self.tree, self.frames, predication, fit);
                drafts.extend(made.into_iter().map(|draft| (draft, place)));
            }
        }
        drafts
    }

    fn claim(
        &self,
        input: &ClaimsInput<'_>,
        (draft, judged): (Draft, Judged),
        place: usize,
        seen: &mut HashMap<(Option<u32>, String), Vec<u32>>,
    ) -> Option<Claim> {
        let anchor = input
            .repaired
            .anchor(input.source, input.transcript, draft.quote)?;
        // Passages with the same words give the same claims, so the claims before
        // this one tell how often the words stood on the page.
        let starts = seen
            .entry((anchor.page(), anchor.quote().to_owned()))
            .or_default();
        if starts.last() != Some(&draft.quote.start()) {
            starts.push(draft.quote.start());
        }
        let occurrence = u32::try_from(starts.len() - 1).unwrap_or(u32::MAX);
        let setting = &self.settings[place];
        let role_at = |at: usize| {
            let letters = self.tree.letters[at];
            let mut fillers = draft.roles.iter().filter_map(|role| role.filler.as_ref());
            fillers.any(|slot| slot.span.is_some_and(|span| span.contains(letters)))
        };
        let places = setting
            .places
            .iter()
            .filter(|at| !role_at(**at))
            .map(|at| phrase::slot(&self.tree, *at))
            .collect();
        let mut amounts = setting.amounts.clone();
        // What counts or is a role belongs to every claim that has the role.
        for role in &draft.roles {
            if let Some(span) = role.filler.as_ref().and_then(|slot| slot.span) {
                let counted = within(input.amounts, span, |amount| amount.span);
                amounts
                    .extend(counted.filter(|at| setting::counts(&self.tree, &input.amounts[*at])));
            }
        }
        amounts.sort_unstable();
        amounts.dedup();
        let amounts = amounts.iter();
        Some(Claim {
            kind: draft.kind,
            subkind: draft.subkind,
            predicate: draft.predicate,
            predicate_as_written: self.tree.words_of(draft.predicate_span).to_owned(),
            predicate_span: draft.predicate_span,
            marks: self.predications[place].marks.iter().copied().collect(),
            roles: draft.roles,
            holders: judged.holders,
            polarity: judged.polarity,
            standing: judged.standing,
            when: setting
                .times
                .first()
                .map(|time| input.times[*time].value.clone()),
            places,
            amounts: amounts.map(|at| input.amounts[*at].clone()).collect(),
            anchor,
            sentence: self.tree.sentence.span,
            further_anchors: Vec::new(),
            occurrence,
            confidence: 0,
            trace: draft.trace,
        })
    }
}
