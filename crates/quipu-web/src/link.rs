//! Addresses within the reading room.

use std::fmt::Write as _;

/// Text as it may stand in a query of an address (RFC 3986).
pub(crate) fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z'
            | b'A'..=b'Z'
            | b'0'..=b'9'
            | b'-'
            | b'.'
            | b'_'
            | b'~'
            | b':'
            | b'/'
            | b'*' => {
                out.push(char::from(byte));
            }
            b' ' => out.push('+'),
            _ => {
                let _ = write!(out, "%{byte:02X}");
            }
        }
    }
    out
}

/// A path with parameters; empty values are left out.
pub(crate) fn address(path: &str, parameters: &[(&str, &str)]) -> String {
    let mut out = path.to_owned();
    let mut sign = '?';
    for (name, value) in parameters {
        if value.is_empty() {
            continue;
        }
        out.push(sign);
        out.push_str(name);
        out.push('=');
        out.push_str(&encoded(value));
        sign = '&';
    }
    out
}

/// The parameters of a request, as typed; the first of each name counts.
#[derive(Debug, Clone, Default)]
pub(crate) struct Parameters(Vec<(String, String)>);

impl Parameters {
    /// Parameters beyond this many are left out.
    const MOST: usize = 32;

    pub(crate) fn new(mut pairs: Vec<(String, String)>) -> Self {
        pairs.truncate(Self::MOST);
        Self(pairs)
    }

    pub(crate) fn get(&self, name: &str) -> &str {
        let mut pairs = self.0.iter();
        let pair = pairs.find(|(known, _)| known == name);
        pair.map(|(_, value)| value.as_str()).unwrap_or_default()
    }

    pub(crate) fn number<N: std::str::FromStr>(&self, name: &str) -> Option<N> {
        self.get(name).parse().ok()
    }

    /// The same address with one parameter changed and some left out.
    pub(crate) fn changed(&self, path: &str, name: &str, value: &str, without: &[&str]) -> String {
        let kept = self.0.iter().filter(|(known, _)| known != name);
        let kept = kept.filter(|(known, _)| !without.contains(&known.as_str()));
        let mut pairs: Vec<(&str, &str)> = kept.map(|(n, v)| (n.as_str(), v.as_str())).collect();
        pairs.push((name, value));
        address(path, &pairs)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_hold_any_text() {
        let text = "juez & \"dos palabras\" título:ñ #1 <script>";
        let link = address("/search", &[("q", text), ("sort", "")]);
        assert_eq!(
            link,
            "/search?q=juez+%26+%22dos+palabras%22+t%C3%ADtulo:%C3%B1+%231+%3Cscript%3E"
        );
    }
}
