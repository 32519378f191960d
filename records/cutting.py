"""Cuts the samples out of a laid out page, and remembers where each of them stood.

Importing pikepdf takes 10 MB, so this module is imported in the child that prints, and not before.
What is cut is one marked piece of content; its place in the tag tree stays, and the tail of each
record draws that same piece again with its own words.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any

import pikepdf

from records.errors import CannotLayOut

Matrix = tuple[float, float, float, float, float, float]
Instruction = Any
Numbers = tuple[float, ...]
# Page pixels (96 to the inch, downwards) become points (72, upwards), as WeasyPrint writes it.
PIXEL = 0.75
TEXT_BEGINS, TEXT_ENDS = "BT", "ET"


@dataclass(frozen=True, slots=True)
class Spotted:
    """A sample that was found: on which page, under which number, where (page pixels) and how."""

    page: int
    mcid: int
    x: float
    y: float
    size: float
    colour: Numbers


@dataclass
class Cutter:
    """Reads one page's content and leaves the samples out.

    samples: the name of a place by the text that stands for it. pictures: the same by the
    alternative text of a figure.
    """

    pdf: pikepdf.Pdf
    page: int
    samples: dict[str, str]
    pictures: dict[str, str]
    found: dict[str, Spotted] = field(default_factory=dict)

    def cut(self) -> None:
        """Cut this page; a page without samples is left as it is."""
        page = self.pdf.pages[self.page]
        kept = list(self._kept(list(pikepdf.parse_content_stream(page)), _letters(page)))
        if self.found:
            content = pikepdf.unparse_content_stream(kept)
            page.obj.Contents = self.pdf.make_stream(b"q\n" + content + b"\nQ")

    def _kept(
        self, content: list[Instruction], letters: dict[str, dict[str, str]]
    ) -> Iterator[Instruction]:
        paper = Paper(float(self.pdf.pages[self.page].obj.MediaBox[3]))
        place = 0
        while place < len(content):
            step = content[place]
            piece = _piece(content, place)
            name = self._sampled(piece, letters) if piece else None
            if piece and name:
                self._remember(name, piece, paper)
                yield from _without_text(piece) if name in self.samples.values() else ()
                place += len(piece)
                continue
            paper.follow(step)
            yield step
            place += 1

    def _sampled(self, piece: list[Instruction], letters: dict[str, dict[str, str]]) -> str | None:
        if str(piece[0].operands[0]) == "/Figure":
            element = _element(self.pdf, self.page, int(piece[0].operands[1]["/MCID"]))
            return self.pictures.get(str(element.get("/Alt", "")))
        return self.samples.get(_text(piece, letters))

    def _remember(self, name: str, piece: list[Instruction], paper: "Paper") -> None:
        if name in self.found:
            raise CannotLayOut(f"{name} stands in two places.")
        size, colour = 0.0, paper.colour
        moved = next(step for step in piece if str(step.operator) in ("Tm", "cm"))
        for step in piece:
            if str(step.operator) == "rg":
                colour = _numbers(step)
            if str(step.operator) == "Tf":
                size = float(step.operands[1])
        if not paper.in_pixels():
            raise CannotLayOut(f"{name} stands on a part of the page that is turned or scaled.")
        x, y = _numbers(moved)[4:]
        mcid = int(piece[0].operands[1]["/MCID"])
        self.found[name] = Spotted(self.page, mcid, x, y, size, colour)


class Paper:
    """The state of a page while its content is read: how it is turned, and in which colour."""

    def __init__(self, height: float) -> None:
        self._height = height
        self._matrix: Matrix = (1, 0, 0, 1, 0, 0)
        self.colour: Numbers = (0, 0, 0)
        self._kept: list[tuple[Matrix, Numbers]] = []

    def follow(self, step: Instruction) -> None:
        """Follow one operator."""
        operator = str(step.operator)
        if operator == "q":
            self._kept.append((self._matrix, self.colour))
        elif operator == "Q":
            self._matrix, self.colour = self._kept.pop()
        elif operator == "cm":
            self._matrix = _times(_numbers(step), self._matrix)
        elif operator == "rg":
            self.colour = _numbers(step)

    def in_pixels(self) -> bool:
        """Say whether one unit is one page pixel, counted from the top left corner."""
        wanted = (PIXEL, 0, 0, -PIXEL, 0, self._height)
        return all(abs(a - b) < 1e-4 for a, b in zip(self._matrix, wanted, strict=True))


def _piece(content: list[Instruction], place: int) -> list[Instruction] | None:
    """Give the numbered piece of content that begins here, to its end."""
    step = content[place]
    if str(step.operator) != "BDC" or "/MCID" not in step.operands[1]:
        return None
    end = next(n for n in range(place, len(content)) if str(content[n].operator) == "EMC")
    return content[place : end + 1]


def _without_text(piece: list[Instruction]) -> Iterator[Instruction]:
    """Keep colours and the like, which hold for what comes after."""
    drawing = True
    for step in piece[1:-1]:
        drawing = drawing and str(step.operator) != TEXT_BEGINS
        if drawing:
            yield step
        drawing = drawing or str(step.operator) == TEXT_ENDS


def _text(piece: list[Instruction], letters: dict[str, dict[str, str]]) -> str:
    said, face = "", {}
    for step in piece:
        if str(step.operator) == "Tf":
            face = letters[str(step.operands[0])]
        for part in _shown(step):
            if not isinstance(part, int | Decimal | float):
                code = bytes(part).hex()
                said += "".join(face.get(code[n : n + 4], "?") for n in range(0, len(code), 4))
    return said


def _shown(step: Instruction) -> list[Any]:
    if str(step.operator) == "TJ":
        return list(step.operands[0])
    return [step.operands[0]] if str(step.operator) == "Tj" else []


def texts(pdf: pikepdf.Pdf, page: int) -> dict[int, str]:
    """Give what each numbered piece of a page's content says."""
    paper = pdf.pages[page]
    content, letters = list(pikepdf.parse_content_stream(paper)), _letters(paper)
    pieces = [piece for place in range(len(content)) if (piece := _piece(content, place))]
    return {int(piece[0].operands[1]["/MCID"]): _text(piece, letters) for piece in pieces}


