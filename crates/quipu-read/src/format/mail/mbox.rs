//! Mailboxes: messages one after the other, each opened by a `From ` line.

use mail_parser::MessageParser;
use memchr::memmem;

use super::eml::{one_line, shown};
use crate::draft::Draft;
use crate::format::container::Listing;
use crate::format::dates;
use crate::input::{Input, Tools, Watcher};

/// Reads a mailbox: every message goes out as a part, and a table lists them.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let bytes = input.bytes;
    let starts = starts(bytes);
    let mut list = Listing::new("mbox 1", bytes.len(), tools.limits, watcher);
    let parser = MessageParser::default();
    for (i, start) in starts.iter().enumerate() {
        list.step(i, starts.len());
        let end = starts.get(i + 1).copied().unwrap_or(bytes.len());
        let entry = bytes.get(*start..end).unwrap_or_default();
        let opening = entry
            .iter()
            .position(|byte| *byte == b'\n')
            .map_or(entry.len(), |n| n + 1);
        let message = unquoted(entry.get(opening..).unwrap_or_default());
        let head = parser.parse_headers(message.as_slice());
        let cell = |found: Option<String>| found.unwrap_or_default();
        let date = head
            .as_ref()
            .and_then(|head| head.date())
            .map(dates::of_mail);
        let from = head
            .as_ref()
            .and_then(|head| head.from()?.first().map(shown));
        let subject = head.as_ref().and_then(|head| head.subject().map(one_line));
        list.row(&[&cell(date), &cell(from), &cell(subject)]);
        if list.takes_more() {
            list.part(format!("message-{:05}.eml", i + 1), message);
        }
    }
    list.finish()
}

/// Where messages start: at `From ` lines behind an empty line. The line must
/// hold a time, or any letter with a line that begins so would be cut in two.
fn starts(bytes: &[u8]) -> Vec<usize> {
    let mut starts = Vec::new();
    for at in std::iter::once(0).chain(memmem::find_iter(bytes, b"\nFrom ").map(|at| at + 1)) {
        let line = bytes.get(at..).unwrap_or_default();
        let line = line
            .get(..line.iter().take(300).position(|b| *b == b'\n').unwrap_or(0))
            .unwrap_or_default();
        let before = bytes.get(..at).unwrap_or_default();
        let fresh = before.is_empty() || before.ends_with(b"\n\n") || before.ends_with(b"\n\r\n");
        if fresh && line.starts_with(b"From ") && has_time(line) {
            starts.push(at);
        }
    }
    starts
}

fn has_time(line: &[u8]) -> bool {
    line.windows(5).any(|w| {
        w[0].is_ascii_digit()
            && w[1].is_ascii_digit()
            && w[2] == b':'
            && w[3].is_ascii_digit()
            && w[4].is_ascii_digit()
    })
}

/// Takes back the `>` that mailboxes put before lines like their own marks.
fn unquoted(message: &[u8]) -> Vec<u8> {
    let mut made = Vec::with_capacity(message.len());
    for line in message.split_inclusive(|byte| *byte == b'\n') {
        let signs = line.iter().take_while(|byte| **byte == b'>').count();
        let marked = signs > 0
            && line
                .get(signs..)
                .is_some_and(|rest| rest.starts_with(b"From "));
        made.extend_from_slice(if marked { &line[1..] } else { line });
    }
    // The empty line before the next mark belongs to the mailbox.
    let end = made.len() - usize::from(made.ends_with(b"\n"));
    made.truncate(end);
    made
}
