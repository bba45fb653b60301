"""FRUS volumes (TEI) -> blocks of plain text with the person names their editors tagged:
one file a volume, one block a line: [document, element, text, [[start, end] of names]]."""

import json
import lzma
import os
import re
import xml.etree.ElementTree as ET

from places import DATA, FRUS

# Never trained on: recall of tagged names is measured here.
KEPT_OUT = ("frus1961-63v19", "frus1969-76ve13")
BLOCKS = set(
    "p head item dateline signed note cell closer opener salute l list table row byline div "
    "lg q quote figure label postscript".split()
)
XML_ID = "{http://www.w3.org/XML/1998/namespace}id"


def tag(e):
    return e.tag.split("}")[-1]


class Block:
    """The text of one element without the blocks inside it."""

    def __init__(self):
        self.parts, self.length, self.spans, self.inner = [], 0, [], []

    def put(self, text):
        if not text:
            return
        text = re.sub(r"\s+", " ", text)
        opened = not self.parts or self.parts[-1].endswith(" ")
        if opened and text.startswith(" "):
            text = text[1:]
        if text:
            self.parts.append(text)
            self.length += len(text)

    def walk(self, e):
        self.put(e.text)
        for c in e:
            name = tag(c)
            if name in BLOCKS:
                self.inner.append((c, name))
                if name != "note":
                    self.put(" ")
            elif name in ("pb", "graphic") or is_footnote_mark(c, name):
                pass
            elif name == "lb":
                self.put(" ")
            elif name == "persName":
                self._person(c)
            else:
                self.walk(c)
            self.put(c.tail)

    def _person(self, e):
        a = self.length
        self.walk(e)
        name = "".join(self.parts)[a : self.length]
        if name.strip():
            before, after = len(name.lstrip()), len(name.rstrip())
            self.spans.append([a + len(name) - before, a + after])


def is_footnote_mark(e, name):
    return name == "ref" and re.fullmatch(r"\s*\d*\s*", "".join(e.itertext()))


def blocks(e, name, out):
    """The element, then the blocks inside it."""
    block = Block()
    block.walk(e)
    text = "".join(block.parts).rstrip()
    if text:
        out.append((name, text, block.spans))
    for c, inner in block.inner:
        blocks(c, inner, out)


def main():
    FRUS.mkdir(parents=True, exist_ok=True)
    for path in sorted((DATA / "frus").glob("*.xz")):
        volume = path.name.split(".")[0]
        done = FRUS / f"{volume}.jsonl"
        if done.exists():
            continue
        root = ET.fromstring(lzma.open(path).read())
        with open(f"{done}.tmp", "w", encoding="utf-8") as f:
            for d in root.iter():
                if tag(d) != "div" or d.get("type") != "document":
                    continue
                out = []
                blocks(d, "div", out)
                for block in out:
                    line = json.dumps([d.get(XML_ID), *block], ensure_ascii=False)
                    f.write(line + "\n")
        os.replace(f"{done}.tmp", done)
        print(volume, flush=True)


def volumes():
    """The volumes that may be trained on."""
    return [p for p in sorted(FRUS.glob("*.jsonl")) if p.stem not in KEPT_OUT]


def read(volume):
    """Blocks of a file: document, element, text, names."""
    for line in open(volume, encoding="utf-8"):
        yield json.loads(line)


if __name__ == "__main__":
    main()
