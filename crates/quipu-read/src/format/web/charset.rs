//! The charset a page declares in its own head.

use memchr::memmem;

/// How far into a page the declaration is looked for; the standard says 1,024
/// bytes, pages in the wild take more.
const LOOK: usize = 16 << 10;

/// The label of the charset that a page declares.
pub(super) fn declared(bytes: &[u8]) -> Option<String> {
    let look = &bytes[..bytes.len().min(LOOK)];
    let lower = look.to_ascii_lowercase();
    let mut from = 0;
    while let Some(found) = lower
        .get(from..)
        .and_then(|rest| memmem::find(rest, b"charset"))
    {
        let at = from + found + b"charset".len();
        if let Some(label) = label(&lower[at..]) {
            return Some(label);
        }
        from = at;
    }
    // `<?xml version="1.0" encoding="iso-8859-1"?>`
    if lower.starts_with(b"<?xml") {
        let end = memmem::find(&lower, b"?>")?;
        let at = memmem::find(&lower[..end], b"encoding")? + b"encoding".len();
        return label(&lower[at..end]);
    }
    None
}

fn label(rest: &[u8]) -> Option<String> {
    let rest = rest
        .trim_ascii_start()
        .strip_prefix(b"=")?
        .trim_ascii_start();
    let rest = rest
        .strip_prefix(b"\"")
        .or_else(|| rest.strip_prefix(b"'"))
        .unwrap_or(rest);
    let fits =
        |byte: &&u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b':' | b'.');
    let label: Vec<u8> = rest.iter().take_while(fits).take(40).copied().collect();
    String::from_utf8(label)
        .ok()
        .filter(|label| !label.is_empty())
}

#[cfg(test)]
mod tests {
    use super::declared;

    #[test]
    fn declarations_are_found() {
        let of = |page: &str| declared(page.as_bytes()).unwrap_or_default();
        assert_eq!(of("<meta charset=utf-8>"), "utf-8");
        let old = "<META http-equiv='Content-Type' content='text/html; charset=ISO-8859-1'>";
        assert_eq!(of(old), "iso-8859-1");
        assert_eq!(
            of("<?xml version='1.0' encoding='windows-1252'?><html>"),
            "windows-1252"
        );
        assert_eq!(of("<p>no charset at all</p>"), "");
    }
}
