//! Colours keep the contrast that WCAG 2.2 AA asks for, reckoned from the styles.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

type Colours = BTreeMap<String, [u8; 3]>;

/// The colours of every block that sets all of them: day, night by the system,
/// night by choice, print.
fn looks() -> Vec<Colours> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../web/styles/room.css");
    let css = fs::read_to_string(path).unwrap();
    let mut looks = Vec::new();
    for block in css.split('{').skip(1) {
        let block = block.split('}').next().unwrap_or_default();
        let mut colours = Colours::new();
        for line in block.lines() {
            let Some((name, value)) = line.trim().split_once(": #") else {
                continue;
            };
            let Some(name) = name.strip_prefix("--") else {
                continue;
            };
            let hex = value.trim_end_matches(';');
            let part = |at: usize| u8::from_str_radix(&hex[at..at + 2], 16).unwrap();
            colours.insert(name.to_owned(), [part(0), part(2), part(4)]);
        }
        if colours.contains_key("paper") {
            looks.push(colours);
        }
    }
    looks
}

/// Relative luminance, as WCAG 2.2 defines it.
fn luminance(colour: [u8; 3]) -> f64 {
    let linear = |part: u8| {
        let part = f64::from(part) / 255.0;
        if part <= 0.04045 {
            part / 12.92
        } else {
            ((part + 0.055) / 1.055).powf(2.4)
        }
    };
    0.2126 * linear(colour[0]) + 0.7152 * linear(colour[1]) + 0.0722 * linear(colour[2])
}

fn contrast(one: [u8; 3], other: [u8; 3]) -> f64 {
    let (a, b) = (luminance(one), luminance(other));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[test]
fn text_and_lines_can_be_seen_in_every_look() {
    let looks = looks();
    assert_eq!(looks.len(), 4, "day, two nights, print");
    assert_eq!(looks[1], looks[2], "night by the system is night by choice");
    for look in &looks {
        let ratio = |one: &str, other: &str| contrast(look[one], look[other]);
        for paper in ["paper", "paper-deep", "wash", "wash-faint"] {
            assert!(
                ratio("ink", paper) >= 7.0,
                "ink on {paper}: {:.2}",
                ratio("ink", paper)
            );
        }
        for (text, paper) in [
            ("ink-soft", "paper"),
            ("ink-soft", "paper-deep"),
            ("accent", "paper"),
            ("struck", "paper"),
            ("accent", "wash-faint"),
            ("ink-soft", "wash-faint"),
        ] {
            assert!(
                ratio(text, paper) >= 4.5,
                "{text} on {paper}: {:.2}",
                ratio(text, paper)
            );
        }
        // Focus rings and the lines that carry meaning (WCAG 1.4.11).
        assert!(ratio("accent", "paper") >= 3.0 && ratio("accent", "wash") >= 3.0);
        // The lines of claims, at rest and lit.
        assert!(ratio("line", "paper") >= 3.0 && ratio("accent", "wash-faint") >= 3.0);
    }
}
