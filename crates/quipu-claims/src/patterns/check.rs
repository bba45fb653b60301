//! Examples of patterns.

use quipu_model::{Repaired, Span};

/// An example without its square brackets, and where they show the expression;
/// all of it where there are none.
pub(crate) fn bracketed(text: &str) -> (String, Span<Repaired>) {
    match (text.find('['), text.find(']')) {
        (Some(from), Some(to)) if from < to => {
            let clean = format!(
                "{}{}{}",
                &text[..from],
                &text[from + 1..to],
                &text[to + 1..]
            );
            (clean, Span::from_usize(from, to - 1))
        }
        _ => (text.to_owned(), Span::from_usize(0, text.len())),
    }
}
