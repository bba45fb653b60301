"""The teacher's soft labels on unlabelled sentences: `label.py NAME LANG TEACHER.pt [PART PARTS]`.
Goes on where it stopped: a shard is labelled when its file is there. Several may run at once, each
with its part (from 0) of the shards."""

import os
import pickle
import sys
import time

import numpy as np
import torch

from batches import batches
from names import NER, SOURCES
from places import silver
from sentences import Sentence
from teacher import Teacher, best_heads, collate, item


def arrays(n):
    """What is kept of n words: candidates and their probabilities, best head, name tags."""
    return {
        "hi": np.zeros((n, 4), np.int16),
        "hp": np.zeros((n, 4), np.float16),
        "head": np.zeros(n, np.int16),
        "ri": np.zeros((n, 3), np.uint8),
        "rp": np.zeros((n, 3), np.float16),
        "ui": np.zeros((n, 3), np.uint8),
        "up": np.zeros((n, 3), np.float16),
        "fi": np.zeros((n, 3), np.int16),
        "fp": np.zeros((n, 3), np.float16),
        "np": np.zeros((n, len(NER)), np.float16),
    }


@torch.no_grad()
def label(m, voc, raw, words=3000):
    """Soft labels for one shard."""
    m.eval()
    items = [item(Sentence(form, None, "ewt"), voc, m.tok) for form, _, _ in raw]
    lengths = [len(i["ids"]) for i in items]
    starts = np.cumsum([0] + [len(form) for form, _, _ in raw])
    out = arrays(starts[-1])
    for group in batches(list(range(len(items))), lengths, words):
        b = collate([items[i] for i in group], m.tok.pad)
        sizes = [items[i]["n"] for i in group]
        with torch.autocast("cpu", torch.bfloat16):
            h, arc, up, ft, ner = m(b)
            arc = arc.log_softmax(-1)
            heads = best_heads(arc.numpy(), sizes)
            rel = m.relations(h, heads).softmax(-1)
        up, ft, arc = up.softmax(-1), ft.softmax(-1), arc.exp()
        ner = ner.view(len(group), -1, SOURCES, len(NER))[:, :, 0].softmax(-1)
        for k, i in enumerate(group):
            rows, words_of = slice(starts[i], starts[i + 1]), slice(1, sizes[k] + 1)

            def keep(scores, most, index, probability):
                top = scores[k, words_of].topk(min(most, scores.shape[-1]), -1)
                width = top.values.shape[1]
                out[index][rows, :width] = top.indices.numpy()
                out[probability][rows, :width] = top.values.numpy()

            keep(arc, 4, "hi", "hp")
            keep(rel, 3, "ri", "rp")
            keep(up, 3, "ui", "up")
            keep(ft, 3, "fi", "fp")
            out["head"][rows] = heads[k, words_of].numpy()
            out["np"][rows] = ner[k, words_of].numpy()
    return out


def main(name, lang, path, part=0, parts=1):
    torch.set_num_threads(1)
    c = torch.load(path, weights_only=False)
    m = Teacher(c["kind"], c["voc"], c["freeze"])
    m.load_state_dict(c["m"])
    start, words = time.time(), 0
    for shard in sorted(silver(lang).glob("raw-*.pkl"))[int(part) :: int(parts)]:
        done = shard.with_name(shard.name.replace("raw-", name + "-"))
        done = done.with_suffix(".npz")
        if done.exists():
            continue
        with open(shard, "rb") as f:
            out = label(m, c["voc"], pickle.load(f))
        beside = f"{done.with_suffix('')}.tmp"
        with open(beside, "wb") as f:
            np.savez(f, **out)
        os.replace(beside, done)
        words += len(out["head"])
        rate = round(words / (time.time() - start))
        print(done.name, words, "words", rate, "words/s", flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
