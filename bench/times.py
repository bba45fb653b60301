"""Measures the readers of times and amounts beside `dateparser` and HeidelTime.

All sides read the same texts in the same run, in turn (A B C A B C ...), each in a
process that is loaded once, all on one processor. Only the work is timed, from texts
to expressions. A side that fails ends the run.
"""
import argparse
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import times_score
from annotate import ONE_THREAD, ROOT, TARGET, Run, say
from times_texts import articles, frus, prose, spanish

WORK = ROOT / "target/bench/times"
HERE = ROOT / "bench"
GOLD = ROOT / "cases/gold/times-amounts"
# Peers: command, and what each is asked beside language and documents.
PEERS = {
    "dateparser, split": ("dateparser_search.py", {"strategy": "split"}),
    "dateparser, ngram": ("dateparser_search.py", {"strategy": "ngram"}),
    "HeidelTime": ("heideltime.py", {}),
}
ORDERS = {"en": "mdy", "es": "dmy"}


class Side:
    """A process that answers lines of JSON."""

    def __init__(self, name, command):
        self.name = name
        self.log = WORK / f"{name.replace(', ', '-')}.log"
        with open(self.log, "w", encoding="utf-8") as errors:
            self.child = subprocess.Popen(
                list(map(str, command)),
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
                env={**os.environ, **ONE_THREAD},
            )
        self.about = self._answer()

    def _answer(self):
        line = self.child.stdout.readline()
        if not line:
            sys.exit(f"{self.name} ended with {self.child.wait()}: {self.log.read_text()[-500:]}")
        return json.loads(line)

    def on_processor(self):
        """Seconds that the first thread has had a processor."""
        told = pathlib.Path(f"/proc/{self.child.pid}/schedstat").read_text()
        return int(told.split()[0]) / 1e9

    def read(self, documents, language, **more):
        asked = {"documents": str(documents), "language": language, **more}
        try:
            self.child.stdin.write(json.dumps(asked) + "\n")
            self.child.stdin.flush()
        except BrokenPipeError:
            pass  # It has ended; the answer that does not come says so.
        return self._answer()


class Bench:
    def __init__(self, options):
        self.options = options
        self.data = pathlib.Path(options.data)
        self.page = []
        self.ours = Side("Quipu", [options.measure])
        self.peers = {}

    def say_line(self, line=""):
        print(line, flush=True)
        self.page.append(line)

    def table(self, head, rows):
        self.say_line()
        self.say_line("| " + " | ".join(head) + " |")
        self.say_line("|" + "---|" * len(head))
        for row in rows:
            self.say_line("| " + " | ".join(row) + " |")

    def sides(self):
        """The peers by name, with what each is asked; started on first use."""
        started = {}
        for name, (script, asked) in PEERS.items():
            if script not in self.peers:
                work = [WORK / "heideltime"] if script == "heideltime.py" else []
                self.peers[script] = Side(name.split(",")[0], [sys.executable, HERE / "peers" / script, *work])
                say(f"{name}: {self.peers[script].about}")
            started[name] = (self.peers[script], asked)
        return started

    def answers(self, side, documents, language, asked):
        """What a side finds in each document."""
        given, made = WORK / "documents.jsonl", WORK / "found.jsonl"
        times_score.written(given, documents)
        made.unlink(missing_ok=True)
        answer = side.read(given, language, out=str(made), **asked)
        rows = [json.loads(line) for line in made.read_text(encoding="utf-8").splitlines()]
        if len(rows) != len(documents):
            sys.exit(f"{side.name} read {len(rows)} of {len(documents)} documents")
        if not any(rows):
            sys.exit(f"{side.name} finds nothing in {len(documents)} documents: it does not work")
        if answer.get("lost"):
            say(f"{side.name}: {answer['lost']} dates whose words do not stand in the text are left out")
        return rows


def scores(bench):
    sets = [(f"gold, {part}", "en", one) for part, one in gold_parts(bench).items()]
    for language, name in (("en", "English"), ("es", "Spanish")):
        cases = times_score.recognizers(bench.data, language, ORDERS[language])
        sets.append((f"Recognizers, {name}", language, cases[:: bench.options.every]))
    rows = []
    for name, language, cases in sets:
        documents = [document for _, document, _ in cases]
        keys = sum(len(keys) for _, _, keys in cases)
        # Where one day must be given, all take the earlier.
        forced = {"undecided": "earlier" if name.startswith("Recognizers") else "open"}
        sides = {"Quipu": (bench.ours, forced), **bench.sides()}
        for who, (side, asked) in sides.items():
            found = bench.answers(side, documents, language, asked)
            count = times_score.Count()
            for (_, document, keys_here), here in zip(cases, found):
                count.add(times_score.compare(document["text"], keys_here, here))
            rows.append([f"{name}: {keys} times", who, *times_score.figures(count)])
            say(" | ".join(rows[-1]))
    bench.table(["set", "side", *times_score.HEAD], rows)


