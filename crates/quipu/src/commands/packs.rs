//! `quipu packs`: what the program knows of languages and kinds, written out as plain
//! files, and changed ones checked.

use std::fs;
use std::path::Path;

use quipu_annotate::{Hands, check_names, embedded};
use quipu_claims::{amounts, claims, times};
use quipu_model::{SentenceLanguage, Span};
use quipu_packs::{Broken, PackFiles, Packs as Loaded};

use crate::Done;
use crate::cli::{Packs, PacksAsk};
use crate::fault::Fault;
use crate::tools::wrong_packs;

pub(crate) fn packs(ask: &Packs) -> Result<Done, Fault> {
    match &ask.what {
        PacksAsk::Write { folder } => write(folder),
        PacksAsk::Check { folder } => check(folder),
    }
}

fn write(folder: &Path) -> Result<Done, Fault> {
    if fs::read_dir(folder).is_ok_and(|mut entries| entries.next().is_some()) {
        let words = format!("{} is there already; name a new folder", folder.display());
        return Err(Fault::wrong_use(words));
    }
    let files = PackFiles::embedded();
    let mut count = 0;
    for path in files.paths() {
        let failed = |error| Fault::could_not(&folder.join(path).display().to_string(), error);
        let place = folder.join(path);
        fs::create_dir_all(place.parent().unwrap_or(folder)).map_err(failed)?;
        fs::write(&place, files.bytes(path).unwrap_or_default()).map_err(failed)?;
        count += 1;
    }
    eprintln!("{}: {count} files", folder.display());
    Ok(Done::All)
}

/// Checks everything in a folder of packs; what is wrong is told a line each.
fn check(folder: &Path) -> Result<Done, Fault> {
    let wrong = |error: &dyn std::fmt::Display| wrong_packs(Some(folder), error);
    let files = PackFiles::from_folder(folder).map_err(|error| wrong(&error))?;
    let packs = Loaded::load(&files).map_err(|error| wrong(&error))?;
    let annotator = embedded(&packs).map_err(|error| Fault::could_not("the models", error))?;
    let mut hands = Hands::default();
    let mut broken = packs.check();
    broken.extend(quipu_read::check_repair(&packs));
    broken.extend(check_names(&packs));
    broken.extend(times::check(&packs).map_err(|error| wrong(&error))?);
    broken.extend(amounts::check(&packs).map_err(|error| wrong(&error))?);
    let annotate = |tag: &str, text: &str| {
        let languages = [SentenceLanguage {
            span: Span::from_usize(0, text.len()),
            language: Some(tag.to_owned()),
        }];
        annotator.annotate(&quipu_annotate::flowing(text), &languages, &[], &mut hands)
    };
    broken.extend(claims::check(&packs, annotate).map_err(|error| wrong(&error))?);
    for broken in &broken {
        println!("{}", told(folder, &files, broken));
    }
    let count = files.paths().count();
    match broken.len() {
        0 => {
            eprintln!("{}: {count} files, all sound", folder.display());
            Ok(Done::All)
        }
        wrong => {
            eprintln!(
                "{}: {count} files, {wrong} broken promises",
                folder.display()
            );
            Ok(Done::WithTroubles)
        }
    }
}

/// A broken promise with its file and line.
fn told(folder: &Path, files: &PackFiles, broken: &Broken) -> String {
    let words = format!("{broken}; change the rule, or the example if it promises too much");
    match files.place_of(&broken.rule, &broken.text) {
        Some((file, line)) => format!("{}, line {line}: {words}", folder.join(file).display()),
        None => words,
    }
}
