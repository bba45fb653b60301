//! Runs every case of `cases/annotate/LANGUAGE/`: a text, then what must be
//! found in it. `cases/annotate/README.md` says how to write one.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use std::path::{Path, PathBuf};

use quipu_annotate::{Annotator, Hands, embedded, flowing};
use quipu_model::{AnnotatedText, Name, Repaired, Sentence, SentenceLanguage, Span, Token};
use quipu_packs::Packs;

/// The line between the text and what is found in it.
const ARROW: &str = "\n=>\n";

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/annotate")
}

fn listed(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).expect("a folder of cases");
    let mut paths: Vec<PathBuf> = entries
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    paths
}

#[test]
fn every_case_is_annotated_as_it_says() {
    let annotator = embedded(&Packs::embedded().expect("packs")).expect("models");
    let mut hands = Hands::default();
    let (mut cases, mut lines) = (0, 0);
    let mut failures = Vec::new();
    for folder in listed(&root()).iter().filter(|path| path.is_dir()) {
        let language = folder.file_name().expect("a name").to_string_lossy();
        assert!(
            annotator.languages().any(|tag| tag == language),
            "no model reads {language}"
        );
        for path in listed(folder) {
            let case = std::fs::read_to_string(&path).expect("a text");
            let name = path.strip_prefix(root()).expect("under the root").display();
            let found = try_case(&case, &language, &annotator, &mut hands);
            cases += 1;
            lines += found.lines;
            failures.extend(found.problems.iter().map(|what| format!("{name}: {what}")));
        }
    }
    assert!(cases > 0, "no case was found");
    assert!(
        failures.is_empty(),
        "{} problems in {lines} lines of {cases} cases\n{}",
        failures.len(),
        failures.join("\n")
    );
}

struct Found {
    lines: usize,
    problems: Vec<String>,
}

fn try_case(case: &str, language: &str, annotator: &Annotator<'_>, hands: &mut Hands) -> Found {
    let mut found = Found {
        lines: 0,
        problems: Vec::new(),
    };
    let Some((head, said)) = case.split_once(ARROW) else {
        found.problems.push("has no line `=>`".to_owned());
        return found;
    };
    let comments = head
        .lines()
        .take_while(|line| line.starts_with('#'))
        .count();
    if comments == 0 {
        found.problems.push("does not say what it shows".to_owned());
    }
    let text: String = head.split_inclusive('\n').skip(comments).collect();
    let languages = [SentenceLanguage {
        span: Span::from_usize(0, text.len()),
        language: Some(language.to_owned()),
    }];
    let made = annotator.annotate(&flowing(&text), &languages, &[], hands);
    let mut wrong = None;
    for line in said.lines().map(str::trim) {
        if let Some(reason) = line.strip_prefix("wrong:") {
            if reason.trim().is_empty() {
                found.problems.push("`wrong:` gives no reason".to_owned());
            }
            wrong = Some(reason.trim());
            continue;
        }
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        found.lines += 1;
        let problem = match (holds(line, &text, &made), wrong.take()) {
            (Ok(None), None) | (Ok(Some(_)), Some(_)) => continue,
            (Ok(Some(instead)), None) => format!("`{line}`: {instead}"),
            (Ok(None), Some(_)) => {
                format!("`{line}` is marked wrong, but holds: take the mark away")
            }
            (Err(error), _) => format!("`{line}`: {error}"),
        };
        found.problems.push(problem);
    }
    if found.lines == 0 {
        found.problems.push("expects nothing".to_owned());
    }
    found
}

