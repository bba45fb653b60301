"""Lemmas without weights: exceptions by form and tag, then the longest known ending for the
tag; learnt from the treebank by counting. models/FORMAT.md, section 8.
A rule (n, add) says: take away n characters, put `add` on. `lemmas.py LANG` scores them."""

import sys
from collections import Counter, defaultdict

import corpora

LONGEST_ENDING = 6
AS_WRITTEN = {"PROPN", "SYM", "X", "PUNCT"}


def base(word, upos):
    return word if upos in AS_WRITTEN else word.lower()


def rule(form, lemma):
    k = 0
    while k < min(len(form), len(lemma)) and form[k] == lemma[k]:
        k += 1
    return len(form) - k, lemma[k:]


def applied(form, found):
    n, add = found
    return form[: len(form) - n] + add if n <= len(form) else form


class Lemmas:
    """`rules`: (tag, ending) -> rule, tag being UPOS|FEATS or UPOS; `exceptions`:
    (base, UPOS, FEATS or empty) -> lemma."""

    def __init__(self, sentences):
        self.rules, self.exceptions = {}, {}
        seen = defaultdict(Counter)
        for s in sentences:
            for w, lemma, u, f in zip(s.form, s.lemma, s.upos, s.feats):
                if lemma != "_" or w == "_":
                    seen[(base(w, u), u, f)][lemma] += 1
        self._learn_rules(seen)
        self._learn_exceptions(seen)

    def _learn_rules(self, seen):
        count = defaultdict(Counter)
        for (b, u, f), lemmas in seen.items():
            found = rule(b, lemmas.most_common(1)[0][0])
            for k in range(min(LONGEST_ENDING, len(b)) + 1):
                ending = b[len(b) - k :]
                count[(u + "|" + f, ending)][found] += 1
                count[(u, ending)][found] += 1
        best = {k: v.most_common(1)[0] for k, v in count.items()}
        order = sorted(best.items(), key=lambda x: (x[0][0], len(x[0][1])))
        for (tag, ending), (found, n) in order:
            if n < 2 and ending:
                continue
            # kept only where it says something that the next shorter one does not
            shorter = (self.rules.get((tag, ending[q:])) for q in range(1, len(ending) + 1))
            if next((x for x in shorter if x), None) != found:
                self.rules[(tag, ending)] = found

    def _learn_exceptions(self, seen):
        """What the endings get wrong: under a full tag, then under UPOS alone."""
        by_upos = defaultdict(Counter)
        for (b, u, f), lemmas in seen.items():
            lemma = lemmas.most_common(1)[0][0]
            if self.guess(b, u, f) != lemma:
                self.exceptions[(b, u, f)] = lemma
            for lemma, n in lemmas.items():
                by_upos[(b, u)][lemma] += n
        for (b, u), lemmas in by_upos.items():
            lemma = lemmas.most_common(1)[0][0]
            if self.guess(b, u, None) != lemma and (b, u, "") not in self.exceptions:
                self.exceptions[(b, u, "")] = lemma

    def guess(self, b, upos, feats):
        tags = (upos,) if feats is None else (upos + "|" + feats, upos)
        for tag in tags:
            for k in range(min(LONGEST_ENDING, len(b)), -1, -1):
                found = self.rules.get((tag, b[len(b) - k :]))
                if found:
                    return applied(b, found)
        return b

    def lemma(self, word, upos, feats):
        b = base(word, upos)
        found = self.exceptions.get((b, upos, feats))
        if found is None and (upos + "|" + feats, "") not in self.rules:
            found = self.exceptions.get((b, upos, ""))
        return self.guess(b, upos, feats) if found is None else found


def main(lang):
    train, _, dev = corpora.load(lang)
    lemmas = Lemmas(train)
    print("rules", len(lemmas.rules), "exceptions", len(lemmas.exceptions))
    for name, sentences in dev.items():
        n = right = 0
        for s in sentences:
            for w, lemma, u, f in zip(s.form, s.lemma, s.upos, s.feats):
                n += 1
                right += lemmas.lemma(w, u, f) == lemma
        print(name, round(100 * right / n, 2))


if __name__ == "__main__":
    main(*sys.argv[1:])
