//! The words of a Word binary file: pieces of text walked character by
//! character, with what their properties say.

use std::cell::Cell;
use std::collections::BTreeMap;
use std::ops::Range;

use quipu_model::{BlockKind, MarkKind};

use super::file::{File, half, number, slice};
use super::runs::{Letters, Paragraph, Runs, letters, paragraphs};
use crate::format::office::codepage;
use crate::format::office::rtf::moment;
use crate::format::office::story::{MarkId, Marking, Story};
use crate::format::office::symbol;
use crate::format::office::word::link_target;

/// Fields inside fields beyond this are read as plain words.
const FIELDS_MAX: usize = 64;

/// Notes, comments and headers looked at.
const ASIDES_MAX: usize = 1 << 16;

/// Reads the words of a file, part by part.
pub(super) struct Words<'f, 'a> {
    file: &'f File<'a>,
    letters: Runs<Letters>,
    paragraphs: Runs<Paragraph>,
    authors: Vec<String>,
    fonts: Vec<String>,
    text_bytes: usize,
    /// Signs of notes in the body, by place.
    signs: BTreeMap<u32, Sign>,
    /// Characters that may still be read: pieces of a hostile file lie on one
    /// another, those of a sound one do not.
    budget: Cell<u64>,
}

#[derive(Debug, Clone)]
struct Sign {
    shown: String,
    target: String,
}

/// One stretch being read.
struct Reading {
    story: Story,
    pending: String,
    look: Letters,
    marks: Vec<MarkId>,
    fields: Vec<Field>,
    high: Option<u16>,
    row: bool,
    column: u32,
    cell: bool,
}

struct Field {
    shows: bool,
    instruction: String,
    mark: Option<MarkId>,
}

impl<'f, 'a> Words<'f, 'a> {
    /// Prepares a file.
    pub(super) fn new(file: &'f File<'a>, text_bytes: usize) -> Self {
        let mut words = Self {
            file,
            letters: letters(file),
            paragraphs: paragraphs(file),
            authors: strings(file.table(51).unwrap_or_default()),
            fonts: fonts(file.table(15).unwrap_or_default()),
            text_bytes,
            signs: BTreeMap::new(),
            budget: Cell::new(file.main.len() as u64 * 4),
        };
        for (nth, place) in places(file.table(2).unwrap_or_default(), 2).enumerate() {
            words.sign(place, "footnote", &(nth + 1).to_string());
        }
        for (nth, place) in places(file.table(46).unwrap_or_default(), 2).enumerate() {
            let number = u32::try_from(nth + 1).unwrap_or(u32::MAX);
            let roman = crate::format::office::docx::roman(number);
            words.sign(place, "endnote", &roman);
        }
        words
    }

    fn sign(&mut self, place: u32, kind: &str, number: &str) {
        let sign = Sign {
            shown: format!("[{number}]"),
            target: format!("{kind} {number}"),
        };
        self.signs.insert(place, sign);
    }

    /// The body.
    pub(super) fn body(&self, range: &Range<u32>) -> Story {
        self.read(range, true)
    }

    /// Any other stretch.
    pub(super) fn story(&self, range: &Range<u32>) -> Story {
        self.read(range, false)
    }

    /// Footnotes or endnotes, with their labels.
    pub(super) fn notes(&self, range: &Range<u32>, endnotes: bool) -> Vec<(String, Story)> {
        let (table, kind) = if endnotes {
            (47, "endnote")
        } else {
            (3, "footnote")
        };
        let starts: Vec<u32> = ends(self.file.table(table).unwrap_or_default());
        let mut notes = Vec::new();
        for (nth, two) in starts.windows(2).enumerate().take(ASIDES_MAX) {
            let [start, end] = two else { continue };
            let part = within(range, *start, *end);
            let mut story = self.read(&part, false);
            if story.is_blank() {
                continue;
            }
            let count = u32::try_from(nth + 1).unwrap_or(u32::MAX);
            let number = if endnotes {
                crate::format::office::docx::roman(count)
            } else {
                count.to_string()
            };
            story.put_before(&format!("[{number}] "));
            notes.push((format!("{kind} {number}"), story));
        }
        if notes.is_empty() && !range.is_empty() {
            let story = self.read(range, false);
            if !story.is_blank() {
                notes.push((kind.to_owned(), story));
            }
        }
        notes
    }

