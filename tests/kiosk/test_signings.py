"""The signing contract, row by row."""

import io
from collections.abc import Callable
from dataclasses import replace
from typing import Any
from uuid import UUID

import orjson
import pytest
import sqlalchemy as sa
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hpke import AEAD, KDF, KEM, Suite
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

import clock
from agreements.archiving import archive
from agreements.publishing import publish
from agreements.starter import starter_edition
from extensions import db
from models.agreements import Agreement
from models.base import new_id
from models.dues import due_of
from models.events import Event, check_history
from models.keys import current_key
from models.outbox import OutboxItem
from models.people import add_person, known_person
from models.signings import Declaration, Record, Signing, whole_pdf
from models.tablets import revoke
from models.writing import CannotSave, writing
from renewals.leaving import leave
from renewals.schedule import anniversary
from tests.cast import OTHER_TOKEN, TABLET_TOKEN, Cast, loops, publish_next, signing_body

HEADERS = {"Fingerpost-Tablet": "1", "Sec-Fetch-Site": "same-origin"}

Put = Callable[..., TestResponse]


@pytest.fixture(autouse=True)
def _press_once(quick_press: None) -> None:
    """What is answered does not depend on the page; tests/records looks at the page."""


@pytest.fixture
def put(raw_client: FlaskClient) -> Put:
    """PUT a signing from Bluebells' tablet, whose client opens no transaction of the test's."""
    raw_client.set_cookie("fingerpost-tablet", TABLET_TOKEN)

    def send(body: Any, signing_id: UUID | None = None, **more: Any) -> TestResponse:
        db.session.commit()
        return raw_client.put(
            f"/kiosk/signings/{signing_id or new_id()}",
            **({"headers": HEADERS, "json": body} | more),
        )

    return send


def test_accepted(put: Put, cast: Cast) -> None:
    signing_id = new_id()
    answer = put(signing_body(cast.version.id), signing_id)
    assert answer.status_code == 201
    assert set(answer.json) == {"record_id", "code", "signed_at", "received_at", "due_on"}
    assert answer.json["record_id"] == str(signing_id)
    signing = db.session.get_one(Signing, signing_id)
    record = db.session.get_one(Record, signing_id)
    assert answer.json["code"] == record.code
    assert record.size == len(whole_pdf(record))
    due = due_of(cast.bluebells.id, signing.person_id, signing.agreement_id)
    today = clock.today(cast.bluebells.time_zone)
    assert due is not None
    assert due.due_on == anniversary(today)
    assert due.due_on.isoformat() == answer.json["due_on"]
    assert due.signing_id == signing_id
    assert _count(Event, kind="signing.sealed") == 1
    assert _count(OutboxItem, kind="archive") == 1
    assert check_history(cast.bluebells.id).faults == []


def test_the_same_again_is_the_same_answer(put: Put, cast: Cast) -> None:
    signing_id, body = new_id(), signing_body(cast.version.id)
    first = put(body, signing_id)
    reordered = dict(reversed(body.items()))
    reordered["reading"] = body["reading"] | {"furthest": 0.6}
    again = put(reordered, signing_id)
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json == first.json
    assert _count(Signing) == 1


def test_the_same_id_with_another_body(put: Put, cast: Cast) -> None:
    signing_id, body = new_id(), signing_body(cast.version.id)
    put(body, signing_id)
    other = put(body | {"typed_name": "Somebody else"}, signing_id)
    assert other.status_code == 409
    assert other.json["error"]
    assert _count(Signing) == 1


def test_sealed_and_plain_are_the_same_body(put: Put, cast: Cast) -> None:
    signing_id, body = new_id(), signing_body(cast.version.id)
    letter = _sealed(cast, signing_id, body)
    headers = HEADERS | {"Content-Type": "application/hpke"}
    first = put(None, signing_id, json=None, data=letter, headers=headers)
    assert first.status_code == 201, first.json
    assert put(body, signing_id).status_code == 200


