//! A document as lines, with what stands where.

use std::ops::Range;

use quipu_model::{BlockKind, MarkKind, ReadDocument};
use quipu_packs::Where;

/// So many words, or so many bytes, make a paragraph of the body.
const BODY_WORDS: usize = 22;
/// A head is no longer than this, whatever stands in it.
const HEAD_LINES_MAX: usize = 40;

/// So many rows of the tables of a document are read cell by cell.
const HEAD_ROWS: usize = 3;

/// One line that holds words.
#[derive(Clone)]
pub(super) struct Line {
    /// Its place, without white space around.
    pub(super) range: Range<usize>,
    /// The kind of the block it stands in, where the format knows.
    pub(super) kind: Option<BlockKind>,
    /// How many of its bytes in a hundred are links.
    pub(super) linked: usize,
    /// How many words it has.
    pub(super) words: usize,
    /// Page, counted from 1.
    pub(super) page: Option<u32>,
    /// The how-manieth block it stands in.
    pub(super) block: Option<usize>,
}

/// The lines of a document, with the bounds of its body.
pub(super) struct Lines {
    pub(super) all: Vec<Line>,
    /// First line of the body; the number of lines when there is none.
    pub(super) body: usize,
    /// First line below the body.
    pub(super) foot: usize,
}

impl Lines {
    pub(super) fn of(document: &ReadDocument) -> Self {
        let text = document.repaired.text.as_str();
        let map = &document.repaired.map;
        let blocks = document.transcript.blocks.iter();
        let blocks: Vec<(Range<usize>, BlockKind)> = blocks
            .map(|block| (map.to_repaired(block.span).range(), block.kind))
            .collect();
        let links = document.transcript.marks.iter();
        let links: Vec<Range<usize>> = links
            .filter(|mark| mark.kind == MarkKind::Link)
            .map(|mark| map.to_repaired(mark.span).range())
            .collect();
        let mut pages = document.transcript.pages.iter().peekable();
        let mut page = None;
        let mut all: Vec<Line> = Vec::new();
        let (mut block, mut link) = (0, 0);
        let mut start = 0;
        let mut rows = 0;
        for line in text.split_inclusive('\n') {
            let from = start + (line.len() - line.trim_start().len());
            let words = line.trim();
            let range = from..from + words.len();
            start += line.len();
            if words.is_empty() {
                continue;
            }
            while blocks
                .get(block)
                .is_some_and(|block| block.0.end <= range.start)
            {
                block += 1;
            }
            let inside = blocks.get(block).filter(|block| block.0.start < range.end);
            while links.get(link).is_some_and(|link| link.end <= range.start) {
                link += 1;
            }
            let here = links
                .iter()
                .skip(link)
                .take_while(|link| link.start < range.end);
            let linked: usize = here
                .map(|link| {
                    link.end
                        .min(range.end)
                        .saturating_sub(link.start.max(range.start))
                })
                .sum();
            while let Some(next) =
                pages.next_if(|page| map.to_repaired(page.span).range().start <= range.start)
            {
                page = Some(next.number);
            }
            let kind = inside.map(|block| block.1);
            let mut line = Line {
                kind,
                linked: linked * 100 / words.len(),
                words: words.split_whitespace().count(),
                range,
                page,
                block: inside.map(|_| block),
            };
            // The first rows of a table often say what it is, cell by cell.
            if kind == Some(BlockKind::TableRow) && rows < HEAD_ROWS {
                rows += 1;
                let mut at = line.range.start;
                for cell in words.split('\t') {
                    let from = at + (cell.len() - cell.trim_start().len());
                    at += cell.len() + 1;
                    if !cell.trim().is_empty() {
                        line.range = from..from + cell.trim().len();
                        line.words = cell.split_whitespace().count();
                        all.push(line.clone());
                    }
                }
            } else {
                all.push(line);
            }
        }
        let is_body = |line: &Line| {
            let running = !matches!(
                line.kind,
                Some(
                    BlockKind::Control
                        | BlockKind::Hidden
                        | BlockKind::TableRow
                        | BlockKind::MailHeader
                        | BlockKind::Heading
                )
            );
            running && line.words >= BODY_WORDS && line.linked < 60
        };
        let body = all
            .iter()
            .position(is_body)
            .unwrap_or(all.len())
            .min(HEAD_LINES_MAX.min(all.len()));
        let foot = all
            .iter()
            .rposition(is_body)
            .map_or(all.len(), |last| last + 1);
        Self { all, body, foot }
    }

    /// Whether line `i` stands where a rule looks; `title` is the line of the
    /// title, where one was found.
    pub(super) fn stands(&self, i: usize, place: Where, title: Option<usize>) -> bool {
        let head = i < self.body;
        let foot = i >= self.foot;
        match place {
            Where::Anywhere => true,
            Where::Head | Where::BesideDate | Where::Letterhead => head,
            Where::Foot => foot,
            Where::Edges | Where::Colophon => head || foot,
            Where::AfterTitle => head && title.is_some_and(|title| i > title && i <= title + 4),
            Where::BodyStart => i <= self.body,
        }
    }
}
