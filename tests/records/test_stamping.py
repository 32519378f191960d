"""The nightly manifest is confirmed by a real server, or says why not and is made up later."""

import hashlib
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from backends.timestamps import AWAY, MOST, SLOW, NoStamp
from config import Config
from extensions import db
from models.base import new_id
from models.events import happened
from models.manifests import Manifest, answer_of, body_of, manifests_until
from models.outbox import OutboxItem
from models.writing import writing
from outbox.claiming import DAYS_OF_TRYING, WAITS
from outbox.errands import GIVEN_UP, KEPT, NOT_NEEDED, PUT_OFF, TRY_AGAIN
from outbox.worker import worker_of
from records import stamping
from records.confirmed import Confirmed, stamps_of
from records.stamp import BROKEN, OTHER, STRANGER, UNREAD, authorities_in, request_for
from records.stamping import manifest_where_due
from tests.cast import Cast
from tests.needs import needs
from tests.records.tsa import Authority, Server, openssl_verifies, serving

pytestmark = needs("openssl")


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "one", "Test Timestamps", "ec")


@pytest.fixture
def server(authority: Authority) -> Iterator[Server]:
    with serving(authority) as server:
        yield server


@pytest.fixture
def house(own_app: Callable[..., Flask], config: Config, server: Server) -> Iterator[Flask]:
    """An app with a timestamp server, whose outbox is empty."""
    ca = server.authority.ca
    own = replace(config, timestamp_url=server.url, timestamp_ca_file=ca)
    app = own_app(FINGERPOST=own)
    with app.app_context():
        nothing_waits()
        yield app
        db.engine.dispose()


def nothing_waits() -> None:
    with writing():
        db.session.execute(sa.delete(OutboxItem))


def a_day(ago: int) -> None:
    """So many days ago something happened at Bluebells, and the night after it came."""
    then = clock.now() - timedelta(days=ago)
    with clock.set_to(then), writing():
        happened(Cast().bluebells.id, "test.something", {"id": str(new_id())})
    with clock.set_to(then + timedelta(days=1)):
        manifest_where_due()
    db.session.rollback()
    with writing():
        # The other setting's first manifest is not what is looked at.
        others = OutboxItem.setting_id != Cast().bluebells.id
        db.session.execute(sa.delete(OutboxItem).where(others))
        db.session.execute(sa.update(OutboxItem).values(not_before=clock.now()))


def work(app: Flask) -> str | None:
    """What becomes of the next item, whenever it would be tried again."""
    db.session.rollback()
    with writing():
        db.session.execute(sa.update(OutboxItem).values(not_before=clock.now(), leased_until=None))
    outcome = worker_of(app).one()
    db.session.rollback()
    return outcome


def manifests() -> list[Manifest]:
    db.session.rollback()
    return manifests_until(Cast().bluebells.id, 10**9)


def fault() -> str | None:
    db.session.rollback()
    return db.session.scalars(sa.select(OutboxItem.last_fault).limit(1)).one()


def test_a_manifest_is_confirmed_and_openssl_agrees(
    house: Flask, server: Server, tmp_path: Path
) -> None:
    a_day(2)
    before = datetime.now(UTC) - timedelta(seconds=2)
    assert work(house) == KEPT
    (manifest,) = manifests()
    assert manifest.stamped_at is not None
    assert before <= manifest.stamped_at <= datetime.now(UTC) + timedelta(seconds=2)
    assert manifest.day < manifest.stamped_at.date(), "the time is the true one, not the day's"
    assert manifest.stamped_by == "Test Timestamps"
    (tmp_path / "day.tsr").write_bytes(answer_of(manifest.id))
    (tmp_path / "day.json").write_bytes(body_of(manifest.id))
    assert openssl_verifies(tmp_path / "day.tsr", tmp_path / "day.json", server.authority.ca)
    (tmp_path / "day.json").write_bytes(body_of(manifest.id) + b" ")
    assert not openssl_verifies(tmp_path / "day.tsr", tmp_path / "day.json", server.authority.ca)
    assert work(house) is None
    assert server.asked == 1


def test_without_a_server_nothing_is_made_and_nothing_said(house: Flask) -> None:
    config: Config = house.config["FINGERPOST"]
    house.config["FINGERPOST"] = replace(config, timestamp_url="")
    a_day(2)
    assert (manifests(), work(house)) == ([], None)


