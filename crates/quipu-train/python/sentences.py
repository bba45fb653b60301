"""A sentence as annotators left it, and the two file forms it comes in: CoNLL-U and columns
of token and tag."""


class Sentence:
    """Parallel lists over syntactic words. `head` counts from 1, 0 is the root. `space`: a
    blank follows. `mwt`: (first word, last word, form, blank follows), words from 0.
    `ner`: BIO tags, X where nobody knows; None when the source tags no names."""

    __slots__ = (
        "id doc par text form lemma upos feats head rel space mwt ner src misc".split()
    )

    def __init__(self, form=None, ner=None, src=""):
        self.id = self.doc = self.text = ""
        self.src = src  # name of the source, which chooses the head for names
        self.par = False  # opens a paragraph
        self.form, self.ner = form if form is not None else [], ner
        self.lemma, self.upos, self.feats, self.head, self.rel = [], [], [], [], []
        self.space, self.mwt, self.misc = [], [], []

    def __len__(self):
        return len(self.form)


def read_conllu(path, src):
    """All sentences of a CoNLL-U file; empty nodes are passed over."""
    out, s, doc, par = [], Sentence(), "", False
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if s.form:
                s.doc, s.par, s.src = doc, par, src
                out.append(s)
                par = False
            s = Sentence()
            continue
        if line[0] == "#":
            if line.startswith("# newdoc"):
                doc, par = line.split("=", 1)[-1].strip(), True
            elif line.startswith("# newpar"):
                par = True
            elif line.startswith("# sent_id"):
                s.id = line.split("=", 1)[1].strip()
            elif line.startswith("# text ="):
                s.text = line.split("=", 1)[1].strip()
            continue
        c = line.split("\t")
        if "." in c[0]:
            continue
        space = "SpaceAfter=No" not in c[9]
        if "-" in c[0]:
            first, last = map(int, c[0].split("-"))
            s.mwt.append((first - 1, last - 1, c[1], space))
            continue
        s.form.append(c[1])
        s.lemma.append(c[2])
        s.upos.append(c[3])
        s.feats.append(c[5])
        s.head.append(int(c[6]) if c[6] != "_" else 0)
        s.rel.append(c[7])
        s.space.append(space)
        s.misc.append(c[9])
    return out


def read_iob2(path):
    """Names by sentence id, as UNER and the Spanish converter write them: id -> (forms, tags)."""
    out, sid, forms, tags = {}, None, [], []
    for line in open(path, encoding="utf-8"):
        line = line.rstrip("\n")
        if not line:
            if forms:
                out[sid] = (forms, tags)
            forms, tags = [], []
        elif line.startswith("# sent_id"):
            sid = line.split("=", 1)[1].strip()
        elif line[0] == "#" and "\t" not in line:
            pass
        else:
            c = line.split("\t")
            forms.append(c[1])
            tags.append(c[2])
    if forms:
        out[sid] = (forms, tags)
    return out


def read_columns(path, src):
    """Sentences of `token TAB tag` or `token blank tag`, an empty line between two."""
    out, forms, tags = [], [], []
    for line in open(path, encoding="utf-8", errors="replace"):
        line = line.rstrip("\n")
        if not line.strip():
            if forms:
                out.append(Sentence(forms, tags, src))
            forms, tags = [], []
            continue
        if line.startswith("-DOCSTART"):
            continue
        c = line.rsplit("\t", 1) if "\t" in line else line.rsplit(" ", 1)
        if len(c) < 2 or not c[0].strip():
            continue
        forms.append(c[0].strip())
        tags.append(c[1].strip())
    if forms:
        out.append(Sentence(forms, tags, src))
    return out


def documents(sentences):
    """Runs of sentences of one document."""
    groups, current = [], []
    for s in sentences:
        if current and s.doc != current[0].doc:
            groups.append(current)
            current = []
        current.append(s)
    if current:
        groups.append(current)
    return groups


def surface(s):
    """What stands in the text: (form, blank follows) of each token, multiword tokens whole."""
    out, i = [], 0
    multi = {a: (b, form, space) for a, b, form, space in s.mwt}
    while i < len(s):
        if i in multi:
            b, form, space = multi[i]
            out.append((form, space))
            i = b + 1
        else:
            out.append((s.form[i], s.space[i]))
            i += 1
    return out


def conllu_lines(sentences):
    """CoNLL-U lines of sentences, for the scorer."""
    lines = []
    for s in sentences:
        multi = {a: (b, form) for a, b, form, _ in s.mwt}
        for i in range(len(s)):
            if i in multi:
                lines.append(f"{i+1}-{multi[i][0]+1}\t{multi[i][1]}" + "\t_" * 8)
            lines.append(
                f"{i+1}\t{s.form[i]}\t{s.lemma[i]}\t{s.upos[i]}\t_\t{s.feats[i]}"
                f"\t{s.head[i]}\t{s.rel[i]}\t_\t_"
            )
        lines.append("")
    return lines
