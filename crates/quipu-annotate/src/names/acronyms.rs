//! Short forms beside their long ones: Servicio de Inteligencia Nacional (SIN),
//! SIN (Servicio de Inteligencia Nacional), the Long Form, or LF.
//!
//! The proof is in the letters: they are the beginnings of the words of the long
//! form in their order. Words of the pack's list `passed_over` may give letters
//! or none.

use std::ops::Range;

use quipu_model::NameKind;

use super::line::Line;
use super::{Draft, Work};

/// Letters of a short form.
const SHORT: std::ops::RangeInclusive<usize> = 2..=12;
/// Pieces of a long form at most.
const LONG_MAX: usize = 20;
/// Letters that one word can give: FREDEMO of Frente Democrático.
const GIVEN_MAX: usize = 5;
/// Pieces of a short form: PCP-SL, S.I.N.
const PIECES_MAX: usize = 5;

/// A short form and its letters, folded.
struct Short {
    pieces: Range<usize>,
    letters: Vec<char>,
}

impl Work<'_> {
    pub(super) fn acronyms(&mut self) {
        let Some(rule) = self.rules.acronym else {
            return;
        };
        for at in 0..self.line.len() {
            if self.line.is(at, "(") {
                self.in_brackets(at, rule);
            } else if let Some((after, _)) =
                self.rules.acronym_cues.at(&self.line, at, self.line.len())
            {
                self.behind_cue(at, after, rule);
            }
        }
    }

    /// `Long (LF)` and `LF (Long)`.
    fn in_brackets(&mut self, open: usize, rule: usize) {
        let len = self.line.len();
        let limit = len.min(open + 2 + LONG_MAX);
        let Some(close) = (open + 1..limit).find(|at| self.line.is(*at, ")")) else {
            return;
        };
        let first = self.after_opening(open + 1);
        if let Some(short) = self.short(first)
            && (short.pieces.end == close || !self.line.word(short.pieces.end))
        {
            let long = self.long_before(open, &short.letters);
            if let Some(long) = long {
                self.tie(short.pieces, long, rule);
                return;
            }
        }
        if let Some((short, long, rule)) = self.bracketed(open, first, close) {
            self.tie(short, long, rule);
            return;
        }
        // A short form of words in another language: only what it says of
        // itself ties it to the name before the brackets.
        let foreign = (open + 1..close).find_map(|at| {
            self.rules
                .foreign_cues
                .at(&self.line, at, close)
                .map(|(after, rule)| (at, after, rule))
        });
        if let Some((cue, after, rule)) = foreign {
            let short = self.short(first).filter(|short| short.pieces.end <= cue);
            let short = short.or_else(|| (after..close).find_map(|at| self.short(at)));
            let long = self.ends(open).and_then(|place| self.drafts.get(place));
            if let (Some(short), Some(long)) = (short, long.map(|draft| draft.words.clone())) {
                self.tie(short.pieces, long, rule);
                return;
            }
        }
        if let Some(short) = self.short_before(open)
            && self.spells(&short.letters, first..close)
        {
            self.tie(short.pieces, first..close, rule);
        }
    }

    /// Capitals alone in brackets behind the name of a body of several words.
    fn bracketed(
        &self,
        open: usize,
        first: usize,
        close: usize,
    ) -> Option<(Range<usize>, Range<usize>, usize)> {
        let rule = self.rules.bracketed?;
        let short = self
            .short(first)
            .filter(|short| short.pieces.end == close)?;
        let capitals = short.pieces.clone().all(|at| !self.line.small(at));
        let never = self.rules.never_bracketed.at(&self.line, first, close);
        let draft = self.ends(open).and_then(|place| self.drafts.get(place))?;
        let told = self
            .overlapping(&short.pieces)
            .and_then(|place| self.drafts.get(place));
        let body = |draft: &Draft| draft.kind == NameKind::Organisation;
        let several = draft
            .words
            .clone()
            .filter(|at| self.line.capital(*at))
            .count()
            > 1;
        (capitals && never.is_none() && body(draft) && several && told.is_none_or(body))
            .then(|| (short.pieces, draft.words.clone(), rule))
    }

    /// `Long, or LF` and `LF, Long`: `cue` is what stands between, up to `after`.
    fn behind_cue(&mut self, cue: usize, after: usize, rule: usize) {
        if let Some(short) = self.short(self.after_opening(after))
            && let Some(long) = self.long_before(cue, &short.letters)
            && self.mixed(&long)
        {
            self.tie(short.pieces, long, rule);
            return;
        }
        let Some(short) = self.short_before(cue) else {
            return;
        };
        let first = self.after_opening(after);
        let limit = self.line.len().min(first + LONG_MAX);
        let end = (first + 2..=limit).find(|end| {
            (*end == self.line.len() || !self.line.word(*end))
                && self.spells(&short.letters, first..*end)
        });
        if let Some(end) = end
            && self.mixed(&(first..end))
        {
            self.tie(short.pieces, first..end, rule);
        }
    }

    /// Whether small letters show that capitals mean something here.
    fn mixed(&self, words: &Range<usize>) -> bool {
        words
            .clone()
            .any(|word| self.line.capital(word) && self.line.small(word))
    }

    /// The piece behind an article and an opening quotation mark.
    fn after_opening(&self, at: usize) -> usize {
        let article = self.rules.articles.at(&self.line, at, self.line.len());
        let at = article.map_or(at, |(after, _)| after);
        let quoted = self
            .rules
            .quotes
            .iter()
            .any(|(open, _)| self.line.is(at, open));
        at + usize::from(quoted)
    }

    /// The short form that begins at a piece.
    fn short(&self, at: usize) -> Option<Short> {
        let mut end = at + 1;
        while end < self.line.len()
            && end - at < PIECES_MAX
            && self.line.touches(end)
            && (self.line.is(end, "-") || self.line.is(end, ".") || self.capitals(end))
        {
            end += 1;
        }
        short_of(&self.line, at..end)
    }

    /// The short form that ends before a piece.
    fn short_before(&self, at: usize) -> Option<Short> {
        let mut start = at.checked_sub(1)?;
        while start > 0
            && at - start < PIECES_MAX
            && self.line.touches(start)
            && (self.line.is(start, "-")
                || self.line.is(start, ".")
                || self.line.is(start - 1, "-"))
        {
            start -= 1;
        }
        short_of(&self.line, start..at)
    }

    fn capitals(&self, at: usize) -> bool {
        self.line.capital(at) && !self.line.small(at)
    }

    /// The long form that ends before a piece: the shortest run of words whose
    /// beginnings are the letters.
    fn long_before(&self, end: usize, letters: &[char]) -> Option<Range<usize>> {
        // The name may stand in quotation marks.
        let end = if end > 1
            && !self.line.word(end - 1)
            && self
                .rules
                .quotes
                .iter()
                .any(|(_, close)| self.line.is(end - 1, close))
        {
            end - 1
        } else {
            end
        };
        let first = end.saturating_sub(LONG_MAX);
        let mut start = end;
        while start > first {
            start -= 1;
            let sign = !self.line.word(start);
            if sign
                && !["-", ",", "&", "'", "’"]
                    .iter()
                    .any(|sign| self.line.is(start, sign))
            {
                break;
            }
            if end - start >= 2 && self.spells(letters, start..end) {
                return Some(start..end);
            }
        }
        let draft = self.ends(end).and_then(|place| self.drafts.get(place))?;
        let words = draft.words.clone();
        // One name that goes on behind its long form: the Jury *of Peru* (J).
        let shorter = (words.start + 2..words.end).rev().find(|end| {
            let more = self.rules.passed_over.has(&self.line, *end).is_some();
            more && self.spells(letters, words.start..*end)
        });
        if let Some(end) = shorter {
            return Some(words.start..end);
        }
        // One name, some words of which give no letter.
        loosely(&self.line, letters, &words).then_some(words)
    }

    /// Whether the letters are the beginnings of these words, each word giving
    /// at least one; those that are passed over may give none.
    fn spells(&self, letters: &[char], words: Range<usize>) -> bool {
        if words.len() > LONG_MAX || words.is_empty() {
            return false;
        }
        let (first, last) = (words.start, words.end - 1);
        if !self.line.word(first) || !self.line.word(last) {
            return false;
        }
        let passed = |at: usize| self.rules.passed_over.has(&self.line, at).is_some();
        if passed(first) || passed(last) {
            return false;
        }
        if self.line.folded(first).chars().next() != letters.first().copied() {
            return false;
        }
        // Bit i: the first i letters are spelt by the words so far.
        let mut reached = 1_u32;
        for at in words {
            let free = passed(at) || !self.line.word(at);
            let mut next = if free { reached } else { 0 };
            for from in (0..letters.len()).filter(|from| reached >> from & 1 == 1) {
                let given = self
                    .line
                    .folded(at)
                    .chars()
                    .zip(letters.get(from..).unwrap_or_default())
                    .take(GIVEN_MAX)
                    .take_while(|(a, b)| a == *b)
                    .count();
                for count in 1..=given {
                    next |= 1 << (from + count);
                }
            }
            reached = next;
        }
        reached >> letters.len() & 1 == 1
    }

    /// Records a short form with its long one, and makes their kinds agree.
    fn tie(&mut self, short: Range<usize>, long: Range<usize>, rule: usize) {
        let short_draft = self.overlapping(&short);
        let short_kind = short_draft
            .and_then(|place| self.drafts.get(place))
            .filter(|draft| draft.words == short)
            .map(|draft| draft.kind);
        let kind = self.kind_of_long(&long, short_kind);
        if let Some(kind) = kind {
            self.put(&long, kind);
            self.put(&short, kind);
        }
        self.ties.push((short, long));
        self.fired.push(rule);
    }

    /// What bears the long form: what the network said of it, or at least of its
    /// beginning, else what it said of the short form.
    fn kind_of_long(&self, long: &Range<usize>, short: Option<NameKind>) -> Option<NameKind> {
        let touching = self
            .drafts
            .iter()
            .skip(self.overlapping(long).unwrap_or(self.drafts.len()))
            .take_while(|draft| draft.words.start < long.end);
        let mut inside = touching.filter(|draft| draft.words.end > long.start);
        let first = inside.next();
        match first {
            Some(draft) if draft.words.start <= long.start => Some(draft.kind),
            _ => short.filter(|_| self.line.capital(long.start)),
        }
    }

    /// Makes a name of these pieces. A name that holds more stays as it is.
    fn put(&mut self, words: &Range<usize>, kind: NameKind) {
        let first = self.overlapping(words).unwrap_or(self.drafts.len());
        let first = if self.overlapping(words).is_some() {
            first
        } else {
            self.drafts
                .partition_point(|draft| draft.words.end <= words.start)
        };
        let count = self
            .drafts
            .iter()
            .skip(first)
            .take_while(|draft| draft.words.start < words.end)
            .count();
        let mut whole = words.clone();
        for draft in self.drafts.iter().skip(first).take(count) {
            if draft.words.start <= whole.start && draft.words.end >= whole.end {
                // It holds the long form and more.
                whole = draft.words.clone();
            }
        }
        let made = Draft {
            words: whole,
            kind,
            titles: Vec::new(),
            aliases: Vec::new(),
        };
        let old: Vec<Draft> = self.drafts.splice(first..first + count, [made]).collect();
        if let Some(draft) = self.drafts.get_mut(first) {
            for mut other in old {
                draft.titles.append(&mut other.titles);
                draft.aliases.append(&mut other.aliases);
            }
            let words = draft.words.clone();
            draft
                .titles
                .retain(|title| title.end <= words.start || title.start >= words.end);
        }
    }
}

