#!/usr/bin/env python3
"""That check.py and agree.py can fail: `python3 cases/gold/claims/test_check.py`."""
import copy
import io
import json
import tempfile
import unittest
from contextlib import redirect_stdout
from pathlib import Path

import agree
import check

TEXT = """Captain Abel Rosas never paid the union
4,000 dollars, the clerk said in May 1999. Rosas was arrested in Tacora. Rosas was arrested in Tacora."""
CLAIM = {
    "quote": "Captain Abel Rosas never paid the union", "kind": "payment", "subkind": None, "predicate": "never paid",
    "predicate_lemma": "pay",
    "roles": [{"role": "payer", "name": "Abel Rosas", "as_written": "Captain Abel Rosas"},
              {"role": "payee", "name": "union", "as_written": "the union"}],
    "amount": [{"value": 4000, "unit": "USD", "per": None, "as_written": "union 4,000 dollars"}],
    "when": {"edtf": "1999-05", "as_written": "in May 1999"}, "where": [{"name": "Tacora", "as_written": "Tacora"}],
    "polarity": "negative", "standing": "reported",
    "holders": [{"name": "clerk", "as_written": "the clerk", "cue": "said"}],
}


def problems(**changes):
    claim = copy.deepcopy(CLAIM)
    claim.update(changes)
    return check.claim_problems(claim, TEXT, check.kinds())


class Check(unittest.TestCase):
    def test_good_claim_passes_and_gets_its_place(self):
        claim = copy.deepcopy(CLAIM)
        self.assertEqual(check.claim_problems(claim, TEXT, check.kinds()), [])
        self.assertEqual((claim["start"], claim["end"]), (0, 39))

    def test_wrong_ones_fail(self):
        turned = [{"role": "payee", "name": "x", "as_written": None}, {"role": "payer", "name": None, "as_written": None}]
        outside = [dict(CLAIM["roles"][0], as_written="the clerk"), CLAIM["roles"][1]]
        empty = [dict(role, name=None, as_written=None) for role in CLAIM["roles"]]
        for changes in (
            {"quote": "Rosas paid"}, {"quote": "Rosas was arrested", "predicate": "arrested"}, {"kind": "gift"},
            {"predicate": "paid never"}, {"roles": turned}, {"roles": outside}, {"roles": empty, "when": None, "where": [], "amount": []},
            {"roles": CLAIM["roles"] + [{"role": "post", "name": "x", "as_written": None}]},
            {"standing": "said"}, {"polarity": "yes"}, {"holders": []}, {"holders": [{"name": "he", "as_written": "nobody"}]},
            {"when": {"edtf": "May 1999", "as_written": "in May 1999"}}, {"when": {"edtf": "1999-05", "as_written": "in June"}},
            {"amount": [{"unit": "USD", "per": None, "as_written": "4,000 dollars"}]}, {"where": [{"name": "", "as_written": "Tacora"}]},
            {"speaker": "x"}, {"occurrence": 2},
        ):
            self.assertTrue(problems(**changes), changes)

    def test_spanish_pronoun_on_the_verb_is_found_other_ends_of_words_are_not(self):
        self.assertEqual(check.places("lo", "quiso entregarlo"), [(14, 16)])
        self.assertEqual(check.places("union", "reunion"), [])

    def test_edtf(self):
        for good in ("1999", "199X", "1999-05-03", "1999~", "../1992-06", "1994/..", "1988/1989", "1991-01~/1991-04~",
                     "1989-24", "[1996,1997]", "1992-03-13T21:00", "1991-06-30T21:00Z"):
            self.assertIsNone(check.edtf_problem(good), good)
        for bad in ("May", "1999-13", "1999-02-30", "1999/1998", "1999-5", "../..", "", None, "1999 "):
            self.assertIsNotNone(check.edtf_problem(bad), bad)

    def test_every_kind_of_the_contract_has_its_row(self):
        contract = """payment supply trafficking seizure ownership appointment dismissal position membership representation
            family association support opposition command creation protection threat meeting travel announcement request
            agreement publication investigation accusation arrest charge trial conviction sentence acquittal imprisonment
            extradition killing abduction abuse attack election open"""
        self.assertEqual(sorted(contract.split()), sorted(check.kinds()))


class Agree(unittest.TestCase):
    def compare(self, *pairs):
        """The report on one text per pair of lists of claims."""
        with tempfile.TemporaryDirectory() as folder:
            base = Path(folder)
            for part in ("texts", "a", "b"):
                (base / part).mkdir()
            for number, both in enumerate(pairs):
                (base / "texts" / f"{number:03}.txt").write_text(f"x\ten\t0-1\n\n{TEXT}\n")
                for part, claims in zip("ab", both):
                    path = base / part / f"{number:03}.jsonl"
                    path.write_text("".join(json.dumps(claim) + "\n" for claim in claims))
                    self.assertEqual(check.check(path, TEXT, check.kinds())[0], [])
            out = io.StringIO()
            agree.sys.argv = ["agree.py", str(base / "texts"), str(base / "a"), str(base / "b")]
            with redirect_stdout(out):
                agree.main()
            return out.getvalue()

    def test_same_is_one_and_different_is_less(self):
        arrest = {**copy.deepcopy(CLAIM), "quote": "Rosas was arrested", "occurrence": 1, "kind": "arrest", "predicate": "was arrested",
                  "roles": [{"role": "agent", "name": None, "as_written": None}, {"role": "arrested", "name": "Abel Rosas", "as_written": "Rosas"}]}
        again = {**copy.deepcopy(arrest), "occurrence": 2}
        turned = {**copy.deepcopy(CLAIM), "standing": "alleged", "holders": [], "when": None, "amount": []}
        turned["roles"] = [{**CLAIM["roles"][1], "role": "payer"}, {**CLAIM["roles"][0], "role": "payee"}]
        same = self.compare(([CLAIM, arrest], [CLAIM, arrest]))
        self.assertIn("F1 1.000  2 pairs", same)
        self.assertNotIn("0.5", same)
        other = self.compare(([CLAIM, arrest], [turned, again]))
        for line in ("found (predicate)    F1 0.500", "found (roles)        F1 0.000", "direction            0.000", "standing             0.000",
                     "holder (nearest)     0.000", "time                 0.000", "amount               0.000", "polarity             1.000"):
            self.assertIn(line, other)


if __name__ == "__main__":
    unittest.main()
