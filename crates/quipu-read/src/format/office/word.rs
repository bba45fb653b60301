//! What Word's file formats have in common: names of styles, fields.

use quipu_model::BlockKind;

/// What a built-in style makes of a paragraph, with the level of a heading. The
/// names Word writes for them are the same in every language.
pub(crate) fn heading_of(name: &str) -> Option<(BlockKind, Option<u8>)> {
    let name = name.to_ascii_lowercase();
    if let Some(level) = name.strip_prefix("heading ") {
        let level = level
            .trim()
            .parse()
            .ok()
            .filter(|level| (1..=9).contains(level));
        return level.map(|level| (BlockKind::Heading, Some(level)));
    }
    match name.as_str() {
        "title" => Some((BlockKind::Heading, Some(1))),
        "subtitle" => Some((BlockKind::Heading, Some(2))),
        "caption" => Some((BlockKind::Caption, None)),
        "quote" | "intense quote" | "block text" => Some((BlockKind::Quoted, None)),
        "html preformatted" | "macro" | "plain text" | "preformatted text" => {
            Some((BlockKind::Preformatted, None))
        }
        _ if name.starts_with("list bullet") || name.starts_with("list number") => {
            Some((BlockKind::ListItem, None))
        }
        _ => None,
    }
}

/// Where a HYPERLINK field leads.
pub(crate) fn link_target(instruction: &str) -> Option<String> {
    let rest = instruction.trim().strip_prefix("HYPERLINK")?;
    let mut target = String::new();
    let mut local = false;
    let mut rest = rest.trim_start();
    while !rest.is_empty() {
        let (word, quoted, after) = match rest.strip_prefix('"') {
            Some(inner) => match inner.split_once('"') {
                Some((word, after)) => (word, true, after),
                None => (inner, true, ""),
            },
            None => match rest.split_once(char::is_whitespace) {
                Some((word, after)) => (word, false, after),
                None => (rest, false, ""),
            },
        };
        match word {
            "\\l" if !quoted => local = true,
            _ if !quoted && word.starts_with('\\') => {
                // Other switches take a value that does not say where.
                if matches!(word, "\\o" | "\\t") {
                    rest = after.trim_start();
                    rest = match rest
                        .strip_prefix('"')
                        .and_then(|inner| inner.split_once('"'))
                    {
                        Some((_, after)) => after.trim_start(),
                        None => rest,
                    };
                    continue;
                }
            }
            _ if local => {
                target.push('#');
                target.push_str(word);
                local = false;
            }
            _ if target.is_empty() => target.push_str(word),
            _ => {}
        }
        rest = after.trim_start();
    }
    Some(target).filter(|target| !target.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn links_of_fields_are_found() {
        let told = |words: &str| link_target(words);
        assert_eq!(
            told(" HYPERLINK \"https://example.org/a b\" \\l \"x\" \\o \"tip\" "),
            Some("https://example.org/a b#x".to_owned())
        );
        assert_eq!(told("HYPERLINK \\l \"_Toc1\""), Some("#_Toc1".to_owned()));
        assert_eq!(told("PAGE"), None);
        assert_eq!(told("HYPERLINK"), None);
    }
}
