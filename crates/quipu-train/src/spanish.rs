//! The commands that make Spanish training data.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::io::{self, Write as _};
use std::path::Path;

use quipu_train::cess::brackets;
use quipu_train::cess::names::NameKind;
use quipu_train::cess::sentence::{Converted, convert};
use quipu_train::cess::tables::Tables;
use quipu_train::compare::{self, Agreement};
use quipu_train::conllu::{self, Sentence};
use quipu_train::portion::{Portion, portion};

/// AnCora dev: two of five documents are kept out.
const ANCORA: (u64, u64) = (2, 5);

/// A document of AnCora dev with its sentences.
type Documents = BTreeMap<String, Vec<Sentence>>;

fn documents(sentences: Vec<Sentence>) -> Documents {
    let mut documents = Documents::new();
    let mut name = String::new();
    for sentence in sentences {
        if let Some(id) = sentence.comment("newdoc id") {
            id.clone_into(&mut name);
        }
        documents.entry(name.clone()).or_default().push(sentence);
    }
    documents
}

fn read_file(path: &Path) -> io::Result<String> {
    std::fs::read_to_string(path)
        .map_err(|error| io::Error::new(error.kind(), format!("{}: {error}", path.display())))
}

/// Every converted sentence of a folder, by file.
fn converted(folder: &Path) -> io::Result<BTreeMap<String, Vec<Converted>>> {
    let tables = Tables::embedded();
    let mut all = BTreeMap::new();
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        let Some(name) = path.file_name().and_then(|name| name.to_str()) else {
            continue;
        };
        if path.extension().is_none_or(|extension| extension != "tbf") {
            continue;
        }
        let trees = brackets::read(&read_file(&path)?);
        let sentences = trees.iter().map(|tree| convert(tree, &tables)).collect();
        all.insert(name.trim_end_matches(".tbf").to_owned(), sentences);
    }
    Ok(all)
}

/// A converted sentence beside AnCora's annotation of the same text.
struct Pair {
    document: String,
    gold: Sentence,
    made: Converted,
}

fn pairs(data: &Path) -> io::Result<Vec<Pair>> {
    let ancora = documents(conllu::read(&read_file(&data.join("ancora/dev.conllu"))?));
    let map = read_file(&data.join("cess-check/map.tsv"))?;
    let files = converted(&data.join("cess-check"))?;
    let mut pairs = Vec::new();
    let mut used: BTreeSet<(String, usize)> = BTreeSet::new();
    for line in map.lines().skip(1) {
        let Some((file, document)) = line.split_once('\t') else {
            continue;
        };
        let (Some(made), Some(gold)) = (
            files.get(file.trim_end_matches(".tbf")),
            ancora.get(document.trim()),
        ) else {
            continue;
        };
        for sentence in made {
            let text = compare::letters(&sentence.sentence);
            let found = gold.iter().enumerate().find(|(at, candidate)| {
                !used.contains(&(document.to_owned(), *at)) && compare::letters(candidate) == text
            });
            if let Some((at, found)) = found {
                used.insert((document.to_owned(), at));
                pairs.push(Pair {
                    document: document.trim().to_owned(),
                    gold: found.clone(),
                    made: sentence.clone(),
                });
            }
        }
    }
    Ok(pairs)
}

/// Prints how far the conversion agrees with AnCora on sentences of the same text.
pub(crate) fn agreement(data: &Path, differences: bool) -> io::Result<()> {
    let pairs = pairs(data)?;
    let mut out = String::new();
    for part in [Portion::Training, Portion::KeptOut] {
        let mut total = Agreement::default();
        for pair in &pairs {
            if portion(&pair.document, ANCORA.0, ANCORA.1) == part {
                compare::add(&mut total, &pair.gold, &pair.made.sentence);
            }
        }
        report(&mut out, part, &total);
    }
    if differences {
        for pair in &pairs {
            // Only the trainable part may be looked at.
            if portion(&pair.document, ANCORA.0, ANCORA.1) == Portion::Training {
                show_differences(&mut out, pair);
            }
        }
    }
    io::stdout().write_all(out.as_bytes())
}

