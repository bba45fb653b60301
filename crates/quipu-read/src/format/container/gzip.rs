//! Gzip: one file, packed.

use flate2::read::MultiGzDecoder;
use quipu_model::{Notice, NoticeLevel};

use super::listing::{Listing, clean_name};
use super::unpack::{self, Unpacked};
use crate::draft::Draft;
use crate::input::{Input, Tools, Watcher};

/// Reads a gzip file: what it holds goes out as a part.
pub(crate) fn transcribe(input: &Input<'_>, tools: &Tools<'_>, watcher: &mut dyn Watcher) -> Draft {
    let mut list = Listing::new("gzip 1", input.bytes.len(), tools.limits, watcher);
    let name = name(input);
    let room = list.room(input.bytes.len());
    let Unpacked {
        bytes,
        damaged,
        too_large,
    } = unpack::read(MultiGzDecoder::new(input.bytes), room);
    list.row(&[&name, &bytes.len().to_string()]);
    if too_large {
        let message = format!("{name} would unfold to more than {room} bytes and was left out.");
        list.notice(
            Notice::new(NoticeLevel::Damaged, "gzip.too-large", message)
                .next("Unpack it and add the file."),
        );
        return list.finish();
    }
    if damaged {
        let message = format!("{name} is damaged; {} bytes of it were read.", bytes.len());
        list.notice(Notice::new(NoticeLevel::Damaged, "gzip.damaged", message));
    }
    if !bytes.is_empty() {
        list.part(name, bytes);
    }
    list.finish()
}

/// The name kept inside, or the outer one without its ending.
fn name(input: &Input<'_>) -> String {
    let decoder = MultiGzDecoder::new(input.bytes);
    let inner = decoder.header().and_then(|header| header.filename());
    if let Some(inner) = inner.filter(|name| !name.is_empty()) {
        return clean_name(&String::from_utf8_lossy(inner));
    }
    let outer = input.name.rsplit(['/', '\\']).next().unwrap_or_default();
    let lower = outer.to_ascii_lowercase();
    let cut = |ending: &str| outer.get(..outer.len() - ending.len()).unwrap_or_default();
    if lower.ends_with(".tgz") {
        clean_name(&format!("{}.tar", cut(".tgz")))
    } else if lower.ends_with(".gz") {
        clean_name(cut(".gz"))
    } else {
        clean_name(outer)
    }
}
