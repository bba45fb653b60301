//! A reader of made-up documents that can also be told to misbehave.

use std::time::Duration;

use quipu_model::{
    Field, FieldOrigin, Notice, NoticeLevel, Part, Precision, ReadDocument, Reading, Recipe,
    RepairedText, SentenceLanguage, SourceId, Span, TimeExpression, TimeKind, TimeValue,
    Transcript,
};
use quipu_pipeline::{Reader, Watch};

pub(crate) struct TrialReader;

impl Reader for TrialReader {
    fn recipe(&self) -> Recipe {
        let version = std::env::var("TRIAL_VERSION").ok();
        Recipe {
            stage: "trial".to_owned(),
            version: version
                .and_then(|version| version.parse().ok())
                .unwrap_or(1),
            packs: [0; 32],
            models: [0; 32],
            settings: Vec::new(),
        }
    }

    fn read(&self, bytes: &[u8], _name: &str, watcher: &mut dyn Watch) -> ReadDocument {
        watcher.step(0, 0);
        if let Some(rest) = bytes.strip_prefix(b"BOX\n") {
            return unbox(rest, watcher);
        }
        let text = String::from_utf8_lossy(bytes);
        misbehave(text.lines().next());
        read_text(&text)
    }

    fn reading_recipe(&self) -> Recipe {
        let version = std::env::var("TRIAL_READING").ok();
        Recipe {
            stage: "trial reading".to_owned(),
            version: version
                .and_then(|version| version.parse().ok())
                .unwrap_or(1),
            ..self.recipe()
        }
    }

    fn understand(
        &self,
        _source: SourceId,
        document: &ReadDocument,
        watcher: &mut dyn Watch,
    ) -> Reading {
        watcher.step(0, 0);
        let text = document.repaired.text.as_str();
        misbehave(
            text.lines()
                .find(|line| line.starts_with("?!"))
                .map(|line| &line[1..]),
        );
        let dates = document
            .fields
            .iter()
            .filter(|field| field.name == "published");
        let times = dates.filter_map(|field| {
            let (earliest, latest) = quipu_pipeline::day_range(&field.value)?;
            Some(TimeExpression {
                span: field.span?,
                kind: TimeKind::Date,
                value: TimeValue {
                    earliest,
                    latest,
                    precision: Precision::Day,
                    edtf: field.value.clone(),
                    timex: field.value.clone(),
                    as_written: field.as_written.clone(),
                    anchored_on: None,
                    reference: None,
                },
                said: field.value.clone(),
                modifier: None,
                reckoned: None,
                rule: format!("trial.{}", self.reading_recipe().version),
            })
        });
        Reading {
            times: times.collect(),
            ..Reading::default()
        }
    }
}

#[allow(clippy::panic, clippy::print_stdout)]
fn misbehave(told: Option<&str>) {
    match told {
        Some("!print") => println!("words of a library"),
        Some("!panic") => panic!("as told"),
        Some("!abort") => std::process::abort(),
        Some("!hang") => std::thread::sleep(Duration::from_secs(3600)),
        Some("!hog") => {
            let mut heap: Vec<Vec<u8>> = Vec::new();
            loop {
                heap.push(vec![1; 16 << 20]);
            }
        }
        _ => {}
    }
}

fn read_text(text: &str) -> ReadDocument {
    let mut document = ReadDocument {
        media_type: "text/plain".to_owned(),
        transcript: Transcript {
            text: text.to_owned(),
            reader: "trial 1".to_owned(),
            ..Transcript::default()
        },
        repaired: RepairedText::untouched(text),
        ..ReadDocument::default()
    };
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let end = start + line.trim_end().len();
        if let Some((name, value)) = line.trim_end().split_once(": ") {
            let name = if name == "date" { "published" } else { name };
            document.fields.push(Field {
                name: name.to_owned(),
                value: value.to_owned(),
                as_written: value.to_owned(),
                span: Some(Span::from_usize(start, end)),
                origin: FieldOrigin::Text,
                rule: "trial.line".to_owned(),
            });
        } else if let Some((language, _)) = line.split_once('|') {
            document.sentences.push(SentenceLanguage {
                span: Span::from_usize(start, end),
                language: Some(language.to_owned()),
            });
        }
        start += line.len();
    }
    document
}

fn unbox(mut rest: &[u8], watcher: &mut dyn Watch) -> ReadDocument {
    let mut document = ReadDocument {
        media_type: "application/x-trial-box".to_owned(),
        ..ReadDocument::default()
    };
    while let Some(end) = rest.iter().position(|byte| *byte == b'\n') {
        let head = String::from_utf8_lossy(rest.get(..end).unwrap_or_default()).into_owned();
        rest = rest.get(end + 1..).unwrap_or_default();
        let length = head
            .rsplit_once(' ')
            .and_then(|(_, length)| length.parse().ok());
        let content = length.and_then(|length: usize| rest.split_at_checked(length));
        let Some((content, behind)) = content else {
            let message = "A file inside is cut off.";
            document
                .notices
                .push(Notice::new(NoticeLevel::Damaged, "trial.cut", message));
            break;
        };
        rest = behind;
        let name = head.rsplit_once(' ').map_or("", |(name, _)| name);
        watcher.part(Part {
            name: name.to_owned(),
            bytes: content.to_vec(),
        });
        watcher.step(0, 0);
    }
    document
}
