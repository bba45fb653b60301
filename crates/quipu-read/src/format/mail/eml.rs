//! Mail messages: header lines, then the body; attachments go out as parts.

use mail_parser::{Addr, Address, HeaderName, Message, MessageParser, MimeHeaders, PartType};
use quipu_model::{
    BlockKind, FieldOrigin, Notice, NoticeLevel, Part, Place, Span, Transcribed, field_names,
};

use super::message;
use crate::draft::{Draft, DraftField, Scribe};
use crate::format::dates;
use crate::format::text::{charset, plain};
use crate::format::web::html;
use crate::input::{Input, Tools, Watcher};

/// The reader's name and version.
const READER: &str = "eml 1";
/// Addresses kept of one header.
const ADDRESSES_MAX: usize = 2000;
/// A plain body shorter than this may be a mere excuse for the HTML beside it.
const EXCUSE_MAX: usize = 200;

/// Reads a message.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let bytes = without_count(input.bytes);
    let Some(message) = MessageParser::default()
        .parse(bytes)
        .filter(|m| !m.parts.is_empty())
    else {
        let mut draft = plain::transcribe(input, tools, watcher);
        let text = "The message has no header that can be read; its text stands as it is.";
        draft
            .notices
            .push(Notice::new(NoticeLevel::Damaged, "mail.header", text));
        return draft;
    };
    let mut writer = Writer {
        scribe: Scribe::new(READER, tools.limits.text_bytes),
        fields: Vec::new(),
        first: true,
    };
    writer.header(&message);
    let Writer {
        scribe, mut fields, ..
    } = writer;
    let mut draft = body(&message, scribe, tools, watcher);
    fields.append(&mut draft.fields);
    draft.fields = fields;
    attachments(&message, tools, watcher, &mut draft.notices);
    draft
}

/// Apple Mail puts the length of the message on a line of its own in front.
fn without_count(bytes: &[u8]) -> &[u8] {
    let digits = bytes
        .iter()
        .take_while(|byte| byte.is_ascii_digit())
        .count();
    let rest = bytes.get(digits..).unwrap_or_default().trim_ascii_start();
    if digits > 0 && digits < 12 {
        rest
    } else {
        bytes
    }
}

struct Writer {
    scribe: Scribe,
    fields: Vec<DraftField>,
    first: bool,
}

impl Writer {
    fn header(&mut self, message: &Message<'_>) {
        self.addresses("From", "mail.from", message.from());
        self.addresses(
            "Sender",
            "mail.sender",
            message
                .sender()
                .filter(|sender| Some(*sender) != message.from()),
        );
        self.all_addresses("To", "mail.to", message.all_to());
        self.all_addresses("Cc", "mail.cc", message.all_cc());
        self.all_addresses("Bcc", "mail.bcc", message.all_bcc());
        self.addresses("Reply-To", "mail.reply-to", message.reply_to());
        self.date(message);
        if let Some(subject) = message.subject() {
            let subject = one_line(subject);
            if let Some(span) = self.line("Subject", &subject) {
                self.field("mail.subject", None, span, "mail.header.subject");
                self.field(field_names::TITLE, None, span, "mail.header.subject");
            }
        }
        if let Some(id) = message.message_id() {
            self.simple("Message-ID", "mail.message-id", id);
        }
        for (name, field, value) in [
            ("In-Reply-To", "mail.in-reply-to", message.in_reply_to()),
            ("References", "mail.references", message.references()),
        ] {
            if let Some(ids) = value.as_text_list() {
                for id in ids.iter().take(200) {
                    self.simple(name, field, id);
                }
            } else if let Some(id) = value.as_text() {
                self.simple(name, field, id);
            }
        }
        // Every server puts its line on top: the last is the first hop.
        let hops = message
            .headers_raw()
            .filter(|(name, _)| name.eq_ignore_ascii_case("received"));
        if let Some((_, hop)) = hops.last() {
            self.simple("Received", "mail.received", hop);
        }
        self.fields.push(DraftField {
            name: field_names::DOCUMENT_KIND.to_owned(),
            value: Some("mail".to_owned()),
            span: None,
            origin: FieldOrigin::Form,
            rule: "mail.header".to_owned(),
        });
    }

