//! One CESS leaf becomes the syntactic words UD wants: multiword expressions are
//! split, contractions opened, pronouns parted from their verb.

use super::tables::{Reading, Tables, with_feats};

/// Where a word made from a leaf hangs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Link {
    /// It is the word the rest of the tree knows the leaf by.
    Main,
    /// The article of a contraction: it goes where the preposition goes, as `det`.
    Article,
    /// A pronoun on a verb: it goes to the verb's clause.
    Clitic(String),
    /// Inside the leaf: index of the governing piece, and the relation.
    Within(usize, &'static str),
}

/// One syntactic word of a leaf.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// As written.
    pub form: String,
    /// Lemma, part of speech, features.
    pub reading: Reading,
    /// Where it hangs.
    pub link: Link,
    /// Number of words in the written token that opens here, and that token; 1 word
    /// tokens have none.
    pub token: Option<(usize, String)>,
    /// The next word stands close to it, without a space.
    pub glued: bool,
}

/// A leaf as words.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Leaf {
    /// Its words in order.
    pub pieces: Vec<Piece>,
    /// Part of speech of the multiword expression, if it is one.
    pub expression: Option<String>,
}

/// Splits a leaf.
#[must_use]
pub fn split(tag: &str, form: &str, lemma: &str, tables: &Tables) -> Leaf {
    let reading = read(tag, lemma, tables);
    let form = unescape(form);
    let parts: Vec<&str> = form.split('_').filter(|part| !part.is_empty()).collect();
    if tag.starts_with('Z') && parts.last().is_some_and(|last| *last == "%") {
        let close = form.replace('_', "");
        return single(tag, &close, &reading, tables);
    }
    if parts.len() < 2 {
        let bare = if form == "_" {
            &form
        } else {
            parts.first().copied().unwrap_or(&form)
        };
        return single(tag, bare, &reading, tables);
    }
    expression(tag, &parts, &reading, tables)
}

/// Part of speech, lemma and features of a tag and lemma.
#[must_use]
pub fn read(tag: &str, lemma: &str, tables: &Tables) -> Reading {
    let small = tag.to_lowercase();
    let mut reading = tables
        .tags
        .get(tag)
        .or_else(|| tables.tags.get(&small))
        .cloned()
        .unwrap_or(Reading {
            upos: "X".into(),
            lemma: String::new(),
            feats: "_".into(),
        });
    let known = tables
        .lemmas
        .iter()
        .find(|[start, corpus, _]| small.starts_with(start) && corpus == lemma)
        .map(|[_, _, lemma]| lemma.as_str());
    known.unwrap_or(lemma).clone_into(&mut reading.lemma);
    let lemma = lemma.to_lowercase();
    for rule in &tables.by_lemma {
        if rule.lemma == lemma && small.starts_with(&rule.tag) {
            if let Some(upos) = &rule.upos {
                reading.upos.clone_from(upos);
            }
            reading.feats = with_feats(&reading.feats, &rule.feats);
        }
    }
    reading
}

/// Brackets are written `-Fpa-`, `-Fpt-`, `-LSB-` and so on in the corpus.
fn unescape(form: &str) -> String {
    form.replace("-Fpa-", "(")
        .replace("-Fpt-", ")")
        .replace("-LSB-", "[")
        .replace("-RSB-", "]")
        .replace("-LRB-", "(")
        .replace("-RRB-", ")")
}

fn single(tag: &str, form: &str, reading: &Reading, tables: &Tables) -> Leaf {
    let mut reading = reading.clone();
    if tag.starts_with('F') || form.chars().all(|c| !c.is_alphanumeric()) {
        form.clone_into(&mut reading.lemma);
    }
    if tag.starts_with('Z') || tag == "W" {
        reading = number(tag, form, &reading);
    }
    let main = piece(form, reading.clone(), Link::Main);
    if tag.starts_with("sp")
        && let Some((preposition, article)) = contraction(form)
    {
        return Leaf {
            pieces: opened(form, &preposition, &article, &reading, tables),
            expression: None,
        };
    }
    if tag.starts_with('v')
        && let Some(pieces) = with_clitics(tag, form, &reading, tables)
    {
        return Leaf {
            pieces,
            expression: None,
        };
    }
    Leaf {
        pieces: vec![main],
        expression: None,
    }
}

fn number(tag: &str, form: &str, reading: &Reading) -> Reading {
    let digits = form.chars().any(|c| c.is_ascii_digit());
    let (upos, feats) = match tag {
        "Zp" if form.ends_with('%') => ("SYM", "NumForm=Digit|NumType=Frac"),
        "Zm" if !digits => return reading.clone(),
        "W" => ("NOUN", "AdvType=Tim"),
        _ if digits => ("NUM", "NumForm=Digit|NumType=Card"),
        _ => ("NUM", "NumType=Card"),
    };
    let lemma = if tag == "W" {
        form.to_lowercase()
    } else {
        reading.lemma.clone()
    };
    Reading {
        upos: upos.into(),
        lemma,
        feats: feats.into(),
    }
}

