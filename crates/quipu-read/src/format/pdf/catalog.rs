//! What a file says beside its pages: properties, attachments, scripts, hidden
//! layers. Trees are walked with a list, never by recursion, and within bounds.

use std::io::Read;

use hayro::hayro_syntax::object::String as PdfString;
use hayro::hayro_syntax::object::{Array, DateTime, Dict, MaybeRef, Name, ObjRef, Object, Stream};
use hayro::hayro_syntax::{Filter, Pdf};
use quipu_model::{Notice, NoticeLevel, Part};
use regex::Regex;

use super::strings::letters;
use crate::draft::DraftField;
use crate::input::{Limits, Watcher};

const RULE: &str = "pdf.properties";
/// Nodes of a name tree that are visited.
const NODES_MAX: usize = 10_000;
/// Bytes of metadata that are looked at.
const METADATA_MAX: usize = 1 << 20;

/// The properties of the file.
pub(super) fn properties(pdf: &Pdf) -> Vec<DraftField> {
    let told = pdf.metadata();
    let mut fields = Vec::new();
    let mut say = |name: &str, value: String| {
        if !value.is_empty() && !fields.iter().any(|f: &DraftField| f.name == name) {
            fields.push(DraftField::property(name, &value, RULE));
        }
    };
    let text = |bytes: &Option<Box<[u8]>>| bytes.as_deref().map(letters).unwrap_or_default();
    say("file.title", text(&told.title));
    say("file.author", text(&told.author));
    say("file.subject", text(&told.subject));
    say("file.keywords", text(&told.keywords));
    say("file.program", text(&told.creator));
    say("file.generator", text(&told.producer));
    say(
        "file.created",
        told.creation_date.map(edtf).unwrap_or_default(),
    );
    say(
        "file.modified",
        told.modification_date.map(edtf).unwrap_or_default(),
    );
    // What the newer form of metadata adds.
    let packet = catalog(pdf)
        .and_then(|catalog| catalog.get::<Stream<'_>>(b"Metadata"))
        .and_then(|stream| bounded(&stream, METADATA_MAX as u64));
    if let Some(packet) = packet {
        let packet = String::from_utf8_lossy(&packet);
        for (name, tag) in [
            ("file.title", "dc:title"),
            ("file.author", "dc:creator"),
            ("file.description", "dc:description"),
            ("file.publisher", "dc:publisher"),
            ("file.language", "dc:language"),
            ("file.created", "xmp:CreateDate"),
            ("file.modified", "xmp:ModifyDate"),
            ("file.program", "xmp:CreatorTool"),
        ] {
            say(name, of_packet(&packet, tag));
        }
    }
    fields
}

/// The first value of a tag in an XMP packet, as element or as attribute.
fn of_packet(packet: &str, tag: &str) -> String {
    let element = format!(
        r#"<{tag}(?:\s[^>]*)?>([^<]*(?:<rdf:(?:Alt|Seq|Bag)[^>]*>\s*<rdf:li[^>]*>([^<]*))?)"#
    );
    let attribute = format!(r#"\b{tag}\s*=\s*"([^"]*)""#);
    let found = |pattern: &str| {
        let found = Regex::new(pattern).ok()?.captures(packet)?;
        let words = found.get(2).or_else(|| found.get(1))?.as_str();
        Some(words.trim().to_owned())
    };
    let raw = found(&element).or_else(|| found(&attribute));
    raw.unwrap_or_default()
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&quot;", "\"")
        .replace("&apos;", "'")
        .replace("&amp;", "&")
        .chars()
        .filter(|c| !c.is_control())
        .take(2000)
        .collect()
}

fn edtf(date: DateTime) -> String {
    let mut out = format!(
        "{:04}-{:02}-{:02}T{:02}:{:02}:{:02}",
        date.year, date.month, date.day, date.hour, date.minute, date.second
    );
    if date.utc_offset_hour == 0 && date.utc_offset_minute == 0 {
        out.push('Z');
    } else {
        out.push_str(&format!(
            "{:+03}:{:02}",
            date.utc_offset_hour, date.utc_offset_minute
        ));
    }
    out
}

pub(super) fn catalog(pdf: &Pdf) -> Option<Dict<'_>> {
    pdf.xref().get::<Dict<'_>>(pdf.xref().root_id())
}

