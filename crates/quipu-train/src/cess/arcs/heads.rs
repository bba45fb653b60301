//! Which word heads a constituent: the table, and what the table cannot say.

use super::Builder;
use crate::cess::tables::{HeadRule, fits};

impl Builder<'_> {
    pub(super) fn head_of(&mut self, node: usize) -> Option<usize> {
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
        if let Some(title) = self.title(node) {
            return self.head(title);
        }
        if self.category(node).starts_with("sn")
            && let Some(head) = self.article_as_head(node)
        {
            return Some(head);
        }
        self.head_by_table(node)
    }

    /// `don Antonio`: a noun phrase that opens a group and is followed by its noun.
    pub(super) fn title(&self, node: usize) -> Option<usize> {
        let mut words = self
            .children(node)
            .iter()
            .copied()
            .filter(|&child| !self.is_mark(child));
        let (first, second) = (words.next()?, words.next()?);
        (self.category(node) == "grup.nom"
            && self.category(first).starts_with("sn")
            && self.tag(second).starts_with('n'))
        .then_some(first)
    }

    /// `los de Coca-Cola`: without a noun the article heads the phrase.
    pub(super) fn article_as_head(&self, node: usize) -> Option<usize> {
        let specifier = *self
            .children(node)
            .iter()
            .find(|&&child| self.category(child) == "espec")?;
        let group = *self
            .children(node)
            .iter()
            .find(|&&child| matches!(self.category(child), "grup.nom" | "sp"))?;
        let bare = self.category(group) == "sp"
            || (!self.children(group).is_empty()
                && !self
                    .labels
                    .get(group)
                    .is_some_and(|label| label.coordination)
                && self
                    .children(group)
                    .iter()
                    .all(|&child| self.category(child) == "sp" || self.is_mark(child)));
        let noun = self
            .children(node)
            .iter()
            .any(|&child| self.category(child) == "grup.nom" && child != group);
        (bare && !noun).then(|| self.head(specifier)).flatten()
    }

    pub(super) fn head_by_table(&self, node: usize) -> Option<usize> {
        let category = self.category(node);
        let children: Vec<usize> = self
            .children(node)
            .iter()
            .copied()
            .filter(|&child| self.head(child).is_some())
            .collect();
        let rule = self
            .tables
            .heads
            .iter()
            .find(|rule| fits(&rule.category, category));
        let from_right = rule.is_some_and(|rule| rule.from_right);
        for pattern in rule.map_or(&[][..], |rule: &HeadRule| &rule.children) {
            let fit = |child: &&usize| match pattern.strip_prefix("leaf:") {
                Some(tag) => {
                    let own = self.tag(**child);
                    !own.is_empty() && !self.is_mark(**child) && fits_start(tag, own)
                }
                None => self.tag(**child).is_empty() && fits(pattern, self.category(**child)),
            };
            let found = if from_right {
                children.iter().rfind(fit)
            } else {
                children.iter().find(fit)
            };
            if let Some(&child) = found {
                return self.head(child);
            }
        }
        let words = children.iter().find(|&&child| !self.is_mark(child));
        words
            .or(children.first())
            .and_then(|&child| self.head(child))
    }

    /// The conjuncts of a coordination: children of its own family, and what stands
    /// on either side of a conjunction.
    pub(super) fn conjuncts(&self, node: usize) -> Vec<usize> {
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
        let kin =
            |child: usize| !self.is_link(child) && family(&own) == family(self.category(child));
        let family: Vec<usize> = children
            .iter()
            .copied()
            .filter(|&child| kin(child))
            .collect();
        if family.len() > 1 || (links.first() == Some(&0) && links.len() == 1) {
            return family;
        }
        // Unlike things are coordinated (`de 93 años y privado de la visión`).
        (0..children.len())
            .filter_map(|at| {
                let child = *children.get(at)?;
                let beside = links.contains(&(at + 1))
                    || at
                        .checked_sub(1)
                        .is_some_and(|before| links.contains(&before));
                (!self.is_link(child) && (kin(child) || beside)).then_some(child)
            })
            .collect()
    }

    pub(super) fn is_link(&self, node: usize) -> bool {
        self.category(node) == "coord" || self.tag(node).starts_with("cc")
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
