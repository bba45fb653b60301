#!/usr/bin/env python3
"""Checks KEY.toml against the plain sources: files, quotes, garbled forms, names, ids, dates, sums.

    python3 demo/src/check_key.py              # says what is wrong; exit status 1 if anything is
    python3 demo/src/check_key.py --self-test  # spoils a copy of the key in many ways; each must be noticed

Standard library only.
"""

import copy
import email
import html
import re
import sys
import tomllib
import zipfile
from pathlib import Path

sys.dont_write_bytecode = True
import garble  # noqa: E402

DEMO = Path(__file__).resolve().parent.parent
TEXTS = DEMO / "src" / "texts"
KINDS = set(
    "payment supply trafficking seizure ownership appointment dismissal position membership representation family "
    "association support opposition command creation protection threat meeting travel announcement request agreement "
    "publication investigation accusation arrest charge trial conviction sentence acquittal imprisonment extradition "
    "killing abduction abuse attack election open".split())
STANDINGS = set("asserted reported alleged testified found denied retracted planned".split())
TYPES = {"place", "date", "amount", "count", "outcome", "affirmed-denied", "self", "retraction"}
LEAST = {"document": 28, "entity": 60, "event": 50, "sum": 40, "time": 60, "contradiction": 12, "near_miss": 5, "repeat": 5, "change": 3, "garbled": 4, "scan": 10}
DATE = r"(\d{4}|\d{3}X)(-\d\d(-\d\d(T\d\d:\d\d)?)?)?[~?%]?"
EDTF = re.compile(rf"({DATE}|\.\.)(/({DATE}|\.\.))?|\[{DATE},{DATE}\]|P(\d+Y)?(\d+M)?")


def norm(text):
    return " ".join(text.split())


def source(file):
    """The plain source of a document as it is kept, or None."""
    path = TEXTS / (file + ".txt")
    return path.read_text(encoding="utf-8") if path.is_file() else None


def reading(file):
    """The document as a person reads it: marks taken off, tracked changes accepted, notes and comments at the end."""
    text = source(file)
    if text is None:
        return ""
    aside = re.findall(r"\{\^(.*?)\^\}", text) + re.findall(r"\{#[^|]*\|(.*?)#\}", text) + re.findall(r"\{#([^|]*)\|", text)
    text = re.sub(r"\{-.*?-\}|\{\^.*?\^\}|\{#.*?#\}", "", text)
    text = re.sub(r"\{\+(.*?)\+\}", r"\1", text)
    text = re.sub(r"(?m)^(#{1,3} |@ |= |- )", "", text).replace("**", "")
    text = re.sub(r"(?m)^=== .* ===$", "", text)
    return text + "\n" + "\n".join(aside)


def spoilt(file):
    """The source as the made file has it, for the documents that are garbled."""
    text = reading(file)
    if file.endswith("norhaven-courier-2001-08-19.html"):
        return "\n\n".join(garble.courier_2001(text.strip("\n").split("\n\n")))
    if file.endswith("ventana-sarmiria-1999-02-10.html"):
        return garble.utf8_as_cp1252(text)
    if file.endswith(".mbox"):
        return garble.herald_mbox(text)
    if file.endswith("LEEME.txt"):
        return garble.zip_readme(text)
    return None


def as_garbled(file, quote):
    """How a quote stands in a garbled document, or None where it stands unharmed."""
    bad = spoilt(file)
    if bad is None or norm(quote) in norm(bad):
        return None
    ways = [garble.utf8_as_cp1252, garble.macroman_as_cp1252, garble.cp1252_as_macroman,
            lambda q: garble.cp1252_as_macroman(q, "’‘"), garble.zip_readme]
    for way in ways:
        if norm(way(quote)) in norm(bad):
            return norm(way(quote))
    return None


def made(file):
    """The text of a garbled document as it was made, tags taken off."""
    path = DEMO / "documents" / outer(file)
    if path.suffix == ".zip":
        with zipfile.ZipFile(path) as archive:
            return archive.read(file.split(".zip/")[1]).decode("utf-8")
    text = path.read_text(encoding="utf-8")
    return html.unescape(re.sub(r"<[a-z/!][^>]*>", " ", text)) if path.suffix == ".html" else text


def outer(file):
    """The file on disk that holds a document: the archive or the mail for what lies inside one."""
    return re.sub(r"(\.zip|\.eml|\.msg)/.*", r"\1", file)


