//! Treebanks as documents: their text put together again, and their lines with names.

use std::fmt::Write as _;

/// A sentence of a treebank, line by line.
#[derive(Debug, Clone, Default)]
pub(crate) struct Sentence {
    /// Its `sent_id`.
    pub(crate) id: String,
    /// Whether it opens a paragraph.
    paragraph: bool,
    /// Its lines, comments left out.
    lines: Vec<Vec<String>>,
}

/// A document of a treebank.
#[derive(Debug, Clone, Default)]
pub(crate) struct Document {
    pub(crate) sentences: Vec<Sentence>,
}

/// Whether a missing blank after the last token of a sentence says that the next
/// sentence follows at once. In GUM it only says that nothing follows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum LastBlank {
    Told,
    Untold,
}

impl Sentence {
    /// A sentence of bare words with a tag each; it is a paragraph of its own.
    pub(crate) fn of_words<'a>(words: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let line = |(at, (form, tag)): (usize, (&str, &str))| {
            let mut columns = vec!["_".to_owned(); 10];
            for (column, value) in [(0, (at + 1).to_string()), (1, form.to_owned())] {
                columns[column] = value;
            }
            columns[9] = format!("NER={tag}");
            columns
        };
        Self {
            id: String::new(),
            paragraph: true,
            lines: words.enumerate().map(line).collect(),
        }
    }

    /// Its words; the last column of each can be changed.
    fn words(&mut self) -> impl Iterator<Item = &mut Vec<String>> {
        let is_word =
            |line: &&mut Vec<String>| line.first().is_some_and(|id| id.parse::<usize>().is_ok());
        self.lines.iter_mut().filter(is_word)
    }

    /// Writes tags of names (IOB2) into the last column. Says whether there was
    /// one for each word.
    pub(crate) fn put_names(&mut self, tags: &[String]) -> bool {
        if self.words().count() != tags.len() {
            return false;
        }
        for (columns, tag) in self.words().zip(tags) {
            if let Some(misc) = columns.last_mut() {
                let others = misc.split('|').filter(|entry| *entry != "_");
                let tag = format!("NER={tag}");
                *misc = others.chain([tag.as_str()]).collect::<Vec<_>>().join("|");
            }
        }
        true
    }

    /// What stands in the text: each token, and whether a blank follows.
    fn surface(&self) -> Vec<(&str, bool)> {
        let mut surface = Vec::new();
        let mut inside = 0;
        for columns in &self.lines {
            let (Some(id), Some(form), Some(misc)) =
                (columns.first(), columns.get(1), columns.last())
            else {
                continue;
            };
            let blank = !misc.split('|').any(|entry| entry == "SpaceAfter=No");
            if let Some((_, last)) = id.split_once('-') {
                inside = last.parse().unwrap_or(0);
                surface.push((form.as_str(), blank));
            } else if id.parse::<usize>().is_ok_and(|id| id > inside) {
                surface.push((form.as_str(), blank));
            }
        }
        surface
    }
}

impl Document {
    /// The text of the document: sentences parted by a blank, paragraphs by an
    /// empty line.
    pub(crate) fn text(&self, last: LastBlank) -> String {
        let mut text = String::new();
        let mut joined = true;
        for sentence in &self.sentences {
            if sentence.paragraph && !text.is_empty() {
                text.push_str("\n\n");
            } else if !joined {
                text.push(' ');
            }
            let surface = sentence.surface();
            for (at, (form, blank)) in surface.iter().enumerate() {
                text.push_str(form);
                if *blank && at + 1 < surface.len() {
                    text.push(' ');
                }
            }
            joined = last == LastBlank::Told && surface.last().is_some_and(|(_, blank)| !blank);
        }
        text
    }

    /// The document as CoNLL-U.
    pub(crate) fn conllu(&self) -> String {
        let mut out = String::new();
        for sentence in &self.sentences {
            for line in &sentence.lines {
                let _ = writeln!(out, "{}", line.join("\t"));
            }
            out.push('\n');
        }
        out
    }
}

