//! The annotator: text and the languages of its sentences in, layers out.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use quipu_model::{AnnotatedText, Name, NameKind, Sentence, SentenceLanguage, Span, Token};
use quipu_packs::Packs;

use crate::conllu::GivenSentence;
use crate::names::{self, NameRules};
use crate::network::{BATCH_WORDS, ModelError, ModelFile, Parser, Scratch, Told};
use crate::words::{Ends, EndsMemory, Lemmas, Multi, Seams, Tag};

/// Models of all languages, ready to read. Cheap to share between threads.
pub struct Annotator<'a> {
    /// No other one has the same.
    number: u64,
    models: Vec<Model<'a>>,
}

impl std::fmt::Debug for Annotator<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_list()
            .entries(self.models.iter().map(|model| &model.tag))
            .finish()
    }
}

/// What one language is read with.
struct Model<'a> {
    tag: String,
    seams: Seams,
    ends: Ends,
    multi: Multi,
    lemmas: Lemmas,
    /// How lemmas are made under each label of features.
    lemma_tags: Vec<Tag>,
    parser: Parser<'a>,
    names: NameRules,
}

/// Memory for one thread, used again and again: what is known of the words seen
/// so far. It never changes what comes out.
#[derive(Default)]
pub struct Hands {
    /// The annotator that it is for; with another one it begins anew.
    annotator: u64,
    models: Vec<Memory>,
}

/// What a thread keeps for one language.
#[derive(Default)]
struct Memory {
    tokens: Vec<Range<u32>>,
    ends: EndsMemory,
    network: Scratch,
}

impl Hands {
    fn of(&mut self, annotator: &Annotator<'_>, model: usize) -> Option<&mut Memory> {
        if self.annotator != annotator.number {
            self.annotator = annotator.number;
            self.models.clear();
            self.models
                .resize_with(annotator.models.len(), Memory::default);
        }
        self.models.get_mut(model)
    }
}

/// Words of a sentence whose names are looked at again. No text has longer ones
/// (its windows are shorter), only a table that is given: there names stay as the
/// network told them, for rules that look from name to name would cost the square.
const MOST_REFINED: usize = 4_000;

/// Annotators that were read so far.
static ANNOTATORS: AtomicU64 = AtomicU64::new(0);

impl std::fmt::Debug for Hands {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Hands").finish_non_exhaustive()
    }
}

/// A stretch of a text that is annotated by itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    model: usize,
    bytes: Range<usize>,
}

impl Stretch {
    /// Its bytes in the text.
    #[must_use]
    pub fn bytes(&self) -> Range<usize> {
        self.bytes.clone()
    }
}

/// Bytes of a stretch at most.
const LONGEST: usize = 1 << 18;

/// Cuts a stretch of one language where it grows too long: between paragraphs
/// where there are any, else between lines, else between words.
fn bounded(text: &str, model: usize, bytes: Range<usize>, stretches: &mut Vec<Stretch>) {
    let mut start = bytes.start;
    while bytes.end - start > LONGEST {
        let boundary = |from: usize| (from..bytes.end).find(|at| text.is_char_boundary(*at));
        let half = boundary(start + LONGEST / 2).unwrap_or(bytes.end);
        let most = boundary(start + LONGEST).unwrap_or(bytes.end);
        let late = text.get(half..most).unwrap_or_default();
        let cut = ["\n\n", "\n", " "]
            .iter()
            .find_map(|gap| Some(half + late.rfind(gap)? + gap.len()));
        let cut = cut.unwrap_or(most);
        stretches.push(Stretch {
            model,
            bytes: start..cut,
        });
        start = cut;
    }
    stretches.push(Stretch {
        model,
        bytes: start..bytes.end,
    });
}

/// A word on its way: its letters, and its own form where a token holds several.
struct Word {
    span: Range<usize>,
    form: Option<String>,
}

