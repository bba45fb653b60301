//! A tree becomes a sentence of CoNLL-U.

use super::arcs::{Arcs, arcs};
use super::brackets::Tree;
use super::names::{NameKind, name_kind};
use super::pieces::{Leaf, Link, split};
use super::relation::{Context, relation};
use super::spacing::glued;
use super::tables::Tables;
use crate::conllu::{Range, Sentence, Word};

/// A sentence, its names, and the context each relation was chosen in.
#[derive(Clone, Debug, Default)]
pub struct Converted {
    /// The sentence.
    pub sentence: Sentence,
    /// Names: kind, first word, number of words.
    pub names: Vec<(NameKind, usize, usize)>,
    /// For each word the context of its arc; `None` where the shape decided.
    pub contexts: Vec<Option<Context>>,
    /// The brackets of the tree did not balance.
    pub mended: bool,
}

/// Converts one tree.
#[must_use]
pub fn convert(tree: &Tree, tables: &Tables) -> Converted {
    let arcs = arcs(tree, tables);
    let leaves: Vec<Leaf> = arcs
        .leaves
        .iter()
        .map(|&node| match tree.nodes.get(node) {
            Some(found) => {
                let (form, lemma) = found.word.clone().unwrap_or_default();
                split(&found.label, &form, &lemma, tables)
            }
            None => Leaf::default(),
        })
        .collect();
    let places = Places::new(tree, &arcs, &leaves);
    let mut converted = Converted {
        mended: tree.mended,
        ..Converted::default()
    };
    for (leaf, &node) in leaves.iter().zip(&arcs.leaves) {
        push_leaf(tree, &arcs, &places, node, leaf, &mut converted);
    }
    mark_dropped_subjects(tree, &arcs, &places, &mut converted.sentence);
    root_fallback(&mut converted.sentence);
    name_relations(&mut converted, tables);
    space(&mut converted.sentence);
    converted
}

/// First word and main word of each leaf, by node.
struct Places {
    first: Vec<usize>,
    main: Vec<usize>,
}

impl Places {
    fn new(tree: &Tree, arcs: &Arcs, leaves: &[Leaf]) -> Self {
        let mut places = Self {
            first: vec![0; tree.nodes.len()],
            main: vec![0; tree.nodes.len()],
        };
        let mut id = 1;
        for (leaf, &node) in leaves.iter().zip(&arcs.leaves) {
            let main = leaf
                .pieces
                .iter()
                .position(|piece| piece.link == Link::Main)
                .unwrap_or(0);
            if let (Some(first), Some(slot)) =
                (places.first.get_mut(node), places.main.get_mut(node))
            {
                *first = id;
                *slot = id + main;
            }
            id += leaf.pieces.len();
        }
        places
    }

    fn main(&self, node: usize) -> usize {
        self.main.get(node).copied().unwrap_or(0)
    }
}

