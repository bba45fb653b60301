//! Running heads and feet: lines that stand at the same place at the edge of
//! several pages and differ in their figures at most.

use std::collections::BTreeMap;

use super::lines::Line;

/// Lines looked at on each edge of a page.
const LINES_MAX: usize = 4;

/// What the edges of the pages seen so far looked like.
#[derive(Debug, Default)]
pub(super) struct Furniture {
    /// Signature and place, with the number of pages that have it.
    seen: BTreeMap<(bool, String, i32), u32>,
    pages: u32,
}

/// The lines of a page parted from its furniture.
#[derive(Debug, Default)]
pub(super) struct Parted {
    pub(super) head: Vec<Line>,
    pub(super) body: Vec<Line>,
    pub(super) foot: Vec<Line>,
}

/// Signatures kept; a file of pages that all differ must not fill memory.
const SEEN_MAX: usize = 20_000;

impl Furniture {
    /// Takes note of the edges of one page; `lines` from top to bottom.
    pub(super) fn see(&mut self, lines: &[Line]) {
        self.pages += 1;
        if self.seen.len() > SEEN_MAX {
            self.seen.retain(|_, count| *count > 1);
        }
        for (head, line) in edges(lines) {
            *self.seen.entry(key(head, line)).or_default() += 1;
        }
    }

    /// Parts the lines of a page that was seen.
    pub(super) fn part(&self, lines: Vec<Line>, top: f32, bottom: f32) -> Parted {
        let height = bottom - top;
        let heads = lines
            .iter()
            .take(LINES_MAX)
            .take_while(|line| line.base < top + height * 0.15 && self.repeats(true, line))
            .count();
        let feet = lines[heads..]
            .iter()
            .rev()
            .take(LINES_MAX)
            .take_while(|line| {
                line.base > bottom - height * 0.15
                    && (self.repeats(false, line)
                        || line.base > bottom - height * 0.1 && is_page_number(line))
            })
            .count();
        let mut parted = Parted::default();
        let body_end = lines.len() - feet;
        for (at, line) in lines.into_iter().enumerate() {
            if at < heads {
                parted.head.push(line);
            } else if at < body_end {
                parted.body.push(line);
            } else {
                parted.foot.push(line);
            }
        }
        parted
    }

    fn repeats(&self, head: bool, line: &Line) -> bool {
        let (_, signature, place) = key(head, line);
        // Column heads repeat as well, but belong to their table.
        if signature.is_empty() || line.gaps(1.0) >= 2 {
            return false;
        }
        // The place may fall on either side of a step.
        let count: u32 = (place - 1..=place + 1)
            .filter_map(|place| self.seen.get(&(head, signature.clone(), place)))
            .sum();
        let has_letters = signature.chars().any(char::is_alphabetic);
        if has_letters {
            count >= 3 || (count >= 2 && self.pages <= 3)
        } else {
            count >= 2
        }
    }
}

fn edges(lines: &[Line]) -> impl Iterator<Item = (bool, &Line)> {
    let heads = lines.iter().take(LINES_MAX).map(|line| (true, line));
    let feet = lines.iter().rev().take(LINES_MAX).map(|line| (false, line));
    heads.chain(feet)
}

/// The letters of a line with every number made one sign, and its place in
/// steps of four points.
fn key(head: bool, line: &Line) -> (bool, String, i32) {
    let mut signature = String::new();
    for c in line.text().chars().take(160) {
        if !c.is_numeric() {
            signature.push(c);
        } else if !signature.ends_with('#') {
            signature.push('#');
        }
    }
    #[expect(clippy::cast_possible_truncation, reason = "`as` saturates")]
    let place = (line.base / 4.0).round() as i32;
    (head, signature, place)
}

/// `12`, `- 12 -`, `12/40`, `[12]`: nothing but a number and its ornaments.
fn is_page_number(line: &Line) -> bool {
    let text = line.text();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    (1..=8).contains(&digits)
        && text.chars().count() <= 14
        && text
            .chars()
            .all(|c| c.is_ascii_digit() || " -–—/[]()|".contains(c))
}
