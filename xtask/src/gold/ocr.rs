//! Reading of scans: our own scanned pages (`demo/scans`) against their truth,
//! by each engine that is there, in the same run.

use std::path::{Path, PathBuf};

use quipu_packs::Packs;
use quipu_read::ocr::{
    ErrorRate, OcrEngine, RtenEngine, Tesseract, error_rates, find_models, search_folders,
};
use quipu_read::{Input, Limits, Silent, Tools};

use crate::Score;

pub(crate) fn score(_data: &Path) -> Result<Vec<Score>, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let packs = Packs::embedded().map_err(|error| error.to_string())?;
    let mut pages: Vec<PathBuf> = std::fs::read_dir(root.join("demo/scans"))
        .map_err(|error| format!("demo/scans: {error}"))?
        .filter_map(|entry| entry.ok().map(|entry| entry.path()))
        .filter(|path| path.extension().is_some_and(|ending| ending != "txt"))
        .filter(|path| path.with_extension("txt").is_file())
        .collect();
    pages.sort();
    let named = root.join("models/ocr");
    let folders = search_folders(Some(&named), None, &|name| std::env::var_os(name));
    let models = find_models(&folders).map_err(|error| error.to_string())?;
    let mut engines: Vec<(&str, Box<dyn OcrEngine>)> = Vec::new();
    if let Some(models) = models {
        engines.push(("rten", Box::new(RtenEngine::new(models, 2))));
    }
    if let Some(tesseract) = Tesseract::find() {
        engines.push(("tesseract", Box::new(tesseract)));
    }
    if engines.is_empty() {
        return Err("no OCR engine is there; run scripts/fetch-ocr-models".to_owned());
    }
    let mut scores = Vec::new();
    for (name, engine) in &engines {
        let tools = Tools {
            packs: &packs,
            ocr: Some(&**engine),
            limits: Limits::default(),
        };
        let mut by_language: Vec<(String, ErrorRate, usize)> = Vec::new();
        for page in &pages {
            let (rate, stem) = read(page, &tools)?;
            println!("  {name:<10} {stem:<18} CER {:>6.2}%", rate.cer());
            let language = stem.split('-').next().unwrap_or_default().to_owned();
            match by_language
                .iter_mut()
                .find(|(known, ..)| *known == language)
            {
                Some((_, sum, count)) => (*sum, *count) = (sum.and(rate), *count + 1),
                None => by_language.push((language, rate, 1)),
            }
        }
        for (language, rate, count) in by_language {
            let note = format!(
                "{} of {} characters, {count} pages",
                rate.character_errors, rate.characters
            );
            scores.push(Score {
                what: format!("{name} {language} character errors"),
                figure: format!("{:.2}%", rate.cer()),
                note,
            });
            scores.push(Score {
                what: format!("{name} {language} word errors"),
                figure: format!("{:.2}%", rate.wer()),
                note: format!("{} of {} words", rate.word_errors, rate.words),
            });
        }
    }
    Ok(scores)
}

fn read(page: &Path, tools: &Tools<'_>) -> Result<(ErrorRate, String), String> {
    let said = |error: std::io::Error| format!("{}: {error}", page.display());
    let bytes = std::fs::read(page).map_err(said)?;
    let truth = std::fs::read_to_string(page.with_extension("txt")).map_err(said)?;
    let name = page.file_name().unwrap_or_default().to_string_lossy();
    let input = Input {
        bytes: &bytes,
        name: &name,
    };
    let document = quipu_read::read(&input, tools, &mut Silent::default());
    let stem = page.file_stem().unwrap_or_default().to_string_lossy();
    Ok((
        error_rates(&truth, &document.transcript.text),
        stem.into_owned(),
    ))
}