def says_fiction(file):
    """Whether a made file carries the notice; PDF pages are not read here, scans are by their true text."""
    path = DEMO / "documents" / outer(file)
    if not path.is_file() or path.suffix == ".pdf":
        return True
    truths = sorted((DEMO / "src" / "truth").glob(path.stem + "-p*.txt"))
    data = b"\n".join(p.read_bytes() for p in truths) or path.read_bytes()
    texts = [data.decode(code, "replace") for code in ("utf-8", "cp1252", "utf-16-le")]
    if path.suffix in (".eml", ".mhtml"):
        parts = [p.get_payload(decode=True) or b"" for p in email.message_from_bytes(data).walk()]
        texts = [p.decode(code, "replace") for p in parts for code in ("utf-8", "cp1252")]
    if data[:2] == b"PK":
        with zipfile.ZipFile(path) as archive:
            texts = [archive.read(n).decode("utf-8", "replace") for n in archive.namelist()]
    said = norm(" ".join(texts)).casefold()
    said = re.sub(r"\\'([0-9a-f]{2})", lambda m: bytes.fromhex(m[1]).decode("cp1252"), re.sub(r"\\u(\d+)\?", lambda m: chr(int(m[1])), said))
    notices = ["fiction written for the quipu demo dossier", "ficción escrita para el expediente de demostración de quipu"]
    return any(n in said or garble.utf8_as_cp1252(n).casefold() in said for n in notices)


def problems(key):
    """Everything wrong with the key, one line each."""
    bad = []
    texts = {}

    def text_of(file):
        if file not in texts:
            texts[file] = norm(reading(file))
        return texts[file]

    for kind, least in LEAST.items():
        if len(key.get(kind, [])) < least:
            bad.append(f"{kind}: {len(key.get(kind, []))} of at least {least}")
    files, ids = set(), set()
    for document in key["document"]:
        file = document["file"]
        files.add(file)
        if not (DEMO / "documents" / outer(file)).is_file():
            bad.append(f"document {file}: no such file")
        if source(file) is None and not file.endswith(".zip"):
            bad.append(f"document {file}: no plain source")
        if not says_fiction(file):
            bad.append(f"document {file}: does not say that it is fiction")
        if document.get("title") and norm(document["title"]) not in text_of(file):
            bad.append(f"document {file}: its title is not in it")
        if not EDTF.fullmatch(document["date"]):
            bad.append(f"document {file}: date {document['date']}")
        for cited in document.get("cites", []):
            if cited not in {d["file"] for d in key["document"]}:
                bad.append(f"document {file}: cites unknown {cited}")
        for field, value in document.get("cable", {}).items():
            for one in value if isinstance(value, list) else value.split("; "):
                if one not in text_of(file):
                    bad.append(f"document {file}: cable {field} {one!r} is not in it")
        if document.get("revision") and norm(document["revision"]) not in text_of(file):
            bad.append(f"document {file}: its revision line is not in it")
    on_disk = {str(p.relative_to(DEMO / "documents")) for p in (DEMO / "documents").rglob("*") if p.is_file()}
    for stray in sorted(on_disk - {outer(f) for f in files}):
        bad.append(f"document {stray}: not in the key")
    for kind in ("entity", "event", "sum", "time", "contradiction", "near_miss", "change", "repeat"):
        for entry in key[kind]:
            if entry["id"] in ids:
                bad.append(f"{kind} {entry['id']}: id used twice")
            ids.add(entry["id"])
    entities = {e["id"] for e in key["entity"]}
    events = {e["id"] for e in key["event"]}

    def quoted(where, entry):
        file = entry["file"]
        if file not in files:
            bad.append(f"{where}: unknown file {file}")
        elif norm(entry["quote"]) not in text_of(file):
            bad.append(f"{where}: not in {file}: {entry['quote']!r}")
        elif entry.get("as_garbled") != as_garbled(file, entry["quote"]):
            bad.append(f"{where}: as_garbled should be {as_garbled(file, entry['quote'])!r}")

    def known(where, name, among):
        if name not in among:
            bad.append(f"{where}: unknown id {name}")

    for entity in key["entity"]:
        where = f"entity {entity['id']}"
        if entity["kind"] not in ("PER", "ORG", "LOC", "OTHER"):
            bad.append(f"{where}: kind {entity['kind']}")
        if not entity.get("names"):
            bad.append(f"{where}: no name")
        for name in entity.get("names", []):
            for file in name["files"]:
                if norm(name["text"]) not in text_of(file):
                    bad.append(f"{where}: {name['text']!r} not in {file}")
        for other in entity.get("not", []):
            known(where, other, entities)
    for event in key["event"]:
        where = f"event {event['id']}"
        if event["kind"] not in KINDS:
            bad.append(f"{where}: kind {event['kind']}")
        if not EDTF.fullmatch(event["edtf"]):
            bad.append(f"{where}: date {event['edtf']}")
        for role in event["roles"]:
            if "entity" in role:
                known(where, role["entity"], entities)
            for other in role.get("alleged", []):
                known(where, other, entities)
            if "event" in role:
                known(where, role["event"], events)
        for account in event["accounts"]:
            quoted(where, account)
            if account["standing"] not in STANDINGS:
                bad.append(f"{where}: standing {account['standing']}")
            if "edtf" in account and not EDTF.fullmatch(account["edtf"]):
                bad.append(f"{where}: date {account['edtf']}")
            if "as_written" in account and norm(account["as_written"]) not in norm(account["quote"]):
                bad.append(f"{where}: {account['as_written']!r} is not in its quote")
            for holder in account.get("holders", []):
                if re.match(r"[pol]-", holder):
                    known(where, holder, entities)
    for kind in ("sum", "time"):
        for entry in key[kind]:
            where = f"{kind} {entry['id']}"
            quoted(where, entry)
            if entry["as_written"] not in entry["quote"]:
                bad.append(f"{where}: {entry['as_written']!r} is not in its quote")
            if "event" in entry:
                known(where, entry["event"], events)
            if kind == "time" and not EDTF.fullmatch(entry["edtf"]):
                bad.append(f"{where}: date {entry['edtf']}")
            anchor = re.fullmatch(r"story: (e-.*)", entry.get("anchored_on", ""))
            if anchor:
                known(where, anchor[1], events)
    for entry in key["contradiction"]:
        where = f"contradiction {entry['id']}"
        known(where, entry["event"], events)
        if entry["type"] not in TYPES:
            bad.append(f"{where}: type {entry['type']}")
        if len(entry["accounts"]) < 2:
            bad.append(f"{where}: fewer than two accounts")
        for account in entry["accounts"]:
            quoted(where, account)
    for entry in key["near_miss"]:
        for account in entry["accounts"]:
            quoted(f"near miss {entry['id']}", account)
    for entry in key["change"]:
        for step in entry["steps"]:
            known(f"change {entry['id']}", step["event"], events)
    for entry in key["repeat"]:
        for file in (entry["file"], entry["of"]):
            if file not in files:
                bad.append(f"repeat {entry['id']}: unknown file {file}")
        for quote in entry["quotes"]:
            quoted(f"repeat {entry['id']}", quote)
    for entry in key["garbled"]:
        file = entry["file"]
        sound, harmed = reading(file).split(), (spoilt(file) or "").split()
        found = {(a, b) for a, b in zip(sound, harmed) if a != b}
        if len(sound) != len(harmed) or found != {(w["word"], w["as_garbled"]) for w in entry["words"]}:
            bad.append(f"garbled {file}: its words are not those of the spoilt source")
        in_file = set(made(file).split())
        for word in entry["words"]:
            if word["as_garbled"] not in in_file:
                bad.append(f"garbled {file}: {word['as_garbled']!r} is not in the made file")
    for entry in key["scan"]:
        if not (DEMO / "documents" / entry["file"]).is_file():
            bad.append(f"scan {entry['file']}: no such file")
        if not (DEMO / entry["text"]).is_file():
            bad.append(f"scan {entry['file']}: no true text {entry['text']}")
    return bad


