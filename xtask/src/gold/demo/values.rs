//! When and how much, against the tables `time` and `sum` of the key and the
//! dates and amounts that its accounts tell.
//!
//! An expression is found where one of ours shares words with it inside the
//! passage that the key quotes. Its value must be that of the key, to the letter.

use std::collections::BTreeMap;
use std::ops::Range;

use quipu_claims::times::day_of;
use quipu_model::Decimal;
use quipu_model::amount::{AmountExpression, AmountKind};
use quipu_model::time::{TimeExpression, TimeKind};
use quipu_packs::Packs;

use super::{Reading, plain, tables, text};
use crate::Score;
use crate::understand::{Understanding, Understood};

/// A passage of a document that the key quotes.
struct Passage {
    file: String,
    quote: String,
    as_garbled: String,
}

/// What the key says of a date or an amount.
struct Told {
    passage: Passage,
    /// The words; empty where the key does not single them out.
    words: String,
}

impl Told {
    fn new(table: &toml::Table) -> Self {
        Self {
            passage: Passage {
                file: text(table, "file"),
                quote: text(table, "quote"),
                as_garbled: text(table, "as_garbled"),
            },
            words: text(table, "as_written"),
        }
    }

    fn wrong(&self, expected: &str, found: &str) {
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

#[derive(Default)]
struct Share {
    right: usize,
    of: usize,
}

impl Share {
    fn count(&mut self, right: bool) {
        self.of += 1;
        self.right += usize::from(right);
    }

    fn score(&self, what: &str, bar: &str) -> Score {
        let mut score = Score::share(what, self.right, self.of);
        score.note = format!("{bar}{}", score.note);
        score
    }
}

/// Documents understood so far.
struct Library<'a, 'b> {
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
    understood: Understood,
}

/// Fields that tell the day of a document, the first that is there.
const DAYS: [&str; 3] = ["published", "cable.date", "mail.date"];

/// The bar of issue 4 for what is reckoned from the story and for sums.
const BAR: &str = "**95**; ";

pub(super) fn score(
    key: &toml::Table,
    reading: &mut Reading<'_>,
    packs: &Packs,
) -> Result<Vec<Score>, String> {
    let mut library = Library {
        reading,
        understanding: Understanding::new(packs)?,
        known: BTreeMap::new(),
    };
    let mut scores = times(key, &mut library);
    scores.extend(sums(key, &mut library));
    scores.extend(accounts(key, &mut library));
    Ok(scores)
}

/// The table `time`.
fn times(key: &toml::Table, library: &mut Library<'_, '_>) -> Vec<Score> {
    let (mut all, mut anchored) = (Share::default(), Share::default());
    let mut by_anchor: BTreeMap<&str, Share> = BTreeMap::new();
    for table in tables(key, "time") {
        let told = Told::new(table);
        let edtf = text(table, "edtf");
        let anchor = text(table, "anchored_on");
        let found = library.times(&told);
        let best = found
            .iter()
            .find(|time| same_time(time, &edtf))
            .or(found.first());
        let right = best.is_some_and(|time| same_time(time, &edtf));
        all.count(right);
        let kind = match anchor.split_once(':') {
            Some(("story", _)) => "story",
            Some(_) => "document",
            None => "itself",
        };
        by_anchor.entry(kind).or_default().count(right);
        anchored.count(best.is_some_and(|time| anchor_of(time) == kind));
        if !right {
            told.wrong(&format!("{edtf} ({anchor})"), &show_times(&found));
        }
    }
    let mut scores = vec![all.score("times of the key", BAR)];
    for (kind, what, bar) in [
        ("story", "times reckoned from the story", BAR),
        ("document", "times reckoned from the document", ""),
        ("itself", "times that stand by themselves", ""),
    ] {
        let share = by_anchor.remove(kind).unwrap_or_default();
        scores.push(share.score(what, bar));
    }
    scores.push(anchored.score("reckoned from what the key says", ""));
    scores
}

/// The table `sum`.
fn sums(key: &toml::Table, library: &mut Library<'_, '_>) -> Vec<Score> {
    let mut all = Share::default();
    for table in tables(key, "sum") {
        let told = Told::new(table);
        let found = library.amounts(&told);
        let right = found.iter().any(|amount| same_sum(amount, table));
        all.count(right);
        if !right {
            told.wrong(&show_sum(table), &show_amounts(&found));
        }
    }
    vec![all.score("sums of the key", BAR)]
}

/// What the accounts of the key's events tell: a date in words of their own, an
/// amount somewhere in the quotation.
fn accounts(key: &toml::Table, library: &mut Library<'_, '_>) -> Vec<Score> {
    let (mut dates, mut amounts) = (Share::default(), Share::default());
    let accounts = tables(key, "event").flat_map(|event| tables(event, "accounts"));
    for account in accounts {
        let told = Told::new(account);
        let edtf = text(account, "edtf");
        if !told.words.is_empty() && !edtf.is_empty() {
            let found = library.times(&told);
            let right = found.iter().any(|time| same_time(time, &edtf));
            dates.count(right);
            if !right {
                told.wrong(&edtf, &show_times(&found));
            }
        }
        if let Some(table) = account.get("amount").and_then(toml::Value::as_table) {
            let told = Told {
                words: String::new(),
                ..told
            };
            // The length of a sentence is a time.
            let (right, found) = if text(table, "unit") == "years" {
                let found = library.times(&told);
                let length = format!("P{}Y", number(table).unwrap_or_default());
                let right = found.iter().any(|time| same_time(time, &length));
                (right, show_times(&found))
            } else {
                let found = library.amounts(&told);
                let right = found.iter().any(|amount| same_sum(amount, table));
                (right, show_amounts(&found))
            };
            amounts.count(right);
            if !right {
                told.wrong(&show_sum(table), &found);
            }
        }
    }
    vec![
        dates.score("dates in the words of accounts", BAR),
        amounts.score("sums and counts in accounts", BAR),
    ]
}

impl Library<'_, '_> {
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
        let day = DAYS
            .iter()
            .find_map(|name| day_of(document.field(name)?.value.get(..10)?));
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
    fn times(&mut self, told: &Told) -> Vec<TimeExpression> {
        let Some((page, range)) = self.find(told) else {
            return Vec::new();
        };
        let all = page.understood.times.iter();
        all.filter(|time| meet(&time.span.range(), &range))
            .cloned()
            .collect()
    }

    /// Amounts that share words with what is told.
    fn amounts(&mut self, told: &Told) -> Vec<AmountExpression> {
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

/// A length and an hour have their value in TIMEX3.
fn same_time(time: &TimeExpression, edtf: &str) -> bool {
    let value = &time.value;
    match time.kind {
        TimeKind::Date => value.edtf == edtf,
        _ => value.edtf == edtf || value.timex == edtf,
    }
}

fn anchor_of(time: &TimeExpression) -> &'static str {
    match (time.value.anchored_on, time.value.reference) {
        (Some(_), _) => "story",
        (None, Some(_)) => "document",
        (None, None) => "itself",
    }
}

fn number(table: &toml::Table) -> Option<String> {
    match table.get("value")? {
        toml::Value::Integer(whole) => Some(whole.to_string()),
        toml::Value::Float(number) => Some(number.to_string()),
        _ => None,
    }
}

/// Value, unit and rate of the key; of `people` only that they are counted.
fn same_sum(amount: &AmountExpression, table: &toml::Table) -> bool {
    let value = number(table).as_deref().and_then(Decimal::parse);
    let unit = text(table, "unit");
    let unit_same = match unit.as_str() {
        "people" => amount.kind == AmountKind::Count,
        unit => amount.unit.as_deref() == Some(unit),
    };
    let per = text(table, "per");
    value.is_some()
        && amount.value == value
        && unit_same
        && amount.per.as_deref().unwrap_or("") == per
}

fn show_times(found: &[TimeExpression]) -> String {
    let shown = found.iter().map(|time| {
        format!(
            "{} = {} {} ({})",
            time.value.as_written, time.value.edtf, time.value.timex, time.rule
        )
    });
    shown.collect::<Vec<_>>().join(" | ")
}

fn show_sum(table: &toml::Table) -> String {
    let number = number(table).unwrap_or_default();
    format!("{number} {} {}", text(table, "unit"), text(table, "per"))
        .trim()
        .to_owned()
}

fn show_amounts(found: &[AmountExpression]) -> String {
    let shown = found.iter().map(|amount| {
        let value = amount
            .value
            .map_or_else(|| "?".to_owned(), |n| n.to_string());
        format!(
            "{} = {value} {} {} ({})",
            amount.as_written,
            amount.unit.as_deref().unwrap_or("?"),
            amount.per.as_deref().unwrap_or(""),
            amount.rule
        )
    });
    shown.collect::<Vec<_>>().join(" | ")
}
