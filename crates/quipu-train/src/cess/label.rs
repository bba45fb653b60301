//! A CESS label such as `S.F.C*.co-CD.Q`: category, function, marks.

/// A label taken apart.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Label {
    /// Category without gender, number and marks: `sn`, `grup.nom`, `S.F.C`.
    pub category: String,
    /// Function: `SUJ`, `CD`, `CC`; empty if none. Refinements after a dot are
    /// kept only where they name another thing (`CPRED.SUJ`).
    pub function: String,
    /// A coordination (`.co`): its parts are the conjuncts.
    pub coordination: bool,
    /// An elliptic clause (`*`), one without a finite verb of its own.
    pub elliptic: bool,
}

/// Parts of a category that are no part of its name: agreement, marks of
/// discontinuity, of insertion, of emptiness.
const MARKS: [&str; 18] = [
    "ms", "mp", "fs", "fp", "s", "p", "m", "f", "c", "1n", "1c", "2n", "2c", "3n", "3c", "x", "j",
    "e",
];

impl Label {
    /// Takes a label apart.
    #[must_use]
    pub fn parse(label: &str) -> Self {
        let (name, function) = label.split_once('-').unwrap_or((label, ""));
        let mut parsed = Self::default();
        for (at, part) in name.split('.').enumerate() {
            let bare = part.trim_end_matches('*');
            parsed.elliptic |= bare.len() != part.len();
            if at > 0 && bare == "co" {
                parsed.coordination = true;
            } else if at == 0 || !MARKS.contains(&bare) {
                if at > 0 {
                    parsed.category.push('.');
                }
                parsed.category.push_str(bare);
            }
        }
        parsed.function = match function.split_once('.') {
            Some(("CPRED", rest)) if rest.starts_with("SUJ") => "CPRED.SUJ".to_owned(),
            Some(("CPRED", rest)) if rest.starts_with("CD") => "CPRED.CD".to_owned(),
            Some((main, _)) => main.to_owned(),
            None => function.to_owned(),
        };
        parsed
    }

    /// True for clauses, finite or not.
    #[must_use]
    pub fn is_clause(&self) -> bool {
        self.category == "S" || self.category.starts_with("S.")
    }

    /// True for the categories headed by a noun or pronoun.
    #[must_use]
    pub fn is_nominal(&self) -> bool {
        self.category.starts_with("sn")
            || matches!(self.category.as_str(), "grup.nom" | "relatiu" | "numero")
    }
}
