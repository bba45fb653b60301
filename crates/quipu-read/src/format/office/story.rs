//! Stories: stretches of a document gathered before they are written, because
//! files keep notes, boxes and tables in another order than a page shows them.

use quipu_model::{BlockKind, MarkKind, Place, Span, Transcribed};

use crate::draft::Scribe;

/// Marks that may lie on one another; the cost of a block grows with them.
const OPEN_MARKS_MAX: usize = 64;

/// A mark before it is written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Marking {
    /// What the words are.
    pub(crate) kind: MarkKind,
    /// Who made the change or remark.
    pub(crate) by: Option<String>,
    /// When, as the file writes it.
    pub(crate) at: Option<String>,
    /// Where a link leads, what a remark says.
    pub(crate) target: Option<String>,
}

impl Marking {
    /// A mark of which only the kind is known.
    pub(crate) const fn plain(kind: MarkKind) -> Self {
        Self {
            kind,
            by: None,
            at: None,
            target: None,
        }
    }
}

/// A mark opened in a story; closing it needs this.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct MarkId(usize);

#[derive(Debug, Clone)]
enum What {
    Block(BlockKind, Option<String>),
    EndBlock,
    /// Up to which event the table goes, and whether it only lays out a page.
    Table {
        name: Option<String>,
        end: usize,
        layout: bool,
    },
    Row(u32),
    Cell {
        column: u32,
        columns: u32,
        heading: bool,
    },
    EndTable,
    Open(usize),
    Close(usize),
}

#[derive(Debug, Clone)]
struct Event {
    /// The byte of the story's text before which it happens.
    at: usize,
    what: What,
}

#[derive(Debug, Clone)]
struct OpenTable {
    event: usize,
    row: u32,
    cells_in_row: u32,
    one_column: bool,
    cell_blocks: u32,
    rich: bool,
}

/// A stretch of document: paragraphs, tables to any depth, marks.
#[derive(Debug, Clone, Default)]
pub(crate) struct Story {
    text: String,
    events: Vec<Event>,
    marks: Vec<Marking>,
    block: bool,
    tables: Vec<OpenTable>,
    text_bytes_max: usize,
    full: bool,
}

impl Story {
    /// An empty story that takes no more text than that.
    pub(crate) fn new(text_bytes_max: usize) -> Self {
        Self {
            text_bytes_max,
            ..Self::default()
        }
    }

    /// Whether text was left out because of the bound.
    pub(crate) const fn is_full(&self) -> bool {
        self.full
    }

    /// Whether there are no words in it.
    pub(crate) fn is_blank(&self) -> bool {
        self.text.trim().is_empty()
    }

    /// The words, without their order in blocks.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// How many blocks there are.
    pub(crate) fn blocks(&self) -> usize {
        let blocks = self
            .events
            .iter()
            .filter(|e| matches!(e.what, What::Block(..)));
        blocks.count()
    }

    /// The words in one line, blocks parted by a space.
    pub(crate) fn one_line(&self) -> String {
        let mut words = String::with_capacity(self.text.len());
        let mut done = 0;
        let starts = self
            .events
            .iter()
            .filter(|event| matches!(event.what, What::Block(..)))
            .map(|event| event.at);
        for end in starts.chain([self.text.len()]) {
            for word in self
                .text
                .get(done..end)
                .unwrap_or_default()
                .split_whitespace()
            {
                if !words.is_empty() {
                    words.push(' ');
                }
                words.push_str(word);
            }
            done = end;
        }
        words
    }

    /// Puts words in the place of white space at the front of the first block,
    /// as the sign of a note is.
    pub(crate) fn put_before(&mut self, words: &str) {
        let first = self
            .events
            .iter()
            .position(|event| matches!(event.what, What::Block(..)));
        if let Some(first) = first
            && let Some(at) = self.events.get(first).map(|event| event.at)
        {
            let rest = self.text.get(at..).unwrap_or_default();
            let blank = rest.len() - rest.trim_start().len();
            self.text.replace_range(at..at + blank, words);
            for event in self.events.iter_mut().skip(first + 1) {
                event.at = event.at.max(at + blank) - blank + words.len();
            }
        }
    }

    fn event(&mut self, what: What) {
        // Events without words (a million empty paragraphs) are bounded too.
        if self.events.len() >= self.text_bytes_max.max(1 << 16) {
            self.full = true;
            return;
        }
        let at = self.text.len();
        self.events.push(Event { at, what });
    }

