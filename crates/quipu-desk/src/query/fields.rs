//! The fields a question may name, in English and Spanish.

/// A field of the query language.
#[derive(Debug, PartialEq, Eq)]
pub struct FieldName {
    /// The one name it has in views, addresses and printed queries.
    pub name: &'static str,
    /// Every way of typing it, without accents and in small letters.
    pub typed: &'static [&'static str],
    /// The fields of documents it looks in ([`quipu_model::field_names`] and
    /// those of forms); empty when it is not a field of the document itself.
    pub looks_in: &'static [&'static str],
}

/// All of them.
pub const FIELDS: &[FieldName] = &[
    FieldName {
        name: "title",
        typed: &["title", "titulo"],
        looks_in: &["title", "cable.subject", "mail.subject"],
    },
    FieldName {
        name: "byline",
        typed: &["byline", "author", "autor", "firma"],
        looks_in: &["byline"],
    },
    FieldName {
        name: "publisher",
        typed: &["publisher", "medio", "editor"],
        looks_in: &["publisher"],
    },
    FieldName {
        name: "dateline",
        typed: &["dateline", "data"],
        looks_in: &["dateline"],
    },
    FieldName {
        name: "from",
        typed: &["from", "de"],
        looks_in: &["cable.from", "mail.from"],
    },
    FieldName {
        name: "to",
        typed: &["to", "para"],
        looks_in: &["cable.to", "cable.info", "mail.to", "mail.cc", "mail.bcc"],
    },
    FieldName {
        name: "subject",
        typed: &["subject", "asunto"],
        looks_in: &["cable.subject", "mail.subject"],
    },
    FieldName {
        name: "tag",
        typed: &["tag", "tags", "etiqueta"],
        looks_in: &["cable.tags"],
    },
    FieldName {
        name: "number",
        typed: &["number", "numero"],
        looks_in: &["cable.number"],
    },
    FieldName {
        name: "kind",
        typed: &["kind", "clase"],
        looks_in: &[],
    },
    FieldName {
        name: "type",
        typed: &["type", "format", "tipo", "formato"],
        looks_in: &[],
    },
    FieldName {
        name: "notices",
        typed: &["notices", "avisos"],
        looks_in: &[],
    },
    FieldName {
        name: "lang",
        typed: &["lang", "language", "idioma", "lengua"],
        looks_in: &[],
    },
    FieldName {
        name: "folder",
        typed: &["folder", "path", "carpeta", "ruta"],
        looks_in: &[],
    },
    FieldName {
        name: "year",
        typed: &["year", "ano"],
        looks_in: &[],
    },
    FieldName {
        name: "pages",
        typed: &["pages", "page", "paginas", "pagina"],
        looks_in: &[],
    },
    FieldName {
        name: "date",
        typed: &["date", "fecha"],
        looks_in: &[],
    },
    FieldName {
        name: "dated",
        typed: &["dated", "published", "fechado", "publicado"],
        looks_in: &[],
    },
    FieldName {
        name: "amount",
        typed: &["amount", "sum", "monto", "importe", "cantidad"],
        looks_in: &[],
    },
    FieldName {
        name: "before",
        typed: &["before", "antes"],
        looks_in: &[],
    },
    FieldName {
        name: "after",
        typed: &["after", "desde", "despues"],
        looks_in: &[],
    },
];

/// The field that somebody typed.
#[must_use]
pub fn field(typed: &str) -> Option<&'static FieldName> {
    let plain = plain(typed);
    FIELDS
        .iter()
        .find(|field| field.typed.contains(&plain.as_str()))
}

/// What somebody typed, without accents and in small letters.
pub(super) fn plain(typed: &str) -> String {
    typed
        .chars()
        .flat_map(char::to_lowercase)
        .map(|c| match c {
            'á' => 'a',
            'é' => 'e',
            'í' => 'i',
            'ó' => 'o',
            'ú' => 'u',
            'ñ' => 'n',
            other => other,
        })
        .collect()
}
