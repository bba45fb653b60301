"""English data. Trained on: EWT train, GUM train, wikigold, for students BTC too; reported on:
EWT dev, GUM dev."""

import re

from places import DATA
from sentences import read_columns, read_conllu, read_iob2


def ewt(part):
    """English Web Treebank with the names of Universal NER."""
    out = read_conllu(DATA / f"en/ud-ewt/{part}.conllu", "ewt")
    names = read_iob2(DATA / f"en/ner/uner-ewt/{part}.iob2")
    without = 0
    for s in out:
        tagged = names.get(s.id)
        if tagged and len(tagged[0]) == len(s):
            s.ner = ["O" if x.endswith("OTH") else x for x in tagged[1]]
        else:
            without += 1
    print("ewt", part, len(out), "sentences;", without, "without names")
    return out


def gum(part):
    """GUM with names seen through its entity layer."""
    out = []
    for path in sorted((DATA / f"en/gum/ud/{part}").glob("*.conllu")):
        out += read_conllu(path, "gum")
    for s in out:
        s.ner = gum_names(s)
    return out


KIND = {"person": "PER", "place": "LOC", "organization": "ORG"}


def gum_names(s):
    """GUM marks mentions, not names: a name is the run of proper nouns round a mention's head."""
    tags = ["O"] * len(s)
    for a, b, kind in sorted(gum_mentions(s), key=lambda x: x[0] - x[1]):
        if kind not in KIND:
            continue
        heads = [i for i in range(a, b + 1) if not a <= s.head[i] - 1 <= b]
        if not heads or s.upos[heads[0]] != "PROPN":
            continue
        i = j = heads[0]
        while i > a and s.upos[i - 1] == "PROPN":
            i -= 1
        while j < b and s.upos[j + 1] == "PROPN":
            j += 1
        for q in range(i, j + 1):
            tags[q] = ("B-" if q == i else "I-") + KIND[kind]
    return tags


def gum_mentions(s):
    """(first word, last word, kind) from the brackets `Entity=(id-kind-...` ... `id)` in MISC."""
    open_, out = [], []
    for i, misc in enumerate(s.misc):
        entity = [x[7:] for x in misc.split("|") if x.startswith("Entity=")]
        if not entity:
            continue
        for t in re.findall(r"\(?[^()]+\)?", entity[0]):
            if t[0] == "(":
                field = t[1:].rstrip(")").split("-")
                kind = field[1] if len(field) > 1 else ""
                if t[-1] == ")":
                    out.append((i, i, kind))
                else:
                    open_.append((field[0], kind, i))
            else:
                name = t.rstrip(")")
                for j in range(len(open_) - 1, -1, -1):
                    if open_[j][0] == name:
                        out.append((open_[j][2], i, open_[j][1]))
                        open_.pop(j)
                        break
    return out


def wikigold():
    """Wikipedia text whose tags say only inside or outside: a change of kind opens a name."""
    out = read_columns(DATA / "en/ner/wikigold/wikigold.conll.txt", "wikigold")
    for s in out:
        previous, tags = "O", []
        for x in s.ner:
            kind = x[2:] if x != "O" else "O"
            if kind in ("O", "MISC"):
                tags.append("O")
            else:
                tags.append(("I-" if kind == previous else "B-") + kind)
            previous = kind
        s.ner = tags
    return out


def btc():
    """Broad Twitter Corpus. A user mention is two tokens, `@` and the name: joined here, and
    called no name, as UNER does with the web."""
    out = []
    for section in "abegh":
        for s in read_columns(DATA / f"en/ner/btc/{section}.conll", "btc"):
            forms, tags, i = [], [], 0
            while i < len(s.form):
                if s.form[i] == "@" and i + 1 < len(s.form):
                    forms.append("@" + s.form[i + 1])
                    tags.append("O")
                    i += 2
                else:
                    forms.append(s.form[i])
                    tags.append(s.ner[i])
                    i += 1
            s.form, s.ner = forms, tags
            out.append(s)
    return out


def load():
    """Treebanks to train on, further names to train on, development sets by name."""
    train = ewt("train") + gum("train")
    return train, wikigold(), {"ewt": ewt("dev"), "gum": gum("dev")}
