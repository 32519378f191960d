"""Reads a Word file: its body in the page's order with notes, and its page furniture apart."""

from collections.abc import Iterator

from agreements.incoming.docx.names import FALLBACK, W
from agreements.incoming.docx.numbering import Label, Numbering
from agreements.incoming.docx.package import Element, Package, Part, relation
from agreements.incoming.docx.paragraphs import P, Words, words_in
from agreements.incoming.docx.raw import raw_lines
from agreements.incoming.docx.styles import Styles
from agreements.incoming.marks import PAGE_NUMBER, labelled
from agreements.incoming.pieces import Aside, Flow, Found, Piece, Run, Runs, without_label
from agreements.incoming.refusals import OtherProgram, TooMuch

TABLE, ROW, CELL = f"{W}tbl", f"{W}tr", f"{W}tc"
NOTE_TAGS = {"footnotes": f"{W}footnote", "endnotes": f"{W}endnote", "comments": f"{W}comment"}
FURNITURE = {f"{W}headerReference": "header", f"{W}footerReference": "footer"}
MOST_CELLS = 4_000


def read_docx(data: bytes) -> Found:
    """Read a Word file; raises a Refused."""
    package = Package(data)
    styles = Styles(package.beside("styles"))
    document = package.part(package.main)
    body = document.root.find(f"{W}body")
    if body is None:
        # "Strict Open XML" names everything differently; hardly a program writes it.
        raise OtherProgram
    paragraphs = [p for p in document.root.iter(P) if not is_said_twice(p)]
    labels = Numbering(package.beside("numbering"), styles).labels(paragraphs)
    notes = {kind: _by_id(package.beside(kind), tag) for kind, tag in NOTE_TAGS.items()}
    reader = _Reader(styles, labels, notes)
    flow: Flow = list(_furniture(package, document))
    source = [aside.words for aside in flow if isinstance(aside, Aside)]
    flow += reader.blocks(body)
    return Found(source + raw_lines(paragraphs, labels, notes), flow)


def is_said_twice(element: Element) -> bool:
    """Whether it stands in a copy for older programs."""
    return next(element.iterancestors(FALLBACK), None) is not None


class _Reader:
    """Goes through a body once, counting its paragraphs."""

    def __init__(
        self, styles: Styles, labels: dict[Element, Label], notes: dict[str, dict[str, Element]]
    ) -> None:
        self.styles, self.labels, self.notes = styles, labels, notes
        self.number = self.cells = 0

    def blocks(self, container: Element) -> Iterator[Piece | Aside]:
        """The pieces of a body, a text box or a cell, whatever they are wrapped in."""
        for child in container.iterchildren("*"):
            if child.tag == P:
                yield from self.paragraph(child)
            elif child.tag == TABLE:
                yield from self.table(child)
            elif child.tag != FALLBACK:
                yield from self.blocks(child)

    def paragraph(self, element: Element) -> Iterator[Piece | Aside]:
        """A paragraph, then what is laid aside of it, its boxes and its notes."""
        self.number += 1
        where = f"paragraph {self.number}"
        words = words_in(element, self.styles)
        if words.text.strip():
            yield self._piece(element, words, where)
        elif "".join(words.hidden).strip() and element in self.labels:
            words.hidden.insert(0, f"{self.labels[element].text} ")
        yield from _apart(words, where)
        for kind, name in words.notes:
            yield from self._note(kind, self.notes[kind].get(name), where)
        for box in words.boxes:
            yield from self.blocks(box)

    def _piece(self, element: Element, words: Words, where: str) -> Piece:
        heading, label = self.styles.heading(element), self.labels.get(element)
        runs = tuple(words.runs)
        if heading:
            return Piece("heading", where, runs, heading, label.text if label else "")
        if label:
            return Piece("item", where, runs, label.level, label.text)
        typed, _rest = labelled(words.text)
        if typed:
            return Piece("item", where, without_label(typed, runs), 0, typed)
        return Piece("paragraph", where, runs)

    def _note(self, kind: str, note: Element | None, where: str) -> Iterator[Piece | Aside]:
        for element in () if note is None else note.iter(P):
            words = words_in(element, self.styles)
            if kind == "comments" and words.text.strip():
                yield Aside("comment", where, words.text.strip())
            elif words.text.strip():
                yield Piece("paragraph", where, tuple(words.runs))

    def table(self, element: Element) -> Iterator[Piece | Aside]:
        """A table; one of a single column is only a frame round its paragraphs."""
        self.number += 1
        where = f"paragraph {self.number}"
        rows = [list(row.iter(CELL)) for row in element.iter(ROW) if _of(row, TABLE) is element]
        rows = [[cell for cell in row if _of(cell, TABLE) is element] for row in rows]
        self.cells += sum(map(len, rows))
        if self.cells > MOST_CELLS:
            raise TooMuch
        if max(map(len, rows), default=0) <= 1:
            for row in rows:
                for cell in row:
                    yield from self.blocks(cell)
            return
        apart: list[Aside] = []
        cells = tuple(tuple(self._cell(cell, apart) for cell in row) for row in rows if row)
        yield Piece("table", where, rows=cells)
        yield from apart

    def _cell(self, cell: Element, apart: list[Aside]) -> Runs:
        """A cell's words on one line; what is laid aside of it waits until after the table."""
        runs: list[Run] = []
        for piece in self.blocks(cell):
            if isinstance(piece, Aside):
                apart.append(piece)
                continue
            parts = [runs_ for row in piece.rows for runs_ in row] or [piece.runs]
            label = (Run(f"{piece.label} "),) if piece.label else ()
            runs += [Run(" "), *label, *(r for part in parts for r in (*part, Run(" ")))]
        return tuple(runs)


def _apart(words: Words, where: str) -> Iterator[Aside]:
    for what, letters in (("deleted text", words.deleted), ("hidden text", words.hidden)):
        if text := "".join(letters).strip():
            yield Aside(what, where, text)
    for description in words.pictures:
        yield Aside("picture", where, description)


def _furniture(package: Package, document: Part) -> Iterator[Aside]:
    """Headers and footers, each said once, though every section may repeat them."""
    said = set()
    for reference in document.root.iter(*FURNITURE):
        name = document.related.get(relation(reference), "")
        if name not in package.names or name in said:
            continue
        said.add(name)
        what = FURNITURE[str(reference.tag)]
        styles = Styles(None)
        for paragraph in package.part(name).root.iter(P):
            words = words_in(paragraph, styles)
            text = words.text.strip()
            if text:
                is_number = PAGE_NUMBER.fullmatch(text)
                yield Aside("page number" if is_number else what, "every page", text)
            yield from _apart(words, "every page")


def _by_id(root: Element | None, tag: str) -> dict[str, Element]:
    return {} if root is None else {note.get(f"{W}id", ""): note for note in root.iter(tag)}


def _of(element: Element, tag: str) -> Element | None:
    return next(element.iterancestors(tag), None)