    /// Opens a block; an open one is closed.
    pub(crate) fn begin_block(&mut self, kind: BlockKind, label: Option<String>) {
        self.end_block();
        self.block = true;
        if let Some(table) = self.tables.last_mut() {
            table.cell_blocks += 1;
            table.rich |= table.cell_blocks > 1;
        }
        self.event(What::Block(kind, label));
    }

    /// Closes the open block, if any.
    pub(crate) fn end_block(&mut self) {
        if std::mem::take(&mut self.block) {
            self.event(What::EndBlock);
        }
    }

    /// Whether a block is open.
    pub(crate) const fn in_block(&self) -> bool {
        self.block
    }

    /// Changes the kind of the block that is open.
    pub(crate) fn set_kind(&mut self, kind: BlockKind, label: Option<String>) {
        let last = self
            .events
            .iter_mut()
            .rev()
            .find(|event| matches!(event.what, What::Block(..)));
        if self.block
            && let Some(event) = last
        {
            event.what = What::Block(kind, label);
        }
    }

    /// Adds words; a paragraph is opened when no block is.
    pub(crate) fn push(&mut self, words: &str) {
        if words.is_empty() {
            return;
        }
        if !self.block {
            self.begin_block(BlockKind::Paragraph, None);
        }
        let room = self.text_bytes_max.saturating_sub(self.text.len());
        if words.len() <= room {
            self.text.push_str(words);
        } else {
            self.full = true;
            let cut = words.floor_char_boundary(room);
            self.text.push_str(&words[..cut]);
        }
    }

    /// Opens a mark: what is pushed until its close bears it.
    pub(crate) fn open(&mut self, marking: Marking) -> MarkId {
        let id = self.marks.len();
        self.marks.push(marking);
        self.event(What::Open(id));
        MarkId(id)
    }

    /// Closes a mark. Marks may cross.
    pub(crate) fn close(&mut self, id: MarkId) {
        self.event(What::Close(id.0));
    }

    /// Says what a mark is when that becomes known only later.
    pub(crate) fn amend(&mut self, id: MarkId, marking: Marking) {
        if let Some(known) = self.marks.get_mut(id.0) {
            *known = marking;
        }
    }

    /// Words that bear one mark.
    pub(crate) fn marked(&mut self, marking: Marking, words: &str) {
        if !self.block {
            self.begin_block(BlockKind::Paragraph, None);
        }
        let id = self.open(marking);
        self.push(words);
        self.close(id);
    }

    /// Opens a table, in a cell of another if need be.
    pub(crate) fn begin_table(&mut self, name: Option<String>) {
        self.end_block();
        if let Some(outer) = self.tables.last_mut() {
            outer.rich = true;
        }
        let event = self.events.len();
        self.event(What::Table {
            name,
            end: usize::MAX,
            layout: false,
        });
        self.tables.push(OpenTable {
            event,
            row: 0,
            cells_in_row: 0,
            one_column: true,
            cell_blocks: 0,
            rich: false,
        });
    }

    /// Opens the next row of the table opened last.
    pub(crate) fn begin_row(&mut self) {
        let number = self
            .tables
            .last()
            .map_or(1, |table| table.row.saturating_add(1));
        self.begin_row_number(number);
    }

    /// Opens a row with its number.
    pub(crate) fn begin_row_number(&mut self, number: u32) {
        self.end_block();
        if let Some(table) = self.tables.last_mut() {
            table.row = number;
            table.cells_in_row = 0;
            self.event(What::Row(number));
        }
    }

    /// Opens a cell of the row; columns count from 1.
    pub(crate) fn begin_cell(&mut self, column: u32, columns: u32, heading: bool) {
        self.end_block();
        if self.tables.last().is_some_and(|table| table.row == 0) {
            self.begin_row();
        }
        if let Some(table) = self.tables.last_mut() {
            table.cells_in_row += 1;
            table.cell_blocks = 0;
            table.one_column &= table.cells_in_row < 2;
            self.event(What::Cell {
                column,
                columns,
                heading,
            });
        }
    }

