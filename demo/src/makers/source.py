"""The plain sources: how they are marked and how they are read.

A block is set off by blank lines. `# ` opens a title, `## ` a deck, `### ` a heading inside,
`@ ` a byline or dateline, `= ` a reprint or revision line. Inside a block `{+in+}` and `{-out-}`
are tracked changes, `{^note^}` a footnote, `{#author|words#}` a comment.
"""

import re
from pathlib import Path

TEXTS = Path(__file__).resolve().parent.parent / "texts"
NOTICE = {
    "en": "Fiction written for the Quipu demo dossier. No person, place or institution in it exists.",
    "es": "Ficción escrita para el expediente de demostración de Quipu. "
    "Ninguna persona, lugar o institución que aparece en ella existe.",
}
MARKS = [("### ", "heading"), ("## ", "deck"), ("# ", "title"), ("@ ", "line"), ("= ", "revision")]


def raw(name):
    return (TEXTS / (name + ".txt")).read_text(encoding="utf-8").rstrip("\n")


def blocks(name):
    """[(kind, text)] in order; kind is one of MARKS or "text"."""
    out = []
    for chunk in re.split(r"\n\s*\n", raw(name)):
        for mark, kind in MARKS:
            if chunk.startswith(mark):
                out.append((kind, chunk[len(mark):]))
                break
        else:
            out.append(("text", chunk))
    return out


def pages(name):
    """The pages of a source divided by `=== page N ===` (or `=== attributes ===`)."""
    return [p.strip("\n") for p in re.split(r"\n=== [^\n]*===\n", raw(name))]


def tables(name):
    """[(sheet, rows)] of a tab-separated source with `[Sheet]` lines."""
    out = []
    for line in raw(name).split("\n"):
        if re.fullmatch(r"\[[^\]]+\]", line):
            out.append((line[1:-1], []))
        elif line.strip():
            out[-1][1].append(line.split("\t"))
    return out
