//! `bagit`: the originals as a bag of BagIt 1.0 (RFC 8493), with SHA-256 and
//! SHA-512 manifests. No bagging date: the same archive gives the same bag.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use quipu_desk::Desk;
use sha2::{Digest, Sha256, Sha512};

use crate::ExportError;

/// Writes a bag into a new folder and says how many originals it holds.
///
/// # Errors
/// When the folder is there already and holds something, the archive cannot
/// answer, or the disk refuses.
pub fn write(desk: &Desk, folder: &Path) -> Result<u64, ExportError> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        return Err(ExportError::Taken(folder.display().to_string()));
    }
    let data = folder.join("data");
    fs::create_dir_all(&data)?;
    let mut sums = BTreeMap::new();
    let (mut octets, mut count) = (0u64, 0u64);
    for source in desk.sources()? {
        let Some((name, bytes)) = desk.original(source)? else {
            continue;
        };
        // The hash parts files of one name; the name tells a person what it is.
        let place = format!("data/{}/{}", source.hex(), plain_name(&name));
        fs::create_dir_all(data.join(source.hex()))?;
        fs::write(folder.join(&place), &bytes)?;
        octets += bytes.len() as u64;
        count += 1;
        sums.insert(place, digests(&bytes));
    }
    let mut tags = BTreeMap::new();
    tags.insert(
        "bagit.txt",
        "BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n".to_owned(),
    );
    tags.insert(
        "bag-info.txt",
        format!(
            "Bag-Software-Agent: quipu {}\nPayload-Oxum: {octets}.{count}\nExternal-Identifier: {}\n",
            env!("CARGO_PKG_VERSION"),
            desk.seal()?
        ),
    );
    let manifest = |which: fn(&(String, String)) -> &String| -> String {
        sums.iter()
            .map(|(place, both)| format!("{}  {place}\n", which(both)))
            .collect()
    };
    tags.insert("manifest-sha256.txt", manifest(|both| &both.0));
    tags.insert("manifest-sha512.txt", manifest(|both| &both.1));
    let tag_sums: BTreeMap<&str, (String, String)> = tags
        .iter()
        .map(|(name, text)| (*name, digests(text.as_bytes())))
        .collect();
    let tag_manifest = |which: fn(&(String, String)) -> &String| -> String {
        tag_sums
            .iter()
            .map(|(name, both)| format!("{}  {name}\n", which(both)))
            .collect()
    };
    for (name, text) in &tags {
        fs::write(folder.join(name), text)?;
    }
    fs::write(
        folder.join("tagmanifest-sha256.txt"),
        tag_manifest(|both| &both.0),
    )?;
    fs::write(
        folder.join("tagmanifest-sha512.txt"),
        tag_manifest(|both| &both.1),
    )?;
    Ok(count)
}

fn digests(bytes: &[u8]) -> (String, String) {
    (hex(&Sha256::digest(bytes)), hex(&Sha512::digest(bytes)))
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A file name that any file system takes: no path, no control characters, no
/// characters that RFC 8493 wants encoded in a manifest.
fn plain_name(name: &str) -> String {
    let last = name.rsplit(['/', '\\']).next().unwrap_or_default();
    let kept: String = last
        .chars()
        .filter(|c| !c.is_control())
        .map(|c| if "<>:\"|?*%".contains(c) { '_' } else { c })
        .collect();
    // 255 bytes is what file systems take; cut between characters.
    let mut end = kept.len().min(200);
    while !kept.is_char_boundary(end) {
        end -= 1;
    }
    let kept = kept[..end].trim_matches([' ', '.']);
    if kept.is_empty() {
        "original".to_owned()
    } else {
        kept.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::plain_name;

    #[test]
    fn names_are_plain() {
        assert_eq!(plain_name("../../etc/passwd"), "passwd");
        assert_eq!(plain_name("a\\b\\informe: 1991?.pdf"), "informe_ 1991_.pdf");
        assert_eq!(plain_name("..."), "original");
        assert_eq!(plain_name(&"ñ".repeat(300)).len(), 200);
    }
}
