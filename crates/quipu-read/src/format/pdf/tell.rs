//! What to say about the pages: one notice for each thing, naming the pages,
//! however many they are.

use quipu_model::{Notice, NoticeLevel};

use super::page::Rough;

/// Pages by what is to be said of them.
#[derive(Debug, Default)]
pub(super) struct Telling {
    broken: Vec<u32>,
    unmapped: Vec<u32>,
    guessed: Vec<u32>,
    layered: Vec<u32>,
    hidden: Vec<u32>,
    crowded: Vec<u32>,
    pictures: Vec<u32>,
    full: Option<u32>,
    beyond: Option<(u32, u32)>,
}

impl Telling {
    pub(super) fn broken(&mut self, page: u32) {
        self.broken.push(page);
    }

    pub(super) fn picture(&mut self, page: u32) {
        self.pictures.push(page);
    }

    pub(super) const fn full(&mut self, page: u32) {
        self.full = Some(page);
    }

    pub(super) const fn beyond(&mut self, read: u32, of: u32) {
        self.beyond = Some((read, of));
    }

    pub(super) fn of_page(&mut self, page: u32, rough: &Rough) {
        if rough.unmapped > 0 {
            self.unmapped.push(page);
        }
        if rough.guessed {
            self.guessed.push(page);
        }
        if rough.from_layer {
            self.layered.push(page);
        }
        if !rough.hidden.is_empty() {
            self.hidden.push(page);
        }
        if rough.full {
            self.crowded.push(page);
        }
    }

    pub(super) fn notices(self) -> Vec<Notice> {
        use NoticeLevel::{Damaged, Remark};
        let mut notices = Vec::new();
        let mut say = |pages: &[u32], level, code: &str, what: &str, next: &str| {
            if let Some(first) = pages.first() {
                let message = format!("{}: {what}", named(pages));
                let mut notice = Notice::new(level, code, message).on_page(*first);
                if !next.is_empty() {
                    notice = notice.next(next);
                }
                notices.push(notice);
            }
        };
        say(
            &self.pictures,
            Damaged,
            "pdf.scan",
            "held as a picture, and no OCR engine was there to read it.",
            "Run scripts/fetch-ocr-models once, or install the program tesseract \
             (Debian: apt install tesseract-ocr tesseract-ocr-spa), and read the file again.",
        );
        say(
            &self.unmapped,
            Damaged,
            "pdf.unmapped",
            "letters of which the file does not say what they are; each stands as \u{FFFD}.",
            "Look at the picture of the page; with an OCR engine such pages are read from it.",
        );
        say(
            &self.guessed,
            Remark,
            "pdf.letters-guessed",
            "letters of which the file does not say what they are; they were taken from their codes.",
            "Check quotations against the picture of the page.",
        );
        say(
            &self.layered,
            Remark,
            "pdf.ocr-layer",
            "text that an OCR program laid under the picture; it may hold misreadings.",
            "Check quotations against the picture of the page.",
        );
        say(
            &self.hidden,
            Remark,
            "pdf.hidden-text",
            "words that the page does not show; they are kept and marked as hidden.",
            "",
        );
        say(
            &self.crowded,
            Damaged,
            "pdf.page-full",
            "more letters than Quipu takes from one page; the rest is left out.",
            "",
        );
        say(
            &self.broken,
            Damaged,
            "pdf.page-broken",
            "could not be taken apart.",
            "Fetch or copy the file again; if it opens elsewhere, print it to a new PDF.",
        );
        if let Some(page) = self.full {
            notices.push(
                Notice::new(
                    Damaged,
                    "pdf.text-bound",
                    "The text reached the bound for one document; what follows is left out.",
                )
                .next("Split the file and read the parts.")
                .on_page(page),
            );
        }
        if let Some((read, of)) = self.beyond {
            notices.push(
                Notice::new(
                    Damaged,
                    "pdf.pages-bound",
                    format!("Only the first {read} of {of} pages were read."),
                )
                .next("Split the file and read the parts."),
            );
        }
        notices
    }
}

/// `Page 3`, `Pages 1-4, 7`.
fn named(pages: &[u32]) -> String {
    let mut runs: Vec<(u32, u32)> = Vec::new();
    for &page in pages {
        match runs.last_mut() {
            Some(run) if run.1 + 1 == page => run.1 = page,
            _ => runs.push((page, page)),
        }
    }
    let word = if pages.len() == 1 { "Page" } else { "Pages" };
    let mut out = word.to_owned();
    for (at, (first, last)) in runs.iter().take(20).enumerate() {
        out.push_str(if at == 0 { " " } else { ", " });
        out.push_str(&first.to_string());
        if last > first {
            out.push_str(&format!("-{last}"));
        }
    }
    if runs.len() > 20 {
        out.push_str(" and more");
    }
    out
}
