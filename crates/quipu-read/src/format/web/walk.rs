//! The walk over a page: tags become blocks, tables and marks, text is written
//! as a browser would show it.

use quipu_model::{BlockKind, MarkKind, Span, ZoneKind};
use quipu_packs::Packs;

use super::elements::Tag;
use super::entities;
use super::head::Head;
use super::sheet::Sheet;
use super::survey;
use super::tokens::{Token, Tokens, is_blank};
use super::zones;
use crate::draft::{DraftZone, Scribe};
use crate::input::{Limits, Watcher};

/// What a walk leaves.
pub(super) struct Walked {
    pub(super) scribe: Scribe,
    pub(super) zones: Vec<DraftZone>,
    pub(super) head: Head,
    /// Elements nested deeper than is followed.
    pub(super) too_deep: u32,
    /// Pages shown inside this one that its file does not hold.
    pub(super) frames: Vec<String>,
}

/// An element whose end is awaited.
#[derive(Debug)]
struct Open<'a> {
    tag: Tag,
    name: &'a str,
    /// Elements of the same name opened inside, for those not on the stack.
    nested: u32,
    hidden: bool,
    start: usize,
    link: Option<String>,
    zone: Option<(ZoneKind, String)>,
    data_table: bool,
}

/// How many elements of each kind are open.
#[derive(Debug, Default)]
struct Inside {
    heading: u32,
    quote: u32,
    item: u32,
    pre: u32,
    caption: u32,
    control: u32,
    hidden: u32,
    dropped: u32,
    drawing: u32,
    head_rows: u32,
}

struct Walk<'a, 'p> {
    sheet: Sheet,
    stack: Vec<Open<'a>>,
    depth_max: usize,
    overflow: u32,
    too_deep: u32,
    inside: Inside,
    zones: Vec<DraftZone>,
    head: Head,
    frames: Vec<String>,
    tables: std::vec::IntoIter<bool>,
    packs: &'p Packs,
}

/// Walks over a page.
pub(super) fn walk(
    page: &str,
    scribe: Scribe,
    packs: &Packs,
    limits: &Limits,
    watcher: &mut dyn Watcher,
) -> Walked {
    let mut walk = Walk {
        sheet: Sheet::new(scribe),
        stack: Vec::new(),
        depth_max: (limits.depth as usize).clamp(16, 1024),
        overflow: 0,
        too_deep: 0,
        inside: Inside::default(),
        zones: Vec::new(),
        head: Head::default(),
        frames: Vec::new(),
        tables: survey::tables(page).into_iter(),
        packs,
    };
    let mut tokens = Tokens::new(page);
    let mut steps = 0u32;
    while let Some(token) = tokens.next() {
        match token {
            Token::Text(text) => walk.text(text),
            Token::Raw(text) => walk.raw(text),
            Token::Start { name, closed } => walk.start(name, closed, &tokens),
            Token::End { name } => walk.end(name),
        }
        steps = steps.wrapping_add(1);
        if steps.is_multiple_of(10_000) {
            watcher.step(steps, 0);
        }
        if walk.sheet.is_full() {
            break;
        }
    }
    while !walk.stack.is_empty() {
        walk.pop();
    }
    Walked {
        scribe: walk.sheet.finish(),
        zones: walk.zones,
        head: walk.head,
        too_deep: walk.too_deep,
        frames: walk.frames,
    }
}

