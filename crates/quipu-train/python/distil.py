"""Learning from the teacher's doubts: sentences with soft labels, as silver.py writes them."""

import pickle

import numpy as np
import torch

from names import NER, SOURCES
from noise import recased_or_damaged
from places import silver
from student import NO_WORD

# array -> numbers a word: candidates (i) and their probability (p) of heads, relations,
# tags and features; probabilities of all name tags
CANDIDATES = {"hi": 4, "ri": 3, "ui": 3, "fi": 3}
PROBABILITIES = {"hp": 4, "rp": 3, "upp": 3, "fp": 3, "np": 7}


def load(lang, name):
    """Sentences (words, known names) and where their labels stand: (arrays, first row)."""
    sentences, labels = [], []
    for path in sorted(silver(lang).glob(f"{name}-*.npz")):
        raw = path.with_name(path.name.replace(name + "-", "raw-")).with_suffix(".pkl")
        with open(raw, "rb") as f:
            raw = pickle.load(f)
        arrays, row = dict(np.load(path)), 0
        for words, _, known in raw:
            if len(words) >= 2:
                sentences.append((words, known))
                labels.append((arrays, row))
            row += len(words)
    return sentences, labels


def rows(label, count):
    """The labels of one sentence."""
    arrays, first = label
    return {k: v[first : first + count] for k, v in arrays.items()}


def names_of(labels, known):
    """The teacher's shares of tags, where FRUS's editors say nothing."""
    names = labels["np"].astype(np.float32)
    for i, tag in enumerate(known):
        if tag != "X":
            names[i] = 0
            names[i, NER.index(tag)] = 1
    return names


def sure(shares, least=0.9):
    """The tags that the teacher is sure of, O for others; a name of which one word is not sure is
    none."""
    tags = [NER[i] if p >= least else "O" for i, p in zip(shares.argmax(1), shares.max(1))]
    for i in range(len(tags)):
        if tags[i][0] == "I" and (i == 0 or tags[i - 1][2:] != tags[i][2:]):
            tags[i] = "O"
    return tags


def item(words, known, labels, lexicon, rng, pool=None):
    """A sentence with soft labels; a name that FRUS's editors tagged overrides the teacher. Names
    that the teacher is sure of are changed for others of `pool` now and then."""
    n = len(words)
    if pool and rng.random() < 0.3:
        words = pool.swapped(words, sure(names_of(labels, known)), rng)
    form = recased_or_damaged(words, rng, 0.16)
    hi, hp = labels["hi"], labels["hp"].astype(np.float32)
    stop = n > 2 and rng.random() < 0.10 and words[-1] in ".?!:;"
    if stop and not (labels["head"] == n).any():
        n -= 1
        labels = {k: v[:n] for k, v in labels.items()}
        form, hi, hp = form[:n], hi[:n], hp[:n]
    # A short sentence has fewer words than candidates: the rest were padding, or the stop.
    hi, hp = np.minimum(hi, n), np.where(hi > n, 0, hp)
    return {
        "x": [NO_WORD] + [lexicon.features(w) for w in form],
        "n": n,
        "head": np.minimum(labels["head"], n),
        "hi": hi,
        "hp": hp / hp.sum(1, keepdims=True).clip(1e-3),
        "ri": labels["ri"],
        "rp": labels["rp"].astype(np.float32),
        "ui": labels["ui"],
        "upp": labels["up"].astype(np.float32),
        "fi": labels["fi"],
        "fp": labels["fp"].astype(np.float32),
        "np": names_of(labels, known[:n]),
    }


def collate(items):
    size, words = len(items), max(i["n"] for i in items) + 1
    b = {"x": torch.zeros(size, words, len(NO_WORD), dtype=torch.long)}
    b["wmask"] = torch.zeros(size, words, dtype=torch.bool)
    b["live"] = torch.zeros(size, words, dtype=torch.bool)  # words without the root
    b["head"] = torch.zeros(size, words, dtype=torch.long)
    b |= {k: torch.zeros(size, words, c, dtype=torch.long) for k, c in CANDIDATES.items()}
    b |= {k: torch.zeros(size, words, c) for k, c in PROBABILITIES.items()}
    for k, i in enumerate(items):
        n = i["n"]
        b["x"][k, : n + 1] = torch.tensor(i["x"])
        b["wmask"][k, : n + 1] = True
        b["live"][k, 1 : n + 1] = True
        for f in ("head", *CANDIDATES, *PROBABILITIES):
            values = torch.from_numpy(np.ascontiguousarray(i[f][:n]))
            b[f][k, 1 : n + 1] = values.to(b[f].dtype)
    return b


def soft(scores, candidates, probabilities):
    """Cross entropy with the teacher's candidates."""
    found = scores.log_softmax(-1).gather(-1, candidates)
    return -(found * probabilities).sum(-1).mean()


def losses(m, b):
    h, arc, up, ft, ner = m(b)
    live = b["live"]
    out = {"sarc": soft(arc[live], b["hi"][live], b["hp"][live])}
    s, w = live.nonzero(as_tuple=True)
    rel = m.relations(h[s, w], h[s, b["head"][s, w]])
    out["srel"] = soft(rel, b["ri"][live], b["rp"][live])
    out["sup"] = soft(up[live], b["ui"][live], b["upp"][live])
    out["sft"] = 0.5 * soft(ft[live], b["fi"][live], b["fp"][live])
    ner = ner.view(ner.shape[0], ner.shape[1], SOURCES, len(NER))[:, :, 0][live]
    out["sner"] = -(ner.log_softmax(-1) * b["np"][live]).sum(-1).mean()
    return out
