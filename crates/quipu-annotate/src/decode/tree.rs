//! The best tree over the words of a sentence with exactly one word under the
//! root (Chu and Liu 1965; Edmonds 1967), in time that grows with the square of
//! the sentence (Tarjan 1977; Gabow et al. 1986).
//!
//! From a word a path climbs along the best governors. Where it meets itself
//! the words of the cycle become one, in whose row stands what each governor
//! from outside would gain over the governor that it drives out. Every word may
//! govern every other, so the path ends when all words have become one, and
//! only then the root is asked for: the best word for it to govern is that of
//! the best tree with one word under the root, and no tree with two is ever
//! looked at. Going back, each cycle is opened where its governor came in.

use crate::kernel::wide;

#[cfg(test)]
mod tests;

/// Worse than any score.
const NEVER: f64 = f64::NEG_INFINITY;
/// Scores are held to this size, so that sums of them stay numbers.
const LARGEST: f64 = 1e6;

/// Finds trees; its memory is used again and again.
///
/// A node is a word (1 to the number of words) or a cycle that became one
/// (above that).
#[derive(Debug, Default)]
pub(crate) struct Trees {
    /// Row of a dependent, the first word's first; column of a governor, 0 for
    /// the root. The row of a cycle is that of one of its words.
    scores: Vec<f64>,
    /// Beside every score the word inside the dependent that it is for.
    inside: Vec<u32>,
    /// The node that each word is in now.
    owner: Vec<u32>,
    nodes: Vec<Node>,
    /// The nodes climbed so far, the last one without a governor.
    path: Vec<u32>,
    heads: Vec<u32>,
}

#[derive(Debug, Clone, Copy, Default)]
struct Node {
    /// The cycle that it became part of; 0 for none.
    cycle: u32,
    /// Its row of scores.
    row: u32,
    climbed: bool,
    /// Its governor: a word and the word inside that it governs.
    head: u32,
    dependent: u32,
    score: f64,
}

impl Trees {
    /// The governor of every word, counted from 1; 0 is the root. `scores` has
    /// a row for every word and a column for every governor, 0 for the root; a
    /// word as its own governor is not read. Among equal scores of a word the
    /// first governor wins.
    pub(crate) fn best(&mut self, scores: &[f32], words: usize) -> &[u32] {
        self.heads.clear();
        let size = words + 1;
        let Some(scores) = scores.get(..words * size) else {
            return &self.heads;
        };
        self.heads.resize(words, 0);
        governors(scores, &mut self.heads);
        if !self.is_tree() {
            self.set(scores, size);
            self.climb(size);
            self.open(words);
        }
        &self.heads
    }

    /// Whether exactly one word hangs on the root, and all others on it.
    fn is_tree(&mut self) -> bool {
        let heads = &self.heads;
        if heads.is_empty() {
            return true;
        }
        if heads.iter().filter(|head| **head == 0).count() != 1 {
            return false;
        }
        // 0: not seen; otherwise the walk that came by.
        self.owner.clear();
        self.owner.resize(heads.len() + 1, 0);
        for start in 1..=heads.len() {
            let walk = start as u32;
            let mut at = start;
            while at != 0 && self.owner[at] == 0 {
                self.owner[at] = walk;
                at = heads[at - 1] as usize;
            }
            if at != 0 && self.owner[at] == walk {
                return false;
            }
        }
        true
    }

    /// Every word for itself.
    fn set(&mut self, scores: &[f32], size: usize) {
        self.scores.clear();
        self.scores.extend(scores.iter().map(|score| {
            // What is no number is the worst of all.
            let score = f64::from(score.max(f32::MIN));
            score.clamp(-LARGEST, LARGEST)
        }));
        self.inside.clear();
        self.owner.clear();
        self.nodes.clear();
        self.owner.push(0);
        self.nodes.push(Node::default());
        for word in 1..size {
            self.scores[(word - 1) * size + word] = NEVER;
            self.inside.extend(std::iter::repeat_n(word as u32, size));
            self.owner.push(word as u32);
            self.nodes.push(Node {
                row: word as u32 - 1,
                ..Node::default()
            });
        }
    }

    /// Climbs from the first word until all words are one node.
    fn climb(&mut self, size: usize) {
        self.path.clear();
        self.path.push(1);
        self.nodes[1].climbed = true;
        while let Some(&top) = self.path.last() {
            let row = self.nodes[top as usize].row as usize * size;
            let mut found = (0, NEVER);
            highest(&self.scores[row + 1..row + size], &mut found);
            let (head, score) = (found.0 + 1, found.1);
            if score == NEVER {
                break;
            }
            let dependent = self.inside[row + head];
            let node = &mut self.nodes[top as usize];
            (node.head, node.dependent, node.score) = (head as u32, dependent, score);
            let next = self.owner[head];
            if self.nodes[next as usize].climbed {
                self.merge(next, size);
            } else {
                self.nodes[next as usize].climbed = true;
                self.path.push(next);
            }
        }
    }

