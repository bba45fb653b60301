//! The walk through a file of Rich Text Format, group by group, with a stack
//! instead of recursion.

use std::collections::BTreeMap;
use std::rc::Rc;

use quipu_model::{BlockKind, MarkKind};

use super::state::{Destination, Group, Look, Value, moment};
use super::tokens::{Token, Tokens};
use crate::format::office::codepage;
use crate::format::office::story::{MarkId, Marking, Story};
use crate::format::office::symbol;
use crate::format::office::word::{heading_of, link_target};

/// Groups inside groups: real files stay below 100, and each costs its state.
const GROUPS_MAX: usize = 10_000;

/// A captured value (a font's name, a field's instruction) is short.
const VALUE_BYTES_MAX: usize = 1 << 14;

/// Fonts, styles and authors kept.
const ENTRIES_MAX: usize = 1 << 14;

/// Everything the walk brings home.
#[derive(Debug, Default)]
pub(super) struct Read {
    /// The words of the body.
    pub(super) body: Story,
    /// Page headers and footers, footnotes, comments: kind, label, story.
    pub(super) asides: Vec<(BlockKind, String, Story)>,
    /// Properties of the file.
    pub(super) properties: Vec<(&'static str, String)>,
    /// Files found inside.
    pub(super) files: Vec<(String, Vec<u8>)>,
    /// Whether groups were left open or closed too often.
    pub(super) broken: bool,
    /// Whether groups lay too deep.
    pub(super) too_deep: bool,
}

/// A font of the document.
#[derive(Debug, Clone, Default)]
struct Font {
    name: String,
    code_page: Option<u16>,
}

/// A style of the document.
#[derive(Debug, Clone, Copy, Default)]
struct Style {
    kind: Option<(BlockKind, Option<u8>)>,
}

/// A story being written: the body, a note, a header, a box.
struct Frame {
    story: Story,
    kind: FrameKind,
    /// Marks that are open, and what they are for.
    looks: Vec<MarkId>,
    look: Look,
    /// For each open table twice the cells of its row that are done, plus one
    /// while a cell is open.
    columns: Vec<u32>,
    row_open: Vec<bool>,
    boxes: Vec<Story>,
    /// The paragraph outside, to go back to when this story ends.
    before: Option<Paragraph>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum FrameKind {
    Body,
    Furniture(BlockKind),
    Note(u32),
    Comment {
        by: Option<String>,
        at: Option<String>,
        number: Option<String>,
    },
    Box,
}

#[derive(Debug, Clone, Copy, Default)]
struct Paragraph {
    style: u32,
    outline: Option<u8>,
    table_depth: u32,
    list: bool,
}

/// The walk.
pub(super) struct Reader<'a> {
    tokens: Tokens<'a>,
    text_bytes: usize,
    groups: Vec<Group>,
    /// Groups opened beyond the bound.
    too_many: u64,
    frames: Vec<Frame>,
    bytes: Vec<u8>,
    bytes_page: u16,
    skip: usize,
    surrogate: Option<u16>,
    paragraph: Paragraph,
    code_page: u16,
    fonts: BTreeMap<u32, Font>,
    font_defined: u32,
    font_usual: Option<i32>,
    styles: BTreeMap<u32, Style>,
    style_defined: u32,
    style_outline: Option<u8>,
    authors: Vec<String>,
    value: String,
    date: [i32; 5],
    hex: Vec<u8>,
    hex_high: Option<u8>,
    picture_ending: &'static str,
    shape_name: String,
    notes: u32,
    comment_author: Option<String>,
    comments_open: BTreeMap<String, MarkId>,
    pictures: u32,
    objects: u32,
    done: Read,
}

/// Reads a whole file.
pub(super) fn read(bytes: &[u8], text_bytes: usize) -> Read {
    let mut reader = Reader::new(bytes, text_bytes);
    while let Some(token) = reader.tokens.next() {
        reader.take(token);
        if token == Token::Close && reader.groups.len() == 1 && reader.too_many == 0 {
            // The document is closed. What follows is filling, unless a stray
            // brace closed it too early.
            if !reader.tokens.has_more_groups() {
                break;
            }
            reader.done.broken = true;
        }
    }
    reader.finish()
}

impl<'a> Reader<'a> {
    fn new(bytes: &'a [u8], text_bytes: usize) -> Self {
        let outermost = Group {
            destination: Destination::Story,
            look: Look::default(),
            font: 0,
            code_page: codepage::WESTERN,
            skip_after_unicode: 1,
            owns_story: false,
            starred: false,
            field_link: None,
        };
        Self {
            tokens: Tokens::new(bytes),
            text_bytes,
            groups: vec![outermost],
            too_many: 0,
            frames: vec![Frame::new(FrameKind::Body, text_bytes)],
            bytes: Vec::new(),
            bytes_page: codepage::WESTERN,
            skip: 0,
            surrogate: None,
            paragraph: Paragraph::default(),
            code_page: codepage::WESTERN,
            fonts: BTreeMap::new(),
            font_defined: 0,
            font_usual: None,
            styles: BTreeMap::new(),
            style_defined: 0,
            style_outline: None,
            authors: Vec::new(),
            value: String::new(),
            date: [0; 5],
            hex: Vec::new(),
            hex_high: None,
            picture_ending: "bin",
            shape_name: String::new(),
            notes: 0,
            comment_author: None,
            comments_open: BTreeMap::new(),
            pictures: 0,
            objects: 0,
            done: Read::default(),
        }
    }

