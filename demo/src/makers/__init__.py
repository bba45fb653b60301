"""Makers of the dossier's formats. Each takes plain text and gives bytes; none reads a clock."""
