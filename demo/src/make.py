#!/usr/bin/env python3
"""Remakes every file of `demo/documents/` and `demo/scans/` from the plain sources beside it.

    python3 -m venv VENV && VENV/bin/pip install -r demo/src/requirements.txt
    apt-get install fonts-liberation fonts-dejavu-core fonts-courier-prime
    VENV/bin/python demo/src/make.py            # writes the files
    VENV/bin/python demo/src/make.py --compare  # writes nothing, says what differs
    VENV/bin/python demo/src/make.py --check    # opens the made MSG and XLSX with other people's readers

Two runs give the same bytes: no clock, and chance only from fixed seeds.
"""

import sys
from pathlib import Path

import garble
from makers import mail, office, pdf, plain, scan, scan_pages, web
from makers.source import NOTICE, pages, raw

DEMO = Path(__file__).resolve().parent.parent
RELEASE = "Declassified. Department of State of Harland, Historical Records Review, 30 May 2003"
ANTORCHA_NAV = ["Portada", "Política", "Tribunales", "Economía", "Cultura", "Archivo"]
LITORAL_NAV = ["Inicio", "La costa", "Pesca", "Deportes", "Avisos clasificados"]
HERALD_NAV = ["Home", "Capital", "Coast", "Business", "Weather", "Crossword"]
COURIER_NAV = ["News", "World", "Opinion", "Arts", "Sport", "Archive"]


def press():

    yield "press/la-antorcha-1998-06-11.html", web.page(
        "press/la-antorcha-1998-06-11.html", "es", "La Antorcha", "1998-06-11T06:00:00-05:00", ANTORCHA_NAV,
        ["El Congreso aplaza por cuarta vez la ley de archivos", "Quién es quién en la Oficina", "La lancha que nunca se vendió"],
        [("Lector de provincia", "¿Y el juez? ¿También se llama Mazuelos por casualidad?"), ("Maritza", "Gracias por no callar."),
         ("Verdad99", "Pura novela. Saludos a Orvania.")], "#7a1f1f").encode("utf-8")
    yield "press/litoral-1998-06-12.html", web.page(
        "press/litoral-1998-06-12.html", "es", "Diario del Litoral", "1998-06-12T05:30:00-05:00", LITORAL_NAV,
        ["Veda de la corvina: fechas y zonas", "Caleta Brava, seis años después", "Suben los fletes a Paso Lindero"],
        [("Pescador", "Aquí todos conocíamos las lanchas.")], "#0b4a6f").encode("utf-8")
    yield "press/norhaven-courier-1998-06-15.txt", plain.text("press/norhaven-courier-1998-06-15.txt", "en").encode("utf-8")
    yield "press/el-estandarte-1998-06-13.pdf", pdf.newspaper(
        "press/el-estandarte-1998-06-13.pdf", "es", "EL ESTANDARTE", ("Puerto Albor, sábado 13 de junio de 1998", "Editorial. Página 2"))
    yield "press/el-estandarte-1990-08-05.txt", b"\xff\xfe" + plain.text("press/el-estandarte-1990-08-05.txt", "es").encode("utf-16-le")
    yield "press/litoral-1992-03-18.txt", plain.text("press/litoral-1992-03-18.txt", "es").replace("\n", "\r\n").encode("cp1252")
    yield "press/la-antorcha-1994-06-27.rtf", plain.rtf("press/la-antorcha-1994-06-27.rtf", "es", unicode_escapes=False)
    yield "press/norhaven-courier-2001-08-19.html", web.page(
        "press/norhaven-courier-2001-08-19.html", "en", "The Norhaven Courier", "2001-08-19T04:00:00Z", COURIER_NAV,
        ["What the embassy wrote down", "A coast without fishermen", "Letters: the price of a partner"],
        [("J. Albright-Toomey", "Ten years for that?"), ("coastwatcher", "Nobody here will ask about the aid money.")], "#222222",
        spoil=garble.courier_2001).encode("utf-8")


