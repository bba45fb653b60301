//! `quipu annotate`: sentences, words, trees and names of a text, alone.
//!
//! A text is parted into stretches that are annotated on several threads; what
//! they give is written in order as it comes, so that neither the number of
//! threads nor the length of the text shows in the output or fills the memory.

mod in_order;
mod input;
mod json;
mod language;
mod models;
mod part;
mod source;
mod table;
mod tree;

use std::io::{BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use quipu_annotate::Hands;

use crate::Done;
use crate::cli::{Annotate, Sheet};
use crate::fault::Fault;
use crate::progress::Clock;
use language::Teller;
use models::{Engine, Models};
use part::Part;
use quipu_packs::Packs;
use source::Source;

/// Why the work on one input ended early.
enum Stop {
    /// Standard output takes no more.
    Output(std::io::Error),
    /// The whole command ends.
    Fault(Fault),
}

impl From<std::io::Error> for Stop {
    fn from(error: std::io::Error) -> Self {
        Self::Output(error)
    }
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Self::Fault(fault)
    }
}

pub(crate) fn annotate(ask: &Annotate) -> Result<Done, Fault> {
    let models = Models::find(ask.models.as_deref())?;
    let packs = Packs::embedded().map_err(|error| Fault::could_not("the language packs", error))?;
    let teller = Teller::new(&ask.lang, &models, &packs)?;
    let cores = std::thread::available_parallelism().map_or(1, std::num::NonZero::get);
    let mut work = Work {
        ask,
        teller,
        engine: Engine::new(&models, &packs, ask.threads.map_or(cores, usize::from)),
        colour: std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none(),
        out: BufWriter::new(std::io::stdout().lock()),
        sentences: 0,
        done: Done::All,
    };
    let files: Vec<Option<&PathBuf>> = if ask.files.is_empty() {
        vec![None]
    } else {
        ask.files.iter().map(Some).collect()
    };
    let run = files
        .into_iter()
        .try_for_each(|file| work.file(file.map(PathBuf::as_path)))
        .and_then(|()| work.out.flush().map_err(Stop::from));
    match run {
        Ok(()) => Ok(work.done),
        // Whoever reads has seen enough.
        Err(Stop::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(work.done),
        Err(Stop::Output(error)) => Err(Fault::could_not("standard output", error)),
        Err(Stop::Fault(fault)) => Err(fault),
    }
}

/// One call of the command on its way through the inputs.
struct Work<'a> {
    ask: &'a Annotate,
    teller: Teller<'a>,
    engine: Engine<'a>,
    colour: bool,
    out: BufWriter<std::io::StdoutLock<'static>>,
    /// Sentences written so far, over all inputs.
    sentences: usize,
    done: Done,
}

impl Work<'_> {
    /// Says what is wrong with an input, and remembers that something was.
    fn trouble(&mut self, words: &str) {
        eprintln!("quipu: {words}");
        self.done = Done::WithTroubles;
    }

    fn file(&mut self, path: Option<&Path>) -> Result<(), Stop> {
        let stdin = path.is_none_or(|path| path == Path::new("-"));
        let name = path
            .filter(|_| !stdin)
            .map(|path| path.to_string_lossy().into_owned());
        let shown = name.as_deref().unwrap_or("standard input");
        let read = match input::read(path.filter(|_| !stdin)) {
            Ok(read) => read,
            Err(reason) => {
                let words = format!("{shown}: {reason}");
                self.trouble(&words);
                if self.ask.format == Sheet::Json {
                    self.out
                        .write_all(json::refused(name.as_deref(), &reason).as_bytes())?;
                }
                return Ok(());
            }
        };
        if let Some(notice) = read.notice {
            self.trouble(&format!("{shown}: {notice}"));
        }
        let (source, notice) = Source::new(&read.text, self.ask.input, &self.teller);
        if let Some(notice) = notice {
            self.trouble(&format!("{shown}: {notice}"));
        }
        self.write(name.as_deref(), &source)
    }

    fn write(&mut self, name: Option<&str>, source: &Source<'_>) -> Result<(), Stop> {
        let (annotator, hands) = self.engine.ready(source.tags())?;
        let pieces = source.pieces(annotator);
        let (format, colour) = (self.ask.format, self.colour);
        let make = |at: usize, hands: &mut Hands| {
            let mut part = Part::default();
            if let Some(piece) = pieces.get(at) {
                source.annotate(annotator, piece, hands, &mut |shown| match format {
                    Sheet::Conllu => table::write(shown, name, &mut part),
                    Sheet::Json => json::write(shown, &mut part),
                    Sheet::Text => tree::write(shown, colour, &mut part),
                });
            }
            part
        };
        let out = &mut self.out;
        match format {
            Sheet::Json => out.write_all(json::head(name, source.language()).as_bytes())?,
            Sheet::Conllu => {}
            Sheet::Text => out.write_all(tree::head(name).as_bytes())?,
        }
        let mut clock = Clock::new(self.ask.quiet, source.bytes());
        let mut names = Vec::new();
        let mut any = false;
        let sentences = &mut self.sentences;
        let result = in_order::in_order(pieces.len(), hands, &make, |at, part| {
            clock.done(pieces.get(at).map_or(0, source::Piece::bytes));
            if format == Sheet::Json {
                // Every record brings the comma before it; the first needs none.
                let body = part.body.as_bytes();
                let skip = usize::from(!any && !body.is_empty());
                any |= !body.is_empty();
                out.write_all(&body[skip..])?;
                names.extend_from_slice(part.names.as_bytes());
                return Ok(());
            }
            part.write_numbered(sentences, out)
        });
        clock.finish();
        result?;
        if format == Sheet::Json {
            out.write_all(json::FOOT[0].as_bytes())?;
            out.write_all(names.get(1..).unwrap_or_default())?;
            out.write_all(json::FOOT[1].as_bytes())?;
        }
        Ok(())
    }
}
