//! Forms: documents whose head is filled in line by line, such as cables.
//! What the forms look like is data in `schema/documents`; this is the engine.

mod header;
mod lines;
mod value;

use quipu_model::{Field, FieldOrigin, ReadDocument, Zone, ZoneKind, field_names};
use quipu_packs::Packs;
use quipu_packs::form::HeaderForm;

use lines::Line;

/// Reads the header of a form into fields, where the document is one.
pub(crate) fn fill(document: &mut ReadDocument, packs: &Packs) {
    let form = {
        let lines = lines::lines(&document.repaired.text);
        packs.forms().iter().find(|form| is_one(form, &lines))
    };
    if let Some(form) = form {
        fill_from(document, form);
    }
}

fn is_one(form: &HeaderForm, lines: &[Line<'_>]) -> bool {
    let near = &lines[..lines.len().min(form.recognise_within_lines)];
    let met = form
        .recognise
        .iter()
        .filter(|pattern| near.iter().any(|line| pattern.is_match(line.words)));
    met.count() >= form.recognise_at_least || is_sheet_alone(form, lines)
}

/// A form of which only the sheet is left: the text was lost or withheld.
fn is_sheet_alone(form: &HeaderForm, lines: &[Line<'_>]) -> bool {
    let Some(sheet) = &form.sheet else {
        return false;
    };
    let Some(begins) = lines
        .iter()
        .position(|line| sheet.begins.is_match(line.words))
    else {
        return false;
    };
    let has = |label: &str| {
        let mut behind = lines[begins..].iter();
        behind.any(|line| {
            line.words
                .trim_start()
                .strip_prefix(label)
                .is_some_and(|rest| rest.starts_with(':'))
        })
    };
    let labels = sheet
        .fields
        .iter()
        .filter(|field| has(&field.label))
        .count();
    labels * 2 > sheet.fields.len()
}

fn fill_from(document: &mut ReadDocument, form: &HeaderForm) {
    let text = document.repaired.text.as_str();
    let lines = lines::lines_of(document);
    let mut zones = Vec::new();
    for line in &lines {
        let rule = form
            .furniture
            .iter()
            .find(|rule| rule.pattern.is_match(line.words));
        let kind = rule.and_then(|rule| ZoneKind::from_word(&rule.zone).map(|kind| (rule, kind)));
        if let Some((rule, kind)) = kind {
            zones.push(Zone {
                span: line.span(),
                kind,
                rule: rule.name.clone(),
            });
        }
    }
    let lines: Vec<Line<'_>> = lines
        .into_iter()
        .filter(|line| {
            !form
                .furniture
                .iter()
                .any(|rule| rule.pattern.is_match(line.words))
        })
        .collect();
    let found = header::read(form, &lines);
    let mut fields: Vec<Field> = Vec::new();
    let mut twins = Vec::new();
    for found in found {
        value::settle(form, text, &found, &mut fields, &mut twins);
    }
    for twin in twins {
        if fields.iter().all(|have| have.name != twin.name) {
            fields.push(twin);
        }
    }
    fields.sort_by_key(|field| field.span);
    fields.insert(
        0,
        Field {
            name: field_names::DOCUMENT_KIND.to_owned(),
            value: form.document_kind.clone(),
            as_written: String::new(),
            span: None,
            origin: FieldOrigin::Form,
            rule: format!("{}.recognise", form.name),
        },
    );
    document.fields.extend(fields);
    document.zones.extend(zones);
}
