"""The gated linear recurrence (models/FORMAT.md, section 5): all products are one product over
all words of many sentences; only elementwise work goes step by step, in recurrence.c."""

import ctypes
import os
import subprocess
from pathlib import Path

import torch
import torch.nn as nn
import torch.nn.functional as F

from places import WORK


def library():
    """recurrence.c, compiled once for this processor."""
    built = WORK / "recurrence.so"
    if not built.exists():
        WORK.mkdir(parents=True, exist_ok=True)
        source = Path(__file__).with_name("recurrence.c")
        beside = f"{built}.{os.getpid()}"
        flags = ["-O3", "-march=native", "-shared", "-fPIC"]
        subprocess.run(["cc", *flags, str(source), "-o", beside], check=True)
        os.replace(beside, built)
    return ctypes.CDLL(str(built.resolve()))


LIBRARY = library()


def at(tensor):
    return ctypes.c_void_p(tensor.data_ptr())


class Scan(torch.autograd.Function):
    @staticmethod
    def forward(ctx, f, z, rev):
        f, z = f.contiguous(), z.contiguous()
        h = torch.empty_like(f)
        LIBRARY.scan_forward(at(f), at(z), at(h), *f.shape, int(rev))
        ctx.save_for_backward(f, z, h)
        ctx.rev = rev
        return h

    @staticmethod
    def backward(ctx, dh):
        f, z, h = ctx.saved_tensors
        dh = dh.contiguous().clone()
        df, dz = torch.empty_like(f), torch.empty_like(f)
        arrays = (at(x) for x in (f, z, h, dh, df, dz))
        LIBRARY.scan_backward(*arrays, *f.shape, int(ctx.rev))
        return df, dz, None


class Recurrence(nn.Module):
    """Both directions, `half` wide each; in and out 2 * half. f forgets, r mixes the state with
    what came in. A bias of 1 at first lets the state remember."""

    def __init__(self, half):
        super().__init__()
        self.half = half
        self.w = nn.Linear(2 * half, 6 * half)
        self.ln = nn.LayerNorm(2 * half)
        with torch.no_grad():
            self.w.bias.zero_()
            self.w.bias[2 * half : 4 * half] = 1.0

    def forward(self, x, mask, p):
        half = self.half
        z, f, r = self.w(x).split(2 * half, -1)
        f, r = torch.sigmoid(f), torch.sigmoid(r)
        f = torch.where(mask[..., None], f, torch.ones_like(f))  # padding keeps the state
        z = torch.tanh(z)
        ahead = Scan.apply(f[..., :half], z[..., :half], False)
        back = Scan.apply(f[..., half:], z[..., half:], True)
        c = F.dropout(torch.cat([ahead, back], -1), p, self.training)
        return self.ln(r * c + (1 - r) * x)
