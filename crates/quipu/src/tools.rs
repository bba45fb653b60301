//! What reading needs: packs, an OCR engine, and the worker that uses them.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::time::Duration;

use quipu_archive::Stemmers;
use quipu_packs::{PackFiles, Packs};
use quipu_pipeline::{ReadStage, Understanding, Workers};
use quipu_read::Limits;
use quipu_read::ocr::{self, OcrEngine};

use crate::Done;
use crate::cli::{Ocr, Reading, Worker};
use crate::fault::Fault;

/// The packs of a folder, or those inside the program.
pub(crate) fn packs(folder: Option<&Path>) -> Result<Packs, Fault> {
    let packs = match folder {
        None => Packs::embedded(),
        Some(folder) => PackFiles::from_folder(folder).and_then(|files| Packs::load(&files)),
    };
    packs.map_err(|error| wrong_packs(folder, &error))
}

/// Packs and engine, loaded.
pub(crate) struct Kit {
    pub(crate) packs: Packs,
    /// The folder they came from, where they are not those of the program.
    folder: Option<PathBuf>,
    engine: Option<Box<dyn OcrEngine>>,
}

impl Kit {
    /// Loads what a reading needs.
    pub(crate) fn load(
        folder: Option<&Path>,
        wanted: Ocr,
        models: Option<&Path>,
    ) -> Result<Self, Fault> {
        let packs = self::packs(folder)?;
        Ok(Self {
            packs,
            folder: folder.map(Path::to_owned),
            engine: engine(wanted, models)?,
        })
    }

    /// What documents are understood with.
    pub(crate) fn understanding(&self) -> Result<Understanding<'_>, Fault> {
        Understanding::new(&self.packs).map_err(|error| wrong_packs(self.folder.as_deref(), &error))
    }

    /// The stages of one document.
    pub(crate) fn stage<'a>(&'a self, understanding: &'a Understanding<'a>) -> ReadStage<'a> {
        let identity = self.engine.as_ref().map(|engine| engine.identity());
        let said = identity
            .as_ref()
            .map_or("none", |identity| identity.engine.as_str());
        ReadStage {
            packs: &self.packs,
            understanding,
            ocr: self.engine.as_deref(),
            limits: Limits::default(),
            packs_hash: self.packs.hash(),
            models_hash: identity
                .as_ref()
                .map_or([0; 32], |identity| identity.models),
            settings: vec![("ocr".to_owned(), said.to_owned())],
        }
    }

    /// Which stemmer search uses for each language.
    pub(crate) fn stemmers(&self) -> Stemmers {
        Stemmers::new(
            self.packs
                .languages()
                .iter()
                .filter_map(|language| Some((language.tag.as_str(), language.stemmer.as_deref()?))),
        )
    }
}

/// What is wrong in a file of packs, told below the folder they lie in.
pub(crate) fn wrong_packs(folder: Option<&Path>, error: &dyn std::fmt::Display) -> Fault {
    let words = error.to_string();
    Fault::wrong_use(match folder {
        Some(folder) => folder.join(words).display().to_string(),
        None => words,
    })
}

fn engine(wanted: Ocr, models: Option<&Path>) -> Result<Option<Box<dyn OcrEngine>>, Fault> {
    let program = std::env::current_exe().ok();
    let folders = ocr::search_folders(models, program.as_deref(), &|name| std::env::var_os(name));
    let not_there = |what: &str| {
        Fault::wrong_use(format!(
            "{what}; run scripts/setup, or choose another with --ocr"
        ))
    };
    let broken = |error| Fault::could_not("the OCR models", error);
    match wanted {
        Ocr::None => Ok(None),
        Ocr::Auto => ocr::choose(&folders, 1).map_err(broken),
        Ocr::Rten => match ocr::find_models(&folders).map_err(broken)? {
            Some(files) => Ok(Some(Box::new(ocr::RtenEngine::new(files, 1)))),
            None => Err(not_there("no OCR models were found")),
        },
        Ocr::Tesseract => match ocr::Tesseract::find() {
            Some(program) => Ok(Some(Box::new(program))),
            None => Err(not_there("the program tesseract is not installed")),
        },
    }
}

/// Worker processes: this program again, as a reader.
pub(crate) fn workers(ask: &Reading) -> Result<Workers, Fault> {
    let program = std::env::current_exe()
        .map_err(|error| Fault::could_not("this program's own file", error))?;
    let mut arguments: Vec<OsString> = vec!["read-worker".into()];
    arguments.extend(worker_arguments(ask));
    Ok(Workers::Processes {
        program,
        arguments,
        silence: Duration::from_secs(ask.patience),
    })
}

/// What a worker must know to read as this process would.
pub(crate) fn worker_arguments(ask: &Reading) -> Vec<OsString> {
    let mut arguments: Vec<OsString> = vec!["--ocr".into(), ask.ocr.word().into()];
    let options = [
        ("--ocr-models", ask.ocr_models.as_ref()),
        ("--packs", ask.packs.as_ref()),
    ];
    for (option, value) in options
        .into_iter()
        .filter_map(|(option, value)| value.map(|value| (option, value)))
    {
        arguments.push(option.into());
        arguments.push(value.into());
    }
    arguments.push("--memory".into());
    arguments.push(ask.memory.to_string().into());
    arguments
}

/// The inside of a worker process.
pub(crate) fn serve_reader(ask: &Worker) -> Result<Done, Fault> {
    let kit = Kit::load(ask.packs.as_deref(), ask.ocr, ask.ocr_models.as_deref())?;
    let memory = ask.memory.map(|mebibytes| mebibytes << 20);
    let understanding = kit.understanding()?;
    quipu_pipeline::serve_worker(&kit.stage(&understanding), memory)
        .map_err(|error| Fault::could_not("a reading worker", error))?;
    Ok(Done::All)
}