fn piece(form: &str, reading: Reading, link: Link) -> Piece {
    Piece {
        form: form.to_owned(),
        reading,
        link,
        token: None,
        glued: false,
    }
}

/// `del` and `al` in any case, as the two words they stand for.
fn contraction(form: &str) -> Option<(String, String)> {
    let small = form.to_lowercase();
    let cut = match small.as_str() {
        "del" => 2,
        "al" => 1,
        _ => return None,
    };
    let preposition = form.get(..cut)?.to_owned();
    let capitals = form.chars().all(char::is_uppercase);
    let article = if capitals { "EL" } else { "el" };
    Some((preposition, article.to_owned()))
}

fn opened(
    token: &str,
    preposition: &str,
    article: &str,
    reading: &Reading,
    tables: &Tables,
) -> Vec<Piece> {
    let mut first = piece(preposition, reading.clone(), Link::Main);
    first.reading.lemma = preposition.to_lowercase();
    first.token = Some((2, token.to_owned()));
    let el = tables.pieces.get("el").cloned();
    let el = el.unwrap_or(Reading {
        upos: "DET".into(),
        lemma: "el".into(),
        feats: "_".into(),
    });
    vec![first, piece(article, el, Link::Article)]
}

/// Parts `dárselo` into `dar`, `se`, `lo`.
fn with_clitics(tag: &str, form: &str, reading: &Reading, tables: &Tables) -> Option<Vec<Piece>> {
    let small = form.to_lowercase();
    let mood = tag.get(2..3)?;
    let ends_bare = |stem: &str| {
        let plain = unaccented(stem);
        match mood {
            "n" => plain.ends_with('r'),
            "g" => plain.ends_with("ndo"),
            "m" => stem.chars().count() > 1 && plain != small,
            _ => false,
        }
    };
    if !matches!(mood, "n" | "g" | "m") || (mood != "m" && ends_bare(&small)) {
        return None;
    }
    // Only an accent or the lemma tells an imperative with a pronoun from one without.
    // `hablemos` ends in what looks like a pronoun; `vámonos` has the accent.
    if mood == "m" && tag.get(4..6) == Some("1p") && unaccented(&small) == small {
        return None;
    }
    if mood == "m" && unaccented(&small) == small && !imperative_with_pronoun(&small, reading) {
        return None;
    }
    for count in [1, 2] {
        let Some((stem, clitics)) = strip(&small, count, tables) else {
            continue;
        };
        if !ends_bare(&stem) {
            continue;
        }
        let bare = restored(&stem, mood, reading);
        let written = form.get(..stem.len())?;
        let shown = if written.chars().next().is_some_and(char::is_uppercase) {
            capital(&bare)
        } else {
            bare
        };
        let mut pieces = vec![piece(&shown, reading.clone(), Link::Main)];
        let last = clitics.len().saturating_sub(1);
        for (at, clitic) in clitics.into_iter().enumerate() {
            let before_another = format!("{clitic}+");
            let found = tables
                .clitics
                .iter()
                .find(|known| at < last && known.form == before_another)
                .or_else(|| tables.clitics.iter().find(|known| known.form == clitic))?;
            let link = Link::Clitic(found.relation.clone());
            pieces.push(piece(&clitic, found.reading.clone(), link));
        }
        let words = pieces.len();
        if let Some(first) = pieces.first_mut() {
            first.token = Some((words, form.to_owned()));
        }
        return Some(pieces);
    }
    None
}

fn imperative_with_pronoun(small: &str, reading: &Reading) -> bool {
    // `dime`, `hazlo`: the form is longer than the stem of the lemma allows.
    let stem = reading.lemma.chars().count().saturating_sub(2);
    small.chars().count() > stem + 3
        && [
            "me", "te", "se", "nos", "os", "lo", "la", "los", "las", "le", "les",
        ]
        .iter()
        .any(|clitic| small.ends_with(clitic))
}

fn strip(form: &str, count: usize, tables: &Tables) -> Option<(String, Vec<String>)> {
    let mut stem = form.to_owned();
    let mut clitics = Vec::new();
    for _ in 0..count {
        let longest = tables
            .clitics
            .iter()
            .filter(|clitic| stem.ends_with(&clitic.form))
            .max_by_key(|clitic| clitic.form.len())?;
        stem.truncate(stem.len() - longest.form.len());
        clitics.insert(0, longest.form.clone());
    }
    Some((stem, clitics))
}

/// The verb as it is written when it stands alone.
fn restored(stem: &str, mood: &str, reading: &Reading) -> String {
    let plain = unaccented(stem);
    match mood {
        "n" if unaccented(&reading.lemma) == plain => reading.lemma.clone(),
        "g" | "n" | "m" => plain,
        _ => stem.to_owned(),
    }
}

fn unaccented(text: &str) -> String {
    text.chars()
        .map(|c| match c {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' => 'u',
            other => other,
        })
        .collect()
}

fn capital(text: &str) -> String {
    let mut chars = text.chars();
    match chars.next() {
        Some(first) => first.to_uppercase().chain(chars).collect(),
        None => String::new(),
    }
}

