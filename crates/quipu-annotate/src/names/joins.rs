//! Parts of one person's name that were told apart, and names of two persons
//! that were told as one: particles, hyphens, conjunctions.

use quipu_model::NameKind;

use super::Work;

impl Work<'_> {
    pub(super) fn joins(&mut self) {
        let mut at = 0;
        while at + 1 < self.drafts.len() {
            match self.joined(at) {
                Some(rule) => {
                    self.merge(at, at + 1);
                    self.fired.push(rule);
                }
                None => at += 1,
            }
        }
        self.parted();
        self.suffixes();
        self.initials();
    }

    /// The piece behind an initial and its full stop.
    pub(super) fn initial(&self, at: usize) -> Option<usize> {
        let mut letters = self.line.letters(at).chars();
        if !letters.next().is_some_and(char::is_uppercase) {
            return None;
        }
        match letters.as_str() {
            "." => Some(at + 1),
            "" if self.line.is(at + 1, ".") => Some(at + 2),
            _ => None,
        }
    }

    /// Joins initials between a title and a name: Mr. *J. F.* Dulles. Without a
    /// title they may be the number of a list.
    fn initials(&mut self) {
        let Some(rule) = self.rules.initial else {
            return;
        };
        for at in 0..self.drafts.len() {
            let Some(start) = self.drafts.get(at).map(|draft| draft.words.start) else {
                return;
            };
            let before = at.checked_sub(1).and_then(|before| self.drafts.get(before));
            let limit = before.map_or(0, |draft| draft.words.end);
            let mut first = start;
            while let Some(from) = (first.saturating_sub(2)..first)
                .find(|from| *from >= limit && self.initial(*from) == Some(first))
            {
                first = from;
            }
            let person = self.is_person(at);
            let titled = self.rules.titles.before(&self.line, first, limit).is_some();
            if first < start
                && person
                && titled
                && let Some(draft) = self.drafts.get_mut(at)
            {
                draft.words.start = first;
                self.fired.push(rule);
            }
        }
    }

    /// Joins what ends a name and was left out of it: Enron Services, *Inc.*
    fn suffixes(&mut self) {
        for at in 0..self.drafts.len() {
            let Some((end, kind)) = self
                .drafts
                .get(at)
                .map(|draft| (draft.words.end, draft.kind))
            else {
                return;
            };
            let start = end + usize::from(self.line.is(end, ","));
            let found = self.rules.suffixes.iter().find_map(|(of, phrases)| {
                phrases
                    .at(&self.line, start, self.line.len())
                    .filter(|_| *of == kind)
            });
            let Some((after, rule)) = found else {
                continue;
            };
            // The network may have told it as a name of its own.
            let next = self.drafts.get(at + 1).map(|next| next.words.clone());
            let own = next.clone().is_some_and(|next| next == (start..after));
            if own {
                self.drafts.remove(at + 1);
            } else if next.is_some_and(|next| next.start < after) {
                continue;
            }
            if let Some(draft) = self.drafts.get_mut(at) {
                draft.words.end = after;
            }
            self.fired.push(rule);
        }
    }

    /// The rule that joins a draft with the next.
    fn joined(&self, at: usize) -> Option<usize> {
        let (left, right) = (self.drafts.get(at)?, self.drafts.get(at + 1)?);
        if left.kind != NameKind::Person || right.kind != NameKind::Person {
            return None;
        }
        let (from, to) = (left.words.end, right.words.start);
        if from >= to {
            return None;
        }
        if to - from == 1 && self.line.is(from, "-") {
            return self.rules.hyphens.has(&self.line, from - 1);
        }
        let mut here = from;
        while let Some(after) = self.initial(here).filter(|after| *after <= to) {
            here = after;
        }
        if here == to {
            return self.rules.initial;
        }
        let conjunction = self.rules.conjunctions.exactly(&self.line, from, to);
        if conjunction.is_some() {
            return self.double(from, to).filter(|_| right.words.len() == 1);
        }
        self.rules.particles.exactly(&self.line, from, to)
    }

    /// The rule by which what stands around a conjunction is one surname.
    fn double(&self, from: usize, to: usize) -> Option<usize> {
        let first = from.saturating_sub(4);
        (first..from).find_map(|start| {
            let (end, rule) = self.rules.double.at(&self.line, start, self.line.len())?;
            (end > to).then_some(rule)
        })
    }

    /// Parts names that hold a conjunction and are no known double surname.
    fn parted(&mut self) {
        let mut at = 0;
        while let Some(draft) = self.drafts.get(at) {
            let words = draft.words.clone();
            let person = draft.kind == NameKind::Person;
            let cut = (words.start + 1..words.end.saturating_sub(1)).find_map(|word| {
                let rule = self.rules.conjunctions.has(&self.line, word)?;
                let one = self.double(word, word + 1).is_some();
                // One word behind it may be the second surname of one person.
                let full = words.end - word > 2
                    && self.line.capital(word + 1)
                    && self.line.capital(word + 2);
                (person && !one && full).then_some((word, rule))
            });
            if let Some((word, rule)) = cut {
                let mut right = draft.clone();
                right.words.start = word + 1;
                if let Some(draft) = self.drafts.get_mut(at) {
                    draft.words.end = word;
                }
                self.drafts.insert(at + 1, right);
                self.fired.push(rule);
            }
            at += 1;
        }
    }
}
