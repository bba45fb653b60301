//! Putting documents into the index, in step with the shelf.

use std::fs;
use std::path::Path;

use quipu_model::SourceId;
use quipu_model::field_names;
use rusqlite::Connection;
use tantivy::directory::MmapDirectory;
use tantivy::schema::{Field, TantivyDocument};
use tantivy::tokenizer::{PreTokenizedString, Token as IndexToken};
use tantivy::{IndexWriter, Term};

use super::claims::{CLAIMS_MAX, language_at, tokens_of};
use super::intervals;
use super::schema::{Facet, Fields, Number, VERSION, field_lead};
use super::words::{ReadyStemmers, Stemmers, fold, placed_words, words};
use super::year_of;
use crate::error::{ArchiveError, At};
use crate::shelf::{Indexable, changes_after};

/// Memory the index may fill before it writes a segment, in bytes.
const BUFFER_BYTES: usize = 64 << 20;

/// Documents read from the shelf at a time.
const STEP: u32 = 64;

/// Years a vague date may span and still be counted under each.
const YEARS: i64 = 12;

/// Between two values of a field, so that no phrase runs across.
const GAP: usize = 16;

/// The pen that writes the index.
pub(crate) struct IndexPen {
    writer: IndexWriter,
    fields: Fields,
    stemmers: ReadyStemmers,
    done: u64,
    waiting: usize,
}

impl IndexPen {
    /// Throws the index away; the next opening makes it anew.
    pub(crate) fn discard(folder: &Path) -> Result<(), ArchiveError> {
        match fs::remove_dir_all(folder) {
            Err(cause) if cause.kind() != std::io::ErrorKind::NotFound => {
                Err(ArchiveError::disk(folder, cause))
            }
            _ => Ok(()),
        }
    }

    /// The last change of the shelf that the index has; 0 when there is none
    /// that this program can use.
    pub(crate) fn indexed(folder: &Path) -> u64 {
        tantivy::Index::open_in_dir(folder)
            .and_then(|index| index.load_metas())
            .ok()
            .and_then(|meta| read_payload(meta.payload.as_deref()))
            .unwrap_or(0)
    }

    pub(crate) fn open(folder: &Path, stemmers: &Stemmers) -> Result<Self, ArchiveError> {
        let fields = Fields::new();
        let mut index = None;
        if folder.join("meta.json").exists() {
            // Whatever is wrong with a projection, making it anew mends it.
            index = tantivy::Index::open_in_dir(folder).ok().filter(|index| {
                index.schema() == fields.schema
                    && index
                        .load_metas()
                        .is_ok_and(|meta| read_payload(meta.payload.as_deref()).is_some())
            });
        }
        let index = match index {
            Some(index) => index,
            None => {
                Self::discard(folder)?;
                fs::create_dir_all(folder).at(folder)?;
                let directory = MmapDirectory::open(folder).map_err(tantivy::TantivyError::from)?;
                tantivy::Index::create(
                    directory,
                    fields.schema.clone(),
                    tantivy::IndexSettings::default(),
                )?
            }
        };
        let done = read_payload(index.load_metas()?.payload.as_deref()).unwrap_or(0);
        let writer = index.writer_with_num_threads(1, BUFFER_BYTES)?;
        Ok(Self {
            writer,
            fields,
            stemmers: stemmers.ready(),
            done,
            waiting: 0,
        })
    }

    /// Takes in everything on the shelf that is newer than the index; commits
    /// after every `each` documents, and at the end if `finish` says so.
    pub(crate) fn catch_up(
        &mut self,
        db: &Connection,
        each: usize,
        finish: bool,
    ) -> Result<u64, ArchiveError> {
        let mut total = 0;
        loop {
            let changes = changes_after(db, self.done, STEP)?;
            if changes.is_empty() {
                break;
            }
            for change in changes {
                self.put(&change)?;
                self.done = change.change;
                self.waiting += 1;
                total += 1;
            }
            if self.waiting >= each.max(1) {
                self.commit()?;
            }
        }
        if finish && self.waiting > 0 {
            self.commit()?;
        }
        Ok(total)
    }

