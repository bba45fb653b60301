//! Repair with a way back: every edit from transcript to repaired text is kept,
//! and every character finds its place in the other text.

use crate::layout::{Layout, LayoutError};
use crate::span::{Repaired, Span, Transcribed};
use crate::{layout, words};

/// What kind of damage an edit mends.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum RepairKind {
    /// Text decoded with the wrong charset, once or more.
    Mojibake,
    /// A hyphen that only marked where a word may break (U+00AD).
    SoftHyphen,
    /// A word cut at the end of a line or page, put together again.
    LineHyphen,
    /// One sign that stands for several letters (ﬁ, ﬂ, ﬃ).
    Ligature,
    /// A character printed as its number, such as `<195>`.
    NumericDebris,
    /// Letters that OCR mistakes for one another.
    OcrConfusion,
    /// Spaces that tear a word apart or are no spaces at all.
    Spacing,
    /// Control characters and other signs without a shape.
    Control,
    /// Mark-up entities left in the text, such as `&amp;`.
    Entity,
    /// Several of the above on the same characters.
    Several,
}

words!(RepairKind {
    Mojibake = 1 "mojibake",
    SoftHyphen = 2 "soft-hyphen",
    LineHyphen = 3 "line-hyphen",
    Ligature = 4 "ligature",
    NumericDebris = 5 "numeric-debris",
    OcrConfusion = 6 "ocr-confusion",
    Spacing = 7 "spacing",
    Control = 8 "control",
    Entity = 9 "entity",
    Several = 10 "several",
});

/// One change: these characters of the transcript became those of the repaired text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Edit {
    /// What stood there.
    pub transcribed: Span<Transcribed>,
    /// What stands there now; empty when something was taken out.
    pub repaired: Span<Repaired>,
    /// The damage mended.
    pub kind: RepairKind,
    /// The rule that did it, by name (`en.repair.mac-quote`).
    pub rule: String,
}

layout!(Edit {
    transcribed,
    repaired,
    kind,
    rule
});

/// All edits from one transcript to its repaired text, in order.
///
/// Rule: edits ascend and never overlap in either text; between them the two
/// texts are equal byte for byte. Only [`Repairer`] and [`OffsetMap::then`]
/// make one.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OffsetMap {
    edits: Vec<Edit>,
}

impl OffsetMap {
    /// The map of a text that needed no repair.
    #[must_use]
    pub const fn identity() -> Self {
        Self { edits: Vec::new() }
    }

    /// Every edit, in the order of the text.
    #[must_use]
    pub fn edits(&self) -> &[Edit] {
        &self.edits
    }

    /// Where these repaired words stood in the transcript. A span that cuts
    /// into an edit widens to the whole of it; text that was taken out at the
    /// edge of the span stays outside.
    #[must_use]
    pub fn to_transcribed(&self, span: Span<Repaired>) -> Span<Transcribed> {
        let (start, end) = cross(
            &self.edits,
            span.start(),
            span.end(),
            |e| sides(e.repaired),
            |e| sides(e.transcribed),
        );
        Span::new(start, end)
    }

    /// Where these words of the transcript stand in the repaired text; the
    /// mirror image of [`OffsetMap::to_transcribed`].
    #[must_use]
    pub fn to_repaired(&self, span: Span<Transcribed>) -> Span<Repaired> {
        let (start, end) = cross(
            &self.edits,
            span.start(),
            span.end(),
            |e| sides(e.transcribed),
            |e| sides(e.repaired),
        );
        Span::new(start, end)
    }

    /// This repair followed by a second one, made on the text this one left.
    /// Edits that touch the same characters become one.
    #[must_use]
    pub fn then(&self, second: &Self) -> Self {
        compose(&self.edits, &second.edits)
    }
}

fn sides<T: crate::span::TextKind>(span: Span<T>) -> (u32, u32) {
    (span.start(), span.end())
}

/// Moves `start..end` from the side `from` of the edits to the side `to`.
fn cross(
    edits: &[Edit],
    start: u32,
    end: u32,
    from: impl Fn(&Edit) -> (u32, u32),
    to: impl Fn(&Edit) -> (u32, u32),
) -> (u32, u32) {
    // What lies behind the last edit before a place has moved as far as that
    // edit's own end has.
    let moved = |place: u32, before: usize| -> u32 {
        let shift = before
            .checked_sub(1)
            .and_then(|i| edits.get(i))
            .map_or(0, |edit| i64::from(to(edit).1) - i64::from(from(edit).1));
        u32::try_from(i64::from(place) + shift).unwrap_or(0)
    };
    let i = edits.partition_point(|edit| from(edit).1 <= start);
    let new_start = match edits.get(i) {
        Some(edit) if from(edit).0 < start => to(edit).0,
        _ => moved(start, i),
    };
    let j = edits.partition_point(|edit| from(edit).1 < end);
    let new_end = match edits.get(j) {
        Some(edit) if from(edit).0 < end => to(edit).1,
        _ => moved(end, j),
    };
    (new_start, new_end)
}