fn report(out: &mut String, part: Portion, total: &Agreement) {
    let name = if part == Portion::Training {
        "A (tuned on)"
    } else {
        "B (kept out)"
    };
    let _ = writeln!(
        out,
        "part {name}: {} sentences, {} words of AnCora, {} of ours\n\
         words {:.2}  UPOS {:.2}  FEATS {:.2}  lemma {:.2}  UAS {:.2}  LAS {:.2}",
        total.sentences,
        total.gold,
        total.system,
        total.f1(total.words),
        total.f1(total.upos),
        total.f1(total.feats),
        total.f1(total.lemma),
        total.f1(total.heads),
        total.f1(total.labelled)
    );
    let mut relations: Vec<_> = total.by_relation.iter().collect();
    relations.sort_by_key(|(_, counts)| std::cmp::Reverse(counts[0]));
    for (relation, [all, heads, both]) in relations {
        let _ = writeln!(out, "  {relation:12} {all:5} head {heads:5} both {both:5}");
    }
    let mut confusion: Vec<_> = total.confusion.iter().collect();
    confusion.sort_by_key(|(_, count)| std::cmp::Reverse(**count));
    for ((gold, made), count) in confusion.iter().take(40) {
        let _ = writeln!(out, "  {count:4} {gold} read as {made}");
    }
}

fn show_differences(out: &mut String, pair: &Pair) {
    let to_gold: BTreeMap<usize, usize> = compare::matched(&pair.gold, &pair.made.sentence)
        .into_iter()
        .map(|(gold, made)| (made, gold))
        .collect();
    let _ = writeln!(out, "\n# {}", pair.gold.comment("text").unwrap_or_default());
    for (at, word) in pair.made.sentence.words.iter().enumerate() {
        let gold = to_gold.get(&at).and_then(|&gold| pair.gold.words.get(gold));
        let head = |head: usize, words: &[conllu::Word]| match head.checked_sub(1) {
            None => "ROOT".to_owned(),
            Some(at) => words
                .get(at)
                .map_or(String::new(), |word| word.form.clone()),
        };
        let Some(gold) = gold else {
            let _ = writeln!(out, "? {} {} {}", at + 1, word.form, word.upos);
            continue;
        };
        let same_head = match word.head.checked_sub(1) {
            None => gold.head == 0,
            Some(head) => to_gold
                .get(&head)
                .is_some_and(|&head| head + 1 == gold.head),
        };
        let upos = if gold.upos == word.upos {
            ""
        } else {
            &gold.upos
        };
        if same_head
            && gold.deprel == word.deprel
            && upos.is_empty()
            && gold.feats == word.feats
            && gold.lemma == word.lemma
        {
            continue;
        }
        let context = pair.made.contexts.get(at).cloned().flatten();
        let context = context.map_or(String::new(), |context| context.columns().join(" "));
        let feats = if gold.feats == word.feats {
            String::new()
        } else {
            format!(" F:{}>{}", word.feats, gold.feats)
        };
        let lemma = if gold.lemma == word.lemma {
            String::new()
        } else {
            format!(" L:{}>{}", word.lemma, gold.lemma)
        };
        let _ = writeln!(
            out,
            "{}{} {} {}>{upos} | {} {} | AnCora {} {} | {context}{feats}{lemma}",
            if same_head { " " } else { "H" },
            at + 1,
            word.form,
            word.upos,
            word.deprel,
            head(word.head, &pair.made.sentence.words),
            gold.deprel,
            head(gold.head, &pair.gold.words),
        );
    }
}

/// Writes GSD in the manner of AnCora, as far as a table can bring it there.
pub(crate) fn gsd(data: &Path, out: &Path) -> io::Result<()> {
    std::fs::create_dir_all(out)?;
    let sentences = conllu::read(&read_file(&data.join("gsd/dev.conllu"))?);
    let text: String = sentences
        .iter()
        .map(|sentence| conllu::write(&quipu_train::gsd::to_ancora(sentence)))
        .collect();
    std::fs::write(out.join("gsd-ancora-style.conllu"), text)
}

