"""The text of a treebank's document, put together again from its tokens."""

from sentences import surface


def render(sentences, rng=None, paragraph="\n\n"):
    """(text, [(start, end)] of tokens, last token of each sentence). `rng` varies line breaks,
    so that sentence ends are not learnt from them alone."""
    text, tokens, ends, at = [], [], [], 0
    for k, s in enumerate(sentences):
        if k:
            gap = _gap(sentences[k - 1], s, rng, paragraph)
            text.append(gap)
            at += len(gap)
        tokens_here = surface(s)
        for j, (form, space) in enumerate(tokens_here):
            text.append(form)
            tokens.append((at, at + len(form)))
            at += len(form)
            if space and j + 1 < len(tokens_here):
                text.append(" ")
                at += 1
        ends.append(len(tokens) - 1)
    return "".join(text), tokens, ends


def _gap(before, s, rng, paragraph):
    if s.par:
        if rng is None:
            return paragraph
        return rng.choices(["\n\n", "\n", " "], [0.7, 0.2, 0.1])[0]
    gap = " " if rng is None or rng.random() < 0.93 else "\n"
    joined = not before.space[-1] and gap == " " and before.src != "gum"
    return "" if joined else gap
