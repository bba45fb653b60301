//! The overview: what the archive holds, and what could not be read.

use askama::Template;
use axum::http::StatusCode;
use axum::response::Response;
use quipu_desk::desk::NOTICES;
use quipu_desk::view::overview::{FacetValueView, FacetView, OverviewView};

use super::{Asked, Trouble, html};
use crate::frame::Frame;
use crate::link::address;
use crate::serve::SharedRoom;
use crate::write::Figure;

/// Values of a facet shown at once; the years are all shown.
const SHOWN: usize = 14;

#[derive(Template)]
#[template(path = "overview.html")]
struct OverviewPage {
    t: Frame,
    view: OverviewView,
    /// Addresses of the notices before and after those shown.
    before: Option<String>,
    after: Option<String>,
}

pub(super) fn page(room: &SharedRoom, asked: &Asked) -> Result<Response, Trouble> {
    let from: usize = asked.frame.parameters.number("notices").unwrap_or(0);
    let view = room.desk.overview(from)?;
    let at = |from: usize| address("/", &[("notices", &from.to_string())]) + "#notices";
    let page = OverviewPage {
        before: (from > 0).then(|| at(from.saturating_sub(NOTICES))),
        after: view.notices_more.then(|| at(from + NOTICES)),
        t: asked.frame.clone(),
        view,
    };
    html(StatusCode::OK, &page)
}

impl OverviewPage {
    /// Facets drawn as lists; years are drawn as a strip.
    fn lists(&self) -> impl Iterator<Item = &FacetView> {
        self.view
            .facets
            .iter()
            .filter(|facet| facet.field != "year")
    }

    fn years(&self) -> Option<&FacetView> {
        let mut facets = self.view.facets.iter();
        facets.find(|facet| facet.field == "year" && !facet.values.is_empty())
    }

    fn first<'a>(&self, facet: &'a FacetView) -> &'a [FacetValueView] {
        facet.values.get(..SHOWN).unwrap_or(&facet.values)
    }

    fn rest<'a>(&self, facet: &'a FacetView) -> &'a [FacetValueView] {
        facet.values.get(SHOWN..).unwrap_or_default()
    }

    fn search(&self, query: &str) -> String {
        address("/search", &[("q", query)])
    }

    /// Top edge of a bar that hangs from the bottom of a box of 1000.
    fn top(&self, share: impl Figure) -> u64 {
        1000u64.saturating_sub(share.figure())
    }
}
