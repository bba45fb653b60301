//! The network over sentences: recurrences, then trees, tags and names.

use std::ops::Range;

use super::file::{List, ModelError, ModelFile};
use super::known::Known;
use super::recurrence::{Beside, Recurrence};
use super::seen::Seen;
use super::types::Types;
use crate::decode::{Trees, chain};
use crate::kernel::{Matrix, Panels, Rows, dot, wide};

/// Words of a sentence that are seen at once; longer ones are cut, so that the
/// cost stays in proportion to the text.
const MOST_WORDS: usize = 400;

/// Words that are put through the network together. More would not be faster:
/// their numbers would no longer stay near the processor.
pub(crate) const BATCH_WORDS: usize = 128;

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
    root_distance: f32,
    /// Score of every distance from a word to its governor, from the farthest
    /// before it to the farthest after it.
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
    seen: Seen,
    known: Known,
    rows: Rows,
    words: Vec<f32>,
    mixed: Vec<f32>,
    gated: Vec<f32>,
    told: Vec<f32>,
    dependents: Vec<f32>,
    governors: Vec<f32>,
    queries: Vec<f32>,
    columns: Panels,
    biases: Vec<f32>,
    scores: Vec<f32>,
    relations: Vec<f32>,
    names: Vec<f32>,
    trees: Trees,
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
        let some = [
            &labels.upos,
            &labels.relation,
            &labels.features,
            &labels.names,
        ];
        let fits = some.iter().all(|list| list.len() > 0)
            && labels.upos.len() == at.upos.len()
            && labels.relation.len() == relation.outputs()
            && labels.features.len() == at.features.len()
            && labels.names.len() == at.names.len();
        if !fits {
            return Err(wrong("the labels"));
        }
        let (head_weight, head_bias) = (file.numbers("arc.hb.w")?, file.numbers("arc.hb.b")?);
        let said = file.numbers("arc.dist")?;
        let root = file.numbers("root")?;
        if head_weight.len() != at.governor.len()
            || said.len() != 2 * FAR + 3
            || root.len() != width
        {
            return Err(wrong("the arcs"));
        }
        let far = |place: usize| (place + FAR + 1).saturating_sub(MOST_WORDS);
        let distances = (0..=2 * MOST_WORDS)
            .filter_map(|place| said.get(far(place).clamp(1, 2 * FAR + 1)))
            .copied()
            .collect();
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
            root_distance: said.first().copied().unwrap_or(0.0),
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
        let mut first = out.len();
        let (mut batch, mut count) = (Vec::new(), 0);
        for sentence in sentences {
            for piece in sentence.chunks(MOST_WORDS) {
                if let Some(told) = scratch.known.find(piece) {
                    out.extend_from_slice(told);
                    continue;
                }
                batch.push((piece, out.len()));
                out.resize(out.len() + piece.len(), Told::default());
                count += piece.len();
                if count >= BATCH_WORDS {
                    self.tell_batch(&batch, scratch, out);
                    batch.clear();
                    count = 0;
                }
            }
        }
        self.tell_batch(&batch, scratch, out);
        for sentence in sentences {
            let words = out
                .get_mut(first..first + sentence.len())
                .unwrap_or_default();
            for from in (MOST_WORDS..sentence.len()).step_by(MOST_WORDS) {
                self.join(from, words);
            }
            first += sentence.len();
        }
    }

    /// Tells of pieces of sentences that are put through the network together,
    /// each in its place of `out`.
    fn tell_batch(&self, pieces: &[(&[&str], usize)], scratch: &mut Scratch, out: &mut [Told]) {
        let width = self.types.width();
        let mut ranges: Vec<Range<usize>> = Vec::with_capacity(pieces.len());
        let rows: usize = pieces.iter().map(|(piece, _)| piece.len() + 1).sum();
        // Every row is written below.
        scratch.words.resize(rows * width, 0.0);
        let mut from = 0;
        for (piece, _) in pieces {
            if let Some(root) = scratch.words.get_mut(from * width..(from + 1) * width) {
                root.copy_from_slice(&self.root);
            }
            self.types
                .put(piece, from + 1, &mut scratch.seen, &mut scratch.words);
            ranges.push(from..from + 1 + piece.len());
            from += 1 + piece.len();
        }
        self.types.finish(&mut scratch.seen, &mut scratch.words);
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
        for (range, (piece, at)) in ranges.into_iter().zip(pieces) {
            let told = out.get_mut(*at..at + piece.len()).unwrap_or_default();
            self.tell_piece(range, scratch, told);
            scratch.known.keep(piece, told);
        }
    }

    /// Hangs a piece of a long sentence, from word `from` on, under the word
    /// that the first piece hangs on.
    fn join(&self, from: usize, words: &mut [Told]) {
        let root = words.iter().position(|word| word.head == 0).unwrap_or(0);
        let relation = self
            .labels
            .relation
            .iter()
            .position(|label| label == "parataxis");
        for word in words.iter_mut().skip(from).take(MOST_WORDS) {
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

    /// Scores of governors (columns, the root first) for the words (rows) of one
    /// piece of a sentence.
    fn score(&self, range: &Range<usize>, scratch: &mut Scratch) {
        let width = self.at.governor.len();
        let part = |rows: &'_ [f32], from: usize| -> Range<usize> {
            (from * width).min(rows.len())..(range.end * width).min(rows.len())
        };
        let governors = &scratch.governors[part(&scratch.governors, range.start)];
        let queries = &scratch.queries[part(&scratch.queries, range.start + 1)];
        scratch.biases.clear();
        let governor = governors.chunks_exact(width.max(1));
        scratch
            .biases
            .extend(governor.map(|governor| dot(governor, &self.head_weight) + self.head_bias));
        scratch.columns.set(governors, width);
        scratch.columns.times(queries, &mut scratch.scores);
        add(
            &mut scratch.scores,
            &scratch.biases,
            self.root_distance,
            &self.distances,
        );
    }

    fn tell_piece(&self, range: Range<usize>, scratch: &mut Scratch, out: &mut [Told]) {
        let size = range.len();
        self.score(&range, scratch);
        let heads = scratch.trees.best(&scratch.scores, size - 1);
        let row = self.heads.outputs();
        let told = scratch
            .told
            .get(range.start * row..range.end * row)
            .unwrap_or_default();
        let row_of = |at: usize| told.get(at * row..(at + 1) * row).unwrap_or_default();
        scratch.relations.clear();
        for (word, head) in heads.iter().enumerate() {
            let dependent = row_of(word + 1).get(self.at.relation_dependent.clone());
            let governor = row_of(*head as usize).get(self.at.relation_governor.clone());
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
        let heads = heads.iter().zip(relations).zip(tags);
        for (word, (((head, relations), name), out)) in heads.zip(out).enumerate() {
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
            {
                *out = Told {
                    head: *head,
                    relation: relation as u16,
                    upos: upos as u16,
                    features: features as u16,
                    name: name as u16,
                };
            }
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

/// Copies a range of every row, what is below zero as zero.
fn ramp(rows: &[f32], width: usize, range: &Range<usize>, out: &mut Vec<f32>) {
    out.clear();
    for row in rows.chunks_exact(width.max(1)) {
        let part = row.get(range.clone()).unwrap_or_default();
        out.extend(part.iter().map(|x| x.max(0.0)));
    }
}

wide! {
    /// Adds what is known of a governor alone, and of its distance.
    add = add_body(scores: &mut [f32], biases: &[f32], root: f32, distances: &[f32])
}

#[inline(always)]
fn add_body(scores: &mut [f32], biases: &[f32], root: f32, distances: &[f32]) {
    let rows = scores.chunks_exact_mut(biases.len().max(1));
    for (dependent, row) in (1..).zip(rows) {
        let near = distances
            .get(MOST_WORDS + 1 - dependent..)
            .unwrap_or_default();
        if let (Some((score, row)), Some((bias, biases))) =
            (row.split_first_mut(), biases.split_first())
        {
            *score = *score + bias + root;
            for ((score, bias), distance) in row.iter_mut().zip(biases).zip(near) {
                *score = *score + bias + distance;
            }
        }
    }
}
