//! What a page says about itself without showing it: `title`, `meta`, `link`
//! and the JSON-LD that newspapers put in for search engines.

use serde_json::Value;

use super::tokens::Tokens;
use crate::draft::DraftField;
use crate::format::dates;

/// The longest value kept of one field.
const VALUE_MAX: usize = 2000;
/// Values kept of one field: a page of comments has a date for each.
const VALUES_MAX: usize = 20;
/// JSON-LD scripts looked at, and the longest of them.
const SCRIPTS_MAX: usize = 20;
const SCRIPT_BYTES_MAX: usize = 1 << 20;

/// Which of its ways of saying something a page used; the earlier ones are
/// believed first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Trust {
    JsonLd,
    Graph,
    Dublin,
    Named,
    Element,
}

/// Collects what a page says about itself.
#[derive(Debug, Default)]
pub(super) struct Head {
    found: Vec<(&'static str, Trust, String, String)>,
    title: Option<String>,
    title_open: bool,
    json_open: bool,
    scripts: usize,
    /// The charset and other `meta` that others ask for.
    pub(super) language: Option<String>,
}

/// `meta` names (and properties, and `itemprop`s) and the fields they fill.
const META: [(&str, &str, Trust); 43] = [
    ("og:title", "file.title", Trust::Graph),
    ("dc.title", "file.title", Trust::Dublin),
    ("dcterms.title", "file.title", Trust::Dublin),
    ("citation_title", "file.title", Trust::Named),
    ("twitter:title", "file.title", Trust::Named),
    ("article:author", "file.author", Trust::Graph),
    ("og:article:author", "file.author", Trust::Graph),
    ("dc.creator", "file.author", Trust::Dublin),
    ("dcterms.creator", "file.author", Trust::Dublin),
    ("author", "file.author", Trust::Named),
    ("byl", "file.author", Trust::Named),
    ("citation_author", "file.author", Trust::Named),
    ("parsely-author", "file.author", Trust::Named),
    ("sailthru.author", "file.author", Trust::Named),
    ("article:published_time", "file.published", Trust::Graph),
    ("og:article:published_time", "file.published", Trust::Graph),
    ("dc.date", "file.published", Trust::Dublin),
    ("dc.date.issued", "file.published", Trust::Dublin),
    ("dcterms.date", "file.published", Trust::Dublin),
    ("dcterms.issued", "file.published", Trust::Dublin),
    ("dcterms.created", "file.published", Trust::Dublin),
    ("datepublished", "file.published", Trust::Named),
    ("date", "file.published", Trust::Named),
    ("pubdate", "file.published", Trust::Named),
    ("publish-date", "file.published", Trust::Named),
    ("parsely-pub-date", "file.published", Trust::Named),
    ("citation_publication_date", "file.published", Trust::Named),
    ("sailthru.date", "file.published", Trust::Named),
    ("article:modified_time", "file.modified", Trust::Graph),
    ("og:updated_time", "file.modified", Trust::Graph),
    ("dcterms.modified", "file.modified", Trust::Dublin),
    ("datemodified", "file.modified", Trust::Named),
    ("last-modified", "file.modified", Trust::Named),
    ("og:site_name", "file.publisher", Trust::Graph),
    ("dc.publisher", "file.publisher", Trust::Dublin),
    ("dcterms.publisher", "file.publisher", Trust::Dublin),
    ("application-name", "file.publisher", Trust::Named),
    ("og:url", "file.address", Trust::Graph),
    ("og:type", "file.type", Trust::Graph),
    ("article:section", "file.section", Trust::Graph),
    ("description", "file.description", Trust::Named),
    ("keywords", "file.keywords", Trust::Named),
    ("generator", "file.generator", Trust::Named),
];

impl Head {
    pub(super) fn html(&mut self, tokens: &Tokens<'_>) {
        if let Some(language) = tokens.attribute("lang").filter(|_| self.language.is_none()) {
            self.language = Some(language.trim().to_owned()).filter(|tag| !tag.is_empty());
        }
    }

    pub(super) fn open_title(&mut self) {
        self.title_open = true;
    }

    pub(super) fn in_title(&self) -> bool {
        self.title_open
    }

    pub(super) fn title(&mut self, words: &str) {
        // Only the first counts, as in a browser's window.
        self.title.get_or_insert_with(|| clean(words));
    }

    pub(super) fn close_title(&mut self) {
        self.title_open = false;
    }

    pub(super) fn open_script(&mut self, tokens: &Tokens<'_>) {
        self.json_open = tokens.attribute("type").is_some_and(|kind| {
            kind.trim()
                .to_ascii_lowercase()
                .starts_with("application/ld+json")
        });
    }

    pub(super) fn close_script(&mut self) {
        self.json_open = false;
    }

    pub(super) fn script(&mut self, text: &str) {
        let wanted = self.json_open && self.scripts < SCRIPTS_MAX && text.len() <= SCRIPT_BYTES_MAX;
        if !wanted {
            return;
        }
        self.scripts += 1;
        // `serde_json` refuses nesting deeper than 128.
        if let Ok(value) = serde_json::from_str::<Value>(text.trim()) {
            self.json(&value);
        }
    }

