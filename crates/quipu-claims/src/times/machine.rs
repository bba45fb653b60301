//! Words and patterns of a language, made into one machine.
//!
//! The rows of all patterns of a kind share their beginnings in a tree, so a
//! place in the text is tried once for all of them. Kinds use only lower kinds;
//! that, and rows of bounded length, is why the cost of a place is bounded.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use quipu_packs::{DateOrder, FiscalYear, Setting, TimeRules, TimeStep};

use super::primitive::{Primitive, SlotName};
use super::token::Suffix;

/// A word of the language, by its place in the list.
pub(crate) type WordId = u32;
/// Any word that no list holds.
pub(crate) const UNKNOWN: WordId = u32::MAX;
/// A class of words.
pub(crate) type ClassId = u16;
/// A kind that patterns make.
pub(crate) type KindId = u16;

/// Forms of numbers that patterns may ask for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Numeral {
    /// Digits alone.
    Whole,
    /// A cardinal in digits or words.
    Number,
    /// An ordinal in digits or words.
    Ordinal,
    /// A day of the month.
    Day,
    /// A day of the month in digits, or as an ordinal.
    DayName,
    /// A day of the month in digits.
    DayDigits,
    /// Four digits of a year of our sources.
    Year,
    /// Two digits of a year.
    ShortYear,
    /// Any year in digits.
    AnyYear,
    /// A year in words.
    YearWords,
    /// `1970s`.
    Decade,
    /// A decade in words: `nineteen seventies`.
    DecadeWords,
    /// `4/22`.
    Pair,
    /// `4/11/1998`.
    Triple,
    /// `14:30`.
    Clock,
    /// `14.30`.
    PointClock,
    /// `031430Z`.
    Group,
    /// Roman numerals.
    Roman,
}

impl Numeral {
    fn named(name: &str) -> Option<Self> {
        Some(match name {
            "whole" => Self::Whole,
            "number" => Self::Number,
            "ordinal" => Self::Ordinal,
            "day" => Self::Day,
            "day-name" => Self::DayName,
            "day-digits" => Self::DayDigits,
            "year" => Self::Year,
            "short-year" => Self::ShortYear,
            "any-year" => Self::AnyYear,
            "year-words" => Self::YearWords,
            "decade" => Self::Decade,
            "decade-words" => Self::DecadeWords,
            "pair" => Self::Pair,
            "triple" => Self::Triple,
            "clock" => Self::Clock,
            "point-clock" => Self::PointClock,
            "group" => Self::Group,
            "roman" => Self::Roman,
            _ => return None,
        })
    }
}

/// What is wrong with a pattern.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BadPattern {
    /// The pattern.
    pub pattern: String,
    /// What is wrong with it.
    pub message: String,
}

impl std::fmt::Display for BadPattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.pattern, self.message)
    }
}

impl std::error::Error for BadPattern {}

/// A pattern without its rows.
#[derive(Debug)]
pub(crate) struct Rule {
    pub(crate) name: String,
    pub(crate) primitive: Primitive,
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

/// One language, ready to run.
#[derive(Debug)]
pub(crate) struct Machine {
    pub(crate) language: String,
    pub(crate) date_order: DateOrder,
    pub(crate) fiscal: Vec<FiscalYear>,
    words: HashMap<Box<[u8]>, WordId, BuildHasherDefault<Fold>>,
    /// Classes of each word with its worth there.
    worths: Vec<Vec<(ClassId, i64)>>,
    /// Words that a time must have one of.
    core: Vec<bool>,
    /// Words that may stand inside a time.
    part: Vec<bool>,
    /// Signs that may stand inside a time.
    signs: Vec<char>,
    classes: BTreeMap<String, ClassId>,
    pub(crate) rules: Vec<Rule>,
    pub(crate) knots: Vec<Knot>,
    /// The first knot of each kind.
    pub(crate) roots: Vec<u32>,
    /// Kinds that are times by themselves, best first.
    pub(crate) times: Vec<KindId>,
    /// For each kind, the words it can start with.
    starts: Vec<Vec<bool>>,
    /// For each kind, whether it can start with a number or a sign.
    starts_unworded: Vec<bool>,
    pub(crate) known: KnownClasses,
}

/// Classes that the engine itself asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct KnownClasses {
    pub(crate) number: ClassId,
    pub(crate) number_glue: ClassId,
    pub(crate) zero: ClassId,
    pub(crate) ordinal: ClassId,
    pub(crate) decade_word: ClassId,
    pub(crate) ordinal_suffix: ClassId,
    pub(crate) decade_suffix: ClassId,
    pub(crate) before_year: ClassId,
    pub(crate) not_before_year: ClassId,
    pub(crate) not_after_year: ClassId,
    pub(crate) doubtful: ClassId,
    pub(crate) lead: ClassId,
    pub(crate) past: ClassId,
    pub(crate) future: ClassId,
    pub(crate) past_ending: ClassId,
    pub(crate) future_ending: ClassId,
    pub(crate) follows_day: ClassId,
    pub(crate) counted: ClassId,
    pub(crate) before_day: ClassId,
    pub(crate) before_length: ClassId,
    pub(crate) frequency: ClassId,
}

