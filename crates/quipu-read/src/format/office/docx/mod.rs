//! Word documents (Office Open XML, ECMA-376 and ISO/IEC 29500, transitional
//! and strict).
//!
//! The text stands in this order: page headers, body, footnotes, endnotes,
//! comments, page footers. What tracked changes took out stays, marked.

mod body;
mod numbers;
mod styles;

use std::collections::BTreeMap;

use quipu_model::{BlockKind, MarkKind};

use self::body::{Aside, Context, NoteSign, Walked, walk};
use self::numbers::Numbers;
pub(crate) use self::numbers::roman;
use self::styles::Styles;
use super::package::{self, Package, Relation};
use super::story::{Marking, Story};
use super::{damaged, properties};
use crate::draft::{Draft, Scribe};
use crate::input::{Input, Tools, Watcher};

/// Name and version of this reader.
const READER: &str = "docx 1";

/// What a remark says is kept with its mark up to here; all of it stands in
/// the block of the comment.
const REMARK_CHARS_MAX: usize = 2000;

/// Reads a DOCX document.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let Some(mut package) = Package::open(input.bytes, tools.limits) else {
        return damaged::package(READER, input.bytes);
    };
    let main = main_part(&mut package);
    let Some(text) = package.text(&main) else {
        return damaged::package(READER, input.bytes);
    };
    let mut reading = Reading::new(&mut package, &main, tools);
    let comments = reading.comments();
    let by_id: BTreeMap<String, Marking> = comments
        .iter()
        .map(|comment| (comment.id.clone(), remark(comment)))
        .collect();
    watcher.step(0, 0);
    let relations = reading.relations.clone();
    let body = reading.walk(&text, &relations, &by_id);
    drop(text);
    watcher.step(1, 0);

    let mut scribe = Scribe::new(READER, tools.limits.text_bytes);
    let (headers, footers) = reading.furniture(&body, &by_id);
    let notes = reading.notes(&body.notes, &by_id);
    let chunks = reading.chunks(&body);
    let mut full = body.story.is_full();
    for (header, label) in headers {
        write(header, BlockKind::PageHeader, &label, &mut scribe);
    }
    body.story.write(&mut scribe);
    for (note, label) in notes {
        full |= note.is_full();
        write(note, BlockKind::Footnote, &label, &mut scribe);
    }
    for (i, comment) in comments.into_iter().enumerate() {
        let label = comment_label(i + 1, &comment);
        write(comment.story, BlockKind::Comment, &label, &mut scribe);
    }
    for (footer, label) in footers {
        write(footer, BlockKind::PageFooter, &label, &mut scribe);
    }
    full |= scribe.is_full();
    let (broken, too_deep) = (reading.broken, reading.too_deep);

    package.hand_over(&["word/media/", "word/embeddings/"], watcher);
    for chunk in chunks {
        package.hand_over_one(&chunk, watcher);
    }
    let fields = properties::open_xml(&mut package);
    let mut notices = Vec::new();
    package.notices(&mut notices);
    damaged::add(&mut notices, "docx", broken, too_deep, full);
    Draft {
        transcript: scribe.finish(),
        fields,
        notices,
        ..Draft::default()
    }
}

/// Where the document itself lies.
fn main_part(package: &mut Package<'_>) -> String {
    let start = package::relations(package, "");
    start
        .into_values()
        .find(|relation| relation.kind == "officeDocument" && !relation.external)
        .map(|relation| relation.target)
        .filter(|name| package.has(name))
        .unwrap_or_else(|| "word/document.xml".to_owned())
}

/// A story with the label of its blocks.
type Labelled = (Story, String);

struct Reading<'p, 'a> {
    package: &'p mut Package<'a>,
    main: String,
    styles: Styles,
    numbers: Numbers,
    relations: BTreeMap<String, Relation>,
    text_bytes: usize,
    depth: u32,
    broken: bool,
    too_deep: bool,
}

impl<'p, 'a> Reading<'p, 'a> {
    fn new(package: &'p mut Package<'a>, main: &str, tools: &Tools<'_>) -> Self {
        let relations = package::relations(package, main);
        let mut reading = Self {
            package,
            main: main.to_owned(),
            styles: Styles::default(),
            numbers: Numbers::default(),
            relations,
            text_bytes: tools.limits.text_bytes,
            depth: tools.limits.depth,
            broken: false,
            too_deep: false,
        };
        if let Some(text) = reading.part("styles") {
            reading.styles = Styles::read(&text);
        }
        if let Some(text) = reading.part("numbering") {
            reading.numbers = Numbers::read(&text);
        }
        reading
    }

    /// The name of the part that a relation of that kind leads to.
    fn part_name(&self, kind: &str) -> String {
        self.relations
            .values()
            .find(|relation| relation.kind == kind && !relation.external)
            .map_or_else(
                || package::resolve(&self.main, &format!("{kind}.xml")),
                |relation| relation.target.clone(),
            )
    }

