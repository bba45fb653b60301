//! The program: settings, wiring, terminal. Whatever can be asked or decided
//! lives behind the desk; whatever is derived lives behind the pipeline.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod apart;
mod cli;
mod commands;
mod fault;
mod ink;
mod pictures;
mod place;
mod progress;
mod tools;

use std::process::ExitCode;

use clap::{CommandFactory, Parser};

use cli::{Cli, Command};
use fault::Fault;

/// How a command ended well.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Done {
    /// All done.
    All,
    /// Done, but something was refused or damaged.
    WithTroubles,
}

fn main() -> ExitCode {
    let cli = Cli::parse();
    let done = match cli.command {
        Command::Open(ask) => commands::open::open(&ask),
        Command::Read(ask) => commands::read::read(&ask),
        Command::Serve(ask) => commands::open::serve(&ask),
        Command::Search(ask) => commands::search::search(&ask),
        Command::Annotate(ask) => commands::annotate::annotate(&ask),
        Command::Claims(ask) => commands::claims::claims(&ask),
        Command::Packs(ask) => commands::packs::packs(&ask),
        Command::MatchNames(ask) => commands::match_names::match_names(&ask),
        Command::Sources(ask) => commands::sources::sources(&ask),
        Command::Verify(ask) => commands::verify::verify(&ask),
        Command::Export(ask) => commands::export::export(&ask),
        Command::Completions { shell } => {
            clap_complete::generate(shell, &mut Cli::command(), "quipu", &mut std::io::stdout());
            Ok(Done::All)
        }
        Command::Man => commands::manual::manual(),
        Command::ReadWorker(ask) => tools::serve_reader(&ask),
        Command::LookWorker(ask) => commands::look::serve_looks(&ask),
        Command::ClaimsWorker(ask) => commands::claims::serve_claims(&ask),
        Command::PictureWorker => pictures::serve_pictures(),
    };
    match done {
        Ok(Done::All) => ExitCode::SUCCESS,
        Ok(Done::WithTroubles) => ExitCode::from(1),
        Err(Fault { wrong_use, words }) => {
            eprintln!("quipu: {words}");
            ExitCode::from(if wrong_use { 2 } else { 3 })
        }
    }
}
