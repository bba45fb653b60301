//! From an engine's page to the sheet of a reader: blocks in reading order,
//! words with their places on the page as it is shown.

use quipu_model::{BlockKind, Notice, NoticeLevel, Place, Rect, TextOrigin};

use super::engine::{OcrHint, OcrLine, OcrPage, PixelBox, Turn, confidence};
use super::order::{self, Piece};
use super::picture::Picture;
use crate::draft::Scribe;
use crate::input::{Tools, Watcher};

/// Pages read with less than this many percent are said to be doubtful.
const DOUBTFUL: u32 = 70;

/// Reads a page that is a picture and writes its words on the open page of the
/// scribe, from the top left corner of that page.
///
/// `dpi` is the number of pixels of the picture to the inch of the page.
/// Without an engine, or when it fails, the page is kept as a picture and the
/// notice says what to do.
pub fn ocr_page(
    picture: &Picture,
    dpi: f32,
    tools: &Tools<'_>,
    watcher: &mut dyn Watcher,
    scribe: &mut Scribe,
) -> Vec<Notice> {
    let number = scribe.page().unwrap_or(1);
    let Some(engine) = tools.ocr else {
        scribe.set_page_origin(TextOrigin::Picture, None);
        return vec![no_engine().on_page(number)];
    };
    let dpi = if dpi.is_finite() && dpi > 1.0 {
        dpi
    } else {
        300.0
    };
    let hint = OcrHint {
        dpi: Some(dpi.round() as u32),
    };
    let page = match engine.read(picture, &hint, &mut || {
        watcher.step(number.saturating_sub(1), 0);
    }) {
        Ok(page) => page,
        Err(error) => {
            scribe.set_page_origin(TextOrigin::Picture, None);
            let notice = Notice::new(
                NoticeLevel::Damaged,
                "ocr.failed",
                format!("The page is a picture and could not be read: {error}."),
            );
            return vec![notice.next(error.advice()).on_page(number)];
        }
    };
    write(&page, picture, dpi, scribe);
    let mut notices = Vec::new();
    if page.unread > 0 {
        notices.push(too_much(&page).on_page(number));
    }
    let origin = page.by.unwrap_or_else(|| engine.name());
    if page.lines.is_empty() {
        scribe.set_page_origin(origin, None);
        return notices;
    }
    let sure = confidence(&page.lines);
    scribe.set_page_origin(origin, u8::try_from(sure).ok());
    if sure < DOUBTFUL {
        let notice = Notice::new(
            NoticeLevel::Remark,
            "ocr.doubtful",
            format!("The page is hard to read: the engine is {sure}% sure of its words."),
        );
        let notice = notice.next("Compare the words with the picture before you rely on them.");
        notices.push(notice.on_page(number));
    }
    notices
}

/// What is said of a page that holds more than is read of one page.
fn too_much(page: &OcrPage) -> Notice {
    let found = u64::from(page.unread) + page.lines.len() as u64;
    Notice::new(
        NoticeLevel::Damaged,
        "ocr.unread",
        format!(
            "The page holds more than is read of one page: {} of {found} pieces of text, those lowest \
             on it, were left unread.",
            page.unread
        ),
    )
    .next("Cut the picture into parts and read these; the whole stays beside its words.")
}

/// What is said of a scan when there is nothing to read it with.
fn no_engine() -> Notice {
    Notice::new(
        NoticeLevel::Damaged,
        "ocr.no-engine",
        "The page is a picture of text and no OCR engine is there to read it; it is kept as a picture.",
    )
    .next(
        "Run scripts/fetch-ocr-models once, or install the program tesseract \
         (Debian: apt install tesseract-ocr tesseract-ocr-spa), and read the file again.",
    )
}

