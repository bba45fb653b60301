//! Who is who in a few invented documents.

#![allow(clippy::expect_used, clippy::indexing_slicing)]

use quipu_corpus::{Mentioned, NameMatcher, People, Why, people};
use quipu_packs::Packs;

/// The people of documents, each given as its names; a title stands before `|`.
fn read(documents: &[&[&str]]) -> (People, Vec<(u32, String)>) {
    let packs = Packs::embedded().expect("packs");
    let matcher = NameMatcher::new(&packs).expect("sound rules");
    let all: Vec<(u32, Vec<String>, &str)> = (0u32..)
        .zip(documents)
        .flat_map(|(document, names)| {
            names.iter().map(move |name| match name.split_once('|') {
                Some((title, words)) => (document, vec![title.to_owned()], words),
                None => (document, Vec::new(), *name),
            })
        })
        .collect();
    let mentions: Vec<Mentioned<'_>> = all
        .iter()
        .map(|(document, titles, words)| Mentioned {
            document: *document,
            words,
            titles,
        })
        .collect();
    let made = people(&matcher, &mentions, &vec![None; documents.len()]);
    let names = made.of.iter().zip(&all);
    let names = names
        .map(|(person, (document, ..))| (*document, made.people[*person as usize].name.clone()));
    let names = names.collect();
    (made, names)
}

fn names_of(document: u32, of: &[(u32, String)]) -> Vec<&str> {
    let own = of.iter().filter(|(own, _)| *own == document);
    own.map(|(_, name)| name.as_str()).collect()
}

#[test]
fn writings_of_one_name_are_one_across_documents() {
    let (made, _) = read(&[
        &["Abel Rosas Quiroga", "Rosas"],
        &["ROSAS, ABEL"],
        &["Captain|Abel Rosas", "Rosas"],
    ]);
    assert_eq!(made.people.len(), 1, "{made:?}");
    assert_eq!(made.people[0].name, "Abel Rosas Quiroga");
    assert!(
        made.people[0]
            .links
            .iter()
            .any(|link| matches!(link.why, Why::Alike(_))),
        "a reason"
    );
}

#[test]
fn brothers_are_two_and_their_surname_alone_stays_open() {
    let (made, of) = read(&[&["Abel Rosas", "Bruno Rosas", "Rosas"], &["Rosas"]]);
    assert_eq!(made.people.len(), 3, "{made:?}");
    assert_eq!(names_of(0, &of), ["Abel Rosas", "Bruno Rosas", "Rosas"]);
    assert_eq!(names_of(1, &of), ["Rosas"]);
    assert!(made.people[2].open);
}

#[test]
fn a_title_tells_which_of_two_is_meant() {
    let general = ["General|Abel Rosas", "General|Rosas"];
    let judge = ["Judge|Bruno Rosas", "Judge|Rosas"];
    let (_, of) = read(&[
        &general,
        &general,
        &general,
        &judge,
        &judge,
        &judge,
        &["General|Rosas"],
        &["Judge|Rosas"],
    ]);
    assert_eq!(names_of(6, &of), ["Abel Rosas"]);
    assert_eq!(names_of(7, &of), ["Bruno Rosas"]);
}

#[test]
fn two_names_that_ran_together_are_nobody() {
    let (_, of) = read(&[
        &["Abel Rosas", "Rosas", "Rosas", "Rosas", "Rosas"],
        &["Bruno Salas", "Salas", "Salas", "Salas", "Salas"],
        &["Rosas Salas", "Salas"],
    ]);
    assert_eq!(names_of(2, &of), ["Rosas Salas", "Bruno Salas"]);
}

#[test]
fn the_order_of_documents_changes_nobody() {
    let one: &[&str] = &["Abel Rosas Quiroga", "Rosas"];
    let two: &[&str] = &["Abel Rosas"];
    let three: &[&str] = &["Bruno Rosas"];
    let people = |order: &[&[&str]]| {
        let (made, _) = read(order);
        let mut names: Vec<String> = made.people.into_iter().map(|own| own.name).collect();
        names.sort();
        names
    };
    assert_eq!(people(&[one, two, three]), people(&[three, two, one]));
}
