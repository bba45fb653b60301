//! Document rules (`languages/*/document.toml`): how lines look that are not
//! the document's own say, and lines that say who wrote and printed it, where
//! and when.

use std::collections::BTreeMap;

use quipu_model::ZoneKind;
use serde::Deserialize;

use crate::lazy::Pattern;
use crate::{Broken, PackError, fold};

/// A rule for lines that are boilerplate or furniture.
#[derive(Debug)]
pub struct ZoneRule {
    /// `es.zone.share`.
    pub name: String,
    /// What such a line is.
    pub zone: ZoneKind,
    /// How far the zone goes on below the line.
    pub reach: Reach,
    /// Whole lines, folded.
    phrases: Vec<String>,
    /// Beginnings of lines, folded.
    openings: Vec<String>,
    /// How a line may look.
    patterns: Vec<Pattern>,
    /// Where in the document such a line stands.
    pub place: Where,
    examples: Vec<String>,
    near_misses: Vec<String>,
}

/// A rule for a line that gives fields.
#[derive(Debug)]
pub struct FieldRule {
    /// `en.field.dateline`.
    pub name: String,
    /// Tag of its pack, for reading dates.
    pub language: String,
    /// How the line looks; each named group becomes the field of that name
    /// (`_` for `-`), and the whole match the field `concludes`.
    pattern: Pattern,
    /// The field the whole match becomes, where there is one.
    pub concludes: Option<String>,
    /// Where the line stands.
    pub place: Where,
    /// Whether the rule reads on to the end of the paragraph, its lines joined.
    pub paragraph: bool,
    /// Lines that look so and are something else.
    unless: Vec<Pattern>,
    examples: Vec<FieldExample>,
    near_misses: Vec<String>,
}

/// How far a zone goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Reach {
    /// The line alone.
    #[default]
    Line,
    /// The lines after it too, as long as they are short.
    ShortLines,
}

