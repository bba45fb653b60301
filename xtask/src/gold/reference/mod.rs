//! Reference inside a document: chains against OntoGUM and LitBank.

mod measure;
mod read;

use std::collections::BTreeMap;
use std::path::Path;

use quipu_annotate::{Annotator, Hands, conllu, embedded};
use quipu_claims::{ReferenceInput, ReferenceReader, TimeReader, TimesInput};
use quipu_model::{AnnotatedText, MentionKind, Repaired, Span};
use quipu_packs::{PackFiles, Packs};

use crate::Score;
use measure::{Chain, Measures, Mention, Sums};
use read::Document;

/// Links of one rule: right, between two chains of the key, or of a mention that
/// the key has not.
#[derive(Debug, Clone, Copy, Default)]
struct Links {
    right: usize,
    wrong: usize,
    unknown: usize,
}

/// What a set gives.
#[derive(Default)]
struct Figures {
    measures: Measures,
    names: Links,
    by_rule: BTreeMap<String, Links>,
    missed: BTreeMap<String, usize>,
}

/// Scores the sets that are there.
pub(crate) fn score(data: &Path) -> Result<Vec<Score>, String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let files = PackFiles::from_folder(&root).map_err(|error| error.to_string())?;
    let packs = Packs::load(&files).map_err(|error| error.to_string())?;
    let annotator = embedded(&packs).map_err(|error| error.to_string())?;
    let reader = ReferenceReader::new(&packs).map_err(|error| error.to_string())?;
    let times = TimeReader::new(&packs).map_err(|error| error.to_string())?;
    let part = std::env::var("QUIPU_GUM_PART").unwrap_or_else(|_| "dev".to_owned());
    if std::env::var_os("QUIPU_LINKS").is_some() {
        let broken = quipu_claims::reference::check(&packs, |tag, text| {
            let languages = [quipu_model::SentenceLanguage {
                span: Span::from_usize(0, text.len()),
                language: Some(tag.to_owned()),
            }];
            annotator.annotate(text, &languages, &[], &mut Hands::default())
        });
        for broken in broken.map_err(|error| error.to_string())? {
            println!("{}: {}\n    {}", broken.rule, broken.text, broken.message);
        }
    }
    let mut scores = Vec::new();
    for (title, documents) in [
        ("OntoGUM", read::ontogum(data, &part)),
        ("LitBank", read::litbank(data)),
    ] {
        if std::env::var_os("QUIPU_GUM_ONLY").is_some() && title == "LitBank" {
            continue;
        }
        match documents {
            Ok(documents) => {
                let figures = figures(&documents, &annotator, &reader, &times);
                scores.extend(figures.scores(title, &documents));
            }
            Err(reason) => scores.push(Score {
                what: format!("{title}: CoNLL F1"),
                figure: "-".to_owned(),
                note: reason,
            }),
        }
    }
    Ok(scores)
}

fn figures(
    documents: &[Document],
    annotator: &Annotator<'_>,
    reader: &ReferenceReader,
    times: &TimeReader,
) -> Figures {
    let mut made = Figures::default();
    let mut hands = Hands::default();
    for document in documents {
        let given = conllu::read(&document.table);
        let annotated = annotator.annotate_given(&given, "en", &mut hands);
        let texts: Vec<&str> = given.iter().map(|given| given.text.as_str()).collect();
        let text = texts.join("\n");
        let words = words(&annotated, &text);
        let times = times.read(&TimesInput {
            text: &text,
            annotated: Some(&annotated),
            ..TimesInput::default()
        });
        let references = reader.read(&ReferenceInput {
            text: &text,
            annotated: &annotated,
            times: &times.value,
            amounts: &[],
        });
        if words.len() != document.words {
            eprintln!(
                "  {}: {} words for {}",
                document.name,
                words.len(),
                document.words
            );
        }
        let mut ours: Vec<Chain> = Vec::new();
        for chain in references.chains() {
            let written = chain.mentions.iter().filter(|own| !own.span.is_empty());
            let all: Chain = written.map(|own| numbers(&words, own.span)).collect();
            if all.len() > 1 {
                ours.push(all);
            }
        }
        made.links(&references, &words, document, &text);
        made.measures.add(&document.chains, &ours);
        if std::env::var("QUIPU_SHOW").is_ok_and(|name| name == document.name) {
            show(&document.chains, &ours, &words, &text);
        }
    }
    made
}

fn show(key: &[Chain], found: &[Chain], words: &[Span<Repaired>], text: &str) {
    for (title, chains) in [("key", key), ("found", found)] {
        println!("-- {title}");
        for chain in chains {
            let shown: Vec<String> = chain
                .iter()
                .map(|(first, last)| {
                    let span = words[*first].join(words[*last]);
                    let said: String = span.of(text).unwrap_or_default().chars().take(60).collect();
                    format!("{said}@{first}")
                })
                .collect();
            println!("{}", shown.join(" | "));
        }
    }
}