    /// Comments, with their labels.
    pub(super) fn comments(&self, range: &Range<u32>) -> Vec<(String, Story)> {
        let references = self.file.table(4).unwrap_or_default();
        let owners = names(self.file.table(36).unwrap_or_default());
        let count = references.len().saturating_sub(4) / 34;
        let starts = ends(self.file.table(5).unwrap_or_default());
        let mut comments = Vec::new();
        for (nth, two) in starts.windows(2).enumerate().take(ASIDES_MAX) {
            let [start, end] = two else { continue };
            let story = self.read(&within(range, *start, *end), false);
            if story.is_blank() {
                continue;
            }
            let author = half(references, (count + 1) * 4 + nth * 30 + 20)
                .and_then(|author| owners.get(usize::from(author)));
            let mut label = format!("comment {}", comments.len() + 1);
            if let Some(author) = author.filter(|_| nth < count) {
                label.push_str(", ");
                label.push_str(author);
            }
            comments.push((label, story));
        }
        comments
    }

    /// Page headers and footers, each text once.
    pub(super) fn furniture(&self, range: &Range<u32>) -> (Vec<Story>, Vec<Story>) {
        let (mut headers, mut footers): (Vec<Story>, Vec<Story>) = (Vec::new(), Vec::new());
        let starts = ends(self.file.table(11).unwrap_or_default());
        // The first six are lines that part notes from text.
        for (nth, two) in starts.windows(2).enumerate().skip(6).take(6 * 1024) {
            let [start, end] = two else { continue };
            let story = self.read(&within(range, *start, *end), false);
            let list = if matches!(nth % 6, 2 | 3 | 5) {
                &mut footers
            } else {
                &mut headers
            };
            let again = list
                .iter()
                .take(64)
                .any(|known| known.text() == story.text());
            if !story.is_blank() && !again {
                list.push(story);
            }
        }
        (headers, footers)
    }

    fn read(&self, range: &Range<u32>, signs: bool) -> Story {
        let mut reading = Reading {
            story: Story::new(self.text_bytes),
            pending: String::new(),
            look: Letters::default(),
            marks: Vec::new(),
            fields: Vec::new(),
            high: None,
            row: false,
            column: 0,
            cell: false,
        };
        let first = self
            .file
            .pieces
            .partition_point(|piece| piece.end <= range.start);
        for piece in self.file.pieces.get(first..).unwrap_or_default() {
            if piece.start >= range.end || reading.story.is_full() {
                break;
            }
            let from = range.start.max(piece.start);
            let to = range.end.min(piece.end);
            let size = if piece.wide { 2 } else { 1 };
            let wanted = u64::from(to.saturating_sub(from));
            let left = self.budget.get();
            self.budget.set(left.saturating_sub(wanted));
            let to = to.min(from.saturating_add(u32::try_from(left).unwrap_or(u32::MAX)));
            let mut holds = 0;
            let mut look = Letters::default();
            for place in from..to {
                let offset = u64::from(piece.offset) + u64::from(place - piece.start) * size;
                let Ok(offset) = u32::try_from(offset) else {
                    break;
                };
                let at = offset as usize;
                let unit = if piece.wide {
                    half(self.file.main, at)
                } else {
                    self.file.main.get(at).map(|byte| u16::from(*byte))
                };
                // A piece may claim more than the file has.
                let Some(unit) = unit else { break };
                if offset >= holds {
                    (look, holds) = self.letters.at(offset);
                }
                let sign = if signs { self.signs.get(&place) } else { None };
                self.character(&mut reading, unit, piece.wide, offset, look, sign);
            }
        }
        reading.flush(self);
        reading.story.end_block();
        if reading.story.depth() > 0 {
            reading.story.end_table();
        }
        reading.story
    }

    /// Whether the paragraph that starts there ends as a cell does; asked only
    /// of files whose paragraphs have no properties that are read.
    fn ends_cell(&self, offset: u32) -> bool {
        let rest = self.file.main.get(offset as usize..).unwrap_or_default();
        !self.file.modern && {
            let end = rest.iter().find(|byte| matches!(byte, 0x07 | 0x0C | 0x0D));
            end == Some(&0x07)
        }
    }

