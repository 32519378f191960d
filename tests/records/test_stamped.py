"""A history that was rewritten, or put back, does not fit what a timestamp server confirmed."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from backends.storage import DiskStorage
from config import Config
from extensions import db
from models.base import new_id
from models.events import Event, EventDetails, Head, happened
from models.manifests import Manifest, answer_of, body_of, manifests_until
from models.writing import writing
from records.child import ask
from records.history import verify_history
from records.manifest import make_manifest
from records.nightly import check_now
from records.stamp import BROKEN
from records.stamping import stamp
from tests.cast import Cast
from tests.needs import needs
from tests.records.test_history import mend
from tests.records.tsa import Authority, serving

pytestmark = needs("openssl")


@pytest.fixture(scope="session")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    return Authority(tmp_path_factory.mktemp("tsa") / "one", "Test Timestamps", "ec")


@pytest.fixture
def house(
    own_app: Callable[..., Flask], config: Config, authority: Authority, tmp_path: Path
) -> Iterator[Flask]:
    """Bluebells with three events of two days, both of them confirmed; then one more event."""
    with serving(authority) as server:
        own = replace(config, timestamp_url=server.url, timestamp_ca_file=authority.ca)
        app = own_app(FINGERPOST=own)
        app.extensions["storage"] = DiskStorage(tmp_path / "archive")
        with app.app_context():
            for ago in (3, 2):
                with clock.set_to(clock.now() - timedelta(days=ago)):
                    something()
                with clock.set_to(clock.now() - timedelta(days=ago - 1)):
                    setting = Cast().bluebells
                    manifest = make_manifest(setting.id, setting.time_zone)
                assert manifest is not None
                stamp(manifest.id, manifest.sha256, own)
            something()
            assert faults() == []
            yield app
            db.engine.dispose()


def something() -> None:
    with writing():
        happened(Cast().bluebells.id, "test.something", {"id": str(new_id())})


def faults(*others: object) -> list[str]:
    db.session.rollback()
    setting = Cast().bluebells
    return verify_history(setting.id, setting.slug, others).faults  # type: ignore[arg-type]


def manifests() -> list[Manifest]:
    db.session.rollback()
    return manifests_until(Cast().bluebells.id, 10**9)


def cut(to: int) -> None:
    """The history is put back to an older state, its head too."""
    own = Event.setting_id == Cast().bluebells.id
    gone = sa.select(Event.id).where(own, Event.sequence > to)
    db.session.execute(sa.delete(EventDetails).where(EventDetails.event_id.in_(gone)))
    db.session.execute(sa.delete(Event).where(own, Event.sequence > to))
    last = db.session.scalars(sa.select(Event).where(own, Event.sequence == to)).one()
    head = db.session.get_one(Head, last.setting_id)
    head.sequence, head.hash = last.sequence, last.hash


def test_a_rewritten_history_does_not_fit(house: Flask) -> None:
    with writing():
        own = sa.select(Event).where(Event.kind == "test.something").order_by(Event.sequence)
        db.session.scalars(own).first().kind = "test.never"  # type: ignore[union-attr]
        mend()
    found = faults()
    days = [f"{one.day.day} {one.day:%B %Y}" for one in manifests()]
    for day, one in zip(days, manifests(), strict=True):
        assert (
            f"Event {one.sequence} is not the one that the manifest of {day} names: the history "
            "was rewritten."
        ) in found
    assert check_now(Cast().bluebells.id).wrong, "the nightly check says it too"


def test_a_history_that_was_put_back_does_not_fit(house: Flask) -> None:
    newest = manifests()[-1]
    day = f"{newest.day.day} {newest.day:%B %Y}"
    with writing():
        cut(newest.sequence - 1)
    assert (
        f"There is no event {newest.sequence}, but the manifest of {day} names it: the history was "
        "cut off, or put back to an older state."
    ) in faults()


def test_one_that_was_kept_elsewhere_finds_it_when_the_table_is_put_back_too(
    house: Flask, tmp_path: Path
) -> None:
    newest = manifests()[-1]
    manifest_id, sequence = newest.id, newest.sequence
    (tmp_path / "day.json").write_bytes(body_of(newest.id))
    (tmp_path / "day.tsr").write_bytes(answer_of(newest.id))
    runner = house.test_cli_runner()
    against = ["history", "verify", "--setting", "bluebells", "--against", tmp_path / "day.json"]
    command = [str(word) for word in against]
    assert runner.invoke(args=command).exit_code == 0
    with writing():
        db.session.execute(sa.delete(Manifest).where(Manifest.id == manifest_id))
        cut(sequence - 1)
    assert faults() == [], "nothing in the house tells of it"
    done = runner.invoke(args=command)
    assert done.exit_code == 1
    assert f"There is no event {sequence}, but day.json names it" in done.output


@pytest.mark.parametrize("which", ["json", "tsr"])
def test_one_kept_elsewhere_proves_nothing_when_a_byte_is_flipped(
    house: Flask, tmp_path: Path, which: str
) -> None:
    files = {"json": body_of(manifests()[0].id), "tsr": answer_of(manifests()[0].id)}
    files[which] = files[which][:-1] + bytes((files[which][-1] ^ 1,))
    for end, data in files.items():
        (tmp_path / f"day.{end}").write_bytes(data)
    command = ["history", "verify", "--setting", "bluebells", "--against"]
    done = house.test_cli_runner().invoke(args=[*command, str(tmp_path / "day.json")])
    assert done.exit_code == 1
    assert "day.tsr does not vouch for day.json." in done.output


def test_one_kept_elsewhere_under_another_authority_proves_nothing(
    house: Flask, tmp_path: Path
) -> None:
    (tmp_path / "day.json").write_bytes(body_of(manifests()[0].id))
    (tmp_path / "day.tsr").write_bytes(answer_of(manifests()[0].id))
    own = replace(house.config["FINGERPOST"], timestamp_ca_file=None)
    house.config["FINGERPOST"] = own
    command = ["history", "verify", "--setting", "bluebells", "--against"]
    done = house.test_cli_runner().invoke(args=[*command, str(tmp_path / "day.json")])
    assert done.exit_code == 1
    assert "nobody here vouches for" in done.output


def changed_body(row: Manifest) -> None:
    row.body = row.body[:-1] + b" "


def changed_answer(row: Manifest) -> None:
    assert row.answer is not None
    row.answer = row.answer[:-1] + bytes((row.answer[-1] ^ 1,))


def changed_time(row: Manifest) -> None:
    assert row.stamped_at is not None
    row.stamped_at -= timedelta(days=1)


def changed_name(row: Manifest) -> None:
    row.stamped_by = "Somebody Else"


def no_answer(row: Manifest) -> None:
    row.answer = b""


@pytest.mark.parametrize(
    ("spoil", "says"),
    [
        (changed_body, "was changed."),
        (changed_answer, BROKEN),
        (changed_time, "It says another time, or another name, than the database."),
        (changed_name, "It says another time, or another name, than the database."),
        (no_answer, "cannot be read as a timestamp"),
    ],
    ids=["body", "answer", "time", "name", "no answer"],
)
def test_a_manifest_or_timestamp_that_was_meddled_with_is_found(
    house: Flask, spoil: Callable[[Manifest], None], says: str
) -> None:
    row = manifests()[0]
    day = f"{row.day.day} {row.day:%B %Y}"
    with writing():
        spoil(db.session.get_one(Manifest, row.id))
    (fault,) = faults()
    assert says in fault
    assert f"manifest of {day}" in fault


def test_the_child_of_the_web_process_reads_it_too(house: Flask) -> None:
    assert b'"fault"' in ask("records.stamp_room", b'{"url":"","answer":"","sha256":"00"}', 60)
