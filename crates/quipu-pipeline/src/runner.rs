//! Where reading happens: in this process, or in one of its own.

use quipu_archive::{Originals, Received};
use quipu_model::{Layout, Part};

use crate::error::PipelineError;
use crate::frame::Job;
use crate::reader::{Reader, Watch};
use crate::worker::{read_job, understand};

/// What came of a job.
#[derive(Debug)]
pub(crate) struct Made {
    /// The document, laid out in bytes: small while it waits for its turn.
    /// Nothing where it was known.
    pub(crate) document: Option<Vec<u8>>,
    /// What was understood of it, laid out.
    pub(crate) reading: Vec<u8>,
    /// Files found inside, in order.
    pub(crate) parts: Vec<(String, Received)>,
}

impl Made {
    /// How long it is, in bytes.
    pub(crate) fn bytes(&self) -> u64 {
        let document = self.document.as_ref().map_or(0, Vec::len);
        (document + self.reading.len()) as u64
    }
}

/// Somebody who does jobs one after the other.
pub(crate) trait Runner {
    fn run(&mut self, job: &Job) -> Result<Made, PipelineError>;
}

/// Reads in this process; a panic becomes a notice, nothing bounds memory or
/// time. For tests and for where processes cannot be had.
pub(crate) struct Here<'a> {
    pub(crate) reader: &'a dyn Reader,
    pub(crate) originals: Originals,
}

impl Runner for Here<'_> {
    fn run(&mut self, job: &Job) -> Result<Made, PipelineError> {
        let mut keeping = Keeping {
            originals: &self.originals,
            parts: Vec::new(),
            trouble: None,
        };
        let document = read_job(self.reader, job, &mut keeping);
        let reading = understand(self.reader, job.source, &document, &mut keeping);
        match keeping.trouble {
            Some(trouble) => Err(trouble),
            None => Ok(Made {
                document: job.document.is_none().then(|| document.to_bytes()),
                reading: reading.to_bytes(),
                parts: keeping.parts,
            }),
        }
    }
}

struct Keeping<'a> {
    originals: &'a Originals,
    parts: Vec<(String, Received)>,
    trouble: Option<PipelineError>,
}

impl Watch for Keeping<'_> {
    fn part(&mut self, part: Part) {
        match self.originals.receive(&mut part.bytes.as_slice()) {
            Ok(Ok(received)) => self.parts.push((part.name, received)),
            // Bytes in memory can always be read.
            Ok(Err(_)) => {}
            Err(cause) => self.trouble = Some(cause.into()),
        }
    }

    fn step(&mut self, _done: u32, _of: u32) {}
}
