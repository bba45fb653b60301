//! The form for programs of linguists: CoNLL-U.

use std::fmt::Write as _;

use quipu_annotate::conllu;

use super::part::{Part, Shown};

/// Writes a sentence. `name` is that of the input.
pub(super) fn write(shown: &Shown<'_>, name: Option<&str>, part: &mut Part) {
    part.begin();
    let comments = shown.given.map_or(&[][..], |(given, _)| &given.comments);
    let says = |key: &str| {
        comments.iter().any(|line| {
            let line = line.trim_start_matches('#').trim_start();
            line.split([' ', '=']).next() == Some(key)
        })
    };
    if let Some(name) = name.filter(|_| shown.first && !says("newdoc")) {
        let name = name.replace(char::is_control, " ");
        let _ = writeln!(part.body, "# newdoc id = {name}");
    }
    for line in comments {
        part.body.push_str(line);
        part.body.push('\n');
    }
    if shown.paragraph {
        part.body.push_str("# newpar\n");
    }
    if shown.given.is_none_or(|(given, _)| given.id().is_none()) {
        part.body.push_str("# sent_id = ");
        part.number();
        part.body.push('\n');
    }
    if !says("lang") {
        let _ = writeln!(part.body, "# lang = {}", shown.sentence.language);
    }
    match shown.given {
        Some((given, _)) => {
            let _ = writeln!(part.body, "# text = {}", given.text);
        }
        None => {
            let line = conllu::as_line(shown.text, shown.sentence);
            let _ = writeln!(part.body, "# text = {line}");
        }
    }
    conllu::words(
        shown.text,
        shown.sentence,
        shown.names,
        shown.close,
        &mut part.body,
    );
}
