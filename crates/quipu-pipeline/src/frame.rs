//! What passes between Quipu and a worker process: frames with their length
//! before them, over the worker's standard input and output.

use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};

use quipu_model::layout::Blob;
use quipu_model::{Layout, SourceId};

/// A document larger than this, laid out in bytes, is taken as a broken frame.
const DOCUMENT_BYTES: u64 = 2 << 30;

/// Names and paths are never longer than this.
const NAME_BYTES: u64 = 1 << 20;

/// A source to read and to understand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Job {
    /// The source.
    pub(crate) source: SourceId,
    /// Where its bytes lie.
    pub(crate) path: PathBuf,
    /// The name it came under.
    pub(crate) name: String,
    /// Its document, laid out, where it only wants understanding.
    pub(crate) document: Option<Vec<u8>>,
}

pub(crate) fn write_job(out: &mut dyn Write, job: &Job) -> io::Result<()> {
    let mut body = Vec::new();
    job.source.write(&mut body);
    Blob(path_bytes(&job.path)).write(&mut body);
    job.name.write(&mut body);
    out.write_all(&(body.len() as u64).to_le_bytes())?;
    out.write_all(&body)?;
    let document = job.document.as_deref().unwrap_or_default();
    out.write_all(&(document.len() as u64).to_le_bytes())?;
    out.write_all(document)?;
    out.flush()
}

/// The next job; `None` when no more will come.
pub(crate) fn read_job(input: &mut dyn Read) -> io::Result<Option<Job>> {
    let mut length = [0u8; 8];
    match input.read_exact(&mut length) {
        Ok(()) => {}
        Err(cause) if cause.kind() == io::ErrorKind::UnexpectedEof => return Ok(None),
        Err(cause) => return Err(cause),
    }
    let body = read_bytes(input, u64::from_le_bytes(length), NAME_BYTES)?;
    let mut rest = body.as_slice();
    let source = SourceId::read(&mut rest).map_err(broken)?;
    let path = Blob::read(&mut rest).map_err(broken)?;
    let name = String::read(&mut rest).map_err(broken)?;
    let length = read_length(input)?;
    let document = read_bytes(input, length, DOCUMENT_BYTES)?;
    Ok(Some(Job {
        source,
        path: path_from(path.0),
        name,
        document: (!document.is_empty()).then_some(document),
    }))
}

/// What a worker says.
#[derive(Debug)]
pub(crate) enum Said {
    /// A sign of life.
    Step,
    /// A part follows: its name, and so many bytes still to be read.
    Part(String, u64),
    /// The document, laid out.
    Document(Vec<u8>),
    /// What was understood of it, laid out: the end of the job.
    Reading(Vec<u8>),
}

const STEP: u8 = 1;
const PART: u8 = 2;
const DOCUMENT: u8 = 3;
const READING: u8 = 4;

pub(crate) fn write_step(out: &mut dyn Write) -> io::Result<()> {
    out.write_all(&[STEP])?;
    out.flush()
}

pub(crate) fn write_part(out: &mut dyn Write, name: &str, bytes: &[u8]) -> io::Result<()> {
    out.write_all(&[PART])?;
    out.write_all(&(name.len() as u64).to_le_bytes())?;
    out.write_all(name.as_bytes())?;
    out.write_all(&(bytes.len() as u64).to_le_bytes())?;
    out.write_all(bytes)?;
    out.flush()
}

pub(crate) fn write_document(out: &mut dyn Write, layout: &[u8]) -> io::Result<()> {
    write_layout(out, DOCUMENT, layout)
}

pub(crate) fn write_reading(out: &mut dyn Write, layout: &[u8]) -> io::Result<()> {
    write_layout(out, READING, layout)
}

fn write_layout(out: &mut dyn Write, tag: u8, layout: &[u8]) -> io::Result<()> {
    out.write_all(&[tag])?;
    out.write_all(&(layout.len() as u64).to_le_bytes())?;
    out.write_all(layout)?;
    out.flush()
}

