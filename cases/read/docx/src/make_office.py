#!/usr/bin/env python3
"""Makes the sources of the cases for office formats.

    python3 cases/read/docx/src/make_office.py

writes `cases/read/{docx,odt,rtf,doc,xlsx,ods,xls,msg}/`. The same script gives
the same bytes. XLS needs `xlwt` (PyPI); everything else is written by hand
here, element by element, so that each case shows one thing.
"""

import io
import pathlib
import struct
import sys
import zipfile

ROOT = pathlib.Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT.parents[1] / "demo" / "src"))
from makers.cfb import compound, properties  # noqa: E402


def save(name, data):
    path = ROOT / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data if isinstance(data, bytes) else data.encode())


def package(members):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            info = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            info.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            file.writestr(info, data)
    return out.getvalue()


# Word

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMES = (
    f'xmlns:w="{W}" xmlns:r="{R}" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:wp="http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)
HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
WHO = 'w:id="1" w:author="G. Soto" w:date="1994-10-03T18:20:00Z"'


def t(words):
    return f'<w:t xml:space="preserve">{words}</w:t>'


def r(words, properties=""):
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f"<w:r>{inner}{t(words)}</w:r>"


def p(inner, properties=""):
    return f"<w:p>{f'<w:pPr>{properties}</w:pPr>' if properties else ''}{inner}</w:p>"


def docx(body, parts=None, kinds=None, links=None, section="", names=NAMES):
    parts, kinds, links = parts or {}, kinds or {}, links or {}
    office = R
    relations = "".join(
        f'<Relationship Id="{key}" Type="{office}/{kind}" Target="{target}"/>' for key, (kind, target) in kinds.items()
    ) + "".join(
        f'<Relationship Id="{key}" Type="{office}/hyperlink" Target="{target}" TargetMode="External"/>'
        for key, target in links.items()
    )
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"
    members = {
        "[Content_Types].xml": HEAD
        + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/>'
        '<Override PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        'wordprocessingml.document.main+xml"/></Types>',
        "_rels/.rels": HEAD + f'<Relationships xmlns="{rels}"><Relationship Id="rId1" '
        f'Type="{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": HEAD + f"<w:document {names}><w:body>{body}{section}</w:body></w:document>",
        "word/_rels/document.xml.rels": HEAD + f'<Relationships xmlns="{rels}">{relations}</Relationships>',
    }
    members.update({name: (HEAD + data if isinstance(data, str) else data) for name, data in parts.items()})
    return package(members)


def cell(inner, properties=""):
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def field(instruction, shown):
    def sign(kind):
        return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'

    return (
        sign("begin")
        + f'<w:r><w:instrText xml:space="preserve">{instruction}</w:instrText></w:r>'
        + sign("separate")
        + shown
        + sign("end")
    )


def make_docx():
    deleted = f'<w:del {WHO}><w:r><w:delText xml:space="preserve">fifty</w:delText></w:r></w:del>'
    inserted = f"<w:ins {WHO}>{r('thirty')}</w:ins>"
    moved = f"<w:moveFrom {WHO}>{r('gone')}</w:moveFrom>{r(' and ')}<w:moveTo {WHO}>{r('come')}</w:moveTo>"
    save("docx/changes.docx", docx(
        p(r("Paid ") + deleted + inserted + r(" thousand."), '<w:rPr><w:del w:id="9" w:author="x"/></w:rPr>')
        + p(moved)
        + p(r("Seen") + r(" unseen", "<w:vanish/>") + r(" shown", '<w:vanish w:val="0"/>') + r(" struck", "<w:strike/>"))
        + p(r("new look", f'<w:b/><w:rPrChange {WHO}><w:rPr><w:vanish/></w:rPr></w:rPrChange>'))
        + "<w:tbl>"
        + f"<w:tr><w:trPr><w:ins {WHO}/></w:trPr>{cell(p(r('a')))}{cell(p(r('b')))}</w:tr></w:tbl>"
    ))
    notes = (
        f'<w:footnotes {NAMES}><w:footnote w:type="separator" w:id="-1">{p(r("---"))}</w:footnote>'
        f'<w:footnote w:id="2">{p(r(" Second in the file."))}</w:footnote>'
        f'<w:footnote w:id="3">{p(r(" First in the text."))}</w:footnote></w:footnotes>'
    )
    ends = f'<w:endnotes {NAMES}><w:endnote w:id="2">{p(r("At the end."))}</w:endnote></w:endnotes>'
    comments = (
        f'<w:comments {NAMES}><w:comment w:id="0" w:author="C. Tello" w:date="1994-10-03T18:20:00Z">'
        f"{p(r('Who says so?'))}{p(r('Find out.'))}</w:comment></w:comments>"
    )
    header = f"<w:hdr {NAMES}>{p(r('File 114-98'))}</w:hdr>"
    footer = f"<w:ftr {NAMES}>{p(r('Page ') + field('PAGE', r('1')))}</w:ftr>"
    save("docx/notes.docx", docx(
        p(r("One") + '<w:r><w:footnoteReference w:id="3"/></w:r>' + r(", two") + '<w:r><w:footnoteReference w:id="2"/></w:r>'
          + r(", end") + '<w:r><w:endnoteReference w:id="2"/></w:r>' + r("."))
        + p('<w:commentRangeStart w:id="0"/>' + r("He paid") + '<w:commentRangeEnd w:id="0"/>'
            + '<w:r><w:commentReference w:id="0"/></w:r>' + r(" twice.")),
        parts={"word/footnotes.xml": notes, "word/endnotes.xml": ends, "word/comments.xml": comments,
               "word/header1.xml": header, "word/header2.xml": header, "word/footer1.xml": footer},
        kinds={"r1": ("footnotes", "footnotes.xml"), "r2": ("endnotes", "endnotes.xml"),
               "r3": ("comments", "comments.xml"), "r4": ("header", "header1.xml"),
               "r5": ("header", "header2.xml"), "r6": ("footer", "footer1.xml")},
        section='<w:sectPr><w:headerReference w:type="default" r:id="r4"/>'
                '<w:headerReference w:type="first" r:id="r5"/><w:footerReference w:type="default" r:id="r6"/></w:sectPr>',
    ))
    inner = f"<w:tbl><w:tr>{cell(p(r('in')))}{cell(p(r('side')))}</w:tr></w:tbl>"
    save("docx/tables.docx", docx(
        "<w:tbl>"
        + f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell(p(r('Name')))}{cell(p(r('Sum')), '')}{cell(p(r('Note')))}</w:tr>"
        + f"<w:tr>{cell(p(r('Rosa')) + p(r('Soto')))}{cell(p(r('50,000')), '<w:gridSpan w:val=' + chr(34) + '2' + chr(34) + '/>')}</w:tr>"
        + f"<w:tr>{cell(p(r('Ada')))}{cell(p(r('9')) + inner + p(''))}{cell(p(''))}</w:tr></w:tbl>"
        + p(r("After."))
        + "<w:tbl>" + f"<w:tr>{cell(p(r('Only')) + p(r('layout')))}</w:tr></w:tbl>"
    ))
    save("docx/fields.docx", docx(
        p(r("See ") + field(' HYPERLINK "https://a.example/x" ', r("the page")) + r(" of ")
          + field(' IF "a" = "b" "never" "shown" ', r("shown")) + r("."))
        + p('<w:hyperlink r:id="l1">' + r("link") + "</w:hyperlink>" + r(" ")
            + '<w:fldSimple w:instr="AUTHOR">' + r("Ana") + "</w:fldSimple>")
        + p(r("a") + "<w:r><w:tab/></w:r>" + r("b") + "<w:r><w:br/></w:r>" + r("c") + "<w:r><w:noBreakHyphen/></w:r>"
            + r("d") + "<w:r><w:softHyphen/></w:r>" + r("e ") + '<w:r><w:sym w:font="Wingdings" w:char="F0FE"/></w:r>',
            '<w:tabs><w:tab w:val="left" w:pos="100"/></w:tabs>')
        + p("<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>")
        + "<w:sdt><w:sdtPr><w:alias w:val='Date'/></w:sdtPr><w:sdtContent>" + p(r("in a control")) + "</w:sdtContent></w:sdt>",
        links={"l1": "https://b.example/"},
    ))
    box = f"<w:txbxContent>{p(r('Boxed words.'))}</w:txbxContent>"
    save("docx/boxes.docx", docx(
        p(r("Before ")
          + '<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:inline><wp:docPr id="1" name="x" '
            f'descr="A man at a desk"/><wps:txbx>{box}</wps:txbx></wp:inline></w:drawing></mc:Choice>'
            f"<mc:Fallback><w:pict><v:shape><v:textbox>{box}</v:textbox></v:shape></w:pict></mc:Fallback>"
            "</mc:AlternateContent></w:r>" + r("and after."))
        + p('<w:r><w:pict><v:shape><v:textpath string="CONFIDENTIAL"/></v:shape></w:pict></w:r>'),
        parts={"word/media/image1.png": b"\x89PNG not really", "word/embeddings/list.txt": b"inner words"},
    ))
    styles = (
        f'<w:styles {NAMES}><w:style w:type="paragraph" w:styleId="Ttulo2"><w:name w:val="heading 2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Own"><w:name w:val="House"/><w:basedOn w:val="Ttulo2"/></w:style>'
        '<w:style w:type="paragraph" w:styleId="Cap"><w:name w:val="caption"/></w:style>'
        '<w:style w:type="character" w:styleId="Ghost"><w:name w:val="Ghost"/><w:rPr><w:vanish/></w:rPr></w:style>'
        "</w:styles>"
    )
    numbering = (
        f'<w:numbering {NAMES}><w:abstractNum w:abstractNumId="0">'
        '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="%1."/></w:lvl>'
        '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%1.%2)"/></w:lvl>'
        '</w:abstractNum><w:abstractNum w:abstractNumId="1"><w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/>'
        '<w:lvlText w:val="&#xF0B7;"/></w:lvl></w:abstractNum>'
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num></w:numbering>'
    )

    def item(words, number, level=0):
        return p(r(words), f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>')

    save("docx/styles.docx", docx(
        p(r("House style"), '<w:pStyle w:val="Own"/>') + p(r("Level three"), '<w:outlineLvl w:val="2"/>')
        + item("one", 1) + item("one a", 1, 1) + item("two", 1) + item("dot", 2)
        + p(r("Under a picture"), '<w:pStyle w:val="Cap"/>')
        + p(r("seen") + r(" ghost", '<w:rStyle w:val="Ghost"/>')),
        parts={"word/styles.xml": styles, "word/numbering.xml": numbering},
        kinds={"r1": ("styles", "styles.xml"), "r2": ("numbering", "numbering.xml")},
    ))
    strict = 'xmlns:x="http://purl.oclc.org/ooxml/wordprocessingml/main"'
    save("docx/strict.docx", docx(
        "<x:p><x:r><x:t>Strict words.</x:t></x:r></x:p>", names=f"{NAMES} {strict}",
    ))
    save("docx/broken-inside.docx", docx(p(r("Before. ")) + "<w:p <w:r>" + p(r("After."))))
    deep = "".join(f"<w:tbl><w:tr><w:tc>{p(r(str(i)))}" for i in range(200)) + "</w:tc></w:tr></w:tbl>" * 200
    save("docx/too-deep.docx", docx(p(r("Top.")) + deep + p(r("End."))))


# OpenDocument

ODF = "urn:oasis:names:tc:opendocument:xmlns:"
ODF_NAMES = " ".join(
    f'xmlns:{short}="{ODF}{long}:1.0"'
    for short, long in [("office", "office"), ("text", "text"), ("table", "table"), ("draw", "drawing"),
                        ("style", "style"), ("meta", "meta"), ("svg", "svg-compatible"), ("fo", "xsl-fo-compatible")]
) + ' xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:xlink="http://www.w3.org/1999/xlink"'


def odf(kind, body, automatic="", styles="", meta="", more=None):
    members = {
        "mimetype": f"application/vnd.oasis.opendocument.{kind}",
        "content.xml": f"{HEAD}<office:document-content {ODF_NAMES}><office:automatic-styles>{automatic}"
                       f"</office:automatic-styles><office:body>{body}</office:body></office:document-content>",
        "styles.xml": f"{HEAD}<office:document-styles {ODF_NAMES}>{styles}</office:document-styles>",
        "meta.xml": f"{HEAD}<office:document-meta {ODF_NAMES}><office:meta>{meta}</office:meta></office:document-meta>",
    }
    members.update(more or {})
    return package(members)


def make_odf():
    info = "<office:change-info><dc:creator>G. Soto</dc:creator><dc:date>1994-10-03T18:20:00</dc:date></office:change-info>"
    automatic = (
        '<style:style style:name="T1" style:family="text"><style:text-properties style:text-line-through-style="solid"/></style:style>'
        '<style:style style:name="T2" style:family="text"><style:text-properties text:display="none"/></style:style>'
        '<style:style style:name="P1" style:family="paragraph" style:parent-style-name="Title"/>'
    )
    body = (
        "<office:text><text:tracked-changes>"
        f'<text:changed-region text:id="c1"><text:deletion>{info}<text:p>fifty </text:p></text:deletion></text:changed-region>'
        f'<text:changed-region text:id="c2"><text:insertion>{info}</text:insertion></text:changed-region>'
        "</text:tracked-changes>"
        '<text:p text:style-name="P1">A title</text:p><text:h text:outline-level="2">A head</text:h>'
        '<text:p>Paid <text:change text:change-id="c1"/><text:change-start text:change-id="c2"/>thirty'
        '<text:change-end text:change-id="c2"/> thousand<text:note text:note-class="footnote">'
        "<text:note-citation>1</text:note-citation><text:note-body><text:p>In the ledger.</text:p></text:note-body></text:note>.</text:p>"
        '<text:p>White\n   space <text:s text:c="2"/>counts<text:tab/>once, <text:span text:style-name="T1">struck</text:span>'
        ' <text:span text:style-name="T2">unseen</text:span> <text:a xlink:href="https://a.example/">link</text:a></text:p>'
        '<text:p><office:annotation office:name="a1"><dc:creator>C. Tello</dc:creator><dc:date>1994-10-03T18:20:00</dc:date>'
        '<text:p>Who says so?</text:p></office:annotation>He paid<office:annotation-end office:name="a1"/> twice.</text:p>'
        "<text:list><text:list-item><text:p>an item</text:p></text:list-item></text:list>"
        '<table:table table:name="Sums"><table:table-header-rows><table:table-row><table:table-cell><text:p>Name</text:p></table:table-cell>'
        "<table:table-cell><text:p>Sum</text:p></table:table-cell></table:table-row></table:table-header-rows>"
        '<table:table-row><table:table-cell table:number-columns-spanned="2"><text:p>Rosa</text:p><text:p>Soto</text:p></table:table-cell>'
        "<table:covered-table-cell/></table:table-row></table:table>"
        "<text:p>Before <draw:frame><draw:text-box><text:p>Boxed.</text:p></draw:text-box></draw:frame>"
        '<draw:frame><draw:image xlink:href="Pictures/a.png"/><svg:desc>A man at a desk</svg:desc></draw:frame>after.</text:p>'
        '<text:table-of-content><text:table-of-content-source><text:index-title-template>Never</text:index-title-template>'
        "</text:table-of-content-source><text:index-body><text:p>Contents</text:p></text:index-body></text:table-of-content>"
        "</office:text>"
    )
    styles = (
        '<office:styles><style:style style:name="Title" style:family="paragraph"/></office:styles>'
        "<office:master-styles><style:master-page><style:header><text:p>File 114-98</text:p></style:header>"
        "<style:header-left><text:p>File 114-98</text:p></style:header-left>"
        "<style:footer><text:p>Foot</text:p></style:footer></style:master-page></office:master-styles>"
    )
    meta = (
        "<dc:title>A title</dc:title><meta:initial-creator>Ana</meta:initial-creator><dc:creator>Rosa</dc:creator>"
        "<meta:creation-date>1994-10-03T10:00:00</meta:creation-date>"
    )
    save("odt/all.odt", odf("text", body, automatic, styles, meta, {"Pictures/a.png": b"\x89PNG not really"}))
    save("odt/locked.odt", odf("text", "", more={
        "META-INF/manifest.xml": f'<m:manifest xmlns:m="{ODF}manifest:1.0"><m:file-entry m:full-path="content.xml">'
                                 "<m:encryption-data/></m:file-entry></m:manifest>"}))

    def c(words="", more=""):
        return f"<table:table-cell {more}>{f'<text:p>{words}</text:p>' if words else ''}</table:table-cell>"

    sheet = (
        '<office:spreadsheet><table:table table:name="Payments"><table:table-column table:number-columns-repeated="2"/>'
        '<table:table-column table:visibility="collapse"/>'
        f"<table:table-row>{c('Date')}{c('Sum')}{c('Secret')}</table:table-row>"
        "<table:table-row>" + c("03/14/92", 'office:value-type="date" office:date-value="1992-03-14"')
        + c("$12,000.00", 'office:value-type="currency" office:value="12000"') + c("x")
        + '</table:table-row><table:table-row table:number-rows-repeated="1000"><table:table-cell '
          'table:number-columns-repeated="1024"/></table:table-row>'
        + "<table:table-row>" + '<table:table-cell table:number-columns-repeated="2"/>'
        + '<table:table-cell><office:annotation><dc:creator>Ana</dc:creator><text:p>Odd.</text:p></office:annotation>'
          "<text:p>far</text:p></table:table-cell></table:table-row>"
        + '<table:table-row table:number-rows-repeated="1047573"><table:table-cell table:number-columns-repeated="1024"/></table:table-row>'
        + "</table:table>"
          f'<table:table table:name="Hidden" table:style-name="ta1"><table:table-row>{c("unseen")}</table:table-row></table:table>'
          "</office:spreadsheet>"
    )
    hidden = '<style:style style:name="ta1" style:family="table"><style:table-properties table:display="false"/></style:style>'
    save("ods/sheet.ods", odf("spreadsheet", sheet, hidden))


# Rich Text Format

def make_rtf():
    save("rtf/letters.rtf", (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fnil\fcharset0 Arial;}{\f1\fnil\fcharset238 Arial CE;}"
        r"{\f2\fnil\fcharset2 Symbol;}{\f3\fnil\fcharset204 Arial Cyr;}}"
        r"{\info{\title Se\'f1as}{\author Ana}{\creatim\yr1994\mo10\dy3\hr18\min20}}"
        r"{\*\generator Nobody 1.0;}" "\n"
        r"\pard A\'f1o, coraz\'f3n, \u241?andu, \uc2\u8220\'93xpague\u8221 yz\uc1 , raw byte: " "\xf1"
        r"\par {\f1 \'b9\'bf} {\f2 \'61\'b7} {\f3 \'cf\'e0} \emdash  \ldblquote x\rdblquote\~y\-z\_w \{braces\}"
        r"\par \u-10179?\u-8704?\par}" "\0\0"
    ).encode("latin-1"))
    save("rtf/changes.rtf", (
        r"{\rtf1\ansi{\*\revtbl{Unknown;}{G. Soto;}}Paid {\deleted\revauthdel1\revdttmdel%d fifty}"
        r"{\revised\revauth1\revdttm%d thirty} thousand. {\v unseen}{\strike struck}\par}"
    ) % ((20 | 18 << 6 | 3 << 11 | 10 << 16 | 94 << 20,) * 2))
    save("rtf/tables.rtf", (
        r"{\rtf1\ansi Before.\par\trowd\cellx1000\cellx2000\cellx3000 \pard\intbl Name\cell Sum\cell Note\cell\row"
        r"\trowd\cellx1000\cellx2000\cellx3000 \pard\intbl Rosa\par Soto\cell 50,000\cell\cell\row"
        r"\pard\intbl Ada\cell \pard\intbl\itap2 in\nestcell side\nestcell{\*\nesttableprops\trowd\cellx500\cellx900\nestrow}"
        r"{\nonesttables\par}\pard\intbl 9\cell last\cell\row\pard After.\par}"
    ))
    save("rtf/notes.rtf", (
        r"{\rtf1\ansi{\stylesheet{\s0 Normal;}{\s1\outlinelevel0 heading 1;}{\s2 House;}}"
        r"{\header\pard File 114-98\par}{\headerl\pard File 114-98\par}{\footer\pard Foot\par}"
        r"\pard\s1 A head\par\pard\s0 Paid{\super\chftn}{\footnote\pard{\super\chftn} In the ledger.} twice. "
        r"{\*\atrfstart 7}He paid{\*\atrfend 7}{\*\atnid CT}{\*\atnauthor C. Tello}\chatn{\*\annotation{\*\atnref 7}"
        r"{\*\atndate %d}\pard Who says so?} here.\par"
        r'{\field{\*\fldinst{ HYPERLINK "https://a.example/"}}{\fldrslt{\ul the page}}} and {\field{\*\fldinst PAGE}{\fldrslt 3}}.\par'
        r"{\listtext\pard 2.\tab}\ls1 an item\par{\listtext\f3\'b7\tab}\ls1 a dot\par\pard"
        r"{\shp{\*\shpinst{\sp{\sn gtextUNICODE}{\sv DRAFT}}{\shptxt\pard Boxed.\par}}{\shprslt never}}end\par}"
    ) % (20 | 18 << 6 | 3 << 11 | 10 << 16 | 94 << 20))
    data = struct.pack("<H", 2) + b"list.txt\0C:\\x\\list.txt\0" + bytes([0, 0, 3, 0]) + struct.pack("<I", 2) + b"x\0"
    data += struct.pack("<I", 11) + b"inner words"
    ole = struct.pack("<III", 0x501, 2, 8) + b"Package\0" + struct.pack("<II", 0, 0) + struct.pack("<I", len(data)) + data
    save("rtf/files.rtf", (
        r"{\rtf1\ansi See {\object\objemb{\*\objclass Package}{\*\objdata " + ole.hex() + r"}{\result the list}}"
        r" and {\*\shppict{\pict\pngblip\picw1 " + b"\x89PNG".hex() + r"}}{\nonshppict{\pict\wmetafile8 00}}.\par}"
    ))


