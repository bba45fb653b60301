//! A sentence as a tree that can be walked in both directions.

use quipu_model::span::{Repaired, Span};
use quipu_model::{AmountExpression, Name, NameKind, Sentence, TimeExpression, TimeKind, Token};
use quipu_packs::PredicationWords;

use super::within;
use crate::reference::References;

/// A sentence, ready to be walked. Places are those of its tokens.
#[derive(Debug)]
pub(crate) struct Tree<'a> {
    pub(crate) text: &'a str,
    pub(crate) sentence: &'a Sentence,
    pub(crate) words: &'a PredicationWords,
    /// The letters of each word alone.
    pub(crate) letters: Vec<Span<Repaired>>,
    /// The head of each word; `None` for a root.
    pub(crate) head: Vec<Option<usize>>,
    /// The name each word is part of.
    pub(crate) name: Vec<Option<&'a Name>>,
    /// The name each word stands beside as title or post.
    pub(crate) titled: Vec<Option<&'a Name>>,
    /// Whether each word is part of a date or another time that is no length.
    pub(crate) timed: Vec<bool>,
    /// Whether each word is part of a length of time: `six years`.
    pub(crate) length: Vec<bool>,
    /// The amount each word is part of, by its place among all.
    pub(crate) amount: Vec<Option<usize>>,
    /// The case word of each word, with its lemma in lower case.
    case: Vec<Option<String>>,
    lemma: Vec<String>,
    children: Vec<usize>,
    from: Vec<usize>,
    /// First and last word of all that hangs on each word.
    pub(crate) extent: Vec<(usize, usize)>,
    /// Who the words of the document stand for, once that is read.
    pub(crate) references: Option<&'a References>,
    /// Every word that hangs on a root, heads before what hangs on them.
    pub(crate) order: Vec<usize>,
}

impl<'a> Tree<'a> {
    /// The tree of a sentence, with what of a document's layers lies in it.
    pub(crate) fn of_sentence(
        text: &'a str,
        sentence: &'a Sentence,
        words: &'a PredicationWords,
        names: &'a [Name],
        times: &[TimeExpression],
        amounts: &[AmountExpression],
    ) -> Self {
        let span = sentence.span;
        let names = &names[within(names, span, |name| name.span)];
        let within_times = within(times, span, |time| time.span);
        let counted = within(amounts, span, |amount| amount.span);
        Self::new(
            text,
            sentence,
            words,
            names,
            &times[within_times],
            (counted.start, &amounts[counted.clone()]),
        )
    }

    pub(crate) fn new(
        text: &'a str,
        sentence: &'a Sentence,
        words: &'a PredicationWords,
        names: &'a [Name],
        times: &[TimeExpression],
        amounts: (usize, &[AmountExpression]),
    ) -> Self {
        let tokens = &sentence.tokens;
        let n = tokens.len();
        let head: Vec<Option<usize>> = tokens
            .iter()
            .enumerate()
            .map(|(i, token)| {
                let head = usize::try_from(token.head).ok()?.checked_sub(1)?;
                (head < n && head != i).then_some(head)
            })
            .collect();
        let mut from = vec![0; n + 1];
        for head in head.iter().flatten() {
            from[head + 1] += 1;
        }
        for i in 0..n {
            from[i + 1] += from[i];
        }
        let mut next = from.clone();
        let mut children = vec![0; from[n]];
        for (i, head) in head.iter().enumerate() {
            if let Some(head) = head {
                children[next[*head]] = i;
                next[*head] += 1;
            }
        }
        let mut order: Vec<usize> = (0..n).filter(|i| head[*i].is_none()).collect();
        let mut done = 0;
        while let Some(at) = order.get(done).copied() {
            order.extend_from_slice(&children[from[at]..from[at + 1]]);
            done += 1;
        }
        let letters = sentence.own_letters(text, 0);
        let in_time = |length: bool| -> Vec<bool> {
            let fits = |time: &&TimeExpression| (time.kind == TimeKind::Duration) == length;
            cover(tokens, times, |time| time.span)
                .iter()
                .map(|time| time.as_ref().is_some_and(fits))
                .collect()
        };
        let mut made = Self {
            text,
            sentence,
            words,
            name: cover(tokens, names, |name| name.span),
            titled: vec![None; n],
            timed: in_time(false),
            length: in_time(true),
            amount: Vec::new(),
            case: vec![None; n],
            lemma: Vec::with_capacity(n),
            letters,
            head,
            children,
            from,
            extent: (0..n).map(|i| (i, i)).collect(),
            references: None,
            order,
        };
        for i in made.order.iter().copied().rev() {
            if let Some(head) = made.head[i] {
                let (own, above) = (made.extent[i], made.extent[head]);
                made.extent[head] = (above.0.min(own.0), above.1.max(own.1));
            }
        }
        let numbered: Vec<(usize, Span<Repaired>)> = amounts
            .1
            .iter()
            .enumerate()
            .map(|(i, amount)| (amounts.0 + i, amount.span))
            .collect();
        made.amount = cover(tokens, &numbered, |(_, span)| *span)
            .iter()
            .map(|found| found.map(|(i, _)| *i))
            .collect();
        let titles: Vec<(Span<Repaired>, &Name)> = names
            .iter()
            .flat_map(|name| name.titles.iter().map(move |title| (*title, name)))
            .collect();
        made.titled = cover(tokens, &titles, |(span, _)| *span)
            .iter()
            .map(|found| found.map(|(_, name)| *name))
            .collect();
        for (i, token) in tokens.iter().enumerate() {
            let form = made.form(i).to_lowercase();
            let lemma = match words.lemmas.get(&form) {
                Some(lemma) => lemma.clone(),
                None => token.lemma.to_lowercase(),
            };
            made.lemma.push(lemma);
        }
        for i in 0..n {
            made.case[i] = made.case_words(i);
        }
        made
    }

