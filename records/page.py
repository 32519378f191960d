"""The page of a record: a letter from the setting, the agreement page and the evidence page."""

import io
import subprocess
import unicodedata
from datetime import UTC
from functools import lru_cache
from pathlib import Path

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from models.categories import CATEGORIES
from records.evidence import evidence
from records.facts import Facts
from records.picture import svg
from records.rows import day, groups, sentence
from records.text import to_html

ROOT = Path(__file__).resolve().parents[1]
MARK = b"#0a6b6b"


def render(facts: Facts) -> bytes:
    """Give the unsealed PDF of a record: PDF/A-3a, PDF/UA-1, with evidence.json attached."""
    # WeasyPrint is imported with the press, when the first page is printed and not before.
    from records.press import press

    pictures = {"fingerpost:mark": _mark()}
    if facts.setting.logo:
        pictures["fingerpost:logo"] = facts.setting.logo
    return press(
        html(facts),
        pictures=pictures,
        evidence=evidence(facts),
        made_at=facts.times.received_at,
    )


def html(facts: Facts) -> str:
    """Give the record as the HTML that is printed."""
    template = _templates().get_template("record.html")
    return template.render(
        facts=facts,
        categories=CATEGORIES,
        stamp=facts.times.received_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
        text=_ours(to_html(facts.version.text)),
        drawing=_drawing(facts),
        day=day(facts),
        sentence=sentence(facts),
        groups=groups(facts),
        qr=_qr(facts.check_address) if facts.check_address else None,
    )


def missing_glyphs(text: str) -> set[str]:
    """Give the characters of a text that would print as empty boxes, for want of a typeface."""
    strange = {char for char in text if ord(char) not in _bundled() and not _invisible(char)}
    return {char for char in strange if not _installed(char)}


def _drawing(facts: Facts) -> Markup | None:
    if facts.drawing is None:
        return None
    return _ours(svg(facts.drawing, title=f"Signature of {facts.full_name}"))


def _qr(address: str) -> Markup:
    code = io.BytesIO()
    segno.make_qr(address, error="m").save(
        code, kind="svg", xmldecl=False, border=0, omitsize=True, title=f"QR code of {address}"
    )
    return _ours(code.getvalue().decode())


def _ours(markup: str) -> Markup:
    """Mark HTML of our own making, in which people's words were escaped when it was made."""
    return Markup(markup)  # noqa: S704


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
def _templates() -> Environment:
    """Give the printed page's templates: their own, because no request is near when they print."""
    return Environment(
        loader=FileSystemLoader(ROOT / "templates" / "print"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