def test_a_letter_is_bound_to_its_id(put: Put, cast: Cast) -> None:
    letter = _sealed(cast, new_id(), signing_body(cast.version.id))
    headers = HEADERS | {"Content-Type": "application/hpke"}
    answer = put(None, new_id(), json=None, data=letter, headers=headers)
    assert answer.status_code == 400


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"nothing",
        b"[1, 2]",
        b'{"format": NaN}',
        b'{"format": 1e999}',
        b'{"a": "\\ud800"}',
        b'{"a":' * 17 + b"1" + b"}" * 17,
        b"[" * 100_000,
        b"\xef\xbb\xbf{}",
    ],
)
def test_not_json(put: Put, raw: bytes) -> None:
    headers = HEADERS | {"Content-Type": "application/json"}
    answer = put(None, json=None, data=raw, headers=headers)
    assert answer.status_code == 400
    assert answer.json["error"]


def test_no_cookie_or_a_wrong_one(put: Put, raw_client: FlaskClient, cast: Cast) -> None:
    raw_client.set_cookie("fingerpost-tablet", "nobody's")
    assert put(signing_body(cast.version.id)).status_code == 401
    raw_client.delete_cookie("fingerpost-tablet")
    assert put(signing_body(cast.version.id)).status_code == 401


def test_a_revoked_tablet_keeps_nothing(put: Put, cast: Cast) -> None:
    revoke(cast.tablet, None)
    answer = put(signing_body(cast.version.id))
    assert answer.status_code == 401
    assert "manager" in answer.json["error"]
    assert _count(Signing) == 0


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Fingerpost-Tablet": "1"},
        {"Sec-Fetch-Site": "same-origin"},
        {"Fingerpost-Tablet": "1", "Sec-Fetch-Site": "cross-site"},
        {"Fingerpost-Tablet": "1", "Sec-Fetch-Site": "same-site"},
        {"Fingerpost-Tablet": "1", "Origin": "https://elsewhere.example"},
    ],
)
def test_not_from_our_page(put: Put, cast: Cast, headers: dict[str, str]) -> None:
    assert put(signing_body(cast.version.id), headers=headers).status_code == 403


def test_old_safari_says_origin(put: Put, cast: Cast) -> None:
    headers = {"Fingerpost-Tablet": "1", "Origin": "http://localhost"}
    assert put(signing_body(cast.version.id), headers=headers).status_code == 201


def test_what_this_setting_never_had(put: Put, cast: Cast, raw_client: FlaskClient) -> None:
    assert put(signing_body(new_id())).status_code == 404
    stranger = signing_body(cast.version.id, person_id=str(new_id()), person=None)
    assert put(stranger).status_code == 404
    raw_client.set_cookie("fingerpost-tablet", OTHER_TOKEN)
    assert put(signing_body(cast.version.id)).status_code == 404
    sian = signing_body(cast.version.id, person_id=str(cast.sian.id), person=None)
    assert put(sian).status_code == 404


def test_who_left_and_what_was_replaced_or_archived_is_still_known(put: Put, cast: Cast) -> None:
    """A tablet may have been offline for weeks; what was signed on it then was signed."""
    version, setting = cast.version, cast.bluebells
    body = signing_body(version.id, person_id=str(cast.sian.id), person=None)
    leave(setting, cast.sian.id, clock.today(setting.time_zone), None)
    assert put(body).status_code == 201
    publish_next(text="# Another text")
    assert put(body).status_code == 201
    archive(db.session.get_one(Agreement, version.agreement_id), cast.alice.id)
    assert put(body).status_code == 201
    assert {row.full_name for row in db.session.scalars(sa.select(Signing))} == {"Siân Llewellyn"}


