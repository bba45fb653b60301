#!/usr/bin/env python3
"""Chooses the texts of the gold set of claims, the same ones every time.

    choose.py DATA DEMO OUT

DATA holds `articles/`, `cables/text/` and `frus/`; DEMO is the folder `demo/src`.
Writes OUT/texts/NNN.txt, OUT/SPLIT.tsv (number, dev or apart, sort, language, words,
source, stretch, date) and OUT/HALVES.tsv (two
halves for the annotators). Nothing is chosen by what any program finds in a
text: documents and places come from a seeded draw, and the only conditions are
of form (whole paragraphs of running prose, long enough).

A text begins on the third line of its file; the first holds the source, the
language, the stretch in code points of the source, the date of the document
(`none` where it bears none) and its heading: who writes to whom, or the title. Of telegrams and articles
the stretch is the text itself. Of FRUS it counts in the document's paragraphs
without notes, white space made single, joined by an empty line. Of the demo
dossier it counts in the plain source, from which marks of layout, footnotes,
comments and struck words are then dropped.
"""
import lzma
import random
import re
import sys
import tomllib
import xml.etree.ElementTree as Tree
from pathlib import Path

SEED = 5_2001
CABLES, CABLE_WORDS = 20, 165
FRUS, FRUS_WORDS = {"memorandum": 7, "telegram": 7, "conversation": 6}, 165
ENGLISH_DEMO = 3
JUDGMENT_WORDS = 850
TEI = "{http://www.tei-c.org/ns/1.0}"
# What of the dossier is a table, a copy of another text or a page in another language.
DEMO_OUT = ("banco-mercantil", "cuaderno-", "registro-hotel", "lavena-trust", "gastos-", "litoral-1998", "LEEME")
APART_THIRD = 3
ARTICLE_DATES = {"001": "none", "003": "2010-12-16"}  # as printed in them
MONTHS = "january february march april may june july august september october november december".split()


def words(text):
    return len(text.split())


def blocks(text):
    """Stretches between empty lines, as (start, end)."""
    return [match.span() for match in re.finditer(r"\S(?:.|\n(?!\s*\n))*", text)]


def prose(block):
    """Whether a block reads as a paragraph: no table, no page break in its middle."""
    block = block.strip()
    digits = sum(letter.isdigit() for letter in block)
    return bool(re.search(r"[.:;?!][\"”’)]*\**$", block)) and digits * 5 < len(block) and words(block) >= 8


def stretch(draw, text, spans, least):
    """A run of whole paragraphs of `least` words or more from a drawn place, or none."""
    starts = list(range(len(spans)))
    first = 0 if draw.random() < 0.5 else draw.randrange(len(spans))
    for start in starts[first:] + starts[:first]:
        total, end = 0, start
        while end < len(spans) and total < least and prose(text[slice(*spans[end])]):
            total += words(text[slice(*spans[end])])
            end += 1
        if least <= total <= least * 1.5:
            return spans[start][0], spans[end - 1][1]
    return None


