#!/usr/bin/env python3
"""How far two annotators of claims agree.

    agree.py TEXTS FIRST SECOND [NNN ...] [--differences]

Compares FIRST/NNN.jsonl with SECOND/NNN.jsonl, both checked by check.py, for the
texts named or for all that both have. Two claims may be paired if their predicates
share a word of the text; of all pairs those are taken first whose predicates, roles
and kinds are most alike, each claim once. Figures, for all texts and each language:

    found   F1 of the paired claims; `predicate`: by the predicate alone; `roles`:
            first and second role agree too (both empty, or words or name shared)
    others  share of the pairs by predicate that agree: kind; direction (of the pairs
            where both fill both roles, and not with the same filler: whether they
            are not turned round); holder nearest and whole chain; standing and
            polarity (with Cohen's kappa); time and amount, of the pairs where at
            least one has one

`--differences` also prints each unpaired claim and each disagreement.
"""
import json
import re
import sys
import unicodedata
from collections import Counter
from pathlib import Path

from check import body, places

IDLE = set("the a an of el la los las un una de del mr mrs dr don".split())


def words_of(value):
    """Folded words of a name, without articles."""
    folded = unicodedata.normalize("NFKD", value or "").encode("ascii", "ignore").decode().lower()
    found = set(re.findall(r"\w+", folded))
    return found - IDLE or found


def same_filler(one, other):
    """Whether two fillers (with `name` and `as_written`) are the same: empty both, or a word shared."""
    mine = [words_of(one.get("name")), words_of(one.get("as_written"))]
    theirs = [words_of(other.get("name")), words_of(other.get("as_written"))]
    if not any(mine) or not any(theirs):
        return not any(mine) and not any(theirs)
    return bool(mine[0] & theirs[0] or mine[1] & theirs[1])


def load(path, text):
    claims = []
    for line in path.read_text(encoding="utf-8").splitlines():
        claim = json.loads(line)
        quote = text[claim["start"]:claim["end"]]
        start, end = places(claim["predicate"], quote)[0]
        claim["at"] = {m.start() + claim["start"] for m in re.finditer(r"\w+", quote) if start <= m.start() < end}
        claims.append(claim)
    return claims


def roles_alike(a, b):
    return [same_filler(a["roles"][i], b["roles"][i]) for i in (0, 1)]


def turned(a, b):
    """True where b has a's two fillers the other way round, None where that cannot be said."""
    if not all(role.get("name") or role.get("as_written") for claim in (a, b) for role in claim["roles"][:2]):
        return None
    crossed = same_filler(a["roles"][0], b["roles"][1]) and same_filler(a["roles"][1], b["roles"][0])
    straight = all(roles_alike(a, b))
    if crossed and straight or not crossed and not straight:
        return None
    return crossed


def pair(first, second):
    """Pairs of claims whose predicates share a word, the most alike first, each claim once."""
    scored = []
    for i, a in enumerate(first):
        for j, b in enumerate(second):
            shared = len(a["at"] & b["at"])
            if shared:
                alike = sum(roles_alike(a, b)) * 2 + (turned(a, b) is True) * 3
                scored.append((-(shared / len(a["at"] | b["at"]) + alike + (a["kind"] == b["kind"])), i, j))
    pairs, used_i, used_j = [], set(), set()
    for _, i, j in sorted(scored):
        if i not in used_i and j not in used_j:
            used_i.add(i)
            used_j.add(j)
            pairs.append((first[i], second[j]))
    return pairs, [c for i, c in enumerate(first) if i not in used_i], [c for j, c in enumerate(second) if j not in used_j]


def holders_alike(a, b, depth):
    mine, theirs = a["holders"][:depth], b["holders"][:depth]
    return len(mine) == len(theirs) and all(same_filler(x, y) for x, y in zip(mine, theirs))


def amounts(claim):
    return sorted(repr([*(amount.get(key) for key in ("value", "low", "high")), (amount.get("unit") or "").lower()]) for amount in claim["amount"])


