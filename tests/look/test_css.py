"""Style sheets keep to the house: colours by meaning, a focus ring, logical sides, one layer."""

import re
from pathlib import Path

import pytest

from tests.look.tokens import colours

CSS = Path(__file__).resolve().parents[2] / "static" / "css"
SHEETS = sorted(CSS.rglob("*.css"))
OTHERS = [sheet for sheet in SHEETS if sheet.name != "tokens.css"]
LAYERS = {"tokens": "tokens", "base": "base"}
NAMED = "white black red green blue yellow orange grey gray brown teal navy purple pink"
RAW = re.compile(
    rf"#[0-9a-f]{{3,8}}\b|\b(rgb|hsl|hwb|lab|lch|oklab|oklch|color)a?\(|:[^;]*\b({'|'.join(NAMED.split())})\b",
    re.I,
)
PHYSICAL = re.compile(
    r"^\s*((margin|padding|border)-(top|right|bottom|left)|top|right|bottom|left|(min-|max-)?"
    r"(width|height))\s*:",
    re.M,
)


def rules(sheet: Path) -> str:
    """A style sheet without its comments."""
    return re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.S)


@pytest.mark.parametrize("sheet", OTHERS, ids=lambda sheet: sheet.name)
def test_colours_come_from_the_tokens(sheet: Path) -> None:
    raw = [line.strip() for line in rules(sheet).splitlines() if RAW.search(line)]
    assert not raw, f"name the colour in tokens.css and use its meaning: {raw}"


@pytest.mark.parametrize("sheet", OTHERS, ids=lambda sheet: sheet.name)
def test_meanings_stand_between_colours_and_rules(sheet: Path) -> None:
    used = set(re.findall(r"var\(--([\w-]+)", rules(sheet)))
    assert not used & set(colours()), "use a meaning, so that night can change it"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_every_property_used_is_declared(sheet: Path) -> None:
    everything = "".join(map(rules, SHEETS))
    declared = set(re.findall(r"--([\w-]+)\s*:", everything))
    used = set(re.findall(r"var\(--([\w-]+)\)", rules(sheet)))
    assert not used - declared, f"nothing declares {used - declared}"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_focus_ring_is_never_removed(sheet: Path) -> None:
    assert not re.search(r"outline(-style|-width)?\s*:\s*(none|0)\b", rules(sheet))


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sides_are_logical(sheet: Path) -> None:
    physical = [found[0].strip() for found in PHYSICAL.finditer(rules(sheet))]
    assert not physical, f"use inline and block sides: {physical}"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.name)
def test_sheet_is_one_layer(sheet: Path) -> None:
    expected = "door" if sheet.parent.name == "doors" else LAYERS.get(sheet.stem, "components")
    assert re.findall(r"@layer (\w+) \{", rules(sheet)) == [expected]


def test_motion_can_be_switched_off() -> None:
    assert "prefers-reduced-motion: reduce" in rules(CSS / "base.css")
