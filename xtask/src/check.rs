//! `cargo xtask check`: exactly what CI runs, in the order of what fails fastest.

use std::time::Instant;

use crate::{run, tidy};

/// Runs every step to the end, so that one run shows all that is wrong.
pub(crate) fn check(options: &[&str]) -> bool {
    let quick = options.contains(&"--quick");
    if let Some(unknown) = options.iter().find(|option| **option != "--quick") {
        eprintln!("check does not know `{unknown}`; it takes --quick or nothing.");
        return false;
    }
    let features = "xtask/gold";
    let has_nextest = std::process::Command::new("cargo")
        .args(["nextest", "--version"])
        .output()
        .is_ok_and(|answer| answer.status.success());
    let tests: &[&str] = if has_nextest {
        &[
            "nextest",
            "run",
            "--workspace",
            "--features",
            features,
            "--no-fail-fast",
        ]
    } else {
        &[
            "test",
            "--workspace",
            "--features",
            features,
            "--no-fail-fast",
        ]
    };
    let mut failed = Vec::new();
    let mut step = |name: &'static str, work: &mut dyn FnMut() -> bool| {
        println!("\n== {name}");
        let start = Instant::now();
        let well = work();
        println!(
            "== {name}: {} in {:.0} s",
            if well { "well" } else { "FAILED" },
            start.elapsed().as_secs_f32()
        );
        if !well {
            failed.push(name);
        }
    };
    step("format", &mut || run("cargo", &["fmt", "--all", "--check"]));
    step("tidy", &mut tidy::tidy);
    step("clippy", &mut || {
        run(
            "cargo",
            &[
                "clippy",
                "--workspace",
                "--all-targets",
                "--features",
                features,
                "--",
                "-D",
                "warnings",
            ],
        )
    });
    step("tests", &mut || run("cargo", tests));
    step("doc tests", &mut || {
        run(
            "cargo",
            &["test", "--workspace", "--features", features, "--doc"],
        )
    });
    if !quick {
        step("browser", &mut || {
            // The same selection of features as the tests, so that nothing
            // below is compiled a second time.
            let build = ["build", "--workspace", "--features", features];
            run(
                "cargo",
                &[
                    &build[..],
                    &["--bin", "quipu", "--example", "serve_fixture"],
                ]
                .concat(),
            ) && run("bash", &["tests/browser/run.sh"])
        });
    }
    if failed.is_empty() {
        println!("\nAll is well.");
        true
    } else {
        println!("\nNot well: {}.", failed.join(", "));
        false
    }
}
