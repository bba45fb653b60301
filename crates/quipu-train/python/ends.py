"""Sentence ends: two small recurrences over a paragraph's tokens. models/FORMAT.md, section 3.4.

Parameter names are short because checkpoints hold them: `suf shp` suffix and shape, `inp` the
way in, `l` the recurrences, `o` the way out."""

import random

import torch
import torch.nn as nn
import torch.nn.functional as F

from recurrence import Recurrence
from rendering import render
from shapes import fnv, norm, shape

WORD_ROWS, SUFFIX_ROWS = 1 << 14, 4096
TRAINED_LENGTH = 400  # tokens of a paragraph seen at once
NOTHING, SPACE, LINE, PARAGRAPH = range(4)  # what follows a token


class Ends(nn.Module):
    def __init__(self, word=48, half=48):
        super().__init__()
        self.word = nn.Embedding(WORD_ROWS, word)
        self.suf = nn.Embedding(SUFFIX_ROWS, 16)
        self.shp, self.gap = nn.Embedding(12, 8), nn.Embedding(5, 8)
        self.first = nn.Embedding(256, 8)
        self.inp = nn.Linear(word + 16 + 8 + 8 + 8, 2 * half)
        self.l = nn.ModuleList(Recurrence(half) for _ in range(2))
        self.o = nn.Linear(2 * half, 1)

    def forward(self, x, mask):
        w = x[..., 0]
        if self.training:
            w = torch.where(torch.rand(w.shape) < 0.1, torch.zeros_like(w), w)
        tables = (self.suf, self.shp, self.gap, self.first)
        parts = [self.word(w)] + [t(x[..., k + 1]) for k, t in enumerate(tables)]
        v = F.dropout(self.inp(torch.cat(parts, -1)), 0.2, self.training)
        for layer in self.l:
            v = layer(v, mask, 0.2)
        return self.o(v)[..., 0]


def features(token, gap):
    n = norm(token)
    word = 1 + fnv(n.encode(), 5) % (WORD_ROWS - 1)
    suffix = fnv(n[-3:].encode(), 6) % SUFFIX_ROWS
    return word, suffix, shape(token) + 1, gap + 1, ord(token[0]) % 256


def gaps(text, tokens):
    """What follows each token."""
    out = []
    for k, (_, b) in enumerate(tokens):
        if k + 1 == len(tokens):
            out.append(PARAGRAPH)
            continue
        white = text[b : tokens[k + 1][0]]
        if not white:
            out.append(NOTHING)
        elif white.count("\n") > 1:
            out.append(PARAGRAPH)
        else:
            out.append(LINE if "\n" in white else SPACE)
    return out


def paragraphs(following, most=None):
    """(first token, token after the last); `most` cuts what is longer."""
    out, a = [], 0
    for k, gap in enumerate(following):
        if gap == PARAGRAPH or (most is not None and k - a >= most):
            out.append((a, k + 1))
            a = k + 1
    if a < len(following):
        out.append((a, len(following)))
    return out


def examples(documents, rng):
    """(features, ends) a paragraph; 6% of documents in capitals, 6% in lower case; half of the
    paragraphs without the break that would give their last end away."""
    out = []
    for d in documents:
        u = rng.random()
        text, tokens, ends = render(d, rng)
        if u < 0.06:
            text = text.upper() if len(text.upper()) == len(text) else text
        elif u < 0.12:
            text = text.lower() if len(text.lower()) == len(text) else text
        following, ends = gaps(text, tokens), set(ends)
        for a, b in paragraphs(following, TRAINED_LENGTH):
            x = [
                features(text[p:q], following[a + k])
                for k, (p, q) in enumerate(tokens[a:b])
            ]
            if rng.random() < 0.5:
                x[-1] = x[-1][:3] + (LINE,) + x[-1][4:]
            out.append((x, [float(k in ends) for k in range(a, b)]))
    return out


def by_length(found, words, rng):
    found.sort(key=lambda p: len(p[0]))
    out, current = [], []
    for p in found:
        if current and len(p[0]) * (len(current) + 1) > words:
            out.append(current)
            current = []
        current.append(p)
    out.append(current)
    rng.shuffle(out)
    return out


def train(documents, seed=1, epochs=8, words=3000):
    rng = random.Random(seed)
    torch.manual_seed(seed)
    m = Ends()
    opt = torch.optim.AdamW(m.parameters(), lr=2e-3, weight_decay=0.01)
    step, steps = 0, None
    for epoch in range(epochs):
        groups = by_length(examples(documents, rng), words, rng)
        steps = steps or epochs * len(groups)
        total = 0
        for group in groups:
            rate = min(1, step / 100) * max(0.02, 1 - step / steps)
            for q in opt.param_groups:
                q["lr"] = 2e-3 * rate
            x, y, mask = collate(group)
            m.train()
            loss = F.binary_cross_entropy_with_logits(m(x, mask)[mask], y[mask])
            opt.zero_grad()
            loss.backward()
            nn.utils.clip_grad_norm_(m.parameters(), 2.0)
            opt.step()
            step += 1
            total += loss.item()
        print("ends epoch", epoch + 1, "loss", round(total / len(groups), 5), flush=True)
    return m


def collate(group):
    time = max(len(x) for x, _ in group)
    xs = torch.zeros(len(group), time, 5, dtype=torch.long)
    ys = torch.zeros(len(group), time)
    mask = torch.zeros(len(group), time, dtype=torch.bool)
    for i, (x, y) in enumerate(group):
        xs[i, : len(x)] = torch.tensor(x)
        ys[i, : len(y)] = torch.tensor(y)
        mask[i, : len(x)] = True
    return xs, ys, mask
