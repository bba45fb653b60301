//! Bytes of a source come in; transcript, repaired text, fields, zones and
//! languages go out, with a map back to every character as read.
//! Files found inside come out as parts, to be read as sources of their own.
//! It never touches tokens, claims, the archive or the network.

mod describe;
mod draft;
mod form;
mod format;
mod input;
mod language;
pub mod ocr;
mod picture;
mod repair;

pub use draft::{Draft, DraftField, DraftZone, Scribe};
pub use format::{Format, detect};
pub use input::{Input, Limits, Silent, Tools, Watcher};
pub use language::tell_text;
pub use picture::{PictureError, picture};
pub use repair::{check_repair, repair_text};

use quipu_model::{Layout, ReadDocument, RepairedText, Transcript};

/// Version of the whole stage: raise it whenever the same bytes may give
/// another document, so that what is on the shelf is read again.
pub const VERSION: u32 = 2;

/// Reads one source.
///
/// Whatever the bytes are, there is a document: what could not be read is said
/// in its notices. Files found inside are handed to the watcher one by one.
pub fn read(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> ReadDocument {
    read_as(format::detect(input), input, tools, watcher)
}

/// Reads one source as a format that the caller knows it has, whatever its
/// bytes look like.
pub fn read_as(
    format: Format,
    input: &Input<'_>,
    tools: &Tools<'_>,
    watcher: &mut dyn Watcher,
) -> ReadDocument {
    let draft = format::transcribe(format, input, tools, watcher);
    finish(format.media_type(), draft, tools)
}

/// Everything that follows transcription and is the same for every format:
/// repair, forms, what the document is, language.
fn finish(media_type: &str, draft: Draft, tools: &Tools<'_>) -> ReadDocument {
    let Draft {
        transcript,
        fields,
        zones,
        notices,
    } = draft;
    let repaired: RepairedText = repair::repair(&transcript, tools.packs);
    let mut document = ReadDocument {
        media_type: media_type.to_owned(),
        transcript,
        repaired,
        notices,
        ..ReadDocument::default()
    };
    for field in fields {
        document.fields.push(field.settle(&document.repaired));
    }
    for zone in zones {
        document.zones.push(zone.settle(&document.repaired));
    }
    form::fill(&mut document, tools.packs);
    describe::describe(&mut document, tools.packs);
    language::tell(&mut document, tools.packs);
    document.zones.sort_by_key(|zone| (zone.span, zone.kind));
    document
}

/// Checks the rules every read document keeps; readers' tests and the fuzzers
/// call it on everything.
///
/// # Errors
/// The first broken rule, in words.
pub fn check(document: &ReadDocument) -> Result<(), String> {
    let Transcript { .. } = &document.transcript;
    quipu_model::transcript::check(&document.transcript)?;
    let repaired = &document.repaired;
    let mut rebuilt = String::with_capacity(repaired.text.len());
    let mut done = 0;
    for edit in repaired.map.edits() {
        let kept = document
            .transcript
            .text
            .get(done..edit.transcribed.range().start);
        rebuilt.push_str(kept.ok_or("an edit does not fit the transcript")?);
        rebuilt.push_str(
            edit.repaired
                .of(&repaired.text)
                .ok_or("an edit does not fit")?,
        );
        done = edit.transcribed.range().end;
    }
    rebuilt.push_str(
        document
            .transcript
            .text
            .get(done..)
            .ok_or("edits run past the end")?,
    );
    if rebuilt != repaired.text {
        return Err("the map does not remake the repaired text".to_owned());
    }
    let spans = document.fields.iter().filter_map(|field| field.span);
    let spans = spans.chain(document.zones.iter().map(|zone| zone.span));
    for span in spans.chain(document.sentences.iter().map(|sentence| sentence.span)) {
        span.of(&repaired.text)
            .ok_or_else(|| format!("{span:?} does not fit the text"))?;
    }
    if document
        .sentences
        .windows(2)
        .any(|two| two[0].span.end() > two[1].span.start())
    {
        return Err("sentences overlap".to_owned());
    }
    match ReadDocument::from_bytes(&document.to_bytes()) {
        Ok(again) if again == *document => Ok(()),
        _ => Err("does not survive its own layout".to_owned()),
    }
}