def test_one_that_waits_when_the_server_is_taken_away_waits_quietly(house: Flask) -> None:
    a_day(2)
    house.config["FINGERPOST"] = replace(house.config["FINGERPOST"], timestamp_url="")
    assert work(house) == PUT_OFF
    assert fault() is None
    (manifest,) = manifests()
    assert manifest.stamped_at is None


WRONG: list[tuple[str, Callable[[Server], object], str]] = [
    ("an error", lambda s: setattr(s, "status", 503), "answered with an error (503)"),
    ("a redirection", lambda s: setattr(s, "status", 302), "answered with an error (302)"),
    ("a web page", lambda s: setattr(s, "change", lambda _: b"<html>"), UNREAD),
    ("nothing", lambda s: setattr(s, "change", lambda _: b""), UNREAD),
    ("a no", lambda s: setattr(s, "change", lambda _: bytes.fromhex("30053003020102")),
     "refused to confirm it (rejection)"),
    ("far too much", lambda s: setattr(s, "change", lambda a: a + b"0" * MOST), "far too long"),
    ("more than an answer", lambda s: setattr(s, "change", lambda a: a + b"0"), UNREAD),
    ("another hash", lambda s: setattr(s, "before", lambda _: request_for(b"1" * 32, 7)), OTHER),
    ("another nonce",
     lambda s: setattr(s, "before", lambda r: request_for(r[r.index(b"\x04\x20") + 2:][:32], 7)),
     OTHER),
    ("a broken signature",
     lambda s: setattr(s, "change", lambda a: a[:-1] + bytes((a[-1] ^ 1,))), BROKEN),
]  # fmt: skip


@pytest.mark.parametrize(
    ("spoil", "says"), [case[1:] for case in WRONG], ids=[case[0] for case in WRONG]
)
def test_a_wrong_answer_is_named_and_not_kept(
    house: Flask, server: Server, spoil: Callable[[Server], object], says: str
) -> None:
    a_day(2)
    spoil(server)
    assert work(house) == TRY_AGAIN
    assert says in str(fault())
    (manifest,) = manifests()
    assert (manifest.stamped_at, answer_of(manifest.id)) == (None, b"")


def test_what_failed_is_made_up_later(house: Flask, server: Server) -> None:
    a_day(2)
    server.status = 503
    assert work(house) == TRY_AGAIN
    waiting = stamps_of(Cast().bluebells.id).waiting
    assert waiting is not None
    assert "(503)" in waiting.fault
    server.status = 200
    assert work(house) == KEPT
    (manifest,) = manifests()
    assert manifest.stamped_at is not None
    assert fault() is None
    stamps = stamps_of(Cast().bluebells.id)
    assert (stamps.waiting, stamps.newest) == (
        None, Confirmed(manifest.day, manifest.stamped_at, "Test Timestamps"),
    )  # fmt: skip


def test_a_stranger_of_the_same_name_is_not_believed(
    house: Flask, server: Server, tmp_path: Path
) -> None:
    a_day(2)
    server.authority = Authority(tmp_path / "stranger", "Test Timestamps", "ec")
    assert work(house) == TRY_AGAIN
    assert fault() == STRANGER
    assert manifests()[0].stamped_at is None
    assert authorities_in(server.authority.ca) != authorities_in(None)


def test_a_server_that_is_down_is_named(house: Flask) -> None:
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    own = replace(house.config["FINGERPOST"], timestamp_url=f"http://127.0.0.1:{port}/")
    house.config["FINGERPOST"] = own
    a_day(2)
    assert work(house) == TRY_AGAIN
    assert fault() == AWAY


def test_a_server_that_speaks_no_http_is_named(house: Flask) -> None:
    a_day(2)
    config: Config = house.config["FINGERPOST"]
    house.config["FINGERPOST"] = replace(
        config, timestamp_url=config.timestamp_url.replace("http:", "https:")
    )
    assert work(house) == TRY_AGAIN
    assert fault() == AWAY


