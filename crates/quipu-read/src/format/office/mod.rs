//! Office documents: words, sheets and Outlook mail, each with a reader of its
//! own on shared ground (packages, XML, stories).

mod codepage;
pub(crate) mod csv;
mod damaged;
pub(crate) mod doc;
pub(crate) mod docx;
mod drawing;
pub(crate) mod msg;
mod number_format;
mod odf;
pub(crate) mod ods;
pub(crate) mod odt;
mod ole;
mod package;
mod properties;
pub(crate) mod rtf;
mod sheet;
mod story;
mod summary;
mod symbol;
mod word;
pub(crate) mod xls;
pub(crate) mod xlsx;
mod xml;
