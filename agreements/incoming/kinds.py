"""Tells what a file is by its first bytes; its name may say anything."""

from typing import Literal

from agreements.incoming.letters import decoded
from agreements.incoming.markdown import looks_like_markdown
from agreements.incoming.refusals import Locked, NothingInIt, NotText, OldWord, OtherProgram

Kind = Literal["docx", "pdf", "markdown", "plain"]

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MARKDOWN = (".md", ".markdown")
PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"RIFF", b"II*\0", b"MM\0*")
MARKUP = (b"{\\rtf", b"<!doctype html", b"<html", b"<?xml")
# A PDF's first line may come after some other bytes.
PDF_WITHIN = 1024


def kind_of(name: str, data: bytes) -> Kind:
    """What a file is; raises a Refused where it is nothing that can be read here."""
    start = data[:PDF_WITHIN].lstrip().lower()
    if not data.strip():
        raise NothingInIt
    if data.startswith(OLE):
        raise Locked if "EncryptedPackage".encode("utf-16-le") in data else OldWord
    if start.startswith(MARKUP):
        raise OtherProgram
    if data.startswith(PICTURES):
        raise NotText
    if data.startswith(b"PK"):
        return "docx"
    if b"%PDF-" in data[:PDF_WITHIN]:
        return "pdf"
    is_markdown = name.lower().endswith(MARKDOWN)
    return "markdown" if is_markdown or looks_like_markdown(decoded(data)) else "plain"
