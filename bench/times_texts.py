"""Running text for the bench of times: documents as `{"text", "reference", "order"}`."""
import lzma
import re
import xml.etree.ElementTree as ElementTree

# Volumes that nothing is trained on.
VOLUMES = ("frus1961-63v19", "frus1969-76ve13")
TEI = "{http://www.tei-c.org/ns/1.0}"
BLOCKS = {TEI + name for name in ("head", "dateline", "p", "item", "cell", "closer")}
# The Spanish texts have no day of their own; newspapers of that year are most of them.
SPANISH_DAY = "2000-06-15"
# Long texts, as one side pays for each text it is given.
SENTENCES = 100


def articles(data):
    """The press articles, with the day that one of them bears: for speed alone."""
    made = []
    for file in sorted((data / "articles").glob("*.txt")):
        text = file.read_bytes().decode("utf-8")
        made.append({"text": text, "reference": "2010-12-16", "order": "mdy"})
    return made


def blocks(element):
    """Texts of the innermost blocks, in order."""
    if element.tag in BLOCKS and not any(one.tag in BLOCKS for one in element.iter() if one is not element):
        words = " ".join("".join(element.itertext()).split())
        return [words] if words else []
    return [text for child in element for text in blocks(child)]


def volume(data, name):
    """Dated documents of a volume."""
    with lzma.open(data / f"frus/{name}.xml.xz") as file:
        root = ElementTree.parse(file).getroot()
    for part in root.iter(TEI + "div"):
        if part.get("type") != "document":
            continue
        days = (date.get("when", "")[:10] for date in part.iter(TEI + "date"))
        day = next((day for day in days if re.fullmatch(r"\d{4}-\d\d-\d\d", day)), None)
        text = "\n\n".join(blocks(part))
        if day and text:
            yield {"text": text, "reference": day, "order": "mdy"}


def taken(documents, words):
    """Documents until they have so many words."""
    made, count = [], 0
    for document in documents:
        if count >= words:
            break
        made.append(document)
        count += len(document["text"].split())
    return made


def frus(data, words):
    """Diplomatic papers of about so many words, half of them from each volume."""
    return [one for name in VOLUMES for one in taken(volume(data, name), words / len(VOLUMES))]


def spanish(data, words):
    """Texts of about so many words, half of them from each Spanish treebank."""
    made = []
    for name in ("ancora", "gsd"):
        lines = (data / f"es/{name}/dev.conllu").read_text(encoding="utf-8").splitlines()
        sentences = [line.removeprefix("# text = ") for line in lines if line.startswith("# text = ")]
        parts = (" ".join(sentences[at : at + SENTENCES]) for at in range(0, len(sentences), SENTENCES))
        documents = ({"text": text, "reference": SPANISH_DAY, "order": "dmy"} for text in parts)
        made += taken(documents, words / 2)
    return made


def prose(data, size):
    """Diplomatic papers in one text of so many characters."""
    text = "\n\n".join(one["text"] for name in VOLUMES for one in volume(data, name))
    return (text * (size // len(text) + 1))[:size]
