//! Setting a document's pieces as items of a page: blocks, tables, folds.

use quipu_model::{BlockKind, ReadDocument};

use super::document::{BlockView, CellView, FoldView, ItemView, RowView, TableView};
use super::pieces::Piece;
use super::sections::page_of;
use super::segment::{Cutter, Overlay, SegmentView};
use crate::address::PassageAddress;

/// Sets pieces as items.
pub(super) struct Setter<'a> {
    pub(super) document: &'a ReadDocument,
    pub(super) cutter: &'a Cutter<'a>,
    pub(super) overlay: &'a Overlay,
}

impl Setter<'_> {
    /// The items of pieces that follow each other.
    pub(super) fn items(&self, pieces: &[Piece]) -> Vec<ItemView> {
        let mut items = Vec::new();
        let mut page = None;
        let mut rest = pieces;
        while let Some(first) = rest.first() {
            let same = rest.iter().take_while(|piece| piece.zone == first.zone);
            let (run, after) = rest.split_at(same.count().max(1));
            rest = after;
            match first.zone {
                None => self.set(run, &mut page, &mut items),
                Some(zone) => {
                    let mut inside = Vec::new();
                    self.set(run, &mut page, &mut inside);
                    items.push(ItemView::Fold(FoldView {
                        kind: zone.word(),
                        words: run.iter().map(|piece| self.words(piece)).sum(),
                        open: run.iter().any(|piece| self.lit(piece)),
                        items: inside,
                    }));
                }
            }
        }
        items
    }

    fn words(&self, piece: &Piece) -> usize {
        let words = piece.span.of(&self.document.repaired.text);
        words.map_or(0, |words| words.split_whitespace().count())
    }

    fn lit(&self, piece: &Piece) -> bool {
        let matches = &self.overlay.matches;
        let from = matches.partition_point(|m| m.end() <= piece.span.start());
        let matched = matches.get(from).is_some_and(|m| m.overlaps(piece.span));
        matched
            || self
                .overlay
                .passage
                .is_some_and(|span| span.overlaps(piece.span))
    }

    fn set(&self, pieces: &[Piece], page: &mut Option<u32>, items: &mut Vec<ItemView>) {
        let mut last_table = None;
        for piece in pieces {
            let own_page = page_of(self.document, piece);
            let page_begins = own_page.filter(|_| own_page != *page);
            *page = own_page;
            let Some((t, r)) = piece.row else {
                last_table = None;
                items.push(ItemView::Block(self.block(piece, page_begins)));
                continue;
            };
            let Some(row) = self.row(piece, t, r) else {
                continue;
            };
            let columns = row.cells.iter().map(|cell| cell.gap + cell.columns).sum();
            match items.last_mut() {
                Some(ItemView::Table(table)) if last_table == Some(t) => {
                    table.columns = table.columns.max(columns);
                    table.rows.push(row);
                }
                _ => items.push(ItemView::Table(TableView {
                    name: self
                        .document
                        .transcript
                        .tables
                        .get(t)
                        .and_then(|t| t.name.clone()),
                    page_begins,
                    columns,
                    rows: vec![row],
                })),
            }
            last_table = Some(t);
        }
    }

    fn block(&self, piece: &Piece, page_begins: Option<u32>) -> BlockView {
        let (start, end) = self.cutter.place(piece.span);
        let words = self.cutter.as_read(piece.span);
        let mut segments = self.cutter.cut(piece.span);
        let language = common_language(&segments);
        if language.is_some() {
            segments
                .iter_mut()
                .for_each(|segment| segment.language = None);
        }
        let block = piece
            .block
            .and_then(|b| self.document.transcript.blocks.get(b));
        BlockView {
            kind: piece.kind.word(),
            start,
            end,
            address: PassageAddress::with_words(start, end, words).parameters(),
            page_begins,
            label: block.and_then(|block| block.place.label.clone()),
            language,
            lines_matter: lines_matter(piece.kind, words),
            segments,
        }
    }

    fn row(&self, piece: &Piece, table: usize, row: usize) -> Option<RowView> {
        /// More cells than this in a row are left out of the page; the sheet
        /// itself can be downloaded.
        const MOST_CELLS: usize = 200;
        let row = self.document.transcript.tables.get(table)?.rows.get(row)?;
        let (start, end) = self.cutter.place(piece.span);
        let mut next_column = 1;
        let cells = row.cells.iter().take(MOST_CELLS).map(|cell| {
            let span = self.document.repaired.map.to_repaired(cell.span);
            let gap = cell.column.saturating_sub(next_column).min(1000);
            next_column = cell.column.saturating_add(cell.columns.max(1));
            let words = span.of(&self.document.repaired.text).unwrap_or_default();
            CellView {
                gap,
                columns: cell.columns.clamp(1, 1000),
                heading: cell.heading,
                number: is_number(words),
                segments: self.cutter.cut(span),
            }
        });
        Some(RowView {
            number: row.number,
            start,
            end,
            cells: cells.collect(),
            address: PassageAddress::with_words(start, end, self.cutter.as_read(piece.span))
                .parameters(),
        })
    }
}

fn common_language(segments: &[SegmentView]) -> Option<String> {
    let mut known = segments
        .iter()
        .filter(|segment| !segment.text.trim().is_empty());
    let first = known.next()?.language.clone()?;
    known
        .all(|segment| {
            segment
                .language
                .as_ref()
                .is_none_or(|language| *language == first)
        })
        .then_some(first)
}

/// Whether lines are lines of the text rather than of the layout: letters kept
/// as typed, addresses, poems; not the ragged lines of wrapped prose.
fn lines_matter(kind: BlockKind, words: &str) -> bool {
    match kind {
        BlockKind::Preformatted | BlockKind::MailHeader => true,
        BlockKind::Heading | BlockKind::ListItem => false,
        _ => {
            let lines = words.lines().count();
            lines > 1 && words.chars().count() / lines < 45
        }
    }
}

fn is_number(words: &str) -> bool {
    let words = words.trim();
    let digits = words.chars().filter(char::is_ascii_digit).count();
    let signs = words
        .chars()
        .filter(|c| {
            matches!(
                c,
                '.' | ',' | '-' | '−' | '+' | '%' | '$' | '€' | '£' | '(' | ')' | ' ' | '\u{a0}'
            )
        })
        .count();
    digits > 0 && digits + signs == words.chars().count()
}
