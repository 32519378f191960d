"""What a column holds is guessed from its heading, and where it has none from what stands in it."""

import pytest

from people.importing.columns import KINDS, guess
from people.importing.values import category_of, day_of, truth_of


def test_by_headings() -> None:
    rows = [
        ["Forename", "SURNAME", "Job Title", "E-Mail Address", "D.O.B.", "start_date", "Shoe size"],
        ["Ann", "Abel", "Practitioner", "a@example.org", "01/02/1990", "1/9/2026", "5"],
    ]
    kinds, heading = guess(rows)
    assert heading
    assert kinds == ["first_name", "last_name", "category", "email", "born_on", "since", ""]


def test_by_what_stands_in_them() -> None:
    rows = [
        ["12", "Ann Abel", "volunteer", "a@example.org"],
        ["13", "Siân Llewellyn", "Mum", ""],
    ]
    assert guess(rows) == (["", "full_name", "category", "email"], False)


def test_first_and_last_name_in_two_columns() -> None:
    assert guess([["Ann", "Abel"], ["Siân", "O’Neill"]]) == (["first_name", "last_name"], False)


def test_a_kind_holds_for_one_column() -> None:
    assert guess([["Name", "Name", "Role"], ["Ann Abel", "x", "staff"]])[0] == [
        "full_name", "", "category",
    ]  # fmt: skip


def test_one_column_of_names() -> None:
    assert guess([["Name"]]) == (["full_name"], True)
    assert guess([["Ann Abel"]]) == (["full_name"], False)


def test_every_kind_has_words() -> None:
    assert "" in KINDS
    assert all(KINDS.values())


@pytest.mark.parametrize(
    ("said", "category"),
    [
        ("Parent helper", "parent_helper"),
        ("PARENTS", "parent_helper"),
        ("bank_staff", "bank_staff"),
        ("Supply staff", "agency_worker"),
        ("Trustee", "committee_member"),
        ("Work experience", "student"),
        ("Early Years Practitioner", "employee"),
        ("pirate", None),
        ("", None),
    ],
)
def test_categories_in_many_words(said: str, category: str | None) -> None:
    assert category_of(said) == category


@pytest.mark.parametrize(
    ("said", "truth"), [("Yes", True), ("x", True), ("", False), ("no", False), ("maybe", None)]
)
def test_yes_and_no(said: str, truth: bool | None) -> None:
    assert truth_of(said) is truth


@pytest.mark.parametrize(
    "said",
    ["2026-11-24", "24/11/2026", "24.11.2026", "24/11/26", "24 Nov 2026", "24 November 2026",
     "2026-11-24T00:00:00"],
)  # fmt: skip
def test_days(said: str) -> None:
    found = day_of(said)
    assert found is not None
    assert found.isoformat() == "2026-11-24"


@pytest.mark.parametrize("said", ["", "soon", "31/02/2026", "11/24/2026"])
def test_what_is_no_day(said: str) -> None:
    assert day_of(said) is None
