//! What can be asked, and what is found.

#![allow(clippy::unwrap_used)]

mod common;

use std::ops::Bound::{Excluded, Included, Unbounded};

use common::{SAMPLES, Sample, filled, stemmers, take_in};
use quipu_archive::search::highlight;
use quipu_archive::{Archive, Facet, Matching, Query, Request, Snapshot, Sort, Word};
use quipu_model::Decimal;

fn word(text: &str) -> Query {
    Query::Word(Word::new(text))
}

fn how(text: &str, matching: Matching) -> Query {
    Query::Word(Word {
        text: text.to_owned(),
        matching,
    })
}

fn found(snapshot: &Snapshot, query: Query) -> Vec<String> {
    let request = Request {
        sort: Sort::Source,
        ..Request::new(query)
    };
    let answer = snapshot.search(&request).unwrap();
    assert_eq!(answer.total as usize, answer.hits.len());
    let lines = answer.hits.iter();
    let mut names: Vec<String> = lines
        .map(|hit| snapshot.line(hit.source).unwrap().unwrap().path)
        .collect();
    names.sort();
    names
}

const LIMON: &str = "press/1991/limon.txt";
const MAYOR: &str = "press/1992/mayor.txt";
const CABLE: &str = "cables/74LAPAZ1.txt";

#[test]
fn questions_find_what_they_should() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = filled(folder.path());
    let snapshot = archive.snapshot().unwrap();
    let phrase = |words: &[&str]| Query::Phrase(words.iter().map(|w| Word::new(w)).collect());
    let near = |items: &[&str], distance| Query::Near {
        items: items.iter().map(|item| vec![Word::new(item)]).collect(),
        distance,
    };
    let field = |name: &str, query| Query::Field {
        name: name.to_owned(),
        query: Box::new(query),
    };
    let cases: Vec<(&str, Query, &[&str])> = vec![
        ("accents never matter", word("fiscalia"), &[LIMON]),
        ("stems of Spanish", word("casa"), &[LIMON]),
        ("exact words only", how("casa", Matching::Exact), &[]),
        ("stems of English", word("payments"), &[CABLE, MAYOR]),
        (
            "a stem of one language is not a word of another",
            word("bancos"),
            &[],
        ),
        ("boilerplate is found too", word("fujimori"), &[MAYOR]),
        ("titles are found", word("meetings"), &[CABLE]),
        ("prefix", how("montes", Matching::Prefix), &[CABLE, MAYOR]),
        ("wildcard", how("mont?cinos", Matching::Wildcard), &[CABLE]),
        (
            "fuzzy",
            how("montesinos", Matching::Fuzzy(1)),
            &[CABLE, MAYOR],
        ),
        ("phrase", phrase(&["alcalde", "de", "Lima"]), &[LIMON]),
        ("phrase out of order", phrase(&["Lima", "alcalde"]), &[]),
        (
            "phrase over boilerplate",
            phrase(&["dólares", "Las", "casas"]),
            &[LIMON],
        ),
        ("numbers come apart", word("50,000"), &[LIMON]),
        ("near in any order", near(&["bank", "met"], 4), &[CABLE]),
        ("not so near", near(&["officers", "bank"], 4), &[]),
        ("a field", field("title", word("bank")), &[MAYOR]),
        (
            "a phrase in a field",
            field("title", phrase(&["mayor", "and", "the", "bank"])),
            &[MAYOR],
        ),
        (
            "a pattern in a field",
            field("title", how("monte*o", Matching::Wildcard)),
            &[CABLE],
        ),
        (
            "fuzzy in a field",
            field("title", how("montesimo", Matching::Fuzzy(2))),
            &[CABLE],
        ),
        ("no such field", field("byline", word("bank")), &[]),
        (
            "the path is a field",
            field("path", word("cables")),
            &[CABLE],
        ),
        (
            "and",
            Query::And(vec![word("mayor"), word("bank")]),
            &[MAYOR],
        ),
        (
            "or",
            Query::Or(vec![word("alcalde"), word("embassy")]),
            &[CABLE, LIMON],
        ),
        (
            "and not",
            Query::And(vec![word("bank"), Query::Not(Box::new(word("embassy")))]),
            &[MAYOR],
        ),
        ("not alone", Query::Not(Box::new(word("bank"))), &[LIMON]),
        (
            "nothing is everything",
            Query::And(vec![]),
            &[CABLE, LIMON, MAYOR],
        ),
        ("no one of none", Query::Or(vec![]), &[]),
        (
            "days overlap",
            Query::Dates {
                from: Some(7720),
                to: Some(7725),
            },
            &[LIMON],
        ),
        (
            "days open",
            Query::Dates {
                from: Some(7731),
                to: None,
            },
            &[MAYOR],
        ),
        (
            "days of no document",
            Query::Dates {
                from: Some(7731),
                to: Some(8034),
            },
            &[],
        ),
        (
            "a folder with all below it",
            Query::Facet {
                facet: Facet::Folder,
                value: "press".to_owned(),
            },
            &[LIMON, MAYOR],
        ),
        (
            "a year",
            Query::Facet {
                facet: Facet::Year,
                value: "1992".to_owned(),
            },
            &[MAYOR],
        ),
        ("signs only", word("¿?"), &[]),
    ];
    for (what, query, wanted) in cases {
        assert_eq!(found(&snapshot, query), wanted, "{what}");
    }
    let endless = how("*", Matching::Wildcard);
    assert!(snapshot.search(&Request::new(endless)).is_err());
}