    fn finish(mut self) -> Read {
        self.flush();
        self.done.broken |= self.groups.len() > 1;
        while self.groups.len() > 1 {
            self.close();
        }
        while self.frames.len() > 1 {
            self.end_frame();
        }
        if let Some(mut frame) = self.frames.pop() {
            frame.end_paragraph();
            frame.story.end_block();
            self.done.body = frame.story;
        }
        self.done
    }

    fn group(&mut self) -> &mut Group {
        // The outermost group and the body's frame are never taken out.
        let last = self.groups.len().saturating_sub(1);
        &mut self.groups[last]
    }

    fn frame(&mut self) -> &mut Frame {
        let last = self.frames.len().saturating_sub(1);
        &mut self.frames[last]
    }

    fn take(&mut self, token: Token<'a>) {
        if self.too_many > 0 {
            match token {
                Token::Open => self.too_many += 1,
                Token::Close => self.too_many -= 1,
                _ => {}
            }
            return;
        }
        match token {
            Token::Open => {
                self.flush();
                self.skip = 0;
                if self.groups.len() >= GROUPS_MAX {
                    self.done.too_deep = true;
                    self.too_many = 1;
                    return;
                }
                let mut group = self.group().clone();
                group.owns_story = false;
                group.starred = false;
                group.field_link = None;
                self.groups.push(group);
            }
            Token::Close => self.close(),
            Token::Word(word, number) => {
                if self.skip > 0 && word != "u" {
                    self.skip -= 1;
                    return;
                }
                self.word(word, number);
            }
            Token::Sign(sign) => self.sign(sign),
            Token::Byte(byte) => {
                if self.skip > 0 {
                    self.skip -= 1;
                } else {
                    self.byte(byte);
                }
            }
            Token::Letters(letters) => {
                let skipped = self.skip.min(letters.len());
                self.skip -= skipped;
                if let Some(letters) = letters.get(skipped..).filter(|rest| !rest.is_empty()) {
                    self.letters(letters);
                }
            }
            Token::Binary(bytes) => {
                if self.skip > 0 {
                    self.skip -= 1;
                } else if matches!(
                    self.group().destination,
                    Destination::Picture | Destination::Object
                ) {
                    self.hex.extend_from_slice(bytes);
                }
            }
        }
    }

    fn close(&mut self) {
        self.flush();
        self.skip = 0;
        if self.groups.len() < 2 {
            self.done.broken = true;
            return;
        }
        let Some(group) = self.groups.pop() else {
            return;
        };
        let outer = self.groups.last().map(|outer| outer.destination);
        match group.destination {
            Destination::Captured(value) if outer != Some(group.destination) => {
                self.value_ends(value);
            }
            Destination::Picture if outer != Some(Destination::Picture) => self.picture_ends(),
            Destination::Object if outer != Some(Destination::Object) => self.object_ends(),
            Destination::ListNumber if outer != Some(Destination::ListNumber) => {
                self.list_number_ends();
            }
            Destination::Styles if outer == Some(Destination::Styles) => {
                self.value_ends(Value::Style);
            }
            Destination::Fonts if outer == Some(Destination::Fonts) => {
                self.value_ends(Value::Font);
            }
            Destination::Authors if outer == Some(Destination::Authors) => {
                self.value_ends(Value::Author);
            }
            Destination::Fonts => self.use_font(self.font_usual),
            _ => {}
        }
        if group.owns_story {
            self.end_frame();
        }
    }

