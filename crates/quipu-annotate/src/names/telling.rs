//! Words before a name that tell what it is, where the network told otherwise or
//! nothing: *Gral.* Hermoza is a person, the *province of* Coronel Portillo is not.

use std::ops::Range;

use quipu_model::{NameKind, Sentence, Token};
use quipu_packs::fold;

use super::{Draft, NameRules, Work};

/// Letters of the longest short title, its full stop included.
const SHORT_MAX: usize = 9;
/// Words of the longest sentence that is made of two.
const JOINED_MAX: usize = 120;

impl NameRules {
    /// Joins sentences that were cut between a short title and the name behind it:
    /// el Cnel. | Roberto Huamán. Sentences are ranges of tokens; over none of the
    /// `borders`, places in the text, goes a joined one.
    pub(crate) fn unbroken(
        &self,
        text: &str,
        tokens: &[Range<u32>],
        sentences: Vec<Range<usize>>,
        borders: &[u32],
    ) -> Vec<Range<usize>> {
        let mut joined: Vec<Range<usize>> = Vec::with_capacity(sentences.len());
        for sentence in sentences {
            match joined.last_mut() {
                Some(before)
                    if sentence.end - before.start <= JOINED_MAX
                        && self.cut_at_title(text, tokens, sentence.start, borders) =>
                {
                    before.end = sentence.end;
                }
                _ => joined.push(sentence),
            }
        }
        joined
    }

    /// Whether a token stands behind a short title and begins with a capital.
    fn cut_at_title(&self, text: &str, tokens: &[Range<u32>], at: usize, borders: &[u32]) -> bool {
        let token = |back: usize| at.checked_sub(back).and_then(|at| tokens.get(at));
        let (Some(next), Some(last)) = (token(0), token(1)) else {
            return false;
        };
        let letters = |span: Range<u32>| {
            text.get(span.start as usize..span.end as usize)
                .unwrap_or_default()
        };
        let Some(title) = letters(last.clone()).strip_suffix('.') else {
            return false;
        };
        let title = match token(2) {
            Some(word) if title.is_empty() && word.end == last.start => letters(word.clone()),
            _ => title,
        };
        let between = letters(last.end..next.start);
        let border = borders.partition_point(|border| *border <= last.start);
        title.chars().count() < SHORT_MAX
            && letters(next.clone()).starts_with(char::is_uppercase)
            && between.matches('\n').count() < 2
            && borders
                .get(border)
                .is_none_or(|border| *border > next.start)
            && self.is_short_title(title)
    }

    fn is_short_title(&self, word: &str) -> bool {
        let folded: String = word.chars().map(fold::base).collect();
        let capital = word.starts_with(char::is_uppercase);
        self.short_words
            .get(&folded)
            .is_some_and(|asks_capital| capital || !asks_capital)
    }

    /// Whether a sentence may hold a short title. It is asked of every sentence.
    pub(super) fn may_tell(text: &str, offset: usize, sentence: &Sentence) -> bool {
        let (last, rest) = match sentence.tokens.split_last() {
            Some((last, rest)) => (last.span, rest),
            None => return false,
        };
        let stop = |token: &Token| {
            let span = token.span.range();
            let end = span.end.checked_sub(offset + 1);
            span.len() <= SHORT_MAX
                && token.span != last
                && end.and_then(|end| text.as_bytes().get(end)) == Some(&b'.')
        };
        rest.iter().any(stop)
    }
}

impl Work<'_> {
    /// Makes persons of the words behind short titles, which nothing else bears.
    pub(super) fn told_by_titles(&mut self) {
        let len = self.line.len();
        let mut at = 0;
        while at < len {
            let title = self.rules.short_titles.at(&self.line, at, len);
            let stop = |end: usize| self.line.is(end - 1, ".") || self.line.dotted(end - 1);
            let Some((start, rule)) = title.filter(|(end, _)| stop(*end)) else {
                at += 1;
                continue;
            };
            at = start;
            let mut end = start;
            while let Some(after) = self.initial(end) {
                end = after;
            }
            let first = end;
            while self.can_be_name(end) {
                end += 1;
                if let Some((after, _)) = self.rules.particles.at(&self.line, end, len)
                    && self.can_be_name(after)
                {
                    end = after;
                }
            }
            if end > first && self.overlapping(&(start..end)).is_none() {
                let place = self
                    .drafts
                    .partition_point(|draft| draft.words.end <= start);
                self.drafts.insert(
                    place,
                    Draft {
                        words: start..end,
                        kind: NameKind::Person,
                        titles: Vec::new(),
                        aliases: Vec::new(),
                    },
                );
                self.fired.push(rule);
                at = end;
            }
        }
    }

    /// Whether a piece that is in no name can be a word of one.
    pub(super) fn can_be_name(&self, at: usize) -> bool {
        let (rules, line) = (self.rules, &self.line);
        let other = [
            &rules.titles,
            &rules.posts,
            &rules.demonyms,
            &rules.articles,
        ];
        line.proper(at)
            && line.letters(at).chars().count() > 1
            && self.overlapping(&(at..at + 1)).is_none()
            && !other
                .iter()
                .any(|list| list.at(line, at, line.len()).is_some())
    }

    /// Makes places of persons behind words for places.
    pub(super) fn told_by_places(&mut self) {
        for at in 0..self.drafts.len() {
            let Some(draft) = self.drafts.get(at) else {
                return;
            };
            let place = self.rules.places.before(&self.line, draft.words.start, 0);
            if let Some((_, rule)) = place.filter(|_| draft.kind == NameKind::Person) {
                if let Some(draft) = self.drafts.get_mut(at) {
                    draft.kind = NameKind::Location;
                }
                self.fired.push(rule);
            }
        }
    }
}
