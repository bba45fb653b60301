//! Text set as a browser sets it: white space collapsed, lines broken, cells
//! filled.

use quipu_model::{BlockKind, MarkKind, Place, Span, Transcribed};

use crate::draft::Scribe;

/// Words in place of pictures kept for one block.
const PICTURES_MAX: usize = 50;
/// The longest words in place of a picture that run along in the line: a
/// flag, a smiling face.
const SIGN_MAX: usize = 8;
/// Columns of a table that are kept track of.
const COLUMNS_MAX: usize = 1000;

/// A scribe that knows how a browser sets text.
#[derive(Debug)]
pub(super) struct Sheet {
    scribe: Scribe,
    /// The kind of the open block.
    open: Option<BlockKind>,
    /// Where the open block starts.
    start: usize,
    /// White space was seen since the last word.
    gap: bool,
    /// Words in place of pictures, to stand behind the open block.
    pictures: Vec<String>,
    last_picture: String,
    table: Option<Grid>,
}

/// The table being written.
#[derive(Debug, Default)]
struct Grid {
    name: Option<String>,
    begun: bool,
    rows: u32,
    row_open: bool,
    cell_open: bool,
    column: usize,
    /// For each column, how many further rows a cell above reaches into.
    reach: Vec<u32>,
    /// The furthest of them.
    reach_max: u32,
}

impl Sheet {
    pub(super) fn new(scribe: Scribe) -> Self {
        Self {
            scribe,
            open: None,
            start: 0,
            gap: false,
            pictures: Vec::new(),
            last_picture: String::new(),
            table: None,
        }
    }

    pub(super) fn finish(mut self) -> Scribe {
        self.end_table();
        self.end_block();
        self.scribe
    }

    pub(super) fn is_full(&self) -> bool {
        self.scribe.is_full()
    }

    pub(super) fn position(&self) -> usize {
        self.scribe.position()
    }

    /// The words written since `start`.
    pub(super) fn written_since(&self, start: usize) -> Span<Transcribed> {
        super::walk::trimmed(self.scribe.text(), start)
    }

    /// White space between words.
    pub(super) fn gap(&mut self) {
        self.gap = true;
    }

    fn in_row(&self) -> bool {
        self.table.as_ref().is_some_and(|grid| grid.row_open)
    }

    /// Makes room for a word: opens a block or a cell where none is open.
    fn make_room(&mut self, kind: BlockKind) {
        if self.in_row() {
            if self.table.as_ref().is_some_and(|grid| !grid.cell_open) {
                self.begin_cell(1, 1, false);
            }
            return;
        }
        if self.open.is_some_and(|open| {
            open != kind && (open == BlockKind::Control) != (kind == BlockKind::Control)
        }) {
            self.end_block();
        }
        if self.open.is_none() {
            self.scribe.begin_block(kind, Place::default());
            self.start = self.scribe.position();
            self.open = Some(kind);
            self.gap = false;
        }
    }

    fn write_gap(&mut self) {
        if std::mem::take(&mut self.gap) {
            let text = self.scribe.text();
            if self.scribe.position() > self.start && !text.ends_with(char::is_whitespace) {
                self.scribe.push(" ");
            }
        }
    }

    /// Writes text with its white space collapsed.
    pub(super) fn write(&mut self, kind: BlockKind, text: &str) {
        // A no-break space at the head of a block is layout, not text.
        let fresh = self.open.is_none() && !self.in_row();
        let text = if fresh { text.trim_start() } else { text };
        let bytes = text.as_bytes();
        let space = |at: usize| bytes.get(at).is_some_and(u8::is_ascii_whitespace);
        let mut at = 0;
        while at < bytes.len() {
            if space(at) {
                self.gap = true;
                at += 1;
                continue;
            }
            // As far as words are parted by single spaces.
            let from = at;
            while at < bytes.len()
                && (!space(at) || (bytes[at] == b' ' && at + 1 < bytes.len() && !space(at + 1)))
            {
                at += 1;
            }
            let had_gap = self.gap;
            self.make_room(kind);
            self.gap |= had_gap;
            self.write_gap();
            self.scribe.push(&text[from..at]);
        }
    }

    /// Writes a sign that stands close to what follows or goes before.
    pub(super) fn write_sign(&mut self, kind: BlockKind, sign: &str) {
        self.write(kind, sign);
    }

    /// Writes text with its white space kept.
    pub(super) fn write_kept(&mut self, kind: BlockKind, text: &str) {
        if self.in_row() {
            self.write(kind, text);
            return;
        }
        let fresh = self.open.is_none();
        let text = if fresh {
            text.trim_start_matches(['\n', '\r'])
        } else {
            text
        };
        if text.is_empty() || (fresh && text.trim().is_empty()) {
            return;
        }
        self.make_room(kind);
        self.gap = false;
        self.scribe.push(text);
    }

