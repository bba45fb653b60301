//! The sheet a reader writes on: a transcript that keeps its own rules.

use quipu_model::{
    Block, BlockKind, Cell, Field, FieldOrigin, Mark, MarkKind, Notice, Page, Place, Rect,
    RepairedText, Row, Span, Table, TextOrigin, Transcribed, Transcript, WordBox, Zone, ZoneKind,
};

/// What a reader of one format leaves: words, and what only the format knows.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Draft {
    /// The words with their places.
    pub transcript: Transcript,
    /// Fields the format itself states: mail headers, file properties.
    pub fields: Vec<DraftField>,
    /// Zones the format itself states (`nav` elements, page furniture).
    pub zones: Vec<DraftZone>,
    /// What could not be read as wished.
    pub notices: Vec<Notice>,
}

impl Draft {
    /// A document of which nothing could be read, and why.
    #[must_use]
    pub fn refused(reader: &str, notice: Notice) -> Self {
        Self {
            transcript: Transcript {
                reader: reader.to_owned(),
                ..Transcript::default()
            },
            notices: vec![notice],
            ..Self::default()
        }
    }
}

/// A field before repair: its place counts in the transcript.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftField {
    /// As [`Field::name`].
    pub name: String,
    /// The value in one form; `None` when the repaired words at the span are it.
    pub value: Option<String>,
    /// Where it stands; `None` for properties of the file.
    pub span: Option<Span<Transcribed>>,
    /// As [`Field::origin`].
    pub origin: FieldOrigin,
    /// As [`Field::rule`].
    pub rule: String,
}

impl DraftField {
    /// A property of the file, which stands nowhere in the text.
    #[must_use]
    pub fn property(name: &str, value: &str, rule: &str) -> Self {
        Self {
            name: name.to_owned(),
            value: Some(value.to_owned()),
            span: None,
            origin: FieldOrigin::File,
            rule: rule.to_owned(),
        }
    }

    pub(crate) fn settle(self, repaired: &RepairedText) -> Field {
        let span = self.span.map(|span| repaired.map.to_repaired(span));
        let words = span
            .and_then(|span| span.of(&repaired.text))
            .map(str::to_owned);
        let value = self.value.or_else(|| words.clone()).unwrap_or_default();
        Field {
            name: self.name,
            as_written: words.unwrap_or_else(|| value.clone()),
            value,
            span,
            origin: self.origin,
            rule: self.rule,
        }
    }
}

/// A zone before repair.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DraftZone {
    /// The words.
    pub span: Span<Transcribed>,
    /// What they are.
    pub kind: ZoneKind,
    /// The rule that said so.
    pub rule: String,
}

impl DraftZone {
    pub(crate) fn settle(self, repaired: &RepairedText) -> Zone {
        Zone {
            span: repaired.map.to_repaired(self.span),
            kind: self.kind,
            rule: self.rule,
        }
    }
}

/// Writes a [`Transcript`] front to back and keeps its rules: blocks parted by
/// an empty line, rows by a line end, cells by a tab, pages in order, line ends
/// as `\n`. Text beyond the bound is left out; [`Scribe::is_full`] tells.
#[derive(Debug)]
pub struct Scribe {
    made: Transcript,
    text_bytes_max: usize,
    full: bool,
    block: Option<(usize, BlockKind, Place)>,
    table: Option<Table>,
    row: Option<(usize, u32, Vec<Cell>)>,
    page_open: bool,
}

impl Scribe {
    /// Starts an empty transcript by the reader named.
    #[must_use]
    pub fn new(reader: &str, text_bytes_max: usize) -> Self {
        Self {
            made: Transcript {
                reader: reader.to_owned(),
                ..Transcript::default()
            },
            text_bytes_max,
            full: false,
            block: None,
            table: None,
            row: None,
            page_open: false,
        }
    }

    /// The byte where the next character will stand.
    #[must_use]
    pub fn position(&self) -> usize {
        self.made.text.len()
    }

    /// Whether text had to be left out because the bound was reached.
    #[must_use]
    pub const fn is_full(&self) -> bool {
        self.full
    }

