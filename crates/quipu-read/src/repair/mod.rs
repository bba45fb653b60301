//! Repair with a way back: every edit is kept and can be seen.
//!
//! What damage looks like is data in `languages/*/repair.toml`; here are the
//! engines. They run one after the other, each on the text the one before it
//! left, and a text in which a cheap look finds nothing is not looked at twice.

mod breaks;
mod check;
mod context;
mod debris;
mod ocr;
mod sequences;
mod shapes;
mod voice;
mod words;

use std::collections::HashSet;
use std::ops::Range;

use quipu_model::{OffsetMap, RepairedText, Repairer, TextOrigin, Transcript};
use quipu_packs::{Engine, Packs, RepairRule};

pub use check::check_repair;

/// One change an engine asks for.
struct Fix<'r> {
    range: Range<usize>,
    becomes: String,
    rule: &'r RepairRule,
}

/// Repairs a transcript; the pages read by OCR get the rules for OCR too.
pub(crate) fn repair(transcript: &Transcript, packs: &Packs) -> RepairedText {
    let mut scanned: Vec<Range<usize>> = Vec::new();
    for page in &transcript.pages {
        if matches!(page.origin, TextOrigin::OcrRten | TextOrigin::OcrTesseract) {
            scanned.push(page.span.range());
        }
    }
    repair_parts(&transcript.text, &scanned, packs)
}

/// Repairs a text that no OCR has read.
#[must_use]
pub fn repair_text(text: &str, packs: &Packs) -> RepairedText {
    repair_parts(text, &[], packs)
}

/// Repairs a text of which `scanned` stretches were read by OCR.
fn repair_parts<'p>(text: &str, scanned: &[Range<usize>], packs: &'p Packs) -> RepairedText {
    let signs = Signs::look(text);
    let mut done = RepairedText::untouched(text);
    let mut pass = |wanted: bool, engine: &dyn Fn(&str) -> Vec<Fix<'p>>| {
        if wanted {
            take(&mut done, engine);
        }
    };
    pass(signs.debris, &|text| debris::entities(text, packs));
    pass(signs.debris, &|text| debris::numbers(text, packs));
    // From here on the text may hold what entities and numbers stood for.
    let wide = signs.beyond_ascii || signs.debris;
    pass(wide, &|text| sequences::sequences(text, packs));
    pass(wide, &|text| words::words(text, packs));
    pass(wide, &|text| words::controls(text, packs));
    pass(wide, &|text| context::signs(text, packs));
    pass(signs.line_ends, &|text| breaks::line_ends(text, packs));
    pass(wide || signs.controls, &|text| shapes::signs(text, packs));
    pass(signs.spaced, &|text| breaks::letter_spacing(text, packs));
    if !scanned.is_empty() {
        let now: Vec<Range<usize>> = scanned
            .iter()
            .map(|range| {
                let span = quipu_model::Span::from_usize(range.start, range.end);
                done.map.to_repaired(span).range()
            })
            .collect();
        take(&mut done, &|text| ocr::confusions(text, &now, packs));
    }
    done
}

/// Carries out what an engine asks for and joins it to what was done before.
fn take<'p>(done: &mut RepairedText, engine: &dyn Fn(&str) -> Vec<Fix<'p>>) {
    let second = {
        let mut fixes = engine(&done.text);
        if fixes.is_empty() {
            return;
        }
        fixes.sort_by_key(|fix| (fix.range.start, fix.range.end));
        let mut repairer = Repairer::new(&done.text);
        for fix in fixes {
            repairer.replace(fix.range, &fix.becomes, fix.rule.kind, &fix.rule.name);
        }
        repairer.finish()
    };
    let map: OffsetMap = done.map.then(&second.map);
    done.text = second.text;
    done.map = map;
}

/// The rules an engine carries out.
fn rules(packs: &Packs, engine: Engine) -> impl Iterator<Item = &RepairRule> {
    packs
        .repair_rules()
        .iter()
        .filter(move |rule| rule.engine == engine)
}

/// What a first look at the bytes shows.
#[derive(Debug, Default)]
struct Signs {
    beyond_ascii: bool,
    controls: bool,
    debris: bool,
    line_ends: bool,
    spaced: bool,
}

