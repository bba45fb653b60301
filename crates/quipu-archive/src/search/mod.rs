//! Search: a projection of the shelf onto a tantivy index, and the questions
//! that can be put to it. What a person types is made into a [`Query`] by the
//! desk; here it is only answered.
//!
//! Words are folded first (no accents, lower case), then stemmed. Both forms
//! of a word stand at the same position of one field, so a phrase can mix
//! exact words, stems, wildcards and near misses.

mod answer;
mod claims;
mod expand;
mod facets;
mod highlight;
mod intervals;
mod near;
mod one_claim;
mod open_word;
mod plan;
mod positions;
mod query;
mod schema;
mod words;
mod write;

pub use answer::{Answer, ClaimVocabulary, Hit, Index, Request, Sort};
pub use facets::FacetCount;
pub use highlight::{Passage, highlight};
pub use query::{ClaimPart, ClaimPlace, Matching, Query, Word};
pub use schema::{Facet, Number};
pub use words::{Stemmers, Token, fold, words};
pub(crate) use write::IndexPen;

/// Turns a day, counted from 1970-01-01, into its year in the proleptic
/// Gregorian calendar.
#[must_use]
pub fn year_of(day: i64) -> i64 {
    // Howard Hinnant's civil_from_days, in eras of 400 years from 1 March 0000.
    let day = day.saturating_add(719_468);
    let era = day.div_euclid(146_097);
    let of_era = day.rem_euclid(146_097);
    let year = (of_era - of_era / 1_460 + of_era / 36_524 - of_era / 146_096) / 365;
    let of_year = of_era - (365 * year + year / 4 - year / 100);
    let january_or_february = of_year >= 306;
    year + era * 400 + i64::from(january_or_february)
}

#[cfg(test)]
mod tests {
    use super::year_of;

    #[test]
    fn years_begin_and_end_where_the_calendar_says() {
        assert_eq!(year_of(0), 1970);
        assert_eq!(year_of(-1), 1969);
        assert_eq!(year_of(364), 1970);
        assert_eq!(year_of(365), 1971);
        assert_eq!(year_of(10_956), 1999);
        assert_eq!(year_of(10_957), 2000);
        assert_eq!(year_of(11_322), 2000);
        assert_eq!(year_of(11_323), 2001);
        assert_eq!(year_of(-719_529), -1);
        assert_eq!(year_of(-719_528), 0);
    }
}
