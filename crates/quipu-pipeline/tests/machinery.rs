//! The machinery with a reader of made-up documents: nothing lost, nothing
//! doubled, nothing that depends on how many hands there are.
#![allow(clippy::unwrap_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

use quipu_archive::{Archive, Snapshot};
use quipu_model::NoticeLevel;

fn trial(arguments: &[&str]) -> Output {
    trial_with(arguments, "1")
}

fn trial_with(arguments: &[&str], version: &str) -> Output {
    trial_of(arguments, &[("TRIAL_VERSION", version)])
}

fn trial_of(arguments: &[&str], settings: &[(&str, &str)]) -> Output {
    let output = Command::new(env!("CARGO_BIN_EXE_pipeline-trial"))
        .args(arguments)
        .envs(settings.iter().copied())
        .output()
        .unwrap();
    assert!(
        output.status.success(),
        "{arguments:?}: {}{}",
        String::from_utf8_lossy(&output.stdout),
        String::from_utf8_lossy(&output.stderr)
    );
    output
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

fn run(archive: &Path, folder: &Path, more: &[&str]) -> String {
    let mut arguments = vec!["run", text(archive), text(folder)];
    arguments.extend(more);
    String::from_utf8(trial(&arguments).stdout).unwrap()
}

fn export(archive: &Path) -> Vec<u8> {
    trial(&["export", text(archive)]).stdout
}

fn open(archive: &Path) -> Snapshot {
    Archive::open(archive).unwrap().snapshot().unwrap()
}

struct Room {
    _folder: tempfile::TempDir,
    archive: PathBuf,
    sources: PathBuf,
}

fn room() -> Room {
    let folder = tempfile::tempdir().unwrap();
    let sources = folder.path().join("sources");
    fs::create_dir(&sources).unwrap();
    Room {
        archive: folder.path().join("a.quipu"),
        sources,
        _folder: folder,
    }
}

#[test]
fn exports_are_equal_with_any_number_of_hands() {
    let room = room();
    trial(&["make", text(&room.sources), "220", "5"]);
    let ways: [&[&str]; 4] = [
        &["--hands", "1"],
        &["--hands", "2"],
        &["--hands", "8"],
        &["--hands", "3", "--here"],
    ];
    let mut all: Vec<(Vec<u8>, Vec<u8>)> = Vec::new();
    for (number, way) in ways.iter().enumerate() {
        let archive = room.archive.with_extension(number.to_string());
        run(&archive, &room.sources, way);
        trial(&["verify", text(&archive)]);
        let ledger = fs::read(archive.join("ledger.log")).unwrap();
        all.push((export(&archive), ledger));
    }
    let first = &all[0];
    assert!(first.0.len() > 100_000);
    // In this process nothing turns an abort into a notice, so the made-up
    // documents hold none below number 419.
    for other in &all[1..] {
        assert!(other.0 == first.0, "exports differ");
        assert!(other.1 == first.1, "ledgers differ");
    }
}

#[test]
fn what_is_unchanged_is_not_read_again() {
    let room = room();
    trial(&["make", text(&room.sources), "60", "3"]);
    let first = run(&room.archive, &room.sources, &[]);
    assert!(
        first.contains("unchanged: 2,"),
        "two files are there twice: {first}"
    );
    let ledger = fs::read(room.archive.join("ledger.log")).unwrap();
    let again = run(&room.archive, &room.sources, &[]);
    assert!(
        again.contains("read: 0,") && again.contains("unchanged: 60,"),
        "{again}"
    );
    assert_eq!(fs::read(room.archive.join("ledger.log")).unwrap(), ledger);

    // The same bytes under a new time are hashed and known.
    let path = room.sources.join("000/000001.txt");
    let bytes = fs::read(&path).unwrap();
    fs::write(&path, &bytes).unwrap();
    let touched = run(&room.archive, &room.sources, &[]);
    assert!(touched.contains("read: 0,"), "{touched}");
    // Changed bytes are another source; the old one stays.
    let before = open(&room.archive).overview(0).unwrap().sources;
    fs::write(&path, "title: changed\n").unwrap();
    let changed = run(&room.archive, &room.sources, &[]);
    assert!(changed.contains("read: 1,"), "{changed}");
    assert_eq!(open(&room.archive).overview(0).unwrap().sources, before + 1);
    trial(&["verify", text(&room.archive)]);
}

#[test]
fn another_recipe_reads_everything_again() {
    let room = room();
    trial(&["make", text(&room.sources), "30", "3"]);
    run(&room.archive, &room.sources, &[]);
    let wanted = export(&room.archive);
    let ledger = fs::read(room.archive.join("ledger.log")).unwrap();
    let arguments = ["run", text(&room.archive), text(&room.sources)];
    let again = String::from_utf8(trial_with(&arguments, "2").stdout).unwrap();
    assert!(!again.contains("read: 0,"), "{again}");
    assert_eq!(export(&room.archive), wanted);
    assert_eq!(fs::read(room.archive.join("ledger.log")).unwrap(), ledger);
}

#[test]
fn better_rules_understand_documents_without_reading_them_again() {
    let room = room();
    fs::write(
        room.sources.join("a.txt"),
        "date: 1991-03\nen|It was then.\n",
    )
    .unwrap();
    run(&room.archive, &room.sources, &[]);
    let rules = || {
        let archive = open(&room.archive);
        let source = archive.sources_after(None, 1).unwrap()[0];
        let document = archive.document(source).unwrap().unwrap();
        let times = document.reading.times.iter();
        (
            document.read,
            times.map(|time| time.rule.clone()).collect::<Vec<_>>(),
        )
    };
    let (document, first) = rules();
    assert_eq!(first, ["trial.1"]);
    // Nobody can read the source any more, and nobody needs to.
    let archive = Archive::open(&room.archive).unwrap();
    let source = open(&room.archive).sources_after(None, 1).unwrap()[0];
    fs::remove_file(archive.originals().path(source)).unwrap();
    fs::remove_file(room.sources.join("a.txt")).unwrap();
    for way in [&[][..], &["--here"]] {
        let version = if way.is_empty() { "2" } else { "3" };
        let mut arguments = vec!["run", text(&room.archive), text(&room.sources)];
        arguments.extend(way);
        trial_of(&arguments, &[("TRIAL_READING", version)]);
        let (same, newer) = rules();
        assert_eq!(newer, [format!("trial.{version}")]);
        assert_eq!(same, document);
    }
    let again = trial_of(
        &["run", text(&room.archive), text(&room.sources)],
        &[("TRIAL_READING", "3")],
    );
    assert!(String::from_utf8_lossy(&again.stdout).contains("read: 0,"));
}

#[test]
fn a_document_that_cannot_be_understood_keeps_its_text() {
    let room = room();
    for how in ["abort", "hang", "panic"] {
        let content = format!("title: {how}\nen|These words stay.\n?!{how}\n");
        fs::write(room.sources.join(format!("{how}.txt")), content).unwrap();
    }
    let tally = run(&room.archive, &room.sources, &[]);
    assert!(tally.contains("damaged: 3,"), "{tally}");
    open(&room.archive)
        .each_document::<quipu_archive::ArchiveError>(|document| {
            assert!(document.read.repaired.text.contains("These words stay."));
            let notice = &document.reading.notices[0];
            assert_eq!(notice.code, "reading.failed");
            assert_eq!(document.line.level, Some(NoticeLevel::Damaged));
            Ok(())
        })
        .unwrap();
    trial(&["verify", text(&room.archive)]);
}

#[test]
fn derived_data_can_be_thrown_away() {
    let room = room();
    trial(&["make", text(&room.sources), "40", "3"]);
    run(&room.archive, &room.sources, &[]);
    let wanted = export(&room.archive);
    for derived in ["search", "shelf.sqlite"] {
        let path = room.archive.join(derived);
        if path.is_dir() {
            fs::remove_dir_all(&path).unwrap();
        } else {
            fs::remove_file(&path).unwrap();
        }
        run(&room.archive, &room.sources, &[]);
        assert!(
            export(&room.archive) == wanted,
            "{derived} was not made again"
        );
    }
}

#[test]
fn a_lost_original_is_mended_by_the_same_file() {
    let room = room();
    let path = room.sources.join("a.txt");
    fs::write(&path, "title: one\n").unwrap();
    run(&room.archive, &room.sources, &[]);
    let source = open(&room.archive).sources_after(None, 1).unwrap()[0];
    let archive = Archive::open(&room.archive).unwrap();
    fs::remove_file(archive.originals().path(source)).unwrap();
    run(&room.archive, &room.sources, &[]);
    trial(&["verify", text(&room.archive)]);
}

#[test]
fn a_reader_that_fails_costs_one_document_its_text() {
    let room = room();
    for (name, content) in [
        ("abort.txt", "!abort\n"),
        ("hang.txt", "!hang\n"),
        ("hog.txt", "!hog\n"),
        ("panic.txt", "!panic\n"),
        ("print.txt", "!print\n"),
        ("sound.txt", "title: sound\nen|All is well.\n"),
    ] {
        fs::write(room.sources.join(name), content).unwrap();
    }
    let tally = run(&room.archive, &room.sources, &["--hands", "2"]);
    assert!(
        tally.contains("read: 2,") && tally.contains("refused: 4,"),
        "{tally}"
    );
    let snapshot = open(&room.archive);
    let refused = snapshot.all_notices(NoticeLevel::Refused, 0, 9).unwrap();
    let codes: Vec<String> = refused
        .iter()
        .map(|(_, notice)| notice.code.clone())
        .collect();
    assert_eq!(
        codes,
        ["read.failed", "read.memory", "read.memory", "read.stalled"]
    );
    for (source, notice) in &refused {
        assert!(notice.next_step.is_some());
        assert!(snapshot.original(*source).unwrap().starts_with(b"!"));
    }
    assert_eq!(snapshot.overview(0).unwrap().searchable, 6);
}

fn boxed(files: &[(&str, &[u8])]) -> Vec<u8> {
    let mut bytes = b"BOX\n".to_vec();
    for (name, content) in files {
        bytes.extend_from_slice(format!("{name} {}\n", content.len()).as_bytes());
        bytes.extend_from_slice(content);
    }
    bytes
}

#[test]
fn files_inside_files_are_sources_with_their_container() {
    let room = room();
    let inner = boxed(&[("b.txt", b"title: inner\n"), ("a.txt", b"title: outer\n")]);
    let outer = boxed(&[("a.txt", b"title: outer\n"), ("in.box", &inner)]);
    fs::write(room.sources.join("all.box"), outer).unwrap();
    run(&room.archive, &room.sources, &[]);
    let snapshot = open(&room.archive);
    let mut paths = Vec::new();
    snapshot
        .each_document::<quipu_archive::ArchiveError>(|document| {
            paths.push((
                document.line.path,
                document.places.len(),
                document.parts.len(),
            ));
            Ok(())
        })
        .unwrap();
    paths.sort();
    let wanted = [
        ("sources/all.box", 1, 2),
        ("sources/all.box/a.txt", 2, 0),
        ("sources/all.box/in.box", 1, 2),
        ("sources/all.box/in.box/b.txt", 1, 0),
    ];
    let wanted = wanted.map(|(path, places, parts)| (path.to_owned(), places, parts));
    assert_eq!(paths, wanted);
}

#[test]
fn boxes_without_end_are_bounded() {
    let room = room();
    // Deeper than the trial's bound of three.
    let mut deep = boxed(&[("bottom.txt", b"title: bottom\n")]);
    for _ in 0..6 {
        deep = boxed(&[("deeper.box", &deep)]);
    }
    fs::write(room.sources.join("deep.box"), deep).unwrap();
    // More than the trial's bound of forty files, spread over two boxes.
    let contents: Vec<(String, Vec<u8>)> = (0..60)
        .map(|i| (format!("{i}.txt"), format!("title: {i}\n").into_bytes()))
        .collect();
    let parts: Vec<(&str, &[u8])> = contents
        .iter()
        .map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
        .collect();
    let (left, right) = parts.split_at(30);
    let (left, right) = (boxed(left), boxed(right));
    let wide = boxed(&[("left.box", &left), ("right.box", &right)]);
    fs::write(room.sources.join("wide.box"), wide).unwrap();
    run(&room.archive, &room.sources, &[]);
    let snapshot = open(&room.archive);
    let damaged = snapshot.all_notices(NoticeLevel::Damaged, 0, 9).unwrap();
    let codes: Vec<&str> = damaged
        .iter()
        .map(|(_, notice)| notice.code.as_str())
        .collect();
    assert_eq!(codes, ["part.depth", "part.many"]);
    // deep and three boxes in it; wide, two boxes, 38 files.
    assert_eq!(snapshot.overview(0).unwrap().sources, 4 + 3 + 38);
}

#[cfg(unix)]
#[test]
fn links_and_devices_are_told_and_not_followed() {
    let room = room();
    let secret = room.archive.with_extension("secret");
    fs::write(&secret, "title: secret\n").unwrap();
    std::os::unix::fs::symlink(&secret, room.sources.join("link.txt")).unwrap();
    std::os::unix::fs::symlink(&room.sources, room.sources.join("loop")).unwrap();
    let pipe = room.sources.join("pipe");
    assert!(
        Command::new("mkfifo")
            .arg(&pipe)
            .status()
            .unwrap()
            .success()
    );
    let tally = run(&room.archive, &room.sources, &[]);
    assert!(
        tally.contains("read: 0,") && tally.contains("refused: 1,"),
        "{tally}"
    );
    assert_eq!(open(&room.archive).overview(0).unwrap().sources, 0);
}

#[test]
fn twenty_kills_lose_nothing_and_double_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let work = text(folder.path());
    trial(&[
        "kills",
        work,
        "--times",
        "20",
        "--documents",
        "120",
        "--seed",
        "11",
    ]);
}

/// The bar itself: 200 kills over 2,000 documents. Run it with
/// `cargo nextest run -p quipu-pipeline --run-ignored only`.
#[test]
#[ignore = "takes many minutes"]
fn two_hundred_kills_lose_nothing_and_double_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let work = text(folder.path());
    trial(&[
        "kills",
        work,
        "--times",
        "200",
        "--documents",
        "2000",
        "--seed",
        "7",
    ]);
}