impl Signs {
    fn look(text: &str) -> Self {
        let bytes = text.as_bytes();
        // Whole blocks at a time, without branches, so that sound ASCII costs
        // next to nothing.
        let (mut high, mut low) = (false, false);
        for block in bytes.chunks(256) {
            let mut any = 0u8;
            let mut control = 0u8;
            for &byte in block {
                any |= byte;
                control |=
                    u8::from(byte < 0x20) & u8::from(byte != b'\n') & u8::from(byte != b'\t');
                control |= u8::from(byte == 0x7F);
            }
            high |= any >= 0x80;
            low |= control != 0;
        }
        let finder = |needle: &[u8]| memchr::memmem::find(bytes, needle).is_some();
        Self {
            beyond_ascii: high,
            controls: low,
            debris: memchr::memchr3(b'&', b'<', b'\\', bytes).is_some(),
            line_ends: finder(b"-\n")
                || (high && (finder("\u{AD}\n".as_bytes()) || finder("¬\n".as_bytes()))),
            spaced: memchr::memchr_iter(b' ', bytes).any(|at| {
                bytes.get(at + 2) == Some(&b' ')
                    && bytes.get(at + 4) == Some(&b' ')
                    && bytes.get(at + 1).is_some_and(u8::is_ascii_alphabetic)
                    && bytes.get(at + 3).is_some_and(u8::is_ascii_alphabetic)
            }),
        }
    }
}

/// The character before a place.
fn before(text: &str, at: usize) -> Option<char> {
    text.get(..at)?.chars().next_back()
}

/// The character that starts at a place.
fn after(text: &str, at: usize) -> Option<char> {
    text.get(at..)?.chars().next()
}

fn is_letter(c: Option<char>) -> bool {
    c.is_some_and(char::is_alphabetic)
}

/// Every word of the text that begins with a capital.
fn names_in(text: &str) -> HashSet<&str> {
    let words = text.split(|c: char| !c.is_alphabetic());
    words
        .filter(|word| word.chars().next().is_some_and(char::is_uppercase))
        .collect()
}

/// Every character beyond ASCII with its place; stretches of ASCII are passed
/// over eight bytes at a time.
fn beyond_ascii(text: &str) -> impl Iterator<Item = (usize, char)> {
    let bytes = text.as_bytes();
    let mut at = 0;
    std::iter::from_fn(move || {
        while let Some(eight) = bytes.get(at..at + 8) {
            let word = u64::from_le_bytes(eight.try_into().unwrap_or([0x80; 8]));
            let high = word & 0x8080_8080_8080_8080;
            if high != 0 {
                at += high.trailing_zeros() as usize / 8;
                break;
            }
            at += 8;
        }
        while bytes.get(at).is_some_and(u8::is_ascii) {
            at += 1;
        }
        let c = after(text, at)?;
        let here = at;
        at += c.len_utf8();
        Some((here, c))
    })
}

/// The places of a sign.
fn places<'t>(text: &'t str, sign: &str) -> impl Iterator<Item = usize> + 't {
    let finder = memchr::memmem::Finder::new(sign).into_owned();
    let mut from = 0;
    let long = sign.len().max(1);
    std::iter::from_fn(move || {
        let at = from + finder.find(text.as_bytes().get(from..)?)?;
        from = at + long;
        Some(at)
    })
}

/// The run of letters (and what `also` allows) around `range`.
fn word_around(text: &str, range: &Range<usize>, also: impl Fn(char) -> bool) -> Range<usize> {
    let belongs = |c: &char| c.is_alphabetic() || also(*c);
    let left: usize = text[..range.start]
        .chars()
        .rev()
        .take(64)
        .take_while(belongs)
        .map(char::len_utf8)
        .sum();
    let right: usize = text[range.end..]
        .chars()
        .take(64)
        .take_while(belongs)
        .map(char::len_utf8)
        .sum();
    range.start - left..range.end + right
}

/// Whether any language has the word.
fn known(packs: &Packs, word: &str) -> bool {
    packs
        .languages()
        .iter()
        .any(|language| language.words.knows(word))
}

/// Whether any language has the word or builds words so.
fn accepted(packs: &Packs, word: &str) -> bool {
    packs
        .languages()
        .iter()
        .any(|language| language.accepts(word))
}

/// Whether a letter belongs to the alphabet of a language, in either case.
fn at_home(packs: &Packs, c: char) -> bool {
    let mut lower = c.to_lowercase();
    let letter = lower.next().unwrap_or(c);
    packs
        .languages()
        .iter()
        .any(|language| language.letters.contains(letter) || language.marks.contains(c))
}