impl<'a> Annotator<'a> {
    /// Reads model files, one for each language, and what the packs know of
    /// names in it.
    ///
    /// # Errors
    /// What is wrong with the first file that cannot be used.
    pub fn read(files: &[&'a [u8]], packs: &Packs) -> Result<Self, ModelError> {
        let mut models = Vec::new();
        for bytes in files {
            let file = ModelFile::read(bytes)?;
            let parser = Parser::read(&file)?;
            let lemmas = Lemmas::read(&file)?;
            let tag = |entry: &str| {
                let (upos, features) = entry.split_once('|').unwrap_or((entry, "_"));
                lemmas.tag(upos, features)
            };
            let language = file.meta("lang")?;
            models.push(Model {
                tag: language.to_owned(),
                names: NameRules::read(packs, language),
                seams: Seams::read(&file)?,
                ends: Ends::read(&file)?,
                multi: Multi::read(&file)?,
                lemma_tags: parser.labels().features.iter().map(tag).collect(),
                lemmas,
                parser,
            });
        }
        if models.is_empty() {
            return Err(ModelError("no model was given".to_owned()));
        }
        let number = ANNOTATORS.fetch_add(1, Ordering::Relaxed) + 1;
        Ok(Self { number, models })
    }

    /// Tags of the languages that can be read.
    pub fn languages(&self) -> impl Iterator<Item = &str> {
        self.models.iter().map(|model| model.tag.as_str())
    }

    fn place(&self, tag: Option<&str>) -> Option<usize> {
        self.models
            .iter()
            .position(|model| Some(model.tag.as_str()) == tag)
    }

    /// Annotates a text. `languages` are its sentences in order, as the reader
    /// told their languages; where none is told or known, the language of the
    /// stretch before holds (at the start, that of the first known one).
    /// `borders` are bytes where a sentence must end: edges of headings, cells
    /// and other blocks, ascending.
    #[must_use]
    pub fn annotate(
        &self,
        text: &str,
        languages: &[SentenceLanguage],
        borders: &[u32],
        hands: &mut Hands,
    ) -> AnnotatedText {
        let mut made = AnnotatedText::default();
        for stretch in self.stretches(text, languages) {
            self.add_stretch(text, &stretch, borders, hands, &mut made);
        }
        self.spread(text, &mut made);
        made
    }

    /// Annotates one stretch of a text; the stretches in order, joined by
    /// [`Self::join`], give what [`Self::annotate`] gives, on any number of
    /// threads and in little memory.
    #[must_use]
    pub fn annotate_stretch(
        &self,
        text: &str,
        stretch: &Stretch,
        borders: &[u32],
        hands: &mut Hands,
    ) -> AnnotatedText {
        let mut made = AnnotatedText::default();
        self.add_stretch(text, stretch, borders, hands, &mut made);
        made
    }

    /// Joins the stretches of a text, and adds what only the whole text tells.
    #[must_use]
    pub fn join(
        &self,
        text: &str,
        parts: impl IntoIterator<Item = AnnotatedText>,
    ) -> AnnotatedText {
        let mut made = AnnotatedText::default();
        for mut part in parts {
            made.sentences.append(&mut part.sentences);
            made.names.append(&mut part.names);
            made.acronyms.append(&mut part.acronyms);
        }
        self.spread(text, &mut made);
        made
    }

    fn spread(&self, text: &str, made: &mut AnnotatedText) {
        // Without packs the network's own word stands.
        if self.models.iter().all(|model| model.names.is_empty()) {
            return;
        }
        names::spread(text, made, |tag| {
            let model = self.models.iter().find(|model| model.tag == tag)?;
            Some(&model.names)
        });
    }

    /// Parts a text into stretches of one language and of bounded length.
    #[must_use]
    pub fn stretches(&self, text: &str, languages: &[SentenceLanguage]) -> Vec<Stretch> {
        let known = |sentence: &SentenceLanguage| self.place(sentence.language.as_deref());
        let mut now = languages.iter().find_map(known).unwrap_or(0);
        let mut stretches = Vec::new();
        let mut start = 0;
        for sentence in languages {
            let Some(model) = known(sentence).filter(|model| *model != now) else {
                continue;
            };
            let at = sentence.span.range().start;
            if at > start && text.is_char_boundary(at) && at <= text.len() {
                bounded(text, now, start..at, &mut stretches);
                start = at;
            }
            now = model;
        }
        bounded(text, now, start..text.len(), &mut stretches);
        stretches
    }

    fn add_stretch(
        &self,
        text: &str,
        stretch: &Stretch,
        borders: &[u32],
        hands: &mut Hands,
        made: &mut AnnotatedText,
    ) {
        let (model, offset) = (stretch.model, stretch.bytes.start);
        let Some(text) = text.get(stretch.bytes.clone()) else {
            return;
        };
        let Some(own) = self.models.get(model) else {
            return;
        };
        let Some(memory) = hands.of(self, model) else {
            return;
        };
        let mut tokens = std::mem::take(&mut memory.tokens);
        own.seams.tokens(text, &mut tokens);
        let from = borders.partition_point(|border| (*border as usize) <= offset);
        let until = borders.partition_point(|border| (*border as usize) < offset + text.len());
        #[allow(clippy::cast_possible_truncation, reason = "texts are below 4 GiB")]
        let here: Vec<u32> = borders
            .get(from..until)
            .unwrap_or_default()
            .iter()
            .map(|border| border - offset as u32)
            .collect();
        let sentences = own.ends.sentences(text, &tokens, &here, &mut memory.ends);
        let sentences = own.names.unbroken(text, &tokens, sentences, &here);
        let mut waiting: Vec<Vec<Word>> = Vec::new();
        let mut count = 0;
        for sentence in sentences {
            let mut words = Vec::new();
            for token in tokens.get(sentence).unwrap_or_default() {
                let span = token.start as usize..token.end as usize;
                match own.multi.words(text.get(span.clone()).unwrap_or_default()) {
                    None => words.push(Word { span, form: None }),
                    Some(parts) => words.extend(parts.into_iter().map(|part| Word {
                        span: span.clone(),
                        form: Some(part),
                    })),
                }
            }
            count += words.len();
            waiting.push(words);
            if count >= BATCH_WORDS {
                self.tell(model, text, offset, &waiting, hands, made);
                waiting.clear();
                count = 0;
            }
        }
        self.tell(model, text, offset, &waiting, hands, made);
        if let Some(memory) = hands.of(self, model) {
            memory.tokens = tokens;
        }
    }

    /// Annotates given words. Offsets count in all texts joined by one line end.
    #[must_use]
    pub fn annotate_given(
        &self,
        given: &[GivenSentence],
        tag: &str,
        hands: &mut Hands,
    ) -> AnnotatedText {
        let mut made = AnnotatedText::default();
        let model = self.place(Some(tag)).unwrap_or(0);
        let mut offset = 0;
        for sentence in given {
            let words: Vec<Word> = sentence
                .words
                .iter()
                .map(|word| Word {
                    span: word.letters.clone(),
                    form: word.form.clone(),
                })
                .collect();
            self.tell(model, &sentence.text, offset, &[words], hands, &mut made);
            offset += sentence.text.len() + 1;
        }
        let texts: Vec<&str> = given.iter().map(|given| given.text.as_str()).collect();
        self.spread(&texts.join("\n"), &mut made);
        made
    }

    /// Puts sentences through the network and adds what it tells.
    fn tell(
        &self,
        place: usize,
        text: &str,
        offset: usize,
        sentences: &[Vec<Word>],
        hands: &mut Hands,
        made: &mut AnnotatedText,
    ) {
        let Some(model) = self.models.get(place) else {
            return;
        };
        let Some(memory) = hands.of(self, place) else {
            return;
        };
        let forms: Vec<Vec<&str>> = sentences
            .iter()
            .map(|words| {
                words
                    .iter()
                    .map(|word| {
                        word.form
                            .as_deref()
                            .or_else(|| text.get(word.span.clone()))
                            .unwrap_or_default()
                    })
                    .collect()
            })
            .collect();
        let slices: Vec<&[&str]> = forms.iter().map(Vec::as_slice).collect();
        let mut told: Vec<Told> = Vec::new();
        model.parser.tell(&slices, &mut memory.network, &mut told);
        let labels = model.parser.labels();
        let mut told = told.into_iter();
        for (words, forms) in sentences.iter().zip(&forms) {
            let (Some(first), Some(last)) = (words.first(), words.last()) else {
                continue;
            };
            let names_before = made.names.len();
            let mut tags = Vec::with_capacity(words.len());
            let mut tokens = Vec::with_capacity(words.len());
            for ((word, form), told) in words.iter().zip(forms).zip(&mut told) {
                let upos = labels.upos.get(told.upos.into()).unwrap_or_default();
                let entry = labels
                    .features
                    .get(told.features.into())
                    .unwrap_or_default();
                let features = entry.split_once('|').map_or("_", |(_, features)| features);
                let span = offset + word.span.start..offset + word.span.end;
                tags.push(labels.names.get(told.name.into()).unwrap_or_default());
                tokens.push(Token {
                    span: Span::from_usize(span.start, span.end),
                    form: word.form.clone(),
                    lemma: match model.lemma_tags.get(usize::from(told.features)) {
                        Some(tag) => model.lemmas.tagged(form, *tag),
                        None => (*form).to_owned(),
                    },
                    upos: upos.to_owned(),
                    features: if features == "_" {
                        String::new()
                    } else {
                        features.to_owned()
                    },
                    head: told.head,
                    relation: labels
                        .relation
                        .get(told.relation.into())
                        .unwrap_or_default()
                        .to_owned(),
                });
            }
            let sentence = Sentence {
                span: Span::from_usize(offset + first.span.start, offset + last.span.end),
                language: model.tag.clone(),
                tokens,
            };
            add_names(text, offset, &sentence, &tags, &mut made.names);
            let (names, acronyms) = (&mut made.names, &mut made.acronyms);
            if sentence.tokens.len() <= MOST_REFINED {
                model
                    .names
                    .refine(text, offset, &sentence, names, names_before, acronyms);
            }
            made.sentences.push(sentence);
        }
    }
}

/// Adds the names that the tags of a sentence tell.
fn add_names(text: &str, offset: usize, sentence: &Sentence, tags: &[&str], names: &mut Vec<Name>) {
    if tags.iter().all(|tag| tag.len() < 2) {
        return;
    }
    #[allow(clippy::cast_possible_truncation, reason = "texts are below 4 GiB")]
    let own = sentence.own_letters(text, offset as u32);
    let mut name = None;
    let mut last = None;
    for (span, tag) in own.iter().zip(tags) {
        // Words that share their letters are in one name or in none.
        if last != Some(*span) {
            follow(&mut name, tag, &span.range(), names);
        }
        last = Some(*span);
    }
    close(&mut name, names);
}

/// Goes on with a name, or begins or ends one, at a word with a tag of IOB2.
fn follow(
    name: &mut Option<(Range<usize>, NameKind)>,
    tag: &str,
    span: &Range<usize>,
    names: &mut Vec<Name>,
) {
    let kind = tag.get(2..).and_then(NameKind::from_word);
    match (kind, name.as_mut()) {
        (Some(kind), Some((open, of))) if tag.starts_with('I') && *of == kind => {
            open.end = span.end;
        }
        (Some(kind), _) => {
            close(name, names);
            *name = Some((span.clone(), kind));
        }
        (None, _) => close(name, names),
    }
}

fn close(name: &mut Option<(Range<usize>, NameKind)>, names: &mut Vec<Name>) {
    if let Some((span, kind)) = name.take() {
        names.push(Name::bare(Span::from_usize(span.start, span.end), kind));
    }
}

#[cfg(test)]
mod tests {
    use quipu_model::{AnnotatedText, Layout, SentenceLanguage, Span};
    use quipu_packs::Packs;

