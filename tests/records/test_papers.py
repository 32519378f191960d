"""Slips and lists: eight on a page, readable by everybody, and nobody's name is cut."""

import logging
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pikepdf
import pytest

from records.papers import (
    Line,
    Recovery,
    Slip,
    print_about,
    print_overdue,
    print_recovery,
    print_slips,
)
from records.sheet import spelled
from tests.records.checkers import boxes_in, keeping, said, tagged_words_of

pytestmark = pytest.mark.pdf

NOW = datetime(2026, 11, 22, 9, tzinfo=UTC)
ADDRESS = "https://sign.example.org/agreements/bluebells/social-media-networking-policy"
WELSH = "Gwenllian Morfydd Angharad Llewellyn-Fairweather"
LONGEST = f"{WELSH} of Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch"
ARABIC = "ليلى عبد الرحمن بن يوسف حداد"
ABOUT = {
    "format": 1,
    "setting": "Bluebells",
    "made_at": NOW,
    "on_file": [{"full_name": LONGEST, "email": None, "under_18": False}],
    "records": [
        {"signed_at": NOW, "sha256": "0" * 64, "drawing": {}, "due_on": date(2027, 11, 22)}
    ],
    "reminders": [],
}


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


def slip(full_name: str, *, address: str | None = ADDRESS, **more: bool) -> Slip:
    states = {"first": False, "overdue": False} | more
    title = "Social Media Networking Policy"
    return Slip(full_name, title, date(2026, 11, 24), address=address, **states)


def put(folder: Path, pdf: bytes) -> Path:
    path = folder / "paper.pdf"
    path.write_bytes(pdf)
    return path


def test_eight_on_a_page(tmp_path: Path) -> None:
    for count, pages in ((1, 1), (8, 1), (9, 2), (17, 3)):
        path = put(tmp_path, print_slips("Bluebells", [slip("Priya")] * count, NOW))
        with pikepdf.open(path) as pdf:
            assert len(pdf.pages) == pages, count
            assert [round(float(side)) for side in pdf.pages[0].mediabox[2:]] == [595, 842]


def test_each_slip_says_what_to_do(tmp_path: Path) -> None:
    slips = [slip("Siân Llewellyn"), slip("Tom", first=True), slip("Chloe", overdue=True)]
    tagged = tagged_words_of(put(tmp_path, print_slips("Bluebells", slips, NOW)))
    for sentence in (
        "Siân Llewellyn Please sign again",
        "By Tuesday 24 November 2026 , please.",
        "Tom Please sign our agreement",
        "Chloe It is time to sign again",
        "Your day was Tuesday 24 November 2026.",
        "Come to the tablet by the door and type your name.",
        "Read it first: https://sign.example.org/agreements/bluebells/social-",
    ):
        assert sentence in tagged, sentence