def self_test(key):
    """Each spoiling must be noticed; the names of those that were not."""
    spoilings = {
        "quote": lambda k: k["event"][0]["accounts"][0].update(quote="words nobody wrote"),
        "file": lambda k: k["document"][0].update(file="press/none.html"),
        "entity": lambda k: k["event"][3]["roles"][0].update(entity="p-nobody"),
        "not": lambda k: k["entity"][0].update({"not": ["p-nobody"]}),
        "name": lambda k: k["entity"][0]["names"][0].update(text="Nobody At All"),
        "kind": lambda k: k["event"][0].update(kind="wedding"),
        "date": lambda k: k["time"][0].update(edtf="last Tuesday"),
        "sum": lambda k: k["sum"][0].update(as_written="a fortune"),
        "event": lambda k: k["contradiction"][0].update(event="e-none"),
        "double id": lambda k: k["sum"][1].update(id=k["sum"][0]["id"]),
        "standing": lambda k: k["event"][0]["accounts"][0].update(standing="sworn"),
        "scan": lambda k: k["scan"][0].update(text="src/truth/none.txt"),
        "cable": lambda k: next(d for d in k["document"] if "cable" in d)["cable"].update(number="LA 0"),
        "garbled": lambda k: next(t for t in k["time"] if "as_garbled" in t).update(as_garbled="sound"),
        "garbled word": lambda k: k["garbled"][0]["words"][0].update(word="sound"),
        "too few": lambda k: k.update(repeat=k["repeat"][:2]),
    }
    missed = []
    for name, spoil in spoilings.items():
        other = copy.deepcopy(key)
        spoil(other)
        if not problems(other):
            missed.append(name)
    print(f"{len(spoilings) - len(missed)} of {len(spoilings)} spoilings noticed")
    return missed


def main():
    key = tomllib.loads((DEMO / "KEY.toml").read_text(encoding="utf-8"))
    if "--self-test" in sys.argv:
        missed = self_test(key)
        print(*(f"not noticed: {name}" for name in missed), sep="\n", end="\n" if missed else "")
        return 1 if missed else 0
    bad = problems(key)
    print(*bad, sep="\n", end="\n" if bad else "")
    print(", ".join(f"{len(key[k])} {k}" for k in LEAST), f"; {len(bad)} problems")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
