"""Peer: the main text and metadata of each HTML page, by trafilatura."""
import sys

import trafilatura

for path in sys.argv[1:]:
    with open(path, "rb") as page:
        print(trafilatura.extract(page.read(), output_format="json", with_metadata=True))