#[test]
fn order_pages_and_facets() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, sources) = filled(folder.path());
    let snapshot = archive.snapshot().unwrap();
    let order = |sort, offset, limit| -> Vec<usize> {
        let request = Request {
            sort,
            offset,
            limit,
            ..Request::new(Query::All)
        };
        let hits = snapshot.search(&request).unwrap().hits;
        let place = |hit: &quipu_archive::Hit| sources.iter().position(|s| *s == hit.source);
        hits.iter().map(|hit| place(hit).unwrap()).collect()
    };
    assert_eq!(order(Sort::Oldest, 0, 9), [0, 1, 2]);
    assert_eq!(order(Sort::Newest, 0, 9), [1, 0, 2]);
    assert_eq!(order(Sort::Title, 0, 9), [0, 2, 1]);
    assert_eq!(order(Sort::Title, 1, 1), [2]);
    assert!(order(Sort::Title, 5, 5).is_empty());
    let mut by_id = sources.clone();
    by_id.sort();
    let wanted: Vec<usize> = by_id
        .iter()
        .map(|id| sources.iter().position(|s| s == id).unwrap())
        .collect();
    assert_eq!(order(Sort::Source, 0, 9), wanted);
    assert_eq!(
        order(Sort::Relevance, 0, 9),
        wanted,
        "equal ranks stand by id"
    );

    let overview = snapshot.overview(10).unwrap();
    assert_eq!((overview.sources, overview.documents), (3, 3));
    assert_eq!(overview.searchable, 3);
    let classes = |facet| -> Vec<(String, u64)> {
        let counts = overview.facets.get(&facet).unwrap().iter();
        counts
            .map(|class| (class.value.clone(), class.count))
            .collect()
    };
    let pairs = |all: &[(&str, u64)]| -> Vec<(String, u64)> {
        all.iter().map(|(a, b)| ((*a).to_owned(), *b)).collect()
    };
    assert_eq!(classes(Facet::Language), pairs(&[("en", 2), ("es", 1)]));
    assert_eq!(classes(Facet::Year), pairs(&[("1991", 1), ("1992", 1)]));
    let folders = [
        ("press", 2),
        ("cables", 1),
        ("press/1991", 1),
        ("press/1992", 1),
    ];
    assert_eq!(classes(Facet::Folder), pairs(&folders));
    assert_eq!(classes(Facet::Notices), pairs(&[("none", 3)]));
}

#[test]
fn an_exact_form_stands_before_its_stem() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, sources) = filled(folder.path());
    let snapshot = archive.snapshot().unwrap();
    let answer = snapshot.search(&Request::new(word("payments"))).unwrap();
    assert_eq!(answer.hits[0].source, sources[1]);
    assert!(answer.hits[0].score > answer.hits[1].score);
}

#[test]
fn passages_show_the_words_that_were_found() {
    let (_, document, _) = common::read(&SAMPLES[1]);
    let lit = |query: &Query| -> Vec<(String, Vec<String>, bool)> {
        let passages = highlight(
            &document,
            &common::reading(&document),
            query,
            &stemmers(),
            5,
        )
        .unwrap();
        let text = document.repaired.text.as_str();
        passages
            .into_iter()
            .map(|passage| {
                let words = passage.matches.iter();
                let words = words.map(|span| span.of(text).unwrap().to_owned());
                let whole = passage.span.of(text).unwrap().to_owned();
                (whole, words.collect(), passage.aside)
            })
            .collect()
    };
    let one = lit(&word("payment"));
    assert_eq!(one.len(), 1);
    assert!(one[0].0.ends_with("The payments were never found."));
    assert_eq!(one[0].1, ["payments"]);
    let two = lit(&Query::And(vec![word("montesinos"), word("met")]));
    assert_eq!(two[0].1, ["Montesinos", "met"]);
    let phrase = Query::Phrase(vec![Word::new("the"), Word::new("bank")]);
    assert_eq!(lit(&phrase)[0].1, ["the", "bank"]);
    let aside = lit(&word("fujimori"));
    assert!(aside[0].2);
    let fuzzy = lit(&how("Montecino", Matching::Fuzzy(2)));
    assert_eq!(fuzzy[0].1, ["Montesinos"]);
    assert!(lit(&Query::Not(Box::new(word("bank")))).is_empty());
    assert!(lit(&Query::All).is_empty());
}

