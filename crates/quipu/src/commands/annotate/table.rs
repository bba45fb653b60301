//! The form for programs of linguists: CoNLL-U.

use std::fmt::Write as _;

use quipu_annotate::conllu;

use super::shown::Shown;

/// Writes a sentence. `name` is that of the input.
pub(super) fn write(shown: &Shown<'_>, name: Option<&str>, out: &mut String) {
    let comments = shown.given.map_or(&[][..], |given| &given.comments);
    let says = |key: &str| {
        comments.iter().any(|line| {
            let line = line.trim_start_matches('#').trim_start();
            line.split([' ', '=']).next() == Some(key)
        })
    };
    if let Some(name) = name.filter(|_| shown.number_here == 1 && !says("newdoc")) {
        let name = name.replace(char::is_control, " ");
        let _ = writeln!(out, "# newdoc id = {name}");
    }
    for line in comments {
        out.push_str(line);
        out.push('\n');
    }
    if shown.paragraph {
        out.push_str("# newpar\n");
    }
    if shown.given.is_none_or(|given| given.id().is_none()) {
        let _ = writeln!(out, "# sent_id = {}", shown.number);
    }
    if !says("lang") {
        let _ = writeln!(out, "# lang = {}", shown.sentence.language);
    }
    match shown.given {
        Some(given) => {
            let _ = writeln!(out, "# text = {}", given.text);
        }
        None => {
            let line = conllu::as_line(shown.text, shown.sentence);
            let _ = writeln!(out, "# text = {line}");
        }
    }
    conllu::words(shown.text, shown.sentence, shown.names, shown.close, out);
}
