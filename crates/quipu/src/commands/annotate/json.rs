//! The form for programs: one line of JSON for each input. It is written as it
//! comes, so that a long text need not be held: sentences first, then names,
//! times, amounts and what the whole text tells.

use std::fmt::Write as _;

use quipu_model::{Repaired, Span};

use super::shown::{Points, Shown};

/// What stands behind the sentences: members of lists, commas between them.
#[derive(Default)]
pub(super) struct Lists {
    pub(super) names: String,
    pub(super) times: String,
    pub(super) amounts: String,
    pub(super) attributions: String,
    pub(super) predicates: String,
    pub(super) chains: String,
    pub(super) tuples: String,
}

impl Lists {
    /// The line behind the sentences.
    pub(super) fn foot(&self) -> String {
        let mut foot = String::from("]");
        for (name, members) in [
            ("names", &self.names),
            ("times", &self.times),
            ("amounts", &self.amounts),
            ("attributions", &self.attributions),
            ("predicates", &self.predicates),
            ("chains", &self.chains),
            ("tuples", &self.tuples),
        ] {
            let _ = write!(foot, ",\"{name}\":[{members}]");
        }
        foot
    }
}

/// The line up to the first sentence.
pub(super) fn head(file: Option<&str>, language: Option<&str>) -> String {
    let mut head = String::from("{");
    if let Some(file) = file {
        let _ = write!(head, "\"file\":{},", Quoted(file));
    }
    head.push_str("\"language\":");
    match language {
        Some(language) => {
            let _ = write!(head, "{}", Quoted(language));
        }
        None => head.push_str("null"),
    }
    head.push_str(",\"sentences\":[");
    head
}

/// The line of an input that could not be read.
pub(super) fn refused(file: Option<&str>, reason: &str) -> String {
    let mut line = head(file, None);
    let _ = writeln!(
        line,
        "{},\"error\":{}}}",
        Lists::default().foot(),
        Quoted(reason)
    );
    line
}

/// Writes a sentence, and its names behind those already there.
pub(super) fn write(shown: &Shown<'_>, out: &mut String, names: &mut String) {
    let (text, sentence) = (shown.text, shown.sentence);
    let mut points = Points::new(text, sentence.span.range().start, shown.point);
    out.push_str(if shown.number_here == 1 { "{" } else { ",{" });
    match shown.given {
        None => {
            let start = points.at(sentence.span.range().start);
            let end = points.at(sentence.span.range().end);
            let _ = write!(out, "\"start\":{start},\"end\":{end},");
        }
        Some(given) => {
            if let Some(id) = given.id() {
                let _ = write!(out, "\"sent_id\":{},", Quoted(id));
            }
            let _ = write!(out, "\"text\":{},", Quoted(&given.text));
        }
    }
    let _ = write!(
        out,
        "\"language\":{},\"words\":[",
        Quoted(&sentence.language)
    );
    for (at, token) in sentence.tokens.iter().enumerate() {
        let letters = token.span.of(text).unwrap_or_default();
        let start = points.at(token.span.range().start);
        let end = points.at(token.span.range().end);
        let _ = write!(
            out,
            "{}{{\"id\":{},\"start\":{start},\"end\":{end},\"form\":{},\"lemma\":{},\"upos\":{},\"feats\":{},\"head\":{},\"deprel\":{}}}",
            if at == 0 { "" } else { "," },
            at + 1,
            Quoted(token.form.as_deref().unwrap_or(letters)),
            Quoted(&token.lemma),
            Quoted(&token.upos),
            Quoted(&token.features),
            token.head,
            Quoted(&token.relation),
        );
    }
    out.push_str("]}");
    for name in shown.names {
        let start = points.at(name.span.range().start);
        let end = points.at(name.span.range().end);
        names.push_str(if names.is_empty() { "{" } else { ",{" });
        if shown.given.is_some() {
            let _ = write!(names, "\"sentence\":{},", shown.number_here);
        }
        let _ = write!(
            names,
            "\"start\":{start},\"end\":{end},\"kind\":\"{}\",\"text\":{}",
            name.kind.word(),
            Quoted(name.span.of(text).unwrap_or_default()),
        );
        let mut list = |what: &str, spans: &[Span<Repaired>]| {
            if spans.is_empty() {
                return;
            }
            let _ = write!(names, ",\"{what}\":[");
            for (at, span) in spans.iter().enumerate() {
                let (start, end) = (points.at(span.range().start), points.at(span.range().end));
                let _ = write!(
                    names,
                    "{}{{\"start\":{start},\"end\":{end},\"text\":{}}}",
                    if at == 0 { "" } else { "," },
                    Quoted(span.of(text).unwrap_or_default()),
                );
            }
            names.push(']');
        };
        list("titles", &name.titles);
        list("aliases", &name.aliases);
        let ties = shown
            .acronyms
            .partition_point(|tie| tie.short.start() < name.span.start());
        let tie = shown
            .acronyms
            .get(ties)
            .filter(|tie| tie.short == name.span);
        list("stands_for", tie.map(|tie| tie.long).as_slice());
        names.push('}');
    }
}

/// A string as JSON writes it.
pub(super) struct Quoted<'a>(pub(super) &'a str);

impl std::fmt::Display for Quoted<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let quoted = serde_json::to_string(self.0).map_err(|_| std::fmt::Error)?;
        f.write_str(&quoted)
    }
}

#[cfg(test)]
mod tests {
    use super::{Quoted, head, refused};

    #[test]
    fn every_string_survives_its_quoting() {
        for text in ["", "a\"b\\c", "\u{0}\u{1f}\u{7f}\n\r\t", "ñ😀\u{2028}"] {
            let quoted = Quoted(text).to_string();
            let again: String = serde_json::from_str(&quoted).expect("JSON");
            assert_eq!(again, text);
        }
    }

    #[test]
    fn an_input_that_cannot_be_read_has_its_line() {
        let line = refused(Some("a\"b"), "is a folder");
        let value: serde_json::Value = serde_json::from_str(&line).expect("JSON");
        assert_eq!(value["file"], "a\"b");
        assert_eq!(value["error"], "is a folder");
        assert!(head(None, Some("es")).starts_with("{\"language\":\"es\""));
    }
}
