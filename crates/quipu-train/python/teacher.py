"""The heavy teacher: a pretrained encoder with heads for tags, features, trees and names.

Parameter names are short because checkpoints hold them: `ad ah` arc, word and head side;
`rd rh` relation likewise; `up ft` tags and features; `nerh ner` names."""

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from batches import batches, inverse, upos_of_feats
from encoders import LOAD
from names import NER, SOURCE, SOURCES, tag_index, viterbi
from shapes import shape
from trees import tree

MOST_PIECES = 480  # of a sentence; further words keep only their first piece
CERTAIN = 1e4


class Biaffine(nn.Module):
    def __init__(self, width, out):
        super().__init__()
        self.w = nn.Parameter(torch.zeros(out, width + 1, width + 1))
        self.out = out
        if out > 1:
            nn.init.normal_(self.w, std=0.02)

    def forward(self, x, y):
        one = x.new_ones(x.shape[:-1] + (1,))
        x, y = torch.cat([x, one], -1), torch.cat([y, one], -1)
        if self.out == 1:
            return (x @ self.w[0]) @ y.transpose(1, 2)
        return torch.einsum("bi,oij,bj->bo", x, self.w, y)


class Teacher(nn.Module):
    """`freeze`: so many lower layers stay as they are; their output is remembered."""

    def __init__(self, kind, voc, freeze=0):
        super().__init__()
        self.enc, self.tok = LOAD[kind]()
        self.freeze, self.cache = freeze, {}
        width = self.enc.width

        def mlp(n):
            return nn.Sequential(nn.Linear(width, n), nn.LeakyReLU(0.1), nn.Dropout(0.33))

        def tagger():
            return nn.Sequential(nn.Linear(width, 256), nn.GELU(), nn.Dropout(0.2))

        self.shape = nn.Embedding(10, width)
        nn.init.zeros_(self.shape.weight)
        self.mix = nn.Parameter(torch.zeros(self.enc.depth - freeze))
        self.ad, self.ah, self.rd, self.rh = mlp(384), mlp(384), mlp(128), mlp(128)
        self.arc, self.rel = Biaffine(384, 1), Biaffine(128, len(voc["rel"]))
        self.tag = tagger()
        self.up = nn.Linear(256, len(voc["upos"]))
        self.ft = nn.Linear(256, len(voc["feats"]))
        self.nerh = tagger()
        self.ner = nn.Linear(256, len(NER) * SOURCES)
        self._freeze()

    def _freeze(self):
        frozen = [self.enc.word, self.enc.pos]
        if self.freeze:
            frozen += [*self.enc.layers[: self.freeze], self.enc.ln]
            self.enc.typ.requires_grad = False
        for module in frozen:
            for p in module.parameters():
                p.requires_grad = False

    def lower(self, x, b):
        """The frozen layers, remembered per sentence while training."""
        keys = b.get("keys")
        if keys is None:
            return self.enc.run(x, b["mask"], 0, self.freeze, 0.0)
        if all(k in self.cache for k in keys):
            out = torch.zeros(x.shape, dtype=torch.bfloat16)
            for i, k in enumerate(keys):
                out[i, : self.cache[k].shape[0]] = self.cache[k]
            return out
        out = self.enc.run(x, b["mask"], 0, self.freeze, 0.0).to(torch.bfloat16)
        for i, k in enumerate(keys):
            self.cache[k] = out[i, : int(b["mask"][i].sum())].clone()
        return out

    def encode(self, b):
        """A vector a word, from its first and last piece; position 0 (CLS) is the root."""
        with torch.set_grad_enabled(self.freeze == 0 and torch.is_grad_enabled()):
            x = self.enc.embed(b["ids"])
            if self.freeze:
                x = self.lower(x, b)
        x = x + self.shape(b["pshape"]).to(x.dtype)
        outputs = self.enc.run(x, b["mask"], self.freeze, self.enc.depth, 0.1, keep=True)
        h = sum(w * out for w, out in zip(self.mix.softmax(0), outputs))
        row = torch.arange(h.shape[0])[:, None]
        h = (h[row, b["first"]] + h[row, b["last"]]) * 0.5
        return F.dropout(h, 0.2, self.training)

    def forward(self, b):
        h = self.encode(b)
        arc = self.arc(self.ad(h), self.ah(h)).float()
        arc = arc.masked_fill(~b["wmask"][:, None, :], -1e4)
        t = self.tag(h)
        ner = self.ner(self.nerh(h))
        return h, arc, self.up(t).float(), self.ft(t).float(), ner.float()

    def relations(self, h, heads):
        """Scores of all relations of each word to the head given."""
        row = torch.arange(h.shape[0])[:, None]
        rd, rh = self.rd(h), self.rh(h[row, heads])
        flat = self.rel(rd.reshape(-1, 128), rh.reshape(-1, 128)).float()
        return flat.view(h.shape[0], rd.shape[1], -1)