    // Letters.

    fn letters(&mut self, letters: &str) {
        match self.group().destination {
            Destination::Nowhere | Destination::Info => {}
            Destination::Picture | Destination::Object => {
                for digit in letters.bytes() {
                    self.hex_digit(digit);
                }
            }
            _ => {
                self.same_page();
                self.bytes.extend_from_slice(letters.as_bytes());
                if self.bytes.len() > 1 << 16 {
                    self.flush();
                }
            }
        }
    }

    fn byte(&mut self, byte: u8) {
        match self.group().destination {
            Destination::Nowhere
            | Destination::Info
            | Destination::Picture
            | Destination::Object => {}
            _ => {
                self.same_page();
                self.bytes.push(byte);
            }
        }
    }

    fn hex_digit(&mut self, digit: u8) {
        let Some(value) = char::from(digit).to_digit(16) else {
            return;
        };
        // Four bits always fit.
        let value = value as u8;
        match self.hex_high.take() {
            Some(high) => self.hex.push(high << 4 | value),
            None => self.hex_high = Some(value),
        }
    }

    fn same_page(&mut self) {
        let page = self.group().code_page;
        if page != self.bytes_page {
            self.flush();
            self.bytes_page = page;
        }
    }

    /// Turns the bytes gathered so far into words.
    fn flush(&mut self) {
        if self.bytes.is_empty() {
            return;
        }
        let bytes = std::mem::take(&mut self.bytes);
        if self.bytes_page == codepage::SYMBOL {
            let font = self.group().font;
            let name = self.fonts.get(&font).map(|font| font.name.clone());
            let name = name.unwrap_or_else(|| "symbol".to_owned());
            let words: String = bytes
                .iter()
                .filter_map(|byte| symbol::letter(&name, u32::from(*byte)))
                .collect();
            self.words(&words);
        } else {
            let words = codepage::decode(self.bytes_page, &bytes);
            self.words(&words);
        }
    }

    fn unicode(&mut self, number: i32) {
        self.flush();
        self.skip = self.group().skip_after_unicode;
        // Numbers above 32,767 are written as negative ones.
        let unit = u32::try_from(number.rem_euclid(0x1_0000)).unwrap_or(0xFFFD);
        let code = match (self.surrogate.take(), unit) {
            (_, 0xD800..=0xDBFF) => {
                self.surrogate = u16::try_from(unit).ok();
                return;
            }
            (Some(high), 0xDC00..=0xDFFF) => {
                0x1_0000 + ((u32::from(high) - 0xD800) << 10) + (unit - 0xDC00)
            }
            (_, unit) => unit,
        };
        let letter = if (0xF000..=0xF0FF).contains(&code) {
            let font = self.group().font;
            let name = self.fonts.get(&font).map(|font| font.name.clone());
            symbol::letter(&name.unwrap_or_default(), code)
        } else {
            char::from_u32(code)
        };
        if let Some(letter) = letter.filter(|letter| *letter != '\0') {
            self.words(letter.encode_utf8(&mut [0; 4]));
        }
    }

    /// Words go where the group sends them.
    fn words(&mut self, words: &str) {
        match self.group().destination {
            Destination::Story => self.story_words(words),
            Destination::Nowhere
            | Destination::Info
            | Destination::Picture
            | Destination::Object => {}
            Destination::Fonts
            | Destination::Styles
            | Destination::Authors
            | Destination::ListNumber
            | Destination::Captured(_) => {
                if self.value.len() + words.len() <= VALUE_BYTES_MAX {
                    self.value.push_str(words);
                }
            }
        }
    }

    fn story_words(&mut self, words: &str) {
        self.settle();
        let look = self.group().look.clone();
        let authors = std::mem::take(&mut self.authors);
        self.frame().wear(&look, &authors);
        self.authors = authors;
        self.frame().story.push(words);
    }

