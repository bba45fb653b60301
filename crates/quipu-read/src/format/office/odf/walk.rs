//! The walk through an OpenDocument text, with a stack of what is open instead
//! of recursion.

use std::collections::BTreeMap;

use quipu_model::{BlockKind, MarkKind};

use super::styles::Styles;
use crate::format::office::story::{MarkId, Marking, Story};
use crate::format::office::xml::{Element, Ns, Token, Xml};

/// Changes and comments kept.
const ENTRIES_MAX: usize = 1 << 18;

/// Stories inside stories (a note in a box in a note).
const FRAMES_MAX: usize = 64;

/// Columns one cell may stand for.
const REPEATED_MAX: i64 = 1024;

/// What a walk brings home.
#[derive(Debug, Default)]
pub(crate) struct Walked {
    /// The words.
    pub(crate) body: Story,
    /// Notes, comments, headers and footers: kind, label, story.
    pub(crate) asides: Vec<(BlockKind, String, Story)>,
    /// Whether the file was broken.
    pub(crate) broken: bool,
    /// Whether something lay too deep.
    pub(crate) too_deep: bool,
}

enum Open {
    Plain,
    Body,
    Paragraph(Vec<(u32, MarkId)>),
    Marked(Vec<(u32, MarkId)>),
    List,
    Table,
    HeaderRows,
    Frame,
    Value(Value),
    Region,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Value {
    Author,
    Date,
    Citation,
    PictureWords,
}

#[derive(Clone, PartialEq, Eq)]
enum FrameKind {
    Outermost,
    Box,
    Furniture(BlockKind),
    Note(String),
    Comment {
        mark: Option<(u32, MarkId)>,
        by: Option<String>,
        at: Option<String>,
    },
    Deleted,
}

struct Frame {
    serial: u32,
    kind: FrameKind,
    story: Story,
    boxes: Vec<Story>,
    column: u32,
    columns_outside: Vec<u32>,
}

#[derive(Default)]
struct Change {
    kind: Option<MarkKind>,
    by: Option<String>,
    at: Option<String>,
    words: String,
}

struct Walk<'s> {
    styles: &'s Styles,
    text_bytes: usize,
    frames: Vec<Frame>,
    open: Vec<Open>,
    /// How many elements are open whose words count.
    reading: u32,
    lists: u32,
    header_rows: u32,
    /// Whether the next white space of the paragraph counts.
    space_counts: bool,
    value: String,
    valued: bool,
    citation: String,
    changes: BTreeMap<String, Change>,
    region: Option<String>,
    change_marks: BTreeMap<String, (u32, MarkId)>,
    comment_marks: BTreeMap<String, (u32, MarkId)>,
    serials: u32,
    notes: u32,
    comments: u32,
    done: Walked,
}

/// Walks a file; words count inside the body and, in a file of styles, inside
/// headers and footers.
pub(crate) fn walk(text: &str, styles: &Styles, depth_max: u32, text_bytes: usize) -> Walked {
    let mut walk = Walk {
        styles,
        text_bytes,
        frames: vec![Frame::new(0, FrameKind::Outermost, text_bytes)],
        open: Vec::new(),
        reading: 0,
        lists: 0,
        header_rows: 0,
        space_counts: false,
        value: String::new(),
        valued: false,
        citation: String::new(),
        changes: BTreeMap::new(),
        region: None,
        change_marks: BTreeMap::new(),
        comment_marks: BTreeMap::new(),
        serials: 0,
        notes: 0,
        comments: 0,
        done: Walked::default(),
    };
    let mut xml = Xml::new(text, depth_max);
    loop {
        match xml.next() {
            Token::Open(element) => match walk.opens(&element) {
                Some(open) => walk.open.push(open),
                None => xml.skip(),
            },
            Token::Close => walk.closes(),
            Token::Words(words) => walk.words(&words),
            Token::End => break,
        }
    }
    while walk.frames.len() > 1 {
        walk.end_frame();
    }
    if let Some(mut frame) = walk.frames.pop() {
        frame.end_paragraph();
        walk.done.body = frame.story;
    }
    walk.done.broken = xml.is_broken();
    walk.done.too_deep = xml.is_too_deep();
    walk.done
}