    fn character(
        &self,
        reading: &mut Reading,
        unit: u16,
        wide: bool,
        offset: u32,
        look: Letters,
        sign: Option<&Sign>,
    ) {
        if look != reading.look {
            reading.flush(self);
            reading.look = look;
        }
        if let Some(sign) = sign
            && unit < 0x20
        {
            reading.flush(self);
            reading.settle(self, offset);
            let marking = Marking {
                target: Some(sign.target.clone()),
                ..Marking::plain(MarkKind::NoteReference)
            };
            reading.story.marked(marking, &sign.shown);
            return;
        }
        match unit {
            0x07 => reading.cell_ends(self, offset),
            0x0C..=0x0E => reading.paragraph_ends(self, offset),
            0x09 => reading.letter(self, '\t', offset),
            0x0B => reading.letter(self, '\n', offset),
            0x1E => reading.letter(self, '\u{2011}', offset),
            0x1F => reading.letter(self, '\u{AD}', offset),
            0x13 => {
                reading.flush(self);
                if reading.fields.len() < FIELDS_MAX {
                    reading.fields.push(Field {
                        shows: false,
                        instruction: String::new(),
                        mark: None,
                    });
                }
            }
            0x14 => reading.field_shows(self),
            0x15 => reading.field_ends(self),
            0x28 if look.sign.is_some() => {
                let (font, code) = look.sign.unwrap_or_default();
                let font = self.fonts.get(usize::from(font)).cloned();
                let letter = symbol::letter(&font.unwrap_or_default(), u32::from(code));
                if let Some(letter) = letter {
                    reading.letter(self, letter, offset);
                }
            }
            0..=0x1F => {}
            _ if !wide => {
                let byte = u8::try_from(unit).unwrap_or(b'?');
                let letter = codepage::decode(codepage::WESTERN, &[byte]).chars().next();
                reading.letter(self, letter.unwrap_or('\u{FFFD}'), offset);
            }
            0xD800..=0xDBFF => reading.high = Some(unit),
            _ => {
                let units = [reading.high.take().unwrap_or(unit), unit];
                let pair = if units.first() == units.last() {
                    units.get(1..).unwrap_or_default()
                } else {
                    &units
                };
                for letter in char::decode_utf16(pair.iter().copied()) {
                    reading.letter(self, letter.unwrap_or('\u{FFFD}'), offset);
                }
            }
        }
    }
}

impl Reading {
    fn letter(&mut self, words: &Words<'_, '_>, letter: char, offset: u32) {
        if let Some(field) = self.fields.last_mut().filter(|field| !field.shows) {
            if field.instruction.len() < 8192 {
                field.instruction.push(letter);
            }
            return;
        }
        if self.fields.iter().any(|field| !field.shows) {
            return;
        }
        if self.pending.is_empty() {
            self.settle(words, offset);
        }
        self.pending.push(letter);
    }

    /// Writes the letters gathered so far, with their marks.
    fn flush(&mut self, words: &Words<'_, '_>) {
        if self.pending.is_empty() {
            return;
        }
        let look = self.look;
        let mut marks = Vec::new();
        let mut change = |on: bool, kind: MarkKind, (author, time): (u16, u32)| {
            if on {
                marks.push(Marking {
                    kind,
                    by: words.authors.get(usize::from(author)).cloned(),
                    at: moment(time.cast_signed()),
                    target: None,
                });
            }
        };
        change(look.inserted, MarkKind::Inserted, look.inserted_by);
        change(look.deleted, MarkKind::Deleted, look.deleted_by);
        if look.hidden {
            marks.push(Marking::plain(MarkKind::Hidden));
        }
        if look.struck {
            marks.push(Marking::plain(MarkKind::Struck));
        }
        self.marks.clear();
        for marking in marks {
            self.marks.push(self.story.open(marking));
        }
        self.story.push(&self.pending);
        self.pending.clear();
        for mark in self.marks.drain(..) {
            self.story.close(mark);
        }
    }

    /// Opens the block, and the table around it, that the next letter stands in.
    fn settle(&mut self, words: &Words<'_, '_>, offset: u32) {
        if self.story.in_block() {
            return;
        }
        let (paragraph, _) = words.paragraphs.at(offset);
        let in_table = paragraph.in_table || words.ends_cell(offset);
        if in_table {
            self.open_cell();
        } else if self.story.depth() > 0 {
            self.end_table();
        }
        let level = match paragraph.style {
            1..=9 => u8::try_from(paragraph.style).ok(),
            _ => paragraph.outline.map(|level| level + 1),
        };
        let (kind, label) = match level {
            Some(level) => (BlockKind::Heading, Some(format!("heading {level}"))),
            None if paragraph.list => (BlockKind::ListItem, None),
            None => (BlockKind::Paragraph, None),
        };
        self.story.begin_block(kind, label);
    }

