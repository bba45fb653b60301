//! Words and patterns of a topic in one language, made into one machine.
//!
//! The rows of all patterns of a kind share their beginnings in a tree, so a
//! place in the text is tried once for all of them. Kinds use only lower kinds;
//! that, and rows of bounded length, is why the cost of a place is bounded.

use std::collections::BTreeMap;
use std::ops::Deref;

use quipu_packs::{PhraseRules, PhraseStep, Setting};

use super::numeral::Numeral;
use super::slots::SlotName;
use super::vocabulary::{ClassId, UNKNOWN, Vocabulary, WordId};
use super::{BadPattern, Topic};

/// A kind that patterns make.
pub(crate) type KindId = u16;

/// A pattern without its rows.
#[derive(Debug)]
pub(crate) struct Rule<T: Topic> {
    pub(crate) name: String,
    pub(crate) primitive: T::Primitive,
    pub(crate) with: BTreeMap<String, Setting>,
}

/// Where a row ends: its pattern, and the names of its slots in order.
#[derive(Debug, Clone)]
pub(crate) struct Accept {
    pub(crate) rule: u16,
    pub(crate) slots: Vec<SlotName>,
}

/// A knot of the tree of rows.
#[derive(Debug, Default)]
pub(crate) struct Knot {
    pub(crate) words: Vec<(WordId, u32)>,
    pub(crate) signs: Vec<(char, u32)>,
    pub(crate) classes: Vec<(ClassId, u32)>,
    pub(crate) numerals: Vec<(Numeral, u32)>,
    pub(crate) kinds: Vec<(KindId, u32)>,
    pub(crate) accept: Option<Accept>,
}

/// One topic in one language, ready to run.
#[derive(Debug)]
pub(crate) struct Machine<T: Topic> {
    vocabulary: Vocabulary,
    /// What only the topic knows.
    pub(crate) own: T,
    pub(crate) rules: Vec<Rule<T>>,
    pub(crate) knots: Vec<Knot>,
    /// The first knot of each kind.
    pub(crate) roots: Vec<u32>,
    /// Kinds that stand by themselves, best first.
    pub(crate) whole: Vec<KindId>,
    /// For each kind, the words it can start with.
    starts: Vec<Vec<bool>>,
    /// For each kind, whether it can start with a number or a sign.
    starts_unworded: Vec<bool>,
}

impl<T: Topic> Deref for Machine<T> {
    type Target = Vocabulary;

    fn deref(&self) -> &Vocabulary {
        &self.vocabulary
    }
}

impl<T: Topic> Machine<T> {
    /// Makes the machine of a language; `own` asks for the classes it knows.
    pub(crate) fn new(
        rules: &PhraseRules,
        own: impl FnOnce(&mut Vocabulary) -> T,
    ) -> Result<Self, BadPattern> {
        let mut vocabulary = Vocabulary::new(rules);
        let own = own(&mut vocabulary);
        vocabulary.fill(rules);
        let mut made = Self {
            vocabulary,
            own,
            rules: Vec::new(),
            knots: Vec::new(),
            roots: Vec::new(),
            whole: Vec::new(),
            starts: Vec::new(),
            starts_unworded: Vec::new(),
        };
        made.add_patterns(rules)?;
        made.find_parts();
        made.find_starts(rules)?;
        Ok(made)
    }

    fn add_patterns(&mut self, rules: &PhraseRules) -> Result<(), BadPattern> {
        let mut kinds: BTreeMap<&str, KindId> = BTreeMap::new();
        for pattern in &rules.patterns {
            let next = KindId::try_from(kinds.len()).unwrap_or(KindId::MAX);
            kinds.entry(&pattern.makes).or_insert(next);
        }
        for _ in 0..kinds.len() {
            let root = self.new_knot();
            self.roots.push(root);
        }
        for name in &rules.whole {
            let kind = kinds.get(name.as_str()).copied();
            self.whole.extend(kind);
        }
        for pattern in &rules.patterns {
            let bad = |message: String| BadPattern {
                pattern: pattern.name.clone(),
                message,
            };
            let primitive = T::primitive(&pattern.primitive)
                .ok_or_else(|| bad(format!("there is no primitive `{}`", pattern.primitive)))?;
            if Numeral::named(&pattern.makes).is_some()
                || self.vocabulary.class_named(&pattern.makes).is_some()
            {
                let message = format!("`{}` is a class or numeral already", pattern.makes);
                return Err(bad(message));
            }
            let rule = u16::try_from(self.rules.len()).unwrap_or(u16::MAX);
            self.rules.push(Rule {
                name: pattern.name.clone(),
                primitive,
                with: pattern.with.clone(),
            });
            let root = kinds
                .get(pattern.makes.as_str())
                .copied()
                .unwrap_or_default();
            for row in &pattern.rows {
                let mut at = self.roots[usize::from(root)];
                let mut slots = Vec::new();
                for step in row {
                    at = match step {
                        PhraseStep::Word(word) => {
                            let word = self.vocabulary.add(word);
                            self.follow(at, |knot| &mut knot.words, word)
                        }
                        PhraseStep::Sign(sign) => self.follow(at, |knot| &mut knot.signs, *sign),
                        PhraseStep::Slot { name, kind } => {
                            slots.push(SlotName::named(name).ok_or_else(|| {
                                bad(format!("no primitive asks for a slot `{name}`"))
                            })?);
                            if let Some(kind) = kinds.get(kind.as_str()) {
                                self.follow(at, |knot| &mut knot.kinds, *kind)
                            } else if let Some(numeral) = Numeral::named(kind) {
                                self.follow(at, |knot| &mut knot.numerals, numeral)
                            } else if let Some(class) = self.vocabulary.class_named(kind) {
                                self.follow(at, |knot| &mut knot.classes, class)
                            } else {
                                let message = format!("`{kind}` is no kind, class or numeral");
                                return Err(bad(message));
                            }
                        }
                    };
                }
                if row.is_empty() {
                    return Err(bad("it matches nothing at all".to_owned()));
                }
                // The first pattern keeps the row.
                let knot = &mut self.knots[at as usize];
                if knot.accept.is_none() {
                    knot.accept = Some(Accept { rule, slots });
                }
            }
        }
        for knot in &mut self.knots {
            knot.words.sort_unstable();
        }
        Ok(())
    }

