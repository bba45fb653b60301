//! The commands of daily work: `cargo xtask check|tidy|gold|bench|demo`.
#![allow(clippy::print_stdout, clippy::print_stderr)]

mod check;
mod tidy;

use std::path::PathBuf;
use std::process::{Command, ExitCode};

const HELP: &str = "\
cargo xtask COMMAND

  check           everything CI runs: format, clippy, tidy, all tests, browser tests
  check --quick   the same without browser tests
  tidy            walls, packs, docs: the rules no compiler knows
  gold [SET ...]  score development data (cables, ocr, repair, ...) and write cases/gold/SCORES.md
                  needs the data folder: QUIPU_DATA, or ../shared/data beside the checkout
  gold conllu KEY FILE
                  a CoNLL-U file against its key, by the measure of the 2018 shared task
  bench [NAME]    speed and memory beside the peers, in one run (see bench/README.md)
  demo            build, read the demo dossier and open the reading room on it
";

fn main() -> ExitCode {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let words: Vec<&str> = words.iter().map(String::as_str).collect();
    let done = match words.as_slice() {
        ["check", rest @ ..] => check::check(rest),
        ["tidy"] => tidy::tidy(),
        ["gold", rest @ ..] => gold(rest),
        ["bench", rest @ ..] => run("bash", &[&["bench/run.sh"], rest].concat()),
        ["demo", rest @ ..] => demo(rest),
        [] | ["help" | "--help" | "-h"] => {
            println!("{HELP}");
            return ExitCode::SUCCESS;
        }
        other => {
            eprintln!("xtask does not know `{}`.\n\n{HELP}", other.join(" "));
            return ExitCode::from(2);
        }
    };
    if done {
        ExitCode::SUCCESS
    } else {
        ExitCode::FAILURE
    }
}

/// The top of the checkout.
fn root() -> PathBuf {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    here.parent().map_or_else(|| here.clone(), PathBuf::from)
}

/// Runs a command at the top of the checkout and says whether it went well.
fn run(program: &str, arguments: &[&str]) -> bool {
    println!("$ {program} {}", arguments.join(" "));
    match Command::new(program)
        .args(arguments)
        .current_dir(root())
        .status()
    {
        Ok(status) => status.success(),
        Err(error) => {
            eprintln!("{program} could not be started: {error}");
            false
        }
    }
}

fn gold(sets: &[&str]) -> bool {
    // One selection of features in the whole house, or Cargo compiles everything twice.
    run(
        "cargo",
        &[
            "build",
            "--quiet",
            "--release",
            "--workspace",
            "--features",
            "xtask/gold",
            "--bins",
        ],
    ) && run(&target("release/gold"), sets)
}

/// A file of the build.
fn target(name: &str) -> String {
    let folder =
        std::env::var_os("CARGO_TARGET_DIR").map_or_else(|| root().join("target"), PathBuf::from);
    folder.join(name).to_string_lossy().into_owned()
}

fn demo(rest: &[&str]) -> bool {
    let fixed = [
        "run",
        "--release",
        "--package",
        "quipu",
        "--",
        "open",
        "demo/documents",
        "--archive",
        "target/demo.quipu",
    ];
    run("cargo", &[&fixed, rest].concat())
}