/// Hands out the files the document carries, and says what it does not read.
pub(super) fn beside(pdf: &Pdf, limits: &Limits, watcher: &mut dyn Watcher) -> Vec<Notice> {
    let mut notices = Vec::new();
    let Some(catalog) = catalog(pdf) else {
        return notices;
    };
    let names = catalog.get::<Dict<'_>>(b"Names");
    let mut bag = Bag::new(limits);
    if let Some(tree) = names
        .as_ref()
        .and_then(|n| n.get::<Dict<'_>>(b"EmbeddedFiles"))
    {
        for file in leaves(tree) {
            bag.hand_out(&file, watcher);
        }
    }
    for page in pdf.pages().iter().take(limits.pages as usize) {
        let Some(notes) = page.raw().get::<Array<'_>>(b"Annots") else {
            continue;
        };
        for note in notes.iter::<Dict<'_>>().take(NODES_MAX) {
            if note
                .get::<Name<'_>>(b"Subtype")
                .is_some_and(|name| name.as_ref() == b"FileAttachment")
                && let Some(file) = note.get::<Dict<'_>>(b"FS")
            {
                bag.hand_out(&file, watcher);
            }
        }
    }
    notices.extend(bag.notices());
    let runs = |dict: &Dict<'_>| {
        dict.get::<Name<'_>>(b"S")
            .is_some_and(|name| name.as_ref() == b"JavaScript")
    };
    let scripted = names.is_some_and(|names| names.contains_key(b"JavaScript"))
        || catalog
            .get::<Dict<'_>>(b"OpenAction")
            .is_some_and(|action| runs(&action));
    if scripted {
        notices.push(Notice::new(
            NoticeLevel::Remark,
            "pdf.script",
            "The file carries a script; it was not run.",
        ));
    }
    let layers = catalog
        .get::<Dict<'_>>(b"OCProperties")
        .and_then(|all| all.get::<Dict<'_>>(b"D"))
        .and_then(|usual| usual.get::<Array<'_>>(b"OFF"))
        .is_some_and(|off| off.raw_iter().next().is_some());
    if layers {
        notices.push(
            Notice::new(
                NoticeLevel::Remark,
                "pdf.layers-off",
                "The file has layers that are switched off; what stands on them was not read.",
            )
            .next("Open the file in a PDF program and look at its layers."),
        );
    }
    notices
}

/// The values at the leaves of a name tree, in its order.
fn leaves(root: Dict<'_>) -> Vec<Dict<'_>> {
    let mut found = Vec::new();
    let mut seen: Vec<ObjRef> = Vec::new();
    let mut open = vec![root];
    let mut visited = 0;
    while let Some(node) = open.pop() {
        visited += 1;
        if visited > NODES_MAX {
            break;
        }
        if let Some(names) = node.get::<Array<'_>>(b"Names") {
            for value in names.iter::<Object<'_>>().take(NODES_MAX) {
                if let Object::Dict(file) = value {
                    found.push(file);
                }
            }
        }
        if let Some(kids) = node.get::<Array<'_>>(b"Kids") {
            let refs: Vec<ObjRef> = kids
                .raw_iter()
                .take(NODES_MAX)
                .filter_map(|kid: MaybeRef<Object<'_>>| kid.as_obj_ref())
                .collect();
            // A tree that bites its tail is walked once.
            if refs.iter().any(|kid| seen.contains(kid)) {
                continue;
            }
            seen.extend(refs);
            let mut kids: Vec<Dict<'_>> = kids.iter::<Dict<'_>>().take(NODES_MAX).collect();
            kids.reverse();
            open.extend(kids);
        }
    }
    found
}

/// Counts what is handed out against the bounds.
struct Bag<'a> {
    limits: &'a Limits,
    parts: u32,
    bytes: u64,
    refused: u32,
}

impl<'a> Bag<'a> {
    const fn new(limits: &'a Limits) -> Self {
        Self {
            limits,
            parts: 0,
            bytes: 0,
            refused: 0,
        }
    }

    fn hand_out(&mut self, file: &Dict<'_>, watcher: &mut dyn Watcher) {
        let Some(held) = file.get::<Dict<'_>>(b"EF") else {
            return;
        };
        let stream = [b"UF".as_slice(), b"F", b"DOS", b"Mac", b"Unix"]
            .iter()
            .find_map(|key| held.get::<Stream<'_>>(key));
        let Some(stream) = stream else { return };
        let room = self.limits.parts_bytes.saturating_sub(self.bytes);
        if self.parts >= self.limits.parts {
            self.refused += 1;
            return;
        }
        let packed = stream.raw_data().len() as u64;
        let most = room.min(packed.saturating_mul(self.limits.expansion) + (1 << 20));
        let Some(bytes) = bounded(&stream, most) else {
            self.refused += 1;
            return;
        };
        self.parts += 1;
        self.bytes += bytes.len() as u64;
        let name = [b"UF".as_slice(), b"F"]
            .iter()
            .find_map(|key| file.get::<PdfString<'_>>(key))
            .map(|name| letters(name.as_bytes()))
            .unwrap_or_default();
        watcher.part(Part {
            name: clean(&name, self.parts),
            bytes,
        });
    }

    fn notices(self) -> Option<Notice> {
        (self.refused > 0).then(|| {
            Notice::new(
                NoticeLevel::Damaged,
                "pdf.attachment-lost",
                format!(
                    "{} attached files could not be taken out: damaged, or larger than the bounds allow.",
                    self.refused
                ),
            )
            .next("Save the attachments from a PDF program and add them on their own.")
        })
    }
}

/// A name that cannot lead out of where it is put.
fn clean(name: &str, number: u32) -> String {
    let kept: Vec<&str> = name
        .split(['/', '\\'])
        .map(str::trim)
        .filter(|part| !part.is_empty() && *part != "." && *part != ".." && !part.ends_with(':'))
        .collect();
    let name: String = kept.join("/").chars().filter(|c| !c.is_control()).collect();
    if name.is_empty() {
        format!("attachment-{number}")
    } else {
        name
    }
}

/// The bytes of a stream, never more than `most`; what is packed with the usual
/// filter is unpacked here, so that a bomb stops at the bound.
pub(super) fn bounded(stream: &Stream<'_>, most: u64) -> Option<Vec<u8>> {
    let filters = stream.filters();
    let raw = stream.raw_data();
    match filters.as_slice() {
        [] => (raw.len() as u64 <= most).then(|| raw.into_owned()),
        [Filter::FlateDecode] if !stream.dict().contains_key(b"DecodeParms") => {
            let mut bytes = Vec::new();
            let unpacked = flate2::read::ZlibDecoder::new(raw.as_ref())
                .take(most.saturating_add(1))
                .read_to_end(&mut bytes);
            // A stream cut short still gives what came before the cut.
            let sound = unpacked.is_ok() || !bytes.is_empty();
            (sound && bytes.len() as u64 <= most).then_some(bytes)
        }
        _ => {
            let bytes = stream.decoded_data().ok()?;
            (bytes.len() as u64 <= most).then(|| bytes.into_owned())
        }
    }
}
