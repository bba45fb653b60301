"""Trains a student on gold and on the teacher's labels:
`train_student.py --lang en --name en_student --vec VECTORS.npz --silver mpnet1 ...`.
Resumable: batches, learning rate and all chance hang on the step alone."""

import argparse
import json
import random
import time
from collections import Counter

import numpy as np
import torch

import corpora
import distil
import student as S
from batches import batches, save, vocabulary
from places import CHECKPOINTS, LOGS
from score import score
from shapes import norm
from swap import Pool


# Names are few among words, and learnt last: from then on their loss counts so much.
NAMES = 4.0


def options():
    a = argparse.ArgumentParser()
    a.add_argument("--name", default="s1")
    a.add_argument("--lang", default="en")
    a.add_argument("--layers", default="nnnn", help="a letter a recurrence: n or s")
    a.add_argument("--h", type=int, default=192, help="width of a direction")
    a.add_argument("--dw", type=int, default=192, help="width of word vectors")
    a.add_argument("--epochs", type=int, default=12)
    a.add_argument("--words", type=int, default=1500, help="a batch")
    a.add_argument("--lr", type=float, default=2e-3)
    a.add_argument("--vec", default="", help="type vectors, as vectors.py writes them")
    a.add_argument("--wide", default="", help="the wide table, as wide.py writes it")
    a.add_argument("--silver", default="", help="the teacher whose labels to use")
    a.add_argument("--goldx", type=int, default=1, help="passes over gold in one of silver")
    a.add_argument("--names-from", type=float, default=0.3, help="share of steps; see NAMES")
    a.add_argument("--seed", type=int, default=1)
    a.add_argument("--every", type=int, default=300, help="steps between checkpoints")
    a.add_argument("--steps", type=int, default=0, help="stop after so many, for a trial")
    return a.parse_args()


def table(path):
    """Words and their vectors as vectors.py and wide.py write them; none without a path."""
    if not path:
        return [], None
    z = np.load(path, allow_pickle=True)
    return z["words"].tolist(), torch.from_numpy(z["vec"].astype("float32"))


def lexicon_and_vectors(o, train):
    """The types of the vector file, or the words that training has twice; the wide table."""
    words, vectors = table(o.vec)
    wide, wide_vectors = table(o.wide)
    if not o.vec:
        count = Counter(norm(w) for s in train for w in s.form)
        words = sorted(w for w, n in count.items() if n >= 2)
    vectors = vectors if vectors is None else vectors[:, : o.dw]
    return S.Lexicon(words, wide), vectors, wide_vectors


