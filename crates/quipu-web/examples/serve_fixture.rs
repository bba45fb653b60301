//! Serves an archive to look at: one given on the command line, or else the
//! small invented one that the tests use.
//!
//! `cargo run -p quipu-web --example serve_fixture -- [--archive A] [--port N]`

#![allow(clippy::unwrap_used, clippy::print_stdout)]

#[path = "../tests/fixture/mod.rs"]
mod fixture;
#[path = "../tests/painter/mod.rs"]
mod painter;

use std::net::TcpListener;
use std::path::Path;
use std::sync::Arc;

use quipu_desk::{Archive, Desk};
use quipu_web::{Room, first_address, serve};

fn main() {
    let arguments: Vec<String> = std::env::args().collect();
    let value = |name: &str| {
        let at = arguments.iter().position(|argument| argument == name)?;
        arguments.get(at + 1).cloned()
    };
    let folder = tempfile::tempdir().unwrap();
    let archive = match value("--archive") {
        Some(path) => {
            let archive = Archive::open(Path::new(&path)).unwrap();
            // An index of another version is made anew.
            let mut pen = archive.shelf_pen().unwrap();
            pen.index(&fixture::stemmers(), 64, true).unwrap();
            archive
        }
        None => fixture::filled(folder.path()),
    };
    let port: u16 = value("--port").map_or(0, |port| port.parse().unwrap());
    let listener = TcpListener::bind(("127.0.0.1", port)).unwrap();
    // Anybody may know this key: the documents are invented.
    let token = "fixture-key-0123456789abcdef".to_owned();
    println!("{}", first_address(listener.local_addr().unwrap(), &token));
    let room = Room {
        desk: Arc::new(Desk::over(archive.snapshot().unwrap())),
        pictures: Some(Box::new(painter::Painter)),
        token,
    };
    serve(room, listener).unwrap();
}
