//! Office documents: words, sheets and Outlook mail, each with a reader of its
//! own on shared ground (packages, XML, stories).

pub(crate) mod csv;
mod damaged;
pub(crate) mod doc;
pub(crate) mod docx;
mod drawing;
pub(crate) mod msg;
mod number_format;
pub(crate) mod ods;
pub(crate) mod odt;
mod ole;
mod package;
mod properties;
pub(crate) mod rtf;
mod sheet;
mod story;
mod symbol;
pub(crate) mod xls;
pub(crate) mod xlsx;
mod xml;
