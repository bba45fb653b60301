//! Lines become areas in the order of reading: columns are told by the white
//! river between them, and read one after the other; rows that only look like
//! columns (tables, numbered lists) stay together.

use super::lines::{Line, lines};
use super::words::Word;

/// White space narrower than this, in letter heights, parts no columns.
const RIVER_MIN: f32 = 0.7;
/// Columns within columns are looked for this deep.
const DEPTH_MAX: u32 = 4;
/// Places tried as rivers in one area.
const SEEDS_MAX: usize = 200;
/// Areas of one page.
const AREAS_MAX: usize = 64;

/// Cuts lines into areas, each of one column, in the order of reading.
pub(super) fn areas(all: Vec<Line>) -> Vec<Vec<Line>> {
    let mut done = Vec::new();
    // A stack instead of recursion; what is to be read first lies on top.
    let mut open = vec![(all, 0)];
    while let Some((area, depth)) = open.pop() {
        if area.is_empty() {
            continue;
        }
        let river = if depth < DEPTH_MAX && done.len() < AREAS_MAX {
            best_river(&area)
        } else {
            None
        };
        let Some(river) = river else {
            done.push(area);
            continue;
        };
        let (above, inside, below) = part(area, &river);
        let middle = f32::midpoint(river.from, river.to);
        let (left, right): (Vec<Word>, Vec<Word>) = inside
            .into_iter()
            .flat_map(|line| line.words)
            .partition(|word| f32::midpoint(word.from, word.to) < middle);
        open.push((below, depth));
        open.push((lines(right), depth + 1));
        open.push((lines(left), depth + 1));
        open.push((above, depth));
    }
    done
}

fn part(area: Vec<Line>, river: &River) -> (Vec<Line>, Vec<Line>, Vec<Line>) {
    let (mut above, mut inside, mut below) = (Vec::new(), Vec::new(), Vec::new());
    for (at, line) in area.into_iter().enumerate() {
        if at < river.first {
            above.push(line);
        } else if at <= river.last {
            inside.push(line);
        } else {
            below.push(line);
        }
    }
    (above, inside, below)
}

/// A stretch of white that runs down through lines.
#[derive(Debug, Clone, Copy)]
struct River {
    from: f32,
    to: f32,
    /// First and last line it runs through.
    first: usize,
    last: usize,
}

/// Stretches of a line that carry words, from left to right; gaps narrower
/// than a river are closed.
fn inked(line: &Line) -> Vec<(f32, f32)> {
    let mut words: Vec<(f32, f32)> = line.words.iter().map(|w| (w.from, w.to)).collect();
    words.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut runs: Vec<(f32, f32)> = Vec::new();
    for (from, to) in words {
        match runs.last_mut() {
            Some(run) if from - run.1 < line.em * RIVER_MIN => run.1 = run.1.max(to),
            _ => runs.push((from, to)),
        }
    }
    runs
}

fn best_river(area: &[Line]) -> Option<River> {
    if area.len() < 4 {
        return None;
    }
    let inked: Vec<Vec<(f32, f32)>> = area.iter().map(inked).collect();
    let mut best: Option<(usize, River)> = None;
    let mut tried: Vec<River> = Vec::new();
    for (at, runs) in inked.iter().enumerate() {
        let em = area[at].em;
        let mut seeds: Vec<(f32, f32)> = runs.windows(2).map(|two| (two[0].1, two[1].0)).collect();
        // Columns whose lines stand at different heights never share a line.
        if let (Some(next), [only]) = (inked.get(at + 1), runs.as_slice())
            && let [other] = next.as_slice()
        {
            if only.1 + em * RIVER_MIN < other.0 {
                seeds.push((only.1, other.0));
            } else if other.1 + em * RIVER_MIN < only.0 {
                seeds.push((other.1, only.0));
            }
        }
        for (from, to) in seeds {
            let known = tried.iter().any(|river| {
                river.first <= at && at <= river.last && river.from < to && from < river.to
            });
            if known || tried.len() >= SEEDS_MAX {
                continue;
            }
            let river = run_down(area, &inked, at, from, to);
            tried.push(river);
            if let Some(river) = trimmed(&inked, area, river)
                && parts_prose(area, &inked, &river)
            {
                let lines = river.last - river.first;
                if best.is_none_or(|(most, _)| lines > most) {
                    best = Some((lines, river));
                }
            }
        }
    }
    best.map(|(_, river)| river)
}