/// Splits `en_vez_de`, `Universidad_de_Harvard`, `28_de_mayo`.
fn expression(tag: &str, parts: &[&str], reading: &Reading, tables: &Tables) -> Leaf {
    let kind = if tag == "W" { "NOUN" } else { &reading.upos };
    let lemmas: Vec<&str> = reading.lemma.split('_').collect();
    let mut pieces: Vec<Piece> = Vec::new();
    for (at, part) in parts.iter().enumerate() {
        let own = lemmas
            .get(at)
            .filter(|_| lemmas.len() == parts.len())
            .copied();
        for (index, (form, token)) in open(part).into_iter().enumerate() {
            let first = at == 0 && index == 0;
            let mut made = piece(
                &form,
                part_reading(&form, kind, first, own, reading, tables),
                Link::Main,
            );
            made.token = token;
            pieces.push(made);
        }
    }
    link(&mut pieces, kind, tag.eq_ignore_ascii_case("spcms"));
    Leaf {
        pieces,
        expression: Some(kind.to_owned()),
    }
}

/// A part as one word, or as two if it is a contraction.
fn open(part: &str) -> Vec<(String, Option<(usize, String)>)> {
    match contraction(part) {
        Some((preposition, article)) => {
            vec![(preposition, Some((2, part.to_owned()))), (article, None)]
        }
        None => vec![(part.to_owned(), None)],
    }
}

fn part_reading(
    form: &str,
    kind: &str,
    first: bool,
    lemma: Option<&str>,
    whole: &Reading,
    tables: &Tables,
) -> Reading {
    let small = form.to_lowercase();
    let plain = |upos: &str, lemma: &str, feats: &str| Reading {
        upos: upos.into(),
        lemma: lemma.into(),
        feats: feats.into(),
    };
    let mark = form.chars().all(|c| !c.is_alphanumeric());
    if mark {
        let upos = if form == "%" { "SYM" } else { "PUNCT" };
        return plain(upos, form, "_");
    }
    if form.chars().any(|c| c.is_ascii_digit()) && form.chars().all(|c| !c.is_alphabetic()) {
        return plain("NUM", form, "NumForm=Digit|NumType=Card");
    }
    if first && matches!(kind, "VERB" | "AUX") {
        return plain("VERB", lemma.unwrap_or(&whole.lemma), &whole.feats);
    }
    if let Some(known) = tables.pieces.get(&small) {
        let open_class = matches!(known.upos.as_str(), "NOUN" | "ADV" | "ADJ" | "NUM" | "PART");
        if kind != "PROPN" || !open_class {
            return known.clone();
        }
    }
    match kind {
        "PROPN" => plain("PROPN", form, "_"),
        "NUM" => plain("NUM", &small, "NumType=Card"),
        "ADJ" => plain("ADJ", &small, if first { &whole.feats } else { "_" }),
        _ => plain("NOUN", lemma.unwrap_or(&small), "_"),
    }
}

/// Hangs the words of an expression on one another.
fn link(pieces: &mut [Piece], kind: &str, article_free: bool) {
    let count = pieces.len();
    let upos: Vec<String> = pieces
        .iter()
        .map(|piece| piece.reading.upos.clone())
        .collect();
    let upos = |at: usize| upos.get(at).map_or("", String::as_str);
    if matches!(kind, "ADV" | "ADP" | "SCONJ" | "CCONJ" | "INTJ") {
        let opened = pieces.first().is_some_and(|piece| piece.token.is_some());
        for (at, piece) in pieces.iter_mut().enumerate().skip(1) {
            let article = upos(at) == "DET" && upos(at - 1) == "ADP";
            let last = at + 1 == count && article && (article_free || kind == "ADP");
            piece.link = if (at == 1 && opened) || last {
                Link::Article
            } else {
                Link::Within(0, "fixed")
            };
        }
        return;
    }
    let function = |upos: &str| matches!(upos, "ADP" | "DET" | "CCONJ" | "SCONJ" | "PUNCT");
    let root = (0..count).find(|&at| !function(upos(at))).unwrap_or(0);
    let inner = if kind == "PROPN" { "flat" } else { "compound" };
    let mut group: Option<usize> = None;
    for (at, piece) in pieces.iter_mut().enumerate() {
        let next = (at + 1..count).find(|&later| !function(upos(later)));
        piece.link = match (upos(at), next) {
            _ if at == root => Link::Main,
            ("ADP" | "SCONJ", Some(next)) => Link::Within(next, "case"),
            ("DET", Some(next)) => Link::Within(next, "det"),
            ("CCONJ", Some(next)) => Link::Within(next, "cc"),
            ("PUNCT", Some(next)) => Link::Within(next, "punct"),
            ("PUNCT", None) => Link::Within(root, "punct"),
            _ => {
                let before = at.checked_sub(1).map_or("", upos);
                if before == "CCONJ" {
                    group = None;
                    Link::Within(root, "conj")
                } else if function(before) {
                    group = Some(at);
                    Link::Within(root, inner)
                } else {
                    Link::Within(group.unwrap_or(root), inner)
                }
            }
        };
    }
}
