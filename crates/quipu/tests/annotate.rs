//! `quipu annotate` as a person or a program calls it. What is held here does
//! not hang on how well the models read, but for the plainest sentences.

#![allow(clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

/// What came of a call.
struct Called {
    code: i32,
    out: String,
    err: String,
}

impl Called {
    /// The lines of JSON, each read.
    fn records(&self) -> Vec<Value> {
        let lines = self.out.lines();
        lines
            .map(|line| serde_json::from_str(line).expect("a line of JSON"))
            .collect()
    }
}

/// Calls `quipu annotate` in a folder with words and bytes on standard input.
fn call_in(folder: &Path, words: &[&str], input: &[u8]) -> Called {
    let mut child = Command::new(env!("CARGO_BIN_EXE_quipu"))
        .arg("annotate")
        .args(words)
        .current_dir(folder)
        .env_remove("QUIPU_MODELS")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut stdin = child.stdin.take().expect("a pipe");
    let input = input.to_vec();
    // A call that refuses its words reads nothing.
    let feeding = std::thread::spawn(move || {
        let _ = stdin.write_all(&input);
    });
    let output = child.wait_with_output().expect("an end");
    feeding.join().expect("fed");
    let text = |bytes: Vec<u8>| String::from_utf8(bytes).expect("UTF-8");
    Called {
        code: output.status.code().expect("no signal"),
        out: text(output.stdout),
        err: text(output.stderr),
    }
}

fn call(words: &[&str], input: &str) -> Called {
    call_in(Path::new("."), words, input.as_bytes())
}

/// The code points `start..end` of a text.
fn between(text: &str, of: &Value) -> String {
    let place = |key: &str| usize::try_from(of[key].as_u64().expect("a place")).unwrap();
    let (start, end) = (place("start"), place("end"));
    assert!(start < end, "{of}");
    text.chars().skip(start).take(end - start).collect()
}

/// Rules that every record of a text keeps, and how many words it has.
fn check(text: &str, record: &Value) -> usize {
    let mut words = 0;
    for sentence in record["sentences"].as_array().expect("sentences") {
        assert!(!between(text, sentence).trim().is_empty());
        let all = sentence["words"].as_array().expect("words");
        words += all.len();
        for (at, word) in all.iter().enumerate() {
            assert_eq!(word["id"], at + 1);
            let letters = between(text, word);
            let alone = all
                .iter()
                .filter(|other| other["start"] == word["start"])
                .count();
            if alone == 1 {
                assert_eq!(word["form"], letters.as_str());
            }
            assert_eq!(word["head"] == 0, word["deprel"] == "root");
            assert!(word["head"].as_u64().unwrap() <= all.len() as u64);
            assert!(word["upos"].is_string() && word["lemma"].is_string());
            assert!(word["feats"].is_string());
        }
    }
    for name in record["names"].as_array().expect("names") {
        assert_eq!(name["text"], between(text, name).as_str());
        let kind = name["kind"].as_str().unwrap();
        assert!(["PER", "ORG", "LOC"].contains(&kind));
    }
    for list in ["times", "amounts"] {
        for one in record[list].as_array().expect("a list") {
            assert_eq!(one["text"], between(text, one).as_str());
        }
    }
    words
}

