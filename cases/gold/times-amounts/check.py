#!/usr/bin/env python3
"""Checks annotations of times and amounts, and fills in what follows from them.

    check.py PASSAGES ANNOTATIONS [NNN ...]

For each ANNOTATIONS/NNN.tsv: finds the offsets where only words are given,
verifies them where they stand, checks the syntax of every value, fills in the
first and last day that an EDTF value means, sorts the rows and writes the file
back in twelve columns:

    T|A  start  end  words  kind  value  earliest|low  latest|high  unit  per  anchored_on  note

Offsets are code points of the passage's text, which begins on its third line. A
row may leave `start` and `end` empty: the words are then looked for; the start
column may say `#2` for their second place. Lines with `#` in the first column
and empty lines are kept out. A file that must say there is nothing is empty.
"""
import calendar
import re
import sys
from datetime import date, timedelta
from pathlib import Path

TIMES = {"DATE", "TIME", "DURATION", "SET"}
AMOUNTS = {"MONEY", "COUNT", "MEASURE", "PERCENT", "RANK"}
COLUMNS = 12
DAY = re.compile(r"(\d\d\d\d)-(\d\d)-(\d\d)")
NUMBER = re.compile(r"-?\d+(\.\d+)?(/\d+)?")
LENGTH = re.compile(r"P(?=.)((\d+(\.\d+)?|X)[YMWD])*(T((\d+(\.\d+)?|X)[HMS])+)?")
REPEAT = re.compile(r"XXXX(-WXX-[1-7]|-\d\d(-\d\d)?)?|T\d\d(:\d\d)?")
SEASONS = {  # first month (in the year before where negative), months
    "21": (3, 3), "22": (6, 3), "23": (9, 3), "24": (12, 3),
    "33": (1, 3), "34": (4, 3), "35": (7, 3), "36": (10, 3),
    "37": (1, 4), "38": (5, 4), "39": (9, 4), "40": (1, 6), "41": (7, 6),
}


def last_of(year, month):
    return date(year, month, calendar.monthrange(year, month)[1])


def months_on(year, month, more):
    total = year * 12 + month - 1 + more
    return total // 12, total % 12 + 1


def span(part):
    """First and last day of one EDTF date, the mark `~` as one unit to each side."""
    fuzzy = part.endswith(("~", "?", "%"))
    part = part.rstrip("~?%")
    part = re.sub(r"T\d\d(:\d\d){0,2}(Z|[+-]\d\d(:\d\d)?)?$", "", part)
    if re.fullmatch(r"\d\dXX", part):
        first, last, unit = date(int(part[:2]) * 100 or 1, 1, 1), date(int(part[:2]) * 100 + 99, 12, 31), None
    elif re.fullmatch(r"\d\d\dX", part):
        first, last, unit = date(int(part[:3]) * 10, 1, 1), date(int(part[:3]) * 10 + 9, 12, 31), None
    elif re.fullmatch(r"\d\d\d\d", part):
        year = int(part)
        first, last, unit = date(year, 1, 1), date(year, 12, 31), "year"
    elif re.fullmatch(r"\d\d\d\d-XX-XX|\d\d\d\d-XX", part):
        return span(part[:4])
    elif re.fullmatch(r"\d\d\d\d-\d\d-XX", part):
        return span(part[:7])
    elif re.fullmatch(r"\d\d\d\d-\d\d", part):
        year, month = int(part[:4]), int(part[5:])
        if part[5:] in SEASONS:
            start, length = SEASONS[part[5:]]
            year_end, month_end = months_on(year, start, length - 1)
            return date(year, start, 1), last_of(year_end, month_end), None
        first, last, unit = date(year, month, 1), last_of(year, month), "month"
    elif DAY.fullmatch(part):
        first = last = date.fromisoformat(part)
        unit = "day"
    else:
        raise ValueError(f"not an EDTF date: {part}")
    return first, last, unit if fuzzy else None


def widened(first, last, unit):
    if unit == "year":
        return date(first.year - 1, 1, 1), date(last.year + 1, 12, 31)
    if unit == "month":
        before, after = months_on(first.year, first.month, -1), months_on(last.year, last.month, 1)
        return date(*before, 1), last_of(*after)
    if unit == "day":
        return first - timedelta(1), last + timedelta(1)
    return first, last


def bounds(edtf):
    """Earliest and latest of an EDTF value, `..` where open."""
    if edtf.startswith("["):
        inside = edtf[1:-1].split(",")
        ends = [widened(*span(part)) for part in inside]
        return min(e[0] for e in ends).isoformat(), max(e[1] for e in ends).isoformat()
    if "/" in edtf:
        left, right = edtf.split("/")
        first = ".." if left in ("..", "") else span(left)[0].isoformat()
        last = ".." if right in ("..", "") else span(right)[1].isoformat()
        if first != ".." != last and first > last:
            raise ValueError(f"ends before it begins: {edtf}")
        return first, last
    first, last = widened(*span(edtf))
    return first.isoformat(), last.isoformat()


def body_of(path):
    head, empty, body = path.read_text(encoding="utf-8").split("\n", 2)
    if empty or "\tdate " not in head:
        raise ValueError(f"{path}: not a passage")
    return body.rstrip("\n")