/// Prints arcs of the trainable part whose governor agrees: context and true relation.
pub(crate) fn contexts(data: &Path) -> io::Result<()> {
    let mut out = String::new();
    for pair in pairs(data)? {
        if portion(&pair.document, ANCORA.0, ANCORA.1) != Portion::Training {
            continue;
        }
        let matched = compare::matched(&pair.gold, &pair.made.sentence);
        let to_gold: BTreeMap<usize, usize> = matched.iter().map(|&(g, m)| (m, g)).collect();
        for (gold, made) in matched {
            let (Some(mine), Some(word)) = (
                pair.gold.words.get(gold),
                pair.made.sentence.words.get(made),
            ) else {
                continue;
            };
            let same = word
                .head
                .checked_sub(1)
                .and_then(|head| to_gold.get(&head))
                .map(|head| head + 1)
                == Some(mine.head);
            if let (true, Some(Some(context))) = (same, pair.made.contexts.get(made)) {
                let _ = writeln!(
                    out,
                    "{}\t{}\t{}",
                    context.columns().join("\t"),
                    mine.deprel,
                    word.deprel
                );
            }
        }
    }
    io::stdout().write_all(out.as_bytes())
}

/// Converts everything and writes the training folder.
pub(crate) fn convert_all(data: &Path, out: &Path) -> io::Result<()> {
    std::fs::create_dir_all(out)?;
    let ancora = conllu::read(&read_file(&data.join("ancora/dev.conllu"))?);
    let measured: BTreeSet<String> = ancora
        .iter()
        .map(compare::letters)
        .filter(|text| text.chars().count() > 30)
        .collect();
    let files = converted(&data.join("cess"))?;
    let kinds = common_kinds(&files);
    let mut log = String::new();
    for (part, name) in [(Portion::Training, "train"), (Portion::KeptOut, "kept-out")] {
        let mut written = Written::default();
        for (file, sentences) in &files {
            if portion(group(file), CESS.0, CESS.1) == part {
                written.file(file, sentences, &kinds, &measured);
            }
        }
        written.put(out, name, &mut log)?;
    }
    let check = converted(&data.join("cess-check"))?;
    let map = read_file(&data.join("cess-check/map.tsv"))?;
    let map: BTreeMap<&str, &str> = map
        .lines()
        .skip(1)
        .filter_map(|line| line.split_once('\t'))
        .collect();
    for (part, name) in [
        (Portion::Training, "check-A"),
        (Portion::KeptOut, "check-B"),
    ] {
        let mut written = Written::default();
        for (file, sentences) in &check {
            let document = map
                .get(format!("{file}.tbf").as_str())
                .map_or("", |name| name.trim());
            if portion(document, ANCORA.0, ANCORA.1) == part {
                written.file(file, sentences, &kinds, &BTreeSet::new());
            }
        }
        written.put(out, name, &mut log)?;
    }
    for (part, name) in [(Portion::Training, "A"), (Portion::KeptOut, "B")] {
        let (mut list, mut text, mut count) = (String::new(), String::new(), [0, 0]);
        let mut document = String::new();
        for sentence in &ancora {
            if let Some(id) = sentence.comment("newdoc id") {
                id.clone_into(&mut document);
                if portion(&document, ANCORA.0, ANCORA.1) == part {
                    let _ = writeln!(list, "{document}");
                }
            }
            if portion(&document, ANCORA.0, ANCORA.1) == part {
                text.push_str(&conllu::write(sentence));
                count[0] += 1;
                count[1] += sentence.words.len();
            }
        }
        std::fs::write(out.join(format!("split-ancora-dev-{name}.txt")), &list)?;
        std::fs::write(out.join(format!("ancora-dev-{name}.conllu")), &text)?;
        let documents = list.lines().count();
        let _ = writeln!(
            log,
            "ancora-dev-{name}\t{documents} documents\t{} sentences\t{} words",
            count[0], count[1]
        );
    }
    std::fs::write(out.join("counts.tsv"), &log)?;
    io::stdout().write_all(log.as_bytes())
}

/// CESS: one of ten groups of files is kept out.
const CESS: (u64, u64) = (1, 10);

/// The text a file is a piece of: `14710_20000218_1` and `_2` are one article,
/// `t1-0` and `t1-1` come from one book.
fn group(file: &str) -> &str {
    match file.rsplit_once('-') {
        Some((start, _)) => start,
        None => match file.rsplit_once('_') {
            Some((start, end)) if end.len() == 1 => start,
            _ => file,
        },
    }
}

