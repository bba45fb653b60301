//! Rules of names are held to their own examples and near misses.
//!
//! An example is a line in which brackets mark what the network might say:
//! `[PER General Nicolás Hermoza] habló`. What must become of it is written the
//! same way, with `<` `>` around titles and posts, `{` `}` around nicknames, and
//! one number at a short form and at its long one:
//! `<General> [PER Nicolás Hermoza] habló`, `[ORG1 Servicio de Inteligencia
//! Nacional] ([ORG1 SIN])`, `[1 producto bruto interno] ([1 PBI])`.

use std::collections::BTreeMap;
use std::ops::Range;

use quipu_model::{AnnotatedText, Name, NameKind, Repaired, Sentence, Span, Token};
use quipu_packs::{Broken, Packs};

use super::{NameRules, spread};

/// Runs every rule of names on its own examples and near misses, each with words
/// cut as the treebanks of one kind cut them and as those of the other.
#[must_use]
pub fn check_names(packs: &Packs) -> Vec<Broken> {
    let mut broken = Vec::new();
    for sheet in packs.name_sheets() {
        let tags: Vec<&str> = packs
            .languages()
            .iter()
            .map(|language| language.tag.as_str())
            .filter(|tag| sheet.language == "any" || sheet.language == *tag)
            .collect();
        for tag in tags {
            let rules = NameRules::read(packs, tag);
            for rule in &sheet.rules {
                let mut say = |text: &str, message: String| {
                    broken.push(Broken {
                        rule: rule.name.clone(),
                        text: text.to_owned(),
                        message: format!("in {tag}: {message}"),
                    });
                };
                for stops_apart in [false, true] {
                    for example in &rule.examples {
                        let Some((becomes, fired)) = run(&rules, &example.text, stops_apart) else {
                            say(&example.text, "brackets do not fit".to_owned());
                            continue;
                        };
                        if becomes != example.becomes {
                            say(
                                &example.text,
                                format!("becomes `{becomes}`, not `{}`", example.becomes),
                            );
                        } else if !fired.contains(&rule.name) {
                            say(&example.text, format!("is the work of {fired:?}"));
                        }
                    }
                    for miss in &rule.near_misses {
                        let Some((becomes, fired)) = run(&rules, miss, stops_apart) else {
                            say(miss, "brackets do not fit".to_owned());
                            continue;
                        };
                        if fired.contains(&rule.name) {
                            say(miss, format!("is a near miss and becomes `{becomes}`"));
                        }
                    }
                }
            }
        }
    }
    broken
}

/// What becomes of a marked text, and the names of the rules that made it so.
fn run(rules: &NameRules, marked: &str, stops_apart: bool) -> Option<(String, Vec<String>)> {
    let (text, names) = unmark(marked)?;
    let mut made = AnnotatedText::default();
    let mut fired = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        let sentence = sentence(&text, start..end, stops_apart);
        let first = made.names.len();
        let inside = names
            .iter()
            .filter(|name| name.span.range().start >= start && name.span.range().end <= end);
        made.names.extend(inside.cloned());
        fired.extend(rules.refine(
            &text,
            0,
            &sentence,
            &mut made.names,
            first,
            &mut made.acronyms,
        ));
        made.sentences.push(sentence);
        start += line.len();
    }
    spread(&text, &mut made, |_| Some(rules));
    let fired = fired
        .into_iter()
        .filter_map(|rule| rules.names.get(rule).cloned());
    Some((mark(&text, &made), fired.collect()))
}

/// Parts a marked text from its marks.
fn unmark(marked: &str) -> Option<(String, Vec<Name>)> {
    let mut text = String::new();
    let mut names = Vec::new();
    let mut open: Option<(usize, NameKind)> = None;
    let mut rest = marked;
    while let Some(c) = rest.chars().next() {
        rest = &rest[c.len_utf8()..];
        match (c, open) {
            ('[', None) => {
                let (kind, after) = rest.split_once(' ')?;
                open = Some((text.len(), NameKind::from_word(kind)?));
                rest = after;
            }
            (']', Some((start, kind))) => {
                names.push(Name::bare(Span::from_usize(start, text.len()), kind));
                open = None;
            }
            ('[' | ']', _) => return None,
            _ => text.push(c),
        }
    }
    open.is_none().then_some((text, names))
}

