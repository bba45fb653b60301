//! Which names of a document are of one: exact and contained names, surnames,
//! initials, spoilt letters, short forms. Two that might be two are kept apart.

use std::collections::{BTreeMap, HashMap};

use quipu_model::{AnnotatedText, NameKind};
use quipu_packs::{Gender, fold};

use super::words::Words;

/// Forms that share a word, of which more are not compared.
const SHARED: usize = 60;

/// Letters between a name and its alias, at most.
const BETWEEN: usize = 50;

/// A name of the document, as it is compared.
#[derive(Debug)]
pub(crate) struct Written {
    /// Its words, folded, without particles.
    parts: Vec<String>,
    /// All of it, folded.
    whole: String,
    person: bool,
    /// What title or given name tell.
    gender: Option<Gender>,
}

/// One written form, with all its places.
#[derive(Debug)]
struct Form {
    parts: Vec<String>,
    person: bool,
    organisation: bool,
    gender: Option<Gender>,
    /// Places among the names, ascending.
    places: Vec<usize>,
    /// The larger form it is said to be of.
    up: Option<usize>,
}

/// For each name, the first name of the same, and why; or that it might be several.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Tie {
    /// Place of the first name that is told to be the same.
    pub(crate) first: usize,
    pub(crate) why: Why,
}

/// Why two names are of one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Why {
    Exact,
    Contained,
    Spelling,
    Acronym,
    /// The text says that it is another name of the same.
    Alias,
    /// It might be of several.
    Ambiguous,
}

impl Why {
    pub(crate) const fn rule(self) -> &'static str {
        match self {
            Self::Exact => "any.reference.name-exact",
            Self::Contained => "any.reference.name-contained",
            Self::Spelling => "any.reference.name-spelling",
            Self::Acronym => "any.reference.acronym",
            // Each language has its own.
            Self::Alias => "",
            Self::Ambiguous => "any.reference.ambiguous",
        }
    }
}

/// Reads a name as it is compared. `gender` is that of its title.
pub(crate) fn written(
    words: &Words,
    text: &str,
    kind: NameKind,
    gender: Option<Gender>,
) -> Written {
    let whole = fold::phrase(text);
    let mut parts: Vec<String> = whole
        .split(|c: char| c.is_whitespace() || c == '-' || c == '.' || c == ',')
        .filter(|part| !part.is_empty() && part.chars().any(char::is_alphanumeric))
        .map(|part| part.trim_end_matches("'s").to_owned())
        .collect();
    let person = kind == NameKind::Person;
    if parts.len() > 1 {
        parts.retain(|part| !words.is_particle(part));
    }
    let given = || {
        (parts.len() > 1)
            .then(|| parts.first().and_then(|part| words.given(part)))
            .flatten()
    };
    Written {
        gender: gender.or_else(given).filter(|_| person),
        parts,
        whole,
        person,
    }
}

/// Ties the names of a document.
pub(crate) fn ties(
    annotated: &AnnotatedText,
    text: &str,
    names: &[Written],
    words: &Words,
) -> Vec<Tie> {
    let mut book = Book::new(annotated, names);
    book.acronyms(annotated, text, words);
    book.same(names, words);
    book.aliases(annotated, text, words);
    book.contained();
    book.spoilt(words);
    book.ties(names.len())
}

/// The words of a name, whether a person bears it, and for a surname alone the
/// gender that its title tells: Mr. and Mrs. Coll are two.
type Key = (String, bool, Option<Gender>);

struct Book {
    forms: Vec<Form>,
    /// Forms by each of their words.
    by_part: HashMap<String, Vec<usize>>,
    /// By folded whole.
    by_whole: BTreeMap<Key, usize>,
    /// Why a form is of the one above it.
    why: HashMap<usize, Why>,
    /// Single names that are of one form at some places only.
    alone: HashMap<usize, (usize, Why)>,
}

