//! Chunks of text, and what is seen of one at all its seams.

use std::ops::Range;

use super::named;
use crate::words::hash::Hash;
use crate::words::letters::{class, is_blank, is_digit, is_word};

/// Characters of a chunk that are looked at together: a longer one (a line of
/// code, a table without blanks) is worked in pieces, which also bounds how
/// long a token gets.
pub(super) const PIECE: usize = 1000;

/// A run of characters that are not blank.
#[derive(Debug)]
pub(super) struct Chunk {
    pub(super) range: Range<usize>,
    /// Whether there is a seam inside.
    pub(super) seams: bool,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Letter,
    Digit,
    Other,
}

#[inline(always)]
fn kind(c: char) -> Kind {
    match () {
        () if c.is_ascii_alphabetic() => Kind::Letter,
        () if is_digit(c) => Kind::Digit,
        () if is_word(c) => Kind::Letter,
        () => Kind::Other,
    }
}

fn is_seam(before: Kind, after: Kind) -> bool {
    before != after || before == Kind::Other
}

/// The next chunk of a text.
pub(super) fn chunk(text: &str, from: usize) -> Option<Chunk> {
    let rest = text.get(from..)?;
    let start = from + rest.find(|c| !is_blank(c))?;
    let bytes = text.as_bytes().get(start..)?;
    // Most chunks are letters alone.
    let letters = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_alphabetic())
        .count();
    match bytes.get(letters) {
        None | Some(b' ' | b'\n') if letters > 0 => {
            return Some(Chunk {
                range: start..start + letters,
                seams: false,
            });
        }
        _ => {}
    }
    let after = start + letters;
    let mut seams = false;
    let mut last = (letters > 0).then_some(Kind::Letter);
    let mut end = text.len();
    for (at, c) in text.get(after..)?.char_indices() {
        if is_blank(c) {
            end = after + at;
            break;
        }
        let kind = kind(c);
        seams |= last.is_some_and(|last| is_seam(last, kind));
        last = Some(kind);
    }
    Some(Chunk {
        range: start..end,
        seams,
    })
}

/// Letters before and after a seam that are looked at.
pub(super) const RUN: usize = 8;
/// Letters from which [`RUN`] are left after lower-casing; a sigma looks this
/// far for the end of its word.
const RUN_READ: usize = 24;

/// A chunk, or a part of a long one, with what is computed once for it.
#[derive(Debug, Default)]
pub(super) struct Piece {
    pub(super) letters: Vec<char>,
    /// In lower case; its places are those of `letters` unless `uneven`.
    pub(super) lower: Vec<char>,
    pub(super) classes: Vec<char>,
    offsets: Vec<usize>,
    /// Whether lower-casing looks at neighbours (Σ) or changes the length (İ).
    uneven: bool,
    pub(super) is_address: bool,
    pub(super) start: Hash,
    pub(super) outline: Hash,
    pub(super) hyphens: Hash,
}

impl Piece {
    /// Takes the beginning of a chunk; the bytes taken.
    pub(super) fn set(&mut self, chunk: &str) -> usize {
        self.letters.clear();
        self.offsets.clear();
        self.classes.clear();
        self.lower.clear();
        for (at, c) in chunk.char_indices().take(PIECE + 1) {
            self.letters.push(c);
            self.offsets.push(at);
        }
        let mut length = chunk.len();
        if self.letters.len() > PIECE {
            // Better between words than inside one.
            let seam = (PIECE / 2..=PIECE)
                .rev()
                .find(|seam| self.is_seam(*seam))
                .unwrap_or(PIECE);
            length = self.offset(seam);
            self.letters.truncate(seam);
            self.offsets.truncate(seam);
        }
        let chunk = chunk.get(..length).unwrap_or_default();
        self.classes.extend(self.letters.iter().map(|c| class(*c)));
        self.uneven = !chunk.is_ascii() && chunk.contains(['Σ', 'İ']);
        if self.uneven {
            self.lower.extend(chunk.to_lowercase().chars());
        } else {
            self.lower.extend(self.letters.iter().map(|c| small(*c)));
        }
        self.is_address = is_address(&self.letters);
        self.start = named(b"w").with_chars(self.lower.get(..16).unwrap_or(&self.lower));
        let mut outline = named(b"sq");
        let mut last = None;
        for class in self.classes.iter().take(24) {
            if last != Some(*class) {
                outline = outline.with_char(*class);
            }
            last = Some(*class);
        }
        self.outline = outline;
        let hyphens = self.letters.iter().filter(|c| **c == '-').count();
        let long: &[u8] = if self.letters.len() > 12 {
            b"True"
        } else {
            b"False"
        };
        self.hyphens = named(b"h").with_number(hyphens).with(long);
        length
    }

    pub(super) fn offset(&self, letter: usize) -> usize {
        self.offsets.get(letter).copied().unwrap_or_default()
    }

