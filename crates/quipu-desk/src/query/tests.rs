//! What is typed, and what it is taken to mean.

use super::{Doubt, Known, MOST_LEAVES, Node, print, understand};

fn known() -> Known {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    Known {
        kinds: words(&["payment", "arrest"]),
        roles: words(&["payer", "payee", "from"]),
    }
}

fn again(typed: &str) -> String {
    understand(typed, &known())
        .asks
        .map_or_else(String::new, |node| print(&node))
}

#[test]
fn every_form_of_the_language_is_understood() {
    let same = [
        "fiscalía",
        "plain words",
        "\"a phrase\"",
        "\"a b\"~5",
        "one OR two",
        "one (two OR three)",
        "-not",
        "word~ word~2 prefix*",
        "title:\"the mayor\" from:embassy",
        "date:1991..1992",
        "before:1990-03",
        "dated:1991-05",
        "amount:50000",
        "amount:>1000000 USD",
        "amount:1000..5000 kg word",
        "-amount:PEN",
        "pages:10..",
        "-(a OR b)",
        "kind:payment payer:chávez standing:testified",
        "holder:\"the embassy\" who:loyo -payee:nadie word",
        "(claim:payment OR claim:arrest) kind:cable",
    ];
    for query in same {
        let question = understand(query, &known());
        assert!(question.doubts.is_empty(), "{query}: {:?}", question.doubts);
        assert_eq!(again(query), query);
    }
}

#[test]
fn spanish_operators_and_fields_mean_the_same() {
    assert_eq!(again("juez Y NO testigo"), "juez -testigo");
    assert_eq!(again("lima O callao"), "lima OR callao");
    assert_eq!(again("juez y no testigo"), "juez y no testigo");
    assert_eq!(again("título:banco fecha:1991"), "title:banco date:1991");
    assert_eq!(again("monto:\">500  PEN\" lima"), "amount:>500 PEN lima");
    assert_eq!(again("title:(a OR b)"), "title:a OR title:b");
}

#[test]
fn kinds_and_roles_are_those_of_the_archive() {
    let said = |typed: &str| -> Vec<Option<String>> {
        let question = understand(typed, &known());
        let leaves = question.asks.as_ref().map(Node::leaves).unwrap_or_default();
        let names = leaves.into_iter();
        names
            .map(|leaf| leaf.said.as_ref().map(|said| said.name().to_owned()))
            .collect()
    };
    let some = |name: &str| Some(name.to_owned());
    assert_eq!(said("kind:payment"), [some("kind")]);
    assert_eq!(said("kind:cable"), [None]);
    assert_eq!(said("clase:(arrest OR mail)"), [some("kind"), None]);
    assert_eq!(said("Payer:loyo quién:rosas"), [some("payer"), some("who")]);
    // The sender of a mail comes before the role of that name.
    assert_eq!(said("from:loyo"), [None]);
    assert_eq!(
        again("hecho:payment según:embajada"),
        "claim:payment holder:embajada"
    );
    assert_eq!(again("victim:loyo"), "victim loyo");
}

#[test]
fn nothing_typed_is_lost_without_a_word() {
    let cases = [
        ("\"open phrase", "\"open phrase\"", "open-quote"),
        ("(a b", "a b", "parenthesis"),
        ("a) b", "a b", "parenthesis"),
        ("colour:red", "colour red", "unknown-field"),
        ("pages:many", "many", "not-a-number"),
        ("date:yesterday", "yesterday", "not-a-date"),
        ("amount:plenty USD", "plenty USD", "not-an-amount"),
        ("amount:\"10 to 15\"", "10 to 15", "not-an-amount"),
        ("date:1992-13-44", "1992-13-44", "not-a-date"),
        ("AND a", "a", "lone-operator"),
        ("a OR", "a", "lone-operator"),
        ("a NOT", "a", "lone-operator"),
    ];
    for (query, understood, code) in cases {
        let question = understand(query, &known());
        assert_eq!(again(query), understood, "{query}");
        assert_eq!(
            question.doubts.iter().map(Doubt::code).collect::<Vec<_>>(),
            [code],
            "{query}"
        );
    }
}

#[test]
fn times_and_addresses_are_plain_words() {
    for query in ["10:30", "https://example.org/a", "1987-88", "- -"] {
        assert!(understand(query, &known()).doubts.is_empty(), "{query}");
    }
    assert_eq!(again("- -"), "");
}

#[test]
fn hostile_queries_end_soon_and_never_panic() {
    let mut queries = vec![
        "(".repeat(4000),
        "-".repeat(4000),
        "((((a OR ".repeat(800),
        "\"".repeat(4001),
        "title:".repeat(900),
        "a ".repeat(3000),
        "NOT ".repeat(1000),
        "x:".repeat(3000),
    ];
    queries.push("é".repeat(5000));
    for query in queries {
        let question = understand(&query, &known());
        let leaves = question.asks.as_ref().map_or(0, |node| node.leaves().len());
        assert!(leaves <= MOST_LEAVES);
    }
}