/// Follows the white up and down from one line as far as it stays wide enough.
fn run_down(area: &[Line], inked: &[Vec<(f32, f32)>], at: usize, from: f32, to: f32) -> River {
    let mut river = River {
        from,
        to,
        first: at,
        last: at,
    };
    let narrowed = |river: &River, line: usize| -> Option<(f32, f32)> {
        let (mut from, mut to) = (river.from, river.to);
        for &(a, b) in &inked[line] {
            if b <= from || a >= to {
                continue;
            }
            // Words reach into the white from one side or lie across it.
            if a <= from && b < to {
                from = b;
            } else if a > from && b >= to {
                to = a;
            } else {
                return None;
            }
        }
        (to - from >= area[line].em * RIVER_MIN).then_some((from, to))
    };
    for line in at + 1..area.len() {
        let Some((from, to)) = narrowed(&river, line) else {
            break;
        };
        (river.from, river.to, river.last) = (from, to, line);
    }
    for line in (0..at).rev() {
        let Some((from, to)) = narrowed(&river, line) else {
            break;
        };
        (river.from, river.to, river.first) = (from, to, line);
    }
    river
}

/// Takes lines off both ends that stand on one side only and apart from the
/// rest: they belong to what comes before or after.
fn trimmed(inked: &[Vec<(f32, f32)>], area: &[Line], mut river: River) -> Option<River> {
    let middle = f32::midpoint(river.from, river.to);
    let left = |line: usize| inked[line].iter().any(|run| run.1 <= middle);
    let right = |line: usize| inked[line].iter().any(|run| run.0 >= middle);
    let lines = river.first..=river.last;
    let first_left = lines.clone().find(|line| left(*line))?;
    let first_right = lines.clone().find(|line| right(*line))?;
    let last_left = lines.clone().rev().find(|line| left(*line))?;
    let last_right = lines.rev().find(|line| right(*line))?;
    // Both sides stand beside each other from here to there.
    let (both_from, both_to) = (first_left.max(first_right), last_left.min(last_right));
    if both_to <= both_from {
        return None;
    }
    while river.first < both_from {
        if (river.first..both_from).all(|line| apart_at(area, line) < 2.0) {
            break;
        }
        river.first += 1;
    }
    while river.last > both_to {
        if (both_to..river.last).all(|line| apart_at(area, line) < 2.4) {
            break;
        }
        river.last -= 1;
    }
    Some(river)
}

/// Space from one line to the next, in letter heights.
fn apart_at(area: &[Line], line: usize) -> f32 {
    match (area.get(line), area.get(line + 1)) {
        (Some(a), Some(b)) => (b.base - a.base) / a.em.max(b.em).max(0.1),
        _ => 0.0,
    }
}

/// Whether both sides read like running text in columns of their own.
fn parts_prose(area: &[Line], inked: &[Vec<(f32, f32)>], river: &River) -> bool {
    let middle = f32::midpoint(river.from, river.to);
    let mut sides = [Side::default(), Side::default()];
    for line in river.first..=river.last {
        let runs = &inked[line];
        let cut = runs.partition_point(|run| f32::midpoint(run.0, run.1) < middle);
        let (left, right) = runs.split_at(cut);
        for (side, runs) in sides.iter_mut().zip([left, right]) {
            let (Some(first), Some(last)) = (runs.first(), runs.last()) else {
                continue;
            };
            let letters: usize = area[line]
                .words
                .iter()
                .filter(|word| {
                    let at = f32::midpoint(word.from, word.to);
                    first.0 <= at && at <= last.1
                })
                .map(|word| word.text.chars().count())
                .sum();
            side.lines += 1;
            side.pieces += runs.len();
            side.letters += letters;
            side.inked += last.1 - first.0;
            side.from = side.from.min(first.0);
            side.to = side.to.max(last.1);
        }
    }
    sides.iter().all(Side::is_prose)
}

struct Side {
    lines: usize,
    pieces: usize,
    letters: usize,
    inked: f32,
    from: f32,
    to: f32,
}

impl Default for Side {
    fn default() -> Self {
        Self {
            lines: 0,
            pieces: 0,
            letters: 0,
            inked: 0.0,
            from: f32::MAX,
            to: f32::MIN,
        }
    }
}

impl Side {
    #[expect(clippy::cast_precision_loss, reason = "counts of lines and letters")]
    fn is_prose(&self) -> bool {
        if self.lines < 3 {
            return false;
        }
        let lines = self.lines as f32;
        let letters = self.letters as f32 / lines;
        let fill = self.inked / lines / (self.to - self.from).max(1.0);
        let pieces = self.pieces as f32 / lines;
        letters >= 16.0 && fill >= 0.55 && pieces < 1.6
    }
}
