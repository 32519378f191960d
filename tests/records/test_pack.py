"""The pages of an inspection pack: what they say, and that the records inside are whole."""

import logging
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest

from records.facts import SettingFacts
from records.pack.facts import (
    Adopted,
    Card,
    Edition,
    Enclosed,
    Group,
    Numbers,
    Pack,
    Proof,
    Row,
    Text,
    Watched,
)
from records.pack.page import print_pack
from tests.records.checkers import boxes_in, keeping, said, words_of
from tests.records.fixtures import logo

pytestmark = pytest.mark.pdf

DAY = date(2026, 11, 26)
NOW = datetime(2026, 11, 26, 9, 5, tzinfo=UTC)
WELSH = "Gwenllian Morfydd Angharad Llewellyn-Fairweather"
PLACE = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
POLICY = "Social Media Networking Policy"
COMMITTEE = Adopted("the committee", date(2026, 9, 1), date(2027, 9, 1), "Margaret Pugh", "Chair")
FINE = "Nothing to worry about"
VERIFY = "https://sign.example.org/verify"
SETTING = SettingFacts("Bluebells", "1072298", "EY123456", "Church Lane", logo(), "Europe/London")
REASON = "A paragraph on phones was added."


@pytest.fixture(autouse=True)
def grumbles() -> Iterator[None]:
    """What WeasyPrint warns about must be nothing."""
    heard: list[str] = []
    ear = logging.Handler(logging.WARNING)
    ear.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(ear)
    yield
    logger.removeHandler(ear)
    assert heard == []


def row(full_name: str = "Priya Raman", **changes: object) -> Row:
    usual = Row(full_name, None, POLICY, 2, date(2026, 9, 1), date(2027, 9, 1), "current")
    return replace(usual, **changes)  # type: ignore[arg-type]


NEVER = row("Tom Baker", number=None, signed_on=None, due_on=date(2026, 12, 2), stage="due")
LATE = row("Siân Prydderch", signed_on=date(2025, 11, 1), due_on=date(2026, 11, 1), stage="overdue")
AGENCY = row(WELSH, organisation=f"Bright Staff {PLACE} Ltd")


def pack(**changes: object) -> Pack:
    text = Text(
        title=POLICY,
        number=2,
        text="# Our policy\n\nBe kind **online**.\n\n- One\n- Two\n\n<script>alert(1)</script>",
        text_sha256="ab" * 32,
        signoff_title="Acceptable Use Agreement",
        name_label="Name:",
        wordings={"I have read this.": ["Employee", "Volunteer"], "I will follow it.": ["Visitor"]},
        adopted=COMMITTEE,
        history=[
            Edition(2, date(2026, 9, 1), date(2026, 9, 8), "material", REASON, COMMITTEE),
            Edition(1, date(2025, 9, 1), date(2025, 9, 1), "first", None, None),
        ],
        rule="a year after they last signed",
    )
    usual = Pack(
        setting=SETTING,
        day=DAY,
        made_at=NOW,
        made_by="Owner, Manager",
        groups=[
            Group("Employee", 2, [LATE, row()], []),
            Group("Agency worker", 1, [AGENCY], []),
            Group("Volunteer", 1, [NEVER], []),
            Group("Visitor", 1, [], ["Ann Vale"]),
        ],
        texts=[text],
        cards=[Card("Safeguarding lead", "Rhian Ellis", "01234 567890", date(2026, 10, 1))],
        accounts=[
            Watched("Facebook, Bluebells", ["Priya Raman"], True, True, None, None),
            Watched("X, @bluebells", ["Priya Raman", WELSH], False, False, DAY, FINE),
        ],
        numbers=Numbers(82, 1, date(2023, 12, 1), DAY, 75, 3, 0, 0, 1, 47, 22, 10),
        proof=Proof("cd" * 32, "fe" * 32, 204, "56" * 32, VERIFY, DAY, 0),
        enclosed=[],
        left_out=0,
    )  # fmt: skip
    return replace(usual, **changes)  # type: ignore[arg-type]


