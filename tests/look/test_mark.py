"""The mark: one line, the same in every place, in the sizes that devices ask for."""

import re
import struct
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
ICONS = ROOT / "static" / "icons"
SIZES = {
    "icon-192.png": 192,
    "icon-512.png": 512,
    "maskable-512.png": 512,
    "apple-touch-icon.png": 180,
}


def paths(file: Path) -> list[str]:
    """The path data of every line a file draws."""
    return re.findall(r'<path[^>]* d="([^"]+)"', file.read_text(encoding="utf-8"))


def test_mark_is_one_unbroken_line() -> None:
    (line,) = paths(ICONS / "mark.svg")
    assert line.count("M") == 1


def test_mark_can_draw_itself() -> None:
    assert 'pathLength="1"' in (ICONS / "mark.svg").read_text(encoding="utf-8")


def test_pages_show_the_same_mark() -> None:
    macro = ROOT / "templates" / "components" / "mark.html"
    assert paths(macro) == paths(ICONS / "mark.svg"), "run bin/icons.py again"


@pytest.mark.parametrize("name", SIZES)
def test_icon_has_its_size(name: str) -> None:
    head = (ICONS / name).read_bytes()[:24]
    assert head[:8] == b"\x89PNG\r\n\x1a\n"
    assert struct.unpack(">II", head[16:]) == (SIZES[name], SIZES[name])
