"""Two ways to one record: filled into pages that were laid out before, or laid out whole."""

from dataclasses import replace
from pathlib import Path

import pytest
from pikepdf import PdfError
from PIL import Image, ImageChops, ImageFilter

from records.errors import CannotLayOut, DoesNotFit
from records.facts import Facts, Witness
from records.fillfont import fill_font
from records.layout import lay_out
from records.page import missing_glyphs
from records.plan import Plan, made_of
from records.proof import prove
from tests.records.checkers import keeping, pdfsig, said, tagged_words_of, trust
from tests.records.conftest import Sealed
from tests.records.fixtures import (
    compared,
    facts,
    printed_of,
    read,
    sealed_of,
    setting,
    sheet,
    version,
    wandering,
)

pytestmark = pytest.mark.pdf

LONG = "Gwenllian Morfydd Angharad Llewellyn-Fairweather"
SIGNINGS = {
    "drawn": {},
    "typed": {"method": "typed", "typed_name": "Siân Ll.", "drawing": None},
    "mark": {"method": "mark", "witness": Witness("Ada Osei", "employee")},
    "longest": {
        "full_name": LONG,
        "organisation": LONG,
        "tablet_name": LONG,
        "category": "student",
        "changes": compared(since=12),
    },
    "barest": {"organisation": None, "head": None, "category": "volunteer", "under_18": True},
    "greek": {"full_name": "Ελένη Παπαδοπούλου", "organisation": "Zażółć Gęślą Ltd"},
    "cyrillic": {"full_name": "Олена Коваль", "organisation": "Nguyễn & Ọmọ"},
}


@pytest.fixture(scope="session")
def both(sealed: Sealed, tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[Path, Path]]:
    """Each kind of signing, made both ways."""
    folder = tmp_path_factory.mktemp("both")
    made = {}
    for name, changes in SIGNINGS.items():
        says = facts(**changes)
        made[name] = folder / f"{name}-filled.pdf", folder / f"{name}-whole.pdf"
        made[name][0].write_bytes(sealed.fill(says))
        made[name][1].write_bytes(sealed_of(printed_of(says), sealed.signer, sealed.at))
    return made


def picture(pdf: Path, page: int) -> Image.Image:
    """A page as a soft picture: what an eye would see, without the edges of single dots."""
    target = pdf.with_name(f"{pdf.stem}-{page}")
    said("pdftoppm", "-r", "100", "-gray", "-singlefile", "-f", page, "-l", page, pdf, target)
    return Image.open(target.with_suffix(".pgm")).filter(ImageFilter.BoxBlur(2))


@pytest.mark.parametrize("kind", SIGNINGS)
def test_both_ways_read_the_same_aloud(kind: str, both: dict[str, tuple[Path, Path]]) -> None:
    filled, whole = both[kind]
    assert tagged_words_of(filled) == tagged_words_of(whole)
    assert tags(filled) == tags(whole)
    assert said("pdftotext", "-layout", filled, "-") == said("pdftotext", "-layout", whole, "-")


def tags(pdf: Path) -> list[str]:
    """The names of the tags in their order and depth."""
    tree = said("pdfinfo", "-struct", pdf).splitlines()
    return [line.split("<")[0].rstrip(": ") for line in tree if "/" not in line and "[" not in line
            and "Object" not in line]  # fmt: skip


@pytest.mark.parametrize("kind", SIGNINGS)
def test_both_ways_look_the_same(kind: str, both: dict[str, tuple[Path, Path]]) -> None:
    for page in (5, 6):
        ours, theirs = (picture(pdf, page) for pdf in both[kind])
        furthest = ImageChops.difference(ours, theirs).getextrema()[1]
        assert furthest < 64, f"page {page} differs by {furthest} of 255"


def test_two_drawings_are_not_taken_for_the_same(sealed: Sealed, tmp_path: Path) -> None:
    paths = []
    for seed in (1, 2):
        paths.append(tmp_path / f"{seed}.pdf")
        paths[-1].write_bytes(sealed.fill(facts(drawing=read(sheet(*wandering(seed))))))
    difference = ImageChops.difference(*(picture(path, 5) for path in paths))
    assert difference.getextrema()[1] > 64


def test_every_kind_keeps_to_both_standards(both: dict[str, tuple[Path, Path]]) -> None:
    files = [path for pair in both.values() for path in pair]
    answers = keeping(*files)
    assert len(answers) == 2 * len(files), answers
    assert all(" keeps to " in answer for answer in answers), answers


