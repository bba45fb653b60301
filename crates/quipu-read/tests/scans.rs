//! Our own scanned pages read by the engines that are there. Each test says
//! which engine it could not try.
#![allow(clippy::print_stdout)]
#![allow(clippy::unwrap_used)]

use std::path::{Path, PathBuf};

use image::{DynamicImage, ImageFormat};
use quipu_packs::Packs;
use quipu_read::ocr::{
    OcrEngine, OcrHint, Picture, Pixels, RtenEngine, Tesseract, Turn, error_rates, find_models,
};
use quipu_read::{Input, Limits, Silent, Tools, read};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

fn rten(threads: usize) -> Option<RtenEngine> {
    let found = find_models(&[root().join("models/ocr")]).unwrap();
    if found.is_none() {
        println!("skipped: no OCR models; scripts/fetch-ocr-models fetches them");
    }
    Some(RtenEngine::new(found?, threads))
}

/// Character errors in percent of a page of `demo/scans`.
fn errors(
    engine: &dyn OcrEngine,
    scan: &str,
    change: impl Fn(DynamicImage) -> DynamicImage,
) -> f64 {
    let path = root().join("demo/scans").join(scan);
    let picture = change(image::open(&path).unwrap());
    let mut bytes = std::io::Cursor::new(Vec::new());
    picture.write_to(&mut bytes, ImageFormat::Png).unwrap();
    let packs = Packs::embedded().unwrap();
    let tools = Tools {
        packs: &packs,
        ocr: Some(engine),
        limits: Limits::default(),
    };
    let bytes = bytes.into_inner();
    let input = Input {
        bytes: &bytes,
        name: scan,
    };
    let document = read(&input, &tools, &mut Silent::default());
    quipu_read::check(&document).unwrap();
    assert_eq!(document.transcript.pages[0].origin, engine.name());
    let truth = std::fs::read_to_string(path.with_extension("txt")).unwrap();
    error_rates(&truth, &document.transcript.text).cer()
}

#[test]
fn networks_read_spanish_columns_and_noise() {
    let Some(engine) = rten(2) else { return };
    for (scan, most) in [("es-columns.png", 1.0), ("es-noisy.jpg", 2.0)] {
        let cer = errors(&engine, scan, |picture| picture);
        assert!(cer <= most, "{scan}: {cer:.2}%");
    }
}

#[test]
fn networks_read_pages_that_lie_or_are_inverted() {
    let Some(engine) = rten(2) else { return };
    type Change = fn(DynamicImage) -> DynamicImage;
    let changes: [(&str, Change); 3] = [
        ("on its head", |picture| picture.rotate180()),
        ("on its side", |picture| picture.rotate90()),
        ("white on black, on its other side", |picture| {
            let mut grey = DynamicImage::from(picture.to_luma8()).rotate270();
            grey.invert();
            grey
        }),
    ];
    for (name, change) in changes {
        let cer = errors(&engine, "en-clean.png", change);
        assert!(cer <= 1.0, "{name}: {cer:.2}%");
    }
}

#[test]
fn networks_read_the_same_on_any_number_of_threads() {
    let (Some(one), Some(two)) = (rten(1), rten(2)) else {
        return;
    };
    let path = root().join("demo/scans/es-typewriter.jpg");
    let grey = image::open(path).unwrap().to_luma8();
    let (width, height) = grey.dimensions();
    let picture = Picture::new(width, height, Pixels::Grey(grey.into_raw())).unwrap();
    let hint = OcrHint::default();
    let mut beats = 0;
    let page = one.read(&picture, &hint, &mut || beats += 1).unwrap();
    assert!(beats > 1, "a page of many lines gives signs of life");
    assert_eq!(page, two.read(&picture, &hint, &mut || {}).unwrap());
    assert!(page.lines.len() > 5);
}

#[test]
fn networks_stand_odd_pages() {
    let Some(engine) = rten(2) else { return };
    for (width, height, shade) in [(1, 1, 0), (5000, 3, 128), (40, 40, 255), (700, 900, 0)] {
        let samples = vec![shade; (width * height) as usize];
        let picture = Picture::new(width, height, Pixels::Grey(samples)).unwrap();
        let page = engine
            .read(&picture, &OcrHint::default(), &mut || {})
            .unwrap();
        assert_eq!((page.lines.len(), page.turn), (0, Turn::None));
    }
    // Chequers: all contrast, no letter.
    let samples = (0..600 * 400).map(|i| if (i / 3 + i / 1800) % 2 == 0 { 0 } else { 255 });
    let picture = Picture::new(600, 400, Pixels::Grey(samples.collect())).unwrap();
    engine
        .read(&picture, &OcrHint::default(), &mut || {})
        .unwrap();
}

#[test]
fn tesseract_reads_clean_pages() {
    let Some(engine) = Tesseract::find() else {
        println!("skipped: the program tesseract is not installed");
        return;
    };
    let cer = errors(&engine, "en-clean.png", |picture| picture);
    assert!(cer <= 1.0, "{cer:.2}%");
    let cer = errors(&engine, "en-clean.png", |picture| picture.rotate180());
    assert!(cer <= 1.0, "on its head: {cer:.2}%");
}

#[test]
fn a_dense_page_is_read_to_its_foot_by_the_faster_engine() {
    let (Some(ours), Some(theirs)) = (rten(2), Tesseract::find()) else {
        return;
    };
    let one = image::open(root().join("demo/scans/en-clean.png"))
        .unwrap()
        .to_luma8();
    let (width, height) = one.dimensions();
    let mut page = image::GrayImage::from_pixel(2 * width, 3 * height, image::Luma([255]));
    for at in 0..6_u32 {
        let (left, top) = (at % 2 * width, at / 2 * height);
        image::imageops::replace(&mut page, &one, left.into(), top.into());
    }
    let picture = Picture::new(2 * width, 3 * height, Pixels::Grey(page.into_raw())).unwrap();
    let hint = OcrHint::default();
    let alone = ours.read(&picture, &hint, &mut || {}).unwrap();
    assert!(alone.unread > 0 && !alone.lines.is_empty());
    let both = ours.with_dense(Some(Box::new(theirs)));
    let page = both.read(&picture, &hint, &mut || {}).unwrap();
    assert_eq!(page.unread, 0);
    assert_eq!(page.by, Some(quipu_model::TextOrigin::OcrTesseract));
    assert!(page.lines.len() > alone.lines.len());
}
