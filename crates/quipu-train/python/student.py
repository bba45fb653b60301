"""The fast student: vectors of word types (cached at run time), gated linear recurrences,
cheap heads. models/FORMAT.md says what each part computes.

Parameter names are short because checkpoints hold them: `aff` affixes, `shp` shape, `inp iln`
the way in, `ad ah U hb dist` arcs, `rd rh ro` relations, `up ft ner` tags, features, names.
"""

import torch
import torch.nn as nn
import torch.nn.functional as F

from batches import batches
from names import NER, SOURCE, SOURCES
from noise import recased_or_damaged
from recurrence import Recurrence
from shapes import fnv, norm, shape
from teacher import GOLD, best_heads, cross_entropy, gold, own_source, readings

ROWS = 8192  # of an affix table
FAR = 19  # distances beyond are one
NO_WORD = (0,) * 7
TITLE, MIXED = 2, 5  # shapes with capitals, as they are numbered in a row of a word


class Lexicon:
    """The numbers of a word: type (1 unknown), three endings, beginning, shape, type in the wide
    table (0 unknown)."""

    def __init__(self, words, wide):
        self.words, self.wide, self.cache = words, wide, {}
        self.number = {w: i + 2 for i, w in enumerate(words)}
        self.number_in_wide = {w: i + 1 for i, w in enumerate(wide)}

    def features(self, word):
        if word not in self.cache:
            n = norm(word)
            affixes = (n[-2:], n[-3:], n[-4:], n[:3])
            rows = (fnv(a.encode(), k + 1) % ROWS for k, a in enumerate(affixes))
            wide = self.number_in_wide.get(n, 0)
            self.cache[word] = (self.number.get(n, 1), *rows, shape(word) + 1, wide)
        return self.cache[word]


class Student(nn.Module):
    """`h`: width of a direction; `dw`, `da`: of word vectors and affixes; `arc`, `rel`: of the
    heads; `layers`: a letter a recurrence, `n` where its gates see the words beside, else `s`."""

    def __init__(
        self,
        voc,
        lexicon,
        vectors=None,
        wide=None,
        layers="nnnn",
        h=192,
        dw=192,
        da=32,
        arc=160,
        rel=128,
        dt=40,
    ):
        super().__init__()
        width = 2 * h
        self.cfg = dict(layers=layers, h=h, dw=dw, da=da, arc=arc, rel=rel, dt=dt)
        self.word = nn.Embedding(len(lexicon.words) + 2, dw)
        if vectors is not None:
            with torch.no_grad():
                self.word.weight[2:] = vectors
                self.word.weight[:2] = 0
        else:
            nn.init.normal_(self.word.weight, std=0.3)
        self.aff = nn.ModuleList(nn.Embedding(ROWS, da) for _ in range(4))
        self.register_buffer("wide", torch.zeros(len(lexicon.wide) + 1, dt))
        if wide is not None:
            self.wide[1:] = wide[:, :dt]
        self.shp = nn.Embedding(12, 16)
        for e in self.aff:
            nn.init.normal_(e.weight, std=0.3)
        self.inp = nn.Linear(dw + 4 * da + 16 + dt, width)
        self.iln = nn.LayerNorm(width)
        self.root = nn.Parameter(torch.zeros(width))
        self.layers = nn.ModuleList(Recurrence(h, kind == "n") for kind in layers)
        self.ad, self.ah = nn.Linear(width, arc), nn.Linear(width, arc)
        self.U = nn.Parameter(torch.empty(arc, arc))
        nn.init.orthogonal_(self.U, 0.2)
        self.hb = nn.Linear(arc, 1)
        self.dist = nn.Embedding(2 * FAR + 3, 1)
        nn.init.zeros_(self.dist.weight)
        self.rd, self.rh = nn.Linear(width, rel), nn.Linear(width, rel)
        self.ro = nn.Linear(rel, len(voc["rel"]))
        self.up = nn.Linear(width, len(voc["upos"]))
        self.ft = nn.Linear(width, len(voc["feats"]))
        self.ner = nn.Linear(width, len(NER) * SOURCES)

    def forward(self, b):
        h = self.encode(b["x"], b["wmask"])
        tags = self.up(h).float(), self.ft(h).float(), self.ner(h).float()
        return h, self.arcs(h, b["wmask"]), *tags

    def encode(self, x, mask):
        w, wide = x[..., 0], self.wide[x[..., 6]]
        if self.training:
            w = torch.where(torch.rand(w.shape) < unknown_odds(x[..., 5]), 1, w)
            wide = wide + torch.randn_like(wide) * 0.05
            wide = wide * (torch.rand(w.shape) >= 0.05)[..., None]
        parts = [self.word(w)] + [t(x[..., k + 1]) for k, t in enumerate(self.aff)]
        e = torch.cat(parts + [self.shp(x[..., 5]), wide], -1)
        v = self.iln(F.dropout(self.inp(e), 0.25, self.training))
        h = torch.cat([self.root.expand(v.shape[0], 1, -1), v[:, 1:]], 1)
        for layer in self.layers:
            h = layer(h, mask, 0.25)
        return F.dropout(h, 0.2, self.training)

    def arcs(self, h, mask):
        d = F.dropout(F.relu(self.ad(h)), 0.2, self.training)
        g = F.dropout(F.relu(self.ah(h)), 0.2, self.training)
        a = (d @ self.U) @ g.transpose(1, 2) + self.hb(g).transpose(1, 2)
        t = torch.arange(h.shape[1])
        distance = (t[None] - t[:, None]).clamp(-FAR, FAR) + FAR + 1
        distance[:, 0] = 0
        a = a.float() + self.dist(distance)[..., 0][None]
        return a.masked_fill(~mask[:, None, :], -1e4)

    def relations(self, h_word, h_head):
        both = F.relu(self.rd(h_word) + self.rh(h_head))
        return self.ro(F.dropout(both, 0.2, self.training)).float()

    def products(self, words=20):
        """Multiplications a word in a sentence of so many words."""
        n = sum(p.numel() for x in self.layers for p in x.parameters() if p.dim() == 2)
        width, arc = self.inp.out_features, self.U.shape[0]
        n += self.ad.weight.numel() * 2 + self.U.numel() + words * arc
        n += self.rd.weight.numel() * 2 + self.ro.weight.numel()
        return n + self.up.weight.numel() + 7 * width + 30 * width


