//! Drops what has the form of an amount and is none: pages, telegram numbers,
//! years, articles, codes that are words.

use quipu_model::AmountModifier;
use quipu_model::time::TimeKind;

use crate::patterns::sides::{Sides, folded, glued_to_more, in_class, words_before};
use crate::patterns::slots::Place;
use crate::patterns::token::{Form, Token};
use crate::patterns::vocabulary::UNKNOWN;

use super::meaning::{Amount, Meaning, Unit};
use super::nouns::token_at;
use super::{AmountMachine, AmountsInput};

/// So far before "from 30 to 50" a verb of change may stand.
const WORDS_BEFORE: usize = 9;
/// No margin breaks a line shorter than this, in characters.
const SHORT_LINE: usize = 40;

/// Whether a find is kept.
pub(crate) fn stands(
    input: &AmountsInput<'_>,
    machine: &AmountMachine,
    tokens: &[Token],
    meaning: Meaning,
) -> bool {
    let Some(sides) = Sides::of(input.text, tokens) else {
        return false;
    };
    let own = &machine.own;
    match meaning {
        Meaning::Nothing | Meaning::Number(_) => false,
        Meaning::Country(_) => tokens.iter().any(|token| token.capital),
        Meaning::Currency { .. } => codes_stand(input, machine, tokens),
        Meaning::Amount(amount) => {
            let numbered = || {
                goes_on_numbering(machine, &sides) || {
                    in_class(machine, sides.word_before(), own.numbered)
                        || sides.last_mark() == Some('#')
                        || follows_rank(machine, &sides, &amount)
                }
            };
            let sound = !glued_to_more(&sides, tokens)
                && !crosses_cells(input, &amount)
                && !continues(machine, &sides, tokens)
                && !has_leading_zero(input, &amount)
                && !runs_on(input, &amount)
                && !changes(machine, &sides, tokens, &amount)
                && !joined_to_digits(&sides)
                && !is_time(input, &amount)
                && codes_stand(input, machine, tokens);
            sound
                && match amount.unit {
                    Unit::Currency { .. } | Unit::MeasureOrCurrency { .. } => true,
                    Unit::Measure(_) => !numbered(),
                    Unit::Percent(_) => !numbered() && !meets_time(input, machine, &amount),
                    Unit::Bare => {
                        !numbered()
                            && !is_listed(&sides, &amount)
                            && !meets_time(input, machine, &amount)
                            && !hyphened(&sides)
                            && !is_type(&sides, tokens)
                            && !tokens.first().is_some_and(|token| token.hyphened)
                    }
                    Unit::Noun | Unit::Lemma(_) => {
                        !numbered()
                            && !is_named(input, &sides, &amount, false)
                            && !is_type(&sides, tokens)
                            && !meets_time(input, machine, &amount)
                            && !is_article(input, machine, &amount)
                            && !counts_time(input, machine, &amount)
                            && !is_version(written(input, &amount), &amount)
                            && !is_year_of_one(input, &amount)
                    }
                    Unit::Rank { .. } => is_rank(input, machine, &sides, tokens),
                }
        }
    }
}

/// "a third 727": one of a type that has a number for its name.
fn follows_rank(machine: &AmountMachine, sides: &Sides<'_>, amount: &Amount) -> bool {
    let word = machine.word(folded(sides.word_before()).as_bytes());
    let rank = machine.worth(word, machine.numbers.ordinal);
    let plain = amount.number.value.is_some_and(|value| !value.worded);
    plain
        && rank.is_some_and(|rank| rank >= 2)
        && sides.last_mark().is_some_and(char::is_alphabetic)
}

/// `B-57`, `PL-480`, `U–235`, and `'79`: the number is the end of a name.
fn is_type(sides: &Sides<'_>, tokens: &[Token]) -> bool {
    let digits = tokens
        .first()
        .is_some_and(|token| !matches!(token.form, Form::Word));
    let mut before = sides.before.chars().rev();
    let name = match before.next() {
        Some('-' | '–') => before.next().is_some_and(char::is_uppercase),
        Some('\'' | '’') => !before.next().is_some_and(char::is_alphanumeric),
        _ => false,
    };
    digits && name
}

/// "rose from 30 to 50": two amounts, not one between them.
fn changes(machine: &AmountMachine, sides: &Sides<'_>, tokens: &[Token], amount: &Amount) -> bool {
    let own = &machine.own;
    // "an increase of 8-12 percent" is one.
    let joined = |token: &Token| machine.worth(token.word, own.joins).is_some();
    let led = tokens
        .first()
        .is_some_and(|first| first.start == amount.number.place.start as usize || joined(first));
    led && tokens.iter().any(joined)
        && amount.number.modifier == Some(AmountModifier::Between)
        && words_before(sides.before, WORDS_BEFORE).any(|word| in_class(machine, word, own.change))
}

