"""Text as it comes: all in capitals, all in lower case, or misread by a scanner."""

PAIRS = [
    ("rn", "m"),
    ("m", "rn"),
    ("l", "1"),
    ("1", "l"),
    ("o", "0"),
    ("e", "c"),
    ("c", "e"),
    ("h", "b"),
    ("I", "l"),
    ("li", "h"),
    ("ii", "u"),
    ("u", "n"),
    ("t", "f"),
]


def recased_or_damaged(forms, rng, end):
    """8% of sentences in capitals, 3% in lower case, `end` - 11% with errors in 8% of words."""
    u = rng.random()
    if u < 0.08:
        return [w.upper() for w in forms]
    if u < 0.11:
        return [w.lower() for w in forms]
    if u < end:
        return [misread(w, rng) if rng.random() < 0.08 else w for w in forms]
    return forms


def misread(word, rng):
    """One error as a scanner makes it."""
    alike = [(a, b) for a, b in PAIRS if a in word]
    if alike and rng.random() < 0.7:
        a, b = rng.choice(alike)
        return word.replace(a, b, 1)
    if len(word) < 4:
        return word
    i, u = rng.randrange(len(word) - 1), rng.random()
    if u < 0.4:
        return word[:i] + word[i + 1 :]
    if u < 0.7:
        return word[:i] + word[i + 1] + word[i] + word[i + 2 :]
    return word[:i] + word[i] + word[i:]
