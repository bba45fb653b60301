//! A small archive to test with, filled through the same pens as a real one.
#![allow(dead_code, unreachable_pub, clippy::unwrap_used)]

use std::path::Path;

use quipu_archive::ledger::Taken;
use quipu_archive::{Archive, Card, Shelved, Stemmers};
use quipu_model::{
    AmountExpression, AmountKind, Decimal, Field, FieldOrigin, Precision, ReadDocument, Reading,
    Recipe, RecipeId, RepairedText, SentenceLanguage, SourceId, Span, TimeExpression, TimeKind,
    TimeValue, Transcript, Zone, ZoneKind,
};

pub fn stemmers() -> Stemmers {
    Stemmers::new([("en", "english"), ("es", "spanish")])
}

pub fn recipe() -> RecipeId {
    Recipe {
        stage: "read".to_owned(),
        version: 1,
        packs: [0; 32],
        models: [0; 32],
        settings: Vec::new(),
    }
    .id()
}

/// One document: each line is a sentence, led by its language and a bar;
/// `-` makes it boilerplate.
pub struct Sample {
    pub name: &'static str,
    pub title: &'static str,
    pub days: Option<(i64, i64)>,
    pub lines: &'static [&'static str],
}

pub const SAMPLES: &[Sample] = &[
    Sample {
        name: "press/1991/limon.txt",
        title: "El alcalde de Lima",
        days: Some((7700, 7730)),
        lines: &[
            "es|La fiscalía acusó al alcalde de Lima.",
            "es|El acusado negó los pagos de 50,000 dólares.",
            "-|Suscríbase al boletín de noticias",
            "es|Las casas del alcalde fueron allanadas.",
        ],
    },
    Sample {
        name: "press/1992/mayor.txt",
        title: "The mayor and the bank",
        days: Some((8035, 8035)),
        lines: &[
            "en|The mayor paid the bank in Lima.",
            "en|Vladimiro Montesinos met the mayor twice.",
            "-|Related: Fujimori resigns",
            "en|The payments were never found.",
        ],
    },
    Sample {
        name: "cables/74LAPAZ1.txt",
        title: "Meeting with Montesino",
        days: None,
        lines: &[
            "en|Embassy officers met Montecinos near the bank.",
            "en|No payment was discussed.",
        ],
    },
];

pub fn read(sample: &Sample) -> (Vec<u8>, ReadDocument, Card) {
    let mut text = String::new();
    let mut document = ReadDocument {
        media_type: "text/plain".to_owned(),
        ..ReadDocument::default()
    };
    let mut languages = std::collections::BTreeMap::new();
    for line in sample.lines {
        let (language, words) = line.split_once('|').unwrap();
        let start = text.len();
        text.push_str(words);
        let span = Span::from_usize(start, text.len());
        text.push('\n');
        if language == "-" {
            document.zones.push(Zone {
                span,
                kind: ZoneKind::Related,
                rule: "test".to_owned(),
            });
        } else {
            *languages.entry(language.to_owned()).or_insert(0) += 1;
            document.sentences.push(SentenceLanguage {
                span,
                language: Some(language.to_owned()),
            });
        }
    }
    document.transcript = Transcript {
        text: text.clone(),
        reader: "test 1".to_owned(),
        ..Transcript::default()
    };
    document.repaired = RepairedText::untouched(&text);
    document.fields.push(Field {
        name: "title".to_owned(),
        value: sample.title.to_owned(),
        as_written: sample.title.to_owned(),
        span: None,
        origin: FieldOrigin::File,
        rule: "test".to_owned(),
    });
    let card = Card {
        title: Some(sample.title.to_owned()),
        earliest: sample.days.map(|days| days.0),
        latest: sample.days.map(|days| days.1),
        language: languages.keys().next().cloned(),
        languages: languages.into_iter().collect(),
        ..Card::default()
    };
    (text.into_bytes(), document, card)
}

/// What is understood of a sample: years in digits, and sums in dollars.
pub fn reading(document: &ReadDocument) -> Reading {
    let text = document.repaired.text.as_str();
    let mut reading = Reading::default();
    let mut start = 0;
    for word in text.split_inclusive([' ', '\n']) {
        let digits = word.trim_end().trim_end_matches(['.', ',']);
        let span = Span::from_usize(start, start + digits.len());
        start += word.len();
        if let (4, Ok(year)) = (digits.len(), digits.parse::<i64>()) {
            let first = (year - 1970) * 365 + (year - 1969) / 4;
            reading.times.push(TimeExpression {
                span,
                kind: TimeKind::Date,
                value: TimeValue {
                    earliest: Some(first),
                    latest: Some(first + 364),
                    precision: Precision::Year,
                    edtf: digits.to_owned(),
                    timex: digits.to_owned(),
                    as_written: digits.to_owned(),
                    anchored_on: None,
                    reference: None,
                },
                said: digits.to_owned(),
                modifier: None,
                reckoned: None,
                rule: "test.year".to_owned(),
            });
        } else if let Some(number) = Decimal::parse(&digits.replace(',', "")) {
            reading.amounts.push(AmountExpression {
                span,
                as_written: digits.to_owned(),
                kind: AmountKind::Money,
                value: Some(number),
                low: Some(number),
                high: Some(number),
                modifier: None,
                unit: Some("USD".to_owned()),
                unit_choices: Vec::new(),
                unit_from: None,
                unit_span: None,
                per: None,
                rule: "test.sum".to_owned(),
            });
        }
    }
    reading
}

pub fn take_in(archive: &Archive, samples: &[Sample]) -> Vec<SourceId> {
    take_in_as(archive, samples, &|document, _| reading(document))
}

/// The same, understood in a way of one's own.
pub fn take_in_as(
    archive: &Archive,
    samples: &[Sample],
    understand: &dyn Fn(&ReadDocument, SourceId) -> Reading,
) -> Vec<SourceId> {
    let mut pen = archive.shelf_pen().unwrap();
    let originals = archive.originals();
    let mut sources = Vec::new();
    for sample in samples {
        let (bytes, document, card) = read(sample);
        let received = originals.receive(&mut bytes.as_slice()).unwrap().unwrap();
        let source = received.source;
        originals.announce(&[source]).unwrap();
        originals.keep(&received).unwrap();
        originals.settle().unwrap();
        let taken = vec![
            Taken::New {
                source,
                bytes: received.bytes,
                sha256: received.sha256,
            },
            Taken::Seen {
                source,
                path: sample.name.to_owned(),
                root: "/home/somebody".to_owned(),
                container: None,
                modified: Some(1),
            },
        ];
        let seal = archive
            .intake_pen()
            .append("2026-01-01T00:00:00Z", taken)
            .unwrap();
        let reading = understand(&document, source);
        let shelved = Shelved {
            source,
            recipe: recipe(),
            document,
            card,
            reading,
            reading_recipe: recipe(),
        };
        pen.shelve(seal, &[shelved], &[]).unwrap();
        sources.push(source);
    }
    pen.index(&stemmers(), 2, true).unwrap();
    pen.tidy().unwrap();
    sources
}

pub fn filled(folder: &Path) -> (Archive, Vec<SourceId>) {
    let archive = Archive::open_or_create(&folder.join("a.quipu")).unwrap();
    let sources = take_in(&archive, SAMPLES);
    (archive, sources)
}
