//! A model file: named tensors of numbers, lists of words and tables, used in
//! place. The layout is described in `models/FORMAT.md`.

use std::collections::BTreeMap;
use std::fmt;

/// What is wrong with a model file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ModelError(pub(crate) String);

impl fmt::Display for ModelError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "the model file cannot be used: {}", self.0)
    }
}

impl std::error::Error for ModelError {}

const MAGIC: &[u8; 8] = b"QUIPUM01";

#[derive(Debug, Clone)]
struct Entry {
    kind: u8,
    dimensions: Vec<usize>,
    data: std::ops::Range<usize>,
    scales: usize,
}

/// A model file whose directory was read and whose places were checked.
#[derive(Debug, Clone)]
pub(crate) struct ModelFile<'a> {
    bytes: &'a [u8],
    entries: BTreeMap<String, Entry>,
}

/// A matrix of 8-bit weights with a scale for every row.
#[derive(Debug, Clone)]
pub(crate) struct Whole<'a> {
    /// Weights, row after row.
    pub(crate) weights: &'a [i8],
    /// Value of one step, by row.
    pub(crate) scales: Vec<f32>,
    /// Weights in a row.
    pub(crate) width: usize,
}

impl Whole<'_> {
    /// Writes a row as numbers.
    pub(crate) fn row(&self, row: usize, out: &mut [f32]) {
        let weights = self.weights.get(row * self.width..(row + 1) * self.width);
        let scale = self.scales.get(row).copied().unwrap_or(0.0);
        for (out, weight) in out.iter_mut().zip(weights.unwrap_or_default()) {
            *out = f32::from(*weight) * scale;
        }
    }

    /// Rows.
    pub(crate) fn rows(&self) -> usize {
        self.scales.len()
    }
}

struct Cursor<'a>(&'a [u8]);

impl<'a> Cursor<'a> {
    fn take(&mut self, count: usize) -> Option<&'a [u8]> {
        let (head, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(head)
    }

    fn number(&mut self, bytes: usize) -> Option<usize> {
        let mut whole = [0; 8];
        whole.get_mut(..bytes)?.copy_from_slice(self.take(bytes)?);
        usize::try_from(u64::from_le_bytes(whole)).ok()
    }
}

impl<'a> ModelFile<'a> {
    /// Reads the directory and checks that every block lies inside the file.
    pub(crate) fn read(bytes: &'a [u8]) -> Result<Self, ModelError> {
        let directory = || -> Option<BTreeMap<String, Entry>> {
            let mut cursor = Cursor(bytes);
            (cursor.take(8)? == MAGIC).then_some(())?;
            let count = cursor.number(4)?;
            let length = cursor.number(4)?;
            let mut cursor = Cursor(cursor.take(length)?);
            let mut entries = BTreeMap::new();
            for _ in 0..count {
                let length = cursor.number(2)?;
                let name = std::str::from_utf8(cursor.take(length)?).ok()?.to_owned();
                let kind = u8::try_from(cursor.number(1)?).ok()?;
                let dimensions = cursor.number(1)?;
                let dimensions = (0..dimensions)
                    .map(|_| cursor.number(4))
                    .collect::<Option<Vec<_>>>()?;
                let offset = cursor.number(8)?;
                let length = cursor.number(8)?;
                let scales = cursor.number(8)?;
                let data = offset..offset.checked_add(length)?;
                bytes.get(data.clone())?;
                let items = dimensions
                    .iter()
                    .try_fold(1_usize, |all, one| all.checked_mul(*one))?;
                let wide = match kind {
                    0 | 3 => 4,
                    4 => 2,
                    1 | 2 => 1,
                    _ => return None,
                };
                (items.checked_mul(wide)? == length).then_some(())?;
                entries.insert(
                    name,
                    Entry {
                        kind,
                        dimensions,
                        data,
                        scales,
                    },
                );
            }
            Some(entries)
        };
        let entries = directory().ok_or_else(|| {
            ModelError(
                "it does not begin with a directory of tensors that lie inside it".to_owned(),
            )
        })?;
        Ok(Self { bytes, entries })
    }

    fn block(&self, name: &str, kind: u8) -> Result<(&Entry, &'a [u8]), ModelError> {
        self.entries
            .get(name)
            .filter(|entry| entry.kind == kind)
            .and_then(|entry| Some((entry, self.bytes.get(entry.data.clone())?)))
            .ok_or_else(|| ModelError(format!("`{name}` is missing or of another type")))
    }

    /// Numbers of single precision.
    pub(crate) fn numbers(&self, name: &str) -> Result<Vec<f32>, ModelError> {
        let (_, bytes) = self.block(name, 0)?;
        Ok(floats(bytes))
    }

