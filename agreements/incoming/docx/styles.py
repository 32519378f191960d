"""What a paragraph's style says: whether it is a heading, bold, hidden or numbered."""

import re

from agreements.incoming.docx.names import W
from agreements.incoming.docx.package import Element, attribute

OFF = {"0", "false", "off", "none"}
# A style may be based on another; a file may lie and go round in a circle.
LONGEST_CHAIN = 12
HEADING = re.compile(r"heading\s*(\d)", re.IGNORECASE)


class Styles:
    """The styles of a file by their id."""

    def __init__(self, root: Element | None) -> None:
        found = [] if root is None else root.iter(f"{W}style")
        self.by_id = {attribute(style, "styleId") or "": style for style in found}

    def heading(self, paragraph: Element) -> int:
        """The level of a heading, from 1; 0 for any other paragraph."""
        for place in self._chain(paragraph):
            name = attribute(place.find(f"{W}name"), "val") or ""
            if match := HEADING.fullmatch(name):
                return min(int(match[1]), 6)
            if name.lower() == "title":
                return 1
            outline = attribute(place.find(f"{W}pPr/{W}outlineLvl"), "val")
            if outline and outline.isdigit() and int(outline) < 6:
                return int(outline) + 1
        return 0

    def numbered(self, paragraph: Element) -> tuple[str, int]:
        """The list a paragraph belongs to and its level; ("", 0) for none."""
        places = [paragraph, *self._chain(paragraph)]
        name = level = None
        for place in places:
            own = place.find(f"{W}pPr/{W}numPr")
            name = name or attribute(own.find(f"{W}numId"), "val") if own is not None else name
            if own is not None and level is None:
                level = attribute(own.find(f"{W}ilvl"), "val")
        return ("", 0) if not name or name == "0" else (name, int(level or 0))

    def has(self, run: Element, paragraph: Element, mark: str) -> bool:
        """Whether letters are "b" (bold), "i" (italic) or "vanish" (hidden)."""
        places = [run, *self._chain(run, "r"), *self._chain(paragraph)]
        for place in places:
            found = place.find(f"{W}rPr/{W}{mark}")
            if found is not None:
                return (attribute(found, "val") or "1").lower() not in OFF
        return False

    def _chain(self, element: Element, kind: str = "p") -> list[Element]:
        """The styles of a paragraph or run, its own first."""
        name = attribute(element.find(f"{W}{kind}Pr/{W}{kind}Style"), "val")
        chain: list[Element] = []
        while name in self.by_id and len(chain) < LONGEST_CHAIN:
            style = self.by_id[str(name)]
            chain.append(style)
            name = attribute(style.find(f"{W}basedOn"), "val")
        return chain
