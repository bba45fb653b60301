//! Claims for people: the sentence, and under it what it says.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;

use super::{list, text};
use crate::cli::Claims;
use crate::ink::{BOLD, CYAN, FAINT, GREEN, Ink, RED, YELLOW, clean};

/// Columns before what is told of a claim.
const KIND: usize = 14;

/// One file: sentences that have a claim of the kinds asked for; where none is
/// asked for, all that have one or something that gave none.
pub(super) fn file(path: &Path, record: &Value, ask: &Claims, ink: Ink) -> String {
    if record.get("refused").is_some() {
        return String::new();
    }
    let mut out = String::new();
    let (mut claims, mut told) = (0, 0);
    for sentence in list(record, "sentences") {
        let lines = list(sentence, "claims").iter().filter_map(Value::as_str);
        let own: Vec<Value> = lines
            .filter_map(|line| serde_json::from_str(line).ok())
            .filter(|claim| is_asked(claim, ask))
            .collect();
        let unread = list(sentence, "unread");
        if own.is_empty() && (unread.is_empty() || !ask.kinds.is_empty()) {
            continue;
        }
        claims += own.len();
        told += usize::from(!own.is_empty());
        if let Some(page) = sentence.get("page").and_then(Value::as_u64) {
            let _ = write!(out, "{}p. {page}{}  ", ink.on(FAINT), ink.off());
        }
        let words = single(text(sentence, "text"));
        let _ = writeln!(out, "{}{words}{}", ink.on(BOLD), ink.off());
        for one in &own {
            claim(one, ask.explain, ink, &mut out);
        }
        for one in unread {
            nothing(one, ink, &mut out);
        }
        out.push('\n');
    }
    let found = match claims {
        0 => "no claims".to_owned(),
        _ => format!("{} in {}", count(claims, "claim"), count(told, "sentence")),
    };
    let name = clean(&path.display().to_string());
    format!("== {name}: {found} ==\n\n{out}")
}

/// Whether a claim is of a kind that is asked for.
pub(super) fn is_asked(claim: &Value, ask: &Claims) -> bool {
    let kind = text(claim, "kind");
    ask.kinds.is_empty() || ask.kinds.iter().any(|asked| asked == kind)
}

fn count(count: usize, what: &str) -> String {
    let end = if count == 1 { "" } else { "s" };
    format!("{count} {what}{end}")
}

/// Words on one line that steer no terminal.
fn single(words: &str) -> String {
    let words: Vec<String> = words.split_whitespace().map(clean).collect();
    words.join(" ")
}

fn claim(claim: &Value, explain: bool, ink: Ink, out: &mut String) {
    let kind = clean(text(claim, "kind"));
    let fill = KIND.saturating_sub(2 + kind.chars().count()).max(1);
    let _ = write!(out, "  {}{kind}{}{:fill$}", ink.on(CYAN), ink.off(), "");
    if text(claim, "polarity") == "negative" {
        let _ = write!(out, "{}(not){} ", ink.on(RED), ink.off());
    }
    let roles: Vec<String> = list(claim, "roles")
        .iter()
        .map(|one| role(one, ink))
        .collect();
    let (ends, further) = roles.split_at(roles.len().min(2));
    out.push_str(&ends.join(" → "));
    for role in further {
        let _ = write!(out, ", {role}");
    }
    out.push('\n');
    let mut facts = vec![standing(claim, ink)];
    if let Some(subkind) = claim.get("subkind").and_then(Value::as_str) {
        facts.push(clean(subkind));
    }
    facts.extend(list(claim, "holders").iter().map(holder));
    facts.extend(list(claim, "amount").iter().map(amount));
    facts.extend(claim.get("when").filter(|when| !when.is_null()).map(when));
    let places = list(claim, "where").iter();
    facts.extend(places.map(|place| format!("in {}", named(place))));
    let _ = writeln!(out, "{:KIND$}{}", "", facts.join(" · "));
    if explain {
        let (rule, why) = (text(claim, "rule"), single(text(claim, "why")));
        let _ = writeln!(
            out,
            "{:KIND$}{}{rule}: {why} Sure to {:.2}.{}",
            "",
            ink.on(FAINT),
            claim
                .get("confidence")
                .and_then(Value::as_f64)
                .unwrap_or(0.0),
            ink.off()
        );
    }
}

fn role(role: &Value, ink: Ink) -> String {
    let filler = if role.get("name").is_none_or(Value::is_null) {
        "nobody named".to_owned()
    } else {
        format!("{}{}{}", ink.on(YELLOW), named(role), ink.off())
    };
    format!(
        "{}{}{} {filler}",
        ink.on(FAINT),
        clean(text(role, "role")),
        ink.off()
    )
}

/// A name, and behind it the words here where they are others.
fn named(slot: &Value) -> String {
    let name = single(text(slot, "name"));
    let words = single(text(slot, "as_written"));
    if words.is_empty() || words.to_lowercase().contains(&name.to_lowercase()) {
        let longer = if words.is_empty() { &name } else { &words };
        return longer.clone();
    }
    format!("{name} ({words})")
}

fn standing(claim: &Value, ink: Ink) -> String {
    let standing = text(claim, "standing");
    let colour = match standing {
        "asserted" | "testified" | "found" => GREEN,
        "denied" | "retracted" => RED,
        _ => YELLOW,
    };
    format!("{}{}{}", ink.on(colour), clean(standing), ink.off())
}

fn holder(holder: &Value) -> String {
    let name = if holder.get("name").is_none_or(Value::is_null) {
        "somebody".to_owned()
    } else {
        named(holder)
    };
    let mut words = format!("says {name}");
    let cue = single(text(holder, "cue"));
    if !cue.is_empty() {
        let _ = write!(words, ", “{cue}”");
    }
    if let Some(time) = holder.get("when").filter(|time| !time.is_null()) {
        let _ = write!(words, " {}", when(time));
    }
    words
}

fn amount(amount: &Value) -> String {
    let words = single(text(amount, "as_written"));
    let value = amount.get("value").filter(|value| value.is_number());
    let exact = value.map(|value| {
        let modifier = amount.get("modifier").and_then(Value::as_str);
        let parts = [
            modifier.map(|word| word.replace('-', " ")),
            Some(value.to_string()),
            amount.get("unit").and_then(Value::as_str).map(clean),
            amount
                .get("per")
                .and_then(Value::as_str)
                .map(|per| format!("a {}", clean(per))),
        ];
        parts.into_iter().flatten().collect::<Vec<_>>().join(" ")
    });
    with(words, exact)
}

fn when(when: &Value) -> String {
    let edtf = when.get("edtf").and_then(Value::as_str).map(clean);
    with(single(text(when, "as_written")), edtf)
}

/// Words, and behind them what they mean where that is not the same.
fn with(words: String, meaning: Option<String>) -> String {
    match meaning.filter(|meaning| *meaning != words) {
        Some(meaning) => format!("{words} [{meaning}]"),
        None => words,
    }
}

/// Something that gave no claim of a kind.
fn nothing(unread: &Value, ink: Ink, out: &mut String) {
    let why = single(text(unread, "why"));
    let what = match unread.get("words").and_then(Value::as_str) {
        Some(words) => format!("`{}`: {why}", single(words)),
        None => why,
    };
    let open = unread.get("open").and_then(Value::as_bool) == Some(true);
    let label = if open { "no kind" } else { "no claim" };
    let _ = writeln!(out, "  {}{label:<12}{what}.{}", ink.on(FAINT), ink.off());
}