def cables():
    for name in ("1991-puerto-albor-02214", "1996-puerto-albor-04390"):
        yield f"cables/{name}.pdf", pdf.telegram(f"cables/{name}.pdf", RELEASE)
    yield "cables/1998-puerto-albor-03906.txt", (raw("cables/1998-puerto-albor-03906.txt") + "\n").encode("ascii")


def court():
    yield "court/sentencia-2001-08-17.docx", office.docx(
        "court/sentencia-2001-08-17.docx", "es", "Segunda Sala Penal. Expediente 114-98", "Secretaría")
    yield "court/acusacion-1994-borrador.docx", office.docx(
        "court/acusacion-1994-borrador.docx", "es", "Fiscalía Superior. Borrador, no circular", "G. Barrenechea")
    yield "court/declaracion-1994-04-12.odt", office.odt("court/declaracion-1994-04-12.odt", "es", "Fiscalía Superior de Puerto Albor. Folio 203")
    yield "court/auto-archivo-1995-02-22.rtf", plain.rtf("court/auto-archivo-1995-02-22.rtf", "es", unicode_escapes=True)
    image, lines = scan.typeset(raw("court/retractacion-1994-06-20.png"), NOTICE["es"], scan.PRIME, 29, height=1754, ink=50, jitter=1, seed=11)
    yield "court/retractacion-1994-06-20.png", scan.png(scan.worn(image, skew=-1.1, noise=5, paper=238, blur=0.4, seed=11), 8)
    yield "../src/truth/retractacion-1994-06-20-p1.txt", truth(lines)


def gov():
    yield "gov/comunicado-1998-06-12.pdf", pdf.column("gov/comunicado-1998-06-12.pdf", "es", "REPÚBLICA DE SARMIRÍA. SECRETARÍA DE LA PRESIDENCIA")
    yield "gov/gastos-reservados-1993.pdf", pdf.tabular("gov/gastos-reservados-1993.pdf", "es")
    jpegs = []
    for i, text in enumerate(pages("gov/memo-1992-03.pdf"), 1):
        image, lines = scan.typeset(text, NOTICE["es"], scan.PRIME, 31, height=1754, ink=70, jitter=2, seed=20 + i)
        jpegs.append(scan.jpeg(scan.worn(image, skew=(1.8, -2.3)[i - 1], noise=13, speckle=0.0012, paper=205, fade=0.3, blur=0.7,
                                         shadow=1.0, ring=i == 1, seed=20 + i), 32))
        yield f"../src/truth/memo-1992-03-p{i}.txt", truth(lines)
    yield "gov/memo-1992-03.pdf", pdf.pictures(jpegs, "memo 1992")


def leak():
    yield "leak/cuaderno-cormoran.xlsx", office.xlsx("leak/cuaderno-cormoran.xlsx", "es")
    yield "leak/lavena-trust-7714.ods", office.ods("leak/lavena-trust-7714.ods", "en")
    yield "leak/banco-mercantil-1992.csv", plain.csv("leak/banco-mercantil-1992.csv", "es").encode("cp1252")
    images = []
    for i, text in enumerate(pages("leak/lavena-trust-fax-1998-05-25.tiff"), 1):
        image, lines = scan.typeset(text, NOTICE["en"], scan.SERIF, 41, width=1728, height=2200, margin=170, ink=20, seed=30 + i)
        images.append(scan.worn(image, skew=(0.6, -0.9)[i - 1], noise=14, speckle=0.0006, blur=0.6, seed=30 + i))
        yield f"../src/truth/lavena-trust-fax-1998-05-25-p{i}.txt", truth(lines)
    yield "leak/lavena-trust-fax-1998-05-25.tiff", scan.tiff(images)
    inside = "leak/entrega.zip/"
    readme = raw(inside + "LEEME.txt").replace("# ", "").replace("@ ", "")
    yield "leak/entrega.zip", office.package({
        "LEEME.txt": (garble.zip_readme(readme) + "\n\n" + NOTICE["es"] + "\n").replace("\n", "\r\n").encode("utf-8"),
        "registro-hotel-miramar.csv": b"\xef\xbb\xbf" + plain.csv(inside + "registro-hotel-miramar.csv", "es").encode("utf-8"),
        "carta-oyarzo.rtf": plain.rtf(inside + "carta-oyarzo.rtf", "es", unicode_escapes=True),
    })


