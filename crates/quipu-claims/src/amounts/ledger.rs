//! Ledgers whose cells only blanks set apart: their heading says that one number
//! of each row is a quantity.

use std::collections::BTreeSet;

use quipu_model::{AmountExpression, AmountKind, Decimal};

use crate::patterns::sides::in_class;

use super::{AmountMachine, Raw};

/// Where the quantities of rows begin: in a row under a heading that names both a
/// quantity and a sum, the one small number between words, before the first sum.
/// A row with two such numbers has none.
///
/// `bare` and `amounts` stand in the order of the text.
pub(crate) fn quantities(
    text: &str,
    machines: &[AmountMachine],
    bare: &[Raw],
    amounts: &[AmountExpression],
) -> BTreeSet<u32> {
    let mut found = BTreeSet::new();
    let mut headed = false;
    let (mut start, mut next, mut sum) = (0, 0, 0);
    for line in text.split_inclusive('\n') {
        let end = start + line.len();
        let row = start..end;
        start = end;
        while bare
            .get(next)
            .is_some_and(|raw| raw.span.range().start < row.start)
        {
            next += 1;
        }
        while amounts
            .get(sum)
            .is_some_and(|sum| sum.span.range().start < row.start)
        {
            sum += 1;
        }
        if line.trim().is_empty() || line.contains('\t') {
            headed = false;
            continue;
        }
        let sums = amounts.get(sum..).unwrap_or_default().iter();
        let money = sums
            .take_while(|sum| sum.span.range().start < row.end)
            .find(|sum| sum.kind == AmountKind::Money);
        let Some(money) = money else {
            headed = headed || is_heading(machines, line);
            continue;
        };
        if !headed {
            continue;
        }
        let mut numbers = bare
            .get(next..)
            .unwrap_or_default()
            .iter()
            .take_while(|raw| raw.span.start() < money.span.start())
            .filter(|raw| raw.span.range().start > row.start && is_quantity(text, raw));
        if let (Some(only), None) = (numbers.next(), numbers.next()) {
            found.insert(only.span.start());
        }
    }
    found
}

/// Whether a line names a quantity and a sum.
fn is_heading(machines: &[AmountMachine], line: &str) -> bool {
    let names = |class: fn(&AmountMachine) -> _| {
        line.split(|c: char| !c.is_alphanumeric()).any(|word| {
            machines
                .iter()
                .any(|machine| in_class(machine, word, class(machine)))
        })
    };
    names(|machine| machine.own.quantity_heading) && names(|machine| machine.own.heading)
}

/// Plain digits, small, between blanks, with a capital or a sum behind them.
fn is_quantity(text: &str, raw: &Raw) -> bool {
    let range = raw.span.range();
    let number = raw.amount.number;
    let plain = number.modifier.is_none()
        && number.value.is_some_and(|value| {
            !value.worded
                && !value.marked
                && Some(value.number) >= Decimal::whole(1)
                && Some(value.number) < Decimal::whole(10_000)
        });
    let before = text.get(..range.start).unwrap_or_default();
    let after = text.get(range.end..).unwrap_or_default();
    let led = before
        .strip_suffix(' ')
        .and_then(|before| before.trim_end_matches(' ').chars().next_back())
        .is_some_and(|c| c.is_alphanumeric() || matches!(c, ')' | '"'));
    let followed = after
        .strip_prefix(' ')
        .and_then(|after| after.trim_start_matches(' ').chars().next())
        .is_some_and(|c| c.is_uppercase() || c == '$');
    plain && led && followed
}
