//! The desk: questions in, views out.

use quipu_model::SourceId;

use crate::address::PassageAddress;
use crate::names;
use crate::query::understand;
use crate::shelf::{Held, Shelf, ShelfError, Sort, Wanted};
use crate::view::citation::{CitationView, citation_view};
use crate::view::claims::ClaimFilter;
use crate::view::document::{DocumentAsk, DocumentView, document_view};
use crate::view::overview::{OverviewView, overview_view};
use crate::view::search::{PAGE, SearchView, hit_view, matches_of, search_view};

/// Answers beyond this many are counted but not paged to: nobody reads on,
/// and deep pages cost the index more than they tell.
const REACH: usize = 2000;
/// Notices on one page of the overview.
pub const NOTICES: usize = 25;

/// The desk over one shelf.
pub struct Desk {
    shelf: Box<dyn Shelf>,
}

/// A question with its order and page.
#[derive(Debug, Clone, Default)]
pub struct SearchAsk {
    /// What was typed.
    pub query: String,
    /// The order of the answers.
    pub sort: Sort,
    /// The page of answers, counted from 1.
    pub page: usize,
}

/// What part of a document somebody wants to see, as an address says it.
#[derive(Debug, Clone, Default)]
pub struct ReadAsk {
    /// A passage to light.
    pub passage: Option<PassageAddress>,
    /// A section, counted from 1.
    pub section: Option<usize>,
    /// A page, counted from 1.
    pub page: Option<u32>,
    /// The question whose words are to be marked.
    pub query: String,
    /// The written id of a claim to light.
    pub claim: Option<String>,
    /// The claims to be shown.
    pub filter: ClaimFilter,
}

/// What the beginning of a hash leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Named {
    /// One source.
    One(SourceId),
    /// Several; more digits are needed.
    Several(Vec<SourceId>),
    /// None.
    None,
}

impl Desk {
    /// A desk over a shelf.
    pub fn over(shelf: impl Shelf + 'static) -> Self {
        Self {
            shelf: Box::new(shelf),
        }
    }

    /// What the archive holds; notices from number `notices_from` on.
    ///
    /// # Errors
    /// When the archive cannot answer.
    pub fn overview(&self, notices_from: usize) -> Result<OverviewView, ShelfError> {
        let tally = self.shelf.tally()?;
        let noticed = self.shelf.notices(notices_from, NOTICES + 1)?;
        let seal = self.shelf.seal()?;
        Ok(overview_view(seal, &tally, &noticed, notices_from, NOTICES))
    }

    /// What answers a question.
    ///
    /// # Errors
    /// When the archive cannot answer.
    pub fn search(&self, ask: &SearchAsk) -> Result<SearchView, ShelfError> {
        let question = understand(&ask.query, &self.shelf.known()?);
        let page = ask.page.clamp(1, REACH.div_ceil(PAGE));
        let found = self.shelf.find(&Wanted {
            asks: question.asks.clone(),
            sort: ask.sort,
            skip: (page - 1) * PAGE,
            count: PAGE,
        })?;
        let mut hits = Vec::with_capacity(found.hits.len());
        for held in &found.hits {
            let lit = match &question.asks {
                Some(asks) => self.shelf.passages(asks, held)?,
                None => Vec::new(),
            };
            hits.push(hit_view(held, &lit));
        }
        Ok(search_view(&question, &found, hits, ask.sort, page, REACH))
    }

    /// The source whose hash begins with these digits (at least eight).
    ///
    /// # Errors
    /// When the archive cannot answer.
    pub fn named(&self, digits: &str) -> Result<Named, ShelfError> {
        let sound = (8..=64).contains(&digits.len())
            && digits
                .bytes()
                .all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
        if !sound {
            return Ok(Named::None);
        }
        let found = self.shelf.beginning_with(digits, 20)?;
        Ok(match found.as_slice() {
            [] => Named::None,
            [one] => Named::One(*one),
            _ => Named::Several(found),
        })
    }

    /// A document; `None` when the archive does not hold it.
    ///
    /// # Errors
    /// When the archive cannot answer.
    pub fn document(
        &self,
        id: SourceId,
        ask: &ReadAsk,
    ) -> Result<Option<DocumentView>, ShelfError> {
        let Some(held) = self.shelf.held(id)? else {
            return Ok(None);
        };
        let matches = match understand(&ask.query, &self.shelf.known()?).asks {
            Some(asks) => matches_of(&self.shelf.passages(&asks, &held)?),
            None => Vec::new(),
        };
        let ask = DocumentAsk {
            passage: ask.passage,
            section: ask.section,
            page: ask.page,
            matches,
            claim: ask.claim.clone(),
            filter: ask.filter.clone(),
        };
        let seal = self.shelf.seal()?;
        Ok(Some(document_view(&held, &ask, seal)))
    }

    /// The citation of a claim or a passage; `None` when source or words are gone.
    ///
    /// # Errors
    /// When the archive cannot answer.
    pub fn citation(
        &self,
        id: SourceId,
        passage: Option<PassageAddress>,
        claim: Option<&str>,
    ) -> Result<Option<CitationView>, ShelfError> {
        let Some(held) = self.shelf.held(id)? else {
            return Ok(None);
        };
        Ok(citation_view(&held, passage, claim, &self.shelf.seal()?))
    }

    /// What a source is called.
    ///
    /// # Errors
    /// When the archive cannot answer.
    pub fn title(&self, id: SourceId) -> Result<Option<String>, ShelfError> {
        Ok(self.shelf.held(id)?.as_ref().map(names::title))
    }

    /// The bytes of a source with the name it was found under.
    ///
    /// # Errors
    /// When the archive cannot answer.
    pub fn original(&self, id: SourceId) -> Result<Option<(String, Vec<u8>)>, ShelfError> {
        let Some(bytes) = self.shelf.original(id)? else {
            return Ok(None);
        };
        let held = self.shelf.held(id)?;
        let path = held.as_ref().and_then(|held| {
            held.paths
                .first()
                .or(held.inside.first().map(|kin| &kin.name))
        });
        let name = path.map_or_else(|| id.hex(), |path| names::file_name(path).to_owned());
        Ok(Some((name, bytes)))
    }

    /// Every source, in the order of the hashes.
    ///
    /// # Errors
    /// When the archive cannot answer.
    pub fn sources(&self) -> Result<Vec<SourceId>, ShelfError> {
        self.shelf.sources()
    }

    /// One source with all that was read from it, for the formats that export
    /// it whole.
    ///
    /// # Errors
    /// When the archive cannot answer.
    pub fn held(&self, id: SourceId) -> Result<Option<Held>, ShelfError> {
        self.shelf.held(id)
    }

    /// The seal of the archive.
    ///
    /// # Errors
    /// When the archive cannot answer.
    pub fn seal(&self) -> Result<String, ShelfError> {
        self.shelf.seal()
    }
}
