"""Whatever somebody signs with becomes a record that verifies, filled in or printed whole.

SIGNINGS sets how many are made up (25); the categories, methods and longest fields are all tried.
"""

import hashlib
import os
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some
from markupsafe import escape

from models.categories import CATEGORIES
from models.names import clean_name
from records.errors import DoesNotFit
from records.facts import ChainHead, Changes, Facts, Witness
from records.fillfont import fill_font
from records.page import filling, html
from tests.records.conftest import Sealed
from tests.records.fixtures import facts, printed_of, read, sealed_of, sheet, wandering
from tests.records.test_verify import judge

pytestmark = pytest.mark.pdf

SIGNINGS = int(os.environ.get("SIGNINGS", "25"))
METHODS = ("drawn", "typed", "mark")
LONGEST = "W" * 100
NEARLY = "W" * 99

LETTERS = "".join(char for char in fill_font().glyphs if char.isalpha() or char in " -'’")
# Most names fit the pages that are laid out; some are in letters that have to be printed whole.
NAMES = some.one_of(
    some.text(LETTERS, min_size=1, max_size=40),
    some.text(LETTERS, min_size=1, max_size=40),
    some.sampled_from(["陈伟", "محمد بن علي", "Zoë 🌻", "Q\u0301uinn", "नीता", NEARLY]),
).map(lambda name: clean_name(f"A{name}"))


def genuine(sealed: Sealed, says: Facts) -> str:
    """Make the record, by whichever way it goes, and have it verified; tells the way."""
    try:
        way, pdf = "filled", sealed.fill(says)
    except DoesNotFit:
        way, pdf = "whole", sealed_of(printed_of(says), sealed.signer, sealed.at)
    verdict = judge(sealed, pdf, expected_sha256=hashlib.sha256(pdf).hexdigest())
    assert verdict.genuine, verdict.sentences()
    assert verdict.text_as_published
    assert verdict.head == ((says.head.sequence, says.head.hash) if says.head else None)
    return way


def signed_by(method: str, name: str, seed: int) -> dict[str, object]:
    """What a method leaves behind."""
    return {
        "method": method,
        "typed_name": name if method == "typed" else None,
        "witness": Witness(name, "employee") if method == "mark" else None,
        "drawing": None if method == "typed" else read(sheet(*wandering(seed))),
    }


@settings(max_examples=SIGNINGS, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    name=NAMES,
    seed=some.integers(0, 10_000),
    category=some.sampled_from(sorted(CATEGORIES)),
    method=some.sampled_from(METHODS),
    late=some.integers(0, 10**6),
    events=some.one_of(some.just(0), some.integers(1, 10**9)),
)
def test_any_signing_becomes_a_genuine_record(
    sealed: Sealed, name: str, seed: int, category: str, method: str, late: int, events: int
) -> None:
    times = facts().times
    says = facts(
        full_name=name,
        category=category,
        times=replace(times, received_at=times.received_at + timedelta(seconds=late)),
        head=ChainHead(events, f"{events:064x}") if events else None,
        **signed_by(method, name[:20].strip(), seed),
    )
    genuine(sealed, says)
    # The other way prints the same words, whatever the name is made of.
    assert str(escape(name)) in html(says.fixed, filling(says))


@pytest.mark.parametrize("method", METHODS)
@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_and_method(sealed: Sealed, category: str, method: str) -> None:
    says = facts(category=category, **signed_by(method, "Siân Llewellyn", seed=3))
    assert genuine(sealed, says) == "filled"


@pytest.mark.parametrize("method", METHODS)
def test_the_longest_of_everything(sealed: Sealed, method: str) -> None:
    says = facts(
        full_name=LONGEST,
        organisation=LONGEST,
        tablet_name=LONGEST,
        category="committee_member",
        under_18=True,
        changes=Changes(since=10**6, sha256="f" * 64, comparison=b"{}"),
        head=ChainHead(2**53 - 1, "f" * 64),
        **signed_by(method, LONGEST, seed=4),
    )
    assert genuine(sealed, says) == "whole"
