//! From a question to a query of the index.

use std::collections::BTreeSet;
use std::ops::Bound;
use std::sync::Arc;

use tantivy::Term;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, Query as IndexQuery,
    RangeQuery, TermQuery,
};
use tantivy::schema::{Field, IndexRecordOption};

use super::claims::AskedClaim;
use super::expand::{Sought, seek};
use super::intervals;
use super::one_claim::OneClaim;
use super::positions::Placed;
use super::query::{Query, Word};
use super::schema::{Fields, field_lead};
use super::words::ReadyStemmers;
use crate::error::ArchiveError;
use quipu_model::field_names;

/// How deep a question may be nested.
const DEPTH: u32 = 64;

/// What a word in the title weighs beside one in the text.
const TITLE_WEIGHT: f32 = 1.5;

/// What a word in boilerplate weighs: found, but never in front.
const ASIDE_WEIGHT: f32 = 0.1;

pub(crate) struct Planner<'a> {
    pub(crate) fields: &'a Fields,
    pub(crate) stemmers: &'a ReadyStemmers,
}

/// Where words are looked for.
#[derive(Clone, Copy)]
enum Scope<'a> {
    Document,
    Field(&'a str),
}

impl Planner<'_> {
    pub(crate) fn plan(&self, query: &Query) -> Result<Box<dyn IndexQuery>, ArchiveError> {
        self.at(query, Scope::Document, 0)
    }

    fn at(
        &self,
        query: &Query,
        scope: Scope<'_>,
        depth: u32,
    ) -> Result<Box<dyn IndexQuery>, ArchiveError> {
        if depth > DEPTH {
            return Err(ArchiveError::Question(
                "the question has too many brackets inside one another".to_owned(),
            ));
        }
        let below = |query: &Query| self.at(query, scope, depth + 1);
        Ok(match query {
            Query::All => Box::new(AllQuery),
            Query::Word(word) => self.words(std::slice::from_ref(word), scope)?,
            Query::Phrase(words) => self.words(words, scope)?,
            Query::Near { items, distance } => {
                let items = items
                    .iter()
                    .map(|words| self.seek_all(words))
                    .collect::<Result<Vec<_>, _>>()?;
                self.placed(items, *distance, scope)
            }
            Query::And(all) => {
                let mut clauses = Vec::new();
                let mut holds = all.is_empty();
                for query in all {
                    match query {
                        Query::Not(inner) => clauses.push((Occur::MustNot, below(inner)?)),
                        query => {
                            holds = true;
                            clauses.push((Occur::Must, below(query)?));
                        }
                    }
                }
                if !holds || all.is_empty() {
                    clauses.push((Occur::Must, everything()));
                }
                Box::new(BooleanQuery::new(clauses))
            }
            Query::Or(any) => any_of(any.iter().map(below).collect::<Result<_, _>>()?),
            Query::Not(inner) => Box::new(BooleanQuery::new(vec![
                (Occur::Must, everything()),
                (Occur::MustNot, below(inner)?),
            ])),
            Query::Field { name, query } => self.at(query, Scope::Field(name), depth + 1)?,
            Query::Facet { facet, value } => match self.fields.facet(*facet) {
                Some(field) => constant(Box::new(TermQuery::new(
                    Term::from_field_text(field, value),
                    IndexRecordOption::Basic,
                ))),
                None => Box::new(EmptyQuery),
            },
            Query::Dates { from, to } => self.dates(*from, *to),
            Query::Times { from, to } => {
                self.intervals(&intervals::time_terms(intervals::days(*from, *to)))
            }
            Query::Amounts { least, most, unit } => self.intervals(&intervals::amount_terms(
                intervals::numbers(*least, *most),
                unit.as_deref(),
            )),
            Query::Claim { all, none } => Box::new(OneClaim {
                field: self.fields.claims,
                asked: Arc::new(AskedClaim::new(all, none, self.stemmers)?),
            }),
            Query::Between {
                number,
                least,
                most,
            } => match self.fields.number(*number) {
                Some(field) => {
                    let bound = |value: Option<u64>| match value {
                        Some(value) => Bound::Included(Term::from_field_u64(field, value)),
                        None => Bound::Unbounded,
                    };
                    match (least, most) {
                        (None, None) => everything(),
                        _ => constant(Box::new(RangeQuery::new(bound(*least), bound(*most)))),
                    }
                }
                None => Box::new(EmptyQuery),
            },
        })
    }

    /// Documents that have one of these terms of intervals.
    fn intervals(&self, terms: &BTreeSet<String>) -> Box<dyn IndexQuery> {
        let field = self.fields.intervals;
        let terms = terms.iter().map(|term| {
            let term = Term::from_field_text(field, term);
            Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn IndexQuery>
        });
        constant(any_of(terms.collect()))
    }

    /// A vague date overlaps what it may mean: it ends no earlier than the
    /// range begins and begins no later than the range ends.
    fn dates(&self, from: Option<i64>, to: Option<i64>) -> Box<dyn IndexQuery> {
        let day = |field: Field, day: i64| Term::from_field_i64(field, day);
        let mut clauses: Vec<(Occur, Box<dyn IndexQuery>)> = Vec::new();
        let least = from.unwrap_or(i64::MIN);
        clauses.push((
            Occur::Must,
            Box::new(RangeQuery::new(
                Bound::Included(day(self.fields.latest, least)),
                Bound::Unbounded,
            )),
        ));
        let most = to.unwrap_or(i64::MAX);
        clauses.push((
            Occur::Must,
            Box::new(RangeQuery::new(
                Bound::Unbounded,
                Bound::Included(day(self.fields.earliest, most)),
            )),
        ));
        constant(Box::new(BooleanQuery::new(clauses)))
    }

    fn seek_all(&self, words: &[Word]) -> Result<Vec<Sought>, ArchiveError> {
        let mut all = Vec::new();
        for word in words {
            all.extend(seek(word, self.stemmers)?);
        }
        Ok(all)
    }

    fn words(&self, words: &[Word], scope: Scope<'_>) -> Result<Box<dyn IndexQuery>, ArchiveError> {
        let mut sought = self.seek_all(words)?;
        Ok(match sought.pop() {
            None => Box::new(EmptyQuery),
            Some(only) if sought.is_empty() => self.word(&only, scope),
            Some(last) => {
                sought.push(last);
                self.placed(vec![sought], 0, scope)
            }
        })
    }

    fn word(&self, sought: &Sought, scope: Scope<'_>) -> Box<dyn IndexQuery> {
        self.everywhere(scope, |field, lead| match sought {
            Sought::Terms(terms) => any_of(
                terms
                    .iter()
                    .map(|term| {
                        let term = Term::from_field_text(field, &format!("{lead}{term}"));
                        let option = IndexRecordOption::WithFreqs;
                        Box::new(TermQuery::new(term, option)) as Box<dyn IndexQuery>
                    })
                    .collect(),
            ),
            open => Box::new(super::open_word::OpenWord {
                field,
                lead: lead.to_owned(),
                sought: Arc::new(open.clone()),
            }),
        })
    }

    fn placed(
        &self,
        items: Vec<Vec<Sought>>,
        distance: u32,
        scope: Scope<'_>,
    ) -> Box<dyn IndexQuery> {
        if items.is_empty() || items.iter().any(Vec::is_empty) {
            return Box::new(EmptyQuery);
        }
        let items = Arc::new(items);
        self.everywhere(scope, |field, lead| {
            Box::new(Placed {
                field,
                lead: lead.to_owned(),
                items: Arc::clone(&items),
                distance,
            })
        })
    }

    /// The same in every place that a scope means, with its weight.
    fn everywhere(
        &self,
        scope: Scope<'_>,
        make: impl Fn(Field, &str) -> Box<dyn IndexQuery>,
    ) -> Box<dyn IndexQuery> {
        match scope {
            Scope::Field(name) => make(self.fields.fields, &field_lead(name)),
            Scope::Document => {
                let title = make(self.fields.fields, &field_lead(field_names::TITLE));
                let aside = make(self.fields.aside, "");
                any_of(vec![
                    make(self.fields.body, ""),
                    Box::new(BoostQuery::new(title, TITLE_WEIGHT)),
                    Box::new(BoostQuery::new(aside, ASIDE_WEIGHT)),
                ])
            }
        }
    }
}

fn any_of(mut queries: Vec<Box<dyn IndexQuery>>) -> Box<dyn IndexQuery> {
    match queries.pop() {
        None => Box::new(EmptyQuery),
        Some(only) if queries.is_empty() => only,
        Some(last) => {
            queries.push(last);
            let clauses = queries.into_iter().map(|query| (Occur::Should, query));
            Box::new(BooleanQuery::new(clauses.collect()))
        }
    }
}

/// Choosing is not ranking: classes and dates weigh nothing.
fn constant(query: Box<dyn IndexQuery>) -> Box<dyn IndexQuery> {
    Box::new(ConstScoreQuery::new(query, 0.0))
}

fn everything() -> Box<dyn IndexQuery> {
    constant(Box::new(AllQuery))
}