    /// Closes the table opened last. A table of single cells that hold several
    /// paragraphs or further tables only lays out the page: its words are
    /// written as the paragraphs they are.
    pub(crate) fn end_table(&mut self) {
        self.end_block();
        let Some(table) = self.tables.pop() else {
            return;
        };
        let last = self.events.len();
        self.event(What::EndTable);
        if let Some(Event {
            what: What::Table { end, layout, .. },
            ..
        }) = self.events.get_mut(table.event)
        {
            *end = last;
            *layout = table.one_column && table.rich;
        }
    }

    /// How many tables are open.
    pub(crate) fn depth(&self) -> usize {
        self.tables.len()
    }

    /// Adds another story at the end of this one. The block that is open here
    /// is closed.
    pub(crate) fn append(&mut self, mut other: Story) {
        other.end_all();
        self.end_block();
        self.full |= other.full;
        let room = self.text_bytes_max.saturating_sub(self.text.len());
        if other.text.len() > room || self.events.len() + other.events.len() > (1 << 26) {
            self.full = true;
            return;
        }
        if let Some(outer) = self.tables.last_mut() {
            outer.rich |= other
                .events
                .iter()
                .any(|event| matches!(event.what, What::Table { .. }));
        }
        let (bytes, events, marks) = (self.text.len(), self.events.len(), self.marks.len());
        self.text.push_str(&other.text);
        self.marks.append(&mut other.marks);
        self.events
            .extend(other.events.into_iter().map(|mut event| {
                event.at += bytes;
                match &mut event.what {
                    What::Table { end, .. } => *end = end.saturating_add(events),
                    What::Open(id) | What::Close(id) => *id += marks,
                    _ => {}
                }
                event
            }));
    }

    /// Turns every plain paragraph into a block of that kind, the first with
    /// that label.
    pub(crate) fn recast(&mut self, kind: BlockKind, label: &str) {
        for event in &mut self.events {
            if let What::Block(old, place) = &mut event.what {
                *old = kind;
                *place = Some(label.to_owned());
            }
        }
    }

    fn end_all(&mut self) {
        self.end_block();
        while !self.tables.is_empty() {
            self.end_table();
        }
    }

    /// Writes the story down.
    pub(crate) fn write(mut self, scribe: &mut Scribe) {
        self.end_all();
        Writer {
            scribe,
            story: &self,
            open: Vec::new(),
            made: Vec::new(),
            changed: None,
            row: None,
        }
        .write();
    }
}

/// A mark that is open while the story is written.
struct OpenMark {
    id: usize,
    start: usize,
}

struct Writer<'a, 's> {
    scribe: &'a mut Scribe,
    story: &'s Story,
    open: Vec<OpenMark>,
    /// Marks with their places, to be written when the story is done.
    made: Vec<(usize, usize, usize)>,
    /// The kind of change that the words written last bear, and where they end.
    changed: Option<(MarkKind, usize)>,
    /// Inside a row: whether the cell has words yet.
    row: Option<bool>,
}

impl Writer<'_, '_> {
    fn write(&mut self) {
        // Stretches of events still to be written, the next one last. Tables
        // inside cells wait here until the table around them is done.
        let mut todo = vec![(0, self.story.events.len())];
        let mut waiting: Vec<(usize, usize)> = Vec::new();
        while let Some((mut i, end)) = todo.pop() {
            let mut outer: Option<usize> = None;
            while i < end {
                let Some(event) = self.story.events.get(i) else {
                    break;
                };
                let next = self
                    .story
                    .events
                    .get(i + 1)
                    .map_or(self.story.text.len(), |event| event.at);
                match &event.what {
                    What::Table {
                        name,
                        end: last,
                        layout,
                    } => {
                        if outer.is_some() {
                            // A table in a cell: later.
                            let last = (*last).min(end);
                            waiting.push((i, last.saturating_add(1)));
                            i = last.max(i) + 1;
                            self.words_of(i.saturating_sub(1));
                            continue;
                        }
                        if !*layout {
                            outer = Some(*last);
                            self.end_block();
                            self.scribe.begin_table(name.clone());
                        }
                    }
                    What::EndTable => {
                        if outer == Some(i) {
                            outer = None;
                            self.end_row();
                            self.scribe.end_table();
                            if !waiting.is_empty() {
                                todo.push((i + 1, end));
                                todo.extend(waiting.drain(..).rev());
                                break;
                            }
                        }
                    }
                    What::Row(number) if outer.is_some() => {
                        self.end_row();
                        self.scribe.begin_row(*number, Place::default());
                        self.row = Some(false);
                    }
                    What::Cell {
                        column,
                        columns,
                        heading,
                    } if outer.is_some() => {
                        self.part_marks();
                        self.scribe.begin_cell(*column, *columns, *heading);
                        self.row = Some(false);
                    }
                    What::Row(_) | What::Cell { .. } => {}
                    What::Block(kind, label) => match self.row {
                        Some(true) => self.scribe.space(),
                        Some(false) => {}
                        None => self.scribe.begin_block(
                            *kind,
                            Place {
                                label: label.clone(),
                                ..Place::default()
                            },
                        ),
                    },
                    What::EndBlock => {
                        if self.row.is_none() {
                            self.end_block();
                        }
                    }
                    What::Open(id) => {
                        // More at once than any page shows: the rest go unmarked.
                        if self.open.len() < OPEN_MARKS_MAX {
                            self.open.push(OpenMark {
                                id: *id,
                                start: usize::MAX,
                            });
                        }
                    }
                    What::Close(id) => self.close(*id),
                }
                self.words(event.at, next);
                i += 1;
            }
        }
        self.end_row();
        self.end_block();
        self.write_marks();
    }

