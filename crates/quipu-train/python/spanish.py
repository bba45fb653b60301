"""Spanish data as `quipu-train cess-to-ud` leaves them. Trained on: CESS train, AnCora dev
part A, ECHR train (names); reported on: AnCora dev part B, CESS kept out."""

from places import DATA, SPANISH
from sentences import read_columns, read_conllu, read_iob2


def with_names(sentences, path):
    """CESS names by sentence id: names of unknown kind are X, works and events are no names."""
    names, without = read_iob2(path), 0
    for s in sentences:
        tagged = names.get(s.id)
        if tagged and len(tagged[0]) == len(s):
            s.ner = [
                "X" if x.endswith("UNK") else "O" if x.endswith("MISC") else x
                for x in tagged[1]
            ]
        else:
            without += 1
    print(path.name, len(sentences), "sentences", without, "without names")
    return sentences


def echr(part):
    """Judgments of the Court of Human Rights: PER, ORG, LOC; all other kinds are no names."""
    out = read_columns(DATA / f"es/echr/{part}.tsv", "echr")
    for s in out:
        s.ner = [x if x[2:] in ("PER", "ORG", "LOC") else "O" for x in s.ner]
    return out


ADDRESS = {"sr", "sra", "srta", "dr", "dra", "doctor", "doctora", "don", "doña", "."}


def echr_as_ours():
    """The judgments with the borders that our names have: the form of address before a person is
    no part of the name, and judges and counsel are persons as all others."""
    out = read_columns(DATA / "es/echr/train.tsv", "echr-as-ours")
    for s in out:
        tags = [x.replace("LEGAL_PROFESSIONAL", "PER") for x in s.ner]
        tags = [x if x[2:] in ("PER", "ORG", "LOC") else "O" for x in tags]
        for i in range(len(tags) - 1):
            opened = tags[i] == "B-PER" and s.form[i].lower() in ADDRESS
            if opened and tags[i + 1] == "I-PER":
                tags[i], tags[i + 1] = "O", "B-PER"
        s.ner = tags
    return [s for s in out if len(s) <= 120]


def cess(part):
    """Trees and names of one part of CESS: `train` or `kept-out`."""
    trees = read_conllu(SPANISH / f"cess-ud-{part}.conllu", "cess")
    return with_names(trees, SPANISH / f"cess-names-{part}.iob2")


def ancora(part):
    """Part A (trained on) or B (reported on) of AnCora dev."""
    return read_conllu(SPANISH / f"ancora-dev-{part}.conllu", "ancora")


def gsd():
    """GSD dev as it stands: its habits differ, so only its words are used."""
    return read_conllu(DATA / "es/gsd/dev.conllu", "gsd")


def load():
    """Treebanks to train on, further names to train on, development sets by name."""
    train = cess("train") + ancora("A")
    dev = {"ancB": ancora("B"), "cessK": cess("kept-out")}
    return train, [s for s in echr("train") if len(s) <= 120], dev
