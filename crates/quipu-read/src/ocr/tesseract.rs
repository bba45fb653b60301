//! The engine of others: the `tesseract` program where it is installed, fed
//! through a pipe, so that no picture of a source is ever left on a disk.

use std::io::{Read, Write};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use quipu_model::TextOrigin;

use super::bounds;
use super::clean;
use super::engine::{
    OcrEngine, OcrError, OcrHint, OcrIdentity, OcrLine, OcrPage, OcrWord, PixelBox, Turn,
};
use super::picture::{Grey, Picture};

/// Raised whenever we use the program in another way.
const VERSION: u32 = 2;
/// Traineddata asked for, those installed of it; the program's own names.
const LANGUAGES: [&str; 2] = ["eng", "spa"];
/// How long the program may compute on one page, all its runs together. Counted
/// by its own work, where the system tells it: a page must not be lost because
/// the machine is busy.
const WORK_MAX: Duration = Duration::from_secs(30);
/// How long it may take by the clock, however little it does.
const TIME_MAX: Duration = Duration::from_secs(90);
/// Bytes of answer read at most: a broadsheet page has well under a megabyte.
const ANSWER_BYTES_MAX: u64 = 64 << 20;
/// Pixels a page may have.
const PIXELS_MAX: u64 = 100_000_000;
/// Pages read with less than this many percent are asked which way up they are.
const DOUBTFUL: u32 = 60;
/// The traineddata that tells which way up a page is.
const ORIENTATION: &str = "osd";

/// Reads pages with the `tesseract` program.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tesseract {
    program: String,
    version: String,
    languages: String,
    /// Whether it can tell which way up a page is.
    tells_turn: bool,
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
            let answer =
                answer(program, child, &[], &mut Allowance::of_a_page(), &mut || {}).ok()?;
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
            tells_turn: installed.lines().any(|line| line.trim() == ORIENTATION),
        })
    }

    fn lines(&self, page: &mut Page<'_>, grey: &Grey) -> Result<Vec<OcrLine>, OcrError> {
        let arguments = ["-l", &self.languages, "--psm", "3", "tsv"];
        let table = self.run(page, grey, &arguments)?;
        Ok(lines(&String::from_utf8_lossy(&table)))
    }

    /// How the page must be turned to stand upright, as far as can be told.
    fn turn(&self, page: &mut Page<'_>, grey: &Grey) -> Result<Turn, OcrError> {
        if !self.tells_turn {
            return Ok(Turn::None);
        }
        match self.run(page, grey, &["--psm", "0"]) {
            Ok(answer) => Ok(turn(&String::from_utf8_lossy(&answer))),
            // It fails on pages with hardly any letters.
            Err(OcrError::Program { .. }) => Ok(Turn::None),
            Err(error) => Err(error),
        }
    }

    fn run(
        &self,
        page: &mut Page<'_>,
        grey: &Grey,
        arguments: &[&str],
    ) -> Result<Vec<u8>, OcrError> {
        let mut command = Command::new(&self.program);
        command.args(["stdin", "stdout", "--dpi", page.dpi]);
        command.args(arguments);
        // Pages are read side by side already; and the result must not depend
        // on the number of threads.
        command.env("OMP_THREAD_LIMIT", "1");
        let child = start(&mut command).map_err(|error| OcrError::Program {
            program: self.program.clone(),
            reason: error.to_string(),
        })?;
        let mut pnm = format!("P5\n{} {}\n255\n", grey.width, grey.height).into_bytes();
        pnm.extend_from_slice(&grey.samples);
        answer(&self.program, child, &pnm, &mut page.allowance, page.beat)
    }
}

/// One page that is being read.
struct Page<'a> {
    dpi: &'a str,
    allowance: Allowance,
    beat: &'a mut dyn FnMut(),
}

/// What is left of the time that a page may take.
struct Allowance {
    work: Duration,
    end: Instant,
}

