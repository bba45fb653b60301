//! `quipu-train`: prepares data, trains and scores models.

use std::io::Write as _;
use std::process::ExitCode;

mod spanish;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
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
  quipu-train cess-to-ud DATA/es OUT            convert CESS-ESP, write treebank, names and split lists
  quipu-train cess-agreement DATA/es [--differences]
                                                hold the conversion against AnCora, both parts of dev
  quipu-train gsd-to-ancora DATA/es OUT         bring UD Spanish GSD nearer to AnCora
  quipu-train cess-contexts DATA/es             arcs of the trainable part with their true relation";
