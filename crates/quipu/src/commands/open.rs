//! `quipu open` and `quipu serve`: the reading room.

use std::io::IsTerminal;
use std::net::{Ipv4Addr, TcpListener};
use std::process::{Command, Stdio};
use std::sync::Arc;

use quipu_archive::Archive;
use quipu_desk::Desk;
use quipu_web::Room;

use crate::Done;
use crate::cli::{Door, Open, Serve};
use crate::fault::Fault;
use crate::pictures::Drawer;
use crate::{commands, place};

pub(crate) fn open(ask: &Open) -> Result<Done, Fault> {
    let folder = place::beside(&ask.place, &ask.paths)?;
    let (archive, _) = commands::read::take_in(&ask.paths, &folder, &ask.reading)?;
    room(archive, &ask.door)
}

pub(crate) fn serve(ask: &Serve) -> Result<Done, Fault> {
    room(place::existing(&ask.place)?, &ask.door)
}

fn room(archive: Archive, door: &Door) -> Result<Done, Fault> {
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, door.port)).map_err(|error| {
        Fault::could_not(
            &format!(
                "port {} cannot be opened; choose another with --port",
                door.port
            ),
            error,
        )
    })?;
    let address = listener
        .local_addr()
        .map_err(|error| Fault::could_not("the reading room", error))?;
    let snapshot = archive
        .snapshot()
        .map_err(|error| Fault::could_not("the archive cannot be read", error))?;
    let token = secret()?;
    let first = quipu_web::first_address(address, &token);
    println!(
        "The reading room of {} is open at\n\n  {first}\n",
        archive.folder().display()
    );
    println!(
        "The address holds a secret for the first visit; give it to nobody. Ctrl-C closes the room."
    );
    if !door.no_browser && std::io::stdout().is_terminal() {
        // Whether a browser is there or not, the address is printed above.
        let _ = Command::new("xdg-open")
            .arg(&first)
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn();
    }
    let room = Room {
        desk: Arc::new(Desk::over(snapshot)),
        pictures: Some(Box::new(Drawer::new(archive))),
        token,
    };
    quipu_web::serve(room, listener)
        .map_err(|error| Fault::could_not("the reading room", error))?;
    Ok(Done::All)
}

/// 160 bits of chance as letters and digits.
fn secret() -> Result<String, Fault> {
    let mut bytes = [0u8; 20];
    getrandom::fill(&mut bytes)
        .map_err(|error| Fault::could_not("the system gives no chance", error))?;
    Ok(quipu_model::id::hex(&bytes))
}
