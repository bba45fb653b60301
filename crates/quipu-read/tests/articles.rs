//! Texts as the press gives them: what they say about themselves, which lines
//! are not their own say, and in which language each sentence speaks.

#![allow(clippy::expect_used)]

use quipu_model::{ReadDocument, ZoneKind};
use quipu_packs::Packs;
use quipu_read::{Input, Limits, Silent, Tools};

const ENGLISH: &str = "Crime & Justice, Headlines, Human Rights, Latin America & the Caribbean

PERU: Cables Reveal a Two-Faced Policy

Ángel Robles

LIMA, Dec 16 2010 (IPS) - “It’s not surprising for the government to cooperate with the military about which it has information linking them to serious crimes,” said the activist, referring to the cables.

The cables, he said, were written by the embassy in the years of the war, and the men who are named in them have never been questioned by any court of the country.

Republish | | Print |

Related Tags";

const SPANISH: &str = "Inicio | Política | Mundo

El juez que no quiso ver
Por María Ruiz y Juan Gil
8 de enero de 2002

Lima, 8 ene (EFE).- El juez que llevaba la causa contra el general no quiso ver los documentos que la fiscalía había puesto sobre su mesa, según dijeron ayer dos abogados del caso.

Lea también: La fiscalía abre otro caso

El general, que está preso desde el año pasado, ha negado siempre que hubiera recibido dinero de los dueños de las pistas clandestinas del valle, y su defensa anunció un recurso.

Publicado originalmente en Caretas, el 9 de enero de 2002.
Comparte esto:
Deja una respuesta
Lo más leído
Otra nota breve";

fn read(text: &str) -> ReadDocument {
    let packs = Packs::embedded().expect("packs");
    let tools = Tools {
        packs: &packs,
        ocr: None,
        limits: Limits::default(),
    };
    let input = Input {
        name: "a.txt",
        bytes: text.as_bytes(),
    };
    let document = quipu_read::read(&input, &tools, &mut Silent::default());
    assert_eq!(quipu_read::check(&document), Ok(()));
    document
}

fn values<'a>(document: &'a ReadDocument, name: &str) -> Vec<&'a str> {
    let fields = document.fields.iter().filter(|field| field.name == name);
    fields.map(|field| field.value.as_str()).collect()
}

fn zones(document: &ReadDocument, kind: ZoneKind) -> Vec<&str> {
    let zones = document.zones.iter().filter(|zone| zone.kind == kind);
    zones
        .filter_map(|zone| zone.span.of(&document.repaired.text))
        .collect()
}

#[test]
fn an_english_dispatch_says_what_it_is() {
    let document = read(ENGLISH);
    assert_eq!(
        values(&document, "title"),
        ["PERU: Cables Reveal a Two-Faced Policy"]
    );
    assert_eq!(values(&document, "byline"), ["Ángel Robles"]);
    assert_eq!(values(&document, "publisher"), ["IPS"]);
    assert_eq!(values(&document, "dateline"), ["LIMA, Dec 16 2010 (IPS)"]);
    assert_eq!(values(&document, "published"), ["2010-12-16"]);
    assert_eq!(
        zones(&document, ZoneKind::Navigation),
        ["Crime & Justice, Headlines, Human Rights, Latin America & the Caribbean"]
    );
    assert_eq!(zones(&document, ZoneKind::Share), ["Republish | | Print |"]);
    assert_eq!(zones(&document, ZoneKind::Related), ["Related Tags"]);
    let tags: Vec<Option<&str>> = document
        .sentences
        .iter()
        .map(|s| s.language.as_deref())
        .collect();
    assert!(tags.iter().all(|tag| *tag == Some("en")), "{tags:?}");
}

#[test]
fn a_spanish_dispatch_says_what_it_is() {
    let document = read(SPANISH);
    assert_eq!(values(&document, "title"), ["El juez que no quiso ver"]);
    assert_eq!(values(&document, "byline"), ["María Ruiz", "Juan Gil"]);
    assert_eq!(values(&document, "publisher"), ["EFE"]);
    assert_eq!(values(&document, "published"), ["2002-01-08"]);
    assert_eq!(
        values(&document, "reprint"),
        ["Publicado originalmente en Caretas, el 9 de enero de 2002."]
    );
    assert_eq!(
        zones(&document, ZoneKind::Navigation),
        ["Inicio | Política | Mundo"]
    );
    assert_eq!(zones(&document, ZoneKind::Share), ["Comparte esto:"]);
    assert_eq!(
        zones(&document, ZoneKind::CommentForm),
        ["Deja una respuesta"]
    );
    assert_eq!(
        zones(&document, ZoneKind::Related),
        [
            "Lea también: La fiscalía abre otro caso",
            "Lo más leído\nOtra nota breve"
        ]
    );
}

#[test]
fn foreign_sentences_belong_to_no_pack() {
    let packs = Packs::embedded().expect("packs");
    for sentence in [
        "Das Gesetz über die Vergütung der Schäden ist am ersten Januar in Kraft getreten.",
        "Le gouvernement a refusé de publier les documents que le tribunal avait demandés.",
        "Vláda odmítla zveřejnit dokumenty, které si soud vyžádal.",
        "政府は裁判所が求めた文書の公開を拒否した。",
    ] {
        let told = quipu_read::tell_text(sentence, &[], &packs);
        assert!(
            told.iter().all(|told| told.language.is_none()),
            "{sentence} {told:?}"
        );
    }
}
