//! When: the times of a text, with what they mean and why.
//!
//! Three passes. [`token`] and [`parse`] find what has the form of a time, by
//! the patterns of the language; [`guard`] drops what only looks like one; then
//! [`resolve`] reads them in the order of the text, each against the document's
//! day and the story so far. What stays undecided says so: its bounds are as
//! wide as what is not known.

mod beside;
mod calendar;
mod check;
mod distance;
mod guard;
mod hours;
mod inside;
mod known;
mod machine;
mod meaning;
mod numbers;
mod numeral;
mod parse;
mod primitive;
mod ranges;
mod resolve;
mod story;
mod token;
mod units;
mod years;

use quipu_model::span::{Repaired, Span};
use quipu_model::time::{Day, TimeExpression, TimeValue};
use quipu_model::{AnnotatedText, Notice, NoticeLevel, Outcome};
use quipu_packs::{DateOrder, PackError, Packs, TimeRules};

use machine::{BadPattern, Machine};
use meaning::{Meaning, NodeId};
use parse::{Parser, RUN_MAX};
use resolve::Resolver;
use story::Story;
use token::{Form, Token, Tokens};

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

/// Why times cannot be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TimesError {
    /// A pack file is wrong.
    Pack(PackError),
    /// A pattern is wrong.
    Pattern(String),
}

impl std::fmt::Display for TimesError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Pack(error) => error.fmt(f),
            Self::Pattern(message) => f.write_str(message),
        }
    }
}

impl std::error::Error for TimesError {}

impl From<PackError> for TimesError {
    fn from(error: PackError) -> Self {
        Self::Pack(error)
    }
}

impl From<BadPattern> for TimesError {
    fn from(error: BadPattern) -> Self {
        Self::Pattern(error.to_string())
    }
}

/// The patterns of all languages, made ready once for many texts.
#[derive(Debug)]
pub struct TimeReader {
    machines: Vec<Machine>,
}

/// A time found, not yet reckoned.
struct Raw {
    span: Span<Repaired>,
    node: NodeId,
    machine: usize,
}

/// So much of a text tells its language.
const LANGUAGE_SAMPLE: usize = 4000;

impl TimeReader {
    /// Makes the patterns of the packs ready.
    ///
    /// # Errors
    /// What is wrong in a file of the packs.
    pub fn new(packs: &Packs) -> Result<Self, TimesError> {
        let mut machines = Vec::new();
        for language in packs.languages() {
            let rules = TimeRules::read(packs, &language.tag)?;
            machines.push(Machine::new(&rules)?);
        }
        Ok(Self { machines })
    }

    /// Finds the times of a text, in its order.
    #[must_use]
    pub fn read(&self, input: &TimesInput<'_>) -> Outcome<Vec<TimeExpression>> {
        let mut parsers: Vec<Parser> = self.machines.iter().map(|_| Parser::default()).collect();
        let mut found = Vec::new();
        for (span, machine) in self.stretches(input) {
            if let Some(parser) = parsers.get_mut(machine) {
                self.find(input, span, machine, parser, &mut found);
            }
        }
        self.reckon(input, &parsers, &found)
    }

    /// Stretches of one language each, with its machine.
    fn stretches(&self, input: &TimesInput<'_>) -> Vec<(Span<Repaired>, usize)> {
        let place = |tag: &str| self.machines.iter().position(|other| other.language == tag);
        let mut stretches: Vec<(Span<Repaired>, usize)> = Vec::new();
        let mut add = |span: Span<Repaired>, machine: usize| {
            // Sentences of one language are read through: times run over a
            // full stop that only closes an abbreviation.
            match stretches.last_mut() {
                Some((last, known)) if *known == machine => *last = last.join(span),
                _ => stretches.push((span, machine)),
            }
        };
        for (span, tag) in input.languages {
            if let Some(machine) = place(tag) {
                add(*span, machine);
            }
        }
        if input.languages.is_empty() {
            for sentence in input.annotated.iter().flat_map(|text| &text.sentences) {
                if let Some(machine) = place(&sentence.language) {
                    add(sentence.span, machine);
                }
            }
        }
        if stretches.is_empty() {
            stretches.push((
                Span::from_usize(0, input.text.len()),
                self.language(input.text),
            ));
        }
        stretches
    }

