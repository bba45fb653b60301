//! Sums without a unit: it stands in the heading of the column, or beside a sum
//! nearby.

use std::collections::BTreeMap;

use quipu_model::{AmountExpression, AmountKind, Decimal, UnitSource};

use crate::patterns::sides::in_class;

use super::finish::Document;
use super::meaning::{Amount, Unit};
use super::table::MoneyCell;
use super::{AmountMachine, Raw};

/// So near stands the sum whose unit is left out, in bytes.
const SENTENCE: usize = 240;
const STORY: u32 = 2000;
const PARAGRAPH: usize = 160;
/// A row of a table is looked at so far on either side, in bytes.
const ROW: usize = 300;
/// So many words before a number may tell that it is money.
const WORDS_BEFORE: usize = 8;

/// Amounts of the numbers that have no unit of their own.
pub(crate) struct Nearby<'a> {
    pub(crate) document: &'a Document<'a>,
    /// Amounts with a unit, in the order of the text.
    pub(crate) amounts: &'a [AmountExpression],
    pub(crate) cells: &'a [MoneyCell],
    /// Where each sum stands first, by its value.
    by_value: BTreeMap<Decimal, usize>,
}

impl<'a> Nearby<'a> {
    pub(crate) fn new(
        document: &'a Document<'a>,
        amounts: &'a [AmountExpression],
        cells: &'a [MoneyCell],
    ) -> Self {
        let mut by_value = BTreeMap::new();
        for (place, amount) in amounts.iter().enumerate() {
            if let (AmountKind::Money, Some(value)) = (amount.kind, amount.value) {
                by_value.entry(value).or_insert(place);
            }
        }
        Self {
            document,
            amounts,
            cells,
            by_value,
        }
    }

    /// The amount of a number whose unit is told elsewhere.
    pub(crate) fn settle(
        &self,
        machine: &AmountMachine,
        raw: &Raw,
        rule: &str,
    ) -> Option<AmountExpression> {
        if let Some(made) = self.in_column(machine, raw, rule) {
            return Some(made);
        }
        if self.counts_in_row(raw) {
            return self.document.finish_count(machine, raw, rule);
        }
        let (other, rate) = self.beside(machine, raw)?;
        let mut made = self.document.finish_as(machine, raw, rule, other)?;
        if rate {
            made.per.clone_from(&other.per);
        }
        Some(made)
    }

    fn in_column(
        &self,
        machine: &AmountMachine,
        raw: &Raw,
        rule: &str,
    ) -> Option<AmountExpression> {
        let at = self
            .cells
            .partition_point(|cell| cell.span.end() <= raw.span.start());
        let cell = self.cells.get(at)?;
        if cell.span.start() > raw.span.start() || cell.span.end() < raw.span.end() {
            return None;
        }
        let mention = self.document.mentions.get(cell.mention)?;
        let amount = Amount {
            unit: Unit::Currency {
                code: mention.code,
                country: mention.country,
                doubtful: false,
            },
            ..raw.amount
        };
        let mut made = self
            .document
            .finish(machine, &Raw { amount, ..*raw }, rule)?;
        made.unit_from = made.unit_from.map(|_| UnitSource::Heading);
        made.unit_span = Some(mention.span);
        Some(made)
    }

    /// `AIRBORNE  2  $876`: a small whole number in a cell of its own beside one of
    /// money, and not the number of the row.
    fn counts_in_row(&self, raw: &Raw) -> bool {
        let text = self.document.input.text;
        let (start, end) = (raw.span.range().start, raw.span.range().end);
        let from = text.floor_char_boundary(start.saturating_sub(ROW));
        let to = text.ceil_char_boundary((end + ROW).min(text.len()));
        let (before, after) = (
            text.get(from..start).unwrap_or_default(),
            text.get(end..to).unwrap_or_default(),
        );
        let row_start = before.rfind('\n').map_or(from, |at| from + at + 1);
        let row_end = after.find('\n').map_or(to, |at| end + at);
        let opens = before.trim_end_matches(' ').ends_with('\t');
        let closes = matches!(
            after.trim_start_matches(' ').chars().next(),
            Some('\t' | '\n' | '\r') | None
        );
        let number = raw.amount.number;
        let plain = number.modifier.is_none() && number.value.is_some_and(|n| !n.worded);
        let small = number.top() < Decimal::whole(10_000);
        let at = self
            .amounts
            .partition_point(|amount| amount.span.range().end <= row_start);
        let mut row = self.amounts.get(at..).unwrap_or_default().iter();
        opens
            && closes
            && plain
            && small
            && row
                .by_ref()
                .take_while(|amount| amount.span.range().start < row_end)
                .any(|amount| amount.kind == AmountKind::Money)
    }

