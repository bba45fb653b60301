//! `gold claims --list`: for those who write rules, each claim of the texts of dev
//! and what became of it.

use std::fmt::Write as _;

use super::Scored;
use super::compare::{Test, found, pairs, roles_alike};
use super::tally::further;
use super::told::{Filler, Told};

/// What became of one claim.
struct Row<'a> {
    /// `found`, `differs`, `roles`, `missed` or `extra`.
    word: &'static str,
    /// What of it differs.
    differs: Vec<&'static str>,
    key: Option<&'a Told>,
    ours: Option<&'a Told>,
}

impl Row<'_> {
    fn start(&self) -> usize {
        self.key.or(self.ours).map_or(0, |claim| claim.start)
    }

    /// Whether a word asked for names it: what became of it, what differs, a kind.
    fn is(&self, asked: &str) -> bool {
        let kind = |claim: &Told| claim.kind == asked;
        self.word == asked
            || self.differs.iter().any(|word| word.starts_with(asked))
            || self.key.is_some_and(kind)
            || self.ours.is_some_and(kind)
    }
}

/// Every claim of one text in words: those that a word asked for names, or all.
pub(super) fn list(scored: &Scored, asked: &[&str]) -> String {
    let english = scored.text.language == "en";
    let mut rows = Vec::new();
    let (mut mine, mut theirs) = (
        vec![false; scored.key.len()],
        vec![false; scored.ours.len()],
    );
    for (i, j) in pairs(&scored.key, &scored.ours) {
        (mine[i], theirs[j]) = (true, true);
        rows.push(paired(&scored.key[i], &scored.ours[j], english));
    }
    let lone = |claims: &'_ [Told], taken: Vec<bool>| {
        let places = (0..claims.len()).zip(taken);
        places
            .filter(|(_, taken)| !taken)
            .map(|(at, _)| at)
            .collect::<Vec<_>>()
    };
    rows.extend(lone(&scored.key, mine).into_iter().map(|at| Row {
        word: "missed",
        differs: Vec::new(),
        key: scored.key.get(at),
        ours: None,
    }));
    rows.extend(lone(&scored.ours, theirs).into_iter().map(|at| Row {
        word: "extra",
        differs: Vec::new(),
        key: None,
        ours: scored.ours.get(at),
    }));
    rows.sort_by_key(Row::start);
    let mut page = String::new();
    let text = &scored.text;
    let _ = writeln!(page, "== {} {} {}", text.name, text.sort, text.language);
    for row in rows {
        if !asked.is_empty() && !asked.iter().any(|asked| row.is(asked)) {
            continue;
        }
        let _ = writeln!(page, "{:<8}{}", row.word, row.differs.join(", "));
        if let Some(key) = row.key {
            let _ = writeln!(page, "    key  {}", short(key));
        }
        if let Some(ours) = row.ours.filter(|_| row.word != "found") {
            let _ = writeln!(page, "    ours {}", short(ours));
        }
        if row.word == "missed"
            && let Some(key) = row.key
        {
            let quote: Vec<&str> = key.quote.split_whitespace().collect();
            let _ = writeln!(page, "         {}", quote.join(" "));
        }
    }
    page
}

fn paired<'a>(key: &'a Told, ours: &'a Told, english: bool) -> Row<'a> {
    let is_found = found(key, ours);
    let tests = Test::ALL.into_iter();
    let mut differs: Vec<&str> = tests
        .filter(|test| test.same(key, ours, english) == Some(false))
        .map(Test::word)
        .collect();
    if key.kind == ours.kind && further(key, ours).contains(&false) {
        differs.push("further roles");
    }
    if !is_found {
        for (alike, word) in roles_alike(key, ours)
            .iter()
            .zip(["first role", "second role"])
        {
            if !alike {
                differs.insert(0, word);
            }
        }
    }
    let word = match (is_found, differs.is_empty()) {
        (false, _) => "roles",
        (true, true) => "found",
        (true, false) => "differs",
    };
    Row {
        word,
        differs,
        key: Some(key),
        ours: Some(ours),
    }
}

fn short(claim: &Told) -> String {
    let filler = |filler: &Filler| {
        let flat = |words: &String| words.split_whitespace().collect::<Vec<_>>().join(" ");
        let name = filler.name.as_ref().map_or_else(|| "-".to_owned(), flat);
        match filler.as_written.as_ref().map(flat) {
            Some(words) if words != name => format!("{name} «{words}»"),
            _ => name,
        }
    };
    let roles: Vec<String> = claim.roles.iter().take(2).map(filler).collect();
    let mut line = format!("{}({})", claim.kind, roles.join(" → "));
    for role in claim.roles.iter().skip(2) {
        if role.name.is_some() || role.as_written.is_some() {
            let _ = write!(line, " {}: {}", role.role, filler(role));
        }
    }
    let predicate: Vec<&str> = claim.predicate.split_whitespace().collect();
    let _ = write!(line, " «{}»", predicate.join(" "));
    let polarity = if claim.negative { " not" } else { "" };
    let _ = write!(line, " |{polarity} {}", claim.standing);
    if !claim.holders.is_empty() {
        let holders: Vec<String> = claim.holders.iter().map(filler).collect();
        let _ = write!(line, " by {}", holders.join(" < "));
    }
    if let Some(when) = &claim.when {
        let edtf = when.edtf.as_deref().unwrap_or("?");
        let _ = write!(line, " | {edtf} «{}»", when.as_written.trim());
    }
    for amount in &claim.amounts {
        let shown = amount
            .numbers
            .map(|n| n.map_or_else(String::new, |n| n.to_string()));
        let _ = write!(line, " | {} {}", shown.join("/"), amount.unit);
    }
    let _ = write!(line, " @{} {}", claim.start, claim.rule);
    line
}
