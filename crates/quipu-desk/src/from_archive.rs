//! The archive as the desk's shelf.

use std::collections::BTreeMap;

use quipu_archive::search::Matching;
use quipu_archive::{
    ArchiveError, ClaimPart, ClaimPlace, Document, Facet as Class, FacetCount, Number, Place,
    Query, Request, Snapshot, Sort as Order, Word,
};
use quipu_model::{NoticeLevel, OPEN, SourceId};

use crate::names;
use crate::query::{Known, Leaf, Node, Said, What};
use crate::shelf::{Facet, Found, Held, Kin, Lit, Noticed, Shelf, ShelfError, Sort, Tally, Wanted};

/// Classes counted for a facet on the overview, and beside answers.
const CLASSES: usize = 400;
const CLASSES_BESIDE: usize = 60;
/// Parts whose titles are looked up; the others are shown by name.
const TITLED: usize = 300;
/// Passages lit in one document.
const PASSAGES: usize = 2000;

impl From<ArchiveError> for ShelfError {
    fn from(error: ArchiveError) -> Self {
        Self(error.to_string())
    }
}

impl Shelf for Snapshot {
    fn seal(&self) -> Result<String, ShelfError> {
        Ok(Self::seal(self)?.written())
    }

    fn tally(&self) -> Result<Tally, ShelfError> {
        self.refresh()?;
        let overview = self.overview(CLASSES)?;
        Ok(Tally {
            sources: overview.sources,
            pages: overview.pages,
            bytes: overview.bytes,
            facets: facets(overview.facets),
            remarked: overview.remarks,
            damaged: overview.damaged,
            refused: overview.refused,
        })
    }

    fn notices(&self, from: usize, count: usize) -> Result<Vec<Noticed>, ShelfError> {
        let bound = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
        let notices = self.all_notices(NoticeLevel::Remark, bound(from), bound(count))?;
        let mut noticed = Vec::with_capacity(notices.len());
        for (source, notice) in notices {
            let (title, path) = title_and_path(self, source)?;
            noticed.push(Noticed {
                source,
                title,
                path,
                notice,
            });
        }
        Ok(noticed)
    }

    fn find(&self, wanted: &Wanted) -> Result<Found, ShelfError> {
        self.refresh()?;
        let query = wanted.asks.as_ref().map_or(Query::All, query);
        let answer = self.search(&Request {
            query,
            sort: match wanted.sort {
                // Without a question nothing is more relevant than the rest.
                Sort::Relevance if wanted.asks.is_none() => Order::Oldest,
                Sort::Relevance => Order::Relevance,
                Sort::Oldest => Order::Oldest,
                Sort::Newest => Order::Newest,
                Sort::Title => Order::Title,
            },
            offset: wanted.skip,
            limit: wanted.count,
            facets: Class::ALL.to_vec(),
            classes: CLASSES_BESIDE,
        })?;
        let mut hits = Vec::with_capacity(answer.hits.len());
        for hit in answer.hits {
            // A document can leave between index and shelf; then it is passed over.
            hits.extend(Shelf::held(self, hit.source)?);
        }
        Ok(Found {
            total: answer.total,
            hits,
            facets: facets(answer.facets),
        })
    }

    fn passages(&self, asks: &Node, held: &Held) -> Result<Vec<Lit>, ShelfError> {
        let passages = Self::passages(self, &held.document, &held.reading, &query(asks), PASSAGES)?;
        let lit = passages.into_iter().map(|passage| Lit {
            span: passage.span,
            matches: passage.matches,
            claims: passage.claims.iter().map(|claim| *claim as usize).collect(),
        });
        Ok(lit.collect())
    }

    fn known(&self) -> Result<Known, ShelfError> {
        let vocabulary = self.claim_vocabulary()?;
        Ok(Known {
            kinds: vocabulary.kinds,
            roles: vocabulary.roles,
        })
    }

    fn held(&self, source: SourceId) -> Result<Option<Held>, ShelfError> {
        let Some(document) = self.document(source)? else {
            return Ok(None);
        };
        let Document {
            line,
            read,
            reading,
            places,
            parts,
        } = document;
        let (within, outside): (Vec<Place>, Vec<Place>) = places
            .into_iter()
            .partition(|place| place.container.is_some());
        let mut inside = Vec::new();
        for place in within {
            if let Some(container) = place.container {
                inside.push(kin(self, container, place.path, true)?);
            }
        }
        let mut all_parts = Vec::with_capacity(parts.len());
        for (number, (name, part)) in parts.into_iter().enumerate() {
            all_parts.push(kin(self, part, name, number < TITLED)?);
        }
        Ok(Some(Held {
            source,
            bytes: line.bytes,
            document: read,
            reading,
            paths: outside.into_iter().map(|place| place.path).collect(),
            inside,
            parts: all_parts,
        }))
    }

