"""Writing a model file: a directory of named tensors. models/FORMAT.md, section 1."""

from struct import pack

import numpy as np

MAGIC = b"QUIPUM01"
F32, I8, BYTES, U32, U16 = range(5)
BLOCK = 64  # every block of data begins at a multiple


def padded(n):
    return (n + BLOCK - 1) // BLOCK * BLOCK


class Writer:
    def __init__(self):
        self.tensors = []  # name, type, shape, data, row scales

    def _add(self, name, kind, shape, data, scales=b""):
        self.tensors.append((name, kind, shape, data, scales))

    def f32(self, name, a):
        self._add(name, F32, a.shape, np.ascontiguousarray(a, "<f4").tobytes())

    def i8(self, name, a):
        """Rows scaled each by itself."""
        a = np.asarray(a, np.float32)
        scales = np.abs(a).max(1) / 127
        scales[scales == 0] = 1
        q = np.clip(np.rint(a / scales[:, None]), -127, 127).astype(np.int8)
        self._add(name, I8, a.shape, q.tobytes(), scales.astype("<f4").tobytes())

    def bytes(self, name, data):
        self._add(name, BYTES, (len(data),), data)

    def u32(self, name, a):
        a = np.asarray(a, "<u4")
        self._add(name, U32, a.shape, a.tobytes())

    def u16(self, name, a):
        a = np.asarray(a, "<u2")
        self._add(name, U16, a.shape, a.tobytes())

    def strings(self, name, items):
        data = [x.encode() for x in items]
        self.bytes(name + ".text", b"".join(data))
        self.u32(name + ".off", np.cumsum([0] + [len(x) for x in data]))

    def table(self, name, rows):
        """Lines of fields with tabs between."""
        text = "".join("\t".join(map(str, row)) + "\n" for row in rows)
        self.bytes(name, text.encode())

    def write(self, path):
        """Bytes written."""
        length = sum(2 + len(t[0]) + 2 + 4 * len(t[2]) + 24 for t in self.tensors)
        out, directory = bytearray(padded(16 + length)), b""

        def block(data):
            at = len(out)
            out.extend(data)
            out.extend(b"\0" * (padded(len(out)) - len(out)))
            return at

        for name, kind, shape, data, scales in self.tensors:
            at = block(data)
            scales_at = block(scales) if scales else 0
            directory += pack("<H", len(name)) + name.encode()
            directory += pack(f"<BB{len(shape)}I", kind, len(shape), *shape)
            directory += pack("<QQQ", at, len(data), scales_at)
        out[:16] = MAGIC + pack("<II", len(self.tensors), len(directory))
        out[16 : 16 + len(directory)] = directory
        with open(path, "wb") as f:
            f.write(out)
        return len(out)