    /// A line break; a second one in a row parts paragraphs.
    pub(super) fn line_break(&mut self) {
        if self.in_row() {
            self.gap = true;
        } else if self.open.is_some() {
            if self.scribe.text().ends_with('\n') {
                self.end_block();
            } else {
                self.scribe.push("\n");
                self.gap = false;
            }
        }
    }

    /// Ends the open block; in a cell, only parts words.
    pub(super) fn end_block(&mut self) {
        self.gap = true;
        if self.in_row() {
            return;
        }
        if self.open.take().is_some() {
            self.scribe.end_block();
        }
        for words in std::mem::take(&mut self.pictures) {
            self.scribe
                .block(BlockKind::PictureText, Place::default(), &words);
        }
    }

    /// Words in place of a picture.
    pub(super) fn picture(&mut self, words: &str) {
        let words = words.split_whitespace().collect::<Vec<_>>().join(" ");
        // The same picture many times over is layout.
        if words.is_empty() || self.last_picture == words {
            return;
        }
        self.last_picture.clone_from(&words);
        let runs_along = self.open.is_some() && words.len() <= SIGN_MAX;
        if self.in_row() {
            self.gap = true;
            self.write(BlockKind::PictureText, &words);
            self.gap = true;
        } else if runs_along && !words.chars().any(char::is_alphanumeric) {
            self.write(BlockKind::Paragraph, &words);
        } else if self.open.is_some() {
            if self.pictures.len() < PICTURES_MAX {
                self.pictures.push(words);
            }
        } else {
            self.scribe
                .block(BlockKind::PictureText, Place::default(), &words);
        }
    }

    /// The words of a drawing are a block of their own.
    pub(super) fn end_drawing(&mut self) {
        if self.open == Some(BlockKind::PictureText) {
            self.end_block();
        }
    }

    pub(super) fn begin_table(&mut self) {
        self.end_block();
        self.table = Some(Grid::default());
    }

    /// Takes the words written since `start` as the name of the table.
    pub(super) fn name_table(&mut self, start: usize) {
        let span = self.written_since(start);
        let words = span.of(self.scribe.text()).unwrap_or_default();
        let name = words.split_whitespace().collect::<Vec<_>>().join(" ");
        if let Some(grid) = &mut self.table
            && !name.is_empty()
            && name.len() <= 1000
        {
            grid.name = Some(name);
        }
    }

    pub(super) fn begin_row(&mut self) {
        if self.table.is_none() {
            return;
        }
        self.end_row();
        self.end_block();
        let Some(grid) = &mut self.table else { return };
        if !std::mem::replace(&mut grid.begun, true) {
            self.scribe.begin_table(grid.name.clone());
        }
        grid.rows += 1;
        grid.column = 0;
        grid.row_open = true;
        let label = format!("row {}", grid.rows);
        let place = Place {
            label: Some(label),
            ..Place::default()
        };
        self.scribe.begin_row(grid.rows, place);
        self.start = self.scribe.position();
    }

    pub(super) fn begin_cell(&mut self, columns: u32, rows: u32, heading: bool) {
        if self.table.is_some() && !self.in_row() {
            self.begin_row();
        }
        let Some(grid) = &mut self.table else { return };
        // Columns that a cell above still fills are passed over.
        while grid.reach.get(grid.column).is_some_and(|left| *left > 0) {
            grid.column += 1;
        }
        let from = grid.column;
        let to = (from + columns as usize).min(COLUMNS_MAX);
        if grid.reach.len() < to {
            grid.reach.resize(to, 0);
        }
        for left in grid.reach.get_mut(from..to).unwrap_or_default() {
            // One more than it reaches, because the end of this row takes one.
            *left = rows;
        }
        grid.reach_max = grid.reach_max.max(rows);
        grid.column = to.max(from + 1);
        grid.cell_open = true;
        self.gap = false;
        let number = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.scribe.begin_cell(number(from + 1), columns, heading);
        self.start = self.scribe.position();
    }

    pub(super) fn end_row(&mut self) {
        let Some(grid) = &mut self.table else { return };
        if std::mem::take(&mut grid.row_open) {
            grid.cell_open = false;
            if grid.reach_max > 0 {
                grid.reach_max -= 1;
                for left in &mut grid.reach {
                    *left = left.saturating_sub(1);
                }
            }
            self.scribe.end_row();
            self.gap = true;
        }
    }

    pub(super) fn end_table(&mut self) {
        self.end_row();
        if self.table.take().is_some_and(|grid| grid.begun) {
            self.scribe.end_table();
        }
        self.end_block();
    }

    /// Marks the words written since `start`.
    pub(super) fn mark(&mut self, start: usize, kind: MarkKind, target: Option<String>) {
        let span = self.written_since(start);
        self.scribe.mark(span, kind, None, None, target);
    }
}
