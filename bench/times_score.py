"""One scorer for times of ours and of the peers, against the same keys.

All sides are put as `[start, end, earliest, latest, kind, value, day]`: offsets in
code points, days as ISO words, None where an end is open or nothing is known. A key
is `Key`. What is compared is what all can give, dates:

- overlap: what is found shares a word with a key. Pieces of one key are no mistake.
- right: it also lies inside the key's bounds, be it one day of them. Where the key is
  open to one side ("before 1985"), the named end itself will do (`1985`).
- same bounds: its first and last day are the key's.
- elsewhere: dated, shares a word with a dated key, and no day with it: plainly wrong.
- falsely exact: dated, shares a word with a key, and says less than the words leave
  open: narrower bounds inside the key's, or any where the key has none.
"""
import dataclasses
import datetime
import json
import pathlib
import re

AROUND = r"(?:the|in|on|at|of|for|during|over|throughout|from|and|el|la|los|las|en|del|de|durante|y)"
EDGES = re.compile(rf"^(?:{AROUND}\s+|\W)+|(?:\s+{AROUND}|\W)+$", re.IGNORECASE)


@dataclasses.dataclass
class Key:
    start: int
    end: int
    kind: str
    # Readings, each of first and last day; none for a length or a repetition.
    readings: list
    # A day may stand for its reckoning ("two weeks ago"), as the key has it.
    by_day: bool = False

    def dated(self):
        return any(first or last for first, last in self.readings)


@dataclasses.dataclass
class Count:
    keys: int = 0
    found: int = 0
    met: int = 0
    meets: int = 0
    extent: int = 0
    # Of dated keys, and of what is found with a date.
    dated: int = 0
    dates: int = 0
    hit: int = 0
    hits: int = 0
    same: int = 0
    sames: int = 0
    exact: int = 0
    elsewhere: int = 0

    def add(self, other):
        for field in dataclasses.fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
        return self


def f1(right_found, found, right_keys, keys):
    """Balanced mean of precision and recall, in per cent."""
    precision, recall = right_found / max(found, 1), right_keys / max(keys, 1)
    return 200 * precision * recall / max(precision + recall, 1e-9)


def narrow(text, start, end):
    """A stretch without words and signs at its edges that no value hangs on."""
    words = text[start:end]
    kept = EDGES.sub("", words)
    at = words.find(kept)
    return (start + at, start + at + len(kept)) if kept else (start, end)


def overlap(key, row):
    return key.start < row[1] and row[0] < key.end


def inside(first, last, reading):
    """Whether a stretch of days lies inside a reading."""
    low, high = reading
    from_low = low is None or (first is not None and first >= low)
    to_high = high is None or (last is not None and last <= high)
    return from_low and to_high


def named_end(reading, text, key):
    """The year that an open range names: `before 1985` ends where 1985 begins."""
    years = re.findall(r"\b(?:1\d|20)\d\d\b", text[key.start : key.end])
    if len(years) == 1 and None in reading:
        return (f"{years[0]}-01-01", f"{years[0]}-12-31")
    return None


def right(text, key, row):
    first, last = row[2], row[3]
    if first is None and last is None:
        return False
    readings = [*key.readings, *filter(None, (named_end(one, text, key) for one in key.readings))]
    day = row[6] if key.by_day else None
    return any(inside(first, last, one) or (day and inside(day, day, one)) for one in readings)


def elsewhere(text, key, row):
    """Whether no day can be both what is found and what the key means."""
    day = row[6] if key.by_day else None
    first, last = (day, day) if day else (row[2], row[3])
    readings = [*key.readings, *filter(None, (named_end(one, text, key) for one in key.readings))]
    return not any((first or "") <= (high or "9999") and (low or "") <= (last or "9999") for low, high in readings)


def falsely_exact(key, row):
    first, last = row[2], row[3]
    if first is None and last is None:
        return False
    if not key.dated():
        return key.kind in ("DATE", "TIME")
    fits = [one for one in key.readings if inside(first, last, one)]
    return bool(fits) and all((first, last) != tuple(one) for one in fits)


def compare(text, keys, rows):
    """Counts of one text. "Now" and its like, which the keys do not mark, are left out."""
    rows = [row for row in rows if not str(row[5]).endswith("_REF")]
    count = Count(keys=len(keys), found=len(rows))
    dated = [key for key in keys if key.dated()]
    dates = [row for row in rows if row[2] or row[3]]
    count.dated, count.dates = len(dated), len(dates)
    count.met = sum(any(overlap(key, row) for row in rows) for key in keys)
    count.meets = sum(any(overlap(key, row) for key in keys) for row in rows)
    marked = {narrow(text, row[0], row[1]) for row in rows}
    count.extent = sum(narrow(text, key.start, key.end) in marked for key in keys)
    for row in dates:
        met = [key for key in dated if overlap(key, row)]
        count.hits += any(right(text, key, row) for key in met)
        count.sames += any((row[2], row[3]) == tuple(one) for key in met for one in key.readings)
        count.elsewhere += bool(met) and all(elsewhere(text, key, row) for key in met)
        count.exact += any(falsely_exact(key, row) for key in keys if overlap(key, row))
    for key in dated:
        met = [row for row in dates if overlap(key, row)]
        count.hit += any(right(text, key, row) for row in met)
        count.same += any((row[2], row[3]) == tuple(one) for row in met for one in key.readings)
    return count


