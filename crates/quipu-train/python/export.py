"""Student, splitter and lemmas -> one file as models/FORMAT.md says:
`export.py STUDENT.pt TOK.pkl LANG OUT`"""

import pickle
import sys

import numpy as np
import torch

import corpora
from lemmas import Lemmas
from model_file import Writer
from names import NER
from student import ROWS

# name in the file -> parameter
HEADS = {
    "arc.dep": "ad",
    "arc.head": "ah",
    "rel.dep": "rd",
    "rel.head": "rh",
    "rel.out": "ro",
    "upos": "up",
    "feats": "ft",
}
ENDS = {
    "word": "word",
    "suffix": "suf",
    "shape": "shp",
    "gap": "gap",
    "first": "first",
    "in.w": "inp",
}


def recurrence(w, name, m, parameter):
    product = w.i8 if name.startswith("l") else w.f32
    product(name + ".w", m[parameter + ".w.weight"])
    w.f32(name + ".b", m[parameter + ".w.bias"])
    w.f32(name + ".ln.g", m[parameter + ".ln.weight"])
    w.f32(name + ".ln.b", m[parameter + ".ln.bias"])
    for side in ("prev", "next"):
        if f"{parameter}.{side}" in m:
            w.f32(f"{name}.{side}", m[f"{parameter}.{side}"])


def student(w, c, lang):
    m, voc, cfg = {k: v.numpy() for k, v in c["m"].items()}, c["voc"], c["cfg"]
    meta = {"lang": lang, "layers": cfg["layers"], "hidden": cfg["h"]}
    meta |= {"word_dim": cfg["dw"], "affix_dim": cfg["da"], "affix_rows": ROWS, "wide_dim": cfg["dt"]}
    w.table("meta", (meta | {"arc": cfg["arc"], "rel": cfg["rel"]}).items())
    for kind in ("upos", "rel", "feats"):
        w.strings("labels." + kind, sorted(voc[kind], key=voc[kind].get))
    w.strings("labels.ner", NER)
    w.strings("lex", c["words"])
    w.i8("word", m["word.weight"])
    for k in range(4):
        w.i8(f"affix.{k}", m[f"aff.{k}.weight"])
    w.f32("shape", m["shp.weight"])
    w.strings("wide.lex", c["wide"])
    w.i8("wide", m["wide"])
    w.i8("in.w", m["inp.weight"])
    w.f32("in.b", m["inp.bias"])
    w.f32("in.ln.g", m["iln.weight"])
    w.f32("in.ln.b", m["iln.bias"])
    w.f32("root", m["root"])
    for i in range(len(cfg["layers"])):
        recurrence(w, f"l{i}", m, f"layers.{i}")
    for name, parameter in HEADS.items():
        w.i8(name + ".w", m[parameter + ".weight"])
        w.f32(name + ".b", m[parameter + ".bias"])
    w.i8("arc.u", m["U"].T.copy())
    w.f32("arc.hb.w", m["hb.weight"][0])
    w.f32("arc.hb.b", m["hb.bias"])
    w.f32("arc.dist", m["dist.weight"][:, 0])
    w.i8("ner.w", m["ner.weight"][: len(NER)])
    w.f32("ner.b", m["ner.bias"][: len(NER)])


def splitter(w, weights, ends, words):
    scale = np.abs(weights).max() / 32767
    w.f32("tok.seams.scale", np.array([scale]))
    w.u16("tok.seams", np.rint(weights / scale).astype(np.int16).view(np.uint16))
    m = {k: v.numpy() for k, v in ends.items()}
    for name, parameter in ENDS.items():
        product = w.i8 if name in ("word", "suffix") else w.f32
        product("ends." + name, m[parameter + ".weight"])
    w.f32("ends.in.b", m["inp.bias"])
    for i in range(2):
        recurrence(w, f"ends.l{i}", m, f"l.{i}")
    w.f32("ends.out.w", m["o.weight"][0])
    w.f32("ends.out.b", m["o.bias"])
    split = sorted(words["split"].items())
    w.table("mwt.split", ((form, " ".join(parts)) for form, parts in split))
    w.table("mwt.whole", ((x,) for x in sorted(words["whole"])))
    w.table("mwt.verbs", ((x,) for x in sorted(words["verbs"])))
    w.table("mwt.ends", ((x,) for x in words["ends"]))


def main(student_path, splitter_path, lang, out):
    w = Writer()
    student(w, torch.load(student_path, weights_only=False), lang)
    with open(splitter_path, "rb") as f:
        splitter(w, *pickle.load(f))
    lemmas = Lemmas(corpora.load(lang)[0])
    w.table("lemma.rules", ((*k, *v) for k, v in sorted(lemmas.rules.items())))
    exceptions = sorted(lemmas.exceptions.items())
    w.table("lemma.exceptions", ((*k, v) for k, v in exceptions))
    print(out, w.write(out), "bytes")


if __name__ == "__main__":
    main(*sys.argv[1:])
