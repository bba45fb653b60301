//! When: the times of a text, with what they mean and why.
//!
//! Three passes. The machine of patterns finds what has the form of a time, by
//! the patterns of the language; [`guard`] drops what only looks like one; then
//! [`resolve`] reads them in the order of the text, each against the document's
//! day and the story so far. What stays undecided says so: its bounds are as
//! wide as what is not known.

mod beside;
mod calendar;
mod check;
mod distance;
mod fiscal;
mod guard;
mod hours;
mod inside;
mod known;
mod lengths;
mod meaning;
mod numbers;
mod primitive;
mod ranges;
mod resolve;
mod slots;
mod story;
mod tense;
mod topic;
mod units;
mod written;
mod years;

use quipu_model::span::{Repaired, Span};
use quipu_model::time::{Day, TimeExpression, TimeValue};
use quipu_model::{AnnotatedText, Notice, NoticeLevel, Outcome};
use quipu_packs::{DateOrder, Packs, TimeRules};

use crate::patterns::machine::Machine;
use crate::patterns::parse::Parser;
use crate::patterns::reader::{Run, runs, stretches};
use crate::patterns::slots::NodeId;

use meaning::Meaning;
use resolve::{Lean, Resolver};
use story::Story;
use topic::TimeTopic;

pub(crate) type TimeMachine = Machine<TimeTopic>;
pub(crate) type TimeParser = Parser<Meaning>;

pub use check::check;
pub use story::Undecided;

/// A text to read times from.
#[derive(Debug, Clone, Copy, Default)]
pub struct TimesInput<'a> {
    /// The repaired text.
    pub text: &'a str,
    /// Its annotation, where there is one: it settles `May` and `may`.
    pub annotated: Option<&'a AnnotatedText>,
    /// Stretches by language, in the order of the text; nothing when the words
    /// themselves have to tell.
    pub languages: &'a [(Span<Repaired>, &'a str)],
    /// The day the document was written.
    pub reference: Option<Day>,
    /// The order of day and month in `3/4/1998`, where it is known from outside.
    pub order: Option<DateOrder>,
    /// What becomes of times that the words leave open.
    pub undecided: Undecided,
}

pub use crate::patterns::RulesError;

/// The patterns of all languages, made ready once for many texts.
#[derive(Debug)]
pub struct TimeReader {
    machines: Vec<TimeMachine>,
}

/// A time found, not yet reckoned.
pub(crate) struct Raw {
    span: Span<Repaired>,
    node: NodeId,
    machine: usize,
}

impl TimeReader {
    /// Makes the patterns of the packs ready.
    ///
    /// # Errors
    /// What is wrong in a file of the packs.
    pub fn new(packs: &Packs) -> Result<Self, RulesError> {
        let mut machines = Vec::new();
        for language in packs.languages() {
            let rules = TimeRules::read(packs, &language.tag)?;
            machines.push(topic::machine(&rules)?);
        }
        Ok(Self { machines })
    }

    /// Finds the times of a text, in its order.
    #[must_use]
    pub fn read(&self, input: &TimesInput<'_>) -> Outcome<Vec<TimeExpression>> {
        let mut parsers: Vec<TimeParser> = self
            .machines
            .iter()
            .map(|_| TimeParser::default())
            .collect();
        let mut found = Vec::new();
        let stretches = stretches(&self.machines, input.text, input.annotated, input.languages);
        for (span, place) in stretches {
            let (Some(machine), Some(parser)) = (self.machines.get(place), parsers.get_mut(place))
            else {
                continue;
            };
            runs(
                machine,
                input.text,
                span,
                |_| (),
                |Run { tokens, .. }| {
                    parser.read(machine, tokens, |parser, time| {
                        let tokens = &tokens[time.first..time.end];
                        guard::judge(input, machine, parser, tokens, time.node)
                    });
                    for time in &parser.found {
                        let (first, last) = (&tokens[time.first], &tokens[time.end - 1]);
                        found.push(Raw {
                            span: Span::from_usize(first.start, last.end),
                            node: time.node,
                            machine: place,
                        });
                    }
                },
            );
        }
        self.reckon(input, &parsers, &found)
    }