impl Book {
    fn new(annotated: &AnnotatedText, names: &[Written]) -> Self {
        // One word with two kinds: the rarer kind is a slip, unless both are told often.
        let mut counts: HashMap<&str, [usize; 2]> = HashMap::new();
        for name in names {
            counts.entry(&name.whole).or_default()[usize::from(name.person)] += 1;
        }
        let mut book = Self {
            forms: Vec::new(),
            by_part: HashMap::new(),
            by_whole: BTreeMap::new(),
            why: HashMap::new(),
            alone: HashMap::new(),
        };
        for (place, (name, layer)) in names.iter().zip(&annotated.names).enumerate() {
            let [others, persons] = counts[name.whole.as_str()];
            let person = if persons >= 3 * others {
                true
            } else if others >= 3 * persons {
                false
            } else {
                name.person
            };
            let gender = name.gender.filter(|_| name.parts.len() == 1 && person);
            let key = (name.parts.join(" "), person, gender);
            let form = *book.by_whole.entry(key).or_insert_with(|| {
                book.forms.push(Form {
                    parts: name.parts.clone(),
                    person,
                    organisation: false,
                    gender: None,
                    places: Vec::new(),
                    up: None,
                });
                book.forms.len() - 1
            });
            let form = &mut book.forms[form];
            form.organisation |= layer.kind == NameKind::Organisation;
            form.gender = form.gender.or(name.gender);
            form.places.push(place);
        }
        for (place, form) in book.forms.iter().enumerate() {
            for part in &form.parts {
                let shared = book.by_part.entry(part.clone()).or_default();
                if shared.len() < SHARED && shared.last() != Some(&place) {
                    shared.push(place);
                }
            }
        }
        book
    }

    fn root(&self, form: usize) -> usize {
        let mut at = form;
        // Each step goes to another form, and no form is above itself.
        for _ in 0..16 {
            match self.forms[at].up {
                Some(up) => at = up,
                None => break,
            }
        }
        at
    }

    fn join(&mut self, form: usize, up: usize, why: Why) {
        let up = self.root(up);
        if self.root(form) == up || self.forms[form].up.is_some() {
            return;
        }
        self.forms[form].up = Some(up);
        self.why.insert(form, why);
        let gender = self.forms[form].gender;
        let above = &mut self.forms[up];
        above.gender = above.gender.or(gender);
    }

    /// Short forms that the text itself explains, and capitals that are the
    /// initials of one longer name.
    fn acronyms(&mut self, annotated: &AnnotatedText, text: &str, words: &Words) {
        let key = |words: &Words, span: quipu_model::Span<quipu_model::Repaired>| {
            let name = written(
                words,
                span.of(text).unwrap_or_default(),
                NameKind::Organisation,
                None,
            );
            (name.parts.join(" "), false, None)
        };
        for acronym in &annotated.acronyms {
            let short = self.by_whole.get(&key(words, acronym.short)).copied();
            let long = self.by_whole.get(&key(words, acronym.long)).copied();
            if let (Some(short), Some(long)) = (short, long) {
                self.join(short, long, Why::Acronym);
            }
        }
        let mut initials: HashMap<String, Vec<usize>> = HashMap::new();
        for (place, form) in self.forms.iter().enumerate() {
            if !form.person && form.parts.len() >= 3 {
                let letters = form.parts.iter().filter_map(|part| part.chars().next());
                initials.entry(letters.collect()).or_default().push(place);
            }
        }
        for place in 0..self.forms.len() {
            let form = &self.forms[place];
            if form.person || form.parts.len() != 1 {
                continue;
            }
            if let Some([long]) = initials.get(&form.parts[0]).map(Vec::as_slice) {
                let long = *long;
                self.join(place, long, Why::Acronym);
            }
        }
    }

    /// Another name behind a word that tells one: *Luis Paz, alias Zorro*.
    fn aliases(&mut self, annotated: &AnnotatedText, text: &str, words: &Words) {
        let mut form_of = vec![0; annotated.names.len()];
        for (at, form) in self.forms.iter().enumerate() {
            for place in &form.places {
                form_of[*place] = at;
            }
        }
        for (place, pair) in annotated.names.windows(2).enumerate() {
            let [one, other] = pair else { continue };
            let (from, to) = (one.span.end() as usize, other.span.start() as usize);
            if to.saturating_sub(from) > BETWEEN {
                continue;
            }
            let between = text.get(from..to).unwrap_or_default();
            let told = fold::phrase(between.trim_matches(|c: char| !c.is_alphanumeric()));
            if words.alias.contains(&told) && one.kind == NameKind::Person {
                self.join(form_of[place + 1], form_of[place], Why::Alias);
            }
        }
    }

