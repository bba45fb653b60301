"""Texts that are not ours to hand on are kept as places alone.

    places.py hide TEXTS DIR NNN ...    words copied from the text become its places, `@12-27`
    places.py show TEXTS DIR NNN ...    and words again, for check.py and agree.py

Places count code points of TEXTS/NNN.txt below its two lines of heading, as choose.py makes it.
"""

import json
import re
import sys
from pathlib import Path

PLACE = re.compile(r"@(\d+)-(\d+)")
COPIED = ("quote", "predicate", "as_written", "cue", "name", "place")


def body(path):
    return path.read_text(encoding="utf-8").split("\n", 2)[2]


def hidden(words, text, near):
    """The place of words, from `near` on if they are there; what the text does not say stays."""
    at = text.find(words, near)
    at = text.find(words) if at < 0 else at
    return words if at < 0 or not words else f"@{at}-{at + len(words)}"


def shown(words, text, _):
    found = PLACE.fullmatch(words)
    return text[int(found[1]) : int(found[2])] if found else words


def changed(value, turn, text, near, key=None):
    if isinstance(value, dict):
        return {k: changed(v, turn, text, near, k) for k, v in value.items()}
    if isinstance(value, list):
        return [changed(v, turn, text, near, key) for v in value]
    return turn(value, text, near) if isinstance(value, str) and key in COPIED else value


def main(do, texts, folder, *numbers):
    turn = {"hide": hidden, "show": shown}[do]
    for number in numbers:
        path = Path(folder) / f"{number}.jsonl"
        text = body(Path(texts) / f"{number}.txt")
        claims = map(json.loads, path.read_text(encoding="utf-8").splitlines())
        lines = [
            json.dumps(changed(c, turn, text, c["start"]), ensure_ascii=False) + "\n" for c in claims
        ]
        path.write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