fn push_leaf(
    tree: &Tree,
    arcs: &Arcs,
    places: &Places,
    node: usize,
    leaf: &Leaf,
    converted: &mut Converted,
) {
    let Some(found) = tree.nodes.get(node) else {
        return;
    };
    let Some(arc) = arcs.arcs.get(node).cloned().flatten() else {
        return;
    };
    let first = places.first.get(node).copied().unwrap_or(0);
    let head = arc.head.map_or(0, |head| places.main(head));
    let opens_with_contraction = leaf.expression.is_some()
        && leaf
            .pieces
            .first()
            .is_some_and(|piece| piece.token.is_some())
        && leaf
            .pieces
            .get(1)
            .is_some_and(|piece| piece.link == Link::Article);
    for (at, piece) in leaf.pieces.iter().enumerate() {
        let mut context = None;
        let (own_head, deprel) = match &piece.link {
            Link::Within(inner, name) => (first + inner, (*name).to_owned()),
            Link::Article if arc.head.is_none() => (places.main(node), "det".to_owned()),
            Link::Article => (head, "det".to_owned()),
            // The verb may be an auxiliary: the pronoun goes where the auxiliary goes.
            Link::Clitic(name) => {
                let auxiliary = matches!(arc.fixed.as_deref(), Some("aux" | "cop"));
                (
                    if auxiliary { head } else { places.main(node) },
                    name.clone(),
                )
            }
            Link::Main if arc.head.is_none() => (0, "root".to_owned()),
            Link::Main if opens_with_contraction => (head, "case".to_owned()),
            Link::Main => match &arc.fixed {
                Some(fixed) => (head, fixed.clone()),
                None => {
                    context = Some(context_of(tree, arcs, arc.top, arc.at));
                    (head, String::new())
                }
            },
        };
        let mut upos = piece.reading.upos.clone();
        if upos == "VERB"
            && matches!(arc.fixed.as_deref(), Some("aux" | "cop"))
            && piece.link == Link::Main
        {
            upos = "AUX".to_owned();
        }
        let xpos = if at == 0 && found.label != "W" {
            found.label.to_lowercase()
        } else {
            "_".to_owned()
        };
        let mut misc = Vec::new();
        if let (0, Some(kind)) = (at, &leaf.expression) {
            let form = found.word.as_ref().map_or("", |(form, _)| form);
            misc.push(format!("MWE={}", form.replace('|', "")));
            misc.push(format!("MWEPOS={kind}"));
        }
        if let Some((count, token)) = &piece.token {
            let id = first + at;
            converted.sentence.ranges.push(Range {
                first: id,
                last: id + count - 1,
                form: token.clone(),
                misc: Vec::new(),
            });
        }
        converted.sentence.words.push(Word {
            form: piece.form.clone(),
            lemma: piece.reading.lemma.clone(),
            upos,
            xpos,
            feats: piece.reading.feats.clone(),
            head: own_head,
            deprel,
            misc,
        });
        converted.contexts.push(context);
    }
    if let Some(kind) = name_kind(&found.label) {
        converted.names.push((kind, first, leaf.pieces.len()));
    }
}

fn context_of(tree: &Tree, arcs: &Arcs, top: usize, at: usize) -> Context {
    let label = arcs.labels.get(top);
    let is_word = tree.nodes.get(top).is_some_and(|node| node.word.is_some());
    let category = match label {
        _ if is_word => tree
            .nodes
            .get(top)
            .map_or(String::new(), |node| node.label.to_lowercase()),
        Some(label) => label.category.clone(),
        None => String::new(),
    };
    let above = arcs
        .labels
        .get(at)
        .map_or(String::new(), |label| label.category.clone());
    let (category, above) = (
        with_clause(tree, arcs, top, category),
        with_clause(tree, arcs, at, above),
    );
    // A conjunct that no conjunction links (`ir a casa: dormir`).
    let conjunct = arcs.conjuncts.get(top).copied().unwrap_or(false);
    let above = if conjunct {
        format!("co:{above}")
    } else {
        above
    };
    Context {
        function: match label {
            Some(label) if !is_word && !label.function.is_empty() => label.function.clone(),
            _ => "-".to_owned(),
        },
        category,
        at: above,
        upos: String::new(),
        head_upos: String::new(),
        opened_by: opened_by(tree, arcs, top),
    }
}

/// Marks a prepositional phrase that governs a clause: `sp:S`.
fn with_clause(tree: &Tree, arcs: &Arcs, node: usize, category: String) -> String {
    let children = tree.nodes.get(node).map_or(&[][..], |node| &node.children);
    let clause = |&child: &usize| {
        arcs.labels
            .get(child)
            .is_some_and(super::label::Label::is_clause)
    };
    if category == "sp" && children.iter().any(clause) {
        "sp:S".to_owned()
    } else {
        category
    }
}

/// The form of a constituent that is a single word.
fn only_word(tree: &Tree, top: usize) -> Option<&str> {
    let mut node = tree.nodes.get(top)?;
    while let &[child] = node.children.as_slice() {
        node = tree.nodes.get(child)?;
    }
    node.word.as_ref().map(|(form, _)| form.as_str())
}