def letters():
    yield "mail/fuente-1998-05-28.eml", mail.eml("mail/fuente-1998-05-28.eml", "es", "mail/fuente-1998-05-28.eml/iniciales.txt", "iniciales.txt")
    yield "mail/herald-newsroom-2001.mbox", mail.mbox(garble.herald_mbox(raw("mail/herald-newsroom-2001.mbox")), "en")
    yield "mail/lowndes-2001-08-20.msg", mail.msg("mail/lowndes-2001-08-20.msg", "en", "mail/lowndes-2001-08-20.msg/fallo.txt", "fallo.txt")


def websites():
    name = "web/albor-herald-1998-06-24.mhtml"
    html = web.page(name, "en", "The Albor Herald", "1998-06-24T05:00:00-05:00", HERALD_NAV,
                    ["Finance minister quits", "Tides and ferries", "Our man at the palace gate"],
                    [("Old Albor hand", "A wall clock!"), ("R.S.", "What about the accountant?")], "#14323f",
                    picture='<img src="https://alborherald.example/img/masthead.png" alt="The Albor Herald"> ')
    yield name, mail.mhtml(html, "https://alborherald.example/1998/06/24/spy-chief.html", "Wed, 24 Jun 1998 11:20:00 -0000",
                           "Spy chief slips out by sea as palace counts its friends", scan.masthead("The Albor Herald"))
    html = web.page("web/ventana-sarmiria-1999-02-10.html", "es", "Ventana Sarmiría", "1999-02-10T22:15:00-05:00",
                    ["Inicio", "Quién soy", "Escríbame"], ["El barco que salió dos veces", "Rosas para el general"],
                    [("Señora Ofelia", "Dios lo oiga, joven. Mañana sin falta lo leo.")], "#3b2a55")
    yield "web/ventana-sarmiria-1999-02-10.html", garble.utf8_as_cp1252(html).encode("utf-8")
    yield "web/oct-cronologia.md", plain.verbatim("web/oct-cronologia.md", "es").encode("utf-8")


def truth(lines):
    return ("\n".join(lines) + "\n").encode("utf-8")


def everything():
    pdf.fonts()
    for room in (press, cables, court, gov, leak, letters, websites):
        for name, data in room():
            yield DEMO / "documents" / name, data
    for name, data in scan_pages.all_pages():
        yield DEMO / "scans" / name, data


def check():
    import extract_msg
    import openpyxl

    message = extract_msg.openMsg(DEMO / "documents/mail/lowndes-2001-08-20.msg")
    head, body = mail.split(raw("mail/lowndes-2001-08-20.msg"))
    assert message.subject == head["Subject"], message.subject
    assert body.split("\n")[0] in message.body and "Attaché" in message.body
    assert message.attachments[0].longFilename == "fallo.txt" and b"doce a\xf1os" in message.attachments[0].data
    book = openpyxl.load_workbook(DEMO / "documents/leak/cuaderno-cormoran.xlsx")
    rows = list(book["Caja"].iter_rows(min_row=2, values_only=True))
    paid = sum(r[5] for r in rows if r[2] == "Relojero")
    assert paid == 1_060_000 and rows[0][1].year == 1991, paid
    print(f"msg: {message.subject!r}, {len(message.attachments)} attachment; xlsx: {len(rows)} rows, Relojero {paid}")


def main():
    if "--check" in sys.argv:
        return check()
    differing = 0
    total = 0
    for path, data in everything():
        path = path.resolve()
        total += len(data)
        if path.exists() and path.read_bytes() == data:
            continue
        differing += 1
        print(("differs " if "--compare" in sys.argv else "wrote ") + str(path.relative_to(DEMO)), len(data))
        if "--compare" not in sys.argv:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data)
    print(f"{differing} written or differing, {total:,} bytes in all")
    return 1 if "--compare" in sys.argv and differing else 0


if __name__ == "__main__":
    sys.exit(main())
