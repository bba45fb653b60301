"""The whole chain from raw text, scored as CoNLL 2018: `score_raw.py STUDENT.pt LANG`"""

import sys

import torch

import corpora
import frus_names
import splitter
import student
from conll18 import evaluate
from lemmas import Lemmas
from rendering import render
from sentences import Sentence, conllu_lines, documents


def split_documents(split, sentences):
    """Sentences found in the text of the documents: words, and tokens as (form, words)."""
    found, tokens = [], []
    for d in documents(sentences):
        text = render(d)[0]
        for spans in split.sentences(text):
            words = [(text[a:b], split.words(text[a:b])) for a, b in spans]
            found.append(Sentence([w for _, ws in words for w in ws]))
            tokens.append([(form, len(ws)) for form, ws in words])
    return found, tokens


def annotated_lines(s, tokens, reading, lemmas):
    lines, i = [], 0
    for form, n in tokens:
        if n > 1:
            lines.append(f"{i+1}-{i+n}\t{form}" + "\t_" * 8)
        for _ in range(n):
            upos, feats = reading["upos"][i], reading["feats"][i]
            lemma = lemmas.lemma(s.form[i], upos, feats)
            lines.append(
                f"{i+1}\t{s.form[i]}\t{lemma}\t{upos}\t_\t{feats}"
                f"\t{reading['head'][i]}\t{reading['rel'][i]}\t_\t_"
            )
            i += 1
    return lines + [""]


def main(path, lang):
    torch.set_num_threads(1)
    m, lexicon, voc = student.load(path)
    split = splitter.load(lang)
    train, _, dev = corpora.load(lang)
    lemmas = Lemmas(train)
    for name, gold in dev.items():
        found, tokens = split_documents(split, gold)
        lines = []
        readings = student.predict(m, found, voc, lexicon)
        for s, t, reading in zip(found, tokens, readings):
            lines += annotated_lines(s, t, reading, lemmas)
        print(name, evaluate(conllu_lines(gold), lines), flush=True)
    if lang == "en":
        tagged = frus_names.sentences(800)
        readings = student.predict(m, tagged, voc, lexicon)
        rates, missed = frus_names.recall(tagged, readings)
        print("frus", rates)
        print("\n".join(missed[:25]))


if __name__ == "__main__":
    main(*sys.argv[1:])
