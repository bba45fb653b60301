"""Tokens in raw text: white space parts chunks; a hashed linear model decides at each likely
seam inside a chunk whether a token ends there. models/FORMAT.md, section 3, says the same.
"""

import random
import re

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from rendering import render
from shapes import fnv

BUCKETS = 1 << 16
SALT = 77
CHUNK = re.compile(r"\S+")
KEEP_SHORT = 40  # chunks remembered with their seams


def kind(c):
    """U capital, l other letter, d digit, itself for common punctuation, p printable, x not."""
    if c.isalpha():
        return "U" if c.isupper() else "l"
    if c.isdigit():
        return "d"
    return c if c in ".,'’\"-/:;@&()_" else ("p" if c.isprintable() else "x")


def kinds(text):
    return "".join(map(kind, text))


def candidates(w):
    """Where a token may end: seams that touch what is neither letter nor digit, and seams of
    letter and digit."""
    out = []
    for i in range(1, len(w)):
        a, b = w[i - 1], w[i]
        if not a.isalnum() or not b.isalnum() or (a.isdigit() != b.isdigit()):
            out.append(i)
    return out


URL = re.compile(
    r"(?i)^(https?://|www\.|[\w.+-]+@[\w-]+\.)"
    r"|\.(com|org|net|gov|edu|html?|co|us|uk|es|pe)\b"
)


def features(w, i, before, after):
    """Hashed features of the seam before w[i]; `before`, `after`: kind of the first character
    of the chunks beside, ^ where there is none. models/FORMAT.md lists them in this order.
    """
    n = len(w)
    left4, right4 = w[max(0, i - 4) : i], w[i : i + 4]
    kl, kr = kinds(left4), kinds(right4)
    a = i
    while a > 0 and w[a - 1].isalnum():
        a -= 1
    b = i
    while b < n and w[b].isalnum():
        b += 1
    run_left, run_right = w[a:i].lower()[-8:], w[i:b].lower()[:8]
    l, r = w[i - 1], w[i]
    squeezed = re.sub(r"(.)\1+", r"\1", kinds(w[:24]))
    url, near = bool(URL.search(w)), (min(i, 3), min(n - i, 3))
    last = i == n - 1
    names = [
        "b",
        "L1" + l,
        "R1" + r,
        "LR" + l + r,
        "l2" + left4[-2:],
        "r2" + right4[:2],
        "L3" + left4[-3:],
        "R3" + right4[:3],
        "lr" + kl[-1:] + kr[:1],
        "c22" + kl[-2:] + " " + kr[:2],
        "c33" + kl[-3:] + " " + kr[:3],
        "c42" + kl + " " + kr[:1],
        "c24" + kl[-1:] + " " + kr,
        "le" + run_left + "|" + r,
        "re" + run_right + "|" + l,
        "ln" + run_left + "|" + l + r,
        "w" + w.lower()[:16] + f"{i}",
        f"u{url}" + l + r,
        f"u{url}{near}",
        f"p{near}" + l + r,
        f"e{last}" + l + run_left,
        "sq" + squeezed + f"{i if i < 6 else n - i + 20}",
        f"nx{last}" + r + after,
        "nd" + kr[:1] + w.lower()[:i][-12:],
        f"h{w.count('-')}{n > 12}" + l + r,
    ]
    return [fnv(f.encode(), SALT) % BUCKETS for f in names]


def chunks(text):
    """(start, end) of each chunk, with the kind of its neighbours' first characters."""
    found = [(m.start(), m.end()) for m in CHUNK.finditer(text)]
    firsts = ["^", *(kind(text[a]) for a, _ in found), "^"]
    for k, (a, b) in enumerate(found):
        yield a, b, firsts[k], firsts[k + 2]


class Seams:
    """The weights, and what they say."""

    def __init__(self, weights=None):
        self.weights = np.zeros(BUCKETS, np.float32) if weights is None else weights
        self.cache = {}

    def split(self, w, before, after):
        key = (w, before, after)
        cuts = self.cache.get(key)
        if cuts is None:
            cuts = [
                i
                for i in candidates(w)
                if self.weights[features(w, i, before, after)].sum() > 0
            ]
            if len(w) < KEEP_SHORT:
                self.cache[key] = cuts
        return cuts

    def tokens(self, text):
        """(start, end) of each token, in characters."""
        out = []
        for a, b, before, after in chunks(text):
            w, start = text[a:b], 0
            for i in self.split(w, before, after):
                out.append((a + start, a + i))
                start = i
            out.append((a + start, b))
        return out

    def examples(self, documents, rng):
        x, y, lost = [], [], 0
        for d in documents:
            text, tokens, _ = render(d, rng)
            ends = {b for _, b in tokens}
            for a, b, before, after in chunks(text):
                w = text[a:b]
                seams = candidates(w)
                inside = range(1, len(w))
                lost += sum(1 for i in inside if a + i in ends and i not in seams)
                for i in seams:
                    x.append(features(w, i, before, after))
                    y.append(float(a + i in ends))
        return torch.tensor(x), torch.tensor(y), lost

    def train(self, documents, epochs=6, seed=1):
        torch.manual_seed(seed)
        x, y, lost = self.examples(documents, random.Random(seed))
        print("seams", len(y), "token ends", int(y.sum()), "out of reach", lost, flush=True)
        e = nn.EmbeddingBag(BUCKETS, 1, mode="sum")
        nn.init.zeros_(e.weight)
        opt = torch.optim.Adagrad(e.parameters(), lr=0.15)
        for epoch in range(epochs):
            order, total = torch.randperm(len(y)), 0
            for i in range(0, len(y), 64):
                q = order[i : i + 64]
                loss = F.binary_cross_entropy_with_logits(e(x[q])[:, 0], y[q])
                loss = loss + 1e-7 * e.weight.pow(2).sum() * (i % 640 == 0)
                opt.zero_grad()
                loss.backward()
                opt.step()
                total += loss.item() * len(q)
            print("seams epoch", epoch + 1, "loss", round(total / len(y), 5), flush=True)
        self.weights = e.weight.detach().numpy()[:, 0].copy()
        self.cache = {}
