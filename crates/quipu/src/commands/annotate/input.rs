//! A text as it stands in a file or comes in from outside.

use std::fs::File;
use std::io::Read;
use std::path::Path;

/// A text longer than this is not annotated in one piece: places in it are
/// counted in 32 bits.
const BYTES_MAX: u64 = u32::MAX as u64;

/// The mark that some programs put before the first character.
const BYTE_ORDER_MARK: char = '\u{FEFF}';

/// What stands for it: a blank of as many bytes, so that all places stay.
const BLANK_AS_LONG: &str = "\u{2003}";

/// A text ready to be annotated.
pub(super) struct Taken {
    /// Its characters.
    pub(super) text: String,
    /// What had to be changed to make it one.
    pub(super) notice: Option<String>,
}

/// Reads a file, or standard input when none is named.
///
/// # Errors
/// The reason why nothing can be read, with what to do.
pub(super) fn read(path: Option<&Path>) -> Result<Taken, String> {
    let mut bytes = Vec::new();
    let read = match path {
        None => std::io::stdin()
            .lock()
            .take(BYTES_MAX + 1)
            .read_to_end(&mut bytes),
        Some(path) if path.is_dir() => {
            return Err("is a folder; name the files in it".to_owned());
        }
        Some(path) => {
            File::open(path).and_then(|file| file.take(BYTES_MAX + 1).read_to_end(&mut bytes))
        }
    };
    read.map_err(|error| format!("cannot be read: {error}; check its name and your rights"))?;
    text(bytes)
}

fn text(bytes: Vec<u8>) -> Result<Taken, String> {
    let (mut text, notice) = match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let bytes = error.as_bytes();
            let notice = notice(bytes);
            (String::from_utf8_lossy(bytes).into_owned(), Some(notice))
        }
    };
    if text.len() as u64 > BYTES_MAX {
        return Err("holds more than 4 GiB of text; split it".to_owned());
    }
    if text.starts_with(BYTE_ORDER_MARK) {
        text.replace_range(..BYTE_ORDER_MARK.len_utf8(), BLANK_AS_LONG);
    }
    Ok(Taken { text, notice })
}

/// How many bytes were no text, where they begin, and what to do about it.
fn notice(bytes: &[u8]) -> String {
    let mut first = None;
    let (mut at, mut count) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        at += chunk.valid().len();
        let bad = chunk.invalid().len();
        if bad > 0 {
            first.get_or_insert(at);
            count += bad;
        }
        at += bad;
    }
    let first = first.unwrap_or(0);
    let step = if bytes.starts_with(&[0xFF, 0xFE]) || bytes.starts_with(&[0xFE, 0xFF]) {
        "it looks like UTF-16: convert it with `iconv -f UTF-16 -t UTF-8`"
    } else {
        "convert it to UTF-8 first, or let `quipu read --dry-run --format json` tell its encoding"
    };
    format!(
        "byte {first}: {count} bytes are not UTF-8 and were replaced by U+FFFD, which is what offsets count; {step}"
    )
}

#[cfg(test)]
mod tests {
    use super::text;

    #[test]
    fn bytes_that_are_no_text_are_counted_and_replaced() {
        let read = text(b"a\xE1b \xF0\x9F\x98".to_vec()).expect("a text");
        assert_eq!(read.text, "a\u{FFFD}b \u{FFFD}");
        let notice = read.notice.expect("a notice");
        assert!(
            notice.starts_with("byte 1: 4 bytes are not UTF-8"),
            "{notice}"
        );
    }

    #[test]
    fn a_byte_order_mark_keeps_its_place_and_is_no_word() {
        let read = text("\u{FEFF}Lima".as_bytes().to_vec()).expect("a text");
        assert_eq!(read.text.find("Lima"), Some(3));
        assert_eq!(read.text.chars().count(), 5);
        assert!(read.text.trim_start() == "Lima" && read.notice.is_none());
    }
}
