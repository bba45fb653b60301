"""First and last day of a TIMEX3 value, so that all sides can be held to one measure."""
import calendar
import re
from datetime import date, timedelta

# Months of a season, from the first; winter ends in the next year.
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
NARROWER = {"START", "MID", "END"}


def month_end(year, month):
    """Last day of a month; months beyond December belong to the next year."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    return date(year, month, calendar.monthrange(year, month)[1])


def whole(value):
    """First day, last day and grain of a value without its modifier, or None."""
    value = re.sub(r"T.*$", "", value)
    if found := re.fullmatch(r"(\d{4})-(\d\d)-(\d\d)", value):
        day = date(*map(int, found.groups()))
        return day, day, "day"
    if found := re.fullmatch(r"(\d{4})-(\d\d)", value):
        year, month = map(int, found.groups())
        return date(year, month, 1), month_end(year, month), "month"
    if found := re.fullmatch(r"(\d{4})-W(\d\d)(-WE)?", value):
        monday = date.fromisocalendar(int(found[1]), int(found[2]), 1)
        return monday + timedelta(days=5 if found[3] else 0), monday + timedelta(days=6), "week"
    if found := re.fullmatch(r"(\d{4})-([QH])(\d)", value):
        length = 3 if found[2] == "Q" else 6
        first = date(int(found[1]), length * (int(found[3]) - 1) + 1, 1)
        return first, month_end(first.year, first.month + length - 1), "season"
    if found := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", value):
        first = date(int(found[1]), SEASONS[found[2]], 1)
        return first, month_end(first.year, first.month + 2), "season"
    if re.fullmatch(r"\d{4}|\d{3}|\d{2}", value):
        length = 10 ** (4 - len(value))
        first = int(value) * length
        grain = {1: "year", 10: "decade", 100: "century"}[length]
        return date(max(first, 1), 1, 1), date(first + length - 1, 12, 31), grain
    return None


def part(first, last, grain, modifier):
    """Early, middle or late part, as the guidelines of the gold set have it."""
    place = ("START", "MID", "END").index(modifier)
    if grain == "year":
        months = [(1, 4), (5, 8), (10, 12)][place]
        return date(first.year, months[0], 1), month_end(first.year, months[1])
    if grain == "month":
        days = [(1, 10), (11, 20), (21, last.day)][place]
        return first.replace(day=days[0]), first.replace(day=days[1])
    if grain == "decade":
        years = [(0, 4), (4, 6), (6, 9)][place]
        return date(first.year + years[0], 1, 1), date(first.year + years[1], 12, 31)
    # Of what has no such rule: its thirds.
    days = (last - first).days + 1
    return first + timedelta(days=days * place // 3), first + timedelta(days=max(days * (place + 1) // 3 - 1, days * place // 3))


def near(first, last, grain):
    """One unit more to each side."""
    if grain in ("day", "week"):
        unit = timedelta(days=1 if grain == "day" else 7)
        return first - unit, last + unit
    if grain in ("month", "season"):
        months = 1 if grain == "month" else 3
        before = month_end(first.year, first.month - months).replace(day=1)
        return before, month_end(last.year, last.month + months)
    years = {"year": 1, "decade": 10, "century": 100}[grain]
    return date(first.year - years, 1, 1), date(last.year + years, 12, 31)


def bounds(value, modifier=None):
    """First and last day as ISO words; None where an end is open or nothing is known."""
    try:
        known = whole(value)
        if known is None:
            return None, None
        first, last, grain = known
        if modifier in NARROWER:
            first, last = part(first, last, grain, modifier)
        elif modifier == "APPROX":
            first, last = near(first, last, grain)
        elif modifier == "BEFORE":
            first, last = None, first - timedelta(days=1)
        elif modifier == "AFTER":
            first, last = last + timedelta(days=1), None
        elif modifier == "ON_OR_BEFORE":
            first = None
        elif modifier == "ON_OR_AFTER":
            last = None
    except (ValueError, OverflowError):
        # A day that no calendar has.
        return None, None
    return first and first.isoformat(), last and last.isoformat()
