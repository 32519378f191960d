"""The desk says what a timestamp server confirmed, and when it could not."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from config import Config
from extensions import db
from models.manifests import Manifest
from models.outbox import OutboxItem
from models.writing import writing
from records.manifest import make_manifest
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient

SERVER = "http://timestamp.example.org/tsa"
NIGHT = datetime(2126, 11, 25, 3, tzinfo=UTC)


@pytest.fixture
def stamping(app: Flask) -> Iterator[None]:
    """There is a timestamp server."""
    config: Config = app.config["FINGERPOST"]
    app.config["FINGERPOST"] = replace(config, timestamp_url=SERVER)
    yield
    app.config["FINGERPOST"] = config


@pytest.fixture
def manifest(cast: Cast, signs: Sign) -> Manifest:
    """What was signed up to Sunday 24 November 2126, far from the days of other tests."""
    signs()
    with clock.set_to(NIGHT):
        made = make_manifest(cast.bluebells.id, cast.bluebells.time_zone)
    assert made is not None
    return made


def fail(sentence: str) -> None:
    """The server was asked in vain. The errand is a little older than its manifest, as it is."""
    with writing():
        stamp = OutboxItem.kind == "stamp"
        values = {"last_fault": sentence, "made_at": NIGHT - timedelta(seconds=1)}
        db.session.execute(sa.update(OutboxItem).where(stamp).values(**values))


def confirm(manifest: Manifest) -> None:
    with writing():
        row = db.session.get_one(Manifest, manifest.id)
        row.answer, row.stamped_by = b"0", "Trusty Timestamps"
        row.stamped_at = datetime(2126, 11, 26, 8, 5, tzinfo=UTC)


def test_says_by_whom_and_when_the_days_were_confirmed(
    alice: PageClient, manifest: Manifest, stamping: None
) -> None:
    confirm(manifest)
    text = alice.get("manager.home").text
    assert "The records up to Sunday 24 November 2126 are confirmed from outside" in text
    assert "Trusty Timestamps confirmed on Tuesday 26 November 2126 at 08:05" in text
    assert "Nobody has confirmed" not in text


def test_an_outage_is_named_with_its_reason(
    alice: PageClient, manifest: Manifest, stamping: None
) -> None:
    assert "Nobody has confirmed" not in alice.get("manager.home").text, "it was not tried yet"
    fail("The timestamp server cannot be reached.")
    text = alice.get("manager.home").text
    assert "Nobody has confirmed the records up to Sunday 24 November 2126 yet." in text
    assert "They are safe here. The timestamp server cannot be reached." in text
    assert "It is tried again by itself." in text


def test_several_days_are_counted_from_the_oldest(
    alice: PageClient, cast: Cast, manifest: Manifest, stamping: None
) -> None:
    with writing():
        about = {"setting_id": cast.bluebells.id, "number": 2, "day": date(2126, 11, 25)}
        db.session.add(Manifest(**about, sequence=99, hash="", body=b"", sha256=""))
    fail("The timestamp server cannot be reached.")
    text = alice.get("manager.home").text
    assert "up to Sunday 24 November 2126 yet" in text
    assert "2 days wait and are tried again by themselves." in text


def test_nothing_is_said_without_a_server(alice: PageClient, manifest: Manifest) -> None:
    fail("The timestamp server cannot be reached.")
    assert "confirmed" not in alice.get("manager.home").text
    confirm(manifest)
    assert "confirmed" not in alice.get("manager.home").text


def test_another_setting_sees_nothing_of_it(
    charlie: PageClient, manifest: Manifest, stamping: None
) -> None:
    fail("The timestamp server cannot be reached.")
    assert "confirmed" not in charlie.get("manager.home").text
