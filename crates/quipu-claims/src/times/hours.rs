//! Times of day, and how often.

use quipu_model::time::TimeKind;

use super::known::{Known, duration};
use super::meaning::{Clock, Every, Named, Unit};
use super::resolve::Resolver;
use super::units::name_of;

impl Resolver<'_, '_> {
    pub(super) fn every(&self, every: Every) -> Option<Known> {
        let timex = match every {
            Every::Length(length) => duration(&length),
            Every::Named(Named::Weekday(weekday)) => format!("XXXX-WXX-{weekday}"),
            Every::Named(what) => format!("XXXX-{}", name_of(what).1),
            Every::Node(node) => self.resolve(node)?.said,
            Every::Clock(clock) => clock_text(clock),
            Every::NamedAt(Named::Weekday(weekday), clock) => {
                format!("XXXX-WXX-{weekday}{}", clock_text(clock))
            }
            Every::NamedAt(what, clock) => {
                format!("XXXX-{}{}", name_of(what).1, clock_text(clock))
            }
        };
        Some(Known {
            edtf: String::new(),
            kind: TimeKind::Set,
            ..Known::unknown(Unit::Day, timex)
        })
    }
}

pub(super) fn clock_text(clock: Clock) -> String {
    match clock {
        Clock::Part(letters) => {
            let letters: String = letters.iter().map(|byte| char::from(*byte)).collect();
            if letters == "MI" {
                "T12".to_owned()
            } else {
                format!("T{letters}")
            }
        }
        Clock::Minutes {
            minutes,
            exact,
            utc,
            ..
        } => {
            let zone = if utc { "Z" } else { "" };
            if exact {
                format!("T{:02}:{:02}{zone}", minutes / 60, minutes % 60)
            } else {
                format!("T{:02}{zone}", minutes / 60)
            }
        }
    }
}

pub(super) fn at_clock(day: Option<Known>, clock: Clock) -> Known {
    let text = clock_text(clock);
    let Some(day) = day else {
        return Known {
            edtf: String::new(),
            kind: TimeKind::Time,
            ..Known::unknown(Unit::Hour, text)
        };
    };
    let edtf = match clock {
        Clock::Minutes {
            minutes,
            exact: true,
            half_day_open: false,
            utc,
        } if day.is_exact() && day.grain == Unit::Day => {
            let zone = if utc { "Z" } else { "" };
            format!(
                "{}T{:02}:{:02}:00{zone}",
                day.edtf,
                minutes / 60,
                minutes % 60
            )
        }
        _ => day.edtf.clone(),
    };
    Known {
        timex: format!("{}{text}", day.timex),
        said: format!("{}{text}", day.said),
        edtf,
        kind: TimeKind::Time,
        grain: Unit::Hour,
        ..day
    }
}