/// Reads a treebank; a sentence before any `# newdoc` opens a document too.
pub(crate) fn documents(conllu: &str) -> Vec<Document> {
    let mut documents: Vec<Document> = Vec::new();
    let mut sentence = Sentence::default();
    let (mut opens_document, mut opens_paragraph) = (true, true);
    for line in conllu.lines().chain(std::iter::once("")) {
        if let Some(comment) = line.strip_prefix('#').map(str::trim_start) {
            if comment.starts_with("newdoc") {
                opens_document = true;
            }
            if comment.starts_with("newdoc") || comment.starts_with("newpar") {
                opens_paragraph = true;
            }
            if let Some(id) = comment.strip_prefix("sent_id") {
                id.trim_start_matches([' ', '='])
                    .trim()
                    .clone_into(&mut sentence.id);
            }
        } else if !line.trim().is_empty() {
            sentence
                .lines
                .push(line.split('\t').map(str::to_owned).collect());
        } else if !sentence.lines.is_empty() {
            let mut sentence = std::mem::take(&mut sentence);
            sentence.paragraph = std::mem::take(&mut opens_paragraph);
            if std::mem::take(&mut opens_document) {
                documents.push(Document::default());
            }
            if let Some(document) = documents.last_mut() {
                document.sentences.push(sentence);
            }
        }
    }
    documents
}

/// Tags of names by `sent_id`: the third column of IOB2 files with numbered lines.
pub(crate) fn tags(iob2: &str) -> Vec<(String, Vec<String>)> {
    let mut all = Vec::new();
    let (mut id, mut tags) = (String::new(), Vec::new());
    for line in iob2.lines().chain(std::iter::once("")) {
        let columns: Vec<&str> = line.split('\t').collect();
        if let Some(value) = line.strip_prefix("# sent_id") {
            value
                .trim_start_matches([' ', '='])
                .trim()
                .clone_into(&mut id);
        } else if let [_, _, tag, ..] = columns.as_slice() {
            tags.push(known(tag).to_owned());
        } else if line.trim().is_empty() && !tags.is_empty() {
            all.push((std::mem::take(&mut id), std::mem::take(&mut tags)));
        }
    }
    all
}

/// A tag of a person, an organisation or a place; every other kind is no name.
pub(crate) fn known(tag: &str) -> &str {
    match tag.split_once('-') {
        Some(("B" | "I", kind)) if super::names::KINDS.contains(&kind) => tag,
        _ => "O",
    }
}

#[cfg(test)]
mod tests {
    use super::{LastBlank, Sentence, documents, tags};

    const TWO: &str = "# newdoc id = a\n# newpar\n# sent_id = s1\n1-2\tdel\t_\t_\t_\t_\t_\t_\t_\t_\n1\tde\t_\t_\t_\t_\t0\troot\t_\t_\n2\tel\t_\t_\t_\t_\t1\tdet\t_\t_\n3\tmar\t_\t_\t_\t_\t1\tx\t_\tSpaceAfter=No\n4\t.\t_\t_\t_\t_\t1\tx\t_\tSpaceAfter=No\n\n# sent_id = s2\n1\tSí\t_\t_\t_\t_\t0\troot\t_\t_\n\n# newpar\n1\tNo\t_\t_\t_\t_\t0\troot\t_\t_\n\n# newdoc id = b\n1\tFin\t_\t_\t_\t_\t0\troot\t_\t_\n";

    #[test]
    fn the_text_is_put_together_as_the_treebank_says() {
        let documents = documents(TWO);
        assert_eq!(documents.len(), 2);
        assert_eq!(documents[0].text(LastBlank::Told), "del mar.Sí\n\nNo");
        assert_eq!(documents[0].text(LastBlank::Untold), "del mar. Sí\n\nNo");
        assert_eq!(documents[1].text(LastBlank::Told), "Fin");
    }

    #[test]
    fn names_are_put_on_words() {
        let mut documents = documents(TWO);
        let sentence = &mut documents[0].sentences[0];
        let read = tags("# sent_id = s1\n1\tde\tO\n2\tel\tB-MISC\n3\tmar\tB-LOC\n4\t.\tO\n");
        assert_eq!(read[0].0, "s1");
        assert!(!sentence.put_names(&read[0].1[..2]));
        assert!(sentence.put_names(&read[0].1));
        let text = documents[0].conllu();
        assert!(text.contains("3\tmar\t_\t_\t_\t_\t1\tx\t_\tSpaceAfter=No|NER=B-LOC\n"));
        assert!(text.contains("2\tel\t_\t_\t_\t_\t1\tdet\t_\tNER=O\n"));
    }

    #[test]
    fn bare_words_become_a_sentence() {
        let sentence = Sentence::of_words([("Ana", "B-PER"), ("va", "O")].into_iter());
        assert_eq!(sentence.surface(), [("Ana", true), ("va", true)]);
    }
}