def test_too_large_and_wrong_type(put: Put, cast: Cast) -> None:
    big = signing_body(cast.version.id, note="x" * 10_000_000)
    assert put(big).status_code == 413
    headers = HEADERS | {"Content-Type": "text/plain"}
    assert put(None, json=None, data=b"{}", headers=headers).status_code == 415
    assert _count(Signing) == 0


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"format": 2}, "format"),
        ({"sitting_id": "none"}, "sitting_id"),
        ({"version_id": 7}, "version_id"),
        ({"person_id": "x"}, "person_id"),
        ({"person": None}, "person"),
        ({"person": {"full_name": " ", "category": "volunteer"}}, "full_name"),
        ({"person": {"full_name": "x" * 101, "category": "volunteer"}}, "full_name"),
        ({"person": {"full_name": "a" + "\u0301" * 9, "category": "volunteer"}}, "full_name"),
        ({"person": {"full_name": "Ann", "category": "king"}}, "category"),
        ({"person": {"full_name": "Ann", "category": "student"}}, "organisation"),
        ({"person": {"full_name": "Ann", "category": "volunteer", "email": "no"}}, "email"),
        ({"person": {"full_name": "Ann", "category": "visitor", "email": "a\0@b.uk"}}, "email"),
        ({"person": {"full_name": "Ann", "category": "visitor", "email": "<a@b.uk>"}}, "email"),
        ({"person": {"full_name": "Ann", "category": "volunteer", "under_18": 1}}, "under_18"),
        ({"method": "stamped"}, "method"),
        ({"method": "typed", "drawing": None}, "typed_name"),
        ({"method": "mark"}, "witness"),
        ({"drawing": None}, "drawing"),
        ({"drawing": {"width": 600, "height": 200, "groups": []}}, "drawing"),
        ({"declaration": {"kind": "gossip"}}, "declaration"),
        ({"declaration": {"kind": "other", "note": "x" * 2001}}, "declaration"),
        ({"declaration": None}, "declaration"),
        ({"reading": None}, "reading"),
        ({"reading": {"furthest": 1.5}}, "reading"),
        ({"reading": {"changes_shown": "everything"}}, "reading"),
        ({"signed_at": "2026-02-30T08:47:03+00:00"}, "signed_at"),
        ({"signed_at": "2026-11-24T08:47:03"}, "signed_at"),
        ({"signed_at": "0001-01-01T00:00:00+14:00"}, "signed_at"),
        ({"signed_at": 12}, "signed_at"),
    ],
)
def test_not_acceptable(put: Put, cast: Cast, changes: dict[str, Any], field: str) -> None:
    answer = put(signing_body(cast.version.id, **changes))
    assert answer.status_code == 422
    assert list(answer.json["errors"]) == [field]
    assert answer.json["errors"][field].endswith(".")
    assert _count(Signing) == 0


@pytest.mark.parametrize(
    ("witness", "says"),
    [
        (None, "This part of the signing is missing."),
        ({"full_name": " ", "category": "nobody"}, "Write the name"),
        ({"full_name": "Alice Price", "category": "nobody"}, "Choose one of"),
    ],
)
def test_of_a_part_its_first_fault_is_said(put: Put, cast: Cast, witness: Any, says: str) -> None:
    answer = put(signing_body(cast.version.id, method="mark", witness=witness))
    assert answer.json["errors"]["witness"].startswith(says)


def test_all_faults_come_together(put: Put, cast: Cast) -> None:
    answer = put(signing_body(cast.version.id, method="stamped", signed_at=None, format=9))
    assert set(answer.json["errors"]) == {"method", "signed_at", "format"}


@pytest.mark.parametrize(
    "changes",
    [
        {"method": "typed", "typed_name": "Gwenllian", "drawing": None},
        {"method": "mark", "witness": {"full_name": "Alice Price", "category": "employee"}},
        {"signed_at": "1970-01-01T00:00:00Z"},
        {"signed_at": "2399-01-01T00:00:00Z"},
        {"unheard_of": {"fields": "are ignored"}},
        {"drawing": loops(1, 1)},
    ],
)
def test_acceptable_too(put: Put, cast: Cast, changes: dict[str, Any]) -> None:
    assert put(signing_body(cast.version.id, **changes)).status_code == 201


