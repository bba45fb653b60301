#!/usr/bin/env python3
"""Writes the PDF sources of the cases beside it, byte for byte the same each time.

Everything is plain PDF syntax, so that a case can hold exactly the one oddity
it shows. `make.py` writes the files into the folder above.
"""
import pathlib
import zlib

HERE = pathlib.Path(__file__).resolve().parent.parent


def pdf(pages, extra=(), info=None, catalog="", trailer="", size=(612, 792), broken=False):
    """A file of pages: each (content, page entries). `extra` are further objects,
    numbered from 10 on; fonts F1 (Helvetica) and F2 (Courier) are there."""
    objects = {
        3: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>",
        4: "<< /Type /Font /Subtype /Type1 /BaseFont /Courier /Encoding /WinAnsiEncoding >>",
    }
    if info:
        objects[5] = info
    for number, body in enumerate(extra, 10):
        objects[number] = body
    kids = []
    at = 10 + len(extra)
    for content, entries in pages:
        data = content if isinstance(content, bytes) else content.encode("cp1252")
        objects[at] = (
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {size[0]} {size[1]}] "
            f"/Resources << /Font << /F1 3 0 R /F2 4 0 R >> >> /Contents {at + 1} 0 R {entries} >>"
        )
        objects[at + 1] = (f"<< /Length {len(data)} >>", data)
        kids.append(f"{at} 0 R")
        at += 2
    objects[1] = f"<< /Type /Catalog /Pages 2 0 R {catalog} >>"
    objects[2] = f"<< /Type /Pages /Kids [{' '.join(kids)}] /Count {len(kids)} >>"
    out = bytearray(b"%PDF-1.7\n")
    places = {}
    for number in sorted(objects):
        body = objects[number]
        places[number] = len(out)
        out += f"{number} 0 obj\n".encode()
        if isinstance(body, tuple):
            out += body[0].encode() + b"\nstream\n" + body[1] + b"\nendstream"
        else:
            out += body.encode("latin-1")
        out += b"\nendobj\n"
    if broken:
        return bytes(out)
    start = len(out)
    last = max(places)
    out += f"xref\n0 {last + 1}\n0000000000 65535 f \n".encode()
    for number in range(1, last + 1):
        if number in places:
            out += f"{places[number]:010d} 00000 n \n".encode()
        else:
            out += b"0000000000 65535 f \n"
    more = " /Info 5 0 R" if info else ""
    out += f"trailer\n<< /Size {last + 1} /Root 1 0 R{more} {trailer} >>\nstartxref\n{start}\n%%EOF\n".encode()
    return bytes(out)


def line(x, y, words, size=11, font="F1"):
    words = words.replace("\\", "\\\\").replace("(", "\\(").replace(")", "\\)")
    return f"BT /{font} {size} Tf 1 0 0 1 {x} {y} Tm ({words}) Tj ET\n"


def column(x, y, lines, size=11, leading=14, font="F1"):
    return "".join(line(x, y - at * leading, words, size, font) for at, words in enumerate(lines))


LEFT = ["The harbour master kept two", "books, one for the port and", "one for himself. In the second",
        "he wrote what each boat had", "paid, and to whom the money", "went after midnight."]
RIGHT = ["Nobody asked for the second", "book until the spring, when a", "clerk found it under a floor",
         "and counted four hundred", "entries in one hand, all of", "them in green ink."]

write = {}

write["two-columns"] = pdf([(
    line(72, 740, "The two books of Port Albor", 20)
    + column(72, 700, LEFT) + column(320, 700, RIGHT), "")])

write["columns-out-of-step"] = pdf([(
    column(72, 700, LEFT) + column(320, 693, RIGHT), "")])

cells = [("Month", "Boats", "Sum"), ("January", "12", "410,000"), ("February", "9", "505,000"), ("March", "14", "1,120,000")]
write["table-by-gaps"] = pdf([(
    line(72, 740, "What was paid at the second pier in the year 1993:")
    + "".join(line(x, 700 - 16 * row, cell)
              for row, cells_ in enumerate(cells) for x, cell in zip((72, 220, 330), cells_)), "")])

grid = "0.5 w\n" + "".join(f"72 {y} m 420 {y} l S\n" for y in (720, 690, 640, 610)) \
    + "".join(f"{x} 610 m {x} 720 l S\n" for x in (72, 250, 420))
write["table-with-lines"] = pdf([(
    grid + line(78, 700, "Paid to") + line(256, 700, "Sum")
    + column(78, 672, ["Harbour pilots, night", "watch and others"]) + line(256, 665, "25,000")
    + line(78, 620, "Total") + line(256, 620, "25,000"), "")])

write["running-heads"] = pdf([(
    line(72, 760, "Harbour Inquiry, Report 4") + line(300, 30, str(page))
    + column(72, 700, [f"The hearing of day {word} began late and", "ended without a finding of any kind."]), "")
    for page, word in ((1, "one"), (2, "two"), (3, "three"))])