/// "paragraphs 10-13", "paragraphs 24 and 25": the second of two names.
fn goes_on_numbering(machine: &AmountMachine, sides: &Sides<'_>) -> bool {
    let own = &machine.own;
    let mut words = words_before(sides.before, 3);
    let digits = |word: Option<&str>| {
        word.is_some_and(|word| {
            let word = word.trim_end_matches(['-', '–', ',']);
            !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit())
        })
    };
    let first = words.next();
    let joined = first.is_some_and(|word| in_class(machine, word, own.joins));
    let number = if joined { words.next() } else { first };
    let dashed = sides.before.ends_with(['-', '–']);
    (joined || dashed)
        && digits(number)
        && words
            .next()
            .is_some_and(|word| in_class(machine, word, own.numbered))
}

/// A number and what stands in the cell behind it have nothing in common.
fn crosses_cells(input: &AmountsInput<'_>, amount: &Amount) -> bool {
    let number = amount.number.place;
    let unit = amount.unit_place.unwrap_or(number);
    let (from, to) = (number.start as usize, number.end.max(unit.end) as usize);
    let words = input.text.get(from..to).unwrap_or_default();
    // The last cell of a row, and the first word of the next.
    let ends_row = || {
        let before = input.text.get(..number.start as usize).unwrap_or_default();
        before.trim_end_matches(' ').ends_with('\t')
    };
    words.contains('\t') || (words.contains('\n') && (ends_row() || ends_short_line(input, amount)))
}

/// A line that ends with a number long before any margin has nothing to do with
/// the next: `71` above `ACTION`.
fn ends_short_line(input: &AmountsInput<'_>, amount: &Amount) -> bool {
    let things = matches!(
        amount.unit,
        Unit::Noun | Unit::Lemma(_) | Unit::Rank { noun: true }
    );
    let place = amount.number.place;
    let next = amount.unit_place.map_or(place.end, |unit| unit.end);
    let between = input.text.get(place.end as usize..next as usize);
    let breaks = between.is_some_and(|between| between.contains('\n'));
    let before = input.text.get(..place.end as usize).unwrap_or_default();
    let line = before.chars().rev().take(SHORT_LINE);
    things && breaks && line.take_while(|c| *c != '\n').count() < SHORT_LINE
}

/// "since the 1962 break": a year, for one thing alone is no two thousand.
fn is_year_of_one(input: &AmountsInput<'_>, amount: &Amount) -> bool {
    let one = |unit: Place| {
        token_at(input.annotated, unit.last)
            .is_some_and(|(token, _)| token.features.contains("Number=Sing"))
    };
    amount.number.may_be_year() && amount.unit_place.is_some_and(one)
}

/// `1,2,3,4`, `1.2.3`: more digits follow behind a sign.
fn joined_to_digits(sides: &Sides<'_>) -> bool {
    let mut after = sides.after.chars();
    let behind = matches!(after.next(), Some(',' | '.' | '\'' | ':'))
        && after.next().is_some_and(|c| c.is_ascii_digit());
    let mut before = sides.before.chars().rev();
    let ahead = matches!(before.next(), Some(',' | '.' | '\'' | ':'))
        && before.next().is_some_and(|c| c.is_ascii_digit());
    behind || ahead
}

/// Whether the number is (part of) a time: a year, a day, a length.
fn is_time(input: &AmountsInput<'_>, amount: &Amount) -> bool {
    let (start, end) = (amount.number.place.start, amount.number.place.end);
    let at = input.times.partition_point(|time| time.span.end() <= start);
    let before = amount
        .unit_place
        .is_some_and(|place| place.end <= start && matches!(amount.unit, Unit::Currency { .. }));
    input
        .times
        .get(at..)
        .unwrap_or_default()
        .iter()
        .take_while(|time| time.span.start() < end)
        .any(|time| {
            // `USD 1990`: the mark before it says what it is.
            let year = time.kind == TimeKind::Date && time.span.start() == start;
            !(before && year)
        })
}

/// "six to nine months", "a year and a half": one end of a length.
fn meets_time(input: &AmountsInput<'_>, machine: &AmountMachine, amount: &Amount) -> bool {
    let (start, end) = (amount.number.place.start, amount.number.place.end);
    let at = input.times.partition_point(|time| time.span.start() < end);
    let joins = |from: u32, to: u32| {
        let gap = input.text.get(from as usize..to as usize).unwrap_or("?");
        gap.len() <= 8 && in_class(machine, gap.trim(), machine.own.joins)
    };
    let next = input.times.get(at);
    let last = at.checked_sub(1).and_then(|at| input.times.get(at));
    let share = matches!(amount.unit, Unit::Percent(_));
    let word = next_word(input, end);
    next.is_some_and(|time| joins(end, time.span.start()))
        || (share && last.is_some_and(|time| joins(time.span.end(), start)))
        || ((share || amount.unit == Unit::Bare) && in_class(machine, word, machine.own.time_unit))
}

