//! Bracketed CESS files become trees; a bracket too many or too few costs no tree.
//!
//! A file holds one tree after another, each opened by a line that is a bare `(`.
//! Inside a tree every line is indented by two spaces a level. Where the brackets
//! of a tree do not balance, the indentation is believed instead of them.

/// A constituent or a word. The tree is an arena: node 0 is its root.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Node {
    /// Category and function as written, e.g. `sn-SUJ`; the tag for a word.
    pub label: String,
    /// Index of the node above; the root points at itself.
    pub parent: usize,
    /// Indices of the nodes below, in order. Empty for words.
    pub children: Vec<usize>,
    /// Form and lemma, for words only.
    pub word: Option<(String, String)>,
}

/// A tree as read, and whether its brackets had to be mended.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Tree {
    /// Node 0 is a root without label; children stand after their parents.
    pub nodes: Vec<Node>,
    /// True if opening and closing brackets did not balance.
    pub mended: bool,
    /// Labels of the empty subjects (`sn.e-SUJ *0*`), with the node they stood in.
    pub dropped: Vec<(usize, String)>,
}

/// Reads all trees of a file.
#[must_use]
pub fn read(text: &str) -> Vec<Tree> {
    let mut trees = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in text.lines() {
        if line == "(" {
            if !lines.is_empty() {
                trees.push(read_tree(&lines));
            }
            lines = vec![line];
        } else if !lines.is_empty() && !line.trim().is_empty() {
            lines.push(line);
        }
    }
    if !lines.is_empty() {
        trees.push(read_tree(&lines));
    }
    trees
}

fn read_tree(lines: &[&str]) -> Tree {
    let opened: usize = lines.iter().map(|line| line.matches('(').count()).sum();
    let closed: usize = lines.iter().map(|line| line.matches(')').count()).sum();
    let mended = opened != closed;
    let mut tree = Tree {
        nodes: vec![Node::default()],
        mended,
        dropped: Vec::new(),
    };
    let mut open = vec![0];
    for line in lines.iter().skip(1) {
        if mended {
            let depth = (line.len() - line.trim_start().len()) / 2;
            open.truncate(depth.max(1));
        }
        read_line(line, &mut tree, &mut open);
    }
    tree
}

fn read_line(line: &str, tree: &mut Tree, open: &mut Vec<usize>) {
    let mut rest = line.trim();
    while let Some(character) = rest.chars().next() {
        match character {
            '(' => {
                let end = rest.get(1..).and_then(|inner| inner.find(['(', ')']));
                let end = end.map_or(rest.len(), |at| at + 1);
                let inside = rest.get(1..end).unwrap_or_default();
                push(inside, tree, open);
                rest = rest.get(end..).unwrap_or_default().trim_start();
            }
            ')' => {
                // In a tree to be mended the next line's indentation closes what is to
                // be closed. The root stays open, whatever a bracket too many says.
                if open.len() > 1 && !tree.mended {
                    open.pop();
                }
                rest = rest.get(1..).unwrap_or_default().trim_start();
            }
            _ => {
                let end = rest.find(['(', ')']).unwrap_or(rest.len());
                rest = rest.get(end..).unwrap_or_default();
            }
        }
    }
}

fn push(inside: &str, tree: &mut Tree, open: &mut Vec<usize>) {
    let parts: Vec<&str> = inside.split_whitespace().collect();
    let parent = open.last().copied().unwrap_or(0);
    let at = tree.nodes.len();
    let node = match parts.as_slice() {
        [label, "*0*"] => {
            tree.dropped.push((parent, (*label).to_owned()));
            open.push(at);
            // An empty place is kept in the arena so that its bracket closes, but
            // no parent knows it.
            tree.nodes.push(Node {
                label: (*label).to_owned(),
                parent,
                ..Node::default()
            });
            return;
        }
        [tag, form, lemma] => Node {
            label: (*tag).to_owned(),
            parent,
            children: Vec::new(),
            word: Some(((*form).to_owned(), (*lemma).to_owned())),
        },
        [label, ..] => Node {
            label: (*label).to_owned(),
            parent,
            ..Node::default()
        },
        [] => Node {
            parent,
            ..Node::default()
        },
    };
    tree.nodes.push(node);
    if let Some(above) = tree.nodes.get_mut(parent) {
        above.children.push(at);
    }
    open.push(at);
}
