"""Measures the way from bytes to claims on one thread and prints Markdown.

`gold speed` reads each file, annotates it and reads its times, amounts and claims,
with a clock on each stage. Peak memory is that of the whole process. The texts are
those of `annotate.py`; there is no peer that does the same.
"""
import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time

from annotate import ROOT, TARGET, TEXTS, WORK, Run, grown, say, table, texts

STAGES = {
    "read": "bytes to repaired text",
    "annotate": "sentences, trees, names",
    "times": "times",
    "amounts": "amounts",
    "claims": "claims",
}


def measured(options, files):
    """One run: its answer, with the peak of the process in MiB."""
    with tempfile.TemporaryFile() as out:
        run = Run([options.gold, "speed", *map(str, files)], out=out).sound()
        out.seek(0)
        answer = json.loads(out.read())
    answer["peak"] = run.peak
    answer["whole"] = sum(answer["seconds"].values())
    return answer


def speed(options):
    rows = []
    for language, name in (("en", "frus"), ("es", "spanish")):
        files, _ = texts(name, options.words)
        runs = [measured(options, files) for _ in range(options.rounds)]
        middle = statistics.median
        whole = middle(run["whole"] for run in runs)
        words, claims = runs[0]["words"], runs[0]["claims"]
        shares = [f"{100 * middle(run['seconds'][stage] for run in runs) / whole:.0f} %" for stage in STAGES]
        own = middle(run["seconds"]["claims"] for run in runs)
        say(f"{language}: {words / whole:.0f} words/s")
        rows.append(
            [
                f"{language}, {words:,} words of {len(files)} documents ({name})",
                f"**{words / whole:,.0f}**",
                *shares,
                f"{words / own:,.0f}",
                f"{claims:,}",
                f"{1000 * middle(run['load'] for run in runs):.0f} ms",
                f"{max(run['peak'] for run in runs):.0f}",
            ]
        )
    head = ["text, one thread", "words/s, bytes to claims", *STAGES.values(), "words/s, claims alone", "claims", "load", "peak MiB"]
    table(head, rows)
    print(f"\nBar: 15,000 words a second, at most 500 MB. Medians of {options.rounds} rounds.")


def curve(options):
    rows = []
    for part in (8, 4, 2, 1):
        path, size = grown("claims.txt", ("bytes", round(options.largest / part * 1_000_000)))
        run = measured(options, [path])
        cost = [f"{run['seconds'][stage] / size * 1e6:.2f}" for stage in STAGES]
        rows.append([f"{size / 1e6:.1f} MB", f"{run['words']:,}", f"{run['words'] / run['whole']:,.0f}", *cost, f"{run['peak']:.0f}"])
        say(f"{size / 1e6:.1f} MB: {run['whole']:.1f} s")
        path.unlink()
    table(["one document of", "words", "words/s", *(f"{stage}, s a MB" for stage in STAGES), "peak MiB"], rows)
    print("\nLinear cost is the same in every line. The program itself annotates a text of more than 4 MiB section by section; here it is held whole.")


PARTS = {"speed": speed, "curve": curve}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("parts", nargs="*", help=f"{', '.join(PARTS)} (default: all)")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--words", type=int, default=60_000, help="words of each language for speed")
    parser.add_argument("--largest", type=float, default=4, help="MB of the longest document of the curve; it halves three times")
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
    for part in options.parts or PARTS:
        say(f"== {part}")
        PARTS[part](options)


if __name__ == "__main__":
    main()
