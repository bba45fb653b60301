//! What clauses say, in JSON: tuples of open information extraction.

use std::fmt::Write as _;

use quipu_claims::claims::Tuple;
use quipu_model::{Repaired, Span};

use super::json::Quoted;
use super::listed::{Places, place_json};

/// Writes tuples as members of a list.
pub(super) fn tuples_json(tuples: &[Tuple], places: &mut Places<'_>, out: &mut String) {
    for tuple in tuples {
        out.push_str(if out.is_empty() { "{" } else { ",{" });
        out.push_str("\"subject\":");
        match tuple.subject {
            Some(subject) => spans(&[subject], places, out),
            None => out.push_str("null"),
        }
        let words: Vec<&str> = tuple
            .relation
            .iter()
            .flat_map(|span| places.words(*span).split_whitespace())
            .collect();
        let _ = write!(out, ",\"relation\":{}", Quoted(&words.join(" ")));
        out.push_str(",\"relation_words\":[");
        spans(&tuple.relation, places, out);
        out.push_str("],\"arguments\":[");
        spans(&tuple.arguments, places, out);
        let sure = f64::from(tuple.confidence) / 1000.0;
        let _ = write!(out, "],\"confidence\":{sure}}}");
    }
}

/// Places with their words, commas between them.
fn spans(spans: &[Span<Repaired>], places: &mut Places<'_>, out: &mut String) {
    for (at, span) in spans.iter().enumerate() {
        out.push_str(if at == 0 { "{" } else { ",{" });
        let place = places.at(*span);
        place_json(place, places.words(*span), out);
        out.push('}');
    }
}
