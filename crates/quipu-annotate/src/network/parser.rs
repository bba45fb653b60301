//! The network over sentences: recurrences, then trees, tags and names.

use std::ops::Range;

use super::file::{List, ModelError, ModelFile};
use super::recurrence::{Beside, Recurrence};
use super::types::{Seen, Types};
use crate::decode::{Arcs, chain};
use crate::kernel::{Matrix, Rows, dot, wide};

/// Words of a sentence that are seen at once; longer ones are cut, so that the
/// cost stays in proportion to the text.
const MOST_WORDS: usize = 400;

/// Farther than this all distances between word and governor are one.
const FAR: usize = 19;

/// The network of one language.
pub(crate) struct Parser<'a> {
    types: Types<'a>,
    root: Vec<f32>,
    layers: Vec<Recurrence>,
    /// Arcs, labels, tags, features and names side by side.
    heads: Matrix,
    at: Places,
    arc: Matrix,
    head_weight: Vec<f32>,
    head_bias: f32,
    distances: Vec<f32>,
    relation: Matrix,
    /// Label of the word under the root.
    root_relation: usize,
    /// The part of speech of each entry of features.
    features_of: Vec<Range<usize>>,
    feature_order: Vec<usize>,
    labels: Labels<'a>,
}

/// Names of what the network tells.
pub(crate) struct Labels<'a> {
    pub(crate) upos: List<'a>,
    pub(crate) relation: List<'a>,
    /// `UPOS|FEATS`.
    pub(crate) features: List<'a>,
    pub(crate) names: List<'a>,
}

/// Where each head's numbers stand in a row.
#[derive(Debug, Clone, Default)]
struct Places {
    dependent: Range<usize>,
    governor: Range<usize>,
    relation_dependent: Range<usize>,
    relation_governor: Range<usize>,
    upos: Range<usize>,
    features: Range<usize>,
    names: Range<usize>,
}

/// What is told of a word; numbers of labels.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Told {
    /// Governor, counted from 1 in the sentence; 0 for the root.
    pub(crate) head: u32,
    pub(crate) relation: u16,
    pub(crate) upos: u16,
    pub(crate) features: u16,
    pub(crate) name: u16,
}

/// Memory that is used again and again; one for each thread.
#[derive(Default)]
pub(crate) struct Scratch {
    pub(crate) seen: Seen,
    rows: Rows,
    words: Vec<f32>,
    mixed: Vec<f32>,
    gated: Vec<f32>,
    told: Vec<f32>,
    dependents: Vec<f32>,
    governors: Vec<f32>,
    queries: Vec<f32>,
    scores: Vec<f32>,
    relations: Vec<f32>,
    names: Vec<f32>,
    arcs: Arcs,
}

