//! The walk through one part of a Word file: paragraphs, tables, notes and
//! changes as they come, with a stack of what is open instead of recursion.

use std::collections::BTreeMap;

use quipu_model::{BlockKind, MarkKind};

use super::numbers::{Numbers, roman};
use super::styles::Styles;
use crate::format::office::package::Relation;
use crate::format::office::story::{MarkId, Marking, Story};
use crate::format::office::symbol;
use crate::format::office::word::link_target;
use crate::format::office::xml::{Element, Ns, Token, Xml};

/// Fields inside fields beyond this are read as plain words.
const FIELDS_MAX: usize = 64;

/// A field's instruction is kept up to here; links are shorter.
const INSTRUCTION_MAX: usize = 8192;

/// What the parts of a document share.
pub(super) struct Context<'c> {
    /// Styles.
    pub(super) styles: &'c Styles,
    /// Lists, counted on while the body is walked.
    pub(super) numbers: &'c mut Numbers,
    /// Relations of the part walked.
    pub(super) relations: &'c BTreeMap<String, Relation>,
    /// What the comments say, by id.
    pub(super) comments: &'c BTreeMap<String, Marking>,
    /// Bound of the text.
    pub(super) text_bytes: usize,
}

/// A note or comment: a story with an id of its own.
#[derive(Debug, Clone)]
pub(super) struct Aside {
    /// Its id in the file.
    pub(super) id: String,
    /// Who wrote it.
    pub(super) by: Option<String>,
    /// When, as the file writes it.
    pub(super) at: Option<String>,
    /// Its words.
    pub(super) story: Story,
}

/// A note meant by a sign in the text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct NoteSign {
    /// Whether it is an endnote.
    pub(super) endnote: bool,
    /// The id of the note.
    pub(super) id: String,
    /// The sign shown, `[1]`.
    pub(super) sign: String,
}

/// What a walk brings home.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// The words of the part.
    pub(super) story: Story,
    /// Notes or comments, where the part holds them.
    pub(super) asides: Vec<Aside>,
    /// Notes meant, in the order of their signs.
    pub(super) notes: Vec<NoteSign>,
    /// Relations to headers and footers, in order.
    pub(super) furniture: Vec<String>,
    /// Relations to files taken in whole (`altChunk`).
    pub(super) chunks: Vec<String>,
    /// Whether the file was broken somewhere.
    pub(super) broken: bool,
    /// Whether something lay too deep.
    pub(super) too_deep: bool,
}

/// An element that is open, as far as its close matters.
enum Open {
    Plain,
    Paragraph,
    ParagraphProperties,
    Run(Vec<(u32, MarkId)>),
    Marked(u32, MarkId),
    Words,
    Table,
    Row(Option<(u32, MarkId)>),
    Cell,
    CellProperties,
    Box,
    Alternate { taken: bool },
    Aside,
}

struct Field {
    shows: bool,
    instruction: String,
    mark: Option<(u32, MarkId)>,
}

/// A story being written, with the boxes that wait for the end of the paragraph.
struct Frame {
    serial: u32,
    story: Story,
    boxes: Vec<Story>,
    row: RowState,
    rows_outside: Vec<RowState>,
}

