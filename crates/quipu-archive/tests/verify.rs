//! A flipped bit anywhere in what was given is found and named.
#![allow(clippy::unwrap_used)]

mod common;

use std::fs;
use std::path::Path;

use common::filled;
use quipu_archive::{Archive, ArchiveError, ProblemKind, Report, verify};
use quipu_model::{Decision, Subject, Verdict};

fn check(archive: &Archive) -> Report {
    verify(archive, &mut |_| {}).unwrap()
}

fn decide(archive: &Archive, source: quipu_model::SourceId, reason: &str) {
    let decision = Decision {
        by: "Ana Núñez".to_owned(),
        at: "2026-01-02T10:00:00Z".to_owned(),
        about: Subject::Source(source),
        verdict: Verdict::Noted,
        reason: reason.to_owned(),
        replaces: None,
    };
    archive.decision_pen().append(decision).unwrap();
}

#[test]
fn a_sound_archive_is_whole() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, sources) = filled(folder.path());
    decide(&archive, sources[0], "Dijo \"sí\",\nluego \u{1} «no»");
    let report = check(&archive);
    assert_eq!(report.problems, []);
    assert!(report.is_whole());
    assert_eq!(
        (report.entries, report.sources, report.decisions),
        (7, 3, 1)
    );
    assert_eq!(report.seal, Some(archive.decision_pen().seal().unwrap()));
}

#[test]
fn every_flipped_bit_of_what_was_given_is_found_and_named() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, sources) = filled(folder.path());
    decide(&archive, sources[1], "seen");
    let mut files = vec![
        archive.folder().join("ledger.log"),
        archive.folder().join("ledger.head"),
        archive.folder().join("quipu.toml"),
    ];
    files.extend(
        sources
            .iter()
            .map(|source| archive.originals().path(*source)),
    );
    let mut flips = 0;
    for file in files {
        let sound = fs::read(&file).unwrap();
        let name = file.strip_prefix(archive.folder()).unwrap();
        for at in 0..sound.len() {
            // Every bit of every byte would take long; one bit for each byte,
            // another one each time.
            let mut bytes = sound.clone();
            bytes[at] ^= 1 << (at % 8);
            fs::write(&file, &bytes).unwrap();
            let report = check(&archive);
            let named = report.problems.iter().any(|problem| {
                problem.path == name
                    && problem.kind == ProblemKind::Altered
                    && (name != Path::new("ledger.log") || problem.entry.is_some())
            });
            assert!(named, "{} byte {at}: {:?}", name.display(), report.problems);
            flips += 1;
        }
        fs::write(&file, &sound).unwrap();
    }
    assert!(flips > 2_000);
    assert!(check(&archive).is_whole());
}

#[test]
fn the_altered_entry_is_the_one_named() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = filled(folder.path());
    let path = archive.folder().join("ledger.log");
    let sound = fs::read_to_string(&path).unwrap();
    let fourth = sound
        .split_inclusive('\n')
        .take(3)
        .map(str::len)
        .sum::<usize>();
    let mut bytes = sound.into_bytes();
    bytes[fourth + 20] ^= 1;
    fs::write(&path, bytes).unwrap();
    let report = check(&archive);
    let entries: Vec<Option<u64>> = report.problems.iter().map(|p| p.entry).collect();
    assert_eq!(entries, [Some(4)]);
    // Nobody can write behind it either.
    let pen = archive.intake_pen();
    assert!(
        pen.append("2026", Vec::new()).is_ok(),
        "nothing is written, nothing is refused"
    );
}

