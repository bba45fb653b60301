//! The language of sentences: alone, in mixed documents, and foreign ones.

use std::path::Path;
use std::time::Instant;

use quipu_read::tell_text;

use crate::Score;
use crate::repair::sentences;

/// Scores the language of sentences on development texts.
pub(crate) fn score(data: &Path) -> Result<Vec<Score>, String> {
    let packs = crate::packs()?;
    let mut scores = Vec::new();
    let english = sentences(&data.join("en/ud-ewt/dev.conllu"))?;
    let ancora = sentences(&data.join("es/ancora/dev.conllu"))?;
    let gsd = sentences(&data.join("es/gsd/dev.conllu"))?;
    for (what, tag, texts) in [
        ("English web sentences, each alone", "en", &english),
        ("Spanish press sentences, each alone", "es", &ancora),
        ("Spanish web sentences, each alone", "es", &gsd),
    ] {
        for least in [1, 5] {
            let asked: Vec<&String> = texts
                .iter()
                .filter(|text| text.split_whitespace().count() >= least)
                .collect();
            let wrong = |text: &&&String| {
                let told = tell_text(text, &[], &packs);
                !told
                    .iter()
                    .any(|told| told.language.as_deref() == Some(tag))
            };
            let missed: Vec<&&String> = asked.iter().filter(wrong).collect();
            if least == 5 {
                for text in missed.iter().take(30) {
                    println!("  not {tag}: {text}");
                }
            }
            scores.push(Score::share(
                &format!("{what}, {least}+ words"),
                asked.len() - missed.len(),
                asked.len(),
            ));
        }
    }
    // Five of one, five of the other, as in a dossier of quotations.
    let mut mixed = String::new();
    let mut wanted = Vec::new();
    for (en, es) in english.chunks(5).zip(gsd.chunks(5)) {
        for (tag, block) in [("en", en), ("es", es)] {
            for sentence in block {
                wanted.push((mixed.len()..mixed.len() + sentence.len(), tag));
                mixed.push_str(sentence);
                mixed.push_str("\n\n");
            }
        }
    }
    let start = Instant::now();
    let told = tell_text(&mixed, &[], &packs);
    let seconds = start.elapsed().as_secs_f64();
    let mut right = 0;
    let mut told_sentences = told.iter().peekable();
    for (range, tag) in &wanted {
        let mut all = true;
        while let Some(told) = told_sentences.next_if(|told| told.span.range().start < range.end) {
            all &= told.language.as_deref() == Some(tag);
        }
        right += usize::from(all);
    }
    scores.push(Score::share(
        "Mixed document, five and five",
        right,
        wanted.len(),
    ));
    let words = mixed.split_whitespace().count();
    scores.push(Score {
        what: "Words a second".to_owned(),
        figure: format!("{:.0}", words as f64 / seconds),
        note: format!("{words} words, sentences found and told"),
    });
    let cases = Path::new(env!("CARGO_MANIFEST_DIR")).join("../cases/language/foreign.txt");
    let foreign = std::fs::read_to_string(&cases).map_err(|error| error.to_string())?;
    let foreign: Vec<(&str, &str)> = foreign
        .lines()
        .filter_map(|line| line.split_once('\t'))
        .collect();
    let mut refused = 0;
    for (tag, sentence) in &foreign {
        let told = tell_text(sentence, &[], &packs);
        if told.iter().all(|told| told.language.is_none()) {
            refused += 1;
        } else {
            println!(
                "  {tag} taken for {:?}: {sentence}",
                told.first().and_then(|told| told.language.clone())
            );
        }
    }
    scores.push(Score::share(
        "Foreign sentences refused",
        refused,
        foreign.len(),
    ));
    Ok(scores)
}
