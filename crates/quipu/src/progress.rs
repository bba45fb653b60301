//! Progress on the terminal: how much is done, how fast, how long it will take.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};
use quipu_model::NoticeLevel;
use quipu_pipeline::{Progress, Tally};

/// Draws a bar where a person watches, and stays silent where none does.
pub(crate) struct Bar {
    bar: ProgressBar,
}

impl Bar {
    pub(crate) fn new(quiet: bool) -> Self {
        let bar = if quiet || !std::io::stderr().is_terminal() {
            ProgressBar::hidden()
        } else {
            ProgressBar::new_spinner().with_message("looking for documents")
        };
        bar.enable_steady_tick(Duration::from_millis(120));
        Self { bar }
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}

impl Progress for Bar {
    fn found(&mut self, tally: &Tally) {
        // Time left follows bytes, which tell more than a count of files.
        self.bar.set_length(tally.file_bytes.max(1));
        let style = ProgressStyle::with_template(
            "{bar:28} {percent:>3}%  {msg}  {bytes_per_sec}, {eta} left",
        );
        if let Ok(style) = style {
            self.bar.set_style(style);
        }
        let (files, bytes) = (HumanCount(tally.files), HumanBytes(tally.file_bytes));
        self.bar.set_message(format!("{files} files, {bytes}"));
    }

    fn done(&mut self, _path: &str, _level: Option<NoticeLevel>, tally: &Tally) {
        self.bar.set_position(tally.bytes_done);
        let troubles = match tally.damaged + tally.refused {
            0 => String::new(),
            some => format!(", {some} with damage"),
        };
        let (done, files) = (HumanCount(tally.files_done), HumanCount(tally.files));
        self.bar
            .set_message(format!("{done} of {files} files{troubles}"));
    }

    fn indexing(&mut self, tally: &Tally) {
        self.bar.set_message(format!(
            "making {} documents searchable",
            HumanCount(tally.documents())
        ));
    }
}

/// Work that is done in a moment shows no bar.
const MOMENT: Duration = Duration::from_millis(1_500);

/// Draws how far one long work is, by its bytes, where a person watches and
/// nothing else is written to the same terminal.
pub(crate) struct Clock {
    bar: ProgressBar,
    /// When the work began, until the bar shows.
    waiting: Option<Instant>,
}

impl Clock {
    pub(crate) fn new(quiet: bool, bytes: u64) -> Self {
        let watched = std::io::stderr().is_terminal() && !std::io::stdout().is_terminal();
        Self {
            bar: ProgressBar::with_draw_target(Some(bytes), ProgressDrawTarget::hidden()),
            waiting: (watched && !quiet).then(Instant::now),
        }
    }

    pub(crate) fn done(&mut self, bytes: u64) {
        self.bar.inc(bytes);
        if self
            .waiting
            .take_if(|began| began.elapsed() > MOMENT)
            .is_some()
        {
            let style =
                ProgressStyle::with_template("{bar:28} {percent:>3}%  {bytes_per_sec}, {eta} left");
            if let Ok(style) = style {
                self.bar.set_style(style);
            }
            self.bar.set_draw_target(ProgressDrawTarget::stderr());
        }
    }

    pub(crate) fn finish(&self) {
        self.bar.finish_and_clear();
    }
}