fn write(page: &OcrPage, picture: &Picture, dpi: f32, scribe: &mut Scribe) {
    let frame = Frame {
        turn: page.turn,
        width: i32::try_from(picture.width()).unwrap_or(i32::MAX),
        height: i32::try_from(picture.height()).unwrap_or(i32::MAX),
        scale: 7200.0 / dpi,
    };
    for piece in order::layout(page) {
        match piece {
            Piece::Text { rows, heading } => {
                let kind = if heading {
                    BlockKind::Heading
                } else {
                    BlockKind::Paragraph
                };
                scribe.begin_block(kind, place(page, &frame, rows.iter().flatten()));
                for (i, row) in rows.iter().enumerate() {
                    if i > 0 {
                        scribe.push("\n");
                    }
                    write_words(page, &frame, row, scribe);
                }
                scribe.end_block();
            }
            Piece::Table { rows } => {
                scribe.begin_table(None);
                for (number, row) in (1..).zip(&rows) {
                    let lines = row.iter().flat_map(|cell| &cell.lines);
                    scribe.begin_row(number, place(page, &frame, lines));
                    for cell in row {
                        scribe.begin_cell(cell.column, cell.columns, false);
                        write_words(page, &frame, &cell.lines, scribe);
                    }
                    scribe.end_row();
                }
                scribe.end_table();
            }
        }
    }
}

fn write_words(page: &OcrPage, frame: &Frame, lines: &[usize], scribe: &mut Scribe) {
    let lines = lines.iter().filter_map(|i| page.lines.get(*i));
    for (k, word) in lines.flat_map(|line| &line.words).enumerate() {
        if k > 0 {
            scribe.push(" ");
        }
        scribe.word(&word.text, frame.rect(word.area));
    }
}

fn place<'a>(page: &OcrPage, frame: &Frame, lines: impl Iterator<Item = &'a usize>) -> Place {
    let lines = lines.filter_map(|i| page.lines.get(*i));
    let area = lines
        .map(|line: &OcrLine| frame.rect(line.area))
        .reduce(Rect::join);
    Place {
        area,
        ..Place::default()
    }
}

/// The way back from the turned picture to the page as it is shown.
struct Frame {
    turn: Turn,
    /// Size of the picture as it came, in pixels.
    width: i32,
    height: i32,
    /// Hundredths of a point to the pixel.
    scale: f32,
}

impl Frame {
    fn rect(&self, area: PixelBox) -> Rect {
        let PixelBox {
            left,
            top,
            right,
            bottom,
        } = area;
        let (w, h) = (self.width, self.height);
        let (left, top, right, bottom) = match self.turn {
            Turn::None => (left, top, right, bottom),
            Turn::Quarter => (top, h - right, bottom, h - left),
            Turn::Half => (w - right, h - bottom, w - left, h - top),
            Turn::ThreeQuarters => (w - bottom, left, w - top, right),
        };
        let (left, right) = (left.clamp(0, w), right.clamp(0, w));
        let (top, bottom) = (top.clamp(0, h), bottom.clamp(0, h));
        let hundredths = |pixels: i32| (pixels as f32 * self.scale).round() as i32;
        Rect {
            left: hundredths(left),
            top: hundredths(top),
            width: hundredths(right - left),
            height: hundredths(bottom - top),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ocr::Pixels;
    use crate::ocr::picture::Grey;

    /// Where a lone dark pixel of a turned picture lies, the frame must find it
    /// in the picture as it came.
    #[test]
    fn boxes_go_back_to_where_they_came_from() {
        let (width, height) = (7, 5);
        let mut grey = Grey::blank(width, height, 255);
        grey.samples[width + 4] = 0;
        for turn in [Turn::None, Turn::Quarter, Turn::Half, Turn::ThreeQuarters] {
            let turned = grey.turned(turn);
            let at = turned.samples.iter().position(|shade| *shade == 0).unwrap();
            let (x, y) = ((at % turned.width) as i32, (at / turned.width) as i32);
            let frame = Frame {
                turn,
                width: 7,
                height: 5,
                scale: 1.0,
            };
            let area = PixelBox {
                left: x,
                top: y,
                right: x + 1,
                bottom: y + 1,
            };
            let expected = Rect {
                left: 4,
                top: 1,
                width: 1,
                height: 1,
            };
            assert_eq!(frame.rect(area), expected, "{turn:?}");
        }
        assert!(Picture::new(7, 5, Pixels::Grey(grey.samples)).is_some());
    }
}
