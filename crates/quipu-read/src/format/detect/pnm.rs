//! Portable anymaps (PBM, PGM, PPM, PAM): `P`, a digit, then a head in plain
//! text. Two letters are no proof, so the head must be whole.

/// Bytes of head looked at: comments may stand in it.
const HEAD_BYTES: usize = 4096;

/// Whether the bytes are a portable anymap.
pub(super) fn is_pnm(bytes: &[u8]) -> bool {
    let kind = match bytes {
        [
            b'P',
            kind @ b'1'..=b'6',
            b' ' | b'\t' | b'\r' | b'\n' | b'#',
            ..,
        ] => *kind,
        [b'P', b'7', b'\n', ..] => return is_pam(&bytes[3..]),
        _ => return false,
    };
    let head = &bytes[2..bytes.len().min(HEAD_BYTES)];
    let (numbers, rest) = numbers(head, if matches!(kind, b'1' | b'4') { 2 } else { 3 });
    let Some(rest) = rest else { return false };
    if numbers.contains(&0) || numbers.get(2).is_some_and(|most| *most > 65_535) {
        return false;
    }
    // The plain kinds go on in digits, the packed ones in any bytes.
    match kind {
        b'1'..=b'3' => rest
            .iter()
            .take(64)
            .all(|byte| byte.is_ascii_digit() || byte.is_ascii_whitespace()),
        _ => {
            let samples = numbers[0].saturating_mul(numbers[1]);
            let text = rest.iter().take(64).all(|byte| {
                byte.is_ascii_alphanumeric() || byte.is_ascii_whitespace() || *byte == b'.'
            });
            // `P4 10 20` may open a note; a picture has its bytes behind it.
            !text || bytes.len() as u64 * 8 >= samples
        }
    }
}

fn is_pam(head: &[u8]) -> bool {
    let head = &head[..head.len().min(HEAD_BYTES)];
    let has = |word: &[u8]| head.windows(word.len()).any(|part| part == word);
    has(b"WIDTH ") && has(b"HEIGHT ") && has(b"DEPTH ") && has(b"ENDHDR\n")
}

/// So many numbers, and what follows the last of them and its one white space;
/// `None` where something else stands between them.
fn numbers(head: &[u8], wanted: usize) -> (Vec<u64>, Option<&[u8]>) {
    let mut found = Vec::new();
    let mut at = 0;
    while found.len() < wanted {
        match head.get(at) {
            Some(b'#') => {
                let comment = head[at..].iter().position(|byte| *byte == b'\n');
                let Some(length) = comment else {
                    return (found, None);
                };
                at += length + 1;
            }
            Some(byte) if byte.is_ascii_whitespace() => at += 1,
            Some(byte) if byte.is_ascii_digit() => {
                let digits = head[at..].iter().take_while(|byte| byte.is_ascii_digit());
                let number = digits.clone().fold(0u64, |number, digit| {
                    number
                        .saturating_mul(10)
                        .saturating_add(u64::from(digit - b'0'))
                });
                at += digits.count();
                found.push(number);
                let parted = head
                    .get(at)
                    .is_some_and(|byte| byte.is_ascii_whitespace() || *byte == b'#');
                if !parted {
                    return (found, None);
                }
            }
            _ => return (found, None),
        }
    }
    (found, head.get(at + 1..))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_heads_are_pictures_and_notes_are_not() {
        for picture in [
            b"P1\n# made by hand\n3 2\n1 0 1 0 1 0\n".as_slice(),
            b"P2 3 1 255 0 128 255\n",
            b"P5\n2 2\n255\n\x00\x80\xFF\x01",
            b"P4\n8 1\n\xAA",
            b"P6 1 1 65535\n\0\0\0\0\0\0",
            b"P7\nWIDTH 1\nHEIGHT 1\nDEPTH 1\nMAXVAL 255\nENDHDR\n\0",
        ] {
            assert!(is_pnm(picture), "{}", String::from_utf8_lossy(picture));
        }
        for note in [
            b"P1 was seen at 10 in the morning.".as_slice(),
            b"P2 10 20 30 men came",
            b"P3\n",
            b"P5 100 200 255 the witness said that nobody had come before then.",
            b"P7\nWIDTH of the room",
            b"PS 1 1 1 ",
            b"P6 0 5 255 \0\0",
        ] {
            assert!(!is_pnm(note), "{}", String::from_utf8_lossy(note));
        }
    }
}
