"""Each record's second copy is written once, by the outbox, under a name that names nobody."""

import pytest
from flask import Flask

import clock
from backends.storage import MemoryStorage, StorageAway
from extensions import db
from models.base import new_id
from models.outbox import OutboxItem
from models.settings import of
from models.signings import record_pdf
from outbox.errands import KEPT, REFUSED, TRY_AGAIN
from records.archive import archive_again
from records.signing import Accepted, sign
from tests.cast import Cast, signing_body
from tests.mail.fixtures import Mail
from tests.mail.fixtures import mail as mail

pytestmark = pytest.mark.usefixtures("quick_press")


@pytest.fixture
def archive(app: Flask, mail: Mail) -> MemoryStorage:
    found = app.extensions["storage"]
    assert isinstance(found, MemoryStorage)
    return found


@pytest.fixture
def signed(cast: Cast) -> Accepted:
    return sign(cast.tablet, new_id(), signing_body(cast.version.id), None, None)


def name_of(signed: Accepted) -> str:
    day = clock.local_day(signed.signed_at, "Europe/London")
    return f"bluebells/{day.isoformat()}_parent_helper_{signed.code}.pdf"


def test_the_very_bytes_are_kept(
    archive: MemoryStorage, cast: Cast, signed: Accepted, mail: Mail
) -> None:
    assert mail.leaves() == {KEPT: 1}
    found = record_pdf(cast.bluebells.id, signed.record_id)
    assert found is not None
    assert archive.files == {name_of(signed): found[2]}


def test_a_copy_that_was_made_before_a_crash_is_fine(
    archive: MemoryStorage, cast: Cast, signed: Accepted, mail: Mail
) -> None:
    found = record_pdf(cast.bluebells.id, signed.record_id)
    assert found is not None
    archive.keep(name_of(signed), found[2])
    assert mail.leaves() == {KEPT: 1}


def test_other_bytes_of_that_name_are_left_and_told(
    archive: MemoryStorage, cast: Cast, signed: Accepted, mail: Mail
) -> None:
    archive.keep(name_of(signed), b"something else")
    assert mail.leaves() == {REFUSED: 1}
    assert archive.files == {name_of(signed): b"something else"}
    (row,) = db.session.scalars(of(cast.bluebells.id, OutboxItem))
    assert row.last_fault == "The archive holds a file of this name with other bytes."


def test_an_archive_that_is_away_is_tried_again(
    app: Flask, signed: Accepted, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Away(MemoryStorage):
        def keep(self, name: str, data: bytes) -> bool:
            raise StorageAway("The archive cannot be written: No space left on device.")

    monkeypatch.setitem(app.extensions, "storage", Away())
    assert mail.leaves() == {TRY_AGAIN: 1}


def test_a_copy_is_read_back_before_it_counts(
    app: Flask, signed: Accepted, mail: Mail, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Forgets(MemoryStorage):
        def read(self, name: str) -> bytes | None:
            return None

    monkeypatch.setitem(app.extensions, "storage", Forgets())
    assert mail.leaves() == {TRY_AGAIN: 1}


def test_a_copy_that_is_missing_is_written_again(
    archive: MemoryStorage, cast: Cast, signed: Accepted, mail: Mail
) -> None:
    mail.leaves()
    before = dict(archive.files)
    archive.files.clear()
    for _ in range(2):
        archive_again(cast.bluebells.id, [str(signed.record_id)])
    assert mail.leaves() == {KEPT: 1}
    assert archive.files == before
    archive_again(cast.bluebells.id, [str(signed.record_id)])
    assert mail.leaves() == {KEPT: 1}, "a copy that is there is fine"


def test_one_that_still_waits_is_not_put_twice(
    archive: MemoryStorage, cast: Cast, signed: Accepted, mail: Mail
) -> None:
    archive_again(cast.bluebells.id, [str(signed.record_id)])
    assert mail.leaves() == {KEPT: 1}
