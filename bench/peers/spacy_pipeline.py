"""Peer: a whole spaCy pipeline, loaded once: `spacy_pipeline.py PACKAGE`.

Says one line of JSON about itself, then answers each line of JSON it is given:
`{"files": [...], "conllu": PATH or null, "part": {...}}` with the seconds it took
from text to documents. CoNLL-U is written after the clock has stopped. `part`:
contractions that are parted for it, as `{"del": ["de", "el"]}`.
"""
import json
import resource
import sys
import time

started = time.perf_counter()
import spacy  # noqa: E402

# Its kinds of names (OntoNotes in English, WikiNER in Spanish) as ours.
KINDS = {"PERSON": "PER", "PER": "PER", "ORG": "ORG", "GPE": "LOC", "LOC": "LOC", "FAC": "LOC"}


def tag(token):
    kind = KINDS.get(token.ent_type_)
    return f"{token.ent_iob_}-{kind}" if kind else "O"


def sentence_lines(words, part):
    """CoNLL-U of one sentence without its tokens of white space."""
    kept = [token for token in words if not token.is_space]
    # Ids: a contraction that is parted takes two.
    ids, n = {}, 1
    for token in kept:
        ids[token.i] = n
        n += len(part.get(token.lower_, "x"))
    root = None
    lines = []
    for token in kept:
        head = token.head
        while head.is_space and head.head.i != head.i:
            head = head.head
        relation = token.dep_.lower()
        if head.i == token.i or head.i not in ids:
            # Where a token of white space was the root, the first below it is.
            if root is None:
                root, above, relation = ids[token.i], 0, "root"
            else:
                above = root
        else:
            above = ids[head.i]
        own, name = ids[token.i], f"NER={tag(token)}"
        morph = str(token.morph) or "_"
        parts = part.get(token.lower_)
        if parts:
            first, second = parts
            lines.append(f"{own}-{own + 1}\t{token.text}" + "\t_" * 8)
            lines.append(f"{own}\t{first}\t{first}\t{token.pos_}\t_\t_\t{above}\t{relation}\t_\t{name}")
            lines.append(f"{own + 1}\t{second}\t{second}\tDET\t_\t_\t{above or own}\tdet\t_\tNER=O")
        else:
            lines.append(
                f"{own}\t{token.text}\t{token.lemma_ or '_'}\t{token.pos_}\t_\t{morph}\t{above}\t{relation}\t_\t{name}"
            )
    return lines


def write_conllu(path, documents, part):
    with open(path, "w", encoding="utf-8") as out:
        for document in documents:
            for sentence in document.sents:
                lines = sentence_lines(sentence, part)
                if lines:
                    out.write("\n".join(lines) + "\n\n")


def main(package):
    pipeline = spacy.load(package)
    seconds = time.perf_counter() - started
    sample = {
        "en": "Ambassador Galbraith paid the bank in Lima.",
        "es": "El juez Baltasar Garzón viajó a Lima.",
    }[pipeline.lang]
    words = [f"{t.text}/{t.pos_}/{t.dep_}/{t.ent_type_ or '-'}" for t in pipeline(sample)]
    about = {
        "spacy": spacy.__version__,
        "model": f"{pipeline.lang}_{pipeline.meta['name']} {pipeline.meta['version']}",
        "parts": list(pipeline.pipe_names),
        "load": seconds,
        "sample": " ".join(words),
    }
    print(json.dumps(about), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        texts = [open(path, encoding="utf-8").read() for path in asked["files"]]
        start, worked = time.perf_counter(), time.process_time()
        documents = []
        for document in pipeline.pipe(texts):
            # What a caller would keep; without --conllu nothing piles up.
            if asked.get("conllu"):
                documents.append(document)
        answer = {
            "seconds": time.perf_counter() - start,
            "worked": time.process_time() - worked,
            "peak": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
        }
        if asked.get("conllu"):
            write_conllu(asked["conllu"], documents, asked.get("part", {}))
        print(json.dumps(answer), flush=True)


if __name__ == "__main__":
    main(sys.argv[1])
