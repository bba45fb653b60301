//! Outlook messages (MS-OXMSG): header lines, then the body; attachments go out
//! as parts, messages among them as messages.

mod inner;
mod lzfu;
mod store;

use std::path::Path;

use quipu_model::{
    BlockKind, FieldOrigin, Notice, NoticeLevel, Part, Place, Span, Transcribed, field_names,
};

use self::store::{Source, Store};
use super::{ole, rtf};
use crate::draft::{Draft, DraftField, Scribe};
use crate::format::web::html;
use crate::input::{Input, Tools, Watcher};

/// Name and version of this reader.
const READER: &str = "msg 1";

/// Recipients of one message.
const RECIPIENTS_MAX: usize = 10_000;

/// Reads an MSG message.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let Some(mut source) = Source::open(input.bytes) else {
        let notice = Notice::new(
            NoticeLevel::Refused,
            "msg.broken",
            "The file is cut or damaged: the message in it cannot be found.",
        );
        return Draft::refused(
            READER,
            notice.next("Ask for another copy, saved again from the mail program."),
        );
    };
    let message = Store::read(&mut source, Path::new("/"), 32, None);
    let mut letter = Letter {
        scribe: Scribe::new(READER, tools.limits.text_bytes),
        fields: Vec::new(),
        notices: Vec::new(),
        first: true,
    };
    letter.header(&mut source, &message);
    let draft = body(letter, &mut source, &message, tools, watcher);
    attachments(&mut source, &message, tools, watcher);
    draft
}

struct Letter {
    scribe: Scribe,
    fields: Vec<DraftField>,
    notices: Vec<Notice>,
    first: bool,
}

/// A person with a name, an address, or both.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Person {
    name: String,
    address: String,
}

impl Person {
    fn new(name: Option<String>, address: Option<String>) -> Option<Self> {
        let one_line = |words: String| words.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = one_line(name.unwrap_or_default());
        let address = one_line(address.unwrap_or_default());
        let name = name.trim_matches(['\'', '"']).to_owned();
        (!name.is_empty() || !address.is_empty()).then_some(Self { name, address })
    }

    /// `Ana Ríos <ana@diario.example>`; the inner addresses of an Exchange
    /// server say nothing to a reader where there is a name.
    fn shown(&self) -> String {
        let inner = self.address.starts_with("/o=") || self.address.starts_with("/O=");
        match (self.name.is_empty(), self.address.is_empty() || inner) {
            (true, _) => self.address.clone(),
            (false, true) => self.name.clone(),
            (false, false) if self.name == self.address => self.name.clone(),
            (false, false) => format!("{} <{}>", self.name, self.address),
        }
    }
}

impl Letter {
    fn header(&mut self, source: &mut Source<'_>, message: &Store) {
        let mut person = |name: u16, addresses: [u16; 2]| {
            let [first, second] = addresses;
            let address = message
                .words(source, first)
                .or_else(|| message.words(source, second));
            Person::new(message.words(source, name), address)
        };
        let sender = person(0x0C1A, [0x5D01, 0x0C1F]);
        let from = person(0x0042, [0x5D02, 0x0065]).or_else(|| sender.clone());
        let sender = sender.filter(|sender| Some(sender) != from.as_ref());
        self.people("From", "mail.from", &from.into_iter().collect::<Vec<_>>());
        self.people(
            "Sender",
            "mail.sender",
            &sender.into_iter().collect::<Vec<_>>(),
        );
        let recipients = recipients(source, message);
        for (kind, name, field, shown) in [
            (1, "To", "mail.to", 0x0E04),
            (2, "Cc", "mail.cc", 0x0E03),
            (3, "Bcc", "mail.bcc", 0x0E02),
        ] {
            let mut these: Vec<Person> = recipients
                .iter()
                .filter(|(known, _)| *known == kind)
                .map(|(_, person)| person.clone())
                .collect();
            if these.is_empty() {
                let names = message.words(source, shown).unwrap_or_default();
                let names = names.split(';').take(RECIPIENTS_MAX);
                these.extend(names.filter_map(|name| Person::new(Some(name.to_owned()), None)));
            }
            self.people(name, field, &these);
        }
        let date = message.moment(0x0039).or_else(|| message.moment(0x0E06));
        if let Some(date) = date
            && let Some(span) = self.line("Date", &date)
        {
            self.field("mail.date", span, "mail.header.date");
            self.field(field_names::PUBLISHED, span, "mail.header.date");
        }
        if let Some(subject) = message.words(source, 0x0037)
            && let Some(span) = self.line("Subject", &subject)
        {
            self.field("mail.subject", span, "mail.header.subject");
            self.field(field_names::TITLE, span, "mail.header.subject");
        }
        for (property, name, field) in [
            (0x1035, "Message-ID", "mail.message-id"),
            (0x1042, "In-Reply-To", "mail.in-reply-to"),
            (0x1039, "References", "mail.references"),
        ] {
            let words = message.words(source, property).unwrap_or_default();
            for word in words.split_whitespace().take(200) {
                self.simple(name, field, word.trim_matches(['<', '>']));
            }
        }
        let headers = message.words(source, 0x007D).unwrap_or_default();
        if let Some(hop) = first_hop(&headers) {
            self.simple("Received", "mail.received", &hop);
        }
        self.fields.push(DraftField {
            name: field_names::DOCUMENT_KIND.to_owned(),
            value: Some("mail".to_owned()),
            span: None,
            origin: FieldOrigin::Form,
            rule: "mail.header".to_owned(),
        });
    }

