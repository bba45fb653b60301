//! Markdown: its marks become kinds of blocks, its words stay.

use quipu_model::{BlockKind, Place};

use super::inline::Inline;
use super::{charset, front_matter, plain};
use crate::draft::{Draft, DraftField, Scribe};
use crate::input::{Input, Tools, Watcher};

/// Reads Markdown.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let decoded = charset::decode(input.bytes, None);
    let mut notices = decoded.notices;
    let (mut fields, body) = front_matter::read(&decoded.text);
    fields.push(DraftField::property(
        "file.charset",
        decoded.charset,
        "text.charset",
    ));
    let mut writer = Writer {
        scribe: Scribe::new("markdown 1", tools.limits.text_bytes),
        paragraph: Vec::new(),
        kind: BlockKind::Paragraph,
        fence: None,
        table_rows: 0,
    };
    for (i, line) in body.lines().enumerate() {
        writer.line(line);
        if writer.scribe.is_full() {
            break;
        }
        if i % 10_000 == 0 {
            watcher.step(u32::try_from(i).unwrap_or(u32::MAX), 0);
        }
    }
    writer.end_table();
    writer.flush();
    if writer.scribe.is_full() {
        notices.push(plain::cut_short(tools.limits.text_bytes));
    }
    Draft {
        transcript: writer.scribe.finish(),
        fields,
        notices,
        ..Draft::default()
    }
}

struct Writer<'a> {
    scribe: Scribe,
    paragraph: Vec<&'a str>,
    kind: BlockKind,
    /// The sign and length of the open fence.
    fence: Option<(char, usize)>,
    table_rows: u32,
}

impl<'a> Writer<'a> {
    fn line(&mut self, line: &'a str) {
        let words = line.trim();
        if let Some((sign, length)) = self.fence {
            let closes = words.len() >= length && words.chars().all(|c| c == sign);
            if closes {
                self.fence = None;
                self.flush_kept();
            } else {
                self.paragraph.push(line);
            }
            return;
        }
        if words.starts_with('|') || (self.table_rows > 0 && words.contains('|')) {
            self.table_row(words);
            return;
        }
        self.end_table();
        for sign in ['`', '~'] {
            let length = words.chars().take_while(|c| *c == sign).count();
            if length >= 3 && !words[length..].contains(sign) {
                self.flush();
                self.fence = Some((sign, length));
                return;
            }
        }
        if words.is_empty() {
            self.flush();
        } else if let Some(heading) = heading(words) {
            self.flush();
            self.paragraph.push(heading);
            self.kind = BlockKind::Heading;
            self.flush();
        } else if is_rule(words) {
            // A line of `=` or `-` under a paragraph makes it a heading.
            if self.paragraph.len() == 1
                && self.kind == BlockKind::Paragraph
                && !words.contains(' ')
            {
                self.kind = BlockKind::Heading;
            }
            self.flush();
        } else if words.starts_with(":::") || (words.starts_with("<!--") && words.ends_with("-->"))
        {
            self.flush();
        } else if let Some(quoted) = words.strip_prefix('>') {
            self.open(BlockKind::Quoted, false);
            self.paragraph.push(quoted.trim_start());
        } else if let Some(item) = item(words) {
            self.open(BlockKind::ListItem, true);
            self.paragraph.push(item);
        } else {
            self.paragraph.push(words);
        }
    }

    /// Goes on with a block of this kind, or begins one.
    fn open(&mut self, kind: BlockKind, anew: bool) {
        if self.kind != kind || anew {
            self.flush();
        }
        self.kind = kind;
    }

    fn flush(&mut self) {
        let kind = std::mem::replace(&mut self.kind, BlockKind::Paragraph);
        if self.paragraph.is_empty() {
            return;
        }
        let text = std::mem::take(&mut self.paragraph).join("\n");
        self.scribe.begin_block(kind, Place::default());
        Inline::new(&text).write(&mut self.scribe);
        self.scribe.end_block();
    }

    fn flush_kept(&mut self) {
        let text = std::mem::take(&mut self.paragraph).join("\n");
        self.scribe
            .begin_block(BlockKind::Preformatted, Place::default());
        self.scribe.push(text.trim_matches('\n'));
        self.scribe.end_block();
    }

    fn table_row(&mut self, words: &str) {
        self.flush();
        let rule = words
            .chars()
            .all(|c| matches!(c, '|' | '-' | ':' | ' ' | '+'));
        if rule {
            return;
        }
        if self.table_rows == 0 {
            self.scribe.begin_table(None);
        }
        self.table_rows += 1;
        self.scribe.begin_row(self.table_rows, Place::default());
        let inner = words.strip_prefix('|').unwrap_or(words);
        let inner = inner.strip_suffix('|').unwrap_or(inner);
        for (column, cell) in (1..).zip(inner.split('|').take(1000)) {
            self.scribe.begin_cell(column, 1, self.table_rows == 1);
            Inline::new(cell.trim()).write(&mut self.scribe);
        }
        self.scribe.end_row();
    }

    fn end_table(&mut self) {
        if std::mem::take(&mut self.table_rows) > 0 {
            self.scribe.end_table();
        }
    }
}

fn heading(words: &str) -> Option<&str> {
    let level = words.bytes().take_while(|byte| *byte == b'#').count();
    let rest = &words[level..];
    ((1..=6).contains(&level) && (rest.is_empty() || rest.starts_with([' ', '\t'])))
        .then(|| rest.trim().trim_end_matches('#').trim_end())
}

fn is_rule(words: &str) -> bool {
    ['-', '=', '*', '_'].iter().any(|sign| {
        words.chars().filter(|c| c == sign).count() >= 3
            && words.chars().all(|c| c == *sign || c == ' ')
    })
}

/// The words of a list item.
fn item(words: &str) -> Option<&str> {
    if let Some(rest) = words.strip_prefix(['-', '*', '+']) {
        return rest.starts_with([' ', '\t']).then(|| rest.trim_start());
    }
    let digits = words.bytes().take_while(u8::is_ascii_digit).count();
    let rest = words.get(digits..)?.strip_prefix(['.', ')'])?;
    ((1..=9).contains(&digits) && rest.starts_with([' ', '\t'])).then_some(words)
}
