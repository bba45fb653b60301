"""DOCX, ODT, XLSX and ODS, written as the packages of XML they are."""

import datetime
import io
import re
import zipfile
from xml.sax.saxutils import escape

from .source import NOTICE, blocks, tables

STAMP = (2001, 8, 20, 12, 0, 0)
XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" ' \
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
DEFAULT = 'w:default="1" '
MARK = re.compile(r"\{\+(?P<ins>.*?)\+\}|\{-(?P<del>.*?)-\}|\{\^(?P<note>.*?)\^\}|\{#(?P<who>[^|]*)\|(?P<say>.*?)#\}")


def package(parts, first=None):
    """A zip with fixed dates; `first` is stored bare, as OpenDocument wants its mimetype."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        for name, data in ([first] if first else []) + sorted(parts.items()):
            info = zipfile.ZipInfo(name, STAMP)
            info.compress_type = zipfile.ZIP_STORED if first and name == first[0] else zipfile.ZIP_DEFLATED
            info.external_attr = 0o644 << 16
            archive.writestr(info, data if isinstance(data, bytes) else data.encode("utf-8"))
    return buffer.getvalue()


def docx(name, language, header, author, changed="1994-10-03T18:20:00Z"):
    notes, comments, body, serial = [], [], [], [10]

    def run(words, tag="t", properties=""):
        return f'<w:r>{properties}<w:{tag} xml:space="preserve">{escape(words)}</w:{tag}></w:r>' if words else ""

    def tracked(tag, words, inner):
        serial[0] += 1
        return f'<w:{tag} w:id="{serial[0]}" w:author="{author}" w:date="{changed}">{run(words, inner)}</w:{tag}>'

    for kind, words in blocks(name):
        style = {"title": "Title", "deck": "Subtitle", "heading": "Heading1", "line": "Dateline"}.get(kind, "Normal")
        out, at = [f'<w:p><w:pPr><w:pStyle w:val="{style}"/></w:pPr>'], 0
        for m in MARK.finditer(words):
            out.append(run(words[at:m.start()]))
            at = m.end()
            if m["ins"] is not None:
                out.append(tracked("ins", m["ins"], "t"))
            elif m["del"] is not None:
                out.append(tracked("del", m["del"], "delText"))
            elif m["note"] is not None:
                notes.append(m["note"])
                out.append(f'<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{len(notes) + 1}"/></w:r>')
            else:
                comments.append((m["who"], m["say"]))
                out.append(f'<w:r><w:commentReference w:id="{len(comments) - 1}"/></w:r>')
        out.append(run(words[at:]) + "</w:p>")
        body.append("".join(out))
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    kinds = ["styles", "footnotes", "comments", "header", "footer"]
    parts = {
        "word/document.xml": f'{XML}<w:document {W}><w:body>{"".join(body)}<w:sectPr>'
        '<w:headerReference w:type="default" r:id="rId4"/><w:footerReference w:type="default" r:id="rId5"/>'
        '<w:pgSz w:w="11906" w:h="16838"/><w:pgMar w:top="1417" w:right="1417" w:bottom="1417" w:left="1417" '
        'w:header="708" w:footer="708" w:gutter="0"/></w:sectPr></w:body></w:document>',
        "word/header.xml": f"{XML}<w:hdr {W}><w:p>{run(header)}</w:p></w:hdr>",
        "word/footer.xml": f"{XML}<w:ftr {W}><w:p>{run(NOTICE[language])}</w:p></w:ftr>",
        "word/footnotes.xml": f'{XML}<w:footnotes {W}>'
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
        '<w:footnote w:type="continuationSeparator" w:id="1"><w:p><w:r><w:continuationSeparator/></w:r></w:p></w:footnote>'
        + "".join(f'<w:footnote w:id="{i + 2}"><w:p><w:r><w:footnoteRef/></w:r>{run(" " + n)}</w:p></w:footnote>'
                  for i, n in enumerate(notes)) + "</w:footnotes>",
        "word/comments.xml": f"{XML}<w:comments {W}>"
        + "".join(f'<w:comment w:id="{i}" w:author="{escape(a)}" w:date="{changed}"><w:p>{run(c)}</w:p></w:comment>'
                  for i, (a, c) in enumerate(comments)) + "</w:comments>",
        "word/styles.xml": f"{XML}<w:styles {W}>" + "".join(
            f'<w:style w:type="paragraph" {DEFAULT if s == "Normal" else ""}w:styleId="{s}"><w:name w:val="{n}"/>'
            f'<w:pPr><w:spacing w:after="160"/>{j}</w:pPr><w:rPr>{b}<w:sz w:val="{z}"/></w:rPr></w:style>'
            for s, n, j, b, z in [("Normal", "Normal", '<w:jc w:val="both"/>', "", 24), ("Title", "Title", '<w:jc w:val="center"/>', "<w:b/>", 32),
                                  ("Subtitle", "Subtitle", '<w:jc w:val="center"/>', "<w:b/>", 28), ("Heading1", "heading 1", "", "<w:b/>", 26),
                                  ("Dateline", "Dateline", "", "<w:i/>", 22)]) + "</w:styles>",
        "word/_rels/document.xml.rels": f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        + "".join(f'<Relationship Id="rId{i + 1}" Type="{rel}{k}" Target="{k}.xml"/>' for i, k in enumerate(kinds)) + "</Relationships>",
        "_rels/.rels": f'{XML}<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        f'<Relationship Id="rId1" Type="{rel}officeDocument" Target="word/document.xml"/></Relationships>',
        "[Content_Types].xml": f'{XML}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"/>'
        + "".join(f'<Override PartName="/word/{k}.xml" ContentType="application/vnd.openxmlformats-officedocument.wordprocessingml.{k}+xml"/>'
                  for k in kinds) + "</Types>",
    }
    return package(parts)


ODF = ('xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" '
       'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" xmlns:style="urn:oasis:names:tc:opendocument:xmlns:style:1.0" '
       'xmlns:fo="urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0" office:version="1.2"')


def open_document(kind, content, styles=""):
    mime = f"application/vnd.oasis.opendocument.{kind}"
    manifest = f'{XML}<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0" manifest:version="1.2">' \
        f'<manifest:file-entry manifest:full-path="/" manifest:media-type="{mime}"/>' \
        + "".join(f'<manifest:file-entry manifest:full-path="{f}" manifest:media-type="text/xml"/>' for f in ("content.xml", "styles.xml")) \
        + "</manifest:manifest>"
    return package({"content.xml": f"{XML}<office:document-content {ODF}>{content}</office:document-content>",
                    "styles.xml": f"{XML}<office:document-styles {ODF}>{styles}</office:document-styles>",
                    "META-INF/manifest.xml": manifest}, ("mimetype", mime))


def odt(name, language, header):
    body = []
    for kind, words in blocks(name):
        if kind == "title":
            body.append(f'<text:h text:style-name="Head" text:outline-level="1">{escape(words)}</text:h>')
        else:
            body.append(f'<text:p text:style-name="{"Line" if kind == "line" else "Body"}">{escape(words)}</text:p>')
    content = '<office:automatic-styles>' + "".join(
        f'<style:style style:name="{n}" style:family="paragraph"><style:paragraph-properties fo:margin-bottom="0.25cm"/>'
        f'<style:text-properties fo:font-size="{z}pt" {x}/></style:style>'
        for n, z, x in [("Head", 15, 'fo:font-weight="bold"'), ("Line", 10, 'fo:font-style="italic"'), ("Body", 12, "")]) \
        + f'</office:automatic-styles><office:body><office:text>{"".join(body)}</office:text></office:body>'
    styles = '<office:automatic-styles><style:page-layout style:name="Page"><style:header-style/><style:footer-style/></style:page-layout>' \
        '</office:automatic-styles><office:master-styles><style:master-page style:name="Standard" style:page-layout-name="Page">' \
        f'<style:header><text:p>{escape(header)}</text:p></style:header>' \
        f'<style:footer><text:p>{escape(NOTICE[language])}</text:p></style:footer></style:master-page></office:master-styles>'
    return open_document("text", content, styles)


def is_number(cell):
    return re.fullmatch(r"-?\d+(\.\d+)?", cell) is not None


def ods(name, language):
    out = []
    for sheet, rows in tables(name):
        out.append(f'<table:table table:name="{escape(sheet)}">')
        for row in rows + [[], [NOTICE[language]]]:
            cells = []
            for cell in row:
                if is_number(cell):
                    cells.append(f'<table:table-cell office:value-type="float" office:value="{cell}"><text:p>{cell}</text:p></table:table-cell>')
                elif cell:
                    cells.append(f'<table:table-cell office:value-type="string"><text:p>{escape(cell)}</text:p></table:table-cell>')
                else:
                    cells.append("<table:table-cell/>")
            out.append(f'<table:table-row>{"".join(cells) or "<table:table-cell/>"}</table:table-row>')
        out.append("</table:table>")
    return open_document("spreadsheet", f'<office:body><office:spreadsheet>{"".join(out)}</office:spreadsheet></office:body>')


def xlsx(name, language):
    """Dates as day numbers with a date format, amounts as numbers, words shared."""
    shared, sheets = {}, []
    epoch = datetime.date(1899, 12, 30)
    for sheet, rows in tables(name):
        lines = []
        for r, row in enumerate(rows + [[], [NOTICE[language]]], 1):
            cells = []
            for c, cell in enumerate(row):
                at = f"{chr(65 + c)}{r}"
                date = re.fullmatch(r"(\d\d)/(\d\d)/(\d{4})", cell)
                if date:
                    day, month, year = map(int, date.groups())
                    cells.append(f'<c r="{at}" s="1"><v>{(datetime.date(year, month, day) - epoch).days}</v></c>')
                elif is_number(cell):
                    cells.append(f'<c r="{at}" s="{2 if len(cell) > 2 else 0}"><v>{cell}</v></c>')
                elif cell:
                    cells.append(f'<c r="{at}" t="s" s="{3 if r == 1 else 0}"><v>{shared.setdefault(cell, len(shared))}</v></c>')
            lines.append(f'<row r="{r}">{"".join(cells)}</row>')
        sheets.append((sheet, "".join(lines)))
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    rel = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    kind = "application/vnd.openxmlformats-officedocument.spreadsheetml."
    parts = {f"xl/worksheets/sheet{i}.xml": f'{XML}<worksheet xmlns="{main}"><cols><col min="1" max="8" width="16" customWidth="1"/></cols>'
             f'<sheetData>{lines}</sheetData></worksheet>' for i, (_, lines) in enumerate(sheets, 1)}
    parts["xl/sharedStrings.xml"] = f'{XML}<sst xmlns="{main}" uniqueCount="{len(shared)}">' \
        + "".join(f'<si><t xml:space="preserve">{escape(s)}</t></si>' for s in shared) + "</sst>"
    parts["xl/styles.xml"] = f'{XML}<styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/></numFmts>' \
        '<fonts count="2"><font><sz val="11"/><name val="Calibri"/></font><font><b/><sz val="11"/><name val="Calibri"/></font></fonts>' \
        '<fills count="1"><fill><patternFill patternType="none"/></fill></fills><borders count="1"><border/></borders>' \
        '<cellStyleXfs count="1"><xf/></cellStyleXfs><cellXfs count="4"><xf/><xf numFmtId="164" applyNumberFormat="1"/>' \
        '<xf numFmtId="3" applyNumberFormat="1"/><xf fontId="1" applyFont="1"/></cellXfs>' \
        '<cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>'
    parts["xl/workbook.xml"] = f'{XML}<workbook xmlns="{main}" xmlns:r="{rel}"><sheets>' \
        + "".join(f'<sheet name="{escape(n)}" sheetId="{i}" r:id="rId{i}"/>' for i, (n, _) in enumerate(sheets, 1)) + "</sheets></workbook>"
    links = [(f"worksheets/sheet{i}.xml", "worksheet") for i in range(1, len(sheets) + 1)] + [("styles.xml", "styles"), ("sharedStrings.xml", "sharedStrings")]
    pack = "http://schemas.openxmlformats.org/package/2006/"
    parts["xl/_rels/workbook.xml.rels"] = f'{XML}<Relationships xmlns="{pack}relationships">' \
        + "".join(f'<Relationship Id="rId{i}" Type="{rel}/{k}" Target="{t}"/>' for i, (t, k) in enumerate(links, 1)) + "</Relationships>"
    parts["_rels/.rels"] = f'{XML}<Relationships xmlns="{pack}relationships"><Relationship Id="rId1" Type="{rel}/officeDocument" Target="xl/workbook.xml"/></Relationships>'
    parts["[Content_Types].xml"] = f'{XML}<Types xmlns="{pack}content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>' \
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" ContentType="{kind}sheet.main+xml"/>' \
        + "".join(f'<Override PartName="/xl/worksheets/sheet{i}.xml" ContentType="{kind}worksheet+xml"/>' for i in range(1, len(sheets) + 1)) \
        + f'<Override PartName="/xl/styles.xml" ContentType="{kind}styles+xml"/><Override PartName="/xl/sharedStrings.xml" ContentType="{kind}sharedStrings+xml"/></Types>'
    return package(parts)
