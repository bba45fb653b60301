//! From a document to what is understood of it: text without margins, trees and
//! names, then times and amounts, reckoned against the document's own day, then
//! claims.

use std::sync::{Mutex, OnceLock, PoisonError};

use quipu_annotate::{Annotator, Hands, Stretch, embedded, embedded_models, flowing};

use quipu_claims::claims::Unread;
use quipu_claims::{DocumentInput, DocumentReader, Passages, RulesError};
use quipu_model::field::names;
use quipu_model::id::domain_hash;
use quipu_model::time::Day;
use quipu_model::{AnnotatedText, BlockKind, ReadDocument, Reading, Repaired, SourceId, Span};
use quipu_packs::Packs;

use crate::card::own_day;
use crate::reader::Watch;

/// A text longer than this is not annotated in one piece, in bytes: trees take
/// some fifty times the memory of their text. Its times and amounts are read by
/// their words alone, its claims section by section.
const WHOLE_MAX: usize = 4 << 20;

/// Bytes of a section of such a text, from which it is closed.
const SECTION: usize = 1 << 20;

/// What documents are understood with. Any number of threads may share it.
pub struct Understanding<'a> {
    packs: &'a Packs,
    reader: DocumentReader,
    /// Nothing inside where no models were built in.
    annotator: OnceLock<Option<Annotator<'static>>>,
    hands: Mutex<Vec<Hands>>,
    reference: Option<Day>,
    whole_max: usize,
    section: usize,
}

impl std::fmt::Debug for Understanding<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Understanding").finish_non_exhaustive()
    }
}

impl<'a> Understanding<'a> {
    /// Makes the rules of the packs ready. Models are loaded with the first
    /// document.
    ///
    /// # Errors
    /// What is wrong in a file of the packs.
    pub fn new(packs: &'a Packs) -> Result<Self, RulesError> {
        Ok(Self {
            packs,
            reader: DocumentReader::new(packs)?,
            annotator: OnceLock::new(),
            hands: Mutex::new(Vec::new()),
            reference: None,
            whole_max: WHOLE_MAX,
            section: SECTION,
        })
    }

    /// The same, with the day that every document is taken to be of, whatever it
    /// says.
    #[must_use]
    pub fn on_day(self, reference: Option<Day>) -> Self {
        Self { reference, ..self }
    }

    /// BLAKE3 of the models of trees and names; the same for the same program.
    #[must_use]
    pub fn models_hash() -> [u8; 32] {
        let mut hashes = Vec::new();
        for (tag, bytes) in embedded_models() {
            hashes.extend(domain_hash(tag, bytes));
        }
        domain_hash("quipu models 1", &hashes)
    }

    /// Understands a document. The watcher hears of every stretch.
    #[must_use]
    pub fn read(
        &self,
        source: SourceId,
        document: &ReadDocument,
        watcher: &mut dyn Watch,
    ) -> Reading {
        self.read_with(source, document, watcher, &mut |_, _, _| {})
    }

    /// The same, with what gave no claim of a kind, and why. Of a text too long to
    /// be annotated in one piece it tells nothing.
    #[must_use]
    pub fn explained(
        &self,
        source: SourceId,
        document: &ReadDocument,
        watcher: &mut dyn Watch,
    ) -> (Reading, Vec<Unread>) {
        let mut unread = Vec::new();
        let reading = self.read_with(source, document, watcher, &mut |passages, layers, read| {
            unread = self.reader.unread(passages, layers, read);
        });
        (reading, unread)
    }

