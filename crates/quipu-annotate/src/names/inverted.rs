//! Surname first: "Montes Rey, Julia", as lists and mail headers write persons.

use quipu_model::NameKind;

use super::{Draft, Work};

/// Words before and behind the comma, each.
const WORDS_MAX: usize = 4;

impl Work<'_> {
    /// Makes one person of a surname, a comma and given names that stand alone in
    /// quotation marks or before a sign of the rule, where a name begins with the
    /// surname and a part is a person.
    pub(super) fn inverted(&mut self) {
        let Some(rule) = self.rules.inverted else {
            return;
        };
        let commas: Vec<usize> = (1..self.line.len())
            .filter(|at| self.line.is(*at, ","))
            .collect();
        for comma in commas {
            let run = |at: usize| self.line.word(at) && self.line.capital(at);
            let first = (0..comma).rev().take(WORDS_MAX).take_while(|at| run(*at));
            let Some(first) = first.last() else {
                continue;
            };
            let given = (comma + 1..self.line.len()).take(WORDS_MAX);
            let Some(last) = given.take_while(|at| run(*at)).last() else {
                continue;
            };
            let words = first..last + 1;
            let enclosed = first.checked_sub(1).is_some_and(|before| {
                let (open, close) = (self.line.letters(before), self.line.letters(words.end));
                let mut quotes = self.rules.quotes.iter();
                quotes.any(|(from, to)| from == open && to == close)
            });
            let behind = &self.rules.behind_inverted;
            let limit = self.line.len();
            if !enclosed && behind.at(&self.line, words.end, limit).is_none() {
                continue;
            }
            let inside =
                |draft: &Draft| draft.words.start < words.end && draft.words.end > words.start;
            let mut parts = self.drafts.iter().filter(|draft| inside(draft));
            let person = parts.clone().any(|draft| draft.kind == NameKind::Person);
            let within =
                parts.all(|draft| words.start <= draft.words.start && draft.words.end <= words.end);
            if !person || !within || self.begins(first).is_none() {
                continue;
            }
            let place = self
                .drafts
                .partition_point(|draft| draft.words.end <= words.start);
            self.drafts.retain(|draft| !inside(draft));
            let whole = Draft {
                words,
                kind: NameKind::Person,
                titles: Vec::new(),
                aliases: Vec::new(),
            };
            self.drafts.insert(place, whole);
            self.fired.push(rule);
        }
    }
}