def gold_parts(bench):
    """Rules of ours were written on passages of even number; the others are kept apart."""
    parts = {"dev passages": [], "kept apart": []}
    for one in times_score.gold(GOLD, bench.data):
        parts["kept apart" if int(one[0]) % 2 else "dev passages"].append(one)
    return parts


def speed_texts(bench):
    """Texts by language: description, documents."""
    words = bench.options.words
    return {
        "en": ("FRUS and press", [*articles(bench.data), *frus(bench.data, words)]),
        "es": ("AnCora, GSD", spanish(bench.data, words)),
    }


def speed(bench):
    middle = statistics.median
    rows = []
    for language, (name, documents) in speed_texts(bench).items():
        given = WORK / f"speed-{language}.jsonl"
        times_score.written(given, documents)
        words = sum(len(one["text"].split()) for one in documents)
        first = WORK / "first.jsonl"
        times_score.written(first, documents[:2])
        ours = {"Quipu, times": {"amounts": False}, "Quipu, times and amounts": {"amounts": True}}
        sides = {who: (bench.ours, {"passes": bench.options.passes, **asked}) for who, asked in ours.items()}
        sides |= bench.sides()
        runs = {who: [] for who in sides}
        for side, asked in sides.values():
            side.read(first, language, **asked)
        for number in range(bench.options.rounds):
            for who, (side, asked) in sides.items():
                runs[who].append(side.read(given, language, **asked))
                say(f"{language} round {number + 1}, {who}: {words / runs[who][-1]['seconds']:,.0f} words/s")
        seconds = {who: middle(run["seconds"] for run in all_of) for who, all_of in runs.items()}
        base = seconds["Quipu, times"]
        base_rate = runs["Quipu, times"][0]["found"] / base
        for who, took in seconds.items():
            found = runs[who][0]["found"]
            if not found:
                sys.exit(f"{who} finds nothing in {words} words: it does not work")
            ratio = "" if who.startswith("Quipu") else f"**{took / base:,.0f}**"
            rate = "" if who.startswith("Quipu") else f"{base_rate / (found / took):,.0f}"
            cells = [f"{language}, {words:,} words of {len(documents)} documents ({name})", who, f"{words / took:,.0f}"]
            what = f"{found:,}" + (f" and {runs[who][0]['amounts']:,}" if "amounts" in who else "")
            found += runs[who][0].get("amounts", 0)
            rows.append([*cells, what, f"{found / took:,.0f}", ratio, rate])
    bench.table(["text, one processor", "side", "words/s", "found", "expressions/s", "our times: so often the words/s", "so often the expressions/s"], rows)
    bench.say_line(f"\nMedians of {bench.options.rounds} rounds. Bar: 20 times either peer.")


def share(bench):
    """What times and amounts are of the whole stage."""
    middle = statistics.median
    rows = []
    for language, (name, documents) in speed_texts(bench).items():
        files = []
        for number, document in enumerate(documents):
            files.append(WORK / f"share-{language}-{number}.txt")
            files[-1].write_text(document["text"], encoding="utf-8")
        given = WORK / f"speed-{language}.jsonl"
        times_score.written(given, documents)

        def whole(form, **more):
            command = [bench.options.quipu, "annotate", "--quiet", "--format", form, "--lang", language, "--threads", "1"]
            return Run([*command, *map(str, files)], **more).sound()

        made = WORK / "share.json"
        with open(made, "wb") as out:
            whole("json", out=out)
        told = [json.loads(line) for line in made.read_text(encoding="utf-8").splitlines()]
        if not any(one.get("times") for one in told) or not any(one.get("amounts") for one in told):
            sys.exit(f"{bench.options.quipu} annotate tells no times or no amounts: build it anew")
        seconds = {"json": [], "conllu": [], "times": [], "both": []}
        for _ in range(bench.options.rounds):
            for form in ("json", "conllu"):
                seconds[form].append(whole(form).worked)
            for what in ("times", "both"):
                before = bench.ours.on_processor()
                bench.ours.read(given, language, amounts=what == "both", passes=bench.options.passes)
                seconds[what].append((bench.ours.on_processor() - before) / bench.options.passes)
        json_took, conllu, times, both = (middle(seconds[what]) for what in ("json", "conllu", "times", "both"))
        words = sum(len(one["text"].split()) for one in documents)
        whole_stage = conllu + both
        rows.append(
            [
                f"{language}, {words:,} words ({name})",
                f"{conllu:.3f} s",
                f"{1000 * times:.1f} ms, {100 * times / whole_stage:.2f}%",
                f"{1000 * (both - times):.1f} ms, {100 * (both - times) / whole_stage:.2f}%",
                f"**{100 * both / whole_stage:.1f}%**",
                f"{json_took:.3f} s",
            ]
        )
        for file in files:
            file.unlink()
    head = ["text", "sentences, trees, names", "times", "amounts", "share of both in all", "all, written as JSON"]
    bench.table(head, rows)
    bench.say_line(
        "\nProcessor seconds. Sentences, trees and names: the whole process `quipu annotate --format conllu`, loading "
        "included; all: the same with `--format json`. Times and amounts: from the words alone."
    )