    fn people(&mut self, name: &str, field: &str, people: &[Person]) {
        if people.is_empty() {
            return;
        }
        self.begin(name);
        for (i, person) in people.iter().enumerate() {
            if i > 0 {
                self.scribe.push(", ");
            }
            let span = self.scribe.push(&person.shown());
            self.field(field, span, &field.replacen("mail.", "mail.header.", 1));
        }
        self.scribe.end_block();
    }

    fn simple(&mut self, name: &str, field: &str, value: &str) {
        if let Some(span) = self.line(name, value) {
            self.field(field, span, &field.replacen("mail.", "mail.header.", 1));
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

    fn line(&mut self, name: &str, value: &str) -> Option<Span<Transcribed>> {
        let value = value.split_whitespace().collect::<Vec<_>>().join(" ");
        if value.is_empty() {
            return None;
        }
        self.begin(name);
        let span = self.scribe.push(&value);
        self.scribe.end_block();
        Some(span)
    }

    fn field(&mut self, name: &str, span: Span<Transcribed>, rule: &str) {
        if !span.is_empty() {
            self.fields.push(DraftField {
                name: name.to_owned(),
                value: None,
                span: Some(span),
                origin: FieldOrigin::Form,
                rule: rule.to_owned(),
            });
        }
    }
}

/// Recipients with their kind: 1 to, 2 copy, 3 blind copy.
fn recipients(source: &mut Source<'_>, message: &Store) -> Vec<(u32, Person)> {
    let mut found = Vec::new();
    let folders = message.numbered("__recip_version1.0_");
    for folder in folders.into_iter().take(RECIPIENTS_MAX) {
        let store = Store::read(source, &folder, 8, Some(message.code_page()));
        let address = store
            .words(source, 0x39FE)
            .or_else(|| store.words(source, 0x3003));
        let name = store.words(source, 0x3001);
        let kind = store.number(0x0C15).unwrap_or(1) & 0xF;
        if let Some(person) = Person::new(name, address) {
            found.push((kind, person));
        }
    }
    found
}

/// The lowest `Received` line of the header as it was sent: the first server.
fn first_hop(headers: &str) -> Option<String> {
    let mut hop: Option<String> = None;
    let mut inside = false;
    for line in headers.lines().take(10_000) {
        if line.starts_with([' ', '\t']) {
            if inside && let Some(hop) = &mut hop {
                hop.push_str(line);
            }
            continue;
        }
        inside = line
            .get(..9)
            .is_some_and(|name| name.eq_ignore_ascii_case("received:"));
        if inside {
            hop = line.get(9..).map(str::to_owned);
        }
    }
    hop.map(|hop| hop.split_whitespace().collect::<Vec<_>>().join(" "))
        .filter(|hop| !hop.is_empty())
}

/// Writes the body: the plain one, else the HTML, else the one in RTF.
fn body(
    mut letter: Letter,
    source: &mut Source<'_>,
    message: &Store,
    tools: &Tools<'_>,
    watcher: &mut dyn Watcher,
) -> Draft {
    let limits = tools.limits;
    let plain = message.words(source, 0x1000);
    if plain.is_none()
        && let Some((bytes, charset)) = page(source, message)
    {
        let mut draft = html::page_into(letter.scribe, &bytes, charset.as_deref(), tools, watcher);
        letter.fields.append(&mut draft.fields);
        draft.fields = letter.fields;
        letter.notices.append(&mut draft.notices);
        draft.notices = letter.notices;
        return draft;
    }
    if let Some(plain) = plain {
        write_plain(&plain, &mut letter.scribe);
    } else if let Some(packed) = message.bytes(source, 0x1009) {
        match lzfu::unpack(&packed, limits.text_bytes) {
            Some(plain) => {
                let (_, mut notices) = rtf::read_into(&plain, limits, &mut letter.scribe, watcher);
                letter.notices.append(&mut notices);
            }
            None => letter.notices.push(Notice::new(
                NoticeLevel::Damaged,
                "msg.body-broken",
                "The body of the message is packed in a way that cannot be unpacked.",
            )),
        }
    }
    if letter.scribe.is_full() {
        super::damaged::add(&mut letter.notices, "msg", false, false, true);
    }
    Draft {
        transcript: letter.scribe.finish(),
        fields: letter.fields,
        notices: letter.notices,
        ..Draft::default()
    }
}

/// The body in HTML, with its charset where that does not stand in it.
fn page(source: &mut Source<'_>, message: &Store) -> Option<(Vec<u8>, Option<String>)> {
    if let Some(bytes) = message.bytes(source, 0x1013) {
        return Some((bytes, None)).filter(|(bytes, _)| !bytes.is_empty());
    }
    let words = message.words(source, 0x1013)?;
    Some((words.into_bytes(), Some("utf-8".to_owned())))
}

/// Blank lines part paragraphs; lines that begin with `>` are quoted.
fn write_plain(text: &str, scribe: &mut Scribe) {
    let mut run = String::new();
    let mut quoted = false;
    let mut write = |run: &mut String, quoted: bool| {
        let kind = if quoted {
            BlockKind::Quoted
        } else {
            BlockKind::Paragraph
        };
        scribe.block(kind, Place::default(), run);
        run.clear();
    };
    for line in text.lines() {
        let is_quoted = line.starts_with('>');
        if line.trim().is_empty() || is_quoted != quoted {
            write(&mut run, quoted);
            quoted = is_quoted;
        }
        if !line.trim().is_empty() {
            if !run.is_empty() {
                run.push('\n');
            }
            run.push_str(line.trim_end());
        }
    }
    write(&mut run, quoted);
}

/// Hands out attachments: files, packed objects, messages.
fn attachments(
    source: &mut Source<'_>,
    message: &Store,
    tools: &Tools<'_>,
    watcher: &mut dyn Watcher,
) {
    let folders = message.numbered("__attach_version1.0_");
    let count = u32::try_from(folders.len()).unwrap_or(u32::MAX);
    for (i, folder) in folders
        .into_iter()
        .enumerate()
        .take(tools.limits.parts as usize)
    {
        let number = u32::try_from(i + 1).unwrap_or(u32::MAX);
        let store = Store::read(source, &folder, 8, Some(message.code_page()));
        let name = store
            .words(source, 0x3707)
            .or_else(|| store.words(source, 0x3704))
            .or_else(|| store.words(source, 0x3001));
        let name = clean(&name.unwrap_or_default());
        if let Some(bytes) = store.bytes(source, 0x3701) {
            if !bytes.is_empty() {
                let name = named(name, number, "bin");
                for part in ole::unwrap(name, bytes, tools.limits) {
                    watcher.part(part);
                }
            }
        } else if let Some(inside) = store.storage(0x3701) {
            let is_message = source
                .compound
                .is_stream(inside.join("__properties_version1.0"));
            if is_message && let Some(bytes) = inner::message(source, &inside) {
                let mut name = named(name, number, "msg");
                if !name.to_ascii_lowercase().ends_with(".msg") {
                    name.push_str(".msg");
                }
                watcher.part(Part { name, bytes });
            } else {
                let inside = inside.to_string_lossy().into_owned();
                for part in ole::objects(&mut source.compound, &inside, tools.limits) {
                    watcher.part(part);
                }
            }
        }
        watcher.step(number, count);
    }
}

fn named(name: String, number: u32, ending: &str) -> String {
    if name.is_empty() {
        format!("attachment-{number}.{ending}")
    } else {
        name
    }
}

/// A name without folders and without letters that have no shape.
fn clean(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let last: String = last.chars().filter(|c| !c.is_control()).take(255).collect();
    let last = last.trim();
    if last.trim_matches('.').is_empty() {
        String::new()
    } else {
        last.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_shown_as_readers_know_them() {
        let shown = |name: &str, address: &str| {
            Person::new(Some(name.to_owned()), Some(address.to_owned())).map(|p| p.shown())
        };
        assert_eq!(
            shown("Ana", "ana@d.example"),
            Some("Ana <ana@d.example>".to_owned())
        );
        assert_eq!(shown("'Ana'", "/O=ORG/CN=ANA"), Some("Ana".to_owned()));
        assert_eq!(shown("", "a@d.example"), Some("a@d.example".to_owned()));
        assert_eq!(shown("", ""), None);
    }

    #[test]
    fn the_first_hop_is_the_lowest() {
        let headers = "Received: from b\r\n\tby c\r\nSubject: x\r\nReceived: from a\r\n by b\r\n";
        assert_eq!(first_hop(headers), Some("from a by b".to_owned()));
        assert_eq!(first_hop("Subject: x"), None);
    }

    #[test]
    fn names_of_files_lead_nowhere() {
        assert_eq!(clean("..\\..\\x/evil.exe"), "evil.exe");
        assert_eq!(clean(".."), "");
    }
}
