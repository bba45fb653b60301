//! The words of a topic in one language, each with its classes.

use std::collections::{BTreeMap, HashMap};
use std::hash::{BuildHasherDefault, Hasher};

use quipu_packs::PhraseRules;

/// A word of the language, by its place in the list.
pub(crate) type WordId = u32;
/// Any word that no list holds.
pub(crate) const UNKNOWN: WordId = u32::MAX;
/// A class of words.
pub(crate) type ClassId = u16;

/// Words by their folded letters.
#[derive(Debug)]
pub(crate) struct Vocabulary {
    pub(crate) language: String,
    words: HashMap<Box<[u8]>, WordId, BuildHasherDefault<Fold>>,
    /// Classes of each word with its worth there.
    worths: Vec<Vec<(ClassId, i64)>>,
    /// Words that an expression must have one of.
    core: Vec<bool>,
    /// Words that may stand inside one.
    part: Vec<bool>,
    /// Signs that may stand inside one.
    signs: Vec<char>,
    classes: BTreeMap<String, ClassId>,
    pub(crate) numbers: NumberClasses,
}

/// Classes that reading numbers asks for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct NumberClasses {
    pub(crate) number: ClassId,
    pub(crate) number_glue: ClassId,
    pub(crate) zero: ClassId,
    pub(crate) ordinal: ClassId,
    pub(crate) decade_word: ClassId,
    pub(crate) magnitude: ClassId,
    pub(crate) magnitude_short: ClassId,
    pub(crate) half: ClassId,
    pub(crate) one_article: ClassId,
    pub(crate) dozen: ClassId,
    ordinal_suffix: ClassId,
    decade_suffix: ClassId,
}

/// What a number may end in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Suffix {
    /// `th`.
    Ordinal,
    /// `s`.
    Decade,
}

impl Vocabulary {
    /// A list that knows its classes but no word yet.
    pub(crate) fn new(rules: &PhraseRules) -> Self {
        let mut classes = BTreeMap::new();
        let mut class = |name: &str| add_class(&mut classes, name);
        let numbers = NumberClasses {
            number: class("number"),
            number_glue: class("number-glue"),
            zero: class("zero"),
            ordinal: class("ordinal"),
            decade_word: class("decade-word"),
            magnitude: class("magnitude"),
            magnitude_short: class("magnitude-short"),
            half: class("half"),
            one_article: class("one-article"),
            dozen: class("dozen"),
            ordinal_suffix: class("ordinal-suffix"),
            decade_suffix: class("decade-suffix"),
        };
        for name in rules.classes.keys() {
            class(name);
        }
        Self {
            language: rules.language.clone(),
            words: HashMap::default(),
            worths: Vec::new(),
            core: Vec::new(),
            part: Vec::new(),
            signs: Vec::new(),
            classes,
            numbers,
        }
    }

    /// The class of that name, known or new.
    pub(crate) fn class(&mut self, name: &str) -> ClassId {
        add_class(&mut self.classes, name)
    }

    /// The class of that name, where there is one.
    pub(crate) fn class_named(&self, name: &str) -> Option<ClassId> {
        self.classes.get(name).copied()
    }

    /// Puts the words of the classes in. Those that only tell what stands around
    /// an expression are looked up in the text beside it and are no part of one.
    pub(crate) fn fill(&mut self, rules: &PhraseRules) {
        for (name, words) in &rules.classes {
            let id = self.class(name);
            for (word, worth) in words {
                let word = self.add(word);
                self.worths[word as usize].push((id, *worth));
                if rules.core.contains(name) {
                    self.core[word as usize] = true;
                }
            }
        }
        self.add("'s");
    }

    pub(crate) fn add(&mut self, word: &str) -> WordId {
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

    /// Classes whose words numbers are made of.
    pub(crate) fn of_numbers(&self) -> Vec<ClassId> {
        let known = self.numbers;
        vec![
            known.number,
            known.number_glue,
            known.zero,
            known.ordinal,
            known.decade_word,
            known.magnitude,
            known.magnitude_short,
            known.half,
            known.one_article,
            known.dozen,
        ]
    }

    /// Tells what may stand inside an expression.
    pub(crate) fn set_parts(&mut self, classes: &[ClassId], signs: &[char], words: &[WordId]) {
        for sign in signs {
            if !self.signs.contains(sign) {
                self.signs.push(*sign);
            }
        }
        for word in words {
            self.part[*word as usize] = true;
        }
        for (part, worths) in self.part.iter_mut().zip(&self.worths) {
            *part |= worths.iter().any(|(class, _)| classes.contains(class));
        }
    }

    /// How many words there are.
    pub(crate) fn len(&self) -> usize {
        self.worths.len()
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

    /// Whether an expression may hang on this word.
    pub(crate) fn is_core(&self, word: WordId) -> bool {
        self.core.get(word as usize).copied().unwrap_or(false)
    }

    /// Whether a word may stand inside an expression.
    pub(crate) fn is_part(&self, word: WordId) -> bool {
        self.part.get(word as usize).copied().unwrap_or(false)
    }

    /// Whether a sign may stand inside an expression.
    pub(crate) fn is_sign(&self, sign: char) -> bool {
        self.signs.contains(&sign)
    }

    /// Whether a word may close a number.
    pub(crate) fn is_suffix(&self, word: WordId, suffix: Suffix) -> bool {
        let class = match suffix {
            Suffix::Ordinal => self.numbers.ordinal_suffix,
            Suffix::Decade => self.numbers.decade_suffix,
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

fn add_class(classes: &mut BTreeMap<String, ClassId>, name: &str) -> ClassId {
    let next = ClassId::try_from(classes.len()).unwrap_or(ClassId::MAX);
    *classes.entry(name.to_owned()).or_insert(next)
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
