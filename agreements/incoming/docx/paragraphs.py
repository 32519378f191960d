"""One paragraph of a Word file: its letters with their looks, and what is laid aside of it."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from agreements.incoming.docx.names import DRAWING, FALLBACK, VML, W
from agreements.incoming.docx.package import Element
from agreements.incoming.docx.styles import Styles
from agreements.incoming.pieces import Run

P, R, T = f"{W}p", f"{W}r", f"{W}t"
DELETED = {f"{W}del", f"{W}moveFrom"}
BREAKS = {f"{W}br": "\n", f"{W}cr": "\n", f"{W}tab": "\t", f"{W}noBreakHyphen": "-"}
BOX = f"{W}txbxContent"
NOTES = {f"{W}footnoteReference": "footnotes", f"{W}endnoteReference": "endnotes"}
COMMENT = f"{W}commentReference"
PICTURES = {f"{DRAWING}docPr", f"{VML}imagedata"}


@dataclass(slots=True)
class Words:
    """What stands in one paragraph."""

    runs: list[Run] = field(default_factory=list)
    deleted: list[str] = field(default_factory=list)
    hidden: list[str] = field(default_factory=list)
    pictures: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    # (kind of note, its id), where its number stands.
    notes: list[tuple[str, str]] = field(default_factory=list)

    @property
    def text(self) -> str:
        """Its letters."""
        return "".join(run.text for run in self.runs)


def words_in(paragraph: Element, styles: Styles) -> Words:
    """Read a paragraph: what people see, and apart from it what they do not."""
    words = Words()
    for element, run, is_deleted in _walk(paragraph, None, False):
        if element.tag == BOX:
            words.boxes.append(element)
        elif element.tag in PICTURES:
            words.pictures += pictures_of([element])
        elif element.tag in NOTES:
            words.notes.append((NOTES[str(element.tag)], element.get(f"{W}id", "")))
        elif element.tag == COMMENT:
            words.notes.append(("comments", element.get(f"{W}id", "")))
        elif run is not None and (letters := letters_of(element)):
            _place(letters, run, paragraph, words, is_deleted, styles)
    return words


def _walk(
    element: Element, run: Element | None, is_deleted: bool
) -> Iterator[tuple[Element, Element | None, bool]]:
    """Everything inside a paragraph, but not what stands in a box or is said twice."""
    for child in element.iterchildren("*"):
        if child.tag == FALLBACK:
            continue
        yield child, run, is_deleted
        if child.tag != BOX:
            inside = child if child.tag == R else run
            yield from _walk(child, inside, is_deleted or child.tag in DELETED)


def letters_of(element: Element) -> str:
    """What one element puts on the page."""
    if element.tag in {T, f"{W}delText"}:
        return element.text or ""
    if element.tag == f"{W}sym":
        return chr(int(element.get(f"{W}char", "2022"), 16))
    return BREAKS.get(str(element.tag), "")


def _place(
    letters: str, run: Element, paragraph: Element, words: Words, is_deleted: bool, styles: Styles
) -> None:
    if is_deleted:
        words.deleted.append(letters)
    elif styles.has(run, paragraph, "vanish"):
        words.hidden.append(letters)
        # A hidden space still parts the words on its sides.
        words.runs += [Run(" ")] if any(map(str.isspace, letters)) else []
    else:
        bold, italic = (styles.has(run, paragraph, mark) for mark in ("b", "i"))
        words.runs.append(Run(letters, bold, italic))


def pictures_of(elements: Iterable[Element]) -> list[str]:
    """What pictures say of themselves. A text box is drawn too, and is no picture."""
    found = []
    for element in elements:
        if element.tag in PICTURES and next(element.getparent().iter(BOX), None) is None:
            found.append((element.get("descr") or element.get("alt") or "").strip())
    return found
