"""How deep an item lies, told from how far it is moved in and from what stands before it."""

import re

from agreements.incoming.marks import is_bullet

# Columns (or points) within which two items count as moved in alike.
SAME = 1.5


class Depths:
    """The open items of a list, outermost first, as (moved in by, kind of label)."""

    def __init__(self, same: float = SAME) -> None:
        self.open: list[tuple[float, str]] = []
        self.same = same

    def clear(self) -> None:
        """The list has ended."""
        self.open.clear()

    def of(self, indent: float, label: str) -> int:
        """The depth of the next item, from 0."""
        kind = kind_of(label)
        while self.open and self.open[-1][0] > indent + self.same:
            self.open.pop()
        level = [position for position, (_in, known) in enumerate(self.open) if known == kind]
        beside = self.open and indent <= self.open[-1][0] + self.same
        if beside and level:
            del self.open[level[-1] :]
        self.open.append((indent, kind))
        return len(self.open) - 1


def kind_of(label: str) -> str:
    """What kind of label it is: the same glyph, or the same way to count ("1.1", "(a)")."""
    if is_bullet(label):
        return label
    inner = re.sub(r"\d+", "1", label)
    return re.sub(r"[a-z]+", "a", re.sub(r"[A-Z]+", "A", inner))
