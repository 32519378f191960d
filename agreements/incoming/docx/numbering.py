"""The numbers and bullets that Word draws before paragraphs; they stand in no text of the file."""

from collections.abc import Iterable
from dataclasses import dataclass

from agreements.incoming.docx.names import W
from agreements.incoming.docx.package import Element, attribute
from agreements.incoming.docx.styles import Styles

DEEPEST = 9
ROMAN = {
    1000: "m", 900: "cm", 500: "d", 400: "cd", 100: "c", 90: "xc", 50: "l",
    40: "xl", 10: "x", 9: "ix", 5: "v", 4: "iv", 1: "i",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Label:
    """What is drawn before a paragraph, and how deep it lies, from 0."""

    text: str
    level: int


@dataclass(frozen=True, slots=True)
class _Level:
    form: str
    pattern: str
    start: int


class Numbering:
    """Counts as Word counts, paragraph by paragraph in the order of the page."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self.styles = styles
        self.abstract: dict[str, dict[int, _Level]] = {}
        self.lists: dict[str, str] = {}
        self.overrides: dict[tuple[str, int], int] = {}
        self.counts: dict[tuple[str, int], int] = {}
        self.begun: set[tuple[str, int]] = set()
        if root is not None:
            self._read(root)

    def labels(self, paragraphs: Iterable[Element]) -> dict[Element, Label]:
        """The label of each paragraph that has one."""
        found = {p: self._label(p) for p in paragraphs}
        return {p: label for p, label in found.items() if label is not None}

    def _read(self, root: Element) -> None:
        for one in root.iter(f"{W}abstractNum"):
            levels = {int(attribute(lv, "ilvl") or 0): _level(lv) for lv in one.iter(f"{W}lvl")}
            self.abstract[attribute(one, "abstractNumId") or ""] = levels
        for one in root.iter(f"{W}num"):
            name = attribute(one, "numId") or ""
            self.lists[name] = attribute(one.find(f"{W}abstractNumId"), "val") or ""
            for change in one.iter(f"{W}lvlOverride"):
                start = attribute(change.find(f"{W}startOverride"), "val")
                if start is not None:
                    self.overrides[name, int(attribute(change, "ilvl") or 0)] = int(start)

    def _label(self, paragraph: Element) -> Label | None:
        name, level = self.styles.numbered(paragraph)
        levels = self.abstract.get(self.lists.get(name, ""), {})
        if level not in levels or level >= DEEPEST:
            return None
        here = levels[level]
        if here.form == "none":
            return None
        if here.form == "bullet":
            return Label(_shown(here.pattern.strip()), level)
        self._count(name, level, here)
        text = here.pattern
        for depth in range(level + 1):
            known = levels.get(depth, here)
            count = self.counts.get((self.lists[name], depth), known.start)
            text = text.replace(f"%{depth + 1}", _written(count, known.form))
        return Label(text.strip(), level) if text.strip() else None

    def _count(self, name: str, level: int, here: _Level) -> None:
        """The next number; lists of one kind count on, unless one says where it begins."""
        shared = self.lists[name]
        place = (shared, level)
        fresh = (name, level) not in self.begun
        self.begun.add((name, level))
        if fresh and (name, level) in self.overrides:
            self.counts[place] = self.overrides[name, level]
        elif place in self.counts:
            self.counts[place] += 1
        else:
            self.counts[place] = here.start
        for deeper in range(level + 1, DEEPEST):
            self.counts.pop((shared, deeper), None)


def _level(element: Element) -> _Level:
    start = attribute(element.find(f"{W}start"), "val")
    return _Level(
        form=attribute(element.find(f"{W}numFmt"), "val") or "decimal",
        pattern=attribute(element.find(f"{W}lvlText"), "val") or "",
        start=int(start) if start else 1,
    )


def _shown(glyph: str) -> str:
    """Word's own fonts keep bullets where other fonts have nothing."""
    return "•" if not glyph or "\ue000" <= glyph <= "\uf8ff" else glyph


def _written(number: int, form: str) -> str:
    letter = chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)
    forms = {
        "lowerLetter": letter,
        "upperLetter": letter.upper(),
        "lowerRoman": _roman(number),
        "upperRoman": _roman(number).upper(),
        "decimalZero": f"{number:02}",
    }
    return forms.get(form, str(number))


def _roman(number: int) -> str:
    text = ""
    for value, letters in ROMAN.items():
        text += letters * (number // value)
        number %= value
    return text
