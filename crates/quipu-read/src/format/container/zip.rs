//! ZIP archives, and books made of them.

use flate2::Crc;
use flate2::read::DeflateDecoder;
use quipu_model::{Notice, NoticeLevel};

use super::directory::{self, Member};
use super::listing::{Listing, clean_name};
use super::unpack::{self, Unpacked};
use crate::draft::Draft;
use crate::format::text::charset;
use crate::input::{Input, Tools, Watcher};

/// Endings of files in a book that hold none of its words.
const NO_WORDS: [&str; 9] = [
    ".css", ".ttf", ".otf", ".woff", ".woff2", ".ncx", ".opf", ".js", ".xml",
];

/// Reads a ZIP archive: its members go out as parts.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let bytes = input.bytes;
    let mut list = Listing::new("zip 1", bytes.len(), tools.limits, watcher);
    let members = directory::central(bytes).unwrap_or_else(|| {
        let message = "The directory of the archive is lost; members were looked for one by one.";
        list.notice(Notice::new(NoticeLevel::Damaged, "zip.directory", message));
        directory::local(bytes)
    });
    let book = bytes.get(30..38) == Some(b"mimetype");
    let names = names(&members);
    let mut encrypted = 0u32;
    for (i, (member, name)) in members.iter().zip(&names).enumerate() {
        list.step(i, members.len());
        if name.ends_with(['/', '\\']) && member.size == 0 {
            continue;
        }
        let name = clean_name(name);
        if list.is_side_file(&name) {
            continue;
        }
        if book && (name == "mimetype" || NO_WORDS.iter().any(|ending| name.ends_with(ending))) {
            continue;
        }
        list.row(&[&name, &member.size.to_string(), &member.changed()]);
        if member.is_encrypted() {
            encrypted += 1;
        } else if list.takes_more() {
            take(member, name, &mut list);
        }
    }
    if encrypted > 0 {
        let message = format!("{encrypted} members are locked with a password and were not read.");
        list.notice(
            Notice::new(NoticeLevel::Damaged, "zip.encrypted", message)
                .next("Unpack the archive with its password and add the folder."),
        );
    }
    list.finish()
}

fn take(member: &Member<'_>, name: String, list: &mut Listing<'_>) {
    let lost = |code: &str, message: String| Notice::new(NoticeLevel::Damaged, code, message);
    let Some(packed) = member.packed else {
        list.notice(lost(
            "zip.member-lost",
            format!("{name} is not in the archive any more."),
        ));
        return;
    };
    let room = list.room(packed.len());
    let unpacked = match member.method {
        0 => unpack::read(packed, room),
        8 => unpack::read(DeflateDecoder::new(packed), room),
        method => {
            let message =
                format!("{name} is packed by a method (number {method}) that is not read.");
            list.notice(lost("zip.method", message).next("Unpack the archive and add the folder."));
            return;
        }
    };
    let Unpacked {
        bytes,
        damaged,
        too_large,
    } = unpacked;
    if too_large {
        let message = format!("{name} would unfold to more than {room} bytes and was left out.");
        list.notice(lost("zip.too-large", message).next("Unpack it and add the file."));
        return;
    }
    let mut checksum = Crc::new();
    checksum.update(&bytes);
    // A member written as a stream has its checksum behind it, which only the
    // directory repeats.
    let known = member.checksum != 0 || member.flags & 8 == 0;
    if damaged || (known && checksum.sum() != member.checksum) {
        list.notice(lost(
            "zip.member-damaged",
            format!("{name} is damaged; {} bytes of it were read.", bytes.len()),
        ));
    }
    if !bytes.is_empty() || member.size == 0 {
        list.part(name, bytes);
    }
}

/// The names: UTF-8 where it is said or true, else in the charset that makes
/// most sense of all of them together.
fn names(members: &[Member<'_>]) -> Vec<String> {
    let sound = |member: &Member<'_>| {
        let said = member.unicode_name.map(str::to_owned);
        let plain = || String::from_utf8(member.name.to_vec()).ok();
        let lossy = || {
            member
                .has_utf8_name()
                .then(|| String::from_utf8_lossy(member.name).into_owned())
        };
        said.or_else(plain).or_else(lossy)
    };
    let names: Vec<Option<String>> = members.iter().map(sound).collect();
    let mut unsure = Vec::new();
    for (member, _) in members
        .iter()
        .zip(&names)
        .filter(|(_, name)| name.is_none())
    {
        unsure.extend(
            member
                .name
                .iter()
                .map(|byte| if *byte == b'\n' { b' ' } else { *byte }),
        );
        unsure.push(b'\n');
    }
    let decoded = charset::decode(&unsure, None);
    let mut guessed = decoded.text.lines();
    let settle = |name: Option<String>| {
        name.unwrap_or_else(|| guessed.next().unwrap_or_default().to_owned())
    };
    names.into_iter().map(settle).collect()
}
