//! Which parts of a page are not its own say, as its elements, their roles and
//! the names of their classes tell.

use quipu_model::ZoneKind;
use quipu_packs::Packs;

use super::elements::Tag;
use super::tokens::Tokens;

/// The zone that an element opens, with the rule that says so.
pub(super) fn of_element(
    tag: Tag,
    tokens: &Tokens<'_>,
    packs: &Packs,
) -> Option<(ZoneKind, String)> {
    if !tag.is_block() || matches!(tag, Tag::Html | Tag::Body) {
        return None;
    }
    let role = tokens.attribute("role");
    let role = role.as_deref().map(str::trim).unwrap_or_default();
    let by_role = match role {
        "navigation" | "banner" | "search" | "menu" | "menubar" => Some(ZoneKind::Navigation),
        "contentinfo" => Some(ZoneKind::Legal),
        _ => None,
    };
    if let Some(kind) = by_role {
        return Some((kind, format!("html.role.{role}")));
    }
    if tag == Tag::Nav {
        return Some((ZoneKind::Navigation, "html.element.nav".to_owned()));
    }
    for key in ["class", "id"] {
        let Some(names) = tokens.attribute(key) else {
            continue;
        };
        for name in names.split_ascii_whitespace().take(32) {
            if let Some(hint) = packs.page_hints().of_name(name) {
                return Some(hint);
            }
        }
    }
    // The foot of a page, not that of an article inside it: only known by
    // what is in it, so it is left to the measure of links.
    None
}