    /// Reads the times against the document and each other.
    fn reckon(
        &self,
        input: &TimesInput<'_>,
        parsers: &[TimeParser],
        found: &[Raw],
    ) -> Outcome<Vec<TimeExpression>> {
        let order = input.order.or_else(|| order_of(parsers));
        let mut made: Outcome<Vec<TimeExpression>> = Outcome::default();
        let Some(first) = self.machines.first() else {
            return made;
        };
        let mut story = Story {
            text: input.text,
            annotated: input.annotated,
            machine: first,
            reference: input.reference,
            undecided: input.undecided,
            order: DateOrder::Unsure,
            recent: Vec::new(),
            year_ahead: None,
            here: Span::new(0, 0),
        };
        let mut is_letter = false;
        let ahead = beside::years_ahead(input.text, &self.machines, parsers, found);
        for (place, raw) in found.iter().enumerate() {
            let (machine, parser) = (&self.machines[raw.machine], &parsers[raw.machine]);
            story.machine = machine;
            story.order = order.unwrap_or(machine.own.date_order);
            story.here = raw.span;
            story.year_ahead = ahead.get(place).copied().flatten();
            let written = raw.span.of(input.text).unwrap_or_default();
            let resolver = Resolver {
                parser,
                story: &story,
                lean: Lean::default(),
            };
            let Some(known) = resolver.resolve(raw.node) else {
                if matches!(
                    parser.meaning(raw.node),
                    Meaning::Impossible | Meaning::Numbers { .. }
                ) {
                    made.notices.push(
                        Notice::new(
                            NoticeLevel::Remark,
                            "time.impossible",
                            format!("`{written}` has the form of a date, but no calendar has it"),
                        )
                        .next("look at the page: the day may be misread"),
                    );
                }
                continue;
            };
            let known = match parser.meaning(raw.node) {
                Meaning::Shift { by, sign, from } => {
                    let next = found
                        .get(place + 1)
                        .filter(|next| next.machine == raw.machine);
                    let next =
                        next.and_then(|next| Some((next.span, resolver.resolve(next.node)?)));
                    let known = beside::settle(&story, known, from, made.value.last(), next);
                    let told = (from == meaning::From::Event && known.first.is_none())
                        .then(|| beside::told(&story, &made.value))
                        .flatten();
                    told.and_then(|told| resolver.shift_from_time(by, sign, told))
                        .unwrap_or(known)
                }
                _ => known,
            };
            let rule = parser.rule(raw.node);
            story.go_on(&known, raw.span);
            let day = beside::letterhead(input.text, raw.span, &known);
            made.value.push(TimeExpression {
                span: raw.span,
                kind: known.kind,
                said: known.said.clone(),
                modifier: known.modifier,
                reckoned: known.reckoned,
                rule: machine.rules[usize::from(rule)].name.clone(),
                value: TimeValue {
                    earliest: known.first,
                    latest: known.last,
                    precision: known.precision(),
                    edtf: known.edtf,
                    timex: known.timex,
                    as_written: written.to_owned(),
                    anchored_on: known.origin.words,
                    reference: story.reference.filter(|_| known.origin.reference),
                },
            });
            // Behind a letter that bears its day may come another with its own.
            if let Some(day) = day
                && input.reference.is_some()
            {
                is_letter |= input.reference == Some(day);
                if is_letter {
                    story.reference = Some(day);
                }
            }
        }
        made
    }
}

/// The order of day and month that the dates of this document keep, where one
/// of them can be read in one way only and none contradicts it.
fn order_of(parsers: &[TimeParser]) -> Option<DateOrder> {
    let mut order = None;
    for node in parsers.iter().flat_map(|parser| &parser.nodes) {
        if let Meaning::Numbers { a, b, c, .. } = node.meaning
            && let Some(kept) = numbers::evidence(a, b, c)
        {
            if order.is_some_and(|other| other != kept) {
                return None;
            }
            order = Some(kept);
        }
    }
    order
}

/// The times of one text. Whoever reads many makes one [`TimeReader`].
///
/// # Errors
/// What is wrong in a file of the packs.
pub fn times(
    packs: &Packs,
    input: &TimesInput<'_>,
) -> Result<Outcome<Vec<TimeExpression>>, RulesError> {
    Ok(TimeReader::new(packs)?.read(input))
}

/// The count of a day that is written `1998-03-14`.
#[must_use]
pub fn day_of(written: &str) -> Option<Day> {
    let mut parts = written.splitn(3, '-');
    let year = parts.next()?.parse().ok()?;
    let month = parts.next()?.parse().ok()?;
    let day = parts.next()?.parse().ok()?;
    calendar::day(year, month, day)
}

/// The year of a day.
pub(crate) fn year_of(day: Day) -> i32 {
    calendar::civil(day).year
}

/// A day as ISO 8601 writes it.
#[must_use]
pub fn day_text(day: Day) -> String {
    known::iso(day)
}
