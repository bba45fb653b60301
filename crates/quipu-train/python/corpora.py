"""The data of a language by its code."""

import english
import spanish


def load(lang):
    """Treebanks to train on, further names to train on, development sets by name."""
    return {"en": english, "es": spanish}[lang].load()
