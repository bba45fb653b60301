//! Where on a page the words stand that the key quotes, and what is understood
//! of them.

use std::collections::BTreeMap;
use std::ops::Range;

use quipu_claims::times::day_of;
use quipu_model::Reading as DocumentReading;
use quipu_model::amount::AmountExpression;
use quipu_model::time::TimeExpression;
use quipu_packs::Packs;

use super::{Reading, plain, text};
use crate::understand::Understanding;

/// A passage of a document that the key quotes.
struct Passage {
    file: String,
    quote: String,
    as_garbled: String,
}

/// What the key says of a date or an amount.
pub(super) struct Told {
    passage: Passage,
    /// The words; empty where the key does not single them out.
    pub(super) words: String,
}

impl Told {
    /// From a table of the key.
    pub(super) fn new(table: &toml::Table) -> Self {
        Self {
            passage: Passage {
                file: text(table, "file"),
                quote: text(table, "quote"),
                as_garbled: text(table, "as_garbled"),
            },
            words: text(table, "as_written"),
        }
    }

    /// The whole quotation, whatever its words.
    pub(super) fn whole(self) -> Self {
        Self {
            words: String::new(),
            ..self
        }
    }

    /// Tells what is wrong.
    pub(super) fn wrong(&self, expected: &str, found: &str) {
        let words = if self.words.is_empty() {
            &self.passage.quote
        } else {
            &self.words
        };
        println!(
            "  {}: {words}: expected `{expected}`, found `{found}`",
            self.passage.file
        );
    }
}

/// Documents understood so far.
pub(super) struct Library<'a, 'b> {
    reading: &'a mut Reading<'b>,
    understanding: Understanding,
    known: BTreeMap<String, Option<Page>>,
}

/// A document with its letters and digits alone, and where each stands.
struct Page {
    text: String,
    plain: String,
    /// For each byte of `plain`, the range of the character in `text`.
    places: Vec<Range<usize>>,
    understood: DocumentReading,
}

impl<'a, 'b> Library<'a, 'b> {
    /// Nothing read yet.
    pub(super) fn new(reading: &'a mut Reading<'b>, packs: &Packs) -> Result<Self, String> {
        Ok(Self {
            reading,
            understanding: Understanding::new(packs)?,
            known: BTreeMap::new(),
        })
    }

    fn page(&mut self, file: &str) -> Option<&Page> {
        if !self.known.contains_key(file) {
            let page = self.understand(file);
            self.known.insert(file.to_owned(), page);
        }
        self.known.get(file)?.as_ref()
    }

    fn understand(&mut self, file: &str) -> Option<Page> {
        let document = self.reading.document(file)?;
        let text = document.repaired.text.clone();
        // The hour of a mail is left out.
        let day = document
            .field("published")
            .and_then(|field| day_of(field.value.get(..10)?));
        let understood = self.understanding.read(&text, &document.sentences, day);
        let (mut letters, mut places) = (String::new(), Vec::new());
        for (at, c) in text.char_indices() {
            for plain in plain(c.encode_utf8(&mut [0; 4])).chars() {
                letters.push(plain);
                places.extend(std::iter::repeat_n(at..at + c.len_utf8(), plain.len_utf8()));
            }
        }
        Some(Page {
            text,
            plain: letters,
            places,
            understood,
        })
    }

    /// Times that share words with what is told.
    pub(super) fn times(&mut self, told: &Told) -> Vec<TimeExpression> {
        let Some((page, range)) = self.find(told) else {
            return Vec::new();
        };
        let all = page.understood.times.iter();
        all.filter(|time| meet(&time.span.range(), &range))
            .cloned()
            .collect()
    }

    /// Amounts that share words with what is told.
    pub(super) fn amounts(&mut self, told: &Told) -> Vec<AmountExpression> {
        let Some((page, range)) = self.find(told) else {
            return Vec::new();
        };
        let all = page.understood.amounts.iter();
        all.filter(|amount| meet(&amount.span.range(), &range))
            .cloned()
            .collect()
    }

    /// The page and where on it the words stand, or else the whole quotation.
    fn find(&mut self, told: &Told) -> Option<(&Page, Range<usize>)> {
        let passage = &told.passage;
        // What a mailbox or an archive says stands in its parts.
        for file in self.reading.names(&passage.file) {
            let Some(place) = self.page(&file).and_then(|page| page.find(told)) else {
                continue;
            };
            return Some((self.page(&file)?, place));
        }
        println!("  {}: not there: {}", passage.file, passage.quote);
        None
    }
}

impl Page {
    /// Bytes of the text where what is told stands.
    fn find(&self, told: &Told) -> Option<Range<usize>> {
        let (quote, garbled) = (&told.passage.quote, &told.passage.as_garbled);
        let forms = [quote.clone(), garbled.clone(), iso_days(quote)];
        let quote = forms
            .iter()
            .filter(|quote| !quote.is_empty())
            .find_map(|quote| self.place(quote, 0..self.plain.len()));
        let place = if told.words.is_empty() {
            quote?
        } else {
            // Tracked changes part the words of a quotation.
            let within = quote.unwrap_or(0..self.plain.len());
            let words = [told.words.clone(), iso_days(&told.words)];
            words
                .iter()
                .find_map(|words| self.place(words, within.clone()))?
        };
        let (first, last) = (
            self.places.get(place.start)?,
            self.places.get(place.end - 1)?,
        );
        Some(first.start..last.end)
    }

    /// Where in the letters the words stand as whole words.
    fn place(&self, words: &str, within: Range<usize>) -> Option<Range<usize>> {
        let wanted = plain(words);
        let from = within.start;
        let inside = self.plain.get(within)?;
        let mut places = inside
            .match_indices(&wanted)
            .map(|(at, found)| from + at..from + at + found.len());
        places.find(|place| !wanted.is_empty() && self.whole(place))
    }

    /// Whether no letter or digit touches the words in the text.
    fn whole(&self, place: &Range<usize>) -> bool {
        let (Some(first), Some(last)) =
            (self.places.get(place.start), self.places.get(place.end - 1))
        else {
            return false;
        };
        let before = self.text[..first.start].chars().next_back();
        let after = self.text[last.end..].chars().next();
        let touches = |c: Option<char>| c.is_some_and(char::is_alphanumeric);
        !touches(before) && !touches(after)
    }
}

/// The words with days such as `12/02/1991` as a spreadsheet's cells give them
/// when they are read: `1991-02-12`.
fn iso_days(words: &str) -> String {
    let day = |word: &str| {
        let parts: Vec<&str> = word.split('/').collect();
        match parts.as_slice() {
            [day, month, year] if year.len() == 4 => format!("{year}-{month}-{day}"),
            _ => word.to_owned(),
        }
    };
    words.split(' ').map(day).collect::<Vec<_>>().join(" ")
}

fn meet(a: &Range<usize>, b: &Range<usize>) -> bool {
    a.start < b.end && b.start < a.end
}
