//! The byte layouts that people's decisions hang on, pinned to the byte.
//! If this test fails, the layout changed and old decisions would be lost:
//! change the code back, or write a migration and a page in docs/decisions.

#![allow(clippy::expect_used)]

use quipu_model::claim::Holders;
use quipu_model::{
    Claim, ClauseMark, Decision, Holder, Layout, Polarity, Repaired, RepairedText, Role, Slot,
    SourceId, Span, Standing, Subject, Trace, Transcript, Verdict,
};

fn claim() -> Claim {
    let transcript = Transcript {
        text: "He said Ana paid Luis.".to_owned(),
        ..Transcript::default()
    };
    let repaired = RepairedText::untouched(&transcript.text);
    let source = SourceId::of(transcript.text.as_bytes());
    let anchor = repaired
        .anchor(source, &transcript, Span::new(8, 21))
        .expect("fits");
    let slot = |name: &str, start, end| Slot {
        name: name.to_owned(),
        as_written: Some(name.to_owned()),
        span: Some(Span::<Repaired>::new(start, end)),
    };
    Claim {
        kind: "payment".to_owned(),
        subkind: None,
        predicate: "pay".to_owned(),
        predicate_as_written: "paid".to_owned(),
        predicate_span: Span::new(12, 16),
        marks: vec![ClauseMark::Past],
        roles: vec![
            Role {
                role: "payer".to_owned(),
                filler: Some(slot("Ana", 8, 11)),
            },
            Role {
                role: "payee".to_owned(),
                filler: Some(slot("Luis", 17, 21)),
            },
        ],
        holders: Holders::Chain(vec![Holder {
            name: Some("He".to_owned()),
            as_written: Some("He".to_owned()),
            cue: "said".to_owned(),
            when: None,
        }]),
        polarity: Polarity::Positive,
        standing: Standing::Reported,
        when: None,
        places: Vec::new(),
        amounts: Vec::new(),
        anchor,
        sentence: Span::new(0, 22),
        further_anchors: Vec::new(),
        occurrence: 0,
        confidence: 870,
        trace: Trace {
            rule: "en.claim.payment.pay".to_owned(),
            filled: Vec::new(),
            sentence: String::new(),
        },
    }
}

#[test]
fn a_source_id_is_the_plain_blake3_of_its_bytes() {
    assert_eq!(
        SourceId::of(b"").hex(),
        "af1349b9f5f9a1a6a0404dea36dcc9499bcb25c9adc112b7cc9a93cae41f3262"
    );
}

#[test]
fn a_claim_id_does_not_move() {
    let claim = claim();
    assert_eq!(claim.id().written(), "ce1393891e4a126e5a05610c94c0a7538");
    let mut better = claim.clone();
    better.trace.rule = "en.claim.payment.better".to_owned();
    better.confidence = 999;
    better.standing = Standing::Alleged;
    assert_eq!(
        better.id(),
        claim.id(),
        "a better rule must not lose a decision"
    );
    assert_ne!(better.version_id(), claim.version_id());
    let mut second = claim.clone();
    second.occurrence = 1;
    assert_ne!(
        second.id(),
        claim.id(),
        "the same words further down are another claim"
    );
    let mut open = claim.clone();
    open.kind = quipu_model::OPEN.to_owned();
    let mut other = open.clone();
    other.predicate = "reimburse".to_owned();
    assert_ne!(open.id(), other.id(), "no kind tells them apart");
}

#[test]
fn a_claim_version_and_a_decision_do_not_move() {
    let claim = claim();
    assert_eq!(
        claim.version_id().written(),
        "vfb7f7b4e412309f9fae1af59a4317eb4"
    );
    assert_eq!(Claim::from_bytes(&claim.to_bytes()), Ok(claim.clone()));
    let decision = Decision {
        by: "A. Archivist".to_owned(),
        at: "2026-01-02T03:04:05Z".to_owned(),
        about: Subject::Claim(claim.id()),
        verdict: Verdict::Confirmed,
        reason: "read it twice".to_owned(),
        replaces: None,
    };
    assert_eq!(decision.id().written(), "d0a609adf7862f5981016fdb3412a3dd3");
    assert_eq!(Decision::from_bytes(&decision.to_bytes()), Ok(decision));
}

#[test]
fn an_anchor_quotes_the_transcript_not_the_repair() {
    let transcript = Transcript {
        text: "la Se–ora".to_owned(),
        ..Transcript::default()
    };
    let mut repairer = quipu_model::Repairer::new(&transcript.text);
    repairer.replace(5..8, "ñ", quipu_model::RepairKind::Mojibake, "test");
    let repaired = repairer.finish();
    let anchor = repaired
        .anchor(SourceId::of(b"x"), &transcript, Span::new(3, 10))
        .expect("fits");
    assert_eq!(anchor.quote(), "Se–ora");
    assert!(
        repaired
            .anchor(SourceId::of(b"x"), &transcript, Span::new(3, 99))
            .is_none()
    );
}
