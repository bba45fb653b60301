//! Header forms (`schema/documents/*.toml`): documents whose head is filled in
//! line by line, such as diplomatic cables.

use std::collections::BTreeMap;

use regex::Regex;
use serde::Deserialize;

use crate::pattern;

/// A kind of document with a header, as written by an archivist.
#[derive(Debug)]
pub struct HeaderForm {
    /// Name of the form: `cable`.
    pub name: String,
    /// Value of the `document-kind` field.
    pub document_kind: String,
    /// What the form's field names begin with: `cable.`.
    pub prefix: String,
    /// Lines by which the form is known.
    pub recognise: Vec<Regex>,
    /// How many of those patterns must be met.
    pub recognise_at_least: usize,
    /// Within how many lines from the top.
    pub recognise_within_lines: usize,
    /// Lines at which the header is over at the latest.
    pub ends: Vec<Regex>,
    /// Lines that are never part of a field.
    pub furniture: Vec<Furniture>,
    /// Patterns of header lines, in the order in which they are tried.
    pub lines: Vec<HeaderLine>,
    /// What the words of a named group become.
    pub groups: BTreeMap<String, Group>,
    /// The sheet of `Label: value` lines behind the text, where there is one.
    pub sheet: Option<Sheet>,
    /// Month names of the date-time group.
    pub months: BTreeMap<String, u8>,
    /// Two-digit years from here on belong to the last century.
    pub year_pivot: u16,
}

/// A line printed around the text by a machine or an archive.
#[derive(Debug)]
pub struct Furniture {
    /// Name of the rule.
    pub name: String,
    /// Word of the zone kind the line becomes.
    pub zone: String,
    /// How the line looks.
    pub pattern: Regex,
}

/// One pattern of a header line; each named group becomes a field.
#[derive(Debug)]
pub struct HeaderLine {
    /// Name of the rule.
    pub name: String,
    /// How the line looks.
    pub pattern: Regex,
    /// How the lines after it belong to it.
    pub continues: Continues,
}

/// How the lines after a header line belong to it.
#[derive(Debug)]
pub enum Continues {
    /// Not at all.
    No,
    /// Each further line is a further value, up to the next empty line.
    EachLine,
    /// Lines of this look go on with the value.
    Matching(Regex),
    /// All lines up to the next empty line go on with the value.
    Paragraph,
    /// Lines up to the next empty line; where those are many (a layout without
    /// empty lines), as many as agree best with this label of the sheet.
    Agreeing(String),
}

/// What the words of a group become.
#[derive(Debug, Default)]
pub struct Group {
    /// How the value is put into one form.
    pub form: ValueForm,
    /// A further field that takes the same value.
    pub also: Option<String>,
    /// Words that stand for others, looked up without spaces too.
    pub values: BTreeMap<String, String>,
    /// Each match is a value of its own.
    pub items: Option<Regex>,
    /// Ways in which several values are parted, tried in order…
    pub separators: Vec<Regex>,
    /// …the first by which each part looks like this.
    pub piece: Option<Regex>,
}

/// Ways to put a value into one form.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ValueForm {
    /// As written, white space closed up.
    #[default]
    OneLine,
    /// Letter-spaced words closed up: `S E C R E T`.
    CloseUp,
    /// `311528Z JUL 79` as EDTF.
    DateTimeGroup,
    /// `31 jul 1979` as EDTF.
    DayMonthYear,
}

/// A sheet of `Label: value` lines.
#[derive(Debug)]
pub struct Sheet {
    /// The line above it.
    pub begins: Regex,
    /// How a labelled line looks, with groups `label` and `value`.
    pub label: Regex,
    /// Values that say nothing.
    pub empty: Vec<String>,
    /// Labels that become fields.
    pub fields: Vec<SheetField>,
}

