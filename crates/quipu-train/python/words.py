"""Words in a token (multiword tokens): learnt exceptions, then endings (English), then verb and
clitics (Spanish). models/FORMAT.md, section 3.3."""

import gzip
import json
import re
from collections import Counter, defaultdict

from places import lookup

CLITICS = ("me", "te", "se", "nos", "os", "lo", "la", "los", "las", "le", "les")
UNACCENTED = str.maketrans("áéíóú", "aeiou")
ENGLISH_ENDINGS = (
    "n't n’t 's ’s 'll ’ll 're ’re 've ’ve 'm ’m 'd ’d".split()
)  # in this order


def recase(words, token):
    """The case of the token given to its words."""
    if token.isupper() and len(token) > 1:
        return [w.upper() for w in words]
    if token[:1].isupper():
        return [words[0][:1].upper() + words[0][1:]] + words[1:]
    return words


class Words:
    """`split`: token -> words; `whole`: never split; `ends`; `verbs`: infinitives."""

    def __init__(self, sentences=None, lang="en"):
        self.split, self.ends, self.whole, self.verbs = {}, [], set(), set()
        if sentences is not None:
            self.learn(sentences, lang)

    def learn(self, sentences, lang):
        multi, plain = defaultdict(Counter), Counter()
        for s in sentences:
            inside = set()
            for a, b, form, _ in s.mwt:
                multi[form.lower()][tuple(w.lower() for w in s.form[a : b + 1])] += 1
                inside.update(range(a, b + 1))
            for i, w in enumerate(s.form):
                if i not in inside:
                    plain[w.lower()] += 1
        for form, ways in sorted(multi.items()):
            if sum(ways.values()) > plain[form]:
                self.split[form] = list(ways.most_common(1)[0][0])
        self.whole = {
            form
            for form, ways in multi.items()
            if plain[form] >= sum(ways.values()) and not re.search(r"['’]", form)
        }
        if lang == "en":
            self.ends = list(ENGLISH_ENDINGS)
            return
        verbs = ("VERB", "AUX")
        lemmas = {x for s in sentences for x, u in zip(s.lemma, s.upos) if u in verbs}
        lemmas |= set(json.load(gzip.open(lookup("es_lemma_lookup.json.gz"))).values())
        infinitive = re.compile("[a-zñü]*[aeií]r")
        self.verbs = {v for v in lemmas if infinitive.fullmatch(v) and len(v) > 2}
        self.whole |= {w for w in plain if self.clitic(w) and w not in self.split}

    def clitic(self, lower):
        """Verb and one or two clitics, or None."""
        for second in ("",) + CLITICS:
            for first in CLITICS:
                ending = first + second
                if not lower.endswith(ending) or len(lower) - len(ending) < 3:
                    continue
                verb = lower[: -len(ending)]
                bare = verb.translate(UNACCENTED)
                gerund = len(bare) > 5 and bare.endswith(("ando", "iendo", "yendo"))
                known = bare in self.verbs or verb in self.verbs
                if known or (gerund and verb != bare):
                    head = verb if verb in self.verbs else bare
                    return [head, first] + ([second] if second else [])
        return None

    def words(self, token):
        lower = token.lower()
        split = self.split.get(lower)
        if split:
            if "".join(split) == lower and len(lower) == len(token):
                out, a = [], 0
                for w in split:
                    out.append(token[a : a + len(w)])
                    a += len(w)
                return out
            return recase(split, token)
        if lower in self.whole:
            return [token]
        for e in self.ends:
            if lower.endswith(e) and len(lower) > len(e) and lower[0].isalnum():
                return [token[: -len(e)], token[-len(e) :]]
        possessive = self.ends and len(lower) > 2 and lower[-1] in "'’"
        if possessive and lower[-2] == "s" and lower[:-1].isalpha():
            return [token[:-1], token[-1]]
        if self.verbs:
            split = self.clitic(lower)
            if split:
                return recase(split, token)
        return [token]
