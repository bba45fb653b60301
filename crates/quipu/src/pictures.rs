//! Pictures of pages, drawn in a child process and kept in the archive.

use std::io::{Read, Write};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use quipu_archive::Archive;
use quipu_model::SourceId;
use quipu_web::{PictureError, PictureMaker};

use crate::Done;
use crate::fault::Fault;

/// How long one page may take to draw.
const PATIENCE: Duration = Duration::from_secs(20);

/// A picture larger than this is no picture of a page.
const PICTURE_BYTES_MAX: u64 = 64 << 20;

/// Draws with this program as a child, so that a hostile page cannot harm the
/// reading room.
pub(crate) struct Drawer {
    archive: Archive,
}

impl Drawer {
    pub(crate) const fn new(archive: Archive) -> Self {
        Self { archive }
    }
}

impl PictureMaker for Drawer {
    fn picture(&self, source: &str, page: u32, width: u32) -> Result<Vec<u8>, PictureError> {
        let source = SourceId::from_hex(source).ok_or_else(|| said("no such source"))?;
        let way = format!("w{width}");
        let pictures = self.archive.pictures();
        if let Some(kept) = pictures.get(source, page, &way) {
            return Ok(kept);
        }
        let bytes = self
            .archive
            .originals()
            .read(source)
            .map_err(|error| said(&error.to_string()))?;
        let drawn = draw(&bytes, page, width)?;
        // A picture that cannot be kept can still be shown.
        let _ = pictures.put(source, page, &way, &drawn);
        Ok(drawn)
    }
}

fn said(words: &str) -> PictureError {
    PictureError(words.to_owned())
}

fn draw(bytes: &[u8], page: u32, width: u32) -> Result<Vec<u8>, PictureError> {
    let program = std::env::current_exe().map_err(|error| said(&error.to_string()))?;
    let mut child = Command::new(program)
        .arg("picture-worker")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::null())
        .spawn()
        .map_err(|error| said(&error.to_string()))?;
    let mut answer = Vec::new();
    let (input, output) = (child.stdin.take(), child.stdout.take());
    let late = std::thread::scope(|scope| {
        let writer = scope.spawn(move || {
            let Some(mut input) = input else { return };
            // A child that gives up early closes the pipe: its exit tells why.
            let _ = input.write_all(&page.to_le_bytes());
            let _ = input.write_all(&width.to_le_bytes());
            let _ = input.write_all(bytes);
        });
        let answer = &mut answer;
        let reader = scope.spawn(move || {
            if let Some(output) = output {
                let _ = output.take(PICTURE_BYTES_MAX).read_to_end(answer);
            }
        });
        let begun = Instant::now();
        let mut late = false;
        while !reader.is_finished() {
            if !late && begun.elapsed() > PATIENCE {
                late = true;
                let _ = child.kill();
            }
            std::thread::sleep(Duration::from_millis(2));
        }
        let _ = child.kill();
        let _ = writer.join();
        let _ = reader.join();
        late
    });
    let _ = child.wait();
    if late {
        return Err(said("drawing the page took too long"));
    }
    match answer.split_first() {
        Some((b'+', picture)) => Ok(picture.to_vec()),
        Some((_, words)) => Err(said(&String::from_utf8_lossy(words))),
        None => Err(said("the page cannot be drawn")),
    }
}

/// The inside of the child: a page number, a width and a source come in, a
/// picture or the reason why there is none goes out.
pub(crate) fn serve_pictures() -> Result<Done, Fault> {
    let broken = |error| Fault::could_not("a picture worker", error);
    let mut input = Vec::new();
    std::io::stdin()
        .lock()
        .read_to_end(&mut input)
        .map_err(broken)?;
    let (Some((page, rest)), mut out) = (input.split_first_chunk::<4>(), std::io::stdout().lock())
    else {
        return Err(Fault::wrong_use("picture-worker is for Quipu itself"));
    };
    let Some((width, bytes)) = rest.split_first_chunk::<4>() else {
        return Err(Fault::wrong_use("picture-worker is for Quipu itself"));
    };
    let input = quipu_read::Input { bytes, name: "" };
    match quipu_read::picture(
        &input,
        u32::from_le_bytes(*page),
        u32::from_le_bytes(*width),
    ) {
        Ok(picture) => out.write_all(b"+").and_then(|()| out.write_all(&picture)),
        Err(reason) => out.write_all(format!("-{reason}").as_bytes()),
    }
    .map_err(broken)?;
    Ok(Done::All)
}
