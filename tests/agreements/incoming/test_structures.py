"""What policies are made of survives, from each kind of file."""

import pytest

from agreements.incoming.bringing_in import bring_in
from agreements.incoming.docx import reader
from agreements.incoming.report import Incoming
from records.text import to_html
from tests.agreements.incoming.docs import docx, numbering, p, part, pdf, run, styles, table

CSS = """
@page { margin: 25mm 20mm;
  @top-center { content: "Bluebells Pre-school"; font: 9pt 'Noto Sans' }
  @bottom-right { content: "Page " counter(page) " of " counter(pages); font: 9pt 'Noto Sans' } }
"""
LONG = (
    "Staff must not write about their work on social media, and must not disclose what is private. "
)


def text_in(text: str, name: str = "policy.txt") -> Incoming:
    return told(bring_in(name, text.encode()))


def word_in(*blocks: str, **parts: bytes) -> Incoming:
    return told(bring_in("policy.docx", docx(*blocks, **parts)))


def pdf_in(body: str, css: str = CSS) -> Incoming:
    return told(bring_in("policy.pdf", pdf(body, css)))


def told(incoming: Incoming) -> Incoming:
    assert incoming.balance.holds, incoming.balance
    return incoming


def dropped(incoming: Incoming) -> list[tuple[str, str]]:
    return [(aside.what, aside.words) for aside in incoming.dropped]


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


def test_a_word_file_keeps_headings_looks_lists_and_numbers() -> None:
    incoming = word_in(
        p("Camera Policy", style="Title"),
        p("Aims", style="Heading2"),
        p("You ", run("must not", "<w:b/>"), " take ", run("any", "<w:i/>"), " photograph."),
        p("ask", numbered=(1, 0)),
        p("always", numbered=(1, 1)),
        p("tell", style="ListBullet"),
        p("We ask.", numbered=(2, 0)),
        p("All staff", numbered=(2, 1)),
        p("inside", numbered=(2, 2)),
        p("Duties", numbered=(2, 0)),
    )
    assert incoming.text == (
        "# Camera Policy\n\n## Aims\n\nYou **must not** take *any* photograph.\n\n"
        "- ask\n  - always\n- tell\n\n"
        "1. We ask.\n\n   1.1 All staff\n\n   (a) inside\n\n2. Duties\n"
    )
    assert incoming.guessed == []


def test_a_word_file_drops_its_furniture_and_says_so() -> None:
    drawn = '<wp:inline><wp:docPr id="2" descr="Our logo"/></wp:inline>'
    picture = f"<w:r><w:drawing>{drawn}</w:drawing></w:r>"
    comment = '<w:r><w:commentReference w:id="0"/></w:r>'
    gone = "<w:del><w:r><w:delText>old words</w:delText></w:r></w:del>"
    incoming = word_in(
        p("Ask first", picture, comment, gone, "<w:ins>" + run(" and tell") + "</w:ins>", "."),
        p(run("for the office", "<w:vanish/>")),
        header1=part("hdr", p("Bluebells Pre-school")),
        footer1=part("ftr", p("Page 1 of 3")),
        comments=part("comments", '<w:comment w:id="0">' + p("Is this right?") + "</w:comment>"),
    )
    assert incoming.text == "Ask first and tell.\n"
    assert dropped(incoming) == [
        ("header", "Bluebells Pre-school"),
        ("page number", "Page 1 of 3"),
        ("deleted text", "old words"),
        ("picture", "Our logo"),
        ("comment", "Is this right?"),
        ("hidden text", "for the office"),
    ]


def test_a_word_file_keeps_boxes_notes_frames_and_tables() -> None:
    inside = f"<w:txbxContent>{p('In the box.')}</w:txbxContent>"
    box = (
        "<w:r><mc:AlternateContent><mc:Choice><w:drawing><wp:inline><wp:docPr id='1'/>"
        f"<wps:txbx>{inside}</wps:txbx></wp:inline></w:drawing></mc:Choice>"
        f"<mc:Fallback><w:pict><v:textbox>{inside}</v:textbox></w:pict></mc:Fallback>"
        "</mc:AlternateContent></w:r>"
    )
    incoming = word_in(
        p("See below.", '<w:r><w:footnoteReference w:id="7"/></w:r>', box),
        table((p("Framed."),)),
        table(("Who", "Phone"), (p("DSL") + p("deputy"), "01234"), ("one cell",)),
        "<w:sdt><w:sdtContent>" + p("In a control.") + "</w:sdtContent></w:sdt>",
        footnotes=part("footnotes", '<w:footnote w:id="7">' + p("A note.") + "</w:footnote>"),
    )
    assert incoming.text == (
        "See below.\n\nA note.\n\nIn the box.\n\nFramed.\n\n"
        "| Who | Phone |\n| --- | --- |\n| DSL deputy | 01234 |\n| one cell |  |\n\nIn a control.\n"
    )


def test_a_words_reader_that_passes_something_over_is_found_out(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """The count reads the file in a way of its own, so a slip of the reader shows."""
    monkeypatch.setattr(reader, "CELL", "no such element")
    incoming = bring_in("p.docx", docx(p("Keep this."), table(("Lost words", "here"))))
    assert incoming.balance.missing == ["Lost", "words", "here"]
    assert not incoming.balance.holds


@pytest.mark.pdf
def test_a_pdf_keeps_paragraphs_lists_and_headings_apart_from_its_furniture() -> None:
    incoming = pdf_in(
        f"<h1>Camera Policy</h1><h2>Aims</h2><p>{LONG * 3}</p>"
        f"<ul><li>{LONG}</li><li>tell<ul><li>at the door</li></ul></li></ul>"
        f"<ol><li>one</li><li>two</li></ol><p><b>Please note</b></p>" + f"<p>{LONG * 6}</p>" * 10
    )
    assert incoming.text.startswith(
        f"# Camera Policy\n\n## Aims\n\n{(LONG * 3).strip()}\n\n- {LONG.strip()}\n- tell\n"
        "  - at the door\n\n1. one\n2. two\n\n## Please note\n"
    )
    # A paragraph that goes over the page is still one.
    assert incoming.text.count((LONG * 6).strip()) == 10
    assert set(dropped(incoming)) == {
        ("header", "Bluebells Pre-school"),
        *(("page number", f"Page {n} of 3") for n in (1, 2, 3)),
    }


@pytest.mark.pdf
def test_a_pdf_in_two_columns_is_read_down_each() -> None:
    css = "@page { margin: 20mm } .columns { columns: 2; column-gap: 12mm }"
    paragraphs = "".join(f"<p>First{n} {LONG} last{n}.</p>" for n in range(8))
    incoming = pdf_in(
        f"<h1>A policy with a long title</h1><div class=columns>{paragraphs}</div>", css
    )
    firsts = [word for word in incoming.text.split() if word.startswith("First")]
    assert firsts == [f"First{n}" for n in range(8)]


def test_what_the_fixtures_leave_out_is_not_asked_for() -> None:
    bare = docx(p("Only words."), styles=styles(), numbering=numbering())
    assert bring_in("p.docx", bare).text == "Only words.\n"
