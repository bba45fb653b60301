"""Web pages of four houses, each with the furniture that surrounds a story on the web."""

from html import escape

from .source import NOTICE, blocks

STYLE = ("body{font-family:Georgia,serif;margin:0;background:#fff;color:#111}header,footer{background:%s;color:#fff;padding:1em}"
         "nav ul{list-style:none;display:flex;flex-wrap:wrap;margin:.5em 0 0;padding:0}nav a{color:#fff;margin-right:1.2em}.deck{font-size:1.2em;color:#444}.byline{color:#555;margin:.2em 0}header b{font-size:1.6em}main{max-width:44em;margin:auto;padding:1em}aside{background:#eee;padding:1em;margin:1em 0}"
         ".share a{margin-right:.6em}.notice{font-size:.8em}")
WORDS = {
    "es": dict(share="Compartir", send="Enviar", letters="Reciba nuestro boletín", mail="Su correo electrónico", join="Suscribirme",
               letters_say="Cada mañana, las noticias que otros callan. Puede darse de baja cuando quiera.", related="También le puede interesar",
               comments="Comentarios (3)", leave="Deje su comentario", name="Nombre", rights="Todos los derechos reservados.",
               shares=["Copiar enlace", "Correo", "Guardar", "Imprimir"], cookies="Este sitio utiliza cookies para mejorar su experiencia.", ok="Aceptar"),
    "en": dict(share="Share this story", send="Send", letters="Get our morning briefing", mail="Your e-mail address", join="Sign up",
               letters_say="The day's news from the coast and the capital. Unsubscribe at any time.", related="Related stories",
               comments="Comments (2)", leave="Leave a comment", name="Name", rights="All rights reserved.",
               shares=["Copy link", "Email", "Save", "Print"], cookies="We use cookies to give you the best experience.", ok="Accept"),
}


def page(name, language, house, published, nav, related, comments, colour, spoil=None, url="", picture=""):
    """The HTML of a story; `spoil` garbles the list of the story's blocks."""
    say = WORDS[language]
    parts = blocks(name)
    words = [text for _, text in parts]
    if spoil:
        words = spoil(words)
    article = []
    for (kind, _), text in zip(parts, words):
        text = escape(text, quote=False)
        article.append({"title": f"<h1>{text}</h1>", "deck": f'<p class="deck">{text}</p>', "heading": f"<h2>{text}</h2>",
                        "line": f'<p class="byline">{text}</p>', "revision": f'<p class="revision"><em>{text}</em></p>'}.get(kind, f"<p>{text}</p>"))
    lead = next(i for i, (kind, _) in enumerate(parts) if kind == "text")
    share = f'<div class="share">{say["share"]}: ' + " ".join(f'<a href="#share-{s.split()[0].lower()}">{s}</a>' for s in say["shares"]) + "</div>"
    letters = (f'<aside class="newsletter"><h3>{say["letters"]}</h3><p>{say["letters_say"]}</p><form action="/newsletter" method="post">'
               f'<input type="email" name="email" placeholder="{say["mail"]}"><button>{say["join"]}</button></form></aside>')
    third = [i for i, (kind, _) in enumerate(parts) if kind == "text"][2] + 1
    body = article[:lead] + [share] + article[lead:third] + [letters] + article[third:] + [share]
    links = "".join(f'<li><a href="/{i + 101}.html">{escape(r)}</a></li>' for i, r in enumerate(related))
    said = "".join(f'<div class="comment"><b>{escape(n)}</b><p>{escape(t)}</p></div>' for n, t in comments)
    return f"""<!DOCTYPE html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<title>{escape(words[0], quote=False)} | {house}</title>
<meta name="author" content="{escape(next((w[4:] if w[:4] == 'Por ' else w[3:] for w in words if w[:3] in ('Por', 'By ')), house))}">
<meta property="og:site_name" content="{house}">
<meta property="og:title" content="{escape(words[0])}">
<meta property="article:published_time" content="{published}">
<style>{STYLE % colour}</style>
<script>window.dataLayer = window.dataLayer || []; dataLayer.push({{"page": "story", "section": "politics"}});</script>
</head>
<body>
<div class="cookie-banner" role="dialog">{say["cookies"]} <button>{say["ok"]}</button></div>
<header>{picture}<b>{house}</b>
<nav><ul>{"".join(f'<li><a href="/{i}.html">{escape(n)}</a></li>' for i, n in enumerate(nav))}</ul></nav></header>
<main>
<article>
{chr(10).join(body)}
</article>
<section class="related"><h3>{say["related"]}</h3><ul>{links}</ul></section>
<section class="comments"><h3>{say["comments"]}</h3>{said}
<form action="/comment" method="post"><h4>{say["leave"]}</h4><label>{say["name"]} <input name="name"></label>
<textarea name="comment"></textarea><button>{say["send"]}</button></form></section>
</main>
<footer><p>© {published[:4]} {house}. {say["rights"]}</p><p class="notice">{NOTICE[language]}</p></footer>
</body>
</html>
"""