/// The form of a constituent of one word; else of its first preposition or
/// conjunction; else the category of its first child.
fn opened_by(tree: &Tree, arcs: &Arcs, top: usize) -> String {
    let children = tree.nodes.get(top).map_or(&[][..], |node| &node.children);
    if let Some(form) = only_word(tree, top) {
        return form.to_lowercase();
    }
    for &child in children {
        let Some(node) = tree.nodes.get(child) else {
            continue;
        };
        if node.label.starts_with('F') {
            continue;
        }
        let category = arcs.labels.get(child).map_or("", |label| &label.category);
        if matches!(category, "prep" | "conj.subord")
            && let Some(&word) = node.children.first()
            && let Some((form, _)) = tree.nodes.get(word).and_then(|node| node.word.as_ref())
        {
            let form = form.to_lowercase();
            return match form.as_str() {
                "del" => "de".to_owned(),
                "al" => "a".to_owned(),
                _ => form,
            };
        }
        return if category.is_empty() {
            "-".to_owned()
        } else {
            category.to_owned()
        };
    }
    "-".to_owned()
}

/// A verb whose subject the corpus marks as left out says so in its last column.
fn mark_dropped_subjects(tree: &Tree, arcs: &Arcs, places: &Places, sentence: &mut Sentence) {
    for (clause, label) in &tree.dropped {
        let head = arcs
            .heads
            .get(*clause)
            .copied()
            .flatten()
            .map(|leaf| places.main(leaf));
        let word = head
            .and_then(|id| id.checked_sub(1))
            .and_then(|at| sentence.words.get_mut(at));
        if let (true, Some(word)) = (label.ends_with("SUJ"), word) {
            let mark = "Subj=Dropped".to_owned();
            if !word.misc.contains(&mark) {
                word.misc.push(mark);
            }
        }
    }
}

/// A tree without any word that heads the rest still needs one root.
fn root_fallback(sentence: &mut Sentence) {
    if sentence.words.iter().any(|word| word.head == 0) {
        return;
    }
    if let Some(first) = sentence.words.first_mut() {
        first.head = 0;
        first.deprel = "root".to_owned();
    }
}

fn name_relations(converted: &mut Converted, tables: &Tables) {
    let upos: Vec<String> = converted
        .sentence
        .words
        .iter()
        .map(|word| word.upos.clone())
        .collect();
    for (at, word) in converted.sentence.words.iter_mut().enumerate() {
        let Some(Some(context)) = converted.contexts.get_mut(at) else {
            continue;
        };
        context.upos.clone_from(&word.upos);
        context.head_upos = word
            .head
            .checked_sub(1)
            .and_then(|head| upos.get(head))
            .cloned()
            .unwrap_or_default();
        relation(context, &tables.relations).clone_into(&mut word.deprel);
    }
}

/// Sets `SpaceAfter=No` and the text comment.
fn space(sentence: &mut Sentence) {
    let mut starts = Vec::new();
    let mut id = 1;
    while id <= sentence.words.len() {
        starts.push(id);
        id = sentence.range_from(id).map_or(id, |range| range.last) + 1;
    }
    let tokens: Vec<&str> = starts
        .iter()
        .filter_map(|&id| match sentence.range_from(id) {
            Some(range) => Some(range.form.as_str()),
            None => sentence.words.get(id - 1).map(|word| word.form.as_str()),
        })
        .collect();
    let glued = glued(&tokens);
    for (&id, _) in starts.iter().zip(&glued).filter(|(_, glued)| **glued) {
        let misc = match sentence.ranges.iter_mut().find(|range| range.first == id) {
            Some(range) => Some(&mut range.misc),
            None => sentence.words.get_mut(id - 1).map(|word| &mut word.misc),
        };
        if let Some(misc) = misc {
            misc.push("SpaceAfter=No".to_owned());
        }
    }
    let text = sentence.text();
    sentence.comments.push(format!("text = {text}"));
}
