//! Drops what has the form of a time and is none: counts, pages, telegram
//! numbers, `may` the verb.

use crate::patterns::parse::is_core;
use crate::patterns::sides::{Sides, folded, follows_capitals, glued_to_more, in_class};
use crate::patterns::slots::NodeId;
use crate::patterns::token::{Form, Token};

use quipu_model::Sentence;

use super::meaning::{Bound, Calendar, Every, From, Meaning, Named};
use super::{TimeMachine, TimeParser, TimesInput};

/// Bare numbers in this range are years unless something speaks against it;
/// others need a word that speaks for it.
const LIKELY_YEARS: std::ops::RangeInclusive<i32> = 1900..=2035;

/// The meaning that a find is kept with; nothing when it is no time.
pub(crate) fn judge(
    input: &TimesInput<'_>,
    machine: &TimeMachine,
    parser: &mut TimeParser,
    tokens: &[Token],
    node: NodeId,
) -> Option<NodeId> {
    let sides = Sides::of(input.text, tokens)?;
    let meaning = parser.meaning(node);
    if glued_to_more(&sides, tokens) {
        return None;
    }
    let alone = tokens.len() == 1;
    let stands = match meaning {
        Meaning::Calendar(Calendar {
            year: Some(year),
            month: None,
            day: None,
            ..
        }) if alone => is_year(machine, &sides, year),
        Meaning::Calendar(Calendar {
            year: Some(_),
            month: None,
            day: None,
            ..
        }) if in_words(machine, tokens) => {
            in_class(machine, sides.word_before(), machine.own.before_year)
                && !counts(machine, &sides)
        }
        Meaning::Calendar(Calendar {
            year: Some(_),
            short_year: true,
            month: None,
            ..
        }) => is_short_year(machine, &sides),
        Meaning::Bound {
            how: Bound::Opening,
            ..
        } if !starts(&sides) || leads_on(machine, &sides) => false,
        Meaning::Bound { .. } if names_an_event(input, &sides, tokens) => false,
        // "NSC Action 1415, June 9": no year stands so.
        Meaning::In { .. } | Meaning::Calendar(_) if first_year(tokens) == Some(false) => false,
        // "1945, May 8": the first number is rather a year than an hour.
        Meaning::At { .. } if first_year(tokens) == Some(true) => false,
        Meaning::Years { .. }
        | Meaning::Range { .. }
        | Meaning::Bound { .. }
        | Meaning::About { .. } => {
            let counted = ends_in_number(machine, tokens) && counts(machine, &sides);
            let pair = |token: &Token| matches!(token.form, Form::Pair { sign: b'/', .. });
            let part = tokens.last().is_some_and(pair) && is_part(machine, &sides);
            !(numbered(machine, &sides) || counted || part)
        }
        Meaning::Calendar(Calendar {
            year: None,
            month: None,
            day: Some(_),
            weekday: None,
            ..
        }) => closes(machine, &sides) && leads_to_day(machine, &sides, tokens),
        Meaning::Numbers {
            a,
            b,
            c: None,
            sign,
            ..
        } => {
            // `3/4` may be a part of something, and `NSC 20/4` is a paper.
            let sure = sign == b'/' && (a.worth > 12 || b.worth > 12) && !follows_capitals(&sides);
            is_pair(&sides)
                && !(alone && is_part(machine, &sides))
                && (sure || !alone || leads_to_day(machine, &sides, tokens))
        }
        Meaning::Calendar(Calendar {
            year: Some(_),
            month: Some(_),
            day: None,
            ..
        }) if alone => is_pair(&sides) && !numbered(machine, &sides),
        _ => true,
    };
    if alone && names_a_paper(machine, &sides, tokens[0]) {
        return None;
    }
    if is_model(&sides, tokens)
        || day_is_a_count(machine, &sides, tokens, meaning)
        || is_routing(input.text, machine, &sides, tokens, meaning)
    {
        return None;
    }
    if !stands || is_doubtful(input, machine, &sides, tokens) {
        return None;
    }
    if let Meaning::Shift {
        by,
        sign,
        from: From::Event,
    } = meaning
    {
        // "the day before," with nothing after it counts from the story.
        let ends = sides
            .next_mark()
            .is_none_or(|c| !c.is_alphanumeric() && c != '"');
        if ends {
            let rule = parser.rule(node);
            let from = From::Story;
            return Some(parser.add(Meaning::Shift { by, sign, from }, rule));
        }
    }
    Some(as_rate(machine, parser, &sides, node, meaning))
}

