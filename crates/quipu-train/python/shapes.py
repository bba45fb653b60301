"""What is read off the letters of a word: shape, looked-up form, hash. models/FORMAT.md,
section 2, says the same for the reader in Rust; change both or neither."""


def shape(word):
    """0 no capital, 1 Title, 2 UPPER, 3 one capital alone, 4 mixed, 5 digits, 6 has a digit,
    7 no letter. Digits are ASCII."""
    digits = sum("0" <= c <= "9" for c in word)
    if digits == len(word):
        return 5
    if digits:
        return 6
    letters = sum(c.isalpha() for c in word)
    if not letters:
        return 7
    capitals = sum(c.isupper() for c in word)
    if not capitals:
        return 0
    if len(word) == 1:
        return 3
    if capitals == letters:
        return 2
    return 1 if capitals == 1 and word[0].isupper() else 4


def norm(word):
    """The form under which a word is looked up: lower case, digits to 0."""
    return "".join("0" if "0" <= c <= "9" else c for c in word.lower())


def fnv(data, salt=0):
    """FNV-1a over bytes, 32 bits, folded once; the salt keeps the tables apart."""
    h = (2166136261 ^ salt) & 0xFFFFFFFF
    for byte in data:
        h = ((h ^ byte) * 16777619) & 0xFFFFFFFF
    return h ^ (h >> 15)
