#!/usr/bin/env python3
"""Checks annotations of claims and fills in where they stand.

    check.py TEXTS ANNOTATIONS [NNN ...]

For each ANNOTATIONS/NNN.jsonl (of the texts named, or of all in TEXTS): finds each
quote in the text and fills in `start` and `end` in code points of the text, which
begins on the third line of its file; holds words, roles, EDTF values and the fixed
words of the handbook page against what is written; sorts the claims by place and
writes the file back if it has no problem. Kinds and their roles are read from the
table of the handbook page: GUIDELINES.md beside this file, or docs/handbook/.

Ends with `N problems, K to come`: K texts have no file yet. Exit status 1 if N > 0.
"""
import json
import re
import sys
from datetime import date
from pathlib import Path

FIELDS = ("quote", "start", "end", "occurrence", "kind", "subkind", "predicate", "predicate_lemma", "roles", "amount",
          "when", "where", "polarity", "standing", "holders", "note")
NEEDED = ("quote", "kind", "predicate", "predicate_lemma", "roles", "polarity", "standing", "holders")
STANDINGS = {"asserted", "reported", "alleged", "testified", "found", "denied", "retracted", "planned"}
NEED_HOLDER = {"reported", "testified", "found", "retracted"}
POLARITIES = {"positive", "negative"}
ANY_KIND = {"through"}
ENCLITICS = {"me", "te", "se", "lo", "la", "los", "las", "le", "les", "nos"}  # written onto the verb: entregarlo
DAY = r"(?:\d{4}|\d{3}X|\d{2}XX|XXXX)(?:-(?:\d\d|XX)(?:-(?:\d\d|XX)(?:T\d\d(?::\d\d){0,2}(?:Z|[+-]\d\d(?::\d\d)?)?)?)?)?[~?%]?"
EDTF = re.compile(rf"(?:{DAY}|\.\./{DAY}|{DAY}/(?:{DAY}|\.\.)|[\[{{]{DAY}(?:,{DAY})+[\]}}])\Z")


def kinds():
    """Kind -> (first role, second role, further roles), from the handbook's table."""
    here = Path(__file__).resolve()
    for path in (here.with_name("GUIDELINES.md"), here.parents[3] / "docs" / "handbook" / "annotating-claims.md"):
        if path.is_file():
            break
    table = {}
    row = re.compile(r"^\| \**(\w+)\** \| (\w+) → (\w+)(?: \(([\w, ]+)\))? \|", re.M)
    for kind, first, second, further in row.findall(path.read_text(encoding="utf-8")):
        if kind == "kind":  # the heading of the table
            continue
        table[kind] = (first, second, {name.strip() for name in further.split(",") if name.strip()} | ANY_KIND)
    if len(table) < 40:
        sys.exit(f"{path}: {len(table)} kinds read, 40 or more expected")
    return table


def body(path):
    """The text of a file without its first two lines."""
    return path.read_text(encoding="utf-8").split("\n", 2)[2]


def places(words, text):
    """Every place of `words` in `text`, white space and marks of emphasis counting as one gap."""
    parts = words.split()
    if not parts:
        return []
    pattern = r"[\s*]+".join(re.escape(part) for part in parts)
    before = r"(?<!\w)" if parts[0][0].isalnum() and parts[0] not in ENCLITICS else ""
    after = r"(?!\w)" if parts[-1][-1].isalnum() else ""
    return [match.span() for match in re.finditer(before + pattern + after, text)]


