//! `quipu man`: the manual, one page with every command.

use clap::CommandFactory;

use crate::Done;
use crate::cli::Cli;
use crate::fault::Fault;

pub(crate) fn manual() -> Result<Done, Fault> {
    let mut out = std::io::stdout().lock();
    let failed = |error| Fault::could_not("the manual", error);
    let mut command = Cli::command();
    command.build();
    clap_mangen::Man::new(command.clone())
        .render(&mut out)
        .map_err(failed)?;
    for part in command.get_subcommands().filter(|part| !part.is_hide_set()) {
        clap_mangen::Man::new(part.clone())
            .render(&mut out)
            .map_err(failed)?;
    }
    Ok(Done::All)
}
