"""Fewer letters, the same meaning."""

import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import tinycss2
from tinycss2.ast import Node

from tests.needs import needs
from web.assets import JOINED_SCRIPTS, STATIC
from web.joining import join_modules
from web.minifying import minified

SHEETS = sorted((STATIC / "css").rglob("*.css"))
JS_TESTS = Path(__file__).resolve().parents[1] / "js"
SCRIPT = """// A comment.
/*! Licence */
const module0 = (() => {
  /** Another. */
  const farewell = (person) => `Bye,  ${person}!`;
  return { greet: farewell };
})();
const module1 = (() => {
  const { greet } = module0;
  for (const [name, { size = 2 }] of [["Siân", {}]]) console.log(greet(name), size);
  (async () => {
    const json = JSON.stringify({ greet: "now" });
    const { length, [0]: first } = await Promise.resolve(json);
    console.log(length, first);
  })();
})();
"""


@needs("node")
def test_a_script_does_the_same_as_before() -> None:
    said = [
        subprocess.run(
            ["node", "--input-type=module"], input=text, capture_output=True, text=True, check=True
        ).stdout
        for text in (SCRIPT, minified(SCRIPT, "text/javascript"))
    ]
    assert said == [said[0], said[0]]
    assert said[0].startswith("Bye,  Siân! 2")


def test_comments_go_licences_stay_and_names_inside_are_short() -> None:
    script = minified(SCRIPT, "text/javascript")
    assert "omment" not in script
    assert "Another" not in script
    assert "/*! Licence */" in script
    assert "farewell" not in script


@needs("node")
@pytest.mark.parametrize("piece", JOINED_SCRIPTS)
def test_our_own_scripts_are_scripts_still(piece: str) -> None:
    script = minified(join_modules(STATIC / JOINED_SCRIPTS[piece]), "text/javascript")
    check = ["node", "--check", "--input-type=module", "-"]
    subprocess.run(check, input=script.encode(), check=True)
    assert len(script) < 0.7 * sum(len(file.read_bytes()) for file in STATIC.glob("js/**/*.js"))


@needs("node")
def test_every_module_passes_its_tests_in_fewer_letters(tmp_path: Path) -> None:
    """A minifier that breaks something must not wait for a person to find it."""
    shutil.copytree(STATIC, tmp_path / "static", ignore=shutil.ignore_patterns("fonts"))
    shutil.copytree(JS_TESTS, tmp_path / "tests" / "js")
    for file in (tmp_path / "static" / "js").rglob("*.js"):
        script = minified(file.read_text(encoding="utf-8"), "text/javascript")
        file.write_text(script, encoding="utf-8")
    files = sorted((tmp_path / "tests" / "js").glob("*.test.js"))
    done = subprocess.run(["node", "--test", *files], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout


def test_a_sheet_keeps_its_layers_and_colours() -> None:
    sheet = minified("/* a */\n@layer a {\n  :root { --ink: #1b2a41; }\n}\n", "text/css")
    assert sheet == "@layer a{:root{--ink:#1b2a41}}"


@pytest.mark.parametrize("sheet", SHEETS, ids=lambda sheet: sheet.stem)
def test_every_sheet_means_the_same_in_fewer_letters(sheet: Path) -> None:
    text = sheet.read_text(encoding="utf-8")
    found = list(meant(minified(text, "text/css")))
    assert found == list(meant(text))
    assert len(found) > 2


def test_what_is_within_is_not_what_is() -> None:
    assert list(meant(".a :is(b) {}")) != list(meant(".a:is(b) {}"))
    within = minified("@layer a { .a :is(b), .a :hover > .b { color: red } }", "text/css")
    assert within == "@layer a{.a *:is(b),.a *:hover>.b{color:red}}"


def meant(css: str | list[Node]) -> Iterator[str]:
    """The selectors, conditions and values of a sheet, without the space that says nothing."""
    for rule in tinycss2.parse_blocks_contents(css, skip_comments=True, skip_whitespace=True):
        yield said(rule.value if rule.type == "declaration" else rule.prelude)
        if rule.type != "declaration" and rule.content is not None:
            yield from meant(rule.content)


def said(tokens: list[Node]) -> str:
    """Tokens as text; a space is left where it sets two things apart, and `a *:b` says `a :b`."""
    text = tinycss2.serialize([one for one in tokens if one.type != "comment"])
    text = re.sub(r"(?<=[\w\])]) \*(?=:)", " ", re.sub(r"\s+", " ", text)).strip()
    return re.sub(r"\s*([,>~<=/])\s*|(?<=[\w)])(:)\s|(?<=\()\s|\s(?=\))", r"\1\2", text)


@pytest.mark.parametrize(
    "page",
    [
        '<p class="a"><b>One</b> <i>two</i></p>',
        '<template data-words="of">Section {place} of {count}</template>',
        "<!doctype html><html><head><title>T</title></head><body><p>a</p></body></html>",
    ],
    ids=["a space between words", "gaps to fill", "every tag"],
)
def test_a_page_loses_nothing_but_space(page: str) -> None:
    assert minified(page, "text/html") == page


def test_what_cannot_be_minified_stays_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("web.minifying.sys.executable", "/bin/false")
    script = "const  unlike = 'anything before';\n"
    assert minified(script, "text/javascript") == script


def test_what_the_library_cannot_read_stays_as_it_is() -> None:
    assert minified("const = ;", "text/javascript") == "const = ;"
