"""Trains tokens, sentence ends and words of a language, and scores them from raw text:
`train_splitter.py LANG [EPOCHS]`; `train_splitter.py LANG score` only scores."""

import sys

import torch

import corpora
import ends
import splitter
from conll18 import evaluate
from rendering import render
from seams import Seams
from sentences import conllu_lines, documents
from words import Words


def main(lang, epochs="8"):
    torch.set_num_threads(1)
    train, _, dev = corpora.load(lang)
    if epochs != "score":
        docs = documents(train)
        seams = Seams()
        seams.train(docs)
        words = Words(train, lang)
        splitter.save(lang, seams, ends.train(docs, epochs=int(epochs)), words)
    split = splitter.load(lang)
    for name, sentences in dev.items():
        for paragraph in ("\n\n", " "):
            lines = []
            for d in documents(sentences):
                lines += split.conllu(render(d, None, paragraph)[0])
            scores = evaluate(conllu_lines(sentences), lines)
            shown = {k: scores[k] for k in ("Tokens", "Words", "Sentences")}
            print(name, repr(paragraph), shown, flush=True)


if __name__ == "__main__":
    main(*sys.argv[1:])
