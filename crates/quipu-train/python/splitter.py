"""Raw text -> sentences of tokens of words, by the three trained parts."""

import pickle

import torch

from ends import Ends, features, gaps, paragraphs
from places import CHECKPOINTS
from seams import Seams
from words import Words

WINDOW = 400  # tokens
UNSURE = 20  # tokens at the end of a window that is cut inside a paragraph


class Splitter:
    def __init__(self, seams, ends, words):
        self.seams, self.ends, self.words = seams, ends.eval(), words.words

    @torch.no_grad()
    def sentences(self, text):
        """Tokens (start, end) of each sentence."""
        tokens = self.seams.tokens(text)
        following, out = gaps(text, tokens), []
        for a, b in paragraphs(following):
            while a < b:
                z = min(a + WINDOW, b)
                found = self._ends(text, tokens[a:z], following[a:z], a)
                if z < b:
                    sure = [k for k in found if k < z - UNSURE]
                    found = sure or found or [z - 1]
                elif not found or found[-1] != b - 1:
                    found.append(b - 1)
                for k in found:
                    out.append(tokens[a : k + 1])
                    a = k + 1
        return out

    def _ends(self, text, tokens, following, first):
        x = [features(text[p:q], gap) for (p, q), gap in zip(tokens, following)]
        x = torch.tensor([x])
        y = self.ends(x, torch.ones(x.shape[:2], dtype=torch.bool))[0]
        return [first + k for k, score in enumerate(y.tolist()) if score > 0]

    def conllu(self, text):
        """CoNLL-U lines without any annotation, for the scorer."""
        lines = []
        for sentence in self.sentences(text):
            i = 1
            for a, b in sentence:
                words = self.words(text[a:b])
                if len(words) > 1:
                    lines.append(f"{i}-{i+len(words)-1}\t{text[a:b]}" + "\t_" * 8)
                for w in words:
                    lines.append(f"{i}\t{w}\t_\t_\t_\t_\t{i-1}\tdep\t_\t_")
                    i += 1
            lines.append("")
        return lines


def load(lang):
    with open(CHECKPOINTS / f"tok_{lang}.pkl", "rb") as f:
        weights, state, words = pickle.load(f)
    ends, known = Ends(), Words()
    ends.load_state_dict(state)
    known.__dict__.update(words)
    return Splitter(Seams(weights), ends, known)


def save(lang, seams, ends, words):
    CHECKPOINTS.mkdir(parents=True, exist_ok=True)
    with open(CHECKPOINTS / f"tok_{lang}.pkl", "wb") as f:
        pickle.dump((seams.weights, ends.state_dict(), words.__dict__), f)