/// Cuts words; full stops of short forms stay with them or stand apart.
fn sentence(text: &str, bytes: Range<usize>, stops_apart: bool) -> Sentence {
    let mut tokens: Vec<Token> = Vec::new();
    let mut add = |span: Range<usize>| {
        tokens.push(Token {
            span: Span::from_usize(span.start, span.end),
            form: None,
            lemma: String::new(),
            upos: String::new(),
            features: String::new(),
            head: 0,
            relation: String::new(),
        });
    };
    let line = text.get(bytes.clone()).unwrap_or_default();
    let mut word: Option<usize> = None;
    for (at, c) in line.char_indices() {
        let at = bytes.start + at;
        let here = word.map(|start| text.get(start..at).unwrap_or_default());
        let goes_on = match c {
            _ if c.is_alphanumeric() => true,
            '.' => here.is_some_and(|word| {
                let follows = text.get(at + 1..).unwrap_or_default();
                let more = !follows.trim_start().is_empty() && !follows.starts_with(')');
                !stops_apart && word.chars().count() <= 5 && more
            }),
            _ => false,
        };
        if goes_on && word.is_none() {
            word = Some(at);
        } else if !goes_on {
            if let Some(start) = word.take() {
                add(start..at);
            }
            if !c.is_whitespace() {
                add(at..at + c.len_utf8());
            }
        }
    }
    if let Some(start) = word {
        add(start..bytes.end);
    }
    Sentence {
        span: Span::from_usize(bytes.start, bytes.end),
        language: String::new(),
        tokens,
    }
}

/// Writes the marks of names, titles, nicknames and short forms into the text.
fn mark(text: &str, made: &AnnotatedText) -> String {
    let mut numbers: BTreeMap<(u32, u32), usize> = BTreeMap::new();
    for (at, tie) in made.acronyms.iter().enumerate() {
        for span in [tie.short, tie.long] {
            numbers.insert((span.start(), span.end()), at + 1);
        }
    }
    // The wider of two marks at one place stands outside; else titles do.
    let mut marks: Vec<(Range<usize>, u8, String, &str)> = Vec::new();
    let mut put = |span: Span<Repaired>, open: String, close: &'static str, depth: u8| {
        marks.push((span.range(), depth, open, close));
    };
    for name in &made.names {
        let number = numbers
            .remove(&(name.span.start(), name.span.end()))
            .map(|number| number.to_string());
        let open = format!("[{}{} ", name.kind, number.unwrap_or_default());
        put(name.span, open, "]", 1);
        for title in &name.titles {
            put(*title, "<".to_owned(), ">", 0);
        }
        for alias in &name.aliases {
            put(*alias, "{".to_owned(), "}", 2);
        }
    }
    for ((start, end), number) in numbers {
        put(Span::new(start, end), format!("[{number} "), "]", 1);
    }
    marks.sort_by_key(|(span, depth, ..)| (span.start, std::cmp::Reverse(span.end), *depth));
    let mut out = String::new();
    let mut from = 0;
    let mut open: Vec<(usize, &str)> = Vec::new();
    let mut write = |until: usize, sign: &str| {
        out.push_str(text.get(from..until).unwrap_or_default());
        out.push_str(sign);
        from = until;
    };
    for (span, _, sign, close) in marks {
        while let Some((end, close)) = open.pop_if(|(end, _)| *end <= span.start) {
            write(end, close);
        }
        write(span.start, &sign);
        open.push((span.end, close));
    }
    while let Some((end, close)) = open.pop() {
        write(end, close);
    }
    write(text.len(), "");
    out
}

#[cfg(test)]
mod tests {
    use quipu_model::{AnnotatedText, Name, NameKind, Span};
    use quipu_packs::Packs;

    use super::{NameRules, run, sentence, spread};

