//! Properties of a message as they lie in the storages of its compound file
//! (MS-OXMSG).

use std::collections::BTreeMap;
use std::io::{Cursor, Read};
use std::path::{Path, PathBuf};

use crate::format::office::codepage;
use crate::format::office::summary;

/// Entries of one storage looked at.
const ENTRIES_MAX: usize = 1 << 16;

/// A compound file in memory, with what may still be read of it: streams may
/// share their bytes, and a hostile file has many that do.
pub(super) struct Source<'a> {
    /// The file.
    pub(super) compound: cfb::CompoundFile<Cursor<&'a [u8]>>,
    size: u64,
    budget: u64,
}

impl<'a> Source<'a> {
    /// Opens a compound file.
    pub(super) fn open(bytes: &'a [u8]) -> Option<Self> {
        let size = bytes.len() as u64;
        Some(Self {
            compound: cfb::CompoundFile::open(Cursor::new(bytes)).ok()?,
            size,
            budget: size.saturating_mul(4).saturating_add(1 << 20),
        })
    }

    /// The bytes of a stream, as far as they can be read.
    pub(super) fn stream(&mut self, path: &Path) -> Option<Vec<u8>> {
        let stream = self.compound.open_stream(path).ok()?;
        let mut bytes = Vec::new();
        // What can be read before a damaged place is better than nothing.
        let _ = stream
            .take(self.size.min(self.budget))
            .read_to_end(&mut bytes);
        self.budget = self.budget.saturating_sub(bytes.len() as u64);
        Some(bytes)
    }
}

/// The properties of a message, recipient or attachment.
#[derive(Debug, Default)]
pub(super) struct Store {
    /// Streams by property and type.
    streams: BTreeMap<(u16, u16), PathBuf>,
    /// Storages inside, by name.
    pub(super) storages: BTreeMap<String, PathBuf>,
    /// Values of fixed size.
    fixed: BTreeMap<(u16, u16), [u8; 8]>,
    code_page: u16,
}

impl Store {
    /// Reads what a storage holds; its list of fixed values starts after
    /// `head` bytes.
    pub(super) fn read(
        source: &mut Source<'_>,
        folder: &Path,
        head: usize,
        code_page: Option<u16>,
    ) -> Self {
        let mut store = Self {
            code_page: code_page.unwrap_or(codepage::WESTERN),
            ..Self::default()
        };
        if let Ok(entries) = source.compound.read_storage(folder) {
            for entry in entries.take(ENTRIES_MAX) {
                let name = entry.name().to_owned();
                if entry.is_storage() {
                    store.storages.insert(name, entry.path().to_path_buf());
                } else if let Some(key) = property_of(&name) {
                    store.streams.insert(key, entry.path().to_path_buf());
                }
            }
        }
        let list = source.stream(&folder.join("__properties_version1.0"));
        for entry in list
            .unwrap_or_default()
            .get(head..)
            .unwrap_or_default()
            .chunks_exact(16)
        {
            let [type_low, type_high, low, high, _, _, _, _, value @ ..] = entry else {
                continue;
            };
            if let Ok(value) = <[u8; 8]>::try_from(value) {
                let key = (
                    u16::from_le_bytes([*low, *high]),
                    u16::from_le_bytes([*type_low, *type_high]),
                );
                store.fixed.insert(key, value);
            }
        }
        let page = store.number(0x3FFD).or_else(|| store.number(0x3FDE));
        if let Some(page) = page.and_then(|page| u16::try_from(page).ok()) {
            // A message may be kept in one and sent in another, UTF-8.
            store.code_page = page;
        }
        store
    }

    /// The code page of its words.
    pub(super) const fn code_page(&self) -> u16 {
        self.code_page
    }

    /// A number.
    pub(super) fn number(&self, property: u16) -> Option<u32> {
        let value = self.fixed.get(&(property, 0x0003))?;
        let [a, b, c, d, ..] = *value;
        Some(u32::from_le_bytes([a, b, c, d]))
    }

    /// A moment, in ISO 8601.
    pub(super) fn moment(&self, property: u16) -> Option<String> {
        let value = self.fixed.get(&(property, 0x0040))?;
        summary::moment(u64::from_le_bytes(*value))
    }

    /// Words.
    pub(super) fn words(&self, source: &mut Source<'_>, property: u16) -> Option<String> {
        let words = if let Some(path) = self.streams.get(&(property, 0x001F)) {
            codepage::decode(1200, &source.stream(path)?).into_owned()
        } else {
            let path = self.streams.get(&(property, 0x001E))?;
            codepage::decode(self.code_page, &source.stream(path)?).into_owned()
        };
        let words = words.trim_end_matches('\0').to_owned();
        (!words.trim().is_empty()).then_some(words)
    }

    /// Bytes.
    pub(super) fn bytes(&self, source: &mut Source<'_>, property: u16) -> Option<Vec<u8>> {
        let path = self.streams.get(&(property, 0x0102))?;
        source.stream(path)
    }

    /// A storage that is the value of a property.
    pub(super) fn storage(&self, property: u16) -> Option<PathBuf> {
        let name = format!("__substg1.0_{property:04X}000D");
        let found = self.storages.iter();
        found
            .filter(|(known, _)| known.eq_ignore_ascii_case(&name))
            .map(|(_, path)| path.clone())
            .next()
    }

    /// The storages whose names begin so, in their order.
    pub(super) fn numbered(&self, beginning: &str) -> Vec<PathBuf> {
        let found = self.storages.iter();
        found
            .filter(|(name, _)| name.starts_with(beginning))
            .map(|(_, path)| path.clone())
            .collect()
    }
}

/// The property and type in the name of a stream: `__substg1.0_0037001F`.
fn property_of(name: &str) -> Option<(u16, u16)> {
    let code = name.strip_prefix("__substg1.0_")?;
    let property = u16::from_str_radix(code.get(..4)?, 16).ok()?;
    let kind = u16::from_str_radix(code.get(4..8)?, 16).ok()?;
    (code.len() == 8).then_some((property, kind))
}
