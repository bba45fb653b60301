//! A tree as rows of box characters, one word a row.

use quipu_model::Token;

/// Columns for each level while a tree is shallow, and when it is deep.
const STEPS: [usize; 2] = [3, 2];
/// Levels of a shallow tree at most.
const SHALLOW: usize = 7;
/// Levels that are drawn; what hangs deeper stands at the last.
const LEVELS: usize = 14;

/// One word with the branches before it.
pub(super) struct Row {
    /// Its place in the sentence, from 0.
    pub(super) word: usize,
    /// The branches.
    pub(super) branches: String,
    /// Whether it hangs deeper than is drawn, so that the branches do not say
    /// on what.
    pub(super) clipped: bool,
}

/// How a word hangs on its governor.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Hang {
    Root,
    /// The first and the others before it.
    Top,
    Above,
    /// Those behind it, and the last of them.
    Below,
    Bottom,
}

/// What is to be done next.
enum Step {
    Enter(usize, usize, Hang),
    Draw(usize, usize, Hang),
    /// Whether the branch of a level shows in the rows that follow.
    Branch(usize, bool),
}

/// Draws a tree. Whatever the governors are, the cost stays in proportion to
/// the words; words that no root reaches are drawn as roots.
pub(super) fn rows(tokens: &[Token]) -> Vec<Row> {
    let below = below(tokens);
    let depth = depths(tokens, &below);
    let deepest = depth.iter().copied().max().unwrap_or(0);
    let step = STEPS[usize::from(deepest > SHALLOW)];
    let mut rows = Vec::with_capacity(tokens.len());
    let mut branches = [false; LEVELS];
    let mut todo: Vec<Step> = (0..tokens.len())
        .rev()
        .filter(|word| depth.get(*word) == Some(&0))
        .map(|word| Step::Enter(word, 0, Hang::Root))
        .collect();
    while let Some(next) = todo.pop() {
        match next {
            Step::Branch(level, shows) => {
                if let Some(branch) = branches.get_mut(level) {
                    *branch = shows;
                }
            }
            Step::Enter(word, level, hang) => {
                let own = below.get(word).map_or(&[][..], Vec::as_slice);
                let (before, behind) = own.split_at(own.partition_point(|other| *other < word));
                for (at, other) in behind.iter().enumerate().rev() {
                    let last = at + 1 == behind.len();
                    let hang = if last { Hang::Bottom } else { Hang::Below };
                    todo.push(Step::Enter(*other, level + 1, hang));
                }
                if let Some(level) = level.checked_sub(1) {
                    todo.push(Step::Branch(level, hang != Hang::Bottom));
                }
                todo.push(Step::Draw(word, level, hang));
                for (at, other) in before.iter().enumerate().rev() {
                    let hang = if at == 0 { Hang::Top } else { Hang::Above };
                    todo.push(Step::Enter(*other, level + 1, hang));
                }
                if let Some(level) = level.checked_sub(1) {
                    todo.push(Step::Branch(level, hang != Hang::Top));
                }
            }
            Step::Draw(word, level, hang) => rows.push(Row {
                word,
                branches: drawn(&branches, level, hang, step),
                clipped: level > LEVELS,
            }),
        }
    }
    rows
}

fn drawn(branches: &[bool; LEVELS], level: usize, hang: Hang, step: usize) -> String {
    let mut out = String::new();
    let above = level.saturating_sub(1).min(LEVELS - 1);
    for branch in &branches[..above] {
        out.push(if *branch { '│' } else { ' ' });
        out.extend(std::iter::repeat_n(' ', step - 1));
    }
    let joint = match hang {
        Hang::Root => return out,
        _ if level > LEVELS => '┆',
        Hang::Top => '╭',
        Hang::Above | Hang::Below => '├',
        Hang::Bottom => '╰',
    };
    out.push(joint);
    out.push('─');
    out.extend(std::iter::repeat_n(' ', step.saturating_sub(2)));
    out
}

/// For each word those that hang on it, in order.
fn below(tokens: &[Token]) -> Vec<Vec<usize>> {
    let mut below = vec![Vec::new(); tokens.len()];
    for (word, token) in tokens.iter().enumerate() {
        let governor = (token.head as usize).checked_sub(1);
        if let Some(list) = governor.and_then(|governor| below.get_mut(governor)) {
            list.push(word);
        }
    }
    below
}

/// How deep each word hangs; a word that no root reaches is one itself.
fn depths(tokens: &[Token], below: &[Vec<usize>]) -> Vec<usize> {
    let mut depth = vec![None; tokens.len()];
    let roots = (0..tokens.len()).filter(|word| tokens[*word].head == 0);
    let mut todo: Vec<(usize, usize)> = roots.map(|root| (root, 0)).collect();
    while let Some((word, level)) = todo.pop() {
        depth[word] = Some(level);
        todo.extend(below[word].iter().map(|other| (*other, level + 1)));
    }
    depth.into_iter().map(|level| level.unwrap_or(0)).collect()
}

#[cfg(test)]
mod tests {
    use quipu_model::{Span, Token};

    use super::rows;

    fn tokens(heads: &[u32]) -> Vec<Token> {
        let token = |head: &u32| Token {
            span: Span::new(0, 1),
            form: None,
            lemma: String::new(),
            upos: String::new(),
            features: String::new(),
            head: *head,
            relation: String::new(),
        };
        heads.iter().map(token).collect()
    }

    fn drawing(heads: &[u32]) -> Vec<String> {
        rows(&tokens(heads))
            .iter()
            .map(|row| format!("{}{}", row.branches, row.word + 1))
            .collect()
    }

    #[test]
    fn words_stand_in_the_order_of_the_text() {
        // He paid 50,000 dollars a month .
        assert_eq!(
            drawing(&[2, 0, 4, 2, 6, 4, 2]),
            [
                "╭─ 1",
                "2",
                "│  ╭─ 3",
                "├─ 4",
                "│  │  ╭─ 5",
                "│  ╰─ 6",
                "╰─ 7"
            ]
        );
    }

    #[test]
    fn branches_of_the_left_stay_open_down_to_their_word() {
        assert_eq!(drawing(&[2, 4, 4, 0]), ["   ╭─ 1", "╭─ 2", "├─ 3", "4"]);
    }

    #[test]
    fn crossing_arcs_keep_their_branches_whole() {
        assert_eq!(drawing(&[3, 4, 0, 3]), ["╭─ 1", "3", "│  ╭─ 2", "╰─ 4"]);
    }

    #[test]
    fn a_deep_tree_is_clipped() {
        let heads: Vec<u32> = (0..5_000).collect();
        let rows = rows(&tokens(&heads));
        assert_eq!(rows.len(), 5_000);
        assert!(rows.iter().all(|row| row.branches.chars().count() <= 28));
        assert!(!rows[14].clipped && rows[15].clipped);
        assert!(rows[20].branches.ends_with("┆─"));
    }

    #[test]
    fn every_root_is_drawn() {
        assert_eq!(drawing(&[0, 0]), ["1", "2"]);
    }
}
