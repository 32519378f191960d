"""Words in = words out + words dropped, in order, whatever comes in."""

import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from agreements.incoming.bringing_in import bring_in
from agreements.incoming.refusals import NothingInIt
from agreements.incoming.report import Incoming
from agreements.incoming.words import balance, shown_words, words_of
from records.text import plain_words
from tests.agreements.incoming.docs import docx, p, run, table

# More of them: EXAMPLES=1000.
EXAMPLES = int(os.environ.get("EXAMPLES", "60"))
# What people type, and what Markdown, lists and forms read as something else.
TYPED = r"""
    Staff must not & the, policy. Signed: Name: Date: review adopted I have agree o a) (b) 1. 2. 3)
    1.1 iv. - – • · * ** _ __ ___ # ## #1 > >> + = == --- ~~ | || a|b \ \* &amp; &lt; &#38; <b> </b>
    <!-- `x` ``` [x](y) ![a](b) *a* **b** _c_ **d:**e f*g* snake_case ______ …… .... ... £5 5% x@y.z
    http://a.b Siân Tŷ ½ Page 3 of 7 : :--- 12:30 10.30 "quoted" ‘so’ é é C# 😀
"""
WORDS = st.sampled_from([*TYPED.split(), "\u00adsoft", "\u200bzero"])
LINES = st.tuples(
    st.sampled_from(
        ["", "", "", "  ", "    ", "\t", "• ", "· ", "- ", "o ", "1. ", "2) ", "(a) ", "\uf0b7"]
    ),
    st.lists(WORDS, max_size=9).map(" ".join) | st.text(max_size=12),
).map("".join)
TEXTS = st.lists(LINES, min_size=1, max_size=14).map("\n".join)


def brought_in(name: str, data: bytes) -> Incoming | None:
    try:
        return bring_in(name, data)
    except NothingInIt:
        return None


def check(incoming: Incoming | None) -> None:
    if incoming is None:
        return
    assert incoming.balance.holds, incoming.balance
    out = incoming.words_out + incoming.words_apart + incoming.words_dropped
    assert incoming.words_in == out
    # The tablet's own way to read a text finds the same words, but for the numbers of lists.
    shown = shown_words(incoming.text, numbers=False)
    plainly = words_of("\n".join(plain_words(incoming.text)))
    assert [w for w in plainly if any(map(str.isalnum, w))] == [
        w for w in shown if any(map(str.isalnum, w))
    ]


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXTS)
def test_of_a_plain_text(text: str) -> None:
    check(brought_in("a.txt", b"\xef\xbb\xbf" + text.encode("utf-8", "surrogatepass")))


@settings(max_examples=EXAMPLES, deadline=None)
@given(TEXTS)
def test_of_markdown(text: str) -> None:
    check(brought_in("a.md", b"\xef\xbb\xbf" + text.encode("utf-8", "surrogatepass")))


LOOKS = st.sampled_from(["", "", "<w:b/>", "<w:i/>", "<w:b/><w:i/>", "<w:vanish/>"])
PRINTABLE = st.text(
    st.characters(min_codepoint=32, exclude_categories=["Cs", "Cc", "Cn"]), max_size=9
)
RUNS = st.lists(st.tuples(st.lists(WORDS, max_size=5).map(" ".join) | PRINTABLE, LOOKS), max_size=4)
BLOCKS = st.lists(
    st.tuples(
        RUNS,
        st.sampled_from(["", "", "Heading2", "ListBullet"]),
        st.none() | st.tuples(st.integers(1, 3), st.integers(0, 2)),
    ),
    min_size=1,
    max_size=8,
)


def hidden(text: str, looks: str) -> str:
    """What is hidden is words of its own: who hides half of one is told so on the page."""
    return run(f" {re.sub(r'[^ a-zA-Z]', 'h', text)} " if "vanish" in looks else text, looks)


@settings(max_examples=EXAMPLES, deadline=None)
@given(BLOCKS, BLOCKS)
def test_of_a_word_file(blocks: list, cells: list) -> None:  # type: ignore[type-arg]
    made, inside = (
        [
            p(*(hidden(*one) for one in runs), style=style, numbered=numbered)
            for runs, style, numbered in some
        ]
        for some in (blocks, cells)
    )
    check(brought_in("a.docx", docx(*made, table(("Who", "Where"), ("".join(inside), "x")), *made)))


@pytest.mark.parametrize(
    ("shown", "aside", "missing", "added", "in_order"),
    [
        ("a b c", "", [], [], True),
        ("a c", "b", [], [], True),
        ("a c", "", ["b"], [], True),
        ("a b c d", "", [], ["d"], True),
        ("a c b", "", [], [], False),
        ("b", "a c", [], [], True),
        ("b", "c a", [], [], False),
    ],
)
def test_the_count_itself(
    shown: str, aside: str, missing: list[str], added: list[str], in_order: bool
) -> None:
    found = balance(["a", "b", "c"], shown.split(), aside.split())
    assert (found.missing, found.added, found.in_order) == (missing, added, in_order)
    assert found.holds == (in_order and not missing and not added)