    /// Whole numbers of 16 bits with a sign.
    pub(crate) fn shorts(&self, name: &str) -> Result<Vec<i16>, ModelError> {
        let (_, bytes) = self.block(name, 4)?;
        let (pairs, _) = bytes.as_chunks::<2>();
        Ok(pairs.iter().map(|pair| i16::from_le_bytes(*pair)).collect())
    }

    /// A matrix of 8-bit weights.
    pub(crate) fn whole(&self, name: &str) -> Result<Whole<'a>, ModelError> {
        let (entry, bytes) = self.block(name, 1)?;
        let rows = entry.dimensions.first().copied().unwrap_or(0);
        if bytes.is_empty() || rows == 0 {
            return Err(ModelError(format!("`{name}` is empty")));
        }
        let scales = entry
            .scales
            .checked_add(rows * 4)
            .and_then(|end| self.bytes.get(entry.scales..end))
            .ok_or_else(|| ModelError(format!("the scales of `{name}` are missing")))?;
        Ok(Whole {
            weights: signed(bytes),
            scales: floats(scales),
            width: bytes.len() / rows,
        })
    }

    /// A list of words.
    pub(crate) fn list(&self, name: &str) -> Result<List<'a>, ModelError> {
        let (_, text) = self.block(&format!("{name}.text"), 2)?;
        let (_, offsets) = self.block(&format!("{name}.off"), 3)?;
        let wrong = || ModelError(format!("`{name}` is no list of words"));
        let text = std::str::from_utf8(text).map_err(|_| wrong())?;
        let (offsets, _) = offsets.as_chunks::<4>();
        let offsets: Vec<u32> = offsets
            .iter()
            .map(|four| u32::from_le_bytes(*four))
            .collect();
        let list = List { text, offsets };
        let ascending = list.offsets.is_sorted();
        let cut = list
            .offsets
            .iter()
            .all(|at| text.is_char_boundary(*at as usize));
        if ascending && cut {
            Ok(list)
        } else {
            Err(wrong())
        }
    }

    /// A table: lines, each of columns.
    pub(crate) fn table(
        &self,
        name: &str,
    ) -> Result<impl Iterator<Item = std::str::Split<'a, char>>, ModelError> {
        let (_, text) = self.block(name, 2)?;
        let text =
            std::str::from_utf8(text).map_err(|_| ModelError(format!("`{name}` is no text")))?;
        Ok(text.lines().map(|line| line.split('\t')))
    }

    /// A value of the table `meta`.
    pub(crate) fn meta(&self, name: &str) -> Result<&'a str, ModelError> {
        self.table("meta")?
            .find_map(|mut columns| {
                (columns.next() == Some(name)).then(|| columns.next().unwrap_or_default())
            })
            .ok_or_else(|| ModelError(format!("`meta` does not say `{name}`")))
    }
}

fn floats(bytes: &[u8]) -> Vec<f32> {
    let (fours, _) = bytes.as_chunks::<4>();
    fours.iter().map(|four| f32::from_le_bytes(*four)).collect()
}

#[allow(unsafe_code, reason = "bytes with a sign are bytes")]
fn signed(bytes: &[u8]) -> &[i8] {
    // SAFETY: i8 and u8 have one size and alignment, and every pattern of bits
    // is a value of both.
    unsafe { std::slice::from_raw_parts(bytes.as_ptr().cast(), bytes.len()) }
}

/// A list of words in one text.
#[derive(Debug, Clone)]
pub(crate) struct List<'a> {
    text: &'a str,
    offsets: Vec<u32>,
}

impl<'a> List<'a> {
    /// How many words.
    pub(crate) fn len(&self) -> usize {
        self.offsets.len().saturating_sub(1)
    }

    /// The word at a place.
    pub(crate) fn get(&self, at: usize) -> Option<&'a str> {
        let (from, to) = (self.offsets.get(at)?, self.offsets.get(at + 1)?);
        self.text.get(*from as usize..*to as usize)
    }

    /// The words in order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).filter_map(|at| self.get(at))
    }

    /// The place of a word in a list that is sorted by bytes.
    pub(crate) fn find(&self, word: &str) -> Option<usize> {
        let (mut low, mut high) = (0, self.len());
        while low < high {
            let middle = low + (high - low) / 2;
            match self.get(middle)?.cmp(word) {
                std::cmp::Ordering::Equal => return Some(middle),
                std::cmp::Ordering::Less => low = middle + 1,
                std::cmp::Ordering::Greater => high = middle,
            }
        }
        None
    }
}
