//! One sentence's vote: how well each pack's words cover it.

use quipu_packs::Packs;

/// A sentence of so few words may be a name or a label.
const WORDS_FEW: u32 = 4;
/// On the average a word of a sentence scores so much in its own language;
/// foreign languages stay below.
const MEAN_MIN: f32 = 1.6;
/// By so much per word the best language must lead.
const LEAD_MIN: f32 = 0.8;
/// So many words of a hundred must be known.
const KNOWN_MIN: u32 = 52;

/// Words of this class and above are the small words of a language.
const COMMON_CLASS: u8 = 7;

/// How a sentence votes.
pub(super) struct Vote {
    /// Words that can bear witness.
    words: u32,
    /// Per language: sum over words, and how many it knows.
    scores: Vec<(i32, u32)>,
    /// Words in small letters.
    small: u32,
    /// Whether another language speaks: its script, or its small words.
    foreign: bool,
}

/// Takes the vote.
pub(super) fn vote(sentence: &str, packs: &Packs) -> Vote {
    let mut made = Vote {
        words: 0,
        scores: vec![(0, 0); packs.languages().len()],
        small: 0,
        foreign: false,
    };
    let (mut letters, mut foreign) = (0u32, 0u32);
    for c in sentence
        .chars()
        .filter(|c| !c.is_ascii() && c.is_alphabetic())
    {
        letters += 1;
        foreign += u32::from(c > '\u{24F}');
    }
    let ascii = sentence.bytes().filter(u8::is_ascii_alphabetic).count();
    made.foreign = foreign > 0 && foreign as usize * 2 > ascii + letters as usize;
    let mut neighbours = vec![0u32; packs.neighbours().len()];
    let mut own = 0u32;
    let mut first = true;
    for word in sentence.split(|c: char| !(c.is_alphanumeric() || c == '\'' || c == '’')) {
        let word = word.trim_matches(['\'', '’']);
        if word.is_empty() || word.contains(|c: char| c.is_ascii_digit()) {
            continue;
        }
        // Names are at home everywhere: a capital inside the sentence counts
        // little, unless the whole sentence is in capitals.
        let capital = word.starts_with(char::is_uppercase) && !first;
        first = false;
        made.small += u32::from(word.starts_with(char::is_lowercase));
        let near = match word.to_lowercase() {
            lower if !capital => packs.neighbours_of(&lower),
            _ => &[],
        };
        for at in near {
            if let Some(count) = neighbours.get_mut(*at) {
                *count += 1;
            }
        }
        let mut known_anywhere = false;
        let mut common = false;
        let weight = if capital { 1 } else { 2 };
        for (score, language) in made.scores.iter_mut().zip(packs.languages()) {
            match language.words.class(word) {
                Some(class) => {
                    score.0 += weight * i32::from(class);
                    score.1 += 1;
                    common |= class >= COMMON_CLASS;
                    known_anywhere = true;
                }
                None if language.spells(word) => score.0 -= weight,
                None => score.0 -= 3 * weight,
            }
        }
        own += u32::from(common && near.is_empty());
        if !capital || known_anywhere {
            made.words += 1;
        }
    }
    let most = neighbours.into_iter().max().unwrap_or(0);
    made.foreign |= most >= 2 && most * 2 >= own;
    made
}

impl Vote {
    /// The best language and by how much per word it leads.
    fn best(&self) -> Option<(usize, f32, f32)> {
        let (best, score) = self
            .scores
            .iter()
            .enumerate()
            .max_by_key(|(i, score)| (score.0, usize::MAX - i))?;
        let others = self.scores.iter().enumerate().filter(|(i, _)| *i != best);
        let next = others
            .map(|(_, score)| score.0)
            .max()
            .unwrap_or(i32::MIN / 2);
        let words = self.words.max(1) as f32 * 2.0;
        let lead = (score.0.saturating_sub(next)) as f32 / words;
        Some((best, score.0 as f32 / words, lead))
    }

    /// The language that the sentence itself tells.
    pub(super) fn settled(&self) -> Option<usize> {
        if self.foreign || self.words == 0 {
            return None;
        }
        let (best, mean, lead) = self.best()?;
        let known = self.scores.get(best)?.1 * 100 / self.words;
        let few = self.words < WORDS_FEW;
        let (mean_min, lead_min) = if few {
            (MEAN_MIN + 1.5, LEAD_MIN + 1.5)
        } else {
            (MEAN_MIN, LEAD_MIN)
        };
        (mean >= mean_min && lead >= lead_min && known >= KNOWN_MIN).then_some(best)
    }

    /// The language of its neighbours, where the sentence does not speak
    /// against it.
    pub(super) fn leaning(&self, before: Option<usize>, after: Option<usize>) -> Option<usize> {
        if self.foreign || self.words == 0 {
            return None;
        }
        let lean = before.or(after)?;
        let (best, mean, lead) = self.best()?;
        let known = self.scores.get(best)?.1;
        // A whole sentence of unknown words is no label: it is foreign.
        if self.words >= 2 * WORDS_FEW && known * 100 / self.words < KNOWN_MIN {
            return None;
        }
        if self.words >= WORDS_FEW && mean < 0.3 {
            return None;
        }
        let agreed = before == after || before.is_none() || after.is_none();
        // A label of names does not speak; what has small words does.
        let speaks = self.words >= WORDS_FEW || self.small >= 2 && mean >= MEAN_MIN;
        if best != lean && lead >= LEAD_MIN && known > 0 && speaks && self.small > 0 {
            return Some(best);
        }
        if !agreed && known > 0 && lead > 0.0 {
            Some(best)
        } else {
            Some(lean)
        }
    }
}