    /// The path from a node on becomes one.
    fn merge(&mut self, from: u32, size: usize) {
        let cycle = self.nodes.len() as u32;
        let Node { row, score, .. } = self.nodes[from as usize];
        let own = row as usize * size;
        self.nodes[from as usize].cycle = cycle;
        self.scores[own..own + size]
            .iter_mut()
            .for_each(|x| *x -= score);
        while let Some(node) = self.path.pop().filter(|node| *node != from) {
            let node = &mut self.nodes[node as usize];
            node.cycle = cycle;
            let other = node.row as usize * size;
            let [into, of] = two_rows(&mut self.scores, own, other, size);
            let [into_inside, of_inside] = two_rows(&mut self.inside, own, other, size);
            join(into, into_inside, of, of_inside, node.score);
        }
        for (word, owner) in self.owner.iter_mut().enumerate().skip(1) {
            if self.nodes[*owner as usize].cycle == cycle {
                *owner = cycle;
                self.scores[own + word] = NEVER;
            }
        }
        self.nodes.push(Node {
            row,
            climbed: true,
            ..Node::default()
        });
        self.path.push(cycle);
    }

    /// Puts the root over the last node and opens all cycles again, the last
    /// one first.
    fn open(&mut self, words: usize) {
        let Some(last) = self.nodes.last_mut() else {
            return;
        };
        last.head = 0;
        last.dependent = self.inside[last.row as usize * (words + 1)];
        for cycle in (words + 1..self.nodes.len()).rev() {
            let Node {
                head, dependent, ..
            } = self.nodes[cycle];
            let mut part = dependent as usize;
            while self.nodes[part].cycle as usize != cycle {
                part = self.nodes[part].cycle as usize;
            }
            self.nodes[part].head = head;
            self.nodes[part].dependent = dependent;
        }
        self.heads.clear();
        self.heads
            .extend(self.nodes[1..=words].iter().map(|node| node.head));
    }
}

/// Two rows at once.
fn two_rows<T>(all: &mut [T], one: usize, other: usize, size: usize) -> [&mut [T]; 2] {
    let (low, high) = all.split_at_mut(one.max(other));
    let (low, high) = (&mut low[one.min(other)..][..size], &mut high[..size]);
    if one < other {
        [low, high]
    } else {
        [high, low]
    }
}

wide! {
    /// The best governor of every word, whether or not they make a tree.
    governors = governors_body(scores: &[f32], heads: &mut [u32])
}

#[inline(always)]
fn governors_body(scores: &[f32], heads: &mut [u32]) {
    let rows = scores.chunks_exact(heads.len() + 1);
    for (word, (row, head)) in (1..).zip(rows.zip(heads)) {
        let (before, after) = (&row[..word], &row[word + 1..]);
        let most = most(before, f32::NEG_INFINITY).max(most(after, f32::NEG_INFINITY));
        let at = |part: &[f32]| part.iter().position(|x| *x == most);
        let found = at(before).or_else(|| Some(word + 1 + at(after)?));
        *head = found.unwrap_or(0) as u32;
    }
}

wide! {
    /// The first place with the highest score, and that.
    highest = highest_body(row: &[f64], found: &mut (usize, f64))
}

#[inline(always)]
fn highest_body(row: &[f64], found: &mut (usize, f64)) {
    let most = most(row, NEVER);
    *found = (row.iter().position(|x| *x == most).unwrap_or(0), most);
}

/// The largest number of a row, in several lanes.
#[inline(always)]
fn most<T: Copy + PartialOrd>(row: &[T], least: T) -> T {
    let mut lanes = [least; 16];
    let (whole, rest) = row.as_chunks::<16>();
    for chunk in whole {
        for (most, x) in lanes.iter_mut().zip(chunk) {
            *most = if *x > *most { *x } else { *most };
        }
    }
    rest.iter()
        .chain(&lanes)
        .fold(least, |most, x| if *x > most { *x } else { most })
}

wide! {
    /// Adds a row to that of its cycle: of each governor the better score is
    /// kept. What the governor is worth that would be driven out is taken off.
    join = join_body(into: &mut [f64], into_inside: &mut [u32], of: &[f64], of_inside: &[u32], score: f64)
}

#[inline(always)]
fn join_body(into: &mut [f64], into_inside: &mut [u32], of: &[f64], of_inside: &[u32], score: f64) {
    let into = into.iter_mut().zip(into_inside);
    for ((into, into_inside), (of, of_inside)) in into.zip(of.iter().zip(of_inside)) {
        let gain = *of - score;
        let better = gain > *into;
        *into = if better { gain } else { *into };
        *into_inside = if better { *of_inside } else { *into_inside };
    }
}
