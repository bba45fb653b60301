//! The whole training of a language, step by step. Each step goes on from its checkpoint and
//! is left out when what it is for is there: stop it at any time, start it again.

use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::process::Command;

use crate::spanish;

/// A script of `python/` with its arguments; `@` stands for the working folder.
struct Step {
    /// The step is not needed once this file is in the working folder; empty: always run.
    until: &'static str,
    words: &'static str,
}

const fn step(until: &'static str, words: &'static str) -> Step {
    Step { until, words }
}

/// Of a zip of several files the last one, so that a broken start is seen.
const FETCH: Step = step("pkgs/mp/all-mpnet-base-v2/vocab.txt", "fetch.py");

const ENGLISH: &[Step] = &[
    FETCH,
    step("data/silver/en/raw-0000.pkl", "frus.py"),
    step("ckpt/tok_en.pkl", "train_splitter.py en 10"),
    step(
        "data/vec_en_minilm.npz",
        "vectors.py minilm en 40000 @/data/vec_en_minilm.npz",
    ),
    step(
        "ckpt/mpnet1.final.pt",
        "train_teacher.py --lang en --kind mpnet --freeze 6 --epochs 4 --name mpnet1",
    ),
    step(
        "data/wide_en.npz",
        "wide.py en @/ckpt/mpnet1.final.pt 100000 @/data/wide_en.npz",
    ),
    step("data/silver/en/raw-0000.pkl", "silver.py 1400000"),
    step(
        "data/silver/en/raw-5000.pkl",
        "augment.py en @/data/vec_en_minilm.npz 3",
    ),
    step(
        "ckpt/en_student.pt",
        "label.py mpnet1 en @/ckpt/mpnet1.final.pt",
    ),
    step(
        "ckpt/en_student.pt",
        "train_student.py --lang en --name en_student --vec @/data/vec_en_minilm.npz \
         --wide @/data/wide_en.npz --silver mpnet1 --goldx 2 --epochs 7",
    ),
    step(
        "",
        "export.py @/ckpt/en_student.pt @/ckpt/tok_en.pkl en @/en.qm",
    ),
    step("", "check_export.py @/en.qm @/ckpt/en_student.pt"),
    step("", "score_raw.py @/ckpt/en_student.pt en"),
];

const SPANISH: &[Step] = &[
    FETCH,
    step("ckpt/tok_es.pkl", "train_splitter.py es 8"),
    step(
        "data/vec_es_e5.npz",
        "vectors.py e5 es 40000 @/data/vec_es_e5.npz",
    ),
    step(
        "ckpt/e5es1.final.pt",
        "train_teacher.py --lang es --kind e5 --freeze 2 --epochs 5 --lr 7e-5 --name e5es1",
    ),
    step(
        "data/wide_es.npz",
        "wide.py es @/ckpt/e5es1.final.pt 90000 @/data/wide_es.npz",
    ),
    step(
        "data/silver/es/raw-5000.pkl",
        "augment.py es @/data/vec_es_e5.npz 6",
    ),
    step(
        "ckpt/es_student.pt",
        "label.py e5es1 es @/ckpt/e5es1.final.pt",
    ),
    step(
        "ckpt/es_student.pt",
        "train_student.py --lang es --name es_student --vec @/data/vec_es_e5.npz \
         --wide @/data/wide_es.npz --silver e5es1 --goldx 3 --epochs 8",
    ),
    step(
        "",
        "export.py @/ckpt/es_student.pt @/ckpt/tok_es.pkl es @/es.qm",
    ),
    step("", "check_export.py @/es.qm @/ckpt/es_student.pt"),
    step("", "score_raw.py @/ckpt/es_student.pt es"),
];

/// Trains English: `en.qm` in the working folder.
pub(crate) fn english(work: &Path) -> io::Result<()> {
    run(ENGLISH, work)
}

/// Converts the Spanish treebanks, then trains: `es.qm` in the working folder.
pub(crate) fn spanish(work: &Path) -> io::Result<()> {
    let made = work.join("es");
    if !made.join("counts.tsv").exists() {
        std::fs::create_dir_all(&made)?;
        spanish::convert_all(&data().join("es"), &made)?;
    }
    run(SPANISH, work)
}

/// The folder of training data.
fn data() -> PathBuf {
    std::env::var_os("QUIPU_DATA").map_or_else(|| "../shared/data".into(), PathBuf::from)
}

fn run(steps: &[Step], work: &Path) -> io::Result<()> {
    std::fs::create_dir_all(work.join("data"))?;
    let scripts = Path::new(env!("CARGO_MANIFEST_DIR")).join("python");
    let python = python(&scripts, work)?;
    for step in steps {
        if !step.until.is_empty() && work.join(step.until).exists() {
            continue;
        }
        let mut words = step.words.split_whitespace();
        let script = words.next().unwrap_or_default();
        writeln!(io::stderr(), "quipu-train: {}", step.words)?;
        let mut command = Command::new(&python);
        command.arg(scripts.join(script));
        command.args(words.map(|word| word.replace('@', &work.to_string_lossy())));
        command.env("QUIPU_TRAIN", work).env("QUIPU_DATA", data());
        // One thread a process: a second one that waits by spinning doubles the cost.
        command
            .env("OMP_WAIT_POLICY", "passive")
            .env("PYTHONDONTWRITEBYTECODE", "1");
        done(&mut command, script)?;
    }
    Ok(())
}

/// The Python of the working folder, made with what `requirements.txt` pins if it is not there.
fn python(scripts: &Path, work: &Path) -> io::Result<PathBuf> {
    let folder = work.join("venv");
    let python = folder.join("bin/python");
    let site = "import numpy, torch";
    let ready = |python: &Path| Command::new(python).args(["-c", site]).status();
    if !ready(&python).is_ok_and(|status| status.success()) {
        done(
            Command::new("python3").args(["-m", "venv"]).arg(&folder),
            "python3 -m venv",
        )?;
        let wanted = scripts.join("requirements.txt");
        let install = ["-m", "pip", "install", "-r"];
        done(
            Command::new(&python).args(install).arg(wanted),
            "pip install",
        )?;
    }
    Ok(python)
}

fn done(command: &mut Command, name: &str) -> io::Result<()> {
    let status = command.status()?;
    if status.success() {
        return Ok(());
    }
    let advice = "its last lines say why; the same command goes on from the last checkpoint";
    Err(io::Error::other(format!(
        "{name} stopped ({status}): {advice}"
    )))
}
