//! The inside of the child: a file comes in, its sentences go out in a line of
//! JSON, each with its claims and with what gave none.

use std::path::Path;

use quipu_claims::claims::Unread;
use quipu_desk::{Held, SourceId, claim_records};
use quipu_model::{Notice, ReadDocument, Repaired, SentenceLanguage, Span};
use quipu_pipeline::{ReadStage, Reader, Understanding};
use serde_json::{Value, json};

use super::{AUTO, notice_json};
use crate::Done;
use crate::apart::{self, Living};
use crate::cli::ClaimsWorker;
use crate::fault::Fault;
use crate::tools::Kit;

pub(crate) fn serve_claims(ask: &ClaimsWorker) -> Result<Done, Fault> {
    let worker = &ask.worker;
    let kit = Kit::load(
        worker.packs.as_deref(),
        worker.ocr,
        worker.ocr_models.as_deref(),
    )?;
    let day = ask.told.reference_date.map(|day| day.0);
    let understanding = kit.understanding()?.on_day(day);
    apart::serve(worker.memory, &|path, living| {
        let stage = kit.stage(&understanding);
        one(path, ask, (&stage, &understanding), living).to_string()
    })
}

/// The line of a file that could not be read.
pub(super) fn refused(notice: &Notice) -> Value {
    json!({ "notices": [notice_json(notice)], "refused": true, "sentences": [] })
}

fn one(
    path: &Path,
    ask: &ClaimsWorker,
    (stage, understanding): (&ReadStage<'_>, &Understanding<'_>),
    living: &mut Living,
) -> Value {
    let (bytes, name) = match apart::bytes_of(path) {
        Ok(read) => read,
        Err(notice) => return refused(&notice),
    };
    let mut document = stage.read(&bytes, &name, living);
    if ask.told.lang != AUTO {
        document.sentences = told(&document, &ask.told.lang);
    }
    let source = SourceId::of(&bytes);
    let (reading, unread) = if ask.explain {
        understanding.explained(source, &document, living)
    } else {
        (understanding.read(source, &document, living), Vec::new())
    };
    let held = Held {
        source,
        bytes: bytes.len() as u64,
        document,
        reading,
        paths: vec![path.display().to_string()],
        inside: Vec::new(),
        parts: std::mem::take(&mut living.parts),
    };
    let notices = held.document.notices.iter().chain(&held.reading.notices);
    let notices: Vec<Value> = notices.map(notice_json).collect();
    json!({ "notices": notices, "sentences": sentences(&held, &unread) })
}

/// The whole text in one language.
fn told(document: &ReadDocument, lang: &str) -> Vec<SentenceLanguage> {
    vec![SentenceLanguage {
        span: Span::from_usize(0, document.repaired.text.len()),
        language: Some(lang.to_owned()),
    }]
}

/// Sentences that have claims or something that gave none, in order. Each claim is
/// a string, the line of JSON that stands for it outside.
fn sentences(held: &Held, unread: &[Unread]) -> Vec<Value> {
    let text = held.document.repaired.text.as_str();
    let words = |span: Span<Repaired>| span.of(text).unwrap_or_default();
    let records = claim_records(held);
    let mut claims = held.reading.claims.iter().zip(&records).peekable();
    let mut unread = unread.iter().peekable();
    let mut all = Vec::new();
    loop {
        let next = [
            claims.peek().map(|(claim, _)| claim.sentence),
            unread.peek().map(|unread| unread.sentence),
        ];
        let Some(sentence) = next.into_iter().flatten().min() else {
            return all;
        };
        let mut page = None;
        let mut lines = Vec::new();
        while let Some((claim, record)) = claims.next_if(|(claim, _)| claim.sentence == sentence) {
            page = page.or(claim.anchor.page());
            lines.extend(serde_json::to_string(record).ok());
        }
        let mut missed = Vec::new();
        while let Some(one) = unread.next_if(|unread| unread.sentence == sentence) {
            let own = (one.span != sentence).then(|| words(one.span));
            missed.push(json!({ "words": own, "open": one.open, "why": one.why.to_string() }));
        }
        all.push(json!({
            "text": words(sentence),
            "page": page,
            "claims": lines,
            "unread": missed,
        }));
    }
}
