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
    first: bool,
    names: Names,
    free: Vec<bool>,
}

fn main() {
    let args: Vec<String> = std::env::args().skip(1).collect();
    let model = std::fs::read(&args[0]).expect("model");
    if args[2].ends_with(".spans") {
        return recall(&model, &args[2]);
    }
    let golds = gold(&args[2], args.get(3).map(String::as_str));
    let one = std::env::var_os("ONE").is_some();
    let starts: Vec<usize> = (0..golds.len())
        .filter(|at| *at == 0 || golds[*at].first && !one)
        .chain([golds.len()])
        .collect();
    let (none, packs) = (Packs::default(), Packs::embedded().expect("packs"));
    // Raw annotations are kept: only the rules are run anew.
    let cache = format!(
        "/tmp/raw-{}-{}-{one}.bin",
        args[1],
        args[2].replace('/', "_")
    );
    let raws = cached(&cache, || {
        let annotator = Annotator::read(&[&model], &none).expect("sound");
        let mut hands = Hands::default();
        let one = |document: &[usize]| {
            let golds = &golds[document[0]..document[1]];
            let given: Vec<GivenSentence> =
                golds.iter().map(|gold| gold.sentence.clone()).collect();
            annotator.annotate_given(&given, &args[1], &mut hands)
        };
        starts.windows(2).map(one).collect()
    });
    let said = |packs: &Packs| {
        let mut told = Vec::new();
        for (document, raw) in starts.windows(2).zip(&raws) {
            let golds = &golds[document[0]..document[1]];
            let text = golds
                .iter()
                .map(|g| g.sentence.text.as_str())
                .collect::<Vec<_>>()
                .join("\n");
            if packs.name_sheets().is_empty() {
                told.extend(tags(golds, raw));
                continue;
            }
            let made = quipu_annotate::replay(&text, raw, packs);
            told.extend(tags(golds, &made));
            if std::env::var_os("SHOW").is_some() {
                show(&text, &made);
            }
        }
        told
    };
    let before = said(&none);
    let after = said(&packs);
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
    if std::env::var_os("ERRORS").is_some() {
        for (gold, after) in golds.iter().zip(&after) {
            let of = |(a, b, k): &(usize, usize, String)| {
                let w = &gold.sentence.words;
                let from = w[a.saturating_sub(2)].letters.start;
                let to = w[(*b + 1).min(w.len() - 1)].letters.end;
                let t = &gold.sentence.text;
                format!(
                    "{}[{k} {}]{}",
                    &t[from..w[*a].letters.start],
                    &t[w[*a].letters.start..w[*b - 1].letters.end],
                    &t[w[*b - 1].letters.end..to]
                )
            };
            let missed: Vec<String> = gold
                .names
                .iter()
                .filter(|n| !after.contains(n))
                .map(of)
                .collect();
            let wrong: Vec<String> = after
                .iter()
                .filter(|n| !gold.names.contains(n))
                .map(of)
                .collect();
            if !missed.is_empty() || !wrong.is_empty() {
                println!("E {}  <<< {}", missed.join(" | "), wrong.join(" | "));
            }
        }
    }
}

fn cached(path: &str, make: impl FnOnce() -> Vec<AnnotatedText>) -> Vec<AnnotatedText> {
    use quipu_model::Layout;
    if let Ok(bytes) = std::fs::read(path) {
        return Vec::from_bytes(&bytes).expect("layout");
    }
    let made = make();
    std::fs::write(path, made.to_bytes()).expect("cache");
    made
}

