//! Web pages.

use quipu_model::{Notice, NoticeLevel};

use super::{charset, density, walk};
use crate::draft::{Draft, DraftField, Scribe};
use crate::format::text::charset as text_charset;
use crate::format::text::plain::cut_short;
use crate::input::{Input, Tools, Watcher};

/// The reader's name and version.
const READER: &str = "html 1";

/// Reads a web page.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    page(input.bytes, None, READER, tools, watcher)
}

/// Reads a page whose container (a mail, a saved page) may have said what
/// charset it is in.
pub(crate) fn page(
    bytes: &[u8],
    charset: Option<&str>,
    reader: &str,
    tools: &Tools<'_>,
    watcher: &mut dyn Watcher,
) -> Draft {
    let scribe = Scribe::new(reader, tools.limits.text_bytes);
    page_into(scribe, bytes, charset, tools, watcher)
}

/// The same on a sheet on which something stands already (the header of a
/// mail).
pub(crate) fn page_into(
    scribe: Scribe,
    bytes: &[u8],
    charset: Option<&str>,
    tools: &Tools<'_>,
    watcher: &mut dyn Watcher,
) -> Draft {
    let declared = charset
        .map(str::to_owned)
        .or_else(|| charset::declared(bytes));
    let decoded = text_charset::decode(bytes, declared.as_deref());
    let walked = walk::walk(&decoded.text, scribe, tools.packs, &tools.limits, watcher);
    let mut notices = decoded.notices;
    if walked.scribe.is_full() {
        notices.push(cut_short(tools.limits.text_bytes));
    }
    if walked.too_deep > 0 {
        let message = format!(
            "{} elements are nested deeper than is followed; their words are kept as plain blocks.",
            walked.too_deep
        );
        notices.push(Notice::new(NoticeLevel::Remark, "html.deep", message));
    }
    let transcript = walked.scribe.finish();
    if transcript.text.is_empty() {
        notices.push(empty(&walked.frames));
    }
    let mut zones = walked.zones;
    density::mark(&transcript, &mut zones);
    let mut fields = walked.head.fields();
    fields.push(DraftField::property(
        "file.charset",
        decoded.charset,
        "text.charset",
    ));
    Draft {
        fields,
        transcript,
        zones,
        notices,
    }
}

/// Says why a page has no words.
fn empty(frames: &[String]) -> Notice {
    if frames.is_empty() {
        let message = "The page holds no words; a script would have fetched them.";
        Notice::new(NoticeLevel::Damaged, "html.empty", message)
            .next("Save the page from a browser (as MHTML or PDF) and add that file.")
    } else {
        let list: Vec<&str> = frames.iter().take(5).map(String::as_str).collect();
        let message = format!(
            "The page only shows other pages in frames: {}.",
            list.join(", ")
        );
        Notice::new(NoticeLevel::Damaged, "html.frames", message).next("Add those pages too.")
    }
}
