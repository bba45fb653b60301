//! Sentences and names as a table of CoNLL-U.

use std::fmt::Write as _;
use std::ops::Range;

use quipu_model::{AnnotatedText, Name, Sentence};

/// Writes the sentences of a text with `# sent_id`, `# lang` and `# text`.
/// `first` is the number of the first sentence.
#[must_use]
pub fn write(text: &str, annotated: &AnnotatedText, first: usize) -> String {
    let mut out = String::with_capacity(text.len() * 12);
    let mut names = annotated.names.as_slice();
    for (at, sentence) in annotated.sentences.iter().enumerate() {
        let inside = names.partition_point(|name| name.span.start() < sentence.span.end());
        let (own, rest) = names.split_at(inside);
        names = rest;
        let next = annotated.sentences.get(at + 1);
        let close = next.is_some_and(|next| next.span.start() == sentence.span.end());
        let _ = writeln!(out, "# sent_id = {}", first + at);
        let _ = writeln!(out, "# lang = {}", sentence.language);
        let _ = writeln!(out, "# text = {}", as_line(text, sentence));
        words(text, sentence, own, close, &mut out);
    }
    out
}

/// Writes the words of a sentence, one a line, and the empty line behind them.
/// Names stand in the last column as IOB2 (`NER=B-PER`), and words not followed
/// by a space say so; `close` tells that none follows the last word.
pub fn words(text: &str, sentence: &Sentence, names: &[Name], close: bool, out: &mut String) {
    let tags = tags(text, sentence, names);
    let groups = groups(sentence);
    for (place, group) in groups.iter().enumerate() {
        let Some(first) = sentence.tokens.get(group.start) else {
            continue;
        };
        let next = groups
            .get(place + 1)
            .and_then(|group| sentence.tokens.get(group.start));
        let close = next.map_or(close, |next| next.span.start() == first.span.end());
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
            let form = token.form.as_deref().map(one_line);
            let no_space = if close && group.len() == 1 {
                "|SpaceAfter=No"
            } else {
                ""
            };
            let _ = writeln!(
                out,
                "{}\t{}\t{}\t{}\t_\t{}\t{}\t{}\t_\tNER={}{no_space}",
                at + 1,
                form.as_deref().unwrap_or(&letters),
                or_nothing(&one_line(&token.lemma)),
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
#[must_use]
pub fn as_line(text: &str, sentence: &Sentence) -> String {
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

/// A word in which no control character can break the table. What stands for
/// one is no blank, for a word may consist of nothing else.
fn one_line(word: &str) -> std::borrow::Cow<'_, str> {
    if word.contains(char::is_control) {
        word.replace(char::is_control, "\u{FFFD}").into()
    } else {
        word.into()
    }
}

/// For each word its part in a name.
fn tags(text: &str, sentence: &Sentence, names: &[Name]) -> Vec<String> {
    let mut names = names.iter().peekable();
    let mut tags = Vec::with_capacity(sentence.tokens.len());
    let mut inside: Option<(u32, &'static str)> = None;
    for letters in sentence.own_letters(text, 0) {
        while names
            .next_if(|name| name.span.end() <= letters.start())
            .is_some()
        {
            inside = None;
        }
        let name = names.peek().filter(|name| name.span.overlaps(letters));
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

#[cfg(test)]
mod tests {
    use super::write;
    use crate::conllu::read;
    use quipu_model::{AnnotatedText, Name, NameKind, Sentence, Span, Token};

    fn token(start: u32, end: u32, form: Option<&str>, head: u32, relation: &str) -> Token {
        Token {
            span: Span::new(start, end),
            form: form.map(str::to_owned),
            lemma: String::new(),
            upos: "X".to_owned(),
            features: String::new(),
            head,
            relation: relation.to_owned(),
        }
    }

    #[test]
    fn a_name_in_a_word_of_several_is_its_own_word_alone() {
        let annotated = AnnotatedText {
            sentences: vec![Sentence {
                span: Span::new(0, 9),
                language: "en".to_owned(),
                tokens: vec![
                    token(0, 5, Some("Rao"), 3, "nmod:poss"),
                    token(0, 5, Some("'s"), 1, "case"),
                    token(6, 9, None, 0, "root"),
                ],
            }],
            names: vec![Name::bare(Span::new(0, 3), NameKind::Person)],
            ..AnnotatedText::default()
        };
        let table = write("Rao's son", &annotated, 1);
        assert!(table.contains("nmod:poss\t_\tNER=B-PER\n"), "{table}");
        assert!(table.contains("case\t_\tNER=O"), "{table}");
    }

    #[test]
    fn a_sentence_is_written_as_its_words_and_names() {
        let text = "Ana salió\ndel mar.";
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

    #[test]
    fn a_control_character_leaves_a_word_that_can_be_seen() {
        let annotated = AnnotatedText {
            sentences: vec![Sentence {
                span: Span::new(0, 1),
                language: "en".to_owned(),
                tokens: vec![token(0, 1, None, 0, "root")],
            }],
            ..AnnotatedText::default()
        };
        let table = write("\u{1}", &annotated, 1);
        assert!(table.contains("1\t\u{FFFD}\t_\tX"), "{table:?}");
    }
}