/// The letters of all words.
fn words(annotated: &AnnotatedText, text: &str) -> Vec<Span<Repaired>> {
    let sentences = annotated.sentences.iter();
    sentences
        .flat_map(|sentence| sentence.own_letters(text, 0))
        .collect()
}

/// First and last word of a span.
fn numbers(words: &[Span<Repaired>], span: Span<Repaired>) -> Mention {
    let first = words.partition_point(|word| word.end() <= span.start());
    let behind = words.partition_point(|word| word.start() < span.end());
    (first, behind.saturating_sub(1).max(first))
}

impl Figures {
    /// How each rule's links do against the key.
    fn links(
        &mut self,
        references: &quipu_claims::References,
        words: &[Span<Repaired>],
        document: &Document,
        text: &str,
    ) {
        let mut place: BTreeMap<Mention, usize> = BTreeMap::new();
        for (at, chain) in document.chains.iter().enumerate() {
            place.extend(chain.iter().map(|mention| (*mention, at)));
        }
        let mut linked = std::collections::BTreeSet::new();
        for chain in references.all() {
            let mut before: Option<usize> = None;
            let mut named: Option<usize> = None;
            for own in chain.mentions.iter().filter(|own| !own.span.is_empty()) {
                let mention = numbers(words, own.span);
                let known = place.get(&mention).copied();
                if !own.rule.is_empty() {
                    let links = self.by_rule.entry(own.rule.clone()).or_default();
                    match (known, before) {
                        (Some(one), Some(other)) if one == other => links.right += 1,
                        (Some(_), Some(_)) => links.wrong += 1,
                        _ => links.unknown += 1,
                    }
                    linked.insert(mention);
                    if std::env::var("QUIPU_RULE").is_ok_and(|rule| own.rule == rule)
                        && known != before
                    {
                        let said = own.span.of(text).unwrap_or_default();
                        let at = own.span.start().saturating_sub(200);
                        let at = (0..=at)
                            .rev()
                            .find(|at| text.is_char_boundary(*at as usize));
                        let context = Span::<Repaired>::new(at.unwrap_or(0), own.span.start());
                        println!(
                            "{}: [{said}] -> {} ({known:?} {before:?}) …{}",
                            document.name,
                            chain.name,
                            context.of(text).unwrap_or_default().replace('\n', " / ")
                        );
                    }
                }
                if own.kind == MentionKind::Name {
                    match (known, named) {
                        (Some(one), Some(other)) if one == other => self.names.right += 1,
                        (Some(_), Some(_)) => self.names.wrong += 1,
                        (_, Some(_)) => self.names.unknown += 1,
                        _ => {}
                    }
                    named = known.or(named);
                }
                before = known.or(before);
            }
        }
        for chain in &document.chains {
            for mention in chain.iter().skip(1) {
                if !linked.contains(mention) {
                    let word = words[mention.0].of(text).unwrap_or_default().to_lowercase();
                    let long = if mention.0 == mention.1 { "" } else { " …" };
                    *self.missed.entry(format!("{word}{long}")).or_default() += 1;
                }
            }
        }
    }

    fn scores(&self, title: &str, documents: &[Document]) -> Vec<Score> {
        let percent = |figure: f64| format!("{:.1}", 100.0 * figure);
        let row = |what: &str, sums: &Sums| Score {
            what: format!("{title}: {what}"),
            figure: percent(sums.f1()),
            note: format!(
                "precision {}, recall {}",
                percent(sums.precision()),
                percent(sums.recall())
            ),
        };
        let measures = &self.measures;
        if std::env::var_os("QUIPU_LINKS").is_some() {
            for (rule, links) in &self.by_rule {
                println!(
                    "  {rule:<36} right {:>5} wrong {:>5} unknown {:>5}",
                    links.right, links.wrong, links.unknown
                );
            }
            let mut missed: Vec<_> = self.missed.iter().collect();
            missed.sort_by_key(|(word, count)| (std::cmp::Reverse(**count), (*word).clone()));
            let shown: Vec<String> = missed
                .iter()
                .take(80)
                .map(|(word, count)| format!("{word}:{count}"))
                .collect();
            println!("  missed {}", shown.join(", "));
        }
        let both = self.names.right + self.names.wrong;
        vec![
            Score {
                what: format!("{title}: CoNLL F1"),
                figure: percent(measures.conll()),
                note: format!(
                    "{} documents, their words given; mean F1 of the next three",
                    documents.len()
                ),
            },
            row("MUC", &measures.muc),
            row("B-cubed", &measures.b_cubed),
            row("CEAF of entities", &measures.ceaf),
            row("mentions", &measures.mentions),
            Score {
                note: format!(
                    "{} of {both}; {} more tie a mention that the key does not have",
                    self.names.right, self.names.unknown
                ),
                ..Score::share(
                    &format!("{title}: links between names that are right"),
                    self.names.right,
                    both,
                )
            },
        ]
    }
}
