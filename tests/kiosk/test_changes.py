"""What changed: told to who signed an older version, and to who was reading it."""

from collections.abc import Callable
from typing import Any

import pytest
from flask.testing import FlaskClient

from extensions import db
from models.base import new_id
from tests.cast import OTHER_TOKEN, TABLET_TOKEN, Cast, publish_next, signing_body

HEADERS = {"Fingerpost-Tablet": "1", "Sec-Fetch-Site": "same-origin"}
SENTENCE = "I agree to follow it."

pytestmark = pytest.mark.usefixtures("quick_press")
Ask = Callable[..., Any]


@pytest.fixture
def ask(raw_client: FlaskClient) -> Ask:
    """Ask as Bluebells' tablet does, whose client opens no transaction of the test's."""
    raw_client.set_cookie("fingerpost-tablet", TABLET_TOKEN)

    def get(path: str, expect: int = 200) -> Any:
        db.session.commit()
        answer = raw_client.get(f"/kiosk/{path}", headers=HEADERS)
        assert answer.status_code == expect
        return answer.json

    return get


@pytest.fixture
def sian_signs(raw_client: FlaskClient, cast: Cast) -> Callable[[], None]:
    """Siân signs the version of the day."""

    def put() -> None:
        raw_client.set_cookie("fingerpost-tablet", TABLET_TOKEN)
        body = signing_body(cast.version.id, person_id=str(cast.sian.id), person=None)
        db.session.commit()
        answer = raw_client.put(f"/kiosk/signings/{new_id()}", json=body, headers=HEADERS)
        assert answer.status_code == 201

    return put


def what_changed(ask: Ask, cast: Cast) -> Any:
    (agreement,) = ask(f"people/{cast.sian.id}")["agreements"]
    return agreement["what_changed"]


def test_nothing_for_who_never_signed(ask: Ask, cast: Cast) -> None:
    publish_next(text="Be kind.")
    assert what_changed(ask, cast) is None


def test_nothing_for_who_signed_this_version(
    ask: Ask, cast: Cast, sian_signs: Callable[[], None]
) -> None:
    sian_signs()
    assert what_changed(ask, cast) is None
    publish_next(text="Be kind.")
    sian_signs()
    assert what_changed(ask, cast) is None


def test_whoever_signed_an_older_version_is_told(
    ask: Ask, cast: Cast, sian_signs: Callable[[], None]
) -> None:
    sian_signs()
    publish_next(text=cast.version.text.replace("must not", "must <never>"))
    told = what_changed(ask, cast)
    assert set(told) == {"since", "summary", "html", "sha256"}
    assert (told["since"], told["summary"]) == (1, "8 clauses changed")
    assert "<ins>" in told["html"]
    assert "&lt;" in told["html"]
    assert "<never>" not in told["html"]
    assert len(told["sha256"]) == 64


def test_it_is_the_version_signed_last_and_not_the_one_before(
    ask: Ask, cast: Cast, sian_signs: Callable[[], None]
) -> None:
    sian_signs()
    publish_next(text="Be kind.")
    publish_next(text="Be kind to all.")
    assert what_changed(ask, cast)["since"] == 1


def test_only_their_own_wording_counts(
    ask: Ask, cast: Cast, sian_signs: Callable[[], None]
) -> None:
    sian_signs()
    wordings = cast.version.sentences
    publish_next(wordings=wordings | {"employee": SENTENCE})
    assert what_changed(ask, cast)["summary"] == "No words changed"
    publish_next(wordings=wordings | {"volunteer": SENTENCE})
    assert what_changed(ask, cast)["summary"] == "1 clause changed"


def test_between_two_versions_for_who_was_reading(ask: Ask, cast: Cast) -> None:
    old, wordings = cast.version, {w.category: w.sentence for w in cast.version.wordings}
    new = publish_next(wordings=wordings | {"volunteer": SENTENCE})
    path = f"agreements/{new.id}/changes/{old.id}"
    assert ask(f"{path}?category=volunteer")["summary"] == "1 clause changed"
    assert ask(f"{path}?category=student")["summary"] == "No words changed"


def test_not_backwards_and_not_of_other_agreements(ask: Ask, cast: Cast) -> None:
    old, new = cast.version, publish_next(text="Be kind.")
    other = publish_next(title="Photos")
    for version, older in ((old, new), (new, new), (new, other), (other, old)):
        ask(f"agreements/{version.id}/changes/{older.id}", expect=404)
    ask(f"agreements/{new_id()}/changes/{old.id}", expect=404)


def test_another_settings_versions_are_not_found(
    ask: Ask, cast: Cast, raw_client: FlaskClient
) -> None:
    old, new = cast.version, publish_next(text="Be kind.")
    raw_client.set_cookie("fingerpost-tablet", OTHER_TOKEN)
    ask(f"agreements/{new.id}/changes/{old.id}", expect=404)
