"""Unlabelled English text in shards of sentences: `silver.py WORDS`. A shard is a list of
(words, blank follows, known names): X unknown, PER where FRUS's editors tagged a person."""

import json
import os
import pickle
import random
import sys

import torch

import english
import frus
import places
import splitter

SHARD = 1000  # sentences
LONGEST = 110  # words of a sentence
LONGEST_BLOCK = 20000  # characters; longer ones are tables

# Titles stand beside a name, not in it, as in UNER; FRUS's editors are of two minds.
TITLES = set(
    "general president secretary ambassador minister prime foreign mr mr. mrs mrs. miss ms "
    "ms. dr dr. senator congressman admiral colonel king queen prince princess sir premier "
    "chairman governor marshal madame captain major lieutenant commander lt. gen. adm. col. "
    "sen. maj. capt. under assistant deputy vice chancellor pope professor prof. judge justice "
    "representative director counselor consul chargé".split()
)


def cut(split, text, persons=()):
    """Sentences of a text; `persons`: tagged names as (start, end) in characters."""
    out = []
    for sentence in split.sentences(text):
        words, spaces, names, previous = [], [], [], None
        for k, (a, b) in enumerate(sentence):
            parts = split.words(text[a:b])
            hit = next(((p, q) for p, q in persons if p <= a < q), None)
            joined = k + 1 < len(sentence) and sentence[k + 1][0] == b
            for j, w in enumerate(parts):
                words.append(w)
                spaces.append(j + 1 == len(parts) and not joined)
                if hit and j == 0 and w[:1].isalnum():
                    names.append(("I-" if previous == hit else "B-") + "PER")
                    previous = hit
                elif hit and j == 0 and previous == hit and w in ".-'’\"“”,":
                    names.append("I-PER")
                else:
                    names.append("X")
                    if not hit:
                        previous = None
        out.append((words, spaces, trimmed(words, names)))
    return out


def trimmed(words, names):
    """No comma at the end of a name, no title at its start."""
    for k in range(len(names)):
        last = k + 1 == len(names) or names[k + 1] != "I-PER"
        if names[k] == "I-PER" and words[k] == "," and last:
            names[k] = "X"
    for k in range(len(names)):
        j = k
        while (
            names[j] == "B-PER"
            and j + 1 < len(names)
            and names[j + 1] == "I-PER"
            and words[j].lower() in TITLES
        ):
            names[j], names[j + 1] = "O", "B-PER"
            j += 1
    return names


def unlabelled(words):
    return words, [True] * len(words), ["X"] * len(words)


def others(split):
    """Every second text of LitBank, re3d, the telegrams, the Broad Twitter Corpus."""
    out = []
    for path in sorted((places.DATA / "en/litbank/text").iterdir())[::2]:
        for line in open(path, encoding="utf-8"):
            words = line.split()
            if 2 < len(words) < 60:
                out.append(unlabelled(words))
    for path in sorted((places.DATA / "en/ner/re3d").glob("*/documents.json")):
        for line in open(path, encoding="utf-8"):
            try:
                text = json.loads(line).get("text", "")
            except json.JSONDecodeError:
                continue
            out += cut(split, text)
    for path in sorted((places.DATA / "cables/text").glob("*.qmd")):
        for paragraph in telegram(path.read_text(encoding="utf-8")):
            out += cut(split, paragraph)
    return out + [unlabelled(s.form) for s in english.btc()]


def telegram(text):
    """Paragraphs of a telegram's body, without front matter, marks and attributes."""
    body = text.split("\n---\n", 1)[-1].split("#### Message Attributes", 1)[0]
    return [line for line in body.splitlines() if line.strip() and line[0] not in "#:*-"]


def frus_documents():
    """Blocks of each document of the volumes that may be trained on."""
    out = []
    for volume in frus.volumes():
        current, last = [], None
        for document, _, text, persons in frus.read(volume):
            if document != last and current:
                out.append(current)
                current = []
            last = document
            current.append((text, persons))
        if current:
            out.append(current)
    return out


def prepare(most, seed=1):
    """Other sources, then FRUS documents by lot until there are `most` words."""
    rng, split = random.Random(seed), splitter.load("en")
    documents = frus_documents()
    rng.shuffle(documents)
    out, seen = others(split), set()
    n = sum(len(x[0]) for x in out)
    print("others", len(out), n, flush=True)
    for blocks in documents:
        if n > most:
            break
        for text, persons in blocks:
            if len(text) > LONGEST_BLOCK:
                continue
            for sentence in cut(split, text, persons):
                key = " ".join(sentence[0])
                if len(sentence[0]) > LONGEST or key in seen:
                    continue
                seen.add(key)
                out.append(sentence)
                n += len(sentence[0])
    rng.shuffle(out)
    write("en", out, 0)


def write(lang, sentences, first_shard):
    """The last shard is written first: where shard `first_shard` is, all are."""
    folder = places.silver(lang)
    folder.mkdir(parents=True, exist_ok=True)
    for i in reversed(range(0, len(sentences), SHARD)):
        path = folder / f"raw-{first_shard + i // SHARD:04d}.pkl"
        with open(f"{path}.tmp", "wb") as f:
            pickle.dump(sentences[i : i + SHARD], f)
        os.replace(f"{path}.tmp", path)
    words = sum(len(x[0]) for x in sentences)
    print(len(sentences), "sentences", words, "words", flush=True)


if __name__ == "__main__":
    torch.set_num_threads(1)
    prepare(int(sys.argv[1]))
