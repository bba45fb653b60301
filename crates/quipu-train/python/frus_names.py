"""Recall of the persons that FRUS's editors tagged, in the two volumes kept out. A name is
covered when a PER span holds all its words, exact when it holds no others."""

import random

import frus
import silver
import splitter
from names import spans
from places import FRUS
from sentences import Sentence


def sentences(limit=3000, seed=1):
    """Sentences with a tagged person, some `limit` of each volume."""
    out, split = [], splitter.load("en")
    for volume in frus.KEPT_OUT:
        blocks = [
            b for b in frus.read(FRUS / f"{volume}.jsonl") if b[3] and len(b[2]) < 4000
        ]
        random.Random(seed).shuffle(blocks)
        n = 0
        for _, _, text, persons in blocks:
            for words, _, names in silver.cut(split, text, persons):
                if any(x != "X" for x in names) and len(words) < 120:
                    out.append(Sentence(words, names, "ewt"))
                    n += 1
            if n > limit:
                break
    return out


def recall(tagged, predicted):
    """Counts and per cent, and what was missed with its neighbours."""
    total = exact = covered = 0
    missed = []
    for s, reading in zip(tagged, predicted):
        found = {(a, b) for a, b, k in spans(reading["ner"]) if k == "PER"}
        for a, b, _ in spans(s.ner):
            total += 1
            exact += (a, b) in found
            hit = any(x <= a and b <= y for x, y in found)
            covered += hit
            if not hit:
                before, name = " ".join(s.form[max(0, a - 3) : a]), " ".join(s.form[a:b])
                missed.append(f"{before} [{name}] {' '.join(s.form[b : b + 2])}")
    rate = {"exact": exact, "covered": covered}
    return {"tagged": total} | {
        k: round(100 * v / total, 2) for k, v in rate.items()
    }, missed
