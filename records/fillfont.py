"""The typeface that signings are filled in with: Noto Sans, whole for the scripts of names here.

Making it takes fontTools, which is imported when a version is laid out and not before.
"""

import io
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE = Path(__file__).resolve().parents[1] / "static/fonts/NotoSans-Regular.ttf"
# Latin with its extensions, Greek, Cyrillic, Vietnamese and other Latin letters, punctuation, €.
RANGES = (
    (0x20, 0x7F),
    (0xA0, 0x250),
    (0x2B9, 0x2BD),
    (0x370, 0x400),
    (0x400, 0x500),
    (0x1E00, 0x1F00),
    (0x2010, 0x2027),
    (0x20AC, 0x20AD),
)
# Letters, numbers, punctuation, symbols and spaces: what stands by itself. Marks and soft hyphens
# print differently, depending on their neighbours.
BY_ITSELF = "LNPSZ"
# Tables for shaping and hinting: letters here are placed one after another, as they are.
NOT_NEEDED = ["GSUB", "GPOS", "GDEF", "kern", "MATH", "STAT", "HVAR", "MVAR", "avar", "fvar"]


@dataclass(frozen=True, slots=True)
class FillFont:
    """A TrueType file with its glyph numbers and widths (thousandths of the size)."""

    file: bytes
    glyphs: dict[str, int]
    widths: list[int]
    box: list[int]
    ascent: int
    descent: int
    capital: int


def fill_font() -> FillFont:
    """Cut the bundled typeface down to the scripts that are filled in; the same bytes each time."""
    from fontTools import subset
    from fontTools.ttLib import TTFont

    font: Any = TTFont(FILE, recalcTimestamp=False)
    options: Any = subset.Options()
    options.hinting, options.layout_features = False, []
    options.drop_tables += NOT_NEEDED
    cutter: Any = subset.Subsetter(options)
    cutter.populate(text="".join(_characters()))
    cutter.subset(font)
    order = {name: number for number, name in enumerate(font.getGlyphOrder())}
    em: int = font["head"].unitsPerEm

    def scaled(units: float) -> int:
        return round(units * 1000 / em)

    file = io.BytesIO()
    font.save(file)
    head, metrics = font["head"], font["hhea"]
    return FillFont(
        file=file.getvalue(),
        glyphs={chr(code): order[name] for code, name in sorted(font.getBestCmap().items())},
        widths=[scaled(font["hmtx"][name][0]) for name in font.getGlyphOrder()],
        box=[scaled(edge) for edge in (head.xMin, head.yMin, head.xMax, head.yMax)],
        ascent=scaled(metrics.ascent),
        descent=scaled(metrics.descent),
        capital=scaled(font["OS/2"].sCapHeight),
    )


def _characters() -> list[str]:
    every = [chr(number) for start, end in RANGES for number in range(start, end)]
    return [char for char in every if unicodedata.category(char)[0] in BY_ITSELF]


def to_unicode(font: FillFont) -> bytes:
    """Give the CMap by which a reader finds the letters of the glyphs."""
    rows = [f"<{glyph:04x}> <{ord(char):04x}>" for char, glyph in font.glyphs.items()]
    rows.sort()
    parts = [rows[start : start + 100] for start in range(0, len(rows), 100)]
    blocks = [f"{len(part)} beginbfchar\n" + "\n".join(part) + "\nendbfchar" for part in parts]
    text = "\n".join(
        [
            "/CIDInit /ProcSet findresource begin 12 dict begin begincmap",
            "/CIDSystemInfo << /Registry (Adobe) /Ordering (UCS) /Supplement 0 >> def",
            "/CMapName /Adobe-Identity-UCS def /CMapType 2 def",
            "1 begincodespacerange <0000> <ffff> endcodespacerange",
            *blocks,
            "endcmap CMapName currentdict /CMap defineresource pop end end",
        ]
    )
    return text.encode()
