//! CoNLL-U (Universal Dependencies): annotation out, given words in.

use std::fmt::Write as _;
use std::ops::Range;

use quipu_model::{AnnotatedText, Name, Sentence};

/// Writes the sentences of a text; names stand in the last column as IOB2
/// (`NER=B-PER`), and words not followed by a space say so. `first` is the number
/// of the first sentence.
#[must_use]
pub fn write(text: &str, annotated: &AnnotatedText, first: usize) -> String {
    let mut out = String::with_capacity(text.len() * 12);
    let mut names = annotated.names.iter().peekable();
    for (at, sentence) in annotated.sentences.iter().enumerate() {
        let next = annotated.sentences.get(at + 1);
        let tags = tags(sentence, &mut names);
        let _ = writeln!(out, "# sent_id = {}", first + at);
        let _ = writeln!(out, "# lang = {}", sentence.language);
        let _ = writeln!(out, "# text = {}", as_line(text, sentence));
        let after = next
            .and_then(|next| next.tokens.first())
            .map(|token| token.span.start());
        let groups = groups(sentence);
        for (place, group) in groups.iter().enumerate() {
            let Some(first) = sentence.tokens.get(group.start) else {
                continue;
            };
            let following = groups
                .get(place + 1)
                .and_then(|group| sentence.tokens.get(group.start))
                .map(|token| token.span.start())
                .or(after);
            let close = following == Some(first.span.end());
            let letters = one_line(first.span.of(text).unwrap_or_default());
            if group.len() > 1 {
                let misc = if close { "SpaceAfter=No" } else { "_" };
                let _ = writeln!(
                    out,
                    "{}-{}\t{letters}\t_\t_\t_\t_\t_\t_\t_\t{misc}",
                    group.start + 1,
                    group.end
                );
            }
            for at in group.clone() {
                let Some(token) = sentence.tokens.get(at) else {
                    continue;
                };
                let form = token.form.as_deref().unwrap_or(&letters);
                let no_space = if close && group.len() == 1 {
                    "|SpaceAfter=No"
                } else {
                    ""
                };
                let _ = writeln!(
                    out,
                    "{}\t{form}\t{}\t{}\t_\t{}\t{}\t{}\t_\tNER={}{no_space}",
                    at + 1,
                    or_nothing(&token.lemma),
                    or_nothing(&token.upos),
                    or_nothing(&token.features),
                    token.head,
                    or_nothing(&token.relation),
                    tags.get(at).map_or("O", String::as_str),
                );
            }
        }
        out.push('\n');
    }
    out
}

fn or_nothing(value: &str) -> &str {
    if value.is_empty() { "_" } else { value }
}

/// Words that share their letters, as ranges of places.
fn groups(sentence: &Sentence) -> Vec<Range<usize>> {
    let mut groups: Vec<Range<usize>> = Vec::with_capacity(sentence.tokens.len());
    for (at, token) in sentence.tokens.iter().enumerate() {
        let same = groups.last_mut().filter(|group| {
            token.form.is_some()
                && sentence
                    .tokens
                    .get(group.start)
                    .is_some_and(|first| first.form.is_some() && first.span == token.span)
        });
        match same {
            Some(group) => group.end = at + 1,
            None => groups.push(at..at + 1),
        }
    }
    groups
}

/// The sentence as one line, with single spaces where its words stand apart.
fn as_line(text: &str, sentence: &Sentence) -> String {
    let mut line = String::new();
    let mut end = None;
    for group in groups(sentence) {
        let Some(token) = sentence.tokens.get(group.start) else {
            continue;
        };
        if end.is_some_and(|end| end != token.span.start()) {
            line.push(' ');
        }
        line.push_str(&one_line(token.span.of(text).unwrap_or_default()));
        end = Some(token.span.end());
    }
    line
}

/// A word in which no tab and no end of line can break the table.
fn one_line(word: &str) -> String {
    if word.contains(|c: char| c.is_control()) {
        word.chars()
            .map(|c| if c.is_control() { ' ' } else { c })
            .collect()
    } else {
        word.to_owned()
    }
}

