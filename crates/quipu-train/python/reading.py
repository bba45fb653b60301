"""A model file read and run by models/FORMAT.md with numpy alone: slow, and the measure of what
inference in Rust must give."""

from struct import unpack_from

import numpy as np

from model_file import MAGIC
from names import viterbi
from shapes import fnv, norm, shape
from student import ROWS
from trees import tree

TYPES = {0: "<f4", 1: "i1", 2: "u1", 3: "<u4", 4: "<u2"}


class File:
    """Tensors by name; those in 8 bits are (values, row scales)."""

    def __init__(self, path):
        data, self.tensors = open(path, "rb").read(), {}
        if data[:8] != MAGIC:
            raise ValueError(f"{path}: not a model file")
        count, at = unpack_from("<I", data, 8)[0], 16
        for _ in range(count):
            n = unpack_from("<H", data, at)[0]
            name = data[at + 2 : at + 2 + n].decode()
            at += 2 + n
            kind, dimensions = data[at], data[at + 1]
            sizes = unpack_from(f"<{dimensions}I", data, at + 2)
            at += 2 + 4 * dimensions
            offset, length, scales = unpack_from("<QQQ", data, at)
            at += 24
            dtype = np.dtype(TYPES[kind])
            a = np.frombuffer(data, dtype, length // dtype.itemsize, offset).reshape(sizes)
            if kind == 1:
                a = a, np.frombuffer(data, "<f4", sizes[0], scales)
            self.tensors[name] = a

    def strings(self, name):
        at, text = self.tensors[name + ".off"], self.tensors[name + ".text"].tobytes()
        return [text[at[i] : at[i + 1]].decode() for i in range(len(at) - 1)]

    def row(self, name, i):
        q, scales = self.tensors[name]
        return q[i] * scales[i]

    def linear(self, name, x, bias=True):
        """W x + b, with 8-bit products where the weights have 8 bits."""
        w = self.tensors.get(name + ".w", self.tensors.get(name))
        if isinstance(w, tuple):
            q, scales = w
            s = np.abs(x).max(-1, keepdims=True) / 63
            s[s == 0] = 1
            xq = np.clip(np.rint(x / s), -63, 63)
            y = (xq @ q.T.astype(np.float32)) * s * scales
        else:
            y = x @ w.T
        return y + self.tensors[name + ".b"] if bias else y

    def layer_norm(self, name, x):
        mean = x.mean(-1, keepdims=True)
        variance = ((x - mean) ** 2).mean(-1, keepdims=True)
        g, b = self.tensors[name + ".g"], self.tensors[name + ".b"]
        return (x - mean) / np.sqrt(variance + 1e-5) * g + b


def sigmoid(x):
    return 1 / (1 + np.exp(-x))


def relu(x):
    return np.maximum(x, 0)


class Model(File):
    """Trees, tags and names of tokenised sentences."""

    def __init__(self, path):
        super().__init__(path)
        self.number = {w: i + 2 for i, w in enumerate(self.strings("lex"))}
        self.wide = {w: i + 1 for i, w in enumerate(self.strings("wide.lex"))}
        lines = self.tensors["meta"].tobytes().decode().splitlines()
        self.meta = dict(line.split("\t") for line in lines)
        kinds = ("upos", "rel", "feats")
        self.upos, self.rel, self.feats = (self.strings("labels." + k) for k in kinds)
        own = [self.upos.index(f.split("|", 1)[0]) for f in self.feats]
        self.upos_of_feats = np.array(own)

    def vector(self, word):
        n = norm(word)
        rows = [self.row("word", self.number.get(n, 1))]
        for k, part in enumerate((n[-2:], n[-3:], n[-4:], n[:3])):
            rows.append(self.row(f"affix.{k}", fnv(part.encode(), k + 1) % ROWS))
        rows.append(self.tensors["shape"][shape(word) + 1])
        rows.append(self.row("wide", self.wide.get(n, 0)))
        return self.layer_norm("in.ln", self.linear("in", np.concatenate(rows)))

    def layer(self, name, x):
        u, d = x.copy(), x.shape[1]
        if name + ".prev" in self.tensors:
            u[1:] += self.tensors[name + ".prev"] * x[:-1]
            u[:-1] += self.tensors[name + ".next"] * x[1:]
        y = self.linear(name, u)
        h, last, c = d // 2, len(x) - 1, np.zeros_like(x)
        z, f, r = np.tanh(y[:, :d]), sigmoid(y[:, d : 2 * d]), sigmoid(y[:, 2 * d :])
        for t in range(len(x)):
            before = f[t, :h] * c[t - 1, :h] if t else 0
            c[t, :h] = before + (1 - f[t, :h]) * z[t, :h]
        for t in range(last, -1, -1):
            after = f[t, h:] * c[t + 1, h:] if t < last else 0
            c[t, h:] = after + (1 - f[t, h:]) * z[t, h:]
        return self.layer_norm(name + ".ln", r * c + (1 - r) * x)

    def heads(self, x):
        dep, head = relu(self.linear("arc.dep", x)), relu(self.linear("arc.head", x))
        q, t = self.linear("arc.u", dep, bias=False), np.arange(len(x))
        k = np.clip(t[None] - t[:, None], -19, 19) + 20
        k[:, 0] = 0
        alone = head @ self.tensors["arc.hb.w"] + self.tensors["arc.hb.b"]
        return tree(q @ head.T + alone[None] + self.tensors["arc.dist"][k])

    def annotate(self, words):
        x = np.stack([self.tensors["root"]] + [self.vector(w) for w in words])
        x = x.astype(np.float32)
        for i in range(len(self.meta["layers"])):
            x = self.layer(f"l{i}", x)
        head = self.heads(x)
        dep_part, head_part = self.linear("rel.dep", x), self.linear("rel.head", x)
        rel = self.linear("rel.out", relu(dep_part[1:] + head_part[head]))
        rel[:, self.rel.index("root")] = np.where(head == 0, 1e4, -1e4)
        upos = self.linear("upos", x)[1:].argmax(1)
        own = self.upos_of_feats[None] == upos[:, None]
        feats = np.where(own, self.linear("feats", x)[1:], -1e9).argmax(1)
        ner = self.linear("ner", x)[1:]
        ner = ner - np.log(np.exp(ner).sum(1, keepdims=True))
        return {
            "head": head.tolist(),
            "rel": [self.rel[i] for i in rel.argmax(1)],
            "upos": [self.upos[i] for i in upos],
            "feats": [self.feats[i].split("|", 1)[1] for i in feats],
            "ner": viterbi(ner),
        }
