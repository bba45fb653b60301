//! Reads the lines of a document by the field rules of the packs.

use std::ops::Range;

use quipu_model::{BlockKind, Field, FieldOrigin, Span, ZoneKind, field_names};
use quipu_packs::{FieldRule, Packs, Where};

use super::date;
use super::lines::Lines;

/// Only so much of a line is read: headers are short.
const LINE_BYTES_MAX: usize = 400;
/// A rule that reads paragraphs joins so many lines at most.
const PARAGRAPH_LINES_MAX: usize = 8;
/// A line is beside another so many lines off, no further.
const BESIDE: usize = 2;
/// A letterhead takes the first lines only.
const LETTERHEAD_LINES: usize = 6;
/// Whom a document is for: no field, but the end of its letterhead.
const ADDRESSEE: &str = "addressee";
/// A paper by which an office acts: no field, but the sign of one.
const ACT: &str = "act";
/// Where a dateline was written: part of it, no field by itself.
const PLACE: &str = "place";

/// Places where the name of whoever issued the document stands.
pub(super) const ISSUERS: [Where; 2] = [Where::BesideDate, Where::Letterhead];

pub(super) fn field(name: &str, text: &str, range: Range<usize>, rule: &str) -> Field {
    let words = text.get(range.clone()).unwrap_or_default();
    Field {
        name: name.to_owned(),
        value: words.split_whitespace().collect::<Vec<&str>>().join(" "),
        as_written: words.to_owned(),
        span: Some(Span::from_usize(range.start, range.end)),
        origin: FieldOrigin::Text,
        rule: rule.to_owned(),
    }
}

/// What a reading of the lines has brought so far.
pub(super) struct Reading<'a> {
    text: &'a str,
    lines: &'a Lines,
    packs: &'a Packs,
    /// The zone each line stands in.
    zones: Vec<Option<ZoneKind>>,
    /// Lines that a rule has read whole.
    pub(super) used: Vec<bool>,
    /// Lines that give the date of the document.
    dated: Vec<bool>,
    /// Lines that say whom it is for.
    addressed: Vec<bool>,
    /// Whether a line names the paper as an act of an office.
    acted: bool,
    /// Names the document gives itself, by line; only where nothing better
    /// does are they its title.
    names: Vec<usize>,
    pub(super) found: Vec<Field>,
}

impl<'a> Reading<'a> {
    pub(super) fn new(
        text: &'a str,
        lines: &'a Lines,
        packs: &'a Packs,
        zones: Vec<Option<ZoneKind>>,
    ) -> Self {
        let none = vec![false; lines.all.len()];
        Self {
            text,
            lines,
            packs,
            zones,
            used: none.clone(),
            dated: none.clone(),
            addressed: none,
            acted: false,
            names: Vec::new(),
            found: Vec::new(),
        }
    }

    /// Which lines are not the document's own say.
    pub(super) fn zoned(&self) -> Vec<bool> {
        self.zones.iter().map(Option::is_some).collect()
    }

    /// The line a rule took for the name of the document.
    pub(super) fn named_by_rule(&self) -> Option<usize> {
        self.names.first().copied()
    }

    /// Reads every line by the rules that need no other line.
    pub(super) fn read_plain(&mut self) {
        let packs = self.packs;
        for i in 0..self.lines.all.len() {
            for rule in packs.field_rules() {
                let placed = matches!(
                    rule.place,
                    Where::AfterTitle | Where::BesideDate | Where::Letterhead
                );
                if !placed && self.may_stand(i, rule, None) {
                    self.try_rule(i, rule);
                }
            }
        }
    }

    /// Reads those lines that only the title, or a line beside them, explains.
    pub(super) fn read_placed(&mut self, title: Option<usize>) {
        let packs = self.packs;
        let issuers = self.look_like_issuers(&ISSUERS);
        for i in 0..self.lines.all.len().min(self.lines.body + 1) {
            for rule in packs.field_rules() {
                let stands = match rule.place {
                    Where::AfterTitle => self.may_stand(i, rule, title),
                    Where::BesideDate => title != Some(i) && self.beside_date(i, rule),
                    Where::Letterhead => {
                        let others = self.says_more_than_a_headline(i, &issuers);
                        self.letterhead(i, rule) && (title != Some(i) || others)
                    }
                    _ => false,
                };
                if stands {
                    self.try_rule(i, rule);
                }
            }
        }
    }

    /// Which lines look like the name of whoever issued the document, by the
    /// rules of one of these places.
    pub(super) fn look_like_issuers(&self, places: &[Where]) -> Vec<bool> {
        let issuer = |i: usize| {
            let mut rules = self.packs.field_rules();
            rules.any(|rule| {
                if !places.contains(&rule.place) {
                    return false;
                }
                let stands = match rule.place {
                    Where::BesideDate => self.beside_date(i, rule),
                    Where::Letterhead => self.letterhead(i, rule),
                    _ => false,
                };
                let gives = |fields: Vec<(String, Range<usize>)>| {
                    fields.iter().any(|field| field.0 == field_names::PUBLISHER)
                };
                stands && gives(rule.read(self.line(i, rule).0.as_str()))
            })
        };
        let near = self.lines.all.len().min(self.lines.body + 1);
        let mut found: Vec<bool> = (0..near).map(issuer).collect();
        found.resize(self.lines.all.len(), false);
        found
    }

