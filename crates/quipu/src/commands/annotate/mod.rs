//! `quipu annotate`: sentences, words, trees, names, times and amounts of a text, alone.
//!
//! Texts are parted into stretches that are annotated on several threads; what
//! they give is written in order as it comes, so that the number of threads does
//! not show in the output, nor the length of a text in the memory.

mod expressions;
mod in_order;
mod input;
mod json;
mod language;
mod layers;
mod listed;
mod models;
mod page;
mod section;
mod shown;
mod source;
mod table;
mod tree;

use std::collections::BTreeSet;
use std::io::{BufWriter, ErrorKind, IsTerminal, Write};
use std::path::{Path, PathBuf};

use quipu_annotate::Hands;
use quipu_claims::DocumentReader;
use quipu_packs::Packs;

use crate::Done;
use crate::cli::{Annotate, Sheet};
use crate::fault::Fault;
use crate::progress::Clock;
use expressions::Expressions;
use language::Teller;
use models::{Engine, Models};
use page::{Pages, Pen, Taken};
use source::{Piece, Source};

/// The name that means standard input.
const STDIN: &str = "-";

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
    let colour = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let out = BufWriter::new(std::io::stdout().lock());
    let expressions = match ask.format {
        Sheet::Conllu => None,
        Sheet::Json | Sheet::Text => {
            let reader = DocumentReader::new(&packs)
                .map_err(|error| Fault::could_not("the language packs", error))?;
            Some(Expressions::new(
                reader,
                &packs,
                ask.reference_date.map(|day| day.0),
                ask.format == Sheet::Json,
            ))
        }
    };
    let mut work = Work {
        ask,
        teller,
        engine: Engine::new(&models, &packs, ask.threads.map_or(cores, usize::from)),
        pen: Pen::new(out, ask.format, colour, expressions),
        done: Done::All,
    };
    let stdin = [PathBuf::from(STDIN)];
    let named = if ask.files.is_empty() {
        &stdin[..]
    } else {
        &ask.files
    };
    let mut paths = named.iter().map(PathBuf::as_path);
    let run = loop {
        let inputs = work.read(&mut paths);
        if inputs.is_empty() {
            break work.pen.out.flush().map_err(Stop::from);
        }
        if let Err(stop) = work.write(&inputs) {
            break Err(stop);
        }
    };
    match run {
        Ok(()) => Ok(work.done),
        // Whoever reads has seen enough.
        Err(Stop::Output(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(work.done),
        Err(Stop::Output(error)) => Err(Fault::could_not("standard output", error)),
        Err(Stop::Fault(fault)) => Err(fault),
    }
}

/// Inputs whose texts are in memory at a time, in bytes, unless a single one is
/// longer: many short ones are worked on side by side.
const TOGETHER: usize = 4 << 20;

/// One call of the command on its way through the inputs.
struct Work<'a> {
    ask: &'a Annotate,
    teller: Teller<'a>,
    engine: Engine<'a>,
    pen: Pen<'a, BufWriter<std::io::StdoutLock<'static>>>,
    done: Done,
}

/// An input by its name, and its text or why it has none.
struct Input {
    name: Option<String>,
    text: Result<String, String>,
}

impl Work<'_> {
    /// Says what is wrong with an input, and remembers that something was.
    fn trouble(&mut self, name: Option<&str>, words: &str) {
        eprintln!("quipu: {}: {words}", name.unwrap_or("standard input"));
        self.done = Done::WithTroubles;
    }

    /// Reads the next inputs, as many as are worked on together.
    fn read<'p>(&mut self, paths: &mut impl Iterator<Item = &'p Path>) -> Vec<Input> {
        let mut inputs = Vec::new();
        let mut bytes = 0;
        while bytes < TOGETHER {
            let Some(path) = paths.next() else { break };
            let path = Some(path).filter(|path| *path != Path::new(STDIN));
            let name = path.map(|path| path.to_string_lossy().into_owned());
            let text = match input::read(path) {
                Ok(taken) => {
                    if let Some(notice) = taken.notice {
                        self.trouble(name.as_deref(), &notice);
                    }
                    bytes += taken.text.len();
                    Ok(taken.text)
                }
                Err(reason) => {
                    self.trouble(name.as_deref(), &reason);
                    Err(reason)
                }
            };
            inputs.push(Input { name, text });
        }
        inputs
    }

    /// Annotates inputs and writes them in order.
    fn write(&mut self, inputs: &[Input]) -> Result<(), Stop> {
        let mut sources: Vec<Taken<'_>> = Vec::with_capacity(inputs.len());
        let mut tags = BTreeSet::new();
        for input in inputs {
            let source = match &input.text {
                Err(reason) => Err(reason.as_str()),
                Ok(text) => {
                    let (source, notice) = Source::new(text, self.ask.input, &self.teller);
                    if let Some(notice) = notice {
                        self.trouble(input.name.as_deref(), &notice);
                    }
                    tags.extend(source.tags().iter().cloned());
                    // What tells no language is read in the first.
                    if source.tags().is_empty() {
                        tags.extend(self.teller.fallback().map(str::to_owned));
                    }
                    Ok(source)
                }
            };
            sources.push((input.name.as_deref(), source));
        }
        let (annotator, hands) = self.engine.ready(&tags)?;
        let mut pieces: Vec<(usize, Piece)> = Vec::new();
        for (at, (_, source)) in sources.iter().enumerate() {
            let own = source.as_ref().map(|source| source.pieces(annotator));
            pieces.extend(own.unwrap_or_default().into_iter().map(|piece| (at, piece)));
        }
        let make = |at: usize, hands: &mut Hands| {
            let (of, piece) = pieces.get(at)?;
            let source = sources.get(*of)?.1.as_ref().ok()?;
            Some(source.annotate(annotator, piece, hands))
        };
        let bytes = pieces.iter().map(|(_, piece)| piece.bytes).sum();
        let mut clock = Clock::new(self.ask.quiet, bytes);
        let mut pages = Pages::new(&mut self.pen, annotator, &sources);
        let result = in_order::in_order(pieces.len(), hands, &make, |at, made| {
            let Some(((of, piece), made)) = pieces.get(at).zip(made) else {
                return Ok(());
            };
            clock.done(piece.bytes);
            pages.add(*of, piece, made)
        });
        clock.finish();
        result?;
        Ok(pages.end()?)
    }
}
