//! The frames of the release keep what their examples promise, and no input breaks
//! the reading of claims.
#![allow(clippy::unwrap_used)]

mod texts;

use std::path::Path;
use std::time::Instant;

use quipu_annotate::embedded;
use quipu_claims::amounts::{AmountReader, AmountsInput, shown};
use quipu_claims::claims::{ClaimReader, ClaimsInput, check, signs};
use quipu_claims::times::{TimeReader, TimesInput};
use quipu_model::{
    AnnotatedText, Claim, Polarity, RepairedText, Role, Sentence, SourceId, Span, Standing, Token,
    Transcript,
};
use quipu_packs::{ClaimRules, ConfidenceSheet, PackFiles, Packs, claim_kinds};
use texts::annotated;

fn claims_of(
    reader: &ClaimReader,
    packs: &Packs,
    text: &str,
    layers: &AnnotatedText,
) -> Vec<Claim> {
    let times = TimeReader::new(packs).unwrap().read(&TimesInput {
        text,
        annotated: Some(layers),
        ..TimesInput::default()
    });
    let amounts = AmountReader::new(packs).unwrap().read(&AmountsInput {
        text,
        annotated: Some(layers),
        times: &times.value,
        ..AmountsInput::default()
    });
    reader.read(&ClaimsInput {
        source: SourceId::of(text.as_bytes()),
        transcript: &Transcript {
            text: text.to_owned(),
            ..Transcript::default()
        },
        repaired: &RepairedText::untouched(text),
        annotated: layers,
        times: &times.value,
        amounts: &amounts.value,
    })
}

/// A claim in the line that cases write.
fn line(claim: &Claim) -> String {
    let end = |role: &Role| {
        let slot = role.filler.as_ref();
        slot.and_then(|slot| slot.as_written.clone())
            .unwrap_or_else(|| "-".to_owned())
    };
    let mut line = format!(
        "{}({}, {}) {}",
        claim.kind,
        end(&claim.roles[0]),
        end(&claim.roles[1]),
        claim.predicate_as_written
    );
    let mut more = Vec::new();
    if claim.polarity == Polarity::Negative {
        more.push("negative".to_owned());
    }
    if claim.standing == Standing::Planned {
        more.push("planned".to_owned());
    }
    more.extend(claim.when.iter().map(|when| format!("when {}", when.edtf)));
    more.extend(
        claim
            .places
            .iter()
            .map(|place| format!("where {}", place.name)),
    );
    // A counted role is told by the role itself.
    let told = |amount: &&quipu_model::AmountExpression| {
        amount.kind == quipu_model::AmountKind::Money || claim.amounts.len() == 1
    };
    let amounts = claim.amounts.iter().filter(told);
    more.extend(amounts.map(|amount| format!("amount {}", shown(amount))));
    for word in more {
        line.push_str(", ");
        line.push_str(&word);
    }
    line
}

