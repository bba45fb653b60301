//! `quipu search`: the reading room's question in a terminal.

use std::io::IsTerminal;

use quipu_desk::view::claims::ClaimView;
use quipu_desk::{Desk, SearchAsk, Sort as DeskSort};

use crate::Done;
use crate::cli::{Format, Search, Sort};
use crate::fault::Fault;
use crate::place;

/// What a claim says, on one line: kind, tie, standing, who says it.
fn claim_line(claim: &ClaimView) -> String {
    let end = |place: usize| {
        let role = claim.roles.get(place);
        let name = role.and_then(|role| role.name.as_deref());
        name.unwrap_or("—").to_owned()
    };
    let mut line = format!("{}: {} → {}", claim.kind, end(0), end(1));
    for amount in &claim.amounts {
        line.push_str(&format!(" · {}", amount.text));
    }
    if let Some(when) = &claim.when {
        let edtf = when.edtf.as_deref().unwrap_or(&when.as_written);
        line.push_str(&format!(" · {edtf}"));
    }
    let not = if claim.negative { "not, " } else { "" };
    line.push_str(&format!(" ({not}{}", claim.standing));
    for holder in &claim.holders {
        line.push_str(&format!(" ← {}", holder.name.as_deref().unwrap_or("—")));
    }
    line.push_str(&format!(")  {}", claim.id));
    line
}

pub(crate) fn search(ask: &Search) -> Result<Done, Fault> {
    let archive = place::existing(&ask.place)?;
    let snapshot = archive
        .snapshot()
        .map_err(|error| Fault::could_not("the archive cannot be read", error))?;
    let desk = Desk::over(snapshot);
    let sort = match ask.sort {
        Sort::Relevance => "relevance",
        Sort::Date => "oldest",
        Sort::Title => "title",
    };
    let asked = SearchAsk {
        query: ask.query.join(" "),
        sort: DeskSort::from_word(sort),
        page: ask.page as usize,
    };
    let answer = desk
        .search(&asked)
        .map_err(|error| Fault::could_not("search", error))?;
    if ask.format == Format::Json {
        let text =
            serde_json::to_string(&answer).map_err(|error| Fault::could_not("search", error))?;
        println!("{text}");
        return Ok(Done::All);
    }
    let bold = std::io::stdout().is_terminal() && std::env::var_os("NO_COLOR").is_none();
    let (on, off) = if bold {
        ("\x1b[1m", "\x1b[0m")
    } else {
        ("", "")
    };
    for doubt in &answer.doubts {
        eprintln!("not understood ({}): {}", doubt.code, doubt.words);
    }
    for hit in answer.hits.iter().take(ask.most as usize) {
        let date = hit.published.as_deref().unwrap_or("undated");
        let path = hit.path.as_deref().unwrap_or(&hit.source);
        println!("{on}{}{off}  {date}  {path}", hit.title);
        for passage in &hit.passages {
            let page = passage
                .page
                .map(|page| format!("p. {page}: "))
                .unwrap_or_default();
            let words: String = passage
                .segments
                .iter()
                .map(|segment| {
                    let words = segment.text.replace(['\n', '\t'], " ");
                    if segment.matched {
                        format!("{on}{words}{off}")
                    } else {
                        words
                    }
                })
                .collect();
            println!(
                "    {page}…{}…  [{} {}]",
                words.trim(),
                &hit.source[..12],
                passage.address
            );
            for claim in &passage.claims {
                println!("      {}", claim_line(claim));
            }
        }
    }
    let shown = answer.hits.len().min(ask.most as usize);
    println!("{} of {} documents", shown, answer.total);
    Ok(Done::All)
}
