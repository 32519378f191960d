"""Sealed records keep to PDF/A-3a (for keeping) and PDF/UA-1 (for screen readers)."""

from pathlib import Path

import pikepdf
import pytest

from records.photographs import straightened
from tests.records.checkers import keeping
from tests.records.conftest import Sealed
from tests.records.fixtures import (
    SHORT,
    facts,
    logo,
    paper_facts,
    printed_of,
    printed_paper,
    sealed_of,
    setting,
)
from tests.records.photos import photograph

pytestmark = pytest.mark.pdf

NAMES = {
    "welsh": "Siân Llŷr ap Gwŷn",
    "polish": "Łukasz Żółkiewski",
    "arabic": "ليلى حداد",
    "chinese": "陈伟",
    "emoji": "Zoë 🌻",
}


def test_every_kind_of_record_keeps_to_both_standards(sealed: Sealed, tmp_path: Path) -> None:
    """The whole record, and short ones with each script, a fading logo and a colour emoji."""
    files = [sealed.path]
    for kind, name in NAMES.items():
        says = facts(full_name=name, setting=setting(logo=logo()), version=SHORT)
        files.append(tmp_path / f"{kind}.pdf")
        files[-1].write_bytes(sealed_of(printed_of(says), sealed.signer, sealed.at))
    answers = keeping(*files)
    assert len(answers) == 2 * len(files), answers
    assert all(" keeps to " in answer for answer in answers), answers


def test_a_scanned_paper_keeps_to_both_standards(sealed: Sealed, tmp_path: Path) -> None:
    """With photographs in colour and in grey, upright and wide, and a name in other letters."""
    jpegs = [straightened(photograph(900, 1200)), straightened(photograph(1600, 700))]
    jpegs.append(straightened(photograph(kind="PNG")))
    files = []
    for kind, name in (("welsh", NAMES["welsh"]), ("arabic", NAMES["arabic"])):
        says = paper_facts(*jpegs, full_name=name, setting=setting(logo=logo()))
        files.append(tmp_path / f"{kind}.pdf")
        files[-1].write_bytes(sealed_of(printed_paper(says), sealed.signer, sealed.at))
    answers = keeping(*files)
    assert len(answers) == 2 * len(files), answers
    assert all(" keeps to " in answer for answer in answers), answers


def test_the_checker_notices_what_is_broken(sealed: Sealed, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    with pikepdf.open(sealed.path) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(broken)
    assert any(" breaks " in answer for answer in keeping(broken))
