"""A PDF's lines find together, and its furniture stays apart."""

import pytest

from tests.agreements.incoming.told import dropped, pdf_in

LONG = (
    "Staff must not write about their work on social media, and must not disclose what is private. "
)


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
