"""Type vectors: each word alone through a pretrained encoder, four layers averaged over its
pieces, 192 principal components. `vectors.py minilm|e5 LANG TYPES OUT.npz`"""

import gzip
import json
import os
import re
import sys
from collections import Counter

import numpy as np
import torch
import torch.nn.functional as F

import corpora
import frus
from encoders import LOAD
from places import lookup
from shapes import norm

WIDTH = 192
FRUS_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*|\S")
LISTED_WORD = re.compile(r"[^\W\d_]+(?:['’-][^\W\d_]+)*\.?")


def ranks(scores, least=None):
    """Word -> place from the top; words scored below `least` have none."""
    order = enumerate(sorted(scores.items(), key=lambda x: (-x[1], x[0])))
    return {w: i for i, (w, n) in order if least is None or n >= least}


def types(lang, most):
    """The likeliest words of three lists: spaCy's log probabilities, FRUS (5 times or more),
    the training treebanks (twice or more)."""
    train, extra, _ = corpora.load(lang)
    trained = Counter(norm(w) for s in train + extra for w in s.form)
    archive = Counter()
    if lang == "en":
        for volume in frus.volumes():
            for _, _, text, _ in frus.read(volume):
                archive.update(norm(w) for w in FRUS_WORD.findall(text))
    listed = {}
    for w, p in json.load(gzip.open(lookup(f"{lang}_lexeme_prob.json.gz"))).items():
        n = norm(w)
        if LISTED_WORD.fullmatch(n) and len(n) < 25:
            listed[n] = max(listed.get(n, p), p)
    by_list, by_archive, by_treebank = ranks(listed), ranks(archive, 5), ranks(trained, 2)
    never = 10**9
    place = {
        w: min(
            by_list.get(w, never),
            1.3 * by_archive.get(w, never),
            by_treebank.get(w, never),
        )
        for w in {**by_list, **by_archive, **by_treebank}
    }
    words = sorted(sorted(place, key=lambda w: (place[w], w))[:most])
    kept = set(words)
    covered = sum(n for w, n in trained.items() if w in kept) / sum(trained.values())
    print(len(words), "types; train tokens covered", covered, flush=True)
    return words


@torch.no_grad()
def encoded(kind, words):
    """A row a word: the mean of its pieces in four layers, each of length 1."""
    e, pieces = LOAD[kind]()
    e.eval()
    picked = [0, e.depth // 3, 2 * e.depth // 3, e.depth]
    ids = [pieces.word(w) for w in words]
    order = sorted(range(len(words)), key=lambda i: len(ids[i]))
    out = np.zeros((len(words), e.width * len(picked)), np.float32)
    for a in range(0, len(order), 256):
        group = order[a : a + 256]
        longest = max(len(ids[i]) for i in group) + 2
        x = torch.full((len(group), longest), pieces.pad)
        mask = torch.zeros(len(group), longest, dtype=torch.long)
        inner = torch.zeros(len(group), longest, dtype=torch.long)
        for k, i in enumerate(group):
            row = [pieces.cls] + ids[i] + [pieces.sep]
            x[k, : len(row)] = torch.tensor(row)
            mask[k, : len(row)] = 1
            inner[k, 1 : len(row) - 1] = 1
        with torch.autocast("cpu", torch.bfloat16):
            first = e.embed(x)
            layers = [first] + e.run(first, mask, 0, e.depth, 0.0, keep=True)
        weight = inner[..., None].float() / inner.sum(1)[:, None, None]
        means = [(layers[n].float() * weight).sum(1) for n in picked]
        out[group] = torch.cat([F.normalize(v, dim=-1) for v in means], -1).numpy()
    return out


def reduced(x, width=WIDTH):
    """So many principal components, large ones damped, spread 0.4."""
    x = x - x.mean(0)
    covariance = (x.T @ x / len(x)).astype(np.float64)
    values, axes = np.linalg.eigh(covariance)
    values, axes = values[::-1][:width], axes[:, ::-1][:, :width]
    print("variance kept", values.sum() / np.trace(covariance))
    y = x @ axes / np.sqrt(values) ** 0.5
    return y / y.std() * 0.4


def main(kind, lang, most, out):
    torch.set_num_threads(1)
    torch.manual_seed(1)
    words = types(lang, int(most))
    vectors = reduced(encoded(kind, words))
    with open(out + ".tmp", "wb") as f:
        np.savez(f, words=np.array(words, dtype=object), vec=vectors.astype(np.float16))
    os.replace(out + ".tmp", out)


if __name__ == "__main__":
    main(*sys.argv[1:])