/// Whether a line holds: `None`, or what was found instead.
///
/// # Errors
/// When the line cannot be understood, or names a word that is not there.
fn holds(line: &str, text: &str, made: &AnnotatedText) -> Result<Option<String>, String> {
    let (positive, line) = match line.strip_prefix("no ") {
        Some(rest) => (false, rest),
        None => (true, line),
    };
    let (what, rest) = line.split_once(' ').ok_or("says nothing of anything")?;
    let case = Case { text, made };
    let (holds, instead) = match what {
        "name" => case.name(rest),
        "title" => case.beside(rest, |_, name| name.titles.clone())?,
        "alias" => case.beside(rest, |_, name| name.aliases.clone())?,
        "long" => case.beside(rest, |made, name| {
            let ties = made.acronyms.iter();
            ties.filter(|tie| tie.short == name.span)
                .map(|tie| tie.long)
                .collect()
        })?,
        "sentences" => {
            let count: usize = rest.parse().map_err(|_| "wants a number")?;
            (count == made.sentences.len(), case.sentences())
        }
        "sentence" => {
            let wanted = one_line(rest);
            let found = case.each_sentence().any(|sentence| sentence == wanted);
            (found, case.sentences())
        }
        "token" => case.token(rest),
        "upos" => {
            let (_, token, values) = case.word_and(rest)?;
            let found = values.split(' ').any(|value| value == token.upos);
            (found, token.upos.clone())
        }
        "lemma" => {
            let (_, token, value) = case.word_and(rest)?;
            (value == token.lemma, token.lemma.clone())
        }
        "feature" => {
            let (_, token, value) = case.word_and(rest)?;
            let found = token.features.split('|').any(|feature| feature == value);
            (found, token.features.clone())
        }
        "root" => {
            let (_, token) = case.word(rest)?;
            (token.head == 0, case.hangs(rest)?)
        }
        relation => {
            let (head, dependent) = rest.split_once(" -> ").ok_or("is no line we know")?;
            case.relation(relation, head.trim(), dependent.trim())?
        }
    };
    Ok((holds != positive).then_some(instead))
}

/// Words with single blanks between.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

struct Case<'a> {
    text: &'a str,
    made: &'a AnnotatedText,
}

impl<'a> Case<'a> {
    fn each_sentence(&self) -> impl Iterator<Item = String> {
        let sentences = self.made.sentences.iter();
        sentences.map(|sentence| one_line(sentence.span.of(self.text).expect("in the text")))
    }

    fn sentences(&self) -> String {
        let all: Vec<String> = self.each_sentence().collect();
        format!("{} sentences: {}", all.len(), all.join(" | "))
    }

    fn form(&self, token: &'a Token) -> &'a str {
        let letters = token.span.of(self.text).expect("in the text");
        token.form.as_deref().unwrap_or(letters)
    }

    /// `KIND words`, or `words` of any kind.
    fn name(&self, rest: &str) -> (bool, String) {
        let kinds = ["PER", "ORG", "LOC"];
        let (kind, words) = match rest.split_once(' ') {
            Some((kind, words)) if kinds.contains(&kind) => (Some(kind), words),
            _ => (None, rest),
        };
        let names: Vec<(&str, String)> = self
            .made
            .names
            .iter()
            .map(|name| (name.kind.word(), one_line(name.span.of(self.text).unwrap())))
            .collect();
        let found = names
            .iter()
            .any(|(of, name)| *name == one_line(words) && kind.is_none_or(|kind| kind == *of));
        let all: Vec<String> = names
            .iter()
            .map(|(of, name)| format!("{of} {name}"))
            .collect();
        (found, format!("names: {}", all.join(" | ")))
    }

    /// `words of a name -> words` of what stands beside it.
    fn beside(
        &self,
        rest: &str,
        spans: impl Fn(&AnnotatedText, &Name) -> Vec<Span<Repaired>>,
    ) -> Result<(bool, String), String> {
        let (name, words) = rest.split_once(" -> ").ok_or("wants a name and words")?;
        let letters = |span: Span<Repaired>| one_line(span.of(self.text).unwrap_or_default());
        let named = self.made.names.iter();
        let named = named.filter(|one| letters(one.span) == one_line(name));
        let all: Vec<String> = named
            .flat_map(|name| spans(self.made, name))
            .map(letters)
            .collect();
        let found = all.contains(&one_line(words));
        let names = self.name(name).1;
        Ok((found, format!("{}; {names}", all.join(" | "))))
    }

    /// `letters`, or `letters = words`.
    fn token(&self, rest: &str) -> (bool, String) {
        let (letters, words) = match rest.split_once(" = ") {
            Some((letters, words)) => (letters, words.split(' ').collect()),
            None => (rest, vec![rest]),
        };
        let mut near = Vec::new();
        for sentence in &self.made.sentences {
            for group in sentence
                .tokens
                .chunk_by(|a, b| a.span == b.span && b.form.is_some())
            {
                let own = group[0].span.of(self.text).expect("in the text");
                let forms: Vec<&str> = group.iter().map(|token| self.form(token)).collect();
                if own == letters && forms == words {
                    return (true, "it is".to_owned());
                }
                near.push(forms.join("+"));
            }
        }
        (false, format!("tokens: {}", near.join(" ")))
    }

    /// A word by its form: `paid`, or the second one, `paid#2`.
    fn word(&self, name: &str) -> Result<(&'a Sentence, &'a Token), String> {
        let (form, count) = match name.rsplit_once('#') {
            Some((form, count)) => (form, count.parse().map_err(|_| "wants a number behind #")?),
            None => (name, 1_usize),
        };
        self.made
            .sentences
            .iter()
            .flat_map(|sentence| sentence.tokens.iter().map(move |token| (sentence, token)))
            .filter(|(_, token)| self.form(token) == form)
            .nth(count - 1)
            .ok_or_else(|| format!("there is no word {name}; {}", self.token(name).1))
    }

    /// A word and what is said of it.
    fn word_and<'b>(&self, rest: &'b str) -> Result<(&'a Sentence, &'a Token, &'b str), String> {
        let (word, value) = rest.split_once(' ').ok_or("wants a word and a value")?;
        let (sentence, token) = self.word(word)?;
        Ok((sentence, token, value))
    }

