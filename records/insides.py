"""What a record says inside itself: its evidence, and the exact text that was signed."""

from typing import Any

import orjson
from pyhanko.pdf_utils.reader import PdfFileReader

from records.evidence import TEXT_FILE
from records.finding import Insides
from records.text import sha256

EVIDENCE = "evidence.json"


def insides(reader: PdfFileReader) -> Insides | None:
    """Read a record's inside; None where its evidence and its text do not say the same.

    Whatever a damaged file makes pyHanko raise is raised.
    """
    files = _files(reader)
    evidence = orjson.loads(files[EVIDENCE])
    version, head = evidence["version"], evidence["history_head"]
    # Format 1 holds the text in the evidence; later ones carry it as a file of its own.
    text = version["text"] if evidence["format"] == 1 else files[TEXT_FILE].decode()
    digest = sha256(text)
    if digest != version["text_sha256"]:
        return None
    return Insides(digest, str(version["id"]), (head["sequence"], head["hash"]) if head else None)


def _files(reader: PdfFileReader) -> dict[str, bytes]:
    """The files that travel in the PDF, by name; WeasyPrint lists each of them twice."""
    entries: Any = [entry.get_object() for entry in reader.root["/AF"]]
    found: dict[str, bytes] = {}
    for entry in entries:
        name, data = str(entry["/UF"]), entry["/EF"]["/F"].data
        if found.setdefault(name, data) != data:
            raise ValueError("Two files of one name: nobody can say which of them was signed.")
    return found
