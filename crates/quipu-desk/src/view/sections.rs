//! Sections: a long document in portions that a browser and a person can take in.

use quipu_model::{BlockKind, ReadDocument, Reading};

use super::pieces::Piece;

/// What one section may weigh, in bytes of the page it makes, roughly.
const BUDGET: usize = 42_000;

/// What the card of a time or an amount weighs, and its line beside the text,
/// packed for the way.
const EXPRESSION: usize = 200;

/// What the card of a claim weighs with its lines, packed for the way.
const CLAIM: usize = 120;

/// The pieces of one section, `from..to`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Section {
    pub(crate) from: usize,
    pub(crate) to: usize,
}

/// Divides pieces so that no section weighs too much. The division depends on
/// the document and its reading alone, never on the question, so that addresses
/// stay right.
pub(crate) fn sections(
    document: &ReadDocument,
    reading: &Reading,
    pieces: &[Piece],
) -> Vec<Section> {
    let mut sections = Vec::new();
    let (mut from, mut weight) = (0, 0);
    let mut page = None;
    for (i, piece) in pieces.iter().enumerate() {
        let meant = reading.times_in(piece.span).len() + reading.amounts_in(piece.span).len();
        let said = reading.claims_in(piece.span).len();
        let own = weigh(document, piece) + EXPRESSION * meant + CLAIM * said;
        let piece_page = page_of(document, piece);
        // The last third of the budget is used to end at a fair place.
        let fair = piece.kind == BlockKind::Heading || piece_page != page;
        page = piece_page;
        if i > from && (weight + own > BUDGET || (fair && weight > BUDGET * 2 / 3)) {
            sections.push(Section { from, to: i });
            (from, weight) = (i, 0);
        }
        weight += own;
    }
    if from < pieces.len() || sections.is_empty() {
        sections.push(Section {
            from,
            to: pieces.len(),
        });
    }
    sections
}

pub(crate) fn page_of(document: &ReadDocument, piece: &Piece) -> Option<u32> {
    let span = document.repaired.map.to_transcribed(piece.span);
    document.transcript.page_of(span)
}

fn weigh(document: &ReadDocument, piece: &Piece) -> usize {
    let edits = document.repaired.map.edits();
    let from = edits.partition_point(|e| e.repaired.end() <= piece.span.start());
    let to = edits.partition_point(|e| e.repaired.start() < piece.span.end());
    let cells = piece.row.map_or(0, |(t, r)| {
        let table = document.transcript.tables.get(t);
        table
            .and_then(|t| t.rows.get(r))
            .map_or(0, |row| row.cells.len())
    });
    piece.span.len() as usize + 130 + 190 * to.saturating_sub(from) + 60 * cells
}
