//! `claims`: every claim as JSON lines, one claim a line: sources in the order of
//! their hashes, claims in the order of the text. The form of a line is
//! [`quipu_desk::ClaimRecord`].

use std::io::Write;

use quipu_desk::{Desk, claim_records};

use crate::ExportError;

/// Writes every claim of the archive.
///
/// # Errors
/// When the archive cannot answer or `out` cannot be written.
pub fn write(desk: &Desk, out: &mut dyn Write) -> Result<u64, ExportError> {
    let mut written = 0;
    for source in desk.sources()? {
        let Some(held) = desk.held(source)? else {
            continue;
        };
        for claim in claim_records(&held) {
            serde_json::to_writer(&mut *out, &claim).map_err(std::io::Error::from)?;
            out.write_all(b"\n")?;
            written += 1;
        }
    }
    out.flush()?;
    Ok(written)
}
