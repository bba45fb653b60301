//! Sentences given word by word in a table of CoNLL-U.

use std::ops::Range;

/// A sentence given word by word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GivenSentence {
    /// The lines of comment above it as they stand, without `# text`.
    pub comments: Vec<String>,
    /// What its `# text` says, or its words with single spaces where it has
    /// none or one in which its words are not found.
    pub text: String,
    /// Whether a `# text` had to be passed over.
    pub reworded: bool,
    /// Whether no space follows its last word.
    pub close: bool,
    /// Its words in order.
    pub words: Vec<GivenWord>,
}

impl GivenSentence {
    /// Its `# sent_id`, where it has one.
    #[must_use]
    pub fn id(&self) -> Option<&str> {
        self.comments
            .iter()
            .find_map(|line| value(line, "sent_id"))
            .filter(|id| !id.is_empty())
    }

    /// Whether a `# newdoc` above it says that a document begins with it.
    #[must_use]
    pub fn opens_document(&self) -> bool {
        self.comments.iter().any(|line| {
            let words = line.trim_start_matches('#').trim_start();
            words.split([' ', '=']).next() == Some("newdoc")
        })
    }
}

/// A given word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenWord {
    /// Bytes of its letters in [`GivenSentence::text`]; words of one multiword
    /// token share them.
    pub letters: Range<usize>,
    /// Its form, where it is part of a multiword token.
    pub form: Option<String>,
}

/// A token as it stands on the surface.
struct Surface<'a> {
    form: &'a str,
    space_after: bool,
    /// The words in it; `None` where the token is its only word.
    words: Vec<Option<&'a str>>,
}

/// What a comment `# key = value` says under a key.
fn value<'a>(comment: &'a str, key: &str) -> Option<&'a str> {
    let rest = comment.strip_prefix('#')?.trim_start().strip_prefix(key)?;
    Some(rest.trim_start().strip_prefix('=')?.trim())
}

/// Reads words and sentence ends; every other column is passed over, and so is
/// a line that is none of CoNLL-U.
#[must_use]
pub fn read(table: &str) -> Vec<GivenSentence> {
    let mut sentences = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in table.lines().chain(std::iter::once("")) {
        if line.trim().is_empty() {
            let sentence = sentence(&lines);
            if !sentence.words.is_empty() {
                sentences.push(sentence);
            }
            lines.clear();
        } else {
            lines.push(line);
        }
    }
    sentences
}

fn sentence(lines: &[&str]) -> GivenSentence {
    let mut comments = Vec::new();
    let mut surface: Vec<Surface<'_>> = Vec::new();
    let mut until = 0;
    let mut said = None;
    for line in lines {
        if line.starts_with('#') {
            match value(line, "text") {
                Some(text) => said = Some(text),
                None => comments.push((*line).to_owned()),
            }
            continue;
        }
        let mut columns = line.split('\t');
        let (Some(id), Some(form)) = (columns.next(), columns.next()) else {
            continue;
        };
        if form.trim().is_empty() {
            continue;
        }
        let space_after = !columns
            .nth(7)
            .is_some_and(|misc| misc.split('|').any(|entry| entry == "SpaceAfter=No"));
        if let Some((_, last)) = id.split_once('-') {
            if let Ok(last) = last.parse::<usize>() {
                until = last;
                surface.push(Surface {
                    form,
                    space_after,
                    words: Vec::new(),
                });
            }
        } else if let Ok(id) = id.parse::<usize>() {
            match surface.last_mut() {
                Some(token) if id <= until => token.words.push(Some(form)),
                _ => surface.push(Surface {
                    form,
                    space_after,
                    words: vec![None],
                }),
            }
        }
    }
    let found = said.and_then(|said| Some((said.to_owned(), places(said, &surface)?)));
    let reworded = said.is_some() && found.is_none();
    let (text, places) = found.unwrap_or_else(|| joined(&surface));
    let words = surface
        .iter()
        .zip(places)
        .flat_map(|(token, letters)| {
            token.words.iter().map(move |form| GivenWord {
                letters: letters.clone(),
                form: form.map(str::to_owned),
            })
        })
        .collect();
    GivenSentence {
        comments,
        text,
        reworded,
        close: surface.last().is_some_and(|token| !token.space_after),
        words,
    }
}

/// Where the tokens stand in the text said; `None` unless all are there, in
/// order, with nothing but blanks between.
fn places(said: &str, surface: &[Surface<'_>]) -> Option<Vec<Range<usize>>> {
    let mut from = 0;
    surface
        .iter()
        .map(|token| {
            let rest = said.get(from..)?;
            let skipped = rest.len() - rest.trim_start().len();
            let start = from + skipped;
            let end = start + token.form.len();
            (said.get(start..end) == Some(token.form)).then(|| {
                from = end;
                start..end
            })
        })
        .collect()
}

/// The tokens with single spaces, and where each stands.
fn joined(surface: &[Surface<'_>]) -> (String, Vec<Range<usize>>) {
    let mut text = String::new();
    let mut places = Vec::new();
    for token in surface {
        places.push(text.len()..text.len() + token.form.len());
        text.push_str(token.form);
        if token.space_after {
            text.push(' ');
        }
    }
    // A word may itself end in a blank.
    if surface.last().is_some_and(|token| token.space_after) {
        text.pop();
    }
    (text, places)
}

#[cfg(test)]
mod tests {
    use super::read;

    #[test]
    fn given_words_are_found_in_the_text_they_came_from() {
        let table = "# text = Salió del  mar.\n1\tSalió\t_\t_\t_\t_\t_\t_\t_\t_\n2-3\tdel\t_\t_\t_\t_\t_\t_\t_\t_\n2\tde\t_\t_\t_\t_\t_\t_\t_\t_\n3\tel\t_\t_\t_\t_\t_\t_\t_\t_\n4\tmar\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n5\t.\t_\t_\t_\t_\t_\t_\t_\t_\n";
        let sentences = read(table);
        assert_eq!(sentences.len(), 1);
        assert_eq!(sentences[0].text, "Salió del  mar.");
        assert!(!sentences[0].reworded && !sentences[0].close);
        let words: Vec<(&str, Option<&str>)> = sentences[0]
            .words
            .iter()
            .map(|word| {
                (
                    &sentences[0].text[word.letters.clone()],
                    word.form.as_deref(),
                )
            })
            .collect();
        assert_eq!(
            words,
            [
                ("Salió", None),
                ("del", Some("de")),
                ("del", Some("el")),
                ("mar", None),
                (".", None)
            ]
        );
    }

    #[test]
    fn comments_stay_and_a_text_that_does_not_fit_is_passed_over() {
        let table = "# newpar\n# sent_id = a-1\n# text = Other words.\n1\tAna\n2\tpagó\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n3\t.\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n";
        let sentences = read(table);
        assert_eq!(sentences[0].id(), Some("a-1"));
        assert!(!sentences[0].opens_document());
        assert!(read("# newdoc id = a\n1\tAna\n")[0].opens_document());
        assert_eq!(sentences[0].comments, ["# newpar", "# sent_id = a-1"]);
        assert_eq!(sentences[0].text, "Ana pagó.");
        assert!(sentences[0].reworded && sentences[0].close);
    }

    #[test]
    fn what_is_no_table_gives_nothing() {
        assert!(read("not a table\n\n# text = x\n\n1.1\tx\n1\t\n").is_empty());
    }
}
