"""Names put in the place of others of their kind, so that what stands round a name, and not its
letters, has to be learnt."""

from names import spans

LONGEST = 6  # words


class Pool:
    """Names by kind and number of words, each once, in the order in which they came."""

    def __init__(self):
        self.names, self.seen = {}, set()

    def add(self, form, tags):
        for a, b, kind in sorted(spans(tags)):
            words = tuple(form[a:b])
            if b - a > LONGEST or not words[0][:1].isupper() or (words, kind) in self.seen:
                continue
            self.seen.add((words, kind))
            self.names.setdefault((kind, b - a), []).append(words)

    def swapped(self, form, tags, rng, share=0.6):
        """The words with `share` of the names changed for others of as many words, so that trees
        and tags still fit."""
        out = list(form)
        for a, b, kind in sorted(spans(tags)):
            others = self.names.get((kind, b - a))
            if others and rng.random() < share:
                out[a:b] = others[rng.randrange(len(others))]
        return out
