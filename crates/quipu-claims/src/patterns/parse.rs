//! Finds expressions in a run of words that they may hold.
//!
//! From left to right; at each place the longest one of any kind wins, then
//! the better kind. A place costs no more than the patterns are long, so a
//! text costs what its length is.

use super::Topic;
use super::machine::{KindId, Machine};
use super::numeral::numerals;
use super::slots::{Filled, Node, NodeId, Place, SlotName, Value};
use super::token::{Form, Token};
use super::vocabulary::UNKNOWN;

/// An expression in a run of words.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Found {
    pub(crate) first: usize,
    pub(crate) end: usize,
    pub(crate) node: NodeId,
}

/// The parser, with room that is used again for every run.
#[derive(Debug)]
pub(crate) struct Parser<M> {
    pub(crate) nodes: Vec<Node<M>>,
    pub(crate) found: Vec<Found>,
    /// What is known of a kind at a place: where its ends lie in `ends`.
    memo: Vec<Option<(u32, u32)>>,
    ends: Vec<(u32, NodeId)>,
    values: Vec<Value>,
    places: Vec<Place>,
}

/// A run is cut after so many tokens; no expression is nearly as long.
pub(crate) const RUN_MAX: usize = 64;

impl<M> Default for Parser<M> {
    fn default() -> Self {
        Self {
            nodes: Vec::new(),
            found: Vec::new(),
            memo: Vec::new(),
            ends: Vec::new(),
            values: Vec::new(),
            places: Vec::new(),
        }
    }
}

impl<M: Copy + Default> Parser<M> {
    /// Finds the expressions of a run.
    ///
    /// What `keep` does not take is looked at again from its second word on.
    pub(crate) fn read<T: Topic<Meaning = M>>(
        &mut self,
        machine: &Machine<T>,
        tokens: &[Token],
        mut keep: impl FnMut(&mut Self, Found) -> Option<NodeId>,
    ) {
        self.found.clear();
        self.ends.clear();
        self.memo.clear();
        self.memo.resize(tokens.len() * machine.roots.len(), None);
        let mut candidates: Vec<(u32, NodeId)> = Vec::new();
        let mut at = 0;
        while at < tokens.len() {
            // The longest first; of the same words the better kind, which is
            // asked first. What is not kept makes room for something shorter.
            candidates.clear();
            for kind in &machine.whole {
                let (from, to) = self.kind(machine, tokens, *kind, at);
                candidates.extend_from_slice(&self.ends[from as usize..to as usize]);
            }
            candidates.sort_by_key(|(end, _)| std::cmp::Reverse(*end));
            candidates.dedup_by_key(|(end, _)| *end);
            let mut next = at + 1;
            for (end, node) in &candidates {
                let found = Found {
                    first: at,
                    end: *end as usize,
                    node: *node,
                };
                if !has_core(machine, &tokens[at..found.end]) {
                    continue;
                }
                if let Some(node) = keep(self, found) {
                    self.found.push(Found { node, ..found });
                    next = found.end;
                    break;
                }
            }
            at = next;
        }
    }

    /// All ends of a kind that starts at a place.
    fn kind<T: Topic<Meaning = M>>(
        &mut self,
        machine: &Machine<T>,
        tokens: &[Token],
        kind: KindId,
        at: usize,
    ) -> (u32, u32) {
        let Some(token) = tokens.get(at) else {
            return (0, 0);
        };
        if !machine.can_start(kind, token.word) {
            return (0, 0);
        }
        let slot = at * machine.roots.len() + usize::from(kind);
        if let Some(known) = self.memo[slot] {
            return known;
        }
        let mut ends = Vec::new();
        let base = self.values.len();
        let root = machine.roots[usize::from(kind)];
        self.walk(machine, tokens, root, at, base, &mut ends);
        let from = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.ends
            .extend(ends.iter().map(|(end, node, _)| (*end, *node)));
        let to = u32::try_from(self.ends.len()).unwrap_or(u32::MAX);
        self.memo[slot] = Some((from, to));
        (from, to)
    }

