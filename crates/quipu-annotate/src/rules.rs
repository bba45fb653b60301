//! What holds of every annotation, whatever the text.

use quipu_model::{AnnotatedText, Sentence, Span};

/// Checks the rules that every annotation keeps; tests and fuzzers call it on
/// everything.
///
/// Sentences stand in order and inside the text, and so do names, of which no two
/// overlap; the words of
/// a sentence are its own, in order, none empty; they form one tree, under one
/// root and without a circle; and every letter of the text is in a word.
///
/// # Errors
/// The first broken rule, in words.
pub fn check(text: &str, made: &AnnotatedText) -> Result<(), String> {
    let mut end = 0;
    let mut covered = 0;
    let mut read = 0;
    for sentence in &made.sentences {
        let here = format!("bytes {} to {}", sentence.span.start(), sentence.span.end());
        let wrong = |rule: &str| Err(format!("{rule}, {here}"));
        if sentence.span.of(text).is_none() || sentence.span.start() < end {
            return wrong("a sentence lies outside or before the one before it");
        }
        end = sentence.span.end();
        let mut last = sentence.span.start();
        for token in &sentence.tokens {
            let Some(letters) = token.span.of(text).filter(|word| !word.is_empty()) else {
                return wrong("a word has no letters");
            };
            if token.span.start() < last || !sentence.span.contains(token.span) {
                return wrong("a word lies outside its sentence or before the word before it");
            }
            last = token.span.start();
            if (token.head == 0) != (token.relation == "root") {
                return wrong("a word is `root` without hanging on it, or the other way round");
            }
            if token.span.start() >= read {
                covered += letters_in(letters);
                read = token.span.end();
            }
        }
        if let Some(rule) = tree(sentence) {
            return wrong(rule);
        }
    }
    let mut start = 0;
    for name in &made.names {
        let letters = name.span.of(text).unwrap_or_default();
        if letters.trim().is_empty() || name.span.start() < start {
            return Err(format!("a name is not in order or empty: {:?}", name.span));
        }
        start = name.span.end();
        for span in name.titles.iter().chain(&name.aliases) {
            if span.of(text).is_none_or(str::is_empty) {
                return Err(format!("nothing stands beside a name: {:?}", name.span));
            }
        }
    }
    let spans = made.acronyms.iter().flat_map(|tie| [tie.short, tie.long]);
    if let Some(span) = spans.into_iter().find(|span| span.of(text).is_none()) {
        return Err(format!("a short or long form lies outside: {span:?}"));
    }
    if covered == letters_in(text) {
        Ok(())
    } else {
        Err(format!(
            "of {} letters {covered} are in words",
            letters_in(text)
        ))
    }
}

/// The rule of trees that a sentence breaks.
fn tree(sentence: &Sentence) -> Option<&'static str> {
    let head = |at: usize| sentence.tokens.get(at - 1).map(|token| token.head as usize);
    let heads = sentence.tokens.iter().map(|token| token.head);
    if heads.clone().filter(|head| *head == 0).count() != 1 {
        return Some("a sentence has not exactly one root");
    }
    let count = sentence.tokens.len();
    if heads.into_iter().any(|head| head as usize > count) {
        return Some("a governor lies outside its sentence");
    }
    // 0: not seen; otherwise the walk that came by.
    let mut seen = vec![0; count + 1];
    for start in 1..=count {
        let mut at = start;
        while at != 0 && seen.get(at) == Some(&0) {
            if let Some(walk) = seen.get_mut(at) {
                *walk = start;
            }
            at = head(at).unwrap_or(0);
        }
        if at != 0 && seen.get(at) == Some(&start) {
            return Some("governors go round in a circle");
        }
    }
    None
}

fn letters_in(text: &str) -> usize {
    text.chars()
        .filter(|c| !c.is_whitespace() && !c.is_control())
        .count()
}

/// The same of words that were given, whose sentences are joined by line ends;
/// a word may be written anywhere in its sentence.
///
/// # Errors
/// The first broken rule, in words.
pub fn check_given(text: &str, made: &AnnotatedText) -> Result<(), String> {
    let inside = |span: Span<_>| span.of(text).is_some();
    let words = made.sentences.iter().flat_map(|sentence| &sentence.tokens);
    let mut spans = words
        .map(|token| token.span)
        .chain(made.names.iter().map(|name| name.span));
    if let Some(span) = spans.find(|span| !inside(*span)) {
        return Err(format!("{span:?} lies outside the text"));
    }
    made.sentences
        .iter()
        .find_map(tree)
        .map_or(Ok(()), |rule| Err(rule.to_owned()))
}

#[cfg(test)]
mod tests {
    use quipu_model::{AnnotatedText, Sentence, Span, Token};

    use super::check;

    fn made(heads: &[u32]) -> AnnotatedText {
        let token = |(at, head): (u32, &u32)| Token {
            span: Span::new(2 * at, 2 * at + 1),
            form: None,
            lemma: String::new(),
            upos: String::new(),
            features: String::new(),
            head: *head,
            relation: if *head == 0 { "root" } else { "dep" }.to_owned(),
        };
        AnnotatedText {
            sentences: vec![Sentence {
                span: Span::new(0, 5),
                language: "es".to_owned(),
                tokens: (0..).zip(heads).map(token).collect(),
            }],
            names: Vec::new(),
            acronyms: Vec::new(),
        }
    }

    #[test]
    fn a_broken_rule_is_named() {
        let text = "a b c";
        assert_eq!(check(text, &made(&[2, 0, 2])), Ok(()));
        for (heads, rule) in [
            (&[0, 0, 2][..], "exactly one root"),
            (&[0, 3, 2], "circle"),
            (&[2, 0, 4], "outside its sentence"),
            (&[2, 0], "of 3 letters 2"),
        ] {
            let found = check(text, &made(heads)).expect_err("broken");
            assert!(found.contains(rule), "{found}");
        }
        let mut empty = made(&[2, 0, 2]);
        empty.sentences[0].tokens[1].span = Span::new(2, 2);
        assert!(check(text, &empty).is_err());
        let mut late = made(&[2, 0, 2]);
        late.sentences[0].span = Span::new(0, 9);
        assert!(check(text, &late).is_err());
    }
}
