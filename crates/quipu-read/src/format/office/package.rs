//! Packages: the ZIP files in which office documents are kept, opened within
//! bounds and by name.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use quipu_model::{Notice, NoticeLevel, Part};
use zip::ZipArchive;

use super::xml;
use crate::input::{Limits, Watcher};

/// No single XML file inside is unpacked beyond this, whatever the ratio.
const MEMBER_BYTES_MAX: u64 = 256 << 20;

/// All text of one package together: beyond it reading would take too long.
const TEXT_BYTES_MAX: u64 = 512 << 20;

/// One opened package.
pub(crate) struct Package<'a> {
    zip: ZipArchive<Cursor<&'a [u8]>>,
    /// Members by their name in lower case, as names are compared in packages.
    members: BTreeMap<String, (String, usize)>,
    limits: Limits,
    /// Bytes that may still be unpacked.
    budget: u64,
    /// Bytes of text that may still be read.
    text_budget: u64,
    /// What was cut or broken, by name.
    broken: Vec<String>,
}

impl<'a> Package<'a> {
    /// Opens a package; `None` when its directory cannot be read.
    pub(crate) fn open(bytes: &'a [u8], limits: Limits) -> Option<Self> {
        let zip = ZipArchive::new(Cursor::new(bytes)).ok()?;
        let mut members = BTreeMap::new();
        for index in 0..zip.len().min(limits.parts as usize) {
            let Some(Ok(name)) = zip.name_for_index(index) else {
                continue;
            };
            let name = name.replace('\\', "/");
            let name = name.trim_start_matches('/').to_owned();
            members.insert(name.to_lowercase(), (name, index));
        }
        let size = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        let budget = size
            .saturating_mul(limits.expansion)
            .saturating_add(1 << 20);
        Some(Self {
            zip,
            members,
            limits,
            budget: budget.min(limits.parts_bytes),
            text_budget: TEXT_BYTES_MAX,
            broken: Vec::new(),
        })
    }

    /// Whether a member of that name is there.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.members.contains_key(&name.to_lowercase())
    }

    /// The names of all members under a folder, in the order of the alphabet.
    pub(crate) fn under(&self, folder: &str) -> Vec<String> {
        let folder = folder.to_lowercase();
        self.members
            .range(folder.clone()..)
            .take_while(|(name, _)| name.starts_with(&folder))
            .filter(|(name, _)| !name.ends_with('/'))
            .map(|(_, (name, _))| name.clone())
            .collect()
    }

    /// The bytes of a member, as far as they could be unpacked.
    pub(crate) fn bytes(&mut self, name: &str) -> Option<Vec<u8>> {
        self.bytes_within(name, self.budget)
    }

    fn bytes_within(&mut self, name: &str, budget: u64) -> Option<Vec<u8>> {
        let (_, index) = *self
            .members
            .get(&name.to_lowercase())
            .as_ref()
            .map(|member| (&member.0, &member.1))
            .as_ref()?;
        let index = *index;
        let Ok(file) = self.zip.by_index(index) else {
            self.broken.push(name.to_owned());
            return None;
        };
        let bound = file
            .compressed_size()
            .saturating_mul(self.limits.expansion)
            .saturating_add(1 << 20)
            .min(MEMBER_BYTES_MAX)
            .min(budget);
        let expected = usize::try_from(file.size().min(bound).min(16 << 20)).unwrap_or(0);
        let mut bytes = Vec::with_capacity(expected);
        let read = file.take(bound + 1).read_to_end(&mut bytes);
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.budget = self.budget.saturating_sub(length);
        if read.is_err() || length > bound {
            self.broken.push(name.to_owned());
            bytes.truncate(usize::try_from(bound).unwrap_or(usize::MAX));
        }
        Some(bytes)
    }

    /// The text of an XML member.
    pub(crate) fn text(&mut self, name: &str) -> Option<String> {
        let bytes = self.bytes_within(name, self.budget.min(self.text_budget))?;
        let length = u64::try_from(bytes.len()).unwrap_or(u64::MAX);
        self.text_budget = self.text_budget.saturating_sub(length);
        Some(match xml::decode(&bytes) {
            std::borrow::Cow::Borrowed(_) => {
                // Sound UTF-8: take the bytes as they are.
                String::from_utf8(bytes).unwrap_or_default()
            }
            std::borrow::Cow::Owned(text) => text,
        })
    }

    /// Hands every file under the folders over as a part.
    pub(crate) fn hand_over(&mut self, folders: &[&str], watcher: &mut dyn Watcher) {
        for folder in folders {
            for name in self.under(folder) {
                if let Some(bytes) = self.bytes(&name)
                    && !bytes.is_empty()
                {
                    for part in super::ole::unwrap(name, bytes, self.limits) {
                        watcher.part(part);
                    }
                }
            }
        }
    }

    /// Hands one member over as a part.
    pub(crate) fn hand_over_one(&mut self, name: &str, watcher: &mut dyn Watcher) {
        if let Some(bytes) = self.bytes(name)
            && !bytes.is_empty()
        {
            watcher.part(Part {
                name: name.to_owned(),
                bytes,
            });
        }
    }

    /// What has to be said about members that could not be wholly unpacked.
    pub(crate) fn notices(&mut self, notices: &mut Vec<Notice>) {
        for name in std::mem::take(&mut self.broken) {
            notices.push(
                Notice::new(
                    NoticeLevel::Damaged,
                    "office.member-broken",
                    format!(
                        "The inner file {name} is damaged or larger than its bound; \
                         it was read as far as it goes."
                    ),
                )
                .next(
                    "Ask for another copy, or open the file in its own program and save it again.",
                ),
            );
        }
    }
}