impl Machine {
    /// Makes the machine of a language.
    pub(crate) fn new(rules: &TimeRules) -> Result<Self, BadPattern> {
        let mut classes = BTreeMap::new();
        let mut class = |name: &str| {
            let next = ClassId::try_from(classes.len()).unwrap_or(ClassId::MAX);
            *classes.entry(name.to_owned()).or_insert(next)
        };
        let known = KnownClasses {
            number: class("number"),
            number_glue: class("number-glue"),
            zero: class("zero"),
            ordinal: class("ordinal"),
            decade_word: class("decade-word"),
            ordinal_suffix: class("ordinal-suffix"),
            decade_suffix: class("decade-suffix"),
            before_year: class("before-year"),
            not_before_year: class("not-before-year"),
            not_after_year: class("not-after-year"),
            doubtful: class("doubtful"),
            lead: class("lead"),
            past: class("past"),
            future: class("future"),
            past_ending: class("past-ending"),
            future_ending: class("future-ending"),
            follows_day: class("follows-day"),
            counted: class("counted"),
            before_day: class("before-day"),
            before_length: class("before-length"),
            frequency: class("frequency"),
        };
        for name in rules.classes.keys() {
            class(name);
        }
        let mut made = Self {
            language: rules.language.clone(),
            date_order: rules.date_order,
            fiscal: rules.fiscal.clone(),
            words: HashMap::default(),
            worths: Vec::new(),
            core: Vec::new(),
            part: Vec::new(),
            signs: Vec::new(),
            classes,
            rules: Vec::new(),
            knots: Vec::new(),
            roots: Vec::new(),
            times: Vec::new(),
            starts: Vec::new(),
            starts_unworded: Vec::new(),
            known,
        };
        // Words that only tell what stands around a time are looked up in the
        // text beside it and are no part of one.
        for (name, words) in &rules.classes {
            let id = made.classes.get(name).copied().unwrap_or_default();
            for (word, worth) in words {
                let word = made.add(word);
                made.worths[word as usize].push((id, *worth));
                if rules.core.contains(name) {
                    made.core[word as usize] = true;
                }
            }
        }
        made.add("'s");
        made.add_patterns(rules)?;
        made.find_parts();
        made.find_starts(rules)?;
        Ok(made)
    }

    fn add(&mut self, word: &str) -> WordId {
        if let Some(id) = self.words.get(word.as_bytes()) {
            return *id;
        }
        let id = WordId::try_from(self.worths.len()).unwrap_or(UNKNOWN);
        self.words.insert(word.as_bytes().into(), id);
        self.worths.push(Vec::new());
        self.core.push(false);
        self.part.push(false);
        id
    }

