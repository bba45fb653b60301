#!/usr/bin/env python3
"""Draws the passages of the gold set of times and amounts.

    draw.py DATA OUT [SEED]      (pypdf 6 for the PDF ledger)

DATA is the folder of development data (articles, cables, ledger, frus). Every
choice is by the SHA-256 of the seed and the name of what is chosen from, so
that nobody's taste and no program's findings have a say. The one condition on
content is crude: a passage of FRUS holds at least seven words with a digit in
them besides paragraph numbers, or else many would hold neither a time nor an
amount.

A passage file: the source and the day that relative times are reckoned from on
the first line, an empty line, the text. `source` says where the text stands:
code points of the file for articles and cables, otherwise the part of it.
"""
import hashlib
import html
import lzma
import re
import sys
import xml.etree.ElementTree as ET
from datetime import datetime
from pathlib import Path

SEED = "times-amounts-1"
TEI = "{http://www.tei-c.org/ns/1.0}"
SENTENCE_END = re.compile(r"(?<=[a-z0-9)][.?!])\s+(?=[A-Z])")


def order(names):
    """The names in the order of their hashes."""
    return sorted(names, key=lambda n: hashlib.sha256(f"{SEED}/{n}".encode()).digest())


def pick(name, size):
    """A number below size."""
    return int.from_bytes(hashlib.sha256(f"{SEED}/{name}".encode()).digest()[:8], "big") % size


def single(text):
    return re.sub(r"\s+", " ", text).strip()


def articles(data):
    dates = {"001": "none", "003": "2010-12-16"}
    for path in sorted((data / "articles").glob("*.txt")):
        text = path.read_text(encoding="utf-8")
        yield f"articles/{path.name} 0-{len(text)}", dates[path.name[:3]], text


def cables(data, early=8, late=6, words=420):
    """Bodies of telegrams, cut at the end of the paragraph that fills the words."""
    found = {}
    for path in sorted((data / "cables/text").glob("*.qmd")):
        text = path.read_text(encoding="utf-8")
        date = re.search(r'^cable-date: "(.*?)"', text, re.M).group(1)
        date = datetime.strptime(date, "%B %d, %Y").date().isoformat()
        body = re.search(r":::\s*\{\.cable-meta\}\s*:::\s*", text)
        end = re.search(r"\n(?:\*\*\*|-{20,})\s*\n+#### Message Attributes", text)
        start, stop = body.end(), end.start()
        cut, count = start, 0
        for part in re.finditer(r".+?(?:\n\s*\n|\Z)", text[start:stop], re.S):
            if count and count + len(part.group().split()) > words + 80:
                break
            count += len(part.group().split())
            cut = start + part.end()
            if count >= words:
                break
        stop = start + len(text[start:cut].rstrip())
        if count >= 120:
            found[path.name] = (date, start, stop, text[start:stop])
    for years, size in ((("1974",), early), (("1978", "1979"), late)):
        names = [n for n in found if found[n][0][:4] in years]
        for name in order(names)[:size]:
            date, start, stop, body = found[name]
            yield f"cables/text/{name} {start}-{stop}", date, body


def ledgers(data, size_pdf=11, size_html=13):
    """Rows as they follow each other: three pages of the PDF, two stretches of the HTML."""
    import pypdf

    name = "ledger/fy2020-2021-western-hemisphere.pdf"
    pages = pypdf.PdfReader(data / name).pages
    for number in sorted(order(str(n) for n in range(len(pages)))[:3], key=int):
        lines = [single(line) for line in pages[int(number)].extract_text().splitlines()]
        lines = [line for line in lines if line]
        start = pick(f"{name}/{number}", len(lines) - size_pdf)
        part = lines[start:start + size_pdf]
        yield f"{name} page {int(number) + 1}, lines {start + 1}-{start + size_pdf}", "none", "\n".join(part)
    name = "ledger/cta_wha_mex2peru.html"
    text = (data / name).read_text(encoding="latin-1")
    rows = []
    for row in re.findall(r"(?is)<tr\b.*?</tr>", text):
        cells = re.findall(r"(?is)<t[dh]\b[^>]*>(.*?)(?=<t[dh]\b|</tr>)", row)
        cells = [single(html.unescape(re.sub(r"<[^>]+>", " ", cell))) for cell in cells]
        if any(re.search(r"\d", cell) for cell in cells) and len(cells) <= 4:
            rows.append("\t".join(cell for cell in cells if cell))
    for number in range(2):
        start = pick(f"{name}/{number}", len(rows) - size_html)
        yield f"{name} rows {start + 1}-{start + size_html}", "none", "\n".join(rows[start:start + size_html])


def paragraphs(document):
    """The record's own words: no headings, notes, page numbers or tables."""
    def words(node):
        if node.tag in (TEI + "note", TEI + "pb", TEI + "table", TEI + "figure"):
            return ""
        if node.tag == TEI + "lb":
            return " "
        inside = (node.text or "") + "".join(words(child) + (child.tail or "") for child in node)
        return inside

    def walk(node):
        for child in node:
            if child.tag == TEI + "p":
                yield child
            elif child.tag in (TEI + "note", TEI + "head", TEI + "table", TEI + "div"):
                continue
            else:
                yield from walk(child)
    return [text for text in (single(words(p)) for p in walk(document)) if text]


def frus(data, words=250):
    """One passage of each volume, and another of every third."""
    for place, path in enumerate(sorted((data / "frus").glob("*.xml.xz"))):
        wanted = 2 if place % 3 == 0 else 1
        with lzma.open(path) as file:
            tree = ET.parse(file)
        documents = {}
        for div in tree.iter(TEI + "div"):
            if div.get("type") != "document":
                continue
            line = div.find(f"./{TEI}dateline//{TEI}date")
            if line is not None and re.fullmatch(r"\d{4}-\d\d-\d\d", line.get("when", "")):
                documents[div.get("{http://www.w3.org/XML/1998/namespace}id")] = (line.get("when"), div)
        for name in order(f"{path.name}#{key}" for key in documents):
            date, div = documents[name.split("#")[1]]
            parts = paragraphs(div)
            if sum(len(part.split()) for part in parts) < words:
                continue
            last = len(parts) - 1
            while last and sum(len(part.split()) for part in parts[last:]) < words:
                last -= 1
            start = pick(name, last + 1)
            taken, count = [], 0
            for part in parts[start:]:
                for sentence in SENTENCE_END.split(part):
                    taken.append((sentence, sentence is part))
                    count += len(sentence.split())
                    if count >= words:
                        break
                if count >= words:
                    break
                taken.append(("\n\n", False))
            text = ""
            for sentence, _ in taken:
                if sentence == "\n\n":
                    text = text.rstrip() + "\n\n"
                else:
                    text += sentence + " "
            text = text.strip()
            counted = re.sub(r"(?m)^\(?\w{1,2}[.)]", "", text)
            if len(re.findall(r"\S*\d\S*", counted)) < 7 or count > 400:
                continue
            yield f"frus/{name} paragraph {start + 1}", date, text
            wanted -= 1
            if not wanted:
                break


def main():
    global SEED
    data, out, SEED = Path(sys.argv[1]), Path(sys.argv[2]), (sys.argv[3:] or [SEED])[0]
    out.mkdir(parents=True, exist_ok=True)
    number = 0
    for source in (articles, cables, ledgers, frus):
        for where, date, text in source(data):
            number += 1
            (out / f"{number:03}.txt").write_text(f"{where}\tdate {date}\n\n{text}\n", encoding="utf-8")


main()
