//! The headline: what the document calls itself, if it does.

use std::ops::Range;

use quipu_model::{BlockKind, ReadDocument, field_names};
use quipu_packs::fold;

use super::lines::{Line, Lines};

/// A title is no longer than this.
const TITLE_WORDS_MAX: usize = 30;
/// A line of a heading set over several lines is at least so long, in characters.
const WRAPPED_CHARS_MIN: usize = 50;
/// A heading runs over no more lines than these.
const WRAPPED_LINES_MAX: usize = 4;
/// A headline that the file's properties repeat is looked for no further down.
const NAMED_LINES_MAX: usize = 400;
/// A first line alone is no title of less than so many lines in all.
const LINES_MIN: usize = 4;

/// What is known of the lines when the title is looked for.
pub(super) struct Known<'a> {
    /// Lines that are furniture or not the document's own say.
    pub(super) zoned: &'a [bool],
    /// Lines that a rule has read as something else.
    pub(super) used: &'a [bool],
    /// Lines that look like the name of the publisher.
    pub(super) issuers: &'a [bool],
    /// Those of them that only newspapers have.
    pub(super) mastheads: &'a [bool],
    /// The line that a rule took for the name of the document.
    pub(super) by_rule: Option<usize>,
}

/// The first line of the title: one that the file's properties repeat, a
/// heading above the body, a line that names the kind of paper it is, the first
/// line of the head that looks like one. A document without a body has a title
/// only where a heading, a rule or an empty line below says so.
pub(super) fn line(
    document: &ReadDocument,
    lines: &Lines,
    text: &str,
    known: &Known<'_>,
) -> Option<usize> {
    let free = |i: &usize| !known.zoned[*i] && !known.used[*i];
    let heading = |i: &usize| lines.all[*i].kind == Some(BlockKind::Heading);
    let near = lines.body.max(1).min(lines.all.len());
    let fits = |i: &usize| {
        let line = &lines.all[*i];
        let words = &text[line.range.clone()];
        let letters = words.chars().filter(|c| c.is_alphabetic()).count();
        line.words <= TITLE_WORDS_MAX
            && letters * 2 > words.chars().count()
            && !words.ends_with([',', ':', ';'])
    };
    let plain = |i: &usize| {
        let kind = lines.all[*i].kind;
        let written = matches!(
            kind,
            None | Some(BlockKind::Paragraph | BlockKind::Preformatted)
        );
        written && lines.all[*i].linked < 80
    };
    // A headline that the file's properties repeat is sure.
    let named: Vec<String> = document
        .fields
        .iter()
        .filter(|field| field.name == field_names::TITLE || field.name == "file.title")
        .map(|field| fold::phrase(&field.value))
        .filter(|title| !title.is_empty())
        .collect();
    let same = |i: &usize| {
        let line = fold::phrase(&text[lines.all[*i].range.clone()]);
        line.chars().count() >= 8 && named.iter().any(|title| title.starts_with(&line))
    };
    let head = 0..near;
    let far = 0..lines.all.len().min(NAMED_LINES_MAX);
    let title_like = |i: &usize| free(i) && fits(i) && heading(i);
    head.clone()
        .filter(free)
        .find(same)
        .or_else(|| far.filter(title_like).find(same))
        .or_else(|| {
            let mut others = head.clone().filter(title_like);
            let heading = others.find(|i| !known.issuers[*i]);
            heading.filter(|heading| known.by_rule.is_none_or(|named| *heading < named))
        })
        .or(known.by_rule)
        .or_else(|| head.clone().find(title_like))
        .or_else(|| {
            let body = lines.body < lines.all.len();
            let says = |i: &usize| free(i) && fits(i) && plain(i) && lines.all[*i].words >= 2;
            let mut head = (0..lines.body).filter(|i| body && says(i));
            let first = head.next()?;
            let other = |i: &usize| !known.mastheads[*i];
            Some(first)
                .filter(other)
                .or_else(|| head.find(other))
                .or(Some(first))
        })
        .or_else(|| {
            let first = (0..lines.all.len()).find(free)?;
            let line = &lines.all[first];
            let alone = lines.all.get(first + 1).is_some_and(|next| {
                text[line.range.end..next.range.start].matches('\n').count() > 1
            });
            let sentence = text[line.range.clone()].ends_with(['.', '!', '?']);
            let bare = lines.all.len() >= LINES_MIN && line.words >= 2 && line.words <= 14;
            (bare && alone && !sentence && fits(&first) && plain(&first)).then_some(first)
        })
}

/// The whole of a title whose first line this is: headings may run over lines.
pub(super) fn whole(lines: &Lines, text: &str, first: usize, used: &[bool]) -> Range<usize> {
    let mut range = lines.all[first].range.clone();
    let mut words = lines.all[first].words;
    let below = lines.all.windows(2).zip(used.iter().skip(1));
    for (pair, used) in below.skip(first).take(WRAPPED_LINES_MAX - 1) {
        let (last, next): (&Line, &Line) = (&pair[0], &pair[1]);
        let written = &text[last.range.clone()];
        let follows = text[last.range.end..next.range.start].matches('\n').count() == 1;
        let heading = last.kind == Some(BlockKind::Heading)
            && last.block.is_some()
            && last.block == next.block;
        let wrapped = last.kind == next.kind
            && written.chars().count() >= WRAPPED_CHARS_MIN
            && !written.ends_with(['.', '?', '!']);
        words += next.words;
        if !follows || !(heading || wrapped) || *used || words > TITLE_WORDS_MAX {
            break;
        }
        range.end = next.range.end;
    }
    range
}