    use super::{Annotator, Hands};
    use crate::conllu;
    use crate::tiny::model;

    fn packs() -> Packs {
        Packs::embedded().expect("packs load")
    }

    fn check(text: &str, made: &AnnotatedText) {
        assert_eq!(crate::check(text, made), Ok(()));
    }

    fn strange() -> Vec<String> {
        let mut texts = vec![
            String::new(),
            " \n\t\n\n ".to_owned(),
            "Don't pay del Río's men. Págame.".to_owned(),
            "(".repeat(3_000),
            "[x ".repeat(2_000),
            "palabra ".repeat(1_500),
            "\u{0}\u{1}\u{fffd} a\u{301}\u{200d}👩‍👧 ﬁn İI ß ΑΣ".to_owned(),
            "a1.(ñ".repeat(900),
        ];
        let mut state = 5_u32;
        for _ in 0..40 {
            let mut text = String::new();
            for _ in 0..300 {
                state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                let c = match state >> 29 {
                    0 => char::from_u32((state >> 8) & 0xFFFF).unwrap_or(' '),
                    1 => ' ',
                    2 => ['.', ',', '\n', '"', '\'', '’', '-', '('][(state >> 8) as usize % 8],
                    3 => ['á', 'ñ', 'Ü', '¿', '«', '0', '7', '$'][(state >> 8) as usize % 8],
                    _ => char::from(b'a' + ((state >> 8) % 26) as u8),
                };
                text.push(c);
            }
            texts.push(text);
        }
        texts
    }

