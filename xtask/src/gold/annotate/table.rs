//! A CoNLL-U file as the measure sees it: letters without blanks, and what stands on them.

use std::ops::Range;

/// What a word hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Governor {
    /// It is the root.
    Root,
    /// The word at this place in [`Table::words`].
    Word(usize),
    /// The file has no trees.
    Untold,
}

/// A syntactic word.
#[derive(Debug, Clone)]
pub(crate) struct Word {
    /// Its letters; words of one multiword token share those of the token.
    pub(crate) letters: Range<usize>,
    /// Whether it is part of a multiword token.
    pub(crate) multi: bool,
    pub(crate) form: String,
    pub(crate) lemma: String,
    pub(crate) upos: String,
    /// The universal features alone, sorted; the rest is each treebank's own.
    pub(crate) features: String,
    pub(crate) governor: Governor,
    /// The relation without its subtype.
    pub(crate) relation: String,
}

/// A name: its letters and its kind (`PER`, `ORG`, `LOC`).
pub(crate) type NameSpan = (usize, usize, String);

/// A file. Places of letters count through the whole of it, so two files of one
/// text can be laid side by side however they cut it.
#[derive(Debug, Default)]
pub(crate) struct Table {
    pub(crate) letters: Vec<char>,
    pub(crate) tokens: Vec<Range<usize>>,
    pub(crate) sentences: Vec<Range<usize>>,
    pub(crate) words: Vec<Word>,
    /// Names, from `NER=` of the last column (IOB2).
    pub(crate) names: Vec<NameSpan>,
}

/// The features that the shared task compares.
const UNIVERSAL: &[&str] = &[
    "Abbr", "Animacy", "Aspect", "Case", "Definite", "Degree", "Evident", "Foreign", "Gender",
    "Mood", "NumType", "Number", "Person", "Polarity", "Polite", "Poss", "PronType", "Reflex",
    "Tense", "VerbForm", "Voice",
];

impl Table {
    /// Reads a file.
    ///
    /// # Errors
    /// The first line that is no line of CoNLL-U, or the first sentence whose
    /// governors make no tree: such a file is refused, as the shared task did.
    pub(crate) fn read(text: &str) -> Result<Self, String> {
        let mut table = Self::default();
        let mut first = 0;
        let mut start = 0;
        // The multiword token we are in, and how many of its words are to come.
        let mut inside = (0..0, 0_usize);
        for (number, line) in text.lines().chain(std::iter::once("")).enumerate() {
            let wrong = |what: &str| format!("line {}: {what}: `{line}`", number + 1);
            if line.is_empty() {
                table
                    .close(first, start)
                    .map_err(|what| format!("the sentence before line {}: {what}", number + 1))?;
                (first, start) = (table.words.len(), table.letters.len());
                inside.1 = 0;
                continue;
            }
            if line.starts_with('#') {
                continue;
            }
            let columns: Vec<&str> = line.split('\t').collect();
            let &[id, form, lemma, upos, _, features, head, relation, _, misc] = columns.as_slice()
            else {
                return Err(wrong("not ten columns"));
            };
            if id.contains('.') {
                continue;
            }
            let form: String = form
                .chars()
                .filter(|c| !c.is_whitespace() && !c.is_control())
                .collect();
            if let Some((from, to)) = id.split_once('-') {
                let count = match (from.parse::<usize>(), to.parse::<usize>()) {
                    (Ok(from), Ok(to)) if to >= from => to - from + 1,
                    _ => return Err(wrong("no number of words")),
                };
                inside = (table.token(&form), count);
                continue;
            }
            if id.parse() != Ok(table.words.len() - first + 1) {
                return Err(wrong("not the next number"));
            }
            let multi = inside.1 > 0;
            let letters = if multi {
                inside.1 -= 1;
                inside.0.clone()
            } else {
                table.token(&form)
            };
            let governor = match head.parse::<usize>() {
                Ok(0) => Governor::Root,
                Ok(head) => Governor::Word(first + head - 1),
                Err(_) if head == "_" => Governor::Untold,
                Err(_) => return Err(wrong("no governor")),
            };
            table.follow(&letters, misc, table.words.len() == first);
            table.words.push(Word {
                letters,
                multi,
                form,
                lemma: lemma.to_owned(),
                upos: upos.to_owned(),
                features: universal(features),
                governor,
                relation: relation.split(':').next().unwrap_or_default().to_owned(),
            });
        }
        Ok(table)
    }

    fn token(&mut self, form: &str) -> Range<usize> {
        let start = self.letters.len();
        self.letters.extend(form.chars());
        self.tokens.push(start..self.letters.len());
        start..self.letters.len()
    }

    /// Goes on with the last name, or begins one. A name never crosses a sentence.
    fn follow(&mut self, letters: &Range<usize>, misc: &str, opens: bool) {
        let tag = tag(misc);
        let Some((border, kind)) = tag.split_once('-') else {
            return;
        };
        let goes_on = !opens && border == "I";
        let before = self.words.last().map(|word| word.letters.end);
        match self.names.last_mut() {
            Some((_, end, of)) if goes_on && of == kind && Some(*end) == before => {
                *end = letters.end;
            }
            _ => self
                .names
                .push((letters.start, letters.end, kind.to_owned())),
        }
    }