# Word 97

def make_doc():
    body = ("Heading here\rPaid fiftythirty thousand\x02.\rSee \x13 HYPERLINK \"https://a.example/\" \x14the page\x15.\r"
            "Rosa\x07" "50,000\x07\x07" "Se\xf1or \u2014 last.\r")
    note = "\x02 In the ledger.\r"
    header_stories = [""] * 6 + ["", "File 114-98\r", "", "Foot\r", "", ""]
    furniture = "".join(header_stories) + "\r"
    text = body + note + furniture
    start = 0x600
    narrow = body[:20].encode("cp1252")
    wide = text[20:].encode("utf-16-le")
    main = bytearray(start) + narrow
    wide_at = len(main)
    main += wide
    while len(main) % 512:
        main += b"\0"

    def offset(cp):
        return start + cp if cp < 20 else wide_at + (cp - 20) * 2

    def find(words):
        return body.index(words)

    def page(runs, entry, build):
        """One page of properties: runs of (end place, property bytes)."""
        nonlocal main
        ends = [start] + [end for end, _ in runs]
        out = bytearray(512)
        struct.pack_into(f"<{len(ends)}I", out, 0, *ends)
        top = 510
        for i, (_, held) in enumerate(runs):
            if held:
                packed = build(held)
                top -= len(packed) + (len(packed) % 2)
                top -= top % 2
                out[top:top + len(packed)] = packed
                out[len(ends) * 4 + i * entry] = top // 2
        out[511] = len(runs)
        number = len(main) // 512
        main += out
        return number

    fifty, thirty = find("fifty"), find("thirty")
    moment = 20 | 18 << 6 | 3 << 11 | 10 << 16 | 94 << 20
    gone = struct.pack("<HBHHHI", 0x0800, 1, 0x4863, 0, 0x6864, moment)
    come = struct.pack("<HBHHHI", 0x0801, 1, 0x4804, 0, 0x6805, moment)
    letters = [(offset(fifty), b""), (offset(thirty), gone), (offset(thirty + 6), come), (offset(len(text)), b"")]
    letter_page = page(letters, 1, lambda held: bytes([len(held)]) + held)
    head_end, rosa, row, after = find("Paid"), find("Rosa"), find("\x07\x07") + 1, find("Se\xf1or")

    def paragraph(style, more=b""):
        return struct.pack("<H", style) + more

    def build(held):
        if len(held) % 2 == 0:
            return bytes([0, len(held) // 2]) + held
        return bytes([(len(held) + 1) // 2]) + held

    table = struct.pack("<HB", 0x2416, 1)
    paragraphs = [(offset(head_end), paragraph(1)), (offset(rosa), paragraph(0)), (offset(row), paragraph(0, table)),
                  (offset(after), paragraph(0, table + struct.pack("<HB", 0x2417, 1))), (offset(len(text)), paragraph(0))]
    paragraph_page = page(paragraphs, 13, build)

    tables = bytearray()
    places = {}

    def put(nth, data):
        places[nth] = (len(tables), len(data))
        tables.extend(data)

    sign = body.index("\x02")
    put(2, struct.pack("<IIH", sign, len(body), 1))
    put(3, struct.pack("<III", 0, len(note), len(note) + 1))
    stops, at = [0], 0
    for story in header_stories:
        at += len(story)
        stops.append(at)
    put(11, struct.pack(f"<{len(stops) + 1}I", *stops, at + 1))
    put(12, struct.pack("<III", start, offset(len(text)), letter_page))
    put(13, struct.pack("<III", start, offset(len(text)), paragraph_page))
    pieces = struct.pack("<III", 0, 20, len(text))
    pieces += struct.pack("<HIH", 0, 0x40000000 | start * 2, 0) + struct.pack("<HIH", 0, wide_at, 0)
    put(33, b"\x02" + struct.pack("<I", len(pieces)) + pieces)
    author = "G. Soto".encode("utf-16-le")
    put(51, struct.pack("<HHHH", 0xFFFF, 1, 0, 7) + author)
    struct.pack_into("<HHHHHHH", main, 0, 0xA5EC, 0xC1, 0, 0x409, 0, 0x0200, 0xBF)
    struct.pack_into("<H", main, 32, 14)
    struct.pack_into("<H", main, 62, 22)
    struct.pack_into("<III", main, 0x4C, len(body), len(note), len(furniture))
    struct.pack_into("<H", main, 0x98, 93)
    for nth, (where, length) in places.items():
        struct.pack_into("<II", main, 0x9A + nth * 8, where, length)
    save("doc/word97.doc", compound({"WordDocument": bytes(main), "1Table": bytes(tables)}))
    locked = bytearray(main)
    struct.pack_into("<H", locked, 0x0A, 0x0300)
    save("doc/locked.doc", compound({"WordDocument": bytes(locked), "1Table": bytes(tables)}))
    old = bytearray(0x300)
    words = "Palabras de a\xf1os.\rUno\x07dos\x07\x07Fin.\r".encode("cp1252")
    struct.pack_into("<HH", old, 0, 0xA5DC, 0x65)
    struct.pack_into("<II", old, 0x18, 0x300, 0x300 + len(words))
    struct.pack_into("<I", old, 0x34, len(words))
    save("doc/word95.doc", compound({"WordDocument": bytes(old) + words}))


# Excel

S = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def make_sheets():
    rels = "http://schemas.openxmlformats.org/package/2006/relationships"

    def relations(found, external=""):
        inner = "".join(f'<Relationship Id="{k}" Type="{R}/{kind}" Target="{target}"/>' for k, (kind, target) in found.items())
        return HEAD + f'<Relationships xmlns="{rels}">{inner}{external}</Relationships>'

    styles = (
        f'<styleSheet xmlns="{S}"><numFmts><numFmt numFmtId="164" formatCode="dd/mm/yyyy"/>'
        '<numFmt numFmtId="165" formatCode="&quot;US$&quot;\\ #,##0.00"/><numFmt numFmtId="166" formatCode="mmm\\-yy"/></numFmts>'
        '<cellStyleXfs><xf numFmtId="9"/></cellStyleXfs><cellXfs><xf numFmtId="0"/><xf numFmtId="164"/><xf numFmtId="165"/>'
        '<xf numFmtId="166"/><xf numFmtId="10"/></cellXfs></styleSheet>'
    )
    strings = (
        f'<sst xmlns="{S}"><si><t>Payee</t></si><si><t>Date</t></si><si><t>Sum</t></si><si><r><t>Fa</t></r><r><t>rol</t></r>'
        "<rPh><t>spoken</t></rPh></si><si><t>a_x000D_\nb</t></si></sst>"
    )
    sheet = (
        f'<worksheet xmlns="{S}" xmlns:r="{R}"><cols><col min="5" max="5" hidden="1"/></cols><sheetData>'
        '<row r="1"><c r="A1" t="inlineStr"><is><t>Ledger</t></is></c></row>'
        '<row r="3"><c r="A3" t="s"><v>0</v></c><c r="B3" t="s"><v>1</v></c><c r="C3" t="s"><v>2</v></c></row>'
        '<row r="4"><c r="A4" t="s"><v>3</v></c><c r="B4" s="1"><v>33677</v></c><c r="C4" s="2"><v>12000</v></c></row>'
        '<row r="5" hidden="1"><c r="A5" t="s"><v>4</v></c><c r="B5" s="3"><v>33677</v></c><c r="C5" s="4"><f>C4*2</f><v>0.255</v></c>'
        '<c r="E5"><v>0.30000000000000004</v></c></row>'
        '<row r="1048576"><c r="XFD1048576" t="b"><v>1</v></c></row></sheetData>'
        '<mergeCells><mergeCell ref="A1:C1"/></mergeCells><hyperlinks><hyperlink ref="A4" r:id="l1"/></hyperlinks></worksheet>'
    )
    comments = (
        f'<comments xmlns="{S}"><authors><author>Ana</author></authors><commentList><comment ref="C4" authorId="0">'
        "<text><r><t>Who </t></r><r><t>signed?</t></r></text></comment></commentList></comments>"
    )
    save("xlsx/formats.xlsx", package({
        "[Content_Types].xml": HEAD + '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        '<Default Extension="xml" ContentType="application/xml"/><Override PartName="/xl/workbook.xml" '
        'ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/></Types>',
        "_rels/.rels": relations({"r1": ("officeDocument", "xl/workbook.xml")}),
        "xl/workbook.xml": HEAD + f'<workbook xmlns="{S}" xmlns:r="{R}"><sheets><sheet name="Caja" sheetId="1" r:id="r1"/>'
        '<sheet name="Hidden" sheetId="2" state="hidden" r:id="r2"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": relations({
            "r1": ("worksheet", "worksheets/sheet1.xml"), "r2": ("worksheet", "worksheets/sheet2.xml"),
            "r3": ("sharedStrings", "sharedStrings.xml"), "r4": ("styles", "styles.xml")}),
        "xl/sharedStrings.xml": HEAD + strings,
        "xl/styles.xml": HEAD + styles,
        "xl/worksheets/sheet1.xml": HEAD + sheet,
        "xl/worksheets/_rels/sheet1.xml.rels": relations(
            {"c1": ("comments", "../comments1.xml")},
            f'<Relationship Id="l1" Type="{R}/hyperlink" Target="https://a.example/" TargetMode="External"/>'),
        "xl/worksheets/sheet2.xml": HEAD + f'<worksheet xmlns="{S}"><sheetData><row r="1"><c r="A1" t="str"><v>unseen</v></c></row>'
        "</sheetData></worksheet>",
        "xl/comments1.xml": HEAD + comments,
    }))
    try:
        import xlwt
    except ImportError:
        print("xlwt is missing: cases/read/xls is left as it is")
        return
    book = xlwt.Workbook()
    first = book.add_sheet("Caja")
    for column, words in enumerate(["Payee", "Date", "Sum", "Ñandú"]):
        first.write(0, column, words)
    first.write(1, 0, "Farol")
    first.write(1, 1, 33677, xlwt.easyxf(num_format_str="DD/MM/YYYY"))
    first.write(1, 2, 12000.5, xlwt.easyxf(num_format_str='"US$" #,##0.00'))
    first.write(2, 0, "x" * 9000)
    first.write(2, 2, 7)
    first.write(3, 0, xlwt.Formula("1+1"))
    first.write(3, 1, True)
    first.row(2).hidden = True
    first.write_merge(5, 5, 0, 2, "wide")
    hidden = book.add_sheet("Hidden")
    hidden.visibility = 1
    hidden.write(0, 0, "unseen")
    out = io.BytesIO()
    book.save(out)
    save("xls/sheet.xls", out.getvalue())


# Outlook

def make_msg():
    when = ("time", (764_000_000 + 11644473600) * 10_000_000)
    address = ("ana@diario.example", "ana@diario.example")
    rtf = br"{\rtf1\ansi Se\'f1or, en el cuerpo.\par}"
    packed = struct.pack("<IIII", len(rtf) + 12, len(rtf), 0x414C454D, 0) + rtf
    inner = properties(bytes(8) + struct.pack("<IIII", 0, 0, 0, 0), {0x0037: "Inside", 0x1000: "Inner words.\r\n"})

    def person(kind, name, mail):
        return properties(bytes(8), {0x3001: name, 0x39FE: mail, 0x0C15: kind})

    def message(body):
        tree = properties(bytes(8) + struct.pack("<IIII", 3, 2, 3, 2) + bytes(8), {
            0x0037: "Los pagos", 0x0039: when, 0x0C1A: "Rosa Soto", 0x5D01: "rosa@casa.example",
            0x0042: "Ana Ríos", 0x5D02: address[0], 0x1035: "<1@diario.example>",
            0x007D: "Received: from b by c\r\nReceived: from a\r\n\tby b\r\nSubject: x\r\n", **body})
        tree["__recip_version1.0_#00000000"] = person(1, "Juan Paz", "juan@paz.example")
        tree["__recip_version1.0_#00000001"] = person(2, "Copia", "copia@paz.example")
        tree["__recip_version1.0_#00000002"] = person(3, "Oculta", "oculta@paz.example")
        tree["__attach_version1.0_#00000000"] = properties(bytes(8), {0x3701: b"inner words", 0x3707: "..\\list.txt"})
        attached = properties(bytes(8), {0x3001: "Inside", 0x3705: 5})
        attached["__substg1.0_3701000D"] = inner
        tree["__attach_version1.0_#00000001"] = attached
        tree["__nameid_version1.0"] = {"__substg1.0_00020102": b""}
        return compound(tree)

    save("msg/plain.msg", message({0x1000: "Señor:\r\n\r\nPagó dos veces.\r\n> ¿Quién?\r\nÉl."}))
    save("msg/rtf.msg", message({0x1009: packed}))
    save("msg/html.msg", message({0x1013: "<html><meta charset=utf-8><p>Señor en <b>HTML</b>.</p></html>".encode()}))


make_docx()
make_odf()
make_rtf()
make_doc()
make_sheets()
make_msg()