    fn may_stand(&self, i: usize, rule: &FieldRule, title: Option<usize>) -> bool {
        let zone = self.zones[i];
        let legal = rule.place == Where::Colophon && zone == Some(ZoneKind::Legal);
        (zone.is_none() || legal) && self.lines.stands(i, rule.place, title)
    }

    fn beside_date(&self, i: usize, rule: &FieldRule) -> bool {
        let near = i.saturating_sub(BESIDE)..=(i + BESIDE).min(self.dated.len().saturating_sub(1));
        // Below the name of whom it is for stands more of him.
        let above = self.addressed.iter().take(i).any(|addressed| *addressed);
        !above
            && self.zones[i].is_none()
            && self.lines.stands(i, rule.place, None)
            && near
                .into_iter()
                .any(|other| other != i && self.dated[other])
    }

    fn letterhead(&self, i: usize, rule: &FieldRule) -> bool {
        let above = self.addressed.iter().take(i).any(|addressed| *addressed);
        let kind = self.lines.all[i].kind;
        let edge = kind == Some(BlockKind::PageHeader) && i < self.lines.body.max(1);
        let seen = self.zones[..i].iter().filter(|zone| zone.is_none()).count();
        let head = self.zones[i].is_none()
            && seen < LETTERHEAD_LINES
            && self.lines.stands(i, rule.place, None);
        !above && (edge || head)
    }

    /// Whether a line that may be a headline of the press has beside it what
    /// only letters and papers of an office have.
    fn says_more_than_a_headline(&self, i: usize, issuers: &[bool]) -> bool {
        let signed = self
            .found
            .iter()
            .any(|field| field.name == field_names::BYLINE);
        let other = issuers
            .iter()
            .enumerate()
            .any(|(j, issuer)| *issuer && j != i);
        let table = self.lines.all[i].kind == Some(BlockKind::TableRow);
        let addressed = self.addressed.iter().any(|addressed| *addressed);
        !signed && (other || table || addressed || self.acted || !self.names.is_empty())
    }

    /// What a rule reads at a line, and where that begins.
    fn line(&self, i: usize, rule: &FieldRule) -> (String, usize) {
        let all = &self.lines.all;
        let range = all[i].range.clone();
        let mut end = range.end;
        if rule.paragraph {
            let below = all.iter().zip(&self.zones).skip(i + 1);
            for (next, zone) in below.take(PARAGRAPH_LINES_MAX) {
                let gap = &self.text[end..next.range.start];
                let other = next.kind != all[i].kind || *zone != self.zones[i];
                if gap.matches('\n').count() != 1 || other {
                    break;
                }
                end = next.range.end;
            }
        }
        end = end.min(range.start + LINE_BYTES_MAX);
        while !self.text.is_char_boundary(end) {
            end -= 1;
        }
        // Byte for byte as long, so that places hold.
        (self.text[range.start..end].replace('\n', " "), range.start)
    }

    fn try_rule(&mut self, i: usize, rule: &FieldRule) {
        let (line, start) = self.line(i, rule);
        let fields = rule.read(&line);
        if fields.is_empty() {
            return;
        }
        let cell = self.lines.all[i].kind == Some(BlockKind::TableRow);
        let mut made = Vec::new();
        for (name, part) in fields {
            let name = name.trim_end_matches("-second");
            let place = start + part.start..start + part.end;
            let mut field = field(name, self.text, place, &rule.name);
            match name {
                PLACE => continue,
                ACT => {
                    self.acted = true;
                    continue;
                }
                ADDRESSEE => {
                    self.addressed[i] = true;
                    continue;
                }
                field_names::TITLE => {
                    if self.zones[i].is_none() {
                        self.names.push(i);
                    }
                    return;
                }
                field_names::PUBLISHED => {
                    // `8 ene` alone tells no year; the rest of the line still counts.
                    let Some(edtf) = date::edtf(&field.value, self.packs, &rule.language) else {
                        continue;
                    };
                    // A cell with a date dates its row, not the table.
                    if cell && field.span.is_some_and(|span| span.range().start == start) {
                        return;
                    }
                    field.value = edtf;
                }
                field_names::REVISED => {
                    if let Some(edtf) = date::edtf(&field.value, self.packs, &rule.language) {
                        field.value = edtf;
                    }
                }
                field_names::DATELINE => {
                    let ends = ['-', '–', '—', ':', '.', ' '];
                    field.value = field.value.trim_end_matches(ends).to_owned();
                }
                _ => {}
            }
            made.push(field);
        }
        // Words already read as one thing are not another.
        let names_words = |field: &Field| {
            matches!(
                field.name.as_str(),
                field_names::PUBLISHED | field_names::PUBLISHER | field_names::BYLINE
            )
        };
        let taken = |field: &Field| {
            self.found.iter().filter(|other| names_words(other)).any(|other| {
                matches!((field.span, other.span), (Some(one), Some(two)) if one.overlaps(two))
            })
        };
        if made.iter().filter(|field| names_words(field)).any(taken) {
            return;
        }
        self.dated[i] |= made
            .iter()
            .any(|field| field.name == field_names::PUBLISHED);
        // A line in the body goes on as body.
        self.used[i] |= !made.is_empty() && (i < self.lines.body || i >= self.lines.foot);
        self.found.extend(made);
    }
}
