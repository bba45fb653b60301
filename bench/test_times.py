"""Tests of the scorer of times: `bench/times.sh` runs them before it scores anyone."""
import unittest

from timex import bounds
from times_score import Key, compare, f1, figures, narrow

TEXT = "He left before 1985, came back in early May 1991 and stayed three years."
BEFORE = Key(8, 19, "DATE", [(None, "1984-12-31")])
EARLY = Key(34, 48, "DATE", [("1991-05-01", "1991-05-10")])
LENGTH = Key(60, 71, "DURATION", [])


def row(start, end, first, last, day=None):
    return [start, end, first, last, "DATE", "", day]


class Bounds(unittest.TestCase):
    def test_a_value_is_as_wide_as_it_is_written(self):
        for value, modifier, days in [
            ("1991-02-28", None, ("1991-02-28", "1991-02-28")),
            ("1992-02", None, ("1992-02-01", "1992-02-29")),
            ("1991", None, ("1991-01-01", "1991-12-31")),
            ("198", None, ("1980-01-01", "1989-12-31")),
            ("19", None, ("1900-01-01", "1999-12-31")),
            ("1991-Q2", None, ("1991-04-01", "1991-06-30")),
            ("1991-H2", None, ("1991-07-01", "1991-12-31")),
            ("1990-WI", None, ("1990-12-01", "1991-02-28")),
            ("1991-W01", None, ("1990-12-31", "1991-01-06")),
            ("1991-W01-WE", None, ("1991-01-05", "1991-01-06")),
            ("1991-03-02TEV", None, ("1991-03-02", "1991-03-02")),
            ("1991", "START", ("1991-01-01", "1991-04-30")),
            ("1991-05", "END", ("1991-05-21", "1991-05-31")),
            ("1991-01", "APPROX", ("1990-12-01", "1991-02-28")),
            ("1985", "BEFORE", (None, "1984-12-31")),
            ("1985", "ON_OR_AFTER", ("1985-01-01", None)),
        ]:
            self.assertEqual(bounds(value, modifier), days, (value, modifier))

    def test_what_is_no_day_has_none(self):
        for value in ("PRESENT_REF", "XXXX-05", "P3Y", "1991-02-30", "", "BC0300", "1991-W60"):
            self.assertEqual(bounds(value), (None, None), value)


class Scores(unittest.TestCase):
    def test_the_key_itself_is_all_right(self):
        rows = [row(8, 19, None, "1984-12-31"), row(34, 48, "1991-05-01", "1991-05-10"), row(60, 71, None, None)]
        count = compare(TEXT, [BEFORE, EARLY, LENGTH], rows)
        self.assertEqual(figures(count)[:5], ["100.0", "100.0", "**100.0**", "100.0 / 100.0", "100.0"])
        self.assertEqual((count.exact, count.elsewhere), (0, 0))

    def test_a_day_inside_is_right_and_falsely_exact(self):
        count = compare(TEXT, [EARLY], [row(40, 48, "1991-05-03", "1991-05-03")])
        self.assertEqual((count.hits, count.hit, count.same, count.exact), (1, 1, 0, 1))

    def test_wider_is_neither_right_nor_falsely_exact(self):
        count = compare(TEXT, [EARLY], [row(34, 48, "1991-05-01", "1991-05-31")])
        self.assertEqual((count.hits, count.exact, count.elsewhere), (0, 0, 0))

    def test_another_day_is_elsewhere(self):
        count = compare(TEXT, [EARLY], [row(34, 48, "1992-05-01", "1992-05-01")])
        self.assertEqual((count.hits, count.exact, count.elsewhere), (0, 0, 1))

    def test_the_named_end_of_an_open_range_will_do(self):
        count = compare(TEXT, [BEFORE], [row(15, 19, "1985-01-01", "1985-12-31")])
        self.assertEqual((count.hits, count.same, count.elsewhere), (1, 0, 0))

    def test_a_date_for_a_length_is_wrong_and_one_in_bare_words_too(self):
        count = compare(TEXT, [LENGTH], [row(60, 71, "1988-01-01", "1988-01-01"), row(0, 2, "1988-01-01", "1988-01-01")])
        self.assertEqual((count.dates, count.hits, count.meets, count.found), (2, 0, 1, 2))
        self.assertEqual(f1(count.hits, count.dates, count.hit, count.dated), 0)

    def test_now_is_neither_wanted_nor_held_against_anyone(self):
        now = [0, 2, None, None, "DATE", "PRESENT_REF", None]
        self.assertEqual(compare(TEXT, [EARLY], [now]).found, 0)

    def test_a_reckoned_day_counts_where_the_key_is_of_days(self):
        words = Key(34, 48, "DATE", [("1991-05-03", "1991-05-03")], by_day=True)
        vague = row(34, 48, "1991-05-01", "1991-05-06", "1991-05-03")
        self.assertEqual(compare(TEXT, [words], [vague]).hits, 1)
        words.by_day = False
        self.assertEqual(compare(TEXT, [words], [vague]).hits, 0)

    def test_edges_without_a_value_are_no_extent(self):
        self.assertEqual(narrow(TEXT, 31, 52), (34, 48))
        self.assertEqual(narrow("1987, the", 0, 9), (0, 4))


if __name__ == "__main__":
    unittest.main()
