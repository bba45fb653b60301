//! Verb groups: auxiliaries, chains such as `tiene que dar`, copulas below their predicate.

use super::{Arc, Builder};

impl Builder<'_> {
    /// The verbs of a group in order, nested infinitives and gerunds included.
    pub(super) fn verbs(&self, node: usize) -> Vec<usize> {
        let mut verbs = Vec::new();
        for &child in self.children(node) {
            let tag = self.tag(child);
            if tag.starts_with('v') || (tag.starts_with("aq") && self.category(node) == "participi")
            {
                verbs.push(child);
            } else if self.is_verb_group(child)
                && !self
                    .labels
                    .get(child)
                    .is_some_and(|label| label.coordination)
            {
                verbs.extend(self.verbs(child));
            }
        }
        verbs
    }

    /// Index of the verb that heads a chain: the first that is no auxiliary of the next.
    pub(super) fn lexical(&self, verbs: &[usize]) -> Option<usize> {
        (0..verbs.len()).find(|&at| match verbs.get(at + 1) {
            Some(&next) => verbs
                .get(at)
                .is_none_or(|&verb| self.auxiliary(verb, next).is_none()),
            None => true,
        })
    }

    pub(super) fn auxiliary(&self, verb: usize, next_node: usize) -> Option<&String> {
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
        self.tables
            .auxiliaries
            .get(&(self.lemma(verb).to_owned(), form.to_owned()))
    }

    /// The relation `auxiliaries.tsv` gives a part of a chain with a conjunction.
    pub(super) fn obligation(&self, part: &str, otherwise: &str) -> String {
        let key = ("*".to_owned(), part.to_owned());
        self.tables
            .auxiliaries
            .get(&key)
            .map_or(otherwise, String::as_str)
            .to_owned()
    }

    /// Predicate and verb group of a clause whose verb is a copula.
    pub(super) fn predicate(&self, clause: usize) -> Option<(usize, usize)> {
        let verb = *self
            .children(clause)
            .iter()
            .find(|&&child| self.is_verb_group(child))?;
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

    pub(super) fn attach_verb_group(&mut self, node: usize, head: usize) {
        // A group inside a group was hung by the outer one.
        let parent = self.tree.nodes.get(node).map_or(0, |node| node.parent);
        let outer = self.is_verb_group(parent)
            && !self
                .labels
                .get(parent)
                .is_some_and(|label| label.coordination);
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
                Some(at) if !self.is_mark(child) => (verbs.get(at).copied().unwrap_or(head), None),
                _ => (head, None),
            };
            self.hang(child, node, target, fixed);
        }
    }

    pub(super) fn attach_chain(&mut self, verbs: &[usize], node: usize) {
        let Some(at) = self.lexical(verbs) else {
            return;
        };
        let (Some(&head), rest) = (verbs.get(at), verbs.get(at + 1..).unwrap_or_default()) else {
            return;
        };
        for pair in verbs.windows(2).take(at) {
            if let &[verb, next] = pair {
                let fixed = self.auxiliary(verb, next).cloned();
                self.set(
                    verb,
                    Arc {
                        head: Some(head),
                        top: verb,
                        at: node,
                        fixed,
                    },
                );
            }
        }
        if let Some(next) = self.lexical(rest).and_then(|at| rest.get(at)).copied() {
            let linked = (head..next).any(|node| self.tag(node).starts_with("cs"));
            let fixed = Some(match linked {
                true => self.obligation("after que", "xcomp"),
                false => "xcomp".to_owned(),
            });
            self.set(
                next,
                Arc {
                    head: Some(head),
                    top: next,
                    at: node,
                    fixed,
                },
            );
            self.attach_chain(rest, node);
        }
    }

    /// For a clause whose verbs are a chain (`tuvo que dar`): the word the rest of
    /// the clause hangs on, which in AnCora is the last verb, or its predicate.
    pub(super) fn last_of_chain(&self, node: usize) -> Option<usize> {
        if !self.labels.get(node)?.is_clause() || self.copula.get(node).copied().flatten().is_some()
        {
            return None;
        }
        let group = *self
            .children(node)
            .iter()
            .find(|&&child| self.is_verb_group(child))?;
        let last = *self.verbs(group).last()?;
        (Some(last) != self.head(group)).then(|| self.chain_predicate(node, last).unwrap_or(last))
    }

    /// `dejará de estar en manos`: the predicate above a copula that ends a chain.
    pub(super) fn chain_predicate(&self, node: usize, last: usize) -> Option<usize> {
        let key = (self.lemma(last).to_owned(), "atr".to_owned());
        self.tables.auxiliaries.get(&key)?;
        let atr = |child: &&usize| self.function(**child) == "ATR" && !self.is_clausal(**child);
        self.children(node)
            .iter()
            .find(atr)
            .and_then(|&child| self.head(child))
    }

    /// `tiene que dar`: a conjunction stands inside the verb group.
    pub(super) fn is_obligation(&self, clause: usize) -> bool {
        let group = self
            .children(clause)
            .iter()
            .find(|&&child| self.is_verb_group(child));
        group.is_some_and(|&group| {
            self.children(group)
                .iter()
                .any(|&child| self.tag(child).starts_with("cs"))
        })
    }

    pub(super) fn is_clausal(&self, node: usize) -> bool {
        matches!(self.category(node), "S.F.C" | "S.NF.C")
    }

    pub(super) fn raise_chain_predicates(&mut self) {
        for node in 0..self.tree.nodes.len() {
            let Some(predicate) = self.last_of_chain(node) else {
                continue;
            };
            let group = self
                .children(node)
                .iter()
                .find(|&&child| self.is_verb_group(child))
                .copied();
            let Some(last) = group.and_then(|group| self.verbs(group).last().copied()) else {
                continue;
            };
            if predicate == last {
                continue;
            }
            let Some(Some(old)) = self.arcs.get(last).cloned() else {
                continue;
            };
            for arc in self.arcs.iter_mut().flatten() {
                if arc.head == Some(last) {
                    arc.head = Some(predicate);
                }
            }
            self.set(
                predicate,
                Arc {
                    fixed: Some("xcomp".to_owned()),
                    ..old.clone()
                },
            );
            self.set(
                last,
                Arc {
                    head: Some(predicate),
                    fixed: Some("cop".to_owned()),
                    ..old
                },
            );
        }
    }

    /// What hangs on a copula belongs to the predicate.
    pub(super) fn lift_from_copulas(&mut self) {
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