def _letters(page: pikepdf.Page) -> dict[str, dict[str, str]]:
    """Give the letter of each glyph by the typeface's name on this page."""
    fonts: Any = page.obj.Resources.get("/Font", {})
    return {name: _map(font.ToUnicode.read_bytes()) for name, font in fonts.items()}


def _map(cmap: bytes) -> dict[str, str]:
    pairs = re.findall(rb"<([0-9a-fA-F]{4})>\s*<([0-9a-fA-F]+)>", cmap)
    return {
        glyph.decode().lower(): bytes.fromhex(code.decode()).decode("utf-16-be", "replace")
        for glyph, code in pairs
    }


def _element(pdf: pikepdf.Pdf, page: int, mcid: int) -> Any:
    """Give the tag of a numbered piece of content."""
    return row_of_tags(pdf, page)[mcid]


def row_of_tags(pdf: pikepdf.Pdf, page: int) -> Any:
    """Give the tags of a page, by the numbers of its pieces of content."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    wanted = int(pdf.pages[page].obj.StructParents)
    return next(
        numbers[place + 1] for place in range(0, len(numbers), 2) if int(numbers[place]) == wanted
    )


def _numbers(step: Instruction) -> Any:
    return tuple(float(number) for number in step.operands)


def _times(a: Matrix, b: Matrix) -> Matrix:
    return (
        a[0] * b[0] + a[1] * b[2],
        a[0] * b[1] + a[1] * b[3],
        a[2] * b[0] + a[3] * b[2],
        a[2] * b[1] + a[3] * b[3],
        a[4] * b[0] + a[5] * b[2] + b[4],
        a[4] * b[1] + a[5] * b[3] + b[5],
    )
