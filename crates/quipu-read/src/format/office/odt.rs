//! OpenDocument texts, zipped or flat.
//!
//! The text stands in this order: page headers, body, notes, comments, page
//! footers. Words taken out by tracked changes stay, marked.

use quipu_model::BlockKind;

use super::{damaged, odf};
use crate::draft::{Draft, Scribe};
use crate::input::{Input, Tools, Watcher};

/// Name and version of this reader.
const READER: &str = "odt 1";

/// Reads an ODT document.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let limits = tools.limits;
    let mut opened = match odf::open(input, limits, READER) {
        Ok(opened) => opened,
        Err(refused) => return *refused,
    };
    watcher.step(0, 0);
    let mut styles = odf::Styles::default();
    styles.add(&opened.styles, limits.depth);
    styles.add(&opened.content, limits.depth);
    let mut walked = odf::walk(&opened.content, &styles, limits.depth, limits.text_bytes);
    let furniture = odf::walk(&opened.styles, &styles, limits.depth, limits.text_bytes);
    walked.asides.extend(furniture.asides);
    let broken = walked.broken || furniture.broken;
    let mut full = walked.body.is_full();
    let mut scribe = Scribe::new(READER, limits.text_bytes);
    let mut body = Some(walked.body);
    for kind in [
        BlockKind::PageHeader,
        BlockKind::Footnote,
        BlockKind::Comment,
        BlockKind::PageFooter,
    ] {
        if kind != BlockKind::PageHeader
            && let Some(body) = body.take()
        {
            body.write(&mut scribe);
        }
        for (kind, label, mut story) in odf::of_kind(&mut walked.asides, kind) {
            story.recast(kind, &label);
            story.write(&mut scribe);
        }
    }
    full |= scribe.is_full();
    let fields = opened.fields();
    if let Some(package) = &mut opened.package {
        package.hand_over(&["Pictures/", "media/"], watcher);
    }
    let mut notices = Vec::new();
    opened.notices(&mut notices);
    damaged::add(&mut notices, "odt", broken, walked.too_deep, full);
    Draft {
        transcript: scribe.finish(),
        fields,
        notices,
        ..Draft::default()
    }
}