    fn find_parts(&mut self) {
        let mut used = self.vocabulary.of_numbers();
        let mut signs = Vec::new();
        let mut words = Vec::new();
        for knot in &self.knots {
            used.extend(knot.classes.iter().map(|(class, _)| *class));
            signs.extend(knot.signs.iter().map(|(sign, _)| *sign));
            words.extend(knot.words.iter().map(|(word, _)| *word));
        }
        self.vocabulary.set_parts(&used, &signs, &words);
    }

    fn new_knot(&mut self) -> u32 {
        self.knots.push(Knot::default());
        u32::try_from(self.knots.len() - 1).unwrap_or(u32::MAX)
    }

    fn follow<L: PartialEq + Copy>(
        &mut self,
        at: u32,
        edges: impl Fn(&mut Knot) -> &mut Vec<(L, u32)>,
        label: L,
    ) -> u32 {
        let known = edges(&mut self.knots[at as usize])
            .iter()
            .find(|(other, _)| *other == label)
            .map(|(_, to)| *to);
        if let Some(to) = known {
            return to;
        }
        let to = self.new_knot();
        edges(&mut self.knots[at as usize]).push((label, to));
        to
    }

    /// What each kind can start with; a kind that uses itself is an error.
    fn find_starts(&mut self, rules: &PhraseRules) -> Result<(), BadPattern> {
        let count = self.roots.len();
        self.starts = vec![Vec::new(); count];
        self.starts_unworded = vec![false; count];
        let mut lower: Vec<Vec<usize>> = vec![Vec::new(); count];
        let mut names: BTreeMap<&str, usize> = BTreeMap::new();
        for pattern in &rules.patterns {
            let next = names.len();
            names.entry(&pattern.makes).or_insert(next);
        }
        for pattern in &rules.patterns {
            let own = names.get(pattern.makes.as_str()).copied().unwrap_or(0);
            for step in pattern.rows.iter().flatten() {
                if let PhraseStep::Slot { kind, .. } = step
                    && let Some(used) = names.get(kind.as_str())
                    && !lower[own].contains(used)
                {
                    lower[own].push(*used);
                }
            }
        }
        let mut done = vec![false; count];
        for round in 0..=count {
            let ready: Vec<usize> = (0..count)
                .filter(|kind| !done[*kind] && lower[*kind].iter().all(|used| done[*used]))
                .collect();
            if ready.is_empty() {
                let stuck = (0..count).find(|kind| !done[*kind]);
                if let (Some(kind), true) = (stuck, round <= count) {
                    let name = names.iter().find(|(_, at)| **at == kind);
                    return Err(BadPattern {
                        pattern: name.map_or("", |(name, _)| name).to_owned(),
                        message: "this kind is made of itself".to_owned(),
                    });
                }
                break;
            }
            for kind in ready {
                self.starts_of(kind);
                done[kind] = true;
            }
        }
        Ok(())
    }

    fn starts_of(&mut self, kind: usize) {
        let words = &self.vocabulary;
        let mut starts = vec![false; words.len()];
        let mut unworded = false;
        let root = &self.knots[self.roots[kind] as usize];
        for (word, _) in &root.words {
            starts[*word as usize] = true;
        }
        for (sign, _) in &root.signs {
            unworded = true;
            let word = words.word(sign.encode_utf8(&mut [0; 4]).as_bytes());
            if word != UNKNOWN {
                starts[word as usize] = true;
            }
        }
        let mut classes: Vec<ClassId> = root.classes.iter().map(|(class, _)| *class).collect();
        for (numeral, _) in &root.numerals {
            unworded = true;
            classes.extend(numeral.first_words(&words.numbers));
        }
        for (word, starts) in starts.iter_mut().enumerate() {
            let word = WordId::try_from(word).unwrap_or(UNKNOWN);
            *starts |= classes
                .iter()
                .any(|class| words.worth(word, *class).is_some());
        }
        for (used, _) in &root.kinds {
            let used = usize::from(*used);
            for (own, other) in starts.iter_mut().zip(&self.starts[used]) {
                *own |= other;
            }
            unworded |= self.starts_unworded[used];
        }
        self.starts[kind] = starts;
        self.starts_unworded[kind] = unworded;
    }

    /// Whether a kind can start with this word.
    pub(crate) fn can_start(&self, kind: KindId, word: WordId) -> bool {
        let kind = usize::from(kind);
        if word == UNKNOWN {
            self.starts_unworded[kind]
        } else {
            self.starts[kind][word as usize]
        }
    }
}