def item(s, voc, tok, rng=None, drop=False):
    """A sentence as numbers. `rng` changes case now and then; `drop` takes off the stop."""
    form, shapes, keep = s.form, [shape(w) for w in s.form], list(range(len(s.form)))
    if rng is not None:
        u = rng.random()
        if u < 0.10:
            shapes = [2 if x < 5 else x for x in shapes]
            form = form if tok.uncased else [w.upper() for w in form]
        elif u < 0.14:
            shapes = [0 if x < 5 else x for x in shapes]
            form = form if tok.uncased else [w.lower() for w in form]
        ends_in_stop = s.upos and drop and len(form) > 2 and s.upos[-1] == "PUNCT"
        if ends_in_stop and len(form) not in s.head:
            keep.pop()
    pieces = [tok.word(form[i]) for i in keep]
    ids, first, last, piece_shapes = [tok.cls], [0], [0], [8]
    for word, i in zip(pieces, keep):
        if len(ids) + len(word) > MOST_PIECES:
            word = word[:1]
        first.append(len(ids))
        ids += word
        last.append(len(ids) - 1)
        piece_shapes += [shapes[i]] * len(word)
    ids.append(tok.sep)
    piece_shapes.append(8)
    out = {"ids": ids, "first": first, "last": last, "psh": piece_shapes}
    out |= {"n": len(keep), "src": SOURCE.get(s.src, 0)}
    return out | gold(s, voc, keep)


def gold(s, voc, keep):
    """What the annotators said of the words kept, as numbers; -1 for labels not in `voc`."""
    out = {}
    if s.upos:
        feats = [s.upos[i] + "|" + s.feats[i] for i in keep]
        out["up"] = [voc["upos"].get(s.upos[i], -1) for i in keep]
        out["ft"] = [voc["feats"].get(f, -1) for f in feats]
        out["head"] = [s.head[i] for i in keep]
        out["rel"] = [voc["rel"].get(s.rel[i], -1) for i in keep]
    if s.ner:
        out["ner"] = [tag_index(s.ner[i]) for i in keep]
    return out


GOLD = ("up", "ft", "head", "rel", "ner")


def collate(items, pad):
    size = len(items)
    time = max(len(i["ids"]) for i in items)
    words = max(i["n"] for i in items) + 1

    def full(n, value=0):
        return torch.full((size, n), value, dtype=torch.long)

    b = {"ids": full(time, pad), "pshape": full(time, 9), "mask": full(time)}
    b |= {"first": full(words), "last": full(words)}
    b["wmask"] = torch.zeros(size, words, dtype=torch.bool)
    b |= {f: full(words, -1) for f in GOLD}
    b["src"] = torch.tensor([i["src"] for i in items])
    for k, i in enumerate(items):
        t, n = len(i["ids"]), i["n"]
        b["ids"][k, :t] = torch.tensor(i["ids"])
        b["pshape"][k, :t] = torch.tensor(i["psh"])
        b["mask"][k, :t] = 1
        b["first"][k, : n + 1] = torch.tensor(i["first"])
        b["last"][k, : n + 1] = torch.tensor(i["last"])
        b["wmask"][k, : n + 1] = True
        for f in GOLD:
            if f in i:
                b[f][k, 1 : n + 1] = torch.tensor(i[f])
    return b


