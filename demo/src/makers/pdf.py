"""Born-digital PDF pages: single column, newspaper columns, table, telegram."""

import io

from reportlab.lib.pagesizes import A4, letter
from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen import canvas

from .source import NOTICE, blocks, pages

LIBERATION = "/usr/share/fonts/truetype/liberation/Liberation"
VOWELS = "aeiouáéíóúü"
TOGETHER = "bl br cl cr dr fl fr gl gr pl pr tr ch ll rr".split()


def fonts():
    for name, file in [("Serif", "Serif-Regular"), ("SerifB", "Serif-Bold"), ("SerifI", "Serif-Italic"),
                       ("Sans", "Sans-Regular"), ("SansB", "Sans-Bold")]:
        pdfmetrics.registerFont(TTFont(name, LIBERATION + file + ".ttf"))


def sheet(size, title, author):
    buffer = io.BytesIO()
    page = canvas.Canvas(buffer, pagesize=size, invariant=1, pageCompression=1)
    page.setTitle(title)
    page.setAuthor(author)
    return buffer, page


def break_points(word):
    """Where a Spanish word may be broken: V-CV, and VC-CV unless the two consonants hold together."""
    low = word.lower().strip(".,:;«»¿?¡!")
    if not low.isalpha():
        return []
    start = word.lower().index(low)
    vowel = [c in VOWELS for c in low]
    points = []
    for i in range(2, len(low) - 2):
        single = vowel[i - 1] and not vowel[i] and vowel[i + 1]
        double = vowel[i - 2] and not vowel[i - 1] and not vowel[i] and vowel[i + 1] and low[i - 1:i + 1] not in TOGETHER
        if single or double:
            points.append(start + i)
    return points


def wrap(words, font, size, width, hyphenate=False):
    lines, line = [], ""
    for word in words.split():
        trial = f"{line} {word}" if line else word
        if pdfmetrics.stringWidth(trial, font, size) <= width:
            line = trial
            continue
        if hyphenate:
            for i in reversed(break_points(word)):
                part = f"{line} {word[:i]}-" if line else word[:i] + "-"
                if pdfmetrics.stringWidth(part, font, size) <= width:
                    lines.append(part)
                    line, word = "", word[i:]
                    break
        if line:
            lines.append(line)
        line = word
    return lines + [line] if line else lines


def foot(page, width, language, number=None):
    page.setFont("Sans", 6.5)
    page.drawCentredString(width / 2, 22, NOTICE[language])
    if number:
        page.setFont("Serif", 9)
        page.drawRightString(width - 60, 40, str(number))


def column(name, language, letterhead):
    """One column; the letterhead stands on every page."""
    width, height = A4
    buffer, page = sheet(A4, blocks(name)[0][1], letterhead)
    number, y = 1, 0

    def begin():
        page.setFont("SansB", 8)
        page.drawCentredString(width / 2, height - 40, letterhead)
        page.line(70, height - 46, width - 70, height - 46)
        return height - 80

    y = begin()
    for kind, words in blocks(name):
        font, size = {"title": ("SerifB", 16), "line": ("SerifI", 10.5)}.get(kind, ("Serif", 11.5))
        for line in wrap(words, font, size, width - 140):
            if y < 70:
                foot(page, width, language, number)
                page.showPage()
                number, y = number + 1, begin()
            page.setFont(font, size)
            page.drawString(70, y, line)
            y -= size * 1.35
        y -= 8
    foot(page, width, language, number)
    page.save()
    return buffer.getvalue()


