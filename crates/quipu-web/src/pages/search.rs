//! Search: the question as understood, its answers, ways to narrow them.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use quipu_desk::view::claims::ClaimView;
use quipu_desk::view::overview::{FacetValueView, FacetView};
use quipu_desk::view::search::{HitPassageView, HitView, PartView, SearchView};
use quipu_desk::{SearchAsk, Sort};

use super::claims::{claim_line, holders_line};
use super::{Asked, Trouble, html};
use crate::frame::Frame;
use crate::link::address;
use crate::serve::SharedRoom;

/// Values of a facet shown at the side.
const SHOWN: usize = 8;

#[derive(Template)]
#[template(path = "search.html")]
struct SearchPage {
    t: Frame,
    view: SearchView,
    said: Vec<Said>,
    before: Option<String>,
    after: Option<String>,
}

/// A piece of the sentence that repeats the question.
enum Said {
    /// A word that joins: and, or, an opening or closing sign.
    Join(String),
    /// A part with its own link to be without it.
    Part { words: String, without: String },
}

pub(super) fn page(room: &SharedRoom, asked: &Asked) -> Result<Response, Trouble> {
    let view = room.desk.search(&SearchAsk {
        query: asked.parameter("q").to_owned(),
        sort: Sort::from_word(asked.parameter("sort")),
        page: asked.frame.parameters.number("page").unwrap_or(1),
    })?;
    let to = |page: usize| {
        address(
            "/search",
            &[
                ("q", &view.query),
                ("sort", asked.parameter("sort")),
                ("page", &page.to_string()),
            ],
        )
    };
    let mut said = Vec::new();
    say(&asked.frame, &view.parts, "and", &mut said);
    if view.parts.iter().filter(|part| part.claim).count() > 1 {
        said.push(Said::Join(asked.frame.say("part-one-claim")));
    }
    let page = SearchPage {
        before: (view.page > 1).then(|| to(view.page - 1)),
        after: (view.page < view.pages).then(|| to(view.page + 1)),
        t: asked.frame.clone(),
        said,
        view,
    };
    html(StatusCode::OK, &page)
}

/// Repeats the parts of a question in plain words.
fn say(t: &Frame, parts: &[PartView], join: &str, said: &mut Vec<Said>) {
    for (i, part) in parts.iter().enumerate() {
        if i > 0 {
            said.push(Said::Join(t.named("join", join)));
        }
        if part.parts.is_empty() {
            let mut words = leaf(t, part);
            if part.claim {
                words = asked_of_claims(t, part);
            } else if let Some(field) = part
                .field
                .as_ref()
                .filter(|_| !matches!(part.kind, "dates" | "numbers" | "amounts"))
            {
                let mut args = fluent_bundle::FluentArgs::new();
                args.set("value", words.clone());
                args.set("field", t.named("field", field));
                words = t.message("part-in-field", Some(&args)).unwrap_or(words);
            }
            if part.negated {
                words = t.say_with("part-not", &words);
            }
            said.push(Said::Part {
                words,
                without: part.without.clone(),
            });
            continue;
        }
        if part.negated {
            said.push(Said::Join(t.say("part-none-of")));
        }
        said.push(Said::Join("(".to_owned()));
        let join = if part.kind == "any" { "or" } else { "and" };
        say(t, &part.parts, join, said);
        said.push(Said::Join(")".to_owned()));
    }
}

/// A part that is asked of claims.
fn asked_of_claims(t: &Frame, part: &PartView) -> String {
    let place = part.field.as_deref().unwrap_or_default();
    let named = part.words.to_lowercase();
    let words = match part.kind {
        "word" | "phrase" => t.say_with("part-quoted", &part.words),
        _ => leaf(t, part),
    };
    match place {
        "kind" | "claim" => t.say_with("part-claim-kind", t.named("claim-kind", named)),
        "standing" => t.say_with("part-claim-standing", t.named("standing", named)),
        "holder" => t.say_with("part-claim-holder", words),
        "who" => t.say_with("part-claim-who", words),
        role => {
            let mut args = fluent_bundle::FluentArgs::new();
            args.set("value", words);
            args.set("role", t.named("role", role));
            t.message("part-claim-role", Some(&args))
                .unwrap_or_default()
        }
    }
}

fn leaf(t: &Frame, part: &PartView) -> String {
    match part.kind {
        "prefix" => t.say_with("part-prefix", &part.words),
        "fuzzy" => t.count_with("part-fuzzy", part.distance.unwrap_or(1), &part.words),
        "phrase" => t.say_with("part-phrase", &part.words),
        "near" => t.count_with("part-near", part.distance.unwrap_or(0), &part.words),
        "numbers" => t.say_with("part-numbers", &part.words),
        "amounts" => t.say_with("part-amounts", &part.words),
        "dates" => {
            let date = match part.words.split_once("..") {
                Some((from, to)) => t.date(&format!("{from}/{to}")),
                None => t.date(&part.words),
            };
            match part.field.as_deref() {
                Some("before") => t.say_with("part-before", &date),
                Some("after") => t.say_with("part-after", &date),
                Some("dated" | "year") => t.say_with("part-dated", &date),
                _ => t.say_with("part-dates", &date),
            }
        }
        _ => t.say_with("part-word", &part.words),
    }
}

impl SearchPage {
    fn search(&self, query: &str) -> String {
        address(
            "/search",
            &[("q", query), ("sort", self.t.parameters.get("sort"))],
        )
    }

    fn sorts(&self) -> Vec<(String, String, bool)> {
        let sorts = Sort::ALL.into_iter();
        sorts
            .map(|sort| {
                let link = address("/search", &[("q", &self.view.query), ("sort", sort.word())]);
                let name = self.t.named("sort", sort.word());
                (link, name, sort.word() == self.view.sort)
            })
            .collect()
    }

    fn document(&self, hit: &HitView) -> String {
        let id = quipu_desk::names::short(&hit.source);
        address(&format!("/d/{id}"), &[("q", &self.view.query)])
    }

    fn passage(&self, hit: &HitView, passage: &HitPassageView) -> String {
        let id = quipu_desk::names::short(&hit.source);
        // A claim has an address of its own; it lights the claim's card too.
        let claim = passage.claims.first().map(|claim| &claim.address);
        let passage = claim.unwrap_or(&passage.address);
        let query = address("", &[("q", &self.view.query)]);
        let query = query
            .strip_prefix('?')
            .map(|q| format!("&{q}"))
            .unwrap_or_default();
        format!("/d/{id}?{passage}{query}#passage")
    }

    fn claim(&self, hit: &HitView, claim: &ClaimView) -> String {
        let id = quipu_desk::names::short(&hit.source);
        let query = address("", &[("q", &self.view.query)]);
        let query = query.strip_prefix('?').unwrap_or_default();
        format!("/d/{id}?{}&{query}#passage", claim.address)
    }

    fn claim_line(&self, claim: &ClaimView) -> String {
        claim_line(&self.t, claim)
    }

    fn holders_line(&self, claim: &ClaimView) -> Option<String> {
        holders_line(&self.t, claim)
    }

    fn first<'a>(&self, facet: &'a FacetView) -> &'a [FacetValueView] {
        facet.values.get(..SHOWN).unwrap_or(&facet.values)
    }

    fn rest<'a>(&self, facet: &'a FacetView) -> &'a [FacetValueView] {
        facet.values.get(SHOWN..).unwrap_or_default()
    }
}
