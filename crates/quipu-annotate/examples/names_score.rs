//! Names before and after the rules of the packs, held against gold:
//! `names_score MODEL LANG GOLD [WORDS]`. GOLD has words and tags (IOB2); where
//! WORDS (CoNLL-U) is given, words are taken from there, sentence by sentence.
#![allow(clippy::print_stdout, clippy::expect_used)]

use std::collections::BTreeMap;

use quipu_annotate::conllu::{GivenSentence, GivenWord};
use quipu_annotate::{Annotator, Hands};
use quipu_model::AnnotatedText;
use quipu_packs::Packs;

type Names = Vec<(usize, usize, String)>;

struct Gold {
    sentence: GivenSentence,
    names: Names,
    free: Vec<bool>,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let model = std::fs::read(&args[0]).expect("model");
    let golds = gold(&args[2], args.get(3).map(String::as_str));
    let given: Vec<GivenSentence> = golds.iter().map(|gold| gold.sentence.clone()).collect();
    let (none, packs) = (Packs::default(), Packs::embedded().expect("packs"));
    let said = |packs: &Packs| {
        let annotator = Annotator::read(&[&model], packs).expect("sound");
        annotator.annotate_given(&given, &args[1], &mut Hands::default())
    };
    let before = tags(&golds, &said(&none));
    let after_text = said(&packs);
    let after = tags(&golds, &after_text);
    for (label, told) in [("before", &before), ("after", &after)] {
        score(label, &golds, told);
    }
    for ((gold, before), after) in golds.iter().zip(&before).zip(&after) {
        if before != after {
            let show = |names: &Names| {
                let of = |(a, b, k): &(usize, usize, String)| {
                    let w = &gold.sentence.words;
                    format!(
                        "{k}:{}",
                        &gold.sentence.text[w[*a].letters.start..w[*b - 1].letters.end]
                    )
                };
                names.iter().map(of).collect::<Vec<_>>().join(" | ")
            };
            let only = |a: &Names, b: &Names| {
                a.iter()
                    .filter(|n| !b.contains(n))
                    .cloned()
                    .collect::<Names>()
            };
            let verdict = |n: &Names| n.iter().filter(|n| gold.names.contains(n)).count();
            let (lost, won) = (only(before, after), only(after, before));
            let good = verdict(&won) as i64 - verdict(&lost) as i64;
            println!(
                "{good:+} {} ==> {}\n      {}",
                show(&lost),
                show(&won),
                gold.sentence.text
            );
        }
    }
    if std::env::var_os("SHOW").is_some() {
        let text = given
            .iter()
            .map(|g| g.text.as_str())
            .collect::<Vec<_>>()
            .join("\n");
        for name in after_text
            .names
            .iter()
            .filter(|n| !n.titles.is_empty() || !n.aliases.is_empty())
        {
            let all = |s: &[quipu_model::Span<quipu_model::Repaired>]| {
                s.iter()
                    .map(|s| s.of(&text).unwrap_or("?"))
                    .collect::<Vec<_>>()
                    .join(" ; ")
            };
            println!(
                "T <{}> {} {{{}}}",
                all(&name.titles),
                name.span.of(&text).unwrap_or("?"),
                all(&name.aliases)
            );
        }
        for a in &after_text.acronyms {
            println!(
                "A {} = {}",
                a.short.of(&text).unwrap_or("?"),
                a.long.of(&text).unwrap_or("?")
            );
        }
    }
}

fn tags(golds: &[Gold], made: &AnnotatedText) -> Vec<Names> {
    let mut offset = 0;
    let mut out = Vec::new();
    for gold in golds {
        let mut names = Names::new();
        for name in &made.names {
            let span = name.span.range();
            if span.start < offset || span.start >= offset + gold.sentence.text.len() + 1 {
                continue;
            }
            let inside: Vec<usize> = (0..gold.sentence.words.len())
                .filter(|w| {
                    let l = &gold.sentence.words[*w].letters;
                    l.start + offset >= span.start && l.end + offset <= span.end
                })
                .collect();
            if let (Some(a), Some(b)) = (inside.first(), inside.last()) {
                if inside.iter().all(|w| gold.free[*w]) {
                    names.push((*a, b + 1, name.kind.word().to_owned()));
                }
            }
        }
        out.push(names);
        offset += gold.sentence.text.len() + 1;
    }
    out
}

fn score(label: &str, golds: &[Gold], told: &[Names]) {
    let mut by: BTreeMap<String, [usize; 3]> = BTreeMap::new();
    for (gold, told) in golds.iter().zip(told) {
        for name in &gold.names {
            for k in [name.2.clone(), "all".into()] {
                by.entry(k).or_default()[0] += 1;
            }
        }
        for name in told {
            for k in [name.2.clone(), "all".into()] {
                let e = by.entry(k).or_default();
                e[1] += 1;
                e[2] += usize::from(gold.names.contains(name));
            }
        }
    }
    for (k, [g, t, c]) in by {
        let (p, r) = (c as f64 / t.max(1) as f64, c as f64 / g.max(1) as f64);
        println!(
            "{label:7}{k:5} gold {g:5} told {t:5} right {c:5}  P {:.2} R {:.2} F1 {:.2}",
            100. * p,
            100. * r,
            200. * p * r / (p + r).max(1e-9)
        );
    }
}

fn gold(path: &str, words: Option<&str>) -> Vec<Gold> {
    let text = std::fs::read_to_string(path).expect("gold");
    let given = words
        .map(|path| quipu_annotate::conllu::read(&std::fs::read_to_string(path).expect("words")));
    let mut out = Vec::new();
    let mut rows: Vec<(String, String)> = Vec::new();
    for line in text.lines().chain([""]) {
        if line.trim().is_empty() {
            if rows.is_empty() {
                continue;
            }
            let sentence = match &given {
                Some(given) => given[out.len()].clone(),
                None => {
                    let mut text = String::new();
                    let mut words = Vec::new();
                    for (form, _) in &rows {
                        words.push(GivenWord {
                            letters: text.len()..text.len() + form.len(),
                            form: None,
                        });
                        text.push_str(form);
                        text.push(' ');
                    }
                    GivenSentence {
                        text: text.trim_end().to_owned(),
                        words,
                    }
                }
            };
            assert_eq!(sentence.words.len(), rows.len(), "{}", sentence.text);
            let mut names = Names::new();
            let mut free = Vec::new();
            for (at, (_, tag)) in rows.iter().enumerate() {
                let (iob, kind) = tag.split_once('-').unwrap_or(("O", ""));
                free.push(kind != "UNK");
                if !["PER", "ORG", "LOC"].contains(&kind) {
                    continue;
                }
                match names.last_mut() {
                    Some(last) if iob == "I" && last.1 == at && last.2 == kind => last.1 = at + 1,
                    _ => names.push((at, at + 1, kind.to_owned())),
                }
            }
            out.push(Gold {
                sentence,
                names,
                free,
            });
            rows.clear();
        } else if !line.starts_with("# ") {
            let columns: Vec<&str> = line.split('\t').collect();
            let [form, tag] = if columns.len() > 2 {
                [columns[1], columns[2]]
            } else {
                [columns[0], columns[1]]
            };
            rows.push((form.to_owned(), tag.to_owned()));
        }
    }
    out
}