impl Allowance {
    fn of_a_page() -> Self {
        Self {
            work: WORK_MAX,
            end: Instant::now() + TIME_MAX,
        }
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

    fn read(
        &self,
        picture: &Picture,
        hint: &OcrHint,
        beat: &mut dyn FnMut(),
    ) -> Result<OcrPage, OcrError> {
        let pixels = u64::from(picture.width()) * u64::from(picture.height());
        if pixels > PIXELS_MAX {
            return Err(OcrError::TooLarge(pixels));
        }
        let (grey, scale) = bounds::within(picture.grey());
        let mut best = OcrPage::default();
        if !clean::is_blank(&grey) {
            best = self.oriented(&clean::cleaned(grey), hint, scale, beat)?;
        }
        bounds::enlarge(&mut best, picture, scale);
        Ok(best)
    }
}

impl Tesseract {
    /// Reads a page; when that goes badly, asks which way up it is and reads it
    /// once more.
    fn oriented(
        &self,
        grey: &Grey,
        hint: &OcrHint,
        scale: f32,
        beat: &mut dyn FnMut(),
    ) -> Result<OcrPage, OcrError> {
        let dpi = hint.dpi.unwrap_or(300) as f32 / scale;
        let dpi = dpi.round().clamp(70.0, 2400.0).to_string();
        let mut page = Page {
            dpi: &dpi,
            allowance: Allowance::of_a_page(),
            beat,
        };
        let mut best = OcrPage {
            lines: self.lines(&mut page, grey)?,
            ..OcrPage::default()
        };
        if super::engine::confidence(&best.lines) >= DOUBTFUL {
            return Ok(best);
        }
        let turn = self.turn(&mut page, grey)?;
        if turn != Turn::None {
            let lines = self.lines(&mut page, &grey.turned(turn))?;
            if worth(&lines) > worth(&best.lines) {
                best.lines = lines;
                best.turn = turn;
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
/// clocks are used for nothing else.
fn answer(
    program: &str,
    mut child: Child,
    input: &[u8],
    allowance: &mut Allowance,
    beat: &mut dyn FnMut(),
) -> Result<Vec<u8>, OcrError> {
    let failed = |reason: String| OcrError::Program {
        program: program.to_owned(),
        reason,
    };
    let too_long = |limit: Duration, clock| OcrError::TooLong {
        program: program.to_owned(),
        seconds: limit.as_secs(),
        clock,
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
        let begun = Instant::now();
        let status = loop {
            let work = work_done(&child).unwrap_or_else(|| begun.elapsed());
            match child.try_wait() {
                Ok(Some(status)) => {
                    allowance.work = allowance.work.saturating_sub(work);
                    break Ok(status);
                }
                Ok(None) if work > allowance.work => {
                    break Err(too_long(WORK_MAX, "work"));
                }
                Ok(None) if Instant::now() >= allowance.end => {
                    break Err(too_long(TIME_MAX, "waiting"));
                }
                Ok(None) => {
                    beat();
                    std::thread::sleep(Duration::from_millis(5));
                }
                Err(error) => break Err(failed(error.to_string())),
            }
        };
        if status.is_err() {
            // Ended or not, its pipes close, and both threads come home.
            let _gone = child.kill();
            let _reaped = child.wait();
        }
        let answer = reader.join();
        let status = status?;
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

/// How long a child has computed; `None` where the system does not tell.
#[cfg(target_os = "linux")]
fn work_done(child: &Child) -> Option<Duration> {
    let status = std::fs::read_to_string(format!("/proc/{}/stat", child.id())).ok()?;
    // The name of the program stands in brackets and may hold anything; times
    // in the program and in the system are the twelfth and thirteenth after it,
    // in hundredths of a second.
    let (_, numbers) = status.rsplit_once(')')?;
    let mut times = numbers.split_whitespace().skip(11).map(str::parse::<u64>);
    let (program, system) = (times.next()?.ok()?, times.next()?.ok()?);
    Some(Duration::from_millis(
        program.saturating_add(system).saturating_mul(10),
    ))
}

#[cfg(not(target_os = "linux"))]
const fn work_done(_child: &Child) -> Option<Duration> {
    None
}

/// The turn the program advises: `Rotate: 90` is a quarter clockwise.
fn turn(answer: &str) -> Turn {
    let advised = answer.lines().find_map(|line| line.strip_prefix("Rotate:"));
    match advised.map(str::trim) {
        Some("90") => Turn::Quarter,
        Some("180") => Turn::Half,
        Some("270") => Turn::ThreeQuarters,
        _ => Turn::None,
    }
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

    #[test]
    fn the_advised_turn_is_read() {
        let answer = "Page number: 0\nOrientation in degrees: 270\nRotate: 90\n";
        assert_eq!(turn(answer), Turn::Quarter);
        assert_eq!(turn("Too few characters."), Turn::None);
    }

    fn allowance(work: u64, time: u64) -> Allowance {
        Allowance {
            work: Duration::from_millis(work),
            end: Instant::now() + Duration::from_millis(time),
        }
    }

    #[cfg(unix)]
    #[test]
    fn a_program_that_hangs_is_ended() {
        let child = start(Command::new("sleep").arg("30")).unwrap();
        let began = Instant::now();
        let error = answer(
            "sleep",
            child,
            b"picture",
            &mut allowance(60_000, 50),
            &mut || {},
        )
        .unwrap_err();
        assert!(
            matches!(
                error,
                OcrError::TooLong {
                    clock: "waiting",
                    ..
                }
            ),
            "{error}"
        );
        assert!(began.elapsed() < Duration::from_secs(20));
    }

    /// Busy is not the same as slow: what counts is what the program itself did.
    #[cfg(target_os = "linux")]
    #[test]
    fn a_program_that_computes_without_end_is_ended() {
        let child = start(Command::new("sh").args(["-c", "while :; do :; done"])).unwrap();
        let error = answer("sh", child, b"", &mut allowance(200, 60_000), &mut || {}).unwrap_err();
        assert!(
            matches!(error, OcrError::TooLong { clock: "work", .. }),
            "{error}"
        );
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn what_one_run_took_is_gone_for_the_next() {
        let count = "i=0; while [ $i -lt 60000 ]; do i=$((i+1)); done";
        let child = start(Command::new("sh").args(["-c", count])).unwrap();
        let mut left = allowance(60_000, 60_000);
        answer("sh", child, b"", &mut left, &mut || {}).unwrap();
        assert!(left.work < Duration::from_millis(60_000));
    }
}
