//! The YAML head of a Markdown file, as far as people write it: keys with
//! values, and lists.

use crate::draft::DraftField;

/// Keys kept of one head.
const KEYS_MAX: usize = 500;

/// Reads the head into fields `file.KEY`; what follows it is the body.
pub(super) fn read(text: &str) -> (Vec<DraftField>, &str) {
    let none = (Vec::new(), text);
    let Some(rest) = text.strip_prefix("---") else {
        return none;
    };
    let Some(start) = rest.find('\n').filter(|end| rest[..*end].trim().is_empty()) else {
        return none;
    };
    let head_and_body = &rest[start + 1..];
    let mut end = 0;
    for line in head_and_body.split_inclusive('\n') {
        if matches!(line.trim_end(), "---" | "...") {
            let body = &head_and_body[end + line.len()..];
            return (fields(&head_and_body[..end]), body);
        }
        end += line.len();
    }
    none
}

fn fields(head: &str) -> Vec<DraftField> {
    let mut fields = Vec::new();
    let mut key = String::new();
    for line in head.lines() {
        if fields.len() >= KEYS_MAX {
            break;
        }
        let words = line.trim();
        if words.is_empty() || words.starts_with('#') {
            continue;
        }
        if let Some(item) = words.strip_prefix("- ") {
            add(&mut fields, &key, item);
            continue;
        }
        let Some((name, value)) = words.split_once(':') else {
            continue;
        };
        let plain = |c: char| c.is_alphanumeric() || matches!(c, '-' | '_' | '.');
        if name.is_empty() || !name.chars().all(plain) || line.starts_with([' ', '\t']) {
            continue;
        }
        name.to_lowercase().replace('_', "-").clone_into(&mut key);
        let value = value.trim();
        if let Some(list) = value
            .strip_prefix('[')
            .and_then(|list| list.strip_suffix(']'))
        {
            list.split(',')
                .for_each(|item| add(&mut fields, &key, item));
        } else {
            add(&mut fields, &key, value);
        }
    }
    fields
}

fn add(fields: &mut Vec<DraftField>, key: &str, value: &str) {
    let value = value.trim();
    let unquoted = |sign: char| {
        value
            .strip_prefix(sign)
            .and_then(|rest| rest.strip_suffix(sign))
    };
    let value = match unquoted('"') {
        Some(inner) => inner.replace("\\\"", "\"").replace("\\\\", "\\"),
        None => unquoted('\'').unwrap_or(value).replace("''", "'"),
    };
    if !key.is_empty() && !value.is_empty() && !matches!(value.as_str(), "|" | ">" | "null" | "~") {
        fields.push(DraftField::property(
            &format!("file.{key}"),
            &value,
            "markdown.head",
        ));
    }
}
