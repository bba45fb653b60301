//! What readers of mail and of saved web pages share: pieces of a message as
//! bytes, and names for its attachments.

use std::borrow::Cow;

use mail_parser::decoders::base64::base64_decode;
use mail_parser::decoders::quoted_printable::quoted_printable_decode;
use mail_parser::{Encoding, Message, MessagePart, MimeHeaders, PartType};

use crate::format::container::clean_name;

/// Pictures in the text smaller than this are ornaments: logos of signatures,
/// dots that count readers.
pub(crate) const ORNAMENT_MAX: usize = 20_000;

/// The bytes of a piece, unpacked but in the charset they came in.
pub(crate) fn bytes<'m>(message: &'m Message<'_>, part: &'m MessagePart<'_>) -> Cow<'m, [u8]> {
    if let PartType::Message(inner) = &part.body {
        return Cow::Borrowed(&inner.raw_message);
    }
    let decoded_by_library = || Cow::Borrowed(part.contents());
    if !matches!(part.body, PartType::Text(_) | PartType::Html(_)) {
        return decoded_by_library();
    }
    let range = part.offset_body as usize..part.offset_end as usize;
    let Some(raw) = message.raw_message.get(range) else {
        return decoded_by_library();
    };
    match part.encoding {
        Encoding::None => Cow::Borrowed(raw),
        Encoding::QuotedPrintable => {
            quoted_printable_decode(raw).map_or_else(decoded_by_library, Cow::Owned)
        }
        Encoding::Base64 => base64_decode(raw).map_or_else(decoded_by_library, Cow::Owned),
    }
}

/// The charset a piece declares.
pub(crate) fn charset<'m>(part: &'m MessagePart<'_>) -> Option<&'m str> {
    part.content_type()?.attribute("charset")
}

/// The media type of a piece, in lower case: `text/html`.
pub(crate) fn media_type(part: &MessagePart<'_>) -> String {
    let kind = |content: &mail_parser::ContentType<'_>| {
        format!(
            "{}/{}",
            content.ctype(),
            content.subtype().unwrap_or_default()
        )
        .to_ascii_lowercase()
    };
    part.content_type().map(kind).unwrap_or_default()
}

/// The name of an attachment: its own, else a number with an ending that fits.
pub(crate) fn name(part: &MessagePart<'_>, number: usize) -> String {
    if let Some(name) = part
        .attachment_name()
        .filter(|name| !name.trim().is_empty())
    {
        let last = name.rsplit(['/', '\\']).next().unwrap_or(name);
        return clean_name(last);
    }
    if part.is_message() {
        return format!("message-{number}.eml");
    }
    let media = media_type(part);
    let ending = crate::format::Format::ALL
        .iter()
        .find(|format| format.media_type() == media)
        .and_then(|format| format.endings().first())
        .unwrap_or(&"bin");
    format!("part-{number}.{ending}")
}