#[test]
fn every_case_comes_out_as_written() {
    let packs = Packs::embedded().unwrap();
    let (annotator, reader) = (embedded(&packs).unwrap(), ClaimReader::new(&packs).unwrap());
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../cases/claims");
    let mut wrong = Vec::new();
    let mut count = 0;
    for tag in ["en", "es"] {
        let files = std::fs::read_dir(root.join(tag)).unwrap();
        let mut files: Vec<_> = files.map(|file| file.unwrap().path()).collect();
        files.sort();
        for file in files {
            let case = std::fs::read_to_string(&file).unwrap();
            let (head, wanted) = case.split_once("=>\n").unwrap();
            let says = head
                .lines()
                .take_while(|line| line.starts_with('#'))
                .count();
            assert!(says > 0, "{} does not say what it shows", file.display());
            let text: Vec<&str> = head.lines().skip(says).collect();
            let text = text.join("\n");
            let layers = annotated(&annotator, tag, &text);
            let claims = claims_of(&reader, &packs, &text, &layers);
            let found: Vec<String> = claims.iter().map(line).collect();
            let wanted: Vec<&str> = wanted.lines().collect();
            count += 1;
            if found != wanted {
                wrong.push(format!("{}:\n  {}", file.display(), found.join("\n  ")));
            }
        }
    }
    assert!(count > 10, "only {count} cases were read");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// A sentence of `n` words by a rule for head and relation, whatever a parser does.
fn tree(
    n: usize,
    head: impl Fn(usize) -> usize,
    relation: &str,
    upos: &str,
) -> (String, AnnotatedText) {
    let text = "pay ".repeat(n);
    let token = |at: usize| Token {
        span: Span::from_usize(4 * at, 4 * at + 3),
        form: None,
        lemma: "pay".to_owned(),
        upos: upos.to_owned(),
        features: "VerbForm=Inf".to_owned(),
        head: u32::try_from(head(at)).unwrap(),
        relation: relation.to_owned(),
    };
    let sentence = Sentence {
        span: Span::from_usize(0, text.len()),
        language: "en".to_owned(),
        tokens: (0..n).map(token).collect(),
    };
    let layers = AnnotatedText {
        sentences: vec![sentence],
        ..AnnotatedText::default()
    };
    (text, layers)
}

#[test]
fn no_tree_breaks_or_stalls_the_reading() {
    let packs = Packs::embedded().unwrap();
    let reader = ClaimReader::new(&packs).unwrap();
    let heads: [fn(usize) -> usize; 5] = [
        |at| at,
        |at| usize::from(at > 0),
        |at| at + 2,
        |_| 0,
        |at| at ^ 1,
    ];
    for relation in [
        "conj", "xcomp", "acl", "nsubj", "obl", "nmod", "appos", "obj",
    ] {
        for upos in ["VERB", "NOUN"] {
            for head in heads {
                let mut seconds = [0.0; 2];
                for (n, seconds) in [2000, 8000].into_iter().zip(&mut seconds) {
                    let (text, layers) = tree(n, head, relation, upos);
                    let start = Instant::now();
                    let found = reader.read(&ClaimsInput {
                        source: SourceId::of(b"x"),
                        transcript: &Transcript {
                            text: text.clone(),
                            ..Transcript::default()
                        },
                        repaired: &RepairedText::untouched(&text),
                        annotated: &layers,
                        times: &[],
                        amounts: &[],
                    });
                    *seconds = start.elapsed().as_secs_f64();
                    for claim in &found {
                        assert_eq!(claim.anchor.span().of(&text), Some(claim.anchor.quote()));
                    }
                }
                assert!(
                    seconds[1] < 10.0 * seconds[0] + 0.5,
                    "{relation} {upos}: {seconds:?} seconds for 2,000 and 8,000 words"
                );
            }
        }
    }
}

#[test]
fn every_frame_keeps_its_examples() {
    let packs = Packs::embedded().unwrap();
    let annotator = embedded(&packs).unwrap();
    let mut read = 0;
    let broken = check(&packs, |tag, text| {
        read += 1;
        annotated(&annotator, tag, text)
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
        (
            "at:who",
            "at:whom",
            "line 4: `whom` is nothing that a filler can be",
        ),
        (
            "target = [\"at",
            "victim = [\"at",
            "line 4: the kind threat has no role `victim`",
        ),
        (
            "en.claim.threat.growl",
            "en.claim.fear.growl",
            "does not begin with",
        ),
        ("verbs = [\"growl\"]\n", "", "it has no predicates"),
        (
            "near_misses = [\"The guard growled.\"]",
            "near_misses = []",
            "lacks an example",
        ),
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

#[test]
fn a_claim_is_as_sure_as_its_signs_weigh() {
    let packs = Packs::embedded().unwrap();
    let annotator = embedded(&packs).unwrap();
    let reader = ClaimReader::new(&packs).unwrap();
    let sheet = ConfidenceSheet::read(&packs).unwrap();
    let text = "Rosas paid the union. He then fled.";
    let layers = annotated(&annotator, "en", text);
    let claims = claims_of(&reader, &packs, text, &layers);
    let mut own = vec![Vec::new(); claims.len()];
    signs(&claims, &layers, text, |claim, sign| {
        own[claim].push(sign.to_owned());
    });
    for sign in [
        "language en",
        "kind payment",
        "first PROPN",
        "second behind own",
    ] {
        assert!(own[0].contains(&sign.to_owned()), "{sign}: {:?}", own[0]);
    }
    assert!(own[1].contains(&"first PRON".to_owned()), "{:?}", own[1]);
    for (claim, own) in claims.iter().zip(own) {
        let sum = own.iter().map(|sign| sheet.weight(sign)).sum::<i32>();
        assert_eq!(claim.confidence, sheet.confidence(sheet.bias() + sum));
    }
}
