//! Pieces: the text cut into what is set as one paragraph, heading or row,
//! so that every character is shown once, whatever the reader's blocks say.

use quipu_model::{BlockKind, ReadDocument, Repaired, Span, ZoneKind};

/// A stretch that is set as one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Piece {
    /// Its words.
    pub(crate) span: Span<Repaired>,
    /// What it is.
    pub(crate) kind: BlockKind,
    /// The block it comes from; `None` for words outside every block.
    pub(crate) block: Option<usize>,
    /// The table and the row in it.
    pub(crate) row: Option<(usize, usize)>,
    /// The fold it lies in.
    pub(crate) zone: Option<ZoneKind>,
}

/// A paragraph longer than this is cut, so that no page grows without bound.
const LONGEST: usize = 6000;

/// All pieces in the order of the text.
pub(crate) fn pieces(document: &ReadDocument) -> Vec<Piece> {
    let text = document.repaired.text.as_str();
    let mut pieces = Vec::new();
    let mut done = 0usize;
    for piece in named(document) {
        let start = (piece.span.start() as usize).max(done);
        let end = piece.span.end() as usize;
        if start >= end {
            continue;
        }
        between(text, done, start, &mut pieces);
        let piece = Piece {
            span: Span::from_usize(start, end),
            ..piece
        };
        if piece.row.is_some() {
            pieces.push(piece);
        } else {
            cut(text, piece, &mut pieces);
        }
        done = end;
    }
    between(text, done, text.len(), &mut pieces);
    zoned(document, pieces)
}

/// Rows of tables and blocks, rows first where they share a place.
fn named(document: &ReadDocument) -> Vec<Piece> {
    let map = &document.repaired.map;
    let mut named = Vec::new();
    for (t, table) in document.transcript.tables.iter().enumerate() {
        for (r, row) in table.rows.iter().enumerate() {
            named.push(Piece {
                span: map.to_repaired(row.span),
                kind: BlockKind::TableRow,
                block: None,
                row: Some((t, r)),
                zone: None,
            });
        }
    }
    for (b, block) in document.transcript.blocks.iter().enumerate() {
        named.push(Piece {
            span: map.to_repaired(block.span),
            kind: block.kind,
            block: Some(b),
            row: None,
            zone: None,
        });
    }
    named.sort_by_key(|piece| {
        (
            piece.span.start(),
            piece.row.is_none(),
            u32::MAX - piece.span.end(),
        )
    });
    named
}

/// Words that lie in no block are paragraphs of their own.
fn between(text: &str, from: usize, to: usize, pieces: &mut Vec<Piece>) {
    let mut start = from;
    for paragraph in text.get(from..to).unwrap_or_default().split("\n\n") {
        let end = start + paragraph.len();
        if !paragraph.trim().is_empty() {
            let piece = Piece {
                span: Span::from_usize(start, end),
                kind: BlockKind::Paragraph,
                block: None,
                row: None,
                zone: None,
            };
            cut(text, piece, pieces);
        }
        start = end + 2;
    }
}

/// Cuts what is too long at the end of a sentence, a line or a word.
fn cut(text: &str, piece: Piece, pieces: &mut Vec<Piece>) {
    let (mut start, end) = (piece.span.start() as usize, piece.span.end() as usize);
    while end - start > LONGEST {
        let mut limit = start + LONGEST;
        while !text.is_char_boundary(limit) {
            limit -= 1;
        }
        let window = text.get(start..limit).unwrap_or_default();
        let at = ["\n", ". ", " "].iter().find_map(|mark| {
            window
                .rfind(mark)
                .map(|at| at + mark.len())
                .filter(|at| *at > LONGEST / 2)
        });
        let next = start + at.unwrap_or(window.len()).max(1);
        pieces.push(Piece {
            span: Span::from_usize(start, next),
            ..piece
        });
        start = next;
    }
    pieces.push(Piece {
        span: Span::from_usize(start, end),
        ..piece
    });
}

