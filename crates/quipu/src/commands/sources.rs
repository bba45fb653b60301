//! `quipu sources`: what the archive holds, a line a source.

use std::io::Write;

use quipu_desk::{Desk, names, record_view};

use crate::Done;
use crate::cli::{Format, Sources};
use crate::fault::Fault;
use crate::place;

pub(crate) fn sources(ask: &Sources) -> Result<Done, Fault> {
    let archive = place::existing(&ask.place)?;
    let snapshot = archive
        .snapshot()
        .map_err(|error| Fault::could_not("the archive cannot be read", error))?;
    let desk = Desk::over(snapshot);
    let failed = |error| Fault::could_not("the archive cannot answer", error);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let broken = |error| Fault::could_not("standard output", error);
    for source in desk.sources().map_err(failed)? {
        let Some(held) = desk.held(source).map_err(failed)? else {
            continue;
        };
        let record = record_view(&held);
        let field = |name: &str| {
            record
                .fields
                .iter()
                .find(|field| field.name == name)
                .map(|field| field.value)
        };
        let title = names::title(&held);
        let path = held.paths.first().map_or("", String::as_str);
        let worst = held.document.worst().map(|level| level.word());
        if ask.format == Format::Json {
            let line = serde_json::json!({
                "source": record.source,
                "title": title,
                "published": field("published"),
                "publisher": field("publisher"),
                "kind": field("document-kind"),
                "media_type": record.media_type,
                "languages": record.languages,
                "pages": record.pages.len(),
                "paths": record.paths,
                "worst_notice": worst,
            });
            writeln!(out, "{line}").map_err(broken)?;
        } else {
            let date = field("published").unwrap_or("undated");
            let languages = record.languages.join(",");
            let mark = worst
                .filter(|word| *word != "remark")
                .map(|word| format!("  [{word}]"))
                .unwrap_or_default();
            let (short, media) = (&record.source[..12], record.media_type);
            writeln!(
                out,
                "{short}  {date:<10}  {languages:<5}  {media:<24}  {title}  {path}{mark}"
            )
            .map_err(broken)?;
        }
    }
    out.flush().map_err(broken)?;
    Ok(Done::All)
}