/// The next thing a worker says.
pub(crate) fn read_said(input: &mut dyn Read) -> io::Result<Said> {
    let mut tag = [0u8; 1];
    input.read_exact(&mut tag)?;
    match tag {
        [STEP] => Ok(Said::Step),
        [PART] => {
            let length = read_length(input)?;
            let name = read_bytes(input, length, NAME_BYTES)?;
            let name = String::from_utf8(name).map_err(broken)?;
            Ok(Said::Part(name, read_length(input)?))
        }
        [DOCUMENT] => {
            let length = read_length(input)?;
            Ok(Said::Document(read_bytes(input, length, DOCUMENT_BYTES)?))
        }
        [READING] => {
            let length = read_length(input)?;
            Ok(Said::Reading(read_bytes(input, length, DOCUMENT_BYTES)?))
        }
        _ => Err(broken("a frame of no known kind")),
    }
}

fn read_length(input: &mut dyn Read) -> io::Result<u64> {
    let mut length = [0u8; 8];
    input.read_exact(&mut length)?;
    Ok(u64::from_le_bytes(length))
}

fn read_bytes(input: &mut dyn Read, length: u64, most: u64) -> io::Result<Vec<u8>> {
    if length > most {
        return Err(broken("a frame that is too long"));
    }
    let mut bytes = Vec::new();
    // Grows with what really comes, whatever length was said.
    let read = input.take(length).read_to_end(&mut bytes)?;
    if read as u64 == length {
        Ok(bytes)
    } else {
        Err(io::ErrorKind::UnexpectedEof.into())
    }
}

fn broken(why: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> io::Error {
    io::Error::new(io::ErrorKind::InvalidData, why)
}

#[cfg(unix)]
fn path_bytes(path: &Path) -> Vec<u8> {
    use std::os::unix::ffi::OsStrExt;
    path.as_os_str().as_bytes().to_vec()
}

#[cfg(unix)]
fn path_from(bytes: Vec<u8>) -> PathBuf {
    use std::os::unix::ffi::OsStringExt;
    std::ffi::OsString::from_vec(bytes).into()
}

#[cfg(not(unix))]
fn path_bytes(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn path_from(bytes: Vec<u8>) -> PathBuf {
    String::from_utf8_lossy(&bytes).into_owned().into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn frames_come_out_as_they_went_in() {
        let job = Job {
            source: SourceId::of(b"abc"),
            path: PathBuf::from("/a/b c"),
            name: "ñ.txt".to_owned(),
            document: None,
        };
        let known = Job {
            document: Some(vec![1, 2, 3]),
            ..job.clone()
        };
        let mut bytes = Vec::new();
        write_job(&mut bytes, &job).unwrap();
        write_job(&mut bytes, &known).unwrap();
        let mut input = bytes.as_slice();
        assert_eq!(read_job(&mut input).unwrap(), Some(job));
        assert_eq!(read_job(&mut input).unwrap(), Some(known));
        assert_eq!(read_job(&mut input).unwrap(), None);

        let mut bytes = Vec::new();
        write_step(&mut bytes).unwrap();
        write_part(&mut bytes, "x", b"abc").unwrap();
        let mut input = bytes.as_slice();
        assert!(matches!(read_said(&mut input).unwrap(), Said::Step));
        assert!(matches!(read_said(&mut input).unwrap(), Said::Part(name, 3) if name == "x"));
        assert_eq!(input, b"abc");
    }

    #[test]
    fn a_lying_length_is_no_reason_to_fill_the_memory() {
        let mut bytes = vec![3u8];
        bytes.extend((1u64 << 40).to_le_bytes());
        assert!(read_said(&mut bytes.as_slice()).is_err());
        let mut bytes = vec![3u8];
        bytes.extend((1u64 << 30).to_le_bytes());
        bytes.extend([0; 10]);
        assert!(read_said(&mut bytes.as_slice()).is_err());
    }
}
