//! The directory of a ZIP file: its members and where they stand.
//!
//! Read by our own hand because every entry counts: two members of one name,
//! an entry whose local header is gone, a file whose end is lost.

use memchr::memmem;

/// Members looked at in one file.
const MEMBERS_MAX: usize = 1_000_000;

/// One member.
#[derive(Debug, Clone)]
pub(super) struct Member<'a> {
    /// Its name as bytes; `unicode_name` is better where it is there.
    pub(super) name: &'a [u8],
    /// The name in the Info-ZIP field for Unicode names.
    pub(super) unicode_name: Option<&'a str>,
    pub(super) flags: u16,
    pub(super) method: u16,
    /// Day of the last change, in the form of DOS.
    pub(super) day: u16,
    pub(super) checksum: u32,
    pub(super) size: u64,
    /// Its packed bytes; `None` when they are not in the file.
    pub(super) packed: Option<&'a [u8]>,
}

impl Member<'_> {
    pub(super) const fn is_encrypted(&self) -> bool {
        self.flags & 1 != 0
    }

    pub(super) const fn has_utf8_name(&self) -> bool {
        self.flags & 0x800 != 0
    }

    /// The day of the last change as EDTF.
    pub(super) fn changed(&self) -> String {
        let (year, month, day) = (1980 + (self.day >> 9), (self.day >> 5) & 15, self.day & 31);
        if self.day == 0x21 || !(1..=12).contains(&month) || day == 0 {
            // 1 January 1980 is what programs write that do not know.
            String::new()
        } else {
            format!("{year:04}-{month:02}-{day:02}")
        }
    }
}

fn short(bytes: &[u8], at: usize) -> Option<u16> {
    let two = bytes.get(at..at.checked_add(2)?)?;
    Some(u16::from_le_bytes(two.try_into().ok()?))
}

fn long(bytes: &[u8], at: usize) -> Option<u32> {
    let four = bytes.get(at..at.checked_add(4)?)?;
    Some(u32::from_le_bytes(four.try_into().ok()?))
}

fn huge(bytes: &[u8], at: usize) -> Option<u64> {
    let eight = bytes.get(at..at.checked_add(8)?)?;
    Some(u64::from_le_bytes(eight.try_into().ok()?))
}

/// The members by the directory at the end; `None` when that is lost.
pub(super) fn central(bytes: &[u8]) -> Option<Vec<Member<'_>>> {
    let tail = bytes.len().saturating_sub(22 + 65_535);
    let end = tail + memmem::rfind(&bytes[tail..], b"PK\x05\x06")?;
    let mut size = u64::from(long(bytes, end + 12)?);
    let mut offset = u64::from(long(bytes, end + 16)?);
    let mut directory_end = end;
    if size == 0xFFFF_FFFF || offset == 0xFFFF_FFFF || short(bytes, end + 10)? == 0xFFFF {
        // ZIP64: a locator before the end record leads to a larger one.
        let locator = end.checked_sub(20)?;
        if bytes.get(locator..locator + 4) == Some(b"PK\x06\x07") {
            let search = &bytes[..locator];
            let record = memmem::rfind(search, b"PK\x06\x06")?;
            size = huge(bytes, record + 40)?;
            offset = huge(bytes, record + 48)?;
            directory_end = record;
        }
    }
    // Counted from the end, so that bytes put in front do no harm.
    let start = directory_end.checked_sub(usize::try_from(size).ok()?)?;
    let shift = (start as u64).saturating_sub(offset);
    let mut members = Vec::new();
    let mut at = start;
    while members.len() < MEMBERS_MAX && bytes.get(at..at + 4) == Some(b"PK\x01\x02") {
        let name_length = usize::from(short(bytes, at + 28)?);
        let extra_length = usize::from(short(bytes, at + 30)?);
        let comment_length = usize::from(short(bytes, at + 32)?);
        let name = bytes.get(at + 46..at + 46 + name_length)?;
        let extra_at = at + 46 + name_length;
        let extra = bytes.get(extra_at..extra_at + extra_length)?;
        let mut member = Member {
            name,
            unicode_name: unicode_name(extra),
            flags: short(bytes, at + 8)?,
            method: short(bytes, at + 10)?,
            day: short(bytes, at + 14)?,
            checksum: long(bytes, at + 16)?,
            size: u64::from(long(bytes, at + 24)?),
            packed: None,
        };
        let mut packed = u64::from(long(bytes, at + 20)?);
        let mut place = u64::from(long(bytes, at + 42)?);
        if let Some(wide) = field(extra, 1) {
            let mut next = 0;
            for number in [&mut member.size, &mut packed, &mut place] {
                if *number == 0xFFFF_FFFF
                    && let Some(value) = huge(wide, next)
                {
                    *number = value;
                    next += 8;
                }
            }
        }
        member.packed = data(bytes, place.checked_add(shift), Some(packed));
        members.push(member);
        at = extra_at + extra_length + comment_length;
    }
    (!members.is_empty() || size == 0).then_some(members)
}