impl<'a> Parser<'a> {
    /// Reads the network from its file.
    pub(crate) fn read(file: &ModelFile<'a>) -> Result<Self, ModelError> {
        let types = Types::read(file)?;
        let width = types.width();
        let wrong = |what: &str| ModelError(format!("the sizes of {what} do not fit"));
        let mut layers = Vec::new();
        for (at, kind) in file.meta("layers")?.chars().enumerate() {
            let beside = match kind {
                's' => None,
                'n' => Some(Beside {
                    before: file.numbers(&format!("l{at}.prev"))?,
                    after: file.numbers(&format!("l{at}.next"))?,
                }),
                _ => return Err(ModelError(format!("layers of kind `{kind}` are not known"))),
            };
            let weights = file.whole(&format!("l{at}.w"))?;
            let bias = file.numbers(&format!("l{at}.b"))?;
            let gates = Matrix::new(weights.weights, &weights.scales, &bias, weights.width)
                .filter(|gates| gates.inputs() == width && gates.outputs() == 3 * width)
                .ok_or_else(|| wrong("a layer"))?;
            let layer = Recurrence {
                beside,
                gates,
                gain: file.numbers(&format!("l{at}.ln.g"))?,
                bias: file.numbers(&format!("l{at}.ln.b"))?,
            };
            let beside = layer
                .beside
                .iter()
                .flat_map(|near| [&near.before, &near.after]);
            let rows = beside.chain([&layer.gain, &layer.bias]);
            if rows.into_iter().any(|row| row.len() != width) {
                return Err(wrong("a layer"));
            }
            layers.push(layer);
        }
        let names = [
            "arc.dep", "arc.head", "rel.dep", "rel.head", "upos", "feats", "ner",
        ];
        let mut parts = Vec::new();
        let mut ends = vec![0];
        for name in names {
            let weights = file.whole(&format!("{name}.w"))?;
            let bias = file.numbers(&format!("{name}.b"))?;
            if weights.width != width || bias.len() != weights.rows() {
                return Err(wrong(name));
            }
            ends.push(ends.last().copied().unwrap_or(0) + bias.len());
            parts.push((weights, bias));
        }
        let parts: Vec<(&[i8], &[f32], &[f32])> = parts
            .iter()
            .map(|(weights, bias)| (weights.weights, weights.scales.as_slice(), bias.as_slice()))
            .collect();
        let heads = Matrix::side_by_side(&parts, width).ok_or_else(|| wrong("the heads"))?;
        let place = |at: usize| -> Range<usize> {
            ends.get(at).copied().unwrap_or(0)..ends.get(at + 1).copied().unwrap_or(0)
        };
        let at = Places {
            dependent: place(0),
            governor: place(1),
            relation_dependent: place(2),
            relation_governor: place(3),
            upos: place(4),
            features: place(5),
            names: place(6),
        };
        let arc = file.whole("arc.u")?;
        let arc = Matrix::new(arc.weights, &arc.scales, &vec![0.0; arc.rows()], arc.width)
            .filter(|arc| arc.inputs() == at.dependent.len() && arc.outputs() == at.governor.len())
            .ok_or_else(|| wrong("arc.u"))?;
        let relation = file.whole("rel.out.w")?;
        let relation_bias = file.numbers("rel.out.b")?;
        let relation = Matrix::new(
            relation.weights,
            &relation.scales,
            &relation_bias,
            relation.width,
        )
        .filter(|matrix| {
            matrix.inputs() == at.relation_dependent.len()
                && at.relation_dependent.len() == at.relation_governor.len()
        })
        .ok_or_else(|| wrong("rel.out"))?;
        let labels = Labels {
            upos: file.list("labels.upos")?,
            relation: file.list("labels.rel")?,
            features: file.list("labels.feats")?,
            names: file.list("labels.ner")?,
        };
        let root_relation = labels
            .relation
            .iter()
            .position(|label| label == "root")
            .ok_or_else(|| ModelError("no relation is `root`".to_owned()))?;
        let fits = labels.upos.len() == at.upos.len()
            && labels.relation.len() == relation.outputs()
            && labels.features.len() == at.features.len()
            && labels.names.len() == at.names.len();
        if !fits {
            return Err(wrong("the labels"));
        }
        let (head_weight, head_bias) = (file.numbers("arc.hb.w")?, file.numbers("arc.hb.b")?);
        let distances = file.numbers("arc.dist")?;
        let root = file.numbers("root")?;
        if head_weight.len() != at.governor.len()
            || distances.len() != 2 * FAR + 3
            || root.len() != width
        {
            return Err(wrong("the arcs"));
        }
        let mut feature_order = Vec::new();
        let mut features_of = Vec::new();
        for upos in labels.upos.iter() {
            let from = feature_order.len();
            let own = labels
                .features
                .iter()
                .enumerate()
                .filter(|(_, entry)| entry.split('|').next() == Some(upos));
            feature_order.extend(own.map(|(at, _)| at));
            features_of.push(from..feature_order.len());
        }
        Ok(Self {
            types,
            root,
            layers,
            heads,
            at,
            arc,
            head_weight,
            head_bias: head_bias.first().copied().unwrap_or(0.0),
            distances,
            relation,
            root_relation,
            features_of,
            feature_order,
            labels,
        })
    }