    fn paragraph_ends(&mut self, words: &Words<'_, '_>, offset: u32) {
        self.flush(words);
        let (paragraph, _) = words.paragraphs.at(offset);
        self.story.end_block();
        // Without properties a paragraph outside a cell ends the table.
        let in_table = if words.file.modern {
            paragraph.in_table
        } else {
            self.cell
        };
        if self.story.depth() > 0 && !in_table {
            self.end_table();
        }
    }

    fn open_cell(&mut self) {
        if self.story.depth() == 0 {
            self.story.begin_table(None);
            self.row = false;
        }
        if !self.row {
            self.story.begin_row();
            self.row = true;
            self.column = 0;
            self.cell = false;
        }
        if !self.cell {
            self.column += 1;
            self.story.begin_cell(self.column, 1, false);
            self.cell = true;
        }
    }

    fn end_table(&mut self) {
        self.story.end_table();
        self.row = false;
        self.cell = false;
    }

    /// The mark that ends a cell also ends a row, in a paragraph that says so.
    fn cell_ends(&mut self, words: &Words<'_, '_>, offset: u32) {
        self.flush(words);
        let (paragraph, _) = words.paragraphs.at(offset);
        // Without properties two marks in a row end the row.
        let row_ends = if words.file.modern {
            paragraph.ends_row
        } else {
            !self.cell && self.column > 0 && !self.story.in_block()
        };
        if row_ends {
            self.story.end_block();
            self.row = false;
            self.column = 0;
            self.cell = false;
            return;
        }
        self.open_cell();
        self.story.end_block();
        self.cell = false;
    }

    fn field_shows(&mut self, words: &Words<'_, '_>) {
        self.flush(words);
        let target = self.fields.last_mut().and_then(|field| {
            field.shows = true;
            link_target(&field.instruction)
        });
        if let Some(target) = target {
            let mark = self.story.open(Marking {
                target: Some(target),
                ..Marking::plain(MarkKind::Link)
            });
            if let Some(field) = self.fields.last_mut() {
                field.mark = Some(mark);
            }
        }
    }

    fn field_ends(&mut self, words: &Words<'_, '_>) {
        self.flush(words);
        if let Some(mark) = self.fields.pop().and_then(|field| field.mark) {
            self.story.close(mark);
        }
    }
}

/// A part of a part, kept inside it.
fn within(range: &Range<u32>, start: u32, end: u32) -> Range<u32> {
    let place = |at: u32| range.start.saturating_add(at).min(range.end);
    place(start)..place(end.max(start))
}

/// The places of a table that gives each `size` bytes more.
fn places(table: &[u8], size: usize) -> impl Iterator<Item = u32> + '_ {
    let count = table.len().saturating_sub(4) / (4 + size);
    (0..count.min(ASIDES_MAX)).filter_map(move |nth| number(table, nth * 4))
}

/// The places of a table that gives nothing more.
fn ends(table: &[u8]) -> Vec<u32> {
    let count = (table.len() / 4).min(ASIDES_MAX);
    (0..count)
        .filter_map(|nth| number(table, nth * 4))
        .collect()
}

/// A list of strings (STTB) of two bytes a character.
fn strings(table: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    if half(table, 0) != Some(0xFFFF) {
        return found;
    }
    let count = usize::from(half(table, 2).unwrap_or(0));
    let extra = usize::from(half(table, 4).unwrap_or(0));
    let mut at = 6;
    for _ in 0..count {
        let Some(length) = half(table, at) else { break };
        let length = usize::from(length) * 2;
        let bytes = slice(table, at + 2, length).unwrap_or_default();
        found.push(codepage::decode(1200, bytes).into_owned());
        at += 2 + length + extra;
    }
    found
}

/// Names one after the other, each with its length.
fn names(table: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(length) = half(table, at)
        && found.len() < ASIDES_MAX
    {
        let length = usize::from(length) * 2;
        let bytes = slice(table, at + 2, length).unwrap_or_default();
        found.push(codepage::decode(1200, bytes).into_owned());
        at += 2 + length;
    }
    found
}

/// The names of the fonts: each with its length in bytes, the name from byte 40.
fn fonts(table: &[u8]) -> Vec<String> {
    let mut found = Vec::new();
    let count = usize::from(half(table, 0).unwrap_or(0)).min(4096);
    let mut at = 4;
    for _ in 0..count {
        let Some(length) = table.get(at) else { break };
        let length = usize::from(*length) + 1;
        let font = slice(table, at, length).unwrap_or_default();
        let name = codepage::decode(1200, font.get(40..).unwrap_or_default());
        let name = name.split('\0').next().unwrap_or_default().to_owned();
        found.push(name);
        at += length;
    }
    found
}