    /// Writes the marks; those of one kind and meaning that meet become one.
    fn write_marks(&mut self) {
        let mut made = std::mem::take(&mut self.made);
        let story = self.story;
        let marking = |id: usize| story.marks.get(id);
        made.sort_by_key(|(start, end, id)| {
            (
                marking(*id).map(|marking| marking.kind as u8),
                *start,
                *end,
                *id,
            )
        });
        let mut i = 0;
        while let Some((start, mut end, id)) = made.get(i).copied() {
            i += 1;
            while let Some((next, next_end, next_id)) = made.get(i).copied()
                && next <= end
                && marking(next_id) == marking(id)
            {
                end = end.max(next_end);
                i += 1;
            }
            if let Some(marking) = marking(id) {
                let span: Span<Transcribed> = Span::from_usize(start, end);
                self.scribe.mark(
                    span,
                    marking.kind,
                    marking.by.clone(),
                    marking.at.clone(),
                    marking.target.clone(),
                );
            }
        }
    }

    /// Words taken out and words put in their place are two words, though no
    /// space stands between them.
    fn part_changes(&mut self, words: &str) {
        let kind = self.open.iter().rev().find_map(|open| {
            let kind = self.story.marks.get(open.id)?.kind;
            matches!(kind, MarkKind::Inserted | MarkKind::Deleted).then_some(kind)
        });
        let at = self.scribe.position();
        if let (Some(kind), Some((last, end))) = (kind, self.changed)
            && kind != last
            && end == at
            && words.starts_with(char::is_alphanumeric)
            && self.scribe.text().ends_with(char::is_alphanumeric)
        {
            self.scribe.push(" ");
        }
        self.changed = kind.map(|kind| (kind, self.scribe.position() + words.len()));
    }

    /// The words that follow event `i`.
    fn words_of(&mut self, i: usize) {
        let Some(event) = self.story.events.get(i) else {
            return;
        };
        let next = self.story.events.get(i + 1);
        self.words(
            event.at,
            next.map_or(self.story.text.len(), |event| event.at),
        );
    }

    fn words(&mut self, start: usize, end: usize) {
        let words = self.story.text.get(start..end).unwrap_or_default();
        if words.is_empty() {
            return;
        }
        self.part_changes(words);
        let before = self.scribe.position();
        if self.row.is_some() {
            // A cell is one line: its breaks become spaces, and none stand at
            // its front.
            let words = if self.row == Some(false) {
                words.trim_start()
            } else {
                words
            };
            if words.is_empty() {
                return;
            }
            self.row = Some(true);
            if words.contains(['\n', '\t', '\r']) {
                self.scribe.push(&words.replace(['\n', '\t', '\r'], " "));
            } else {
                self.scribe.push(words);
            }
        } else {
            self.scribe.push(words);
        }
        for mark in &mut self.open {
            mark.start = mark.start.min(before);
        }
    }

    fn close(&mut self, id: usize) {
        if let Some(i) = self.open.iter().rposition(|mark| mark.id == id) {
            let mark = self.open.remove(i);
            self.note(mark.id, mark.start, self.scribe.position());
        }
    }