fn tags<'a>(
    sentence: &Sentence,
    names: &mut std::iter::Peekable<impl Iterator<Item = &'a Name>>,
) -> Vec<String> {
    let mut tags = Vec::with_capacity(sentence.tokens.len());
    let mut inside: Option<(u32, &'static str)> = None;
    for token in &sentence.tokens {
        while names
            .peek()
            .is_some_and(|name| name.span.end() <= token.span.start())
        {
            names.next();
            inside = None;
        }
        let name = names.peek().filter(|name| name.span.overlaps(token.span));
        tags.push(match name {
            None => {
                inside = None;
                "O".to_owned()
            }
            Some(name) => {
                let here = (name.span.start(), name.kind.word());
                let tag = if inside == Some(here) { "I" } else { "B" };
                inside = Some(here);
                format!("{tag}-{}", here.1)
            }
        });
    }
    tags
}

/// A sentence given word by word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GivenSentence {
    /// What its `# text` says, or its words with single spaces.
    pub text: String,
    /// Its words in order.
    pub words: Vec<GivenWord>,
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

/// Reads words and sentence ends; every other column is passed over, and so is
/// a line that is none of CoNLL-U.
#[must_use]
pub fn read(table: &str) -> Vec<GivenSentence> {
    let mut sentences = Vec::new();
    let mut lines: Vec<&str> = Vec::new();
    for line in table.lines().chain(std::iter::once("")) {
        if line.trim().is_empty() {
            let sentence = given(&lines);
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

fn given(lines: &[&str]) -> GivenSentence {
    // Surface forms, whether a space follows, and the words inside.
    let mut surface: Vec<(&str, bool, Vec<Option<&str>>)> = Vec::new();
    let mut until = 0;
    let mut said = None;
    for line in lines {
        if let Some(comment) = line.strip_prefix('#') {
            let text = comment.trim_start().strip_prefix("text");
            if let Some(text) = text.and_then(|rest| rest.trim_start().strip_prefix('=')) {
                said = Some(text.trim());
            }
            continue;
        }
        let mut columns = line.split('\t');
        let (Some(id), Some(form)) = (columns.next(), columns.next()) else {
            continue;
        };
        if form.is_empty() {
            continue;
        }
        let space = !columns
            .nth(7)
            .is_some_and(|misc| misc.split('|').any(|entry| entry == "SpaceAfter=No"));
        if let Some((_, last)) = id.split_once('-') {
            if let Ok(last) = last.parse::<usize>() {
                until = last;
                surface.push((form, space, Vec::new()));
            }
        } else if let Ok(id) = id.parse::<usize>() {
            match surface.last_mut() {
                Some((_, _, words)) if id <= until => words.push(Some(form)),
                _ => surface.push((form, space, vec![None])),
            }
        }
    }
    // The comment is kept where the words are found in it in order.
    let places = said.and_then(|said| {
        let mut from = 0;
        surface
            .iter()
            .map(|(form, _, _)| {
                let rest = said.get(from..)?;
                let skipped = rest.len() - rest.trim_start().len();
                let start = from + skipped;
                let end = start + form.len();
                (said.get(start..end) == Some(form)).then(|| {
                    from = end;
                    start..end
                })
            })
            .collect::<Option<Vec<_>>>()
    });
    let (text, places) = match (said, places) {
        (Some(said), Some(places)) => (said.to_owned(), places),
        _ => {
            let mut text = String::new();
            let mut places = Vec::new();
            for (form, space, _) in &surface {
                places.push(text.len()..text.len() + form.len());
                text.push_str(form);
                if *space {
                    text.push(' ');
                }
            }
            // A word may itself end in a blank.
            if surface.last().is_some_and(|(_, space, _)| *space) {
                text.pop();
            }
            (text, places)
        }
    };
    let words = surface
        .iter()
        .zip(places)
        .flat_map(|((_, _, words), letters)| {
            words.iter().map(move |form| GivenWord {
                letters: letters.clone(),
                form: form.map(str::to_owned),
            })
        })
        .collect();
    GivenSentence { text, words }
}

#[cfg(test)]
mod tests {
    use super::{read, write};
    use quipu_model::{AnnotatedText, Name, NameKind, Sentence, Span, Token};

    #[test]
    fn given_words_are_found_in_the_text_they_came_from() {
        let table = "# text = Salió del  mar.\n1\tSalió\t_\t_\t_\t_\t_\t_\t_\t_\n2-3\tdel\t_\t_\t_\t_\t_\t_\t_\t_\n2\tde\t_\t_\t_\t_\t_\t_\t_\t_\n3\tel\t_\t_\t_\t_\t_\t_\t_\t_\n4\tmar\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n5\t.\t_\t_\t_\t_\t_\t_\t_\t_\n";
        let sentences = read(table);
        assert_eq!(sentences.len(), 1);
        assert_eq!(sentences[0].text, "Salió del  mar.");
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
    fn what_is_no_table_gives_nothing() {
        assert!(read("not a table\n\n# text = x\n\n1.1\tx\n1\t\n").is_empty());
    }

    #[test]
    fn a_word_that_ends_in_a_blank_lies_inside_its_sentence() {
        let sentences = read("1\tx\n2\ty\u{a0}\n");
        assert_eq!(sentences[0].text, "x y\u{a0}");
        assert_eq!(sentences[0].words[1].letters, 2..5);
    }

    #[test]
    fn a_sentence_is_written_as_its_words_and_names() {
        let text = "Ana salió\ndel mar.";
        let token = |start, end, form: Option<&str>, head, relation: &str| Token {
            span: Span::new(start, end),
            form: form.map(str::to_owned),
            lemma: String::new(),
            upos: "X".to_owned(),
            features: String::new(),
            head,
            relation: relation.to_owned(),
        };
        let annotated = AnnotatedText {
            sentences: vec![Sentence {
                span: Span::new(0, 19),
                language: "es".to_owned(),
                tokens: vec![
                    token(0, 3, None, 2, "nsubj"),
                    token(4, 10, None, 0, "root"),
                    token(11, 14, Some("de"), 5, "case"),
                    token(11, 14, Some("el"), 5, "det"),
                    token(15, 18, None, 2, "obl"),
                    token(18, 19, None, 2, "punct"),
                ],
            }],
            names: vec![Name::bare(Span::new(0, 3), NameKind::Person)],
            ..AnnotatedText::default()
        };
        let table = write(text, &annotated, 1);
        assert!(table.contains("# text = Ana salió del mar.\n"), "{table}");
        assert!(
            table.contains("1\tAna\t_\tX\t_\t_\t2\tnsubj\t_\tNER=B-PER\n"),
            "{table}"
        );
        assert!(
            table.contains("3-4\tdel\t_\t_\t_\t_\t_\t_\t_\t_\n3\tde\t"),
            "{table}"
        );
        assert!(
            table.contains("5\tmar\t_\tX\t_\t_\t2\tobl\t_\tNER=O|SpaceAfter=No\n"),
            "{table}"
        );
        let again = read(&table);
        assert_eq!(again[0].words.len(), 6);
    }
}
