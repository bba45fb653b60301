//! Texts, tables and models that no person ever wrote.

use proptest::prelude::*;
use quipu_annotate::Hands;

mod strange;

/// Numbers by chance, the same every time.
struct Chance(u64);

impl Chance {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 33) as usize % most
    }

    fn among<'a>(&mut self, parts: &[&'a [u8]]) -> &'a [u8] {
        parts[self.below(parts.len())]
    }
}

/// What has upset readers of text before.
const ODD: [&[u8]; 24] = [
    b"\xFF",
    b"\0",
    b"\xEF\xBB\xBF",
    b"\xED\xA0\x80",
    b"\xC3",
    "\u{200d}".as_bytes(),
    "a\u{301}".as_bytes(),
    "İ".as_bytes(),
    "ΑΣ".as_bytes(),
    "ß".as_bytes(),
    "ﬁ".as_bytes(),
    "👩‍👧".as_bytes(),
    "\u{2028}".as_bytes(),
    "\u{a0}".as_bytes(),
    b"\r\n\r\n",
    b"\x0C",
    b"\x1C",
    b"\t",
    b"don't ",
    b"S.A. ",
    b"a.b@c.es ",
    b"((((((((",
    b"1,234.56 ",
    "dámelo ".as_bytes(),
];

/// Bytes out of pieces, a few of them repeated.
fn pieces(chance: &mut Chance, parts: &[&[u8]], count: usize) -> Vec<u8> {
    let mut bytes = Vec::new();
    for _ in 0..count {
        let part = if chance.below(4) == 0 {
            chance.among(&ODD)
        } else {
            chance.among(parts)
        };
        let times = if chance.below(12) == 0 {
            1 + chance.below(60)
        } else {
            1
        };
        bytes.extend(part.repeat(times));
    }
    bytes
}

/// A few bytes changed, left out or doubled.
fn damaged(chance: &mut Chance, bytes: &[u8], times: usize) -> Vec<u8> {
    let mut bytes = bytes.to_vec();
    for _ in 0..times {
        let at = chance.below(bytes.len());
        match chance.below(4) {
            0 => bytes[at] ^= 1 << chance.below(8),
            1 => bytes[at] = [0, 0xFF, 0x7F, 0x80][chance.below(4)],
            2 => bytes.truncate(at.max(16)),
            _ => {
                let end = (at + 1 + chance.below(16)).min(bytes.len());
                bytes.copy_within(at..end, at / 2);
            }
        }
    }
    bytes
}

#[test]
fn any_bytes_are_annotated() {
    let mut chance = Chance(3);
    let words: [&[u8]; 12] = [
        b"He",
        b" ",
        b" paid",
        b". ",
        b", ",
        b"\n",
        b"\n\n",
        b"X-3",
        b"(",
        "«Sí»".as_bytes(),
        b"'s",
        b"PAGA ",
    ];
    for round in 0..300 {
        let count = 1 + chance.below(80);
        let mut bytes = Vec::new();
        if round % 2 == 0 {
            // Marks of languages and borders, in any order and anywhere.
            bytes.extend((0..3 * chance.below(8)).map(|_| chance.below(255) as u8));
            bytes.push(0xFF);
        }
        bytes.extend(pieces(&mut chance, &words, count));
        strange::annotate(&bytes);
    }
    for length in [0, 1, 2, 1000] {
        strange::annotate(&vec![0xFE; length]);
    }
}

#[test]
fn any_bytes_are_read_as_given_words() {
    let mut chance = Chance(4);
    let parts: [&[u8]; 18] = [
        b"1",
        b"2",
        b"2-3",
        b"1.1",
        b"99999999999999999999",
        b"\t",
        b"\t",
        b"\t",
        b"\n",
        b"\n",
        b"\n\n",
        b"# text = ",
        b"# text =",
        b"del mar",
        b"SpaceAfter=No",
        b"_",
        b"\t_\t_\t_\t_\t_\t_\t_\t",
        b"x",
    ];
    for _ in 0..2_000 {
        let count = 1 + chance.below(60);
        strange::given(&pieces(&mut chance, &parts, count));
    }
    strange::given("1\t\u{a0}\n\n1-2\ta b\n1\ta\n2\t\n3\t c \n".as_bytes());
}

#[test]
fn any_bytes_are_refused_or_used_as_a_model() {
    let mut chance = Chance(5);
    let sound = strange::tiny::model("es", 7);
    strange::model(&sound);
    let directory = 16 + u32::from_le_bytes(sound[12..16].try_into().expect("four")) as usize;
    for round in 0..600 {
        let times = 1 + chance.below(4);
        let mut bytes = sound.clone();
        if round % 3 == 0 {
            strange::model(&damaged(&mut chance, &sound, times));
        } else {
            // Most damage would fall on weights: here it falls on the directory.
            for _ in 0..times {
                let at = chance.below(directory);
                bytes[at] = [0, 1, 3, 0x40, 0x7F, 0x80, 0xFF][chance.below(7)];
            }
            strange::model(&bytes);
        }
    }
}

#[test]
fn sizes_whose_product_overflows_are_refused() {
    // The first two dimensions of the word vectors: nothing times very much.
    let mut bytes = strange::tiny::model("es", 7);
    let name = bytes.windows(6).position(|six| six == b"word\x01\x02");
    let at = name.expect("the entry of `word`") + 6;
    bytes[at..at + 4].fill(0);
    bytes[at + 4..at + 8].fill(0xFF);
    bytes[at + 16..at + 24].fill(0);
    assert!(quipu_annotate::Annotator::read(&[&bytes], strange::packs()).is_err());
}

/// Any text at all, but mostly what is found in texts.
fn text() -> impl Strategy<Value = String> {
    let part = prop_oneof![
        4 => "[a-zñáA-Z]{1,12}",
        2 => "[0-9.,/-]{1,8}",
        2 => Just(" ".to_owned()),
        1 => "[.!?] ",
        1 => "(\n|\n\n|\r\n|\t)",
        1 => "[(\\[{«\"'’]{1,5}",
        1 => any::<char>().prop_map(String::from),
        1 => "\\PC{1,30}",
    ];
    prop::collection::vec(part, 0..120).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(120))]

    #[test]
    fn any_text_keeps_the_rules(text in text(), marks in prop::collection::vec(0..255_u8, 0..30)) {
        let mut bytes = marks;
        bytes.push(0xFF);
        bytes.extend(text.bytes());
        strange::annotate(&bytes);
    }

    #[test]
    fn what_is_told_of_a_paragraph_stands_alone(one in text(), other in text()) {
        // What is told of the second is what is told of it alone, whatever the
        // memory has seen.
        let joined = format!("{one}\n\n{other}");
        let border = u32::try_from(one.len() + 2).expect("short");
        let annotator = strange::annotator();
        let mut hands = Hands::default();
        let whole = annotator.annotate(&joined, &[], &[border], &mut hands);
        let _ = annotator.annotate(&one, &[], &[], &mut hands);
        let second = annotator.annotate(&other, &[], &[], &mut Hands::default());
        let known = whole.sentences.len() - second.sentences.len();
        for (sentence, alone) in whole.sentences[known..].iter().zip(&second.sentences) {
            let heads = |tokens: &[quipu_model::Token]| -> Vec<_> {
                tokens.iter().map(|t| (t.head, t.lemma.clone(), t.relation.clone())).collect()
            };
            prop_assert_eq!(heads(&sentence.tokens), heads(&alone.tokens));
        }
    }
}
