"""The gated linear recurrence (models/FORMAT.md, section 5): all products are one product over
all words of many sentences; only elementwise work goes step by step, in recurrence.c."""

import ctypes
import hashlib
import os
import subprocess
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F

from places import WORK


def library():
    """recurrence.c, compiled once for this processor."""
    source = Path(__file__).with_name("recurrence.c")
    version = hashlib.sha256(source.read_bytes()).hexdigest()[:12]
    built = WORK / f"recurrence-{version}.so"
    if not built.exists():
        WORK.mkdir(parents=True, exist_ok=True)
        beside = f"{built}.{os.getpid()}"
        flags = ["-O3", "-march=native", "-mprefer-vector-width=512", "-ffast-math"]
        flags += ["-shared", "-fPIC"]
        subprocess.run(["cc", *flags, str(source), "-o", beside, "-lmvec", "-lm"], check=True)
        os.replace(beside, built)
    return ctypes.CDLL(str(built.resolve()))


LIBRARY = library()


def at(tensor):
    return ctypes.c_void_p(tensor.data_ptr())


class Recur(torch.autograd.Function):
    """(gates, words, live, share of states dropped, seed) -> words before their norm."""

    @staticmethod
    def forward(ctx, g, x, live, p, seed):
        g = g.to(torch.float32, copy=True).contiguous()  # bent in place below
        x = x.contiguous()
        c, y = torch.empty_like(x), torch.empty_like(x)
        b, t, w = x.shape
        more = (b, t, w // 2, ctypes.c_float(p), ctypes.c_uint32(seed))
        LIBRARY.forward(at(g), at(x), at(live), at(c), at(y), *more)
        ctx.save_for_backward(g, x, live, c)
        ctx.p, ctx.seed = p, seed
        return y

    @staticmethod
    def backward(ctx, dy):
        g, x, live, c = ctx.saved_tensors
        dy, g = dy.contiguous(), g.clone()
        dx, dc = torch.empty_like(x), torch.empty_like(x)
        b, t, w = x.shape
        more = (b, t, w // 2, ctypes.c_float(ctx.p), ctypes.c_uint32(ctx.seed))
        LIBRARY.backward(at(g), at(x), at(live), at(c), at(dy), at(dx), at(dc), *more)
        return g, dx, None, None, None


class Recurrence(nn.Module):
    """Both directions, `half` wide each; in and out 2 * half. f forgets, r mixes the state with
    what came in. A bias of 1 at first lets the state remember. `near`: the gates also see the
    words beside, a number each, so that they hang on more than the word alone."""

    def __init__(self, half, near=False):
        super().__init__()
        self.half, self.near = half, near
        self.w = nn.Linear(2 * half, 6 * half)
        self.ln = nn.LayerNorm(2 * half)
        if near:
            self.prev = nn.Parameter(torch.full((2 * half,), 0.3))
            self.next = nn.Parameter(torch.full((2 * half,), 0.3))
        with torch.no_grad():
            self.w.bias.zero_()
            self.w.bias[2 * half : 4 * half] = 1.0

    def forward(self, x, mask, p):
        u = x
        if self.near:
            words = x * mask[..., None]
            before = F.pad(words[:, :-1], (0, 0, 1, 0))
            after = F.pad(words[:, 1:], (0, 0, 0, 1))
            u = words + self.prev * before + self.next * after
        if not self.training:
            p = 0.0
        seed = int(torch.randint(2**31, ())) if p else 0
        live = mask.to(torch.uint8).contiguous()
        return self.ln(Recur.apply(self.w(u), x.float(), live, p, seed))
