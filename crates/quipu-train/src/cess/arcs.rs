//! A constituency tree becomes arcs between its words, content words as heads.
//!
//! The tables choose heads; what needs the whole tree is said here: first
//! conjuncts, verb groups, and predicates that stand above their copula.

use super::brackets::Tree;
use super::label::Label;
use super::tables::{HeadRule, Tables, fits};

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
}

/// Works out the arcs of a tree.
#[must_use]
pub fn arcs(tree: &Tree, tables: &Tables) -> Arcs {
    let labels: Vec<Label> = tree.nodes.iter().map(|node| Label::parse(&node.label)).collect();
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
        builder.set(root, Arc { head: None, top: 0, at: 0, fixed: None });
    }
    for node in 0..tree.nodes.len() {
        builder.attach_children(node);
    }
    builder.raise_chain_predicates();
    builder.lift_from_copulas();
    builder.commas_before_conjuncts();
    Arcs { labels: builder.labels, leaves, arcs: builder.arcs, heads: builder.heads }
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
        matches!(self.category(node), "grup.verb" | "infinitiu" | "gerundi" | "participi")
    }

    fn set(&mut self, leaf: usize, arc: Arc) {
        if let Some(slot) = self.arcs.get_mut(leaf) {
            *slot = Some(arc);
        }
    }

    // -- heads, bottom-up ----------------------------------------------------

    fn head_of(&mut self, node: usize) -> Option<usize> {
        if self.tree.nodes.get(node)?.word.is_some() {
            return Some(node);
        }
        if self.labels.get(node)?.coordination {
            let first = self.conjuncts(node).first().copied();
            if let Some(head) = first.and_then(|conjunct| self.head(conjunct)) {
                return Some(head);
            }
        }
        if self.is_verb_group(node) {
            let verbs = self.verbs(node);
            if let Some(at) = self.lexical(&verbs) {
                return verbs.get(at).copied();
            }
        }
        if self.labels.get(node)?.is_clause()
            && let Some((predicate, verb)) = self.predicate(node)
        {
            if let Some(slot) = self.copula.get_mut(node) {
                *slot = Some(verb);
            }
            return self.head(predicate);
        }
        if self.category(node).starts_with("sn")
            && let Some(head) = self.article_as_head(node)
        {
            return Some(head);
        }
        self.head_by_table(node)
    }

    /// `los de Coca-Cola`: without a noun the article heads the phrase.
    fn article_as_head(&self, node: usize) -> Option<usize> {
        let specifier =
            *self.children(node).iter().find(|&&child| self.category(child) == "espec")?;
        let group = *self
            .children(node)
            .iter()
            .find(|&&child| matches!(self.category(child), "grup.nom" | "sp"))?;
        let bare = self.category(group) == "sp"
            || (!self.children(group).is_empty()
                && !self.labels.get(group).is_some_and(|label| label.coordination)
                && self
                    .children(group)
                    .iter()
                    .all(|&child| self.category(child) == "sp" || self.is_mark(child)));
        let noun = self.children(node).iter().any(|&child| self.category(child) == "grup.nom" && child != group);
        (bare && !noun).then(|| self.head(specifier)).flatten()
    }

    fn head_by_table(&self, node: usize) -> Option<usize> {
        let category = self.category(node);
        let children: Vec<usize> =
            self.children(node).iter().copied().filter(|&child| self.head(child).is_some()).collect();
        let rule = self.tables.heads.iter().find(|rule| fits(&rule.category, category));
        let from_right = rule.is_some_and(|rule| rule.from_right);
        for pattern in rule.map_or(&[][..], |rule: &HeadRule| &rule.children) {
            let fit = |child: &&usize| match pattern.strip_prefix("leaf:") {
                Some(tag) => {
                    let own = self.tag(**child);
                    !own.is_empty() && !self.is_mark(**child) && fits_start(tag, own)
                }
                None => self.tag(**child).is_empty() && fits(pattern, self.category(**child)),
            };
            let found =
                if from_right { children.iter().rfind(fit) } else { children.iter().find(fit) };
            if let Some(&child) = found {
                return self.head(child);
            }
        }
        let words = children.iter().find(|&&child| !self.is_mark(child));
        words.or(children.first()).and_then(|&child| self.head(child))
    }

    /// The conjuncts of a coordination: children of its own family, and what stands
    /// on either side of a conjunction.
    fn conjuncts(&self, node: usize) -> Vec<usize> {
        let own = self.category(node).to_owned();
        let children: Vec<usize> = self
            .children(node)
            .iter()
            .copied()
            .filter(|&child| !self.is_mark(child) && self.head(child).is_some())
            .collect();
        let links: Vec<usize> = (0..children.len())
            .filter(|&at| children.get(at).is_some_and(|&child| self.is_link(child)))
            .collect();
        let mut conjuncts: Vec<usize> = Vec::new();
        for (at, &child) in children.iter().enumerate() {
            let beside = links.contains(&(at + 1))
                || at.checked_sub(1).is_some_and(|before| links.contains(&before));
            if !self.is_link(child) && (family(&own) == family(self.category(child)) || beside) {
                conjuncts.push(child);
            }
        }
        conjuncts
    }

    fn is_link(&self, node: usize) -> bool {
        self.category(node) == "coord" || self.tag(node).starts_with("cc")
    }

    /// The verbs of a group in order, nested infinitives and gerunds included.
    fn verbs(&self, node: usize) -> Vec<usize> {
        let mut verbs = Vec::new();
        for &child in self.children(node) {
            let tag = self.tag(child);
            if tag.starts_with('v') || (tag.starts_with("aq") && self.category(node) == "participi") {
                verbs.push(child);
            } else if self.is_verb_group(child)
                && !self.labels.get(child).is_some_and(|label| label.coordination)
            {
                verbs.extend(self.verbs(child));
            }
        }
        verbs
    }

    /// Index of the verb that heads a chain: the first that is no auxiliary of the next.
    fn lexical(&self, verbs: &[usize]) -> Option<usize> {
        (0..verbs.len()).find(|&at| match verbs.get(at + 1) {
            Some(&next) => verbs
                .get(at)
                .is_none_or(|&verb| self.auxiliary(verb, next).is_none()),
            None => true,
        })
    }

    fn auxiliary(&self, verb: usize, next_node: usize) -> Option<&String> {
        let next = self.tag(next_node);
        let form = match next.as_bytes() {
            [b'v', _, b'n', ..] => "inf",
            [b'v', _, b'g', ..] => "ger",
            [b'v', _, b'p', ..] | [b'a', b'q', ..] => "part",
            _ => return None,
        };
        // `hay que dar`: a conjunction in between makes it another construction.
        if (verb..next_node).any(|node| self.tag(node).starts_with("cs")) {
            return None;
        }
        self.tables.auxiliaries.get(&(self.lemma(verb).to_owned(), form.to_owned()))
    }

    /// The relation `auxiliaries.tsv` gives a part of a chain with a conjunction.
    fn obligation(&self, part: &str, otherwise: &str) -> String {
        let key = ("*".to_owned(), part.to_owned());
        self.tables.auxiliaries.get(&key).map_or(otherwise, String::as_str).to_owned()
    }

    /// Predicate and verb group of a clause whose verb is a copula.
    fn predicate(&self, clause: usize) -> Option<(usize, usize)> {
        let verb = *self.children(clause).iter().find(|&&child| self.is_verb_group(child))?;
        let head = self.head(verb)?;
        let key = (self.lemma(head).to_owned(), "atr".to_owned());
        self.tables.auxiliaries.get(&key)?;
        let predicate = *self
            .children(clause)
            .iter()
            .find(|&&child| self.function(child) == "ATR" && self.head(child).is_some())?;
        // `el caso es que`: AnCora keeps the verb as head above a clause.
        (!self.is_clausal(predicate)).then_some((predicate, verb))
    }

    // -- arcs, top-down ------------------------------------------------------

    fn attach_children(&mut self, node: usize) {
        let Some(head) = self.head(node) else { return };
        if self.tree.nodes.get(node).is_none_or(|node| node.word.is_some()) {
            return;
        }
        if self.labels.get(node).is_some_and(|label| label.coordination) {
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
        let nouns: Vec<usize> =
            children.iter().copied().filter(|&child| self.tag(child).starts_with("nc")).collect();
        for child in children {
            let tag = self.tag(child).to_owned();
            let noun = nouns.iter().copied().find(|&noun| noun > child);
            let first = nouns.first().copied();
            if let (Some(noun), true) = (noun, tag.starts_with(['d', 'Z', 's', 'r', 'p'])) {
                self.hang(child, node, noun, None);
            } else if let (Some(first), true) = (first, tag.starts_with("nc") && Some(child) != first) {
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
            self.set(leaf, Arc { head: Some(head), top: child, at: node, fixed });
        }
    }

    fn attach_conjuncts(&mut self, node: usize, head: usize) {
        let conjuncts = self.conjuncts(node);
        for child in self.children(node).to_vec() {
            let next = conjuncts.iter().find(|&&conjunct| conjunct > child);
            let next = next.and_then(|&conjunct| self.head(conjunct));
            let before = conjuncts.iter().any(|&conjunct| conjunct < child);
            if conjuncts.contains(&child) {
                self.hang(child, node, head, Some("conj".to_owned()));
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
            if !self.labels.get(node).is_some_and(|label| label.coordination) {
                continue;
            }
            let conjuncts = self.conjuncts(node);
            for pair in conjuncts.windows(2) {
                let &[first, second] = pair else { continue };
                let (Some(comma), Some(head)) = (self.closing_comma(first), self.head(second)) else {
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

    fn attach_verb_group(&mut self, node: usize, head: usize) {
        // A group inside a group was hung by the outer one.
        let parent = self.tree.nodes.get(node).map_or(0, |node| node.parent);
        let outer = self.is_verb_group(parent)
            && !self.labels.get(parent).is_some_and(|label| label.coordination);
        let verbs = self.verbs(node);
        if !outer {
            self.attach_chain(&verbs, node);
        }
        for child in self.children(node).to_vec() {
            if verbs.contains(&child) || self.is_verb_group(child) {
                continue;
            }
            let next = verbs.iter().position(|&verb| verb > child);
            let tag = self.tag(child).to_owned();
            let (target, fixed) = match next {
                // `va a reanudar`, `tiene que ver`: the particle goes with what follows.
                Some(at) if tag.starts_with("sp") || tag.starts_with('c') => {
                    let rest = verbs.get(at..).unwrap_or_default();
                    let target = self.lexical(rest).and_then(|at| rest.get(at)).copied();
                    let fixed = match tag.starts_with("cs") {
                        true => self.obligation("que", "mark"),
                        false => "mark".to_owned(),
                    };
                    (target.unwrap_or(head), Some(fixed))
                }
                Some(at) if !self.is_mark(child) => {
                    (verbs.get(at).copied().unwrap_or(head), None)
                }
                _ => (head, None),
            };
            self.hang(child, node, target, fixed);
        }
    }

    fn attach_chain(&mut self, verbs: &[usize], node: usize) {
        let Some(at) = self.lexical(verbs) else { return };
        let (Some(&head), rest) = (verbs.get(at), verbs.get(at + 1..).unwrap_or_default()) else {
            return;
        };
        for pair in verbs.windows(2).take(at) {
            if let &[verb, next] = pair {
                let fixed = self.auxiliary(verb, next).cloned();
                self.set(verb, Arc { head: Some(head), top: verb, at: node, fixed });
            }
        }
        if let Some(next) = self.lexical(rest).and_then(|at| rest.get(at)).copied() {
            let linked = (head..next).any(|node| self.tag(node).starts_with("cs"));
            let fixed = Some(match linked {
                true => self.obligation("after que", "xcomp"),
                false => "xcomp".to_owned(),
            });
            self.set(next, Arc { head: Some(head), top: next, at: node, fixed });
            self.attach_chain(rest, node);
        }
    }

    /// For a clause whose verbs are a chain (`tuvo que dar`): the word the rest of
    /// the clause hangs on, which in AnCora is the last verb, or its predicate.
    fn last_of_chain(&self, node: usize) -> Option<usize> {
        if !self.labels.get(node)?.is_clause() || self.copula.get(node).copied().flatten().is_some() {
            return None;
        }
        let group = *self.children(node).iter().find(|&&child| self.is_verb_group(child))?;
        let last = *self.verbs(group).last()?;
        (Some(last) != self.head(group)).then(|| self.chain_predicate(node, last).unwrap_or(last))
    }

    /// `dejará de estar en manos`: the predicate above a copula that ends a chain.
    fn chain_predicate(&self, node: usize, last: usize) -> Option<usize> {
        let key = (self.lemma(last).to_owned(), "atr".to_owned());
        self.tables.auxiliaries.get(&key)?;
        let atr = |child: &&usize| self.function(**child) == "ATR" && !self.is_clausal(**child);
        self.children(node).iter().find(atr).and_then(|&child| self.head(child))
    }

    /// `tiene que dar`: a conjunction stands inside the verb group.
    fn is_obligation(&self, clause: usize) -> bool {
        let group = self.children(clause).iter().find(|&&child| self.is_verb_group(child));
        group.is_some_and(|&group| {
            self.children(group).iter().any(|&child| self.tag(child).starts_with("cs"))
        })
    }

    fn is_clausal(&self, node: usize) -> bool {
        matches!(self.category(node), "S.F.C" | "S.NF.C")
    }

    fn raise_chain_predicates(&mut self) {
        for node in 0..self.tree.nodes.len() {
            let Some(predicate) = self.last_of_chain(node) else { continue };
            let group = self.children(node).iter().find(|&&child| self.is_verb_group(child)).copied();
            let Some(last) = group.and_then(|group| self.verbs(group).last().copied()) else { continue };
            if predicate == last {
                continue;
            }
            let Some(Some(old)) = self.arcs.get(last).cloned() else { continue };
            for arc in self.arcs.iter_mut().flatten() {
                if arc.head == Some(last) {
                    arc.head = Some(predicate);
                }
            }
            self.set(predicate, Arc { fixed: Some("xcomp".to_owned()), ..old.clone() });
            self.set(last, Arc { head: Some(predicate), fixed: Some("cop".to_owned()), ..old });
        }
    }

    /// What hangs on a copula belongs to the predicate.
    fn lift_from_copulas(&mut self) {
        let lifts: Vec<(usize, usize)> = (0..self.tree.nodes.len())
            .filter_map(|clause| {
                let verb = self.copula.get(clause).copied().flatten()?;
                Some((self.head(verb)?, self.head(clause)?))
            })
            .collect();
        for (copula, predicate) in lifts {
            for slot in &mut self.arcs {
                if let Some(arc) = slot
                    && arc.head == Some(copula)
                {
                    arc.head = Some(predicate);
                }
            }
        }
    }
}

fn fits_start(pattern: &str, tag: &str) -> bool {
    pattern == "*" || tag.to_lowercase().starts_with(pattern)
}

/// Categories that may stand beside one another as conjuncts.
fn family(category: &str) -> &str {
    if category.starts_with("sn") || category == "grup.nom" {
        "sn"
    } else if matches!(category, "sa" | "s.a" | "grup.a") {
        "sa"
    } else if matches!(category, "sadv" | "grup.adv") {
        "sadv"
    } else if category.starts_with('S') {
        "S"
    } else {
        category
    }
}
