//! Title, byline, publisher, dateline, dates of publication and revision,
//! reprint lines: from the words a reader sees first, from the file's
//! properties second.

use quipu_model::{Field, FieldOrigin, ReadDocument, Repaired, Span, field_names};
use quipu_packs::{Packs, Where, fold};

use super::date;
use super::lines::Lines;
use super::rules::{self, Reading};
use super::title::{self, Known};

/// Forms say what they are by themselves.
const CABLE: &str = "cable";
const MAIL: &str = "mail";

/// Fills fields.
pub(super) fn fill(document: &mut ReadDocument, lines: &Lines, packs: &Packs) {
    mend_file_fields(document, packs);
    let kind = document.field(field_names::DOCUMENT_KIND);
    match kind.map(|kind| kind.value.as_str()) {
        Some(MAIL) => return from_sender(document),
        Some(CABLE) => return,
        _ => {}
    }
    let text = document.repaired.text.clone();
    let zone_over = |i: usize| {
        let range = &lines.all[i].range;
        let span: Span<Repaired> = Span::from_usize(range.start, range.end);
        document.zones.iter().find(|zone| zone.span.overlaps(span))
    };
    let zones = (0..lines.all.len()).map(|i| zone_over(i).map(|zone| zone.kind));
    let mut reading = Reading::new(&text, lines, packs, zones.collect());
    // First the lines that say by themselves what they are.
    reading.read_plain();
    let zoned = reading.zoned();
    let issuers = reading.look_like_issuers(&rules::ISSUERS);
    let mastheads = reading.look_like_issuers(&[Where::BesideDate]);
    let known = Known {
        zoned: &zoned,
        used: &reading.used,
        issuers: &issuers,
        mastheads: &mastheads,
        by_rule: reading.named_by_rule(),
    };
    let title = title::line(document, lines, &text, &known);
    if let Some(first) = title {
        let range = title::whole(lines, &text, first, &reading.used);
        reading.found.push(rules::field(
            field_names::TITLE,
            &text,
            range,
            "any.field.title-line",
        ));
    }
    // Then those that only their place explains.
    reading.read_placed(title);
    let mut found = reading.found;
    found.sort_by_key(|field| field.span);
    for field in found {
        settle(document, field);
    }
    from_web_head(document);
    from_file(document, packs);
}

/// Properties of a file can be as spoilt as its text; what they said stays
/// beside as written.
fn mend_file_fields(document: &mut ReadDocument, packs: &Packs) {
    for field in &mut document.fields {
        if field.origin == FieldOrigin::File && field.span.is_none() && !field.value.is_ascii() {
            field.value = crate::repair_text(&field.value, packs).text;
        }
    }
}

/// Who sends a mail under a name has written it.
fn from_sender(document: &mut ReadDocument) {
    let has = |name: &str| document.fields.iter().any(|field| field.name == name);
    if has(field_names::BYLINE) {
        return;
    }
    let Some(from) = document
        .fields
        .iter()
        .find(|field| field.name == "mail.from")
    else {
        return;
    };
    let Some((name, _)) = from.value.split_once('<') else {
        return;
    };
    let name = name.trim().trim_matches(['"', '\'']).trim();
    if name.is_empty() || name.contains('@') {
        return;
    }
    let byline = Field {
        name: field_names::BYLINE.to_owned(),
        value: name.to_owned(),
        ..from.clone()
    };
    document.fields.push(byline);
}

/// Adds a field, unless the document says the same already. Of two names of a
/// publisher of which one only goes on where the other ends, the fuller stays.
fn settle(document: &mut ReadDocument, field: Field) {
    if field.name == field_names::PUBLISHER {
        let new = fold::phrase(&field.value);
        let goes_on = |long: &str, short: &str| {
            long.strip_prefix(short)
                .is_some_and(|rest| rest.starts_with(' '))
        };
        let told = |other: &Field| other.name == field.name && other.origin == FieldOrigin::Text;
        if document
            .fields
            .iter()
            .any(|other| told(other) && goes_on(&fold::phrase(&other.value), &new))
        {
            return;
        }
        document
            .fields
            .retain(|other| !(told(other) && goes_on(&new, &fold::phrase(&other.value))));
    }
    let same = |other: &Field| {
        other.name == field.name
            && fold::phrase(&other.value) == fold::phrase(&field.value)
            && other.origin == FieldOrigin::Text
    };
    let single = matches!(
        field.name.as_str(),
        field_names::TITLE | field_names::PUBLISHED | field_names::DATELINE
    );
    let taken = single
        && document
            .fields
            .iter()
            .any(|other| other.name == field.name && other.origin == FieldOrigin::Text);
    if !document.fields.iter().any(same) && !taken {
        document.fields.push(field);
    }
}

/// What the head of a web page says of the page stands in where its text does
/// not say it: the page's maker wrote it for readers of the article. (The same
/// properties of an office file tell who made the file, which is another thing.)
const FROM_WEB_HEAD: &[(&str, &str)] = &[
    ("file.title", field_names::TITLE),
    ("file.author", field_names::BYLINE),
    ("file.publisher", field_names::PUBLISHER),
    ("file.published", field_names::PUBLISHED),
    ("file.modified", field_names::REVISED),
];

fn from_web_head(document: &mut ReadDocument) {
    for (property, name) in FROM_WEB_HEAD {
        let mut told = document.fields.iter();
        let told = told.find(|field| field.name == *property && field.rule.starts_with("html."));
        let Some(told) = told else { continue };
        // An agency credited in the text does not take the paper's place.
        let beside = *name == field_names::PUBLISHER;
        let taken = |field: &Field| {
            field.name == *name
                && (!beside || fold::phrase(&field.value) == fold::phrase(&told.value))
        };
        // A house that signs as author has no author to tell.
        let house = *name == field_names::BYLINE
            && document.fields.iter().any(|field| {
                field.name == "file.publisher"
                    && fold::phrase(&field.value) == fold::phrase(&told.value)
            });
        if house || document.fields.iter().any(taken) {
            continue;
        }
        let twin = Field {
            name: (*name).to_owned(),
            ..told.clone()
        };
        document.fields.push(twin);
    }
}

/// Dates that the file's properties give are put into EDTF where they can be.
fn from_file(document: &mut ReadDocument, packs: &Packs) {
    for field in &mut document.fields {
        let dated = field.name == field_names::PUBLISHED || field.name == field_names::REVISED;
        if dated
            && field.origin == FieldOrigin::File
            && let Some(edtf) = date::edtf(&field.value, packs, "any")
        {
            field.value = edtf;
        }
    }
}
