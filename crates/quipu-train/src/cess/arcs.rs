//! A constituency tree becomes arcs between its words, content words as heads.
//!
//! The tables choose heads; what needs the whole tree is said here: first
//! conjuncts, verb groups, and predicates that stand above their copula.

mod chains;
mod heads;

use super::brackets::Tree;
use super::label::Label;
use super::tables::Tables;

/// How one leaf hangs in the tree of words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arc {
    /// Node of the governing leaf; `None` for the root of the sentence.
    pub head: Option<usize>,
    /// The largest constituent this leaf heads.
    pub top: usize,
    /// The constituent `top` stands in.
    pub at: usize,
    /// A relation the shape alone decides (`conj`, `cc`, `aux`, `cop`, `xcomp`, `mark`).
    pub fixed: Option<String>,
}

/// Labels of all nodes and arcs of all leaves (by node index).
#[derive(Clone, Debug, Default)]
pub struct Arcs {
    /// Parsed label of each node.
    pub labels: Vec<Label>,
    /// Leaves in the order of the text.
    pub leaves: Vec<usize>,
    /// Arc of each node; `None` for nodes that are no leaves.
    pub arcs: Vec<Option<Arc>>,
    /// The leaf that heads each node.
    pub heads: Vec<Option<usize>>,
    /// Nodes that are conjuncts of a coordination.
    pub conjuncts: Vec<bool>,
}

/// Works out the arcs of a tree.
#[must_use]
pub fn arcs(tree: &Tree, tables: &Tables) -> Arcs {
    let labels: Vec<Label> = tree
        .nodes
        .iter()
        .map(|node| Label::parse(&node.label))
        .collect();
    let leaves = leaves_in_order(tree);
    let mut builder = Builder {
        tree,
        tables,
        labels,
        heads: vec![None; tree.nodes.len()],
        copula: vec![None; tree.nodes.len()],
        arcs: vec![None; tree.nodes.len()],
    };
    // Children stand after their parents, so backwards is bottom-up.
    for node in (0..tree.nodes.len()).rev() {
        let head = builder.head_of(node);
        if let Some(slot) = builder.heads.get_mut(node) {
            *slot = head;
        }
    }
    if let Some(&Some(root)) = builder.heads.first() {
        builder.set(
            root,
            Arc {
                head: None,
                top: 0,
                at: 0,
                fixed: None,
            },
        );
    }
    for node in 0..tree.nodes.len() {
        builder.attach_children(node);
    }
    builder.raise_chain_predicates();
    builder.lift_from_copulas();
    builder.commas_before_conjuncts();
    let mut conjuncts = vec![false; tree.nodes.len()];
    for node in 0..tree.nodes.len() {
        if builder
            .labels
            .get(node)
            .is_some_and(|label| label.coordination)
        {
            for conjunct in builder.conjuncts(node) {
                if let Some(slot) = conjuncts.get_mut(conjunct) {
                    *slot = true;
                }
            }
        }
    }
    Arcs {
        labels: builder.labels,
        leaves,
        arcs: builder.arcs,
        heads: builder.heads,
        conjuncts,
    }
}

fn leaves_in_order(tree: &Tree) -> Vec<usize> {
    (0..tree.nodes.len())
        .filter(|&at| tree.nodes.get(at).is_some_and(|node| node.word.is_some()))
        .collect()
}

/// Functions that belong to the last verb of a chain, not to the first.
const COMPLEMENTS: [&str; 6] = ["CD", "CI", "CREG", "CPRED", "CPRED.CD", "ATR"];

struct Builder<'a> {
    tree: &'a Tree,
    tables: &'a Tables,
    labels: Vec<Label>,
    heads: Vec<Option<usize>>,
    /// For a clause with a predicate above its copula: the node of the verb group.
    copula: Vec<Option<usize>>,
    arcs: Vec<Option<Arc>>,
}

