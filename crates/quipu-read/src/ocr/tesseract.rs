//! The engine of others: the `tesseract` program where it is installed, fed
//! through a pipe, so that no picture of a source is ever left on a disk.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use quipu_model::TextOrigin;

use super::clean;
use super::engine::{
    OcrEngine, OcrError, OcrHint, OcrIdentity, OcrLine, OcrPage, OcrWord, PixelBox, Turn,
};
use super::picture::{Grey, Picture};

/// Raised whenever we use the program in another way.
const VERSION: u32 = 1;
/// Traineddata asked for, those installed of it; the program's own names.
const LANGUAGES: [&str; 2] = ["eng", "spa"];
/// How long one page may take.
const TIME_MAX: Duration = Duration::from_secs(60);
/// How long it may take to say its version.
const ANSWER_MAX: Duration = Duration::from_secs(10);
/// Bytes of answer read at most: a broadsheet page has well under a megabyte.
const ANSWER_BYTES_MAX: u64 = 64 << 20;
/// Pixels a page may have.
const PIXELS_MAX: u64 = 100_000_000;
/// Pages read with less than this many percent are tried turned as well.
const DOUBTFUL: u32 = 60;

/// Reads pages with the `tesseract` program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tesseract {
    program: String,
    version: String,
    languages: String,
}

impl Tesseract {
    /// The program on the search path; `None` when it is not installed or has
    /// none of the languages.
    #[must_use]
    pub fn find() -> Option<Self> {
        Self::at("tesseract")
    }

    /// The program at a path.
    #[must_use]
    pub fn at(program: &str) -> Option<Self> {
        let ask = |argument: &str| {
            let child = start(Command::new(program).arg(argument)).ok()?;
            let answer = answer(program, child, &[], ANSWER_MAX).ok()?;
            Some(String::from_utf8_lossy(&answer).into_owned())
        };
        let version = ask("--version")?;
        let version = version.lines().next()?.trim().to_owned();
        let installed = ask("--list-langs")?;
        let languages: Vec<&str> = LANGUAGES
            .into_iter()
            .filter(|language| installed.lines().any(|line| line.trim() == *language))
            .collect();
        (!languages.is_empty()).then(|| Self {
            program: program.to_owned(),
            version,
            languages: languages.join("+"),
        })
    }

    fn lines(&self, grey: &Grey, hint: &OcrHint) -> Result<Vec<OcrLine>, OcrError> {
        let dpi = hint.dpi.unwrap_or(300).clamp(70, 2400).to_string();
        let mut command = Command::new(&self.program);
        command.args([
            "stdin",
            "stdout",
            "-l",
            &self.languages,
            "--psm",
            "3",
            "--dpi",
            &dpi,
        ]);
        command.arg("tsv");
        // Pages are read side by side already; and the result must not depend
        // on the number of threads.
        command.env("OMP_THREAD_LIMIT", "1");
        let child = start(&mut command).map_err(|error| OcrError::Program {
            program: self.program.clone(),
            reason: error.to_string(),
        })?;
        let mut pnm = format!("P5\n{} {}\n255\n", grey.width, grey.height).into_bytes();
        pnm.extend_from_slice(&grey.samples);
        let table = answer(&self.program, child, &pnm, TIME_MAX)?;
        Ok(lines(&String::from_utf8_lossy(&table)))
    }
}

impl OcrEngine for Tesseract {
    fn name(&self) -> TextOrigin {
        TextOrigin::OcrTesseract
    }

    fn identity(&self) -> OcrIdentity {
        OcrIdentity {
            engine: format!("{} {VERSION} {}", self.version, self.languages),
            models: [0; 32],
        }
    }

    fn read(&self, picture: &Picture, hint: &OcrHint) -> Result<OcrPage, OcrError> {
        let pixels = u64::from(picture.width()) * u64::from(picture.height());
        if pixels > PIXELS_MAX {
            return Err(OcrError::TooLarge(pixels));
        }
        let grey = picture.grey();
        let mut best = OcrPage {
            width: picture.width(),
            height: picture.height(),
            ..OcrPage::default()
        };
        if clean::is_blank(&grey) {
            return Ok(best);
        }
        let grey = clean::cleaned(grey);
        best.lines = self.lines(&grey, hint)?;
        if super::engine::confidence(&best.lines) >= DOUBTFUL {
            return Ok(best);
        }
        for turn in [Turn::Half, Turn::Quarter, Turn::ThreeQuarters] {
            let turned = grey.turned(turn);
            let lines = self.lines(&turned, hint)?;
            if worth(&lines) > worth(&best.lines) {
                best = OcrPage {
                    lines,
                    turn,
                    width: turned.width as u32,
                    height: turned.height as u32,
                    skew: 0.0,
                };
            }
        }
        Ok(best)
    }
}

/// Letters read, weighed by how far the program was from guessing.
fn worth(lines: &[OcrLine]) -> u64 {
    let words = lines.iter().flat_map(|line| &line.words);
    let worth = |word: &OcrWord| {
        word.text.chars().count() as u64 * u64::from(word.confidence.saturating_sub(30))
    };
    words.map(worth).sum()
}