def main():
    o = options()
    torch.set_num_threads(1)
    torch.manual_seed(o.seed)
    train, extra, dev = corpora.load(o.lang)
    voc = vocabulary(train)
    train = [s for s in train if len(s) <= 150]
    extra = extra + corpora.names_for_students(o.lang)
    train += [s for s in extra if 3 <= len(s) <= 100]
    lexicon, vectors, wide = lexicon_and_vectors(o, train)
    components = 0 if wide is None else wide.shape[1]
    m = S.Student(voc, lexicon, vectors, wide, o.layers, o.h, o.dw, dt=components)
    words = [p for n, p in m.named_parameters() if n.startswith("word")]
    rest = [p for n, p in m.named_parameters() if not n.startswith("word")]
    slow = o.lr * (0.5 if o.vec else 1)  # vectors that mean something already
    groups = [{"params": words, "lr": slow}, {"params": rest, "lr": o.lr}]
    opt = torch.optim.AdamW(groups, betas=(0.9, 0.95), weight_decay=0.01, fused=True)
    base = [g["lr"] for g in opt.param_groups]
    raw, labels = distil.load(o.lang, o.silver) if o.silver else ([], [])
    pool = Pool()
    for s in train:
        pool.add(s.form, s.ner or [])
    for (words, known), label in zip(raw, labels):
        shares = distil.names_of(distil.rows(label, len(words)), known)
        pool.add(words, distil.sure(shares))
    print("names", {k: len(v) for k, v in sorted(pool.names.items())})
    if o.silver:
        print("silver", len(raw), "sentences", sum(len(r[0]) for r in raw), "words")

    lengths, silver_lengths = [len(s) for s in train], [len(r[0]) for r in raw]
    steps, ends = [], []
    for epoch in range(o.epochs):
        rng, plan = random.Random(o.seed * 1000 + epoch), []
        for _ in range(o.goldx if raw else 1):
            every = list(range(len(train)))
            plan += [("gold", g) for g in batches(every, lengths, o.words, rng)]
        if raw:
            every = list(range(len(raw)))
            plan += [("silver", g) for g in batches(every, silver_lengths, o.words, rng)]
        rng.shuffle(plan)
        steps += plan
        ends.append(len(steps))
    total, step, before = len(steps), 0, 0.0
    wall, cpu = time.time(), time.process_time()
    CHECKPOINTS.mkdir(parents=True, exist_ok=True)
    LOGS.mkdir(parents=True, exist_ok=True)
    checkpoint = CHECKPOINTS / f"{o.name}.part.pt"
    if checkpoint.exists():
        c = torch.load(checkpoint, weights_only=False)
        m.load_state_dict(c["m"])
        opt.load_state_dict(c["o"])
        step, before = c["step"], c["spent"]
        print("resumed at", step)
    print(o.name, o.layers, o.h, "words", len(lexicon.words), end=" ")
    print("products a word", m.products(), "steps", total, flush=True)

    log, seen = open(LOGS / "students.txt", "a"), {}
    while step < (o.steps or total):
        f = max(min(step / 300, 1) * (1 - step / total), 0.01)
        for g, lr in zip(opt.param_groups, base):
            g["lr"] = lr * f
        rng = random.Random(o.seed * 7919 + step)
        torch.manual_seed(o.seed * 7919 + step)
        m.train()
        kind, group = steps[step]
        if kind == "gold":
            b = S.collate([S.item(train[i], voc, lexicon, rng, pool) for i in group])
            learn = S.losses
        else:
            items = []
            for i in group:
                own = distil.rows(labels[i], silver_lengths[i])
                items.append(distil.item(*raw[i], own, lexicon, rng, pool))
            b, learn = distil.collate(items), distil.losses
        with torch.autocast("cpu", torch.bfloat16):
            parts = learn(m, b)
        names = NAMES if step >= o.names_from * total else 1.0
        loss = sum(v * (names if k.endswith("ner") else 1.0) for k, v in parts.items())
        opt.zero_grad(set_to_none=True)
        loss.backward()
        torch.nn.utils.clip_grad_norm_(rest, 5.0)
        opt.step()
        step += 1
        for k, v in parts.items():
            seen.setdefault(k, []).append(v.item())
        spent = before + time.process_time() - cpu
        if step % 100 == 0 or step == o.steps:
            means = " ".join(f"{k} {np.mean(v):.5f}" for k, v in seen.items())
            print(
                f"{step}/{total} {means} wall {time.time()-wall:.0f} cpu {spent:.0f}",
                flush=True,
            )
            seen = {}
        if step % o.every == 0:
            state = {"m": m.state_dict(), "o": opt.state_dict()}
            save(checkpoint, {**state, "step": step, "spent": spent})
        third = step in ends and ends.index(step) % 3 == 2
        if step == total or third or (step in ends and len(ends) < 5):
            r = {k: score(v, S.predict(m, v, voc, lexicon)) for k, v in dev.items()}
            print(r, flush=True)
            line = [o.name, vars(o), m.products(), step, r, round(spent)]
            log.write(json.dumps(line) + "\n")
            log.flush()
    done = {"m": m.state_dict(), "cfg": m.cfg, "voc": voc, "words": lexicon.words}
    done["wide"] = lexicon.wide
    save(CHECKPOINTS / f"{o.name}.pt", done)


if __name__ == "__main__":
    main()
