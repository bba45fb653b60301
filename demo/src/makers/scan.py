"""Pages as a scanner leaves them: skewed, speckled, faded; with the lines as they stand on the page."""

import io

import numpy
from PIL import Image, ImageDraw, ImageFilter, ImageFont

PRIME = "/usr/share/fonts/opentype/courier-prime/Courier Prime.otf"
SERIF = "/usr/share/fonts/truetype/liberation/LiberationSerif-Regular.ttf"
SANS = "/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf"
MONO = "/usr/share/fonts/truetype/liberation/LiberationMono-Regular.ttf"


def font(path, size):
    return ImageFont.truetype(path, size, layout_engine=ImageFont.Layout.BASIC)


def wrap(text, face, width):
    """The lines of a text; its own line ends are kept, a blank line is kept as one."""
    lines = []
    for paragraph in text.split("\n"):
        line = ""
        for word in paragraph.split():
            trial = f"{line} {word}" if line else word
            if face.getlength(trial) > width and line:
                lines.append(line)
                line = word
            else:
                line = trial
        lines.append(line)
    return lines


def typeset(text, notice, face_path, size, width=1240, height=None, margin=120, columns=1, ink=30, jitter=0, seed=1):
    """(picture, lines as read): the text, then the notice in small print at the foot.

    Without a height the sheet is cut to the text.
    """
    random = numpy.random.default_rng(seed)
    face, small = font(face_path, size), font(SANS, max(13, size * 5 // 9))
    gap = 60
    wide = (width - 2 * margin - gap * (columns - 1)) // columns
    lines = wrap(text, face, wide)
    step = int(size * 1.42)
    share = -(-len(lines) // columns)
    height = height or share * step + 2 * margin + 40
    if share > (height - 2 * margin) // step:
        raise ValueError(f"{len(lines)} lines do not fit a page of {height}")
    image = Image.new("L", (width, height), 255)
    draw = ImageDraw.Draw(image)
    for i, line in enumerate(lines):
        x, y = margin + (i // share) * (wide + gap), margin + (i % share) * step
        if not jitter:
            draw.text((x, y), line, font=face, fill=ink)
            continue
        for c in line:
            dy = int(random.integers(-jitter, jitter + 1))
            draw.text((x, y + dy), c, font=face, fill=int(numpy.clip(ink + random.integers(-25, 45), 0, 215)))
            x += face.getlength(c)
    foot = wrap(notice, small, width - 2 * margin)
    for i, line in enumerate(foot):
        draw.text((margin, height - margin * 2 // 3 + i * (small.size + 4)), line, font=small, fill=ink)
    return image, [line for line in lines + foot if line.strip()]


def worn(image, skew=0.0, noise=0.0, speckle=0.0, paper=255, fade=0.0, blur=0.0, shadow=0.0, ring=False, seed=1):
    """The page after the years: `paper` grey, `fade` of the ink towards it, salt and pepper, a fold, a cup."""
    random = numpy.random.default_rng(seed)
    if ring:
        draw = ImageDraw.Draw(image)
        w, h = image.size
        draw.ellipse((w * 0.6, h * 0.66, w * 0.86, h * 0.66 + w * 0.26), outline=205, width=9)
    if skew:
        image = image.rotate(skew, resample=Image.Resampling.BICUBIC, fillcolor=255)
    if blur:
        image = image.filter(ImageFilter.GaussianBlur(blur))
    grey = numpy.asarray(image, dtype=numpy.float32)
    ink = (255 - grey) * (1 - fade)
    grey = paper - ink * paper / 255
    height, width = grey.shape
    if shadow:
        fold = numpy.exp(-(((numpy.arange(height) - height * 0.47) / 14.0) ** 2))
        edge = numpy.linspace(1, 0, width) ** 4
        grey -= shadow * 60 * fold[:, None] + shadow * 50 * edge[None, :]
    if noise:
        grey += random.normal(0, noise, grey.shape).astype(numpy.float32)
    if speckle:
        spots = random.random(grey.shape)
        grey[spots < speckle] = 40
        grey[spots > 1 - speckle] = 250
        for _ in range(int(speckle * 30000)):
            y, x, r = (int(random.integers(0, k)) for k in (height - 4, width - 4, 3))
            grey[y:y + r + 1, x:x + r + 1] = 70
    return Image.fromarray(numpy.clip(grey, 0, 255).astype(numpy.uint8))


def jpeg(image, quality=45):
    buffer = io.BytesIO()
    image.save(buffer, "JPEG", quality=quality, dpi=(150, 150))
    return buffer.getvalue()


def png(image, shades=16):
    """A grey PNG in few shades, as office scanners write them."""
    buffer = io.BytesIO()
    step = 256 // shades
    image.point(lambda v: v // step * 255 // (shades - 1)).quantize(shades).save(buffer, "PNG", optimize=True, dpi=(150, 150))
    return buffer.getvalue()


def tiff(images, threshold=150):
    """Pages of a fax: black and white, Group 4, one file."""
    buffer = io.BytesIO()
    pages = [i.point(lambda v: 255 if v > threshold else 0).convert("1", dither=Image.Dither.NONE) for i in images]
    pages[0].save(buffer, "TIFF", save_all=True, append_images=pages[1:], compression="group4", dpi=(204, 196))
    return buffer.getvalue()


def masthead(words):
    """A small picture with the name of a newspaper."""
    image = Image.new("L", (240, 40), 255)
    ImageDraw.Draw(image).text((8, 6), words, font=font(SERIF, 24), fill=0)
    return png(image)