    /// Names that the packs know as spellings of one.
    fn same(&mut self, names: &[Written], words: &Words) {
        let mut seen: BTreeMap<usize, usize> = BTreeMap::new();
        for place in 0..self.forms.len() {
            let form = &self.forms[place];
            let whole = form.places.first().map(|at| names[*at].whole.clone());
            let Some(set) = whole.and_then(|whole| words.same(&whole)) else {
                continue;
            };
            match seen.get(&set) {
                Some(first) => {
                    let first = *first;
                    self.join(place, first, Why::Acronym);
                }
                None => {
                    seen.insert(set, place);
                }
            }
        }
    }

    /// Names that a longer one holds.
    fn contained(&mut self) {
        let mut order: Vec<usize> = (0..self.forms.len()).collect();
        order.sort_by_key(|form| {
            let form = &self.forms[*form];
            (
                std::cmp::Reverse(form.parts.len()),
                form.places.first().copied(),
            )
        });
        for form in order {
            if self.forms[form].up.is_some() {
                continue;
            }
            let above = self.above(form);
            let single = self.forms[form].person && self.forms[form].parts.len() == 1;
            if single {
                self.alone(form, &above);
                continue;
            }
            match above.as_slice() {
                [] => {}
                [one] => self.join(form, *one, Why::Contained),
                _ => {
                    self.why.insert(form, Why::Ambiguous);
                }
            }
        }
    }

    /// The largest forms that a form can be a shorter one of, each once.
    fn above(&self, form: usize) -> Vec<usize> {
        let own = &self.forms[form];
        let mut found: Vec<usize> = Vec::new();
        let mut shared: Vec<usize> = Vec::new();
        for part in own.parts.iter().rev().take(2).chain(own.parts.first()) {
            if let Some(forms) = self.by_part.get(part) {
                shared.extend(forms);
            }
        }
        shared.sort_unstable();
        shared.dedup();
        for other in shared {
            let root = self.root(other);
            if other != form && root != form && !found.contains(&root) && self.holds(other, form) {
                found.push(root);
            }
        }
        found
    }

    /// Whether the longer form can be told by the shorter one.
    fn holds(&self, longer: usize, shorter: usize) -> bool {
        let (long, short) = (&self.forms[longer], &self.forms[shorter]);
        if long.person != short.person
            || long.parts.len() < short.parts.len()
            || (long.parts.len() == short.parts.len() && longer == shorter)
        {
            return false;
        }
        let against = |one: Option<Gender>, other: Option<Gender>| {
            one.is_some() && other.is_some() && one != other
        };
        if against(long.gender, short.gender) {
            return false;
        }
        if !long.person {
            let prefix = long.parts.len() > short.parts.len()
                && long.parts.starts_with(&short.parts)
                && (short.parts.len() > 1 || (short.organisation && long.organisation));
            return prefix;
        }
        let initial = |part: &str| part.chars().count() == 1;
        let fits = |short: &str, long: &str| {
            short == long
                || (initial(short) && long.starts_with(short))
                || (initial(long) && short.starts_with(long))
        };
        if long.parts.len() == 1 {
            return short.parts == long.parts && short.gender.is_none() && long.gender.is_some();
        }
        if long.parts.len() == short.parts.len() {
            // `J. Dulles` and `John Dulles`.
            return short.parts.len() > 1
                && short.parts.last() == long.parts.last()
                && short.parts.iter().any(|part| initial(part))
                && long.parts.iter().filter(|part| initial(part)).count()
                    < short.parts.iter().filter(|part| initial(part)).count()
                && short
                    .parts
                    .iter()
                    .zip(&long.parts)
                    .all(|(short, long)| fits(short, long));
        }
        let mut rest = long.parts.iter();
        let within = short
            .parts
            .iter()
            .all(|part| rest.by_ref().any(|long| fits(part, long)));
        // `Ana María` is no surname of `Ana María Coll`, but may be how she is called.
        let last = short.parts.last();
        within && last.is_some_and(|last| !initial(last))
    }