    /// Names of labels.
    pub(crate) const fn labels(&self) -> &Labels<'a> {
        &self.labels
    }

    /// Tells of every word of some sentences, in order. What is told of a
    /// sentence does not depend on its neighbours.
    pub(crate) fn tell(&self, sentences: &[&[&str]], scratch: &mut Scratch, out: &mut Vec<Told>) {
        let width = self.types.width();
        let mut ranges: Vec<Range<usize>> = Vec::with_capacity(sentences.len());
        scratch.words.clear();
        for sentence in sentences {
            for piece in sentence.chunks(MOST_WORDS) {
                let from = scratch.words.len() / width.max(1);
                scratch.words.extend_from_slice(&self.root);
                for word in piece {
                    self.types.put(word, &mut scratch.seen, &mut scratch.words);
                }
                ranges.push(from..from + 1 + piece.len());
            }
        }
        for layer in &self.layers {
            layer.gate(
                &scratch.words,
                &ranges,
                &mut scratch.mixed,
                &mut scratch.rows,
                &mut scratch.gated,
            );
            layer.run(&mut scratch.words, &mut scratch.gated, &ranges);
        }
        scratch.rows.set(&scratch.words, width);
        self.heads.times(&scratch.rows, &mut scratch.told);
        self.arcs(scratch);
        let mut ranges = ranges.into_iter();
        for sentence in sentences {
            let first = out.len();
            for (at, piece) in sentence.chunks(MOST_WORDS).enumerate() {
                let range = ranges.next().unwrap_or_default();
                debug_assert_eq!(range.len(), piece.len() + 1);
                self.tell_piece(range, scratch, out);
                if at > 0 {
                    self.join(first, at * MOST_WORDS, out);
                }
            }
        }
    }

    /// Hangs a piece of a long sentence, from word `from` on, under the first.
    fn join(&self, first: usize, from: usize, out: &mut [Told]) {
        let words = out.get_mut(first..).unwrap_or_default();
        let root = words.iter().position(|word| word.head == 0).unwrap_or(0);
        let relation = self
            .labels
            .relation
            .iter()
            .position(|label| label == "parataxis");
        for word in words.iter_mut().skip(from) {
            #[allow(clippy::cast_possible_truncation, reason = "words of one sentence")]
            if word.head == 0 {
                word.head = root as u32 + 1;
                word.relation = relation.unwrap_or(self.root_relation) as u16;
            } else {
                word.head += from as u32;
            }
        }
    }

    /// Dependents and governors of all words, through their ramps, and the
    /// questions that dependents put to governors.
    fn arcs(&self, scratch: &mut Scratch) {
        let row = self.heads.outputs();
        ramp(
            &scratch.told,
            row,
            &self.at.dependent,
            &mut scratch.dependents,
        );
        ramp(
            &scratch.told,
            row,
            &self.at.governor,
            &mut scratch.governors,
        );
        scratch
            .rows
            .set(&scratch.dependents, self.at.dependent.len());
        self.arc.times(&scratch.rows, &mut scratch.queries);
    }

    fn tell_piece(&self, range: Range<usize>, scratch: &mut Scratch, out: &mut Vec<Told>) {
        let size = range.len();
        let width = self.at.governor.len();
        let queries = scratch.queries.get(range.start * width..range.end * width);
        let governors = scratch
            .governors
            .get(range.start * width..range.end * width);
        scratch.scores.clear();
        scratch.scores.resize(size * size, 0.0);
        score(
            queries.unwrap_or_default(),
            governors.unwrap_or_default(),
            &self.head_weight,
            self.head_bias,
            &self.distances,
            &mut scratch.scores,
        );
        let heads = tree(&scratch.scores, size, &mut scratch.arcs);
        let row = self.heads.outputs();
        let told = scratch
            .told
            .get(range.start * row..range.end * row)
            .unwrap_or_default();
        let row_of = |at: usize| told.get(at * row..(at + 1) * row).unwrap_or_default();
        scratch.relations.clear();
        for (word, head) in heads.iter().enumerate() {
            let dependent = row_of(word + 1).get(self.at.relation_dependent.clone());
            let governor = row_of(*head).get(self.at.relation_governor.clone());
            let both = dependent
                .unwrap_or_default()
                .iter()
                .zip(governor.unwrap_or_default());
            scratch
                .relations
                .extend(both.map(|(a, b)| (a + b).max(0.0)));
        }
        scratch
            .rows
            .set(&scratch.relations, self.at.relation_dependent.len());
        self.relation.times(&scratch.rows, &mut scratch.relations);
        let names = self.at.names.len();
        scratch.names.clear();
        for word in 1..size {
            scratch
                .names
                .extend_from_slice(row_of(word).get(self.at.names.clone()).unwrap_or_default());
        }
        let tags = chain(&scratch.names, names);
        let relations = scratch
            .relations
            .chunks_exact(self.relation.outputs().max(1));
        for (word, ((head, relations), name)) in heads.iter().zip(relations).zip(tags).enumerate() {
            let relation = if *head == 0 {
                self.root_relation
            } else {
                let not_root = |at: &usize| *at != self.root_relation;
                best((0..relations.len()).filter(not_root), relations)
            };
            let numbers = row_of(word + 1);
            let upos = numbers.get(self.at.upos.clone()).unwrap_or_default();
            let upos = best(0..upos.len(), upos);
            let features = numbers.get(self.at.features.clone()).unwrap_or_default();
            let own = self.features_of.get(upos).cloned().unwrap_or_default();
            let own = self.feature_order.get(own).unwrap_or_default();
            let features = best(own.iter().copied(), features);
            #[allow(
                clippy::cast_possible_truncation,
                reason = "labels are hundreds, words of a piece 400"
            )]
            out.push(Told {
                head: *head as u32,
                relation: relation as u16,
                upos: upos as u16,
                features: features as u16,
                name: name as u16,
            });
        }
    }
}

