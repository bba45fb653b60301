//! Marks inside a line of Markdown: emphasis, links, code.

use quipu_model::MarkKind;

use crate::draft::Scribe;
use crate::format::web::entities;

/// The longest words of a link and the longest address.
const LINK_MAX: usize = 2000;

/// A stretch of Markdown with its marks understood.
pub(super) struct Inline<'a> {
    text: &'a str,
    /// Bytes that are marks and not words.
    dropped: Vec<std::ops::Range<usize>>,
    /// Words of links with where they lead.
    links: Vec<(std::ops::Range<usize>, String)>,
}

impl<'a> Inline<'a> {
    pub(super) fn new(text: &'a str) -> Self {
        let mut made = Self {
            text,
            dropped: Vec::new(),
            links: Vec::new(),
        };
        made.scan();
        made.dropped.sort_by_key(|range| range.start);
        made
    }

    fn scan(&mut self) {
        let bytes = self.text.as_bytes();
        let mut emphasis: Vec<Run> = Vec::new();
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            at = match byte {
                b'\\' if bytes.get(at + 1).is_some_and(u8::is_ascii_punctuation) => {
                    self.dropped.push(at..at + 1);
                    at + 2
                }
                b'\\' if bytes.get(at + 1) == Some(&b'\n') => {
                    self.dropped.push(at..at + 1);
                    at + 1
                }
                b'`' => self.code(at),
                b'!' if bytes.get(at + 1) == Some(&b'[') => self.link(at, 2).unwrap_or(at + 1),
                b'[' => self.link(at, 1).unwrap_or(at + 1),
                b'<' => self.tag(at).unwrap_or(at + 1),
                b'*' | b'_' | b'~' => {
                    let run = Run::at(self.text, at);
                    let end = run.end;
                    emphasis.push(run);
                    end
                }
                _ => at + 1,
            };
        }
        self.emphasis(&emphasis);
    }

    /// `` `code` ``: the signs go, what is between them is left alone.
    fn code(&mut self, at: usize) -> usize {
        let bytes = self.text.as_bytes();
        let length = bytes[at..].iter().take_while(|byte| **byte == b'`').count();
        let near = self.text.get(at + length..).unwrap_or_default();
        let near = &near[..near.floor_char_boundary(LINK_MAX)];
        let close = near.find(&"`".repeat(length));
        match close {
            Some(found) => {
                let end = at + length + found;
                self.dropped.push(at..at + length);
                self.dropped.push(end..end + length);
                end + length
            }
            None => at + length,
        }
    }

    /// `[words](address "title")`; the words are scanned for marks as well.
    fn link(&mut self, at: usize, opening: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let start = at + opening;
        let window = bytes.get(start..(start + LINK_MAX).min(bytes.len()))?;
        let close = start + window.iter().position(|byte| *byte == b']')?;
        if bytes.get(close + 1) != Some(&b'(') {
            return None;
        }
        let window = bytes.get(close + 2..(close + 2 + LINK_MAX).min(bytes.len()))?;
        let end = close + 2 + window.iter().position(|byte| *byte == b')')?;
        let target = self.text.get(close + 2..end)?.trim();
        let target = target.split([' ', '\n']).next().unwrap_or_default();
        let target = target.trim_start_matches('<').trim_end_matches('>');
        self.dropped.push(at..start);
        self.dropped.push(close..end + 1);
        if opening == 1 && !target.is_empty() {
            self.links.push((start..close, target.to_owned()));
        }
        Some(end + 1)
    }

    /// `<https://…>` keeps its words; other tags go.
    fn tag(&mut self, at: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        let window = bytes.get(at + 1..(at + 1 + LINK_MAX).min(bytes.len()))?;
        let end = at + 1 + window.iter().position(|byte| *byte == b'>')?;
        let inside = self.text.get(at + 1..end)?;
        let address = inside.contains("://") || (inside.contains('@') && !inside.contains(' '));
        if address && !inside.contains('"') {
            self.dropped.push(at..at + 1);
            self.dropped.push(end..end + 1);
            self.links.push((at + 1..end, inside.to_owned()));
            return Some(end + 1);
        }
        let tag = inside
            .trim_start_matches('/')
            .starts_with(|c: char| c.is_ascii_alphabetic());
        if tag {
            self.dropped.push(at..end + 1);
            return Some(end + 1);
        }
        None
    }

    /// Runs of signs that open and close each other are marks; a sign alone
    /// is a sign.
    fn emphasis(&mut self, runs: &[Run]) {
        let mut open: Vec<&Run> = Vec::new();
        for run in runs {
            let mate = run
                .closes
                .then(|| {
                    open.iter()
                        .rposition(|other| other.sign == run.sign && other.length() == run.length())
                })
                .flatten();
            if let Some(mate) = mate {
                self.dropped.push(open[mate].start..open[mate].end);
                self.dropped.push(run.start..run.end);
                open.truncate(mate);
            } else if run.opens {
                open.push(run);
                if open.len() > 64 {
                    open.remove(0);
                }
            }
        }
    }

    /// Writes the words, and marks the links.
    pub(super) fn write(&self, scribe: &mut Scribe) {
        let mut at = 0;
        let mut links = self.links.iter().peekable();
        let mut open: Option<(usize, &std::ops::Range<usize>, &String)> = None;
        let end = self.text.len()..self.text.len();
        for gap in self.dropped.iter().chain(std::iter::once(&end)) {
            if gap.start >= at {
                let piece = self.text.get(at..gap.start).unwrap_or_default();
                scribe.push(&entities::resolve(piece, false));
            }
            at = at.max(gap.end);
            if let Some((start, range, target)) = open
                && gap.start >= range.end
            {
                let span = quipu_model::Span::from_usize(start, scribe.position());
                scribe.mark(span, MarkKind::Link, None, None, Some(target.clone()));
                open = None;
            }
            if let Some((range, target)) = links.peek()
                && range.start <= at
                && open.is_none()
            {
                open = Some((scribe.position(), range, target));
                links.next();
            }
        }
    }
}

/// A run of one sign.
struct Run {
    sign: u8,
    start: usize,
    end: usize,
    opens: bool,
    closes: bool,
}

impl Run {
    fn at(text: &str, start: usize) -> Self {
        let bytes = text.as_bytes();
        let sign = bytes[start];
        let end = start
            + bytes[start..]
                .iter()
                .take_while(|byte| **byte == sign)
                .count();
        let before = text[..start].chars().next_back().unwrap_or(' ');
        let after = text[end..].chars().next().unwrap_or(' ');
        let word = |c: char| c.is_alphanumeric();
        let fits = (sign != b'~' || end - start == 2) && end - start <= 3;
        Self {
            sign,
            start,
            end,
            opens: fits && !after.is_whitespace() && !word(before),
            closes: fits && !before.is_whitespace() && !word(after),
        }
    }

    const fn length(&self) -> usize {
        self.end - self.start
    }
}
