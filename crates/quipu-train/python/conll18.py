"""The measure of the CoNLL 2018 shared task, written anew: words are aligned by their
characters, so that a wrong token costs what hangs on it and no more.
`conll18.py GOLD SYSTEM`"""

import sys

# features that are compared; the rest is a treebank's own
UNIVERSAL = set(
    "PronType NumType Poss Reflex Foreign Abbr Gender Animacy Number Case Definite Degree "
    "VerbForm Mood Tense Aspect Voice Evident Polarity Person Polite".split()
)


class Word:
    """`a`, `b`: characters; `multi`: part of a multiword token, whose characters it has."""

    __slots__ = ("a", "b", "form", "upos", "feats", "lemma", "head", "rel", "multi")


class Annotation:
    """A file: its characters without blanks, spans of tokens and sentences, words."""

    def __init__(self, lines):
        self.tokens, self.sentences, self.words = [], [], []
        self._characters, self._at, self._start, self._current = [], 0, 0, []
        inside, left = None, 0  # the multiword token we are in, words of it still to come
        for line in lines:
            line = line.rstrip("\n")
            if not line:
                self._end()
                left = 0
                continue
            c = line.split("\t")
            if line[0] == "#" or "." in c[0]:
                continue
            form = c[1].replace(" ", "").replace("\u00a0", "")
            if "-" in c[0]:
                first, last = map(int, c[0].split("-"))
                inside, left = self._token(form), last - first + 1
                continue
            w = Word()
            w.form, w.lemma, w.upos, w.rel = form, c[2], c[3], c[7].split(":")[0]
            feats = (f for f in c[5].split("|") if f.split("=")[0] in UNIVERSAL)
            w.feats = "|".join(sorted(feats))
            w.head = int(c[6]) if c[6] != "_" else 0
            w.multi = left > 0
            if left:
                left -= 1
                w.a, w.b = inside
            else:
                w.a, w.b = self._token(form)
            self._current.append(w)
        self._end()
        self.characters = "".join(self._characters)

    def _token(self, form):
        span = (self._at, self._at + len(form))
        self.tokens.append(span)
        self._characters.append(form)
        self._at = span[1]
        return span

    def _end(self):
        words = self._current
        if words:
            for w in words:
                w.head = words[w.head - 1] if w.head > 0 else None
            self.sentences.append((self._start, self._at))
            self.words.extend(words)
        self._current, self._start = [], self._at


def align(gold, system):
    """Words one to one: id of the gold word -> the system's word."""
    out, i, j = {}, 0, 0
    while i < len(gold) and j < len(system):
        g, s = gold[i], system[j]
        if g.multi or s.multi:
            if g.a < s.a and not g.multi and g.b <= s.a:
                i += 1
                continue
            if s.a < g.a and not s.multi and s.b <= g.a:
                j += 1
                continue
            i2, j2 = _run(gold, system, i, j)
            _align_run(gold[i:i2], system[j:j2], out)
            i, j = i2, j2
        elif (g.a, g.b) == (s.a, s.b):
            out[id(g)] = s
            i += 1
            j += 1
        elif g.a <= s.a:
            i += 1
        else:
            j += 1
    return out


def _run(gold, system, i, j):
    """Where both sides end at the same place and no multiword token crosses."""
    end = max(w.b if w.multi else -1 for w in (gold[i], system[j]))
    while True:
        before = i, j
        while i < len(gold) and gold[i].a < end:
            end = max(end, gold[i].b if gold[i].multi else end)
            i += 1
        while j < len(system) and system[j].a < end:
            end = max(end, system[j].b if system[j].multi else end)
            j += 1
        if (i, j) == before:
            return i, j


def _align_run(gold, system, out):
    """Inside a run with multiword tokens: the longest common subsequence of forms."""

    def same(x, y):
        return gold[x].form.lower() == system[y].form.lower()

    longest = [[0] * (len(system) + 1) for _ in range(len(gold) + 1)]
    for x in range(len(gold) - 1, -1, -1):
        for y in range(len(system) - 1, -1, -1):
            if same(x, y):
                longest[x][y] = 1 + longest[x + 1][y + 1]
            else:
                longest[x][y] = max(longest[x + 1][y], longest[x][y + 1])
    x = y = 0
    while x < len(gold) and y < len(system):
        if same(x, y):
            out[id(gold[x])] = system[y]
            x += 1
            y += 1
        elif longest[x + 1][y] >= longest[x][y + 1]:
            x += 1
        else:
            y += 1


def evaluate(gold_lines, system_lines):
    """F1 in per cent of tokens, sentences, words, and of what is said of words."""
    gold, system = Annotation(gold_lines), Annotation(system_lines)
    if gold.characters != system.characters:
        pairs = enumerate(zip(gold.characters, system.characters))
        k = next((i for i, (a, b) in pairs if a != b), -1)
        here = slice(max(0, k - 20), k + 20)
        raise ValueError(
            f"texts differ: {gold.characters[here]!r} / {system.characters[here]!r}"
        )

    def f1(right, n, m):
        return 200 * right / max(n + m, 1)

    def of_spans(a, b):
        return f1(len(set(a) & set(b)), len(a), len(b))

    matched = align(gold.words, system.words)
    n, m = len(gold.words), len(system.words)
    right = dict.fromkeys(("UPOS", "UFeats", "Lemmas", "UAS", "LAS"), 0)
    for w in gold.words:
        x = matched.get(id(w))
        if x is None:
            continue
        right["UPOS"] += w.upos == x.upos
        right["UFeats"] += w.feats == x.feats
        right["Lemmas"] += w.lemma == "_" or w.lemma == x.lemma
        if w.head is None or x.head is None:
            attached = w.head is x.head
        else:
            attached = matched.get(id(w.head)) is x.head
        right["UAS"] += attached
        right["LAS"] += attached and w.rel == x.rel
    out = {
        "Tokens": of_spans(gold.tokens, system.tokens),
        "Sentences": of_spans(gold.sentences, system.sentences),
        "Words": f1(len(matched), n, m),
    }
    out |= {k: f1(v, n, m) for k, v in right.items()}
    return {k: round(v, 2) for k, v in out.items()}


if __name__ == "__main__":
    print(evaluate(open(sys.argv[1]), open(sys.argv[2])))
