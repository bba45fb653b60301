//! Quotations and who speaks in them, as far as first persons ask.

use crate::claims::tree::Tree;

/// The quotations of a document.
#[derive(Debug, Default)]
pub(crate) struct Speech {
    /// The quotation of each word, by sentence.
    pub(crate) inside: Vec<Vec<Option<usize>>>,
    /// Sentence and head of the speaker of each quotation.
    pub(crate) speakers: Vec<Option<(usize, usize)>>,
}

/// Sentences a quotation can run over; one that does not end ends there.
const LONGEST: usize = 30;

/// Finds quotations by their marks, and their speakers by a word of saying that
/// stands outside in the sentence where they begin or end.
pub(crate) fn read(trees: &[Tree<'_>], paragraphs: &[bool]) -> Speech {
    let mut speech = Speech::default();
    let mut open: Option<(usize, &str)> = None;
    let mut began: Vec<(usize, usize)> = Vec::new();
    for (sentence, tree) in trees.iter().enumerate() {
        let mut inside = Vec::with_capacity(tree.len());
        if let Some((quote, closing)) = open {
            let opens_again = (0..tree.len().min(2))
                .any(|at| matches!(tree.form(at), "“" | "«" | "\"" | "''" | "``"));
            let over = sentence - began[quote].0 > LONGEST;
            let plain = closing == "\"" && paragraphs.get(sentence) == Some(&true);
            if over || plain || (paragraphs.get(sentence) == Some(&true) && opens_again) {
                open = None;
            }
        }
        for at in 0..tree.len() {
            let form = tree.form(at);
            match open {
                Some((quote, closing)) if form == closing => {
                    began[quote].1 = sentence;
                    open = None;
                    inside.push(None);
                }
                Some((quote, _)) => {
                    began[quote].1 = sentence;
                    inside.push(Some(quote));
                }
                None => {
                    let closing = match form {
                        "“" => Some("”"),
                        "«" => Some("»"),
                        "\"" => Some("\""),
                        "``" => Some("''"),
                        _ => None,
                    };
                    if let Some(closing) = closing {
                        open = Some((began.len(), closing));
                        began.push((sentence, sentence));
                    }
                    inside.push(None);
                }
            }
        }
        speech.inside.push(inside);
    }
    for (quote, (first, last)) in began.iter().copied().enumerate() {
        let mut sentences = vec![first];
        if last != first {
            sentences.push(last);
        }
        let starts_sentence = trees.get(first).is_some_and(|_| {
            let inside = &speech.inside[first];
            inside.iter().take(2).any(|own| *own == Some(quote))
        });
        let next = last + 1;
        if starts_sentence && next < trees.len() && paragraphs.get(next) != Some(&true) {
            sentences.push(next);
        }
        if first > 0 && paragraphs.get(first) != Some(&true) {
            sentences.push(first - 1);
        }
        let speaker = sentences.into_iter().find_map(|sentence| {
            speaker(&trees[sentence], &speech.inside[sentence], quote).map(|head| (sentence, head))
        });
        let before = quote.checked_sub(1).filter(|_| {
            // A second quotation of the same paragraph goes on.
            (began[quote - 1].1..=first)
                .skip(1)
                .all(|at| paragraphs.get(at) != Some(&true))
        });
        let speaker = speaker.or_else(|| speech.speakers[before?]);
        speech.speakers.push(speaker);
    }
    speech
}

/// The subject of a word of saying outside all quotations.
fn speaker(tree: &Tree<'_>, inside: &[Option<usize>], quote: usize) -> Option<usize> {
    let starts = inside.iter().position(|own| *own == Some(quote));
    let mut best: Option<(usize, usize)> = None;
    for at in 0..tree.len() {
        if inside[at].is_some() || !tree.words.saying.contains(tree.lemma(at)) {
            continue;
        }
        let subject = tree.children(at).iter().copied().find(|child| {
            tree.is_exactly(*child, "nsubj")
                && inside[*child].is_none()
                && !tree.is_relative(*child)
        });
        let Some(subject) = subject else { continue };
        let far = starts.map_or(at, |start| start.abs_diff(at));
        if best.is_none_or(|(least, _)| far < least) {
            best = Some((far, subject));
        }
    }
    best.map(|(_, subject)| subject)
}
