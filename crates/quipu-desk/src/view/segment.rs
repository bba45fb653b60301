//! Inline segments: a stretch of text cut wherever something begins or ends.

use quipu_model::{Edit, MarkKind, ReadDocument, Reading, Repaired, Span, Transcribed};
use serde::Serialize;

use super::lines::{ClaimMarkView, Lines};
use super::meant::{MeantView, edges, meant};
use super::reaching::Reaching;
use crate::points::Points;

/// A stretch of text that is of one kind throughout.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Default)]
pub struct SegmentView {
    /// The repaired words.
    pub text: String,
    /// First code point of the transcript it stands for.
    pub start: usize,
    /// First code point of the transcript after it.
    pub end: usize,
    /// What was mended here.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub repair: Option<RepairView>,
    /// Tracked changes, links, hidden words.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub marks: Vec<MarkView>,
    /// Whether the question is answered by this word.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub matched: bool,
    /// Whether it belongs to the passage of the address.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub passage: bool,
    /// The field read here, as its place in the document's list of fields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<usize>,
    /// The time or amount it belongs to.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub meant: Option<MeantView>,
    /// The claims it says, the shortest passage first.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub claims: Vec<ClaimMarkView>,
    /// Tag of the language, where it is known.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub language: Option<String>,
}

/// A word that was mended, with the letters as read.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RepairView {
    /// What stood there; signs without a shape as `U+0000`.
    pub original: String,
    /// The damage, as a word of the public forms: `mojibake`, `line-hyphen`…
    pub kind: &'static str,
    /// The rules that mended it.
    pub rule: String,
}

/// A mark on a stretch of text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct MarkView {
    /// `inserted`, `deleted`, `link`, `hidden`…
    pub kind: &'static str,
    /// Who made the change or remark.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub by: Option<String>,
    /// When, as the file writes it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub at: Option<String>,
    /// Where a link leads, what a remark says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target: Option<String>,
}

/// The most marks, fields or repairs that one stretch is cut by; hostile files
/// hold millions on one word, and nobody can read them there.
pub(super) const MOST_CUTS: usize = 400;
/// A word longer than this is no word: its repair shows only the edit itself.
const LONGEST_WORD: usize = 60;

/// What is laid over the text besides what the document itself holds.
#[derive(Debug, Clone, Default)]
pub struct Overlay {
    /// Words that answer the question, ascending.
    pub matches: Vec<Span<Repaired>>,
    /// The passage of the address.
    pub passage: Option<Span<Repaired>>,
}

/// One document with its lists put in order, ready to be cut at any stretch.
pub(crate) struct Cutter<'a> {
    document: &'a ReadDocument,
    /// Times and amounts, where they are to be shown.
    reading: Option<&'a Reading>,
    /// Claims, where they are to be shown.
    pub(super) lines: Option<Lines>,
    overlay: &'a Overlay,
    marks: Reaching,
    fields: Reaching,
    points: &'a Points<'a>,
}

impl<'a> Cutter<'a> {
    pub(crate) fn new(
        document: &'a ReadDocument,
        reading: Option<&'a Reading>,
        points: &'a Points<'a>,
        overlay: &'a Overlay,
    ) -> Self {
        let map = &document.repaired.map;
        let marks = document.transcript.marks.iter();
        let fields = document.fields.iter().enumerate();
        Self {
            document,
            reading,
            lines: None,
            overlay,
            marks: Reaching::new(marks.map(|mark| map.to_repaired(mark.span)).enumerate()),
            fields: Reaching::new(fields.filter_map(|(i, field)| Some((i, field.span?)))),
            points,
        }
    }

    /// Code points of the transcript for repaired words.
    pub(crate) fn place(&self, span: Span<Repaired>) -> (usize, usize) {
        let span = self.document.repaired.map.to_transcribed(span);
        (
            self.points.at(span.start() as usize),
            self.points.at(span.end() as usize),
        )
    }

