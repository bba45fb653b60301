//! CoNLL-U as far as training needs it: words, multiword tokens, comments.
//!
//! Empty nodes are read over; enhanced dependencies are neither read nor written.

use std::fmt::Write as _;

/// One syntactic word, a line with a whole-number id.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Word {
    /// The word as written.
    pub form: String,
    /// Dictionary form.
    pub lemma: String,
    /// Universal part of speech.
    pub upos: String,
    /// The treebank's own tag, `_` if none.
    pub xpos: String,
    /// Features in alphabetical order, joined by `|`; `_` if none.
    pub feats: String,
    /// Id of the governor, counted from 1; 0 for the root.
    pub head: usize,
    /// Relation to the governor.
    pub deprel: String,
    /// Entries of the last column, in the order written.
    pub misc: Vec<String>,
}

/// A written token of more than one word, such as `del`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Range {
    /// Id of its first word.
    pub first: usize,
    /// Id of its last word.
    pub last: usize,
    /// The token as written.
    pub form: String,
    /// Entries of the last column.
    pub misc: Vec<String>,
}

/// One sentence with its comments.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sentence {
    /// Comment lines without `# `.
    pub comments: Vec<String>,
    /// Words in order; the id of `words[i]` is `i + 1`.
    pub words: Vec<Word>,
    /// Multiword tokens in order, never overlapping.
    pub ranges: Vec<Range>,
}

impl Sentence {
    /// The value of a comment `name = value`.
    #[must_use]
    pub fn comment(&self, name: &str) -> Option<&str> {
        self.comments
            .iter()
            .find_map(|line| line.strip_prefix(name)?.trim_start().strip_prefix('='))
            .map(str::trim)
    }

    /// The multiword token that opens at word `id`, if one does.
    #[must_use]
    pub fn range_from(&self, id: usize) -> Option<&Range> {
        self.ranges.iter().find(|range| range.first == id)
    }

    /// The plain text, as `SpaceAfter=No` tells it.
    #[must_use]
    pub fn text(&self) -> String {
        let mut text = String::new();
        let mut id: usize = 1;
        while let Some(word) = id.checked_sub(1).and_then(|at| self.words.get(at)) {
            let (form, misc, next) = match self.range_from(id) {
                Some(range) => (&range.form, &range.misc, range.last + 1),
                None => (&word.form, &word.misc, id + 1),
            };
            text.push_str(form);
            if !misc.iter().any(|entry| entry == "SpaceAfter=No") {
                text.push(' ');
            }
            id = next.max(id + 1);
        }
        text.truncate(text.trim_end().len());
        text
    }
}

/// Reads every sentence; lines that are none of the known kinds are passed over.
#[must_use]
pub fn read(text: &str) -> Vec<Sentence> {
    let mut sentences = Vec::new();
    let mut sentence = Sentence::default();
    for line in text.lines() {
        if line.trim().is_empty() {
            if !sentence.words.is_empty() {
                sentences.push(std::mem::take(&mut sentence));
            }
        } else if let Some(comment) = line.strip_prefix('#') {
            sentence.comments.push(comment.trim().to_owned());
        } else {
            read_line(line, &mut sentence);
        }
    }
    if !sentence.words.is_empty() {
        sentences.push(sentence);
    }
    sentences
}

fn read_line(line: &str, sentence: &mut Sentence) {
    let columns: Vec<&str> = line.split('\t').collect();
    let &[id, form, lemma, upos, xpos, feats, head, deprel, _, misc] = columns.as_slice() else {
        return;
    };
    let misc: Vec<String> = match misc {
        "_" => Vec::new(),
        some => some.split('|').map(str::to_owned).collect(),
    };
    if let Some((first, last)) = id.split_once('-') {
        if let (Ok(first), Ok(last)) = (first.parse(), last.parse()) {
            sentence.ranges.push(Range {
                first,
                last,
                form: form.to_owned(),
                misc,
            });
        }
    } else if id.parse::<usize>().is_ok() {
        sentence.words.push(Word {
            form: form.to_owned(),
            lemma: lemma.to_owned(),
            upos: upos.to_owned(),
            xpos: xpos.to_owned(),
            feats: feats.to_owned(),
            head: head.parse().unwrap_or(0),
            deprel: deprel.to_owned(),
            misc,
        });
    }
}

/// Writes one sentence with the empty line after it.
#[must_use]
pub fn write(sentence: &Sentence) -> String {
    let mut out = String::new();
    for comment in &sentence.comments {
        let _ = writeln!(out, "# {comment}");
    }
    for (at, word) in sentence.words.iter().enumerate() {
        let id = at + 1;
        if let Some(range) = sentence.range_from(id) {
            let misc = joined(&range.misc);
            let _ = writeln!(
                out,
                "{}-{}\t{}\t_\t_\t_\t_\t_\t_\t_\t{misc}",
                range.first, range.last, range.form
            );
        }
        let Word {
            form,
            lemma,
            upos,
            xpos,
            feats,
            head,
            deprel,
            misc,
        } = word;
        let misc = joined(misc);
        let _ = writeln!(
            out,
            "{id}\t{form}\t{lemma}\t{upos}\t{xpos}\t{feats}\t{head}\t{deprel}\t_\t{misc}"
        );
    }
    out.push('\n');
    out
}

fn joined(entries: &[String]) -> String {
    if entries.is_empty() {
        "_".to_owned()
    } else {
        entries.join("|")
    }
}