/// Says of every piece in which zone it lies, cutting it where a zone begins
/// or ends inside it. Rows stay whole: the zone of their first letter counts.
fn zoned(document: &ReadDocument, pieces: Vec<Piece>) -> Vec<Piece> {
    let text = document.repaired.text.as_str();
    let mut zones: Vec<_> = document.zones.iter().map(|z| (z.span, z.kind)).collect();
    zones.sort();
    let mut zones = zones.into_iter().peekable();
    let mut zoned = Vec::with_capacity(pieces.len());
    for piece in pieces {
        let mut start = piece.span.start();
        while start < piece.span.end() {
            while zones.next_if(|(zone, _)| zone.end() <= start).is_some() {}
            let (zone, end) = match zones.peek() {
                Some((zone, kind)) if zone.start() <= start => (Some(*kind), zone.end()),
                Some((zone, _)) => (None, zone.start()),
                None => (None, u32::MAX),
            };
            let whole =
                piece.row.is_some() || !text.is_char_boundary(end.min(piece.span.end()) as usize);
            let end = if whole {
                piece.span.end()
            } else {
                end.min(piece.span.end())
            };
            let span = Span::new(start, end);
            if span.of(text).is_some_and(|words| !words.trim().is_empty()) {
                zoned.push(Piece {
                    span,
                    zone,
                    ..piece
                });
            }
            start = end;
        }
    }
    zoned
}

#[cfg(test)]
mod tests {
    use quipu_model::{Block, Place, RepairedText, Transcript, Zone};

    use super::*;

    fn document(text: &str, blocks: &[(u32, u32)], zones: &[(u32, u32)]) -> ReadDocument {
        ReadDocument {
            transcript: Transcript {
                text: text.to_owned(),
                blocks: blocks
                    .iter()
                    .map(|(start, end)| Block {
                        span: Span::new(*start, *end),
                        kind: BlockKind::Heading,
                        place: Place::default(),
                    })
                    .collect(),
                ..Transcript::default()
            },
            repaired: RepairedText::untouched(text),
            zones: zones
                .iter()
                .map(|(start, end)| Zone {
                    span: Span::new(*start, *end),
                    kind: ZoneKind::Share,
                    rule: String::new(),
                })
                .collect(),
            ..ReadDocument::default()
        }
    }

    fn words(document: &ReadDocument) -> Vec<String> {
        let shown = pieces(document);
        shown
            .iter()
            .map(|piece| {
                let words = piece.span.of(&document.repaired.text).unwrap();
                let sign = if piece.zone.is_some() { "~" } else { "" };
                let kind = if piece.kind == BlockKind::Heading {
                    "#"
                } else {
                    ""
                };
                format!("{sign}{kind}{words}")
            })
            .collect()
    }

    #[test]
    fn words_outside_blocks_are_not_lost() {
        let document = document("One.\n\nTwo.\n\nThree.\n\nFour.", &[(6, 10)], &[]);
        assert_eq!(words(&document), ["One.", "#Two.", "Three.", "Four."]);
    }

    #[test]
    fn overlapping_blocks_show_every_letter_once() {
        let document = document("abcdefghij", &[(0, 6), (2, 4), (4, 10), (0, 10)], &[]);
        assert_eq!(words(&document).concat().replace('#', ""), "abcdefghij");
    }

    #[test]
    fn zones_cut_blocks() {
        let document = document("Story. Share this! More.", &[(0, 24)], &[(7, 18)]);
        assert_eq!(words(&document), ["#Story. ", "~#Share this!", "# More."]);
    }

    #[test]
    fn long_paragraphs_are_cut_between_words() {
        let text = "ñandú ".repeat(9000);
        let document = document(&text, &[], &[]);
        let words = words(&document);
        assert!(words.len() > 5 && words.iter().all(|w| w.len() <= LONGEST));
        assert_eq!(words.concat(), text);
    }
}
