//! Words for the people of a place, and of what is theirs, are no names of it:
//! *Peruvian* officials, *los peruanos*.

use quipu_model::NameKind;

use super::Work;

/// Shorter words are not known by their ending.
const STEM_MIN: usize = 3;

impl Work<'_> {
    /// The demonym that begins at a piece: the piece after it, and its rule.
    pub(super) fn demonym(&self, at: usize, limit: usize) -> Option<(usize, usize)> {
        let by_list = self.rules.demonyms.at(&self.line, at, limit);
        by_list.or_else(|| {
            if self.rules.demonym_endings.is_empty() || !self.line.word(at) {
                return None;
            }
            // As written: limeño is one, moreno is none.
            let word = self.line.letters(at).to_lowercase();
            let ending = self.rules.demonym_endings.iter().find(|(ending, _)| {
                word.strip_suffix(ending.as_str())
                    .is_some_and(|stem| stem.chars().count() >= STEM_MIN)
            });
            ending
                .filter(|_| at < limit)
                .map(|(_, rule)| (at + 1, *rule))
        })
    }

    /// Takes away names that are demonyms alone, and demonyms off the front of
    /// persons' names.
    pub(super) fn demonyms(&mut self) {
        let mut at = 0;
        while let Some(draft) = self.drafts.get(at) {
            let (words, kind) = (draft.words.clone(), draft.kind);
            at += 1;
            let person = kind == NameKind::Person;
            let too = if person {
                &self.rules.surnames_too
            } else {
                &self.rules.places_too
            };
            let also = too.has(&self.line, words.start).is_some();
            if also && self.line.capital(words.start) {
                continue;
            }
            // Surnames end as demonyms do: Cedeño, Briceño.
            let next = |at: usize| {
                if person {
                    self.rules.demonyms.at(&self.line, at, words.end)
                } else {
                    self.demonym(at, words.end)
                }
            };
            let Some((first, rule)) = next(words.start) else {
                continue;
            };
            let mut after = first;
            while let Some((behind, _)) = next(after) {
                after = behind;
            }
            if after == words.end {
                at -= 1;
                self.drafts.remove(at);
                self.fired.push(rule);
            } else if person
                && self.line.capital(first)
                && let Some(draft) = self.drafts.get_mut(at - 1)
            {
                draft.words.start = first;
                self.fired.push(rule);
            }
        }
    }
}