impl Frame {
    fn new(serial: u32, kind: FrameKind, text_bytes: usize) -> Self {
        Self {
            serial,
            kind,
            story: Story::new(text_bytes),
            boxes: Vec::new(),
            column: 0,
            columns_outside: Vec::new(),
        }
    }

    fn end_paragraph(&mut self) {
        self.story.end_block();
        for story in std::mem::take(&mut self.boxes) {
            self.story.append(story);
        }
    }
}

impl Walk<'_> {
    fn frame(&mut self) -> &mut Frame {
        // The outermost frame is never taken out during the walk.
        let last = self.frames.len().saturating_sub(1);
        &mut self.frames[last]
    }

    fn opens(&mut self, element: &Element<'_>) -> Option<Open> {
        match element.ns {
            Ns::OdfText => self.text_element(element),
            Ns::OdfTable => Some(self.table_element(element)),
            Ns::OdfOffice => match element.name() {
                "body" => {
                    self.reading += 1;
                    Some(Open::Body)
                }
                "annotation" => self.begin_comment(element),
                "annotation-end" => {
                    let name = element.attr("name").unwrap_or_default();
                    if let Some((serial, mark)) = self.comment_marks.remove(&name) {
                        self.close_mark(serial, mark);
                    }
                    Some(Open::Plain)
                }
                "forms" | "scripts" | "event-listeners" | "binary-data" => None,
                _ => Some(Open::Plain),
            },
            Ns::OdfStyle => match element.name() {
                "header" | "header-left" | "header-first" => {
                    self.begin_frame(FrameKind::Furniture(BlockKind::PageHeader))
                }
                "footer" | "footer-left" | "footer-first" => {
                    self.begin_frame(FrameKind::Furniture(BlockKind::PageFooter))
                }
                _ => Some(Open::Plain),
            },
            Ns::OdfDraw => match element.name() {
                "text-box" | "custom-shape" | "rect" | "circle" | "ellipse" | "polygon"
                | "path" | "caption" | "regular-polygon" | "line" | "connector" | "measure" => {
                    self.begin_frame(FrameKind::Box)
                }
                "object" | "object-ole" => None,
                _ => Some(Open::Plain),
            },
            Ns::OdfSvg => match element.name() {
                "title" | "desc" => Some(self.begin_value(Value::PictureWords)),
                _ => Some(Open::Plain),
            },
            Ns::Dublin if self.region.is_some() || self.in_comment() => match element.name() {
                "creator" => Some(self.begin_value(Value::Author)),
                "date" => Some(self.begin_value(Value::Date)),
                _ => Some(Open::Plain),
            },
            // Initials of the one who comments are not said.
            Ns::OdfMeta if self.in_comment() => None,
            _ => Some(Open::Plain),
        }
    }

    fn in_comment(&self) -> bool {
        self.frames
            .last()
            .is_some_and(|frame| matches!(frame.kind, FrameKind::Comment { .. }))
    }

    fn text_element(&mut self, element: &Element<'_>) -> Option<Open> {
        let name = element.name();
        match name {
            "p" | "h" => Some(self.begin_paragraph(element)),
            "span" => {
                let style = element.attr("style-name").unwrap_or_default();
                let style = self.styles.get(&style);
                let hidden = style.hidden == Some(true);
                let struck = style.struck == Some(true);
                Some(Open::Marked(self.look(hidden, struck)))
            }
            "a" => {
                let target = element.attr("href").filter(|target| !target.is_empty());
                let marking = Marking {
                    target,
                    ..Marking::plain(MarkKind::Link)
                };
                Some(Open::Marked(vec![self.open_mark(marking)]))
            }
            "s" => {
                let count = element.number("c").unwrap_or(1).clamp(1, 1024);
                let count = usize::try_from(count).unwrap_or(1);
                self.push(&" ".repeat(count));
                Some(Open::Plain)
            }
            "tab" => {
                self.push("\t");
                Some(Open::Plain)
            }
            "line-break" => {
                self.push("\n");
                Some(Open::Plain)
            }
            "list" => {
                self.lists += 1;
                Some(Open::List)
            }
            "note" => {
                self.citation.clear();
                Some(Open::Plain)
            }
            "note-citation" => Some(self.begin_value(Value::Citation)),
            "note-body" => self.begin_note(),
            "hidden-text" => {
                let words = element.attr("string-value").unwrap_or_default();
                if self.reading > 0 && !words.is_empty() {
                    let marking = Marking::plain(MarkKind::Hidden);
                    self.frame().story.marked(marking, &words);
                }
                None
            }
            "changed-region" => {
                self.region = element.attr("id");
                if let Some(id) = self.region.clone()
                    && self.changes.len() < ENTRIES_MAX
                {
                    self.changes.insert(id, Change::default());
                }
                Some(Open::Region)
            }
            "insertion" | "deletion" if self.region.is_some() => {
                let deletion = name == "deletion";
                let kind = if deletion {
                    MarkKind::Deleted
                } else {
                    MarkKind::Inserted
                };
                if let Some(change) = self.change() {
                    change.kind = Some(kind);
                }
                if deletion {
                    return self.begin_frame(FrameKind::Deleted);
                }
                Some(Open::Plain)
            }
            "change-start" | "change-end" | "change" => {
                self.change_point(name, element);
                Some(Open::Plain)
            }
            "ruby-text"
            | "sequence-decls"
            | "variable-decls"
            | "user-field-decls"
            | "dde-connection-decls"
            | "alphabetical-index-auto-mark-file" => None,
            _ if name.ends_with("-source") => None,
            _ => Some(Open::Plain),
        }
    }

    fn table_element(&mut self, element: &Element<'_>) -> Open {
        match element.name() {
            "table" | "sub-table" if self.reading > 0 => {
                let name = element.attr("name");
                let frame = self.frame();
                frame.end_paragraph();
                frame.story.begin_table(name);
                let column = std::mem::take(&mut frame.column);
                frame.columns_outside.push(column);
                Open::Table
            }
            "table-header-rows" => {
                self.header_rows += 1;
                Open::HeaderRows
            }
            "table-row" if self.reading > 0 => {
                let frame = self.frame();
                frame.end_paragraph();
                frame.column = 0;
                if frame.story.depth() > 0 {
                    frame.story.begin_row();
                }
                Open::Plain
            }
            "table-cell" if self.reading > 0 => {
                let bounded = |name: &str| {
                    let count = element.number(name).unwrap_or(1).clamp(1, REPEATED_MAX);
                    u32::try_from(count).unwrap_or(1)
                };
                let columns = bounded("number-columns-spanned");
                let repeated = bounded("number-columns-repeated");
                let heading = self.header_rows > 0;
                let frame = self.frame();
                frame.end_paragraph();
                if frame.story.depth() > 0 {
                    frame
                        .story
                        .begin_cell(frame.column.saturating_add(1), columns, heading);
                }
                frame.column = frame.column.saturating_add(repeated);
                Open::Plain
            }
            "covered-table-cell" => {
                let repeated = element.number("number-columns-repeated").unwrap_or(1);
                let repeated = u32::try_from(repeated.clamp(1, REPEATED_MAX)).unwrap_or(1);
                let frame = self.frame();
                frame.column = frame.column.saturating_add(repeated);
                Open::Plain
            }
            _ => Open::Plain,
        }
    }

    fn closes(&mut self) {
        match self.open.pop() {
            Some(Open::Body) => self.reading = self.reading.saturating_sub(1),
            Some(Open::Paragraph(marks)) => {
                self.close_marks(marks);
                self.frame().end_paragraph();
            }
            Some(Open::Marked(marks)) => self.close_marks(marks),
            Some(Open::List) => self.lists = self.lists.saturating_sub(1),
            Some(Open::HeaderRows) => self.header_rows = self.header_rows.saturating_sub(1),
            Some(Open::Table) => {
                let frame = self.frame();
                frame.end_paragraph();
                frame.story.end_table();
                frame.column = frame.columns_outside.pop().unwrap_or(0);
            }
            Some(Open::Frame) => self.end_frame(),
            Some(Open::Value(value)) => self.value_ends(value),
            Some(Open::Region) => self.region = None,
            Some(Open::Plain) | None => {}
        }
    }

    /// White space counts once, and not at the front of a paragraph.
    fn words(&mut self, words: &str) {
        if self.valued {
            self.value.push_str(words);
            return;
        }
        if self.reading == 0 || !self.frame().story.in_block() {
            return;
        }
        let mut rest = words;
        while !rest.is_empty() {
            let blank = |c: char| matches!(c, ' ' | '\t' | '\n' | '\r');
            let after = rest.trim_start_matches(blank);
            if after.len() < rest.len() && std::mem::take(&mut self.space_counts) {
                self.frame().story.push(" ");
            }
            let end = after.find(blank).unwrap_or(after.len());
            let (word, more) = after.split_at(end);
            if !word.is_empty() {
                self.push(word);
            }
            rest = more;
        }
    }

    fn push(&mut self, words: &str) {
        if self.reading > 0 {
            self.frame().story.push(words);
            self.space_counts = true;
        }
    }

    fn begin_paragraph(&mut self, element: &Element<'_>) -> Open {
        if self.reading == 0 {
            return Open::Plain;
        }
        let style = element.attr("style-name").unwrap_or_default();
        let style = self.styles.get(&style);
        let (mut kind, mut level) = style.kind.unwrap_or((BlockKind::Paragraph, None));
        if element.name() == "h" {
            kind = BlockKind::Heading;
            let outline = element.number("outline-level").unwrap_or(1);
            level = u8::try_from(outline).ok().or(Some(1));
        } else if self.lists > 0 && kind == BlockKind::Paragraph {
            kind = BlockKind::ListItem;
        }
        let label = level.map(|level| format!("heading {level}"));
        let frame = self.frame();
        frame.end_paragraph();
        frame.story.begin_block(kind, label);
        self.space_counts = false;
        let hidden = style.hidden == Some(true);
        let struck = style.struck == Some(true);
        Open::Paragraph(self.look(hidden, struck))
    }

    fn look(&mut self, hidden: bool, struck: bool) -> Vec<(u32, MarkId)> {
        let mut marks = Vec::new();
        for (on, kind) in [(hidden, MarkKind::Hidden), (struck, MarkKind::Struck)] {
            if on {
                marks.push(self.open_mark(Marking::plain(kind)));
            }
        }
        marks
    }

    fn open_mark(&mut self, marking: Marking) -> (u32, MarkId) {
        let frame = self.frame();
        (frame.serial, frame.story.open(marking))
    }

    fn close_mark(&mut self, serial: u32, mark: MarkId) {
        let frame = self.frame();
        if frame.serial == serial {
            frame.story.close(mark);
        }
    }

    fn close_marks(&mut self, marks: Vec<(u32, MarkId)>) {
        for (serial, mark) in marks {
            self.close_mark(serial, mark);
        }
    }

    // Changes.

    fn change(&mut self) -> Option<&mut Change> {
        self.changes.get_mut(self.region.as_ref()?)
    }

    fn change_point(&mut self, name: &str, element: &Element<'_>) {
        let id = element.attr("change-id").unwrap_or_default();
        if name == "change-end" {
            if let Some((serial, mark)) = self.change_marks.remove(&id) {
                self.close_mark(serial, mark);
            }
            return;
        }
        let Some(change) = self.changes.get(&id) else {
            return;
        };
        let Some(kind) = change.kind else { return };
        let marking = Marking {
            kind,
            by: change.by.clone(),
            at: change.at.clone(),
            target: None,
        };
        if name == "change" {
            let words = change.words.clone();
            if self.reading > 0 && !words.is_empty() {
                self.frame().story.marked(marking, &words);
                self.space_counts = !words.ends_with(' ');
            }
        } else {
            let mark = self.open_mark(marking);
            self.change_marks.insert(id, mark);
        }
    }

    // Stories beside the body.

    fn begin_frame(&mut self, kind: FrameKind) -> Option<Open> {
        if self.frames.len() >= FRAMES_MAX {
            return None;
        }
        self.serials += 1;
        self.reading += 1;
        let frame = Frame::new(self.serials, kind, self.text_bytes);
        self.frames.push(frame);
        Some(Open::Frame)
    }

    fn begin_note(&mut self) -> Option<Open> {
        self.notes += 1;
        let mut number = self.citation.trim().to_owned();
        if number.is_empty() {
            number = self.notes.to_string();
        }
        let sign = format!("[{number}]");
        let marking = Marking {
            target: Some(format!("footnote {number}")),
            ..Marking::plain(MarkKind::NoteReference)
        };
        if self.reading > 0 {
            self.frame().story.marked(marking, &sign);
        }
        self.begin_frame(FrameKind::Note(sign))
    }

    fn begin_comment(&mut self, element: &Element<'_>) -> Option<Open> {
        let name = element.attr("name");
        let mark = match name {
            // Only a named comment has an end, and words between.
            Some(name) if self.comment_marks.len() < ENTRIES_MAX => {
                let mark = self.open_mark(Marking::plain(MarkKind::Commented));
                self.comment_marks.insert(name, mark);
                Some(mark)
            }
            _ => None,
        };
        self.begin_frame(FrameKind::Comment {
            mark,
            by: None,
            at: None,
        })
    }

    fn end_frame(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        let Some(mut frame) = self.frames.pop() else {
            return;
        };
        self.reading = self.reading.saturating_sub(1);
        self.space_counts = true;
        frame.end_paragraph();
        let mut story = frame.story;
        match frame.kind {
            FrameKind::Outermost => {}
            FrameKind::Box => {
                if story.is_blank() {
                    return;
                }
                let outer = self.frame();
                if outer.story.in_block() {
                    outer.boxes.push(story);
                } else {
                    outer.story.append(story);
                }
            }
            FrameKind::Furniture(kind) => {
                let known = self.done.asides.iter().filter(|aside| aside.0 == kind);
                let again = known.take(64).any(|aside| aside.2.text() == story.text());
                if !story.is_blank() && !again {
                    let label = if kind == BlockKind::PageHeader {
                        "header"
                    } else {
                        "footer"
                    };
                    self.done.asides.push((kind, label.to_owned(), story));
                }
            }
            FrameKind::Note(sign) => {
                let label = format!("footnote {}", sign.trim_matches(['[', ']']));
                story.put_before(&format!("{sign} "));
                self.done.asides.push((BlockKind::Footnote, label, story));
            }
            FrameKind::Comment { mark, by, at } => {
                self.comments += 1;
                let mut label = format!("comment {}", self.comments);
                for more in [&by, &at].into_iter().flatten() {
                    label.push_str(", ");
                    label.push_str(more);
                }
                let words: String = story.one_line().chars().take(2000).collect();
                if let Some((serial, mark)) = mark
                    && self.frame().serial == serial
                {
                    let marking = Marking {
                        kind: MarkKind::Commented,
                        by,
                        at,
                        target: Some(words),
                    };
                    self.frame().story.amend(mark, marking);
                }
                self.done.asides.push((BlockKind::Comment, label, story));
            }
            FrameKind::Deleted => {
                let words = if story.blocks() > 1 {
                    story.one_line()
                } else {
                    story.text().to_owned()
                };
                if let Some(change) = self.change() {
                    change.words = words;
                }
            }
        }
    }

    // Values.

    fn begin_value(&mut self, value: Value) -> Open {
        self.value.clear();
        self.valued = true;
        Open::Value(value)
    }

    fn value_ends(&mut self, value: Value) {
        self.valued = false;
        let words = std::mem::take(&mut self.value).trim().to_owned();
        match value {
            Value::Citation => self.citation = words,
            Value::PictureWords => {
                if self.reading > 0 && !words.is_empty() {
                    let mut story = Story::new(words.len());
                    story.begin_block(BlockKind::PictureText, None);
                    story.push(&words);
                    self.frame().boxes.push(story);
                }
            }
            Value::Author | Value::Date => {
                if let FrameKind::Comment { by, at, .. } = &mut self.frame().kind {
                    let slot = if value == Value::Author { by } else { at };
                    *slot = Some(words);
                } else if let Some(change) = self.change() {
                    let slot = if value == Value::Author {
                        &mut change.by
                    } else {
                        &mut change.at
                    };
                    *slot = Some(words);
                }
            }
        }
    }
}
