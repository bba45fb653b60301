//! The packs of this release load, prove themselves, and say what is wrong.

use quipu_packs::{PackFiles, Packs};

#[test]
fn the_release_loads_and_keeps_its_own_promises() {
    let packs = Packs::embedded().expect("packs load");
    let tags: Vec<&str> = packs.languages().iter().map(|l| l.tag.as_str()).collect();
    assert_eq!(tags, ["en", "es"]);
    assert!(
        packs
            .languages()
            .iter()
            .all(|language| language.words.len() > 10_000)
    );
    assert!(
        packs
            .languages()
            .iter()
            .all(|language| language.months.len() == 12)
    );
    let broken: Vec<String> = packs.check().iter().map(ToString::to_string).collect();
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

#[test]
fn the_folder_and_the_copy_inside_are_the_same() {
    let root = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let folder = PackFiles::from_folder(&root).expect("folder");
    assert_eq!(folder.hash(), PackFiles::embedded().hash());
}

#[test]
fn an_error_names_file_line_and_what_to_write() {
    let mut files = PackFiles::embedded();
    let rule = "[[rule]]\nname = \"en.repair.x\"\nsays = \"x\"\nkind = \"mojibak\"\nengine = \"signs\"\nexamples = []\nnear_misses = []\n";
    files.insert("languages/en/repair.toml", rule.into());
    let error = Packs::load(&files).expect_err("no such kind");
    assert_eq!(
        (error.file.as_str(), error.line),
        ("languages/en/repair.toml", 2)
    );
    assert!(
        error.to_string().contains("write one of mojibake"),
        "{error}"
    );

    files.insert(
        "languages/en/repair.toml",
        b"[[rule]]\nnmae = \"x\"\n".to_vec(),
    );
    let error = Packs::load(&files).expect_err("no such key");
    assert_eq!(error.line, 2);
}