def curve(bench):
    """Cost against length."""
    sizes = [10_000, 100_000, 500_000, 1_000_000, 2_000_000]
    repeated = {
        "digits": "7",
        "`1,2,3,`": "1,2,3,",
        "`1 2 3 `": "1 2 3 ",
        "`31/31/31/`": "31/31/31/",
        "`May 1 `": "May 1 ",
        "`from 1 to `": "from 1 to ",
        "`$1.000,`": "$1.000,",
        "`two hundred `": "two hundred ",
    }
    text = prose(bench.data, sizes[-1])
    inputs = {"prose": lambda size: text[:size]}
    inputs |= {name: (lambda size, piece=piece: piece * (size // len(piece))) for name, piece in repeated.items()}
    rows = []
    given = WORK / "curve.jsonl"
    for name, make in inputs.items():
        cells, costs = [], []
        for size in sizes:
            made = make(size)
            times_score.written(given, [{"text": made, "reference": "1969-01-20"}])
            asked = {"amounts": True, "passes": max(1, 200_000 // size)}
            answers = [bench.ours.read(given, "en", **asked) for _ in range(bench.options.rounds)]
            answer = answers[0]
            costs.append(statistics.median(one["seconds"] for one in answers))
            per = f"{1e9 * costs[-1] / len(made):.0f}"
            if name == "prose":
                per += f" ({1e6 * costs[-1] / len(made.split()):.2f} µs a word)"
            cells.append(per)
            say(f"{name}, {size}: {costs[-1]:.4f} s")
        rows.append([name, *cells, f"{costs[-1] / costs[-2]:.2f}", f"{answer['found']:,} and {answer['amounts']:,}"])
    head = ["times and amounts: nanoseconds a character for", *(f"{size // 1000:,} kB" for size in sizes), "last doubling", "found in the last"]
    bench.table(head, rows)
    bench.say_line(f"\nMedians of {bench.options.rounds} rounds. Linear cost doubles with the length: 2.00.")


PARTS = {"scores": scores, "speed": speed, "share": share, "curve": curve}
# Parts that have peers.
BESIDE = ("scores", "speed")


def write(part, page):
    """Puts the tables of a part between its marks in the page of this folder."""
    path = HERE / "README.md"
    text = path.read_text(encoding="utf-8")
    first, last = f"<!-- times {part} -->", f"<!-- end of times {part} -->"
    if text.count(first) != 1 or text.count(last) != 1:
        sys.exit(f"{path} has not the two lines that the tables of {part} belong between")
    before, after = text.split(first)[0], text.split(last)[1]
    path.write_text(f"{before}{first}\n{page.strip()}\n{last}{after}", encoding="utf-8")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"{', '.join(PARTS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--passes", type=int, default=20, help="passes of ours in a round; the peers make one")
    parser.add_argument("--words", type=int, default=20_000, help="words of each language for speed")
    parser.add_argument("--every", type=int, default=1, help="only so manieth case of Recognizers-Text")
    parser.add_argument("--write", action="store_true", help="put the tables into bench/README.md")
    parser.add_argument("--data", default=os.environ.get("QUIPU_DATA", ROOT / "../shared/data"))
    parser.add_argument("--measure", default=str(TARGET / "release/examples/measure"))
    parser.add_argument("--quipu", default=str(TARGET / "release/quipu"))
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        sys.exit(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    WORK.mkdir(parents=True, exist_ok=True)
    # One processor for every side, helpers of the peers included.
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    bench = Bench(options)
    # A page that this run has written makes no other program.
    said = subprocess.run(
        ["git", "status", "--porcelain", "--", ".", ":!bench/README.md"], cwd=ROOT, capture_output=True, text=True, check=True
    ).stdout
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=True)
    changed = " with changes that are in no commit" if said.strip() else ""
    for part in options.parts or PARTS:
        say(f"== {part}")
        load_now = ", ".join(f"{one:.1f}" for one in os.getloadavg())
        names = [side.about["name"] for side, _ in bench.sides().values()] if part in BESIDE else []
        beside = f"; beside {' and '.join(dict.fromkeys(names))}" if names else ""
        bench.page = []
        bench.say_line(
            f"`{part}`, {time.strftime('%d %B %Y')}, Quipu at `{commit.stdout.strip()}`{changed}{beside}; "
            f"one of {os.cpu_count()} processors, load before {load_now}."
        )
        PARTS[part](bench)
        if options.write:
            write(part, "\n".join(bench.page))


if __name__ == "__main__":
    main()
