//! Properties of the offset map: every character finds its way back.

use proptest::prelude::*;
use quipu_model::{
    Layout, OffsetMap, RepairKind, Repaired, RepairedText, Repairer, Span, Transcribed,
};

/// A text and some edits: each takes `take` characters after a gap and puts in a word.
fn edits() -> impl Strategy<Value = Vec<(usize, usize, String)>> {
    prop::collection::vec((0usize..6, 0usize..4, "[añ’é]{0,3}"), 0..12)
}

fn repair(text: &str, edits: &[(usize, usize, String)]) -> RepairedText {
    let bounds: Vec<usize> = text
        .char_indices()
        .map(|(i, _)| i)
        .chain([text.len()])
        .collect();
    let mut repairer = Repairer::new(text);
    let mut at = 0;
    for (gap, take, put) in edits {
        let from = at + gap;
        let to = from + take;
        if to >= bounds.len() {
            break;
        }
        repairer.replace(bounds[from]..bounds[to], put, RepairKind::Mojibake, "test");
        at = to;
    }
    repairer.finish()
}

/// Replays the edits on the transcript: the map alone must be enough.
fn replay(transcript: &str, map: &OffsetMap, repaired: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for edit in map.edits() {
        out.push_str(&transcript[done..edit.transcribed.range().start]);
        out.push_str(&repaired[edit.repaired.range()]);
        done = edit.transcribed.range().end;
    }
    out.push_str(&transcript[done..]);
    out
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 2000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn the_map_alone_remakes_the_repaired_text(text in "[a-zé ñ’]{0,40}", edits in edits()) {
        let repaired = repair(&text, &edits);
        prop_assert_eq!(replay(&text, &repaired.map, &repaired.text), repaired.text);
    }

    #[test]
    fn untouched_characters_map_to_themselves(text in "[a-zé ñ’]{0,40}", edits in edits()) {
        let repaired = repair(&text, &edits);
        for (i, c) in repaired.text.char_indices() {
            let span: Span<Repaired> = Span::from_usize(i, i + c.len_utf8());
            if repaired.map.edits().iter().all(|edit| !edit.repaired.overlaps(span)) {
                let back = repaired.map.to_transcribed(span);
                let one = c.to_string();
                prop_assert_eq!(back.of(&text), Some(one.as_str()));
                prop_assert_eq!(repaired.map.to_repaired(back), span);
            }
        }
    }

    #[test]
    fn spans_stay_inside_and_on_characters(
        text in "[a-zé ñ’]{0,40}", edits in edits(), a in 0usize..60, b in 0usize..60,
    ) {
        let repaired = repair(&text, &edits);
        let bounds: Vec<usize> =
            repaired.text.char_indices().map(|(i, _)| i).chain([repaired.text.len()]).collect();
        let (a, b) = (bounds[a % bounds.len()], bounds[b % bounds.len()]);
        let span: Span<Repaired> = Span::from_usize(a.min(b), a.max(b));
        let back = repaired.map.to_transcribed(span);
        prop_assert!(back.of(&text).is_some());
        // Going there and back may only widen. (What was put in between two
        // characters has no place of its own in the transcript.)
        let inserts = repaired.map.edits().iter().any(|edit| edit.transcribed.is_empty());
        prop_assert!(span.is_empty() || inserts || repaired.map.to_repaired(back).contains(span));
    }

    #[test]
    fn two_repairs_compose(
        text in "[a-zé ñ’]{0,40}", first in edits(), second in edits(),
    ) {
        let one = repair(&text, &first);
        let two = repair(&one.text, &second);
        let both = one.map.then(&two.map);
        prop_assert_eq!(replay(&text, &both, &two.text), two.text.clone());
        prop_assert_eq!(OffsetMap::from_bytes(&both.to_bytes()), Ok(both.clone()));
        for edit in both.edits() {
            prop_assert!(edit.transcribed.of(&text).is_some());
            prop_assert!(edit.repaired.of(&two.text).is_some());
        }
        prop_assert_eq!(one.map.then(&OffsetMap::identity()), one.map.clone());
        prop_assert_eq!(OffsetMap::identity().then(&one.map), one.map);
    }

    #[test]
    fn whole_texts_map_to_whole_texts(text in "[a-zé ñ’]{1,40}", edits in edits()) {
        let repaired = repair(&text, &edits);
        let outer = repaired.map.edits().iter().all(|e| !e.repaired.is_empty() && !e.transcribed.is_empty());
        if outer {
            let all: Span<Repaired> = Span::from_usize(0, repaired.text.len());
            let whole: Span<Transcribed> = Span::from_usize(0, text.len());
            prop_assert_eq!(repaired.map.to_transcribed(all), whole);
        }
    }
}