    /// A surname or given name alone: of the one person who bears it and was told
    /// before, or of the only one in the document.
    fn alone(&mut self, form: usize, above: &[usize]) {
        match above {
            [] => {}
            [one] => self.join(form, *one, Why::Contained),
            several => {
                let starts: Vec<(usize, usize)> = several
                    .iter()
                    .map(|root| (self.first_of(*root), *root))
                    .collect();
                for place in self.forms[form].places.clone() {
                    let mut before = starts.iter().filter(|(start, _)| *start < place);
                    let tie = match (before.next(), before.next()) {
                        (Some((_, root)), None) => (*root, Why::Contained),
                        _ => (form, Why::Ambiguous),
                    };
                    self.alone.insert(place, tie);
                }
            }
        }
    }

    /// The first place of a form and all that are of it.
    fn first_of(&self, root: usize) -> usize {
        let mut own = self.forms[root].places.first().copied().unwrap_or(0);
        for part in self.forms[root].parts.iter().take(1) {
            for other in self.by_part.get(part).into_iter().flatten() {
                if self.root(*other) == root {
                    own = own.min(self.forms[*other].places.first().copied().unwrap_or(own));
                }
            }
        }
        own
    }

    /// One letter of a long word that is another: spoilt, or spelled otherwise.
    fn spoilt(&mut self, words: &Words) {
        for form in 0..self.forms.len() {
            let own = &self.forms[form];
            if own.up.is_some() || !own.person || own.parts.len() < 2 {
                continue;
            }
            let mut near = Vec::new();
            for part in &own.parts {
                near.extend(self.by_part.get(part).into_iter().flatten().copied());
            }
            near.sort_unstable();
            near.dedup();
            let found = near.into_iter().find(|other| {
                *other != form
                    && self.root(*other) != form
                    && self.forms[*other].person
                    && misspelled(&own.parts, &self.forms[*other].parts, words)
            });
            if let Some(other) = found {
                self.join(form, other, Why::Spelling);
            }
        }
    }

    fn ties(&self, count: usize) -> Vec<Tie> {
        let mut ties: Vec<Tie> = (0..count)
            .map(|first| Tie {
                first,
                why: Why::Exact,
            })
            .collect();
        let mut firsts: HashMap<usize, usize> = HashMap::new();
        let mut placed: Vec<(usize, usize, Why)> = Vec::with_capacity(count);
        for (at, form) in self.forms.iter().enumerate() {
            for place in &form.places {
                let (root, why) = match self.alone.get(place) {
                    Some((root, why)) => (self.root(*root), *why),
                    None => (
                        self.root(at),
                        self.why.get(&at).copied().unwrap_or(Why::Exact),
                    ),
                };
                placed.push((*place, root, why));
            }
        }
        placed.sort_unstable();
        for (place, root, why) in placed {
            let first = if why == Why::Ambiguous {
                // Of whom it is nobody knows, not even that two of them are of one.
                place
            } else {
                *firsts.entry(root).or_insert(place)
            };
            ties[place] = Tie { first, why };
        }
        ties
    }
}

/// Whether two names of as many words differ by one letter inside one long word.
fn misspelled(one: &[String], other: &[String], words: &Words) -> bool {
    if one.len() != other.len() {
        return false;
    }
    let mut differing = one
        .iter()
        .zip(other)
        .enumerate()
        .filter(|(_, (a, b))| a != b);
    let Some((at, (a, b))) = differing.next() else {
        return false;
    };
    // `Mario` and `Maria`, `Antonio` and `Antonia` are two given names.
    differing.next().is_none()
        && (at > 0 || !(words.is_given(a) && words.is_given(b)))
        && a.chars().count().min(b.chars().count()) >= 6
        && a.chars().next() == b.chars().next()
        && a.chars().last() == b.chars().last()
        && one_edit(a, b)
}

fn one_edit(a: &str, b: &str) -> bool {
    let (a, b): (Vec<char>, Vec<char>) = (a.chars().collect(), b.chars().collect());
    let (short, long) = if a.len() <= b.len() {
        (&a, &b)
    } else {
        (&b, &a)
    };
    if long.len() - short.len() > 1 {
        return false;
    }
    let same = short
        .iter()
        .zip(long.iter())
        .take_while(|(x, y)| x == y)
        .count();
    let skip = usize::from(long.len() == short.len());
    short.get(same + skip..) == long.get(same + 1..)
}