    fn note(&mut self, id: usize, start: usize, end: usize) {
        if start < end {
            self.made.push((start, end, id));
        }
    }

    /// Marks stop at the end of a block or cell and go on in the next, so that
    /// each lies within one.
    fn part_marks(&mut self) {
        let end = self.scribe.text().trim_end().len();
        for i in 0..self.open.len() {
            let OpenMark { id, start } = self.open[i];
            self.note(id, start, end);
            self.open[i].start = usize::MAX;
        }
    }

    fn end_block(&mut self) {
        self.part_marks();
        self.scribe.end_block();
    }

    fn end_row(&mut self) {
        if self.row.take().is_some() {
            self.part_marks();
            self.scribe.end_row();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cell(story: &mut Story, column: u32, words: &[&str]) {
        story.begin_cell(column, 1, false);
        for words in words {
            story.begin_block(BlockKind::Paragraph, None);
            story.push(words);
            story.end_block();
        }
    }

    fn told(story: Story) -> quipu_model::Transcript {
        let mut scribe = Scribe::new("test 1", 1 << 20);
        story.write(&mut scribe);
        let made = scribe.finish();
        assert_eq!(quipu_model::transcript::check(&made), Ok(()));
        made
    }

    #[test]
    fn a_table_in_a_cell_follows_the_table_around_it() {
        let mut story = Story::new(1 << 20);
        story.begin_table(None);
        story.begin_row();
        cell(&mut story, 1, &["one", "more"]);
        story.begin_table(None);
        story.begin_row();
        cell(&mut story, 1, &["inner"]);
        cell(&mut story, 2, &["words"]);
        story.end_table();
        story.begin_block(BlockKind::Paragraph, None);
        story.push("after");
        cell(&mut story, 2, &["two"]);
        story.end_table();
        story.push("end");
        let made = told(story);
        assert_eq!(made.text, "one more after\ttwo\n\ninner\twords\n\nend");
        assert_eq!(made.tables.len(), 2);
    }

    #[test]
    fn a_table_that_only_lays_out_a_page_is_its_paragraphs() {
        let mut story = Story::new(1 << 20);
        story.begin_table(None);
        story.begin_row();
        cell(&mut story, 1, &["one", "two"]);
        story.begin_table(None);
        story.begin_row();
        cell(&mut story, 1, &["a"]);
        cell(&mut story, 2, &["b"]);
        story.end_table();
        story.end_table();
        let made = told(story);
        assert_eq!(made.text, "one\n\ntwo\n\na\tb");
        assert_eq!(made.tables.len(), 1);
    }

    #[test]
    fn marks_keep_within_blocks_and_may_cross() {
        let mut story = Story::new(1 << 20);
        story.push("a ");
        let first = story.open(Marking::plain(MarkKind::Inserted));
        story.push("b ");
        let second = story.open(Marking::plain(MarkKind::Deleted));
        story.begin_block(BlockKind::Paragraph, None);
        story.push("c");
        story.close(first);
        story.push("d");
        story.close(second);
        let made = told(story);
        assert_eq!(made.text, "a b\n\ncd");
        let marks: Vec<_> = made
            .marks
            .iter()
            .map(|mark| (mark.kind, mark.span.of(&made.text).unwrap_or_default()))
            .collect();
        assert_eq!(
            marks,
            [
                (MarkKind::Inserted, "b"),
                (MarkKind::Inserted, "c"),
                (MarkKind::Deleted, "cd")
            ]
        );
    }

    #[test]
    fn changes_that_meet_stay_two_words() {
        let mut story = Story::new(1 << 20);
        story.push("the sum of ");
        story.marked(Marking::plain(MarkKind::Deleted), "fif");
        story.marked(Marking::plain(MarkKind::Deleted), "ty");
        story.marked(Marking::plain(MarkKind::Inserted), "thirty");
        story.push(" thousand");
        let made = told(story);
        assert_eq!(made.text, "the sum of fifty thirty thousand");
        let marks: Vec<_> = made
            .marks
            .iter()
            .map(|mark| mark.span.of(&made.text).unwrap_or_default())
            .collect();
        assert_eq!(marks, ["fifty", "thirty"]);
    }

    #[test]
    fn a_full_story_says_so() {
        let mut story = Story::new(3);
        story.push("ñññ");
        assert!(story.is_full());
        assert_eq!(told(story).text, "ñ");
    }
}
