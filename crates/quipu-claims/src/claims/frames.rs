//! Frames against predications: which kind a predication is of, and what fills
//! its roles.

use std::collections::{BTreeMap, HashMap};
use std::fmt;

use quipu_model::AmountExpression;
use quipu_packs::{
    ClaimKind, ClaimRules, Filler, Frame, Function, Need, PackError, Packs, Trigger, Way,
};
use quipu_packs::{PredicationWords, claim_kinds};

use super::fillers;
use super::predication::{Argument, Predication, Sort};
use super::sayings::SayingWords;
use super::tree::Tree;

/// By sort and first word of a predicate: the frame and the further words.
type Index = HashMap<(Trigger, String), Vec<(usize, Vec<String>)>>;

/// The frames of one language, found by the first word of their predicates.
#[derive(Debug)]
pub(crate) struct Frames {
    pub(crate) language: String,
    pub(crate) words: PredicationWords,
    pub(crate) kinds: BTreeMap<String, ClaimKind>,
    pub(crate) frames: Vec<Frame>,
    pub(crate) sayings: SayingWords,
    index: Index,
}

/// What fills a role: by which function, and the head of its words.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Filling {
    pub(crate) role: String,
    pub(crate) by: Option<(Function, usize)>,
}

/// A frame that holds for a predication.
#[derive(Debug, Clone)]
pub(crate) struct Fit {
    pub(crate) frame: usize,
    pub(crate) trigger: Trigger,
    pub(crate) fillings: Vec<Filling>,
    /// Words of the predicate beyond the first: `office` of `take office`.
    pub(crate) further: Vec<usize>,
    score: usize,
}

/// What a frame that knows a predicate lacks in its sentence.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Lack {
    /// One of these must be there.
    Need(String),
    /// This argument forbids it.
    Forbidden(String),
    /// One of these words must head an argument.
    Beside(String),
    /// The rest of the predicate, such as `office` of `take office`.
    Words(String),
    /// A tie wants both ends.
    End,
    /// The packs do not have what it names.
    Broken,
}

impl fmt::Display for Lack {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Need(what) => write!(f, "needs {what}"),
            Self::Forbidden(what) => write!(f, "does not go with {what}"),
            Self::Beside(what) => write!(f, "goes only with {what}"),
            Self::Words(what) => write!(f, "wants `{what}` with it"),
            Self::End => f.write_str("needs both ends of the tie"),
            Self::Broken => f.write_str("names what is not there"),
        }
    }
}

impl Fit {
    pub(crate) fn filled(&self) -> usize {
        let filled = |filling: &&Filling| filling.by.is_some();
        self.fillings.iter().filter(filled).count()
    }
}

impl Frames {
    pub(crate) fn read(packs: &Packs, tag: &str) -> Result<Self, PackError> {
        let rules = ClaimRules::read(packs, tag)?;
        let kinds = claim_kinds(packs)?;
        let mut index = Index::new();
        for (place, frame) in rules.frames.iter().enumerate() {
            for (trigger, words) in &frame.triggers {
                let mut words = words.split_whitespace().map(str::to_owned);
                let first = words.next().unwrap_or_default();
                let entry = index.entry((*trigger, first)).or_default();
                entry.push((place, words.collect()));
            }
        }
        Ok(Self {
            language: rules.language,
            words: rules.words,
            kinds: kinds.into_iter().map(|k| (k.kind.clone(), k)).collect(),
            frames: rules.frames,
            sayings: SayingWords::read(packs, tag)?,
            index,
        })
    }

    pub(crate) fn knows(&self, trigger: Trigger, lemma: &str) -> bool {
        self.index.contains_key(&(trigger, lemma.to_owned()))
    }

    /// The frame that fits a predication best; of equals the earlier.
    pub(crate) fn best(
        &self,
        tree: &Tree<'_>,
        amounts: &[AmountExpression],
        predication: &Predication,
    ) -> Option<Fit> {
        let mut best: Option<Fit> = None;
        self.each(tree, amounts, predication, |frame, fit| {
            let Ok(fit) = fit else { return };
            let better = best.as_ref().is_none_or(|best| {
                (fit.score, std::cmp::Reverse(fit.frame))
                    > (best.score, std::cmp::Reverse(best.frame))
            });
            if !frame.also && better {
                best = Some(fit);
            }
        });
        best
    }