/// "exports in '79": a mark of elision, and no quotation that begins with a number.
fn is_short_year(machine: &TimeMachine, sides: &Sides<'_>) -> bool {
    let led = in_class(machine, sides.word_before(), machine.own.before_year)
        || in_class(machine, sides.word_before(), machine.own.lead);
    led && !counts(machine, sides) && sides.sign_before().is_some_and(char::is_whitespace)
}

/// Whether the word behind leads to another time: "from 1995 to".
fn leads_on(machine: &TimeMachine, sides: &Sides<'_>) -> bool {
    let word = machine.word(folded(sides.word_after()).as_bytes());
    let lead = machine.worth(word, machine.own.lead);
    lead.is_some_and(|lead| lead < 3)
}

/// Whether a sentence starts here.
fn starts(sides: &Sides<'_>) -> bool {
    let rest = sides.before.trim_end();
    rest.is_empty() || rest.ends_with(['.', ':', ';', '!', '?']) || sides.before.ends_with("\n\n")
}

/// Whether the number before a first comma may well be a year.
fn first_year(tokens: &[Token]) -> Option<bool> {
    let comma = matches!(tokens.get(1)?.form, Form::Sign(','));
    match tokens.first()?.form {
        Form::Whole { worth, digits: 4 } if comma => Some(LIKELY_YEARS.contains(&worth)),
        _ => None,
    }
}

/// "after the August inauguration": the time belongs to a thing that follows, and
/// the bound is that thing's.
fn names_an_event(input: &TimesInput<'_>, sides: &Sides<'_>, tokens: &[Token]) -> bool {
    if !sides.next_mark().is_some_and(char::is_alphabetic) {
        return false;
    }
    tokens
        .last()
        .is_some_and(|last| modifies_more(input, *last))
}

/// Whether the tree hangs the word on a noun that follows it.
fn modifies_more(input: &TimesInput<'_>, token: Token) -> bool {
    let Some((sentence, token)) = annotated_at(input, token) else {
        return false;
    };
    let relation = token.relation.split(':').next().unwrap_or_default();
    let modifies = matches!(relation, "compound" | "amod" | "nmod" | "nummod");
    let head = usize::try_from(token.head).unwrap_or_default();
    let head = head.checked_sub(1).and_then(|at| sentence.tokens.get(at));
    modifies && head.is_some_and(|head| head.span.start() >= token.span.end())
}

/// `7/10` before a word of parts: "7/10 of one cent".
fn is_part(machine: &TimeMachine, sides: &Sides<'_>) -> bool {
    in_class(machine, sides.word_after(), machine.own.before_whole)
}

/// "40 H-21 helicopters": the letter belongs to what follows it.
fn is_model(sides: &Sides<'_>, tokens: &[Token]) -> bool {
    let short = |token: &Token| token.form == Form::Word && token.end - token.start <= 2;
    let mut after = sides.after.chars();
    tokens.last().is_some_and(short)
        && matches!(after.next(), Some('-' | '–'))
        && after.next().is_some_and(|c| c.is_ascii_digit())
}

/// "in March two men were killed": two is no day.
fn day_is_a_count(
    machine: &TimeMachine,
    sides: &Sides<'_>,
    tokens: &[Token],
    meaning: Meaning,
) -> bool {
    let dated = matches!(
        meaning,
        Meaning::Calendar(Calendar {
            day: Some(_),
            year: None,
            ..
        })
    );
    let cardinal = tokens.last().is_some_and(|token| {
        token.form == Form::Word && machine.worth(token.word, machine.numbers.number).is_some()
    });
    dated && cardinal && !closes(machine, sides)
}

