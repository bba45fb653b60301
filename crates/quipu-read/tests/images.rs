//! Picture files: every kind decodes, bounds hold, nothing hostile escapes.
#![allow(clippy::unwrap_used)]

use std::io::Cursor;
use std::sync::OnceLock;

use image::{DynamicImage, GrayImage, ImageFormat, Luma};
use quipu_model::TextOrigin;
use quipu_packs::Packs;
use quipu_read::ocr::{
    OcrEngine, OcrError, OcrHint, OcrIdentity, OcrLine, OcrPage, OcrWord, Picture, PixelBox, Turn,
};
use quipu_read::{Input, Limits, Silent, Tools, read};

/// An engine that finds one word where the darkest pixel stands.
struct Finder;

impl OcrEngine for Finder {
    fn name(&self) -> TextOrigin {
        TextOrigin::OcrRten
    }

    fn identity(&self) -> OcrIdentity {
        OcrIdentity {
            engine: "finder".to_owned(),
            models: [0; 32],
        }
    }

    fn read(
        &self,
        picture: &Picture,
        _hint: &OcrHint,
        _beat: &mut dyn FnMut(),
    ) -> Result<OcrPage, OcrError> {
        let step = match picture.pixels() {
            quipu_read::ocr::Pixels::Grey(samples) => samples.clone(),
            quipu_read::ocr::Pixels::Rgb(samples) => {
                samples.chunks_exact(3).map(|rgb| rgb[1]).collect()
            }
        };
        let least = step.iter().min().copied().unwrap_or(255);
        let at = step.iter().position(|v| *v == least).unwrap_or(0) as i32;
        let (x, y) = (at % picture.width() as i32, at / picture.width() as i32);
        let area = PixelBox {
            left: x,
            top: y,
            right: x + 1,
            bottom: y + 1,
        };
        let word = OcrWord {
            text: format!("{least}"),
            area,
            confidence: 90,
        };
        Ok(OcrPage {
            lines: vec![OcrLine {
                words: vec![word],
                area,
                confidence: 90,
            }],
            turn: Turn::None,
            width: picture.width(),
            height: picture.height(),
            skew: 0.0,
            unread: 0,
            by: None,
        })
    }
}

fn dot() -> GrayImage {
    let mut picture = GrayImage::from_pixel(64, 48, Luma([255]));
    picture.put_pixel(40, 10, Luma([0]));
    picture
}

fn file(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn read_with(
    bytes: &[u8],
    name: &str,
    engine: Option<&dyn OcrEngine>,
) -> quipu_model::ReadDocument {
    static PACKS: OnceLock<Packs> = OnceLock::new();
    let packs = PACKS.get_or_init(|| Packs::embedded().unwrap());
    let tools = Tools {
        packs,
        ocr: engine,
        limits: Limits::default(),
    };
    let document = read(&Input { bytes, name }, &tools, &mut Silent::default());
    quipu_read::check(&document).unwrap();
    document
}

#[test]
fn every_kind_of_picture_is_seen_as_it_is() {
    let grey = DynamicImage::from(dot());
    let rgb = DynamicImage::from(grey.to_rgb8());
    let deep = DynamicImage::from(grey.to_luma16());
    let clear = DynamicImage::from(grey.to_rgba8());
    let files = [
        ("8.png", file(&grey, ImageFormat::Png)),
        ("16.png", file(&deep, ImageFormat::Png)),
        ("clear.png", file(&clear, ImageFormat::Png)),
        ("a.bmp", file(&rgb, ImageFormat::Bmp)),
        ("a.gif", file(&clear, ImageFormat::Gif)),
        ("a.webp", file(&rgb, ImageFormat::WebP)),
        ("a.tif", tiff(&[&dot()])),
    ];
    for (name, bytes) in &files {
        let document = read_with(bytes, name, Some(&Finder));
        assert_eq!(
            document.transcript.text, "0",
            "{name}: {:?}",
            document.notices
        );
        let word = document.transcript.words[0];
        // 300 dots per inch: a pixel is 24 hundredths of a point.
        assert_eq!((word.area.left, word.area.top), (960, 240), "{name}");
        assert_eq!(document.transcript.pages[0].width, 1536, "{name}");
        assert_eq!(document.transcript.pages[0].confidence, Some(90));
    }
    let jpeg = read_with(&file(&grey, ImageFormat::Jpeg), "a.jpg", Some(&Finder));
    assert_eq!(jpeg.transcript.words[0].area.left, 960);
}

fn tiff(pages: &[&GrayImage]) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    let mut encoder = tiff::encoder::TiffEncoder::new(&mut bytes).unwrap();
    for page in pages {
        let (width, height) = page.dimensions();
        encoder
            .write_image::<tiff::encoder::colortype::Gray8>(width, height, page.as_raw())
            .unwrap();
    }
    bytes.into_inner()
}

