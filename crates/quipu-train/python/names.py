"""Names as BIO tags: the tag set, the best legal sequence, spans and their F1."""

import numpy as np

NER = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG", "B-LOC", "I-LOC"]

# Sources draw the line of a name each in their own way. Each has scores of its own, so that a
# foreign convention teaches the encoder and does not leak; only column 0 is shipped.
SOURCES = 4
SOURCE = {
    "ewt": 0,
    "wikigold": 1,
    "btc": 2,
    "gum": 3,
    "cess": 0,
    "ancora": 0,
    "echr": 1,
    "echr-as-ours": 0,
}


def tag_index(tag):
    """The number of a tag; -1 for X, which no loss looks at; anything else is no name."""
    return NER.index(tag) if tag in NER else -1 if tag == "X" else 0


def viterbi(logp):
    """The best sequence in which I-X follows only B-X or I-X. `logp`: words x 7."""
    n, k = logp.shape
    legal = np.zeros((k, k))
    for a in range(k):
        for b in range(k):
            if NER[b][0] == "I" and NER[a][2:] != NER[b][2:]:
                legal[a, b] = -1e9
    best = logp[0].copy()
    best[[i for i in range(k) if NER[i][0] == "I"]] = -1e9
    back = []
    for i in range(1, n):
        t = best[:, None] + legal
        back.append(t.argmax(0))
        best = t.max(0) + logp[i]
    tag = int(best.argmax())
    out = [tag]
    for b in back[::-1]:
        tag = int(b[tag])
        out.append(tag)
    return [NER[i] for i in out[::-1]]


def spans(tags):
    """(first word, word after the last, kind) of each name; X counts as O."""
    out, start, kind = set(), None, None
    for i, t in enumerate(["O" if t == "X" else t for t in tags] + ["O"]):
        if start is not None and (t == "O" or t[0] == "B" or t[2:] != kind):
            out.add((start, i, kind))
            start = None
        if t != "O" and start is None:
            start, kind = i, t[2:]
    return out


def f1(gold, pred):
    """Precision, recall, F1 in per cent over lists of tag sequences; span and kind must agree."""
    g = p = c = 0
    for a, b in zip(gold, pred):
        a, b = spans(a), spans(b)
        g += len(a)
        p += len(b)
        c += len(a & b)
    precision, recall = c / max(p, 1), c / max(g, 1)
    both = 2 * precision * recall / max(precision + recall, 1e-9)
    return 100 * precision, 100 * recall, 100 * both