fn show(text: &str, made: &AnnotatedText) {
    plain(text, made);
    for name in made
        .names
        .iter()
        .filter(|n| !n.titles.is_empty() || !n.aliases.is_empty())
    {
        let all = |s: &[quipu_model::Span<quipu_model::Repaired>]| {
            s.iter()
                .map(|s| s.of(text).unwrap_or("?"))
                .collect::<Vec<_>>()
                .join(" ; ")
        };
        println!(
            "T <{}> {} {{{}}}",
            all(&name.titles),
            name.span.of(text).unwrap_or("?"),
            all(&name.aliases)
        );
    }
    for a in &made.acronyms {
        println!(
            "A {} = {}",
            a.short.of(text).unwrap_or("?"),
            a.long.of(text).unwrap_or("?")
        );
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
    let mut first = false;
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
                        ..GivenSentence::default()
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
                first,
                names,
                free,
            });
            first = false;
            rows.clear();
        } else if line.starts_with("# newdoc") {
            first = true;
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

/// Recall of persons whose bytes are given behind each text.
fn recall(model: &[u8], path: &str) {
    let file = std::fs::read_to_string(path).expect("spans");
    let (none, packs) = (Packs::default(), Packs::embedded().expect("packs"));
    let raws = cached(&format!("/tmp/raw-{}.bin", path.replace('/', "_")), || {
        let annotator = Annotator::read(
            &[model],
            if std::env::var_os("FULL").is_some() {
                &packs
            } else {
                &none
            },
        )
        .expect("sound");
        let mut hands = Hands::default();
        let texts = file
            .lines()
            .filter_map(|line| Some(line.rsplit_once('\t')?.0));
        texts
            .map(|text| annotator.annotate(&text.replace('\u{2029}', "\n\n"), &[], &[], &mut hands))
            .collect()
    });
    let words: usize = raws
        .iter()
        .flat_map(|raw| &raw.sentences)
        .map(|s| s.tokens.len())
        .sum();
    let clock = std::time::Instant::now();
    for (line, raw) in file.lines().zip(&raws) {
        let text = line
            .rsplit_once('\t')
            .expect("tab")
            .0
            .replace('\u{2029}', "\n\n");
        let mut copy = raw.clone();
        copy.names.clear();
        std::hint::black_box(quipu_annotate::replay(&text, &copy, &packs));
    }
    let base = clock.elapsed();
    let clock = std::time::Instant::now();
    for (line, raw) in file.lines().zip(&raws) {
        let text = line
            .rsplit_once('\t')
            .expect("tab")
            .0
            .replace('\u{2029}', "\n\n");
        let mut copy = raw.clone();
        copy.acronyms.clear();
        std::hint::black_box(quipu_annotate::replay(&text, &copy, &packs));
    }
    println!(
        "{words} words; without names {base:?}, with {:?}",
        clock.elapsed()
    );
    for (label, packs) in [("before", &none), ("after", &packs)] {
        let (mut total, mut exact, mut covered, mut told) = (0, 0, 0, 0);
        for (line, raw) in file.lines().zip(&raws) {
            let Some((text, spans)) = line.rsplit_once('\t') else {
                continue;
            };
            let text = &text.replace('\u{2029}', "\n\n");
            let made = if label == "before" {
                raw.clone()
            } else {
                quipu_annotate::replay(text, raw, packs)
            };
            let found: Vec<_> = made
                .names
                .iter()
                .filter(|n| n.kind.word() == "PER")
                .map(|n| n.span.range())
                .collect();
            told += found.len();
            for span in spans.split(' ') {
                let (a, b) = span.split_once(',').expect("two");
                let want = a.parse::<usize>().expect("a")..b.parse::<usize>().expect("b");
                total += 1;
                exact += usize::from(found.contains(&want));
                let hit = found
                    .iter()
                    .any(|f| f.start <= want.start && want.end <= f.end);
                covered += usize::from(hit);
                if label == "after"
                    && !found.contains(&want)
                    && std::env::var_os("ERRORS").is_some()
                {
                    let from = (want.start.saturating_sub(40)..want.start)
                        .find(|i| text.is_char_boundary(*i))
                        .unwrap_or(0);
                    let to = ((want.end + 25).min(text.len())..=text.len())
                        .find(|i| text.is_char_boundary(*i))
                        .unwrap_or(text.len());
                    let near: Vec<String> = made
                        .names
                        .iter()
                        .filter(|n| n.span.range().start < to && n.span.range().end > from)
                        .map(|n| format!("[{} {}]", n.kind, n.span.of(text).unwrap_or("?")))
                        .collect();
                    println!(
                        "E {}[{}]{}  <<< {}",
                        &text[from..want.start],
                        &text[want.clone()],
                        &text[want.end..to],
                        near.join(" ")
                    );
                }
            }
            if label == "after" && std::env::var_os("SHOW").is_some() {
                show(text, &made);
            }
        }
        println!(
            "{label} tagged {total} exact {exact} ({:.2}) covered {covered} ({:.2}) told {told}",
            100. * exact as f64 / total as f64,
            100. * covered as f64 / total as f64
        );
    }
}

fn plain(text: &str, made: &AnnotatedText) {
    if std::env::var_os("PLAIN").is_none() {
        return;
    }
    let mut out = String::new();
    let mut at = 0;
    for n in &made.names {
        let r = n.span.range();
        out.push_str(&text[at..r.start]);
        out.push_str(&format!("[{} {}]", n.kind, &text[r.clone()]));
        at = r.end;
    }
    out.push_str(&text[at..]);
    println!("{out}");
}