impl<'a> Walk<'a, '_> {
    fn kind(&self) -> BlockKind {
        let inside = &self.inside;
        if inside.hidden > 0 {
            BlockKind::Hidden
        } else if inside.control > 0 {
            BlockKind::Control
        } else if inside.drawing > 0 {
            BlockKind::PictureText
        } else if inside.heading > 0 {
            BlockKind::Heading
        } else if inside.pre > 0 {
            BlockKind::Preformatted
        } else if inside.caption > 0 {
            BlockKind::Caption
        } else if inside.quote > 0 {
            BlockKind::Quoted
        } else if inside.item > 0 {
            BlockKind::ListItem
        } else {
            BlockKind::Paragraph
        }
    }

    fn text(&mut self, text: &str) {
        if self.head.in_title() {
            self.head.title(&entities::resolve(text, false));
            return;
        }
        if self.inside.dropped > 0 {
            return;
        }
        let kind = self.kind();
        if self.inside.pre > 0 {
            self.sheet.write_kept(kind, &entities::resolve(text, false));
        } else if is_blank(text) {
            self.sheet.gap();
        } else {
            self.sheet.write(kind, &entities::resolve(text, false));
        }
    }

    fn raw(&mut self, text: &str) {
        self.head.script(text);
    }

    fn start(&mut self, name: &'a str, closed: bool, tokens: &Tokens<'a>) {
        let tag = Tag::of(name);
        match tag {
            Tag::Meta => self.head.meta(tokens),
            Tag::Link => self.head.link(tokens),
            Tag::Script => self.head.open_script(tokens),
            Tag::Html => self.head.html(tokens),
            Tag::Time => self.head.time(tokens),
            Tag::Style | Tag::Body => {}
            Tag::Title if self.inside.drawing == 0 => self.head.open_title(),
            Tag::Frame => {
                let source = tokens.attribute("src").filter(|source| !source.is_empty());
                if self.frames.len() < 50
                    && let Some(source) = source
                {
                    self.frames.push(source.into_owned());
                }
            }
            Tag::Br => self.line_break(),
            Tag::Hr => self.sheet.end_block(),
            Tag::Wbr => {}
            Tag::Img => self.picture(tokens),
            Tag::Inline => self.start_inline(name, closed, tokens),
            _ => self.open(tag, name, closed, tokens),
        }
    }

    fn line_break(&mut self) {
        if self.inside.dropped == 0 {
            self.sheet.line_break();
        }
    }

    fn picture(&mut self, tokens: &Tokens<'a>) {
        if self.inside.dropped > 0 || self.inside.hidden > 0 {
            return;
        }
        if let Some(words) = tokens.attribute("alt") {
            self.sheet.picture(&words);
        }
    }

    /// Inline elements matter only when they hide what is in them.
    fn start_inline(&mut self, name: &'a str, closed: bool, tokens: &Tokens<'a>) {
        if let Some(open) = self.stack.last_mut()
            && open.tag == Tag::Inline
            && open.name.eq_ignore_ascii_case(name)
        {
            open.nested = open.nested.saturating_add(1);
            return;
        }
        if !closed && is_hidden(tokens) {
            self.push(Tag::Inline, name, tokens, true);
        }
    }

    fn open(&mut self, tag: Tag, name: &'a str, closed: bool, tokens: &Tokens<'a>) {
        if tag.is_block() {
            self.close_implied(tag);
            self.sheet.end_block();
        }
        if tag == Tag::A {
            self.close_up_to(|open| open.tag == Tag::A, |open| open.tag.is_block());
        }
        // Old pages write `<p/>` and `<div/>`; browsers take those for open.
        let void = tag.is_void() || (closed && matches!(tag, Tag::Svg | Tag::A));
        if !void {
            let hidden = is_hidden(tokens);
            self.push(tag, name, tokens, hidden);
        }
        if tag == Tag::Quote && self.inside.dropped == 0 {
            self.sheet.write_sign(self.kind(), "“");
        }
    }

    /// End tags that HTML lets writers leave out.
    fn close_implied(&mut self, tag: Tag) {
        let cell = |open: &Open<'_>| open.tag.is_table_piece();
        let is = |tags: &'static [Tag]| move |open: &Open<'_>| tags.contains(&open.tag);
        match tag {
            Tag::Li => self.close_up_to(is(&[Tag::Li]), |open| open.tag == Tag::List || cell(open)),
            Tag::Definition => self.close_up_to(is(&[Tag::Definition]), |open| {
                open.tag == Tag::DefinitionList || cell(open)
            }),
            Tag::Cell | Tag::HeadCell => {
                self.close_up_to(
                    is(&[Tag::Cell, Tag::HeadCell, Tag::Caption]),
                    is(&[Tag::Table]),
                );
            }
            Tag::Row => self.close_up_to(is(&[Tag::Row, Tag::Caption]), is(&[Tag::Table])),
            Tag::TableHead | Tag::TableBody => {
                self.close_up_to(
                    is(&[Tag::TableHead, Tag::TableBody, Tag::Caption]),
                    is(&[Tag::Table]),
                );
            }
            Tag::Heading
                if self
                    .stack
                    .last()
                    .is_some_and(|open| open.tag == Tag::Heading) =>
            {
                self.pop();
            }
            _ => {}
        }
        self.close_up_to(is(&[Tag::P]), |open| cell(open) || open.tag == Tag::Control);
    }

    /// Closes the nearest element that is `wanted`, with all inside it, unless
    /// a `bound` stands before it.
    fn close_up_to(
        &mut self,
        wanted: impl Fn(&Open<'a>) -> bool,
        bound: impl Fn(&Open<'a>) -> bool,
    ) {
        for (i, open) in self.stack.iter().enumerate().rev() {
            if wanted(open) {
                while self.stack.len() > i {
                    self.pop();
                }
                return;
            }
            if bound(open) {
                return;
            }
        }
    }

    fn end(&mut self, name: &str) {
        let tag = Tag::of(name);
        match tag {
            Tag::Title if self.head.in_title() => return self.head.close_title(),
            Tag::Script => return self.head.close_script(),
            // What stands behind the end of the body belongs to it all the same.
            Tag::Html | Tag::Body => return self.sheet.end_block(),
            Tag::Br => return self.line_break(),
            Tag::Style | Tag::Frame => return,
            _ => {}
        }
        if tag == Tag::Inline {
            self.end_inline(name);
            return;
        }
        if tag == Tag::Quote && self.inside.dropped == 0 {
            self.sheet.write_sign(self.kind(), "”");
        }
        if self.overflow > 0 && !tag.is_table_piece() {
            self.overflow -= 1;
        } else {
            let same = |open: &Open<'a>| {
                open.tag == tag && (open.name.eq_ignore_ascii_case(name) || tag == Tag::Heading)
            };
            let piece = tag.is_table_piece();
            self.close_up_to(same, move |open| {
                if piece {
                    open.tag == Tag::Table
                } else {
                    open.tag.is_table_piece()
                }
            });
        }
        if tag.is_block() {
            self.sheet.end_block();
        }
    }

    fn end_inline(&mut self, name: &str) {
        let hides =
            |open: &Open<'_>| open.tag == Tag::Inline && open.name.eq_ignore_ascii_case(name);
        if let Some(open) = self.stack.last_mut()
            && hides(open)
            && open.nested > 0
        {
            open.nested -= 1;
        } else {
            self.close_up_to(hides, |open| open.tag.is_block());
        }
    }

    fn push(&mut self, tag: Tag, name: &'a str, tokens: &Tokens<'a>, hidden: bool) {
        let data = tag == Tag::Table && self.tables.next().unwrap_or(false);
        if self.stack.len() >= self.depth_max {
            self.overflow = self.overflow.saturating_add(1);
            self.too_deep = self.too_deep.saturating_add(1);
            return;
        }
        let start = self.sheet.position();
        let zone = zones::of_element(tag, tokens, self.packs);
        let link = tokens
            .attribute("href")
            .filter(|_| tag == Tag::A)
            .and_then(|target| link_target(&target));
        let inside = &mut self.inside;
        // Words hidden inside a line are marked; hidden blocks are of a kind.
        inside.hidden += u32::from(hidden && tag.is_block());
        match tag {
            Tag::Heading => inside.heading += 1,
            Tag::Blockquote => inside.quote += 1,
            Tag::Li | Tag::Definition => inside.item += 1,
            Tag::Pre => inside.pre += 1,
            Tag::Figcaption | Tag::Caption => inside.caption += 1,
            Tag::Control => inside.control += 1,
            Tag::Dropped => inside.dropped += 1,
            Tag::Svg => inside.drawing += 1,
            Tag::TableHead => inside.head_rows += 1,
            _ => {}
        }
        if inside.dropped == 0 {
            match tag {
                Tag::Table if data => self.sheet.begin_table(),
                Tag::Row => self.sheet.begin_row(),
                Tag::Cell | Tag::HeadCell => {
                    let number = |name: &str| {
                        let value = tokens.attribute(name)?;
                        value
                            .trim()
                            .parse::<u32>()
                            .ok()
                            .filter(|n| (1..=1000).contains(n))
                    };
                    let columns = number("colspan").unwrap_or(1);
                    let rows = number("rowspan").unwrap_or(1);
                    let heading = tag == Tag::HeadCell || inside.head_rows > 0;
                    self.sheet.begin_cell(columns, rows, heading);
                }
                _ => {}
            }
        }
        self.stack.push(Open {
            tag,
            name,
            nested: 0,
            hidden,
            start,
            link,
            zone,
            data_table: data,
        });
    }

    fn pop(&mut self) {
        let Some(open) = self.stack.pop() else { return };
        if open.tag.is_block() {
            self.sheet.end_block();
        }
        let inside = &mut self.inside;
        inside.hidden -= u32::from(open.hidden && open.tag.is_block());
        match open.tag {
            Tag::Heading => inside.heading -= 1,
            Tag::Blockquote => inside.quote -= 1,
            Tag::Li | Tag::Definition => inside.item -= 1,
            Tag::Pre => inside.pre -= 1,
            Tag::Figcaption | Tag::Caption => inside.caption -= 1,
            Tag::Control => inside.control -= 1,
            Tag::Dropped => inside.dropped -= 1,
            Tag::Svg => {
                inside.drawing -= 1;
                self.sheet.end_drawing();
            }
            Tag::TableHead => inside.head_rows -= 1,
            _ => {}
        }
        match open.tag {
            Tag::Row => self.sheet.end_row(),
            Tag::Caption => self.sheet.name_table(open.start),
            Tag::Table if open.data_table => self.sheet.end_table(),
            _ => {}
        }
        let kind = match open.tag {
            Tag::A if open.link.is_some() => Some(MarkKind::Link),
            Tag::Del => Some(MarkKind::Struck),
            Tag::Ins => Some(MarkKind::Inserted),
            _ if open.hidden && !open.tag.is_block() => Some(MarkKind::Hidden),
            _ => None,
        };
        let is_note = open.tag == Tag::A
            && open
                .link
                .as_ref()
                .is_some_and(|target| target.starts_with('#'))
            && self.stack.last().is_some_and(|outer| outer.tag == Tag::Sup);
        let kind = if is_note {
            Some(MarkKind::NoteReference)
        } else {
            kind
        };
        if let Some(kind) = kind {
            self.sheet.mark(open.start, kind, open.link);
        }
        if let Some((kind, rule)) = open.zone {
            let span = self.sheet.written_since(open.start);
            if !span.is_empty() {
                self.zones.push(DraftZone { span, kind, rule });
            }
        }
    }
}