    const WORDS: [&str; 32] = [
        "Dr.",
        "(",
        ")",
        "SIN",
        "general",
        ",",
        "de",
        "la",
        "y",
        "\"",
        "”",
        "Peruvian",
        "peruano",
        "Juan",
        "Pérez",
        "J.",
        "presidente",
        "Minister",
        "of",
        "State",
        "al",
        "-",
        "Inc.",
        "’s",
        "or",
        "alias",
        "Servicio",
        "Inteligencia",
        "Nacional",
        "the",
        "ñ",
        ".",
    ];

    fn check(text: &str, made: &AnnotatedText) {
        let mut end = 0;
        for name in &made.names {
            assert!(
                name.span.start() >= end,
                "names stand apart in {text}: {:?}",
                made.names
                    .iter()
                    .map(|n| (n.kind, n.span.of(text)))
                    .collect::<Vec<_>>()
            );
            end = name.span.end();
            let spans = [&[name.span][..], &name.titles, &name.aliases].concat();
            for span in spans {
                assert!(span.of(text).is_some_and(|words| !words.is_empty()));
            }
            let inside = |title: &&Span<_>| name.span.overlaps(**title);
            assert_eq!(name.titles.iter().find(inside), None, "{text}");
        }
        for tie in &made.acronyms {
            assert!(tie.short.of(text).is_some() && tie.long.of(text).is_some());
        }
    }

    fn annotate(rules: &NameRules, text: &str, every: usize) -> AnnotatedText {
        let mut made = AnnotatedText::default();
        let mut start = 0;
        for line in text.split_inclusive('\n') {
            let end = start + line.trim_end().len();
            let sentence = sentence(text, start..end, every.is_multiple_of(2));
            let first = made.names.len();
            let mut from = 0;
            while let Some(token) = sentence.tokens.get(from) {
                let last = sentence.tokens.get(from + from % 3).unwrap_or(token);
                if (from / every).is_multiple_of(2) {
                    let kind = NameKind::ALL[from % 3];
                    made.names
                        .push(Name::bare(token.span.join(last.span), kind));
                }
                from += 1 + from % 3;
            }
            rules.refine(
                text,
                0,
                &sentence,
                &mut made.names,
                first,
                &mut made.acronyms,
            );
            made.sentences.push(sentence);
            start += line.len();
        }
        spread(text, &mut made, |_| Some(rules));
        made
    }

    #[test]
    fn whatever_the_network_tells_names_stay_names() {
        let packs = Packs::embedded().expect("packs load");
        let mut state = 7_u32;
        for tag in ["en", "es"] {
            let rules = NameRules::read(&packs, tag);
            for round in 0..400 {
                let mut text = String::new();
                for _ in 0..60 {
                    state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    text.push_str(WORDS[(state >> 16) as usize % WORDS.len()]);
                    text.push_str(if state >> 29 == 0 {
                        "\n"
                    } else if state >> 29 == 1 {
                        ""
                    } else {
                        " "
                    });
                }
                check(&text, &annotate(&rules, &text, 1 + round % 7));
            }
        }
    }

    /// What takes the square of its length would not end here.
    #[test]
    fn long_sentences_cost_no_more_than_their_length() {
        let packs = Packs::embedded().expect("packs load");
        let rules = NameRules::read(&packs, "es");
        for words in [
            "AB (",
            "Servicio, ",
            "SIN (Servicio ",
            "Dr. Juan ",
            "de la ",
            "\"Juan ",
            "Juan y ",
            "presidente de ",
            "Peruano ",
            "A. ",
            "Juan Pérez\n",
            "Inteligencia Nacional (IN)\n",
        ] {
            let text = words.repeat(30_000);
            for every in [1, 1_000_000] {
                check(&text, &annotate(&rules, &text, every));
            }
        }
    }

    #[test]
    fn what_a_rule_does_not_keep_is_said() {
        let packs = Packs::embedded().expect("packs load");
        let rules = NameRules::read(&packs, "es");
        let (becomes, fired) = run(&rules, "[PER General Hermoza]", false).expect("marks");
        assert_eq!(becomes, "<General> [PER Hermoza]");
        assert_eq!(fired, ["es.name.rank", "es.name.rank"]);
        assert_eq!(run(&rules, "[PER General", false), None);
    }
}