def edtf(claim):
    return claim["when"] and (claim["when"].get("edtf") or claim["when"]["as_written"])


TESTS = {
    "kind": lambda a, b: a["kind"] == b["kind"],
    "direction": lambda a, b: None if turned(a, b) is None else not turned(a, b),
    "holder (nearest)": lambda a, b: holders_alike(a, b, 1),
    "holder (chain)": lambda a, b: holders_alike(a, b, 99),
    "standing": lambda a, b: a["standing"] == b["standing"],
    "polarity": lambda a, b: a["polarity"] == b["polarity"],
    "time": lambda a, b: edtf(a) == edtf(b) if a["when"] or b["when"] else None,
    "amount": lambda a, b: amounts(a) == amounts(b) if a["amount"] or b["amount"] else None,
}


def kappa(pairs, field):
    """Cohen's kappa of one field over the pairs."""
    both = Counter((a[field], b[field]) for a, b in pairs)
    total = sum(both.values())
    left, right = Counter(a[field] for a, _ in pairs), Counter(b[field] for _, b in pairs)
    chance = sum(left[key] * right[key] for key in left) / total**2
    agreed = sum(count for (x, y), count in both.items() if x == y) / total
    return 1.0 if chance == 1 else (agreed - chance) / (1 - chance)


def report(title, sizes, pairs):
    print(f"{title}: {sizes[0]} and {sizes[1]} claims")
    if not pairs:
        print("  no pairs")
        return
    full = [p for p in pairs if all(roles_alike(*p))]
    for name, found in (("predicate", pairs), ("roles", full)):
        print(f"  found ({name}){'':{12 - len(name)}} F1 {2 * len(found) / sum(sizes):.3f}  {len(found)} pairs")
    for name, test in TESTS.items():
        verdicts = [v for v in (test(a, b) for a, b in pairs) if v is not None]
        if verdicts:
            extra = f"  kappa {kappa(pairs, name):.3f}" if name in ("kind", "standing", "polarity") else ""
            print(f"  {name:20} {sum(verdicts) / len(verdicts):.3f}  {sum(verdicts)} of {len(verdicts)}{extra}")


def short(claim):
    roles = ", ".join(str(role.get("name")) for role in claim["roles"])
    holders = " < ".join(str(h.get("name")) for h in claim["holders"])
    return f"{claim['kind']}({roles}) «{claim['predicate']}» {claim['polarity']} {claim['standing']} [{holders}] {edtf(claim)} {amounts(claim)} @{claim['start']}"


def main():
    arguments = [a for a in sys.argv[1:] if a != "--differences"]
    if len(arguments) < 3:
        sys.exit(__doc__)
    texts, one, two = map(Path, arguments[:3])
    names = arguments[3:] or sorted(p.stem for p in one.glob("*.jsonl") if (two / p.name).is_file())
    if not names:
        sys.exit("no text that both have annotated")
    groups = {}
    for name in names:
        path = texts / f"{name}.txt"
        language = path.read_text(encoding="utf-8").split("\n", 1)[0].split("\t")[1]
        first, second = (load(folder / f"{name}.jsonl", body(path)) for folder in (one, two))
        pairs, left, right = pair(first, second)
        for group in ("all", language):
            sizes, found = groups.setdefault(group, ([0, 0], []))
            sizes[0] += len(first)
            sizes[1] += len(second)
            found += pairs
        if "--differences" in sys.argv:
            for sign, claims in (("<", left), (">", right)):
                for claim in claims:
                    print(f"{name} {sign} {short(claim)}")
            for a, b in pairs:
                wrong = [test for test, verdict in TESTS.items() if verdict(a, b) is False]
                wrong += [] if all(roles_alike(a, b)) else ["roles"]
                if wrong:
                    print(f"{name} = {', '.join(wrong)}\n    < {short(a)}\n    > {short(b)}")
    for group, (sizes, pairs) in groups.items():
        report(group, sizes, pairs)


if __name__ == "__main__":
    main()
