"""What Word files are made of survives; what is furniture is dropped and listed."""

import pytest

from agreements.incoming.bringing_in import bring_in
from agreements.incoming.docx import reader
from tests.agreements.incoming.docs import docx, numbering, p, part, run, styles, table
from tests.agreements.incoming.told import dropped, word_in


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


def test_what_the_fixtures_leave_out_is_not_asked_for() -> None:
    bare = docx(p("Only words."), styles=styles(), numbering=numbering())
    assert bring_in("p.docx", bare).text == "Only words.\n"