def enclosed(number: int, pdf: bytes = b"", *, intact: bool = True) -> tuple[Enclosed, bytes]:
    name = f"2026-09-01_volunteer_{number:04}-AAAA-BBBB-CCCC.pdf"
    code, what = f"{number:04}-AAAA-BBBB-CCCC", f"{POLICY}, version 2"
    return Enclosed(name, WELSH, what, NOW, code, "aa" * 32, intact), pdf or b"%PDF-1.7 record"


def bare(words: str) -> str:
    """Words without the spaces between them: where a line ends is nobody's business."""
    return "".join(words.split())


def read(path: Path) -> str:
    """Everything on the pages, in the order in which it was written there."""
    return "".join(words_of(path))


def put(folder: Path, made: bytes, name: str = "pack.pdf") -> Path:
    path = folder / name
    path.write_bytes(made)
    return path


def test_what_it_says_in_the_order_of_reading(tmp_path: Path) -> None:
    path = put(tmp_path, print_pack(pack(), []))
    found, place = read(path), 0
    for sentence in (
        "Inspection pack Thursday 26 November 2026",
        "5 people are here", "2 of 4 signatures are in place", "2 gaps",
        "Registered charity 1072298", "Ofsted URN EY123456",
        "82, signed from Friday 1 December 2023 to Thursday 26 November 2026; 1 of them was voided",
        "Made on Thursday 26 November 2026 at 09:05, as Owner, Manager",
        "What is missing", "Tom Baker Volunteer None Never 2 Dec 2026 No record",
        "Siân Prydderch Employee 2 1 Nov 2025 1 Nov 2026 Overdue",
        "Everybody who is here", "Employee 2 1 0 0 1",
        f"{WELSH} Bright Staff {PLACE} Ltd 2 1 Sep 2026 1 Sep 2027 Up to date",
        "No agreement in this pack asks this category to sign: Ann Vale.",
        "Adoption Adopted by the committee On Tuesday 1 September 2026",
        "Wednesday 1 September 2027", "Signed for the provider by Margaret Pugh, Chair",
        "everybody was asked again. A paragraph on phones was added.", "The first version.",
        "I have read this.", "For: Employee, Volunteer", "I will follow it.", "For: Visitor",
        "Our policy Be kind online .", "<script>alert(1)</script>",
        "Safeguarding lead Rhian Ellis 01234 567890 1 Oct 2026",
        "A gap: no contact card names a deputy safeguarding lead.",
        "3 declared, all reviewed.",
        "Facebook, Bluebells Priya Raman Fewer than two people watch it",
        f"X, @bluebells Priya Raman and {WELSH} 26 Nov 2026 Nothing to worry about",
        "A person has no password.", "cd" * 32, "Number 204", "56" * 32,
        "at https://sign.example.org/verify .", "47 by letter, 22 in person, 10 by slip",
        "None was put into this pack.",
    ):  # fmt: skip
        assert bare(sentence) in found[place:], sentence
        place = found.index(bare(sentence), place)
    assert boxes_in(path) == 0


def test_a_paper_is_never_taken_for_a_signing_at_the_tablet(tmp_path: Path) -> None:
    groups = [Group("Employee", 2, [row(on_paper=True), row("Ann Vale")], [])]
    found = read(put(tmp_path, print_pack(pack(groups=groups), [])))
    assert bare("Priya Raman 2 1 Sep 2026 on paper, filed later as a scan 1 Sep 2027") in found
    assert bare("Ann Vale 2 1 Sep 2026 1 Sep 2027") in found


def test_the_records_inside_are_byte_for_byte_the_same(tmp_path: Path) -> None:
    files = [
        enclosed(1, b"%PDF-1.7 one\n" * 999),
        enclosed(2, b"%PDF-1.7 two"),
        enclosed(3, intact=False),
    ]
    listed = [one for one, _pdf in files]
    path = put(tmp_path, print_pack(pack(enclosed=listed, left_out=7), files))
    with pikepdf.open(path) as pdf:
        inside = {name: spec.get_file().read_bytes() for name, spec in pdf.attachments.items()}
        assert inside == {one.file: content for one, content in files}
        relations = {str(spec.relationship) for spec in pdf.attachments.values()}
        assert relations == {"/Supplement"}
    found = read(path)
    assert "holds3sealedrecords" in found
    assert "7moredidnotfitinhere." in found
    assert found.count("Notasitwassealed") == 1
    assert "No syntax or stream encoding errors" in said("qpdf", "--check", path)


