#!/usr/bin/env python3
"""Makes `settled/` of the two annotations and of what was decided between them.

    settle.py PASSAGES

Rows on which `a/` and `b/` agree are settled. For every other row `settling.tsv`
must say who was right; it may also change what both have. Its columns:

    passage  T|A  words  verdict  why  start  end  kind  value  low  high  unit  per  anchored_on

Verdict `a` or `b`: that one's row stands, or that one's having none. `drop`,
`change` and `add` overrule both: `change` names the new values (`-` empties a
column, an empty cell keeps it), `add` a whole row. `start` is needed only where
the words stand more than once in the passage. PASSAGES is the folder that
`draw.py` wrote.
"""
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
AROUND = {"the", "in", "on", "at", "of", "for", "during", "over", "throughout", "el", "la", "en"}
WIDTH = 12
FIRST = 4  # the first column that a verdict may change


def rows(path):
    lines = path.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if line.strip() and not line.startswith("#")]
    return [row + [""] * (WIDTH - len(row)) for row in cells]


def extent(row):
    """Letter, start and end without words that do not matter at the beginning."""
    start, words = int(row[1]), row[3].split(" ")
    while len(words) > 1 and words[0].lower() in AROUND:
        start += len(words[0]) + 1
        words = words[1:]
    return row[0], start, int(row[2])


def same(left, right):
    """The same values; anchors and notes are not compared."""
    return left[4:10] == right[4:10]


class Verdicts:
    def __init__(self, path):
        self.rows = []
        for line in path.read_text(encoding="utf-8").splitlines():
            if line.strip() and not line.startswith("#"):
                cells = line.split("\t")
                self.rows.append(cells + [""] * (14 - len(cells)))
        self.used = [False] * len(self.rows)

    def of(self, passage, kinds, row):
        for i, verdict in enumerate(self.rows):
            name, letter, words, kind, _, start = verdict[:6]
            fits = name == passage and kind in kinds and letter == row[0] and words == row[3]
            if fits and start in ("", row[1]):
                self.used[i] = True
                return verdict
        return None


def settle(passage, verdicts):
    """The settled rows, and what is left undecided."""
    first = {extent(row): row for row in rows(HERE / "a" / f"{passage}.tsv")}
    second = {extent(row): row for row in rows(HERE / "b" / f"{passage}.tsv")}
    settled, undecided = [], []
    for key in sorted(set(first) | set(second), key=lambda key: key[1:]):
        mine, theirs = first.get(key), second.get(key)
        row = mine or theirs
        if not (mine and theirs and same(mine, theirs)):
            verdict = verdicts.of(passage, ("a", "b"), row)
            if verdict is None:
                undecided.append((passage, mine, theirs))
                continue
            row = mine if verdict[3] == "a" else theirs
        if row is None or verdicts.of(passage, ("drop",), row):
            continue
        change = verdicts.of(passage, ("change",), row)
        if change:
            row = list(row)
            for column, value in enumerate(change[7:14], FIRST):
                if value:
                    row[column] = "" if value == "-" else value
        settled.append(row)
    for i, verdict in enumerate(verdicts.rows):
        if verdict[0] == passage and verdict[3] == "add":
            verdicts.used[i] = True
            values = ["" if value == "-" else value for value in verdict[7:14]]
            settled.append([verdict[1], verdict[5], verdict[6], verdict[2], *values, ""])
    return sorted(settled, key=lambda row: (int(row[1]), int(row[2]), row[0])), undecided


def main():
    verdicts = Verdicts(HERE / "settling.tsv")
    wrong = 0
    (HERE / "settled").mkdir(exist_ok=True)
    for path in sorted(Path(sys.argv[1]).glob("*.txt")):
        settled, undecided = settle(path.stem, verdicts)
        for case in undecided:
            print("undecided:", *case)
        wrong += len(undecided)
        head = path.read_text(encoding="utf-8").split("\n", 1)[0]
        text = f"# {head}\n" + "".join("\t".join(row[:-1]) + "\n" for row in settled)
        (HERE / "settled" / f"{path.stem}.tsv").write_text(text, encoding="utf-8")
    for verdict, used in zip(verdicts.rows, verdicts.used):
        if not used:
            print("fits no row:", *verdict[:6])
            wrong += 1
    print(f"{len(verdicts.rows)} verdicts, {wrong} problems")
    sys.exit(1 if wrong else 0)


main()
