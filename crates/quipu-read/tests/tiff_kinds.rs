//! TIFF pages as scanners of offices and fax machines write them: in colours
//! of a palette, and in the codes of ITU-T T.4 and T.6.
#![allow(clippy::unwrap_used)]

use std::sync::Mutex;

use quipu_packs::Packs;
use quipu_read::ocr::{OcrEngine, OcrError, OcrHint, OcrIdentity, OcrPage, Picture, Pixels};
use quipu_read::{Input, Limits, Silent, Tools, read};

/// An engine that keeps what it is shown.
#[derive(Default)]
struct Keeper(Mutex<Vec<Picture>>);

impl OcrEngine for Keeper {
    fn name(&self) -> quipu_model::TextOrigin {
        quipu_model::TextOrigin::OcrRten
    }

    fn identity(&self) -> OcrIdentity {
        OcrIdentity {
            engine: "keeper".to_owned(),
            models: [0; 32],
        }
    }

    fn read(
        &self,
        picture: &Picture,
        _hint: &OcrHint,
        _beat: &mut dyn FnMut(),
    ) -> Result<OcrPage, OcrError> {
        self.0.lock().unwrap().push(picture.clone());
        Ok(OcrPage::default())
    }
}

/// The pages as they are seen, and the codes of the notices.
fn seen_as(bytes: &[u8], name: &str) -> (Vec<Picture>, Vec<String>) {
    let keeper = Keeper::default();
    let packs = Packs::default();
    let tools = Tools {
        packs: &packs,
        ocr: Some(&keeper),
        limits: Limits::default(),
    };
    let document = read(&Input { bytes, name }, &tools, &mut Silent::default());
    quipu_read::check(&document).unwrap();
    let codes = document.notices.into_iter().map(|notice| notice.code);
    (keeper.0.into_inner().unwrap(), codes.collect())
}

fn seen(bytes: &[u8]) -> (Vec<Picture>, Vec<String>) {
    seen_as(bytes, "page.tif")
}

/// A TIFF of one page in one strip: little-endian, numbers as they are given.
fn tiff(tags: &[(u16, &[u16])], strip: &[u8]) -> Vec<u8> {
    let mut all: Vec<(u16, Vec<u16>)> = tags
        .iter()
        .map(|(tag, values)| (*tag, values.to_vec()))
        .collect();
    let start = 8u16;
    all.push((273, vec![start]));
    all.push((279, vec![strip.len() as u16]));
    all.sort();
    let mut file = b"II*\0".to_vec();
    let directory = 8 + strip.len().next_multiple_of(2);
    file.extend((directory as u32).to_le_bytes());
    file.extend(strip);
    file.resize(directory, 0);
    file.extend((all.len() as u16).to_le_bytes());
    let mut beyond = Vec::new();
    let beyond_start = directory + 2 + 12 * all.len() + 4;
    for (tag, values) in &all {
        file.extend(tag.to_le_bytes());
        file.extend(3u16.to_le_bytes());
        file.extend((values.len() as u32).to_le_bytes());
        let bytes: Vec<u8> = values
            .iter()
            .flat_map(|value| value.to_le_bytes())
            .collect();
        if bytes.len() <= 4 {
            let mut own = bytes;
            own.resize(4, 0);
            file.extend(own);
        } else {
            file.extend(((beyond_start + beyond.len()) as u32).to_le_bytes());
            beyond.extend(bytes);
        }
    }
    file.extend(0u32.to_le_bytes());
    file.extend(beyond);
    file
}

/// Bytes from a text of bits.
fn bits(text: &str) -> Vec<u8> {
    let digits: Vec<u8> = text
        .bytes()
        .filter(|b| *b != b' ')
        .map(|b| b - b'0')
        .collect();
    let byte = |eight: &[u8]| {
        let joined = eight.iter().fold(0u8, |byte, bit| byte << 1 | bit);
        joined << (8 - eight.len())
    };
    digits.chunks(8).map(byte).collect()
}

/// 64 pixels of paper (T.4: make-up code 64, then 0), and the same with one of
/// ink after 40.
const PAPER: &str = "11011 00110101";
const DOT: &str = "00101001 010 0000100";
const END_OF_LINE: &str = "000000000001";

fn fax(compression: u16, more: &[(u16, &[u16])], code: &str) -> Vec<u8> {
    let mut tags: Vec<(u16, &[u16])> = vec![(256, &[64]), (257, &[3]), (277, &[1])];
    let compression = [compression];
    tags.push((259, &compression));
    tags.extend(more);
    tiff(&tags, &bits(code))
}

fn dot(paper: u8) -> Picture {
    let mut samples = vec![paper; 64 * 3];
    samples[64 + 40] = 255 - paper;
    Picture::new(64, 3, Pixels::Grey(samples)).unwrap()
}

const WHITE_IS_ZERO: (u16, &[u16]) = (262, &[0]);

#[test]
fn group_3_is_read_in_rows_of_run_lengths() {
    let rows = [PAPER, DOT, PAPER];
    let lines: String = rows
        .iter()
        .map(|row| format!("{END_OF_LINE}{row}"))
        .collect();
    let pages = seen(&fax(3, &[WHITE_IS_ZERO], &lines));
    assert_eq!(pages, (vec![dot(255)], vec![]));
    // Rows of compression 2 have no marks and start at whole bytes.
    let aligned = rows.map(|row| {
        let row = row.replace(' ', "");
        let whole = row.len().next_multiple_of(8);
        format!("{row:0<whole$}")
    });
    let pages = seen(&fax(2, &[WHITE_IS_ZERO], &aligned.concat()));
    assert_eq!(pages, (vec![dot(255)], vec![]));
}

