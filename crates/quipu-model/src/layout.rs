//! One byte layout for everything that is kept or sent.
//!
//! The layout is the ground under every identifier: whole numbers in LEB128,
//! texts and lists with their length before them, fields in the order in which
//! the `layout!` line of their type names them. Tests pin it to the byte. It
//! has no field names and no versions of its own; whoever stores it stores the
//! recipe beside it.

use std::collections::BTreeMap;
use std::fmt;

/// A value with one fixed layout in bytes.
pub trait Layout: Sized {
    /// Appends the bytes of this value.
    fn write(&self, out: &mut Vec<u8>);

    /// Takes a value off the front of `input`.
    ///
    /// # Errors
    /// When the bytes end early, a length is larger than what is left, a word
    /// is unknown, or text is not UTF-8.
    fn read(input: &mut &[u8]) -> Result<Self, LayoutError>;

    /// The bytes of this value alone.
    fn to_bytes(&self) -> Vec<u8> {
        let mut out = Vec::new();
        self.write(&mut out);
        out
    }

    /// Reads a value that must fill `bytes` to the end.
    ///
    /// # Errors
    /// As [`Layout::read`], and when bytes are left over.
    fn from_bytes(mut bytes: &[u8]) -> Result<Self, LayoutError> {
        let value = Self::read(&mut bytes)?;
        if bytes.is_empty() {
            Ok(value)
        } else {
            Err(LayoutError::LeftOver(bytes.len()))
        }
    }
}

/// Why bytes are not the layout of a value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LayoutError {
    /// The bytes end before the value does.
    Short,
    /// A number does not fit its type.
    Overflow,
    /// A choice was written with a number that nobody has.
    UnknownWord(u64),
    /// Text is not UTF-8.
    NotText,
    /// The value broke a rule of its type (a span that ends before it starts).
    Broken(&'static str),
    /// So many bytes are left after the value.
    LeftOver(usize),
}

impl fmt::Display for LayoutError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Short => f.write_str("the bytes end too early"),
            Self::Overflow => f.write_str("a number is too large"),
            Self::UnknownWord(word) => write!(f, "unknown word number {word}"),
            Self::NotText => f.write_str("text that is not UTF-8"),
            Self::Broken(rule) => write!(f, "broken rule: {rule}"),
            Self::LeftOver(n) => write!(f, "{n} bytes left over"),
        }
    }
}

impl std::error::Error for LayoutError {}

impl Layout for u64 {
    fn write(&self, out: &mut Vec<u8>) {
        let mut rest = *self;
        while rest >= 0x80 {
            out.push((rest as u8 & 0x7f) | 0x80);
            rest >>= 7;
        }
        out.push(rest as u8);
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        let mut value = 0u64;
        for shift in (0..64).step_by(7) {
            let (&byte, rest) = input.split_first().ok_or(LayoutError::Short)?;
            *input = rest;
            let part = u64::from(byte & 0x7f);
            if shift == 63 && part > 1 {
                return Err(LayoutError::Overflow);
            }
            value |= part << shift;
            if byte & 0x80 == 0 {
                return Ok(value);
            }
        }
        Err(LayoutError::Overflow)
    }
}

macro_rules! small_numbers {
    ($($number:ty),*) => {$(
        impl Layout for $number {
            fn write(&self, out: &mut Vec<u8>) {
                (*self as u64).write(out);
            }

            fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
                Self::try_from(u64::read(input)?).map_err(|_| LayoutError::Overflow)
            }
        }
    )*};
}
small_numbers!(u8, u16, u32, usize);

impl Layout for i64 {
    fn write(&self, out: &mut Vec<u8>) {
        // Zigzag, so that small negative numbers stay short.
        (((*self << 1) ^ (*self >> 63)) as u64).write(out);
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        let raw = u64::read(input)?;
        Ok(((raw >> 1) as i64) ^ -((raw & 1) as i64))
    }
}

impl Layout for i32 {
    fn write(&self, out: &mut Vec<u8>) {
        i64::from(*self).write(out);
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        Self::try_from(i64::read(input)?).map_err(|_| LayoutError::Overflow)
    }
}

impl Layout for bool {
    fn write(&self, out: &mut Vec<u8>) {
        out.push(u8::from(*self));
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        match u64::read(input)? {
            0 => Ok(false),
            1 => Ok(true),
            other => Err(LayoutError::UnknownWord(other)),
        }
    }
}

