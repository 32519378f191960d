"""The papers of an export: a list that is safe to open, and who vouches for the seals."""

import pytest
from cryptography import x509

from models.keys import current_key
from records.export_papers import harmless, papers
from tests.cast import Cast


@pytest.mark.parametrize(
    "cell", ["=1+1", "+44 7700", "-2+3", "@SUM(A1)", "＝1+1", "\t=1", " =1+1", "\r=1", "－1", "＠A"]
)
def test_what_a_spreadsheet_would_work_out_becomes_words(cell: str) -> None:
    assert harmless(cell) == f"'{cell}"


@pytest.mark.parametrize(
    "cell", ["", "Siân", "O'Brien", "’t Hooft", "Ann-Marie", "Smith & Sons", "a=b", "1 + 1", "#1"]
)
def test_everything_else_stays_as_it_is(cell: str) -> None:
    assert harmless(cell) == cell


def test_the_certificates_are_the_settings_own(cast: Cast) -> None:
    found = papers(cast.bluebells.id, "Bluebells", "24 November 2026")
    ours = {current_key("ca").certificate, current_key("seal", cast.bluebells.id).certificate}
    pems = [data for name, data in found.items() if name.startswith("certificates/")]
    loaded = {x509.load_pem_x509_certificate(pem) for pem in pems}
    assert loaded == {x509.load_der_x509_certificate(der or b"") for der in ours}


def test_the_first_lines_say_what_it_is_and_how_to_check_it(cast: Cast) -> None:
    said = papers(cast.bluebells.id, "Bluebells", "24 November 2026")["READ-ME.txt"].decode()
    assert said.startswith(
        "The records of Bluebells, copied out of Fingerpost on 24 November 2026."
    )
    assert "python3 fingerpost_verify.py" in said
    assert max(len(line) for line in said.splitlines()) <= 88
