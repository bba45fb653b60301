//! PDF: words with their boxes in the order of reading, line by line.

mod ink;
mod lines;
mod source;
mod words;

use quipu_model::{BlockKind, Notice, NoticeLevel, Place, Rect, TextOrigin};

use crate::draft::{Draft, Scribe};
use crate::input::{Input, Tools, Watcher};
use lines::Line;
use source::Closed;

const READER: &str = "pdf 1";

/// Reads a PDF file.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let pdf = match source::open(input.bytes, "") {
        Ok(pdf) => pdf,
        Err(closed) => return Draft::refused(READER, refusal(closed)),
    };
    let mut notices = Vec::new();
    let mut scribe = Scribe::new(READER, tools.limits.text_bytes);
    let fonts = source::Fonts::new();
    let pages = pdf.pages();
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    for (number, page) in (1..=tools.limits.pages).zip(pages.iter()) {
        let (width, height) = source::size(page);
        let area = Rect::from_points(0.0, 0.0, width, height);
        scribe.open_page(area.width, area.height, TextOrigin::Text);
        let ink =
            std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| source::ink(page, &fonts)));
        match ink {
            Ok(ink) => {
                for sheet in words::sheets(&ink) {
                    write_lines(&mut scribe, &lines::lines(sheet.words));
                }
            }
            Err(_) => notices.push(
                Notice::new(
                    NoticeLevel::Damaged,
                    "pdf.page-broken",
                    "The page could not be taken apart.",
                )
                .on_page(number),
            ),
        }
        watcher.step(number, count);
    }
    Draft {
        transcript: scribe.finish(),
        notices,
        ..Draft::default()
    }
}

fn refusal(closed: Closed) -> Notice {
    match closed {
        Closed::Password => Notice::new(
            NoticeLevel::Refused,
            "pdf.encrypted",
            "The file is locked with a password.",
        )
        .next("Save a copy without password from a PDF program that knows it, and open that."),
        Closed::Cipher => Notice::new(
            NoticeLevel::Refused,
            "pdf.encrypted",
            "The file is encrypted in a way that Quipu does not know.",
        )
        .next("Print it to a new PDF from a program that opens it, and open that."),
        Closed::Broken => Notice::new(
            NoticeLevel::Refused,
            "pdf.broken",
            "The file calls itself PDF, but no page can be found in it; it may be cut off.",
        )
        .next("Fetch or copy the file again; if it opens elsewhere, print it to a new PDF."),
    }
}

/// Writes lines as paragraphs: a gap wider than usual parts them.
fn write_lines(scribe: &mut Scribe, lines: &[Line]) {
    let mut last: Option<&Line> = None;
    for line in lines {
        let goes_on = last.is_some_and(|last| line.base - last.base < last.em.max(line.em) * 1.6);
        if goes_on {
            scribe.push("\n");
        } else {
            scribe.begin_block(BlockKind::Paragraph, Place::default());
        }
        for word in &line.words {
            if !word.glued {
                scribe.space();
            }
            let area = word.area;
            scribe.word(
                &word.text,
                Rect::from_points(area.left, area.top, area.width(), area.height()),
            );
        }
        last = Some(line);
    }
    scribe.end_block();
}