    fn part(&mut self, kind: &str) -> Option<String> {
        let name = self.part_name(kind);
        self.package.text(&name)
    }

    fn walk(
        &mut self,
        text: &str,
        relations: &BTreeMap<String, Relation>,
        comments: &BTreeMap<String, Marking>,
    ) -> Walked {
        let mut context = Context {
            styles: &self.styles,
            numbers: &mut self.numbers,
            relations,
            comments,
            text_bytes: self.text_bytes,
        };
        let walked = walk(text, self.depth, &mut context);
        self.broken |= walked.broken;
        self.too_deep |= walked.too_deep;
        walked
    }

    /// Walks another part, with its own relations.
    fn walk_part(&mut self, name: &str, comments: &BTreeMap<String, Marking>) -> Option<Walked> {
        let text = self.package.text(name)?;
        let relations = package::relations(self.package, name);
        Some(self.walk(&text, &relations, comments))
    }

    fn comments(&mut self) -> Vec<Aside> {
        let name = self.part_name("comments");
        self.walk_part(&name, &BTreeMap::new())
            .map(|walked| walked.asides)
            .unwrap_or_default()
    }

    /// Headers and footers, each text once, with a label.
    fn furniture(
        &mut self,
        body: &Walked,
        comments: &BTreeMap<String, Marking>,
    ) -> (Vec<Labelled>, Vec<Labelled>) {
        let (mut headers, mut footers) = (Vec::new(), Vec::new());
        let mut seen = std::collections::BTreeSet::new();
        for id in &body.furniture {
            let Some(relation) = self.relations.get(id).cloned() else {
                continue;
            };
            let Some(walked) = self.walk_part(&relation.target, comments) else {
                continue;
            };
            let story = walked.story;
            if story.is_blank() || !seen.insert((relation.kind.clone(), story.text().to_owned())) {
                continue;
            }
            if relation.kind == "footer" {
                footers.push((story, "footer".to_owned()));
            } else {
                headers.push((story, "header".to_owned()));
            }
        }
        (headers, footers)
    }

    /// Footnotes, then endnotes, in the order of their signs; notes that no
    /// sign means come last.
    fn notes(&mut self, signs: &[NoteSign], comments: &BTreeMap<String, Marking>) -> Vec<Labelled> {
        let mut notes = Vec::new();
        for (endnote, kind) in [(false, "footnote"), (true, "endnote")] {
            let name = self.part_name(&format!("{kind}s"));
            let Some(walked) = self.walk_part(&name, comments) else {
                continue;
            };
            let mut places: BTreeMap<&str, (usize, &str)> = BTreeMap::new();
            for (i, sign) in signs.iter().enumerate() {
                if sign.endnote == endnote {
                    places.entry(&sign.id).or_insert((i, &sign.sign));
                }
            }
            let mut found: Vec<(usize, Story, String)> = Vec::new();
            for aside in walked.asides {
                if aside.story.is_blank() {
                    continue;
                }
                match places.get(aside.id.as_str()) {
                    Some((place, sign)) => {
                        let label = format!("{kind} {}", sign.trim_matches(['[', ']']));
                        found.push((*place, signed(sign, aside.story), label));
                    }
                    None => found.push((usize::MAX, aside.story, kind.to_owned())),
                }
            }
            found.sort_by_key(|(place, ..)| *place);
            notes.extend(found.into_iter().map(|(_, story, label)| (story, label)));
        }
        notes
    }

    fn chunks(&self, body: &Walked) -> Vec<String> {
        let targets = body.chunks.iter().filter_map(|id| self.relations.get(id));
        targets
            .filter(|relation| !relation.external)
            .map(|relation| relation.target.clone())
            .collect()
    }
}

/// A note with its sign in front.
fn signed(sign: &str, mut note: Story) -> Story {
    note.put_before(&format!("{sign} "));
    note
}

fn write(mut story: Story, kind: BlockKind, label: &str, scribe: &mut Scribe) {
    story.recast(kind, label);
    story.write(scribe);
}

fn remark(comment: &Aside) -> Marking {
    let words = comment.story.one_line();
    let words = words.chars().take(REMARK_CHARS_MAX).collect();
    Marking {
        kind: MarkKind::Commented,
        by: comment.by.clone(),
        at: comment.at.clone(),
        target: Some(words),
    }
}

/// `comment 2, María Pérez, 2019-03-04T10:00:00Z`.
fn comment_label(number: usize, comment: &Aside) -> String {
    let mut label = format!("comment {number}");
    for more in [&comment.by, &comment.at].into_iter().flatten() {
        label.push_str(", ");
        label.push_str(more);
    }
    label
}