    /// Opens the tables, row, cell and block that the next words stand in.
    fn settle(&mut self) {
        if self.frame().story.in_block() {
            return;
        }
        let paragraph = self.paragraph;
        let style = self.styles.get(&paragraph.style).copied();
        let named = style.and_then(|style| style.kind);
        let outline = paragraph
            .outline
            .map(|level| (BlockKind::Heading, Some(level.saturating_add(1))));
        let (mut kind, level) = outline.or(named).unwrap_or((BlockKind::Paragraph, None));
        if paragraph.list && kind == BlockKind::Paragraph {
            kind = BlockKind::ListItem;
        }
        let frame = self.frame();
        frame.at_depth(paragraph.table_depth as usize);
        frame.open_cell();
        let label = level.map(|level| format!("heading {level}"));
        frame.story.begin_block(kind, label);
    }

    // Control words.

    fn sign(&mut self, sign: u8) {
        match sign {
            b'*' => self.group().starred = true,
            _ if self.skip > 0 => self.skip -= 1,
            b'~' => self.plain("\u{A0}"),
            b'-' => self.plain("\u{AD}"),
            b'_' => self.plain("\u{2011}"),
            _ => {}
        }
    }

    fn plain(&mut self, words: &str) {
        self.flush();
        self.words(words);
    }

    fn word(&mut self, word: &str, number: Option<i32>) {
        // The same bytes may have another meaning under a new code page.
        self.flush();
        if self.destination(word, number) {
            return;
        }
        let starred = std::mem::take(&mut self.group().starred);
        if starred {
            self.group().destination = Destination::Nowhere;
            return;
        }
        match self.group().destination {
            Destination::Fonts => return self.font_word(word, number),
            Destination::Styles => return self.style_word(word, number),
            Destination::Captured(Value::Date(_)) => return self.date_word(word, number),
            Destination::Picture => return self.picture_word(word),
            _ => {}
        }
        if self.look_word(word, number) || self.paragraph_word(word, number) {
            return;
        }
        let sign = match word {
            "u" => return self.unicode(number.unwrap_or(0xFFFD)),
            "tab" => "\t",
            "line" | "lbr" => "\n",
            "emdash" => "—",
            "endash" => "–",
            "lquote" => "‘",
            "rquote" => "’",
            "ldblquote" => "“",
            "rdblquote" => "”",
            "bullet" => "•",
            "emspace" | "enspace" | "qmspace" => " ",
            "zwj" => "\u{200D}",
            "zwnj" => "\u{200C}",
            "ltrmark" => "\u{200E}",
            "rtlmark" => "\u{200F}",
            _ => return self.document_word(word, number),
        };
        self.words(sign);
    }

    fn document_word(&mut self, word: &str, number: Option<i32>) {
        let page = |number: Option<i32>| number.and_then(|page| u16::try_from(page).ok());
        match word {
            "ansicpg" => {
                self.code_page = page(number)
                    .filter(|page| *page != 0)
                    .unwrap_or(self.code_page);
                self.group().code_page = self.code_page;
            }
            "mac" => {
                self.code_page = 10000;
                self.group().code_page = 10000;
            }
            "pc" | "pca" => {
                self.code_page = if word == "pc" { 437 } else { 850 };
                self.group().code_page = self.code_page;
            }
            "deff" => self.font_usual = number,
            "f" => self.use_font(number),
            "uc" => {
                let count = number.unwrap_or(1).clamp(0, 64);
                self.group().skip_after_unicode = usize::try_from(count).unwrap_or(1);
            }
            _ => {}
        }
    }

    fn use_font(&mut self, number: Option<i32>) {
        let font = number
            .and_then(|font| u32::try_from(font).ok())
            .unwrap_or(0);
        let page = self.fonts.get(&font).and_then(|font| font.code_page);
        let page = page.unwrap_or(self.code_page);
        let group = self.group();
        group.font = font;
        group.code_page = page;
    }