write["footnote"] = pdf([(
    "BT /F1 11 Tf 72 700 Td (The second book was found in the spring) Tj /F1 7 Tf 5 Ts (1) Tj "
    "/F1 11 Tf 0 Ts 0 -14 Td (of the same year.) Tj ET\n"
    + line(72, 90, "1 By a clerk, according to the porter.", 8), "")])

write["turned-text"] = pdf([(
    line(72, 700, "Read from left to right.")
    + "BT /F1 11 Tf 0 1 -1 0 500 300 Tm (Read from below.) Tj ET\n", "")])

write["turned-page"] = pdf([(
    "BT /F1 11 Tf 0 1 -1 0 300 100 Tm (A page laid on its side.) Tj ET\n", "/Rotate 90")])

write["crop-box"] = pdf([(
    line(120, 500, "Inside the frame.") + line(120, 760, "Outside the frame."), "/CropBox [100 400 500 600]")])

write["invisible-layer"] = pdf([(
    "q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \xff EI Q\n"
    "BT 3 Tr /F1 11 Tf 1 0 0 1 72 700 Tm (What the program saw in the scan.) Tj ET\n", "")])

write["hidden-words"] = pdf([(
    column(72, 700, ["Everybody can read this sentence here.", "And this one as well, of course."])
    + "BT 3 Tr /F1 11 Tf 1 0 0 1 72 300 Tm (Nobody sees this.) Tj ET\n", "")])

write["letters-apart"] = pdf([(
    "BT /F1 14 Tf 6 Tc 1 0 0 1 72 700 Tm (CONFIDENTIAL) Tj ET\n"
    "BT /F1 11 Tf 0 Tc 1 0 0 1 72 660 Tm [(No)-250(space)-250(is)-250(drawn)-250(here.)] TJ ET\n", "")])

# Every letter put in its place by hand, in a font that says one width for all.
STEPS = {"i": 0.25, "l": 0.25, "t": 0.3, "f": 0.3, " ": 0.3, "m": 0.8, "w": 0.75}
write["one-width-for-all"] = pdf([(
    "BT /F2 12 Tf 12 0 0 12 72 700 Tm /F2 1 Tf " + " ".join(
        f"({letter}) Tj {STEPS.get(letter, 0.45)} 0 TD"
        for letter in "The minister met them in the home of a woman whom few men knew.")
    + " ET\n", "")])

write["line-end-hyphens"] = pdf([(
    column(72, 700, ["The money came from the customs ser-", "vice and went back to it in the same year,",
                     "as the well-known report of 1994 says."]), "")])

write["bold-by-double"] = pdf([(
    line(72, 700, "Struck twice") + line(72.3, 700, "Struck twice"), "")])

write["properties"] = pdf([(line(72, 700, "A letter."), "")], info=(
    "<< /Title <FEFF0041006E006F> /Author (Rosa Pe\xf1a) /Creator (Writer) "
    "/CreationDate (D:19940302101500-05'00') >>"))

packed = zlib.compress(b"name,sum\nRosa,50000\n")
write["attachment"] = pdf([(line(72, 700, "See the sheet."), "")], extra=[
    ("<< /Type /EmbeddedFile /Filter /FlateDecode /Length %d >>" % len(packed), packed),
    "<< /Type /Filespec /F (../../sums.csv) /UF (../../sums.csv) /EF << /F 10 0 R >> >>",
    "<< /Names [(sums.csv) 11 0 R] >>",
], catalog="/Names << /EmbeddedFiles 12 0 R >>")

write["remark-and-link"] = pdf([(
    line(72, 700, "See the report of the port."),
    "/Annots [<< /Type /Annot /Subtype /Text /Rect [500 690 520 710] /T (Reader) /Contents (Ask who wrote it.) >> "
    "<< /Type /Annot /Subtype /Link /Rect [90 695 142 712] /A << /S /URI /URI (https://port.example/report) >> >> "
    "<< /Type /Annot /Subtype /Widget /FT /Tx /T (name) /V (Rosa) /Rect [72 600 200 620] >>]")])

write["script"] = pdf([(line(72, 700, "Nothing happens."), "")],
                      catalog="/OpenAction << /S /JavaScript /JS (app.alert\\(1\\)) >>")

write["no-index"] = pdf([(line(72, 700, "The index of this file is cut off."), "")], broken=True)

# A page tree that holds itself, and one good page.
write["tree-in-a-ring"] = pdf([(line(72, 700, "Found once."), "")]).replace(
    b"/Kids [10 0 R]", b"/Kids [10 0 R 2 0 R]")

write["picture-only"] = pdf([("q 612 0 0 792 0 0 cm BI /W 1 /H 1 /CS /G /BPC 8 ID \x80 EI Q\n".encode("latin-1"), "")])

for name, data in write.items():
    (HERE / f"{name}.pdf").write_bytes(data)
