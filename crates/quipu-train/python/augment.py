"""Treebank sentences with words changed for near neighbours of their type vectors, for the
teacher to label: `augment.py LANG VECTORS.npz COPIES`. The first copy is the sentence itself,
so that the student also sees the teacher's view of it."""

import random
import sys

import numpy as np

import corpora
import silver
import spanish
from shapes import norm

CONTENT = {"NOUN", "PROPN", "ADJ", "VERB", "ADV"}
FIRST_SHARD = 5000  # after the raw text, so that one command labels both
ALIKE = 0.45  # cosine
NEIGHBOURS = 13


def neighbours(words, path):
    """Word -> types of like meaning, of those that have vectors."""
    z = np.load(path, allow_pickle=True)
    types, v = z["words"].tolist(), z["vec"].astype(np.float32)
    v /= np.linalg.norm(v, axis=1, keepdims=True) + 1e-6
    number = {w: i for i, w in enumerate(types)}
    words, near = [w for w in words if w in number], {}
    for a in range(0, len(words), 256):
        group = words[a : a + 256]
        alike = v[[number[w] for w in group]] @ v.T
        best = np.argpartition(-alike, NEIGHBOURS, axis=1)[:, :NEIGHBOURS]
        for w, found, scores in zip(group, best, alike):
            near[w] = [
                types[j]
                for j in found
                if types[j] != w and scores[j] > ALIKE and types[j].isalpha() == w.isalpha()
            ]
    return near


def swapped(word, near, rng):
    """Another word in the same case."""
    found = near.get(norm(word))
    if not found:
        return word
    other = rng.choice(found)
    if word.isupper() and len(word) > 1:
        return other.upper()
    return other[:1].upper() + other[1:] if word[:1].isupper() else other


def main(lang, path, copies):
    train, extra, _ = corpora.load(lang)
    if lang == "es":
        train = train + extra + spanish.gsd()
    content = {
        norm(w)
        for s in train
        for w, u in zip(s.form, s.upos or ["NOUN"] * len(s))
        if u in CONTENT and w.isalpha()
    }
    near = neighbours(sorted(content), path)
    print("types with neighbours", sum(bool(v) for v in near.values()), flush=True)
    rng, out = random.Random(7), []
    for copy in range(int(copies)):
        for s in train:
            if not 3 <= len(s) <= 100:
                continue
            p = 0.0 if copy == 0 else rng.choice((0.15, 0.3, 0.5))
            words = []
            for i, w in enumerate(s.form):
                change = rng.random() < p and (not s.upos or s.upos[i] in CONTENT)
                words.append(swapped(w, near, rng) if change else w)
            out.append((words, s.space or [True] * len(s), ["X"] * len(s)))
    rng.shuffle(out)
    silver.write(lang, out, FIRST_SHARD)


if __name__ == "__main__":
    main(*sys.argv[1:])
