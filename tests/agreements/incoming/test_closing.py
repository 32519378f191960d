"""The sign-off and the adoption of a paper form are kept apart, word for word."""

import pytest

from agreements.incoming.adoption import Adoption
from agreements.incoming.bringing_in import bring_in
from agreements.incoming.closing import SignOff
from agreements.incoming.report import Incoming
from tests.agreements.incoming.docs import docx, p, table

POLICY = "Camera Policy\n\nAsk first, always.\n"


def closed_by(lines: str) -> Incoming:
    incoming = bring_in("p.txt", f"{POLICY}\n{lines}".encode())
    assert incoming.balance.holds
    return incoming


@pytest.mark.parametrize(
    "lines",
    [
        "I agree to ask first.\nName: ______ Signed: ______ Date: ______",
        "I agree to ask first.\n\nPrint name\n\nSignature\n\nDate\n",
        "I agree to ask first.\nStaff name: .........\nSigned: ………\nRole: _ _ _ _\nDate: ____/____",
    ],
)
def test_a_sign_off_is_kept_apart(lines: str) -> None:
    incoming = closed_by(lines)
    assert incoming.text == "# Camera Policy\n\nAsk first, always.\n"
    assert incoming.sign_off.wording == "I agree to ask first."
    assert "name" in incoming.sign_off.name_label.lower()
    assert [aside.what for aside in incoming.apart].count("sign-off") == len(incoming.apart)


def test_a_title_stands_before_the_words() -> None:
    incoming = closed_by("Staff Agreement\nI have read this.\nI will ask first.\nSigned: ____")
    assert incoming.sign_off == SignOff(
        "Staff Agreement", "I have read this. I will ask first.", ""
    )


def test_a_sign_off_in_a_table() -> None:
    table_ = table(("Name", "Signature", "Date"), ("", "", ""), ("", "", ""))
    incoming = bring_in("p.docx", docx(p("Ask first."), p("I agree to ask first."), table_))
    assert incoming.text == "Ask first.\n"
    assert incoming.sign_off == SignOff("", "I agree to ask first.", "Name")
    assert incoming.balance.holds


@pytest.mark.parametrize(
    "lines",
    [
        "• Whistleblowing policy\n• Role models",
        "Date of the next fair: May\nSigned copies are in the office.",
        "Name every child you photograph: never.",
        "I agree with every parent before I photograph a child.",
    ],
)
def test_a_text_that_only_mentions_such_words_stays_whole(lines: str) -> None:
    incoming = closed_by(lines)
    assert incoming.apart == []
    assert incoming.sign_off == SignOff()


@pytest.mark.parametrize("bullet", ["", "• "])
def test_an_agreement_that_says_i_will_is_not_taken_for_its_sign_off(bullet: str) -> None:
    promises = [f"{bullet}I will ask before I do the thing that has number {n}." for n in range(5)]
    incoming = closed_by("\n".join(promises) + "\nI agree to all of this.\nSigned: ____ Name: ____")
    assert incoming.sign_off.wording == "I agree to all of this."
    assert incoming.text.count("I will ask") == 5


def test_an_adoption_in_a_table() -> None:
    rows = (
        ("This policy was adopted by", "Bluebells"),
        ("On", "3 May 2025"),
        ("Date to be reviewed", "1 May 2026"),
        ("Name of signatory", "Siân Llewellyn"),
        ("Role of signatory (e.g. chair)", "Chair"),
    )
    incoming = bring_in("p.docx", docx(p("Ask first."), table(*rows)))
    told = Adoption("Bluebells", "2025-05-03", "2026-05-01", "Siân Llewellyn", "Chair")
    assert incoming.adoption == told
    assert "| Name of signatory | Siân Llewellyn |" in incoming.text


def test_an_adoption_with_blanks_is_kept_apart() -> None:
    incoming = closed_by(
        "This policy was adopted by ________ on ________\nDate to be reviewed ________\n"
        "Signed on behalf of the provider ________\nName of signatory ________\n"
        "Role of signatory (e.g. chair, director or owner) ________"
    )
    assert incoming.text == "# Camera Policy\n\nAsk first, always.\n"
    assert {aside.what for aside in incoming.apart} == {"adoption"}
    assert incoming.adoption == Adoption()


def test_an_adoption_that_was_filled_in_stays_and_suggests() -> None:
    incoming = closed_by(
        "This policy was adopted by the Bluebells committee on 3rd May 2025.\n"
        "Date to be reviewed: 01/06/2026\nName of signatory: Siân Llewellyn\n"
        "Role of signatory (e.g. chair): Chair"
    )
    assert "adopted by the Bluebells committee on 3rd May 2025." in incoming.text
    assert incoming.apart == []
    assert incoming.adoption == Adoption(
        "the Bluebells committee", "2025-05-03", "2026-06-01", "Siân Llewellyn", "Chair"
    )


def test_a_day_that_never_was_is_no_suggestion() -> None:
    assert closed_by("Adopted by us on 31 June 2025.").adoption.adopted_on == ""
