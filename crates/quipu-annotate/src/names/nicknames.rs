//! Nicknames in quotation marks: Demetrio "Vaticano" Chávez, and those that stand
//! beside a name: Demetrio Chávez, alias "el Vaticano".

use std::ops::Range;

use quipu_model::{NameKind, Repaired, Span};

use super::Work;

/// Words that a nickname may have.
const WORDS_MAX: usize = 4;

impl Work<'_> {
    pub(super) fn nicknames(&mut self) {
        let Some(rule) = self.rules.nickname else {
            return;
        };
        let mut at = 0;
        while at < self.drafts.len() {
            if self.is_person(at) {
                self.within(at, rule);
                self.between(at, rule);
                self.beside(at, rule);
            }
            at += 1;
        }
    }

    /// What stands in quotation marks that open at a piece: the words inside and
    /// the piece behind the closing mark.
    fn quoted(&self, at: usize) -> Option<(Range<usize>, usize)> {
        let letters = self.line.letters(at);
        let (_, close) = self
            .rules
            .quotes
            .iter()
            .find(|(open, _)| letters == open.as_str())?;
        let end = (at + 1..self.line.len().min(at + 2 + WORDS_MAX))
            .find(|word| self.line.is(*word, close))?;
        let inside = at + 1..end;
        let word = inside.clone().all(|word| self.line.word(word));
        (!inside.is_empty() && word).then_some((inside, end + 1))
    }

    /// The piece itself without its quotation marks, where they are one piece.
    fn quoted_whole(&self, at: usize) -> bool {
        let letters = self.line.letters(at);
        self.rules.quotes.iter().any(|(open, close)| {
            letters
                .strip_prefix(open.as_str())
                .and_then(|rest| rest.strip_suffix(close.as_str()))
                .is_some_and(|inside| inside.contains(char::is_alphanumeric))
        })
    }

    /// The span of a nickname without quotation marks that are part of its word.
    pub(super) fn unquoted(&self, words: &Range<usize>) -> Span<Repaired> {
        let span = self.line.span(words);
        if words.len() != 1 || !self.quoted_whole(words.start) {
            return span;
        }
        let letters = self.line.letters(words.start);
        let inside = letters.trim_matches(|c: char| !c.is_alphanumeric());
        let start = letters.find(inside).unwrap_or(0);
        Span::from_usize(
            span.range().start + start,
            span.range().start + start + inside.len(),
        )
    }

    /// Whether words could be what a person is called: one begins with a capital.
    fn nickname(&self, words: &Range<usize>) -> bool {
        words.clone().any(|word| self.line.capital(word))
    }

    /// Nicknames inside the name as the network told it.
    fn within(&mut self, at: usize, rule: usize) {
        let Some(words) = self.drafts.get(at).map(|draft| draft.words.clone()) else {
            return;
        };
        for word in words.start + 1..words.end {
            let inside = match self.quoted(word) {
                Some((inside, after)) if after <= words.end => inside,
                _ if self.quoted_whole(word) => word..word + 1,
                _ => continue,
            };
            if let Some(draft) = self.drafts.get_mut(at)
                && !draft.aliases.contains(&inside)
            {
                draft.aliases.push(inside);
                self.fired.push(rule);
            }
        }
    }

    /// A nickname between two parts of a name: the whole is one name.
    fn between(&mut self, at: usize, rule: usize) {
        let Some(end) = self.drafts.get(at).map(|draft| draft.words.end) else {
            return;
        };
        let Some((inside, after)) = self.quoted(end) else {
            return;
        };
        let next = self.begins(after);
        let next = next.filter(|next| self.is_person(*next));
        if !self.nickname(&inside) {
            return;
        }
        match next {
            Some(next) => self.merge(at, next),
            None => {
                let more = (after..self.line.len())
                    .take_while(|word| self.can_be_name(*word))
                    .count();
                if more == 0 {
                    return;
                }
                // The network may have told the nickname as a name.
                let inner = self.drafts.iter().skip(at + 1);
                let inner = inner.take_while(|draft| draft.words.start < after).count();
                self.merge(at, at + inner);
                if let Some(draft) = self.drafts.get_mut(at) {
                    draft.words.end = after + more;
                }
            }
        }
        if let Some(draft) = self.drafts.get_mut(at) {
            draft.aliases.push(inside);
        }
        self.fired.push(rule);
    }

    /// A nickname behind the name, or before it, with nothing but a comma or a
    /// bracket between: it is short and begins with a capital.
    fn beside(&mut self, at: usize, rule: usize) {
        let Some(words) = self.drafts.get(at).map(|draft| draft.words.clone()) else {
            return;
        };
        let apart = self.line.is(words.end, ",") || self.line.is(words.end, "(");
        let behind = self
            .quoted(words.end + usize::from(apart))
            .filter(|(_, after)| !apart || *after >= self.line.len() || !self.line.word(*after));
        let before = (3..=4).find_map(|back| {
            let open = words.start.checked_sub(back)?;
            self.quoted(open).filter(|(_, after)| *after == words.start)
        });
        for (inside, _) in [before, behind].into_iter().flatten() {
            let short = inside.len() <= 2 && inside.clone().all(|word| self.line.capital(word));
            let thing = self
                .overlapping(&inside)
                .and_then(|place| self.drafts.get(place))
                .is_some_and(|draft| draft.kind == NameKind::Organisation);
            if short && !thing {
                self.claim(at, inside, rule);
            }
        }
    }

    /// Nicknames that a word announces: alias "el Vaticano".
    pub(super) fn called(&mut self) {
        for at in 0..self.drafts.len() {
            if self.is_person(at) {
                self.announced(at);
            }
        }
    }

    fn announced(&mut self, at: usize) {
        let Some(draft) = self.drafts.get(at) else {
            return;
        };
        // Posts may stand between: Chávez, a trafficker known as "Vaticano".
        let behind = draft.titles.last().map_or(0, |title| title.end);
        let ends = [draft.words.end, behind.max(draft.words.end)];
        let comma = |at: usize| usize::from(self.line.is(at, ",") || self.line.is(at, "("));
        let cue = ends
            .into_iter()
            .flat_map(|end| [end, end + comma(end)])
            .find_map(|start| self.rules.alias_cues.at(&self.line, start, self.line.len()));
        let Some((open, rule)) = cue else {
            return;
        };
        if let Some((inside, _)) = self.quoted(open) {
            self.claim(at, inside, rule);
        }
    }

    /// Records a nickname beside a name. If the network took it for the name of
    /// a thing, it was wrong: it is what a person is called.
    fn claim(&mut self, at: usize, inside: Range<usize>, rule: usize) {
        if let Some(other) = self.overlapping(&inside)
            && other != at
            && let Some(draft) = self.drafts.get_mut(other)
        {
            draft.kind = NameKind::Person;
        }
        let Some(draft) = self.drafts.get_mut(at) else {
            return;
        };
        if !draft.aliases.contains(&inside) {
            draft.aliases.push(inside);
            self.fired.push(rule);
        }
    }
}