def edtf_problem(value):
    if not isinstance(value, str) or not EDTF.match(value):
        return f"not EDTF: {value!r}"
    ends = []
    for year, month, day in re.findall(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", value):
        try:
            if day:
                date(int(year), int(month), int(day))
            elif month and not (1 <= int(month) <= 12 or 21 <= int(month) <= 41):
                raise ValueError
        except ValueError:
            return f"no such date: {value!r}"
        ends.append((year, month if month and int(month) <= 12 else ""))
    if "/" in value and ".." not in value and len(ends) == 2 and ends[0][0] > ends[1][0]:
        return f"ends before it begins: {value!r}"
    return None


def is_words(value, empty=True):
    return (empty and value is None) or (isinstance(value, str) and value.strip() != "")


def role_problems(claim, quote, table):
    first, second, further = table[claim["kind"]]
    roles = claim["roles"]
    if not isinstance(roles, list) or not all(isinstance(role, dict) for role in roles):
        return ["roles are a list of objects"]
    names = [role.get("role") for role in roles]
    out = []
    if names[:2] != [first, second]:
        out.append(f"roles begin with {first}, {second}; here {names}")
    out += [f"no role of {claim['kind']}: {name!r}" for name in names[2:] if name not in further]
    if len(set(map(str, names))) != len(names):
        out.append(f"a role twice: {names}")
    for role in roles:
        name, written = role.get("name"), role.get("as_written")
        if not is_words(name) or not is_words(written):
            out.append(f"role {role.get('role')}: name and as_written are words or null")
        elif written is not None and not places(written, quote):
            out.append(f"role {role.get('role')}: {written!r} is not in the quote")
        elif written is not None and name is None and not re.search(r"\w", written):
            out.append(f"role {role.get('role')}: no words in {written!r}")
    told = claim["when"] or claim["where"] or claim["amount"]
    if not told and all(role.get("name") is None and role.get("as_written") is None for role in roles):
        out.append("no role is filled, and neither time nor place nor amount told")
    return out


def side_problems(claim, text):
    """Amounts, time, places and holders."""
    out = []

    def written(what, value, empty):
        if not is_words(value, empty):
            out.append(f"{what}: words expected, {value!r} found")
        elif value is not None and not places(value, text):
            out.append(f"{what}: {value!r} is not in the text")

    for field in ("amount", "where", "holders"):
        if not isinstance(claim.get(field), list) or not all(isinstance(item, dict) for item in claim[field]):
            return [f"{field} is a list of objects"]
    for amount in claim["amount"]:
        written("amount", amount.get("as_written"), False)
        numbers = [amount.get(key) for key in ("value", "low", "high")]
        if not any(isinstance(n, (int, float)) and not isinstance(n, bool) for n in numbers):
            out.append("amount without a number in value, low or high")
        if not is_words(amount.get("unit")) or not is_words(amount.get("per")):
            out.append("amount: unit and per are words or null")
    when = claim.get("when")
    if when is not None:
        if not isinstance(when, dict):
            return out + ["when is an object or null"]
        written("when", when.get("as_written"), False)
        if when.get("edtf") is not None and (problem := edtf_problem(when["edtf"])):
            out.append(problem)
    for place in claim["where"]:
        written("where", place.get("as_written"), False)
        if not is_words(place.get("name"), False):
            out.append("where without a name")
    for holder in claim["holders"]:
        written("holder", holder.get("as_written"), True)
        written("cue", holder.get("cue"), True)
        if not is_words(holder.get("name")):
            out.append("holder: name is words or null")
        if holder.get("name") is None and holder.get("cue") is None:
            out.append("holder with neither name nor cue")
    if claim["standing"] in NEED_HOLDER and not claim["holders"]:
        out.append(f"{claim['standing']} without a holder")
    return out


def claim_problems(claim, text, table):
    """What is wrong with one claim; fills in its place."""
    if not isinstance(claim, dict):
        return ["not an object"]
    out = [f"{field} is missing" for field in NEEDED if field not in claim]
    out += [f"unknown field {field!r}" for field in claim if field not in FIELDS]
    if out:
        return out
    if claim["kind"] not in table:
        return [f"no kind {claim['kind']!r}"]
    if claim["polarity"] not in POLARITIES or claim["standing"] not in STANDINGS:
        return [f"polarity {claim['polarity']!r}, standing {claim['standing']!r}"]
    for field in ("quote", "predicate", "predicate_lemma"):
        if not is_words(claim[field], False):
            return [f"{field} is empty"]
    claim.setdefault("amount", [])
    claim.setdefault("where", [])
    claim.setdefault("when", None)
    found = places(claim["quote"], text)
    number = claim.get("occurrence") or 1
    if not found:
        return [f"the quote is not in the text: {claim['quote'][:60]!r}"]
    if not isinstance(number, int) or not 1 <= number <= len(found):
        return [f"the quote occurs {len(found)} times, not {number!r}"]
    if len(found) > 1 and not claim.get("occurrence"):
        out.append(f"the quote occurs {len(found)} times: say which: {claim['quote'][:60]!r}")
    claim["start"], claim["end"] = found[number - 1]
    quote = text[claim["start"]:claim["end"]]
    if not places(claim["predicate"], quote):
        out.append(f"the predicate {claim['predicate']!r} is not in the quote")
    return out + role_problems(claim, quote, table) + side_problems(claim, text)


def check(path, text, table):
    """Problems of one file, as (line, words); writes it back in order if there are none."""
    problems, claims, seen = [], [], {}
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        if not line.strip():
            continue
        try:
            claim = json.loads(line)
        except ValueError as error:
            problems.append((number, f"no JSON: {error}"))
            continue
        found = claim_problems(claim, text, table)
        if not found:
            key = json.dumps([claim["start"], claim["end"], claim["kind"], claim["predicate"], claim["roles"]], sort_keys=True)
            if key in seen:
                found.append(f"the same claim as line {seen[key]}")
            seen.setdefault(key, number)
        problems += [(number, words) for words in found]
        claims.append(claim)
    if not problems:
        claims.sort(key=lambda c: (c["start"], c["end"], c["kind"], c["predicate"], json.dumps(c["roles"], ensure_ascii=False)))
        lines = [json.dumps({f: c[f] for f in FIELDS if f in c}, ensure_ascii=False) + "\n" for c in claims]
        path.write_text("".join(lines), encoding="utf-8")
    return problems, len(claims)


def main():
    if len(sys.argv) < 3:
        sys.exit(__doc__)
    texts, folder, wanted = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    names = wanted or sorted(path.stem for path in texts.glob("*.txt"))
    table, total, claims, coming = kinds(), 0, 0, 0
    if not names:
        sys.exit(f"{texts}: no texts")
    for name in names:
        path = folder / f"{name}.jsonl"
        if not path.is_file():
            coming += 1
            continue
        problems, count = check(path, body(texts / f"{name}.txt"), table)
        claims += count
        total += len(problems)
        for line, words in problems:
            print(f"{path}:{line}: {words}")
    print(f"{claims} claims in {len(names) - coming} files")
    print(f"{total} problems, {coming} to come")
    sys.exit(1 if total else 0)


if __name__ == "__main__":
    main()
