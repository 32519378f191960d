"""The product's own sentences avoid the words of lawyers; the customer's text is left alone."""

import re
from pathlib import Path

import pytest

from tests.guards.code import ROOT, Module, product, shown_strings

AVOIDED = re.compile(
    r"\b(consent\w*|contract\w*|certified|qualified|legally binding|waiver)\b", re.IGNORECASE
)
PAGES = sorted((ROOT / "templates").rglob("*.html")) + sorted((ROOT / "templates").rglob("*.txt"))
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))


def sentences(path: Path) -> str:
    """A file without the comments of its language."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/|(?m:^\s*//.*$)", "", text, flags=re.DOTALL)


@pytest.mark.parametrize("path", PAGES + SCRIPTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_pages_and_scripts_avoid_them(path: Path) -> None:
    assert AVOIDED.findall(sentences(path)) == []


@pytest.mark.parametrize("module", product(), ids=lambda module: module.name)
def test_sentences_in_the_code_avoid_them(module: Module) -> None:
    assert [text for text in shown_strings(module) if AVOIDED.search(text)] == []


def test_the_guard_itself_sees_such_a_word(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("{# consent #}<p>You give your consent.</p>", encoding="utf-8")
    assert AVOIDED.findall(sentences(page)) == ["consent"]
