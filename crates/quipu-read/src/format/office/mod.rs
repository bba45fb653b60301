//! Office documents: words, sheets and Outlook mail.

pub(crate) mod csv;
pub(crate) mod doc;
pub(crate) mod docx;
pub(crate) mod msg;
pub(crate) mod ods;
pub(crate) mod odt;
pub(crate) mod rtf;
pub(crate) mod xls;
pub(crate) mod xlsx;