#[test]
fn missing_extra_and_cut_off_are_told_apart() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, sources) = filled(folder.path());
    let original = archive.originals().path(sources[0]);
    let kept = fs::read(&original).unwrap();
    fs::remove_file(&original).unwrap();
    let stranger = original.with_file_name("stranger");
    fs::write(&stranger, "x").unwrap();
    let kinds = |report: &Report| -> Vec<ProblemKind> {
        report.problems.iter().map(|problem| problem.kind).collect()
    };
    assert_eq!(
        kinds(&check(&archive)),
        [ProblemKind::Missing, ProblemKind::Extra]
    );
    fs::write(&original, kept).unwrap();
    fs::remove_file(&stranger).unwrap();

    let path = archive.folder().join("ledger.log");
    let sound = fs::read(&path).unwrap();
    let last = sound[..sound.len() - 1]
        .iter()
        .rposition(|b| *b == b'\n')
        .unwrap();
    fs::write(&path, &sound[..=last]).unwrap();
    let report = check(&archive);
    assert!(
        kinds(&report).contains(&ProblemKind::CutOff),
        "{:?}",
        report.problems
    );
    assert!(matches!(
        archive.shelf_pen(),
        Err(ArchiveError::Ledger { .. })
    ));
    // Cut off together with a forged seal: the shelf still remembers.
    fs::remove_file(archive.folder().join("ledger.head")).unwrap();
    assert!(kinds(&check(&archive)).contains(&ProblemKind::Missing));
    fs::write(&path, sound).unwrap();
}

#[test]
fn a_torn_last_line_was_never_acknowledged() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, sources) = filled(folder.path());
    let path = archive.folder().join("ledger.log");
    let sound = fs::read(&path).unwrap();
    // What a crash in the middle of an append leaves: the seal is the old one.
    decide(&archive, sources[0], "whole");
    let longer = fs::read(&path).unwrap();
    let head = archive.folder().join("ledger.head");
    let new_head = fs::read(&head).unwrap();
    for cut in [1, 30, longer.len() - sound.len() - 1] {
        // The seal before the decision.
        fs::write(&path, &sound).unwrap();
        fs::write(&head, seal_of(&sound)).unwrap();
        let mut torn = sound.clone();
        torn.extend_from_slice(&longer[sound.len()..sound.len() + cut]);
        fs::write(&path, &torn).unwrap();
        let report = check(&archive);
        assert!(report.is_whole(), "{:?}", report.problems);
        assert_eq!(report.torn_bytes, cut as u64);
        drop(archive.shelf_pen().unwrap());
        assert_eq!(fs::read(&path).unwrap(), sound);
        assert!(check(&archive).is_whole());
    }
    // A whole line behind the seal is kept and sealed.
    fs::write(&path, &longer).unwrap();
    assert_eq!(check(&archive).unsealed, 1);
    drop(archive.shelf_pen().unwrap());
    assert_eq!(fs::read(&head).unwrap(), new_head);
    assert_eq!(archive.snapshot().unwrap().decisions().unwrap().len(), 1);
}

/// The seal of a log, reckoned by walking along it.
fn seal_of(log: &[u8]) -> String {
    use quipu_archive::ledger::{Entries, Seal};
    let mut entries = Entries::new(log, Seal::EMPTY);
    while let Some(entry) = entries.next_entry().unwrap() {
        entry.unwrap();
    }
    entries.seal().line()
}

#[test]
fn decisions_and_entries_are_read_back() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, sources) = filled(folder.path());
    decide(&archive, sources[0], "first");
    drop(archive.shelf_pen().unwrap());
    decide(&archive, sources[1], "second, not yet indexed");
    let snapshot = archive.snapshot().unwrap();
    let reasons: Vec<String> = snapshot
        .decisions()
        .unwrap()
        .into_iter()
        .map(|decision| decision.reason)
        .collect();
    assert_eq!(reasons, ["first", "second, not yet indexed"]);
    let all = snapshot.entries(1, 100).unwrap();
    assert_eq!(all.len(), 8);
    assert_eq!(snapshot.entries(7, 1).unwrap(), all[6..7]);
    assert_eq!(snapshot.entries(8, 5).unwrap(), all[7..]);
    assert!(snapshot.entries(9, 5).unwrap().is_empty());
}

#[test]
fn one_writer_many_readers() {
    let folder = tempfile::tempdir().unwrap();
    let (archive, _) = filled(folder.path());
    let pen = archive.shelf_pen().unwrap();
    assert!(matches!(
        archive.shelf_pen(),
        Err(ArchiveError::Busy { .. })
    ));
    let snapshot = archive.snapshot().unwrap();
    assert_eq!(snapshot.overview(1).unwrap().documents, 3);
    drop(pen);
    assert!(archive.shelf_pen().is_ok());
}