    /// The frames that say something of a predication beside its kind.
    pub(crate) fn also(
        &self,
        tree: &Tree<'_>,
        amounts: &[AmountExpression],
        predication: &Predication,
    ) -> Vec<Fit> {
        let mut found = Vec::new();
        self.each(tree, amounts, predication, |frame, fit| {
            if let Ok(fit) = fit
                && frame.also
            {
                found.push(fit);
            }
        });
        found
    }

    /// The frames that know a predication and do not hold for it.
    pub(crate) fn lacks(
        &self,
        tree: &Tree<'_>,
        amounts: &[AmountExpression],
        predication: &Predication,
    ) -> Vec<(String, Lack)> {
        let mut found = Vec::new();
        self.each(tree, amounts, predication, |frame, fit| {
            found.extend(fit.err().map(|lack| (frame.name.clone(), lack)));
        });
        found
    }

    /// Hands on every frame that knows a predication, and whether it holds.
    fn each(
        &self,
        tree: &Tree<'_>,
        amounts: &[AmountExpression],
        predication: &Predication,
        mut take: impl FnMut(&Frame, Result<Fit, Lack>),
    ) {
        let sorts: &[Trigger] = match predication.sort {
            Sort::Verb => &[Trigger::Verb],
            Sort::Adjective => &[Trigger::Adjective],
            Sort::Noun => &[Trigger::Relation, Trigger::Event],
        };
        // Guesses from the form stand in for a lemma that no frame knows.
        let known = sorts
            .iter()
            .any(|trigger| self.knows(*trigger, &predication.lemma));
        let guesses = predication.other_lemmas.iter().filter(|_| !known);
        let matching = Matching {
            frames: self,
            tree,
            amounts,
            predication,
        };
        for lemma in std::iter::once(&predication.lemma).chain(guesses) {
            for trigger in sorts.iter().copied() {
                let entries = self.index.get(&(trigger, lemma.clone()));
                for (place, further) in entries.into_iter().flatten() {
                    if let Some(frame) = self.frames.get(*place) {
                        take(frame, matching.fit(*place, trigger, further));
                    }
                }
            }
        }
    }
}

struct Matching<'a> {
    frames: &'a Frames,
    tree: &'a Tree<'a>,
    amounts: &'a [AmountExpression],
    predication: &'a Predication,
}

