//! A question part by part, each with the question that is left without it.

use super::PartView;
use crate::query::{Node, Said, What, print};

/// The parts of a question, each with the question that is left without it.
pub(super) fn parts(root: &Node) -> Vec<PartView> {
    let whole = |kept: Option<Node>| kept.map(|node| print(&node)).unwrap_or_default();
    match root {
        Node::All(nodes) => nodes
            .iter()
            .enumerate()
            .map(|(i, node)| part(node, false, &|kept| whole(replaced(root, i, kept))))
            .collect(),
        _ => vec![part(root, false, &whole)],
    }
}

/// One part; `around` writes the question with something else in its place.
// Depth is bounded by the parser.
fn part(node: &Node, negated: bool, around: &dyn Fn(Option<Node>) -> String) -> PartView {
    let plain = |kind, words: &str| PartView {
        kind,
        negated,
        field: None,
        claim: false,
        words: words.to_owned(),
        distance: None,
        parts: Vec::new(),
        without: around(None),
    };
    match node {
        Node::Not(inside) => part(inside, !negated, &|kept| {
            around(kept.map(|node| Node::Not(Box::new(node))))
        }),
        Node::All(nodes) | Node::Any(nodes) => {
            let kind = if matches!(node, Node::All(_)) {
                "all"
            } else {
                "any"
            };
            let inner = nodes.iter().enumerate();
            PartView {
                parts: inner
                    .map(|(i, one)| part(one, false, &|kept| around(replaced(node, i, kept))))
                    .collect(),
                ..plain(kind, "")
            }
        }
        Node::Leaf(leaf) => {
            let (kind, words, distance) = match &leaf.what {
                What::Word(words) => ("word", words, None),
                What::Prefix(words) => ("prefix", words, None),
                What::Fuzzy(words, edits) => ("fuzzy", words, Some(u32::from(*edits))),
                What::Phrase(words) => ("phrase", words, None),
                What::Near(words, gap) => ("near", words, Some(*gap)),
                What::Dates(_, typed) => ("dates", typed, None),
                What::Amounts(_, typed) => ("amounts", typed, None),
                What::Numbers(_, _, typed) => ("numbers", typed, None),
            };
            PartView {
                field: leaf
                    .field
                    .map(|field| field.name)
                    .or(leaf.said.as_ref().map(Said::name))
                    .map(str::to_owned),
                claim: leaf.said.is_some(),
                distance,
                ..plain(kind, words)
            }
        }
    }
}

/// A knot with another node, or nothing, in place of number `i`.
fn replaced(knot: &Node, i: usize, with: Option<Node>) -> Option<Node> {
    let (Node::All(nodes) | Node::Any(nodes)) = knot else {
        return with;
    };
    let mut nodes = nodes.clone();
    match with {
        Some(node) => nodes.get_mut(i).map(|old| *old = node),
        None => (i < nodes.len()).then(|| drop(nodes.remove(i))),
    };
    match nodes.len() {
        0 | 1 => nodes.pop(),
        _ if matches!(knot, Node::All(_)) => Some(Node::All(nodes)),
        _ => Some(Node::Any(nodes)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::query::{Known, understand};

    fn without(query: &str) -> Vec<String> {
        let question = understand(query, &Known::default());
        let mut flat = Vec::new();
        let mut open = question.asks.as_ref().map(parts).unwrap_or_default();
        open.reverse();
        while let Some(part) = open.pop() {
            let sign = if part.negated { "-" } else { "" };
            flat.push(format!(
                "{sign}{}:{} → {}",
                part.kind, part.words, part.without
            ));
            open.extend(part.parts.into_iter().rev());
        }
        flat
    }

    #[test]
    fn every_part_can_be_taken_away() {
        assert_eq!(without("lima"), ["word:lima → "]);
        assert_eq!(without("a b"), ["word:a → b", "word:b → a"]);
        assert_eq!(
            without("juez (pago OR \"dos palabras\") -kind:mail"),
            [
                "word:juez → (pago OR \"dos palabras\") -kind:mail",
                "any: → juez -kind:mail",
                "word:pago → juez \"dos palabras\" -kind:mail",
                "phrase:dos palabras → juez pago -kind:mail",
                "-word:mail → juez (pago OR \"dos palabras\")",
            ]
        );
    }
}
