//! `documents`: the whole shelf as JSON lines, one source a line, in the order
//! of the hashes. The form of a line is [`quipu_desk::RecordView`].

use std::io::Write;

use quipu_desk::{Desk, record_view};

use crate::ExportError;

/// Writes every document of the archive.
///
/// # Errors
/// When the archive cannot answer or `out` cannot be written.
pub fn write(desk: &Desk, out: &mut dyn Write) -> Result<u64, ExportError> {
    let mut written = 0;
    for source in desk.sources()? {
        if let Some(held) = desk.held(source)? {
            serde_json::to_writer(&mut *out, &record_view(&held)).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
            written += 1;
        }
    }
    out.flush()?;
    Ok(written)
}
