//! Two names, word by word.

use super::NameSort;
use super::lexicon::Lexicon;
use super::likeness;
use super::written::{Part, PartSort, Reading, WrittenName};

/// Words less alike than this do not go together, in thousandths.
const ALIKE: u32 = 600;

/// The likeness of two names: that of their likest readings.
pub(crate) fn likeness(lexicon: &Lexicon, one: &WrittenName, other: &WrittenName) -> u16 {
    let mut best = 0;
    for first in &one.readings {
        for second in &other.readings {
            let body = one.sort != NameSort::Person;
            best = best.max(readings(lexicon, first, second, body));
        }
    }
    u16::try_from(best.min(1000)).unwrap_or(1000)
}

/// What weighs on either side of a comparison.
#[derive(Debug, Default)]
struct Sums {
    /// Weight of the words that go together.
    paired: u32,
    /// The same, by how alike they are.
    alike: u32,
    /// Full words that go together.
    full: usize,
    /// Weight of words without a partner.
    alone: [u32; 2],
    /// Numbers without a partner.
    numbers: [usize; 2],
}

fn readings(lexicon: &Lexicon, one: &Reading, other: &Reading, body: bool) -> u32 {
    let sums = paired(lexicon, &one.parts, &other.parts);
    let acronym = if body { acronym(one, other) } else { 0 };
    if sums.paired == 0 {
        return acronym;
    }
    // What both have of their own contradicts; what one has may only be left out.
    let (less, more) = (
        sums.alone[0].min(sums.alone[1]),
        sums.alone[0].max(sums.alone[1]),
    );
    let (contrary, omitted) = if body { (20, 6) } else { (24, 2) };
    let whole = 10 * sums.paired + contrary * less + omitted * (more - less);
    let mut likeness = 10 * sums.alike / whole.max(1);
    let words = |reading: &Reading| {
        let full = reading.parts.iter();
        full.filter(|part| part.sort == PartSort::Full).count()
    };
    let (first, second) = (words(one), words(other));
    if !body && sums.full < 2 && first.max(second) > 1 {
        // A surname alone, or with an initial, is many people's.
        let initials = sums.paired > 100 * sums.full as u32;
        likeness = likeness * if initials { 92 } else { 66 } / 100;
    }
    let initial = |reading: &Reading| {
        let mut parts = reading.parts.iter().skip(1);
        let initial = parts.find(|part| part.sort == PartSort::Initial)?;
        Some(initial.text.clone())
    };
    if let (false, Some(first), Some(second)) = (body, initial(one), initial(other))
        && first != second
    {
        likeness /= 2;
    }
    if let (Some(first), Some(second)) = (one.generation, other.generation)
        && first != second
    {
        likeness = likeness * 3 / 10;
    } else if one.generation != other.generation {
        likeness = likeness * 95 / 100;
    }
    if body {
        let apart = !one.forms.is_empty()
            && !other.forms.is_empty()
            && !one.forms.iter().any(|form| other.forms.contains(form));
        if apart {
            likeness = likeness * 88 / 100;
        } else if one.forms != other.forms {
            likeness = likeness * 98 / 100;
        }
    }
    match sums.numbers {
        [0, 0] => {}
        [0, _] | [_, 0] => likeness = likeness * 6 / 10,
        _ => likeness = likeness * 3 / 10,
    }
    likeness.max(acronym)
}

/// Pairs words of two names, the likest first, and adds up.
fn paired(lexicon: &Lexicon, one: &[Part], other: &[Part]) -> Sums {
    let mut pairs: Vec<(u32, usize, usize, usize)> = Vec::new();
    for (i, first) in one.iter().enumerate() {
        for (j, second) in other.iter().enumerate() {
            let alike = likeness::parts(lexicon, first, second);
            if alike >= ALIKE {
                pairs.push((alike, i.abs_diff(j), i, j));
            }
        }
    }
    pairs.sort_by_key(|(alike, far, i, j)| (std::cmp::Reverse(*alike), *far, *i, *j));
    let mut taken = [vec![false; one.len()], vec![false; other.len()]];
    let mut sums = Sums::default();
    join(one, other, &mut taken, &mut sums, false);
    join(other, one, &mut taken, &mut sums, true);
    for (alike, _, i, j) in pairs {
        if taken[0][i] || taken[1][j] {
            continue;
        }
        if stranger(&one[i], &taken[1], other, j) || stranger(&other[j], &taken[0], one, i) {
            continue;
        }
        (taken[0][i], taken[1][j]) = (true, true);
        let weight = u32::midpoint(weight(&one[i]), weight(&other[j]));
        sums.paired += weight;
        sums.alike += weight * alike;
        let full = |part: &Part| part.sort == PartSort::Full;
        sums.full += usize::from(full(&one[i]) && full(&other[j]));
    }
    for (side, parts) in [one, other].into_iter().enumerate() {
        for (part, taken) in parts.iter().zip(&taken[side]) {
            if !taken {
                sums.alone[side] += if part.sort == PartSort::Light {
                    0
                } else {
                    weight(part)
                };
                sums.numbers[side] += usize::from(part.sort == PartSort::Number);
            }
        }
    }
    sums
}

/// Whether a full word would go with a middle initial past a first name that is
/// another: `Lyndon Johnson`, `Robert L. Johnson`.
fn stranger(full: &Part, taken: &[bool], parts: &[Part], at: usize) -> bool {
    full.sort == PartSort::Full
        && parts[at].sort == PartSort::Initial
        && (0..at).any(|before| parts[before].sort == PartSort::Full && !taken[before])
}

/// Pairs two or three words of one name that the other writes as one.
fn join(one: &[Part], other: &[Part], taken: &mut [Vec<bool>; 2], sums: &mut Sums, turned: bool) {
    let (left, right) = if turned { (1, 0) } else { (0, 1) };
    for at in 0..one.len() {
        for many in [3, 2] {
            let Some(words) = one.get(at..at + many) else {
                continue;
            };
            // Words that stand on both sides need no joining.
            let stands = |part: &Part| other.iter().any(|own| own.text == part.text);
            if words.iter().all(stands) || taken[left][at..at + many].contains(&true) {
                continue;
            }
            let whole = (0..other.len()).find_map(|place| {
                let alike = likeness::joined(words, &other[place]);
                (alike > 0 && !taken[right][place]).then_some((place, alike))
            });
            if let Some((place, alike)) = whole {
                taken[left][at..at + many].fill(true);
                taken[right][place] = true;
                let weight = weight(&other[place]);
                sums.paired += weight;
                sums.alike += weight * alike;
                sums.full += 1;
                break;
            }
        }
    }
}

fn weight(part: &Part) -> u32 {
    match part.sort {
        PartSort::Full | PartSort::Number => 100,
        PartSort::Initial => 50,
        PartSort::Common => 60,
        PartSort::Light => 15,
    }
}

/// Likeness of a short form and the name whose first letters it has.
fn acronym(one: &Reading, other: &Reading) -> u32 {
    let short = |reading: &Reading| match reading.parts.as_slice() {
        [only] if (2..=7).contains(&only.text.len()) => Some(only.text.clone()),
        parts if parts.len() > 1 && parts.iter().all(|part| part.text.len() == 1) => {
            Some(parts.iter().map(|part| part.text.as_str()).collect())
        }
        _ => None,
    };
    let made_of = |short: Option<String>, long: &Reading| {
        short.is_some_and(|short| long.parts.len() > 1 && long.initials.contains(&short))
    };
    if made_of(short(one), other) || made_of(short(other), one) {
        780
    } else {
        0
    }
}
