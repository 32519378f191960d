"""What plain texts and Markdown are made of survives."""

import pytest

from records.text import to_html
from tests.agreements.incoming.told import dropped, text_in


@pytest.mark.parametrize("glyph", ["•", "·", "–", "-", "*", "o", "§", "▪", "➢", "\uf0b7", "\uf0a7"])
def test_every_bullet_is_a_bullet(glyph: str) -> None:
    incoming = text_in(f"Please:\n{glyph} ask first\n{glyph} then tell\nAnd that is all there is.")
    assert "- ask first\n- then tell\n\nAnd that is all there is." in incoming.text


def test_a_bullet_needs_no_space() -> None:
    assert text_in("We will\n•ask first\n•tell").text == "We will\n\n- ask first\n- tell\n"


def test_bullets_may_lie_in_bullets() -> None:
    flat = text_in("• doors\no front\no back\n• windows")
    moved_in = text_in("- doors\n    - front\n    - back\n- windows")
    assert flat.text == moved_in.text == "- doors\n  - front\n  - back\n- windows\n"


def test_numbers_that_markdown_knows_make_lists_and_others_stay_words() -> None:
    text = text_in("1. We ask.\n1.1 All staff\n(a) inside\n1.2 Visitors\n2. Tell.\n4. Go.").text
    html = to_html(text)
    assert "<p>1.1 All staff</p>" in html
    assert "<p>(a) inside</p>" in html
    # Nobody's clause 4 becomes clause 3.
    assert '<ol start="4">' in html


def test_lines_that_were_broken_at_a_width_are_joined_and_a_last_bullet_ends() -> None:
    text = (
        "Staff must not write about their work on social media websites. They\n"
        "must not say anything about children, and must not disclose what is\n"
        "private.\n"
        "- Take responsibility for what you write, whether it is about a child\n"
        "  or about a colleague\n"
        "Staff at the setting must not place or post anything of that kind.\n"
    )
    assert text_in(text).text == (
        "Staff must not write about their work on social media websites. They must not say "
        "anything about children, and must not disclose what is private.\n\n"
        "- Take responsibility for what you write, whether it is about a child or about "
        "a colleague\n\n"
        "Staff at the setting must not place or post anything of that kind.\n"
    )


def test_headings_are_guessed_by_their_looks() -> None:
    incoming = text_in(
        "Camera Policy\n\nAIMS\n\nKeep children safe.\n\nStaff must:\n\n- ask\n\nAsk Jo.\nThanks"
    )
    assert incoming.title == "Camera Policy"
    lines = incoming.text.split("\n")
    assert [g.heading for g in incoming.guessed] == ["# Camera Policy", "## AIMS", "## Staff must:"]
    assert [lines[g.line] for g in incoming.guessed] == [g.heading for g in incoming.guessed]


def test_numbered_headings_are_guessed_and_numbered_lists_are_not() -> None:
    text = "1. Aim\nKeep children safe.\n2. Methods\n2.1 Phones stay in lockers.\nThen:\n"
    text += "1. ask\n2. tell\nThat is all."
    incoming = text_in(text)
    headings = [guess.heading for guess in incoming.guessed]
    assert headings == ["## 1. Aim", "## 2. Methods", "## Then:"]
    assert "2.1 Phones stay in lockers." in incoming.text
    assert "1. ask\n2. tell\n\nThat is all." in incoming.text
    assert incoming.guessed[0].paragraph == "1\\. Aim"


def test_sentences_of_one_length_that_each_have_their_line_stay_apart() -> None:
    rules = [f"Staff must not use their telephone in room {n} of the setting." for n in range(9)]
    assert text_in("\n".join(rules)).text == "\n\n".join(rules) + "\n"


def test_tabs_make_a_table() -> None:
    assert text_in("Who\tPhone\nDSL | deputy\t01234").text == (
        "| Who | Phone |\n| --- | --- |\n| DSL \\| deputy | 01234 |\n"
    )


def test_what_would_be_a_mark_by_accident_is_escaped() -> None:
    accidents = ["# not a heading", "> no quotation", "* 5 stars", "snake_case_name", "a * b * c"]
    accidents += ["&amp; and &lt;", "<b>tags</b>", "1986. It began", "---x", "+44 1234", "[a](b)"]
    text = text_in("So.\n" + "\n".join(accidents), "p.txt").text
    html = to_html(text)
    for kind in ("<h1", "<blockquote", "<em", "<strong", "<ol", "<hr", "<b>", "<a "):
        assert kind not in html
    assert "&amp;amp; and &amp;lt;" in html


def test_blanks_and_page_numbers_are_dropped_and_listed() -> None:
    incoming = text_in("Our lead is ________ today.\nPage 2 of 3\nCall ……………… first.")
    assert incoming.text == "Our lead is today.\n\nCall first.\n"
    assert dropped(incoming) == [
        ("blank", "________"),
        ("page number", "Page 2 of 3"),
        ("blank", "………………"),
    ]


def test_markdown_stays_as_it_was_typed() -> None:
    body = "# Camera *policy*\n\n1. one\n2. two\n\n| a | b |\n|---|---|\n| c | d |\n"
    incoming = text_in(f"---\ntitle: Camera\n---\n{body}\n![Our logo](l.png)\n", "p.md")
    assert incoming.text == body
    assert dropped(incoming) == [("front matter", "title: Camera"), ("picture", "Our logo")]
