//! Pages as fax machines code them (ITU-T T.4 and T.6), in the strips of a
//! TIFF: compression 2 (rows of run lengths), 3 (Group 3) and 4 (Group 4).

use hayro_ccitt::{DecodeSettings, Decoder as Rows, DecoderContext, EncodingMode};
use quipu_model::{Notice, NoticeLevel};
use tiff::tags::Tag;

use super::tiff::Pages;
use super::{Refusal, damaged, unsupported};

/// A page decoded.
pub(super) struct Faxed {
    /// One byte a pixel, 255 for paper.
    pub(super) samples: Vec<u8>,
    /// What is missing of it.
    pub(super) notice: Option<Notice>,
}

/// Decodes the page where it is coded so; `None` when it is coded otherwise.
pub(super) fn page(
    pages: &mut Pages<'_>,
    bytes: &[u8],
    (width, height): (u32, u32),
) -> Option<Result<Faxed, Refusal>> {
    let number = |pages: &mut Pages<'_>, tag| pages.find_tag_unsigned::<u32>(tag).ok().flatten();
    let options = number(pages, Tag::Unknown(T4_OPTIONS)).unwrap_or(0);
    let (encoding, rows_are_byte_aligned) = match number(pages, Tag::Compression)? {
        2 => (EncodingMode::Group3_1D, true),
        3 if options & 1 == 0 => (EncodingMode::Group3_1D, false),
        3 => (EncodingMode::Group3_2D, false),
        4 => (EncodingMode::Group4, false),
        _ => return None,
    };
    let strips = |pages: &mut Pages<'_>, tag| pages.get_tag_u64_vec(tag).ok();
    let (Some(starts), Some(lengths)) = (
        strips(pages, Tag::StripOffsets),
        strips(pages, Tag::StripByteCounts),
    ) else {
        return Some(Err(unsupported(&"a fax page in tiles")));
    };
    let rows_per_strip = number(pages, Tag::RowsPerStrip).unwrap_or(height);
    let rows_per_strip = rows_per_strip.clamp(1, height);
    let reversed = number(pages, Tag::FillOrder) == Some(2);
    // Runs are white and black in turn; where 0 is said to be black, the file
    // means them the other way round.
    let (paper, ink) = match number(pages, Tag::PhotometricInterpretation) {
        Some(1) => (0, 255),
        _ => (255, 0),
    };
    let mut sheet = Sheet {
        samples: Vec::new(),
        width: width as usize,
        paper,
        ink,
    };
    let (mut expected, mut sound) = (0usize, true);
    for (start, length) in starts.into_iter().zip(lengths) {
        let rows = rows_per_strip.min(height.saturating_sub(expected as u32));
        if rows == 0 {
            break;
        }
        let strip = usize::try_from(start)
            .ok()
            .and_then(|start| bytes.get(start..))
            .unwrap_or_default();
        let strip = &strip[..strip
            .len()
            .min(usize::try_from(length).unwrap_or(usize::MAX))];
        let turned: Vec<u8>;
        let strip = if reversed {
            turned = strip.iter().map(|byte| byte.reverse_bits()).collect();
            &turned
        } else {
            strip
        };
        let settings = DecodeSettings {
            columns: width,
            rows,
            end_of_block: true,
            end_of_line: false,
            rows_are_byte_aligned,
            encoding,
            strict: false,
        };
        let read = hayro_ccitt::decode(strip, &mut sheet, &mut DecoderContext::new(settings));
        expected += rows as usize;
        sound &= read.is_ok() && sheet.rows() >= expected;
        // What a damaged strip lacks stays paper, so that the next one stands
        // where it belongs.
        sheet.samples.resize(expected * sheet.width, paper);
    }
    if sheet.samples.iter().all(|sample| *sample == paper) && !sound {
        return Some(Err(damaged(&"none of its rows can be decoded")));
    }
    sound &= expected == height as usize;
    let whole = sheet.width * height as usize;
    sheet.samples.resize(whole, paper);
    let notice = (!sound).then(|| Notice {
        level: NoticeLevel::Damaged,
        ..damaged(&"rows of it are missing")
    });
    Some(Ok(Faxed {
        samples: sheet.samples,
        notice,
    }))
}

/// How Group 3 is coded (TIFF 6.0, section 11).
const T4_OPTIONS: u16 = 292;

/// The rows seen so far.
struct Sheet {
    samples: Vec<u8>,
    width: usize,
    paper: u8,
    ink: u8,
}

impl Sheet {
    fn rows(&self) -> usize {
        self.samples.len() / self.width.max(1)
    }
}

impl Rows for Sheet {
    fn push_row(&mut self, changes: &[u32]) {
        let row_start = self.samples.len();
        let mut shades = [self.paper, self.ink].into_iter().cycle();
        for change in changes {
            let end = row_start + (*change as usize).min(self.width);
            let shade = shades.next().unwrap_or(self.paper);
            self.samples.resize(end.max(self.samples.len()), shade);
        }
        let shade = shades.next().unwrap_or(self.paper);
        self.samples.resize(row_start + self.width, shade);
    }
}