    /// The language whose time words are most at home in a text.
    fn language(&self, text: &str) -> usize {
        let end = text
            .char_indices()
            .map(|(at, _)| at)
            .take_while(|at| *at <= LANGUAGE_SAMPLE)
            .last()
            .unwrap_or(0);
        let end = if text.len() <= LANGUAGE_SAMPLE {
            text.len()
        } else {
            end
        };
        let known = |machine: &Machine| {
            Tokens::new(machine, text, 0, end)
                .filter(|token| token.form == Form::Word)
                .count()
        };
        let mut best = (0, 0);
        for (i, machine) in self.machines.iter().enumerate() {
            let count = known(machine);
            if count > best.1 {
                best = (i, count);
            }
        }
        best.0
    }

    /// Runs of words that a time may hold go to the parser, one by one.
    fn find(
        &self,
        input: &TimesInput<'_>,
        span: Span<Repaired>,
        place: usize,
        parser: &mut Parser,
        found: &mut Vec<Raw>,
    ) {
        let machine = &self.machines[place];
        let range = span.range();
        let mut run: Vec<Token> = Vec::with_capacity(RUN_MAX);
        let mut core = false;
        let mut finish = |run: &mut Vec<Token>, core: &mut bool| {
            if *core {
                parser.read(machine, run, |parser, time| {
                    let tokens = &run[time.first..time.end];
                    guard::judge(input, machine, parser, tokens, time.node)
                });
                for time in &parser.found {
                    let (first, last) = (&run[time.first], &run[time.end - 1]);
                    found.push(Raw {
                        span: Span::from_usize(first.start, last.end),
                        node: time.node,
                        machine: place,
                    });
                }
            }
            run.clear();
            *core = false;
        };
        for token in Tokens::new(machine, input.text, range.start, range.end) {
            let inside = match token.form {
                Form::Other => false,
                Form::Sign(sign) => machine.is_sign(sign),
                _ => true,
            };
            if !inside || token.apart || run.len() >= RUN_MAX {
                finish(&mut run, &mut core);
            }
            if inside {
                core |= parse::is_core(machine, &token);
                run.push(token);
            }
        }
        finish(&mut run, &mut core);
    }

    /// Reads the times against the document and each other.
    fn reckon(
        &self,
        input: &TimesInput<'_>,
        parsers: &[Parser],
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
            here: Span::new(0, 0),
        };
        for (place, raw) in found.iter().enumerate() {
            let (machine, parser) = (&self.machines[raw.machine], &parsers[raw.machine]);
            story.machine = machine;
            story.order = order.unwrap_or(machine.date_order);
            story.here = raw.span;
            let written = raw.span.of(input.text).unwrap_or_default();
            let resolver = Resolver {
                parser,
                story: &story,
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
                Meaning::Shift { from, .. } => {
                    let next = found
                        .get(place + 1)
                        .filter(|next| next.machine == raw.machine);
                    let next =
                        next.and_then(|next| Some((next.span, resolver.resolve(next.node)?)));
                    beside::settle(&story, known, from, made.value.last(), next)
                }
                _ => known,
            };
            let rule = parser.rule(raw.node);
            story.go_on(&known, raw.span);
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
                    reference: input.reference.filter(|_| known.origin.reference),
                },
            });
        }
        made
    }
}

/// The order of day and month that the dates of this document keep, where one
/// of them can be read in one way only and none contradicts it.
fn order_of(parsers: &[Parser]) -> Option<DateOrder> {
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
) -> Result<Outcome<Vec<TimeExpression>>, TimesError> {
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

/// A day as ISO 8601 writes it.
#[must_use]
pub fn day_text(day: Day) -> String {
    known::iso(day)
}
