"""Peer: the words of each DOCX, paragraphs and tables, by python-docx."""
import sys

import docx

for path in sys.argv[1:]:
    document = docx.Document(path)
    print("\n".join(paragraph.text for paragraph in document.paragraphs))
    for table in document.tables:
        for row in table.rows:
            print("\t".join(cell.text for cell in row.cells))
