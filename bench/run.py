"""Runs Quipu and its peers on the same input, in turn, and prints ratios.

Each figure is of a whole process: wall seconds and peak memory as the kernel
accounts for them, the median of several rounds A B A B ..., so that a machine
whose speed drifts does not favour one side.
"""
import argparse
import os
import pathlib
import random
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PEERS = ROOT / "bench/peers"
DATA = pathlib.Path(os.environ.get("QUIPU_DATA", ROOT / "../shared/data")).resolve()
TARGET = pathlib.Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")).resolve()
QUIPU = str(TARGET / "release/quipu")
WORK = ROOT / "target/bench"


def run(command):
    """Wall seconds and peak MiB (largest single process) of one run."""
    start = time.perf_counter()
    child = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    return time.perf_counter() - start, usage.ru_maxrss / 1024, child.returncode


def beside(name, unit, count, ours, peers, rounds):
    """Ours beside each peer, in turn."""
    rows = {"quipu": ours, **peers}
    seconds = {who: [] for who in rows}
    memory = {who: [] for who in rows}
    for who, command in rows.items():
        # Quipu ends with 1 where a document was damaged; a peer that fails
        # would be compared by the time it takes to fail.
        _, _, code = run(command)
        if code not in ((0, 1) if who == "quipu" else (0,)):
            sys.exit(f"{name}: {who} ended with {code}: {' '.join(command[:4])} ...")
    for _ in range(rounds):
        for who, command in rows.items():
            wall, peak, _ = run(command)
            seconds[who].append(wall)
            memory[who].append(peak)
    print(f"\n{name}: {count} {unit}, {rounds} rounds")
    mine = statistics.median(seconds["quipu"])
    for who in rows:
        middle = statistics.median(seconds[who])
        note = "" if who == "quipu" else f"   quipu is {middle / mine:.1f}x as fast"
        print(
            f"  {who:<12} {count / middle:>9.1f} {unit}/s   {middle:6.2f} s "
            f"({min(seconds[who]):.2f}-{max(seconds[who]):.2f})   peak {max(memory[who]):6.0f} MiB{note}"
        )


def look(files):
    """What the whole reading stage costs: text, repair, fields, languages."""
    return [QUIPU, "read", "--dry-run", "--format", "json", "--threads", "1", "--ocr", "none", *files]


def pages(path):
    answer = subprocess.run(["pdfinfo", path], capture_output=True, text=True, check=False).stdout
    return next((int(line.split()[1]) for line in answer.splitlines() if line.startswith("Pages:")), 0)


def files_of(pattern, *folders):
    found = sorted(str(path) for folder in folders for path in pathlib.Path(folder).rglob(pattern))
    if not found:
        sys.exit(f"no {pattern} under {', '.join(map(str, folders))}; set QUIPU_DATA to the data folder")
    return found


def pdf(rounds):
    cables = files_of("*.pdf", DATA / "cables/pdf")
    beside("pdf, many small", "pages", sum(map(pages, cables)), look(cables), {"pdftotext": [str(PEERS / "pdf.sh"), *cables]}, rounds)
    ledger = files_of("*.pdf", DATA / "ledger")
    beside("pdf, one of tables", "pages", sum(map(pages, ledger)), look(ledger), {"pdftotext": [str(PEERS / "pdf.sh"), *ledger]}, rounds)


def html(rounds):
    found = files_of("*.html", ROOT / "demo/documents", DATA / "formats", DATA / "ledger")
    found = (found * 60)[: 60 * len(found)]
    peer = {"trafilatura": [sys.executable, str(PEERS / "text_of_html.py"), *found]}
    beside("html", "pages", len(found), look(found), peer, rounds)


def docx(rounds):
    found = files_of("*.docx", ROOT / "demo/documents", DATA / "formats")
    found = found * 60
    peers = {"python-docx": [sys.executable, str(PEERS / "words_of_docx.py"), *found]}
    beside("docx", "documents", len(found), look(found), peers, rounds)


WORDS = """the minister said that embassy report general payments court judge witness denied
night bridge river ledger officer army press cable letter signed money account bank before
after during arrested charged found testified retracted accused el la los las ministro dijo
informe general pagos tribunal juez testigo noche puente cuenta banco firmado antes""".split()


def write_pile(folder, count):
    """Small documents of invented words, the same for the same count."""
    chance = random.Random(7)
    names = [f"{a}{b}" for a in ("Ar", "Bel", "Cor", "Dan", "Es", "Fer", "Gal") for b in ("mona", "tina", "vales", "rueda", "quez")]
    for number in range(count):
        place = folder / f"{number // 1000:03}"
        if number % 1000 == 0:
            place.mkdir(parents=True)
        words = [chance.choice(names) if chance.random() < 0.08 else chance.choice(WORDS) for _ in range(chance.randrange(60, 260))]
        text = " ".join(words)
        day = f"{chance.randrange(1, 29):02}/{chance.randrange(1, 13):02}/{chance.randrange(1980, 2002)}"
        (place / f"{number:06}.txt").write_text(f"Document {number}\n\n{day}. {text.capitalize()}.\n", encoding="utf-8")


def whole(_rounds):
    """Bytes to searchable, everything included."""
    with tempfile.TemporaryDirectory(dir=WORK) as here:
        here = pathlib.Path(here)
        write_pile(here / "pile", 5000)
        wall, peak, code = run([QUIPU, "read", "--quiet", str(here / "pile"), "--archive", str(here / "a.quipu")])
        print(f"\nwhole: 5,000 small texts read, shelved and searchable: {5000 / wall:.0f} documents/s, peak {peak:.0f} MiB, exit {code}")


def main():
    benches = {"pdf": pdf, "html": html, "docx": docx, "whole": whole}
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("names", nargs="*", help=f"{', '.join(benches)} (default: all)")
    parser.add_argument("--rounds", type=int, default=5)
    options = parser.parse_args()
    WORK.mkdir(parents=True, exist_ok=True)
    for name in options.names or benches:
        if name not in benches:
            sys.exit(f"no bench `{name}`; there are {', '.join(benches)}")
        benches[name](options.rounds)


if __name__ == "__main__":
    main()