    fn date(&mut self, message: &Message<'_>) {
        let Some(written) = message.header_raw(HeaderName::Date) else {
            return;
        };
        let Some(span) = self.line("Date", &one_line(written)) else {
            return;
        };
        let value = message
            .date()
            .filter(|date| date.is_valid())
            .map(dates::of_mail);
        self.field("mail.date", value.clone(), span, "mail.header.date");
        if value.is_some() {
            self.field(field_names::PUBLISHED, value, span, "mail.header.date");
        }
    }

    fn simple(&mut self, name: &str, field: &str, value: &str) {
        if let Some(span) = self.line(name, &one_line(value)) {
            self.field(
                field,
                None,
                span,
                &field.replacen("mail.", "mail.header.", 1),
            );
        }
    }

    fn begin(&mut self, name: &str) {
        let gap = if std::mem::take(&mut self.first) {
            "\n\n"
        } else {
            "\n"
        };
        let place = Place {
            label: Some(name.to_owned()),
            ..Place::default()
        };
        self.scribe
            .begin_block_after(BlockKind::MailHeader, place, gap);
        self.scribe.push(name);
        self.scribe.push(": ");
    }

    /// Writes a header line; the span is that of its value.
    fn line(&mut self, name: &str, value: &str) -> Option<Span<Transcribed>> {
        if value.is_empty() {
            return None;
        }
        self.begin(name);
        let span = self.scribe.push(value);
        self.scribe.end_block();
        Some(span)
    }

    fn addresses(&mut self, name: &str, field: &str, address: Option<&Address<'_>>) {
        self.all_addresses(name, field, address.into_iter());
    }

    fn all_addresses<'m>(
        &mut self,
        name: &str,
        field: &str,
        all: impl Iterator<Item = &'m Address<'m>>,
    ) {
        let mut written: Vec<String> = Vec::new();
        for address in all {
            let left = ADDRESSES_MAX - written.len().min(ADDRESSES_MAX);
            written.extend(
                address
                    .iter()
                    .take(left)
                    .map(shown)
                    .filter(|one| !one.is_empty()),
            );
        }
        if written.is_empty() {
            return;
        }
        self.begin(name);
        for (i, one) in written.iter().enumerate() {
            if i > 0 {
                self.scribe.push(", ");
            }
            let span = self.scribe.push(one);
            self.field(
                field,
                None,
                span,
                &field.replacen("mail.", "mail.header.", 1),
            );
        }
        self.scribe.end_block();
    }

    fn field(&mut self, name: &str, value: Option<String>, span: Span<Transcribed>, rule: &str) {
        if !span.is_empty() {
            self.fields.push(DraftField {
                name: name.to_owned(),
                value,
                span: Some(span),
                origin: FieldOrigin::Form,
                rule: rule.to_owned(),
            });
        }
    }
}

/// `Ana Ríos <ana@diario.example>`.
pub(super) fn shown(addr: &Addr<'_>) -> String {
    let name = addr.name.as_deref().map(one_line).unwrap_or_default();
    let address = addr.address.as_deref().map(one_line).unwrap_or_default();
    match (name.is_empty(), address.is_empty()) {
        (false, false) if name != address => format!("{name} <{address}>"),
        (true, _) => address,
        _ => name,
    }
}