    pub(super) fn is_seam(&self, i: usize) -> bool {
        match (self.letters.get(i.wrapping_sub(1)), self.letters.get(i)) {
            (Some(before), Some(after)) => is_seam(kind(*before), kind(*after)),
            _ => false,
        }
    }

    /// The last letters and numbers of the run before a seam, in lower case.
    pub(super) fn run_before<'a>(&'a self, i: usize, own: &'a mut [char; RUN]) -> &'a [char] {
        let read = if self.uneven { RUN_READ } else { RUN };
        let from = (i.saturating_sub(read)..i)
            .rev()
            .take_while(|at| self.is_word(*at))
            .last()
            .unwrap_or(i);
        if !self.uneven {
            return self.lower.get(from..i).unwrap_or_default();
        }
        let run = lowered(self.letters.get(from..i).unwrap_or_default());
        let run = run.get(run.len().saturating_sub(RUN)..).unwrap_or_default();
        copied(run, own)
    }

    /// The first letters and numbers of the run after a seam, in lower case.
    pub(super) fn run_after<'a>(&'a self, i: usize, own: &'a mut [char; RUN]) -> &'a [char] {
        let read = if self.uneven { RUN_READ } else { RUN };
        let until = i
            + (i..self.letters.len())
                .take(read)
                .take_while(|at| self.is_word(*at))
                .count();
        if !self.uneven {
            return self.lower.get(i..until).unwrap_or_default();
        }
        let run = lowered(self.letters.get(i..until).unwrap_or_default());
        copied(run.get(..RUN).unwrap_or(&run), own)
    }

    fn is_word(&self, at: usize) -> bool {
        self.letters.get(at).is_some_and(|c| is_word(*c))
    }
}

fn lowered(letters: &[char]) -> Vec<char> {
    letters
        .iter()
        .collect::<String>()
        .to_lowercase()
        .chars()
        .collect()
}

fn copied<'a>(letters: &[char], own: &'a mut [char; RUN]) -> &'a [char] {
    own.iter_mut()
        .zip(letters)
        .for_each(|(own, letter)| *own = *letter);
    own.get(..letters.len()).unwrap_or_default()
}

#[inline(always)]
fn small(c: char) -> char {
    if c.is_ascii() {
        c.to_ascii_lowercase()
    } else {
        c.to_lowercase().next().unwrap_or(c)
    }
}

/// Ends of names of hosts and files.
const ENDINGS: [&str; 12] = [
    "com", "org", "net", "gov", "edu", "htm", "html", "co", "us", "uk", "es", "pe",
];

/// Whether a chunk looks like an address of the web or of mail: it begins with
/// `http://`, `https://`, `www.` or `name@host.`, or has `.com` and the like in
/// it.
fn is_address(letters: &[char]) -> bool {
    let begins = |from: usize, word: &str| {
        word.chars().enumerate().all(|(at, c)| {
            letters
                .get(from + at)
                .is_some_and(|letter| folded(*letter) == c)
        })
    };
    let part = |c: char| is_word(c) || c == '_';
    if begins(0, "http://") || begins(0, "https://") || begins(0, "www.") {
        return true;
    }
    let name = letters
        .iter()
        .take_while(|c| part(**c) || matches!(c, '.' | '+' | '-'))
        .count();
    if name > 0 && letters.get(name) == Some(&'@') {
        let host = letters
            .iter()
            .skip(name + 1)
            .take_while(|c| part(**c) || **c == '-')
            .count();
        if host > 0 && letters.get(name + 1 + host) == Some(&'.') {
            return true;
        }
    }
    let dots = letters.iter().enumerate().filter(|(_, c)| **c == '.');
    dots.into_iter().any(|(dot, _)| {
        ENDINGS.iter().any(|ending| {
            begins(dot + 1, ending)
                && !letters
                    .get(dot + 1 + ending.len())
                    .is_some_and(|c| part(*c))
        })
    })
}

/// A letter without case, two letters that fold to ASCII included.
fn folded(c: char) -> char {
    match c {
        'ſ' => 's',
        '\u{212a}' => 'k',
        _ => c.to_ascii_lowercase(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, is_address, is_seam, kind};

    #[test]
    fn addresses_are_known() {
        let address = |text: &str| is_address(&text.chars().collect::<Vec<_>>());
        for text in [
            "http://a",
            "HTTPS://a",
            "www.x",
            "a.b@c-d.e",
            "(see:x.com)",
            "x.html",
            "x.CO.uk",
        ] {
            assert!(address(text), "{text}");
        }
        for text in [
            "http:/a", "wwwx", "a@b", "@b.c", "x.comx", "e.g.", "x.html5", ".co_",
        ] {
            assert!(!address(text), "{text}");
        }
    }

    #[test]
    fn a_piece_ends_at_a_seam_where_there_is_one() {
        let text = format!("{}-{}", "a".repeat(700), "b".repeat(700));
        let mut piece = Piece::default();
        assert_eq!(piece.set(&text), 701);
        assert!(is_seam(kind('-'), kind('b')) && !is_seam(kind('a'), kind('½')));
    }
}
