//! Word 97-2003 documents (MS-DOC), and those of Word 6 and 95 as far as their
//! text goes.
//!
//! The text stands in this order: page headers, body, text boxes, footnotes,
//! endnotes, comments, page footers.

mod file;
mod runs;
mod words;

use std::io::{Cursor, Read};

use quipu_model::{BlockKind, Notice, NoticeLevel};

use self::file::{File, head};
use self::words::Words;
use super::{damaged, ole, summary};
use crate::draft::{Draft, Scribe};
use crate::input::{Input, Tools, Watcher};

/// Name and version of this reader.
const READER: &str = "doc 1";

/// Reads a DOC document.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let opened = cfb::CompoundFile::open(Cursor::new(input.bytes));
    let Ok(mut compound) = opened else {
        return broken();
    };
    let mut stream = |name: &str| {
        let stream = compound.open_stream(name).ok()?;
        let mut bytes = Vec::new();
        // What can be read before a damaged place is better than nothing.
        let _ = stream
            .take(input.bytes.len() as u64)
            .read_to_end(&mut bytes);
        Some(bytes)
    };
    let main = stream("/WordDocument").unwrap_or_default();
    let Some(head) = head(&main) else {
        return broken();
    };
    if head.encrypted {
        return damaged::encrypted(READER);
    }
    let tables = stream(head.tables).unwrap_or_default();
    let properties = stream("/\u{5}SummaryInformation").unwrap_or_default();
    let file = File::open(&main, &tables);
    watcher.step(0, 0);
    let mut scribe = Scribe::new(READER, tools.limits.text_bytes);
    let words = Words::new(&file, tools.limits.text_bytes);
    let [body, notes, furniture, comments, endnotes, boxes, _] = file.ranges();
    let (headers, footers) = words.furniture(&furniture);
    let body = words.body(&body);
    let boxes = words.story(&boxes);
    let notes = words.notes(&notes, false);
    let endnotes = words.notes(&endnotes, true);
    let comments = words.comments(&comments);
    let mut full = body.is_full();
    let parts = headers
        .into_iter()
        .map(|story| (BlockKind::PageHeader, "header".to_owned(), story))
        .chain([(BlockKind::Paragraph, String::new(), body)])
        .chain([(BlockKind::Paragraph, "text box".to_owned(), boxes)])
        .chain(
            notes
                .into_iter()
                .chain(endnotes)
                .map(|(label, story)| (BlockKind::Footnote, label, story)),
        )
        .chain(
            comments
                .into_iter()
                .map(|(label, story)| (BlockKind::Comment, label, story)),
        )
        .chain(
            footers
                .into_iter()
                .map(|story| (BlockKind::PageFooter, "footer".to_owned(), story)),
        );
    for (kind, label, mut story) in parts {
        full |= story.is_full();
        if !label.is_empty() {
            story.recast(kind, &label);
        }
        story.write(&mut scribe);
    }
    full |= scribe.is_full();
    let mut notices = Vec::new();
    damaged::add(&mut notices, "doc", file.broken, false, full);
    for part in ole::objects(&mut compound, "/ObjectPool", tools.limits) {
        watcher.part(part);
    }
    Draft {
        transcript: scribe.finish(),
        fields: summary::fields(&properties),
        notices,
        ..Draft::default()
    }
}

fn broken() -> Draft {
    let notice = Notice::new(
        NoticeLevel::Refused,
        "doc.broken",
        "The file is cut or damaged: the text of the Word document cannot be found in it.",
    );
    Draft::refused(
        READER,
        notice.next("Ask for another copy, or let Word repair it."),
    )
}
