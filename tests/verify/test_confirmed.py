"""A record's verdict also says who confirmed its hash, and nothing where nobody did."""

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from flask import Flask

import clock
from extensions import db
from models.base import new_id
from models.manifests import Manifest
from models.signings import record_pdf
from models.writing import writing
from records.manifest import make_manifest
from records.signing import Accepted, sign
from records.stamping import stamp
from tests.cast import Cast, signing_body
from tests.needs import needs
from tests.page import Page, PageClient
from tests.records.tsa import Authority, serving

pytestmark = needs("openssl")
Signed = tuple[Accepted, bytes]
STOOD = "Its hash stood in the manifest of "


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "one", "Test Timestamps", "ec")


@pytest.fixture
def signed(cast: Cast, quick_press: None) -> Signed:
    body = signing_body(cast.version.id, person_id=str(cast.sian.id), person=None)
    accepted = sign(cast.tablet, new_id(), body, None, None)
    found = record_pdf(cast.bluebells.id, accepted.record_id)
    assert found is not None
    return accepted, found[2]


@pytest.fixture
def manifest(cast: Cast, signed: Signed) -> Manifest:
    """The manifest of Sunday 24 November 2126, which has the record."""
    with clock.set_to(datetime(2126, 11, 25, 3, tzinfo=UTC)):
        made = make_manifest(cast.bluebells.id, cast.bluebells.time_zone)
    assert made is not None
    return made


@pytest.fixture
def confirmed(app: Flask, manifest: Manifest, authority: Authority) -> None:
    with serving(authority) as server:
        own = {"timestamp_url": server.url, "timestamp_ca_file": authority.ca}
        stamp(manifest.id, manifest.sha256, replace(app.config["FINGERPOST"], **own))


def bring(client: PageClient, pdf: bytes) -> Page:
    page = client.post("verify.file", {"file": (io.BytesIO(pdf), "record.pdf")}, expect=200)
    assert isinstance(page, Page)
    return page


def test_it_is_said_with_day_name_and_the_true_time(
    client: PageClient, signed: Signed, confirmed: None
) -> None:
    text = bring(client, signed[1]).text
    assert f"{STOOD}Sunday 24 November 2126, which Test Timestamps confirmed on " in text
    today = clock.today("Europe/London")
    assert f"{today:%A} {today.day} {today:%B %Y} at " in text


def test_nothing_is_said_before_it_is_confirmed(
    client: PageClient, signed: Signed, manifest: Manifest
) -> None:
    assert STOOD not in bring(client, signed[1]).text


def test_nothing_is_said_of_a_file_that_was_changed(
    client: PageClient, signed: Signed, confirmed: None
) -> None:
    assert STOOD not in bring(client, signed[1] + b"\n").text


def other_time(row: Manifest) -> None:
    """The database alone is not believed: what is said comes out of the timestamp."""
    row.stamped_by, row.stamped_at = "Somebody", datetime(2020, 1, 1, tzinfo=UTC)


def broken(row: Manifest) -> None:
    assert row.answer is not None
    row.answer = row.answer[:-1] + bytes((row.answer[-1] ^ 1,))


def changed(row: Manifest) -> None:
    row.body += b" "


@pytest.mark.parametrize(("spoil", "said"), [(other_time, True), (broken, False), (changed, False)])
def test_only_what_the_timestamp_itself_says_is_said(
    client: PageClient,
    signed: Signed,
    manifest: Manifest,
    confirmed: None,
    spoil: Callable[[Manifest], None],
    said: bool,
) -> None:
    with writing():
        spoil(db.session.get_one(Manifest, manifest.id))
    text = bring(client, signed[1]).text
    assert (STOOD in text) is said
    assert "Somebody" not in text


def test_the_command_says_it_too(
    app: Flask, signed: Signed, confirmed: None, tmp_path: Path
) -> None:
    (tmp_path / "record.pdf").write_bytes(signed[1])
    names = [str(signed[0].record_id), str(tmp_path / "record.pdf")]
    done = app.test_cli_runner().invoke(args=["records", "verify", *names])
    assert done.exit_code == 0, done.output
    lines = done.output.splitlines()
    assert len(lines) == 2, "a verdict a line"
    for line in lines:
        assert f"{STOOD}2126-11-24, which Test Timestamps confirmed at " in line
        assert line.endswith(" UTC.")