    #[test]
    fn any_text_is_annotated_whole_and_always_the_same() {
        let (en, es) = (model("en", 1), model("es", 2));
        let annotator = Annotator::read(&[&en, &es], &packs()).expect("models");
        let mut used = Hands::default();
        for text in strange() {
            let made = annotator.annotate(&text, &[], &[], &mut used);
            check(&text, &made);
            let again = annotator.annotate(&text, &[], &[], &mut Hands::default());
            assert_eq!(made.to_bytes(), again.to_bytes());
            let table = conllu::write(&text, &made, 0);
            let words: usize = made.sentences.iter().map(|s| s.tokens.len()).sum();
            let read: usize = conllu::read(&table).iter().map(|s| s.words.len()).sum();
            assert_eq!(words, read, "{table}");
        }
    }

    #[test]
    fn stretches_are_read_each_in_its_language() {
        let (en, es) = (model("en", 1), model("es", 2));
        let annotator = Annotator::read(&[&en, &es], &packs()).expect("models");
        let text = "He paid. Pagó al juez. Then he left.";
        let language = |start, end, tag: &str| SentenceLanguage {
            span: Span::new(start, end),
            language: Some(tag.to_owned()),
        };
        let languages = [
            language(0, 8, "en"),
            language(9, 23, "es"),
            language(24, 37, "en"),
        ];
        let made = annotator.annotate(text, &languages, &[], &mut Hands::default());
        check(text, &made);
        let of = |word: &str| {
            let at = u32::try_from(text.find(word).expect("a word")).expect("small");
            let sentence = made
                .sentences
                .iter()
                .find(|s| s.span.start() <= at && at < s.span.end());
            sentence.map(|sentence| sentence.language.as_str())
        };
        assert_eq!(
            (of("paid"), of("juez"), of("left")),
            (Some("en"), Some("es"), Some("en"))
        );
    }