/// A short form: capitals, or a capital and small letters in a row without blank.
fn short_of(line: &Line<'_>, pieces: Range<usize>) -> Option<Short> {
    if !line.capital(pieces.start) {
        return None;
    }
    let mut letters = Vec::new();
    let mut capitals = 0;
    for at in pieces.clone() {
        let written = line.letters(at).chars();
        if written
            .clone()
            .any(|c| c.is_alphabetic() && c.len_utf8() > 2)
        {
            return None;
        }
        capitals += written.filter(|c| c.is_uppercase()).count();
        letters.extend(line.folded(at).chars().filter(|c| c.is_alphanumeric()));
    }
    // One capital is a short form only of syllables: Indecopi.
    let enough = SHORT.contains(&letters.len()) && (capitals >= 2 || letters.len() >= 5);
    enough.then_some(Short { pieces, letters })
}

/// Whether the letters are found in the name in order, the first at its
/// beginning, each at the beginning of a word or next to one so found, and half
/// of the words with a capital give one.
fn loosely(line: &Line<'_>, letters: &[char], words: &Range<usize>) -> bool {
    if words.len() < 2 || words.len() > LONG_MAX {
        return false;
    }
    let mut here = 0;
    let (mut giving, mut capitals) = (0, 0);
    for at in words.clone() {
        capitals += usize::from(line.capital(at));
        let given = line
            .folded(at)
            .chars()
            .zip(letters.get(here..).unwrap_or_default())
            .take(GIVEN_MAX)
            .take_while(|(a, b)| a == *b)
            .count();
        if given == 0 && at == words.start {
            return false;
        }
        giving += usize::from(given > 0);
        here += given;
    }
    here == letters.len() && giving >= 2 && giving * 2 >= capitals
}
