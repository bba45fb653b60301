//! Claims are found by what holds of one of them, and lit where they stand.

#![allow(clippy::unwrap_used)]

mod common;

use common::{Sample, stemmers, take_in_as};
use quipu_archive::search::highlight;
use quipu_archive::{
    Archive, ClaimPart, ClaimPlace, Facet, Matching, Query, Request, Snapshot, Word,
};
use quipu_model::{
    Claim, Holder, Holders, Polarity, ReadDocument, Reading, Role, Slot, SourceId, Span, Standing,
    Trace,
};

const SAMPLES: &[Sample] = &[
    Sample {
        name: "one.txt",
        title: "One",
        days: None,
        lines: &[
            "en|The witness said: Rosas paid Loyo. The embassy says Mora paid the mayor.",
            "en|Weapons were seized.",
        ],
    },
    Sample {
        name: "two.txt",
        title: "Two",
        days: None,
        lines: &["es|Según Ibarra, Loyo pagó a Rosas Chávez."],
    },
];

/// Passage, kind, standing, first and second role with who fills them, speaker.
type Said = (
    &'static str,
    &'static str,
    Standing,
    [(&'static str, &'static str); 2],
    Option<&'static str>,
);

const SAID: &[Said] = &[
    (
        "Rosas paid Loyo",
        "payment",
        Standing::Testified,
        [("payer", "Rosas Chávez"), ("payee", "Demetrio Loyo")],
        Some("The witness"),
    ),
    (
        "Mora paid the mayor",
        "payment",
        Standing::Alleged,
        [("payer", "Mora"), ("payee", "Demetrio Loyo")],
        Some("the embassy"),
    ),
    (
        "Weapons were seized",
        "seizure",
        Standing::Asserted,
        [("agent", ""), ("goods", "Weapons")],
        None,
    ),
    (
        "Loyo pagó a Rosas Chávez",
        "payment",
        Standing::Reported,
        [("payer", "Loyo"), ("payee", "Rosas Chávez")],
        Some("Ibarra"),
    ),
];

fn reading(document: &ReadDocument, source: SourceId) -> Reading {
    let text = document.repaired.text.as_str();
    let claims = SAID
        .iter()
        .filter_map(|(words, kind, standing, roles, holder)| {
            let at = text.find(words)?;
            let passage = Span::from_usize(at, at + words.len());
            let slot = |name: &str| Slot {
                name: name.to_owned(),
                as_written: None,
                span: None,
            };
            let holder = holder.map(|name| Holder {
                name: Some(name.to_owned()),
                as_written: None,
                cue: String::new(),
                when: None,
            });
            let sentences = document.sentences.iter();
            let mut sentences = sentences.filter(|sentence| sentence.span.contains(passage));
            Some(Claim {
                kind: (*kind).to_owned(),
                subkind: None,
                predicate: String::new(),
                predicate_as_written: String::new(),
                predicate_span: passage,
                marks: Vec::new(),
                roles: roles
                    .iter()
                    .map(|(role, name)| Role {
                        role: (*role).to_owned(),
                        filler: (!name.is_empty()).then(|| slot(name)),
                    })
                    .collect(),
                holders: holder.map_or(Holders::TheSource, |holder| Holders::Chain(vec![holder])),
                polarity: Polarity::Positive,
                standing: *standing,
                when: None,
                places: Vec::new(),
                amounts: Vec::new(),
                anchor: document
                    .repaired
                    .anchor(source, &document.transcript, passage)?,
                sentence: sentences.next()?.span,
                further_anchors: Vec::new(),
                occurrence: 0,
                confidence: 900,
                trace: Trace::default(),
            })
        });
    Reading {
        claims: claims.collect(),
        ..Reading::default()
    }
}

fn part(place: ClaimPlace, words: &str) -> ClaimPart {
    let words = words.split(' ').map(Word::new).collect();
    ClaimPart { place, words }
}

fn kind(words: &str) -> ClaimPart {
    part(ClaimPlace::Kind, words)
}

fn role(role: &str, words: &str) -> ClaimPart {
    part(ClaimPlace::Role(role.to_owned()), words)
}

/// All of these hold of one claim, and none of those.
fn claim(all: &[ClaimPart], none: &[ClaimPart]) -> Query {
    Query::Claim {
        all: all.iter().map(|part| vec![part.clone()]).collect(),
        none: none.to_vec(),
    }
}

fn found(snapshot: &Snapshot, query: Query) -> Vec<String> {
    let answer = snapshot.search(&Request::new(query)).unwrap();
    let paths = answer.hits.iter();
    let mut paths: Vec<String> = paths
        .map(|hit| snapshot.line(hit.source).unwrap().unwrap().path)
        .collect();
    paths.sort();
    paths
}

