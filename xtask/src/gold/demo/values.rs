//! When and how much, against the tables `time` and `sum` of the key and the
//! dates and amounts that its accounts tell.
//!
//! An expression is found where one of ours shares words with it inside the
//! passage that the key quotes. Its value must be that of the key, to the letter.

use std::collections::BTreeMap;

use quipu_model::Decimal;
use quipu_model::amount::{AmountExpression, AmountKind};
use quipu_model::time::{TimeExpression, TimeKind};
use quipu_packs::Packs;

use super::pages::{Library, Told};
use super::{Reading, tables, text};
use crate::Score;

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

/// The bar of issue 4 for what is reckoned from the story and for sums.
const BAR: &str = "**95**; ";

pub(super) fn score(
    key: &toml::Table,
    reading: &mut Reading<'_>,
    packs: &Packs,
) -> Result<Vec<Score>, String> {
    let mut library = Library::new(reading, packs)?;
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
            let told = told.whole();
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
            on_one_line(&time.value.as_written),
            time.value.edtf,
            time.value.timex,
            time.rule
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
            on_one_line(&amount.as_written),
            amount.unit.as_deref().unwrap_or("?"),
            amount.per.as_deref().unwrap_or(""),
            amount.rule
        )
    });
    shown.collect::<Vec<_>>().join(" | ")
}

fn on_one_line(words: &str) -> String {
    words.split_whitespace().collect::<Vec<_>>().join(" ")
}