impl Builder<'_> {
    fn children(&self, node: usize) -> &[usize] {
        self.tree.nodes.get(node).map_or(&[], |node| &node.children)
    }

    fn tag(&self, node: usize) -> &str {
        match self.tree.nodes.get(node) {
            Some(found) if found.word.is_some() => &found.label,
            _ => "",
        }
    }

    fn lemma(&self, node: usize) -> &str {
        self.tree
            .nodes
            .get(node)
            .and_then(|node| node.word.as_ref())
            .map_or("", |(_, lemma)| lemma)
    }

    fn category(&self, node: usize) -> &str {
        self.labels.get(node).map_or("", |label| &label.category)
    }

    fn function(&self, node: usize) -> &str {
        self.labels.get(node).map_or("", |label| &label.function)
    }

    fn head(&self, node: usize) -> Option<usize> {
        self.heads.get(node).copied().flatten()
    }

    fn is_mark(&self, node: usize) -> bool {
        self.tag(node).starts_with('F')
    }

    fn is_verb_group(&self, node: usize) -> bool {
        matches!(
            self.category(node),
            "grup.verb" | "infinitiu" | "gerundi" | "participi"
        )
    }

    fn set(&mut self, leaf: usize, arc: Arc) {
        if let Some(slot) = self.arcs.get_mut(leaf) {
            *slot = Some(arc);
        }
    }

    fn attach_children(&mut self, node: usize) {
        let Some(head) = self.head(node) else { return };
        if self
            .tree
            .nodes
            .get(node)
            .is_none_or(|node| node.word.is_some())
        {
            return;
        }
        if self
            .labels
            .get(node)
            .is_some_and(|label| label.coordination)
        {
            self.attach_conjuncts(node, head);
        } else if self.is_verbal_time(node, head) {
            self.attach_verbal_time(node, head);
        } else if self.is_verb_group(node) {
            self.attach_verb_group(node, head);
        } else {
            let last = self.last_of_chain(node);
            for child in self.children(node).to_vec() {
                if let Some(last) = last
                    && !self.is_mark(child)
                    && (self.is_obligation(node) || COMPLEMENTS.contains(&self.function(child)))
                    && !self.is_verb_group(child)
                    && self.head(child) != Some(last)
                {
                    self.hang(child, node, last, None);
                    continue;
                }
                let fixed = (self.copula.get(node).copied().flatten() == Some(child))
                    .then(|| "cop".to_owned());
                self.hang(child, node, head, fixed);
            }
        }
    }

    /// `hace muchos años`: a noun phrase headed by the verb of a time expression.
    fn is_verbal_time(&self, node: usize, head: usize) -> bool {
        self.category(node).starts_with("sn")
            && self.tag(head).starts_with('v')
            && self.children(node).contains(&head)
    }

    fn attach_verbal_time(&mut self, node: usize, head: usize) {
        let children = self.children(node).to_vec();
        let nouns: Vec<usize> = children
            .iter()
            .copied()
            .filter(|&child| self.tag(child).starts_with("nc"))
            .collect();
        for child in children {
            let tag = self.tag(child).to_owned();
            let noun = nouns.iter().copied().find(|&noun| noun > child);
            let first = nouns.first().copied();
            if let (Some(noun), true) = (noun, tag.starts_with(['d', 'Z', 's', 'r', 'p'])) {
                self.hang(child, node, noun, None);
            } else if let (Some(first), true) =
                (first, tag.starts_with("nc") && Some(child) != first)
            {
                self.hang(child, node, first, Some("nmod".to_owned()));
            } else {
                self.hang(child, node, head, None);
            }
        }
    }

    /// Hangs `child` of `node` on the leaf `head`, unless it holds that leaf itself.
    fn hang(&mut self, child: usize, node: usize, head: usize, fixed: Option<String>) {
        if let Some(leaf) = self.head(child)
            && leaf != head
        {
            self.set(
                leaf,
                Arc {
                    head: Some(head),
                    top: child,
                    at: node,
                    fixed,
                },
            );
        }
    }

    fn attach_conjuncts(&mut self, node: usize, head: usize) {
        // Without any conjunction the table says what the parts are to one another.
        let linked = self.children(node).iter().any(|&child| self.is_link(child));
        let conjuncts = self.conjuncts(node);
        for child in self.children(node).to_vec() {
            let next = conjuncts.iter().find(|&&conjunct| conjunct > child);
            let next = next.and_then(|&conjunct| self.head(conjunct));
            let before = conjuncts.iter().any(|&conjunct| conjunct < child);
            if conjuncts.contains(&child) {
                let fixed = linked.then(|| "conj".to_owned());
                self.hang(child, node, head, fixed);
            } else if self.is_link(child) {
                self.hang(child, node, next.unwrap_or(head), Some("cc".to_owned()));
            } else if self.is_mark(child) && before {
                self.hang(child, node, next.unwrap_or(head), None);
            } else {
                self.hang(child, node, head, None);
            }
        }
    }

    /// The comma before `y prometió` stands inside the first conjunct in CESS and
    /// belongs to the second in UD.
    fn commas_before_conjuncts(&mut self) {
        for node in 0..self.tree.nodes.len() {
            if !self
                .labels
                .get(node)
                .is_some_and(|label| label.coordination)
            {
                continue;
            }
            let conjuncts = self.conjuncts(node);
            for pair in conjuncts.windows(2) {
                let &[first, second] = pair else { continue };
                let (Some(comma), Some(head)) = (self.closing_comma(first), self.head(second))
                else {
                    continue;
                };
                if let Some(Some(arc)) = self.arcs.get_mut(comma) {
                    arc.head = Some(head);
                }
            }
        }
    }

    /// The comma that closes a constituent and does not pair with one that opens it.
    fn closing_comma(&self, node: usize) -> Option<usize> {
        let comma = |node: usize| matches!(self.tag(node), "Fc" | "Fx");
        let mut node = node;
        loop {
            let (&first, &last) = (self.children(node).first()?, self.children(node).last()?);
            if comma(last) {
                return (!comma(first)).then_some(last);
            }
            node = last;
        }
    }
}