    fn commit(&mut self) -> Result<(), ArchiveError> {
        let mut commit = self.writer.prepare_commit()?;
        commit.set_payload(&payload(self.done));
        commit.commit()?;
        self.waiting = 0;
        Ok(())
    }

    fn put(&mut self, indexable: &Indexable) -> Result<(), ArchiveError> {
        let id = indexable.source.as_bytes();
        self.writer
            .delete_term(Term::from_field_bytes(self.fields.source, id));
        self.writer.add_document(self.document(indexable))?;
        Ok(())
    }

    fn document(&self, indexable: &Indexable) -> TantivyDocument {
        let fields = &self.fields;
        let header = &indexable.header;
        let mut made = TantivyDocument::new();
        made.add_bytes(fields.source, indexable.source.as_bytes());
        made.add_u64(fields.tie, tie_of(indexable.source));
        self.add_words(&mut made, indexable);
        let terms = intervals::terms_of(&indexable.reading).into_iter();
        let terms = terms.map(|term| index_token(0, term)).collect();
        add_tokens(&mut made, fields.intervals, terms);
        self.add_claims(&mut made, indexable);
        if let Some(title) = &header.title {
            made.add_text(fields.title, title_key(title));
        }
        if let Some(earliest) = header.earliest {
            made.add_i64(fields.earliest, earliest);
        }
        if let Some(latest) = header.latest {
            made.add_i64(fields.latest, latest);
        }
        for (facet, value) in facets_of(indexable) {
            if let Some(field) = fields.facet(facet) {
                made.add_text(field, value);
            }
        }
        let numbers = [
            (Number::Pages, u64::from(header.pages)),
            (Number::Bytes, header.bytes),
            (Number::Characters, header.characters),
        ];
        for (number, value) in numbers {
            if let Some(field) = fields.number(number) {
                made.add_u64(field, value);
            }
        }
        made
    }

    fn add_claims(&self, made: &mut TantivyDocument, indexable: &Indexable) {
        let mut tokens = Vec::new();
        let mut roles = std::collections::BTreeSet::new();
        let claims = indexable.reading.claims.iter().take(CLAIMS_MAX);
        for (position, claim) in claims.enumerate() {
            let language = language_at(&indexable.document, claim.sentence);
            for token in tokens_of(claim, language, &self.stemmers) {
                tokens.extend(token.terms().map(|term| index_token(position, term)));
            }
            let filled = claim.roles.iter().filter(|role| role.filler.is_some());
            roles.extend(filled.map(|role| role.role.as_str()));
        }
        add_tokens(made, self.fields.claims, tokens);
        for role in roles {
            made.add_text(self.fields.roles, role);
        }
    }

    fn add_words(&self, made: &mut TantivyDocument, indexable: &Indexable) {
        let document = &indexable.document;
        let (mut body, mut aside) = (Vec::new(), Vec::new());
        for word in placed_words(document) {
            let into = if word.aside { &mut aside } else { &mut body };
            let position = word.position as usize;
            if let Some(stem) = word
                .language
                .and_then(|language| self.stemmers.stem(language, &word.token.folded))
            {
                into.push(index_token(position, stem));
            }
            into.push(index_token(position, word.token.folded));
        }
        add_tokens(made, self.fields.body, body);
        add_tokens(made, self.fields.aside, aside);
        let mut tokens = Vec::new();
        let mut position = 0;
        let language = indexable.header.language.as_deref();
        let paths = indexable.paths.iter().map(|path| ("path", path.as_str()));
        let all = document.fields.iter();
        let all = all.flat_map(|field| {
            // What was put into one form is found by both spellings.
            let differs = field.as_written != field.value;
            let value = Some((field.name.as_str(), field.value.as_str()));
            let written = differs.then_some((field.name.as_str(), field.as_written.as_str()));
            value.into_iter().chain(written)
        });
        for (name, value) in all.chain(paths) {
            let lead = field_lead(name);
            for token in words(value) {
                position += 1;
                if let Some(stem) =
                    language.and_then(|language| self.stemmers.stem(language, &token.folded))
                {
                    tokens.push(index_token(position, format!("{lead}{stem}")));
                }
                tokens.push(index_token(position, format!("{lead}{}", token.folded)));
            }
            position += GAP;
        }
        add_tokens(made, self.fields.fields, tokens);
    }
}

