//! What must hold for any entry and any word.
#![allow(clippy::unwrap_used)]

use proptest::prelude::*;
use quipu_archive::ledger::read_line;
use quipu_archive::search::{fold, words};
use quipu_archive::{Entry, What};
use quipu_model::{Decision, SourceId, Subject, Verdict};

fn what() -> impl Strategy<Value = What> {
    let source = any::<[u8; 32]>().prop_map(SourceId::from_hash);
    prop_oneof![
        (source.clone(), any::<u64>(), any::<[u8; 32]>()).prop_map(|(source, bytes, sha256)| {
            What::SourceTakenIn {
                source,
                bytes,
                sha256,
            }
        }),
        (
            source.clone(),
            ".*",
            ".*",
            proptest::option::of(source.clone()),
            proptest::option::of(any::<i64>())
        )
            .prop_map(|(source, path, root, container, modified)| What::SeenAt {
                source,
                path,
                root,
                container,
                modified,
            }),
        (source, ".*", ".*").prop_map(|(source, by, reason)| {
            What::Decision(Decision {
                by,
                at: "2026-01-01T00:00:00Z".to_owned(),
                about: Subject::Source(source),
                verdict: Verdict::Noted,
                reason,
                replaces: None,
            })
        }),
    ]
}

proptest! {
    #[test]
    fn an_entry_is_read_back_and_no_byte_of_it_can_change(
        seq in 1..u64::MAX,
        time in ".*",
        what in what(),
        prev in any::<[u8; 32]>(),
        at in any::<prop::sample::Index>(),
        bit in 0..8u8,
    ) {
        let entry = Entry { seq, time, what, prev };
        let (line, hash) = entry.line();
        let bytes = line.strip_suffix('\n').unwrap().as_bytes();
        prop_assert!(!bytes.contains(&b'\n'));
        prop_assert_eq!(read_line(bytes, seq, prev), Ok((entry, hash)));
        let mut altered = bytes.to_vec();
        altered[at.index(bytes.len())] ^= 1 << bit;
        prop_assert!(read_line(&altered, seq, prev).is_err());
    }

    #[test]
    fn words_stand_where_they_say(text in ".*") {
        let mut end = 0;
        for token in words(&text) {
            prop_assert!(token.start >= end);
            prop_assert!(token.end > token.start);
            let own = text.get(token.start..token.end);
            prop_assert!(own.is_some());
            end = token.end;
        }
    }

    #[test]
    fn folding_twice_changes_nothing(text in "\\PC{0,20}") {
        let once = fold(&text);
        prop_assert_eq!(fold(&once), once);
    }
}
