//! Names compared in a terminal: one figure a line, whatever comes.

#![allow(clippy::unwrap_used, clippy::expect_used)]

use std::io::Write as _;
use std::process::{Command, Stdio};

fn compare(input: &[u8]) -> (Vec<String>, String, Option<i32>) {
    let mut child = Command::new(env!("CARGO_BIN_EXE_quipu"))
        .arg("match-names")
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the program");
    let mut stdin = child.stdin.take().expect("a pipe");
    stdin.write_all(input).expect("it reads");
    drop(stdin);
    let output = child.wait_with_output().expect("it ends");
    let lines = String::from_utf8_lossy(&output.stdout);
    (
        lines.lines().map(str::to_owned).collect(),
        String::from_utf8_lossy(&output.stderr).into_owned(),
        output.status.code(),
    )
}

#[test]
fn each_pair_has_its_figure() {
    let (lines, said, code) = compare(
        "PER\tChávez, Demetrio\tDemetrio Chavez\nORG\tBanco de Pesca S.A.\tFishing School\r\n"
            .as_bytes(),
    );
    let [same, different] = lines.as_slice() else {
        panic!("{lines:?}");
    };
    assert_eq!(same, "1.000");
    assert!(different.as_str() < "0.500", "{different}");
    assert_eq!((said.as_str(), code), ("", Some(0)));
}

#[test]
fn what_is_no_pair_keeps_its_line_and_is_told() {
    let (lines, said, code) = compare(b"PER\tAna Paz\nSHIP\ta\tb\n\xff\tx\ty\nANY\tAna\tAna\n");
    assert_eq!(lines, ["0.000", "0.000", "0.000", "1.000"]);
    assert_eq!(said.lines().count(), 3);
    assert!(
        said.contains("line 2: no pair of names; write PER"),
        "{said}"
    );
    assert_eq!(code, Some(1));
}
