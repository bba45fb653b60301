//! Fiscal years: of those whose year the pack knows, in months; of others, as
//! wide as any may lie.

use quipu_model::time::TimeModifier;

use super::calendar::{self, civil};
use super::known::{Known, year};
use super::meaning::Unit;
use super::resolve::Resolver;
use super::story::Story;

impl Resolver<'_, '_> {
    /// Fiscal years from one to another, or one alone.
    pub(super) fn fiscal_years(
        &self,
        first: i32,
        last: Option<i32>,
        short: bool,
        whose: i32,
    ) -> Option<Known> {
        let number = if short { self.full_year(first) } else { first };
        let early = self.fiscal(number, whose)?;
        match last {
            Some(last) => super::ranges::joined(&early, &self.fiscal(last, whose)?),
            None => Some(early),
        }
    }

    /// The fiscal year of a number.
    fn fiscal(&self, number: i32, whose: i32) -> Option<Known> {
        let fiscal = &self.story.machine.own.fiscal;
        let mut rules = fiscal.iter().rev();
        let rule = rules.find(|rule| rule.whose == whose && rule.since <= number);
        let said = format!("FY{}", year(number));
        let Some(rule) = rule else {
            // Whose fiscal year it is nobody says.
            let first = calendar::day(number - 1, 1, 1)?;
            let known = Known::interval(first, calendar::day(number, 12, 31)?, Unit::Year);
            return Some(Known {
                edtf: format!("{}~", year(number)),
                timex: said.clone(),
                said,
                modifier: Some(TimeModifier::Approx),
                ..known
            });
        };
        let named_by_first = rule.starts == 1 || rule.named_by_first;
        let start = if named_by_first { number } else { number - 1 };
        let first = calendar::day(start, rule.starts, 1)?;
        let last = calendar::month_start(start, rule.starts, 12)? - 1;
        let (from, to) = (civil(first), civil(last));
        let edtf = format!(
            "{}-{:02}/{}-{:02}",
            year(from.year),
            from.month,
            year(to.year),
            to.month
        );
        Some(Known {
            edtf,
            timex: said.clone(),
            said,
            ..Known::interval(first, last, Unit::Year)
        })
    }

    /// The fiscal year in which the document was written, or one beside it.
    pub(super) fn fiscal_now(&self, steps: i32, whose: i32) -> Known {
        let origin = Story::reference_origin();
        let unknown = || Known::unknown(Unit::Year, "FYXXXX".to_owned()).from(origin);
        let Some(reference) = self.story.reference else {
            return unknown();
        };
        let now = civil(reference).year;
        let known = (now - 1..=now + 1)
            .filter_map(|number| Some((number, self.fiscal(number, whose)?)))
            .find(|(_, known)| {
                whose != 0 && known.first <= Some(reference) && known.last >= Some(reference)
            })
            .and_then(|(number, _)| self.fiscal(number + steps, whose));
        if let Some(known) = known {
            return known.from(origin);
        }
        // It began less than a year before the document and ends within one.
        let bounds = calendar::add_months(reference, i64::from(steps) * 12 - 12)
            .zip(calendar::add_months(reference, i64::from(steps) * 12 + 12));
        match bounds {
            Some((first, last)) => Known {
                edtf: format!("{}~", year(now + steps)),
                timex: "FYXXXX".to_owned(),
                said: "FYXXXX".to_owned(),
                modifier: Some(TimeModifier::Approx),
                year_said: false,
                ..Known::interval(first + 1, last - 1, Unit::Year)
            }
            .from(origin),
            None => unknown(),
        }
    }
}