@pytest.mark.parametrize(
    "full_name",
    [WELSH, LONGEST, ARABIC, "Wei Chen 陈伟", "A" * 90],
    ids=["welsh", "longest", "arabic", "chinese", "one word"],
)
def test_no_name_is_cut_and_nothing_below_it(tmp_path: Path, full_name: str) -> None:
    """What is drawn outside its slip is hidden, so the last words must end above its foot."""
    path = put(tmp_path, print_slips("Bluebells", [slip(full_name, overdue=True)] * 8, NOW))
    assert boxes_in(path) == 0
    words = said("pdftotext", "-bbox", path, "-").splitlines()
    feet = [
        float(line.split('yMax="')[1].split('"')[0]) for line in words if "policy</word>" in line
    ]
    slip_height = 842 / 4
    assert len(feet) == 8
    for place, foot in enumerate(sorted(feet)):
        assert foot < (place // 2 + 1) * slip_height - 8


def test_the_qr_holds_an_address_and_no_name(tmp_path: Path) -> None:
    path = put(tmp_path, print_slips("Bluebells", [slip("Priya"), slip("Tom", address=None)], NOW))
    with pikepdf.open(path) as pdf:
        figures = [o for o in pdf.objects if getattr(o, "S", None) == pikepdf.Name.Figure]
        assert [str(figure.Alt) for figure in figures] == [f"QR code of {ADDRESS}"]


def test_the_list_of_the_overdue(tmp_path: Path) -> None:
    lines = [
        Line(ARABIC, "Parent helper", None, "Policy", date(2026, 9, 4), True, None),
        Line(WELSH, "Agency worker", "Bright Staff Ltd", "Policy", date(2026, 9, 5), False, "Slip"),
    ]
    path = put(tmp_path, print_overdue("Bluebells", lines, NOW, "Europe/London"))
    tagged = tagged_words_of(path)
    assert "Who is overdue" in tagged
    assert f"{WELSH} Agency worker, Bright Staff Ltd" in tagged
    assert "Saturday 5 September 2026" in tagged
    assert boxes_in(path) == 0
    with pikepdf.open(path) as pdf:
        assert str(pdf.docinfo.Title) == "Who is overdue on Sunday 22 November 2026 – Bluebells"
    nobody = put(tmp_path, print_overdue("Bluebells", [], NOW, "Europe/London"))
    assert "Nobody is overdue." in tagged_words_of(nobody)


def recovery(settings: str = "Bluebells") -> Recovery:
    return Recovery(spelled(bytes(range(32))), "https://sign.example.org", settings)


def test_the_recovery_sheet_is_one_page_that_reads_as_it_is_typed(tmp_path: Path) -> None:
    longest = ", ".join(["Gwenllian Morfydd Llanfairpwllgwyngyllgogerychwyrndrobwll " * 2] * 3)
    path = put(tmp_path, print_recovery(recovery(f"{longest} and 4 more"), NOW, "Europe/London"))
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) == 1
        assert str(pdf.docinfo.Title) == "Recovery sheet of Fingerpost, Sunday 22 November 2026"
        figures = [o for o in pdf.objects if getattr(o, "S", None) == pikepdf.Name.Figure]
        assert [str(figure.Alt) for figure in figures] == ["QR code of the four lines of the key"]
    tagged = tagged_words_of(path)
    for number, line in enumerate(spelled(bytes(range(32))), start=1):
        assert f" {number} {line} " in tagged
    for sentence in (
        "Locked away, and in another building than the computer.",
        ".venv/bin/flask keys enter",
        "https://sign.example.org",
        "Sunday 22 November 2026",
        "and 4 more",
    ):
        assert sentence in tagged, sentence
    assert boxes_in(path) == 0


def test_a_recovery_sheet_never_shows_its_key_in_a_log() -> None:
    assert spelled(bytes(range(32)))[0] not in repr(recovery())


def test_papers_keep_to_the_standards(tmp_path: Path) -> None:
    papers = {
        "slips": print_slips("Bluebells", [slip(WELSH), slip(ARABIC), slip("Tom")], NOW),
        "overdue": print_overdue(
            "Bluebells",
            [Line(ARABIC, "Visitor", None, "Policy", date(2026, 9, 4), True, None)],
            NOW,
            "Europe/London",
        ),
        "recovery": print_recovery(recovery(), NOW, "Europe/London"),
        "about": print_about(ABOUT, NOW, "Europe/London"),
    }
    for name, pdf in papers.items():
        (tmp_path / f"{name}.pdf").write_bytes(pdf)
    answers = keeping(*(tmp_path / f"{name}.pdf" for name in papers))
    assert len(answers) == 2 * len(papers), answers
    assert all(" keeps to " in answer for answer in answers), answers


def test_an_emoji_in_a_name_stays_fit_for_keeping(tmp_path: Path) -> None:
    says = ABOUT | {"on_file": [{"full_name": "Zoë 🌻"}]}
    with pikepdf.open(put(tmp_path, print_about(says, NOW, "Europe/London"))) as pdf:
        pictures = [o for o in pdf.objects if getattr(o, "Subtype", None) == pikepdf.Name.Image]
        assert pictures
        assert not any(getattr(picture, "Interpolate", False) for picture in pictures)


def test_what_is_held_reads_in_words_and_says_where_there_is_nothing(tmp_path: Path) -> None:
    path = tmp_path / "about.pdf"
    path.write_bytes(print_about(ABOUT, NOW, "Europe/London"))
    said_ = " ".join(tagged_words_of(path).split())
    for words in ("Under 18", "No", "Monday 22 November 2027", "at 09:00", "Reminders", "Nothing."):
        assert words in said_
    assert "safeguarding lead gives you that" in said_
    assert "rawing" not in said_
    assert boxes_in(path) == 0
