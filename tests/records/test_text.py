"""The block model: what a text may hold, what stays as typed, and that no word is lost."""

import hashlib

import pytest
from html5lib import parse
from hypothesis import given, settings
from hypothesis import strategies as st

from records.text import CELLS, blocks, normalised, plain_words, sha256, to_html

POLICY = """Before the heading

## Rules

1. First *thing*
   - inner **one**
     - deeper
2. Second

| Who | What |
|---|---|
| Staff | Read it |

---

Last line  
broken
"""


def words_of(html: str) -> list[str]:
    return " ".join(parse(html, namespaceHTMLElements=False).itertext()).split()


def test_the_blocks_of_a_policy_are_kept() -> None:
    html = to_html(POLICY)
    for tag in ("h1", "ol", "ul", "li", "em", "strong", "table", "th", "td", "hr", "br"):
        assert f"<{tag}" in html
    assert plain_words(POLICY) == words_of(html)


@pytest.mark.parametrize(
    "typed",
    [
        "<b>bold</b>",
        "<svg onload=alert(1)>",
        "<script>alert(1)</script>",
        "<!-- hidden -->",
        "[here](https://example.org/x)",
        "![picture](file:///etc/passwd)",
        "<https://example.org>",
        "    indented by four",
        "```\nfenced\n```",
        "`ticks`",
        "[ref]: https://example.org 'words'",
    ],
)
def test_what_is_not_in_the_model_stands_as_it_was_typed(typed: str) -> None:
    html = to_html(typed)
    assert words_of(html) == typed.split()
    for tag in ("<b>", "<svg", "<script", "<a", "<img", "<pre", "<code", "<!--"):
        assert tag not in html


def test_headings_begin_where_asked_and_skip_no_level() -> None:
    typed = "## A\n\n#### B\n\n## C\n\n# D\n\n### E"
    levels = [f"h{n}" for n in (1, 2, 1, 1, 2)]
    assert [part[:2] for part in to_html(typed).split("<")[1::2]] == levels
    assert "<h6>" in to_html("# A\n\n## B\n\n### C", top_heading=5)


def test_deep_lists_keep_their_words() -> None:
    typed = "\n".join("  " * depth + f"- word{depth}" for depth in range(40))
    assert words_of(to_html(typed)) == [f"word{depth}" for depth in range(40)]


def test_the_hash_does_not_depend_on_line_ends_or_composition() -> None:
    assert sha256("Sia\u0302n\r\nsigns\r") == sha256("Si\u00e2n\nsigns\n")
    assert sha256("a") == hashlib.sha256(b"a").hexdigest()
    assert normalised("a\r\nb") == "a\nb"


@given(st.lists(st.text("abc<>&\"'é漢[](){}!;lt", min_size=1), min_size=1))
@settings(deadline=None)
def test_no_word_of_a_paragraph_is_lost(words: list[str]) -> None:
    typed = "A " + " ".join(words)
    assert "".join(words_of(to_html(typed))) == "".join(plain_words(typed))
    assert len("".join(plain_words(typed))) == len("".join(normalised(typed).split()))


def test_the_blocks_are_what_they_look_like_and_hold_every_word() -> None:
    found = blocks(POLICY)
    assert [block.kind for block in found][:5] == ["paragraph", "heading", "item", "item", "item"]
    said = [(block.kind, block.words) for block in found]
    assert any(kind == "row" and "Read it" in words for kind, words in said)
    assert ("paragraph", "Last line broken") in said
    every = " ".join(block.words.replace(CELLS, " ") for block in found).split()
    assert every == plain_words(POLICY)
