//! `quipu-train`: prepares data, trains and scores models.

use std::io::Write as _;
use std::process::ExitCode;

mod chain;
mod spanish;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["train", language @ ("en" | "es"), rest @ ..] if rest.len() < 2 => {
            let work = rest.first().copied().unwrap_or("target/train");
            match *language {
                "en" => chain::english(work.as_ref()),
                _ => chain::spanish(work.as_ref()),
            }
        }
        ["cess-to-ud", data, out] => spanish::convert_all(data.as_ref(), out.as_ref()),
        ["cess-agreement", data] => spanish::agreement(data.as_ref(), false),
        ["cess-agreement", data, "--differences"] => spanish::agreement(data.as_ref(), true),
        ["gsd-to-ancora", data, out] => spanish::gsd(data.as_ref(), out.as_ref()),
        ["cess-contexts", data] => spanish::contexts(data.as_ref()),
        _ => {
            let _ = writeln!(std::io::stderr(), "{USAGE}");
            return ExitCode::from(2);
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(std::io::stderr(), "quipu-train: {error}");
            ExitCode::FAILURE
        }
    }
}

const USAGE: &str = "usage:
  quipu-train train en|es [WORK]                train a language, all steps, from the last checkpoint
                                                (data: QUIPU_DATA, else ../shared/data; WORK: target/train)
  quipu-train cess-to-ud DATA/es OUT            convert CESS-ESP, write treebank, names and split lists
  quipu-train cess-agreement DATA/es [--differences]
                                                hold the conversion against AnCora, both parts of dev
  quipu-train gsd-to-ancora DATA/es OUT         bring UD Spanish GSD nearer to AnCora
  quipu-train cess-contexts DATA/es             arcs of the trainable part with their true relation";