    /// Words that open a destination. Says whether this was one.
    fn destination(&mut self, word: &str, number: Option<i32>) -> bool {
        let now = self.group().destination;
        if now == Destination::Nowhere {
            return true;
        }
        let value = |value: Value| Destination::Captured(value);
        let destination = match word {
            "fonttbl" => Destination::Fonts,
            "stylesheet" => Destination::Styles,
            "revtbl" => Destination::Authors,
            "info" => Destination::Info,
            "title" if now == Destination::Info => value(Value::Property("file.title")),
            "author" if now == Destination::Info => value(Value::Property("file.creator")),
            "operator" if now == Destination::Info => {
                value(Value::Property("file.last-modified-by"))
            }
            "subject" if now == Destination::Info => value(Value::Property("file.subject")),
            "keywords" if now == Destination::Info => value(Value::Property("file.keywords")),
            "doccomm" if now == Destination::Info => value(Value::Property("file.description")),
            "company" if now == Destination::Info => value(Value::Property("file.company")),
            "manager" if now == Destination::Info => value(Value::Property("file.manager")),
            "creatim" if now == Destination::Info => value(Value::Date("file.created")),
            "revtim" if now == Destination::Info => value(Value::Date("file.modified")),
            "printim" if now == Destination::Info => value(Value::Date("file.printed")),
            "fldinst" => value(Value::FieldInstruction),
            "atnauthor" => value(Value::CommentAuthor),
            "atndate" => value(Value::CommentDate),
            "atnref" => value(Value::CommentNumber),
            "atrfstart" => value(Value::CommentStart),
            "atrfend" => value(Value::CommentEnd),
            "sn" => value(Value::ShapeName),
            "sv" => value(Value::ShapeWords),
            "listtext" | "pntext" => Destination::ListNumber,
            "pict" => Destination::Picture,
            "objdata" => Destination::Object,
            "colortbl" | "listtable" | "listoverridetable" | "rsidtbl" | "generator"
            | "filetbl" | "xmlnstbl" | "themedata" | "colorschememapping" | "latentstyles"
            | "datastore" | "pgdsctbl" | "pn" | "pnseclvl" | "nonshppict" | "bkmkstart"
            | "bkmkend" | "shprslt" | "nonesttables" | "nesttableprops" | "htmltag"
            | "mhtmltag" | "objclass" | "objname" | "objtime" | "template" | "wgrffmtfilter"
            | "userprops" | "xe" | "tc" | "tcn" | "rxe" | "atnid" | "atnicn" | "atnparent"
            | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep" | "aftnsepc" | "aftncn" | "do"
            | "falt" | "panose" | "blipuid" | "picprop" | "formfield" | "datafield" | "mmathPr"
            | "wnd" | "fchars" | "lchars" | "pnseclvl1" | "background" | "hlinkbase" | "vern"
            | "edmins" => {
                if word == "nesttableprops" {
                    // The end of a row of an inner table stands in here.
                    self.group().starred = false;
                    return true;
                }
                Destination::Nowhere
            }
            "footnote" => return self.begin_note(),
            "annotation" => {
                let by = self.comment_author.take();
                let kind = FrameKind::Comment {
                    by,
                    at: None,
                    number: None,
                };
                return self.begin_frame(kind);
            }
            "header" | "headerl" | "headerr" | "headerf" => {
                return self.begin_frame(FrameKind::Furniture(BlockKind::PageHeader));
            }
            "footer" | "footerl" | "footerr" | "footerf" => {
                return self.begin_frame(FrameKind::Furniture(BlockKind::PageFooter));
            }
            "shptxt" | "dptxbxtext" => return self.begin_frame(FrameKind::Box),
            // Starred groups whose words are shown.
            "shpinst" | "shppict" | "fldrslt" | "pnlvlbody" | "shpgrp" => {
                self.group().starred = false;
                if word == "fldrslt" {
                    let outer = self.groups.len().checked_sub(2);
                    let link = outer
                        .and_then(|outer| self.groups.get(outer))
                        .and_then(|outer| outer.field_link.clone());
                    if link.is_some() {
                        self.group().look.link = link;
                    }
                }
                return true;
            }
            _ => return false,
        };
        let _ = number;
        self.group().starred = false;
        self.group().destination = destination;
        self.value.clear();
        self.hex.clear();
        self.hex_high = None;
        self.picture_ending = "bin";
        self.date = [0; 5];
        true
    }

    fn font_word(&mut self, word: &str, number: Option<i32>) {
        let positive = number.and_then(|number| u32::try_from(number).ok());
        match (word, positive) {
            ("f", Some(font)) => {
                self.font_defined = font;
                self.value.clear();
                if self.fonts.len() < ENTRIES_MAX {
                    self.fonts.entry(font).or_default();
                }
            }
            ("fcharset", Some(set)) => {
                let page = u8::try_from(set).ok().and_then(codepage::of_character_set);
                if let Some(font) = self.fonts.get_mut(&self.font_defined) {
                    font.code_page = page;
                }
            }
            ("cpg", Some(page)) => {
                if let Some(font) = self.fonts.get_mut(&self.font_defined) {
                    font.code_page = u16::try_from(page).ok();
                }
            }
            _ => {}
        }
    }

