//! What a group of Rich Text Format carries: where its words go and how they
//! look.

use std::rc::Rc;

use quipu_model::MarkKind;

use crate::format::office::story::Marking;

/// Where the words of a group go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Destination {
    /// Into the story being written.
    Story,
    /// Nowhere.
    Nowhere,
    /// The table of fonts.
    Fonts,
    /// The table of styles.
    Styles,
    /// The list of authors of changes.
    Authors,
    /// Properties of the file; its own groups say which.
    Info,
    /// A value to be taken when the group closes.
    Captured(Value),
    /// The number of a list item, as shown.
    ListNumber,
    /// A picture's bytes.
    Picture,
    /// An embedded file's bytes.
    Object,
}

/// What a captured value is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Value {
    /// A property of the file, by its field name.
    Property(&'static str),
    /// A date of the file, by its field name; set by numbers.
    Date(&'static str),
    /// The instruction of a field.
    FieldInstruction,
    /// Who made the next comment.
    CommentAuthor,
    /// When the comment was made.
    CommentDate,
    /// Which comment this is.
    CommentNumber,
    /// Where the words commented on start.
    CommentStart,
    /// Where they end.
    CommentEnd,
    /// The name of a shape's property.
    ShapeName,
    /// The value of a shape's property.
    ShapeWords,
    /// A style's name.
    Style,
    /// A font's name.
    Font,
    /// An author of changes.
    Author,
}

/// How words look, as far as it matters here.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub(super) struct Look {
    /// Not shown.
    pub(super) hidden: bool,
    /// Struck through by the author.
    pub(super) struck: bool,
    /// Taken out by a tracked change.
    pub(super) deleted: bool,
    /// Put in by a tracked change.
    pub(super) inserted: bool,
    /// Author and time of the deletion.
    pub(super) deleted_by: (u32, i32),
    /// Author and time of the insertion.
    pub(super) inserted_by: (u32, i32),
    /// Where the words lead.
    pub(super) link: Option<Rc<str>>,
}

impl Look {
    /// The marks that words of this look bear.
    pub(super) fn markings(&self, authors: &[String]) -> Vec<Marking> {
        let mut markings = Vec::new();
        let mut change = |on: bool, kind: MarkKind, (author, time): (u32, i32)| {
            if on {
                let by = authors.get(author as usize).cloned();
                markings.push(Marking {
                    kind,
                    by: by.filter(|by| !by.is_empty()),
                    at: moment(time),
                    target: None,
                });
            }
        };
        change(self.inserted, MarkKind::Inserted, self.inserted_by);
        change(self.deleted, MarkKind::Deleted, self.deleted_by);
        if self.hidden {
            markings.push(Marking::plain(MarkKind::Hidden));
        }
        if self.struck {
            markings.push(Marking::plain(MarkKind::Struck));
        }
        if let Some(link) = &self.link {
            markings.push(Marking {
                target: Some(link.to_string()),
                ..Marking::plain(MarkKind::Link)
            });
        }
        markings
    }
}

/// The state of one group.
#[derive(Debug, Clone)]
pub(super) struct Group {
    /// Where its words go.
    pub(super) destination: Destination,
    /// How they look.
    pub(super) look: Look,
    /// The font, by number.
    pub(super) font: u32,
    /// The code page of its bytes.
    pub(super) code_page: u16,
    /// Letters to skip after each `\u`.
    pub(super) skip_after_unicode: usize,
    /// Whether this group opened a story of its own.
    pub(super) owns_story: bool,
    /// Whether `\*` was just met: an unknown word makes the group vanish.
    pub(super) starred: bool,
    /// The link that a field's instruction gave to the field's result.
    pub(super) field_link: Option<Rc<str>>,
}

/// A packed moment of Word (DTTM): minute, hour, day, month, year since 1900.
pub(crate) fn moment(packed: i32) -> Option<String> {
    let packed = packed.cast_unsigned();
    let bits = |from: u32, count: u32| packed >> from & ((1 << count) - 1);
    let (minute, hour, day) = (bits(0, 6), bits(6, 5), bits(11, 5));
    let (month, year) = (bits(16, 4), bits(20, 9) + 1900);
    let sound = (1..=12).contains(&month) && (1..=31).contains(&day) && hour < 24 && minute < 60;
    sound.then(|| format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn packed_moments_are_read() {
        // 14 March 1992, 09:30.
        let packed = 30 | 9 << 6 | 14 << 11 | 3 << 16 | 92 << 20;
        assert_eq!(moment(packed), Some("1992-03-14T09:30".to_owned()));
        assert_eq!(moment(0), None);
        assert_eq!(moment(-1), None);
    }
}
