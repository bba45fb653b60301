//! Mentions: which words of a sentence can stand for somebody or something.

use quipu_model::span::{Repaired, Span};
use quipu_model::{MentionKind, Name, NameKind};
use quipu_packs::{Agreement, Gender, ReferenceEngine};

use super::shape;
use super::words::{Pronoun, Sort, Words};
use crate::claims::tree::Tree;

/// How a noun phrase points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Reach {
    /// *the minister*
    Definite,
    /// *this minister*
    Pointing,
    /// *his minister*, *the bank's minister*
    Owned,
    /// *a minister*, *two ministers*
    Indefinite,
    /// *ministers*, *tin*
    Bare,
}

/// What a mention is of its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Place {
    Subject,
    Object,
    Oblique,
    Inside,
}

/// Something a mention is said to be: *Paz, the head of the Guard*.
#[derive(Debug, Clone)]
pub(crate) struct Said {
    pub(crate) lemma: String,
    pub(crate) owner: Option<usize>,
    pub(crate) modifiers: Vec<String>,
    pub(crate) gender: Option<Gender>,
}

/// A mention, with what reference asks of it. Places are those of tokens in its
/// sentence.
#[derive(Debug, Clone)]
pub(crate) struct Found<'a> {
    pub(crate) sentence: usize,
    pub(crate) head: usize,
    pub(crate) span: Span<Repaired>,
    pub(crate) letters: Span<Repaired>,
    /// The head with what belongs to it, no clause and no apposition.
    pub(crate) phrase: Span<Repaired>,
    /// The same, with the title before a name.
    pub(crate) slot: Span<Repaired>,
    pub(crate) kind: MentionKind,
    pub(crate) pronoun: Option<&'a Pronoun>,
    pub(crate) lemma: String,
    pub(crate) modifiers: Vec<String>,
    pub(crate) reach: Reach,
    pub(crate) agreement: Agreement,
    pub(crate) body: bool,
    /// Written with a capital as a name is, though the network told none.
    pub(crate) proper: bool,
    pub(crate) place: Place,
    pub(crate) governor: Option<usize>,
    pub(crate) owner: Option<usize>,
    pub(crate) name: Option<&'a Name>,
    pub(crate) said: Vec<Said>,
    /// Heads of the members of a coordination that it is as a whole.
    pub(crate) members: Vec<usize>,
    /// Heads of the phrases that hold it without a clause between.
    pub(crate) inside: Vec<usize>,
    /// Whether it is the first or the last of two.
    pub(crate) ordinal: Option<ReferenceEngine>,
    /// The quotation it stands in.
    pub(crate) quote: Option<usize>,
}

impl Found<'_> {
    pub(crate) fn is_silent(&self) -> bool {
        self.span.is_empty()
    }

    pub(crate) fn is_group(&self) -> bool {
        !self.members.is_empty()
    }
}

/// Mentions of a sentence in the order of their heads; a coordination stands
/// behind its first member.
pub(crate) fn find<'a>(
    tree: &Tree<'a>,
    words: &'a Words,
    sentence: usize,
    quotes: &[Option<usize>],
) -> Vec<Found<'a>> {
    let finder = Finder {
        tree,
        words,
        sentence,
        quotes,
    };
    let mut found = Vec::new();
    for at in 0..tree.len() {
        if let Some(ordinal) = finder.ordinal(at) {
            found.push(ordinal);
            continue;
        }
        found.extend(finder.pronoun(at));
        found.extend(finder.silent(at));
        if let Some(noun) = finder.noun(at) {
            let group = finder.group(at);
            found.push(noun);
            found.extend(group);
        }
    }
    found
}

struct Finder<'t, 'a> {
    tree: &'t Tree<'a>,
    words: &'a Words,
    sentence: usize,
    quotes: &'t [Option<usize>],
}

/// Members of a coordination that are looked at, and phrases that hold another.
const MOST: usize = 8;

