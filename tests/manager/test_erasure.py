"""Erasing at the desk: the owner alone, a word to type, and what stays is said."""

import pytest
import sqlalchemy as sa

import clock
from extensions import db
from models.erasures import erasures_of
from models.managers import Membership
from models.writing import writing
from records.holding import hold
from renewals.leaving import leave
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient

TODAY = clock.today("Europe/London")
YES = {"why": "request", "word": "erase"}


@pytest.fixture
def gone(cast: Cast) -> None:
    """Siân left today."""
    leave(cast.bluebells, cast.sian.id, TODAY, cast.bob.id)


def erased(cast: Cast) -> int:
    return len(erasures_of(cast.bluebells.id))


def test_says_what_goes_and_what_stays(
    alice: PageClient, cast: Cast, signs: Sign, gone: None
) -> None:
    page = alice.get("manager.erasure", person_id=cast.sian.id)
    assert page.h1 == "Erase Siân Llewellyn?"
    for sentence in ("What goes, for good", "What stays", "Backups and files that were downloaded"):
        assert sentence in page.text


def test_erases_and_says_so(
    alice: PageClient, client: PageClient, cast: Cast, signs: Sign, gone: None
) -> None:
    signed, person_id = signs(), cast.sian.id
    response = alice.post("manager.erasure", YES, person_id=person_id)
    assert response.location == "/manager/retention"
    page = alice.get("manager.retention")
    assert "Erased. The history notes that it was done" in page.text
    assert "1 record because the person asked for it" in page.text
    for where in ("manager.people", "manager.left", "manager.records", "manager.home"):
        text = alice.get(where).text
        assert "Siân" not in text
        assert "Erased person" not in text
    alice.get("manager.person", expect=404, person_id=person_id)
    assert alice.raw("GET", "manager.record", signing_id=signed.record_id).status_code == 404
    page = client.get("verify.answer", code=signed.code)
    assert "This record was erased." in page.text
    assert "because the person asked for it" in page.text
    assert "Siân" not in page.text


@pytest.mark.parametrize(
    ("answers", "sentence"),
    [
        (YES | {"word": ""}, "Type the word ERASE"),
        (YES | {"word": "yes"}, "Type the word ERASE"),
        (YES | {"why": ""}, "Choose why they are erased."),
    ],
)
def test_each_answer_is_needed(
    alice: PageClient, cast: Cast, gone: None, answers: dict[str, str], sentence: str
) -> None:
    page = alice.post("manager.erasure", answers, expect=422, person_id=cast.sian.id)
    [error] = page.errors
    assert error.startswith(sentence)
    assert not erased(cast)


def test_a_hold_beats_it(alice: PageClient, cast: Cast, gone: None) -> None:
    hold(cast.bluebells.id, cast.sian.id, cast.bob.id, TODAY, None, "An insurer asked.")
    page = alice.get("manager.erasure", person_id=cast.sian.id)
    assert "There is a hold on their records." in page.text
    assert not [b for b in page.all("button") if "danger" in (b.get("class") or "")]
    alice.post("manager.erasure", YES, person_id=cast.sian.id)
    text = alice.get("manager.person", person_id=cast.sian.id).text
    assert "so nothing was erased. Lift the hold first." in text
    assert not erased(cast)


def test_whoever_is_here_cannot_be_erased(alice: PageClient, cast: Cast) -> None:
    assert "They are still here." in alice.get("manager.erasure", person_id=cast.sian.id).text
    alice.post("manager.erasure", YES, person_id=cast.sian.id)
    assert "They are still here" in alice.get("manager.person", person_id=cast.sian.id).text
    assert not erased(cast)


@pytest.mark.parametrize("role", ["manager", "dsl", "chair", "auditor"])
def test_only_an_owner_can(bob: PageClient, cast: Cast, gone: None, role: str) -> None:
    with writing():
        held = sa.select(Membership).where(Membership.manager_id == cast.bob.id)
        db.session.scalars(held).one().role = role
    page = bob.get("manager.erasure", expect=403, person_id=cast.sian.id)
    assert "Only an owner" in page.text
    bob.post("manager.erasure", YES, expect=403, person_id=cast.sian.id)
    assert "Erase this person" not in bob.get("manager.person", person_id=cast.sian.id).text
    assert not erased(cast)


def test_another_setting_finds_nothing(charlie: PageClient, cast: Cast, gone: None) -> None:
    charlie.get("manager.erasure", expect=404, person_id=cast.sian.id)
    charlie.post("manager.erasure", YES, expect=404, person_id=cast.sian.id)
    assert not erased(cast)
