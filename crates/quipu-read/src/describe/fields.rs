//! Title, byline, publisher, dateline, dates of publication and revision,
//! reprint lines: from the words a reader sees first, from the file's
//! properties second.

use quipu_model::{BlockKind, Field, FieldOrigin, ReadDocument, Repaired, Span, field_names};
use quipu_packs::{Packs, fold};

use super::date;
use super::lines::Lines;

/// A title is no longer than this.
const TITLE_WORDS_MAX: usize = 30;
/// Only so much of a line is read: headers are short.
const LINE_BYTES_MAX: usize = 400;
/// Documents that are forms say what they are by themselves.
const FORMS: [&str; 2] = ["cable", "mail"];

/// Fills fields.
pub(super) fn fill(document: &mut ReadDocument, lines: &Lines, packs: &Packs) {
    let kind = document.field(field_names::DOCUMENT_KIND);
    if kind.is_some_and(|kind| FORMS.contains(&kind.value.as_str())) {
        return;
    }
    let text = document.repaired.text.clone();
    let in_zone = |i: usize, document: &ReadDocument| {
        let range = &lines.all[i].range;
        let span: Span<Repaired> = Span::from_usize(range.start, range.end);
        document.zones.iter().any(|zone| zone.span.overlaps(span))
    };
    let zoned: Vec<bool> = (0..lines.all.len()).map(|i| in_zone(i, document)).collect();
    let mut found: Vec<Field> = Vec::new();
    let mut used = vec![false; lines.all.len()];
    // First the lines that say by themselves what they are.
    read_lines(&text, lines, packs, None, &zoned, &mut used, &mut found);
    let title = title_line(document, lines, &text, &zoned, &used);
    if let Some(i) = title {
        let range = lines.all[i].range.clone();
        used[i] = true;
        found.push(field(
            field_names::TITLE,
            &text,
            range,
            "any.field.title-line",
        ));
        // Then those that only their place under the title explains.
        read_lines(&text, lines, packs, title, &zoned, &mut used, &mut found);
    }
    found.sort_by_key(|field| field.span);
    for field in found {
        settle(document, field);
    }
    from_web_head(document);
    from_file(document, packs);
}

fn field(name: &str, text: &str, range: std::ops::Range<usize>, rule: &str) -> Field {
    let words = text.get(range.clone()).unwrap_or_default();
    Field {
        name: name.to_owned(),
        value: words.split_whitespace().collect::<Vec<&str>>().join(" "),
        as_written: words.to_owned(),
        span: Some(Span::from_usize(range.start, range.end)),
        origin: FieldOrigin::Text,
        rule: rule.to_owned(),
    }
}

fn read_lines(
    text: &str,
    lines: &Lines,
    packs: &Packs,
    title: Option<usize>,
    zoned: &[bool],
    used: &mut [bool],
    found: &mut Vec<Field>,
) {
    for i in 0..lines.all.len() {
        if used[i] || zoned[i] {
            continue;
        }
        let range = lines.all[i].range.clone();
        let mut end = range.end.min(range.start + LINE_BYTES_MAX);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let line = &text[range.start..end];
        for rule in packs.field_rules() {
            if !lines.stands(i, rule.place, title) {
                continue;
            }
            let fields = rule.read(line);
            if fields.is_empty() {
                continue;
            }
            for (name, part) in fields {
                let name = name.trim_end_matches("-second");
                let place = range.start + part.start..range.start + part.end;
                let mut made = field(name, text, place, &rule.name);
                match name {
                    "place" => continue,
                    field_names::PUBLISHED => {
                        let Some(edtf) = date::edtf(&made.value, packs, &rule.language) else {
                            continue;
                        };
                        made.value = edtf;
                    }
                    field_names::REVISED => {
                        if let Some(edtf) = date::edtf(&made.value, packs, &rule.language) {
                            made.value = edtf;
                        }
                    }
                    field_names::DATELINE => {
                        made.value = made
                            .value
                            .trim_end_matches(['-', '–', '—', ':', '.', ' '])
                            .to_owned();
                    }
                    _ => {}
                }
                found.push(made);
            }
            // A line in the body goes on as body.
            used[i] = i < lines.body || i >= lines.foot;
            break;
        }
    }
}

/// The headline: a heading above the body, else the first line of the head
/// that looks like one. A document without a body has none but its headings.
fn title_line(
    document: &ReadDocument,
    lines: &Lines,
    text: &str,
    zoned: &[bool],
    used: &[bool],
) -> Option<usize> {
    let free = |i: &usize| !zoned[*i] && !used[*i];
    let kind = |i: usize| lines.all[i].kind;
    let near = lines.body.max(1).min(lines.all.len());
    let fits = |i: &usize| {
        let line = &lines.all[*i];
        let words = &text[line.range.clone()];
        let letters = words.chars().filter(|c| c.is_alphabetic()).count();
        line.words <= TITLE_WORDS_MAX
            && letters * 2 > words.chars().count()
            && !words.ends_with(',')
    };
    let plain = |i: &usize| {
        matches!(
            kind(*i),
            None | Some(BlockKind::Paragraph | BlockKind::Preformatted)
        )
    };
    // A headline that the file's properties repeat is sure.
    let named: Vec<String> = document
        .fields
        .iter()
        .filter(|field| field.name == field_names::TITLE || field.name == "file.title")
        .map(|field| fold::phrase(&field.value))
        .filter(|title| !title.is_empty())
        .collect();
    let same = |i: &usize| {
        let line = fold::phrase(&text[lines.all[*i].range.clone()]);
        line.chars().count() >= 8 && named.iter().any(|title| title.starts_with(&line))
    };
    let heading = |i: &usize| kind(*i) == Some(BlockKind::Heading);
    let head = 0..near;
    head.clone()
        .filter(free)
        .find(same)
        .or_else(|| head.clone().filter(free).filter(fits).find(heading))
        .or_else(|| {
            let body = lines.body < lines.all.len();
            let mut head = 0..lines.body;
            head.find(|i| body && free(i) && fits(i) && plain(i) && lines.all[*i].words >= 2)
        })
}

/// Adds a field, unless the document says the same already.
fn settle(document: &mut ReadDocument, field: Field) {
    let same = |other: &Field| {
        other.name == field.name && other.value == field.value && other.origin == FieldOrigin::Text
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
        if document.fields.iter().any(|field| field.name == *name) {
            continue;
        }
        let mut told = document.fields.iter();
        let told = told.find(|field| field.name == *property && field.rule.starts_with("html."));
        if let Some(told) = told {
            let twin = Field {
                name: (*name).to_owned(),
                ..told.clone()
            };
            document.fields.push(twin);
        }
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