#[derive(Debug, Clone, Copy, Default)]
struct RowState {
    column: u32,
    heading: bool,
    columns: u32,
    cell_begun: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Reading {
    Nothing,
    Words,
    Instruction,
}

#[derive(Default)]
struct ParagraphState {
    list: Option<u32>,
    level: Option<u8>,
    kind: Option<(BlockKind, Option<u8>)>,
    hidden: bool,
    struck: bool,
}

struct Walk<'c, 'x> {
    context: &'c mut Context<'x>,
    frames: Vec<Frame>,
    open: Vec<Open>,
    fields: Vec<Field>,
    reading: Reading,
    paragraph: ParagraphState,
    comments_open: Vec<(String, u32, MarkId)>,
    serials: u32,
    footnotes: u32,
    endnotes: u32,
    aside: Option<Aside>,
    done: Walked,
}

/// Walks one part of the file.
pub(super) fn walk(text: &str, depth_max: u32, context: &mut Context<'_>) -> Walked {
    let story = Story::new(context.text_bytes);
    let mut walk = Walk {
        context,
        frames: vec![Frame::new(0, story)],
        open: Vec::new(),
        fields: Vec::new(),
        reading: Reading::Nothing,
        paragraph: ParagraphState::default(),
        comments_open: Vec::new(),
        serials: 0,
        footnotes: 0,
        endnotes: 0,
        aside: None,
        done: Walked::default(),
    };
    let mut xml = Xml::new(text, depth_max);
    loop {
        match xml.next() {
            Token::Open(element) => {
                if let Some(open) = walk.opens(&element) {
                    walk.open.push(open);
                } else {
                    xml.skip();
                }
            }
            Token::Close => walk.closes(),
            Token::Words(words) => walk.words(&words),
            Token::End => break,
        }
    }
    while walk.frames.len() > 1 {
        walk.end_box();
    }
    if let Some(frame) = walk.frames.pop() {
        walk.done.story = frame.finish();
    }
    walk.done.broken = xml.is_broken();
    walk.done.too_deep = xml.is_too_deep();
    walk.done
}

impl Frame {
    fn new(serial: u32, story: Story) -> Self {
        Self {
            serial,
            story,
            boxes: Vec::new(),
            row: RowState::default(),
            rows_outside: Vec::new(),
        }
    }

    fn end_paragraph(&mut self) {
        self.story.end_block();
        for story in std::mem::take(&mut self.boxes) {
            self.story.append(story);
        }
    }

    fn finish(mut self) -> Story {
        self.end_paragraph();
        self.story
    }
}

impl Walk<'_, '_> {
    /// What the element is; `None` to step over it with all it holds.
    fn opens(&mut self, element: &Element<'_>) -> Option<Open> {
        match element.ns {
            Ns::Word => self.word_element(element),
            Ns::Compatibility => match element.name() {
                "AlternateContent" => Some(Open::Alternate { taken: false }),
                "Choice" | "Fallback" => match self.open.last_mut() {
                    // Branches say the same in different ways: the first is read.
                    Some(Open::Alternate { taken }) if *taken => None,
                    Some(Open::Alternate { taken }) => {
                        *taken = true;
                        Some(Open::Plain)
                    }
                    _ => Some(Open::Plain),
                },
                _ => Some(Open::Plain),
            },
            Ns::Math => {
                if element.name() == "t" {
                    self.reading = Reading::Words;
                    return Some(Open::Words);
                }
                Some(Open::Plain)
            }
            Ns::WordDrawing => {
                if element.name() == "docPr" {
                    let words = element.attr("descr").or_else(|| element.attr("title"));
                    self.picture_words(words);
                }
                Some(Open::Plain)
            }
            Ns::Vml => {
                match element.name() {
                    "textpath" => self.picture_words(element.attr("string")),
                    "shape" | "rect" => self.picture_words(element.attr("alt")),
                    _ => {}
                }
                Some(Open::Plain)
            }
            _ => Some(Open::Plain),
        }
    }