def test_a_slow_server_does_not_keep_the_worker(
    house: Flask, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_day(2)
    monkeypatch.setattr(stamping, "SECONDS", 2)

    def sleeps(answer: bytes) -> bytes:
        time.sleep(4)
        return answer

    server.change = sleeps
    assert work(house) == TRY_AGAIN
    assert fault() == SLOW


def test_a_wrong_authority_file_is_named(house: Flask, tmp_path: Path) -> None:
    (tmp_path / "empty.pem").write_text("")
    own = replace(house.config["FINGERPOST"], timestamp_ca_file=tmp_path / "empty.pem")
    house.config["FINGERPOST"] = own
    a_day(2)
    assert work(house) == TRY_AGAIN
    assert fault() == "TIMESTAMP_CA_FILE holds no certificate in PEM form."


def test_an_outage_of_weeks_is_made_up_in_order_by_one_errand(house: Flask, server: Server) -> None:
    server.status = 500
    for ago in (9, 8, 7):
        a_day(ago)
    assert [work(house) for _ in range(3)] == [TRY_AGAIN] * 3
    server.status = 200
    assert work(house) == KEPT
    stamped = [manifest.stamped_at for manifest in manifests()]
    assert None not in stamped
    assert stamped == sorted(stamped)  # type: ignore[type-var]
    assert server.asked == 3 + 3
    assert [work(house), work(house), work(house)] == [NOT_NEEDED, NOT_NEEDED, None]


def test_it_is_never_given_up(house: Flask, server: Server) -> None:
    a_day(2)
    with writing():
        tries = len(WAITS) + DAYS_OF_TRYING + 100
        db.session.execute(sa.update(OutboxItem).values(attempts=tries))
    server.status = 500
    assert work(house) == TRY_AGAIN
    (item,) = db.session.scalars(sa.select(OutboxItem))
    assert item.outcome != GIVEN_UP
    assert timedelta(hours=23) < item.not_before - clock.now() <= timedelta(days=1)
    server.status = 200
    assert work(house) == KEPT


def test_a_worker_that_is_killed_before_the_answer_is_kept_asks_again(
    house: Flask, server: Server, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_day(2)

    class Killed(BaseException):
        """What kill -9 looks like from here: nothing after this line is done."""

    def killed(*_: object) -> None:
        raise Killed

    monkeypatch.setattr(stamping, "writing", killed)
    with pytest.raises(Killed):
        work(house)
    assert server.asked == 1
    assert manifests()[0].stamped_at is None
    monkeypatch.undo()
    assert work(house) == KEPT
    assert (server.asked, len(manifests())) == (2, 1)


def test_the_answer_that_came_first_stays(house: Flask, server: Server) -> None:
    a_day(2)
    (manifest,) = manifests()
    waiting, own = (manifest.id, manifest.sha256), house.config["FINGERPOST"]
    db.session.rollback()
    stamping.stamp(*waiting, own)
    first = answer_of(manifest.id)
    stamping.stamp(*waiting, own)
    assert (answer_of(manifest.id), server.asked) == (first, 2)


def test_what_is_sent_is_a_hash_and_a_number(house: Flask, server: Server) -> None:
    asked: list[bytes] = []
    server.before = lambda request: asked.append(request) or request  # type: ignore[func-returns-value]
    a_day(2)
    work(house)
    (request,) = asked
    assert bytes.fromhex(manifests()[0].sha256) in request
    assert len(request) < 80
    shown = subprocess.run(
        ["openssl", "ts", "-query", "-in", "/dev/stdin", "-text"],
        input=request, capture_output=True, check=True,
    ).stdout.decode()  # fmt: skip
    assert "Certificate required: yes" in shown
    assert "Nonce: 0x" in shown
    assert hashlib.sha256(body_of(manifests()[0].id)).digest() in request


def test_config_check_has_a_random_number_confirmed(house: Flask, server: Server) -> None:
    """The sentence of a fault is the one that the desk would say; the command ends with 1."""
    stamping.check_server(house.config["FINGERPOST"])
    server.status = 503
    with pytest.raises(NoStamp, match="answered with an error"):
        stamping.check_server(house.config["FINGERPOST"])
    done = house.test_cli_runner().invoke(args=["config", "check"])
    assert done.exit_code == 1
    assert "The timestamp server answered with an error (503)." in done.output
    assert manifests() == []
