//! A first look over a page: which of its tables hold data, and which only
//! lay out the page.

use super::elements::Tag;
use super::tokens::{Token, Tokens, is_blank};

/// Cells of data are short; a cell longer than this holds an article.
const CELL_MAX: usize = 500;
/// The same in a table that names its columns.
const HEADED_CELL_MAX: usize = 4000;
/// Paragraphs in one cell of data.
const BLOCKS_MAX: u32 = 4;

#[derive(Debug, Default)]
struct Look {
    nested: bool,
    presentation: bool,
    headed: bool,
    rows: u32,
    columns: u32,
    columns_max: u32,
    cell_bytes: usize,
    cell_bytes_max: usize,
    cell_blocks: u32,
    cell_blocks_max: u32,
}

impl Look {
    fn end_cell(&mut self) {
        self.cell_bytes_max = self.cell_bytes_max.max(self.cell_bytes);
        self.cell_blocks_max = self.cell_blocks_max.max(self.cell_blocks);
        self.cell_bytes = 0;
        self.cell_blocks = 0;
    }

    fn end_row(&mut self) {
        self.end_cell();
        self.columns_max = self.columns_max.max(self.columns);
        self.columns = 0;
    }

    const fn holds_data(&self) -> bool {
        let (bytes_max, blocks_max) = if self.headed {
            (HEADED_CELL_MAX, BLOCKS_MAX * 8)
        } else {
            (CELL_MAX, BLOCKS_MAX)
        };
        !self.nested
            && !self.presentation
            && self.rows >= 2
            && self.columns_max >= 2
            && self.cell_bytes_max <= bytes_max
            && self.cell_blocks_max <= blocks_max
    }
}

/// For each `table` tag in the order of the page: whether it holds data.
pub(super) fn tables(page: &str) -> Vec<bool> {
    let mut looks: Vec<Look> = Vec::new();
    let mut open: Vec<usize> = Vec::new();
    let mut tokens = Tokens::new(page);
    while let Some(token) = tokens.next() {
        if let Token::Start { name, .. } = token
            && Tag::of(name) == Tag::Table
        {
            if let Some(look) = open.last().and_then(|outer| looks.get_mut(*outer)) {
                look.nested = true;
            }
            let role = tokens.attribute("role");
            open.push(looks.len());
            looks.push(Look {
                presentation: role.is_some_and(|role| matches!(&*role, "presentation" | "none")),
                ..Look::default()
            });
            continue;
        }
        let Some(look) = open.last().and_then(|inner| looks.get_mut(*inner)) else {
            continue;
        };
        match token {
            Token::Text(text) if !is_blank(text) => look.cell_bytes += text.trim().len(),
            Token::Text(_) | Token::Raw(_) => {}
            Token::Start { name, .. } => match Tag::of(name) {
                Tag::Row => {
                    look.end_row();
                    look.rows += 1;
                }
                Tag::Cell => {
                    look.end_cell();
                    look.columns += 1;
                }
                Tag::HeadCell => {
                    look.end_cell();
                    look.columns += 1;
                    look.headed = true;
                }
                Tag::Caption | Tag::TableHead => look.headed = true,
                Tag::P | Tag::Heading | Tag::Li | Tag::Blockquote => look.cell_blocks += 1,
                _ => {}
            },
            Token::End { name } => match Tag::of(name) {
                Tag::Table => {
                    look.end_row();
                    open.pop();
                }
                Tag::Row => look.end_row(),
                _ => {}
            },
        }
    }
    for look in &mut looks {
        look.end_row();
    }
    looks.iter().map(Look::holds_data).collect()
}

#[cfg(test)]
mod tests {
    use super::tables;

    #[test]
    fn layout_is_told_from_data() {
        let sums = "<table><tr><td>a<td>1<tr><td>b<td>2</table>";
        assert_eq!(tables(sums), [true]);
        let page = format!("<table><tr><td>menu<td>{sums}<tr><td>x<td>y</table>");
        assert_eq!(tables(&page), [false, true]);
        assert_eq!(tables("<table><tr><td>one row<td>only</table>"), [false]);
        let long = "word ".repeat(200);
        let article = format!("<table><tr><td>a<td>{long}<tr><td>b<td>c</table>");
        assert_eq!(tables(&article), [false]);
    }
}