    /// Understands a document and shows its trees before they are thrown away.
    fn read_with(
        &self,
        source: SourceId,
        document: &ReadDocument,
        watcher: &mut dyn Watch,
        look: &mut dyn FnMut(&Passages<'_>, &AnnotatedText, &Reading),
    ) -> Reading {
        let text = without_margins(document);
        let annotator = self.annotator.get_or_init(|| embedded(self.packs).ok());
        let Some(annotator) = annotator else {
            return self.by_words(document, &text);
        };
        let passages = Passages {
            source,
            transcript: &document.transcript,
            repaired: &document.repaired,
        };
        let pool = || self.hands.lock().unwrap_or_else(PoisonError::into_inner);
        let kept = pool().pop();
        let mut work = Work {
            annotator,
            hands: kept.unwrap_or_default(),
            text: &text,
            borders: borders(document),
            watcher,
        };
        let stretches = annotator.stretches(&text, &document.sentences);
        let mut reading = if text.len() > self.whole_max {
            let mut reading = self.by_words(document, &text);
            let sections = sections(&stretches, self.section);
            let annotated = sections.map(|section| work.annotate(section));
            self.reader.add_claims(&passages, annotated, &mut reading);
            reading
        } else {
            let annotated = work.annotate(&stretches);
            let reading = self.reader.read(&DocumentInput {
                text: &text,
                annotated: Some(&annotated),
                reference: self.reference.or_else(|| own_day(document)),
                passages: Some(passages),
                ..DocumentInput::default()
            });
            look(&passages, &annotated, &reading);
            reading
        };
        pool().push(work.hands);
        reading
            .claims
            .retain(|claim| !in_zone(document, claim.sentence));
        reading
    }

    /// Times and amounts without trees, in the languages of the sentences.
    fn by_words(&self, document: &ReadDocument, text: &str) -> Reading {
        let languages: Vec<(Span<Repaired>, &str)> = document
            .sentences
            .iter()
            .filter_map(|told| Some((told.span, told.language.as_deref()?)))
            .collect();
        self.reader.read(&DocumentInput {
            text,
            languages: &languages,
            reference: self.reference.or_else(|| own_day(document)),
            ..DocumentInput::default()
        })
    }
}

/// What annotates one text.
struct Work<'a> {
    annotator: &'a Annotator<'static>,
    hands: Hands,
    text: &'a str,
    borders: Vec<u32>,
    watcher: &'a mut dyn Watch,
}

impl Work<'_> {
    fn annotate(&mut self, stretches: &[Stretch]) -> AnnotatedText {
        let mut parts = Vec::with_capacity(stretches.len());
        for stretch in stretches {
            self.watcher.step(0, 0);
            parts.push(self.annotator.annotate_stretch(
                self.text,
                stretch,
                &self.borders,
                &mut self.hands,
            ));
        }
        self.watcher.step(0, 0);
        self.annotator.join(self.text, parts)
    }
}

/// Stretches in handfuls of so many bytes.
fn sections(stretches: &[Stretch], bytes: usize) -> impl Iterator<Item = &[Stretch]> {
    let mut rest = stretches;
    std::iter::from_fn(move || {
        let start = rest.first()?.bytes().start;
        let filled = |stretch: &Stretch| stretch.bytes().end - start >= bytes;
        let count = rest
            .iter()
            .position(filled)
            .map_or(rest.len(), |last| last + 1);
        let (section, behind) = rest.split_at(count);
        rest = behind;
        Some(section)
    })
}

/// The repaired text, every byte in its place, without line ends that only a
/// margin caused. Lines that are no lines of prose keep theirs.
fn without_margins(document: &ReadDocument) -> std::borrow::Cow<'_, str> {
    let text = document.repaired.text.as_str();
    let flowing = flowing(text);
    let std::borrow::Cow::Owned(mut flows) = flowing else {
        return flowing;
    };
    for block in &document.transcript.blocks {
        let kept = matches!(
            block.kind,
            BlockKind::TableRow
                | BlockKind::Heading
                | BlockKind::ListItem
                | BlockKind::MailHeader
                | BlockKind::Control
        );
        if !kept {
            continue;
        }
        // The line end behind a block is its border.
        let range = document.repaired.map.to_repaired(block.span).range();
        let end = text.get(range.end..).map_or(range.end, |rest| {
            range.end + rest.len() - rest.trim_start().len()
        });
        let start = text
            .get(..range.start)
            .map_or(range.start, |before| before.trim_end().len());
        if let Some(own) = text.get(start..end) {
            flows.replace_range(start..end, own);
        }
    }
    std::borrow::Cow::Owned(flows)
}

/// Zones that can stand inside each other.
const NESTED: usize = 8;

