//! Formats: what the bytes are, judged by content, and the reader for each.

mod container;
mod dates;
mod detect;
pub(crate) mod image;
mod mail;
mod office;
pub(crate) mod pdf;
mod text;
mod web;

pub use detect::detect;

use quipu_model::{Notice, NoticeLevel};

use crate::draft::Draft;
use crate::input::{Input, Tools, Watcher};

macro_rules! formats {
    ($($(#[$doc:meta])* $name:ident $media:literal [$($ending:literal)*];)*) => {
        /// The formats Quipu can tell apart.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub enum Format {
            $($(#[$doc])* $name,)*
        }

        impl Format {
            /// Every format.
            pub const ALL: &'static [Self] = &[$(Self::$name,)*];

            /// The IANA media type.
            #[must_use]
            pub const fn media_type(self) -> &'static str {
                match self {
                    $(Self::$name => $media,)*
                }
            }

            /// The endings of file names it usually goes by, in lower case.
            #[must_use]
            pub const fn endings(self) -> &'static [&'static str] {
                match self {
                    $(Self::$name => &[$($ending,)*],)*
                }
            }
        }
    };
}

formats! {
    /// No bytes at all.
    Empty "application/x-empty" [];
    /// Text without a format.
    Text "text/plain" ["txt" "text" "log"];
    /// Markdown, with or without a YAML head.
    Markdown "text/markdown" ["md" "markdown" "qmd" "rmd" "mdown"];
    /// Comma-, semicolon- or tab-separated values.
    Csv "text/csv" ["csv" "tsv" "tab"];
    /// A web page.
    Html "text/html" ["html" "htm" "xhtml" "xht" "shtml"];
    /// A web page saved with its pictures.
    Mhtml "multipart/related" ["mhtml" "mht"];
    /// A mail message.
    Eml "message/rfc822" ["eml" "emlx"];
    /// A mailbox: messages one after the other.
    Mbox "application/mbox" ["mbox" "mbx"];
    /// An Outlook message.
    Msg "application/vnd.ms-outlook" ["msg"];
    /// Rich Text Format.
    Rtf "application/rtf" ["rtf"];
    /// Word, zipped.
    Docx "application/vnd.openxmlformats-officedocument.wordprocessingml.document" ["docx" "docm" "dotx"];
    /// Word 97-2003.
    Doc "application/msword" ["doc" "dot"];
    /// OpenDocument text.
    Odt "application/vnd.oasis.opendocument.text" ["odt" "ott"];
    /// Excel, zipped.
    Xlsx "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet" ["xlsx" "xlsm" "xltx"];
    /// Excel, zipped, with binary sheets.
    Xlsb "application/vnd.ms-excel.sheet.binary.macroEnabled.12" ["xlsb"];
    /// Excel 97-2003 and before.
    Xls "application/vnd.ms-excel" ["xls" "xlt"];
    /// OpenDocument sheet.
    Ods "application/vnd.oasis.opendocument.spreadsheet" ["ods" "ots"];
    /// Portable Document Format.
    Pdf "application/pdf" ["pdf"];
    /// A PNG picture.
    Png "image/png" ["png"];
    /// A JPEG picture.
    Jpeg "image/jpeg" ["jpg" "jpeg" "jpe"];
    /// A TIFF picture, of one page or many.
    Tiff "image/tiff" ["tif" "tiff"];
    /// A GIF picture.
    Gif "image/gif" ["gif"];
    /// A Windows bitmap.
    Bmp "image/bmp" ["bmp" "dib"];
    /// A WebP picture.
    Webp "image/webp" ["webp"];
    /// A portable anymap: bits, shades or colours with a head of plain text.
    Pnm "image/x-portable-anymap" ["pnm" "pbm" "pgm" "ppm" "pam"];
    /// A ZIP archive that is no office document.
    Zip "application/zip" ["zip"];
    /// An electronic book: a ZIP archive of web pages.
    Epub "application/epub+zip" ["epub"];
    /// One file packed by gzip.
    Gzip "application/gzip" ["gz" "tgz"];
    /// A tar archive.
    Tar "application/x-tar" ["tar"];
    /// A 7z archive.
    SevenZip "application/x-7z-compressed" ["7z"];
    /// A RAR archive.
    Rar "application/vnd.rar" ["rar"];
    /// An office document under a password.
    Encrypted "application/encrypted" [];
    /// Slides (PPT, PPTX, ODP).
    Slides "application/vnd.ms-powerpoint" ["ppt" "pptx" "pps" "odp"];
    /// Sound or film.
    Recording "application/x-recording" ["mp3" "mp4" "wav" "ogg" "opus" "m4a" "avi" "mkv" "mov" "webm"];
    /// Bytes nobody here can read.
    Unknown "application/octet-stream" [];
}

/// Reads the words of a source of a known format.
pub(crate) fn transcribe(
    format: Format,
    input: &Input<'_>,
    tools: &Tools<'_>,
    watcher: &mut dyn Watcher,
) -> Draft {
    let mut draft = by_format(format, input, tools, watcher);
    draft.notices.extend(misnamed(format, input.name));
    draft
}

/// Says that the name promises another format than the bytes have.
fn misnamed(format: Format, name: &str) -> Option<Notice> {
    let ending = detect::ending(name);
    let promised = Format::ALL
        .iter()
        .find(|other| other.endings().contains(&ending.as_str()))?;
    // Any words are right for `.txt`; slides and locked documents have been
    // refused with a better reason.
    let fits = *promised == format
        || format.endings().is_empty()
        || matches!(format, Format::Empty | Format::Slides)
        || (*promised == Format::Text && matches!(format, Format::Markdown | Format::Csv));
    (!fits).then(|| {
        let message = format!(
            "The name ends in .{ending}, but the bytes are {}: they were read as such.",
            format.media_type()
        );
        Notice::new(NoticeLevel::Remark, "format.misnamed", message)
    })
}

fn by_format(
    format: Format,
    input: &Input<'_>,
    tools: &Tools<'_>,
    watcher: &mut dyn Watcher,
) -> Draft {
    match format {
        Format::Text => text::plain::transcribe(input, tools, watcher),
        Format::Markdown => text::markdown::transcribe(input, tools, watcher),
        Format::Html => web::html::transcribe(input, tools, watcher),
        Format::Mhtml => web::mhtml::transcribe(input, tools, watcher),
        Format::Eml => mail::eml::transcribe(input, tools, watcher),
        Format::Mbox => mail::mbox::transcribe(input, tools, watcher),
        Format::Zip | Format::Epub => container::zip::transcribe(input, tools, watcher),
        Format::Gzip => container::gzip::transcribe(input, tools, watcher),
        Format::Tar => container::tar::transcribe(input, tools, watcher),
        Format::Docx => office::docx::transcribe(input, tools, watcher),
        Format::Odt => office::odt::transcribe(input, tools, watcher),
        Format::Rtf => office::rtf::transcribe(input, tools, watcher),
        Format::Doc => office::doc::transcribe(input, tools, watcher),
        Format::Xlsx | Format::Xlsb => office::xlsx::transcribe(input, tools, watcher),
        Format::Xls => office::xls::transcribe(input, tools, watcher),
        Format::Ods => office::ods::transcribe(input, tools, watcher),
        Format::Csv => office::csv::transcribe(input, tools, watcher),
        Format::Msg => office::msg::transcribe(input, tools, watcher),
        Format::Pdf => pdf::transcribe(input, tools, watcher),
        Format::Png
        | Format::Jpeg
        | Format::Tiff
        | Format::Gif
        | Format::Bmp
        | Format::Webp
        | Format::Pnm => image::transcribe(input, tools, watcher),
        Format::Empty => refused("format.empty", "The file is empty.", "Get the file again."),
        Format::SevenZip | Format::Rar => refused(
            "format.packed",
            "The archive is packed in a way that Quipu does not unpack.",
            "Unpack it into a folder and add the folder.",
        ),
        Format::Encrypted => refused(
            "format.encrypted",
            "The document is locked with a password.",
            "Open it with the password, save it without one, and add that file.",
        ),
        Format::Slides => refused(
            "format.slides",
            "Slides are not read.",
            "Save them as PDF and add that file.",
        ),
        Format::Recording => refused(
            "format.recording",
            "Sound and film are not read.",
            "Add a transcript beside the recording.",
        ),
        Format::Unknown => refused(
            "format.unknown",
            "The bytes are of no format that Quipu reads.",
            "Open the file with the program that made it and save it as PDF or text.",
        ),
    }
}

fn refused(code: &str, message: &str, next: &str) -> Draft {
    let notice = Notice::new(NoticeLevel::Refused, code, message);
    Draft::refused("none", notice.next(next))
}
