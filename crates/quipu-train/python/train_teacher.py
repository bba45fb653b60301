"""Fine-tunes a teacher: `train_teacher.py --kind mpnet --lang en --name mpnet1 ...`.
Resumable: batches, learning rate and all chance hang on the step alone."""

import argparse
import json
import pickle
import random
import time

import numpy as np
import torch

import corpora
from batches import batches, save, vocabulary
from places import CHECKPOINTS, LOGS
from score import score
from teacher import Teacher, collate, item, losses, predict


def options():
    a = argparse.ArgumentParser()
    a.add_argument("--kind", default="mpnet", help="the encoder: minilm, mpnet, e5")
    a.add_argument("--lang", default="en")
    a.add_argument("--name", default="t1")
    a.add_argument("--freeze", type=int, default=6, help="lower layers left alone")
    a.add_argument("--epochs", type=int, default=5)
    a.add_argument("--words", type=int, default=1100, help="pieces a batch")
    a.add_argument("--lr", type=float, default=5e-5, help="of the encoder")
    a.add_argument("--hlr", type=float, default=1e-3, help="of the heads")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--every", type=int, default=60, help="steps between checkpoints")
    a.add_argument("--limit", type=int, default=0, help="sentences, for a trial")
    return a.parse_args()


def rate(step, total):
    """Up over the first 6%, then down to 2%."""
    return min(step / (0.06 * total), 1.0) * (1 - max(0, step / total - 0.06) / 0.94 * 0.98)


def main():
    o = options()
    torch.set_num_threads(1)
    torch.manual_seed(o.seed)
    train, extra, dev = corpora.load(o.lang)
    voc = vocabulary(train)
    train = [s for s in train if len(s) <= 200]
    train += [s for s in extra if 3 <= len(s) <= 120]
    if o.limit:
        train, dev = train[: o.limit], {k: v[:200] for k, v in dev.items()}
    m = Teacher(o.kind, voc, o.freeze)
    encoder = [p for p in m.enc.parameters() if p.requires_grad]
    known = {id(p) for p in encoder}
    heads = [p for p in m.parameters() if p.requires_grad and id(p) not in known]
    groups = [{"params": encoder, "lr": o.lr}, {"params": heads, "lr": o.hlr}]
    opt = torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.99), fused=True)
    base = [g["lr"] for g in opt.param_groups]

    lengths = [len(item(s, voc, m.tok)["ids"]) for s in train]
    steps = []
    for epoch in range(o.epochs):
        rng = random.Random(o.seed * 1000 + epoch)
        plan = batches(list(range(len(train))), lengths, o.words, rng)
        steps += [(epoch, group) for group in plan]
    total, step = len(steps), 0
    CHECKPOINTS.mkdir(parents=True, exist_ok=True)
    LOGS.mkdir(parents=True, exist_ok=True)
    checkpoint = CHECKPOINTS / f"{o.name}.pt"
    with open(CHECKPOINTS / f"{o.name}.voc", "wb") as f:
        pickle.dump((voc, vars(o)), f)
    if checkpoint.exists():
        c = torch.load(checkpoint, weights_only=False)
        m.load_state_dict(c["m"], strict=False)
        opt.load_state_dict(c["o"])
        step = c["step"]
        print("resumed at", step, flush=True)
    sizes = {k: len(v) for k, v in voc.items()}
    print(
        f"{len(train)} sentences, {sum(lengths)} pieces, {total} steps", sizes, flush=True
    )

    frozen = {k for k, p in m.named_parameters() if not p.requires_grad}

    def trained():
        return {k: v for k, v in m.state_dict().items() if k not in frozen}

    log = open(LOGS / f"{o.name}.txt", "a")
    wall, cpu, seen = time.time(), time.process_time(), {}
    while step < total:
        epoch, group = steps[step]
        for g, lr in zip(opt.param_groups, base):
            g["lr"] = lr * rate(step, total)
        rng = random.Random(o.seed * 7919 + step)
        torch.manual_seed(o.seed * 7919 + step)
        drop = rng.random() < 0.12
        items = [item(train[i], voc, m.tok, rng, drop) for i in group]
        b = collate(items, m.tok.pad)
        if not drop and o.freeze and m.tok.uncased:
            b["keys"] = group  # these pieces never change, so lower layers are remembered
        m.train()
        with torch.autocast("cpu", torch.bfloat16):
            parts = losses(m, b)
        opt.zero_grad(set_to_none=True)
        sum(parts.values()).backward()
        torch.nn.utils.clip_grad_norm_(encoder + heads, 2.0)
        opt.step()
        step += 1
        for k, v in parts.items():
            seen.setdefault(k, []).append(v.item())
        spent = f"wall {time.time()-wall:.0f} cpu {time.process_time()-cpu:.0f}"
        if step % 20 == 0 or step == total:
            means = " ".join(f"{k} {np.mean(v):.3f}" for k, v in seen.items())
            print(f"{step}/{total} {means} {spent}", flush=True)
            seen = {}
        if step % o.every == 0 or step == total:
            save(checkpoint, {"m": trained(), "o": opt.state_dict(), "step": step})
        if step == total or steps[step][0] != epoch:
            r = {k: score(v, predict(m, v, voc)) for k, v in dev.items()}
            line = f"{o.name} epoch {epoch+1} step {step} {spent} {json.dumps(r)}"
            log.write(line + "\n")
            log.flush()
            print(r, flush=True)
    final = {"m": m.state_dict(), "voc": voc, "kind": o.kind, "freeze": o.freeze}
    save(CHECKPOINTS / f"{o.name}.final.pt", final)


if __name__ == "__main__":
    main()
