"""Papers that are not records: slips to hand over, the list of the overdue, the recovery sheet,
and what is held about somebody."""

import io
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import segno
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from records.days import local, long_date, short_date

if TYPE_CHECKING:
    from records.press import Inside

ROOT = Path(__file__).resolve().parents[1]
A_PAGE = 8


@dataclass(frozen=True)
class Slip:
    """What one slip says. `address` leads to the agreement's text, or is None."""

    full_name: str
    title: str
    due_on: date
    first: bool
    overdue: bool
    address: str | None


@dataclass(frozen=True)
class Line:
    """One person on the list of the overdue."""

    full_name: str
    category: str
    organisation: str | None
    title: str
    due_on: date
    first: bool
    reminded: str | None


def print_slips(setting_name: str, slips: list[Slip], made_at: datetime) -> bytes:
    """Eight slips on each A4 page, with lines to cut along: PDF/A-3a and PDF/UA-1."""
    pages = [slips[start : start + A_PAGE] for start in range(0, len(slips), A_PAGE)]
    return printed("slips", setting_name, made_at, pages=pages)


def print_overdue(setting_name: str, lines: list[Line], made_at: datetime, time_zone: str) -> bytes:
    """A list to carry around, with a box to tick for each: PDF/A-3a and PDF/UA-1."""
    today = made_at.astimezone(ZoneInfo(time_zone)).date()
    return printed("overdue", setting_name, made_at, lines=lines, today=today)


@dataclass(frozen=True)
class Recovery:
    """What a recovery sheet says: the lines of the key, and which installation it opens."""

    lines: list[str] = field(repr=False)
    address: str
    settings: str


def print_recovery(sheet: Recovery, made_at: datetime, time_zone: str) -> bytes:
    """One page with the master key on it: PDF/A-3a and PDF/UA-1."""
    today = made_at.astimezone(ZoneInfo(time_zone)).date()
    says: dict[str, Any] = {
        "lines": sheet.lines,
        "address": sheet.address,
        "settings": sheet.settings,
    }
    return printed("recovery", "Fingerpost", made_at, today=today, **says)


# The drawing is in the JSON, and in the records as ink; what stands on the page already is no row.
NOT_PRINTED = {"drawing"}
HEAD = {"format", "setting", "made_at"}


def print_about(says: dict[str, Any], made_at: datetime, time_zone: str) -> bytes:
    """What is held about one person (records/about.py), to read: PDF/A-3a and PDF/UA-1."""
    zone = ZoneInfo(time_zone)
    sections = [
        (_label(name), [_row(row, zone) for row in rows])
        for name, rows in says.items()
        if name not in HEAD
    ]
    return printed(
        "about",
        says["setting"],
        made_at,
        today=made_at.astimezone(zone).date(),
        sections=sections,
        with_told="told_to_the_safeguarding_lead" in says,
    )


def _row(row: dict[str, Any], zone: ZoneInfo) -> dict[str, str]:
    return {
        _label(name): _shown(value, zone) for name, value in row.items() if name not in NOT_PRINTED
    }


def _label(name: str) -> str:
    words = name.replace("_", " ").replace("e mail", "e-mail").replace("sha256", "SHA-256")
    return words[0].upper() + words[1:]


def _shown(value: object, zone: ZoneInfo) -> str:
    if value is None:
        return "–"
    if isinstance(value, bool):
        return "Yes" if value else "No"
    if isinstance(value, datetime):
        here = value.astimezone(zone)
        return f"{long_date(here.date())} at {here:%H:%M}"
    return long_date(value) if isinstance(value, date) else str(value)


def printed(
    name: str,
    setting_name: str,
    made_at: datetime,
    *,
    pictures: Mapping[str, bytes] | None = None,
    inside: Sequence["Inside"] = (),
    **values: object,
) -> bytes:
    """Print a template of templates/print in the style of the same name; no clock is read."""
    # WeasyPrint is imported with the press, when the first page is printed and not before.
    from records.press import press_paper

    page = (
        _templates()
        .get_template(f"{name}.html")
        .render(
            setting_name=setting_name,
            stamp=made_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            **values,
        )
    )
    return press_paper(page, f"{name}.css", pictures or {}, inside)


@lru_cache(maxsize=32)
def _qr(content: str, title: str | None = None) -> Markup:
    code = io.BytesIO()
    title = title or f"QR code of {content}"
    segno.make_qr(content, error="m").save(
        code, kind="svg", xmldecl=False, border=0, omitsize=True, title=title
    )
    # Of our own making; segno escapes the title.
    return Markup(code.getvalue().decode())  # noqa: S704


@lru_cache(maxsize=1)
def _templates() -> Environment:
    templates = Environment(
        loader=FileSystemLoader(ROOT / "templates" / "print"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    templates.filters |= {
        "long_date": long_date,
        "short_date": short_date,
        "local": local,
        "qr": _qr,
    }
    return templates
