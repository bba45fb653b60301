//! Lines of one column become paragraphs, headings, list items and footnotes,
//! by indent, leading and size.

use quipu_model::BlockKind;

use super::lines::Line;
use super::table::is_counter;

/// A paragraph with its lines.
#[derive(Debug, Clone)]
pub(super) struct Paragraph {
    pub(super) kind: BlockKind,
    pub(super) lines: Vec<Line>,
}

impl Paragraph {
    /// Whether the last sentence is cut off and goes on in `next`.
    pub(super) fn goes_on_in(&self, next: &Self) -> bool {
        let (Some(last), Some(first)) = (self.lines.last(), next.lines.first()) else {
            return false;
        };
        let running = |kind| matches!(kind, BlockKind::Paragraph | BlockKind::ListItem);
        let end = last
            .words
            .last()
            .and_then(|word| word.text.chars().last())
            .unwrap_or('.');
        let open = end.is_alphanumeric() || matches!(end, '-' | ',' | '\u{AD}');
        let start = first
            .words
            .first()
            .and_then(|word| word.text.chars().next())
            .unwrap_or('.');
        running(self.kind)
            && next.kind == BlockKind::Paragraph
            && (last.em - first.em).abs() < last.em * 0.1
            && self.lines.len() > 1
            && open
            && start.is_lowercase()
            // Above or beside: what stands right below was parted for a reason.
            && first.base < last.base
    }
}

/// What is usual in the document, to tell what is not.
#[derive(Debug, Clone, Copy)]
pub(super) struct Usual {
    /// Letter height of running text.
    pub(super) em: f32,
}

/// Parts the lines of one area into paragraphs.
pub(super) fn paragraphs(lines: Vec<Line>, usual: Usual) -> Vec<Paragraph> {
    let Some(column) = Column::of(&lines) else {
        return Vec::new();
    };
    let mut made: Vec<Paragraph> = Vec::new();
    for line in lines {
        let opens = made
            .last()
            .and_then(|paragraph| paragraph.lines.split_last())
            .is_none_or(|(last, before)| column.parts(before.first(), before.last(), last, &line));
        match made.last_mut() {
            Some(paragraph) if !opens => paragraph.lines.push(line),
            _ => made.push(Paragraph {
                kind: BlockKind::Paragraph,
                lines: vec![line],
            }),
        }
    }
    for paragraph in &mut made {
        paragraph.kind = kind(paragraph, usual);
    }
    made
}

/// The measures of a column.
struct Column {
    from: f32,
    to: f32,
    /// Distance from line to line, in letter heights.
    leading: f32,
    /// Whether lines run to the same right edge.
    justified: bool,
}

impl Column {
    fn of(lines: &[Line]) -> Option<Self> {
        lines.first()?;
        let from = lines.iter().map(|line| line.from).fold(f32::MAX, f32::min);
        let to = lines.iter().map(|line| line.to).fold(f32::MIN, f32::max);
        let mut steps: Vec<f32> = lines
            .windows(2)
            .map(|two| (two[1].base - two[0].base) / two[0].em.max(two[1].em).max(0.1))
            .filter(|step| (0.5..4.0).contains(step))
            .collect();
        steps.sort_by(f32::total_cmp);
        // The leading inside paragraphs is the smaller of what is common.
        let leading = steps.get(steps.len() * 2 / 5).copied().unwrap_or(1.2);
        let full = lines.iter().filter(|line| to - line.to < line.em).count();
        Some(Self {
            from,
            to,
            leading,
            justified: lines.len() >= 4 && full * 2 > lines.len(),
        })
    }

