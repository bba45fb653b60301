//! Inputs on their way out: their sentences in order, in their form.

use std::io::{Error, Write};
use std::iter::Enumerate;
use std::slice::Iter;

use quipu_annotate::Annotator;
use quipu_model::{AnnotatedText, Name};

use super::expressions::{Expressions, Growing};
use super::listed::{self, Places};
use super::section::Sections;
use super::shown::{Points, Shown};
use super::source::{Piece, Source};
use super::{json, layers, table, tree};
use crate::cli::Sheet;

/// What came of writing.
type Done = Result<(), Error>;

/// The pen: where to, in which form, and how many sentences so far.
pub(super) struct Pen<'a, W> {
    pub(super) out: W,
    /// Nothing where the form of output has no place for times and amounts.
    expressions: Option<Expressions<'a>>,
    format: Sheet,
    colour: bool,
    sentences: usize,
    /// Sentences on their way out, and the names that follow behind all of them.
    body: String,
    lists: json::Lists,
}

/// What is open of an input.
struct Page<'a> {
    name: Option<&'a str>,
    source: &'a Source<'a>,
    sections: Sections<'a>,
    points: Points<'a>,
    sentences: usize,
    growing: Growing,
    places: Places<'a>,
}

impl<'e, W: Write> Pen<'e, W> {
    pub(super) fn new(
        out: W,
        format: Sheet,
        colour: bool,
        expressions: Option<Expressions<'e>>,
    ) -> Self {
        Self {
            out,
            expressions,
            format,
            colour,
            sentences: 0,
            body: String::new(),
            lists: json::Lists::default(),
        }
    }

    /// An input that could not be read has its place too.
    fn refused(&mut self, name: Option<&str>, reason: &str) -> Done {
        match self.format {
            Sheet::Json => write!(self.out, "{}", json::refused(name, reason)),
            Sheet::Conllu | Sheet::Text => Ok(()),
        }
    }

    /// Begins an input.
    fn begin<'a>(
        &mut self,
        name: Option<&'a str>,
        source: &'a Source<'a>,
        annotator: &'a Annotator<'a>,
    ) -> Result<Page<'a>, Error> {
        let head = match self.format {
            Sheet::Json => json::head(name, source.language()),
            Sheet::Conllu => String::new(),
            Sheet::Text => tree::head(name),
        };
        self.out.write_all(head.as_bytes())?;
        Ok(Page {
            name,
            source,
            sections: Sections::new(annotator, source.text()),
            points: Points::new(source.text(), 0, 0),
            sentences: 0,
            growing: Growing::default(),
            places: Places::new(source),
        })
    }

    /// Goes on with the next piece of an input.
    fn add(&mut self, page: &mut Page<'_>, piece: &Piece, made: AnnotatedText) -> Done {
        match page.sections.add(made, piece.bytes, piece.last) {
            Some(section) => {
                self.section(page, &section)?;
                self.read_on(page, section, piece.last)
            }
            None => Ok(()),
        }
    }

    /// Keeps a section until its document is whole, then reads times and amounts.
    fn read_on(&mut self, page: &mut Page<'_>, section: AnnotatedText, last: bool) -> Done {
        let Some(expressions) = &self.expressions else {
            return Ok(());
        };
        let end = section.sentences.last().map(|last| last.span.range().end);
        page.growing.add(section);
        if !last {
            return Ok(());
        }
        // The next document begins behind the line end of the last sentence.
        let text = page.source.text();
        let end = match page.source.given(page.sentences) {
            Some((_, start)) => start,
            None => text.len().max(end.unwrap_or(0)),
        };
        let told = expressions.read(page.source, &mut page.growing, end);
        match self.format {
            Sheet::Json => {
                let (places, lists) = (&mut page.places, &mut self.lists);
                listed::times_json(&told.reading, places, &mut lists.times);
                listed::amounts_json(&told.reading, places, &mut lists.amounts);
                let layers = &told.layers;
                layers::attributions_json(&layers.attributions, places, &mut lists.attributions);
                layers::predicates_json(&layers.predicates, places, &mut lists.predicates);
                layers::chains_json(&layers.chains, places, &mut lists.chains);
                layers::tuples_json(&layers.tuples, places, &mut lists.tuples);
            }
            Sheet::Text => {
                self.body.clear();
                listed::list(&told.reading, &mut page.places, &mut self.body);
                self.out.write_all(self.body.as_bytes())?;
            }
            Sheet::Conllu => {}
        }
        Ok(())
    }

    fn section(&mut self, page: &mut Page<'_>, section: &AnnotatedText) -> Done {
        let text = page.source.text();
        let mut names: &[Name] = &section.names;
        for sentence in &section.sentences {
            let inside = names.partition_point(|name| name.span.start() < sentence.span.end());
            let (own, rest) = names.split_at(inside);
            names = rest;
            let range = sentence.span.range();
            let given = page.source.given(page.sentences);
            // In given sentences places count from the beginning of each.
            if let Some((_, start)) = given {
                page.points = Points::new(text, start, 0);
            }
            let behind = text.get(range.end..).and_then(|rest| rest.chars().next());
            self.sentences += 1;
            page.sentences += 1;
            let shown = Shown {
                text,
                sentence,
                names: own,
                acronyms: &section.acronyms,
                point: page.points.at(range.start),
                number: self.sentences,
                number_here: page.sentences,
                paragraph: given.is_none()
                    && opens_paragraph(text.get(..range.start).unwrap_or_default()),
                close: match given {
                    Some((given, _)) => given.close,
                    None => behind.is_some_and(|c| !c.is_whitespace()),
                },
                given: given.map(|(given, _)| given),
            };
            self.sentence(page.name, &shown)?;
        }
        Ok(())
    }

    fn sentence(&mut self, name: Option<&str>, shown: &Shown<'_>) -> Done {
        self.body.clear();
        match self.format {
            Sheet::Conllu => table::write(shown, name, &mut self.body),
            Sheet::Json => json::write(shown, &mut self.body, &mut self.lists.names),
            Sheet::Text => tree::write(shown, self.colour, &mut self.body),
        }
        self.out.write_all(self.body.as_bytes())
    }

    /// Ends an input.
    fn end(&mut self) -> Done {
        if self.format == Sheet::Json {
            let foot = std::mem::take(&mut self.lists).foot();
            writeln!(self.out, "{foot}}}")?;
        }
        Ok(())
    }
}