def newspaper(name, language, masthead, running):
    """A page in two columns under a masthead, words broken at line ends, lines justified."""
    width, height = 700, 990
    buffer, page = sheet((width, height), blocks(name)[0][1], masthead)
    page.setFont("SerifB", 40)
    page.drawCentredString(width / 2, height - 62, masthead)
    page.setFont("Sans", 8)
    page.drawString(40, height - 82, running[0])
    page.drawRightString(width - 40, height - 82, running[1])
    page.line(40, height - 88, width - 40, height - 88)
    parts = blocks(name)
    page.setFont("SerifB", 27)
    page.drawString(40, height - 124, parts[0][1])
    page.setFont("SerifI", 11)
    page.drawString(40, height - 142, parts[3][1])
    gap, top, bottom = 24, height - 168, 52
    wide = (width - 80 - gap) / 2
    flow = []
    for kind, words in parts[4:]:
        font, size = ("SansB", 15) if kind == "heading" else ("Serif", 14.2)
        lines = wrap(words, font, size, wide - 1, hyphenate=kind == "text")
        for i, line in enumerate(lines):
            flow.append((line, font, size, kind == "text" and i + 1 < len(lines)))
        flow.append(None)
    tall = sum(18.2 if f else 8 for f in flow)
    cut = min(top - bottom, tall / 2 + 20)
    x, y = 40, top
    for item in flow:
        if x == 40 and top - y > cut:
            x, y = 40 + wide + gap, top
        if item is None:
            y -= 8 if y != top else 0
            continue
        line, font, size, justify = item
        spaces = line.count(" ")
        slack = wide - pdfmetrics.stringWidth(line, font, size)
        words = page.beginText(x, y)
        words.setFont(font, size)
        if justify and spaces:
            words.setWordSpace(0)
            at = x
            for piece in line.split(" "):
                words.setTextOrigin(at, y)
                words.textOut(piece)
                at += pdfmetrics.stringWidth(piece + " ", font, size) + slack / spaces
        else:
            words.textOut(line)
        page.drawText(words)
        y -= 18.2
    page.line(40 + wide + gap / 2, top + 8, 40 + wide + gap / 2, top - cut)
    foot(page, width, language)
    page.save()
    return buffer.getvalue()


def tabular(name, language):
    """A heading, a ruled table with figures set right, notes."""
    width, height = A4
    parts = blocks(name)
    buffer, page = sheet(A4, parts[1][1], parts[0][1])
    y = height - 70
    for kind, words in parts:
        if "\t" in words:
            rows = [r.split("\t") for r in words.split("\n")]
            right = [None, 250, 335, 440, 525]
            for i, row in enumerate(rows):
                page.setFont("SansB" if i in (0, len(rows) - 1) else "Sans", 9)
                for cell, edge in zip(row, right):
                    if edge is None:
                        page.drawString(75, y, cell)
                    else:
                        page.drawRightString(edge, y, cell)
                page.setLineWidth(0.4)
                page.line(70, y - 5, 530, y - 5)
                y -= 18
            y -= 14
            continue
        font, size = {"title": ("SansB", 13), "deck": ("SansB", 11), "line": ("Sans", 9)}.get(kind, ("Sans", 9.5))
        for line in wrap(words, font, size, width - 140):
            page.setFont(font, size)
            page.drawString(70, y, line)
            y -= size * 1.4
        y -= 8
    foot(page, width, language)
    page.save()
    return buffer.getvalue()


def telegram(name, stamp):
    """Telegram pages in Courier under a release stamp, the attributes on a page of their own."""
    width, height = letter
    text, attributes = pages(name)
    buffer, page = sheet(letter, name.rsplit("/", 1)[1], "")

    def stamped():
        page.setFont("Helvetica", 8)
        page.drawCentredString(width / 2, height - 24, stamp)
        page.drawCentredString(width / 2, 20, stamp)

    def write(lines, start):
        y = start
        for line in lines:
            if y < 45:
                stamped()
                page.showPage()
                y = height - 60
            page.setFont("Courier", 9.5)
            page.drawString(60, y, line)
            y -= 11.4
        stamped()
        page.showPage()

    page.setFont("Helvetica-Bold", 10)
    page.drawCentredString(width / 2, height - 44, "Message Text")
    lines = text.split("\n")
    second = next((i for i, line in enumerate(lines) if line.startswith("PAGE 02")), None)
    if second is None:
        write(lines, height - 66)
    else:
        write(lines[: second - 3], height - 66)
        write(lines[second - 2:], height - 60)
    write(attributes.split("\n"), height - 60)
    page.save()
    return buffer.getvalue()


def pictures(jpegs, title):
    """Pages that are only pictures, as a scanner leaves them."""
    width, height = A4
    buffer, page = sheet(A4, title, "")
    for jpeg in jpegs:
        page.drawImage(ImageReader(io.BytesIO(jpeg)), 0, 0, width, height)
        page.showPage()
    page.save()
    return buffer.getvalue()
