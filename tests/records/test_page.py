"""The printed record: what it says to eyes, to screen readers and to programs."""

import io
import logging
import re
from collections.abc import Iterator
from pathlib import Path

import pikepdf
import pytest

from models.categories import CATEGORIES
from records.evidence import evidence
from records.facts import Facts, Witness
from records.page import missing_glyphs
from records.text import plain_words
from tests.records.checkers import boxes_in, in_order, said, tagged_words_of, words_of
from tests.records.fixtures import (
    SHORT,
    WHOLE,
    facts,
    logo,
    page_of,
    printed_of,
    setting,
    version,
)

pytestmark = pytest.mark.pdf


@pytest.fixture(autouse=True)
def grumbles() -> Iterator[list[str]]:
    """What WeasyPrint warns about; it must be nothing unless a test expects it."""
    heard: list[str] = []
    ear = logging.Handler(logging.WARNING)
    ear.emit = lambda record: heard.append(record.getMessage())  # type: ignore[method-assign]
    logger = logging.getLogger("weasyprint")
    logger.addHandler(ear)
    yield heard
    logger.removeHandler(ear)
    assert heard == []


def put(folder: Path, says: Facts) -> Path:
    path = folder / "record.pdf"
    path.write_bytes(printed_of(says))
    return path


def test_the_whole_text_is_in_the_pdf_in_order(printed_path: Path) -> None:
    found = words_of(printed_path)
    says = facts()
    wanted = plain_words(says.version.text) + says.wording.split()
    assert wanted[:6] == ["Registered", "Charity", "Number", "-", "1072298", "Social"]
    assert in_order(wanted, found) is None
    assert in_order([*wanted, "nowhere"], found) == "nowhere"


def test_the_pages_say_the_facts_in_the_order_of_reading(tmp_path: Path) -> None:
    says = facts(version=version(text="# Social Media Networking Policy"))
    tagged = tagged_words_of(put(tmp_path, says))
    place = 0
    for wanted in (
        "Bluebell Pre-School",
        "Registered charity 1072298",
        "Ofsted URN EY123456",
        "Social Media Networking Policy",
        "Who adopted this version stands in the history of the agreement.",
        "E Safety Staff and Officer Acceptable Use Policy Agreement",
        "Staff/Officer Name: Siân Llewellyn",
        "Signing as: Agency worker",
        "Sent by: Bright Staff Ltd",
        "Signed:",
        "Siân Llewellyn drew this with a finger. No witness was asked for.",
        "Date: Tuesday 24 November 2026",
        "Siân Llewellyn signed this on Tuesday 24 November 2026 at 08:47.",
        says.version.text_sha256,
        "Asked, and answered",
        "2026-11-24 08:47:03.120 UTC",
        "Front door",
        "Event 41",
        "7GHK-2M4P-QR9S-T3VX",
        "pdfsig",
        "https://fingerpost.example/verify/7GHK-2M4P-QR9S-T3VX",
    ):
        assert wanted in tagged[place:], f"{wanted!r} is missing, or not in its place"
        place = tagged.index(wanted, place)


def test_it_is_marked_for_keeping_and_for_screen_readers(
    printed: bytes, printed_path: Path
) -> None:
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        xmp = pdf.Root.Metadata.read_bytes().decode()
        assert 'pdfaid:part="3"' in xmp
        assert 'pdfaid:conformance="A"' in xmp
        assert 'pdfuaid:part="1"' in xmp
        assert pdf.Root.Lang == "en-GB"
        assert pdf.Root.MarkInfo.Marked
        assert str(pdf.docinfo.CreationDate) == "D:20261124084704Z"
    tree = said("pdfinfo", "-struct", printed_path)
    for tag in ("H1", "H2", "L", "LI", "Lbl", "Table", "TR", "TH", "TD", "Figure"):
        assert re.search(rf"^ +{tag}\b", tree, re.MULTILINE), f"no {tag} in the tag tree"
    assert "No syntax or stream encoding errors" in said("qpdf", "--check", printed_path)