fn take<'a>(input: &mut &'a [u8]) -> Result<&'a [u8], LayoutError> {
    let length = usize::read(input)?;
    if length > input.len() {
        return Err(LayoutError::Short);
    }
    let (taken, rest) = input.split_at(length);
    *input = rest;
    Ok(taken)
}

impl Layout for String {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        out.extend_from_slice(self.as_bytes());
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        let bytes = take(input)?;
        std::str::from_utf8(bytes)
            .map(str::to_owned)
            .map_err(|_| LayoutError::NotText)
    }
}

/// Plain bytes, written in one piece rather than number by number.
#[derive(Debug, Clone, PartialEq, Eq, Default, Hash, PartialOrd, Ord)]
pub struct Blob(pub Vec<u8>);

impl Layout for Blob {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.len().write(out);
        out.extend_from_slice(&self.0);
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        Ok(Self(take(input)?.to_vec()))
    }
}

impl Layout for [u8; 32] {
    fn write(&self, out: &mut Vec<u8>) {
        out.extend_from_slice(self);
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        let (bytes, rest) = input.split_first_chunk::<32>().ok_or(LayoutError::Short)?;
        *input = rest;
        Ok(*bytes)
    }
}

impl<T: Layout> Layout for Vec<T> {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        for item in self {
            item.write(out);
        }
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        let length = usize::read(input)?;
        // Every item takes at least one byte, so a lying length is seen before
        // anything is allocated for it.
        if length > input.len() {
            return Err(LayoutError::Short);
        }
        let mut items = Self::with_capacity(length.min(4096));
        for _ in 0..length {
            items.push(T::read(input)?);
        }
        Ok(items)
    }
}

impl<T: Layout> Layout for Option<T> {
    fn write(&self, out: &mut Vec<u8>) {
        match self {
            None => out.push(0),
            Some(value) => {
                out.push(1);
                value.write(out);
            }
        }
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        Ok(if bool::read(input)? {
            Some(T::read(input)?)
        } else {
            None
        })
    }
}

impl<A: Layout, B: Layout> Layout for (A, B) {
    fn write(&self, out: &mut Vec<u8>) {
        self.0.write(out);
        self.1.write(out);
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        Ok((A::read(input)?, B::read(input)?))
    }
}

impl<K: Layout + Ord, V: Layout> Layout for BTreeMap<K, V> {
    fn write(&self, out: &mut Vec<u8>) {
        self.len().write(out);
        for (key, value) in self {
            key.write(out);
            value.write(out);
        }
    }

    fn read(input: &mut &[u8]) -> Result<Self, LayoutError> {
        Ok(Vec::<(K, V)>::read(input)?.into_iter().collect())
    }
}

/// Gives a struct the layout of its fields, in the order named.
#[macro_export]
macro_rules! layout {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::layout::Layout for $name {
            fn write(&self, out: &mut Vec<u8>) {
                $( $crate::layout::Layout::write(&self.$field, out); )*
            }

            fn read(input: &mut &[u8]) -> Result<Self, $crate::layout::LayoutError> {
                Ok(Self { $( $field: $crate::layout::Layout::read(input)? ),* })
            }
        }
    };
}

/// Gives a choice without contents its number and its word.
///
/// The numbers are the layout and may never be given to another word; the
/// words are what the public forms print.
#[macro_export]
macro_rules! words {
    ($name:ident { $($variant:ident = $number:literal $word:literal),* $(,)? }) => {
        impl $name {
            /// Every choice there is, in the order of the numbers.
            pub const ALL: &'static [Self] = &[$(Self::$variant),*];

            /// The word of the public forms.
            #[must_use]
            pub const fn word(self) -> &'static str {
                match self { $(Self::$variant => $word),* }
            }

            /// The choice a word stands for.
            #[must_use]
            pub fn from_word(word: &str) -> Option<Self> {
                match word { $($word => Some(Self::$variant),)* _ => None }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }

        impl $crate::layout::Layout for $name {
            fn write(&self, out: &mut Vec<u8>) {
                let number: u64 = match self { $(Self::$variant => $number),* };
                $crate::layout::Layout::write(&number, out);
            }

            fn read(input: &mut &[u8]) -> Result<Self, $crate::layout::LayoutError> {
                match <u64 as $crate::layout::Layout>::read(input)? {
                    $($number => Ok(Self::$variant),)*
                    other => Err($crate::layout::LayoutError::UnknownWord(other)),
                }
            }
        }
    };
}