/// The word behind a place, where only a space is between.
fn next_word<'a>(input: &AmountsInput<'a>, end: u32) -> &'a str {
    let after = input.text.get(end as usize..).unwrap_or_default();
    let after = after.strip_prefix([' ', '\n', '-']).unwrap_or(after);
    let mut ends = after.char_indices().take(32);
    let end = ends.find(|(_, c)| !c.is_alphabetic());
    let end = end.map_or(after.len().min(32), |(at, _)| at);
    after.get(..end).unwrap_or_default()
}

/// `PL 480`, `Embtel 1310`: plain digits behind capitals are a name. Behind a
/// word with a capital only those are that count nothing.
fn is_named(input: &AmountsInput<'_>, sides: &Sides<'_>, amount: &Amount, bare: bool) -> bool {
    let value = amount.number.value;
    if value.is_none_or(|value| value.worded || value.marked) {
        return false;
    }
    let spaced = sides.sign_before();
    let touching = spaced.is_some_and(|c| matches!(c, ' ' | '-' | '\n'))
        && sides.last_mark().is_some_and(char::is_alphanumeric);
    let word = sides.word_before();
    let capitals = word.len() >= 2 && word.chars().all(|c| c.is_uppercase() || c.is_ascii_digit());
    // Among capitals a capital tells nothing.
    let next = next_word(input, amount.number.place.end);
    let shouted = !next.is_empty() && next.chars().all(char::is_uppercase);
    touching && !shouted && (capitals || (bare && word.starts_with(char::is_uppercase)))
}

/// A number without a unit that may be part of a name: only a heading can say
/// that it is none.
pub(crate) fn in_a_name(input: &AmountsInput<'_>, tokens: &[Token], amount: &Amount) -> bool {
    amount.unit == Unit::Bare
        && Sides::of(input.text, tokens).is_some_and(|sides| is_named(input, &sides, amount, true))
}

/// "fifty-fifty"
fn hyphened(sides: &Sides<'_>) -> bool {
    let mut after = sides.after.chars();
    matches!(after.next(), Some('-' | '–')) && after.next().is_some_and(char::is_alphanumeric)
}

/// Codes are capitals among other letters: `ALL 31` is no money.
fn codes_stand(input: &AmountsInput<'_>, machine: &AmountMachine, tokens: &[Token]) -> bool {
    let own = &machine.own;
    // `ARA-01` is an office.
    let joined = |at: usize| tokens.get(at + 1).is_some_and(|next| next.hyphened);
    tokens.iter().enumerate().all(|(at, token)| {
        if machine.worth(token.word, own.code).is_none() {
            return true;
        }
        if joined(at) || token.hyphened {
            return false;
        }
        let letters = input.text.get(token.start..token.end).unwrap_or_default();
        let capitals = letters.chars().all(char::is_uppercase);
        capitals
            && (machine.worth(token.word, own.doubtful_code).is_none() || !shouted(input, token))
    })
}

/// Whether the words around are in capitals as well.
fn shouted(input: &AmountsInput<'_>, token: &Token) -> bool {
    let word = |c: char| c.is_alphabetic();
    let before = input.text.get(..token.start).unwrap_or_default();
    let after = input.text.get(token.end..).unwrap_or_default();
    let near = |letters: &mut dyn Iterator<Item = char>| {
        let mut seen = letters.take(24).filter(|c| word(*c)).take(6).peekable();
        seen.peek().is_some() && seen.all(char::is_uppercase)
    };
    near(&mut before.chars().rev()) || near(&mut after.chars())
}

/// "un hombre": an article.
fn is_article(input: &AmountsInput<'_>, machine: &AmountMachine, amount: &Amount) -> bool {
    let place = amount.number.place;
    let words = input
        .text
        .get(place.start as usize..place.end as usize)
        .unwrap_or_default();
    amount.number.is(1) && in_class(machine, words, machine.own.article)
}

/// "20 years" that no time was made of.
fn counts_time(input: &AmountsInput<'_>, machine: &AmountMachine, amount: &Amount) -> bool {
    let Some(place) = amount.unit_place else {
        return false;
    };
    let noun = input
        .text
        .get(place.last as usize..place.end as usize)
        .unwrap_or_default();
    in_class(machine, noun, machine.own.time_unit)
}