fn start(command: &mut Command) -> std::io::Result<Child> {
    let command = command.stdin(Stdio::piped()).stdout(Stdio::piped());
    command.stderr(Stdio::null()).spawn()
}

/// Feeds a child and collects its answer; ends it when it takes too long. The
/// clock is used for nothing else.
fn answer(
    program: &str,
    mut child: Child,
    input: &[u8],
    time_max: Duration,
) -> Result<Vec<u8>, OcrError> {
    let failed = |reason: String| OcrError::Program {
        program: program.to_owned(),
        reason,
    };
    let (Some(mut to_child), Some(from_child)) = (child.stdin.take(), child.stdout.take()) else {
        return Err(failed("no pipe".to_owned()));
    };
    std::thread::scope(|scope| {
        scope.spawn(move || {
            // A child that ends early closes the pipe: its status tells more.
            let _closed_early = to_child.write_all(input);
        });
        let reader = scope.spawn(move || {
            let mut answer = Vec::new();
            let read = from_child.take(ANSWER_BYTES_MAX).read_to_end(&mut answer);
            read.map(|_| answer)
        });
        let end = Instant::now() + time_max;
        let status = loop {
            match child.try_wait() {
                Ok(Some(status)) => break Ok(status),
                Ok(None) if Instant::now() < end => std::thread::sleep(Duration::from_millis(5)),
                Ok(None) => break Err(format!("it took longer than {} s", time_max.as_secs())),
                Err(error) => break Err(error.to_string()),
            }
        };
        if status.is_err() {
            // Ended or not, its pipes close, and both threads come home.
            let _gone = child.kill();
            let _reaped = child.wait();
        }
        let answer = reader.join();
        let status = status.map_err(failed)?;
        if !status.success() {
            return Err(failed(status.to_string()));
        }
        match answer {
            Ok(Ok(answer)) => Ok(answer),
            Ok(Err(error)) => Err(failed(error.to_string())),
            Err(_) => Err(failed("its answer could not be read".to_owned())),
        }
    })
}

/// Lines from the table the program prints: level, page, block, paragraph,
/// line, word, left, top, width, height, confidence, text.
fn lines(table: &str) -> Vec<OcrLine> {
    let mut lines: Vec<OcrLine> = Vec::new();
    let mut line_before = None;
    for row in table.lines() {
        let cells: Vec<&str> = row.splitn(12, '\t').collect();
        let [
            level,
            _,
            block,
            paragraph,
            line,
            _,
            left,
            top,
            width,
            height,
            sure,
            text,
        ] = cells[..]
        else {
            continue;
        };
        let text = text.trim();
        let numbers: Result<Vec<i32>, _> = [left, top, width, height]
            .iter()
            .map(|cell| cell.parse::<i32>())
            .collect();
        let (Ok(numbers), Ok(sure)) = (numbers, sure.parse::<f32>()) else {
            continue;
        };
        let [left, top, width, height] = numbers[..] else {
            continue;
        };
        if level != "5" || text.is_empty() || sure < 0.0 {
            continue;
        }
        let word = OcrWord {
            text: text.split_whitespace().collect::<Vec<_>>().join(" "),
            area: PixelBox {
                left,
                top,
                right: left.saturating_add(width.max(0)),
                bottom: top.saturating_add(height.max(0)),
            },
            confidence: sure.round().clamp(0.0, 100.0) as u8,
        };
        let place = (block.to_owned(), paragraph.to_owned(), line.to_owned());
        match lines.last_mut() {
            Some(line) if line_before.as_ref() == Some(&place) => {
                line.area = line.area.join(word.area);
                line.words.push(word);
            }
            _ => lines.push(OcrLine {
                area: word.area,
                words: vec![word],
                confidence: 0,
            }),
        }
        line_before = Some(place);
    }
    for line in &mut lines {
        line.confidence = super::engine::mean(&line.words);
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_table_becomes_lines() {
        let table = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext\n\
            4\t1\t1\t1\t1\t0\t10\t20\t90\t12\t-1\t\n\
            5\t1\t1\t1\t1\t1\t10\t20\t40\t12\t96.5\tPagó\n\
            5\t1\t1\t1\t1\t2\t60\t20\t40\t12\t70\t50,000\n\
            5\t1\t1\t1\t2\t1\t10\t40\t40\t12\t91\tdólares\n\
            5\t1\t1\t1\tbroken\n";
        let lines = lines(table);
        assert_eq!(lines.len(), 2);
        assert_eq!(lines[0].text(), "Pagó 50,000");
        assert_eq!(
            lines[0].area,
            PixelBox {
                left: 10,
                top: 20,
                right: 100,
                bottom: 32
            }
        );
        assert_eq!(lines[0].words[0].confidence, 97);
        assert_eq!(lines[1].words[0].area.top, 40);
    }

    #[test]
    fn a_program_that_is_not_there_is_no_engine() {
        assert_eq!(Tesseract::at("/nowhere/tesseract"), None);
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_hangs_is_ended() {
        let child = start(Command::new("sleep").arg("30")).unwrap();
        let began = Instant::now();
        let error = answer("sleep", child, b"picture", Duration::from_millis(50)).unwrap_err();
        assert!(error.to_string().contains("longer"), "{error}");
        assert!(began.elapsed() < Duration::from_secs(5));
    }
}