    pub(super) fn meta(&mut self, tokens: &Tokens<'_>) {
        let Some(content) = tokens.attribute("content") else {
            return;
        };
        for key in ["name", "property", "itemprop", "http-equiv"] {
            let Some(name) = tokens.attribute(key) else {
                continue;
            };
            let name = name.trim();
            if name.eq_ignore_ascii_case("content-language") && self.language.is_none() {
                self.language = Some(clean(&content)).filter(|tag| !tag.is_empty());
            }
            let known = META
                .iter()
                .find(|(known, ..)| known.eq_ignore_ascii_case(name));
            if let Some((known, field, trust)) = known {
                self.add(field, *trust, &content, &format!("html.meta.{known}"));
                return;
            }
        }
    }

    pub(super) fn link(&mut self, tokens: &Tokens<'_>) {
        let canonical = tokens.attribute("rel").is_some_and(|rel| {
            rel.split_whitespace()
                .any(|word| word.eq_ignore_ascii_case("canonical"))
        });
        if let Some(target) = tokens.attribute("href").filter(|_| canonical) {
            self.add(
                "file.address",
                Trust::JsonLd,
                &target,
                "html.link.canonical",
            );
        }
    }

    pub(super) fn time(&mut self, tokens: &Tokens<'_>) {
        let published = tokens.attribute("pubdate").is_some()
            || tokens
                .attribute("itemprop")
                .is_some_and(|prop| prop.eq_ignore_ascii_case("datePublished"));
        if let Some(when) = tokens.attribute("datetime").filter(|_| published) {
            self.add(
                "file.published",
                Trust::Element,
                &when,
                "html.time.published",
            );
        }
    }

    fn add(&mut self, field: &'static str, trust: Trust, value: &str, rule: &str) {
        let value = clean(value);
        let address = value.starts_with("http://") || value.starts_with("https://");
        // Newspapers give an author's page where the standard wants the name.
        if value.is_empty() || (field == "file.author" && address) {
            return;
        }
        let value = match field {
            "file.published" | "file.modified" => dates::edtf(&value).unwrap_or(value),
            _ => value,
        };
        let same = self.found.iter().filter(|(name, ..)| *name == field);
        if same.clone().count() < VALUES_MAX && !same.clone().any(|(.., found, _)| *found == value)
        {
            self.found.push((field, trust, value, rule.to_owned()));
        }
    }

    /// Looks for an article in JSON-LD; a worklist, because it may nest.
    fn json(&mut self, root: &Value) {
        let mut open = vec![root];
        let mut seen = 0;
        while let Some(value) = open.pop() {
            seen += 1;
            if seen > 10_000 {
                return;
            }
            match value {
                Value::Array(list) => open.extend(list.iter().rev()),
                Value::Object(object) => {
                    let kinds = words(object.get("@type"));
                    let article = object.contains_key("headline")
                        || kinds.iter().any(|kind| {
                            kind.ends_with("Article")
                                || kind.ends_with("Posting")
                                || kind == "Report"
                        });
                    if article {
                        self.article(value, &kinds);
                    } else if let Some(graph) =
                        object.get("@graph").or_else(|| object.get("mainEntity"))
                    {
                        open.push(graph);
                    }
                }
                _ => {}
            }
        }
    }

    fn article(&mut self, article: &Value, kinds: &[String]) {
        let mut put = |field: &'static str, key: &str, values: Vec<String>| {
            for value in values {
                self.add(field, Trust::JsonLd, &value, &format!("html.json-ld.{key}"));
            }
        };
        put("file.title", "headline", words(article.get("headline")));
        put("file.author", "author", names(article.get("author")));
        put("file.author", "creator", names(article.get("creator")));
        put(
            "file.published",
            "datePublished",
            words(article.get("datePublished")),
        );
        put(
            "file.modified",
            "dateModified",
            words(article.get("dateModified")),
        );
        put(
            "file.publisher",
            "publisher",
            names(article.get("publisher")),
        );
        put(
            "file.section",
            "articleSection",
            words(article.get("articleSection")),
        );
        put("file.type", "@type", kinds.to_vec());
        put("file.address", "url", words(article.get("url")));
    }

    /// Everything found, best first within each field.
    pub(super) fn fields(mut self) -> Vec<DraftField> {
        if let Some(title) = self.title.take() {
            self.add("file.title", Trust::Element, &title, "html.title");
        }
        if let Some(language) = self.language.take() {
            self.add("file.language", Trust::Element, &language, "html.lang");
        }
        self.found
            .sort_by_key(|(field, trust, ..)| (*field, *trust));
        self.found
            .iter()
            .map(|(field, _, value, rule)| DraftField::property(field, value, rule))
            .collect()
    }
}

fn clean(value: &str) -> String {
    let one_line = value.split_whitespace().collect::<Vec<_>>().join(" ");
    one_line.chars().take(VALUE_MAX).collect()
}

/// A string, or the strings of a list.
fn words(value: Option<&Value>) -> Vec<String> {
    match value {
        Some(Value::String(one)) => vec![one.clone()],
        Some(Value::Array(list)) => {
            let strings = list.iter().filter_map(Value::as_str).take(VALUES_MAX);
            strings.map(str::to_owned).collect()
        }
        _ => Vec::new(),
    }
}

/// The names of persons or organisations: strings, or objects with a `name`.
fn names(value: Option<&Value>) -> Vec<String> {
    let one = |value: &Value| match value {
        Value::Object(object) => words(object.get("name")),
        other => words(Some(other)),
    };
    match value {
        Some(Value::Array(list)) => list.iter().take(VALUES_MAX).flat_map(one).collect(),
        Some(other) => one(other),
        None => Vec::new(),
    }
}