    /// Ends the sentence of the words from `first` on.
    fn close(&mut self, first: usize, start: usize) -> Result<(), String> {
        let words = self.words.get(first..).unwrap_or_default();
        if words.is_empty() {
            return Ok(());
        }
        self.sentences.push(start..self.letters.len());
        if words.iter().all(|word| word.governor == Governor::Untold) {
            return Ok(());
        }
        let roots = words
            .iter()
            .filter(|word| word.governor == Governor::Root)
            .count();
        if roots != 1 {
            return Err(format!("{roots} roots"));
        }
        // A word whose way up is known leads to the root.
        let mut known = vec![false; words.len()];
        for from in 0..words.len() {
            let mut way = Vec::new();
            let mut at = from;
            while known.get(at) == Some(&false) {
                way.push(at);
                if way.len() > words.len() {
                    return Err("its governors go round".to_owned());
                }
                match words.get(at).map(|word| word.governor) {
                    Some(Governor::Word(head)) if head - first < words.len() => at = head - first,
                    Some(Governor::Root) => break,
                    _ => return Err("a governor outside".to_owned()),
                }
            }
            for step in way {
                if let Some(step) = known.get_mut(step) {
                    *step = true;
                }
            }
        }
        Ok(())
    }
}

/// The tag of a name in the last column; `O` where there is none.
fn tag(misc: &str) -> &str {
    misc.split('|')
        .find_map(|entry| entry.strip_prefix("NER="))
        .unwrap_or("O")
}

fn universal(features: &str) -> String {
    let mut kept: Vec<&str> = features
        .split('|')
        .filter(|feature| {
            let name = feature.split('=').next().unwrap_or_default();
            UNIVERSAL.binary_search(&name).is_ok()
        })
        .collect();
    kept.sort_unstable();
    kept.join("|")
}

#[cfg(test)]
mod tests {
    use super::{Table, UNIVERSAL};

    fn rows(rows: &[&str]) -> String {
        let lines: Vec<String> = rows
            .iter()
            .map(|row| row.split(' ').collect::<Vec<_>>().join("\t"))
            .collect();
        lines.join("\n") + "\n\n"
    }

    #[test]
    fn features_can_be_searched() {
        assert!(UNIVERSAL.is_sorted());
    }

    #[test]
    fn words_of_a_multiword_token_share_its_letters() {
        let text = rows(&[
            "1 sale _ VERB _ Tense=Pres|Xyz=1|Mood=Ind 0 root _ _",
            "2-3 del _ _ _ _ _ _ _ _",
            "2 de _ ADP _ _ 4 case _ _",
            "3 el _ DET _ _ 4 det:x _ _",
            "3.1 nada _ _ _ _ _ _ _ _",
            "4 mar _ NOUN _ _ 1 obl _ _",
        ]);
        let table = Table::read(&text).unwrap();
        assert_eq!(table.tokens, [0..4, 4..7, 7..10]);
        let letters: Vec<_> = table
            .words
            .iter()
            .map(|word| word.letters.clone())
            .collect();
        assert_eq!(letters, [0..4, 4..7, 4..7, 7..10]);
        assert_eq!(table.words[0].features, "Mood=Ind|Tense=Pres");
        assert_eq!(table.words[2].relation, "det");
        assert_eq!(table.sentences, vec![0..10]);
    }

    #[test]
    fn names_are_told_by_their_tags_and_end_with_the_sentence() {
        let text = rows(&[
            "1 Ana _ X _ _ _ _ _ NER=B-PER",
            "2 Paz _ X _ _ _ _ _ NER=I-PER|SpaceAfter=No",
            "3 CIA _ X _ _ _ _ _ NER=B-ORG",
            "4 FBI _ X _ _ _ _ _ NER=B-ORG",
            "5 y _ X _ _ _ _ _ NER=O",
            "6 Lima _ X _ _ _ _ _ NER=B-LOC",
        ]) + &rows(&["1 Ica _ X _ _ _ _ _ NER=I-LOC"]);
        let names = Table::read(&text).unwrap().names;
        let name = |start, end, kind: &str| (start, end, kind.to_owned());
        assert_eq!(
            names,
            [
                name(0, 6, "PER"),
                name(6, 9, "ORG"),
                name(9, 12, "ORG"),
                name(13, 17, "LOC"),
                name(17, 20, "LOC")
            ]
        );
    }

    #[test]
    fn what_is_no_tree_is_refused() {
        let two = rows(&["1 a _ X _ _ 0 root _ _", "2 b _ X _ _ 0 root _ _"]);
        assert!(Table::read(&two).unwrap_err().contains("2 roots"));
        let round = rows(&[
            "1 a _ X _ _ 0 root _ _",
            "2 b _ X _ _ 3 dep _ _",
            "3 c _ X _ _ 2 dep _ _",
        ]);
        assert!(Table::read(&round).unwrap_err().contains("go round"));
        let outside = rows(&["1 a _ X _ _ 0 root _ _", "2 b _ X _ _ 7 dep _ _"]);
        assert!(Table::read(&outside).unwrap_err().contains("outside"));
        assert!(Table::read("1\ta\n\n").is_err());
        assert!(Table::read(&rows(&["2 a _ X _ _ 0 root _ _"])).is_err());
    }
}
