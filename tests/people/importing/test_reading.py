"""Lists are read whatever program wrote them, and a hostile one harms nobody."""

import sys
import zipfile
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from people.importing import reading
from people.importing.reading import read
from people.importing.refusals import (
    DamagedList,
    ListRefused,
    LockedList,
    NobodyInIt,
    NotAList,
    OldExcel,
    TooLarge,
    TooManyPeople,
)
from people.importing.sheets import OLE, cells_of
from tests.people.importing import lists

# What breaks a line elsewhere does so here.
CELL = st.text(st.characters(exclude_categories=["C", "Z"]), max_size=12)
SECOND = ["Rhiannon Bevan", "Parent", "", "r@example.org"]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_text_in_every_usual_form(separator: str, encoding: str) -> None:
    cells, numbers = cells_of(lists.text(separator, encoding))
    assert cells[1][:4] == SECOND
    assert cells[2][0] == "Bevan, Tomos"
    assert numbers == [1, 2, 3, 4]


def test_letters_of_windows_are_not_lost() -> None:
    assert cells_of("Siân,Employee\nZoë,Visitor\n".encode("cp1252"))[0][0][0] == "Siân"


def test_excel_says_its_separator_in_the_first_line() -> None:
    cells, numbers = cells_of(b"sep=;\r\nName;Role\r\nAnn Abel;Parent\r\n")
    assert (cells[1], numbers) == (["Ann Abel", "Parent"], [2, 3])


def test_empty_rows_keep_the_numbers_of_the_others() -> None:
    cells, numbers = cells_of(b"Name\n\n  \nAnn Abel\n")
    assert (cells, numbers) == ([["Name"], ["Ann Abel"]], [1, 4])


def test_a_workbook_in_the_child() -> None:
    read_ = read(lists.workbook(lists.ROWS, at=(2, 1)))
    assert read_.cells[1] == [*SECOND, "1990-03-01", "2026-09-01"]
    assert read_.numbers == [3, 4, 5, 6], "as the spreadsheet counts them"


def test_a_formula_is_never_worked_out() -> None:
    cells, _ = cells_of(b'Name\n"=1+1"\n"=HYPERLINK(""http://x"")"\n')
    assert cells[1:] == [["=1+1"], ['=HYPERLINK("http://x")']]


@pytest.mark.parametrize(
    ("data", "refusal"),
    [
        (b"", NobodyInIt),
        (b" \n , , \n", NobodyInIt),
        (lists.workbook([]), NobodyInIt),
        (OLE + b"\0" * 600, OldExcel),
        (OLE + "EncryptedPackage".encode("utf-16-le"), LockedList),
        (b"%PDF-1.7 and so on", NotAList),
        (b"<html><table><tr><td>Ann", NotAList),
        (b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", NotAList),
        (b"PK\x03\x04 and then nothing", DamagedList),
        (lists.repacked({"xl/workbook.xml": b"<workbook"}), DamagedList),
        (b"a" * 501, TooLarge),
        (b"," * 61 + b"a", TooLarge),
        (b"Ann Abel\n" * 5_002, TooManyPeople),
        (lists.workbook([["Ann Abel"]] * 5_002), TooManyPeople),
    ],
)
def test_refusals(data: bytes, refusal: type[ListRefused]) -> None:
    with pytest.raises(refusal):
        cells_of(data)


def test_a_word_file_is_no_list(tmp_path: object) -> None:
    import io

    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as pack:
        pack.writestr("word/document.xml", "<w:document/>")
    with pytest.raises(NotAList):
        read(out.getvalue())


@pytest.mark.parametrize(
    "make",
    [lists.bomb, lists.lying_bomb, lists.far_corner, lists.entities],
    ids=lambda m: m.__name__,
)
def test_a_hostile_workbook_is_refused_or_read_as_text(make: object) -> None:
    try:
        found = read(make())  # type: ignore[operator]
    except ListRefused:
        return
    assert "root:" not in str(found.cells)
    assert len(str(found.cells)) < 10_000


def test_a_bomb_is_refused_before_it_is_unpacked(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "python_calamine", SimpleNamespace(
        CalamineError=OSError, PasswordError=OSError, CalamineWorkbook=None
    ))  # fmt: skip
    with pytest.raises(TooLarge):
        cells_of(lists.bomb())


def test_a_file_that_is_too_large_is_not_even_handed_over(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "ask", None)
    with pytest.raises(TooLarge):
        read(b"a" * (reading.MOST_BYTES + 1))


def test_a_child_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "SECONDS", 0.01)
    with pytest.raises(TooLarge):
        read(lists.text())


@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_with_a_sentence(data: bytes) -> None:
    try:
        cells, numbers = cells_of(data)
    except ListRefused:
        return
    assert len(cells) == len(numbers)
    assert len({len(row) for row in cells}) == 1


@given(st.lists(st.lists(CELL, min_size=2, max_size=4), min_size=1, max_size=6))
def test_what_a_spreadsheet_writes_is_read_again(rows: list[list[str]]) -> None:
    import csv
    import io

    out = io.StringIO()
    csv.writer(out).writerows(rows)
    try:
        cells, numbers = cells_of(out.getvalue().encode("utf-8-sig"))
    except ListRefused:
        return
    assert len(cells) <= len(rows)
    assert numbers == sorted(set(numbers))
