"""Groups of sentences of like length, label vocabularies, and files that are whole or absent."""

import os

import torch


def batches(order, lengths, words, rng=None):
    """Groups of at most `words` positions, padding counted. `rng` shuffles `order` in place,
    then the groups: equal seed, equal plan, which is what makes training resumable."""
    if rng:
        rng.shuffle(order)
    out, chunk = [], 2000
    for c in range(0, len(order), chunk):
        current, longest = [], 0
        for i in sorted(order[c : c + chunk], key=lambda i: lengths[i]):
            longest = max(longest, lengths[i])
            if current and longest * (len(current) + 1) > words:
                out.append(current)
                current, longest = [], lengths[i]
            current.append(i)
        if current:
            out.append(current)
    if rng:
        rng.shuffle(out)
    return out


def vocabulary(train):
    """Numbers of tags, relations and features (`UPOS|FEATS`), in the order of their bytes."""

    def numbered(labels):
        every = {x for s in train if s.upos for x in labels(s)}
        return {x: i for i, x in enumerate(sorted(every))}

    return {
        "upos": numbered(lambda s: s.upos),
        "rel": numbered(lambda s: s.rel),
        "feats": numbered(lambda s: [u + "|" + f for u, f in zip(s.upos, s.feats)]),
    }


def inverse(vocabulary):
    """Labels by number, of each kind."""
    return {k: {i: x for x, i in v.items()} for k, v in vocabulary.items()}


def upos_of_feats(voc):
    """The number of the UPOS of each entry of `feats`."""
    labels = inverse(voc)["feats"]
    return [voc["upos"][labels[i].split("|", 1)[0]] for i in range(len(labels))]


def save(path, value):
    """Writes beside and renames, so that a stop leaves the old file."""
    torch.save(value, f"{path}.tmp")
    os.replace(f"{path}.tmp", path)