/// Whether a sentence is none of the document's own say: a menu, a notice of
/// cookies, a running head. Zones stand in the order of the text.
fn in_zone(document: &ReadDocument, sentence: Span<Repaired>) -> bool {
    let zones = &document.zones;
    let behind = zones.partition_point(|zone| zone.span.start() <= sentence.start());
    // One zone may stand inside another.
    let mut before = zones[..behind].iter().rev().take(NESTED);
    before.any(|zone| zone.span.contains(sentence))
}

/// Places where a sentence ends whatever its words say: the edges of blocks and
/// cells, and the end of a dateline, whose place is no speaker; ascending.
fn borders(document: &ReadDocument) -> Vec<u32> {
    let map = &document.repaired.map;
    let transcript = &document.transcript;
    let blocks = transcript.blocks.iter().map(|block| block.span);
    let rows = transcript.tables.iter().flat_map(|table| &table.rows);
    let cells = rows.flat_map(|row| &row.cells).map(|cell| cell.span);
    let mut borders: Vec<u32> = blocks
        .chain(cells)
        .flat_map(|span| {
            let span = map.to_repaired(span);
            [span.start(), span.end()]
        })
        .collect();
    let datelines = document.fields.iter();
    let datelines = datelines.filter(|field| field.name == names::DATELINE);
    borders.extend(datelines.filter_map(|field| Some(field.span?.end())));
    borders.sort_unstable();
    borders.dedup();
    borders
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use quipu_model::{Holders, Part, ReadDocument, Reading, SourceId, Span};
    use quipu_packs::Packs;
    use quipu_read::{Input, Limits, Silent, Tools};

    use super::{Understanding, WHOLE_MAX};
    use crate::reader::Watch;

    struct Counting(u32);

    impl Watch for Counting {
        fn part(&mut self, _part: Part) {}

        fn step(&mut self, _done: u32, _of: u32) {
            self.0 += 1;
        }
    }

    fn read(packs: &Packs, bytes: &[u8], name: &str) -> ReadDocument {
        let tools = Tools {
            packs,
            ocr: None,
            limits: Limits::default(),
        };
        quipu_read::read(&Input { bytes, name }, &tools, &mut Silent::default())
    }

    /// What is understood of a document, in one piece where it has at most so many
    /// bytes. Its quotes are proved.
    fn understood(bytes: &[u8], name: &str, whole_max: usize) -> (ReadDocument, Reading) {
        let packs = Packs::embedded().expect("packs");
        let document = read(&packs, bytes, name);
        let mut understanding = Understanding::new(&packs).expect("sound rules");
        (understanding.whole_max, understanding.section) = (whole_max, 1);
        let mut watcher = Counting(0);
        let source = SourceId::of(bytes);
        let reading = understanding.read(source, &document, &mut watcher);
        assert!(watcher.0 > 0, "a sign of life");
        let again = understanding.read(source, &document, &mut watcher);
        assert_eq!(reading, again, "the same hands give the same");
        for claim in &reading.claims {
            let anchor = &claim.anchor;
            let words = anchor.span().of(&document.transcript.text);
            assert_eq!(words, Some(anchor.quote()));
            assert_eq!(anchor.source(), source);
        }
        (document, reading)
    }

    /// The times of a document: words and EDTF.
    fn times(bytes: &[u8], name: &str) -> Vec<(String, String)> {
        let (document, reading) = understood(bytes, name, WHOLE_MAX);
        let text = document.repaired.text.as_str();
        reading
            .times
            .iter()
            .map(|time| {
                let words = time.span.of(text).expect("it fits");
                let words: Vec<&str> = words.split_whitespace().collect();
                (words.join(" "), time.value.edtf.clone())
            })
            .collect()
    }

    fn pair(words: &str, edtf: &str) -> (String, String) {
        (words.to_owned(), edtf.to_owned())
    }

    #[test]
    fn times_lean_on_the_documents_own_date() {
        let text = b"LIMA, March 2, 1994 - The judge resigned yesterday.\n";
        let times = times(text, "a.txt");
        assert!(
            times.contains(&pair("yesterday", "1994-03-01")),
            "{times:?}"
        );
    }

    #[test]
    fn what_frames_a_page_claims_nothing() {
        let packs = Packs::embedded().expect("packs");
        let page = b"<html><body><nav><p>This site uses cookies.</p></nav><article><p>The \
            mill closed in May. The bank sold its debt to the union.</p></article></body></html>";
        let document = read(&packs, page, "a.html");
        assert!(!document.zones.is_empty(), "a zone");
        let understanding = Understanding::new(&packs).expect("sound rules");
        let reading = understanding.read(SourceId::of(page), &document, &mut Counting(0));
        let told: Vec<&str> = reading
            .claims
            .iter()
            .map(|claim| claim.predicate.as_str())
            .collect();
        assert_eq!(told, ["close", "sell"]);
    }

    #[test]
    fn the_place_of_a_dateline_says_nothing() {
        let packs = Packs::embedded().expect("packs");
        let text = "TACORA, March 2, 1994 (EP) - “The mill closed,” said Ana Paz.\n";
        let document = read(&packs, text.as_bytes(), "a.txt");
        let understanding = Understanding::new(&packs).expect("sound rules");
        let source = SourceId::of(text.as_bytes());
        let reading = understanding.read(source, &document, &mut Counting(0));
        let speakers: Vec<String> = reading
            .claims
            .iter()
            .filter_map(|claim| match &claim.holders {
                Holders::Chain(chain) => chain.first()?.name.clone(),
                Holders::TheSource => None,
            })
            .collect();
        assert_eq!(speakers, ["Ana Paz"]);
    }

    #[test]
    fn a_time_runs_over_the_margin_of_wrapped_text() {
        let text = "La fiscal dijo al tribunal que el contador fue detenido en Lima el 3 de\n\
            marzo de 1998, y que los pagos de la empresa seguían hasta fines de\n\
            1999, cuando el banco los detuvo por orden de la jueza que vio el caso.\n";
        let times = times(text.as_bytes(), "a.txt");
        assert!(
            times.contains(&pair("3 de marzo de 1998", "1998-03-03")),
            "{times:?}"
        );
        assert!(
            times.iter().any(|time| time.0.ends_with("fines de 1999")),
            "{times:?}"
        );
    }

    #[test]
    fn rows_of_a_table_keep_their_ends() {
        let text =
            b"date,to,words\n3/14/1998,Ana,a payment of the harbour bank for the month of march\n\
            3/15/1998,Luis,another payment of the harbour bank for the month of april\n";
        let times = times(text, "a.csv");
        assert!(
            times.contains(&pair("3/14/1998", "1998-03-14")),
            "{times:?}"
        );
        assert!(
            times.contains(&pair("3/15/1998", "1998-03-15")),
            "{times:?}"
        );
    }

    #[test]
    fn claims_quote_the_words_as_they_were_read() {
        let text = "LIMA, March 2, 1994 - Ana Paz pa\u{AD}id 50,000 dol\u{AD}lars to Luis\n\
            Rojas in Lima. She resigned in April.\n";
        let (document, reading) = understood(text.as_bytes(), "a.txt", WHOLE_MAX);
        let payment = reading
            .claims
            .iter()
            .find(|claim| claim.kind == "payment")
            .expect("a payment");
        let quote = payment.anchor.quote();
        assert!(quote.contains("pa\u{AD}id"), "{payment:?}");
        assert_eq!(payment.amounts.len(), 1);
        let all = Span::from_usize(0, document.repaired.text.len());
        assert_eq!(reading.claims_in(all).len(), reading.claims.len());
        assert!(reading.claims_in(Span::new(0, 0)).is_empty());
    }

    #[test]
    fn a_text_too_long_for_trees_in_one_piece_has_claims_to_its_end() {
        let line = "Ana Paz paid Luis Rojas 500 dollars in Lima.\n\n";
        let other = "Ana Paz pagó 500 dólares a Luis Rojas en Lima.\n\n";
        let text = format!("{line}{other}").repeat(3);
        let (document, reading) = understood(text.as_bytes(), "a.txt", 10);
        let last = reading.claims.last().expect("claims");
        let left = document.repaired.text.len() - last.sentence.range().end;
        assert!(left < line.len(), "{left} bytes without claims");
        let ids: HashSet<String> = reading
            .claims
            .iter()
            .map(|claim| claim.id().written())
            .collect();
        assert_eq!(ids.len(), reading.claims.len(), "ids are their own");
    }
}
