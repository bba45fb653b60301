//! Plain text: its lines as they are, a block for each paragraph.

use quipu_model::{BlockKind, Notice, NoticeLevel, Place, TextOrigin};

use super::charset;
use crate::draft::{Draft, DraftField, Scribe};
use crate::input::{Input, Tools, Watcher};

/// The width and height of a page of typescript, in hundredths of a point:
/// form feeds part pages, but a text has no size.
const NO_SIZE: i32 = 0;

/// Reads plain text.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let decoded = charset::decode(input.bytes, None);
    let mut scribe = Scribe::new("text 1", tools.limits.text_bytes);
    let mut notices = decoded.notices;
    let text = decoded.text.trim_matches('\u{0C}');
    let pages = text.split('\u{0C}').count();
    let pages_max = tools.limits.pages as usize;
    let paged = pages > 1 && pages <= pages_max;
    for (i, page) in text.splitn(pages_max.max(1), '\u{0C}').enumerate() {
        if scribe.is_full() {
            break;
        }
        if paged {
            scribe.open_page(NO_SIZE, NO_SIZE, TextOrigin::Text);
        }
        write_paragraphs(page, &mut scribe);
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        watcher.step(count(i + 1), count(pages));
    }
    if scribe.is_full() {
        notices.push(cut_short(tools.limits.text_bytes));
    }
    Draft {
        transcript: scribe.finish(),
        fields: vec![DraftField::property(
            "file.charset",
            decoded.charset,
            "text.charset",
        )],
        notices,
        ..Draft::default()
    }
}

/// Says that a text was longer than is read.
pub(crate) fn cut_short(text_bytes: usize) -> Notice {
    let message = format!("Only the first {text_bytes} bytes of the text were read.");
    Notice::new(NoticeLevel::Damaged, "text.cut", message)
        .next("Split the file into smaller ones and add those.")
}

/// Writes text as blocks parted by empty lines. Lines stay as they are:
/// joining them would be repair.
pub(crate) fn write_paragraphs(text: &str, scribe: &mut Scribe) {
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines().chain([""]) {
        if !line.trim().is_empty() {
            lines.push(line.trim_end());
            continue;
        }
        if !lines.is_empty() {
            write_paragraph(&lines, scribe);
            lines.clear();
        }
        if scribe.is_full() {
            return;
        }
    }
}

fn write_paragraph(lines: &[&str], scribe: &mut Scribe) {
    let kind = kind_of(lines);
    scribe.begin_block(kind, Place::default());
    for (i, line) in lines.iter().enumerate() {
        if i > 0 {
            scribe.push("\n");
        }
        // Leading space is layout in a table drawn with spaces, and nothing
        // in a paragraph with a first line set in.
        scribe.push(if kind == BlockKind::Preformatted && i > 0 {
            line
        } else {
            line.trim_start()
        });
    }
    scribe.end_block();
}

/// What a paragraph of plain text is: columns drawn with spaces and text in
/// capitals typed by a machine are kept letter by letter; an underlined line is
/// a heading; quoted lines are a quotation.
fn kind_of(lines: &[&str]) -> BlockKind {
    let all = |test: fn(&str) -> bool| lines.iter().all(|line| test(line));
    let most = |test: fn(&str) -> bool| {
        lines.len() > 1 && lines.iter().filter(|line| test(line)).count() * 2 > lines.len()
    };
    if all(|line| line.starts_with('>')) {
        BlockKind::Quoted
    } else if let [_, rule] = lines
        && rule.len() >= 3
        && (rule.bytes().all(|b| b == b'=') || rule.bytes().all(|b| b == b'-'))
    {
        BlockKind::Heading
    } else if most(has_columns) || (lines.len() > 2 && all(is_telegraphic)) {
        BlockKind::Preformatted
    } else {
        BlockKind::Paragraph
    }
}

fn has_columns(line: &str) -> bool {
    line.trim().contains("   ") || line.trim().contains('\t')
}

/// A line of a telegram: capitals only, of the width of the machine.
fn is_telegraphic(line: &str) -> bool {
    let letters = line.chars().filter(|c| c.is_alphabetic());
    line.len() <= 80 && letters.clone().count() > 0 && letters.clone().all(|c| !c.is_lowercase())
}