    fn style_word(&mut self, word: &str, number: Option<i32>) {
        let small = number.and_then(|number| u8::try_from(number).ok());
        match word {
            "s" => {
                self.style_defined = number.and_then(|n| u32::try_from(n).ok()).unwrap_or(0);
            }
            // Styles of letters and sections have numbers of their own.
            "cs" | "ds" | "ts" => self.style_defined = u32::MAX,
            "outlinelevel" => self.style_outline = small.filter(|level| *level < 9),
            "u" => self.unicode(number.unwrap_or(0xFFFD)),
            _ => {}
        }
    }

    fn date_word(&mut self, word: &str, number: Option<i32>) {
        let place = match word {
            "yr" => 0,
            "mo" => 1,
            "dy" => 2,
            "hr" => 3,
            "min" => 4,
            _ => return,
        };
        if let Some(slot) = self.date.get_mut(place) {
            *slot = number.unwrap_or(0);
        }
    }

    fn picture_word(&mut self, word: &str) {
        self.picture_ending = match word {
            "pngblip" => "png",
            "jpegblip" => "jpg",
            "emfblip" => "emf",
            "wmetafile" => "wmf",
            "macpict" => "pict",
            "dibitmap" | "wbitmap" => "dib",
            _ => return,
        };
    }

    fn look_word(&mut self, word: &str, number: Option<i32>) -> bool {
        let on = number != Some(0);
        let author = number
            .and_then(|number| u32::try_from(number).ok())
            .unwrap_or(0);
        let look = &mut self.group().look;
        match word {
            "v" => look.hidden = on,
            "strike" | "striked" => look.struck = on,
            "deleted" => look.deleted = on,
            "revised" => look.inserted = on,
            "revauth" => look.inserted_by.0 = author,
            "revdttm" => look.inserted_by.1 = number.unwrap_or(0),
            "revauthdel" => look.deleted_by.0 = author,
            "revdttmdel" => look.deleted_by.1 = number.unwrap_or(0),
            "plain" => {
                look.hidden = false;
                look.struck = false;
                look.deleted = false;
                look.inserted = false;
                self.use_font(self.font_usual);
            }
            _ => return false,
        }
        true
    }

    fn paragraph_word(&mut self, word: &str, number: Option<i32>) -> bool {
        if self.group().destination != Destination::Story {
            return matches!(word, "par" | "pard" | "cell" | "row" | "page" | "sect");
        }
        let positive = number.and_then(|number| u32::try_from(number).ok());
        match word {
            "par" | "page" | "sect" | "column" => self.frame().end_paragraph(),
            "pard" => self.paragraph = Paragraph::default(),
            "s" => self.paragraph.style = positive.unwrap_or(0),
            "outlinelevel" => {
                let level = positive.and_then(|level| u8::try_from(level).ok());
                self.paragraph.outline = level.filter(|level| *level < 9);
            }
            "ls" => self.paragraph.list = positive.is_some_and(|list| list > 0),
            "intbl" => self.paragraph.table_depth = self.paragraph.table_depth.max(1),
            "itap" => self.paragraph.table_depth = positive.unwrap_or(0).min(16),
            "cell" | "nestcell" => {
                let depth = if word == "cell" {
                    1
                } else {
                    self.paragraph.table_depth.max(2)
                };
                self.frame().at_depth(depth as usize);
                self.frame().end_cell();
            }
            "row" | "nestrow" => self.frame().end_row(),
            _ => return false,
        }
        true
    }

    // Stories beside the body.

    fn begin_frame(&mut self, kind: FrameKind) -> bool {
        if self.frames.len() > 64 {
            self.group().destination = Destination::Nowhere;
            return true;
        }
        let group = self.group();
        group.starred = false;
        group.destination = Destination::Story;
        group.owns_story = true;
        group.look = Look::default();
        let mut frame = Frame::new(kind, self.text_bytes);
        frame.before = Some(std::mem::take(&mut self.paragraph));
        self.frames.push(frame);
        true
    }

