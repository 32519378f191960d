"""The product's own sentences avoid the words of lawyers; the customer's text is left alone."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.guards.code import ROOT, Module, product, shown_strings

AVOIDED = re.compile(
    r"\b(consent\w*|contract\w*|certified|qualified|legally binding|waiver)\b", re.IGNORECASE
)
# A signature says "I have read it and agree to follow it". It silences nobody and gives up nothing.
SILENCES = re.compile(
    r"\b(?:waiv\w+|giv\w+ up (?:my|your|any|the|all) rights?|(?:promise|agree) not to"
    r"|(?:never|not) (?:to )?(?:tell|report|speak|complain)(?: to)? (?:anybody|anyone|others)"
    r"|keep (?:this|what you \w+) to yourself)\b",
    re.IGNORECASE,
)
PAGES = [
    path
    for ending in ("html", "txt", "css", "xml")
    for path in ROOT.glob(f"templates/**/*.{ending}")
]
SCRIPTS = sorted((ROOT / "static" / "js").rglob("*.js"))
# What people read that is neither a page nor a script: our own summary, facts, the command line.
PAPERS = [
    ROOT / "agreements" / "starter" / "summary.md",
    ROOT / "agreements" / "health" / "knowledge.toml",
    ROOT / "Makefile",
    ROOT / "README.md",
    ROOT / ".env.example",
    *sorted((ROOT / "bin").glob("*.py")),
    *sorted((ROOT / "bin").glob("*.sh")),
]
COMMANDS = [module for module in product() if module.package == "commands"]


def sentences(path: Path) -> str:
    """A file without the comments of its language."""
    text = path.read_text(encoding="utf-8")
    return re.sub(r"\{#.*?#\}|<!--.*?-->|/\*.*?\*/|(?m:^\s*//.*$)", "", text, flags=re.DOTALL)


def help_of(module: Module) -> Iterator[str]:
    """What `flask … --help` prints of a module: the docstrings of its commands."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.FunctionDef) and node.decorator_list:
            yield ast.get_docstring(node) or ""


def wrong(text: str) -> list[str]:
    """The words and phrases that no sentence of ours says."""
    return [found.group() for rule in (AVOIDED, SILENCES) for found in rule.finditer(text)]


@pytest.mark.parametrize(
    "path", sorted(PAGES) + SCRIPTS + PAPERS, ids=lambda path: str(path.relative_to(ROOT))
)
def test_pages_scripts_and_papers_avoid_them(path: Path) -> None:
    assert wrong(sentences(path)) == []


@pytest.mark.parametrize("module", product(), ids=lambda module: module.name)
def test_sentences_in_the_code_avoid_them(module: Module) -> None:
    assert [text for text in shown_strings(module) if wrong(text)] == []


@pytest.mark.parametrize("module", COMMANDS, ids=lambda module: module.name)
def test_what_the_commands_explain_avoids_them(module: Module) -> None:
    assert [text for text in help_of(module) if wrong(text)] == []


def test_whoever_reads_the_contacts_hears_that_a_signature_silences_nobody() -> None:
    """The line stands in one place, and both pages with contact cards show it."""
    line = sentences(ROOT / "templates" / "components" / "speaking_up.html")
    assert "Signing an agreement never stops anybody from speaking up." in line
    for page in ("public/agreement.html", "manager/contacts.html"):
        assert "{{ speaking_up() }}" in sentences(ROOT / "templates" / page)


def test_the_guard_itself_sees_such_a_word(tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    page.write_text("{# consent #}<p>You give your consent.</p>", encoding="utf-8")
    assert AVOIDED.findall(sentences(page)) == ["consent"]


@pytest.mark.parametrize(
    "said",
    [
        "By signing you give up your right to complain.",
        "You agree not to speak about it.",
        "I waive any claim.",
        "Please keep this to yourself.",
        "You will not report to anybody else.",
    ],
)
def test_the_guard_itself_hears_when_somebody_is_silenced(said: str) -> None:
    assert wrong(said)


@pytest.mark.parametrize(
    "said",
    [
        "I have read it, or it was read to me; I could ask questions; I agree to follow it.",
        "Signing an agreement never stops anybody from speaking up.",
        "This link is not to be shared.",
    ],
)
def test_the_guard_itself_leaves_good_sentences_in_peace(said: str) -> None:
    assert not wrong(said)
