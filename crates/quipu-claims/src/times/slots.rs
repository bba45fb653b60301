//! What fills the slots of a pattern of time.

use crate::patterns::slots::{Filled, SlotName, Value};
use crate::patterns::token::Form;

use super::meaning::{Clock, From, Length, Meaning, Named, Unit};

/// The slots of a match.
pub(crate) type Slots<'a> = Filled<'a, Meaning>;

impl Slots<'_> {
    pub(crate) fn byte(&self, name: SlotName) -> Option<u8> {
        u8::try_from(self.number(name)?).ok()
    }

    pub(crate) fn small(&self, name: SlotName) -> Option<i32> {
        i32::try_from(self.number(name)?).ok()
    }

    pub(crate) fn length(&self) -> Option<Length> {
        match self.meaning(self.node(SlotName::Length)?)? {
            Meaning::Length(length) => Some(length),
            _ => None,
        }
    }

    pub(crate) fn unit(&self) -> Option<Unit> {
        match self.word("unit") {
            Some(word) => {
                let at = quipu_packs::UNITS.iter().position(|unit| *unit == word)?;
                Unit::numbered(i64::try_from(at).ok()?)
            }
            None => Unit::numbered(self.number(SlotName::Unit)?),
        }
    }

    pub(crate) fn year(&self) -> (Option<i32>, bool) {
        if let Some(year) = self.small(SlotName::ShortYear) {
            return (Some(year), true);
        }
        (self.small(SlotName::Year), false)
    }

    pub(crate) fn from(&self) -> Option<From> {
        if let Some(node) = self.node(SlotName::Of) {
            return Some(From::Node(node));
        }
        Some(match self.word("from").unwrap_or("reference") {
            "reference" => From::Reference,
            "ahead" => From::Ahead,
            "story" => From::Story,
            "event" => From::Event,
            _ => return None,
        })
    }

    pub(crate) fn named(&self) -> Option<Named> {
        if let Some(weekday) = self.byte(SlotName::Weekday) {
            return Some(Named::Weekday(weekday));
        }
        if let Some(month) = self.byte(SlotName::Month) {
            return Some(Named::Month(month));
        }
        if let Some(season) = self.byte(SlotName::Season) {
            return Some(Named::Season(season));
        }
        if let Some(feast) = self.small(SlotName::Feast) {
            return Some(Named::Feast(feast));
        }
        let n = self.byte(SlotName::N)?;
        match self.word("of")? {
            "quarter" => (1..=4).contains(&n).then_some(Named::Quarter(n)),
            "half-year" => (1..=2).contains(&n).then_some(Named::HalfYear(n)),
            _ => None,
        }
    }

    pub(crate) fn clock(&self) -> Option<Clock> {
        if let Some(part) = self.number(SlotName::Part) {
            return part_of_day(part);
        }
        let utc = self.word("zone") == Some("utc");
        let (minutes, exact) = match self.form(SlotName::Clock) {
            Some(Form::Clock { minutes }) => (minutes, true),
            Some(_) => return None,
            None => {
                let hour = self.small(SlotName::N).or_else(|| {
                    let fixed = self.setting("hour")?;
                    i32::try_from(fixed).ok()
                })?;
                if self.word("form") == Some("military") {
                    let four = matches!(
                        self.value(SlotName::N),
                        Some(Value::Form(Form::Whole { digits: 4, .. }))
                    );
                    let early = self.setting("zero").is_none() || hour < 1000;
                    if !four || !early || hour % 100 >= 60 {
                        return None;
                    }
                    (hour / 100 * 60 + hour % 100, true)
                } else {
                    let minutes = self.small(SlotName::Other).unwrap_or(0);
                    (hour * 60 + minutes, minutes != 0)
                }
            }
        };
        if !(0..=24 * 60).contains(&minutes) {
            return None;
        }
        let noon = 12 * 60;
        let (minutes, open) = match self.number(SlotName::Meridiem) {
            Some(_) if minutes >= 13 * 60 => return None,
            Some(0) => (minutes % noon, false),
            Some(_) => (minutes % noon + noon, false),
            None => {
                let open = self.setting("hour").is_none() && minutes <= noon && !utc;
                (minutes, open)
            }
        };
        Some(Clock::Minutes {
            minutes,
            exact,
            half_day_open: open,
            utc,
        })
    }
}

/// Letters of a part of the day by its number in the class `part-of-day`.
pub(crate) fn part_of_day(number: i64) -> Option<Clock> {
    let letters = [*b"MO", *b"MI", *b"AF", *b"EV", *b"NI", *b"DT"];
    let at = usize::try_from(number).ok()?.checked_sub(1)?;
    letters.get(at).map(|letters| Clock::Part(*letters))
}