    fn walk<T: Topic<Meaning = M>>(
        &mut self,
        machine: &Machine<T>,
        tokens: &[Token],
        knot: u32,
        at: usize,
        base: usize,
        ends: &mut Vec<(u32, NodeId, u16)>,
    ) {
        let knot = &machine.knots[knot as usize];
        if let Some(accept) = &knot.accept {
            self.accept(machine, accept.rule, &accept.slots, at, base, ends);
        }
        let Some(token) = tokens.get(at) else {
            return;
        };
        for (sign, next) in &knot.signs {
            if token.form == Form::Sign(*sign) {
                self.walk(machine, tokens, *next, at + 1, base, ends);
            } else if *sign == '-' && token.hyphened {
                self.walk(machine, tokens, *next, at, base, ends);
            }
        }
        if token.word != UNKNOWN {
            if let Ok(found) = knot
                .words
                .binary_search_by_key(&token.word, |(word, _)| *word)
            {
                self.walk(machine, tokens, knot.words[found].1, at + 1, base, ends);
            }
            for (class, next) in &knot.classes {
                if let Some(worth) = machine.worth(token.word, *class) {
                    self.fill(tokens, at, at + 1, Value::Number(worth));
                    self.walk(machine, tokens, *next, at + 1, base, ends);
                    self.empty();
                }
            }
        }
        for (numeral, next) in &knot.numerals {
            for (end, value) in numerals(machine, tokens, at, *numeral).iter() {
                self.fill(tokens, at, end, value);
                self.walk(machine, tokens, *next, end, base, ends);
                self.empty();
            }
        }
        for (kind, next) in &knot.kinds {
            let (from, to) = self.kind(machine, tokens, *kind, at);
            for i in from..to {
                let (end, node) = self.ends[i as usize];
                self.fill(tokens, at, end as usize, Value::Node(node));
                self.walk(machine, tokens, *next, end as usize, base, ends);
                self.empty();
            }
        }
    }

    fn accept<T: Topic<Meaning = M>>(
        &mut self,
        machine: &Machine<T>,
        rule: u16,
        slots: &[SlotName],
        at: usize,
        base: usize,
        ends: &mut Vec<(u32, NodeId, u16)>,
    ) {
        let end = u32::try_from(at).unwrap_or(u32::MAX);
        let known = ends.iter().position(|(other, ..)| *other == end);
        // Of two patterns for the same words the first one written holds.
        if known.is_some_and(|known| ends[known].2 <= rule) {
            return;
        }
        let written = rule;
        let pattern = &machine.rules[usize::from(rule)];
        let filled = Filled {
            names: slots,
            values: &self.values[base..],
            places: &self.places[base..],
            with: &pattern.with,
            nodes: &self.nodes,
        };
        let Some(meaning) = machine.own.build(pattern.primitive, &filled) else {
            return;
        };
        let inner = T::hands_on(pattern.primitive).and_then(|name| filled.node(name));
        let rule = inner.map_or(rule, |inner| self.rule(inner));
        let node = NodeId::try_from(self.nodes.len()).unwrap_or(NodeId::MAX);
        self.nodes.push(Node { meaning, rule });
        match known {
            Some(known) => ends[known] = (end, node, written),
            None => ends.push((end, node, written)),
        }
    }

    /// Forgets all meanings; what was found points nowhere from here on.
    pub(crate) fn clear(&mut self) {
        self.nodes.clear();
        self.found.clear();
    }

    fn fill(&mut self, tokens: &[Token], from: usize, to: usize, value: Value) {
        let byte = |at: Option<usize>| at.and_then(|at| u32::try_from(at).ok()).unwrap_or(0);
        let last = tokens.get(to.wrapping_sub(1));
        self.values.push(value);
        self.places.push(Place {
            start: byte(tokens.get(from).map(|token| token.start)),
            last: byte(last.map(|token| token.start)),
            end: byte(last.map(|token| token.end)),
        });
    }

    fn empty(&mut self) {
        self.values.pop();
        self.places.pop();
    }

    /// The pattern of a meaning.
    pub(crate) fn rule(&self, node: NodeId) -> u16 {
        self.nodes.get(node as usize).map_or(0, |node| node.rule)
    }

    /// Puts a meaning in that no pattern made by itself.
    pub(crate) fn add(&mut self, meaning: M, rule: u16) -> NodeId {
        self.nodes.push(Node { meaning, rule });
        NodeId::try_from(self.nodes.len() - 1).unwrap_or(NodeId::MAX)
    }

    pub(crate) fn meaning(&self, node: NodeId) -> M {
        self.nodes
            .get(node as usize)
            .map_or_else(M::default, |node| node.meaning)
    }
}

/// Whether something among the words can only be there for an expression.
fn has_core<T: Topic>(machine: &Machine<T>, tokens: &[Token]) -> bool {
    tokens.iter().any(|token| is_core(machine, token))
}

pub(crate) fn is_core<T: Topic>(machine: &Machine<T>, token: &Token) -> bool {
    match token.form {
        Form::Word | Form::Sign(_) => machine.is_core(token.word),
        form => T::is_core(form),
    }
}