/// The kind most often given to each written name, for names the corpus leaves open.
fn common_kinds(files: &BTreeMap<String, Vec<Converted>>) -> BTreeMap<String, NameKind> {
    let mut counts: BTreeMap<String, BTreeMap<NameKind, usize>> = BTreeMap::new();
    for sentence in files.values().flatten() {
        for &(kind, first, count) in &sentence.names {
            if kind != NameKind::Unknown {
                let form = written_name(&sentence.sentence, first, count);
                *counts.entry(form).or_default().entry(kind).or_default() += 1;
            }
        }
    }
    counts
        .into_iter()
        .filter_map(|(form, kinds)| {
            let best = kinds
                .into_iter()
                .max_by_key(|&(kind, count)| (count, std::cmp::Reverse(kind)))?;
            Some((form, best.0))
        })
        .collect()
}

fn written_name(sentence: &Sentence, first: usize, count: usize) -> String {
    let words = sentence
        .words
        .iter()
        .skip(first.saturating_sub(1))
        .take(count);
    words
        .map(|word| word.form.as_str())
        .collect::<Vec<_>>()
        .join(" ")
}

/// What goes into the files of one part.
#[derive(Default)]
struct Written {
    list: String,
    treebank: String,
    names: String,
    sentences: usize,
    words: usize,
    left_out: usize,
    mended: usize,
    kinds: BTreeMap<NameKind, usize>,
}

impl Written {
    fn file(
        &mut self,
        file: &str,
        sentences: &[Converted],
        kinds: &BTreeMap<String, NameKind>,
        measured: &BTreeSet<String>,
    ) {
        let _ = writeln!(self.list, "{file}");
        let mut first = true;
        for (at, made) in sentences.iter().enumerate() {
            if made.sentence.words.is_empty() {
                continue;
            }
            if measured.contains(&compare::letters(&made.sentence)) {
                self.left_out += 1;
                continue;
            }
            let mut sentence = made.sentence.clone();
            let mut comments = Vec::new();
            if first {
                comments.push(format!("newdoc id = CESS-{file}"));
            }
            first = false;
            comments.push(format!("sent_id = CESS-{file}-s{}", at + 1));
            comments.append(&mut sentence.comments);
            if made.mended {
                self.mended += 1;
                comments.push("note = brackets mended by the indentation".to_owned());
            }
            sentence.comments = comments;
            self.names(made, &sentence, kinds);
            self.sentences += 1;
            self.words += sentence.words.len();
            self.treebank.push_str(&conllu::write(&sentence));
        }
    }

    fn names(&mut self, made: &Converted, sentence: &Sentence, kinds: &BTreeMap<String, NameKind>) {
        let mut tags = vec!["O".to_owned(); sentence.words.len()];
        for &(kind, first, count) in &made.names {
            let kind = match kind {
                NameKind::Unknown => {
                    let form = written_name(sentence, first, count);
                    kinds.get(&form).copied().unwrap_or(kind)
                }
                known => known,
            };
            *self.kinds.entry(kind).or_default() += 1;
            for id in first..first + count {
                if let Some(tag) = tags.get_mut(id.saturating_sub(1)) {
                    *tag = format!("{}-{}", if id == first { "B" } else { "I" }, kind.tag());
                }
            }
        }
        for comment in &sentence.comments {
            let _ = writeln!(self.names, "# {comment}");
        }
        for (at, (word, tag)) in sentence.words.iter().zip(&tags).enumerate() {
            let _ = writeln!(self.names, "{}\t{}\t{tag}", at + 1, word.form);
        }
        self.names.push('\n');
    }

    fn put(&self, out: &Path, name: &str, log: &mut String) -> io::Result<()> {
        std::fs::write(out.join(format!("split-cess-{name}.txt")), &self.list)?;
        std::fs::write(out.join(format!("cess-ud-{name}.conllu")), &self.treebank)?;
        std::fs::write(out.join(format!("cess-names-{name}.iob2")), &self.names)?;
        let kinds: Vec<String> = self
            .kinds
            .iter()
            .map(|(kind, count)| format!("{} {count}", kind.tag()))
            .collect();
        let _ = writeln!(
            log,
            "cess-{name}\t{} files\t{} sentences\t{} words\t{} left out (text is in AnCora dev)\t{} mended\t{}",
            self.list.lines().count(),
            self.sentences,
            self.words,
            self.left_out,
            self.mended,
            kinds.join(", ")
        );
        Ok(())
    }
}