    /// Whether a new paragraph starts with `line`. `opening` is the first line
    /// of the paragraph so far, `before` the one before the last.
    fn parts(
        &self,
        opening: Option<&Line>,
        before: Option<&Line>,
        last: &Line,
        line: &Line,
    ) -> bool {
        let em = last.em.max(line.em).max(0.1);
        let step = (line.base - last.base) / em;
        if step > self.leading * 1.3 + 0.05 || step < 0.3 {
            return true;
        }
        if (line.em - last.em).abs() > em * 0.12 {
            return true;
        }
        let counted = |line: &Line| {
            let first = line.words.first().map_or("", |word| word.text.as_str());
            is_counter(first) && line.words.len() > 1
        };
        // A number may also stand at the start of a line by chance.
        let likely = self.ends(last)
            || counted(opening.unwrap_or(last))
            || (line.from - last.from).abs() > em * 0.8
            || self.to - last.to > em * 4.0;
        if counted(line) && likely && line.from <= last.from + em * 2.0 {
            return true;
        }
        let indent = line.from - self.from;
        let last_indent = last.from - self.from;
        let hangs = before.is_some_and(|before| before.from + em * 0.8 < last.from);
        if indent > em * 0.8 && indent < em * 8.0 && last_indent < em * 0.5 && !hangs {
            // A first line set in, unless the paragraph hangs from its first line.
            return before.is_some_and(|before| before.from - self.from < em * 0.5)
                || !is_counter(last.words.first().map_or("", |word| word.text.as_str()))
                    && self.ends(last);
        }
        let room = self.to - last.to;
        if self.justified {
            let next = line.words.first().map_or(0.0, |word| word.to - word.from);
            return room > next + em * 1.5 && self.ends(last);
        }
        room > (self.to - self.from) * 0.35 && self.ends(last)
    }

    /// Whether a line could be the last of a paragraph by what it ends with.
    fn ends(&self, line: &Line) -> bool {
        let last = line
            .words
            .last()
            .and_then(|word| word.text.chars().last())
            .unwrap_or(' ');
        matches!(
            last,
            '.' | '!' | '?' | ':' | ';' | '”' | '"' | '»' | ')' | '…'
        ) || self.justified && line.to < f32::midpoint(self.from, self.to)
    }
}

fn kind(paragraph: &Paragraph, usual: Usual) -> BlockKind {
    let Some(first) = paragraph.lines.first() else {
        return BlockKind::Paragraph;
    };
    let letters: usize = paragraph.lines.iter().map(Line::letters).sum();
    let has_letters = paragraph
        .lines
        .iter()
        .flat_map(|line| &line.words)
        .any(|word| word.text.chars().any(char::is_alphabetic));
    if first.em > usual.em * 1.14 && paragraph.lines.len() <= 4 && letters <= 300 && has_letters {
        return BlockKind::Heading;
    }
    let start = first.words.first().map_or("", |word| word.text.as_str());
    if first.words.len() > 1 && is_counter(start) {
        return BlockKind::ListItem;
    }
    BlockKind::Paragraph
}

/// Marks small print at the foot of a page as footnotes: paragraphs from the
/// end upwards that are set smaller than running text, where the first of them
/// starts with a note number or sign.
pub(super) fn mark_footnotes(paragraphs: &mut [&mut Paragraph], usual: Usual, foot: f32) {
    let mut start = paragraphs.len();
    for (at, paragraph) in paragraphs.iter().enumerate().rev() {
        let small = paragraph.lines.iter().all(|line| line.em < usual.em * 0.93);
        if !small {
            // A raised note number may stand on a line of its own.
            break;
        }
        start = at;
    }
    let Some(notes) = paragraphs.get_mut(start..) else {
        return;
    };
    let signed = notes.iter().position(|paragraph| {
        let worded = paragraph.lines.iter().map(Line::letters).sum::<usize>() > 6;
        worded
            && paragraph.lines.first().is_some_and(|line| {
                line.base > foot
                    && line.words.first().is_some_and(|word| {
                        let sign = word.text.trim_end_matches(['.', ')']);
                        sign.chars().count() <= 3
                            && (sign.chars().all(|c| c.is_ascii_digit())
                                || sign.chars().all(|c| "*†‡§¹²³⁴⁵⁶⁷⁸⁹⁰".contains(c)))
                            || word.text.starts_with(|c: char| c.is_ascii_digit())
                                && word.text.chars().any(char::is_alphabetic)
                    })
            })
    });
    if let Some(signed) = signed {
        for paragraph in &mut notes[signed..] {
            paragraph.kind = BlockKind::Footnote;
        }
    }
}
