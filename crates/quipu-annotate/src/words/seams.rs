//! From text to tokens: white space parts it into chunks, and a linear model
//! over hashed features says at which seams inside a chunk a token ends.
//!
//! A seam lies beside a character that is neither letter nor number, or between
//! digit and letter. Features are strings; they are hashed as they grow and
//! never written out.

mod piece;

use std::ops::Range;

use super::hash::Hash;
use super::letters::class;
use crate::network::{ModelError, ModelFile};
use piece::{Chunk, PIECE, Piece, RUN, chunk};

/// How many weights there are.
const WEIGHTS: usize = 1 << 16;
const SALT: u32 = 77;

/// Weights of the hashed features.
#[derive(Debug, Clone)]
pub(crate) struct Seams {
    weights: Box<[i16; WEIGHTS]>,
}

impl Seams {
    /// Reads the weights.
    pub(crate) fn read(file: &ModelFile<'_>) -> Result<Self, ModelError> {
        let weights = file.shorts("tok.seams")?.into_boxed_slice().try_into();
        let weights =
            weights.map_err(|_| ModelError("`tok.seams` has not 65,536 weights".to_owned()))?;
        Ok(Self { weights })
    }

    /// Writes the byte ranges of the tokens, in order.
    pub(crate) fn tokens(&self, text: &str, out: &mut Vec<Range<u32>>) {
        out.clear();
        let mut piece = Piece::default();
        let mut rest = chunk(text, 0);
        while let Some(Chunk { range, seams }) = rest {
            rest = chunk(text, range.end);
            if seams || range.len() > PIECE {
                let next = rest.as_ref().and_then(|next| text.get(next.range.clone()));
                let next = next.and_then(|next| next.chars().next()).map_or('^', class);
                self.split(text, range, next, &mut piece, out);
            } else {
                push(out, range.start, range.end);
            }
        }
    }

    fn split(
        &self,
        text: &str,
        range: Range<usize>,
        next: char,
        piece: &mut Piece,
        out: &mut Vec<Range<u32>>,
    ) {
        let mut from = range.start;
        while let Some(rest) = text.get(from..range.end).filter(|rest| !rest.is_empty()) {
            let length = piece.set(rest);
            // The piece after this one is what follows it.
            let after = rest
                .get(length..)
                .and_then(|after| after.chars().next())
                .map_or(next, class);
            let mut start = from;
            for seam in 1..piece.letters.len() {
                if piece.is_seam(seam) && self.ends(piece, seam, after) {
                    let end = from + piece.offset(seam);
                    push(out, start, end);
                    start = end;
                }
            }
            from += length.max(1);
            push(out, start, from);
        }
    }

    /// Whether a token ends at a seam: the sum of the weights of its features.
    /// Each line is a feature, in the order of training.
    fn ends(&self, piece: &Piece, i: usize, next: char) -> bool {
        let (w, low, kinds, n) = (
            &piece.letters[..],
            &piece.lower[..],
            &piece.classes[..],
            piece.letters.len(),
        );
        let (Some(&before), Some(&after)) = (w.get(i.wrapping_sub(1)), w.get(i)) else {
            return false;
        };
        let left = |count: usize| w.get(i.saturating_sub(count)..i).unwrap_or_default();
        let right = |count: usize| w.get(i..n.min(i + count)).unwrap_or_default();
        let left_kinds = |count: usize| kinds.get(i.saturating_sub(count)..i).unwrap_or_default();
        let right_kinds = |count: usize| kinds.get(i..n.min(i + count)).unwrap_or_default();
        let mut sum = 0;
        let mut add = |hash: Hash| {
            sum += i32::from(self.weights.get(hash.place(1 << 16)).copied().unwrap_or(0));
        };
        add(const { named(b"b") });
        add(const { named(b"L1") }.with_char(before));
        add(const { named(b"R1") }.with_char(after));
        let both = |hash: Hash| hash.with_char(before).with_char(after);
        add(both(const { named(b"LR") }));
        add(const { named(b"l2") }.with_chars(left(2)));
        add(const { named(b"r2") }.with_chars(right(2)));
        add(const { named(b"L3") }.with_chars(left(3)));
        add(const { named(b"R3") }.with_chars(right(3)));
        let around = |hash: Hash, l: usize, r: usize| {
            hash.with_chars(left_kinds(l))
                .with(b" ")
                .with_chars(right_kinds(r))
        };
        add(const { named(b"lr") }
            .with_chars(left_kinds(1))
            .with_chars(right_kinds(1)));
        add(around(const { named(b"c22") }, 2, 2));
        add(around(const { named(b"c33") }, 3, 3));
        add(around(const { named(b"c42") }, 4, 1));
        add(around(const { named(b"c24") }, 1, 4));
        let (mut run_before, mut run_after) = ([' '; RUN], [' '; RUN]);
        let run_before = piece.run_before(i, &mut run_before);
        let run_after = piece.run_after(i, &mut run_after);
        add(const { named(b"le") }
            .with_chars(run_before)
            .with(b"|")
            .with_char(after));
        add(const { named(b"re") }
            .with_chars(run_after)
            .with(b"|")
            .with_char(before));
        add(both(
            const { named(b"ln") }.with_chars(run_before).with(b"|"),
        ));
        add(piece.start.with_number(i));
        let address = if piece.is_address {
            const { named(b"uTrue") }
        } else {
            const { named(b"uFalse") }
        };
        let place = |hash: Hash| {
            let hash = hash.with(b"(").with_number(i.min(3)).with(b", ");
            hash.with_number((n - i).min(3)).with(b")")
        };
        add(both(address));
        add(place(address));
        add(both(place(const { named(b"p") })));
        let last = i + 1 == n;
        let end = if last {
            const { named(b"eTrue") }
        } else {
            const { named(b"eFalse") }
        };
        add(end.with_char(before).with_chars(run_before));
        add(piece
            .outline
            .with_number(if i < 6 { i } else { n - i + 20 }));
        let end = if last {
            const { named(b"nxTrue") }
        } else {
            const { named(b"nxFalse") }
        };
        add(end.with_char(after).with_char(next));
        let so_far = low
            .get(i.min(low.len()).saturating_sub(12)..i.min(low.len()))
            .unwrap_or_default();
        add(const { named(b"nd") }
            .with_chars(right_kinds(1))
            .with_chars(so_far));
        add(both(piece.hyphens));
        sum > 0
    }
}