const DATED: &[Sample] = &[
    Sample {
        name: "before.txt",
        title: "Before and after",
        days: None,
        lines: &[
            "en|It began in 1980.",
            "en|He got 1,000,000 of it.",
            "en|It ended in 2000.",
        ],
    },
    Sample {
        name: "within.txt",
        title: "Within",
        days: Some((11_000, 11_000)),
        lines: &["en|He was paid 1,000,001 in 1991.", "-|Printed in 2010."],
    },
];

#[test]
fn times_and_amounts_are_found_by_what_they_can_mean() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::open_or_create(&folder.path().join("a.quipu")).unwrap();
    take_in(&archive, DATED);
    let snapshot = archive.snapshot().unwrap();
    let times = |from, to| found(&snapshot, Query::Times { from, to });
    let day = |year: i64| Some((year - 1970) * 365 + (year - 1969) / 4);
    // Times of one document do not make a span between them.
    assert_eq!(times(day(1985), day(1991)), ["within.txt"]);
    assert_eq!(times(day(1985), day(1990)), [""; 0]);
    assert_eq!(times(day(1981), None), ["before.txt", "within.txt"]);
    assert_eq!(times(None, day(1980)), ["before.txt"]);
    let number = |written: &str| Decimal::parse(written).unwrap();
    let amounts = |least, most, unit: Option<&str>| {
        let unit = unit.map(str::to_owned);
        found(&snapshot, Query::Amounts { least, most, unit })
    };
    let million = number("1000000");
    assert_eq!(amounts(Excluded(million), Unbounded, None), ["within.txt"]);
    assert_eq!(amounts(Included(million), Unbounded, Some("usd")).len(), 2);
    assert_eq!(amounts(Unbounded, Unbounded, Some("PEN")), [""; 0]);
    assert_eq!(amounts(Unbounded, Excluded(million), None), [""; 0]);
    // Joined with words, and turned round.
    let then = Query::Times {
        from: day(1991),
        to: day(1991),
    };
    assert_eq!(
        found(&snapshot, Query::And(vec![word("paid"), then.clone()])),
        ["within.txt"]
    );
    assert_eq!(found(&snapshot, Query::Not(Box::new(then))), ["before.txt"]);
}

#[test]
fn what_answers_is_lit_whole() {
    let (_, document, _) = common::read(&DATED[1]);
    let reading = common::reading(&document);
    let lit = |query: &Query| -> Vec<(String, bool)> {
        let passages = highlight(&document, &reading, query, &stemmers(), 5).unwrap();
        let text = document.repaired.text.as_str();
        let each = passages.iter().flat_map(|passage| {
            let words = passage.matches.iter();
            words.map(|span| (span.of(text).unwrap().to_owned(), passage.aside))
        });
        each.collect()
    };
    let all = lit(&Query::Times {
        from: Some(0),
        to: None,
    });
    assert_eq!(all, [("1991".to_owned(), false), ("2010".to_owned(), true)]);
    let both = Query::And(vec![
        word("paid"),
        Query::Amounts {
            least: Unbounded,
            most: Unbounded,
            unit: Some("USD".to_owned()),
        },
    ]);
    assert_eq!(
        lit(&both),
        [("paid".to_owned(), false), ("1,000,001".to_owned(), false)]
    );
    assert!(
        lit(&Query::Dates {
            from: Some(0),
            to: None
        })
        .is_empty()
    );
}

#[test]
fn an_index_that_is_behind_broken_or_gone_is_made_right() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = filled(folder.path());
    let search = archive.folder().join("search");
    let whole = |what: &str| {
        let mut pen = archive.shelf_pen().unwrap();
        pen.index(&stemmers(), 100, true).unwrap();
        drop(pen);
        let snapshot = archive.snapshot().unwrap();
        assert_eq!(snapshot.overview(1).unwrap().searchable, 3, "{what}");
        assert_eq!(found(&snapshot, word("casa")), [LIMON], "{what}");
    };
    std::fs::remove_dir_all(&search).unwrap();
    assert_eq!(
        archive.snapshot().unwrap().overview(1).unwrap().searchable,
        0
    );
    whole("gone");
    std::fs::write(search.join("meta.json"), "{").unwrap();
    whole("broken");
    // Put in and never committed, as when the power goes.
    std::fs::remove_dir_all(&search).unwrap();
    let mut pen = archive.shelf_pen().unwrap();
    assert_eq!(pen.index(&stemmers(), 100, false).unwrap(), 3);
    drop(pen);
    assert_eq!(
        archive.snapshot().unwrap().overview(1).unwrap().searchable,
        0
    );
    whole("interrupted");
    // Another table of stemmers makes it anew.
    let other = quipu_archive::Stemmers::new([("es", "spanish")]);
    let mut pen = archive.shelf_pen().unwrap();
    assert_eq!(pen.index(&other, 100, true).unwrap(), 3);
    drop(pen);
    assert!(found(&archive.snapshot().unwrap(), word("payment")).len() < 3);
}
