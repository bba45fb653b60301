//! Titles and posts beside a person's name: *General* Hermoza, José Peláez,
//! *fiscal de la nación*. They say what the person is; the name says who.

use std::ops::Range;

use quipu_model::NameKind;

use super::Work;

/// Titles that one name may have before it.
const STACKED: usize = 4;
/// Pieces before a name in which its post may begin.
const REACH: usize = 14;
/// Small words in a row that a post can be a post of.
const NOUNS_MAX: usize = 3;

impl Work<'_> {
    /// Takes away names that are titles alone: what follows them is the name.
    pub(super) fn lone_titles(&mut self) {
        let mut at = 0;
        while let Some(draft) = self.drafts.get(at) {
            let (words, kind) = (draft.words.clone(), draft.kind);
            // The full stop of a short form may stand behind the name.
            let limit = words.end + usize::from(self.line.is(words.end, "."));
            let title = self.rules.titles.at(&self.line, words.start, limit);
            let title = title.filter(|(end, _)| *end >= words.end && self.line.capital(*end));
            let post = self.rules.posts.at(&self.line, words.start, limit);
            let post = post.filter(|(end, _)| {
                *end >= words.end && kind == NameKind::Person && self.person_begins(*end)
            });
            if let Some((_, rule)) = title.or(post) {
                self.drafts.remove(at);
                self.fired.push(rule);
            } else {
                at += 1;
            }
        }
    }

    pub(super) fn posts(&mut self) {
        for at in 0..self.drafts.len() {
            if self.is_person(at) {
                self.inside(at);
                self.before(at);
                self.behind(at);
            }
        }
    }

    /// Takes titles and posts off the front of a name.
    fn inside(&mut self, at: usize) {
        for _ in 0..STACKED {
            let Some(words) = self.drafts.get(at).map(|draft| draft.words.clone()) else {
                return;
            };
            let whole = self
                .rules
                .wholes
                .at(&self.line, words.start, self.line.len());
            if whole.is_some() {
                return;
            }
            let title = self.rules.titles.at(&self.line, words.start, words.end);
            let post = self.post(words.start, words.end, true);
            let Some((end, rule)) = title.max(post) else {
                return;
            };
            // What is left must be a name: it begins with a capital, or with a
            // particle.
            let left = self.line.capital(end)
                || self
                    .rules
                    .particles
                    .at(&self.line, end, words.end)
                    .is_some();
            if end >= words.end || !left {
                return;
            }
            if let Some(draft) = self.drafts.get_mut(at) {
                draft.words.start = end;
                draft.titles.push(words.start..end);
            }
            self.fired.push(rule);
        }
    }

    /// Finds titles and posts before a name, nearest first.
    fn before(&mut self, at: usize) {
        let Some(words) = self.drafts.get(at).map(|draft| draft.words.clone()) else {
            return;
        };
        let limit = at
            .checked_sub(1)
            .and_then(|before| self.drafts.get(before))
            .filter(|draft| draft.kind == NameKind::Person)
            .map_or(0, |draft| draft.words.end);
        // Titles that stood inside the name are found again, with what belongs
        // to them before it.
        let mut start = words.start;
        let mut found: Vec<(Range<usize>, usize)> = Vec::new();
        if self.line.is(start.wrapping_sub(1), ",") && self.closed(words.end) {
            // *The* prosecutor, José Peláez: the article tells it from a list.
            let post = self
                .post_before(start - 1, limit)
                .filter(|(from, _)| *from == 0 || self.article(*from));
            if let Some((from, rule)) = post {
                found.push((from..start - 1, rule));
                start = from;
            }
        }
        while found.len() < STACKED {
            let title = self.rules.titles.before(&self.line, start, limit);
            let post = self.post_before(start, limit);
            let nearest = title.or(post);
            // Of a set phrase it is no title: in general.
            let nearest = nearest.filter(|(from, _)| {
                let phrase = self.rules.wholes.before(&self.line, start, 0);
                phrase.is_none_or(|(first, _)| first >= *from)
            });
            let Some((from, rule)) = nearest else {
                break;
            };
            found.push((from..start, rule));
            start = from;
        }
        let Some(draft) = self.drafts.get_mut(at) else {
            return;
        };
        draft.titles.retain(|title| title.end <= start);
        for (title, rule) in found {
            self.fired.push(rule);
            draft.titles.push(title);
        }
        draft.titles.sort_by_key(|title| title.start);
    }

    /// Whether the words before a piece end with an article.
    fn article(&self, at: usize) -> bool {
        let before = self.rules.times.before(&self.line, at, 0);
        let at = before.map_or(at, |(start, _)| start);
        self.rules.articles.before(&self.line, at, 0).is_some()
    }

    /// Whether an apposition ends before a piece.
    fn closed(&self, at: usize) -> bool {
        at >= self.line.len() || !self.line.word(at) && !self.line.is(at, "(")
    }

    /// Finds a post behind a name and a comma.
    fn behind(&mut self, at: usize) {
        let Some(end) = self.drafts.get(at).map(|draft| draft.words.end) else {
            return;
        };
        if !self.line.is(end, ",") && !self.line.is(end, "(") {
            return;
        }
        let mut start = end + 1;
        let len = self.line.len();
        for _ in 0..2 {
            for list in [&self.rules.articles, &self.rules.times] {
                if let Some((after, _)) = list.at(&self.line, start, len) {
                    start = after;
                }
            }
        }
        let Some((after, rule)) = self.post(start, len, false) else {
            return;
        };
        // In a list the post belongs to the next name: X, minister Y and Z.
        let next = self.overlapping(&(after..after + 1));
        let next = next.and_then(|next| self.drafts.get(next));
        if next.is_some_and(|next| next.kind == NameKind::Person) {
            return;
        }
        self.fired.push(rule);
        if let Some(draft) = self.drafts.get_mut(at) {
            draft.titles.push(start..after);
        }
    }

    /// The post that ends before a piece: its first piece and rule. The nearest
    /// noun decides; words before it belong to it where the whole is a post.
    fn post_before(&self, end: usize, limit: usize) -> Option<(usize, usize)> {
        let first = limit.max(end.saturating_sub(REACH));
        let mut nearest = None;
        for start in (first..end).rev() {
            if nearest.is_none()
                && !self.line.word(start)
                && !self.line.is(start, "-")
                && !self.line.is(start, ".")
            {
                return None;
            }
            match self.post(start, end, false) {
                Some((after, rule)) if after == end => nearest = Some((start, rule)),
                _ if nearest.is_some() && self.line.word(start) => break,
                _ => {}
            }
        }
        nearest
    }

    /// A post that begins at a piece and does not pass `limit`: the piece after
    /// it, and its rule. In a name only listed fields can go on with it.
    fn post(&self, at: usize, limit: usize, in_name: bool) -> Option<(usize, usize)> {
        let (rules, line) = (self.rules, &self.line);
        // What opens a post may be one itself: *chief* of the agency, *chief*
        // prosecutor. The last noun that can be its head is.
        let mut head = rules.posts.at(line, at, limit);
        let mut start = at;
        while let Some((after, _)) = rules.openings.at(line, start, limit) {
            head = rules.posts.at(line, after, limit).or(head);
            start = after;
        }
        let (mut end, rule) = head?;
        loop {
            while end < limit {
                match rules.qualities.at(line, end, limit) {
                    Some((after, _)) => end = after,
                    None => match self.demonym(end, limit).filter(|_| !in_name) {
                        Some((after, _)) => end = after,
                        None => break,
                    },
                }
            }
            let Some((mut after, _)) = rules.links.at(line, end, limit) else {
                break;
            };
            if let Some((article, _)) = rules.articles.at(line, after, limit) {
                after = article;
            }
            match self.complement(after, limit, in_name) {
                Some(after) => end = after,
                None => break,
            }
        }
        Some((end, rule))
    }

    /// What a post is a post of: the piece after it.
    fn complement(&self, at: usize, limit: usize, in_name: bool) -> Option<usize> {
        let (rules, line) = (self.rules, &self.line);
        if let Some((end, _)) = rules.fields.at(line, at, limit) {
            return Some(end);
        }
        let person = self
            .overlapping(&(at..at + 1))
            .and_then(|place| self.drafts.get(place))
            .filter(|draft| draft.kind == NameKind::Person);
        if in_name || at >= limit || !line.word(at) || person.is_some() {
            return None;
        }
        // Capitals go on for as long as they do, small nouns for some words.
        let mut end = at;
        let (mut capitals, mut nouns) = (at, 0);
        while end < limit && !self.person_begins(end) {
            let touching = line.is(end, "-") && line.touches(end) && line.touches(end + 1);
            if touching || line.capital(end) && rules.titles.at(line, end, limit).is_none() {
                end += 1;
                capitals = if nouns == 0 { end } else { capitals };
            } else if nouns < NOUNS_MAX && self.noun(end, limit) {
                nouns += 1;
                end += 1;
            } else {
                break;
            }
        }
        // A run that only stops because it is long is no phrase of nouns.
        let whole = nouns == 0
            || end >= limit
            || !line.word(end)
            || rules.links.at(line, end, limit).is_some();
        match () {
            () if end == at => None,
            () if whole => Some(end),
            () => Some(capitals.max(at + 1)),
        }
    }

    /// Whether a small word can be part of what a post is a post of.
    fn noun(&self, at: usize, limit: usize) -> bool {
        let (rules, line) = (self.rules, &self.line);
        let other = [
            &rules.posts,
            &rules.titles,
            &rules.articles,
            &rules.links,
            &rules.passed_over,
            &rules.times,
        ];
        line.nominal(at)
            && !line.capital(at)
            && !other.iter().any(|list| list.at(line, at, limit).is_some())
    }

    fn person_begins(&self, at: usize) -> bool {
        self.begins(at).is_some_and(|place| self.is_person(place))
    }
}
