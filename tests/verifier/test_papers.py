"""The checker knows a scan of a paper, and compares its photographs with what is said of them."""

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

import clock
from models.scans import scan_of
from records.paper_facts import PaperFacts
from records.photographs import straightened
from records.scanning import Paper, begin_scan, file_scan, tidied
from records.seal import load_signer, new_authority, new_seal
from tests.cast import Cast
from tests.records.fixtures import SHORT, paper_facts, printed_paper, sealed_of
from tests.records.photos import photograph
from tests.verifier.conftest import Check, exported

pytestmark = pytest.mark.pdf

SAYS = "signed on paper and filed later as a scan"


def filed(cast: Cast) -> str:
    paper = Paper(cast.sian.id, cast.version.id, clock.today("Europe/London"), None)
    scan_id = begin_scan(cast.bluebells.id, cast.bob.id, paper, tidied([photograph()]))
    scan = scan_of(cast.bluebells.id, scan_id)
    assert scan is not None
    return file_scan(cast.bluebells, scan, cast.bob, None).code


@pytest.mark.parametrize("pyhanko", [True, False])
def test_an_export_with_a_scan_holds_and_names_it(
    check: Check, cast: Cast, tmp_path: Path, pyhanko: bool
) -> None:
    code = filed(cast)
    answer = check(exported(cast, tmp_path / "export.zip"), pyhanko=pyhanko)
    assert answer.code == 0, answer.text
    [line] = [line for line in answer.text.splitlines() if f"Check code {code}" in line]
    assert SAYS in line


def sealed(says: PaperFacts, path: Path) -> Path:
    """A record of a paper with a seal that holds, whatever its evidence says."""
    at = says.filed_at
    authority = new_authority("Test", at - timedelta(days=1))
    pair = new_seal(authority, "Test", at - timedelta(days=1))
    signer = load_signer(pair, authority.certificate_der)
    path.write_bytes(sealed_of(printed_paper(says), signer, at))
    return path


def test_a_photograph_that_the_evidence_does_not_name_is_found(
    check: Check, tmp_path: Path
) -> None:
    first, second = straightened(photograph()), straightened(photograph(900, 1200))
    says = paper_facts(first, second, version=SHORT)
    assert check(sealed(says, tmp_path / "right.pdf")).code == 0
    swapped = replace(says.pages[0], jpeg=second)
    wrong = replace(says, pages=(swapped, says.pages[1]))
    answer = check(sealed(wrong, tmp_path / "wrong.pdf"))
    assert answer.code == 1
    assert "The photographs inside it are not the ones that evidence.json names." in answer.text


def test_a_paper_without_photographs_is_none(check: Check, tmp_path: Path) -> None:
    answer = check(sealed(paper_facts(version=SHORT), tmp_path / "none.pdf"))
    assert answer.code == 1
