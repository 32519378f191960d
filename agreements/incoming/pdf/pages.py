"""The lines of a PDF's text layer with their places, in the order people read them."""

import io
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from pdfminer.high_level import extract_pages
from pdfminer.layout import LAParams, LTChar, LTContainer, LTImage, LTPage, LTTextLine
from pdfminer.pdfdocument import PDFEncryptionError, PDFPasswordIncorrect
from pdfminer.pdfparser import PDFSyntaxError

from agreements.incoming.pdf.columns import in_reading_order
from agreements.incoming.pdf.line import PdfLine, with_labels
from agreements.incoming.pieces import Run
from agreements.incoming.refusals import Damaged, Locked, TooMuch

MOST_PAGES = 200
# Text inside forms and pictures counts too. Lines up to this share of their height apart may
# belong together; whether they do is told later.
LAYOUT = LAParams(all_texts=True, line_margin=0.8, boxes_flow=None)


@dataclass(frozen=True, slots=True)
class PdfPage:
    """A page: its number from 1, its height in points, its lines, and how many pictures it has."""

    number: int
    height: float
    lines: list[PdfLine]
    pictures: int


def pages_of(data: bytes) -> list[PdfPage]:
    """Every page of a PDF; raises Damaged, Locked or TooMuch."""
    pages = []
    try:
        for number, layout in enumerate(extract_pages(io.BytesIO(data), laparams=LAYOUT), 1):
            if number > MOST_PAGES:
                raise TooMuch
            pages.append(_page(number, layout))
    except (PDFPasswordIncorrect, PDFEncryptionError) as error:
        raise Locked from error
    except PDFSyntaxError as error:
        raise Damaged from error
    return pages


def _page(number: int, layout: LTPage) -> PdfPage:
    lines, pictures = [], 0
    for element, edge in _all(layout, 0.0):
        pictures += isinstance(element, LTImage)
        if isinstance(element, LTTextLine) and element.get_text().strip():
            lines.append(_line(number, element, edge))
    return PdfPage(number, layout.height, in_reading_order(with_labels(lines)), pictures)


def _all(container: LTContainer[Any], edge: float) -> Iterator[tuple[Any, float]]:
    for element in container:
        yield element, edge
        if isinstance(element, LTContainer) and not isinstance(element, LTTextLine):
            yield from _all(element, element.x1)


def _line(page: int, line: LTTextLine, edge: float) -> PdfLine:
    runs: list[Run] = []
    sizes: list[float] = []
    for letter in line:
        text = letter.get_text().replace("\n", " ")
        if isinstance(letter, LTChar):
            name = letter.fontname.lower()
            sizes.append(letter.size)
            runs.append(Run(text, "bold" in name, "italic" in name or "oblique" in name))
        elif runs:
            runs.append(Run(text, runs[-1].bold, runs[-1].italic))
    size = sorted(sizes)[len(sizes) // 2] if sizes else 0.0
    return PdfLine(page, tuple(runs), line.x0, line.x1, line.y0, line.y1, size, edge)
