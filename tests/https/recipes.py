"""The recipes of docs/self-hosting.md, read out of the page: what it says is what is run."""

import re

from config import ROOT

PAGE = ROOT / "docs" / "self-hosting.md"


def block(mark: str) -> str:
    """The one fenced block of the page that holds these words."""
    blocks = re.findall(r"^```\n(.*?)^```$", PAGE.read_text(encoding="utf-8"), re.S | re.M)
    (found,) = [text for text in blocks if mark in text]
    return str(found)


def environment(mark: str) -> dict[str, str]:
    """A block of `.env` lines as variables."""
    return dict(line.split("=", 1) for line in block(mark).splitlines())