    fn relation(
        &self,
        relation: &str,
        head: &str,
        dependent: &str,
    ) -> Result<(bool, String), String> {
        let wanted: &[&str] = match relation {
            "subject" => &["nsubj", "csubj"],
            "object" => &["obj"],
            "hangs" => &[],
            other if other.chars().all(|c| c.is_ascii_lowercase() || c == ':') => &[other],
            _ => return Err("is no relation".to_owned()),
        };
        let (home, governor) = self.word(head)?;
        let (sentence, token) = self.word(dependent)?;
        let hangs = std::ptr::eq(home, sentence)
            && (token.head as usize)
                .checked_sub(1)
                .and_then(|at| sentence.tokens.get(at))
                .is_some_and(|own| std::ptr::eq(own, governor));
        let main = token.relation.split(':').next().unwrap_or_default();
        let fits = wanted.is_empty()
            || wanted
                .iter()
                .any(|one| *one == main || *one == token.relation);
        Ok((hangs && fits, self.hangs(dependent)?))
    }

    /// On what a word hangs.
    fn hangs(&self, name: &str) -> Result<String, String> {
        let (sentence, token) = self.word(name)?;
        let governor = (token.head as usize)
            .checked_sub(1)
            .and_then(|at| sentence.tokens.get(at))
            .map_or("nothing", |token| self.form(token));
        Ok(format!("{} {governor} -> {name}", token.relation))
    }
}

#[cfg(test)]
mod runner {
    use quipu_annotate::Hands;

    use super::{Packs, embedded, try_case};

    /// A case that cannot fail would be none.
    #[test]
    fn what_does_not_hold_is_noticed() {
        let annotator = embedded(&Packs::embedded().expect("packs")).expect("models");
        let language = annotator.languages().next().expect("a language").to_owned();
        let problems = |said: &str| {
            let case = format!("# Shows it.\nOne two.\n=>\n{said}\n");
            let found = try_case(&case, &language, &annotator, &mut Hands::default());
            found.problems.len()
        };
        for line in [
            "sentences 1",
            "sentence One two.",
            "token One",
            "no token Onetwo",
            "no name One two.",
            "wrong: on purpose\nsentences 2",
        ] {
            assert_eq!(problems(line), 0, "{line}");
        }
        for line in [
            "",
            "# nothing",
            "sentences 2",
            "no sentences 1",
            "sentence One",
            "token two.",
            "name PER One two.",
            "lemma three three",
            "title One -> two",
            "long One two",
            "bogus One",
            "wrong:\nsentences 2",
            "wrong: healed\nsentences 1",
        ] {
            assert!(problems(line) > 0, "{line}");
        }
    }
}
