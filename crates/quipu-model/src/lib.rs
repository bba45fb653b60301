//! The words everybody uses: spans, anchors, pages, fields, mentions, times,
//! claims, decisions and findings, with the identifiers they hang on.
//! Nothing comes in and nothing goes out: this room only says what things are
//! and lays them out in bytes, always the same way.
//! It never touches files, clocks, databases, serde, a language or another room.

pub mod amount;
pub mod anchor;
pub mod annotated;
pub mod attribution;
pub mod claim;
pub mod decision;
pub mod document;
pub mod field;
pub mod finding;
pub mod id;
pub mod layout;
pub mod mention;
pub mod notice;
pub mod offset_map;
pub mod place;
pub mod reading;
pub mod recipe;
pub mod span;
pub mod time;
pub mod transcript;

pub use amount::{AmountExpression, AmountKind, AmountModifier, Decimal, UnitSource};
pub use anchor::Anchor;
pub use annotated::{Acronym, AnnotatedText, Name, NameKind, Sentence, Token};
pub use attribution::{Attribution, Factuality, Speaker};
pub use claim::{Claim, ClauseMark, Holder, Holders, OPEN, Polarity, Role, Slot, Standing, Trace};
pub use decision::{Decision, Subject, Verdict};
pub use document::{Part, ReadDocument, SentenceLanguage, Zone, ZoneKind};
pub use field::{Field, FieldOrigin, names as field_names};
pub use finding::{Finding, FindingKind};
pub use id::{ClaimId, ClaimVersionId, DecisionId, EntityId, FindingId, RecipeId, SourceId};
pub use layout::{Layout, LayoutError};
pub use mention::{Chain, Mention, MentionKind};
pub use notice::{Notice, NoticeLevel, Outcome};
pub use offset_map::{Edit, OffsetMap, RepairKind, RepairedText, Repairer};
pub use place::{Place, Rect};
pub use reading::Reading;
pub use recipe::Recipe;
pub use span::{Repaired, Span, TextKind, Transcribed};
pub use time::{Precision, TimeExpression, TimeKind, TimeModifier, TimeValue};
pub use transcript::{
    Block, BlockKind, Cell, Mark, MarkKind, Page, Row, Table, TextOrigin, Transcript, WordBox,
};