    /// The words of the transcript behind repaired words.
    pub(crate) fn as_read(&self, span: Span<Repaired>) -> &'a str {
        let span = self.document.repaired.map.to_transcribed(span);
        span.of(&self.document.transcript.text).unwrap_or_default()
    }

    /// Cuts `span` into segments.
    pub(crate) fn cut(&self, span: Span<Repaired>) -> Vec<SegmentView> {
        let text = self.document.repaired.text.as_str();
        let repairs = self.repairs(span);
        let marks = self.marks.touching(span);
        let fields = self.fields.touching(span);
        let matches: Vec<_> = {
            let all = &self.overlay.matches;
            let from = all.partition_point(|m| m.end() <= span.start());
            let rest = all.get(from..).unwrap_or_default().iter();
            rest.take_while(|m| m.start() < span.end())
                .copied()
                .collect()
        };
        let sentences = self.sentences(span);
        let meant = self
            .reading
            .map_or_else(Vec::new, |reading| meant(reading, span));
        let said = self.lines.as_ref().map(|lines| lines.touching(span));
        let said = said.unwrap_or_default();

        let mut cuts = vec![span.start(), span.end()];
        let mut cut_at = |edge: Span<Repaired>| cuts.extend([edge.start(), edge.end()]);
        repairs.iter().for_each(|(edge, _)| cut_at(*edge));
        marks.iter().for_each(|(edge, _)| cut_at(*edge));
        fields.iter().for_each(|(edge, _)| cut_at(*edge));
        matches.iter().for_each(|edge| cut_at(*edge));
        sentences.iter().for_each(|(edge, _)| cut_at(*edge));
        meant.iter().for_each(|(edge, _)| cut_at(*edge));
        self.overlay.passage.into_iter().for_each(&mut cut_at);
        let edges_of_claims = self.lines.as_ref().map(|lines| lines.edges(&said));
        edges_of_claims.into_iter().flatten().for_each(&mut cut_at);
        cuts.retain(|at| *at >= span.start() && *at <= span.end());
        cuts.retain(|at| text.is_char_boundary(*at as usize));
        cuts.sort_unstable();
        cuts.dedup();

        let mut segments = Vec::with_capacity(cuts.len());
        let covers =
            |edge: Span<Repaired>, at: Span<Repaired>| edge.contains(at) && !edge.is_empty();
        for pair in cuts.windows(2) {
            let &[from, to] = pair else { continue };
            let at = Span::new(from, to);
            // Words taken out leave no letters behind; they are shown as a
            // segment of their own, before the letter they stood before.
            for (_, repair) in repairs
                .iter()
                .filter(|(e, _)| e.is_empty() && e.start() == from)
            {
                let (start, end) = self.place(Span::new(from, from));
                segments.push(SegmentView {
                    start,
                    end,
                    repair: Some(repair.clone()),
                    ..SegmentView::default()
                });
            }
            let repair = repairs.iter().find(|(edge, _)| covers(*edge, at));
            let (start, end) = self.place(repair.map_or(at, |(edge, _)| *edge));
            segments.push(SegmentView {
                text: at.of(text).unwrap_or_default().to_owned(),
                start,
                end,
                repair: repair.map(|(_, repair)| repair.clone()),
                marks: marks
                    .iter()
                    .filter(|(edge, _)| covers(*edge, at))
                    .filter_map(|(_, i)| self.mark(*i))
                    .take(4)
                    .collect(),
                matched: matches.iter().any(|edge| covers(*edge, at)),
                passage: self.overlay.passage.is_some_and(|edge| covers(edge, at)),
                field: fields
                    .iter()
                    .find(|(edge, _)| covers(*edge, at))
                    .map(|(_, i)| *i),
                meant: meant
                    .iter()
                    .find(|(edge, _)| covers(*edge, at))
                    .map(|(_, meant)| *meant),
                claims: self
                    .lines
                    .as_ref()
                    .map(|lines| lines.over(&said, at))
                    .unwrap_or_default(),
                language: sentences
                    .iter()
                    .find(|(edge, _)| covers(*edge, at))
                    .map(|(_, language)| language.clone()),
            });
        }
        edges(&mut segments);
        segments
    }

    fn mark(&self, number: usize) -> Option<MarkView> {
        let mark = self.document.transcript.marks.get(number)?;
        Some(MarkView {
            kind: mark.kind.word(),
            by: mark.by.clone(),
            at: mark.at.clone(),
            target: mark.target.clone().filter(|_| {
                // What a note says stands in the text itself.
                mark.kind != MarkKind::NoteReference
            }),
        })
    }

    /// Sentences whose language is known, within the span.
    fn sentences(&self, span: Span<Repaired>) -> Vec<(Span<Repaired>, String)> {
        let all = &self.document.sentences;
        let from = all.partition_point(|s| s.span.end() <= span.start());
        let rest = all.get(from..).unwrap_or_default().iter();
        let within = rest.take_while(|s| s.span.start() < span.end());
        let mut joined: Vec<(Span<Repaired>, String)> = Vec::new();
        for sentence in within {
            let Some(language) = &sentence.language else {
                continue;
            };
            match joined.last_mut() {
                // Sentences of one language in a row need one segment only.
                Some((edge, last)) if last == language => *edge = edge.join(sentence.span),
                _ => joined.push((sentence.span, language.clone())),
            }
            if joined.len() >= MOST_CUTS {
                break;
            }
        }
        joined
    }

    /// Mended words within the span, ascending and apart: every edit widens to
    /// the word it stands in, and edits of one word are one repair.
    fn repairs(&self, span: Span<Repaired>) -> Vec<(Span<Repaired>, RepairView)> {
        let edits = self.document.repaired.map.edits();
        let from = edits.partition_point(|e| e.repaired.end() < span.start());
        let rest = edits.get(from..).unwrap_or_default().iter();
        let mut groups: Vec<(Span<Repaired>, Vec<&Edit>)> = Vec::new();
        for edit in rest.take_while(|e| e.repaired.start() <= span.end()) {
            let word = self.word_around(edit.repaired, span);
            if !span.contains(word) {
                continue;
            }
            match groups.last_mut() {
                Some((last, members)) if last.overlaps(word) || *last == word => {
                    *last = last.join(word);
                    members.push(edit);
                }
                _ => groups.push((word, vec![edit])),
            }
            if groups.len() >= MOST_CUTS {
                break;
            }
        }
        groups
            .into_iter()
            .map(|(word, edits)| (word, self.repair(word, &edits)))
            .collect()
    }

    fn repair(&self, word: Span<Repaired>, edits: &[&Edit]) -> RepairView {
        let mut original: Option<Span<Transcribed>> = None;
        for edit in edits {
            original = Some(original.map_or(edit.transcribed, |all| all.join(edit.transcribed)));
        }
        let around = self.document.repaired.map.to_transcribed(word);
        let original = original.map_or(around, |edited| edited.join(around));
        let kind = match edits.split_first() {
            Some((first, rest)) if rest.iter().all(|edit| edit.kind == first.kind) => first.kind,
            _ => quipu_model::RepairKind::Several,
        };
        let mut rules: Vec<&str> = edits.iter().map(|edit| edit.rule.as_str()).collect();
        rules.dedup();
        RepairView {
            original: visible(
                original
                    .of(&self.document.transcript.text)
                    .unwrap_or_default(),
            ),
            kind: kind.word(),
            rule: rules.join(" + "),
        }
    }

    fn word_around(&self, edit: Span<Repaired>, within: Span<Repaired>) -> Span<Repaired> {
        let text = self.document.repaired.text.as_str();
        let letter = |c: char| c.is_alphanumeric() || matches!(c, '\'' | '’' | '-');
        let (start, end) = (edit.start() as usize, edit.end() as usize);
        let before = text.get(within.start() as usize..start).unwrap_or_default();
        let after = text.get(end..within.end() as usize).unwrap_or_default();
        let left: usize = before
            .chars()
            .rev()
            .take_while(|c| letter(*c))
            .map(char::len_utf8)
            .sum();
        let right: usize = after
            .chars()
            .take_while(|c| letter(*c))
            .map(char::len_utf8)
            .sum();
        if left + right > LONGEST_WORD {
            return edit;
        }
        Span::from_usize(start - left, end + right)
    }
}

/// Words as read, with what has no shape made visible.
#[must_use]
pub fn visible(words: &str) -> String {
    let mut shown = String::with_capacity(words.len());
    for c in words.chars().take(400) {
        match c {
            '\n' => shown.push('⏎'),
            '\t' => shown.push('⇥'),
            '\u{ad}' => shown.push_str("[U+00AD]"),
            c if c.is_control()
                || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e000}'..='\u{f8ff}') =>
            {
                shown.push_str(&format!("[U+{:04X}]", u32::from(c)));
            }
            c => shown.push(c),
        }
    }
    shown
}