@pytest.mark.parametrize("said", ["1901-01-01T00:00:00Z", "8999-12-31T23:59:59Z"])
@pytest.mark.parametrize("sent", ["1901-01-01T00:00:00Z", "8999-12-31T23:59:59Z", "yesterday", ""])
def test_no_clock_is_so_wrong_that_it_refuses_a_signing(
    put: Put, cast: Cast, said: str, sent: str
) -> None:
    headers = HEADERS | {"Fingerpost-Sent-At": sent}
    answer = put(signing_body(cast.version.id, signed_at=said), headers=headers)
    assert answer.status_code == 201
    assert answer.json["signed_at"] == answer.json["received_at"]


def test_a_person_on_file_signs_under_the_name_on_file(put: Put, cast: Cast) -> None:
    signing_id, sian = new_id(), cast.sian
    body = signing_body(cast.version.id, person_id=str(sian.id), person=None)
    assert put(body, signing_id).status_code == 201
    signing = db.session.get_one(Signing, signing_id)
    assert (signing.full_name, signing.category) == ("Siân Llewellyn", "volunteer")
    assert (signing.person_id, signing.found) == (sian.id, "chosen")


def test_a_typed_name_finds_the_one_it_fits(put: Put, cast: Cast) -> None:
    signing_id, sian = new_id(), cast.sian
    newcomer = {"full_name": "sian  LLEWELLYN", "category": "volunteer"}
    put(signing_body(cast.version.id, person=newcomer), signing_id)
    signing = db.session.get_one(Signing, signing_id)
    assert (signing.person_id, signing.found) == (sian.id, "matched by name")
    assert signing.full_name == "sian LLEWELLYN"


def test_two_people_of_one_name_are_not_guessed_at(put: Put, cast: Cast) -> None:
    today = clock.today("Europe/London")
    with writing():
        add_person(
            cast.bluebells.id,
            full_name="Sian Llewellyn",
            category="volunteer",
            organisation=None,
            since=today,
        )
    signing_id = new_id()
    newcomer = {"full_name": "Siân Llewellyn", "category": "volunteer"}
    put(signing_body(cast.version.id, person=newcomer), signing_id)
    assert db.session.get_one(Signing, signing_id).found == "new"


def test_a_newcomer_from_an_agency(put: Put, cast: Cast) -> None:
    signing_id = new_id()
    newcomer = {
        "full_name": "Łukasz Żółkiewski",
        "category": "agency_worker",
        "organisation": "Bright Staff Ltd",
        "email": "lukasz@example.org",
        "under_18": True,
    }
    put(signing_body(cast.version.id, person=newcomer), signing_id)
    signing = db.session.get_one(Signing, signing_id)
    known = known_person(cast.bluebells.id, signing.person_id)
    assert known is not None
    assert known.organisation == signing.organisation == "Bright Staff Ltd"
    assert known.person.email == "lukasz@example.org"
    assert known.person.under_18
    again = new_id()
    put(signing_body(cast.version.id, person=newcomer | {"email": None}), again)
    assert db.session.get_one(Signing, again).person_id == signing.person_id


def test_signing_again_keeps_both_and_the_newest_counts(put: Put, cast: Cast) -> None:
    ids = [new_id(), new_id()]
    for signing_id in ids:
        body = signing_body(cast.version.id, person_id=str(cast.sian.id), person=None)
        assert put(body, signing_id).status_code == 201
    due = due_of(cast.bluebells.id, cast.sian.id, cast.version.agreement_id)
    assert due is not None
    assert due.signing_id == ids[1]
    assert _count(Record) == 2


