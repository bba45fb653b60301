"""The eight pages of `demo/scans/`, for scoring character recognition: how each is set and worn."""

from pathlib import Path

from .scan import MONO, PRIME, SANS, SERIF, jpeg, png, typeset, worn
from .source import NOTICE

HERE = Path(__file__).resolve().parent.parent / "scans"
PAGES = [
    ("en-clean", dict(face_path=SERIF, size=25), dict(noise=2), "png"),
    ("en-noisy", dict(face_path=SANS, size=21), dict(noise=24, speckle=0.003, blur=0.5, paper=228), "jpg"),
    ("en-skewed", dict(face_path=SERIF, size=25), dict(skew=2.6, noise=8, paper=240, shadow=0.6), "jpg"),
    ("en-typewriter", dict(face_path=PRIME, size=23, ink=90, jitter=1), dict(skew=-0.7, fade=0.42, noise=12, paper=214), "jpg"),
    ("es-noisy", dict(face_path=SERIF, size=25), dict(noise=26, speckle=0.003, blur=0.5, paper=230), "jpg"),
    ("es-skewed", dict(face_path=SANS, size=21), dict(skew=-2.9, noise=8, paper=238, shadow=0.5), "jpg"),
    ("es-typewriter", dict(face_path=MONO, size=22, ink=95, jitter=1), dict(skew=0.6, fade=0.38, noise=10, paper=212), "jpg"),
    ("es-columns", dict(face_path=SERIF, size=23, columns=2, margin=80), dict(skew=0.4, noise=6, paper=245), "png"),
]


def all_pages():
    """(file name, bytes) of every picture and of the true text beside it."""
    for seed, (name, setting, wear, kind) in enumerate(PAGES, 40):
        text = (HERE / f"{name}.txt").read_text(encoding="utf-8").rstrip("\n")
        options = dict(width=1000, margin=90) | setting
        image, lines = typeset(text, NOTICE[name[:2]], seed=seed, **options)
        image = worn(image, seed=seed, **wear)
        yield f"{name}.{kind}", png(image) if kind == "png" else jpeg(image, 50)
        yield f"{name}.txt", ("\n".join(lines) + "\n").encode("utf-8")
