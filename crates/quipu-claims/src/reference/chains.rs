//! What is told of reference: chains, and the fullest name of any words.

use quipu_model::span::{Repaired, Span};
use quipu_model::{Chain, Mention, MentionKind};

use quipu_packs::ReferenceEngine;

use super::resolve::Story;
use crate::claims::tree::Tree;

/// Letters of a description that names somebody, at most.
const LONGEST: usize = 160;

/// Mentions inside some words that are looked at.
const INSIDE: usize = 40;

/// Who each mention of a document stands for.
#[derive(Debug, Clone, Default)]
pub struct References {
    chains: Vec<Chain>,
    /// Letters of head words with the chain of their mention, in the order of
    /// the text; those of silent subjects, by their verb, apart.
    heads: Vec<(Span<Repaired>, u32)>,
    silent: Vec<(Span<Repaired>, u32)>,
}

impl References {
    /// Everybody and everything, told once or often, in the order of the first
    /// mention.
    #[must_use]
    pub fn all(&self) -> &[Chain] {
        &self.chains
    }

    /// What is mentioned at least twice, in words.
    pub fn chains(&self) -> impl Iterator<Item = &Chain> {
        self.chains.iter().filter(|chain| {
            let written = chain.mentions.iter().filter(|own| !own.span.is_empty());
            written.take(2).count() == 2
        })
    }

    /// The chain of the mention with this head word.
    #[must_use]
    pub fn chain_of(&self, head: Span<Repaired>) -> Option<&Chain> {
        Self::look(&self.chains, &self.heads, head)
    }

    /// The chain of the subject that a verb alone tells.
    #[must_use]
    pub fn silent_subject(&self, verb: Span<Repaired>) -> Option<&Chain> {
        Self::look(&self.chains, &self.silent, verb)
    }

    /// The fullest name, or description, of whom these words stand for: the
    /// words of a mention, or its head word. Nothing where that is not told.
    #[must_use]
    pub fn name_of(&self, words: Span<Repaired>) -> Option<&str> {
        if let Some(chain) = self.chain_of(words) {
            return Some(chain.name.as_str()).filter(|name| !name.is_empty());
        }
        let from = self
            .heads
            .partition_point(|(head, _)| head.start() < words.start());
        let inside = self.heads.get(from..).unwrap_or_default();
        let inside = inside
            .iter()
            .take_while(|(head, _)| head.end() <= words.end());
        // The words of a mention, else those of its phrase, else words inside it.
        let fitting = inside.take(INSIDE).filter_map(|(head, place)| {
            let chain = self.chains.get(*place as usize)?;
            let own = chain.mentions.iter().find(|own| own.head == *head)?;
            let fit = if own.span == words {
                0
            } else if own.phrase == words {
                1
            } else if own.span.contains(words) {
                2
            } else {
                return None;
            };
            (!chain.name.is_empty()).then_some((fit, own.span.len(), chain.name.as_str()))
        });
        fitting.min().map(|(.., name)| name)
    }

    fn look<'s>(
        chains: &'s [Chain],
        heads: &[(Span<Repaired>, u32)],
        head: Span<Repaired>,
    ) -> Option<&'s Chain> {
        let place = heads.binary_search_by_key(&head, |(head, _)| *head).ok()?;
        chains.get(heads[place].1 as usize)
    }
}

/// Makes the chains of a resolved document.
pub(crate) fn chains(story: &Story<'_, '_>, trees: &[Tree<'_>]) -> References {
    let mut made = References::default();
    for entity in &story.entities {
        let mut places = entity.mentions.clone();
        places.sort_by_key(|at| {
            let span = story.found[*at].span;
            (span.start(), std::cmp::Reverse(span.end()), *at)
        });
        let mentions = places.iter().map(|at| Mention {
            span: story.found[*at].span,
            head: story.found[*at].letters,
            phrase: story.found[*at].slot,
            kind: story.found[*at].kind,
            rule: story.rule[*at].clone(),
        });
        let place = u32::try_from(made.chains.len()).unwrap_or(u32::MAX);
        made.chains.push(Chain {
            mentions: mentions.collect(),
            name: fullest(story, &places, trees),
            kind: entity.kind,
        });
        for at in &places {
            let own = &story.found[*at];
            let heads = match (own.is_silent(), own.is_group()) {
                (true, _) => &mut made.silent,
                (_, true) => continue,
                _ => &mut made.heads,
            };
            heads.push((own.letters, place));
        }
    }
    made.heads.sort_unstable();
    made.heads.dedup_by_key(|(head, _)| *head);
    made.silent.sort_unstable();
    made.silent.dedup_by_key(|(head, _)| *head);
    made
}

/// The longest name, else the longest description without its article.
fn fullest(story: &Story<'_, '_>, places: &[usize], trees: &[Tree<'_>]) -> String {
    let mut best = String::new();
    for kind in [MentionKind::Name, MentionKind::Description] {
        for at in places {
            let own = &story.found[*at];
            let alias = story.rule[*at] == story.rule_of(*at, ReferenceEngine::Alias);
            if own.kind != kind || alias {
                continue;
            }
            let tree = &trees[own.sentence];
            let words = tree.words_of(own.phrase);
            let words = match kind {
                MentionKind::Name => words,
                _ => crate::claims::phrase::without_article(tree, words),
            };
            let words: Vec<&str> = words.split_whitespace().collect();
            let words = words.join(" ");
            if words.chars().count() > best.chars().count() && words.len() <= LONGEST {
                best = words;
            }
        }
        if !best.is_empty() {
            break;
        }
    }
    best
}