/// An input with its name, or why it could not be read.
pub(super) type Taken<'a> = (Option<&'a str>, Result<Source<'a>, &'a str>);

/// Several inputs on their way out, one after the other.
pub(super) struct Pages<'a, 'e, W> {
    pen: &'a mut Pen<'e, W>,
    annotator: &'a Annotator<'a>,
    waiting: Enumerate<Iter<'a, Taken<'a>>>,
    open: Option<(usize, Page<'a>)>,
}

impl<'a, 'e, W: Write> Pages<'a, 'e, W> {
    pub(super) fn new(
        pen: &'a mut Pen<'e, W>,
        annotator: &'a Annotator<'a>,
        inputs: &'a [Taken<'a>],
    ) -> Self {
        Self {
            pen,
            annotator,
            waiting: inputs.iter().enumerate(),
            open: None,
        }
    }

    /// Writes the next piece, which is of the input at `of`.
    pub(super) fn add(&mut self, of: usize, piece: &Piece, made: AnnotatedText) -> Done {
        self.turn_to(Some(of))?;
        match &mut self.open {
            Some((_, page)) => self.pen.add(page, piece, made),
            None => Ok(()),
        }
    }

    /// Ends the last input.
    pub(super) fn end(&mut self) -> Done {
        self.turn_to(None)
    }

    /// Goes on to an input, or to the end, by way of those that have no pieces.
    fn turn_to(&mut self, of: Option<usize>) -> Done {
        while self.open.is_none() || self.open.as_ref().map(|(at, _)| *at) != of {
            if self.open.take().is_some() {
                self.pen.end()?;
            }
            let Some((at, (name, source))) = self.waiting.next() else {
                break;
            };
            match source {
                Ok(source) => {
                    self.open = Some((at, self.pen.begin(*name, source, self.annotator)?));
                }
                Err(reason) => self.pen.refused(*name, reason)?,
            }
        }
        Ok(())
    }
}

/// Whether a paragraph ended before: with an empty line, as the annotator counts
/// them, or with nothing but blanks.
fn opens_paragraph(before: &str) -> bool {
    let mut lines = 0;
    for c in before.chars().rev() {
        if !c.is_whitespace() {
            return lines > 1;
        }
        lines += usize::from(c == '\n');
    }
    true
}

#[cfg(test)]
mod tests {
    use super::opens_paragraph;

    #[test]
    fn a_paragraph_begins_behind_an_empty_line() {
        assert!(opens_paragraph(""));
        assert!(opens_paragraph(" \n"));
        assert!(!opens_paragraph("Fin.\n"));
        assert!(opens_paragraph("Fin.\r\n \r\n"));
    }
}