#[test]
fn what_is_asked_holds_of_one_claim() {
    let folder = tempfile::tempdir().unwrap();
    let archive = Archive::open_or_create(&folder.path().join("a.quipu")).unwrap();
    take_in_as(&archive, SAMPLES, &reading);
    let snapshot = archive.snapshot().unwrap();
    let standing = |word: &str| part(ClaimPlace::Standing, word);
    let holder = |word: &str| part(ClaimPlace::Holder, word);
    let who = |word: &str| part(ClaimPlace::Who, word);
    let fuzzy = ClaimPart {
        place: ClaimPlace::Who,
        words: vec![Word {
            text: "chaves".to_owned(),
            matching: Matching::Fuzzy(1),
        }],
    };
    let either = Query::Claim {
        all: vec![vec![kind("seizure"), standing("reported")]],
        none: Vec::new(),
    };
    let (both, one, two, nobody) = (
        vec!["one.txt", "two.txt"],
        vec!["one.txt"],
        vec!["two.txt"],
        Vec::new(),
    );
    let cases = [
        ("a kind", claim(&[kind("payment")], &[]), both.clone()),
        (
            "a role, accents aside",
            claim(&[role("payer", "CHAVEZ")], &[]),
            one.clone(),
        ),
        (
            "another role",
            claim(&[role("payee", "chávez")], &[]),
            two.clone(),
        ),
        ("any role", claim(&[who("chavez")], &[]), both.clone()),
        (
            "two words of one name",
            claim(&[role("payee", "loyo demetrio")], &[]),
            one.clone(),
        ),
        (
            "kind, role, standing and holder",
            claim(
                &[
                    kind("payment"),
                    role("payer", "rosas"),
                    standing("testified"),
                    holder("witness"),
                ],
                &[],
            ),
            one.clone(),
        ),
        (
            "never of two claims together",
            claim(&[role("payer", "rosas"), standing("alleged")], &[]),
            nobody.clone(),
        ),
        (
            "other forms of a word",
            claim(&[role("goods", "weapon")], &[]),
            one.clone(),
        ),
        (
            "what the claim is not",
            claim(
                &[kind("payment")],
                &[standing("testified"), standing("alleged")],
            ),
            two.clone(),
        ),
        ("one or the other", either, both),
        (
            "names spelt nearly so",
            claim(&[fuzzy, standing("reported")], &[]),
            two.clone(),
        ),
        (
            "an empty role is nobody",
            claim(&[role("agent", "weapons")], &[]),
            nobody,
        ),
        (
            "with words of the document",
            Query::And(vec![
                Query::Word(Word::new("según")),
                claim(&[kind("payment")], &[]),
            ]),
            two,
        ),
    ];
    for (why, query, wanted) in cases {
        assert_eq!(found(&snapshot, query), wanted, "{why}");
    }
    let vocabulary = snapshot.claim_vocabulary().unwrap();
    assert_eq!(
        vocabulary.kinds,
        ["payment", "seizure"].map(str::to_owned).into()
    );
    assert_eq!(
        vocabulary.roles,
        ["goods", "payee", "payer"].map(str::to_owned).into()
    );
    let answer = snapshot.search(&Request::new(Query::All)).unwrap();
    let counts = |facet| -> Vec<(String, u64)> {
        let counts = answer.facets[&facet].iter();
        counts.map(|one| (one.value.clone(), one.count)).collect()
    };
    let payments = ("payment".to_owned(), 2);
    assert_eq!(
        counts(Facet::ClaimKind),
        [payments, ("seizure".to_owned(), 1)]
    );
    assert_eq!(counts(Facet::Standing).len(), 4);
}

#[test]
fn passages_of_claims_that_answer_are_lit() {
    let (bytes, document, _) = common::read(&SAMPLES[0]);
    let reading = reading(&document, SourceId::of(&bytes));
    let query = claim(&[kind("payment"), role("payee", "loyo")], &[]);
    let passages = highlight(&document, &reading, &query, &stemmers(), 9).unwrap();
    let text = document.repaired.text.as_str();
    let lit = passages.iter().flat_map(|passage| &passage.matches);
    let lit: Vec<&str> = lit.map(|span| span.of(text).unwrap()).collect();
    assert_eq!(lit, ["Rosas paid Loyo", "Mora paid the mayor"]);
    let numbers: Vec<u32> = passages.iter().flat_map(|one| one.claims.clone()).collect();
    assert_eq!(numbers, [0, 1]);
}