def test_no_pressure_no_timing_is_stored(put: Put, cast: Cast) -> None:
    signing_id = new_id()
    put(signing_body(cast.version.id), signing_id)
    kept = db.session.get_one(Signing, signing_id).drawing
    assert kept is not None
    drawing = orjson.loads(kept)
    assert set(drawing) == {"width", "height", "strokes"}
    assert all(len(sample) == 3 for stroke in drawing["strokes"] for sample in stroke)


def test_what_was_told_is_only_in_the_declarations_table(put: Put, cast: Cast) -> None:
    secret = "My sister’s child starts in January"
    sitting = new_id()
    told = {"kind": "relationship", "note": secret}
    body = signing_body(cast.version.id, sitting_id=str(sitting), declaration=told)
    assert put(body).status_code == 201
    row = db.session.scalars(sa.select(Declaration).filter_by(sitting_id=sitting)).one()
    assert row.told
    assert secret.encode() not in row.sealed_answer
    assert b"relationship" not in row.sealed_answer
    whole = "".join(str(r) for r in db.session.execute(sa.select(Event.ids)).all())
    assert "relationship" not in whole
    nothing = put(signing_body(cast.version.id))
    assert nothing.status_code == 201
    assert _count(Declaration) == 2


def test_busy_is_503_and_keeps_nothing(
    put: Put, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_arguments: object) -> None:
        raise CannotSave from sa.exc.OperationalError("INSERT", {}, Exception("disk is full"))

    monkeypatch.setattr("records.signing.keep", full)
    answer = put(signing_body(cast.version.id))
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0
    assert _count(Signing) == 0


def test_a_busy_reader_is_503_too(put: Put, cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    def busy(*_arguments: object) -> None:
        raise sa.exc.OperationalError("SELECT", {}, Exception("database is locked"))

    body = signing_body(cast.version.id)
    monkeypatch.setattr("web.access.holder_of", busy)
    answer = put(body)
    assert answer.status_code == 503
    assert int(answer.headers["Retry-After"]) > 0


def test_no_reader_is_open_while_a_slow_line_sends(raw_client: FlaskClient, cast: Cast) -> None:
    """It would keep everybody else from signing for as long as the line is slow."""
    reading: list[bool] = []

    class SlowLine(io.BytesIO):
        def readinto(self, into: Any) -> int:
            reading.append(db.session().in_transaction())
            return super().readinto(into)

        def read(self, size: int | None = -1) -> bytes:
            reading.append(db.session().in_transaction())
            return super().read(size)

    packed = orjson.dumps(signing_body(cast.version.id))
    db.session.commit()
    raw_client.set_cookie("fingerpost-tablet", TABLET_TOKEN)
    answer = raw_client.put(
        f"/kiosk/signings/{new_id()}",
        input_stream=SlowLine(packed),
        content_length=len(packed),
        content_type="application/json",
        headers=HEADERS,
    )
    assert answer.status_code == 201
    assert reading
    assert not any(reading)


def test_a_category_that_need_not_sign(put: Put, cast: Cast) -> None:
    usual = starter_edition()
    wordings = {who: says for who, says in usual.wordings.items() if who != "parent_helper"}
    with writing():
        version = publish(cast.bluebells.id, replace(usual, wordings=wordings))
    answer = put(signing_body(version.id))
    assert answer.status_code == 422
    assert "parent helper" in answer.json["errors"]["category"]


def _sealed(cast: Cast, signing_id: UUID, body: dict[str, Any]) -> bytes:
    """What the tablet's page will send: enc ‖ ciphertext, with the id in HPKE's info."""
    point = current_key("inbox", cast.bluebells.id).public
    assert point is not None
    public = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), point)
    suite = Suite(KEM.P256, KDF.HKDF_SHA256, AEAD.AES_128_GCM)
    info = f"fingerpost-signing-v1{signing_id}".encode()
    return suite.encrypt(orjson.dumps(body), public, info=info)


def _count(table: type, **like: Any) -> int:
    found = sa.select(sa.func.count()).select_from(table).filter_by(**like)
    return db.session.scalar(found) or 0