/// A label of the sheet that becomes a field.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SheetField {
    /// The label.
    pub label: String,
    /// The group it fills.
    pub group: String,
    /// Whether it stands before the header's own value rather than in for a
    /// missing one.
    #[serde(default)]
    pub wins: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawForm {
    name: String,
    document_kind: String,
    prefix: String,
    recognise: Vec<String>,
    recognise_at_least: usize,
    recognise_within_lines: usize,
    ends: Vec<String>,
    #[serde(default)]
    furniture: Vec<RawFurniture>,
    line: Vec<RawLine>,
    #[serde(default)]
    group: BTreeMap<String, RawGroup>,
    sheet: Option<RawSheet>,
    #[serde(default)]
    months: BTreeMap<String, u8>,
    years: RawYears,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawYears {
    pivot: u16,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawFurniture {
    name: String,
    zone: String,
    pattern: String,
    examples: Vec<String>,
    near_misses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawLine {
    name: String,
    pattern: String,
    continues: Option<String>,
    continuation: Option<String>,
    agrees_with: Option<String>,
    examples: Vec<String>,
    near_misses: Vec<String>,
}

#[derive(Deserialize, Default)]
#[serde(deny_unknown_fields)]
struct RawGroup {
    #[serde(default)]
    form: ValueForm,
    also: Option<String>,
    #[serde(default)]
    values: BTreeMap<String, String>,
    items: Option<String>,
    #[serde(default)]
    separators: Vec<String>,
    piece: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawSheet {
    begins: String,
    label: String,
    empty: Vec<String>,
    field: Vec<SheetField>,
}

impl HeaderForm {
    /// Reads a form and runs every rule on its own examples and near misses.
    ///
    /// # Errors
    /// What is wrong, naming the rule, in words a linguist can act on.
    pub fn from_toml(text: &str) -> Result<Self, String> {
        let raw: RawForm = toml::from_str(text).map_err(|error| error.to_string())?;
        let compile = |what: &str, pattern: &str| {
            pattern::compile(pattern).map_err(|error| format!("{what}: {error}"))
        };
        let all = |what: &str, patterns: &[String]| -> Result<Vec<Regex>, String> {
            patterns
                .iter()
                .map(|pattern| compile(what, pattern))
                .collect()
        };
        let mut furniture = Vec::new();
        for RawFurniture {
            name,
            zone,
            pattern,
            examples,
            near_misses,
        } in raw.furniture
        {
            let pattern = compile(&name, &pattern)?;
            prove(&name, &pattern, &examples, &near_misses)?;
            furniture.push(Furniture {
                name,
                zone,
                pattern,
            });
        }
        let mut lines = Vec::new();
        for line in raw.line {
            let pattern = compile(&line.name, &line.pattern)?;
            prove(&line.name, &pattern, &line.examples, &line.near_misses)?;
            let continues = match (
                line.continues.as_deref(),
                line.continuation,
                line.agrees_with,
            ) {
                (None, None, None) => Continues::No,
                (Some("each-line"), None, None) => Continues::EachLine,
                (Some("paragraph"), None, None) => Continues::Paragraph,
                (Some("matching"), Some(look), None) => {
                    Continues::Matching(compile(&line.name, &look)?)
                }
                (Some("agreeing"), None, Some(label)) => Continues::Agreeing(label),
                _ => {
                    return Err(format!(
                        "{}: `continues` is each-line, paragraph, matching (with `continuation`) \
                         or agreeing (with `agrees_with`)",
                        line.name
                    ));
                }
            };
            lines.push(HeaderLine {
                name: line.name,
                pattern,
                continues,
            });
        }
        let mut groups = BTreeMap::new();
        for (name, group) in raw.group {
            let one = |pattern: Option<String>| {
                pattern.map(|pattern| compile(&name, &pattern)).transpose()
            };
            let (items, piece) = (one(group.items)?, one(group.piece)?);
            let separators = all(&name, &group.separators)?;
            let RawGroup {
                form, also, values, ..
            } = RawGroup {
                form: group.form,
                also: group.also,
                values: group.values,
                ..RawGroup::default()
            };
            groups.insert(
                name,
                Group {
                    form,
                    also,
                    values,
                    items,
                    separators,
                    piece,
                },
            );
        }
        let sheet = match raw.sheet {
            None => None,
            Some(sheet) => Some(Sheet {
                begins: compile("sheet.begins", &sheet.begins)?,
                label: compile("sheet.label", &sheet.label)?,
                empty: sheet.empty,
                fields: sheet.field,
            }),
        };
        Ok(Self {
            recognise: all("recognise", &raw.recognise)?,
            ends: all("ends", &raw.ends)?,
            name: raw.name,
            document_kind: raw.document_kind,
            prefix: raw.prefix,
            recognise_at_least: raw.recognise_at_least,
            recognise_within_lines: raw.recognise_within_lines,
            furniture,
            lines,
            groups,
            sheet,
            months: raw.months,
            year_pivot: raw.years.pivot,
        })
    }
}

/// Holds a rule to its own examples and near misses.
fn prove(
    name: &str,
    pattern: &Regex,
    examples: &[String],
    misses: &[String],
) -> Result<(), String> {
    if examples.is_empty() || misses.is_empty() {
        return Err(format!(
            "{name}: give at least one example and one near miss"
        ));
    }
    if let Some(example) = examples.iter().find(|example| !pattern.is_match(example)) {
        return Err(format!("{name}: does not match its example `{example}`"));
    }
    if let Some(miss) = misses.iter().find(|miss| pattern.is_match(miss)) {
        return Err(format!("{name}: matches its near miss `{miss}`"));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_cable_form_keeps_its_promises() {
        let text = include_str!("../../../schema/documents/cable.toml");
        let form = HeaderForm::from_toml(text);
        assert!(form.is_ok(), "{}", form.err().unwrap_or_default());
    }

    #[test]
    fn a_rule_that_matches_its_near_miss_is_refused() {
        let text = include_str!("../../../schema/documents/cable.toml");
        let broken = text.replace(
            "near_misses = [\"INFO AMEMBASSY LA PAZ\"]",
            "near_misses = [\"FM LA PAZ\"]",
        );
        let answer = HeaderForm::from_toml(&broken);
        assert!(answer.is_err_and(|reason| reason.contains("cable.line.from")));
    }
}