/// The name of a part's list of relations: `word/document.xml` has
/// `word/_rels/document.xml.rels`.
pub(crate) fn relations_of(name: &str) -> String {
    match name.rsplit_once('/') {
        Some((folder, file)) => format!("{folder}/_rels/{file}.rels"),
        None => format!("_rels/{name}.rels"),
    }
}

/// Where a relation leads, seen from the part that holds it. `..` never leads
/// out of the package.
pub(crate) fn resolve(from: &str, target: &str) -> String {
    if let Some(rest) = target.strip_prefix('/') {
        return rest.to_owned();
    }
    let mut path: Vec<&str> = from.split('/').collect();
    path.pop();
    for step in target.split('/') {
        match step {
            "" | "." => {}
            ".." => {
                path.pop();
            }
            step => path.push(step),
        }
    }
    path.join("/")
}

/// One relation of a part.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Relation {
    /// The last word of its type: `hyperlink`, `image`, `footnotes`.
    pub(crate) kind: String,
    /// The address as written, or the name of the part meant.
    pub(crate) target: String,
    /// Whether it leads outside.
    pub(crate) external: bool,
}

/// The relations of a part, by id.
pub(crate) fn relations(package: &mut Package<'_>, of: &str) -> BTreeMap<String, Relation> {
    let mut found = BTreeMap::new();
    let Some(text) = package.text(&relations_of(of)) else {
        return found;
    };
    let mut xml = xml::Xml::new(&text, 16);
    loop {
        match xml.next() {
            xml::Token::Open(element) if element.name() == "Relationship" => {
                let (Some(id), Some(target)) = (element.attr("Id"), element.attr("Target")) else {
                    continue;
                };
                let kind = element.attr("Type").unwrap_or_default();
                let kind = kind.rsplit('/').next().unwrap_or_default().to_owned();
                let external = element.attr("TargetMode").as_deref() == Some("External");
                let target = if external {
                    target
                } else {
                    resolve(of, &target)
                };
                found.insert(
                    id,
                    Relation {
                        kind,
                        target,
                        external,
                    },
                );
            }
            xml::Token::End => return found,
            _ => {}
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn relations_lead_to_parts_and_never_out_of_the_package() {
        assert_eq!(
            relations_of("word/document.xml"),
            "word/_rels/document.xml.rels"
        );
        assert_eq!(
            resolve("word/document.xml", "media/a.png"),
            "word/media/a.png"
        );
        assert_eq!(resolve("word/document.xml", "../x/a.png"), "x/a.png");
        assert_eq!(
            resolve("word/document.xml", "../../../etc/passwd"),
            "etc/passwd"
        );
        assert_eq!(resolve("word/document.xml", "/word/a.xml"), "word/a.xml");
    }
}
