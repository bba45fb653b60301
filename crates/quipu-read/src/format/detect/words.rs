//! Formats made of words: mail, web pages, tables, Markdown, plain text.

use super::super::Format;

/// How much of a text is looked at.
const LOOK: usize = 64 << 10;

/// Which format of words these bytes are in; `Unknown` when they are no words.
pub(super) fn detect(bytes: &[u8], name: &str) -> Format {
    let opening = &bytes[..bytes.len().min(LOOK)];
    let Some(text) = glance(opening) else {
        return Format::Unknown;
    };
    let text = text.as_str();
    let ending = ending(name);
    let named = |format: Format| format.endings().contains(&ending.as_str());
    if text.trim_start().starts_with("{\\rtf") {
        Format::Rtf
    } else if is_mailbox(text) {
        Format::Mbox
    } else if is_mail(text) {
        if is_saved_page(text) {
            Format::Mhtml
        } else {
            Format::Eml
        }
    } else if is_page(text) {
        Format::Html
    } else if named(Format::Csv) {
        Format::Csv
    } else if named(Format::Markdown) || has_yaml_head(text) {
        Format::Markdown
    } else if !named(Format::Text) && is_table(text) {
        Format::Csv
    } else {
        Format::Text
    }
}

/// The ending of a file name, in lower case, without the dot.
pub(in crate::format) fn ending(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    last.rsplit_once('.')
        .map(|(_, ending)| ending.to_ascii_lowercase())
        .unwrap_or_default()
}

/// The opening as text good enough to look at; `None` for bytes that are no
/// text in any charset.
fn glance(opening: &[u8]) -> Option<String> {
    let wide = |two: fn([u8; 2]) -> u16, from: usize| {
        let units = opening.get(from..).unwrap_or_default().chunks_exact(2);
        let units: Vec<u16> = units.map(|unit| two([unit[0], unit[1]])).collect();
        String::from_utf16_lossy(&units)
    };
    match opening {
        [0xEF, 0xBB, 0xBF, rest @ ..] => Some(String::from_utf8_lossy(rest).into_owned()),
        [0xFF, 0xFE, 0, 0, ..] | [0, 0, 0xFE, 0xFF, ..] => Some(
            opening
                .iter()
                .filter(|b| b.is_ascii() && **b != 0)
                .map(|b| char::from(*b))
                .collect(),
        ),
        [0xFF, 0xFE, ..] => Some(wide(u16::from_le_bytes, 2)),
        [0xFE, 0xFF, ..] => Some(wide(u16::from_be_bytes, 2)),
        _ => {
            if let Some(narrow) = narrowed(opening) {
                return is_mostly_text(&narrow)
                    .then(|| narrow.iter().map(|byte| char::from(*byte)).collect());
            }
            if !is_mostly_text(opening) {
                return None;
            }
            Some(opening.iter().map(|byte| char::from(*byte)).collect())
        }
    }
}

/// UTF-16 or UTF-32 without a mark, its zero bytes taken out: Latin text has
/// them at every second place, or at three of four.
fn narrowed(opening: &[u8]) -> Option<Vec<u8>> {
    let even = opening.iter().step_by(2).filter(|byte| **byte == 0).count();
    let all = opening.iter().filter(|byte| **byte == 0).count();
    let wide = even.max(all - even) * 10 >= all * 9 && all * 10 >= opening.len() * 3;
    (wide || all * 10 >= opening.len() * 7)
        .then(|| opening.iter().filter(|byte| **byte != 0).copied().collect())
}

/// Whether most of the bytes are text. Text with a damaged stretch is text;
/// programs and packed data have control bytes everywhere (one in ten).
fn is_mostly_text(opening: &[u8]) -> bool {
    let control = |byte: &&u8| matches!(byte, 0..=8 | 0x0E..=0x1A | 0x1C..=0x1F);
    let windows = opening.chunks(256);
    let count = windows.len();
    let sound =
        windows.filter(|window| window.iter().filter(control).count() * 20 <= window.len() + 40);
    sound.count() * 10 >= count * 7
}

/// Header names that open mails and nothing else.
const MAIL_NAMES: [&str; 19] = [
    "received",
    "from",
    "to",
    "cc",
    "bcc",
    "subject",
    "date",
    "message-id",
    "mime-version",
    "content-type",
    "return-path",
    "delivered-to",
    "reply-to",
    "in-reply-to",
    "references",
    "sender",
    "content-transfer-encoding",
    "x-mozilla-status",
    "snapshot-content-location",
];

/// The header lines at the top of a text: name in lower case and value.
fn head_lines(text: &str) -> Vec<(String, &str)> {
    let mut found = Vec::new();
    // Apple Mail opens with the length of the message on a line of its own.
    let count = |line: &&str| line.trim().bytes().all(|byte| byte.is_ascii_digit());
    let mut lines = text.lines().skip_while(count);
    let mut first = true;
    for line in lines.by_ref().take(200) {
        if line.trim().is_empty() {
            break;
        }
        let skip = first && (line.starts_with("From ") || line.starts_with(">From "));
        first = false;
        if skip || line.starts_with([' ', '\t']) {
            continue;
        }
        let Some((name, value)) = line.split_once(':') else {
            return Vec::new();
        };
        let fits =
            !name.is_empty() && name.len() <= 64 && name.bytes().all(|b| b.is_ascii_graphic());
        if !fits {
            return Vec::new();
        }
        found.push((name.to_ascii_lowercase(), value.trim()));
    }
    found
}