    fn word_element(&mut self, element: &Element<'_>) -> Option<Open> {
        let name = element.name();
        if self.paragraph_element(name, element) {
            return Some(Open::Plain);
        }
        match name {
            "t" | "delText" => {
                self.reading = Reading::Words;
                Some(Open::Words)
            }
            "instrText" | "delInstrText" => {
                self.reading = Reading::Instruction;
                Some(Open::Words)
            }
            "p" => {
                self.paragraph = ParagraphState::default();
                self.begin_cell();
                let (kind, level) = self.context.styles.usual.kind();
                let frame = self.frame();
                frame.end_paragraph();
                frame.story.begin_block(kind, label(level));
                Some(Open::Paragraph)
            }
            "pPr" => Some(Open::ParagraphProperties),
            "r" => Some(Open::Run(self.paragraph_run())),
            "rPr" => {
                // Only a run's own properties say how words look; those of a
                // paragraph mark say how the mark does.
                matches!(self.open.last(), Some(Open::Run(_))).then_some(Open::Plain)
            }
            "tbl" => {
                let frame = self.frame();
                frame.end_paragraph();
                frame.story.begin_table(None);
                let outside = std::mem::take(&mut frame.row);
                frame.rows_outside.push(outside);
                Some(Open::Table)
            }
            "tr" => {
                let frame = self.frame();
                frame.end_paragraph();
                frame.story.begin_row();
                frame.row = RowState::default();
                Some(Open::Row(None))
            }
            "tc" => {
                let frame = self.frame();
                frame.end_paragraph();
                frame.row.column = frame.row.column.saturating_add(frame.row.columns.max(1));
                if frame.row.columns == 0 {
                    frame.row.column = frame.row.column.max(1);
                }
                frame.row.columns = 1;
                frame.row.cell_begun = false;
                Some(Open::Cell)
            }
            "tcPr" => Some(Open::CellProperties),
            "txbxContent" => {
                self.begin_box();
                Some(Open::Box)
            }
            "ins" | "moveTo" | "del" | "moveFrom" => Some(self.change(name, element)),
            "hyperlink" => Some(self.link(element)),
            "fldSimple" => {
                let instruction = element.attr("instr").unwrap_or_default();
                let target = link_target(&instruction);
                Some(match target {
                    Some(target) => self.marked(Marking {
                        target: Some(target),
                        ..Marking::plain(MarkKind::Link)
                    }),
                    None => Open::Plain,
                })
            }
            "footnote" | "endnote" | "comment" => self.begin_aside(element),
            "pPrChange" | "rPrChange" | "sectPrChange" | "tblPrChange" | "trPrChange"
            | "tcPrChange" | "tblGridChange" | "tblPrExChange" | "numberingChange" | "tabs"
            | "sdtPr" | "sdtEndPr" | "rt" | "binData" | "tblGrid" | "tblPr" | "ffData" => None,
            _ => Some(Open::Plain),
        }
    }