    #[test]
    fn a_long_text_is_read_in_stretches_and_nothing_is_lost() {
        let en = model("en", 1);
        let annotator = Annotator::read(&[&en], &packs()).expect("a model");
        let mut hands = Hands::default();
        for text in ["palabra ñ. ".repeat(60_000), "ñ".repeat(400_000)] {
            let stretches = annotator.stretches(&text, &[]);
            assert!(stretches.len() > 2);
            let whole = annotator.annotate(&text, &[], &[], &mut hands);
            check(&text, &whole);
            let parts = stretches.iter().map(|stretch| {
                annotator.annotate_stretch(&text, stretch, &[], &mut Hands::default())
            });
            let parts = annotator.join(&text, parts);
            assert_eq!(whole.to_bytes(), parts.to_bytes());
        }
    }

    #[test]
    fn memory_is_of_one_annotator() {
        let (one, other) = (model("en", 1), model("en", 9));
        let text = "He paid them. He paid them.";
        let mut hands = Hands::default();
        for file in [&one, &other, &one] {
            let annotator = Annotator::read(&[file], &packs()).expect("a model");
            let made = annotator.annotate(text, &[], &[], &mut hands);
            let anew = annotator.annotate(text, &[], &[], &mut Hands::default());
            assert_eq!(made.to_bytes(), anew.to_bytes());
        }
    }