    /// What was written so far.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.made.text
    }

    /// Opens the next page; sizes in hundredths of a point.
    pub fn open_page(&mut self, width: i32, height: i32, origin: TextOrigin) {
        self.close_page();
        self.part_from_last("\n\n");
        let at = self.position();
        let number = u32::try_from(self.made.pages.len() + 1).unwrap_or(u32::MAX);
        let span = Span::from_usize(at, at);
        self.made.pages.push(Page {
            number,
            span,
            width,
            height,
            origin,
            confidence: None,
        });
        self.page_open = true;
    }

    /// Changes where the words of the open page come from, and how sure they
    /// are in percent.
    pub fn set_page_origin(&mut self, origin: TextOrigin, confidence: Option<u8>) {
        if let Some(page) = self.made.pages.last_mut() {
            page.origin = origin;
            page.confidence = confidence;
        }
    }

    /// Closes the open page, if any.
    pub fn close_page(&mut self) {
        self.end_block();
        let end = self.position();
        if std::mem::take(&mut self.page_open)
            && let Some(page) = self.made.pages.last_mut()
        {
            page.span = Span::from_usize(page.span.start() as usize, end);
        }
    }

    /// The page being written, counted from 1.
    #[must_use]
    pub fn page(&self) -> Option<u32> {
        if self.page_open {
            self.made.pages.last().map(|page| page.number)
        } else {
            None
        }
    }

    /// Opens a block; an open one is closed first.
    pub fn begin_block(&mut self, kind: BlockKind, place: Place) {
        self.begin_block_after(kind, place, "\n\n");
    }

    /// Opens a block parted from what stands before by `gap` (`"\n"` keeps
    /// header lines and rows together).
    pub fn begin_block_after(&mut self, kind: BlockKind, mut place: Place, gap: &str) {
        self.end_block();
        self.part_from_last(gap);
        place.page = place.page.or_else(|| self.page());
        self.block = Some((self.position(), kind, place));
    }

    /// Writes words at the end of what stands there. Returns where they are.
    pub fn push(&mut self, words: &str) -> Span<Transcribed> {
        let start = self.position();
        let room = self.text_bytes_max.saturating_sub(start);
        let mut fits = words;
        if words.len() > room {
            self.full = true;
            let mut cut = room;
            while !words.is_char_boundary(cut) {
                cut -= 1;
            }
            fits = &words[..cut];
        }
        if fits.contains('\r') {
            self.made
                .text
                .push_str(&fits.replace("\r\n", "\n").replace('\r', "\n"));
        } else {
            self.made.text.push_str(fits);
        }
        Span::from_usize(start, self.position())
    }

    /// Writes a space unless the block is still empty or ends in white space.
    pub fn space(&mut self) {
        let start = self.block.as_ref().map_or(0, |block| block.0);
        if self.position() > start && !self.made.text.ends_with(char::is_whitespace) {
            self.push(" ");
        }
    }

    /// Writes a word with its box on the open page.
    pub fn word(&mut self, word: &str, area: Rect) -> Span<Transcribed> {
        let span = self.push(word);
        if let Some(page) = self.page()
            && !span.is_empty()
        {
            self.made.words.push(WordBox { span, page, area });
        }
        span
    }

    /// Closes the open block. White space at its end goes; an empty block
    /// leaves no trace. Returns where its words are.
    pub fn end_block(&mut self) -> Option<Span<Transcribed>> {
        let (start, kind, place) = self.block.take()?;
        let end = start + self.made.text[start..].trim_end().len();
        self.made.text.truncate(end);
        if end == start {
            return None;
        }
        let span = Span::from_usize(start, end);
        self.made.blocks.push(Block { span, kind, place });
        Some(span)
    }

    /// A whole block at once.
    pub fn block(
        &mut self,
        kind: BlockKind,
        place: Place,
        words: &str,
    ) -> Option<Span<Transcribed>> {
        self.begin_block(kind, place);
        self.push(words.trim());
        self.end_block()
    }

    /// Opens a table.
    pub fn begin_table(&mut self, name: Option<String>) {
        self.end_table();
        self.end_block();
        self.part_from_last("\n\n");
        self.table = Some(Table {
            name,
            page: self.page(),
            rows: Vec::new(),
        });
    }

    /// Opens a row, numbered as the format counts.
    pub fn begin_row(&mut self, number: u32, place: Place) {
        self.end_row();
        let first = self
            .table
            .as_ref()
            .is_none_or(|table| table.rows.is_empty());
        self.begin_block_after(
            BlockKind::TableRow,
            place,
            if first { "\n\n" } else { "\n" },
        );
        self.row = Some((self.position(), number, Vec::new()));
    }

    /// Opens a cell of the open row: what is pushed until the next cell or the
    /// end of the row is its text. Line ends inside are kept as spaces by the
    /// caller. `column` counts from 1.
    pub fn begin_cell(&mut self, column: u32, columns: u32, heading: bool) {
        self.close_cell();
        let position = self.position();
        if let Some((start, _, cells)) = &mut self.row {
            let gap = position > *start || !cells.is_empty();
            if gap {
                self.push("\t");
            }
        }
        let at = self.position();
        if let Some((_, _, cells)) = &mut self.row {
            let span = Span::from_usize(at, at);
            cells.push(Cell {
                span,
                column,
                columns: columns.max(1),
                heading,
            });
        }
    }

    /// A whole cell at once.
    pub fn cell(&mut self, column: u32, columns: u32, heading: bool, words: &str) {
        self.begin_cell(column, columns, heading);
        let one_line: String = words
            .trim()
            .chars()
            .map(|c| {
                if matches!(c, '\n' | '\r' | '\t') {
                    ' '
                } else {
                    c
                }
            })
            .collect();
        self.push(&one_line);
    }

    fn close_cell(&mut self) {
        let end = self.position();
        if let Some(cell) = self.row.as_mut().and_then(|(_, _, cells)| cells.last_mut()) {
            let start = cell.span.start() as usize;
            let words = self.made.text.get(start..end).unwrap_or_default();
            cell.span = Span::from_usize(start, start + words.trim_end().len());
        }
    }

    /// Closes the open row. A row without words leaves no trace.
    pub fn end_row(&mut self) {
        self.close_cell();
        let Some((_, number, mut cells)) = self.row.take() else {
            return;
        };
        let Some(span) = self.end_block() else { return };
        // The block lost white space at its end; cells must not stand past it.
        for cell in &mut cells {
            let bound = |n: u32| n.min(span.end());
            cell.span = Span::new(bound(cell.span.start()), bound(cell.span.end()));
        }
        if let Some(table) = &mut self.table {
            table.rows.push(Row {
                span,
                number,
                cells,
            });
        }
    }

    /// Closes the open table. A table without rows leaves no trace.
    pub fn end_table(&mut self) {
        self.end_row();
        if let Some(table) = self.table.take()
            && !table.rows.is_empty()
        {
            self.made.tables.push(table);
        }
    }

    /// Marks a stretch already written.
    pub fn mark(
        &mut self,
        span: Span<Transcribed>,
        kind: MarkKind,
        by: Option<String>,
        at: Option<String>,
        target: Option<String>,
    ) {
        if !span.is_empty() {
            self.made.marks.push(Mark {
                span,
                kind,
                by,
                at,
                target,
            });
        }
    }

    fn part_from_last(&mut self, gap: &str) {
        if !self.made.text.is_empty() && !self.made.text.ends_with(gap) {
            self.push(gap);
        }
    }

    /// The transcript.
    #[must_use]
    pub fn finish(mut self) -> Transcript {
        self.end_table();
        self.close_page();
        let end = self.made.text.trim_end().len();
        self.made.text.truncate(end);
        let bound = |span: Span<Transcribed>| {
            let end = u32::try_from(end).unwrap_or(u32::MAX);
            Span::new(span.start().min(end), span.end().min(end))
        };
        for page in &mut self.made.pages {
            page.span = bound(page.span);
        }
        for mark in &mut self.made.marks {
            mark.span = bound(mark.span);
        }
        self.made.marks.retain(|mark| !mark.span.is_empty());
        self.made.marks.sort_by_key(|mark| mark.span);
        for word in &mut self.made.words {
            word.span = bound(word.span);
        }
        self.made
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_scribe_keeps_the_rules() {
        let mut scribe = Scribe::new("test 1", 1 << 20);
        scribe.open_page(61200, 79200, TextOrigin::Text);
        scribe.block(BlockKind::Heading, Place::default(), "  A heading \r\n");
        scribe.block(BlockKind::Paragraph, Place::default(), "   ");
        scribe.begin_table(Some("sums".to_owned()));
        for number in 1..=2 {
            scribe.begin_row(number, Place::default());
            scribe.cell(1, 1, number == 1, "paid\nto");
            scribe.cell(2, 1, false, "");
            scribe.cell(3, 1, false, " 50,000 ");
        }
        scribe.end_table();
        scribe.open_page(61200, 79200, TextOrigin::Text);
        scribe.begin_block(BlockKind::Paragraph, Place::default());
        scribe.word("last", Rect::from_points(1.0, 2.0, 3.0, 4.0));
        scribe.space();
        let made = scribe.finish();
        assert_eq!(
            made.text,
            "A heading\n\npaid to\t\t50,000\npaid to\t\t50,000\n\nlast"
        );
        assert_eq!(quipu_model::transcript::check(&made), Ok(()));
        assert_eq!(made.tables[0].rows.len(), 2);
        let cells = &made.tables[0].rows[1].cells;
        assert_eq!(cells[2].span.of(&made.text), Some("50,000"));
        assert_eq!(made.pages.len(), 2);
        assert_eq!(made.page_of(made.words[0].span), Some(2));
    }

    #[test]
    fn a_full_scribe_says_so_and_never_cuts_a_letter() {
        let mut scribe = Scribe::new("test 1", 5);
        scribe.block(BlockKind::Paragraph, Place::default(), "ññññ");
        assert!(scribe.is_full());
        assert_eq!(scribe.finish().text, "ññ");
    }
}