/// `INFO OCT-01 ISO-00`: how many copies of a telegram an office gets, no day.
fn is_routing(
    text: &str,
    machine: &TimeMachine,
    sides: &Sides<'_>,
    tokens: &[Token],
    meaning: Meaning,
) -> bool {
    let no_year = match meaning {
        Meaning::Calendar(date) => date.year.is_none() && date.month.is_some(),
        Meaning::Named { what, .. } => matches!(what, Named::Month(_)),
        _ => false,
    };
    let Some(first) = tokens.first().filter(|_| no_year) else {
        return false;
    };
    let rest = text.get(first.start..).unwrap_or_default();
    let ends = |c: char| c != '-' && !c.is_ascii_alphanumeric();
    let written: String = rest.chars().take(7).take_while(|c| !ends(*c)).collect();
    let code = written.split_once('-').is_some_and(|(name, number)| {
        name.len() == 3
            && name.chars().all(|c| c.is_ascii_uppercase())
            && number.len() == 2
            && number.chars().all(|c| c.is_ascii_digit())
    });
    code && !in_class(machine, sides.word_before(), machine.own.lead)
}

/// Whether what follows is counted by the number before it.
fn counts(machine: &TimeMachine, sides: &Sides<'_>) -> bool {
    in_class(machine, sides.word_after(), machine.own.not_after_year)
        || sides.next_mark() == Some('%')
}

fn in_words(machine: &TimeMachine, tokens: &[Token]) -> bool {
    tokens.iter().all(|token| {
        token.form == Form::Word
            && (machine.worth(token.word, machine.numbers.number).is_some()
                || machine
                    .worth(token.word, machine.numbers.number_glue)
                    .is_some()
                || machine.worth(token.word, machine.numbers.zero).is_some())
    })
}

/// Whether the last word is a number that could count what follows, and no
/// month before it makes it a year.
fn ends_in_number(machine: &TimeMachine, tokens: &[Token]) -> bool {
    let number = |token: &Token| match token.form {
        Form::Whole { .. } => true,
        Form::Word => machine.worth(token.word, machine.numbers.number).is_some(),
        _ => false,
    };
    tokens.last().is_some_and(number)
        && !tokens.iter().any(|token| {
            token.form == Form::Word
                && machine.is_core(token.word)
                && machine.worth(token.word, machine.numbers.number).is_none()
        })
}

/// A word before says that the number is a name: page, section, telegram.
fn numbered(machine: &TimeMachine, sides: &Sides<'_>) -> bool {
    in_class(machine, sides.word_before(), machine.own.not_before_year)
}

fn is_year(machine: &TimeMachine, sides: &Sides<'_>, year: i32) -> bool {
    if numbered(machine, sides) {
        return false;
    }
    let before = sides.word_before();
    let touching = sides.last_mark();
    let spoken_for = touching.is_some_and(char::is_alphabetic)
        && in_class(machine, before, machine.own.before_year);
    if counts(machine, sides) {
        return false;
    }
    // "1000-2000 kg"
    let mut after = sides.after.chars();
    let dash = matches!(after.next(), Some('-' | '–'));
    if dash && after.next().is_some_and(|c| c.is_ascii_digit()) {
        return false;
    }
    if spoken_for {
        return true;
    }
    if !LIKELY_YEARS.contains(&year) {
        return false;
    }
    // Rows of numbers are tables.
    let number = |c: Option<char>| {
        c.is_some_and(|c| c.is_ascii_digit() || matches!(c, '$' | '|' | '€' | '£' | '/'))
    };
    if number(touching) || number(sides.next_mark()) {
        return false;
    }
    // `LIMA 1990` is the name of a telegram, `THE 1962 BREAK` is none.
    !follows_capitals(sides) || in_class(machine, before, machine.own.lead)
}

/// A day without its month must be followed by nothing it could count.
fn closes(machine: &TimeMachine, sides: &Sides<'_>) -> bool {
    match sides.next_mark() {
        None => true,
        Some(c) if c.is_alphanumeric() => {
            in_class(machine, sides.word_after(), machine.own.follows_day)
        }
        Some(c) => matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | ')' | '\n'),
    }
}

/// A day without its month must be led up to.
fn leads_to_day(machine: &TimeMachine, sides: &Sides<'_>, tokens: &[Token]) -> bool {
    let word = folded(sides.word_before());
    let spaced = sides.sign_before().is_some_and(char::is_whitespace);
    let lead = machine.worth(machine.word(word.as_bytes()), machine.own.before_day);
    let digits = tokens.iter().any(|token| {
        matches!(
            token.form,
            Form::Whole { .. } | Form::Ordinal(_) | Form::Pair { .. }
        )
    });
    spaced
        && lead.is_some_and(|lead| {
            (lead == 1 && (digits || tokens.len() > 1))
                || (digits && tokens.len() > 1)
                || tokens.len() > 2
        })
}