const fn named(name: &[u8]) -> Hash {
    Hash::new(SALT).with(name)
}

fn push(out: &mut Vec<Range<u32>>, start: usize, end: usize) {
    // Texts are shorter than 4 GB; what lies beyond is not annotated.
    if let (Ok(start), Ok(end)) = (u32::try_from(start), u32::try_from(end))
        && start < end
    {
        out.push(start..end);
    }
}

#[cfg(test)]
mod tests {
    use super::{PIECE, SALT, Seams, WEIGHTS};
    use crate::words::hash::Hash;

    /// Weights of zero but for the features named.
    fn seams(features: &[(&str, i16)]) -> Seams {
        let mut weights = Box::new([0; WEIGHTS]);
        for (feature, weight) in features {
            weights[Hash::new(SALT).with(feature.as_bytes()).place(1 << 16)] = *weight;
        }
        Seams { weights }
    }

    fn tokens<'a>(seams: &Seams, text: &'a str) -> Vec<&'a str> {
        let mut out = Vec::new();
        seams.tokens(text, &mut out);
        out.iter()
            .map(|range| &text[range.start as usize..range.end as usize])
            .collect()
    }

    #[test]
    fn white_space_parts_and_letters_stay_together() {
        let none = seams(&[]);
        assert_eq!(
            tokens(&none, " El año\u{a0}1989,\n\nen "),
            ["El", "año", "1989,", "en"]
        );
        assert!(tokens(&none, " \n\t").is_empty() && tokens(&none, "").is_empty());
    }

    #[test]
    fn every_feature_is_the_string_of_training() {
        // Each alone parts `Sr.Juan-3` there and nowhere else; made by the
        // training program.
        let cases = [
            ("L1n", "Sr.Juan|-3"),
            ("R1.", "Sr|.Juan-3"),
            ("LR-3", "Sr.Juan-|3"),
            ("l2n-", "Sr.Juan-|3"),
            ("r2Ju", "Sr.|Juan-3"),
            ("L3uan", "Sr.Juan|-3"),
            ("R3Jua", "Sr.|Juan-3"),
            ("lr.U", "Sr.|Juan-3"),
            ("c22l. Ul", "Sr.|Juan-3"),
            ("c33Ul .Ul", "Sr|.Juan-3"),
            ("c42Ull- d", ""),
            ("c42lll- d", "Sr.Juan-|3"),
            ("c24l .Ull", "Sr|.Juan-3"),
            ("lejuan|-", "Sr.Juan|-3"),
            ("rejuan|.", "Sr.|Juan-3"),
            ("lnsr|r.", "Sr|.Juan-3"),
            ("wsr.juan-38", "Sr.Juan-|3"),
            ("uFalse.J", "Sr.|Juan-3"),
            ("uFalse(3, 2)", "Sr.Juan|-3"),
            ("p(2, 3)r.", "Sr|.Juan-3"),
            ("eTrue-", "Sr.Juan-|3"),
            ("eFalser", ""),
            ("eFalsersr", "Sr|.Juan-3"),
            ("sqUl.Ul-d22", "Sr.Juan|-3"),
            ("sqUl.Ul-d2", "Sr|.Juan-3"),
            ("nxTrue3l", "Sr.Juan-|3"),
            ("ndUsr.", "Sr.|Juan-3"),
            ("h1Falsen-", "Sr.Juan|-3"),
        ];
        for (feature, expected) in cases {
            let text = "Sr.Juan-3 por";
            let split = tokens(&seams(&[(feature, 1)]), text);
            let split = split[..split.len() - 1].join("|");
            let expected = if expected.is_empty() {
                "Sr.Juan-3"
            } else {
                expected
            };
            assert_eq!(split, expected, "{feature}");
        }
        assert_eq!(tokens(&seams(&[("b", 1)]), "a.b1 c").len(), 5);
    }

    #[test]
    fn sigma_and_dotted_i_are_lowered_as_strings() {
        assert_eq!(
            tokens(&seams(&[("leλόγος|.", 1)]), "ΛΌΓΟΣ.a"),
            ["ΛΌΓΟΣ", ".a"]
        );
        assert_eq!(tokens(&seams(&[("rei\u{307}b|.", 1)]), ".İB"), [".", "İB"]);
    }

    #[test]
    fn long_chunks_are_worked_in_pieces_and_lose_nothing() {
        for unit in ["(", "a", "a1", "ñ-", "Σ", ".co", "a@"] {
            let text = unit.repeat(25_000 / unit.len());
            for seams in [seams(&[("b", 1)]), seams(&[("b", -1)])] {
                let tokens = tokens(&seams, &text);
                assert_eq!(tokens.concat(), text);
                assert!(tokens.iter().all(|token| token.chars().count() <= PIECE));
            }
        }
    }
}
