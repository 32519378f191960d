"""What the browser's own files may not do; the policy in the headers stops it as well."""

import re

import pytest

from tests.guards.code import ROOT

JS = ROOT / "static" / "js"
FILES = sorted(JS.rglob("*.js"))
SINKS = r"\b(innerHTML|outerHTML|insertAdjacentHTML|document\.write|srcdoc|eval|new Function)\b"
STORES = r"\b(localStorage|sessionStorage|document\.cookie)\b"
ELSEWHERE = r"""["'`]https?://"""


def code_of(path: str) -> str:
    """A module without its comments."""
    text = (JS / path).read_text(encoding="utf-8")
    return re.sub(r"/\*.*?\*/|(?m:^\s*//.*$)", "", text, flags=re.DOTALL)


def test_there_is_one_trusted_types_policy() -> None:
    makers = [file.name for file in FILES if "createPolicy" in file.read_text(encoding="utf-8")]
    assert makers == ["trusted.js"]
    assert code_of("lib/trusted.js").count("createPolicy(") == 1


@pytest.mark.parametrize("path", [str(file.relative_to(JS)) for file in FILES])
def test_a_module_writes_no_html_stores_nothing_and_names_no_other_host(path: str) -> None:
    code = code_of(path)
    assert not re.search(STORES, code), "nothing personal stays in the browser in the clear"
    assert not re.search(ELSEWHERE, code), "the page talks to its own server only"
    if path != "lib/trusted.js":
        found = list(re.findall(SINKS, code))
        assert not found, f"use textContent, or the one policy in lib/trusted.js: {found}"


def test_pages_load_nothing_from_elsewhere() -> None:
    wanted = re.compile(
        r"""(?:src|href|action)=["'](?:https?:)?//|@import|url\(\s*["']?(?:https?:)?//"""
    )
    pages = [*(ROOT / "templates").rglob("*.html"), *(ROOT / "static" / "css").rglob("*.css")]
    found = [page.name for page in pages if wanted.search(page.read_text(encoding="utf-8"))]
    assert not found
