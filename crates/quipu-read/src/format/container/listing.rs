//! The table of members that a container reads as, and their names.

use quipu_model::{Notice, NoticeLevel, Part, Place};

use crate::draft::{Draft, Scribe};
use crate::input::{Limits, Watcher};

/// Hands out members within the bounds and writes the table of them.
pub(crate) struct Listing<'w> {
    scribe: Scribe,
    watcher: &'w mut dyn Watcher,
    limits: Limits,
    rows: u32,
    parts: u32,
    bytes_left: u64,
    side_files: u32,
    left_out: u32,
    notices: Vec<Notice>,
}

impl<'w> Listing<'w> {
    /// Starts the table of a container of so many bytes.
    pub(crate) fn new(
        reader: &str,
        packed: usize,
        limits: Limits,
        watcher: &'w mut dyn Watcher,
    ) -> Self {
        let mut scribe = Scribe::new(reader, limits.text_bytes);
        scribe.begin_table(None);
        Self {
            scribe,
            watcher,
            limits,
            rows: 0,
            parts: 0,
            // Members that overlap could each unfold the same bytes: the bound
            // on expansion holds for all of them together.
            bytes_left: unfolded(packed as u64, &limits).min(limits.parts_bytes),
            side_files: 0,
            left_out: 0,
            notices: Vec::new(),
        }
    }

    /// How many bytes a member packed into `packed` may unfold to now.
    pub(crate) fn room(&self, packed: usize) -> u64 {
        unfolded(packed as u64, &self.limits).min(self.bytes_left)
    }

    /// Whether one more member may be taken out; counts it as left out if not.
    pub(crate) fn takes_more(&mut self) -> bool {
        let takes = self.parts < self.limits.parts && self.bytes_left > 0;
        self.left_out += u32::from(!takes);
        takes
    }

    /// Whether a name is one of those that systems leave beside people's files.
    /// Counts it.
    pub(crate) fn is_side_file(&mut self, name: &str) -> bool {
        let last = name.rsplit('/').next().unwrap_or_default();
        let is = name.starts_with("__MACOSX/")
            || name.contains("/__MACOSX/")
            || last.starts_with("._")
            || matches!(last, ".DS_Store" | "Thumbs.db" | "desktop.ini");
        self.side_files += u32::from(is);
        is
    }

    /// Writes the row of a member.
    pub(crate) fn row(&mut self, cells: &[&str]) {
        if self.scribe.is_full() {
            return;
        }
        self.rows += 1;
        self.scribe.begin_row(self.rows, Place::default());
        for (column, words) in (1..).zip(cells) {
            if !words.is_empty() {
                self.scribe.cell(column, 1, false, words);
            }
        }
        self.scribe.end_row();
    }

    /// Hands out a member.
    pub(crate) fn part(&mut self, name: String, bytes: Vec<u8>) {
        self.parts += 1;
        self.bytes_left = self.bytes_left.saturating_sub(bytes.len() as u64);
        self.watcher.part(Part { name, bytes });
    }

    /// Says that so many members of so many are done.
    pub(crate) fn step(&mut self, done: usize, of: usize) {
        let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        self.watcher.step(count(done), count(of));
    }

    /// Says something about a member or the whole; only the first hundred.
    pub(crate) fn notice(&mut self, notice: Notice) {
        if self.notices.len() < 100 {
            self.notices.push(notice);
        }
    }

    /// The container as a document.
    pub(crate) fn finish(mut self) -> Draft {
        if self.side_files > 0 {
            let message = format!(
                "{} files that systems leave beside people's own were passed over.",
                self.side_files
            );
            self.notices.push(Notice::new(
                NoticeLevel::Remark,
                "container.side-files",
                message,
            ));
        }
        if self.left_out > 0 {
            let message = format!(
                "{} members lie beyond the bounds (number of files, bytes, expansion) and were left out.",
                self.left_out
            );
            self.notices.push(
                Notice::new(NoticeLevel::Damaged, "container.bounds", message)
                    .next("Unpack the container into a folder and add the folder."),
            );
        }
        Draft {
            transcript: self.scribe.finish(),
            notices: self.notices,
            ..Draft::default()
        }
    }
}

fn unfolded(packed: u64, limits: &Limits) -> u64 {
    packed
        .saturating_mul(limits.expansion)
        .saturating_add(1 << 20)
}

/// A name without drive, `..`, empty steps and control characters, with `/`
/// between steps; never empty.
pub(crate) fn clean_name(name: &str) -> String {
    let steps = name.split(['/', '\\']).map(|step| {
        let kept = |c: &char| !c.is_control() && *c != '\u{FEFF}';
        step.chars().filter(kept).collect::<String>()
    });
    let drive = |step: &String| step.len() == 2 && step.ends_with(':');
    let kept: Vec<String> = steps
        .filter(|step| !matches!(step.trim(), "" | "." | "..") && !drive(step))
        .collect();
    let joined = kept.join("/");
    let short: String = joined.chars().take(1000).collect();
    if short.is_empty() {
        "unnamed".to_owned()
    } else {
        short
    }
}

#[cfg(test)]
mod tests {
    use super::clean_name;

    #[test]
    fn names_cannot_lead_out() {
        assert_eq!(clean_name("../../etc/passwd"), "etc/passwd");
        assert_eq!(clean_name("C:\\Users\\ana\\acta.txt"), "Users/ana/acta.txt");
        assert_eq!(clean_name("/a//./b\u{7}"), "a/b");
        assert_eq!(clean_name(".."), "unnamed");
    }
}
