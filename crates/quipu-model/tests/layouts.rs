//! Properties of the byte layout and of spans.

use proptest::prelude::*;
use quipu_model::span::{CodePoints, code_points, from_code_points};
use quipu_model::{Field, FieldOrigin, Layout, Notice, NoticeLevel, Rect, Repaired, Span};

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_come_back(a in any::<u64>(), b in any::<i64>(), c in any::<i32>(), d in any::<u32>()) {
        prop_assert_eq!(u64::from_bytes(&a.to_bytes()), Ok(a));
        prop_assert_eq!(i64::from_bytes(&b.to_bytes()), Ok(b));
        prop_assert_eq!(i32::from_bytes(&c.to_bytes()), Ok(c));
        prop_assert_eq!(u32::from_bytes(&d.to_bytes()), Ok(d));
    }

    #[test]
    fn records_come_back(name in ".*", value in ".*", start in 0u32..1000, length in 0u32..1000, left in any::<i32>()) {
        let field = Field {
            name, value: value.clone(), as_written: value,
            span: Some(Span::<Repaired>::new(start, start + length)),
            origin: FieldOrigin::Form, rule: "test".to_owned(),
        };
        prop_assert_eq!(Field::from_bytes(&field.to_bytes()), Ok(field));
        let area = Rect { left, top: 1, width: 2, height: 3 };
        prop_assert_eq!(Rect::from_bytes(&area.to_bytes()), Ok(area));
    }

    #[test]
    fn hostile_bytes_are_refused_not_obeyed(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        // Any answer will do, as long as there is one.
        let _ = Vec::<Field>::from_bytes(&bytes);
        let _ = quipu_model::ReadDocument::from_bytes(&bytes);
        let _ = quipu_model::Claim::from_bytes(&bytes);
        let _ = quipu_model::Decision::from_bytes(&bytes);
    }

    #[test]
    fn code_points_count_what_people_count(text in "\\PC{0,40}", at in 0usize..50) {
        let byte = from_code_points(&text, at);
        prop_assert_eq!(code_points(&text, byte), at.min(text.chars().count()));
        let mut walker = CodePoints::new(&text);
        for (i, (byte, _)) in text.char_indices().enumerate() {
            prop_assert_eq!(walker.at(byte), i);
        }
    }
}

#[test]
fn a_lying_length_allocates_nothing() {
    let mut bytes = u64::MAX.to_bytes();
    bytes.push(0);
    assert!(Vec::<Notice>::from_bytes(&bytes).is_err());
    assert!(String::from_bytes(&bytes).is_err());
}

#[test]
fn levels_are_ordered_by_weight() {
    assert!(
        NoticeLevel::Remark < NoticeLevel::Damaged && NoticeLevel::Damaged < NoticeLevel::Refused
    );
}
