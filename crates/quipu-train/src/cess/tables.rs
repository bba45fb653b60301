//! The linguist's tables in `data/cess/`: which child heads a constituent, what
//! a tag, a function, a piece of a multiword expression becomes.
//!
//! Each table is plain text, one entry a line, columns parted by tabs; `#` opens
//! a comment. They are part of the program, so a run needs no folder beside it.

use std::collections::BTreeMap;

/// Part of speech, lemma and features of a word.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reading {
    /// Universal part of speech.
    pub upos: String,
    /// Lemma, empty where the table does not give one.
    pub lemma: String,
    /// Features, `_` if none.
    pub feats: String,
}

/// One line of `heads.tsv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeadRule {
    /// Category, or its start followed by `*`.
    pub category: String,
    /// Search from the right instead of from the left.
    pub from_right: bool,
    /// Patterns of children, best first.
    pub children: Vec<String>,
}

/// One line of `relations.tsv`; every column may be `*` or alternatives parted by `,`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RelationRule {
    /// What must hold, in the order of [`super::relation::Context`].
    pub conditions: Vec<String>,
    /// The relation it gives.
    pub relation: String,
}

/// One line of `clitics.tsv`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Clitic {
    /// As written at the end of the verb.
    pub form: String,
    /// Its reading.
    pub reading: Reading,
    /// Relation to the verb.
    pub relation: String,
}

/// What a lemma changes in the reading of its tag.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LemmaRule {
    /// Start of the tag.
    pub tag: String,
    /// The lemma, in small letters.
    pub lemma: String,
    /// Part of speech, if it changes.
    pub upos: Option<String>,
    /// Features to set; an empty value takes the feature away.
    pub feats: Vec<(String, String)>,
}

/// All tables.
#[derive(Clone, Debug, Default)]
pub struct Tables {
    /// `tags.tsv` by tag.
    pub tags: BTreeMap<String, Reading>,
    /// `tags-by-lemma.tsv` in order.
    pub by_lemma: Vec<LemmaRule>,
    /// `lemmas.tsv` in order: start of the tag, lemma of the corpus, lemma.
    pub lemmas: Vec<[String; 3]>,
    /// `pieces.tsv` by form in small letters.
    pub pieces: BTreeMap<String, Reading>,
    /// `clitics.tsv` in order.
    pub clitics: Vec<Clitic>,
    /// `auxiliaries.tsv`: lemma and following form to relation.
    pub auxiliaries: BTreeMap<(String, String), String>,
    /// `heads.tsv` in order.
    pub heads: Vec<HeadRule>,
    /// `relations.tsv` in order.
    pub relations: Vec<RelationRule>,
}

impl Tables {
    /// The tables this program was built with.
    #[must_use]
    pub fn embedded() -> Self {
        let mut tables = Self::default();
        for [tag, upos, feats] in rows(include_str!("../../data/cess/tags.tsv")) {
            tables.tags.insert(tag.to_owned(), reading(upos, "", feats));
        }
        for [tag, lemma, upos, feats] in rows(include_str!("../../data/cess/tags-by-lemma.tsv")) {
            tables.by_lemma.push(LemmaRule {
                tag: tag.to_owned(),
                lemma: lemma.to_owned(),
                upos: (upos != "-").then(|| upos.to_owned()),
                feats: pairs(feats),
            });
        }
        for row in rows::<3>(include_str!("../../data/cess/lemmas.tsv")) {
            tables.lemmas.push(row.map(str::to_owned));
        }
        for [form, upos, lemma, feats] in rows(include_str!("../../data/cess/pieces.tsv")) {
            tables
                .pieces
                .insert(form.to_owned(), reading(upos, lemma, feats));
        }
        for [form, lemma, feats, relation] in rows(include_str!("../../data/cess/clitics.tsv")) {
            tables.clitics.push(Clitic {
                form: form.to_owned(),
                reading: reading("PRON", lemma, feats),
                relation: relation.to_owned(),
            });
        }
        for [lemma, next, relation] in rows(include_str!("../../data/cess/auxiliaries.tsv")) {
            tables
                .auxiliaries
                .insert((lemma.to_owned(), next.to_owned()), relation.to_owned());
        }
        for [category, side, children] in rows(include_str!("../../data/cess/heads.tsv")) {
            tables.heads.push(HeadRule {
                category: category.to_owned(),
                from_right: side == "right",
                children: children.split_whitespace().map(str::to_owned).collect(),
            });
        }
        tables.relations = relations(include_str!("../../data/cess/relations.tsv"));
        tables
    }
}

/// Reads a table of relations: any number of conditions, the relation last.
#[must_use]
pub fn relations(text: &'static str) -> Vec<RelationRule> {
    lines(text)
        .filter_map(|line| {
            let mut conditions: Vec<String> = line.split('\t').map(str::to_owned).collect();
            let relation = conditions.pop()?;
            Some(RelationRule {
                conditions,
                relation,
            })
        })
        .collect()
}

/// True if `pattern` is `*`, `value`, or a start of it followed by `*`.
#[must_use]
pub fn fits(pattern: &str, value: &str) -> bool {
    match pattern.strip_suffix('*') {
        Some(start) => value.starts_with(start),
        None => value == pattern,
    }
}

/// Sets features in a `Name=Value|...` string; an empty value takes one away.
#[must_use]
pub fn with_feats(feats: &str, changes: &[(String, String)]) -> String {
    let mut all: BTreeMap<String, (String, String)> = BTreeMap::new();
    for (name, value) in pairs(feats).iter().chain(changes) {
        // UD sorts features by name without regard to case.
        all.insert(name.to_lowercase(), (name.clone(), value.clone()));
    }
    let kept: Vec<String> = all
        .values()
        .filter(|(_, value)| !value.is_empty())
        .map(|(name, value)| format!("{name}={value}"))
        .collect();
    if kept.is_empty() {
        "_".to_owned()
    } else {
        kept.join("|")
    }
}

fn pairs(feats: &str) -> Vec<(String, String)> {
    feats
        .split('|')
        .filter_map(|feat| feat.split_once('='))
        .map(|(name, value)| (name.to_owned(), value.to_owned()))
        .collect()
}

fn reading(upos: &str, lemma: &str, feats: &str) -> Reading {
    Reading {
        upos: upos.to_owned(),
        lemma: lemma.to_owned(),
        feats: feats.to_owned(),
    }
}

fn lines(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with('#'))
}

fn rows<const N: usize>(text: &'static str) -> impl Iterator<Item = [&'static str; N]> {
    lines(text).filter_map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        columns.try_into().ok()
    })
}
