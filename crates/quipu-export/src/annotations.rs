//! `annotations`: fields, repairs and zones as W3C Web Annotations (JSON-LD,
//! <https://www.w3.org/TR/annotation-model/>), one annotation page a line.
//!
//! A target is the source by its hash (`urn:blake3:…`) with two selectors: the
//! quoted words with their surroundings, and code points of `text` as in the
//! export `documents`.

use std::io::Write;

use quipu_desk::{Desk, RecordView, record_view};
use serde_json::{Value, json};

use crate::ExportError;

/// Code points of context on either side of a quotation.
const CONTEXT: usize = 32;

/// Writes the annotations of every document that has some.
///
/// # Errors
/// When the archive cannot answer or `out` cannot be written.
pub fn write(desk: &Desk, out: &mut dyn Write) -> Result<u64, ExportError> {
    let mut written = 0;
    for source in desk.sources()? {
        let Some(held) = desk.held(source)? else {
            continue;
        };
        let items = annotations(&record_view(&held));
        if items.is_empty() {
            continue;
        }
        written += items.len() as u64;
        let page = json!({
            "@context": "http://www.w3.org/ns/anno.jsonld",
            "id": format!("urn:blake3:{}#annotations", source.hex()),
            "type": "AnnotationPage",
            "items": items,
        });
        serde_json::to_writer(&mut *out, &page).map_err(std::io::Error::from)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    Ok(written)
}

fn annotations(record: &RecordView<'_>) -> Vec<Value> {
    // Bytes at which code points start, so that context costs no walk.
    let starts: Vec<usize> = record
        .text
        .char_indices()
        .map(|(byte, _)| byte)
        .chain([record.text.len()])
        .collect();
    let words = |start: usize, end: usize| {
        let byte = |point: usize| starts.get(point).copied().unwrap_or(record.text.len());
        record.text.get(byte(start)..byte(end)).unwrap_or_default()
    };
    let target = |start: usize, end: usize| {
        json!({
            "source": format!("urn:blake3:{}", record.source),
            "selector": [
                {
                    "type": "TextQuoteSelector",
                    "exact": words(start, end),
                    "prefix": words(start.saturating_sub(CONTEXT), start),
                    "suffix": words(end, end + CONTEXT),
                },
                { "type": "TextPositionSelector", "start": start, "end": end },
            ],
        })
    };
    let mut items = Vec::new();
    let mut annotate = |motivation: &str, body: Value, start: usize, end: usize| {
        let id = format!(
            "urn:blake3:{}#annotation-{}",
            record.source,
            items.len() + 1
        );
        items.push(json!({
            "id": id,
            "type": "Annotation",
            "motivation": motivation,
            "body": body,
            "target": target(start, end),
        }));
    };
    for field in &record.fields {
        if let (Some(start), Some(end)) = (field.start, field.end) {
            let said = format!("{}: {}", field.name, field.value);
            let body = json!({ "type": "TextualBody", "purpose": "identifying", "value": said });
            annotate("identifying", body, start, end);
        }
    }
    for edit in &record.edits {
        let body = json!({ "type": "TextualBody", "purpose": "editing", "value": edit.as_read, "quipu:repair": edit.kind, "quipu:rule": edit.rule });
        annotate("editing", body, edit.start, edit.end);
    }
    for zone in &record.zones {
        let body = json!({ "type": "TextualBody", "purpose": "tagging", "value": zone.kind });
        annotate("tagging", body, zone.start, zone.end);
    }
    items
}
