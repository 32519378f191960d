"""/up: whether a signing can be taken, and what a manager is told beside it."""

import pytest
from flask.testing import FlaskClient

import models.writing
from extensions import db
from outbox.putting import put_first
from tests.cast import Cast
from tests.page import PageClient


def test_strangers_are_told_nothing_else(raw_client: FlaskClient) -> None:
    answer = raw_client.get("/up")
    assert (answer.status_code, answer.json) == (200, {"up": True})


def test_a_manager_is_told_what_waits_in_their_own_settings(client: PageClient, cast: Cast) -> None:
    with models.writing.writing():
        put_first(cast.bluebells.id, "archive", "one")
        put_first(cast.owls.id, "archive", "theirs")
        put_first(cast.owls.id, "digest", "theirs")
    answer = client.sign_in(cast.alice).raw("GET", "/up")
    assert set(answer.json) == {"up", "edition", "worker_seen_at", "waiting"}
    assert answer.json["waiting"] == {"archive": 1}


def test_not_up_while_nothing_can_be_saved(
    raw_client: FlaskClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    if db.engine.dialect.name != "sqlite":
        pytest.skip("On PostgreSQL nobody waits for a turn.")
    monkeypatch.setattr(models.writing, "SECONDS_TO_WAIT_FOR_A_TURN", 0)
    with models.writing._turn:
        answer = raw_client.get("/up")
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert raw_client.get("/up").status_code == 200