    #[test]
    fn a_long_given_sentence_is_one_tree() {
        let es = model("es", 4);
        let annotator = Annotator::read(&[&es], &packs()).expect("a model");
        let table: String = (1..=5_000)
            .map(|id| format!("{id}\tpalabra{}\n", id % 700))
            .collect();
        let given = conllu::read(&table);
        let made = annotator.annotate_given(&given, "es", &mut Hands::default());
        check(&given[0].text, &made);
        assert_eq!(made.sentences[0].tokens.len(), 5_000);
    }

    #[test]
    fn no_sentence_crosses_a_border() {
        let en = model("en", 3);
        let annotator = Annotator::read(&[&en], &packs()).expect("a model");
        let text = "word ".repeat(60);
        let borders = [25, 100, 105];
        let made = annotator.annotate(&text, &[], &borders, &mut Hands::default());
        check(&text, &made);
        for border in borders {
            let crossed = made
                .sentences
                .iter()
                .any(|s| s.span.start() < border && border < s.span.end());
            assert!(!crossed, "{border}");
        }
    }

    #[test]
    fn given_words_stay_as_they_are() {
        let es = model("es", 4);
        let annotator = Annotator::read(&[&es], &packs()).expect("a model");
        let table = "# text = Salió del mar.\n1\tSalió\n2-3\tdel\n2\tde\n3\tel\n4\tmar\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n5\t.\n";
        let given = conllu::read(table);
        let made = annotator.annotate_given(&given, "es", &mut Hands::default());
        check("Salió del mar.", &made);
        assert_eq!(made.sentences.len(), 1);
        let forms: Vec<Option<&str>> = made.sentences[0]
            .tokens
            .iter()
            .map(|t| t.form.as_deref())
            .collect();
        assert_eq!(forms, [None, Some("de"), Some("el"), None, None]);
    }

    #[test]
    fn a_broken_model_is_refused_and_never_trusted() {
        let sound = model("en", 1);
        let packs = packs();
        assert!(Annotator::read(&[], &packs).is_err());
        assert!(Annotator::read(&[b"QUIPUM01"], &packs).is_err());
        assert!(Annotator::read(&[&sound[..sound.len() / 2]], &packs).is_err());
        // Damage in the directory is found; damage in weights is only nonsense.
        for at in (0..3_000).step_by(7) {
            let mut broken = sound.clone();
            broken[at] ^= 0x55;
            if let Ok(annotator) = Annotator::read(&[&broken], &packs) {
                let text = "He paid 50,000 to X.";
                check(
                    text,
                    &annotator.annotate(text, &[], &[], &mut Hands::default()),
                );
            }
        }
    }
}
