"""The page of a record: a letter from the setting, the agreement page and the evidence page."""

import io
import subprocess
import unicodedata
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from records.drawing import Drawing
from records.evidence import TEXT_FILE
from records.facts import Facts, Fixed
from records.picture import svg
from records.rows import PLACES, Words, groups, words
from records.squares import qr_title, squares
from records.text import to_html

if TYPE_CHECKING:
    from records.press import Inside

ROOT = Path(__file__).resolve().parents[1]
MARK = b"#0a6b6b"
EVIDENCE_IS = "The facts of this record, for programs"
TEXT_IS = "The text that was signed, as it was published"
LATIN_ENDS = "\u0180"


@dataclass(frozen=True, slots=True)
class Filling:
    """What is filled into the pages of a version for one signing, before it is HTML.

    typed: the name that was typed instead of a drawing.
    """

    says: Words
    title: str
    made_at: datetime
    drawing: Drawing | None
    drawing_title: str
    typed: str | None


def filling(facts: Facts) -> Filling:
    """Give what one signing fills in."""
    return Filling(
        says=words(facts),
        title=title(facts),
        made_at=facts.times.received_at,
        drawing=facts.drawing,
        drawing_title=drawing_title(facts),
        typed=facts.typed_name if facts.method == "typed" else None,
    )


def render(fixed: Fixed, filled: Filling, evidence: bytes) -> bytes:
    """Give the unsealed PDF of a record: PDF/A-3a, PDF/UA-1, with its evidence and text inside."""
    # WeasyPrint is imported with the press, when the first page is printed and not before.
    from records.press import press

    files = inside(fixed, evidence, filled.made_at)
    return press(html(fixed, filled), pictures=pictures(fixed), inside=files)


def inside(fixed: Fixed, evidence: bytes, made_at: datetime) -> "tuple[Inside, Inside]":
    """Give the files that travel in every record: its evidence, and the text that was signed."""
    from records.press import Inside

    published, text = fixed.version.published_at, fixed.version.text.encode()
    return (
        Inside("evidence.json", evidence, EVIDENCE_IS, "Data", made_at),
        Inside(TEXT_FILE, text, TEXT_IS, "Source", published),
    )


def render_draft(fixed: Fixed) -> bytes:
    """Give the blank pages of a text that is not published, marked as a draft on every page."""
    from records.press import press

    blank = Filling(
        says=dict.fromkeys(PLACES, ""),
        title=f"{fixed.version.title}, draft",
        made_at=fixed.version.published_at,
        drawing=None,
        drawing_title="",
        typed="",
    )
    return press(html(fixed, blank, draft=True), pictures=pictures(fixed), inside=())


def html(fixed: Fixed, filled: Filling, *, draft: bool = False) -> str:
    """Give the record as the HTML that is printed."""
    template = templates().get_template("record.html")
    address = filled.says.get("address")
    return template.render(
        fixed=fixed,
        says=filled.says,
        title=filled.title,
        draft=draft,
        stamp=stamp(filled.made_at),
        text=ours(to_html(fixed.version.text)),
        typed=filled.typed,
        drawing=_drawing(filled),
        groups=groups(fixed.version, filled.says),
        qr=qr(address) if address else None,
    )


def title(facts: Facts) -> str:
    """Give what the document is called."""
    version = facts.version
    return f"{version.title}, version {version.number}, signed by {facts.full_name}"


def drawing_title(facts: Facts) -> str:
    """Give what is said of the drawing to those who cannot see it."""
    return f"Signature of {facts.full_name}"


def stamp(moment: datetime) -> str:
    """Give a moment as the document's metadata writes it."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def ours(markup: str) -> Markup:
    """Mark HTML of our own making, in which people's words were escaped when it was made."""
    return Markup(markup)  # noqa: S704


def missing_glyphs(text: str) -> set[str]:
    """Give the characters of a text that would print as empty boxes, for want of a typeface."""
    # Nearly every name is of Latin letters; the typeface has them all and need not be opened.
    if all(char < LATIN_ENDS for char in text):
        return set()
    strange = {char for char in text if ord(char) not in _bundled() and not _invisible(char)}
    return {char for char in strange if not _installed(char)}


def pictures(fixed: Fixed) -> dict[str, bytes]:
    """Give the pictures of the letterhead and the evidence page, by what the page calls them."""
    logo = {"fingerpost:logo": fixed.setting.logo} if fixed.setting.logo else {}
    return {"fingerpost:mark": _mark(), **logo}


def _drawing(filled: Filling) -> Markup | None:
    if filled.drawing is None:
        return None
    return ours(svg(filled.drawing, title=filled.drawing_title))


def qr(address: str) -> Markup:
    """Give the square that leads to an address."""
    code = io.BytesIO()
    squares(address).save(
        code, kind="svg", xmldecl=False, border=0, omitsize=True, title=qr_title(address)
    )
    return ours(code.getvalue().decode())


@lru_cache(maxsize=1)
def _mark() -> bytes:
    """Give the product's mark in the colour of its ink; the file leaves that to the page."""
    return (ROOT / "static/icons/mark.svg").read_bytes().replace(b"currentColor", MARK)


def _invisible(char: str) -> bool:
    """Say whether a character only steers its neighbours: joiners, direction, emoji style."""
    return unicodedata.category(char) in ("Cf", "Cc", "Zs") or "\ufe00" <= char <= "\ufe0f"


@lru_cache(maxsize=1)
def _bundled() -> frozenset[int]:
    from fontTools.ttLib import TTFont

    faces = [TTFont(path, lazy=True) for path in (ROOT / "static/fonts").glob("*.ttf")]
    return frozenset.intersection(*(frozenset(face.getBestCmap() or ()) for face in faces))


@lru_cache(maxsize=4096)
def _installed(char: str) -> bool:
    """Ask fontconfig, which is also what the press asks, for a typeface of the system."""
    command = ["fc-list", f":charset={ord(char):x}", "file"]
    return bool(subprocess.run(command, capture_output=True, check=True).stdout.strip())


@lru_cache(maxsize=1)
def templates() -> Environment:
    """Give the printed page's templates: their own, because no request is near when they print."""
    return Environment(
        loader=FileSystemLoader(ROOT / "templates" / "print"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
