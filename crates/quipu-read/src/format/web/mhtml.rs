//! Saved web pages (MHTML): the page is the document, its larger pictures go
//! out as parts.

use mail_parser::{Message, MessageParser, MessagePart, MimeHeaders, PartType};
use quipu_model::{Notice, NoticeLevel, Part};

use super::html;
use crate::draft::{Draft, DraftField};
use crate::format::container::clean_name;
use crate::format::dates;
use crate::format::mail::message;
use crate::input::{Input, Tools, Watcher};

/// The reader's name and version.
const READER: &str = "mhtml 1";

/// Reads a saved page.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let message = MessageParser::default().parse(input.bytes);
    let Some((message, page)) = message
        .as_ref()
        .and_then(|message| Some((message, main_page(message)?)))
    else {
        let text = "The saved page holds no page.";
        return Draft::refused(
            READER,
            Notice::new(NoticeLevel::Refused, "mhtml.no-page", text),
        );
    };
    let bytes = message::bytes(message, page);
    let mut draft = html::page(&bytes, message::charset(page), READER, tools, watcher);
    let known = |draft: &Draft, name: &str| draft.fields.iter().any(|field| field.name == name);
    let location = page
        .content_location()
        .or_else(|| message.root_part().content_location());
    if let Some(address) =
        location.filter(|address| address.starts_with("http") && !known(&draft, "file.address"))
    {
        draft.fields.push(DraftField::property(
            "file.address",
            address,
            "mhtml.location",
        ));
    }
    if let Some(saved) = message.date().filter(|date| date.is_valid()) {
        draft.fields.push(DraftField::property(
            "file.saved",
            &dates::of_mail(saved),
            "mhtml.date",
        ));
    }
    if let Some(title) = message.subject().filter(|_| !known(&draft, "file.title")) {
        draft
            .fields
            .push(DraftField::property("file.title", title, "mhtml.subject"));
    }
    pictures(message, tools, watcher);
    draft
}

/// The page that the file was saved for: the one named by its address, else
/// the first; frames stand behind it.
fn main_page<'m>(message: &'m Message<'m>) -> Option<&'m MessagePart<'m>> {
    let pages = || {
        message
            .parts
            .iter()
            .filter(|part| matches!(part.body, PartType::Html(_)))
    };
    let wanted = message
        .header("Snapshot-Content-Location")
        .and_then(|value| value.as_text());
    let named = pages().find(|part| wanted.is_some() && part.content_location() == wanted);
    named.or_else(|| pages().next())
}

fn pictures(message: &Message<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) {
    let mut left = tools.limits.parts_bytes;
    for (i, part) in message.parts.iter().enumerate() {
        let media = message::media_type(part);
        let read = matches!(
            media.as_str(),
            "image/png" | "image/jpeg" | "image/webp" | "image/gif" | "image/tiff"
        ) || media == "application/pdf";
        let bytes = part.contents();
        if !read || bytes.len() < message::ORNAMENT_MAX || bytes.len() as u64 > left {
            continue;
        }
        left -= bytes.len() as u64;
        let address = part.content_location().unwrap_or_default();
        let path = address.split(['?', '#']).next().unwrap_or_default();
        let last = path.rsplit('/').next().unwrap_or_default();
        let name = if last.is_empty() {
            message::name(part, i)
        } else {
            clean_name(last)
        };
        watcher.part(Part {
            name,
            bytes: bytes.to_vec(),
        });
    }
}
