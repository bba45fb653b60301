"""The wide table: what a trained teacher makes of a word that stands alone, in few numbers. Most
names to come are words that no treebank has; of many of them the teacher knows what they are.
`wide.py LANG TEACHER.pt TYPES OUT.npz`"""

import os
import sys

import numpy as np
import torch

from names import NER, SOURCES
from sentences import Sentence
from teacher import Teacher, collate, item
from vectors import reduced, types

COMPONENTS = 26  # of the teacher's vector, beside its scores of names
CONVENTIONS = 2  # the scores of so many sources of names
LEAST = -6.0  # a log probability below this is this


@torch.no_grad()
def alone(m, voc, words, group=384):
    """Of each word, written with a capital: the teacher's vector, and its log probabilities of
    the tags of names by source."""
    m.eval()
    items = [item(Sentence([w[:1].upper() + w[1:]], None, "ewt"), voc, m.tok) for w in words]
    order = sorted(range(len(items)), key=lambda i: len(items[i]["ids"]))
    vectors = np.zeros((len(items), m.enc.width), np.float32)
    names = np.zeros((len(items), SOURCES * len(NER)), np.float32)
    for a in range(0, len(order), group):
        rows = order[a : a + group]
        with torch.autocast("cpu", torch.bfloat16):
            h = m.encode(collate([items[i] for i in rows], m.tok.pad))[:, 1]
            scores = m.ner(m.nerh(h))
        by_source = scores.float().view(len(rows), SOURCES, len(NER)).log_softmax(-1)
        vectors[rows], names[rows] = h.float().numpy(), by_source.flatten(1).numpy()
    return vectors, names


def main(lang, teacher, most, out):
    torch.set_num_threads(1)
    c = torch.load(teacher, weights_only=False)
    m = Teacher(c["kind"], c["voc"], c["freeze"])
    m.load_state_dict(c["m"])
    words = types(lang, int(most))
    vectors, names = alone(m, c["voc"], words)
    names = names[:, : CONVENTIONS * len(NER)].clip(LEAST, 0) / -LEAST + 0.5
    unit = vectors / np.linalg.norm(vectors, axis=1, keepdims=True).clip(1e-6)
    table = np.concatenate([names, reduced(unit, COMPONENTS)], 1).astype(np.float16)
    with open(out + ".tmp", "wb") as f:
        np.savez(f, words=np.array(words, dtype=object), vec=table)
    os.replace(out + ".tmp", out)


if __name__ == "__main__":
    main(*sys.argv[1:])
