//! Draws pages for the fixture: paper with grey lines where words would be.
#![allow(dead_code, unreachable_pub)]

use quipu_web::{PictureError, PictureMaker};

/// Draws two pages of anything; a third fails, as a broken page would.
pub struct Painter;

impl PictureMaker for Painter {
    fn picture(&self, _: &str, page: u32, width: u32) -> Result<Vec<u8>, PictureError> {
        if page > 2 {
            return Err(PictureError("there is no such page".to_owned()));
        }
        let height = width * 792 / 612;
        let mut rows = Vec::new();
        for y in 0..height {
            rows.push(0);
            let line = y * 792 / height;
            let ink = line > 72 && line < 400 && line % 15 < 9;
            for x in 0..width {
                let column = x * 612 / width;
                let word = column > 72 && column < 540 && (column + line / 15 * 37) % 47 > 6;
                rows.push(if ink && word { 205 } else { 252 });
            }
        }
        Ok(png(width, height, &rows))
    }
}

/// A grey PNG without compression (RFC 2083, stored blocks of RFC 1951).
fn png(width: u32, height: u32, rows: &[u8]) -> Vec<u8> {
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    let mut head = Vec::new();
    head.extend(width.to_be_bytes());
    head.extend(height.to_be_bytes());
    head.extend([8, 0, 0, 0, 0]);
    chunk(&mut out, b"IHDR", &head);
    let mut data = vec![0x78, 0x01];
    let mut blocks = rows.chunks(65_535).peekable();
    while let Some(block) = blocks.next() {
        let length = block.len() as u16;
        data.push(u8::from(blocks.peek().is_none()));
        data.extend(length.to_le_bytes());
        data.extend((!length).to_le_bytes());
        data.extend(block);
    }
    let (mut a, mut b) = (1u32, 0u32);
    for byte in rows {
        a = (a + u32::from(*byte)) % 65_521;
        b = (b + a) % 65_521;
    }
    data.extend(((b << 16) | a).to_be_bytes());
    chunk(&mut out, b"IDAT", &data);
    chunk(&mut out, b"IEND", &[]);
    out
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], data: &[u8]) {
    out.extend((data.len() as u32).to_be_bytes());
    let start = out.len();
    out.extend(name);
    out.extend(data);
    let mut crc = u32::MAX;
    for byte in out.get(start..).unwrap_or_default() {
        crc ^= u32::from(*byte);
        for _ in 0..8 {
            crc = if crc & 1 == 1 {
                (crc >> 1) ^ 0xedb8_8320
            } else {
                crc >> 1
            };
        }
    }
    out.extend((!crc).to_be_bytes());
}
