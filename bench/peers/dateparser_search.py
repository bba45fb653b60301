"""Peer: `dateparser`'s search, loaded once: `dateparser_search.py`.

Says one line of JSON about itself, then answers each line of JSON it is given:
`{"documents": PATH, "language": "en", "strategy": "split", "out": PATH or null}`
with the seconds from texts to dates. Its best settings: the language and the
document's day are told, years are taken from the past, paragraphs are given one by
one (it slows down on long texts), and the period of each date is asked for, so that
"1987" is a year and not a day of it.
"""
import calendar
import json
import re
import sys
import time
from datetime import date, datetime, timedelta
from importlib.metadata import version

started = time.perf_counter()
from dateparser.search import search_dates  # noqa: E402


def bounds(found, period):
    """First and last day of the period round a day."""
    day = found.date()
    if period == "year":
        return date(day.year, 1, 1), date(day.year, 12, 31)
    if period == "month":
        return day.replace(day=1), day.replace(day=calendar.monthrange(day.year, day.month)[1])
    if period == "week":
        monday = day - timedelta(days=day.weekday())
        return monday, monday + timedelta(days=6)
    return day, day


def place(text, words, start):
    """Where words stand, from a place on; they may have been put together anew."""
    at = text.find(words, start)
    if at >= 0:
        return at, at + len(words)
    pieces = re.findall(r"\w+", words)
    found = re.compile(r"\W*".join(map(re.escape, pieces)), re.IGNORECASE).search(text, start) if pieces else None
    return found.span() if found else None


def settings(document):
    # Where no day is known, a fixed one: today's would be another each day.
    base = datetime.fromisoformat(document.get("reference") or "2000-01-01")
    told = {"PREFER_DATES_FROM": "past", "RELATIVE_BASE": base}
    if document.get("order"):
        told["DATE_ORDER"] = document["order"].upper()
    return told


def paragraphs(text):
    return [(piece.start(), piece.group()) for piece in re.finditer(r"[^\n]+(?:\n(?!\s*\n)[^\n]+)*", text)]


def read(document, parts, language, strategy):
    told = settings(document)
    for start, part in parts:
        dates = search_dates(part, languages=[language], settings=told, strategy=strategy, add_period=True)
        yield start, part, dates or []


def rows(answers):
    """Dates with their places, and how many have none in the text."""
    made, lost = [], 0
    for offset, part, dates in answers:
        at = 0
        for words, found, period in dates:
            where = place(part, words, at) or place(part, words, 0)
            if where is None:
                lost += 1
                continue
            at = where[1]
            first, last = bounds(found, period)
            made.append([offset + where[0], offset + where[1], first.isoformat(), last.isoformat(), "DATE", period, found.date().isoformat()])
    return made, lost


def main():
    sample = search_dates("He left on 3 March 1998.", languages=["en"], add_period=True)
    about = {"name": f"dateparser {version('dateparser')}", "load": time.perf_counter() - started, "sample": str(sample)}
    if not sample or sample[0][1].date() != date(1998, 3, 3):
        sys.exit(f"dateparser does not work: {sample}")
    print(json.dumps(about), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        documents = [json.loads(one) for one in open(asked["documents"], encoding="utf-8")]
        parts = [paragraphs(document["text"]) for document in documents]
        start = time.perf_counter()
        answers = [list(read(*one, asked["language"], asked["strategy"])) for one in zip(documents, parts)]
        seconds = time.perf_counter() - start
        made = [rows(one) for one in answers]
        if asked.get("out"):
            with open(asked["out"], "w", encoding="utf-8") as out:
                out.writelines(json.dumps(found) + "\n" for found, _ in made)
        found = sum(len(dates) for one in answers for _, _, dates in one)
        print(json.dumps({"seconds": seconds, "found": found, "lost": sum(lost for _, lost in made)}), flush=True)


if __name__ == "__main__":
    main()
