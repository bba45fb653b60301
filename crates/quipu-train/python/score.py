"""Scores on gold tokens, in per cent: attachment, tags, features, names."""

import names


def score(sentences, predicted):
    """Relations without subtypes. GUM's names are derived, so they are not scored."""
    n = uas = las = upos = feats = 0
    gold, found = [], []
    for s, o in zip(sentences, predicted):
        for i in range(len(s)):
            n += 1
            attached = o["head"][i] == s.head[i]
            uas += attached
            las += attached and o["rel"][i].split(":")[0] == s.rel[i].split(":")[0]
            upos += o["upos"][i] == s.upos[i]
            feats += o["feats"][i] == s.feats[i]
        if s.ner and s.src != "gum":
            gold.append(s.ner)
            found.append(o["ner"])
    r = {"UAS": uas, "LAS": las, "UPOS": upos, "FEATS": feats}
    r = {k: round(100 * v / n, 2) for k, v in r.items()}
    if gold:
        r["NER"] = round(names.f1(gold, found)[2], 2)
    return r