    /// Elements without content of their own. Says whether it was one.
    fn paragraph_element(&mut self, name: &str, element: &Element<'_>) -> bool {
        let in_run = matches!(self.open.last(), Some(Open::Run(_)));
        match name {
            "tab" | "ptab" if in_run => self.push("\t"),
            "br" | "cr" if in_run => self.push("\n"),
            "noBreakHyphen" => self.push("\u{2011}"),
            "softHyphen" => self.push("\u{AD}"),
            "sym" => {
                let font = element.attr("font").unwrap_or_default();
                let code = element.attr("char").unwrap_or_default();
                if let Some(letter) = u32::from_str_radix(&code, 16)
                    .ok()
                    .and_then(|code| symbol::letter(&font, code))
                {
                    self.push(letter.encode_utf8(&mut [0; 4]));
                }
            }
            "fldChar" => self.field_sign(element),
            "footnoteReference" | "endnoteReference" => self.note_sign(name, element),
            "commentRangeStart" => {
                let id = element.attr("id").unwrap_or_default();
                if let Some(marking) = self.context.comments.get(&id).cloned() {
                    let serial = self.frame().serial;
                    let mark = self.frame().story.open(marking);
                    self.comments_open.push((id, serial, mark));
                }
            }
            "commentRangeEnd" => {
                let id = element.attr("id").unwrap_or_default();
                if let Some(i) = self.comments_open.iter().rposition(|open| open.0 == id) {
                    let (_, serial, mark) = self.comments_open.swap_remove(i);
                    self.close_mark(serial, mark);
                }
            }
            "pStyle" => {
                let style = element
                    .attr("val")
                    .and_then(|id| self.context.styles.get(&id));
                if let Some(style) = style {
                    self.paragraph.kind = Some(style.kind());
                    self.paragraph.list = self.paragraph.list.or(style.list);
                    self.paragraph.level = self.paragraph.level.or(style.list_level);
                    self.paragraph.hidden = style.hidden == Some(true);
                    self.paragraph.struck = style.struck == Some(true);
                }
            }
            "outlineLvl" => {
                if let Some(level) = element
                    .number("val")
                    .and_then(|level| u8::try_from(level).ok())
                    && level < 9
                {
                    self.paragraph.kind = Some((BlockKind::Heading, Some(level + 1)));
                }
            }
            "numId" => {
                self.paragraph.list = element.number("val").and_then(|id| u32::try_from(id).ok());
            }
            "ilvl" => {
                self.paragraph.level = element.number("val").and_then(|id| u8::try_from(id).ok());
            }
            "vanish" => self.run_switch(MarkKind::Hidden, element.is_on()),
            "strike" | "dstrike" => self.run_switch(MarkKind::Struck, element.is_on()),
            "rStyle" => {
                let style = element
                    .attr("val")
                    .and_then(|id| self.context.styles.get(&id));
                let (hidden, struck) = style.map_or((None, None), |s| (s.hidden, s.struck));
                if hidden == Some(true) {
                    self.run_switch(MarkKind::Hidden, true);
                }
                if struck == Some(true) {
                    self.run_switch(MarkKind::Struck, true);
                }
            }
            "tblHeader" => self.frame().row.heading = element.is_on(),
            "gridBefore" => {
                let skipped = element.number("val").unwrap_or(0).clamp(0, 1 << 14);
                let skipped = u32::try_from(skipped).unwrap_or(0);
                // The first cell adds one.
                self.frame().row.column = skipped;
            }
            "gridSpan" => {
                let columns = element.number("val").unwrap_or(1).clamp(1, 1 << 14);
                self.frame().row.columns = u32::try_from(columns).unwrap_or(1);
            }
            "headerReference" | "footerReference" => {
                if let Some(id) = element.attr("id")
                    && !self.done.furniture.contains(&id)
                    && self.done.furniture.len() < 1024
                {
                    self.done.furniture.push(id);
                }
            }
            "altChunk" => {
                if let Some(id) = element.attr("id") {
                    self.done.chunks.push(id);
                }
            }
            _ => return false,
        }
        true
    }

    fn closes(&mut self) {
        match self.open.pop() {
            Some(Open::Paragraph) => {
                self.frame().end_paragraph();
            }
            Some(Open::ParagraphProperties) => self.settle_paragraph(),
            Some(Open::Run(marks)) => {
                for (serial, mark) in marks {
                    self.close_mark(serial, mark);
                }
            }
            Some(Open::Marked(serial, mark) | Open::Row(Some((serial, mark)))) => {
                self.close_mark(serial, mark);
            }
            Some(Open::Words) => self.reading = Reading::Nothing,
            Some(Open::Table) => {
                let frame = self.frame();
                frame.end_paragraph();
                frame.story.end_table();
                frame.row = frame.rows_outside.pop().unwrap_or_default();
            }
            Some(Open::CellProperties) => self.begin_cell(),
            Some(Open::Box) => self.end_box(),
            Some(Open::Aside) => {
                if self.frames.len() > 1
                    && let (Some(frame), Some(mut aside)) = (self.frames.pop(), self.aside.take())
                {
                    aside.story = frame.finish();
                    self.done.asides.push(aside);
                }
            }
            _ => {}
        }
    }

    fn words(&mut self, words: &str) {
        match self.reading {
            Reading::Nothing => {}
            Reading::Words => {
                if words.contains('\n') {
                    self.push(&words.replace('\n', " "));
                } else {
                    self.push(words);
                }
            }
            Reading::Instruction => {
                if let Some(field) = self.fields.last_mut()
                    && !field.shows
                    && field.instruction.len() + words.len() <= INSTRUCTION_MAX
                {
                    field.instruction.push_str(words);
                }
            }
        }
    }