#[test]
fn group_3_is_read_in_two_dimensions() {
    // A bit after each mark says how the row is coded: 1 by itself, 0 by the
    // row before it.
    let code = format!(
        "{END_OF_LINE} 1 {PAPER} {END_OF_LINE} 0 001 00101001 010 1 {END_OF_LINE} 1 {PAPER}"
    );
    let pages = seen(&fax(3, &[WHITE_IS_ZERO, (292, &[1])], &code));
    assert_eq!(pages, (vec![dot(255)], vec![]));
}

/// A row as the one before; a run of paper and one of ink, then as before; past
/// the ink of the row before, then as before.
const GROUP_4: &str = "1  001 00101001 010 1  0001 1  000000000001 000000000001";

#[test]
fn group_4_is_read_whichever_way_its_bits_and_shades_stand() {
    assert_eq!(
        seen(&fax(4, &[WHITE_IS_ZERO], GROUP_4)),
        (vec![dot(255)], vec![])
    );
    assert_eq!(
        seen(&fax(4, &[(262, &[1])], GROUP_4)),
        (vec![dot(0)], vec![])
    );
    let mut turned = fax(4, &[WHITE_IS_ZERO, (266, &[2])], GROUP_4);
    for byte in &mut turned[8..8 + bits(GROUP_4).len()] {
        *byte = byte.reverse_bits();
    }
    assert_eq!(seen(&turned), (vec![dot(255)], vec![]));
}

#[test]
fn a_fax_cut_short_shows_what_it_has() {
    let code = format!("{END_OF_LINE}{PAPER}{END_OF_LINE}{DOT}");
    let (pages, notices) = seen(&fax(3, &[WHITE_IS_ZERO], &code));
    assert_eq!(
        (pages, notices),
        (vec![dot(255)], vec!["image.damaged".to_owned()])
    );
    let (pages, notices) = seen(&fax(4, &[WHITE_IS_ZERO], "0000000000"));
    assert_eq!((pages, notices), (vec![], vec!["image.damaged".to_owned()]));
}

#[test]
fn colours_of_a_palette_are_put_in() {
    // 2 x 2 pixels of 8 bits, then of 4: paper, ink, red, green.
    let mut map = vec![0u16; 48];
    for (number, rgb) in [[255u16, 255, 255], [0, 0, 0], [200, 10, 10], [10, 180, 10]]
        .iter()
        .enumerate()
    {
        for (channel, shade) in rgb.iter().enumerate() {
            map[16 * channel + number] = shade << 8;
        }
    }
    let rgb = vec![255, 255, 255, 0, 0, 0, 200, 10, 10, 10, 180, 10];
    let expected = Picture::new(2, 2, Pixels::Rgb(rgb)).unwrap();
    for (depth, strip) in [(8u16, vec![0u8, 1, 2, 3]), (4, vec![0x01, 0x23])] {
        let file = tiff(
            &[
                (256, &[2]),
                (257, &[2]),
                (258, &[depth]),
                (259, &[1]),
                (262, &[3]),
                (277, &[1]),
                (278, &[2]),
                (320, &map),
            ],
            &strip,
        );
        assert_eq!(
            seen(&file),
            (vec![expected.clone()], vec![]),
            "{depth} bits"
        );
    }
}

#[test]
fn a_kind_not_decoded_is_said_to_be_no_damage() {
    // JPEG 2000 inside a TIFF.
    let file = tiff(
        &[
            (256, &[2]),
            (257, &[2]),
            (258, &[8]),
            (259, &[34712]),
            (262, &[1]),
            (277, &[1]),
        ],
        &[0, 1, 2, 3],
    );
    assert_eq!(seen(&file), (vec![], vec!["image.unsupported".to_owned()]));
}

#[test]
fn portable_anymaps_are_pictures() {
    let expected = Picture::new(2, 2, Pixels::Grey(vec![0, 128, 255, 1])).unwrap();
    for file in [
        b"P5\n2 2\n255\n\x00\x80\xFF\x01".as_slice(),
        b"P2 # by hand\n2 2 255\n0 128\n255 1\n",
    ] {
        let (pages, _) = seen_as(file, "page.pgm");
        assert_eq!(pages, vec![expected.clone()]);
    }
}

#[test]
fn damaged_pages_never_panic() {
    let lines = format!("{END_OF_LINE}{PAPER}{END_OF_LINE}{DOT}{END_OF_LINE}{PAPER}");
    let files = [
        fax(2, &[WHITE_IS_ZERO], &format!("{PAPER}{DOT}")),
        fax(3, &[WHITE_IS_ZERO, (292, &[1])], &lines),
        fax(3, &[WHITE_IS_ZERO], &lines),
        fax(4, &[WHITE_IS_ZERO], GROUP_4),
    ];
    for file in &files {
        for at in 0..file.len() {
            for value in [0, 1, 0x7F, 0xFF, file[at] ^ 0x10] {
                let mut changed = file.clone();
                changed[at] = value;
                seen_as(&changed, "page.tif");
            }
            seen_as(&file[..at], "page.tif");
        }
    }
}