def articles(data):
    for path in sorted((data / "articles").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        whole = text.rstrip()
        yield "article", "en", f"articles/{path.name}", (0, len(whole)), whole, ARTICLE_DATES[path.name[:3]], "press article"


def cables(data, draw):
    paths = sorted((data / "cables" / "text").glob("*.qmd"))
    draw.shuffle(paths)
    found = 0
    for path in paths:
        text = path.read_text(encoding="utf-8")
        begin = text.find(":::\n", text.find("cable-meta")) + 4
        finish = re.compile(r"^(\*\*\*|NNN+)$|Message Attributes|\Z", flags=re.M).search(text, begin).start()
        body = [(a, b) for a, b in blocks(text) if a >= begin and b <= finish]
        span = body and stretch(draw, text, body, CABLE_WORDS)
        if span:
            field = dict(re.findall(r'^(cable-\w+): "(.*)"$', text, flags=re.M))
            heading = f"cable of {field['cable-from']} to {field['cable-to']}: {field['cable-subject']}"
            yield "cable", "en", f"cables/text/{path.name}", span, text[slice(*span)], iso(field["cable-date"]), heading
            found += 1
        if found == CABLES:
            return


def iso(written):
    """The day of `November 19, 1979`, or `none`."""
    match = re.match(r"(\w+) (\d+), (\d{4})", written)
    if not match:
        return "none"
    return f"{match[3]}-{MONTHS.index(match[1].lower()) + 1:02}-{int(match[2]):02}"


def plain(element):
    """The words of a TEI element without its notes."""
    out = [element.text or ""]
    for child in element:
        if child.tag != TEI + "note":
            out.append(plain(child))
        out.append(child.tail or "")
    return "".join(out)


def sort_of(head):
    head = head.lower()
    for sort, word in (("conversation", "memorandum of conversation"), ("conversation", "memorandum for the record"),
                       ("conversation", "meeting"), ("telegram", "telegram"), ("memorandum", "memorandum")):
        if word in head:
            return sort
    return None


def frus(data, draw):
    volumes = sorted((data / "frus").glob("*.xml.xz"))
    draw.shuffle(volumes)
    wanted = [sort for sort, number in FRUS.items() for _ in range(number)]
    draw.shuffle(wanted)
    for path in volumes:
        if not wanted:
            return
        documents = [d for d in Tree.parse(lzma.open(path)).iter(TEI + "div") if d.get("type") == "document"]
        draw.shuffle(documents)
        for document in documents:
            head = document.find(TEI + "head")
            if head is None or sort_of(plain(head)) != wanted[0]:
                continue
            paragraphs = [re.sub(r"\s+", " ", plain(p)).strip() for p in document.findall(TEI + "p")]
            text = "\n\n".join(p for p in paragraphs if p)
            span = text and stretch(draw, text, blocks(text), FRUS_WORDS)
            if span:
                name = f"frus/{path.name}#{document.get('{http://www.w3.org/XML/1998/namespace}id')}"
                date = document.find(f".//{TEI}date[@when]")
                heading = re.sub(r"\s+", " ", plain(head)).strip()
                yield "frus", "en", name, span, text[slice(*span)], "none" if date is None else date.get("when")[:10], heading
                wanted.pop(0)
                break


def unmarked(text):
    """The demo source as a person reads it: footnotes, comments and struck words away."""
    text = re.sub(r"\{\^.*?\^\}|\{#.*?#\}|\{-.*?-\}", "", text, flags=re.S)
    text = re.sub(r"\{\+(.*?)\+\}", r"\1", text, flags=re.S)
    return re.sub(r"^(#+|@) |^===.*\n+", "", text, flags=re.M)


def demo(folder, draw):
    spanish, english = [], []
    keys = tomllib.loads((folder.parent / "KEY.toml").read_text(encoding="utf-8"))["document"]
    known = {key["file"]: (key.get("date") or "none", key.get("title") or key["kind"]) for key in keys}
    for path in sorted((folder / "texts").rglob("*.txt")):
        name = path.relative_to(folder / "texts").as_posix()
        if any(part in name for part in DEMO_OUT):
            continue
        text = path.read_text(encoding="utf-8")
        if "\n=== attributes ===" in text:
            text = text[: text.index("\n=== attributes ===")]
        text = text.rstrip()
        start = 0
        if name.startswith("cables/"):
            start = re.search(r"^1\. ", text, flags=re.M).start()
            text = text[: re.search(r"\n[A-Z]+\n\n(SECRET|CONFIDENTIAL|UNCLASSIFIED|LIMITED OFFICIAL USE)?\s*NNNN", text).start()]
        if words(text) < 120:
            continue
        item = (name, start, text, *known[name.removesuffix(".txt")])
        counts = [len(re.findall(rf"\b{word}\b", text)) for word in ("que", "the")]
        (spanish if counts[0] > counts[1] else english).append(item)
    for name, start, text, date, heading in spanish:
        yield "demo", "es", f"demo/src/texts/{name}", *judgment(name, text), date, heading
    for name, start, text, date, heading in sorted(draw.sample(english, ENGLISH_DEMO)):
        yield "demo", "en", f"demo/src/texts/{name}", (start, len(text)), unmarked(text[start:]), date, heading


def judgment(name, text):
    """The whole text; of the long judgment its proven facts and what follows, up to its length."""
    if "sentencia" not in name:
        return (0, len(text)), unmarked(text)
    start = text.index("### II.")
    end = start
    for a, b in blocks(text):
        if a >= start and words(text[start:b]) <= JUDGMENT_WORDS:
            end = b
    return (start, end), unmarked(text[start:end])


def main():
    data, folder, out = map(Path, sys.argv[1:4])
    draw = random.Random(SEED)
    items = [*articles(data), *cables(data, draw), *frus(data, draw), *demo(folder, draw)]
    (out / "texts").mkdir(parents=True, exist_ok=True)
    strata, places, split, halves = {}, {}, [], []
    for number, (sort, language, source, span, text, date, heading) in enumerate(items, 1):
        text = text.strip("\n")
        path = out / "texts" / f"{number:03}.txt"
        path.write_text(f"{source}\t{language}\t{span[0]}-{span[1]}\t{date}\t{heading}\n\n{text}\n", encoding="utf-8")
        strata.setdefault((sort, language), []).append((words(text), f"{number:03}"))
        places[f"{number:03}"] = (source, f"{span[0]}-{span[1]}", date)
    load = [0, 0]
    for (sort, language), members in sorted(strata.items()):
        names = [name for _, name in members]
        if sort == "article":  # the contract prints a claim of the longer one: it cannot be kept apart
            apart = {min(members)[1]}
        else:
            apart = set(draw.sample(names, round(len(names) / APART_THIRD)))
        split += [(name, "apart" if name in apart else "dev", sort, language, size, *places[name]) for size, name in members]
        for size, name in sorted(members, reverse=True):
            half = 0 if load[0] <= load[1] else 1
            load[half] += size
            halves.append((name, f"H{half + 1}", size))
    (out / "SPLIT.tsv").write_text("".join("\t".join(map(str, row)) + "\n" for row in sorted(split)))
    (out / "HALVES.tsv").write_text("".join("\t".join(map(str, row)) + "\n" for row in sorted(halves)))
    for key, members in sorted(strata.items()):
        print(*key, len(members), "documents", sum(size for size, _ in members), "words")
    print("halves", load, "total", sum(load))


if __name__ == "__main__":
    main()