def test_declarations_are_only_counted(tmp_path: Path) -> None:
    counted = replace(pack().numbers, declarations_waiting=2, declarations_again=1, leads=0)
    found = read(put(tmp_path, print_pack(pack(numbers=counted), [])))
    for sentence in (
        "3 declared, 2 not reviewed yet. 1 to be looked at again by now.",
        "nobody holds the role of safeguarding lead in Fingerpost today",
    ):
        assert bare(sentence) in found


def test_a_setting_without_anything(tmp_path: Path) -> None:
    nothing = Numbers(0, 0, None, None, 0, 0, 0, 0, 0, 0, 0, 0)
    nameless = SettingFacts(f"Meithrinfa {PLACE}", None, None, None, None, "Europe/London")
    proof = Proof("cd" * 32, "fe" * 32, 3, "56" * 32, None, None, 0)
    empty = pack(
        setting=nameless, groups=[], texts=[], cards=[], accounts=[], numbers=nothing, proof=proof
    )
    path = put(tmp_path, print_pack(empty, []))
    found = read(path)
    for sentence in (
        "0 people are here", "0 gaps", "Not written down here yet", "None yet",
        "Nobody is on the list yet, so nothing is asked of anybody.",
        "A gap: no contact card names the safeguarding lead.",
        "Asked 0 times, nothing declared.", "Ask us to look up a check code",
    ):  # fmt: skip
        assert bare(sentence) in found, sentence
    assert said("pdfinfo", path).count("Bluebells") == 0


def test_without_a_gap_it_says_so(tmp_path: Path) -> None:
    fine = pack(groups=[Group("Employee", 1, [row()], [])])
    found = read(put(tmp_path, print_pack(fine, [])))
    assert bare("Everybody who must sign has signed, and nobody is overdue.") in found


@pytest.mark.parametrize("agreements", [1, 2])
def test_long_tables_repeat_their_heads_and_stay_on_the_page(
    tmp_path: Path, agreements: int
) -> None:
    many = [replace(AGENCY, full_name=f"{WELSH} {number}") for number in range(60)]
    files = [enclosed(1)]
    big = pack(
        groups=[Group("Agency worker", 60, many, [])],
        texts=pack().texts * agreements,
        enclosed=[one for one, _pdf in files],
    )
    path = put(tmp_path, print_pack(big, files))
    pages = said("pdftotext", "-layout", path, "-").split("\f")
    holding = [page for page in pages if "Bright Staff" in page]
    assert len(holding) > 3
    assert all("Where it stands" in page for page in holding)
    words = said("pdftotext", "-bbox", path, "-").splitlines()
    right = [float(line.split('xMax="')[1].split('"')[0]) for line in words if "<word" in line]
    assert max(right) < 595 - 18 * 72 / 25.4 + 1


def test_the_same_facts_give_the_same_bytes() -> None:
    files = [enclosed(1)]
    listed = [one for one, _pdf in files]
    first, second = (print_pack(pack(enclosed=listed), files) for _turn in range(2))
    assert first == second


def test_packs_keep_to_the_standards(tmp_path: Path) -> None:
    files = [enclosed(number) for number in range(3)]
    two = [pack().texts[0], replace(pack().texts[0], title="Mobile phones", adopted=None)]
    packs = {
        "full": print_pack(pack(texts=two, enclosed=[one for one, _ in files]), files),
        "bare": print_pack(pack(groups=[], texts=[], cards=[], accounts=[]), []),
    }
    answers = keeping(*(put(tmp_path, made, f"{name}.pdf") for name, made in packs.items()))
    assert len(answers) == 2 * len(packs), answers
    assert all(" keeps to " in answer for answer in answers), answers
