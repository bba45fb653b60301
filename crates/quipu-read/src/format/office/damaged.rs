//! What is said about office files that could not be read as wished.

use quipu_model::{Notice, NoticeLevel};

use crate::draft::Draft;

/// An office file whose package does not open.
pub(crate) fn package(reader: &str, bytes: &[u8]) -> Draft {
    if bytes.starts_with(&[0xD0, 0xCF, 0x11, 0xE0]) {
        return encrypted(reader);
    }
    let notice = Notice::new(
        NoticeLevel::Refused,
        "office.package-broken",
        "The file is cut or damaged: the directory of its inner files cannot be read.",
    );
    Draft::refused(
        reader,
        notice.next("Ask for another copy, or let an office program repair it."),
    )
}

/// An office file under a password.
pub(crate) fn encrypted(reader: &str) -> Draft {
    let notice = Notice::new(
        NoticeLevel::Refused,
        "office.encrypted",
        "The document is locked with a password.",
    );
    Draft::refused(
        reader,
        notice.next("Open it with the password, save it without one, and add that file."),
    )
}

/// Notices about a text that was read only in part.
pub(crate) fn add(
    notices: &mut Vec<Notice>,
    format: &str,
    broken: bool,
    too_deep: bool,
    full: bool,
) {
    if broken {
        notices.push(
            Notice::new(
                NoticeLevel::Damaged,
                &format!("{format}.broken"),
                "The file is damaged; words near the damaged places may be missing.",
            )
            .next("Ask for another copy, or compare with what its own program shows."),
        );
    }
    if too_deep {
        notices.push(
            Notice::new(
                NoticeLevel::Damaged,
                &format!("{format}.too-deep"),
                "Parts nested deeper than the bound were left out.",
            )
            .next("Open the file with its own program and save it as PDF."),
        );
    }
    if full {
        notices.push(
            Notice::new(
                NoticeLevel::Damaged,
                &format!("{format}.too-long"),
                "The text is longer than the bound; the rest was left out.",
            )
            .next("Split the file and add the pieces."),
        );
    }
}
