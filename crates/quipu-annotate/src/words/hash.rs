//! The hash under which features are looked up: FNV-1a (Fowler, Noll and Vo
//! 1991), folded, the same in training and here.

/// A hash that grows byte by byte.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Hash(u32);

impl Hash {
    /// An empty one; other salts give other hashes.
    pub(crate) const fn new(salt: u32) -> Self {
        Self(2_166_136_261 ^ salt)
    }

    /// With bytes added.
    #[inline(always)]
    pub(crate) const fn with(self, bytes: &[u8]) -> Self {
        let mut hash = self.0;
        let mut at = 0;
        while at < bytes.len() {
            hash = (hash ^ bytes[at] as u32).wrapping_mul(16_777_619);
            at += 1;
        }
        Self(hash)
    }

    /// With a letter added, as UTF-8.
    #[inline(always)]
    pub(crate) fn with_char(self, c: char) -> Self {
        self.with(c.encode_utf8(&mut [0; 4]).as_bytes())
    }

    /// With letters added.
    #[inline(always)]
    pub(crate) fn with_chars(self, letters: &[char]) -> Self {
        letters.iter().fold(self, |hash, c| hash.with_char(*c))
    }

    /// With a number added, as it is written.
    #[inline(always)]
    pub(crate) fn with_number(self, mut number: usize) -> Self {
        let mut digits = [0_u8; 20];
        let mut first = digits.len();
        loop {
            first -= 1;
            digits[first] = b'0' + (number % 10) as u8;
            number /= 10;
            if number == 0 {
                return self.with(&digits[first..]);
            }
        }
    }

    /// All its bits.
    #[inline(always)]
    pub(crate) const fn whole(self) -> u32 {
        self.0 ^ (self.0 >> 15)
    }

    /// A place among `size`.
    #[inline(always)]
    pub(crate) const fn place(self, size: u32) -> usize {
        (self.whole() % size) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::Hash;

    #[test]
    fn a_hash_is_of_bytes_however_they_come() {
        let whole = Hash::new(7).with("año 120".as_bytes());
        let parts = Hash::new(7)
            .with_chars(&['a', 'ñ', 'o', ' '])
            .with_number(120);
        assert_eq!(whole, parts);
        assert_ne!(
            whole.place(65_536),
            Hash::new(8).with("año 120".as_bytes()).place(65_536)
        );
    }

    #[test]
    fn the_hash_is_the_one_of_training() {
        // Made by the training program.
        assert_eq!(Hash::new(1).with("ción".as_bytes()).place(8192), 7872);
    }
}