def figures(count):
    """Cells of a table: extent, overlap, right, same bounds as F1; falsely exact."""
    return [
        f"{f1(count.extent, count.found, count.extent, count.keys):.1f}",
        f"{f1(count.meets, count.found, count.met, count.keys):.1f}",
        f"**{f1(count.hits, count.dates, count.hit, count.dated):.1f}**",
        f"{100 * count.hits / max(count.dates, 1):.1f} / {100 * count.hit / max(count.dated, 1):.1f}",
        f"{f1(count.sames, count.dates, count.same, count.dated):.1f}",
        f"{count.elsewhere}",
        f"{count.exact}",
        f"{count.dates}",
    ]


HEAD = ["words F1", "overlap F1", "right F1", "right: precision / recall", "same bounds F1", "elsewhere", "falsely exact", "dates found"]


def gold(folder, data):
    """The settled gold set: name, document, keys of each passage."""
    made = []
    for file in sorted((folder / "settled").glob("*.tsv")):
        lines = file.read_text(encoding="utf-8").splitlines()
        where, day = lines[0].removeprefix("# ").split("\tdate ")
        passage = folder / "passages" / f"{file.stem}.txt"
        if passage.is_file():
            text = passage.read_bytes().decode("utf-8").split("\n", 2)[2]
        else:
            source, stretch = where.rsplit(" ", 1)
            first, last = map(int, stretch.split("-"))
            text = (data / source).read_bytes().decode("utf-8")[first:last]
        keys = []
        for line in lines[1:]:
            cells = [cell.strip() for cell in line.split("\t")] + [""] * 12
            if cells[0] != "T":
                continue
            start, end, kind = int(cells[1]), int(cells[2]), cells[4]
            if text[start:end].split() != cells[3].split():
                raise ValueError(f"{file}: {cells[3]!r} does not stand there, but {text[start:end]!r}")
            days = [None if cell in ("..", "", "~") or cell.startswith("P") else cell for cell in cells[6:8]]
            dated = kind in ("DATE", "TIME") and any(days)
            keys.append(Key(start, end, kind, [tuple(days)] if dated else []))
        document = {"text": text, "reference": None if day.strip() == "none" else day.strip(), "order": "mdy"}
        made.append((file.stem, document, keys))
    if not made:
        raise ValueError(f"{folder}: no settled passages")
    return made


def recognizers(data, language, order):
    """Parser cases of Recognizers-Text for days and ranges: name, document, keys.

    The end of a range is the day after it in most cases: that day counts as its end,
    and so does the day before it, where bounds must be the same.
    """
    made = []
    for kind in ("Date", "DatePeriod"):
        file = data / f"dates/{language}/{kind}Parser.json"
        for number, case in enumerate(json.loads(file.read_text(encoding="utf-8-sig"))):
            closed = any("dotnet" in case.get(what, "") for what in ("NotSupported", "NotSupportedByDesign"))
            keys = [key for result in case["Results"] if (key := recognized(case["Input"], result))]
            # A case without results says nothing of other types of times in it.
            if closed or not keys or len(keys) != len(case["Results"]):
                continue
            day = case.get("Context", {}).get("ReferenceDateTime", "2016-11-07")[:10]
            made.append((f"{kind} {number}", {"text": case["Input"], "reference": day, "order": order}, keys))
    return made


def recognized(text, result):
    words, value = result["Text"], result["Value"]
    start = text.lower().find(words.lower())
    readings = []
    for which in ("FutureResolution", "PastResolution"):
        told = value.get(which) or {}
        first = told.get("date") or told.get("startDate")
        last = told.get("date") or told.get("endDate")
        if first or last:
            readings.append((first, last))
            if last and last > (first or ""):
                readings.append((first, day_before(last)))
    if start < 0 or not readings:
        return None
    return Key(start, start + len(words), "DATE", readings, by_day=True)


def day_before(day):
    return (datetime.date.fromisoformat(day) - datetime.timedelta(days=1)).isoformat()


def written(path, documents):
    """Documents as lines of JSON, the form that every side reads."""
    pathlib.Path(path).write_text("".join(json.dumps(one) + "\n" for one in documents), encoding="utf-8")