/// `1/4` after a number or before a per cent sign is a fraction.
fn is_pair(sides: &Sides<'_>) -> bool {
    !sides
        .last_mark()
        .is_some_and(|c| c.is_ascii_digit() || matches!(c, '$' | '€' | '£'))
        && sides.next_mark().is_none_or(|c| c != '%')
}

/// "the daily La Antorcha": a paper, not how often.
fn names_a_paper(machine: &TimeMachine, sides: &Sides<'_>, token: Token) -> bool {
    machine.worth(token.word, machine.own.frequency).is_some()
        && sides.next_mark().is_some_and(char::is_alphabetic)
        && sides.word_after().starts_with(char::is_uppercase)
        // Where all is written in capitals they tell nothing.
        && sides.word_after().chars().any(char::is_lowercase)
}

/// Words that are more often something else: `may`, `march`, `sun`, `mar`.
/// Among other words of a time they are safe, unless those are small ones.
fn is_doubtful(
    input: &TimesInput<'_>,
    machine: &TimeMachine,
    sides: &Sides<'_>,
    tokens: &[Token],
) -> bool {
    let mut core = tokens
        .iter()
        .enumerate()
        .filter(|(_, token)| is_core(machine, token));
    let (Some((place, token)), None) = (core.next(), core.next()) else {
        return false;
    };
    let Some(need) = machine.worth(token.word, machine.own.doubtful) else {
        return false;
    };
    if need == 4 {
        return true;
    }
    let lead = match tokens.get(place.wrapping_sub(1)) {
        Some(before) => machine.worth(before.word, machine.own.lead).or(Some(2)),
        None if sides.last_mark().is_some_and(char::is_alphabetic) => {
            let word = folded(sides.word_before());
            machine.worth(machine.word(word.as_bytes()), machine.own.lead)
        }
        None => None,
    };
    // "the March in the capital", but "the March elections".
    let is_thing = || need == 3 && lead == Some(3) && !modifies_more(input, *token);
    if let Some(upos) = upos_at(input, *token) {
        return match upos {
            "PROPN" => (lead.is_none() && need != 1) || is_thing(),
            "NOUN" => lead.is_none() || is_thing(),
            _ => true,
        };
    }
    // Among capitals a capital tells nothing.
    let written = input.text.get(token.start..token.end).unwrap_or_default();
    let shouted = written.chars().all(char::is_uppercase);
    match need {
        1 => !token.capital || (shouted && lead.is_none()),
        2 => lead.is_none(),
        _ => !token.capital || !(lead == Some(1) || (lead == Some(2) && !shouted)),
    }
}

/// The part of speech the annotation gives the word.
fn upos_at<'a>(input: &TimesInput<'a>, token: Token) -> Option<&'a str> {
    annotated_at(input, token).map(|(_, token)| token.upos.as_str())
}

/// The word as the annotation has it, with its sentence.
fn annotated_at<'a>(
    input: &TimesInput<'a>,
    token: Token,
) -> Option<(&'a Sentence, &'a quipu_model::Token)> {
    let sentences = &input.annotated?.sentences;
    let start = u32::try_from(token.start).ok()?;
    let at = sentences.partition_point(|sentence| sentence.span.end() <= start);
    let sentence = sentences.get(at)?;
    let mut tokens = sentence.tokens.iter();
    let token = tokens.find(|other| other.span.start() == start)?;
    Some((sentence, token))
}

/// "50 dollars a month": how often, not how long.
fn as_rate(
    machine: &TimeMachine,
    parser: &mut TimeParser,
    sides: &Sides<'_>,
    node: NodeId,
    meaning: Meaning,
) -> NodeId {
    let Meaning::Length(length) = meaning else {
        return node;
    };
    let rule = parser.rule(node);
    let word = sides.word_before();
    let noun = !word.is_empty() && !in_class(machine, word, machine.own.before_length);
    let counted = in_class(machine, word, machine.own.counted)
        || sides.last_mark().is_some_and(|c| c.is_ascii_digit())
        || (noun && sides.number_before(machine));
    if length.article && length.count == 1 && counted {
        parser.add(Meaning::Every(Every::Length(length)), rule)
    } else {
        node
    }
}
