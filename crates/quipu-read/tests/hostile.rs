//! Pages and texts made to be slow: cost must grow with size, not with its
//! square. Each is a megabyte or more; ten seconds are far beyond what the
//! slowest machine needs for a linear walk, far below what a square takes.

use std::time::{Duration, Instant};

use quipu_packs::Packs;
use quipu_read::{Input, Limits, Silent, Tools};

fn read(name: &str, text: &str) {
    let packs = Packs::default();
    let tools = Tools {
        packs: &packs,
        ocr: None,
        limits: Limits::default(),
    };
    let begun = Instant::now();
    let input = Input {
        bytes: text.as_bytes(),
        name,
    };
    let document = quipu_read::read(&input, &tools, &mut Silent::default());
    let taken = begun.elapsed();
    let start: String = text.chars().take(30).collect();
    assert_eq!(quipu_read::check(&document), Ok(()), "{name}: {start}");
    assert!(
        taken < Duration::from_secs(10),
        "{name}: {start} took {taken:?}"
    );
}

fn page(piece: &str) {
    let page = format!("<html><body>{}", piece.repeat((1 << 20) / piece.len()));
    read("page.html", &page);
}

#[test]
fn pages_of_one_thing_over_and_over() {
    for piece in [
        "<div>",
        "<p>",
        "<b>",
        "<table>",
        "<table><tr><td>",
        "<tr>",
        "<td>",
        "</div>",
        "<a href=x>",
        "<a href=x><div>",
        "<a href=y>t</a><p>",
        "<",
        "&",
        "&#",
        "&amp",
        "<!--",
        "<!-->",
        "<!",
        "</",
        "<a ",
        "<a b=\"",
        "<script>",
        "<title>",
        "<ul><li>",
        "<svg>",
        "<span hidden>",
        "<sup>",
        "<del>x",
        "<td colspan=1000 rowspan=1000>x",
        "<br>",
        "x<br>",
        "<img alt=a>",
        "<q>",
        "<nav>x",
        "<pre>\n",
        "<h1>",
        "<button>x</button>",
        "<iframe src=x>",
        "<meta name=author content=x>",
    ] {
        page(piece);
    }
    page(&format!(
        "<table><tr><td>a</td><td>b</td></tr>{}",
        "<tr>".repeat(1000)
    ));
    let attributes: String = (0..200_000).map(|n| format!(" a{n}=1")).collect();
    read("page.html", &format!("<html><p{attributes}>x"));
    read(
        "page.html",
        &format!(
            "<html><a href=x><div>{}",
            "<a href=y>t</a><p>x".repeat(50_000)
        ),
    );
}

#[test]
fn markdown_of_one_thing_over_and_over() {
    for piece in [
        "`", "*", "**a ", "[", "[a](", "<", "> ", "- ", "|", "\\", "_a_ ", "#", "![", "~~",
        "```\n", "---\n",
    ] {
        read("note.md", &piece.repeat((1 << 20) / piece.len()));
    }
    let growing: String = (1..1400).map(|n| format!("{} ", "`".repeat(n))).collect();
    read("note.md", &growing);
}

#[test]
fn mail_and_text_of_one_thing_over_and_over() {
    let head = "From: a@b.example\nTo: c@d.example\nSubject: x\nDate: Tue, 5 Mar 2019 10:20:30 -0500\nMIME-Version: 1.0\n";
    for piece in [
        "To: a@b.example\n",
        " x",
        "X: y\n",
        "\n\n",
        "> ",
        ">\nx\n",
        "=?utf-8?q?",
        "--x\n",
        "\nFrom a 10:10\n",
    ] {
        read(
            "letter.eml",
            &format!("{head}{}", piece.repeat((1 << 20) / piece.len())),
        );
    }
    let nested = "Content-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: message/rfc822\n\nFrom: a@b.example\n";
    read("letter.eml", &format!("{head}{}", nested.repeat(10_000)));
    let mark = "From a@b.example Tue Mar  5 10:20:30 2019\nFrom: a@b.example\n\n";
    read("box.mbox", &mark.repeat(20_000));
    for piece in ["\n", "\u{C}", "a\n\n", "\u{FFFD}", "   \t"] {
        read("letter.txt", &piece.repeat((1 << 20) / piece.len()));
    }
}