fn add_tokens(made: &mut TantivyDocument, field: Field, tokens: Vec<IndexToken>) {
    if !tokens.is_empty() {
        let text = String::new();
        made.add_pre_tokenized_text(field, PreTokenizedString { text, tokens });
    }
}

fn index_token(position: usize, text: String) -> IndexToken {
    IndexToken {
        offset_from: 0,
        offset_to: 0,
        position,
        text,
        position_length: 1,
    }
}

fn payload(done: u64) -> String {
    format!("quipu {VERSION} {done}")
}

fn read_payload(payload: Option<&str>) -> Option<u64> {
    let mut parts = payload?.split(' ');
    let ours = parts.next() == Some("quipu")
        && parts.next().and_then(|version| version.parse().ok()) == Some(VERSION);
    parts.next()?.parse().ok().filter(|_| ours)
}

pub(crate) fn tie_of(source: SourceId) -> u64 {
    let first = source.as_bytes().first_chunk::<8>();
    first.map_or(0, |first| u64::from_be_bytes(*first))
}

/// By what titles are ordered: letters and digits only.
fn title_key(title: &str) -> String {
    let mut key = String::new();
    for word in words(title) {
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(&fold(&word.folded));
        if key.len() > 200 {
            break;
        }
    }
    key
}

fn facets_of(indexable: &Indexable) -> Vec<(Facet, String)> {
    let header = &indexable.header;
    let mut facets = vec![
        (Facet::MediaType, header.media_type.clone()),
        (
            Facet::Notices,
            header
                .level
                .map_or("none", quipu_model::NoticeLevel::word)
                .to_owned(),
        ),
    ];
    let kind = header.kind.iter().map(|kind| (Facet::Kind, kind.clone()));
    facets.extend(kind);
    let publisher = indexable.document.field(field_names::PUBLISHER);
    let publisher = header
        .publisher
        .as_ref()
        .or(publisher.map(|field| &field.value));
    facets.extend(publisher.map(|publisher| (Facet::Publisher, publisher.clone())));
    let languages = indexable.languages.iter();
    facets.extend(languages.map(|language| (Facet::Language, language.clone())));
    if let (Some(earliest), Some(latest)) = (header.earliest, header.latest) {
        let (first, last) = (year_of(earliest), year_of(latest));
        if first <= last && last - first < YEARS {
            facets.extend((first..=last).map(|year| (Facet::Year, format!("{year:04}"))));
        }
    }
    let said = indexable.reading.claims.iter().flat_map(|claim| {
        [
            (Facet::ClaimKind, claim.kind.as_str()),
            (Facet::Standing, claim.standing.word()),
        ]
    });
    let said: std::collections::BTreeSet<(Facet, &str)> = said.collect();
    facets.extend(
        said.into_iter()
            .map(|(facet, word)| (facet, word.to_owned())),
    );
    let mut folders = std::collections::BTreeSet::new();
    for path in &indexable.paths {
        let above = path.match_indices('/');
        folders.extend(above.filter_map(|(at, _)| path.get(..at)));
    }
    facets.extend(
        folders
            .into_iter()
            .map(|folder| (Facet::Folder, folder.to_owned())),
    );
    // A term of the index has a bound of its own.
    facets.retain(|(_, value)| !value.is_empty() && value.len() < 4096);
    facets
}