/// The members by the headers in front of each, for a file whose end is lost.
pub(super) fn local(bytes: &[u8]) -> Vec<Member<'_>> {
    let mut members = Vec::new();
    let mut at = 0;
    while members.len() < MEMBERS_MAX {
        let Some(found) = bytes
            .get(at..)
            .and_then(|rest| memmem::find(rest, b"PK\x03\x04"))
        else {
            break;
        };
        at += found;
        let Some((member, end)) = local_member(bytes, at) else {
            at += 4;
            continue;
        };
        members.push(member);
        at = end.max(at + 4);
    }
    members
}

fn local_member(bytes: &[u8], at: usize) -> Option<(Member<'_>, usize)> {
    let name_length = usize::from(short(bytes, at + 26)?);
    let extra_length = usize::from(short(bytes, at + 28)?);
    let name = bytes.get(at + 30..at + 30 + name_length)?;
    let start = at + 30 + name_length + extra_length;
    let flags = short(bytes, at + 6)?;
    let packed = u64::from(long(bytes, at + 18)?);
    // With this flag the length only stands behind the member: it ends where
    // the next header begins.
    let length = if flags & 8 != 0 || packed == 0xFFFF_FFFF {
        let rest = bytes.get(start..)?;
        memmem::find(rest, b"PK\x03\x04").unwrap_or(rest.len())
    } else {
        usize::try_from(packed).ok()?
    };
    let end = start.checked_add(length)?.min(bytes.len());
    let member = Member {
        name,
        unicode_name: None,
        flags,
        method: short(bytes, at + 8)?,
        day: short(bytes, at + 12)?,
        checksum: long(bytes, at + 14)?,
        size: u64::from(long(bytes, at + 22)?),
        packed: bytes.get(start..end),
    };
    Some((member, end))
}

/// The packed bytes behind the local header at `place`.
fn data(bytes: &[u8], place: Option<u64>, length: Option<u64>) -> Option<&[u8]> {
    let at = usize::try_from(place?).ok()?;
    if bytes.get(at..at.checked_add(4)?)? != b"PK\x03\x04" {
        return None;
    }
    let name_length = usize::from(short(bytes, at + 26)?);
    let extra_length = usize::from(short(bytes, at + 28)?);
    let start = at + 30 + name_length + extra_length;
    let length = usize::try_from(length?).ok()?;
    let end = start.checked_add(length)?.min(bytes.len());
    bytes.get(start..end)
}

/// A field of the extra bytes, by its number.
fn field(extra: &[u8], number: u16) -> Option<&[u8]> {
    let mut at = 0;
    while let (Some(found), Some(length)) = (short(extra, at), short(extra, at + 2)) {
        let end = at + 4 + usize::from(length);
        if found == number {
            return extra.get(at + 4..end);
        }
        at = end;
    }
    None
}

fn unicode_name(extra: &[u8]) -> Option<&str> {
    let name = field(extra, 0x7075)?.get(5..)?;
    std::str::from_utf8(name)
        .ok()
        .filter(|name| !name.is_empty())
}
