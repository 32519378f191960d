"""The press: HTML becomes one PDF/A-3a file with PDF/UA marks, and nothing is fetched for it.

Importing WeasyPrint takes a third of a second and 30 MB, so this module is imported when the
first page is printed and not before.
"""

import gc
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import Any

from weasyprint import CSS, HTML, Attachment
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse, URLFetchingError

from records.aside import aside

ROOT = Path(__file__).resolve().parents[1]
FONTS = ROOT / "static" / "fonts"
PRINT = ROOT / "templates" / "print"


@dataclass(frozen=True, slots=True)
class Inside:
    """A file that travels inside the PDF; `relationship` is PDF/A-3's word for what it is to it."""

    name: str
    content: bytes
    description: str
    relationship: str
    made_at: datetime


class Handed(URLFetcher):
    """Gives what it was handed under a name, and reaches for nothing else in the world."""

    def __init__(self, parts: Mapping[str, bytes]) -> None:
        super().__init__(allowed_protocols=())  # type: ignore[no-untyped-call]
        self._parts = parts

    def fetch(self, url: str, headers: Mapping[str, str] | None = None) -> URLFetcherResponse:
        """Give a part by its name; WeasyPrint takes the refusal as a missing picture or face."""
        if url not in self._parts:
            raise URLFetchingError("A record's page uses only what Fingerpost hands to it.")
        return URLFetcherResponse(url, self._parts[url])


def press(html: str, *, pictures: Mapping[str, bytes], inside: Sequence[Inside]) -> bytes:
    """Print a page with files inside; no clock is read for it.

    pictures: PNG, JPEG or SVG by the name that the page calls them, as in "fingerpost:logo".
    """
    attachments = [_attachment(file) for file in inside]
    return aside(lambda: _print(html, "record.css", Handed(pictures), attachments))


def _attachment(file: Inside) -> Attachment:
    day = file.made_at.astimezone(UTC)
    return Attachment(
        string=file.content,
        name=file.name,
        description=file.description,
        created=day,
        modified=day,
        relationship=file.relationship,
    )


def press_paper(
    html: str, style: str, pictures: Mapping[str, bytes], inside: Sequence[Inside]
) -> bytes:
    """Print a page that is not a record, such as slips, in a style of templates/print."""
    attachments = [_attachment(file) for file in inside]
    return aside(lambda: _print(html, style, Handed(pictures), attachments))


def _print(html: str, style_name: str, handed: Handed, attachments: list[Attachment]) -> bytes:
    style, fonts = _style(style_name)
    document = HTML(string=html, url_fetcher=handed).render(
        font_config=fonts, stylesheets=[style], pdf_variant="pdf/a-3a"
    )
    printed: bytes = document.write_pdf(
        pdf_variant="pdf/a-3a", attachments=attachments, finisher=_say_accessible
    )
    # A document is a web of circles that would pile up until Python happens to look for them.
    del document
    gc.collect()
    return printed


@lru_cache(maxsize=4)
def _style(name: str) -> tuple[CSS, FontConfiguration]:
    """Read a style and the bundled faces once; a new font configuration costs time each."""
    # What is imported by now stays: looking through it after each page would take ten times longer.
    gc.freeze()
    faces = {f"fingerpost:{path.name}": path.read_bytes() for path in sorted(FONTS.glob("*.ttf"))}
    fonts = FontConfiguration()
    text = "".join((PRINT / sheet).read_text(encoding="utf-8") for sheet in ("faces.css", name))
    return CSS(string=text, font_config=fonts, url_fetcher=Handed(faces)), fonts


def _say_accessible(document: Any, pdf: Any) -> None:
    """Add the PDF/UA identifier to the XMP: WeasyPrint writes either that or the PDF/A one."""
    metadata = pdf.objects[int(pdf.catalog["Metadata"].split()[0])]
    end = b"</rdf:RDF>"
    (packet,) = metadata.stream
    metadata.stream = [packet.replace(end, (PRINT / "pdfua.xml").read_bytes() + end)]
