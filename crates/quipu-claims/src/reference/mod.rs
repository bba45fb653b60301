//! Reference inside a document: who each mention stands for.
//!
//! Mentions are found in trees and names, then sieved in the order of the text,
//! the surest first: names against all names of the document, descriptions
//! against what was told, pronouns against who was told last. What the sieves
//! know of words stands in `languages/*/reference.toml`. Nothing is tied that
//! might be two persons.

mod chains;
mod check;
mod describe;
mod entity;
mod mention;
mod names;
mod pronoun;
mod resolve;
mod shape;
mod speech;
mod spoken;
mod words;

use quipu_model::{AmountExpression, AnnotatedText, NameKind, Sentence, TimeExpression};
use quipu_packs::{PackError, Packs};

use crate::claims::tree::Tree;
use mention::Found;
use words::Words;

pub use chains::References;
pub use check::{Marked, check, marks, wrong};

/// A text whose mentions are asked for.
#[derive(Debug, Clone, Copy)]
pub struct ReferenceInput<'a> {
    /// The repaired text.
    pub text: &'a str,
    /// Its sentences and names.
    pub annotated: &'a AnnotatedText,
    /// Its times, in the order of the text.
    pub times: &'a [TimeExpression],
    /// Its amounts, in the order of the text.
    pub amounts: &'a [AmountExpression],
}

/// What the packs know of reference in all languages, made ready once.
#[derive(Debug)]
pub struct ReferenceReader {
    languages: Vec<Words>,
}

impl ReferenceReader {
    /// Makes the words of the packs ready.
    ///
    /// # Errors
    /// What is wrong in a file of the packs.
    pub fn new(packs: &Packs) -> Result<Self, PackError> {
        let languages = packs.languages().iter();
        let languages: Result<Vec<Words>, PackError> = languages
            .map(|language| Words::read(packs, &language.tag))
            .collect();
        Ok(Self {
            languages: languages?,
        })
    }

    /// The chains of a text, at a cost that grows with its length.
    #[must_use]
    pub fn read(&self, input: &ReferenceInput<'_>) -> References {
        let sentences = input.annotated.sentences.iter();
        let trees: Vec<Tree<'_>> = sentences
            .filter_map(|sentence| {
                let words = self.words(sentence)?;
                Some(Tree::of_sentence(
                    input.text,
                    sentence,
                    &words.predication,
                    &input.annotated.names,
                    input.times,
                    input.amounts,
                ))
            })
            .collect();
        self.read_trees(input.text, input.annotated, &trees)
    }

    fn words(&self, sentence: &Sentence) -> Option<&Words> {
        let mut languages = self.languages.iter();
        languages.find(|words| words.language == sentence.language)
    }

    /// The chains of trees that are made already, those of one text in its order.
    pub(crate) fn read_trees<'a>(
        &'a self,
        text: &'a str,
        annotated: &'a AnnotatedText,
        trees: &[Tree<'a>],
    ) -> References {
        let mut words: Vec<&Words> = Vec::with_capacity(trees.len());
        let mut paragraphs = Vec::with_capacity(trees.len());
        let mut end = 0;
        for tree in trees {
            let Some(own) = self.words(tree.sentence) else {
                return References::default();
            };
            words.push(own);
            let start = tree.sentence.span.start();
            let between = text.get(end..start as usize).unwrap_or_default();
            let lines = between.split('\n').count();
            paragraphs.push(end == 0 || lines > 2);
            end = tree.sentence.span.end() as usize;
        }
        let speech = speech::read(trees, &paragraphs);
        let mut found: Vec<Found<'a>> = Vec::new();
        for (sentence, tree) in trees.iter().enumerate() {
            let quotes = &speech.inside[sentence];
            found.extend(mention::find(tree, words[sentence], sentence, quotes));
        }
        let Some(first) = words.first() else {
            return References::default();
        };
        let place_of = |found: &Found<'a>| {
            let span = found.name?.span;
            let names = &annotated.names;
            names.binary_search_by_key(&span, |name| name.span).ok()
        };
        let name_of: Vec<Option<usize>> = found.iter().map(place_of).collect();
        let mut written: Vec<names::Written> = Vec::with_capacity(annotated.names.len());
        let mut genders = vec![None; annotated.names.len()];
        for (own, place) in found.iter().zip(&name_of) {
            if let Some(place) = place
                && own.name.is_some_and(|name| name.kind == NameKind::Person)
            {
                genders[*place] = own.agreement.gender;
            }
        }
        let mut sentence = 0;
        for (place, name) in annotated.names.iter().enumerate() {
            while trees
                .get(sentence)
                .is_some_and(|tree| tree.sentence.span.end() <= name.span.start())
            {
                sentence += 1;
            }
            let words = words.get(sentence).unwrap_or(first);
            let letters = name.span.of(text).unwrap_or_default();
            written.push(names::written(words, letters, name.kind, genders[place]));
        }
        let ties = names::ties(annotated, text, &written, first);
        let story = resolve::resolve(&found, &words, &ties, &name_of, &speech);
        chains::chains(&story, trees)
    }
}
