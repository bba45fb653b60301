"""The four ways in which texts of the dossier were spoilt, each reversible.

Standard library only, because `check_key.py` uses it too.
"""


def utf8_as_cp1252(text):
    """UTF-8 bytes read as CP1252; the five unused bytes become C1 controls."""
    out = []
    for byte in text.encode("utf-8"):
        raw = bytes([byte])
        try:
            out.append(raw.decode("cp1252"))
        except UnicodeDecodeError:
            out.append(raw.decode("latin-1"))
    return "".join(out)


def cp1252_as_macroman(text, only="’‘“”–—…"):
    """CP1252 punctuation read as MacRoman: ’ becomes í. Letters stay sound."""
    return "".join(c.encode("cp1252").decode("mac_roman") if c in only else c for c in text)


def macroman_as_cp1252(text):
    """MacRoman letters read as CP1252: ñ becomes –."""
    return "".join(
        c if ord(c) < 128 else c.encode("mac_roman").decode("cp1252", "replace") for c in text
    )


def decimal_bytes(text, words):
    """In the given words, every letter beyond ASCII becomes its UTF-8 bytes in decimal: <195><177>."""
    for word in words:
        spoilt = "".join(
            c if ord(c) < 128 else "".join(f"<{b}>" for b in c.encode("utf-8")) for c in word
        )
        text = text.replace(word, spoilt)
    return text



def courier_2001(blocks):
    """Apostrophes spoilt everywhere, double quotes and dashes in every other block."""
    return [
        cp1252_as_macroman(b, "’‘") if i % 2 else cp1252_as_macroman(b)
        for i, b in enumerate(blocks)
    ]


MBOX_SPOILT_BEGINS = "El Señor Mazuelos Ibarra no acepta"


def herald_mbox(text):
    """Only the statement of the defence is spoilt."""
    return "\n".join(
        macroman_as_cp1252(line) if line.startswith(MBOX_SPOILT_BEGINS) else line
        for line in text.split("\n")
    )


ZIP_README_WORDS = ["Léeme", "huéspedes", "patrón", "señor"]


def zip_readme(text):
    return decimal_bytes(text, ZIP_README_WORDS)
