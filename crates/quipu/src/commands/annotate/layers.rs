//! What a text tells beside its names, times and amounts, in JSON: who says what,
//! what is so, who is spoken of again, and what clauses say in their own words.

use std::fmt::Write as _;

use quipu_claims::claims::Tuple;
use quipu_model::{Attribution, Chain, Factuality, Repaired, Span};

use super::json::Quoted;
use super::listed::{Place, Places, place_json};

/// Writes attributions as members of a list.
pub(super) fn attributions_json(
    attributions: &[Attribution],
    places: &mut Places<'_>,
    out: &mut String,
) {
    for attribution in attributions {
        out.push_str(if out.is_empty() { "{" } else { ",{" });
        for (name, list) in [
            ("source", &attribution.source),
            ("cue", &attribution.cue),
            ("content", &attribution.content),
        ] {
            let _ = write!(out, "\"{name}\":[");
            spans(list, places, out);
            out.push_str("],");
        }
        let _ = write!(
            out,
            "\"polarity\":\"{}\",\"standing\":\"{}\",\"rule\":{}}}",
            attribution.polarity,
            attribution.standing,
            Quoted(&attribution.rule)
        );
    }
}

/// Writes predicates with their factuality as members of a list.
pub(super) fn predicates_json(
    predicates: &[Factuality],
    places: &mut Places<'_>,
    out: &mut String,
) {
    for predicate in predicates {
        out.push_str(if out.is_empty() { "{" } else { ",{" });
        let place = places.at(predicate.span);
        place_json(place, places.words(predicate.span), out);
        let factuality = f64::from(predicate.thousandths) / 1000.0;
        let _ = write!(out, ",\"factuality\":{factuality}}}");
    }
}

/// Writes chains as members of a list: what is mentioned at least twice in words.
pub(super) fn chains_json(chains: &[Chain], places: &mut Places<'_>, out: &mut String) {
    let spoken = |chain: &Chain| -> Vec<Span<Repaired>> {
        let spans = chain.mentions.iter().map(|mention| mention.span);
        spans.filter(|span| !span.is_empty()).collect()
    };
    // Chains run through the whole text: places are found in one walk.
    let mut all: Vec<Span<Repaired>> = chains.iter().flat_map(spoken).collect();
    all.sort_unstable();
    all.dedup();
    let found: Vec<Place> = all.iter().map(|span| places.at(*span)).collect();
    for chain in chains {
        let spans = spoken(chain);
        if spans.len() < 2 {
            continue;
        }
        out.push_str(if out.is_empty() { "[" } else { ",[" });
        let own = spans.iter().filter_map(|span| {
            let at = all.binary_search(span).ok()?;
            Some((span, found.get(at)?))
        });
        for (at, (span, place)) in own.enumerate() {
            out.push_str(if at == 0 { "{" } else { ",{" });
            place_json(*place, places.words(*span), out);
            out.push('}');
        }
        out.push(']');
    }
}

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
