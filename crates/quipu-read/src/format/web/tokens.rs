//! HTML as a row of tags and texts, by the rules of the HTML standard's
//! tokenizer, without a copy of anything.
//!
//! Every token is a stretch of the page, and the cost is linear whatever the
//! page holds: `docs/decisions/html-tokens.md` says why this is our own.

use std::borrow::Cow;

use memchr::{memchr, memmem};

use super::entities;

/// Attributes kept of one tag; more are read past.
const ATTRIBUTES_MAX: usize = 64;

/// One piece of a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Token<'a> {
    /// Text with its character references still in it.
    Text(&'a str),
    /// Text of a raw element (`script`, `style`): no references in it.
    Raw(&'a str),
    /// A start tag; its attributes are asked of [`Tokens::attribute`].
    Start {
        /// The name as written.
        name: &'a str,
        /// Whether it ends in `/>`.
        closed: bool,
    },
    /// An end tag.
    End {
        /// The name as written.
        name: &'a str,
    },
}

/// Walks over a page.
#[derive(Debug)]
pub(crate) struct Tokens<'a> {
    page: &'a str,
    at: usize,
    attributes: Vec<(&'a str, &'a str)>,
    /// The raw element just opened, and whether references count in it.
    raw: Option<(&'a str, bool)>,
}

impl<'a> Tokens<'a> {
    /// Starts at the front of a page.
    pub(crate) fn new(page: &'a str) -> Self {
        Self {
            page,
            at: 0,
            attributes: Vec::new(),
            raw: None,
        }
    }

    /// The value of an attribute of the start tag just given, its character
    /// references resolved; the empty string for one without a value.
    pub(crate) fn attribute(&self, name: &str) -> Option<Cow<'a, str>> {
        let found = self
            .attributes
            .iter()
            .find(|(found, _)| found.eq_ignore_ascii_case(name));
        found.map(|(_, value)| entities::resolve(value, true))
    }

    /// The next piece.
    pub(crate) fn next(&mut self) -> Option<Token<'a>> {
        if let Some((name, references)) = self.raw.take() {
            let text = self.raw_text(name);
            if !text.is_empty() {
                return Some(if references {
                    Token::Text(text)
                } else {
                    Token::Raw(text)
                });
            }
        }
        loop {
            let start = self.at;
            if self.opens_tag(start) {
                match self.tag(start) {
                    Some(token) => return Some(token),
                    // A comment or a declaration: go on behind it.
                    None => continue,
                }
            }
            let bytes = self.page.as_bytes();
            let mut end = start;
            loop {
                let Some(found) = memchr(b'<', bytes.get(end..).unwrap_or_default()) else {
                    end = bytes.len();
                    break;
                };
                end += found;
                if self.opens_tag(end) {
                    break;
                }
                end += 1;
            }
            self.at = end;
            let text = self.page.get(start..end).unwrap_or_default();
            return (!text.is_empty()).then_some(Token::Text(text));
        }
    }

    fn opens_tag(&self, at: usize) -> bool {
        matches!(
            self.page.as_bytes().get(at..),
            Some([b'<', b'a'..=b'z' | b'A'..=b'Z' | b'/' | b'!' | b'?', ..])
        )
    }

    /// The text of a raw element, up to its end tag or the end of the page.
    fn raw_text(&mut self, name: &str) -> &'a str {
        let bytes = self.page.as_bytes();
        let start = self.at;
        let mut look = start;
        while let Some(found) = bytes.get(look..).and_then(|rest| memchr(b'<', rest)) {
            let at = look + found;
            let after = at + 2 + name.len();
            let named = bytes.get(at + 1) == Some(&b'/')
                && bytes
                    .get(at + 2..after)
                    .is_some_and(|word| word.eq_ignore_ascii_case(name.as_bytes()));
            let ends = matches!(
                bytes.get(after),
                None | Some(b' ' | b'\t' | b'\n' | b'\r' | 0x0C | b'/' | b'>')
            );
            if named && ends {
                self.at = at;
                return self.page.get(start..at).unwrap_or_default();
            }
            look = at + 1;
        }
        self.at = bytes.len();
        self.page.get(start..).unwrap_or_default()
    }

    /// Reads the tag, comment or declaration at `at`; `None` when it gives no
    /// token. Goes on behind it.
    fn tag(&mut self, at: usize) -> Option<Token<'a>> {
        let bytes = self.page.as_bytes();
        match bytes.get(at + 1) {
            Some(b'!') => {
                let rest = bytes.get(at + 2..).unwrap_or_default();
                self.at = if rest.starts_with(b"--") {
                    comment_end(bytes, at)
                } else {
                    past(bytes, at, b'>')
                };
                None
            }
            Some(b'?') => {
                self.at = past(bytes, at, b'>');
                None
            }
            Some(b'/') => {
                if !bytes.get(at + 2).is_some_and(u8::is_ascii_alphabetic) {
                    self.at = past(bytes, at, b'>');
                    return None;
                }
                let end = name_end(bytes, at + 2);
                let name = self.page.get(at + 2..end).unwrap_or_default();
                self.at = self.attributes_end(end).0;
                self.attributes.clear();
                Some(Token::End { name })
            }
            _ => {
                let end = name_end(bytes, at + 1);
                let name = self.page.get(at + 1..end).unwrap_or_default();
                let (after, closed, whole) = self.attributes_end(end);
                self.at = after;
                if !whole {
                    return None;
                }
                let is = |other: &str| name.eq_ignore_ascii_case(other);
                if is("script")
                    || is("style")
                    || is("xmp")
                    || is("iframe")
                    || is("noembed")
                    || is("noframes")
                {
                    self.raw = Some((name, false));
                } else if is("title") || is("textarea") {
                    self.raw = Some((name, true));
                }
                Some(Token::Start { name, closed })
            }
        }
    }

    /// Reads attributes from `at` to behind the `>`: (where that is, whether
    /// the tag closes itself, whether the tag is whole).
    fn attributes_end(&mut self, mut at: usize) -> (usize, bool, bool) {
        let bytes = self.page.as_bytes();
        self.attributes.clear();
        let mut slash = false;
        loop {
            match bytes.get(at) {
                None => return (bytes.len(), false, false),
                Some(b'>') => return (at + 1, slash, true),
                Some(b'/') => {
                    slash = true;
                    at += 1;
                }
                Some(byte) if byte.is_ascii_whitespace() => at += 1,
                Some(_) => {
                    slash = false;
                    at = self.one_attribute(at);
                }
            }
        }
    }

    fn one_attribute(&mut self, start: usize) -> usize {
        let bytes = self.page.as_bytes();
        let mut at = start + 1;
        while let Some(byte) = bytes.get(at) {
            if byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>' | b'=') {
                break;
            }
            at += 1;
        }
        let name = start..at;
        let mut value = at..at;
        let mut look = at;
        while bytes.get(look).is_some_and(u8::is_ascii_whitespace) {
            look += 1;
        }
        if bytes.get(look) == Some(&b'=') {
            look += 1;
            while bytes.get(look).is_some_and(u8::is_ascii_whitespace) {
                look += 1;
            }
            match bytes.get(look) {
                Some(quote @ (b'"' | b'\'')) => {
                    let from = look + 1;
                    let rest = bytes.get(from..).unwrap_or_default();
                    let length = memchr(*quote, rest).unwrap_or(rest.len());
                    value = from..from + length;
                    at = (from + length + 1).min(bytes.len());
                }
                _ => {
                    let from = look;
                    while let Some(byte) = bytes.get(look) {
                        if byte.is_ascii_whitespace() || *byte == b'>' {
                            break;
                        }
                        look += 1;
                    }
                    value = from..look;
                    at = look;
                }
            }
        }
        if self.attributes.len() < ATTRIBUTES_MAX
            && let (Some(name), Some(value)) = (self.page.get(name), self.page.get(value))
        {
            self.attributes.push((name, value));
        }
        at
    }
}