    fn frame(&mut self) -> &mut Frame {
        if self.frames.is_empty() {
            let story = Story::new(self.context.text_bytes);
            self.frames.push(Frame::new(0, story));
        }
        let last = self.frames.len() - 1;
        &mut self.frames[last]
    }

    fn push(&mut self, words: &str) {
        if self.fields.iter().all(|field| field.shows) {
            self.frame().story.push(words);
        }
    }

    fn close_mark(&mut self, serial: u32, mark: MarkId) {
        let frame = self.frame();
        if frame.serial == serial {
            frame.story.close(mark);
        }
    }

    fn marked(&mut self, marking: Marking) -> Open {
        let frame = self.frame();
        Open::Marked(frame.serial, frame.story.open(marking))
    }

    /// The kind and number of a paragraph, known when its properties end.
    fn settle_paragraph(&mut self) {
        if !matches!(self.open.last(), Some(Open::Paragraph)) {
            return;
        }
        let usual = &self.context.styles.usual;
        let state = std::mem::take(&mut self.paragraph);
        let (mut kind, level) = state.kind.unwrap_or_else(|| usual.kind());
        let list = state.list.filter(|list| *list != 0);
        if list.is_some() && kind == BlockKind::Paragraph {
            kind = BlockKind::ListItem;
        }
        let number = list.map(|list| self.context.numbers.count(list, state.level.unwrap_or(0)));
        let frame = self.frame();
        frame.story.set_kind(kind, label(level));
        if let Some(number) = number.filter(|number| !number.is_empty()) {
            self.push(&number);
            self.push(" ");
        }
        self.paragraph.hidden = state.hidden;
        self.paragraph.struck = state.struck;
    }

    /// Marks that a paragraph's style lays on each of its runs.
    fn paragraph_run(&mut self) -> Vec<(u32, MarkId)> {
        let mut marks = Vec::new();
        let kinds = [
            (self.paragraph.hidden, MarkKind::Hidden),
            (self.paragraph.struck, MarkKind::Struck),
        ];
        for (on, kind) in kinds {
            if on {
                let frame = self.frame();
                marks.push((frame.serial, frame.story.open(Marking::plain(kind))));
            }
        }
        marks
    }

    fn run_switch(&mut self, kind: MarkKind, on: bool) {
        // The switch stands in the properties, one level below the run.
        let run = self.open.len().checked_sub(2);
        if !on || !run.is_some_and(|run| matches!(self.open.get(run), Some(Open::Run(_)))) {
            return;
        }
        let frame = self.frame();
        let mark = (frame.serial, frame.story.open(Marking::plain(kind)));
        if let Some(Open::Run(marks)) = run.and_then(|run| self.open.get_mut(run)) {
            marks.push(mark);
        }
    }

    fn change(&mut self, name: &str, element: &Element<'_>) -> Open {
        let kind = match name {
            "ins" | "moveTo" => MarkKind::Inserted,
            _ => MarkKind::Deleted,
        };
        let marking = Marking {
            kind,
            by: element.attr("author"),
            at: element.attr("date"),
            target: None,
        };
        // In a row's properties the change is about the whole row.
        let row = self.open.len().checked_sub(2);
        let opened = self.marked(marking);
        if let (Open::Marked(serial, mark), Some(Open::Row(change @ None))) =
            (&opened, row.and_then(|row| self.open.get_mut(row)))
        {
            *change = Some((*serial, *mark));
            return Open::Plain;
        }
        opened
    }

    fn link(&mut self, element: &Element<'_>) -> Open {
        let mut target = element
            .attr("id")
            .and_then(|id| self.context.relations.get(&id))
            .map(|relation| relation.target.clone())
            .unwrap_or_default();
        if let Some(anchor) = element.attr("anchor").filter(|anchor| !anchor.is_empty()) {
            target.push('#');
            target.push_str(&anchor);
        }
        self.marked(Marking {
            target: Some(target).filter(|target| !target.is_empty()),
            ..Marking::plain(MarkKind::Link)
        })
    }