def cross_entropy(scores, labels):
    flat = scores.reshape(-1, scores.shape[-1])
    return F.cross_entropy(flat, labels.reshape(-1), ignore_index=-1)


def own_source(ner, src):
    """Of the name scores of all sources, those of each sentence's own."""
    by_source = ner.view(ner.shape[0], ner.shape[1], SOURCES, len(NER))
    return by_source[torch.arange(ner.shape[0]), :, src]


def losses(m, b):
    h, arc, up, ft, ner = m(b)
    out = {}
    if (b["head"] >= 0).any():
        out["arc"] = cross_entropy(arc, b["head"])
        s, w = (b["head"].ge(0) & b["rel"].ge(0)).nonzero(as_tuple=True)
        rel = m.rel(m.rd(h[s, w]), m.rh(h[s, b["head"][s, w]])).float()
        out["rel"] = F.cross_entropy(rel, b["rel"][s, w])
        out["up"] = 0.5 * cross_entropy(up, b["up"])
        out["ft"] = 0.5 * cross_entropy(ft, b["ft"])
    if (b["ner"] >= 0).any():
        out["ner"] = cross_entropy(own_source(ner, b["src"]), b["ner"])
    return out


def best_heads(arc, sizes):
    """The best tree of each sentence; `arc` on the log scale."""
    heads = torch.zeros(arc.shape[:2], dtype=torch.long)
    for k, n in enumerate(sizes):
        found = tree(arc[k, : n + 1, : n + 1])
        heads[k, 1 : n + 1] = torch.from_numpy(found)
    return heads


def readings(voc, sizes, heads, rel, up, ft, ner):
    """Scores of a batch -> what is written: labels, each legal beside the others."""
    labels, upf = inverse(voc), np.array(upos_of_feats(voc))
    only_root = torch.where(heads.eq(0), torch.tensor(CERTAIN), torch.tensor(-CERTAIN))
    rel[..., voc["rel"]["root"]] = only_root
    rel, up, ft = rel.argmax(-1).numpy(), up.numpy(), ft.numpy()
    ner = ner.view(len(sizes), ner.shape[1], SOURCES, len(NER))[:, :, 0]
    ner = ner.log_softmax(-1).numpy()
    for k, n in enumerate(sizes):
        words = slice(1, n + 1)
        u = up[k, words].argmax(-1)
        f = np.where(upf[None, :] == u[:, None], ft[k, words], -1e9).argmax(-1)
        yield {
            "head": heads[k, words].tolist(),
            "rel": [labels["rel"][x] for x in rel[k, words]],
            "upos": [labels["upos"][x] for x in u],
            "feats": [labels["feats"][x].split("|", 1)[1] for x in f],
            "ner": viterbi(ner[k, words]),
        }


@torch.no_grad()
def predict(m, sentences, voc, words=3000):
    """A reading of each sentence, from its tokens alone."""
    m.eval()
    items = [item(s, voc, m.tok) for s in sentences]
    lengths, out = [len(i["ids"]) for i in items], [None] * len(items)
    for group in batches(list(range(len(items))), lengths, words):
        b = collate([items[i] for i in group], m.tok.pad)
        sizes = [items[i]["n"] for i in group]
        with torch.autocast("cpu", torch.bfloat16):
            h, arc, up, ft, ner = m(b)
            heads = best_heads(arc.log_softmax(-1).numpy(), sizes)
            rel = m.relations(h, heads)
        for i, reading in zip(group, readings(voc, sizes, heads, rel, up, ft, ner)):
            out[i] = reading
    return out