@pytest.mark.parametrize("kind", SIGNINGS)
def test_other_peoples_checkers_agree(
    kind: str, both: dict[str, tuple[Path, Path]], sealed: Sealed, tmp_path: Path
) -> None:
    store = trust(tmp_path, sealed.authority.certificate_der)
    for path in both[kind]:
        assert "No syntax or stream encoding errors" in said("qpdf", "--check", path)
        found = pdfsig(path, store)
        for wanted in ("Signature is Valid.", "Total document signed", "Certificate is Trusted."):
            assert wanted in found
        assert "unchanged since signing" in said("mutool", "sign", "-v", path)
        fonts = said("pdffonts", path).splitlines()[2:]
        assert fonts
        assert all(row.split()[-5] == "yes" for row in fonts)


def test_pictures_have_words_for_those_who_cannot_see_them(sealed: Sealed) -> None:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(sealed.fill(facts(full_name=LONG)))) as pdf:
        tagged = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/S" in o]
        figures = [o for o in tagged if pikepdf.Name.Figure == o.S]
        words = {str(figure.Alt) for figure in figures}
    check = "QR code of https://fingerpost.example/verify/7GHK-2M4P-QR9S-T3VX"
    assert words == {f"Signature of {LONG}", "Fingerpost", check}


def test_the_template_is_the_same_each_time(sealed: Sealed) -> None:
    again = lay_out(sealed.facts.fixed)
    assert again == sealed.template
    assert Plan.from_json(again.plan.to_json()) == again.plan


def test_pages_of_their_own_for_whatever_is_printed_on_them() -> None:
    says = facts().fixed
    moved = replace(says, setting=setting(address="1 New Road"))
    others = (moved, replace(says, wording="I agree."), replace(says, addressed=False))
    assert len({made_of(fixed) for fixed in (says, *others)}) == 4


def test_without_an_address_there_is_no_square(sealed: Sealed, tmp_path: Path) -> None:
    template = lay_out(facts(check_address=None).fixed)
    assert template.plan.qr is None
    assert "address" not in template.plan.slots


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"full_name": "陈伟"}, "letters"),
        ({"full_name": "Zoë 🌻"}, "letters"),
        ({"full_name": "Q\u0301uinn"}, "letters"),
        ({"organisation": "محمد"}, "letters"),
        ({"full_name": "W" * 100}, "length"),
        ({"tablet_name": "W" * 100}, "length"),
        ({"method": "typed", "typed_name": "W" * 60, "drawing": None}, "length"),
    ],
)
def test_what_does_not_fit_is_known(sealed: Sealed, changes: dict[str, object], why: str) -> None:
    with pytest.raises(DoesNotFit, match=why):
        sealed.fill(facts(**changes))


def test_a_line_that_just_fits_is_not_broken_by_the_other_way(
    sealed: Sealed, tmp_path: Path
) -> None:
    """The room that the plan gives is never more than the room that the press has."""
    name = next(
        "n" * size for size in range(99, 1, -1) if _fits(sealed, facts(full_name="n" * size))
    )
    whole = tmp_path / "whole.pdf"
    whole.write_bytes(printed_of(facts(full_name=name)))
    lines = said("pdftotext", "-raw", whole, "-").splitlines()
    assert sum(name in line for line in lines) == 4


def _fits(sealed: Sealed, says: Facts) -> bool:
    try:
        sealed.fill(says)
    except DoesNotFit:
        return False
    return True


def test_every_letter_that_is_filled_in_has_a_shape_and_a_number() -> None:
    font = fill_font()
    assert missing_glyphs("".join(font.glyphs)) == set()
    assert 0 not in font.glyphs.values()
    assert {"A", "ß", "Ŵ", "ệ", "Ω", "Ж", "€", "’"} <= font.glyphs.keys()
    assert fill_font() == font


def test_pages_that_read_wrong_are_not_proven(sealed: Sealed) -> None:
    fixed, template = sealed.facts.fixed, sealed.template
    prove(fixed, template)
    plan = template.plan
    elsewhere = replace(
        plan, fills=dict(zip(plan.fills, reversed(plan.fills.values()), strict=True))
    )
    with pytest.raises(CannotLayOut, match="does not read"):
        prove(fixed, replace(template, plan=elsewhere))
    torn = template.pdf.replace(b"endstream", b"endstreem", 1)
    with pytest.raises((CannotLayOut, PdfError)):
        prove(fixed, replace(template, pdf=torn))


def test_words_of_ours_in_the_agreement_are_not_taken_for_places() -> None:
    text = version(text="# Rules\n\nqz00zq")
    with pytest.raises(CannotLayOut, match="two"):
        lay_out(facts(version=text).fixed)
