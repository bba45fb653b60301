#!/bin/sh
# Peer: the words of each PDF with their layout, by pdftotext (poppler).
for path in "$@"; do pdftotext -layout "$path" -; done
