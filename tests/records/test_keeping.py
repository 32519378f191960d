"""Sealed records keep to PDF/A-3a (for keeping) and PDF/UA-1 (for screen readers)."""

from pathlib import Path

import pikepdf
import pytest

from tests.records.checkers import keeping
from tests.records.conftest import Sealed
from tests.records.fixtures import SHORT, facts, logo, printed_of, sealed_of, setting

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


def test_the_checker_notices_what_is_broken(sealed: Sealed, tmp_path: Path) -> None:
    broken = tmp_path / "broken.pdf"
    with pikepdf.open(sealed.path) as pdf:
        del pdf.Root.StructTreeRoot
        pdf.save(broken)
    assert any(" breaks " in answer for answer in keeping(broken))