    fn beginning_with(&self, digits: &str, count: usize) -> Result<Vec<SourceId>, ShelfError> {
        let Some(first) = SourceId::from_hex(&format!("{digits:0<64}")) else {
            return Ok(Vec::new());
        };
        let limit = u32::try_from(count).unwrap_or(u32::MAX);
        let mut found = self.sources_after(before(first), limit)?;
        found.retain(|source| source.hex().starts_with(digits));
        Ok(found)
    }

    fn original(&self, source: SourceId) -> Result<Option<Vec<u8>>, ShelfError> {
        if self.line(source)?.is_none() {
            return Ok(None);
        }
        Ok(Some(Self::original(self, source)?))
    }

    fn sources(&self) -> Result<Vec<SourceId>, ShelfError> {
        const BATCH: u32 = 4096;
        let mut all = Vec::new();
        loop {
            let batch = self.sources_after(all.last().copied(), BATCH)?;
            if batch.is_empty() {
                return Ok(all);
            }
            all.extend(batch);
        }
    }
}

/// The id before this one in the order of ids; `None` before the first.
fn before(source: SourceId) -> Option<SourceId> {
    let mut bytes = *source.as_bytes();
    for byte in bytes.iter_mut().rev() {
        let (lower, borrowed) = byte.overflowing_sub(1);
        *byte = lower;
        if !borrowed {
            return Some(SourceId::from_hash(bytes));
        }
    }
    None
}

fn title_and_path(snapshot: &Snapshot, source: SourceId) -> Result<(String, String), ArchiveError> {
    let Some(line) = snapshot.line(source)? else {
        return Ok((names::short(&source.hex()).to_owned(), String::new()));
    };
    let name = names::file_name(&line.path).to_owned();
    Ok((
        line.title.filter(|title| !title.is_empty()).unwrap_or(name),
        line.path,
    ))
}

fn kin(
    snapshot: &Snapshot,
    source: SourceId,
    name: String,
    titled: bool,
) -> Result<Kin, ArchiveError> {
    let line = if titled { snapshot.line(source)? } else { None };
    let media_type = line.as_ref().map(|line| line.media_type.clone());
    let title = line.map(|line| match line.title {
        Some(title) if !title.is_empty() => title,
        _ => names::file_name(&line.path).to_owned(),
    });
    Ok(Kin {
        source,
        title: title.unwrap_or_else(|| names::file_name(&name).to_owned()),
        media_type: media_type.unwrap_or_default(),
        name,
    })
}

/// Facets in the order they are shown, by the fields that narrow them.
const SHOWN: &[(Class, &str)] = &[
    (Class::Kind, "kind"),
    (Class::ClaimKind, "claim"),
    (Class::Standing, "standing"),
    (Class::MediaType, "type"),
    (Class::Language, "lang"),
    (Class::Year, "year"),
    (Class::Publisher, "publisher"),
    (Class::Folder, "folder"),
    (Class::Notices, "notices"),
];

fn facets(mut counted: BTreeMap<Class, Vec<FacetCount>>) -> Vec<Facet> {
    SHOWN
        .iter()
        .map(|(class, field)| {
            let counts = counted.remove(class).unwrap_or_default();
            let mut counts: Vec<_> = counts
                .into_iter()
                .map(|one| (one.value, one.count))
                .collect();
            if *class == Class::ClaimKind {
                // Nearly every document says something that no kind fits.
                counts.retain(|(kind, _)| kind != OPEN);
            }
            if *class == Class::Year {
                counts.sort();
            }
            Facet { field, counts }
        })
        .collect()
}

/// A question as the index takes it.
// Depth is bounded by the parser.
fn query(node: &Node) -> Query {
    match node {
        Node::All(nodes) => all_of(nodes),
        Node::Any(nodes) => Query::Or(nodes.iter().map(query).collect()),
        Node::Not(node) => Query::Not(Box::new(query(node))),
        Node::Leaf(leaf) => leaf_query(leaf),
    }
}

/// What is asked of claims side by side is asked of one claim.
fn all_of(nodes: &[Node]) -> Query {
    let (mut all, mut none, mut others) = (Vec::new(), Vec::new(), Vec::new());
    for node in nodes {
        if let Some(any) = claim_parts(node) {
            all.push(any);
        } else if let Node::Not(inside) = node
            && let Some(any) = claim_parts(inside)
        {
            none.extend(any);
        } else {
            others.push(query(node));
        }
    }
    if all.is_empty() {
        let alone = none.into_iter().map(|part| {
            let all = vec![vec![part]];
            let none = Vec::new();
            Query::Not(Box::new(Query::Claim { all, none }))
        });
        others.extend(alone);
    } else {
        others.push(Query::Claim { all, none });
    }
    Query::And(others)
}

