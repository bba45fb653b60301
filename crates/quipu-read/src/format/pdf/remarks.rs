//! What people put on a page after it was made: remarks, form values, links.

use hayro::hayro_interpret::TransformExt;
use hayro::hayro_syntax::object::String as PdfString;
use hayro::hayro_syntax::object::{Array, Dict, Name, Object, Rect};
use hayro::hayro_syntax::page::Page;

use super::ink::Frame;
use super::strings::letters;

/// Notes looked at on one page.
const NOTES_MAX: usize = 2_000;
/// Steps up to the field a form widget belongs to.
const PARENTS_MAX: usize = 8;

/// Something laid over the page.
pub(super) struct Over {
    pub(super) area: Frame,
    pub(super) what: What,
}

pub(super) enum What {
    /// A remark with its author and the date the file gives.
    Remark {
        words: String,
        by: Option<String>,
        at: Option<String>,
    },
    /// A value filled into a form that the page does not draw by itself.
    Value {
        field: Option<String>,
        words: String,
    },
    /// A link to an address.
    Link(String),
}

/// Everything laid over a page, in the order of the file.
pub(super) fn over(page: &Page<'_>) -> Vec<Over> {
    let Some(notes) = page.raw().get::<Array<'_>>(b"Annots") else {
        return Vec::new();
    };
    let to_page = page.initial_transform(true).to_kurbo();
    let mut found = Vec::new();
    for note in notes.iter::<Dict<'_>>().take(NOTES_MAX) {
        let Some(what) = what(&note) else { continue };
        let area = note.get::<Rect>(b"Rect").unwrap_or(Rect {
            x0: 0.0,
            y0: 0.0,
            x1: 0.0,
            y1: 0.0,
        });
        let area = to_page
            .transform_rect_bbox(hayro::kurbo::Rect::new(area.x0, area.y0, area.x1, area.y1));
        found.push(Over {
            area: super::source::frame(area),
            what,
        });
    }
    found
}

fn what(note: &Dict<'_>) -> Option<What> {
    let kind = note.get::<Name<'_>>(b"Subtype")?;
    let string = |dict: &Dict<'_>, key: &[u8]| {
        dict.get::<PdfString<'_>>(key)
            .map(|words| letters(words.as_bytes()))
            .filter(|words| !words.is_empty())
    };
    match kind.as_ref() {
        b"Link" => {
            let action = note.get::<Dict<'_>>(b"A")?;
            string(&action, b"URI").map(What::Link)
        }
        b"Widget" => {
            // A drawn value is read from the page itself.
            if note.contains_key(b"AP") {
                return None;
            }
            let (mut name, mut value) = (None, None);
            let mut at = Some(note.clone());
            for _ in 0..PARENTS_MAX {
                let Some(field) = at else { break };
                name = name.or_else(|| string(&field, b"TU").or_else(|| string(&field, b"T")));
                value = value.or_else(|| match field.get::<Object<'_>>(b"V")? {
                    Object::String(words) => Some(letters(words.as_bytes())),
                    _ => None,
                });
                at = field.get::<Dict<'_>>(b"Parent");
            }
            let words = value.filter(|words| !words.is_empty())?;
            Some(What::Value { field: name, words })
        }
        b"Popup" => None,
        // Text written straight onto the page is read from the page itself.
        b"FreeText" if note.contains_key(b"AP") => None,
        _ => Some(What::Remark {
            words: string(note, b"Contents")?,
            by: string(note, b"T"),
            at: string(note, b"M").or_else(|| string(note, b"CreationDate")),
        }),
    }
}