impl Matching<'_> {
    fn fit(&self, place: usize, trigger: Trigger, further: &[String]) -> Result<Fit, Lack> {
        let frame = self.frames.frames.get(place).ok_or(Lack::Broken)?;
        let kind = self.frames.kinds.get(&frame.kind).ok_or(Lack::Broken)?;
        let arguments = &self.predication.arguments;
        let lemma = |at: usize| self.tree.lemma(at);
        let forbidden = |own: &&Argument| frame.unless.contains(lemma(own.token));
        if let Some(own) = arguments.iter().find(forbidden) {
            return Err(Lack::Forbidden(format!("`{}`", lemma(own.token))));
        }
        let beside = |list: &std::collections::BTreeSet<String>| {
            list.is_empty() || arguments.iter().any(|own| list.contains(lemma(own.token)))
        };
        if !beside(&frame.beside) {
            let words: Vec<&str> = frame.beside.iter().map(String::as_str).collect();
            return Err(Lack::Beside(words.join(", ")));
        }
        let there = |way: &&Way| self.find(way, &[]).is_some();
        if let Some(way) = frame.without.iter().find(there) {
            return Err(Lack::Forbidden(way.to_string()));
        }
        let rest = || Lack::Words(further.join(" "));
        let mut used = self.further(further).ok_or_else(rest)?;
        let further_words = used.clone();
        let mut score = 8 * further.len() + 2 * usize::from(!frame.beside.is_empty());
        let mut fillings = Vec::new();
        for role in kind.roles() {
            let ways = frame.roles.iter().find(|(own, _)| own == role);
            let ways = ways.map_or(&[][..], |(_, ways)| ways.as_slice());
            let found = ways
                .iter()
                .find_map(|way| Some((way.function.clone(), self.find(way, &used)?)));
            if let Some((_, token)) = &found {
                used.push(*token);
                score += if role == kind.first || role == kind.second {
                    3
                } else {
                    1
                };
            }
            fillings.push(Filling {
                role: role.to_owned(),
                by: found,
            });
        }
        self.both(&mut fillings);
        let fit = Fit {
            frame: place,
            trigger,
            fillings,
            further: further_words,
            score,
        };
        let holds = |row: &Vec<Need>| row.iter().any(|need| self.holds(need, &fit));
        // `an agreement was reached` says so without saying whose it is.
        let carried = trigger == Trigger::Event && self.predication.light.is_some();
        if let Some(row) = frame.needs.iter().find(|row| !carried && !holds(row)) {
            let needs: Vec<String> = row.iter().map(Need::to_string).collect();
            return Err(Lack::Need(needs.join(" or ")));
        }
        let both = fit.fillings.iter().take(2).all(|own| own.by.is_some());
        if trigger == Trigger::Relation && !both {
            return Err(Lack::End);
        }
        Ok(fit)
    }

    /// `between the bank and the mill`: the two members are the two ends.
    fn both(&self, fillings: &mut [Filling]) {
        let [first, second, ..] = fillings else {
            return;
        };
        if let Some((Function::Oblique(case), token)) = &first.by
            && second.by.is_none()
            && self.frames.words.between.contains(case)
            && let [_, other] = self.tree.members(*token).as_slice()
        {
            second.by = Some((Function::Oblique(case.clone()), *other));
        }
    }

    /// Finds the further words of a predicate; `None` where they are not there.
    fn further(&self, words: &[String]) -> Option<Vec<usize>> {
        let predication = self.predication;
        let lemma = |at: usize| self.tree.lemma(at);
        match words {
            [] => Some(Vec::new()),
            [word] if predication.particle.as_ref() == Some(word) => Some(Vec::new()),
            [word] if word == "se" => predication.reflexive.then(Vec::new),
            [word] => {
                let fits = |function: &Function| {
                    matches!(function, Function::Object | Function::Complement)
                };
                let mut own = predication.arguments.iter();
                let found =
                    own.find(|own| fits(&own.function) && lemma(own.token) == word.as_str());
                // A particle that the tree takes for an adverb: `go along`.
                let adverb = || {
                    let children = self.tree.children(predication.token).iter().copied();
                    let mut near = children.filter(|child| {
                        self.tree.is(*child, "advmod") && child.abs_diff(predication.token) <= 2
                    });
                    near.find(|child| lemma(*child) == word.as_str())
                };
                let found = found.map(|own| own.token).or_else(adverb)?;
                Some(vec![found])
            }
            [case, word, ..] => {
                let mut own = predication.arguments.iter();
                let found = own.find(|own| {
                    own.function == Function::Oblique(case.clone())
                        && lemma(own.token) == word.as_str()
                })?;
                Some(vec![found.token])
            }
        }
    }

    fn holds(&self, need: &Need, fit: &Fit) -> bool {
        match need {
            Need::Role(role) => fit
                .fillings
                .iter()
                .any(|own| own.role == *role && own.by.is_some()),
            Need::Amount => {
                let mut own = self.predication.arguments.iter();
                own.any(|own| self.tree.amount[own.token].is_some())
            }
            Need::Argument(way) => self.find(way, &[]).is_some(),
        }
    }

    /// The first argument that can fill a role this way.
    fn find(&self, way: &Way, used: &[usize]) -> Option<usize> {
        let can = |at: usize| {
            !used.contains(&at)
                && way
                    .filler
                    .is_none_or(|filler| fillers::is(self.tree, self.amounts, at, filler))
        };
        if way.function == Function::Itself {
            let token = self.predication.token;
            return can(token).then_some(token);
        }
        let words = &self.frames.words;
        let person = |at: usize| {
            [Filler::Person, Filler::Organisation]
                .iter()
                .any(|filler| fillers::is(self.tree, self.amounts, at, *filler))
        };
        let case = |at: usize| self.tree.case(at).unwrap_or_default();
        // Trees waver between objects and obliques with the same case word.
        let fits = |own: &Argument| match (&way.function, &own.function) {
            (Function::Recipient, Function::Oblique(case)) => words.recipient.contains(case),
            (Function::Recipient, Function::Object) => {
                words.recipient.contains(case(own.token))
                    || self.tree.feature(own.token, "Case") == Some("Dat")
            }
            (Function::Object, Function::Oblique(case)) => {
                words.object.contains(case) && person(own.token)
            }
            // `por robo` behind a passive is what for, `por la sala` who.
            (Function::Oblique(wanted), Function::Object | Function::Subject) => {
                wanted == case(own.token)
            }
            (wanted, own) => wanted == own,
        };
        let arguments = self.predication.arguments.iter();
        arguments
            .filter(|own| fits(own))
            .map(|own| own.token)
            .find(|at| can(*at))
    }
}