/// A mail opens with header lines, two of them of those that only mail has:
/// a memo with `To:` and `From:` typed by hand has no machine's line among them.
fn is_mail(text: &str) -> bool {
    const MACHINE: [&str; 10] = [
        "received",
        "message-id",
        "mime-version",
        "content-type",
        "return-path",
        "delivered-to",
        "content-transfer-encoding",
        "x-mozilla-status",
        "snapshot-content-location",
        "x-mailer",
    ];
    let head = head_lines(text);
    let has = |name: &str| head.iter().any(|(found, _)| found == name);
    let known = head
        .iter()
        .filter(|(name, _)| MAIL_NAMES.contains(&name.as_str()))
        .count();
    let address = head.iter().any(|(name, value)| {
        matches!(name.as_str(), "from" | "to" | "sender") && value.contains('@')
    });
    known >= 2
        && (head
            .iter()
            .any(|(name, _)| MACHINE.contains(&name.as_str())))
        || known >= 3 && address && has("from") && (has("subject") || has("date"))
}

fn is_saved_page(text: &str) -> bool {
    let head = head_lines(text);
    let value = |name: &str| {
        head.iter()
            .find(|(found, _)| found == name)
            .map(|(_, value)| *value)
    };
    if value("snapshot-content-location").is_some() {
        return true;
    }
    let related =
        value("content-type").is_some_and(|v| v.to_ascii_lowercase().contains("multipart/related"));
    let saved = value("from")
        .is_some_and(|from| from.starts_with("<Saved by") || from.contains("Saved by"));
    let sent =
        value("to").is_some() || value("received").is_some() || value("message-id").is_some();
    related && (saved || !sent)
}

/// A mailbox opens with `From ` and a time, and header lines follow.
fn is_mailbox(text: &str) -> bool {
    let text = text.trim_start_matches(['\n', '\r']);
    let Some(line) = text.lines().next() else {
        return false;
    };
    let Some(rest) = line.strip_prefix("From ") else {
        return false;
    };
    let clock = rest.as_bytes().windows(5).any(|w| {
        w[0].is_ascii_digit() && w[1].is_ascii_digit() && w[2] == b':' && w[3].is_ascii_digit()
    });
    clock && !head_lines(text).is_empty()
}

/// A web page names one of its elements at the top, or has many of them.
fn is_page(text: &str) -> bool {
    let lower: String = text
        .chars()
        .take(4096)
        .map(|c| c.to_ascii_lowercase())
        .collect();
    let mut rest = lower.trim_start_matches(|c: char| c.is_whitespace() || c == '\u{feff}');
    loop {
        let skip = if rest.starts_with("<?xml") {
            rest.find("?>").map(|n| n + 2)
        } else if rest.starts_with("<!--") {
            rest.find("-->").map(|n| n + 3)
        } else {
            None
        };
        match skip.and_then(|n| rest.get(n..)) {
            Some(after) => rest = after.trim_start(),
            None => break,
        }
    }
    const OPEN: [&str; 12] = [
        "<!doctype html",
        "<html",
        "<head",
        "<body",
        "<title",
        "<meta",
        "<script",
        "<style",
        "<table",
        "<div",
        "<frameset",
        "<article",
    ];
    if OPEN.iter().any(|open| rest.starts_with(open)) {
        return true;
    }
    const INSIDE: [&str; 10] = [
        "</p>", "</div>", "</a>", "</td>", "</span>", "</li>", "<br", "</h1>", "</title>", "</b>",
    ];
    rest.starts_with('<') && INSIDE.iter().filter(|tag| lower.contains(**tag)).count() >= 2
}

/// YAML between two lines of three hyphens.
fn has_yaml_head(text: &str) -> bool {
    let mut lines = text.lines();
    if lines.next().map(str::trim_end) != Some("---") {
        return false;
    }
    let mut keys = 0;
    for line in lines.take(200) {
        if matches!(line.trim_end(), "---" | "...") {
            return keys > 0;
        }
        let key = line.split(':').next().unwrap_or_default();
        let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '-' | '_' | '.');
        if key.len() < line.len() && !key.is_empty() && key.chars().all(plain) {
            keys += 1;
        }
    }
    false
}

/// A table of plain text: at least five lines that all have the same number
/// of the same separator, at least two of it.
fn is_table(text: &str) -> bool {
    [';', '\t', '|', ','].iter().any(|separator| {
        let mut counts = text
            .lines()
            .take(50)
            .filter(|line| !line.trim().is_empty())
            .map(|line| unquoted(line, *separator));
        let Some(first) = counts.next() else {
            return false;
        };
        let mut lines = 1;
        // The last line may be cut by the end of the look.
        let all: Vec<usize> = counts.collect();
        let whole = if text.len() < LOOK {
            &all[..]
        } else {
            &all[..all.len().saturating_sub(1)]
        };
        for count in whole {
            if *count != first {
                return false;
            }
            lines += 1;
        }
        first >= 2 && lines >= 5
    })
}

fn unquoted(line: &str, separator: char) -> usize {
    let mut quoted = false;
    let mut count = 0;
    for c in line.chars() {
        if c == '"' {
            quoted = !quoted;
        } else if c == separator && !quoted {
            count += 1;
        }
    }
    count
}