fn compose(first: &[Edit], second: &[Edit]) -> OffsetMap {
    // Both lists are walked in the coordinates of the text between them.
    let mut edits = Vec::with_capacity(first.len() + second.len());
    let (mut i, mut j) = (0, 0);
    let (mut shift_back, mut shift_on) = (0i64, 0i64);
    let place = |middle: u32, shift: i64| u32::try_from(i64::from(middle) + shift).unwrap_or(0);
    while i < first.len() || j < second.len() {
        let next_first = first.get(i).map(|e| sides(e.repaired));
        let next_second = second.get(j).map(|e| sides(e.transcribed));
        let start = match (next_first, next_second) {
            (Some(a), Some(b)) => a.0.min(b.0),
            (Some(a), None) | (None, Some(a)) => a.0,
            (None, None) => break,
        };
        let (from_i, from_j) = (i, j);
        let (before_back, before_on) = (shift_back, shift_on);
        let mut end = start;
        loop {
            let fresh = i == from_i && j == from_j;
            let takes = |edge: (u32, u32)| edge.0 < end || (fresh && edge.0 == start);
            if let Some(edge) = first
                .get(i)
                .map(|e| sides(e.repaired))
                .filter(|e| takes(*e))
            {
                end = end.max(edge.1);
                shift_back = i64::from(first[i].transcribed.end()) - i64::from(edge.1);
                i += 1;
            } else if let Some(edge) = second
                .get(j)
                .map(|e| sides(e.transcribed))
                .filter(|e| takes(*e))
            {
                end = end.max(edge.1);
                shift_on = i64::from(second[j].repaired.end()) - i64::from(edge.1);
                j += 1;
            } else {
                break;
            }
        }
        let mut made = first[from_i..i].iter().chain(&second[from_j..j]);
        let (kind, rule) = match (made.next(), made.next()) {
            (Some(only), None) => (only.kind, only.rule.clone()),
            _ => {
                let all = first[from_i..i].iter().chain(&second[from_j..j]);
                let mut rules: Vec<&str> = all.map(|edit| edit.rule.as_str()).collect();
                rules.dedup();
                (RepairKind::Several, rules.join(" + "))
            }
        };
        edits.push(Edit {
            transcribed: Span::new(place(start, before_back), place(end, shift_back)),
            repaired: Span::new(place(start, before_on), place(end, shift_on)),
            kind,
            rule,
        });
    }
    OffsetMap { edits }
}

impl Layout for OffsetMap {
    fn write(&self, out: &mut Vec<u8>) {
        self.edits.write(out);
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        let edits = Vec::<Edit>::read(input)?;
        let ordered = edits.windows(2).all(|pair| {
            pair[0].transcribed.end() <= pair[1].transcribed.start()
                && pair[0].repaired.end() <= pair[1].repaired.start()
                && pair[1].transcribed.start() - pair[0].transcribed.end()
                    == pair[1].repaired.start() - pair[0].repaired.end()
        });
        if ordered {
            Ok(Self { edits })
        } else {
            Err(LayoutError::Broken("edits out of order"))
        }
    }
}

/// A text after repair, with its map back.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RepairedText {
    /// The words every later stage reads.
    pub text: String,
    /// The way back to the transcript.
    pub map: OffsetMap,
}

layout!(RepairedText { text, map });

impl RepairedText {
    /// A text that needs no repair.
    #[must_use]
    pub fn untouched(text: &str) -> Self {
        Self {
            text: text.to_owned(),
            map: OffsetMap::identity(),
        }
    }
}

/// Collects edits over one text, front to back, and makes the repaired text.
///
/// ```
/// use quipu_model::{RepairKind, Repairer};
/// let mut repairer = Repairer::new("la Se–ora");
/// repairer.replace(5..8, "ñ", RepairKind::Mojibake, "es.repair.mac-as-cp1252");
/// let repaired = repairer.finish();
/// assert_eq!(repaired.text, "la Señora");
/// assert_eq!(repaired.map.edits().len(), 1);
/// ```
#[derive(Debug)]
pub struct Repairer<'a> {
    before: &'a str,
    after: String,
    done: usize,
    edits: Vec<Edit>,
}

impl<'a> Repairer<'a> {
    /// Starts on a text.
    #[must_use]
    pub fn new(before: &'a str) -> Self {
        Self {
            before,
            after: String::with_capacity(before.len()),
            done: 0,
            edits: Vec::new(),
        }
    }

    /// Replaces bytes `range` of the text. Says `false`, and changes nothing,
    /// when the range lies before an earlier edit, outside the text, inside a
    /// character, or already holds the replacement.
    pub fn replace(
        &mut self,
        range: std::ops::Range<usize>,
        replacement: &str,
        kind: RepairKind,
        rule: &str,
    ) -> bool {
        if range.start < self.done {
            return false;
        }
        let Some(old) = self.before.get(range.clone()) else {
            return false;
        };
        if old == replacement {
            return false;
        }
        let Some(kept) = self.before.get(self.done..range.start) else {
            return false;
        };
        self.after.push_str(kept);
        let start = self.after.len();
        self.after.push_str(replacement);
        self.edits.push(Edit {
            transcribed: Span::from_usize(range.start, range.end),
            repaired: Span::from_usize(start, self.after.len()),
            kind,
            rule: rule.to_owned(),
        });
        self.done = range.end;
        true
    }

    /// The byte up to which the text has been dealt with.
    #[must_use]
    pub const fn done(&self) -> usize {
        self.done
    }

    /// The repaired text with its map.
    #[must_use]
    pub fn finish(mut self) -> RepairedText {
        self.after
            .push_str(self.before.get(self.done..).unwrap_or_default());
        RepairedText {
            text: self.after,
            map: OffsetMap { edits: self.edits },
        }
    }
}
