"""EML, MBOX, MSG and MHTML. Boundaries and ids are fixed."""

import base64
import quopri
import re
from email.header import Header
from email.utils import parseaddr, parsedate_tz, mktime_tz

from .cfb import message
from .source import NOTICE, raw


def split(text):
    """(headers, body) of one message in a source."""
    head, body = text.split("\n\n", 1)
    return dict(line.split(": ", 1) for line in head.split("\n")), body


def word(text, charset="utf-8"):
    """A header word, encoded when it must be; an address keeps its angle brackets."""
    name, address = parseaddr(text) if "<" in text else ("", "")
    if address:
        return f"{word(name, charset)} <{address}>"
    return text if text.isascii() else Header(text, charset, maxlinelen=200).encode()


def b64(data):
    return base64.encodebytes(data).decode("ascii").replace("\n", "\r\n")


def qp(text, charset):
    return quopri.encodestring(text.encode(charset)).decode("ascii").replace("\n", "\r\n")


def eml(name, language, attachment, attachment_name):
    head, body = split(raw(name))
    body += "\n\n-- \n" + NOTICE[language]
    html = "<html><body>" + "".join(f"<p>{p}</p>" for p in body.split("\n\n")) + "</body></html>"
    lines = [f"{k}: {word(v, 'iso-8859-1')}" for k, v in head.items()]
    outer, inner = "----=_Sobre_0528", "----=_Carta_0528"
    return "\r\n".join(lines + [
        "Message-ID: <19980528234100.0528@correo.sarmiria.example>", "MIME-Version: 1.0",
        f'Content-Type: multipart/mixed; boundary="{outer}"', "", "Mensaje en varias partes.", f"--{outer}",
        f'Content-Type: multipart/alternative; boundary="{inner}"', "", f"--{inner}",
        'Content-Type: text/plain; charset="windows-1252"', "Content-Transfer-Encoding: quoted-printable", "",
        qp(body, "cp1252"), f"--{inner}", 'Content-Type: text/html; charset="windows-1252"',
        "Content-Transfer-Encoding: quoted-printable", "", qp(html, "cp1252"), f"--{inner}--", f"--{outer}",
        f'Content-Type: text/plain; charset="utf-8"; name="{attachment_name}"', "Content-Transfer-Encoding: base64",
        f'Content-Disposition: attachment; filename="{attachment_name}"', "",
        b64((raw(attachment) + "\n\n" + NOTICE[language] + "\n").encode("utf-8")), f"--{outer}--", ""]).encode("ascii")


def mbox(text, language):
    out = []
    for i, part in enumerate(text.split("\n\n---\n\n")):
        head, body = split(part)
        date = parsedate_tz(head["Date"])
        stamp = re.sub(r"^(\w+), 0?(\d+) (\w+) (\d+) (\S+).*", r"\1 \3 \2 \5 \4", head["Date"])
        assert date
        out.append(f"From {parseaddr(head['From'])[1]} {stamp}\n" + "\n".join(f"{k}: {word(v)}" for k, v in head.items())
                   + f"\nMessage-ID: <{i + 1}.20010817@alborherald.example>\nMIME-Version: 1.0\n"
                   "Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: 8bit\n\n"
                   + re.sub(r"(?m)^(>*From )", r">\1", body) + "\n\n-- \n" + NOTICE[language] + "\n")
    return "\n".join(out).encode("utf-8")


def msg(name, language, attachment, attachment_name):
    head, body = split(raw(name))
    body = (body + "\n\n" + NOTICE[language]).replace("\n", "\r\n")
    headers = "\r\n".join(f"{k}: {word(v)}" for k, v in head.items()) + "\r\nMessage-ID: <20010820@harlandembassy.example>\r\n\r\n"
    data = (raw(attachment) + "\n\n" + NOTICE["es"] + "\n").encode("cp1252")
    return message(parseaddr(head["From"]), parseaddr(head["To"]), head["Subject"], mktime_tz(parsedate_tz(head["Date"])),
                   body, headers, (attachment_name, "text/plain", data))


def mhtml(html, url, date, title, picture):
    """A page as a browser saves it: the document in quoted-printable and its picture."""
    edge = "----MultipartBoundary--Herald19980624----"
    return "\r\n".join([
        "From: <Saved by Blink>", f"Snapshot-Content-Location: {url}", f"Subject: {word(title)}", f"Date: {date}", "MIME-Version: 1.0",
        "Content-Type: multipart/related;", '\ttype="text/html";', f'\tboundary="{edge}"', "", "", f"--{edge}",
        "Content-Type: text/html", "Content-ID: <frame-0@mhtml.blink>", "Content-Transfer-Encoding: quoted-printable",
        f"Content-Location: {url}", "", qp(html, "utf-8"), f"--{edge}", "Content-Type: image/png",
        "Content-Transfer-Encoding: base64", "Content-Location: https://alborherald.example/img/masthead.png", "",
        b64(picture), f"--{edge}--", ""]).encode("ascii")
