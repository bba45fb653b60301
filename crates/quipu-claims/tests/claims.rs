//! The frames of the release keep what their examples promise, and no input breaks
//! the reading of claims.
#![allow(clippy::unwrap_used)]

use quipu_annotate::{Hands, embedded, flowing};
use quipu_claims::claims::check;
use quipu_model::{SentenceLanguage, Span};
use quipu_packs::{ClaimRules, PackFiles, Packs, claim_kinds};

#[test]
fn every_frame_keeps_its_examples() {
    let packs = Packs::embedded().unwrap();
    let annotator = embedded(&packs).unwrap();
    let mut hands = Hands::default();
    let mut read = 0;
    let broken = check(&packs, |tag, text| {
        read += 1;
        let languages = [SentenceLanguage {
            span: Span::from_usize(0, text.len()),
            language: Some(tag.to_owned()),
        }];
        annotator.annotate(&flowing(text), &languages, &[], &mut hands)
    });
    let lines: Vec<String> = broken.unwrap().iter().map(ToString::to_string).collect();
    assert!(lines.is_empty(), "{}", lines.join("\n"));
    assert!(read > 500, "only {read} examples and near misses were read");
}

#[test]
fn every_kind_has_frames_in_every_language() {
    let packs = Packs::embedded().unwrap();
    let kinds = claim_kinds(&packs).unwrap();
    assert_eq!(kinds.len(), 40, "39 kinds and `open`");
    for language in packs.languages() {
        let rules = ClaimRules::read(&packs, &language.tag).unwrap();
        for kind in kinds.iter().filter(|kind| kind.kind != quipu_model::OPEN) {
            assert!(
                rules.frames.iter().any(|frame| frame.kind == kind.kind),
                "{} has no frame of {}",
                language.tag,
                kind.kind
            );
        }
    }
}

/// What a reporter is told of a frame that is wrong.
fn told(frame: &str) -> String {
    let mut files = PackFiles::embedded();
    let path = "languages/en/claims/threat.toml";
    files.insert(path, format!("# Threats.\n\n{frame}").into_bytes());
    match Packs::load(&files) {
        Ok(_) => "nothing".to_owned(),
        Err(error) => error.to_string(),
    }
}

#[test]
fn a_mistake_in_a_frame_is_told_with_file_and_line() {
    let sound = r#"[[frame]]
name = "en.claim.threat.growl"
says = "Somebody growls at somebody."
verbs = ["growl"]
roles = { actor = ["subject"], target = ["at:who"] }
examples = [{ text = "The guard growled at the judge.", actor = "The guard", target = "the judge" }]
near_misses = ["The guard growled."]
"#;
    assert_eq!(told(sound), "nothing");
    let cases = [
        ("at:who", "at:whom", "line 4: `whom` is nothing that a filler can be"),
        ("target = [\"at", "victim = [\"at", "line 4: the kind threat has no role `victim`"),
        ("en.claim.threat.growl", "en.claim.fear.growl", "does not begin with"),
        ("verbs = [\"growl\"]\n", "", "it has no predicates"),
        ("near_misses = [\"The guard growled.\"]", "near_misses = []", "lacks an example"),
        ("verbs =", "verb =", "line 6: unknown field `verb`"),
    ];
    for (from, to, message) in cases {
        let said = told(&sound.replacen(from, to, 1));
        assert!(
            said.starts_with("languages/en/claims/threat.toml, line ") && said.contains(message),
            "{said} does not say `{message}`"
        );
    }
}