/// Where a link leads, if anywhere outside of scripts.
fn link_target(target: &str) -> Option<String> {
    let target = target.trim();
    let script = target
        .get(..11)
        .is_some_and(|scheme| scheme.eq_ignore_ascii_case("javascript:"));
    (!target.is_empty() && !script && target != "#" && target.len() <= 2048)
        .then(|| target.to_owned())
}

/// Whether an element is not shown.
fn is_hidden(tokens: &Tokens<'_>) -> bool {
    if tokens
        .attribute("hidden")
        .is_some_and(|value| !value.eq_ignore_ascii_case("until-found"))
    {
        return true;
    }
    tokens.attribute("style").is_some_and(|style| {
        let plain: String = style
            .chars()
            .take(4096)
            .filter(|c| !c.is_whitespace())
            .map(|c| c.to_ascii_lowercase())
            .collect();
        plain.split(';').any(|rule| {
            let rule = rule.trim_end_matches("!important");
            matches!(
                rule,
                "display:none" | "visibility:hidden" | "font-size:0" | "font-size:0px"
            )
        })
    })
}

/// The stretch from `start` to the end of `text`, without white space at
/// either end.
pub(super) fn trimmed(text: &str, start: usize) -> Span<quipu_model::Transcribed> {
    let words = text.get(start..).unwrap_or_default();
    let lead = words.len() - words.trim_start().len();
    let words = words.trim();
    Span::from_usize(start + lead, start + lead + words.len())
}
