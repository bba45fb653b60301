//! Rich Text Format, versions 1.0 to 1.9.1.
//!
//! The text stands in this order: page headers, body, footnotes, comments, page
//! footers. Words taken out by tracked changes stay, marked.

mod reader;
mod state;
mod tokens;

pub(crate) use self::state::moment;

use quipu_model::{BlockKind, Notice, Part};

use super::{damaged, ole, properties};
use crate::draft::{Draft, DraftField, Scribe};
use crate::input::{Input, Limits, Tools, Watcher};

/// Name and version of this reader.
const READER: &str = "rtf 1";

/// Reads an RTF document.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let mut scribe = Scribe::new(READER, tools.limits.text_bytes);
    let (fields, notices) = read_into(input.bytes, tools.limits, &mut scribe, watcher);
    Draft {
        transcript: scribe.finish(),
        fields,
        notices,
        ..Draft::default()
    }
}

/// Reads Rich Text Format wherever it lies (a file, the body of a message), on
/// a sheet on which something may stand already. Gives properties and notices.
pub(crate) fn read_into(
    bytes: &[u8],
    limits: Limits,
    scribe: &mut Scribe,
    watcher: &mut dyn Watcher,
) -> (Vec<DraftField>, Vec<Notice>) {
    let start = memchr::memmem::find(
        bytes.get(..1024.min(bytes.len())).unwrap_or_default(),
        b"{\\rtf",
    );
    let bytes = bytes.get(start.unwrap_or(0)..).unwrap_or_default();
    let read = reader::read(bytes, limits.text_bytes);
    let mut full = read.body.is_full();
    let mut asides = read.asides;
    let mut body = Some(read.body);
    for kind in [
        BlockKind::PageHeader,
        BlockKind::Footnote,
        BlockKind::Comment,
        BlockKind::PageFooter,
    ] {
        if kind != BlockKind::PageHeader
            && let Some(body) = body.take()
        {
            body.write(scribe);
        }
        let (these, others): (Vec<_>, Vec<_>) =
            asides.into_iter().partition(|aside| aside.0 == kind);
        asides = others;
        for (kind, label, mut story) in these {
            full |= story.is_full();
            story.recast(kind, &label);
            story.write(scribe);
        }
    }
    full |= scribe.is_full();
    let mut fields = Vec::new();
    for (name, value) in read.properties {
        properties::add(&mut fields, name, &value, "rtf.info");
    }
    for (name, bytes) in read.files {
        for part in unpacked(name, bytes, limits) {
            watcher.part(part);
        }
    }
    let mut notices = Vec::new();
    damaged::add(&mut notices, "rtf", read.broken, read.too_deep, full);
    (fields, notices)
}

/// Takes an embedded file out of its OLE 1.0 wrapping.
fn unpacked(name: String, bytes: Vec<u8>, limits: Limits) -> Vec<Part> {
    if !name.starts_with("object-") {
        return vec![Part { name, bytes }];
    }
    match ole::version_one(&bytes) {
        Some((class, data)) if class.eq_ignore_ascii_case("package") => {
            let mut stream = vec![0; 4];
            stream.extend_from_slice(data);
            match ole::native(&stream) {
                Some((name, bytes)) => vec![Part { name, bytes }],
                None => vec![Part {
                    name,
                    bytes: data.to_vec(),
                }],
            }
        }
        Some((_, data)) => ole::unwrap(name, data.to_vec(), limits),
        None => vec![Part { name, bytes }],
    }
}