impl<'a> Finder<'_, 'a> {
    fn bare(&self, at: usize, kind: MentionKind) -> Found<'a> {
        let letters = self.tree.letters[at];
        Found {
            sentence: self.sentence,
            head: at,
            span: letters,
            letters,
            phrase: letters,
            slot: letters,
            kind,
            pronoun: None,
            lemma: String::new(),
            modifiers: Vec::new(),
            reach: Reach::Definite,
            agreement: Agreement::default(),
            body: false,
            proper: false,
            place: self.place(at),
            governor: self.governor(at),
            owner: None,
            name: None,
            said: Vec::new(),
            members: Vec::new(),
            inside: self.inside(at),
            ordinal: None,
            quote: self.quotes.get(at).copied().flatten(),
        }
    }

    fn place(&self, at: usize) -> Place {
        let tree = self.tree;
        // The first member tells what all are.
        let mut at = at;
        for _ in 0..MOST {
            match tree.head[at] {
                Some(head) if tree.is(at, "conj") && tree.is_nominal(head) => at = head,
                _ => break,
            }
        }
        if tree.is(at, "nsubj") {
            Place::Subject
        } else if tree.is(at, "obj") || tree.is(at, "iobj") {
            Place::Object
        } else if tree.is(at, "obl") || tree.is(at, "root") {
            Place::Oblique
        } else {
            Place::Inside
        }
    }

    fn governor(&self, at: usize) -> Option<usize> {
        let tree = self.tree;
        let argument = ["nsubj", "obj", "iobj", "obl"];
        argument
            .iter()
            .any(|relation| tree.is(at, relation))
            .then_some(tree.head[at])?
    }

    fn inside(&self, at: usize) -> Vec<usize> {
        let tree = self.tree;
        let within = ["nmod", "det", "compound", "amod", "appos", "flat", "nummod"];
        let mut heads = Vec::new();
        let mut at = at;
        while heads.len() < MOST && within.iter().any(|relation| tree.is(at, relation)) {
            let Some(head) = tree.head[at] else { break };
            heads.push(head);
            at = head;
        }
        heads
    }

    /// *the former*, *este último*: words in a row that end with a head.
    fn ordinal(&self, at: usize) -> Option<Found<'a>> {
        let tree = self.tree;
        if self.place(at) == Place::Inside || tree.children(at).len() > 3 {
            return None;
        }
        let ends = |words: &String| {
            let mut own = at + 1;
            words.rsplit(' ').all(|word| {
                own = own.wrapping_sub(1);
                own < tree.len() && tree.lower(own) == word
            })
        };
        let engine = if self.words.former.iter().any(ends) {
            ReferenceEngine::Former
        } else if self.words.latter.iter().any(ends) {
            ReferenceEngine::Latter
        } else {
            return None;
        };
        let mut made = self.bare(at, MentionKind::Pronoun);
        made.span = shape::whole(tree, at, true);
        made.ordinal = Some(engine);
        Some(made)
    }

    fn pronoun(&self, at: usize) -> Option<Found<'a>> {
        let tree = self.tree;
        if !matches!(tree.pos(at), "PRON" | "DET") || tree.is(at, "expl") || tree.is(at, "fixed") {
            return None;
        }
        let listed = self.words.pronouns.get(&tree.lower(at))?;
        // `her` is whose it is before its noun, else whom it is.
        let owns = tree.is(at, "det") || tree.is_exactly(at, "nmod:poss");
        let pronoun = listed
            .iter()
            .find(|pronoun| (pronoun.sort == Sort::Possessive) == owns)
            .or_else(|| listed.first().filter(|_| tree.pos(at) == "PRON"))?;
        let third = pronoun.agreement.person == Some(3);
        let governor = tree.head[at].map(|head| tree.lemma(head));
        if third
            && pronoun.agreement.animate != Some(true)
            && tree.is(at, "nsubj")
            && governor.is_some_and(|lemma| self.words.is_expletive(lemma))
        {
            return None;
        }
        Some(Found {
            pronoun: Some(pronoun),
            agreement: pronoun.agreement,
            ..self.bare(at, MentionKind::Pronoun)
        })
    }

    /// A subject that only the ending of a finite verb tells.
    fn silent(&self, at: usize) -> Option<Found<'a>> {
        let (tree, words) = (self.tree, self.words);
        let silent = words.silent.as_ref()?;
        let helpers = |child: &usize| tree.is(*child, "aux") || tree.is(*child, "cop");
        let children = tree.children(at);
        let copular = children.iter().any(|child| tree.is(*child, "cop"));
        if tree.pos(at) != "VERB" && !copular {
            return None;
        }
        let finite = std::iter::once(at)
            .chain(children.iter().copied().filter(helpers))
            .find(|own| tree.has(*own, "VerbForm=Fin"))?;
        // `se acordó` has no subject, `se reunió` has.
        let told = |child: &usize| {
            tree.is(*child, "nsubj")
                || tree.is(*child, "csubj")
                || tree.is_exactly(*child, "expl:pass")
                || tree.is_exactly(*child, "expl:impers")
        };
        if children.iter().any(told)
            || silent.verbs.contains(tree.lemma(at))
            || tree.has(finite, "Mood=Imp")
        {
            return None;
        }
        let person = match tree.feature(finite, "Person")? {
            "1" => 1,
            "3" => 3,
            _ => return None,
        };
        let plural = tree.feature(finite, "Number") == Some("Plur");
        // A plural of nobody in particular: `dicen que`.
        let mut made = self.bare(at, MentionKind::Pronoun);
        let start = tree.letters[finite.min(at)].start();
        made.span = Span::new(start, start);
        made.slot = made.span;
        made.pronoun = Some(&silent.pronoun);
        made.agreement = Agreement {
            person: Some(person),
            plural: Some(plural),
            gender: None,
            animate: None,
        };
        made.place = Place::Subject;
        made.governor = Some(at);
        made.inside = Vec::new();
        Some(made)
    }

    fn noun(&self, at: usize) -> Option<Found<'a>> {
        let tree = self.tree;
        if !matches!(tree.pos(at), "NOUN" | "PROPN") && tree.name[at].is_none() {
            return None;
        }
        let own = tree.name[at].filter(|name| self.heads_name(at, name));
        let parts = ["flat", "compound", "fixed", "goeswith"];
        // `Judge` of `Judge Paz` may hang on `Paz` as a description.
        let part = parts.iter().any(|relation| tree.is(at, relation))
            || (own.is_none() && tree.is_exactly(at, "nmod:desc"));
        if own.is_none() && (tree.name[at].is_some() || part || tree.timed[at] || tree.length[at]) {
            return None;
        }
        if own.is_some() && self.belongs_to_title(at) {
            return None;
        }
        let copular = tree.children(at).iter().any(|child| tree.is(*child, "cop"));
        let apposed =
            tree.is(at, "appos") && own.is_none_or(|name| name.kind != NameKind::Location);
        if own.is_none() && (copular || apposed) {
            return None;
        }
        let mut made = self.bare(at, MentionKind::Description);
        made.phrase = shape::phrase(tree, at);
        made.slot = made.phrase;
        made.span = if part {
            own.map_or(made.letters, |name| name.span)
        } else {
            shape::whole(tree, at, true)
        };
        made.lemma = tree.lemma(at).to_owned();
        made.proper = tree.pos(at) == "PROPN";
        (made.reach, made.owner) = self.reach(at);
        made.modifiers = self.modifiers(at);
        if self.stands_for_nobody(at) {
            return None;
        }
        made.name = own.or_else(|| self.bearer(at));
        if let Some(name) = made.name {
            made.kind = MentionKind::Name;
            made.phrase = name.span;
        }
        if own.is_none() && made.name.is_some() {
            let said = self.said(at);
            made.said.push(said);
        }
        self.attributes(at, &mut made);
        self.agree(at, &mut made);
        Some(made)
    }

    /// Whether the word is the head of the letters of a name.
    fn heads_name(&self, at: usize, name: &Name) -> bool {
        let tree = self.tree;
        let within = |other: usize| tree.name[other].is_some_and(|own| own.span == name.span);
        if tree.head[at].is_some_and(within) {
            return false;
        }
        // Where a name falls apart in the tree, its first head stands for it.
        !(0..at)
            .rev()
            .take(30)
            .take_while(|other| within(*other))
            .any(|other| tree.head[other].is_none_or(|head| !within(head)))
    }

    /// Whether a name stands for the noun it hangs on: *President Rojas*, *his
    /// brother, Luis Paz*.
    fn belongs_to_title(&self, at: usize) -> bool {
        let tree = self.tree;
        let Some(head) = tree.head[at].filter(|head| tree.name[*head].is_none()) else {
            return false;
        };
        let name = tree.name[at];
        self.bearer(head).map(|bearer| bearer.span) == name.map(|name| name.span)
    }

    /// The name that a noun without one goes by.
    fn bearer(&self, head: usize) -> Option<&'a Name> {
        let tree = self.tree;
        if tree.name[head].is_some() || tree.pos(head) == "PRON" {
            return None;
        }
        let person = self.words.person(tree.lemma(head)).is_some();
        let body = self.words.is_body(tree.lemma(head));
        let fits = |name: &&'a Name| match name.kind {
            NameKind::Person => person || tree.titled[head].is_some(),
            NameKind::Organisation => body,
            NameKind::Location => false,
        };
        let beside = |at: &&usize| {
            tree.is(**at, "appos") || tree.is(**at, "flat") || tree.is_exactly(**at, "nmod:desc")
        };
        let singular = !tree.has(head, "Number=Plur");
        let mut children = tree.children(head).iter().filter(beside).take(MOST);
        let found = children.find_map(|at| tree.name[*at].filter(fits).filter(|_| singular));
        // `President` may hang on `Rojas`, but then it is no mention of its own.
        found.filter(|name| tree.sentence.span.contains(name.span))
    }

    fn said(&self, at: usize) -> Said {
        let (_, owner) = self.reach(at);
        Said {
            lemma: self.tree.lemma(at).to_owned(),
            owner,
            modifiers: self.modifiers(at),
            gender: self.gender_of(at),
        }
    }

    /// What the words beside a mention say it is.
    fn attributes(&self, at: usize, made: &mut Found<'a>) {
        let tree = self.tree;
        for child in tree.children(at).iter().copied().take(40) {
            let nominal = matches!(tree.pos(child), "NOUN" | "PROPN");
            let title = tree.titled[child].is_some() && tree.titled[child] == made.name;
            if nominal && tree.name[child].is_none() && (title || tree.is(child, "appos")) {
                made.said.push(self.said(child));
            }
        }
        // Paz is the head of the Guard.
        let predicate = tree.head[at].filter(|_| tree.is(at, "nsubj"));
        if let Some(predicate) = predicate.filter(|at| tree.pos(*at) == "NOUN") {
            // Those near it: a broken tree may hang everything on one word.
            let children = tree.children(predicate);
            let children = children.get(..children.len().min(40)).unwrap_or_default();
            let copula = children.iter().any(|child| tree.is(*child, "cop"));
            let negated = children.iter().any(|child| {
                self.words
                    .predication
                    .negation
                    .contains(&tree.lower(*child))
            });
            if copula && !negated {
                made.said.push(self.said(predicate));
            }
        }
    }

    fn agree(&self, at: usize, made: &mut Found<'a>) {
        let tree = self.tree;
        let mut own = Agreement {
            person: Some(3),
            plural: Some(tree.has(at, "Number=Plur")),
            gender: self.told_gender(at),
            animate: None,
        };
        if let Some(name) = made.name {
            made.body = name.kind == NameKind::Organisation;
            own.plural = (name.kind == NameKind::Person).then_some(false);
            own.animate = match name.kind {
                NameKind::Person => Some(true),
                NameKind::Organisation => None,
                NameKind::Location => Some(false),
            };
            if name.kind == NameKind::Person {
                own.gender = self.gender(name, made);
            }
        } else {
            let person = self.words.person(&made.lemma);
            made.body = self.words.is_body(&made.lemma);
            own.animate = match person {
                Some(gender) => {
                    own.gender = own.gender.or(gender);
                    Some(true)
                }
                None if made.body || tree.pos(at) == "PROPN" => None,
                None => Some(false),
            };
        }
        made.agreement = own;
    }

    fn told_gender(&self, at: usize) -> Option<Gender> {
        match self.tree.feature(at, "Gender") {
            Some("Masc") => Some(Gender::Masculine),
            Some("Fem") => Some(Gender::Feminine),
            _ => None,
        }
    }

    /// The gender of a noun of a person.
    fn gender_of(&self, at: usize) -> Option<Gender> {
        let tree = self.tree;
        let listed = |word: &str| self.words.person(word).flatten();
        let told = listed(&tree.lower(at)).or_else(|| self.told_gender(at));
        told.or_else(|| listed(tree.lemma(at)))
    }

    /// The gender of a person by title, post or given name.
    fn gender(&self, name: &Name, made: &Found<'_>) -> Option<Gender> {
        let tree = self.tree;
        let titles = name.titles.iter().filter_map(|title| title.of(tree.text));
        let mut titles = titles.flat_map(str::split_whitespace);
        let by_title = titles.find_map(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            self.words.person(&word.to_lowercase()).flatten()
        });
        let by_post = || made.said.iter().find_map(|said| said.gender);
        let by_name = || {
            let mut parts = tree.words_of(name.span).split_whitespace();
            let first = parts.next().map(quipu_packs::fold::phrase)?;
            parts.next()?;
            self.words.given(&first)
        };
        by_title.or_else(by_post).or_else(by_name)
    }

    fn reach(&self, at: usize) -> (Reach, Option<usize>) {
        let tree = self.tree;
        let mut reach = Reach::Bare;
        for child in tree.children(at).iter().copied() {
            if tree.is_exactly(child, "nmod:poss") || tree.has(child, "Poss=Yes") {
                return (Reach::Owned, Some(child));
            }
            if tree.is(child, "det") && reach == Reach::Bare {
                reach = if tree.has(child, "PronType=Dem") {
                    Reach::Pointing
                } else if tree.has(child, "Definite=Def") {
                    Reach::Definite
                } else {
                    Reach::Indefinite
                };
            } else if tree.is(child, "nummod") && reach == Reach::Bare {
                reach = Reach::Indefinite;
            }
        }
        // The brother of the minister.
        let of = tree.children(at).iter().copied().find(|child| {
            tree.is(*child, "nmod")
                && tree
                    .case(*child)
                    .is_some_and(|case| tree.words.of.contains(case))
        });
        (reach, of)
    }

    fn stands_for_nobody(&self, at: usize) -> bool {
        let tree = self.tree;
        let mut children = tree.children(at).iter();
        children
            .any(|child| tree.is(*child, "det") && self.words.nobody.contains(&tree.lower(*child)))
    }

    fn modifiers(&self, at: usize) -> Vec<String> {
        let tree = self.tree;
        let relations = ["amod", "compound", "nummod", "nmod", "flat"];
        let mut children = tree.children(at).iter().copied();
        let mut made = Vec::new();
        while let Some(child) = children.next().filter(|_| made.len() < MOST) {
            let own = relations.iter().any(|relation| tree.is(child, relation));
            let owner = tree.is_exactly(child, "nmod:poss") || tree.has(child, "Poss=Yes");
            // `otro` of `el otro diario` may hang on `el`.
            let other = tree.is(child, "det")
                && std::iter::once(&child)
                    .chain(tree.children(child))
                    .any(|own| self.words.other.contains(tree.lemma(*own)));
            if (own && !owner) || other {
                made.push(tree.lemma(child).to_owned());
            }
            if other {
                made.extend(
                    tree.children(child)
                        .first()
                        .map(|own| tree.lemma(*own).to_owned()),
                );
            }
        }
        made
    }

    /// A coordination as a whole: *Soto and Paz*.
    fn group(&self, at: usize) -> Option<Found<'a>> {
        let tree = self.tree;
        if tree.is(at, "conj") {
            return None;
        }
        let mut children = tree.children(at).iter().copied();
        let joined = |child: &usize| tree.is(*child, "conj") && tree.is_nominal(*child);
        let members: Vec<usize> = children.by_ref().filter(joined).take(MOST).collect();
        if members.is_empty() {
            return None;
        }
        let person = |at: &usize| match tree.name[*at] {
            Some(name) => name.kind == NameKind::Person,
            None => self.words.person(tree.lemma(*at)).is_some(),
        };
        let mut made = self.bare(at, MentionKind::Description);
        made.span = shape::whole(tree, at, false);
        made.phrase = made.span;
        made.agreement = Agreement {
            person: Some(3),
            plural: Some(true),
            gender: None,
            animate: Some(person(&at) && members.iter().all(person)),
        };
        made.members = std::iter::once(at).chain(members).collect();
        Some(made)
    }
}