    /// The sum that lends its unit, and whether its rate holds as well.
    fn beside(&self, machine: &AmountMachine, raw: &Raw) -> Option<(&'a AmountExpression, bool)> {
        let text = self.document.input.text;
        let own = &machine.own;
        let value = raw.amount.number.top()?;
        let (start, end) = (raw.span.range().start, raw.span.range().end);
        // Between the cells of a table nothing is lent.
        if self.is_in_row(start, end) {
            return None;
        }
        let at = self
            .amounts
            .partition_point(|amount| amount.span.start() < raw.span.start());
        let next = self
            .amounts
            .get(at)
            .filter(|other| other.kind == AmountKind::Money);
        if let Some(next) = next
            && let Some(between) = text.get(end..next.span.range().start)
            && between.len() <= 24
            && in_class(machine, between.trim(), own.joins)
        {
            return Some((next, true));
        }
        if Some(value) < super::primitive::least_bare() || self.counts(machine, end) {
            return None;
        }
        let last = self
            .amounts
            .get(..at)?
            .iter()
            .rev()
            .take(8)
            .find(|other| other.kind == AmountKind::Money);
        let (money, paragraph) = self.money_word(machine, start);
        if let Some(last) = last {
            let gap = text.get(last.span.range().end..start).unwrap_or_default();
            let joined = in_class(machine, gap.trim(), own.joins);
            if gap.len() <= SENTENCE && !breaks(gap) && (money || joined) {
                // "1,200 crowns a month instead of 900"
                return Some((last, true));
            }
        }
        // "The sum? He says it was thirty thousand."
        let large = Some(value) >= Decimal::whole(1000);
        let other = last.or(next);
        if let Some(other) = other
            && (money || (paragraph && large))
            && other.span.start().abs_diff(raw.span.start()) <= STORY
        {
            return Some((other, false));
        }
        // A sum that the document names with its unit elsewhere.
        let known = self.by_value.get(&value)?;
        large
            .then(|| self.amounts.get(*known))
            .flatten()
            .map(|other| (other, false))
    }

    /// Whether the line has cells.
    fn is_in_row(&self, start: usize, end: usize) -> bool {
        let text = self.document.input.text;
        let from = text.floor_char_boundary(start.saturating_sub(ROW));
        let to = text.ceil_char_boundary((end + ROW).min(text.len()));
        let before = text.get(from..start).unwrap_or_default();
        let after = text.get(end..to).unwrap_or_default();
        let line = |part: &str| part.contains('\t');
        line(before.rsplit('\n').next().unwrap_or_default())
            || line(after.split('\n').next().unwrap_or_default())
    }

    /// Whether a word follows that the number may count.
    fn counts(&self, machine: &AmountMachine, end: usize) -> bool {
        let after = self.document.input.text.get(end..).unwrap_or_default();
        let after = after.trim_start_matches([' ', '\n', '\r']);
        let word: String = after
            .chars()
            .take(24)
            .take_while(|c| c.is_alphabetic())
            .collect();
        !word.is_empty()
            && !in_class(machine, &word, machine.own.no_noun)
            && !in_class(machine, &word, machine.own.joins)
    }

    /// Whether a word of money stands before in the sentence, and whether one
    /// stands in the few sentences before.
    fn money_word(&self, machine: &AmountMachine, start: usize) -> (bool, bool) {
        let before = self.document.input.text.get(..start).unwrap_or_default();
        let from = before.floor_char_boundary(start.saturating_sub(PARAGRAPH));
        let near = before.get(from..).unwrap_or_default();
        let near = near.rsplit("\n\n").next().unwrap_or_default();
        let sentence = near
            .rsplit(['.', ';', '\t', '?', '!'])
            .find(|part| part.trim().len() > 1)
            .unwrap_or_default();
        let speaks = |part: &str, count| {
            part.rsplit(|c: char| !c.is_alphanumeric())
                .filter(|word| !word.is_empty())
                .take(count)
                .any(|word| in_class(machine, word, machine.own.money_word))
        };
        (speaks(sentence, WORDS_BEFORE), speaks(near, usize::MAX))
    }
}

/// Whether a sentence or a cell ends in between.
fn breaks(gap: &str) -> bool {
    let mut before = ' ';
    gap.chars().any(|c| {
        let ends = matches!(before, '.' | '!' | '?' | ';') && c.is_whitespace();
        before = c;
        ends || c == '\t'
    }) || gap.contains("\n\n")
}