def test_pictures_have_words_for_those_who_cannot_see_them(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        figures = [o for o in pdf.objects if getattr(o, "S", None) == pikepdf.Name.Figure]
        words = {str(figure.Alt) for figure in figures}
    check = "QR code of https://fingerpost.example/verify/7GHK-2M4P-QR9S-T3VX"
    assert words == {"Signature of Siân Llewellyn", "Fingerpost", check}


def test_evidence_is_attached_as_data(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        attached = pdf.attachments["evidence.json"]
        assert attached.relationship == pikepdf.Name.Data
        assert attached.get_file().read_bytes() == evidence(facts(), WHOLE)
        assert str(attached.get_file().obj.Params.ModDate) == "D:20261124084704Z"


def test_the_text_is_attached_as_its_source(printed: bytes) -> None:
    with pikepdf.open(io.BytesIO(printed)) as pdf:
        attached = pdf.attachments["agreement.md"]
        assert attached.relationship == pikepdf.Name.Source
        assert attached.get_file().read_bytes() == facts().version.text.encode()


def test_every_typeface_is_embedded(printed_path: Path) -> None:
    rows = said("pdffonts", printed_path).splitlines()[2:]
    assert rows
    assert all(row.split()[-5] == "yes" for row in rows)


def test_printing_reads_no_clock(printed: bytes) -> None:
    assert printed_of(facts()) == printed


@pytest.mark.parametrize(
    "name",
    ["Siân Llŷr ap Gŵyn", "Łukasz Żółć", "محمد علي", "李小龍", "Zoë 🌻 Sun", "Nguyễn Thị Ánh"],
)
def test_names_are_drawn_and_can_be_read_out(tmp_path: Path, name: str) -> None:
    path = put(tmp_path, facts(full_name=name, version=SHORT))
    with pikepdf.open(path) as pdf:
        assert name in str(pdf.docinfo.Title)
    found = said("pdftotext", "-raw", path, "-")
    assert all(part in found for part in name.split())
    assert boxes_in(path) == 0
    assert missing_glyphs(name) == set()


def test_what_no_typeface_has_is_known_before_it_is_printed(
    tmp_path: Path, grumbles: list[str]
) -> None:
    name = "Ann \u0378\ue000"
    assert missing_glyphs(name) == {"\u0378", "\ue000"}
    assert boxes_in(put(tmp_path, facts(full_name=name, version=SHORT))) > 0
    grumbles.clear()


@pytest.mark.parametrize("name", ["<b>Ann</b>", "<svg onload=alert(1)>", "{{ 7*7 }}", "&amp; \"'"])
def test_markup_in_a_name_is_only_letters(tmp_path: Path, name: str) -> None:
    says = facts(full_name=name, version=SHORT, organisation=name, wording=f"I, {name}, agree.")
    assert name in said("pdftotext", "-raw", put(tmp_path, says), "-").replace("\n", " ")


@pytest.mark.parametrize(
    "text",
    [
        "![x](file:///etc/hostname)",
        "<img src='http://127.0.0.1:9/x.png'>",
        "<link rel=attachment href='file:///etc/hostname'>",
        "<style>@import 'http://127.0.0.1:9/x.css'; body{background:url(file:///etc/hostname)}</style>",
        "<svg><image href='file:///etc/hostname'/><use href='http://127.0.0.1:9/a#b'/></svg>",
        "<base href='http://127.0.0.1:9/'>",
    ],
)
def test_a_text_cannot_make_the_press_fetch(
    tmp_path: Path, text: str, printed: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The press has printed before (`printed`), so its own typefaces are in its hands already."""
    from records import press

    asked: list[str] = []
    hand_out = press.Handed.fetch

    def listening(self: press.Handed, url: str, headers: object = None) -> object:
        asked.append(url)
        return hand_out(self, url)

    monkeypatch.setattr(press.Handed, "fetch", listening)
    path = put(tmp_path, facts(version=version(text=text), wording=text))
    assert set(asked) <= {"fingerpost:mark"}
    with pikepdf.open(path) as pdf:
        assert set(pdf.attachments) == {"evidence.json", "agreement.md"}
    assert in_order(text.split(), words_of(path)) is None


@pytest.mark.parametrize(
    "url", ["file:///etc/hostname", "http://127.0.0.1:9/", "data:text/plain,x"]
)
def test_the_press_hands_out_nothing_else(url: str) -> None:
    from weasyprint.urls import URLFetchingError

    from records.press import Handed

    with pytest.raises(URLFetchingError):
        Handed({"fingerpost:logo": b"png"})(url)
    assert Handed({"fingerpost:logo": b"png"})("fingerpost:logo").read() == b"png"


def test_a_logo_that_fades_and_an_emoji_stay_fit_for_keeping(tmp_path: Path) -> None:
    says = facts(full_name="Zoë 🌻", setting=setting(logo=logo()), version=SHORT)
    with pikepdf.open(put(tmp_path, says)) as pdf:
        pictures = [o for o in pdf.objects if getattr(o, "Subtype", None) == pikepdf.Name.Image]
        assert len(pictures) >= 2
        assert not any(getattr(picture, "Interpolate", False) for picture in pictures)


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_prints_in_words(category: str) -> None:
    assert f">{CATEGORIES[category]}<" in page_of(facts(category=category))


def test_a_typed_name_and_a_mark_say_what_they_are(tmp_path: Path) -> None:
    typed = facts(method="typed", typed_name="Siân L.", drawing=None, version=SHORT)
    found = " ".join(words_of(put(tmp_path, typed)))
    assert "Siân L. Siân Llewellyn typed this name instead of drawing it." in found
    assert "signed this by typing a name on" in found
    mark = facts(method="mark", witness=Witness("Ada Osei", "employee"), version=SHORT)
    found = " ".join(words_of(put(tmp_path, mark)))
    assert "Siân Llewellyn made this mark. Ada Osei (Employee) saw it being made." in found
    assert "signed this with a mark on" in found


def test_without_an_address_the_code_stands_alone() -> None:
    page = page_of(facts(check_address=None, head=None))
    assert "7GHK-2M4P-QR9S-T3VX" in page
    assert "Ask Bluebell Pre-School to look up this code." in page
    assert "QR code" not in page


def test_the_longest_fields_stay_on_the_paper(tmp_path: Path) -> None:
    long = "W" * 100
    says = facts(
        full_name=long,
        organisation=long,
        method="typed",
        typed_name=long,
        drawing=None,
        tablet_name=long,
        setting=setting(name=long, address=long),
        version=version(text="Short.", title=long, signoff_title=long, name_label=long),
    )
    path = put(tmp_path, says)
    assert "".join(words_of(path)).count("W") >= 10 * len(long)
    with pikepdf.open(path) as pdf:
        assert len(pdf.pages) <= 5
    for line in said("pdftotext", "-bbox", path, "-").splitlines():
        if "xMax=" in line:
            assert float(line.split('xMax="')[1].split('"')[0]) <= 595


def test_the_day_is_the_settings_own() -> None:
    assert "Tuesday 24 November 2026 at 21:47" in page_of(
        facts(setting=setting(time_zone="Pacific/Auckland"))
    )