#[test]
fn a_tiff_of_pages_is_read_page_by_page() {
    let mut second = dot();
    second.put_pixel(40, 10, Luma([7]));
    let bytes = tiff(&[&dot(), &second]);
    let document = read_with(&bytes, "two.tif", Some(&Finder));
    assert_eq!(document.transcript.text, "0\n\n7");
    assert_eq!(document.transcript.pages.len(), 2);
    assert_eq!(document.transcript.words[1].page, 2);
    let input = Input {
        bytes: &bytes,
        name: "two.tif",
    };
    let shown = quipu_read::picture(&input, 2, 32).unwrap();
    assert!(shown.starts_with(b"\x89PNG"));
    assert!(quipu_read::picture(&input, 3, 32).is_err());
}

#[test]
fn without_an_engine_a_scan_is_kept_and_the_notice_says_what_to_install() {
    let bytes = file(&DynamicImage::from(dot()), ImageFormat::Png);
    let document = read_with(&bytes, "scan.png", None);
    assert_eq!(document.transcript.pages[0].origin, TextOrigin::Picture);
    let notice = &document.notices[0];
    assert_eq!(
        (notice.code.as_str(), notice.page),
        ("ocr.no-engine", Some(1))
    );
    let step = notice.next_step.as_deref().unwrap();
    assert!(step.contains("scripts/fetch-ocr-models") && step.contains("tesseract-ocr-spa"));
}

#[test]
fn a_picture_that_claims_to_be_huge_is_refused() {
    // A sound PNG head that promises 4 thousand million pixels.
    let mut bytes = file(&DynamicImage::from(dot()), ImageFormat::Png);
    bytes[16..24].copy_from_slice(&[0, 0, 0xff, 0xff, 0, 0, 0xff, 0xff]);
    let crc = crc32(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&crc.to_be_bytes());
    let document = read_with(&bytes, "bomb.png", Some(&Finder));
    assert_eq!(document.notices[0].code, "image.too-large");
}

fn crc32(bytes: &[u8]) -> u32 {
    let step = |crc: u32, byte: &u8| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| {
            (crc >> 1) ^ (0xEDB8_8320 & (crc & 1).wrapping_neg())
        })
    };
    !bytes.iter().fold(u32::MAX, step)
}

#[test]
fn cut_and_changed_files_never_panic() {
    let grey = DynamicImage::from(dot());
    let files = [
        file(&grey, ImageFormat::Png),
        file(&grey, ImageFormat::Jpeg),
        file(&DynamicImage::from(grey.to_rgb8()), ImageFormat::Bmp),
        file(&DynamicImage::from(grey.to_rgba8()), ImageFormat::Gif),
        file(&DynamicImage::from(grey.to_rgb8()), ImageFormat::WebP),
        tiff(&[&dot(), &dot()]),
    ];
    let mut seed = 1u64;
    for file in &files {
        for round in 0..40 {
            let mut bytes = file.clone();
            for _ in 0..1 + round % 4 {
                seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
                let at = (seed >> 33) as usize % bytes.len();
                bytes[at] ^= (seed >> 20) as u8 | 1;
            }
            if round % 3 == 0 {
                bytes.truncate((seed >> 13) as usize % bytes.len());
            }
            read_with(&bytes, "x", Some(&Finder));
        }
    }
}