    fn case_words(&self, at: usize) -> Option<String> {
        let first = self
            .children(at)
            .iter()
            .copied()
            .find(|child| self.is(*child, "case") || self.is(*child, "mark"))
            .filter(|child| *child < at)?;
        let mut case = self.lemma(first).to_owned();
        for fixed in self.children(first).iter().take(3) {
            if self.is(*fixed, "fixed") {
                case.push(' ');
                case.push_str(self.lemma(*fixed));
            }
        }
        Some(case)
    }

    pub(crate) fn len(&self) -> usize {
        self.sentence.tokens.len()
    }

    pub(crate) fn token(&self, at: usize) -> &'a Token {
        &self.sentence.tokens[at]
    }

    pub(crate) fn children(&self, at: usize) -> &[usize] {
        &self.children[self.from[at]..self.from[at + 1]]
    }

    /// The lemma in lower case, mended where the pack says so.
    pub(crate) fn lemma(&self, at: usize) -> &str {
        &self.lemma[at]
    }

    /// The case word before a word: `of`, `a`, `because of`.
    pub(crate) fn case(&self, at: usize) -> Option<&str> {
        self.case[at].as_deref()
    }

    pub(crate) fn form(&self, at: usize) -> &str {
        let token = self.token(at);
        token
            .form
            .as_deref()
            .unwrap_or_else(|| token.span.of(self.text).unwrap_or_default())
    }

    pub(crate) fn lower(&self, at: usize) -> String {
        self.form(at).to_lowercase()
    }

    pub(crate) fn pos(&self, at: usize) -> &str {
        &self.token(at).upos
    }

    /// Whether the relation is this one, with or without a subtype.
    pub(crate) fn is(&self, at: usize, relation: &str) -> bool {
        let own = self.token(at).relation.as_str();
        own.split_once(':').map_or(own, |(base, _)| base) == relation
    }

    /// Whether the relation is this one to the letter.
    pub(crate) fn is_exactly(&self, at: usize, relation: &str) -> bool {
        self.token(at).relation == relation
    }

    pub(crate) fn has(&self, at: usize, feature: &str) -> bool {
        let features = self.token(at).features.as_str();
        features.split('|').any(|own| own == feature)
    }

    pub(crate) fn feature(&self, at: usize, name: &str) -> Option<&'a str> {
        let features = self.token(at).features.as_str();
        features
            .split('|')
            .find_map(|own| own.strip_prefix(name)?.strip_prefix('='))
    }

    pub(crate) fn child(&self, at: usize, relation: &str) -> Option<usize> {
        let children = self.children(at);
        children
            .iter()
            .copied()
            .find(|child| self.is(*child, relation))
    }

    /// Whether a word bears a name, a noun or a pronoun.
    pub(crate) fn is_nominal(&self, at: usize) -> bool {
        matches!(self.pos(at), "NOUN" | "PROPN" | "PRON" | "NUM" | "SYM")
    }

    pub(crate) fn is_relative(&self, at: usize) -> bool {
        self.pos(at) == "PRON" && self.words.relatives.contains(&self.lower(at))
    }

    /// The word and those coordinated with it, in order: at most four, else the
    /// word alone, for a longer list is said once.
    pub(crate) fn members(&self, at: usize) -> Vec<usize> {
        let mut members = vec![at];
        for child in self.children(at) {
            if self.is(*child, "conj") && self.is_nominal(*child) {
                members.push(*child);
            }
            if members.len() > MEMBERS {
                return vec![at];
            }
        }
        members
    }

    /// Whether a word heads a clause that is no aside: `as Paz said` is one.
    pub(crate) fn is_free(&self, at: usize) -> bool {
        !["parataxis", "advcl", "acl", "dep", "discourse"]
            .iter()
            .any(|relation| self.is(at, relation))
    }

    /// Whether somebody's own words or a colon stand in the sentence.
    pub(crate) fn quotes(&self) -> bool {
        let marks = ['"', '“', '”', '«', '»', ':'];
        let mut words = 0..self.len();
        words.any(|at| self.pos(at) == "PUNCT" && self.form(at).contains(marks))
    }

    /// Kind of the name that a word is part of.
    pub(crate) fn name_kind(&self, at: usize) -> Option<NameKind> {
        self.name[at].map(|name| name.kind)
    }

    pub(crate) fn words_of(&self, span: Span<Repaired>) -> &'a str {
        span.of(self.text).unwrap_or_default()
    }
}

/// Members of a coordination that are claims of their own.
const MEMBERS: usize = 4;

/// For each word, what covers its first letter. Both are in the order of the text.
fn cover<'b, T>(
    tokens: &[Token],
    things: &'b [T],
    span: impl Fn(&T) -> Span<Repaired>,
) -> Vec<Option<&'b T>> {
    let mut next = 0;
    tokens
        .iter()
        .map(|token| {
            while things
                .get(next)
                .is_some_and(|thing| span(thing).end() <= token.span.start())
            {
                next += 1;
            }
            let thing = things.get(next)?;
            (span(thing).start() <= token.span.start()).then_some(thing)
        })
        .collect()
}