def offsets(row, body, say):
    words = row[3]
    if row[1].isdigit() and row[2].isdigit():
        start, end = int(row[1]), int(row[2])
        if " ".join(body[start:end].split()) != " ".join(words.split()):
            say(f"{start}..{end} holds {body[start:end]!r}, not {words!r}")
        return
    pattern = r"\s+".join(re.escape(word) for word in words.split())
    if words[:1].isalnum():
        pattern = r"(?<!\w)" + pattern
    if words[-1:].isalnum():
        pattern += r"(?!\w)"
    found = [match.span() for match in re.finditer(pattern, body)]
    which = 1
    if row[1].startswith("#") and row[1][1:].isdigit():
        which = int(row[1][1:])
    elif row[1]:
        say(f"start is neither a number nor #n: {row[1]!r}")
    elif len(found) > 1:
        say(f"{words!r} stands {len(found)} times: say which with #n in the start column")
    if not 1 <= which <= len(found):
        say(f"{words!r} not found" if not found else f"{words!r} stands only {len(found)} times")
        return
    row[1], row[2] = (str(offset) for offset in found[which - 1])


def check_time(row, say):
    kind, value = row[4], row[5]
    if kind not in TIMES:
        say(f"no kind of time: {kind!r}")
    if row[8] or row[9]:
        say("a time has neither unit nor per")
    if value == "?":
        return
    if kind in ("DATE", "TIME") and not value.startswith("T"):
        try:
            first, last = bounds(value)
        except ValueError as error:
            say(str(error))
            return
        row[6], row[7] = row[6] or first, row[7] or last
        for place in (6, 7):
            if row[place] != ".." and not DAY.fullmatch(row[place]):
                say(f"a bound is a day or `..`: {row[place]!r}")
    elif not (LENGTH.fullmatch(value) or (kind in ("SET", "TIME") and REPEAT.fullmatch(value))):
        say(f"not a length or repetition: {value!r}")


def check_amount(row, say):
    kind, value, low, high = row[4:8]
    if kind not in AMOUNTS:
        say(f"no kind of amount: {kind!r}")
    if value and not NUMBER.fullmatch(value):
        say(f"not a plain number: {value!r}")
    if not value and not (low or high):
        say("neither value nor bounds")
    for bound in (low, high):
        if bound not in ("", "..", "~") and not NUMBER.fullmatch(bound):
            say(f"a bound is a plain number, `..` or `~`: {bound!r}")
    if bool(low) != bool(high):
        say("one bound alone: write `..` or `~` for the other")
    if kind != "RANK" and not row[8]:
        say("no unit: write `?` where the words do not tell it")
    if kind == "MONEY" and not (row[8] == "?" or re.fullmatch(r"[A-Z]{3}( [A-Z]{3})*", row[8])):
        say(f"the unit of money is an ISO 4217 code (several where undecided): {row[8]!r}")
    if kind == "PERCENT" and row[8] not in ("%", "1"):
        say("the unit of a share is `%`, or `1` for a fraction")


def main():
    passages, folder = Path(sys.argv[1]), Path(sys.argv[2])
    wanted = sys.argv[3:] or sorted(path.stem for path in folder.glob("[0-9]*.tsv"))
    wrong = 0
    counts = {"T": 0, "A": 0}
    for name in wanted:
        body = body_of(passages / f"{name}.txt")
        rows, before = [], wrong
        for number, line in enumerate((folder / f"{name}.tsv").read_text(encoding="utf-8").splitlines(), 1):
            if not line.strip() or line.startswith("#"):
                continue
            row = [cell.strip() for cell in line.split("\t")]
            problems = []
            if len(row) < 6 or len(row) > COLUMNS:
                problems.append(f"{len(row)} columns, not 6 to {COLUMNS}")
            row += [""] * (COLUMNS - len(row))
            if row[0] not in counts:
                problems.append(f"first column is T or A, not {row[0]!r}")
            else:
                offsets(row, body, problems.append)
                (check_time if row[0] == "T" else check_amount)(row, problems.append)
                counts[row[0]] += 1
            for problem in problems:
                print(f"{name}.tsv line {number}: {problem}")
            wrong += len(problems)
            rows.append(row)
        if wrong == before:
            rows.sort(key=lambda row: (int(row[1]), int(row[2]), row[0]))
            for kind in counts:
                mine = [row for row in rows if row[0] == kind]
                for left, right in zip(mine, mine[1:]):
                    if int(right[1]) < int(left[2]):
                        print(f"{name}.tsv: {left[3]!r} and {right[3]!r} overlap")
                        wrong += 1
            text = "".join("\t".join(row) + "\n" for row in rows)
            (folder / f"{name}.tsv").write_text(text, encoding="utf-8")
    missing = {path.stem for path in passages.glob("*.txt")} - {path.stem for path in folder.glob("*.tsv")}
    print(f"{len(wanted)} passages, {counts['T']} times, {counts['A']} amounts, {wrong} problems, {len(missing)} passages to come")
    sys.exit(1 if wrong else 0)


if __name__ == "__main__":
    main()
