//! Names after the network: what stands beside a name and is no part of it, what
//! belongs to one and was cut off, which short form goes with which long one.
//!
//! The network says where names are and of what kind. What can be said as words
//! and signs beside them is data (`languages/*/names.toml`), and this is the
//! engine of that data: one walk over the names of each sentence and their
//! neighbours, then one over the document for its short forms.

mod acronyms;
mod check;
mod demonyms;
mod document;
mod files;
mod inverted;
mod joins;
mod line;
mod nicknames;
mod phrases;
mod posts;
mod rules;
mod telling;

use std::ops::Range;

use quipu_model::{Acronym, Name, NameKind, Repaired, Sentence, Span};

pub use check::check_names;
pub(crate) use document::spread;
pub(crate) use rules::NameRules;

use line::Line;

/// Names of the longest sentence that the rules work on. One with more is noise,
/// and to take names out of a list costs its length each time.
const NAMES_MAX: usize = 1_000;

/// A name while the rules work on it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Draft {
    /// Its pieces.
    words: Range<usize>,
    kind: NameKind,
    titles: Vec<Range<usize>>,
    aliases: Vec<Range<usize>>,
}

/// The sentence that the rules work on.
struct Work<'a> {
    rules: &'a NameRules,
    line: Line<'a>,
    /// Names in the order of the text.
    drafts: Vec<Draft>,
    /// Short and long forms.
    ties: Vec<(Range<usize>, Range<usize>)>,
    /// Rules that concluded something.
    fired: Vec<usize>,
}

impl NameRules {
    /// Refines the names of one sentence and tells which rules concluded
    /// something. `text` begins at `offset` of the text that spans count in;
    /// `names` from `first` on are those of the sentence.
    pub(crate) fn refine(
        &self,
        text: &str,
        offset: usize,
        sentence: &Sentence,
        names: &mut Vec<Name>,
        first: usize,
        acronyms: &mut Vec<Acronym>,
    ) -> Vec<usize> {
        let bracket = |token: &quipu_model::Token| {
            let span = token.span.range();
            span.start
                .checked_sub(offset)
                .and_then(|start| text.as_bytes().get(start))
                == Some(&b'(')
        };
        let count = names.len().saturating_sub(first);
        if count > NAMES_MAX {
            return Vec::new();
        }
        if count == 0
            && !sentence.tokens.iter().any(bracket)
            && !Self::may_tell(text, offset, sentence)
        {
            return Vec::new();
        }
        let mut work = self.work(
            text,
            offset,
            sentence,
            names.get(first..).unwrap_or_default(),
        );
        names.truncate(first);
        work.files();
        work.demonyms();
        work.lone_titles();
        work.told_by_places();
        work.told_by_titles();
        work.inverted();
        work.joins();
        work.nicknames();
        work.posts();
        work.called();
        work.acronyms();
        work.ties.sort_by_key(|(short, _)| short.start);
        names.extend(work.drafts.iter().map(|draft| work.name(draft)));
        let line = &work.line;
        acronyms.extend(work.ties.iter().map(|(short, long)| Acronym {
            short: line.span(short),
            long: line.span(long),
        }));
        work.fired
    }

    /// Looks for titles beside names that the document told after the sentence
    /// had been read.
    fn look_beside(&self, text: &str, sentence: &Sentence, names: &mut [Name]) {
        let mut work = self.work(text, 0, sentence, names);
        work.posts();
        for (name, draft) in names.iter_mut().zip(&work.drafts) {
            *name = work.name(draft);
        }
    }

    fn work<'a>(
        &'a self,
        text: &'a str,
        offset: usize,
        sentence: &Sentence,
        names: &[Name],
    ) -> Work<'a> {
        let line = Line::new(text, offset, sentence);
        let pieces =
            |spans: &[Span<Repaired>]| spans.iter().map(|span| line.pieces(*span)).collect();
        let drafts = names
            .iter()
            .map(|name| Draft {
                words: line.pieces(name.span),
                kind: name.kind,
                titles: pieces(&name.titles),
                aliases: pieces(&name.aliases),
            })
            .filter(|draft| !draft.words.is_empty())
            .collect();
        Work {
            rules: self,
            line,
            drafts,
            ties: Vec::new(),
            fired: Vec::new(),
        }
    }
}

impl Work<'_> {
    /// A draft as a name of the text.
    fn name(&self, draft: &Draft) -> Name {
        let spans =
            |pieces: &[Range<usize>]| pieces.iter().map(|words| self.line.span(words)).collect();
        Name {
            span: self.line.span(&draft.words),
            kind: draft.kind,
            titles: spans(&draft.titles),
            aliases: draft
                .aliases
                .iter()
                .map(|words| self.unquoted(words))
                .collect(),
        }
    }

    /// Whether a draft is of a person.
    fn is_person(&self, at: usize) -> bool {
        let draft = self.drafts.get(at);
        draft.is_some_and(|draft| draft.kind == NameKind::Person)
    }

    /// The draft that begins at a piece.
    fn begins(&self, at: usize) -> Option<usize> {
        let place = self.drafts.partition_point(|draft| draft.words.start < at);
        let draft = self.drafts.get(place)?;
        (draft.words.start == at).then_some(place)
    }

    /// The draft that ends before a piece.
    fn ends(&self, at: usize) -> Option<usize> {
        let place = self.drafts.partition_point(|draft| draft.words.end < at);
        let draft = self.drafts.get(place)?;
        (draft.words.end == at).then_some(place)
    }

    /// The first draft that has a piece in common with these.
    fn overlapping(&self, words: &Range<usize>) -> Option<usize> {
        let place = self
            .drafts
            .partition_point(|draft| draft.words.end <= words.start);
        let draft = self.drafts.get(place)?;
        (draft.words.start < words.end).then_some(place)
    }

    /// Makes one draft of those from `first` to `last` and the pieces between.
    fn merge(&mut self, first: usize, last: usize) {
        let Some(end) = self.drafts.get(last).map(|draft| draft.words.end) else {
            return;
        };
        let rest: Vec<Draft> = self.drafts.drain(first + 1..=last).collect();
        if let Some(draft) = self.drafts.get_mut(first) {
            draft.words.end = end;
            for mut other in rest {
                draft.titles.append(&mut other.titles);
                draft.aliases.append(&mut other.aliases);
            }
        }
    }
}