    fn field_sign(&mut self, element: &Element<'_>) {
        match element.attr("fldCharType").as_deref() {
            Some("begin") if self.fields.len() < FIELDS_MAX => self.fields.push(Field {
                shows: false,
                instruction: String::new(),
                mark: None,
            }),
            Some("separate") => {
                let target = self.fields.last_mut().and_then(|field| {
                    field.shows = true;
                    link_target(&field.instruction)
                });
                if let Some(target) = target {
                    let marking = Marking {
                        target: Some(target),
                        ..Marking::plain(MarkKind::Link)
                    };
                    let frame = self.frame();
                    let mark = (frame.serial, frame.story.open(marking));
                    if let Some(field) = self.fields.last_mut() {
                        field.mark = Some(mark);
                    }
                }
            }
            Some("end") => {
                if let Some((serial, mark)) = self.fields.pop().and_then(|field| field.mark) {
                    self.close_mark(serial, mark);
                }
            }
            _ => {}
        }
    }

    fn note_sign(&mut self, name: &str, element: &Element<'_>) {
        let endnote = name == "endnoteReference";
        let id = element.attr("id").unwrap_or_default();
        let sign = if endnote {
            self.endnotes += 1;
            format!("[{}]", roman(self.endnotes))
        } else {
            self.footnotes += 1;
            format!("[{}]", self.footnotes)
        };
        if self.fields.iter().all(|field| field.shows) {
            let target = sign.trim_matches(['[', ']']).to_owned();
            let kind = if endnote { "endnote" } else { "footnote" };
            self.frame().story.marked(
                Marking {
                    target: Some(format!("{kind} {target}")),
                    ..Marking::plain(MarkKind::NoteReference)
                },
                &sign,
            );
        }
        self.done.notes.push(NoteSign { endnote, id, sign });
    }

    fn picture_words(&mut self, words: Option<String>) {
        let Some(words) = words else { return };
        let words = words.trim();
        if words.is_empty() {
            return;
        }
        let mut story = Story::new(words.len());
        story.begin_block(BlockKind::PictureText, None);
        story.push(words);
        let frame = self.frame();
        // A shape and its old form describe the same picture.
        if frame.boxes.last().is_none_or(|last| last.text() != words) {
            frame.boxes.push(story);
        }
    }

    fn begin_cell(&mut self) {
        let frame = self.frame();
        if frame.story.depth() > 0 && frame.row.columns > 0 && !frame.row.cell_begun {
            frame.row.cell_begun = true;
            let row = frame.row;
            frame.story.begin_cell(row.column, row.columns, row.heading);
        }
    }

    fn begin_box(&mut self) {
        self.serials += 1;
        let bound = self.context.text_bytes;
        let serial = self.serials;
        self.frames.push(Frame::new(serial, Story::new(bound)));
    }

    fn end_box(&mut self) {
        if self.frames.len() > 1
            && let Some(frame) = self.frames.pop()
        {
            let story = frame.finish();
            if !story.is_blank() {
                let frame = self.frame();
                if frame.story.in_block() {
                    frame.boxes.push(story);
                } else {
                    frame.story.append(story);
                }
            }
        }
    }

    fn begin_aside(&mut self, element: &Element<'_>) -> Option<Open> {
        // Separators between text and notes are drawn, not said.
        if element.attr("type").is_some_and(|kind| kind != "normal") || self.aside.is_some() {
            return None;
        }
        self.aside = Some(Aside {
            id: element.attr("id").unwrap_or_default(),
            by: element.attr("author"),
            at: element.attr("date"),
            story: Story::new(0),
        });
        self.begin_box();
        Some(Open::Aside)
    }
}

fn label(level: Option<u8>) -> Option<String> {
    level.map(|level| format!("heading {level}"))
}