    fn begin_note(&mut self) -> bool {
        if self.group().destination == Destination::Story && self.frames.len() == 1 {
            self.notes += 1;
            let sign = format!("[{}]", self.notes);
            self.settle();
            let marking = Marking {
                target: Some(format!("footnote {}", self.notes)),
                ..Marking::plain(MarkKind::NoteReference)
            };
            self.frame().story.marked(marking, &sign);
            return self.begin_frame(FrameKind::Note(self.notes));
        }
        self.begin_frame(FrameKind::Box)
    }

    fn end_frame(&mut self) {
        if self.frames.len() < 2 {
            return;
        }
        let Some(mut frame) = self.frames.pop() else {
            return;
        };
        frame.end_paragraph();
        frame.at_depth(0);
        frame.undress();
        if let Some(before) = frame.before {
            self.paragraph = before;
        }
        let mut story = frame.story;
        if story.is_blank() {
            return;
        }
        match frame.kind {
            FrameKind::Body => {}
            FrameKind::Box => self.frame().boxes.push(story),
            FrameKind::Note(number) => {
                story.put_before(&format!("[{number}] "));
                let label = format!("footnote {number}");
                self.done.asides.push((BlockKind::Footnote, label, story));
            }
            FrameKind::Furniture(kind) => {
                let label = if kind == BlockKind::PageHeader {
                    "header"
                } else {
                    "footer"
                };
                let again = self
                    .done
                    .asides
                    .iter()
                    .filter(|aside| aside.0 == kind)
                    .take(64)
                    .any(|aside| aside.2.text() == story.text());
                if !again {
                    self.done.asides.push((kind, label.to_owned(), story));
                }
            }
            FrameKind::Comment { by, at, number } => {
                let count = self
                    .done
                    .asides
                    .iter()
                    .filter(|a| a.0 == BlockKind::Comment);
                let mut label = format!("comment {}", count.count() + 1);
                for more in [&by, &at].into_iter().flatten() {
                    label.push_str(", ");
                    label.push_str(more);
                }
                let mark = number.and_then(|number| self.comments_open.get(&number).copied());
                if let Some(mark) = mark {
                    let words: String = story.one_line().chars().take(2000).collect();
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
        }
    }

    // Values.

    fn value_ends(&mut self, value: Value) {
        let words = std::mem::take(&mut self.value);
        let words = words.trim();
        match value {
            Value::Property(name) => {
                if self.done.properties.len() < 64 {
                    self.done.properties.push((name, words.to_owned()));
                }
            }
            Value::Date(name) => {
                let [year, month, day, hour, minute] = self.date;
                if (1..=9999).contains(&year)
                    && (1..=12).contains(&month)
                    && (1..=31).contains(&day)
                {
                    let date = if (0..24).contains(&hour) && (0..60).contains(&minute) {
                        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:00")
                    } else {
                        format!("{year:04}-{month:02}-{day:02}")
                    };
                    self.done.properties.push((name, date));
                }
            }
            Value::FieldInstruction => {
                let link = link_target(words).map(|link| Rc::from(link.as_str()));
                self.group().field_link = link;
            }
            Value::CommentAuthor => {
                self.comment_author = Some(words.to_owned()).filter(|by| !by.is_empty());
            }
            Value::CommentDate => {
                let time = words.parse().ok().and_then(moment);
                if let FrameKind::Comment { at, .. } = &mut self.frame().kind {
                    *at = time;
                }
            }
            Value::CommentNumber => {
                if let FrameKind::Comment { number, .. } = &mut self.frame().kind {
                    *number = Some(words.to_owned());
                }
            }
            Value::CommentStart => {
                if self.frames.len() == 1 && self.comments_open.len() < ENTRIES_MAX {
                    let mark = self.frame().story.open(Marking::plain(MarkKind::Commented));
                    self.comments_open.insert(words.to_owned(), mark);
                }
            }
            Value::CommentEnd => {
                if let Some(mark) = self.comments_open.get(words).copied()
                    && self.frames.len() == 1
                {
                    self.frame().story.close(mark);
                }
            }
            Value::ShapeName => self.shape_name = words.to_owned(),
            Value::ShapeWords => {
                // Word art (watermarks such as DRAFT) and descriptions.
                if matches!(self.shape_name.as_str(), "gtextUNICODE" | "wzDescription")
                    && !words.is_empty()
                {
                    let mut story = Story::new(words.len());
                    story.begin_block(BlockKind::PictureText, None);
                    story.push(words);
                    self.frame().boxes.push(story);
                }
            }
            Value::Style => {
                let outline = self.style_outline.take();
                let name = words.trim_end_matches(';');
                let outline = outline.map(|level| (BlockKind::Heading, Some(level + 1)));
                let kind = heading_of(name).or(outline);
                if self.styles.len() < ENTRIES_MAX && self.style_defined != u32::MAX {
                    self.styles.insert(self.style_defined, Style { kind });
                }
                self.style_defined = 0;
            }
            Value::Font => {
                let name = words.trim_end_matches(';').to_owned();
                if let Some(font) = self.fonts.get_mut(&self.font_defined) {
                    font.name = name;
                }
            }
            Value::Author => {
                if self.authors.len() < ENTRIES_MAX {
                    self.authors.push(words.trim_end_matches(';').to_owned());
                }
            }
        }
    }

    fn list_number_ends(&mut self) {
        let words = std::mem::take(&mut self.value);
        let number = words.trim();
        self.paragraph.list = true;
        // Bullets are signs of the layout; numbers are cited.
        if number.chars().any(char::is_alphanumeric) {
            let number = format!("{number} ");
            if self.group().destination == Destination::Story {
                self.story_words(&number);
            }
        }
    }

    fn picture_ends(&mut self) {
        let bytes = std::mem::take(&mut self.hex);
        if !bytes.is_empty() {
            self.pictures += 1;
            let name = format!("picture-{}.{}", self.pictures, self.picture_ending);
            self.done.files.push((name, bytes));
        }
    }

    fn object_ends(&mut self) {
        let bytes = std::mem::take(&mut self.hex);
        if !bytes.is_empty() {
            self.objects += 1;
            self.done
                .files
                .push((format!("object-{}.bin", self.objects), bytes));
        }
    }
}

impl Frame {
    fn new(kind: FrameKind, text_bytes: usize) -> Self {
        Self {
            story: Story::new(text_bytes),
            kind,
            looks: Vec::new(),
            look: Look::default(),
            columns: Vec::new(),
            row_open: Vec::new(),
            boxes: Vec::new(),
            before: None,
        }
    }

    /// Opens and closes marks so that the next words bear those of the look.
    fn wear(&mut self, look: &Look, authors: &[String]) {
        if self.look == *look {
            return;
        }
        for mark in self.looks.drain(..) {
            self.story.close(mark);
        }
        for marking in look.markings(authors) {
            self.looks.push(self.story.open(marking));
        }
        self.look = look.clone();
    }

    fn undress(&mut self) {
        self.wear(&Look::default(), &[]);
    }

    fn end_paragraph(&mut self) {
        self.story.end_block();
        for story in std::mem::take(&mut self.boxes) {
            self.story.append(story);
        }
    }

    /// Opens and closes tables until that many are open.
    fn at_depth(&mut self, depth: usize) {
        while self.columns.len() > depth {
            self.end_paragraph();
            self.story.end_table();
            self.columns.pop();
            self.row_open.pop();
        }
        while self.columns.len() < depth {
            self.end_paragraph();
            if !self.columns.is_empty() {
                self.open_cell();
            }
            self.story.begin_table(None);
            self.columns.push(0);
            self.row_open.push(false);
        }
    }

    /// Opens the next cell of the innermost table, unless one is open.
    fn open_cell(&mut self) {
        let (Some(column), Some(open)) = (self.columns.last_mut(), self.row_open.last_mut()) else {
            return;
        };
        // The lowest bit tells whether the cell of this column is open.
        if *column & 1 == 1 {
            return;
        }
        if !*open {
            self.story.begin_row();
            *open = true;
        }
        *column += 1;
        self.story.begin_cell(*column / 2 + 1, 1, false);
    }

    fn end_cell(&mut self) {
        self.open_cell();
        self.end_paragraph();
        if let Some(column) = self.columns.last_mut() {
            *column += 1;
        }
    }

    fn end_row(&mut self) {
        self.end_paragraph();
        if let (Some(column), Some(open)) = (self.columns.last_mut(), self.row_open.last_mut()) {
            *column = 0;
            *open = false;
        }
    }
}