    fn add_patterns(&mut self, rules: &TimeRules) -> Result<(), BadPattern> {
        let mut kinds: BTreeMap<&str, KindId> = BTreeMap::new();
        for pattern in &rules.patterns {
            let next = KindId::try_from(kinds.len()).unwrap_or(KindId::MAX);
            kinds.entry(&pattern.makes).or_insert(next);
        }
        for _ in 0..kinds.len() {
            let root = self.new_knot();
            self.roots.push(root);
        }
        for name in &rules.times {
            let kind = kinds.get(name.as_str()).copied();
            self.times.extend(kind);
        }
        for pattern in &rules.patterns {
            let bad = |message: String| BadPattern {
                pattern: pattern.name.clone(),
                message,
            };
            let primitive = Primitive::named(&pattern.primitive)
                .ok_or_else(|| bad(format!("there is no primitive `{}`", pattern.primitive)))?;
            if Numeral::named(&pattern.makes).is_some() || self.classes.contains_key(&pattern.makes)
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
                        TimeStep::Word(word) => {
                            let word = self.add(word);
                            self.follow(at, |knot| &mut knot.words, word)
                        }
                        TimeStep::Sign(sign) => self.follow(at, |knot| &mut knot.signs, *sign),
                        TimeStep::Slot { name, kind } => {
                            slots.push(SlotName::named(name).ok_or_else(|| {
                                bad(format!("no primitive asks for a slot `{name}`"))
                            })?);
                            if let Some(kind) = kinds.get(kind.as_str()) {
                                self.follow(at, |knot| &mut knot.kinds, *kind)
                            } else if let Some(numeral) = Numeral::named(kind) {
                                self.follow(at, |knot| &mut knot.numerals, numeral)
                            } else if let Some(class) = self.classes.get(kind).copied() {
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
        let known = self.known;
        let mut used = vec![
            known.number,
            known.number_glue,
            known.zero,
            known.ordinal,
            known.decade_word,
        ];
        for knot in &self.knots {
            used.extend(knot.classes.iter().map(|(class, _)| *class));
            for (sign, _) in &knot.signs {
                if !self.signs.contains(sign) {
                    self.signs.push(*sign);
                }
            }
            for (word, _) in &knot.words {
                self.part[*word as usize] = true;
            }
        }
        for (part, worths) in self.part.iter_mut().zip(&self.worths) {
            *part |= worths.iter().any(|(class, _)| used.contains(class));
        }
    }

    fn new_knot(&mut self) -> u32 {
        self.knots.push(Knot::default());
        u32::try_from(self.knots.len() - 1).unwrap_or(u32::MAX)
    }

    fn follow<T: PartialEq + Copy>(
        &mut self,
        at: u32,
        edges: impl Fn(&mut Knot) -> &mut Vec<(T, u32)>,
        label: T,
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
    fn find_starts(&mut self, rules: &TimeRules) -> Result<(), BadPattern> {
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
                if let TimeStep::Slot { kind, .. } = step
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
        let mut starts = vec![false; self.worths.len()];
        let mut unworded = false;
        let root = &self.knots[self.roots[kind] as usize];
        for (word, _) in &root.words {
            starts[*word as usize] = true;
        }
        unworded |= !root.signs.is_empty();
        let mut classes: Vec<ClassId> = root.classes.iter().map(|(class, _)| *class).collect();
        for (numeral, _) in &root.numerals {
            unworded = true;
            classes.push(match numeral {
                Numeral::Ordinal | Numeral::DayName => self.known.ordinal,
                Numeral::DecadeWords => self.known.decade_word,
                _ => self.known.number,
            });
            if *numeral == Numeral::Day {
                classes.push(self.known.ordinal);
            }
            if matches!(
                numeral,
                Numeral::DecadeWords | Numeral::Ordinal | Numeral::DayName
            ) {
                classes.push(self.known.number);
            }
        }
        for (word, worths) in self.worths.iter().enumerate() {
            if worths.iter().any(|(class, _)| classes.contains(class)) {
                starts[word] = true;
            }
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

    /// The word of these folded letters.
    pub(crate) fn word(&self, folded: &[u8]) -> WordId {
        self.words.get(folded).copied().unwrap_or(UNKNOWN)
    }

    /// What a word is worth in a class.
    pub(crate) fn worth(&self, word: WordId, class: ClassId) -> Option<i64> {
        let worths = self.worths.get(word as usize)?;
        worths
            .iter()
            .find(|(other, _)| *other == class)
            .map(|(_, worth)| *worth)
    }

    /// Whether a time may hang on this word.
    pub(crate) fn is_core(&self, word: WordId) -> bool {
        self.core.get(word as usize).copied().unwrap_or(false)
    }

    /// Whether a word may stand inside a time.
    pub(crate) fn is_part(&self, word: WordId) -> bool {
        self.part.get(word as usize).copied().unwrap_or(false)
    }

    /// Whether a sign may stand inside a time.
    pub(crate) fn is_sign(&self, sign: char) -> bool {
        self.signs.contains(&sign)
    }

    /// Whether a word may close a number.
    pub(crate) fn is_suffix(&self, word: WordId, suffix: Suffix) -> bool {
        let class = match suffix {
            Suffix::Ordinal => self.known.ordinal_suffix,
            Suffix::Decade => self.known.decade_suffix,
        };
        self.worth(word, class).is_some()
    }

    /// Endings of a class, longest use first.
    pub(crate) fn has_ending(&self, folded: &[u8], class: ClassId) -> bool {
        (2..=6).any(|length| {
            folded.len() > length + 1
                && self
                    .worth(self.word(&folded[folded.len() - length..]), class)
                    .is_some()
        })
    }
}

/// FNV-1a: short keys, no chance in it.
#[derive(Debug)]
pub(crate) struct Fold(u64);

impl Default for Fold {
    fn default() -> Self {
        Self(0xcbf2_9ce4_8422_2325)
    }
}

impl Hasher for Fold {
    fn finish(&self) -> u64 {
        self.0
    }

    fn write(&mut self, bytes: &[u8]) {
        for byte in bytes {
            self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0100_0000_01b3);
        }
    }

    fn write_usize(&mut self, _length: usize) {}
}
