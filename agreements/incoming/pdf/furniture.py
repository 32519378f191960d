"""What stands on every page of a PDF without being part of the text: headers, footers, numbers."""

import re
from collections import Counter

from agreements.incoming.marks import PAGE_NUMBER
from agreements.incoming.pdf.line import PdfLine
from agreements.incoming.pdf.pages import PdfPage

# The upper and the lower part of a page in which furniture stands.
EDGE = 0.12


def furniture_of(pages: list[PdfPage]) -> dict[int, str]:
    """What each line of furniture is, by the id of the line."""
    edges = [
        (page, line, edge) for page in pages for line in page.lines if (edge := _edge(page, line))
    ]
    seen = Counter({(edge, _alike(line)): 0 for _page, line, edge in edges})
    for key in {(page.number, edge, _alike(line)) for page, line, edge in edges}:
        seen[key[1:]] += 1
    often = max(2, (len(pages) + 1) // 2)
    found = {}
    for _page, line, edge in edges:
        if PAGE_NUMBER.fullmatch(line.text.strip()):
            found[id(line)] = "page number"
        elif seen[edge, _alike(line)] >= often:
            found[id(line)] = edge
    return found


def _edge(page: PdfPage, line: PdfLine) -> str | None:
    if line.bottom > page.height * (1 - EDGE):
        return "header"
    return "footer" if line.top < page.height * EDGE else None


def _alike(line: PdfLine) -> str:
    """The same text on another page, whatever number stands in it."""
    return re.sub(r"\d+", "0", " ".join(line.text.split()))