/// Rules of a table of CoNLL-U; gives its sentences as (text, words).
fn check_table(table: &str) -> Vec<(String, Vec<String>)> {
    let mut sentences = Vec::new();
    let mut ids = std::collections::BTreeSet::new();
    assert!(table.is_empty() || table.ends_with("\n\n"));
    for block in table.split_terminator("\n\n") {
        let (mut text, mut words, mut surface) = (None, Vec::new(), String::new());
        let (mut until, mut heads) = (0, Vec::new());
        for line in block.lines() {
            if let Some(comment) = line.strip_prefix("# ") {
                assert!(words.is_empty(), "comments stand above words");
                if let Some(said) = comment.strip_prefix("text = ") {
                    text = Some(said.to_owned());
                }
                if let Some(id) = comment.strip_prefix("sent_id = ") {
                    assert!(ids.insert(id.to_owned()), "{id} twice");
                }
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            assert_eq!(columns.len(), 10, "{line:?}");
            assert!(columns.iter().all(|column| !column.is_empty()), "{line:?}");
            let shows = |surface: &mut String| {
                surface.push_str(columns[1]);
                if !columns[9].split('|').any(|entry| entry == "SpaceAfter=No") {
                    surface.push(' ');
                }
            };
            if let Some((first, last)) = columns[0].split_once('-') {
                let (first, last): (usize, usize) = (first.parse().unwrap(), last.parse().unwrap());
                assert!(first == words.len() + 1 && last > first);
                until = last;
                shows(&mut surface);
                continue;
            }
            let id: usize = columns[0].parse().expect("a number");
            assert_eq!(id, words.len() + 1);
            words.push(columns[1].to_owned());
            heads.push((columns[6].parse::<usize>().expect("a head"), columns[7]));
            assert!(columns[9].starts_with("NER="), "{line:?}");
            if id > until {
                shows(&mut surface);
            }
        }
        assert!(heads.iter().all(|(head, _)| *head <= words.len()));
        let roots = heads.iter().filter(|(head, _)| *head == 0).count();
        assert_eq!(roots, 1, "{block}");
        let text = text.expect("a text");
        assert_eq!(surface.trim_end(), text, "words make up the text");
        sentences.push((text, words));
    }
    sentences
}

const ENGLISH: &str = "The judge met Nadia Farrow in Lima. She paid 50,000 dollars a month.\n";
const SPANISH: &str = "El ministro pagó al juez. La policía detuvo a Amadeo Quispe en Lima.\n";

#[test]
fn standard_input_gives_one_record_without_a_file() {
    for words in [&["--format", "json"][..], &["--format", "json", "-"]] {
        let called = call(words, ENGLISH);
        assert_eq!((called.code, called.err.as_str()), (0, ""));
        let records = called.records();
        assert_eq!(records.len(), 1);
        assert_eq!(records[0].get("file"), None);
        assert_eq!(records[0]["language"], "en");
        assert_eq!(check(ENGLISH, &records[0]), 15);
    }
}

#[test]
fn several_files_give_their_records_in_order() {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in [("b.txt", SPANISH), ("a.txt", ENGLISH), ("void.txt", "")] {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    let files = ["b.txt", "void.txt", "a.txt", "gone.txt", "b.txt"];
    let called = call_in(
        folder.path(),
        &[&["--format", "json"][..], &files].concat(),
        b"",
    );
    let records = called.records();
    let named: Vec<&str> = records
        .iter()
        .map(|r| r["file"].as_str().unwrap())
        .collect();
    assert_eq!(named, files);
    assert_eq!(records[0]["language"], "es");
    assert_eq!(records[1]["language"], Value::Null);
    assert_eq!(records[2]["language"], "en");
    check(SPANISH, &records[0]);
    check("", &records[1]);
    check(ENGLISH, &records[2]);
    // What is not there costs a line of its own and an exit status, no more.
    assert!(
        records[3]["error"]
            .as_str()
            .unwrap()
            .contains("cannot be read")
    );
    assert_eq!(called.err.lines().count(), 1);
    assert!(called.err.contains("gone.txt"), "{}", called.err);
    assert_eq!(called.code, 1);
    assert_eq!(records[0], records[4]);

    let called = call_in(
        folder.path(),
        &["--format", "conllu", "b.txt", "a.txt"],
        b"",
    );
    assert_eq!(called.code, 0);
    let sentences = check_table(&called.out);
    assert_eq!(sentences.len(), 4);
    let opened = |line: &&str| line.starts_with("# newdoc");
    let opened: Vec<&str> = called.out.lines().filter(opened).collect();
    assert_eq!(opened, ["# newdoc id = b.txt", "# newdoc id = a.txt"]);
}

#[test]
fn files_side_by_side_come_out_as_each_alone() {
    let folder = tempfile::tempdir().expect("a folder");
    let texts = [ENGLISH, SPANISH, "", "12, 13.", SPANISH, "(", ENGLISH];
    let mut names = Vec::new();
    for (at, text) in texts.iter().enumerate() {
        names.push(format!("{at}.txt"));
        std::fs::write(folder.path().join(&names[at]), text).expect("written");
    }
    for format in ["json", "text"] {
        let call = |threads: &str, files: &[&str]| {
            let words = ["--format", format, "--threads", threads];
            call_in(folder.path(), &[&words, files].concat(), b"").out
        };
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let together = call("1", &names);
        assert_eq!(together, call("4", &names));
        let alone: String = names.iter().map(|name| call("2", &[name])).collect();
        if format == "json" {
            assert_eq!(together, alone);
        } else {
            // Only the numbers of sentences run on.
            assert_eq!(together.lines().count(), alone.lines().count());
        }
    }
}

#[test]
fn a_margin_ends_no_sentence() {
    let flows = format!("{ENGLISH}{SPANISH}").repeat(4).replace('\n', " ");
    let mut broken = String::new();
    let mut column = 0;
    for word in flows.split_inclusive(' ') {
        if column + word.trim_end().len() > 62 {
            broken.pop();
            broken.push('\n');
            column = 0;
        }
        broken.push_str(word);
        column += word.len();
    }
    assert!(broken.len() == flows.len() && broken != flows);
    let of = |text: &str| call(&["--format", "json"], text).records().remove(0);
    let (flowing, broken_record) = (of(&flows), of(&broken));
    check(&broken, &broken_record);
    assert_eq!(flowing["sentences"], broken_record["sentences"]);
}

#[test]
fn each_sentence_is_read_in_its_language() {
    let text = format!("{ENGLISH}\n{SPANISH}\n{ENGLISH}");
    let called = call(&["--format", "json"], &text);
    let record = &called.records()[0];
    check(&text, record);
    let languages: Vec<&str> = record["sentences"]
        .as_array()
        .unwrap()
        .iter()
        .map(|sentence| sentence["language"].as_str().unwrap())
        .collect();
    assert_eq!(languages, ["en", "en", "es", "es", "en", "en"]);
    // A contraction is taken apart only where Spanish is spoken.
    let table = call(&["--format", "conllu"], &text).out;
    check_table(&table);
    assert!(table.contains("\tal\t_\t_\t_\t_\t_\t_\t_\t_\n"), "{table}");
    assert_eq!(table.matches("# newpar\n").count(), 3);

    for tag in ["en", "es"] {
        let called = call(&["--format", "json", "--lang", tag], &text);
        let record = &called.records()[0];
        assert_eq!(record["language"], tag);
        let sentences = record["sentences"].as_array().unwrap();
        assert!(sentences.iter().all(|sentence| sentence["language"] == tag));
    }
}

#[test]
fn offsets_count_code_points() {
    let text = "\u{FEFF}😀😀 Rufina Salvatierra pagó al juez.\r\n\r\n¿Qué le pagó? 𝔘n café a Nadia Farrow.\n";
    let called = call(&["--format", "json", "--lang", "es"], text);
    let record = &called.records()[0];
    assert!(check(text, record) > 10);
    let words = |record: &Value| -> Vec<String> {
        let sentences = record["sentences"].as_array().unwrap().iter();
        sentences
            .flat_map(|sentence| sentence["words"].as_array().unwrap())
            .map(|word| between(text, word))
            .collect()
    };
    let words = words(record);
    for word in ["Rufina", "pagó", "al", "café"] {
        assert!(words.iter().any(|one| one == word), "{word} in {words:?}");
    }
    assert!(!words.concat().contains('\u{FEFF}'));
}

#[test]
fn given_words_stay_and_offsets_count_in_the_sentence() {
    let table = "\u{FEFF}# newdoc id = d1\n# sent_id = d1-1\n# text = El ministro pagó al  juez.\n1\tEl\tx\tX\t_\tA=B\t9\tfoo\t_\tNER=B-LOC\n2\tministro\n3\tpagó\t_\t_\t_\t_\t_\t_\t_\t_\n4-5\tal\t_\t_\t_\t_\t_\t_\t_\t_\n4\ta\n5\tel\n6\tjuez\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n6.1\tgone\n7\t.\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\n# sent_id = d1-2\n# note = kept\n1\tNadia\n2\tFarrow\n3\tsaid\n4\tshe\n5\twould\n6\tnot\n7\tpay\n8\t.\n";
    let called = call(&["--input", "conllu", "--format", "conllu"], table);
    assert_eq!((called.code, called.err.as_str()), (0, ""));
    let sentences = check_table(&called.out.replace("al  juez", "al juez"));
    let words: Vec<String> = sentences.iter().map(|(_, words)| words.join(" ")).collect();
    assert_eq!(
        words,
        [
            "El ministro pagó a el juez .",
            "Nadia Farrow said she would not pay ."
        ]
    );
    for line in [
        "# newdoc id = d1",
        "# sent_id = d1-1",
        "# sent_id = d1-2",
        "# note = kept",
    ] {
        assert!(called.out.contains(&format!("{line}\n")), "{line}");
    }
    assert!(called.out.contains("# text = El ministro pagó al  juez.\n"));
    assert!(called.out.contains("# lang = es\n") && called.out.contains("# lang = en\n"));
    assert!(called.out.contains("\t.\t.\tPUNCT\t"), "{}", called.out);
    assert!(!called.out.contains("foo") && !called.out.contains("gone"));
    // What was annotated and given again comes out the same.
    let again = call(&["--input", "conllu", "--format", "conllu"], &called.out);
    assert_eq!(again.out, called.out);

    let called = call(&["--input", "conllu", "--format", "json"], table);
    let record = &called.records()[0];
    let sentences = record["sentences"].as_array().unwrap();
    assert_eq!(sentences.len(), 2);
    assert_eq!(sentences[0]["sent_id"], "d1-1");
    let text = sentences[0]["text"].as_str().unwrap();
    assert_eq!(text, "El ministro pagó al  juez.");
    assert_eq!(between(text, &sentences[0]["words"][5]), "juez");
    for name in record["names"].as_array().unwrap() {
        let number = usize::try_from(name["sentence"].as_u64().unwrap()).unwrap();
        let text = sentences[number - 1]["text"].as_str().unwrap();
        assert_eq!(name["text"], between(text, name).as_str());
    }
}

/// Tuples as words: subject, relation, arguments; all places are proved.
fn tuples(record: &Value, text: impl Fn(&Value) -> String) -> Vec<(String, String, Vec<String>)> {
    let mut all = Vec::new();
    for tuple in record["tuples"].as_array().unwrap() {
        let list = |key: &str| tuple[key].as_array().unwrap().clone();
        let subject = Some(tuple["subject"].clone()).filter(|subject| !subject.is_null());
        for place in subject
            .iter()
            .chain(&list("arguments"))
            .chain(&list("relation_words"))
        {
            assert_eq!(
                between(&text(place), place),
                place["text"].as_str().unwrap()
            );
        }
        let sure = tuple["confidence"].as_f64().unwrap();
        assert!((0.0..=1.0).contains(&sure));
        let word = |value: &Value| value["text"].as_str().unwrap().to_owned();
        all.push((
            subject.as_ref().map(word).unwrap_or_default(),
            tuple["relation"].as_str().unwrap().to_owned(),
            list("arguments").iter().map(word).collect(),
        ));
    }
    all
}

#[test]
fn clauses_are_tuples_in_their_own_words() {
    let text = "\u{1F41F} The judge arrested Nadia Farrow in Lima. She was born in Cuzco and had \
                never paid the mayor 500 dollars. Ana Paz is the head of the agency. \
                The money was not delivered by the company.";
    let record = &call(&["--format", "json", "--lang", "en"], text).records()[0];
    let found = tuples(record, |_| text.to_owned());
    let has = |subject: &str, relation: &str, arguments: &[&str]| {
        let wanted = (subject, relation);
        let one = found
            .iter()
            .find(|one| (one.0.as_str(), one.1.as_str()) == wanted);
        let own = one.map(|one| one.2.iter().map(String::as_str).collect::<Vec<_>>());
        assert_eq!(own.as_deref(), Some(arguments), "{wanted:?} in {found:?}");
    };
    has("The judge", "arrested", &["Nadia Farrow", "in Lima"]);
    has("She", "was born in", &["Cuzco"]);
    has("She", "had never paid", &["the mayor", "500 dollars"]);
    has("Ana Paz", "is", &["the head of the agency"]);
    has("The money", "was not delivered by", &["the company"]);
}

#[test]
fn who_is_spoken_of_again_is_a_chain() {
    let text = "Nadia Farrow paid the mayor. She left Lima in May.\n\nFarrow was arrested there.";
    let record = &call(&["--format", "json", "--lang", "en"], text).records()[0];
    let chains = record["chains"].as_array().unwrap();
    let words = |chain: &Value| -> Vec<String> {
        let mentions = chain.as_array().unwrap().iter();
        let words = mentions.map(|mention| between(text, mention));
        words.collect()
    };
    let all: Vec<Vec<String>> = chains.iter().map(words).collect();
    assert!(all.iter().all(|chain| chain.len() > 1), "{all:?}");
    let own = all
        .iter()
        .find(|chain| chain.contains(&"Nadia Farrow".to_owned()));
    assert_eq!(own.expect("her chain"), &["Nadia Farrow", "She", "Farrow"]);
}

#[test]
fn tuples_of_given_words_count_in_their_sentence() {
    let text = "Ana paid Luis.\nThe bank owed the union money.\n";
    let table = call(&["--format", "conllu", "--lang", "en"], text);
    let words = ["--input", "conllu", "--format", "json", "--lang", "en"];
    let record = &call(&words, &table.out).records()[0];
    let sentence = |place: &Value| {
        let number = usize::try_from(place["sentence"].as_u64().unwrap()).unwrap();
        record["sentences"][number - 1]["text"]
            .as_str()
            .unwrap()
            .to_owned()
    };
    let found = tuples(record, sentence);
    let subjects: Vec<&str> = found.iter().map(|one| one.0.as_str()).collect();
    assert_eq!(subjects, ["Ana", "The bank"]);
}

#[test]
fn a_table_that_does_not_fit_is_said() {
    let called = call(
        &["--input", "conllu", "--format", "json"],
        "No table at all.\n",
    );
    assert_eq!(called.code, 1);
    assert!(
        called.err.contains("no sentence in CoNLL-U"),
        "{}",
        called.err
    );
    assert_eq!(called.records()[0]["sentences"], Value::Array(Vec::new()));
    let odd = "# text = Other words.\n1\tNadia\n2\tpaid\n";
    let called = call(&["--input", "conllu", "--format", "json"], odd);
    assert_eq!(called.code, 1);
    assert!(called.err.contains("sentence 1"), "{}", called.err);
    assert_eq!(called.records()[0]["sentences"][0]["text"], "Nadia paid");
}

#[test]
fn any_number_of_threads_gives_the_same_bytes() {
    // Long enough for several stretches in both languages.
    let english = "The judge met Nadia Farrow in Lima, and she paid him. ".repeat(30);
    let spanish = "El ministro pagó al juez, y la policía detuvo a Quispe. ".repeat(30);
    let text = format!("{english}\n\n{spanish}\n\n").repeat(8);
    let table = call(&["--format", "conllu", "--threads", "1"], &text).out;
    check_table(&table);
    for (format, input, given) in [
        ("json", "text", &text),
        ("conllu", "text", &text),
        ("text", "text", &text),
        ("json", "conllu", &table),
        ("conllu", "conllu", &table),
    ] {
        let with = |threads: &str| {
            let words = ["--format", format, "--input", input, "--threads", threads];
            let called = call(&words, given);
            assert_eq!((called.code, called.err.as_str()), (0, ""));
            called.out
        };
        let one = with("1");
        assert!(one == with("2") && one == with("4"), "{format} of {input}");
    }
}

#[test]
fn hostile_bytes_are_annotated_and_said() {
    let mut state = 7_u32;
    let mut chance = || {
        state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        (state >> 24) as u8
    };
    let noise: Vec<u8> = (0..6_000).map(|_| chance()).collect();
    let zeros = vec![0; 3_000];
    let deep = b"(".repeat(3_000);
    let esc = b"a\x1b[31m\xE2\x80\xAEb\x07 \x1c\x1d\x1e\x1f \xC2\x85 \xE2\x80\xA8 x\n".repeat(40);
    for bytes in [&noise[..], &zeros, &deep, &esc] {
        let text = String::from_utf8_lossy(bytes);
        for (format, input) in [
            ("json", "text"),
            ("conllu", "text"),
            ("text", "text"),
            ("json", "conllu"),
            ("conllu", "conllu"),
        ] {
            let words = ["--format", format, "--input", input];
            let called = call_in(Path::new("."), &words, bytes);
            let sound = std::str::from_utf8(bytes).is_ok();
            assert_eq!(called.code, i32::from(!sound || input == "conllu"));
            assert_eq!(called.err.contains("are not UTF-8"), !sound);
            if input == "text" {
                match format {
                    "json" => _ = check(&text, &called.records()[0]),
                    "conllu" => _ = check_table(&called.out),
                    _ => {
                        let steers = |c: char| c != '\n' && c.is_control() || c == '\u{202E}';
                        assert!(!called.out.contains(steers));
                    }
                }
            }
        }
    }
}

#[test]
fn an_empty_input_gives_an_empty_answer() {
    for text in ["", "\n\n \t\n", "\u{FEFF}"] {
        assert_eq!(call(&["--format", "conllu"], text).out, "");
        assert_eq!(call(&["--format", "text"], text).out, "");
        let called = call(&["--format", "json"], text);
        assert_eq!(called.code, 0);
        assert_eq!(
            called.out,
            "{\"language\":null,\"sentences\":[],\"names\":[],\"times\":[],\"amounts\":[],\"attributions\":[],\"predicates\":[],\"chains\":[],\"tuples\":[]}\n"
        );
        assert_eq!(
            call(&["--format", "conllu", "--input", "conllu"], text).code,
            0
        );
    }
}

#[test]
fn trees_fit_a_page_and_keep_every_word() {
    let text = format!("{ENGLISH}{SPANISH}{}", "(".repeat(300));
    let called = call(&[], &text);
    assert_eq!(called.code, 0);
    assert!(
        called
            .out
            .lines()
            .take(40)
            .all(|line| line.chars().count() <= 100)
    );
    for word in [
        "Farrow",
        "50,000",
        "pagó",
        "root",
        "nsubj",
        "VERB",
        "characters 0 to 35",
    ] {
        assert!(called.out.contains(word), "{word} in\n{}", called.out);
    }
    assert!(
        !called.out.contains('\u{1b}'),
        "no colour but on a terminal"
    );
}

#[test]
fn wrong_use_is_told_in_a_line() {
    for words in [
        &["--bogus"][..],
        &["--format", "xml"],
        &["--input", "pdf"],
        &["--threads", "0"],
        &["--reference-date", "2024-02-30"],
        &["--reference-date", "1 May"],
        &["--lang", "qu"],
        &["--models", "no-such-folder"],
    ] {
        let called = call(words, "");
        assert_eq!(called.code, 2, "{words:?}: {}", called.err);
        assert!(!called.err.is_empty() && called.out.is_empty());
    }
    let called = call(&["--lang", "qu"], "");
    assert_eq!(
        called.err,
        "quipu: there is no model of the language `qu`; say --lang auto or one of: en, es\n"
    );
    assert_eq!(call(&["--reference-date", "1994-03-02"], "Paid.").code, 0);
    let help = call(&["--help"], "");
    assert_eq!(help.code, 0);
    for word in [
        "Examples:",
        "--format",
        "--lang",
        "--threads",
        "code points",
    ] {
        assert!(help.out.contains(word), "{word}");
    }
}

#[test]
fn a_reader_that_leaves_ends_the_work_quietly() {
    let mut child = Command::new(env!("CARGO_BIN_EXE_quipu"))
        .args(["annotate", "--format", "conllu"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    drop(child.stdout.take());
    let mut stdin = child.stdin.take().expect("a pipe");
    let text = ENGLISH.repeat(2_000);
    stdin.write_all(text.as_bytes()).expect("taken");
    drop(stdin);
    let output = child.wait_with_output().expect("an end");
    assert_eq!(output.status.code(), Some(0));
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
}

/// One time of a record by its words.
fn time<'a>(record: &'a Value, words: &str) -> &'a Value {
    let mut times = record["times"].as_array().expect("times").iter();
    times
        .find(|time| time["text"] == words)
        .unwrap_or_else(|| panic!("{words} is no time of {record}"))
}

const STORY: &str = "El señor Quispe fue detenido el 3 de marzo de 1998.\n\n\
    Tres días después declaró ante la fiscal. “Ayer no dije nada”, añadió.\n";

#[test]
fn times_say_what_they_mean_and_from_what() {
    let called = call(&["--format", "json", "--lang", "es"], STORY);
    let record = &called.records()[0];
    for time in record["times"].as_array().expect("times") {
        assert_eq!(time["text"], between(STORY, time).as_str());
        assert!(time["timex"].is_string() && time["rule"].is_string());
    }
    let later = time(record, "Tres días después");
    assert_eq!(later["edtf"], "1998-03-06");
    assert_eq!(later["type"], "DATE");
    let from = &later["anchored_on"];
    assert_eq!(between(STORY, from), "3 de marzo de 1998");
    assert_eq!(
        (&later["earliest"], &later["latest"]),
        (&later["edtf"], &later["edtf"])
    );
    assert!(later["reference"].is_null());

    let words = [
        "--format",
        "json",
        "--lang",
        "es",
        "--reference-date",
        "1998-03-10",
    ];
    let record = &call(&words, STORY).records()[0];
    let yesterday = time(record, "Ayer");
    assert_eq!(yesterday["edtf"], "1998-03-09");
    assert_eq!(yesterday["reference"], "1998-03-10");
}

#[test]
fn the_date_at_the_head_of_a_text_is_the_day_it_speaks_from() {
    let head = "The bank\n\nLIMA, March 2, 1994 - The judge resigned yesterday.\n";
    let record = &call(&["--format", "json", "--lang", "en"], head).records()[0];
    let yesterday = time(record, "yesterday");
    assert_eq!(yesterday["edtf"], "1994-03-01");
    assert_eq!(yesterday["reference"], "1994-03-02");
    // What is said on the command line goes before it.
    let words = [
        "--format",
        "json",
        "--lang",
        "en",
        "--reference-date",
        "2001-01-01",
    ];
    let record = &call(&words, head).records()[0];
    assert_eq!(time(record, "yesterday")["edtf"], "2000-12-31");
    // Without either it stays open.
    let record = &call(&["--format", "json"], "The judge resigned yesterday.").records()[0];
    let yesterday = time(record, "yesterday");
    assert!(yesterday["reference"].is_null() && yesterday["earliest"].is_null());
}

#[test]
fn a_story_goes_on_over_given_sentences_and_ends_with_its_document() {
    let sentence = |text: &str| {
        let words = text.split(' ').enumerate();
        let lines = words.map(|(at, word)| format!("{}\t{word}{}\n", at + 1, "\t_".repeat(8)));
        format!("# text = {text}\n{}\n", lines.collect::<String>())
    };
    let first = sentence("Ñandú met her on 3 March 1998 .");
    let second = sentence("Three days later he left .");
    let table = format!("# newdoc id = a\n{first}{second}# newdoc id = b\n{second}");
    let words = ["--format", "json", "--input", "conllu", "--lang", "en"];
    let record = &call(&words, &table).records()[0];
    let times: Vec<&Value> = record["times"].as_array().expect("times").iter().collect();
    for time in &times {
        let at = usize::try_from(time["sentence"].as_u64().expect("a sentence")).unwrap();
        let text = record["sentences"][at - 1]["text"]
            .as_str()
            .expect("a text");
        assert_eq!(time["text"], between(text, time).as_str());
    }
    assert_eq!(times.len(), 3, "{times:?}");
    assert_eq!(times[1]["edtf"], "1998-03-06");
    assert_eq!(
        (&times[1]["sentence"], &times[1]["start"]),
        (&2.into(), &0.into())
    );
    assert_eq!(times[1]["anchored_on"]["sentence"], 1);
    assert_eq!(times[1]["anchored_on"]["text"], times[0]["text"]);
    assert_eq!(times[2]["sentence"], 3);
    assert!(
        times[2]["anchored_on"].is_null(),
        "another document: {}",
        times[2]
    );
}

#[test]
fn people_see_times_too_and_what_no_calendar_has() {
    let called = call(
        &["--lang", "en"],
        "They met on 31 April 1992, not in early 1991.",
    );
    assert!(called.out.contains("early 1991 "), "{}", called.out);
    assert!(called.out.contains("1991-01~/1991-04~"), "{}", called.out);
    assert!(called.out.contains("no calendar has it"), "{}", called.out);
}
