//! PDF: words with their boxes in the order of reading, tables in rows, running
//! heads and footnotes told apart, scanned pages read by OCR.

mod catalog;
mod columns;
mod furniture;
mod grid;
mod ink;
mod lines;
mod page;
mod paragraphs;
mod remarks;
mod render;
mod right_to_left;
mod scan;
mod source;
mod strings;
mod table;
mod tell;
mod words;
mod write;

use std::panic::{AssertUnwindSafe, catch_unwind};

use quipu_model::{Notice, NoticeLevel, Rect, TextOrigin};

use crate::draft::{Draft, Scribe};
use crate::input::{Input, Tools, Watcher};
use furniture::Furniture;
use page::Rough;
pub(crate) use render::{Unpainted, page_picture};
use source::Closed;
use tell::Telling;

const READER: &str = "pdf 1";

/// Pages looked at together to tell what repeats at their edges; no more than
/// these are in memory at once.
const PAGES_TOGETHER: usize = 32;

/// Reads a PDF file.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    // The library may fall over on hostile files; that costs a page or a file,
    // never the run.
    let pdf = match catch_unwind(|| source::open(input.bytes, "")) {
        Ok(Ok(pdf)) => pdf,
        Ok(Err(closed)) => return Draft::refused(READER, refusal(closed)),
        Err(_) => return Draft::refused(READER, refusal(Closed::Broken)),
    };
    let mut draft = Draft::default();
    let mut scribe = Scribe::new(READER, tools.limits.text_bytes);
    let mut telling = Telling::default();
    let fonts = source::Fonts::new();
    let Ok(pages) = catch_unwind(AssertUnwindSafe(|| pdf.pages())) else {
        return Draft::refused(READER, refusal(Closed::Broken));
    };
    let count = u32::try_from(pages.len()).unwrap_or(u32::MAX);
    if count == 0 {
        return Draft::refused(READER, refusal(Closed::Broken));
    }
    let most = tools.limits.pages.min(count);
    if count > most {
        telling.beyond(most, count);
    }
    let mut furniture = Furniture::default();
    let brushes = render::Brushes::new();
    let mut number = 0_u32;
    let read = &pages[..pages.len().min(most as usize)];
    for together in read.chunks(PAGES_TOGETHER) {
        let mut roughs = Vec::with_capacity(together.len());
        for page in together {
            let rough = catch_unwind(AssertUnwindSafe(|| {
                (!source::is_bomb(page)).then(|| Rough::of(&source::ink(page, &fonts)))
            }));
            let rough = rough.unwrap_or_default();
            if let Some(rough) = &rough {
                furniture.see(rough.edge_lines());
            }
            roughs.push(rough);
            watcher.step(number + u32::try_from(roughs.len()).unwrap_or(0), count);
        }
        let usual = write::usual(roughs.iter().flatten());
        for (page, rough) in together.iter().zip(roughs) {
            number += 1;
            let (width, height) = source::size(page);
            let area = Rect::from_points(0.0, 0.0, width, height);
            scribe.open_page(area.width, area.height, TextOrigin::Text);
            let Some(rough) = rough else {
                telling.broken(number);
                continue;
            };
            let mut placed = write::Placed::new();
            let mut from_picture = None;
            if rough.is_pictured() {
                from_picture = scan::read(page, &brushes, tools, watcher, &mut scribe);
                if from_picture.is_none() {
                    telling.picture(number);
                    if rough.is_empty() {
                        scribe.set_page_origin(TextOrigin::Picture, None);
                    }
                }
                // Painting and OCR take their time.
                watcher.step(number, count);
            }
            match from_picture {
                Some(said) => draft.notices.extend(said),
                None => {
                    telling.of_page(number, &rough);
                    placed = write::page(&mut scribe, &mut draft, rough.lay(&furniture, usual));
                }
            }
            let over = catch_unwind(AssertUnwindSafe(|| remarks::over(page)));
            write::over(&mut scribe, &placed, &over.unwrap_or_default());
        }
        if scribe.is_full() {
            telling.full(number);
            break;
        }
    }
    draft.transcript = scribe.finish();
    draft.notices.splice(0..0, telling.notices());
    // What stands beside the pages is worth having, never worth losing them.
    if let Ok(fields) = catch_unwind(AssertUnwindSafe(|| catalog::properties(&pdf))) {
        draft.fields = fields;
    }
    let beside = catch_unwind(AssertUnwindSafe(|| {
        catalog::beside(&pdf, &tools.limits, watcher)
    }));
    draft.notices.extend(beside.unwrap_or_default());
    draft
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
