//! Lists of words and phrases of the packs, found in a sentence.

use std::collections::HashMap;

use quipu_packs::fold;

use super::line::Line;

/// Phrases, each with the rule it stands in.
#[derive(Debug, Default)]
pub(super) struct Phrases {
    /// Places in `phrases` by their first word.
    by_first: HashMap<String, Vec<usize>>,
    phrases: Vec<Phrase>,
}

#[derive(Debug)]
struct Phrase {
    words: Vec<Word>,
    /// Written with a capital in the list: it asks for one in the text.
    capital: bool,
    rule: usize,
}

#[derive(Debug)]
struct Word {
    folded: String,
    /// A short form: its full stop may be a piece of its own, or be missing.
    short: bool,
}

/// Pieces that a phrase may take.
const LONGEST: usize = 12;

impl Phrases {
    pub(super) fn add(&mut self, phrases: &[String], rule: usize) {
        for phrase in phrases {
            let words: Vec<Word> = phrase
                .split_whitespace()
                .map(|word| {
                    let short = word.len() > 1 && word.ends_with('.');
                    let word = if short { &word[..word.len() - 1] } else { word };
                    Word {
                        folded: word.chars().map(fold::base).collect(),
                        short,
                    }
                })
                .collect();
            let Some(first) = words.first() else {
                continue;
            };
            self.by_first
                .entry(first.folded.clone())
                .or_default()
                .push(self.phrases.len());
            self.phrases.push(Phrase {
                words,
                capital: phrase.chars().next().is_some_and(char::is_uppercase),
                rule,
            });
        }
    }

    /// The pieces and rules of all phrases that begin at a piece.
    fn fits<'a>(&'a self, line: &'a Line<'_>, at: usize) -> impl Iterator<Item = (usize, usize)> {
        let places = self.by_first.get(line.folded(at));
        places.into_iter().flatten().filter_map(move |place| {
            let phrase = self.phrases.get(*place)?;
            let mut here = at;
            for (number, word) in phrase.words.iter().enumerate() {
                if number > 0 && line.is(here, "-") {
                    here += 1;
                }
                let stop = line.dotted(here) && !word.short;
                if stop || line.folded(here) != word.folded {
                    return None;
                }
                here += 1;
                if word.short && line.is(here, ".") {
                    here += 1;
                }
            }
            (!phrase.capital || line.capital(at)).then_some((here, phrase.rule))
        })
    }

    /// The longest phrase that begins at a piece and does not pass `limit`:
    /// the piece after it, and its rule.
    pub(super) fn at(&self, line: &Line<'_>, at: usize, limit: usize) -> Option<(usize, usize)> {
        self.fits(line, at)
            .filter(|(end, _)| *end <= limit)
            .max_by_key(|(end, rule)| (*end, std::cmp::Reverse(*rule)))
    }

    /// The longest phrase that ends before a piece and begins at `limit` or
    /// later: its first piece, and its rule.
    pub(super) fn before(
        &self,
        line: &Line<'_>,
        end: usize,
        limit: usize,
    ) -> Option<(usize, usize)> {
        let first = limit.max(end.saturating_sub(LONGEST));
        (first..end).find_map(|start| {
            self.fits(line, start)
                .find(|(after, _)| *after == end)
                .map(|(_, rule)| (start, rule))
        })
    }

    /// Whether a phrase is just this one piece.
    pub(super) fn has(&self, line: &Line<'_>, at: usize) -> Option<usize> {
        self.fits(line, at)
            .find(|(end, _)| *end == at + 1)
            .map(|(_, rule)| rule)
    }

    /// The rule of a phrase that is exactly these pieces.
    pub(super) fn exactly(&self, line: &Line<'_>, start: usize, end: usize) -> Option<usize> {
        self.fits(line, start)
            .find(|(after, _)| *after == end)
            .map(|(_, rule)| rule)
    }
}
