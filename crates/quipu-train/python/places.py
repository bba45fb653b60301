"""Where things are. Data come from `QUIPU_DATA` (else `../shared/data`); everything made
here goes to `QUIPU_TRAIN` (else `target/train`). Both are set by `quipu-train train`."""

import os
from pathlib import Path

DATA = Path(os.environ.get("QUIPU_DATA", "../shared/data"))
WORK = Path(os.environ.get("QUIPU_TRAIN", "target/train"))

CHECKPOINTS = WORK / "ckpt"
LOGS = WORK / "logs"
PACKAGES = WORK / "pkgs"  # encoders and word lists, as fetch.py unpacks them
SPANISH = WORK / "es"  # the treebank that the converter of quipu-train writes
FRUS = WORK / "data" / "frus"  # blocks of plain text, as frus.py writes them


def silver(lang):
    """The folder of unlabelled sentences and of the teacher's labels on them."""
    return WORK / "data" / "silver" / lang


def lookup(name):
    """A word list of `spacy-lookups-data`."""
    return PACKAGES / "lk" / "spacy_lookups_data" / "data" / name
