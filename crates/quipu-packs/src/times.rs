//! What a language knows of times (`languages/*/times`).

use serde::Deserialize;

use crate::{DateOrder, PackError, Packs, PhraseRules};

/// Words and patterns of times in one language, those of every language included.
#[derive(Debug, Clone)]
pub struct TimeRules {
    /// The words and patterns.
    pub phrases: PhraseRules,
    /// How its writers order a date of three numbers.
    pub date_order: DateOrder,
    /// When fiscal years start; the last that fits a year holds.
    pub fiscal: Vec<FiscalYear>,
    /// The day on which the examples are read.
    pub example_day: String,
}

/// When the fiscal year starts from some year on.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FiscalYear {
    /// First fiscal year it holds for.
    pub since: i32,
    /// Month it starts in, in the calendar year before the one it is named by;
    /// 1 when it is the calendar year.
    pub starts: u8,
    /// Named by the calendar year it starts in all the same.
    #[serde(default)]
    pub named_by_first: bool,
    /// Whose it is, as the words of the class `fiscal-of` number them.
    #[serde(default = "first")]
    pub whose: i32,
}

fn first() -> i32 {
    1
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Own {
    #[serde(default)]
    fiscal: Vec<FiscalYear>,
    example_day: Option<String>,
}

impl TimeRules {
    /// The rules of a language, with those of every language before them.
    ///
    /// # Errors
    /// What is wrong in a file, with its line.
    pub fn read(packs: &Packs, tag: &str) -> Result<Self, PackError> {
        let (phrases, owns) = PhraseRules::read::<Own>(packs, tag, "times")?;
        let mut made = Self {
            phrases,
            date_order: DateOrder::Unsure,
            fiscal: Vec::new(),
            example_day: String::new(),
        };
        for own in owns {
            if !own.fiscal.is_empty() {
                made.fiscal = own.fiscal;
            }
            if let Some(day) = own.example_day {
                made.example_day = day;
            }
        }
        if let Some(language) = packs.language(tag) {
            made.date_order = language.date_order;
            let months = made.phrases.classes.entry("month".to_owned()).or_default();
            for (i, names) in language.months.iter().enumerate() {
                let number = i64::try_from(i + 1).unwrap_or_default();
                months.extend(names.iter().map(|name| (name.clone(), number)));
            }
        }
        Ok(made)
    }
}