/// A leaf that asks of claims, or alternatives that all do.
fn claim_parts(node: &Node) -> Option<Vec<ClaimPart>> {
    let part = |node: &Node| match node {
        Node::Leaf(leaf) => claim_part(leaf),
        _ => None,
    };
    match node {
        Node::Any(nodes) => nodes.iter().map(part).collect(),
        node => part(node).map(|part| vec![part]),
    }
}

fn claim_part(leaf: &Leaf) -> Option<ClaimPart> {
    let said = leaf.said.as_ref()?;
    let words = match words_query(&leaf.what) {
        Query::Word(word) => vec![word],
        Query::Phrase(words) => words,
        Query::Near { items, .. } => items.into_iter().flatten().collect(),
        _ => return None,
    };
    // Kinds and standings are names, whatever stem they have.
    let exact = |word: Word| Word {
        matching: if word.matching == Matching::Stem {
            Matching::Exact
        } else {
            word.matching
        },
        ..word
    };
    Some(ClaimPart {
        words: if said.is_named() {
            words.into_iter().map(exact).collect()
        } else {
            words
        },
        place: match said {
            Said::Kind(_) => ClaimPlace::Kind,
            Said::Standing => ClaimPlace::Standing,
            Said::Holder => ClaimPlace::Holder,
            Said::Who => ClaimPlace::Who,
            Said::Role(role) => ClaimPlace::Role(role.clone()),
        },
    })
}

fn leaf_query(leaf: &Leaf) -> Query {
    if let Some(part) = claim_part(leaf) {
        let (all, none) = (vec![vec![part]], Vec::new());
        return Query::Claim { all, none };
    }
    let class = leaf.field.and_then(|field| {
        let mut shown = SHOWN.iter();
        let (class, _) = shown.find(|(_, name)| *name == field.name)?;
        // A publisher is also looked for by its words.
        (*class != Class::Publisher && *class != Class::Year).then_some(*class)
    });
    let value = match &leaf.what {
        What::Word(words) | What::Phrase(words) => Some(words),
        _ => None,
    };
    if let (Some(facet), Some(value)) = (class, value) {
        return Query::Facet {
            facet,
            value: value.trim_end_matches('/').to_owned(),
        };
    }
    let asked = match &leaf.what {
        // What a document says of itself and what its text says are both dates.
        What::Dates(days, _) if leaf.field.is_some_and(|field| field.name == "date") => {
            let (from, to) = (days.from, days.to);
            return Query::Or(vec![Query::Times { from, to }, Query::Dates { from, to }]);
        }
        what => words_query(what),
    };
    let names = leaf.field.map_or(&[][..], |field| field.looks_in);
    if names.is_empty() {
        return asked;
    }
    let fields = names.iter().map(|name| Query::Field {
        name: (*name).to_owned(),
        query: Box::new(asked.clone()),
    });
    Query::Or(fields.collect())
}

fn words_query(what: &What) -> Query {
    let word = |text: &str, matching| {
        Query::Word(Word {
            text: text.to_owned(),
            matching,
        })
    };
    match what {
        // A star inside a word stands for any letters.
        What::Word(text) | What::Prefix(text) if text.contains('*') => {
            let star = if matches!(what, What::Prefix(_)) {
                "*"
            } else {
                ""
            };
            word(&format!("{text}{star}"), Matching::Wildcard)
        }
        What::Word(text) => Query::Word(Word::new(text)),
        What::Prefix(text) => word(text, Matching::Prefix),
        What::Fuzzy(text, edits) => word(text, Matching::Fuzzy(*edits)),
        // Words in quotation marks are meant to the letter, accents aside.
        What::Phrase(text) => Query::Phrase(text.split_whitespace().map(Word::exact).collect()),
        What::Near(text, gap) => Query::Near {
            items: text
                .split_whitespace()
                .map(|one| vec![Word::new(one)])
                .collect(),
            distance: gap.saturating_add(1),
        },
        What::Dates(days, _) => Query::Dates {
            from: days.from,
            to: days.to,
        },
        What::Amounts(span, _) => Query::Amounts {
            least: span.least,
            most: span.most,
            unit: span.unit.clone(),
        },
        What::Numbers(least, most, _) => Query::Between {
            number: Number::Pages,
            least: *least,
            most: *most,
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_id_before_is_one_less() {
        let id = SourceId::from_hex(&format!("{:0<64}", "ab01")).unwrap();
        let lower = before(id).unwrap().hex();
        assert!(lower.starts_with("ab00ff") && lower.ends_with("ff"));
        assert_eq!(before(SourceId::from_hash([0; 32])), None);
    }
}