fn name_end(bytes: &[u8], mut at: usize) -> usize {
    while let Some(byte) = bytes.get(at) {
        if byte.is_ascii_whitespace() || matches!(byte, b'/' | b'>') {
            break;
        }
        at += 1;
    }
    at
}

fn past(bytes: &[u8], at: usize, sign: u8) -> usize {
    let rest = bytes.get(at..).unwrap_or_default();
    memchr(sign, rest).map_or(bytes.len(), |found| at + found + 1)
}

/// Behind a comment that opens at `at`; the end of the page when nothing
/// closes it, as browsers do.
fn comment_end(bytes: &[u8], at: usize) -> usize {
    let inside = at + 4;
    let rest = bytes.get(inside..).unwrap_or_default();
    if rest.starts_with(b">") {
        return inside + 1;
    }
    if rest.starts_with(b"->") {
        return inside + 2;
    }
    let mut look = 0;
    while let Some(found) = rest.get(look..).and_then(|rest| memmem::find(rest, b"--")) {
        let after = look + found + 2;
        match rest.get(after..) {
            Some([b'>', ..]) => return inside + after + 1,
            Some([b'!', b'>', ..]) => return inside + after + 2,
            _ => look = after - 1,
        }
    }
    bytes.len()
}

/// Whether a text is nothing but the white space that HTML collapses.
pub(crate) fn is_blank(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_whitespace())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn all(page: &str) -> Vec<Token<'_>> {
        let mut tokens = Tokens::new(page);
        std::iter::from_fn(|| tokens.next()).collect()
    }

    fn start(name: &str) -> Token<'_> {
        Token::Start {
            name,
            closed: false,
        }
    }

    #[test]
    fn tags_texts_and_comments_are_told_apart() {
        let page = "a < b<!-- <p> --><P class=x>c</p ><!doctype html><?xml?><!----><br/>d<";
        let expected = [
            Token::Text("a < b"),
            start("P"),
            Token::Text("c"),
            Token::End { name: "p" },
            Token::Start {
                name: "br",
                closed: true,
            },
            Token::Text("d<"),
        ];
        assert_eq!(all(page), expected);
    }

    #[test]
    fn raw_text_ends_at_its_own_tag_only() {
        let page = "<script>if (a<b) '</p>'</script><title>A &amp; B</title>";
        let expected = [
            start("script"),
            Token::Raw("if (a<b) '</p>'"),
            Token::End { name: "script" },
            start("title"),
            Token::Text("A &amp; B"),
            Token::End { name: "title" },
        ];
        assert_eq!(all(page), expected);
    }

    #[test]
    fn attributes_are_found_in_every_quoting() {
        let mut tokens =
            Tokens::new("<a href='x>y' class = big hidden data-x=\"&quot;\" class=no>");
        tokens.next();
        assert_eq!(tokens.attribute("HREF").as_deref(), Some("x>y"));
        assert_eq!(tokens.attribute("class").as_deref(), Some("big"));
        assert_eq!(tokens.attribute("hidden").as_deref(), Some(""));
        assert_eq!(tokens.attribute("data-x").as_deref(), Some("\""));
        assert_eq!(tokens.attribute("id"), None);
    }

    #[test]
    fn what_is_never_closed_ends_with_the_page() {
        assert_eq!(all("a<!-- b"), [Token::Text("a")]);
        assert_eq!(all("a<p class='"), [Token::Text("a")]);
        assert_eq!(all("<script>x"), [start("script"), Token::Raw("x")]);
    }
}