/// Folded lines made one; white space at the ends is no part of a value.
pub(super) fn one_line(value: &str) -> String {
    let kept = |c: &char| !c.is_control() || c.is_whitespace();
    let plain: String = value.chars().filter(kept).take(10_000).collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// Writes the body: the plain one, or the HTML where there is no other or the
/// plain one only says that there is HTML.
fn body(
    message: &Message<'_>,
    scribe: Scribe,
    tools: &Tools<'_>,
    watcher: &mut dyn Watcher,
) -> Draft {
    let part = |id: &u32| message.parts.get(*id as usize);
    let plain: Vec<_> = message
        .text_body
        .iter()
        .filter_map(part)
        .filter(|part| matches!(part.body, PartType::Text(_)))
        .collect();
    let page = message
        .html_body
        .iter()
        .filter_map(part)
        .find(|part| matches!(part.body, PartType::Html(_)));
    let plain_bytes: usize = plain
        .iter()
        .map(|part| part.contents().trim_ascii().len())
        .sum();
    let excuse = |page: &&mail_parser::MessagePart<'_>| {
        plain_bytes == 0 || (plain_bytes < EXCUSE_MAX && page.contents().len() > plain_bytes * 40)
    };
    if let Some(page) = page.filter(excuse) {
        let bytes = message::bytes(message, page);
        return html::page_into(scribe, &bytes, message::charset(page), tools, watcher);
    }
    let mut scribe = scribe;
    let mut notices = Vec::new();
    let mut fields = Vec::new();
    for part in plain {
        let bytes = message::bytes(message, part);
        let decoded = charset::decode(&bytes, message::charset(part));
        write_plain(&decoded.text, &mut scribe);
        if fields.is_empty() {
            fields.push(DraftField::property(
                "file.charset",
                decoded.charset,
                "text.charset",
            ));
        }
        notices.extend(decoded.notices);
    }
    if scribe.is_full() {
        notices.push(plain::cut_short(tools.limits.text_bytes));
    }
    Draft {
        transcript: scribe.finish(),
        fields,
        notices,
        ..Draft::default()
    }
}

/// Writes a plain body: quoted lines and what is said about them in blocks of
/// their own, the signature apart.
fn write_plain(text: &str, scribe: &mut Scribe) {
    let mut run = String::new();
    let mut quoted = false;
    for line in text.lines() {
        let is_quoted = line.starts_with('>');
        let is_mark = line == "-- " || line == "--";
        if is_quoted != quoted || is_mark {
            write_run(&mut run, quoted, scribe);
            quoted = is_quoted;
        }
        run.push_str(line);
        run.push('\n');
        if scribe.is_full() {
            return;
        }
    }
    write_run(&mut run, quoted, scribe);
}

fn write_run(run: &mut String, quoted: bool, scribe: &mut Scribe) {
    if quoted {
        scribe.block(BlockKind::Quoted, Place::default(), run);
    } else {
        plain::write_paragraphs(run, scribe);
    }
    run.clear();
}

/// Hands out attachments and forwarded messages.
fn attachments(
    message: &Message<'_>,
    tools: &Tools<'_>,
    watcher: &mut dyn Watcher,
    notices: &mut Vec<Notice>,
) {
    let mut left = tools.limits.parts_bytes;
    let count = message.attachments.len();
    for (i, id) in message.attachments.iter().enumerate() {
        let Some(part) = message.parts.get(*id as usize) else {
            continue;
        };
        let bytes = message::bytes(message, part);
        let media = message::media_type(part);
        let signature = media.contains("signature");
        let attached = part
            .content_disposition()
            .is_some_and(mail_parser::ContentType::is_attachment);
        let ornament =
            media.starts_with("image/") && !attached && bytes.len() < message::ORNAMENT_MAX;
        // The HTML beside a plain body is the same letter again.
        let twin = matches!(part.body, PartType::Html(_) | PartType::Text(_))
            && !attached
            && (message.html_body.contains(id) || message.text_body.contains(id));
        if signature || ornament || twin || bytes.is_empty() {
            continue;
        }
        if bytes.len() as u64 > left || i as u32 >= tools.limits.parts {
            let text = format!(
                "{} attachments lie beyond the bounds and were left out.",
                count - i
            );
            notices.push(Notice::new(NoticeLevel::Damaged, "container.bounds", text));
            return;
        }
        left -= bytes.len() as u64;
        watcher.part(Part {
            name: message::name(part, i + 1),
            bytes: bytes.into_owned(),
        });
        watcher.step(
            u32::try_from(i + 1).unwrap_or(u32::MAX),
            u32::try_from(count).unwrap_or(u32::MAX),
        );
    }
}
