"""Plain text, Markdown, CSV and RTF."""

import textwrap

from .source import NOTICE, blocks, raw


def text(name, language, width=76):
    out = []
    for kind, words in blocks(name):
        if kind == "title":
            out.append(words.upper())
        else:
            out.append("\n".join(textwrap.wrap(words, width, break_long_words=False, break_on_hyphens=False)))
    out += ["--", NOTICE[language]]
    return "\n\n".join(out) + "\n"


def verbatim(name, language):
    return raw(name) + "\n\n---\n\n" + NOTICE[language] + "\n"


def csv(name, language, separator=";"):
    return raw(name).replace("\n", "\r\n") + "\r\n" + NOTICE[language] + separator * 5 + "\r\n"


def rtf(name, language, unicode_escapes):
    """Letters beyond ASCII as \\'hh of CP1252, or as \\uN with a fallback."""

    def escape(words):
        out = []
        for c in words:
            if c in "\\{}":
                out.append("\\" + c)
            elif ord(c) < 128:
                out.append(c)
            elif unicode_escapes:
                out.append(f"\\u{ord(c)}?")
            else:
                out.append("".join(f"\\'{b:02x}" for b in c.encode("cp1252")))
        return "".join(out)

    style = {"title": r"\qc\b\fs32 ", "line": r"\i\fs20 ", "heading": r"\b\fs24 ", "deck": r"\i\fs24 "}
    lines = [
        r"{\rtf1\ansi\ansicpg1252\deff0\uc1{\fonttbl{\f0\froman Times New Roman;}}",
        r"{\info{\title " + escape(blocks(name)[0][1][:60]) + "}}",
        r"\paperw11906\paperh16838\margl1417\margr1417",
    ]
    for kind, words in blocks(name):
        lines.append(r"{\pard\sa160 " + style.get(kind, r"\qj\fs24 ") + escape(words) + r"\par}")
    lines.append(r"{\pard\qc\fs16 " + escape(NOTICE[language]) + r"\par}")
    return ("\n".join(lines) + "\n}\n").encode("ascii")