/// Where in a document a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Where {
    /// Anywhere, on a line of its own.
    #[default]
    Anywhere,
    /// Above the first long paragraph.
    Head,
    /// Below the last long paragraph.
    Foot,
    /// Above the first or below the last.
    Edges,
    /// In the head, below the title.
    AfterTitle,
    /// At the beginning of the first long paragraph, or on a line in the head.
    BodyStart,
    /// Above the first or below the last, legal notices included.
    Colophon,
    /// In the head, next to a line that tells the date of publication.
    BesideDate,
    /// Where a letterhead stands: in the head or at the top edge of a page, above
    /// the name of whom the document is for.
    Letterhead,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct RawDocument {
    #[serde(default)]
    parts: BTreeMap<String, String>,
    /// Lists of words that stand in patterns as `{list.title}`, written with a
    /// capital, `{list.upper}`, all in capitals, or `{list}`, either.
    #[serde(default)]
    lists: BTreeMap<String, Vec<String>>,
    #[serde(default)]
    zone: Vec<RawZone>,
    #[serde(default)]
    field: Vec<RawField>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawZone {
    name: String,
    zone: String,
    #[serde(default)]
    reach: Reach,
    #[serde(default)]
    place: Where,
    #[serde(default)]
    phrases: Vec<String>,
    #[serde(default)]
    openings: Vec<String>,
    #[serde(default)]
    patterns: Vec<String>,
    examples: Vec<String>,
    near_misses: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RawField {
    name: String,
    pattern: String,
    concludes: Option<String>,
    #[serde(default)]
    place: Where,
    #[serde(default)]
    paragraph: bool,
    #[serde(default)]
    unless: Vec<String>,
    examples: Vec<FieldExample>,
    near_misses: Vec<String>,
}

/// A line, and the words each field must get from it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct FieldExample {
    line: String,
    gives: BTreeMap<String, String>,
}

impl ZoneRule {
    /// Whether a line looks so.
    #[must_use]
    pub fn matches(&self, line: &str) -> bool {
        let line = line.trim();
        self.matches_folded(line, &fold::phrase(line))
    }

    /// The same for a line whose folded form is at hand.
    #[must_use]
    pub fn matches_folded(&self, line: &str, folded: &str) -> bool {
        self.phrases.iter().any(|phrase| phrase == folded)
            || self.openings.iter().any(|opening| {
                folded
                    .strip_prefix(opening.as_str())
                    .is_some_and(|rest| !rest.starts_with(char::is_alphanumeric))
            })
            || self.patterns.iter().any(|pattern| pattern.is_match(line))
    }

    fn check(&self, broken: &mut Vec<Broken>) {
        let mut say = |text: &str, message: &str| {
            broken.push(Broken {
                rule: self.name.clone(),
                text: text.to_owned(),
                message: message.to_owned(),
            });
        };
        if !self.patterns.iter().all(Pattern::is_sound) {
            say("", "holds a pattern that is none");
        }
        for example in self.examples.iter().filter(|line| !self.matches(line)) {
            say(example, "does not match its example");
        }
        for miss in self.near_misses.iter().filter(|line| self.matches(line)) {
            say(miss, "matches its near miss");
        }
    }
}

impl FieldRule {
    /// The fields a line gives, with their places in it; empty when it does not
    /// look so.
    #[must_use]
    pub fn read(&self, line: &str) -> Vec<(String, std::ops::Range<usize>)> {
        let Some(found) = self.pattern.captures(line) else {
            return Vec::new();
        };
        if self.unless.iter().any(|other| other.is_match(line)) {
            return Vec::new();
        }
        let mut fields = Vec::new();
        if let (Some(name), Some(whole)) = (&self.concludes, found.get(0)) {
            fields.push((name.clone(), whole.range()));
        }
        for group in self.pattern.names() {
            if let Some(words) = found.name(group) {
                fields.push((group.replace('_', "-"), words.range()));
            }
        }
        fields
    }

    fn check(&self, broken: &mut Vec<Broken>) {
        let mut say = |text: &str, message: String| {
            broken.push(Broken {
                rule: self.name.clone(),
                text: text.to_owned(),
                message,
            });
        };
        if !(self.pattern.is_sound() && self.unless.iter().all(Pattern::is_sound)) {
            say("", "holds a pattern that is none".to_owned());
        }
        for example in &self.examples {
            let fields = self.read(&example.line);
            for (name, words) in &example.gives {
                let given = fields
                    .iter()
                    .filter(|field| field.0 == *name)
                    .filter_map(|field| example.line.get(field.1.clone()));
                if !given.clone().any(|given| given == words) {
                    let given: Vec<&str> = given.collect();
                    say(
                        &example.line,
                        format!("promises {name} = `{words}` and gives {given:?}"),
                    );
                }
            }
        }
        for miss in self
            .near_misses
            .iter()
            .filter(|line| !self.read(line).is_empty())
        {
            say(miss, "matches its near miss".to_owned());
        }
    }
}

/// The rules of one language.
#[derive(Debug, Default)]
pub(crate) struct DocumentRules {
    pub(crate) zones: Vec<ZoneRule>,
    pub(crate) fields: Vec<FieldRule>,
}

impl DocumentRules {
    pub(crate) fn read(
        raw: RawDocument,
        language: &str,
        file: &str,
        text: &str,
        given: &BTreeMap<String, String>,
        eager: bool,
    ) -> Result<Self, PackError> {
        let mut parts = given.clone();
        for (name, words) in &raw.lists {
            let (title, upper) = capitalised(words);
            parts.insert(name.clone(), format!("{title}|{upper}"));
            parts.insert(format!("{name}.title"), title);
            parts.insert(format!("{name}.upper"), upper);
        }
        for (name, part) in &raw.parts {
            let whole = put_in(part, &parts);
            parts.insert(name.clone(), whole);
        }
        let compile = |name: &str, pattern: &str| {
            let source = put_in(pattern, &parts);
            if !eager {
                return Ok(Pattern::later(source));
            }
            Pattern::now(source).map_err(|error| {
                let message = format!("{name}: {error}");
                let instead = "write a regular expression of the `regex` crate; `{part}` stands for a part named in [parts]";
                PackError::about(file, text, name, message, instead)
            })
        };
        let mut made = Self::default();
        for zone in raw.zone {
            name_begins(&zone.name, language, "zone", file, text)?;
            proves(
                &zone.name,
                zone.examples.len(),
                zone.near_misses.len(),
                file,
                text,
            )?;
            let Some(kind) = ZoneKind::from_word(&zone.zone) else {
                let words: Vec<&str> = ZoneKind::ALL.iter().map(|kind| kind.word()).collect();
                let message = format!("`{}` is no kind of zone", zone.zone);
                let instead = format!("write one of {}", words.join(", "));
                return Err(PackError::about(file, text, &zone.name, message, &instead));
            };
            let fold = |words: &[String]| words.iter().map(|words| fold::phrase(words)).collect();
            // A colon at the end of an opening is part of it.
            let open = |words: &String| {
                let colon = if words.trim_end().ends_with(':') {
                    ":"
                } else {
                    ""
                };
                fold::phrase(words) + colon
            };
            let patterns: Result<Vec<Pattern>, PackError> = zone
                .patterns
                .iter()
                .map(|pattern| compile(&zone.name, pattern))
                .collect();
            made.zones.push(ZoneRule {
                zone: kind,
                reach: zone.reach,
                place: zone.place,
                phrases: fold(&zone.phrases),
                openings: zone.openings.iter().map(open).collect(),
                patterns: patterns?,
                name: zone.name,
                examples: zone.examples,
                near_misses: zone.near_misses,
            });
        }
        for field in raw.field {
            name_begins(&field.name, language, "field", file, text)?;
            proves(
                &field.name,
                field.examples.len(),
                field.near_misses.len(),
                file,
                text,
            )?;
            let unless: Result<Vec<Pattern>, PackError> = field
                .unless
                .iter()
                .map(|pattern| compile(&field.name, pattern))
                .collect();
            made.fields.push(FieldRule {
                pattern: compile(&field.name, &field.pattern)?,
                unless: unless?,
                paragraph: field.paragraph,
                language: language.to_owned(),
                concludes: field.concludes,
                place: field.place,
                name: field.name,
                examples: field.examples,
                near_misses: field.near_misses,
            });
        }
        Ok(made)
    }

    pub(crate) fn check(&self, broken: &mut Vec<Broken>) {
        for zone in &self.zones {
            zone.check(broken);
        }
        for field in &self.fields {
            field.check(broken);
        }
    }
}

fn name_begins(
    name: &str,
    language: &str,
    what: &str,
    file: &str,
    text: &str,
) -> Result<(), PackError> {
    let wanted = format!("{language}.{what}.");
    if name.starts_with(&wanted) {
        return Ok(());
    }
    let message = format!("`{name}` is no name of a rule here");
    let instead = format!("begin the name with `{wanted}`");
    Err(PackError::about(file, text, name, message, &instead))
}

fn proves(
    name: &str,
    examples: usize,
    misses: usize,
    file: &str,
    text: &str,
) -> Result<(), PackError> {
    if examples > 0 && misses > 0 {
        return Ok(());
    }
    let message = format!("{name} proves nothing");
    let instead = "give at least one of `examples` and one of `near_misses`";
    Err(PackError::about(file, text, name, message, instead))
}

/// Patterns for any of these words with a capital, and all in capitals; accents
/// are often left off capitals.
fn capitalised(words: &[String]) -> (String, String) {
    let (mut titles, mut uppers): (Vec<String>, Vec<String>) = (Vec::new(), Vec::new());
    for word in words {
        let mut letters = word.chars();
        let first: String = letters
            .next()
            .into_iter()
            .flat_map(char::to_uppercase)
            .collect();
        titles.push(regex::escape(&format!("{first}{}", letters.as_str())));
        let mut upper = String::new();
        for c in word.chars().flat_map(char::to_uppercase) {
            let plain = fold::base(c).to_ascii_uppercase();
            if plain == c {
                upper.push_str(&regex::escape(c.encode_utf8(&mut [0; 4])));
            } else {
                upper.extend(['[', c, plain, ']']);
            }
        }
        uppers.push(upper);
    }
    // Longer ones first: a pattern takes the first that fits.
    let any = |mut forms: Vec<String>| {
        forms.sort_by(|one, two| two.len().cmp(&one.len()).then(one.cmp(two)));
        forms.dedup();
        format!("(?:{})", forms.join("|"))
    };
    (any(titles), any(uppers))
}

/// Puts named parts in for `{name}`; braces around anything else stay.
fn put_in(pattern: &str, parts: &BTreeMap<String, String>) -> String {
    let mut made = String::with_capacity(pattern.len());
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        made.push_str(before);
        match after
            .split_once('}')
            .and_then(|(name, rest)| Some((parts.get(name)?, rest)))
        {
            Some((part, behind)) => {
                made.push_str("(?:");
                made.push_str(part);
                made.push(')');
                rest = behind;
            }
            None => {
                made.push('{');
                rest = after;
            }
        }
    }
    made.push_str(rest);
    made
}
