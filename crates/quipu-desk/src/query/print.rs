//! Writes a question out again, so that every part of it can be taken away.

use super::{Leaf, Node, What};

/// The query that means this.
#[must_use]
pub fn print(node: &Node) -> String {
    let mut out = String::new();
    write(node, Binding::Loose, &mut out);
    out
}

/// How tightly the place where a node is written holds it.
#[derive(Clone, Copy, PartialEq)]
enum Binding {
    Loose,
    Tight,
}

// Depth is bounded by the parser.
fn write(node: &Node, binding: Binding, out: &mut String) {
    match node {
        Node::All(nodes) => {
            let wrap = binding == Binding::Tight;
            join(nodes, " ", wrap, out);
        }
        Node::Any(nodes) => {
            let wrap = binding == Binding::Tight;
            join(nodes, " OR ", wrap, out);
        }
        Node::Not(inside) => {
            out.push('-');
            write(inside, Binding::Tight, out);
        }
        Node::Leaf(leaf) => write_leaf(leaf, out),
    }
}

fn join(nodes: &[Node], between: &str, wrap: bool, out: &mut String) {
    if wrap {
        out.push('(');
    }
    for (i, node) in nodes.iter().enumerate() {
        if i > 0 {
            out.push_str(between);
        }
        write(node, Binding::Tight, out);
    }
    if wrap {
        out.push(')');
    }
}

fn write_leaf(leaf: &Leaf, out: &mut String) {
    let said = leaf.said.as_ref().map(super::Said::name);
    if let Some(name) = leaf.field.map(|field| field.name).or(said) {
        out.push_str(name);
        out.push(':');
    }
    match &leaf.what {
        What::Word(word) => out.push_str(word),
        What::Prefix(word) => {
            out.push_str(word);
            out.push('*');
        }
        What::Fuzzy(word, edits) => {
            out.push_str(word);
            out.push('~');
            if *edits > 1 {
                out.push_str(&edits.to_string());
            }
        }
        What::Phrase(words) => {
            out.push('"');
            out.push_str(words);
            out.push('"');
        }
        What::Near(words, gap) => {
            out.push('"');
            out.push_str(words);
            out.push_str("\"~");
            out.push_str(&gap.to_string());
        }
        What::Dates(_, typed) | What::Amounts(_, typed) | What::Numbers(_, _, typed) => {
            out.push_str(typed);
        }
    }
}
