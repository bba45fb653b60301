//! Notices as shown.

use quipu_model::Notice;
use serde::Serialize;

/// What could not be done as wished.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct NoticeView {
    /// `remark`, `damaged` or `refused`.
    pub level: &'static str,
    /// A stable name for programs and translations.
    pub code: String,
    /// What happened, in English.
    pub message: String,
    /// What can be done about it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_step: Option<String>,
    /// Page or record concerned, counted from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page: Option<u32>,
}

impl NoticeView {
    pub(crate) fn of(notice: &Notice) -> Self {
        Self {
            level: notice.level.word(),
            code: notice.code.clone(),
            message: notice.message.clone(),
            next_step: notice.next_step.clone(),
            page: notice.page,
        }
    }
}
