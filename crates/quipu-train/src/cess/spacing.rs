//! Where spaces stand: CESS keeps words only, AnCora's texts show the manner.

/// Says for each token whether the next one follows without a space.
#[must_use]
pub fn glued(tokens: &[&str]) -> Vec<bool> {
    let mut glued = vec![false; tokens.len()];
    let mut open_double = false;
    let mut open_single = false;
    for (at, token) in tokens.iter().enumerate() {
        let before = at.checked_sub(1);
        let (left, right) = match *token {
            "," | "." | ";" | ":" | "!" | "?" | ")" | "]" | "..." | "%" | "»" => (true, false),
            "(" | "[" | "¡" | "¿" | "«" => (false, true),
            "/" => (true, true),
            "\"" => {
                open_double = !open_double;
                (!open_double, open_double)
            }
            "'" | "|" => {
                open_single = !open_single;
                (!open_single, open_single)
            }
            _ => (false, false),
        };
        if left && let Some(slot) = before.and_then(|before| glued.get_mut(before)) {
            *slot = true;
        }
        if right && let Some(slot) = glued.get_mut(at) {
            *slot = true;
        }
    }
    if let Some(last) = glued.last_mut() {
        *last = false;
    }
    glued
}