def unknown_odds(shapes):
    """How often a word becomes unknown in training: 6 in 100; in every second sentence half of
    the words with capitals, since most names to come are words never seen."""
    capital = (shapes >= TITLE) & (shapes <= MIXED)
    strict = torch.rand(len(shapes), 1) < 0.5
    return torch.where(capital & strict, 0.5, 0.06)


def load(path):
    """A finished student: model, lexicon, label vocabulary."""
    c = torch.load(path, weights_only=False)
    lexicon = Lexicon(c["words"], c["wide"])
    m = Student(c["voc"], lexicon, **c["cfg"])
    m.load_state_dict(c["m"])
    return m, lexicon, c["voc"]


def item(s, voc, lexicon, rng=None, pool=None):
    """A sentence as numbers. `rng`: other case, scanner errors, no final stop, now and then;
    names changed for others of `pool`."""
    form, keep = s.form, list(range(len(s.form)))
    if rng is not None:
        if pool and s.ner and rng.random() < 0.6:
            form = pool.swapped(form, s.ner, rng)
        form = recased_or_damaged(form, rng, 0.15)
        stop = s.upos and rng.random() < 0.10 and len(form) > 2 and s.upos[-1] == "PUNCT"
        if stop and len(form) not in s.head:
            keep.pop()
    x = [NO_WORD] + [lexicon.features(form[i]) for i in keep]
    out = {"x": x, "n": len(keep), "src": SOURCE.get(s.src, 0)}
    return out | gold(s, voc, keep)


def collate(items):
    size, words = len(items), max(i["n"] for i in items) + 1
    b = {"x": torch.zeros(size, words, len(NO_WORD), dtype=torch.long)}
    b["wmask"] = torch.zeros(size, words, dtype=torch.bool)
    b |= {f: torch.full((size, words), -1, dtype=torch.long) for f in GOLD}
    b["src"] = torch.tensor([i["src"] for i in items])
    for k, i in enumerate(items):
        n = i["n"]
        b["x"][k, : n + 1] = torch.tensor(i["x"])
        b["wmask"][k, : n + 1] = True
        for f in GOLD:
            if f in i:
                b[f][k, 1 : n + 1] = torch.tensor(i[f])
    return b


def losses(m, b):
    h, arc, up, ft, ner = m(b)
    out = {}
    if (b["head"] >= 0).any():
        out["arc"] = cross_entropy(arc, b["head"])
        s, w = (b["head"].ge(0) & b["rel"].ge(0)).nonzero(as_tuple=True)
        rel = m.relations(h[s, w], h[s, b["head"][s, w]])
        out["rel"] = F.cross_entropy(rel, b["rel"][s, w])
        out["up"] = cross_entropy(up, b["up"])
        out["ft"] = 0.5 * cross_entropy(ft, b["ft"])
    if (b["ner"] >= 0).any():
        out["ner"] = cross_entropy(own_source(ner, b["src"]), b["ner"])
    return out


@torch.no_grad()
def predict(m, sentences, voc, lexicon, words=4000):
    """A reading of each sentence, from its tokens alone."""
    m.eval()
    items = [item(s, voc, lexicon) for s in sentences]
    lengths, out = [i["n"] for i in items], [None] * len(items)
    for group in batches(list(range(len(items))), lengths, words):
        h, arc, up, ft, ner = m(collate([items[i] for i in group]))
        sizes = [items[i]["n"] for i in group]
        heads = best_heads(arc.log_softmax(-1).numpy(), sizes)
        row = torch.arange(len(group))[:, None]
        rel = m.relations(h, h[row, heads])
        for i, reading in zip(group, readings(voc, sizes, heads, rel, up, ft, ner)):
            out[i] = reading
    return out