/// The first place with the highest score.
fn best(places: impl Iterator<Item = usize>, scores: &[f32]) -> usize {
    let mut found = 0;
    let mut most = f32::NEG_INFINITY;
    for place in places {
        let score = scores.get(place).copied().unwrap_or(f32::NEG_INFINITY);
        if score > most {
            most = score;
            found = place;
        }
    }
    found
}

/// The best tree; nearly always the best governor of each word makes one.
fn tree(scores: &[f32], size: usize, arcs: &mut Arcs) -> Vec<usize> {
    let heads: Vec<usize> = scores
        .chunks_exact(size.max(1))
        .enumerate()
        .skip(1)
        .map(|(word, row)| best((0..size).filter(|head| *head != word), row))
        .collect();
    if is_tree(&heads) {
        return heads;
    }
    arcs.set(size, |d, h| {
        scores.get(d * size + h).copied().unwrap_or(f32::MIN)
    });
    arcs.tree()
}

/// Whether exactly one word hangs on the root, and all others on it.
fn is_tree(heads: &[usize]) -> bool {
    if heads.iter().filter(|head| **head == 0).count() != 1 {
        return false;
    }
    // 0: not seen; otherwise the walk that came by.
    let mut seen = vec![0; heads.len() + 1];
    for start in 1..=heads.len() {
        let mut at = start;
        while at != 0 && seen.get(at) == Some(&0) {
            if let Some(place) = seen.get_mut(at) {
                *place = start;
            }
            at = heads.get(at - 1).copied().unwrap_or(0);
        }
        if at != 0 && seen.get(at) == Some(&start) {
            return false;
        }
    }
    true
}

/// Copies a range of every row, what is below zero as zero.
fn ramp(rows: &[f32], width: usize, range: &Range<usize>, out: &mut Vec<f32>) {
    out.clear();
    for row in rows.chunks_exact(width.max(1)) {
        let part = row.get(range.clone()).unwrap_or_default();
        out.extend(part.iter().map(|x| x.max(0.0)));
    }
}

wide! {
    /// Scores of governors (columns) for dependents (rows) of one sentence.
    score = score_body(
        queries: &[f32],
        governors: &[f32],
        head_weight: &[f32],
        head_bias: f32,
        distances: &[f32],
        scores: &mut [f32],
    )
}

#[inline(always)]
fn score_body(
    queries: &[f32],
    governors: &[f32],
    head_weight: &[f32],
    head_bias: f32,
    distances: &[f32],
    scores: &mut [f32],
) {
    let width = head_weight.len().max(1);
    let size = governors.len() / width;
    let biases: Vec<f32> = governors
        .chunks_exact(width)
        .map(|governor| dot(governor, head_weight) + head_bias)
        .collect();
    let rows = scores
        .chunks_exact_mut(size.max(1))
        .zip(queries.chunks_exact(width));
    for (dependent, (row, query)) in rows.enumerate().skip(1) {
        let columns = governors.chunks_exact(width).zip(&biases);
        for (head, (score, (governor, bias))) in row.iter_mut().zip(columns).enumerate() {
            let distance = if head == 0 {
                0
            } else {
                (head + FAR + 1)
                    .saturating_sub(dependent)
                    .clamp(1, 2 * FAR + 1)
            };
            let distance = distances.get(distance).copied().unwrap_or(0.0);
            *score = dot(query, governor) + bias + distance;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::is_tree;

    #[test]
    fn a_tree_has_one_root_and_no_cycle() {
        assert!(is_tree(&[2, 0, 2]));
        assert!(!is_tree(&[0, 0, 2]));
        assert!(!is_tree(&[2, 1, 0]));
        assert!(!is_tree(&[2, 1]));
    }
}