/// The number as it stands.
fn written<'a>(input: &AmountsInput<'a>, amount: &Amount) -> &'a str {
    let place = amount.number.place;
    let number = place.start as usize..place.end as usize;
    input.text.get(number).unwrap_or_default()
}

/// `3.1 drivers`: nothing comes in decimals that is counted by ones.
fn is_version(letters: &str, amount: &Amount) -> bool {
    // `2½ lines`
    let parted = letters.contains(['½', '¼', '¾']);
    let value = amount.number.value;
    value.is_some_and(|value| {
        !parted
            && value.marked
            && !value.worded
            && value.divided.is_none()
            && value.number.exponent() < 0
    })
}

/// `0x1F`: letters close behind the number that no unit of ours is.
fn runs_on(input: &AmountsInput<'_>, amount: &Amount) -> bool {
    let end = amount.number.place.end as usize;
    let things = matches!(amount.unit, Unit::Noun | Unit::Lemma(_) | Unit::Bare);
    let after = input.text.get(end..).unwrap_or_default();
    things && after.starts_with(char::is_alphanumeric)
}

/// The end of a longer number that was dropped: "thousand" of "two thousand",
/// "five" of "twenty-five". "Fifty thirty" are two.
fn continues(machine: &AmountMachine, sides: &Sides<'_>, tokens: &[Token]) -> bool {
    let numbers = &machine.numbers;
    let before = sides.before.trim_end_matches([' ', '-', '\n']);
    let last = words_before(before, 1).next().unwrap_or_default();
    let last = last.rsplit('-').next().unwrap_or_default();
    let last = machine.worth(machine.word(folded(last).as_bytes()), numbers.number);
    let first = tokens.first().map_or(UNKNOWN, |token| token.word);
    let scale = machine.worth(first, numbers.magnitude).is_some();
    let fragment = match (last, machine.worth(first, numbers.number)) {
        (None, _) => false,
        (Some(_), Some(100..)) => true,
        (Some(tens), Some(1..10)) => tens >= 20,
        (Some(tens), None) => scale && tens > 0,
        _ => false,
    };
    before.len() < sides.before.len() && fragment
}

/// `01`, `007`: numbers of something.
fn has_leading_zero(input: &AmountsInput<'_>, amount: &Amount) -> bool {
    let written = input.text.get(amount.number.place.start as usize..);
    let mut digits = written.unwrap_or_default().bytes();
    digits.next() == Some(b'0') && digits.next().is_some_and(|byte| byte.is_ascii_digit())
}

/// `1.`, `(2)` at the start of a line or in a list.
fn is_listed(sides: &Sides<'_>, amount: &Amount) -> bool {
    let value = amount.number.value;
    if value.is_none_or(|value| value.worded || value.marked) {
        return false;
    }
    let first = sides.last_mark().is_none_or(|c| matches!(c, '\n' | '('));
    first && matches!(sides.next_mark(), Some('.' | ')' | ':'))
}

/// A place in an order, and no name, street or part.
fn is_rank(
    input: &AmountsInput<'_>,
    machine: &AmountMachine,
    sides: &Sides<'_>,
    tokens: &[Token],
) -> bool {
    let own = &machine.own;
    let Some(first) = tokens.first() else {
        return false;
    };
    let worded = machine.worth(first.word, machine.numbers.ordinal).is_some();
    let letters = input.text.get(first.start..first.end).unwrap_or_default();
    let capital = first.capital && !letters.chars().all(char::is_uppercase);
    let span: quipu_model::Span<quipu_model::Repaired> =
        quipu_model::Span::from_usize(first.start, first.end);
    let named = input.annotated.is_some_and(|text| {
        let at = text
            .names
            .partition_point(|name| name.span.end() <= span.start());
        text.names
            .get(at)
            .is_some_and(|name| name.span.start() < span.end())
    });
    // What is worth 3 refuses "third" alone.
    let third = machine.worth(first.word, machine.numbers.ordinal) == Some(3);
    let refused_after = |word| {
        let worth = machine.worth(word, own.no_rank_after);
        worth.is_some_and(|worth| worth != 3 || third)
    };
    // "a second" alone is a time, "a second ship" none.
    let word = machine.word(folded(sides.word_before()).as_bytes());
    let before = machine.worth(word, own.no_rank_before);
    let refused = before.is_some_and(|worth| worth == 1 || tokens.len() == 1)
        || refused_after(machine.word(folded(sides.word_after()).as_bytes()))
        || tokens.iter().skip(1).any(|token| refused_after(token.word));
    // Alone it must be led up to: "the third".
    let led = tokens.len() > 1 || in_class(machine, sides.word_before(), own.before_rank);
    let closes = tokens.len() > 1 || !sides.word_after().starts_with(char::is_uppercase);
    let wrong = named || refused || (capital && worded);
    led && closes && !wrong
}
