"""A Word file's words in the plainest way, to hold the reader to: each paragraph anywhere."""

from collections.abc import Iterable

from agreements.incoming.docx.names import FALLBACK, W
from agreements.incoming.docx.numbering import Label
from agreements.incoming.docx.package import Element
from agreements.incoming.docx.paragraphs import (
    COMMENT,
    DELETED,
    NOTES,
    P,
    letters_of,
    pictures_of,
)


def raw_lines(
    paragraphs: Iterable[Element],
    labels: dict[Element, Label],
    notes: dict[str, dict[str, Element]],
) -> list[str]:
    """One line for each paragraph, then one for what was deleted there, and for its notes."""
    lines: list[str] = []
    for paragraph in paragraphs:
        own = [element for element in paragraph.iter("*") if _belongs(element, paragraph)]
        text = "".join(letters_of(element) for element in own if not _deleted(element))
        if text.strip():
            label = labels.get(paragraph)
            lines += (f"{label.text} {text}" if label else text).split("\n")
        lines.append("".join(letters_of(element) for element in own if _deleted(element)))
        lines += pictures_of(own)
        lines += [line for element in own for line in _note(element, notes)]
    return [line for line in lines if line.strip()]


def _note(element: Element, notes: dict[str, dict[str, Element]]) -> list[str]:
    tag = str(element.tag)
    kind = NOTES.get(tag, "comments" if tag == COMMENT else "")
    note = notes.get(kind, {}).get(element.get(f"{W}id", ""))
    if note is None:
        return []
    paragraphs = list(note.iter(P))
    return ["".join(letters_of(one) for one in p.iter("*")) for p in paragraphs]


def _belongs(element: Element, paragraph: Element) -> bool:
    """Whether a paragraph is the nearest one round an element, and it stands in no copy."""
    for ancestor in element.iterancestors(P, FALLBACK):
        return ancestor is paragraph
    return False


def _deleted(element: Element) -> bool:
    return next(element.iterancestors(*DELETED), None) is not None
