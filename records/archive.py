"""The second copy: each sealed PDF goes to the archive once, and is never overwritten there."""

from collections.abc import Collection
from uuid import UUID

import sqlalchemy as sa

import clock
from backends.storage import OtherBytes, StorageAway
from extensions import db, storage
from models.erasures import erased_at
from models.outbox import OutboxItem
from models.settings import Setting, of
from models.signings import Record, Signing, neutral_file_name, record_pdf
from models.templates import Template
from models.writing import end_reading, writing
from outbox.errands import FAILED, KEPT, NOT_NEEDED, Errand, Hopeless, TryLater

ARCHIVE = "archive"
UNARCHIVE = "unarchive"
REMOVED = "removed"


def archive_copy(errand: Errand) -> str:
    """Write one record to the archive: <setting>/<day>_<category>_<code>.pdf, without a name."""
    found = record_pdf(errand.setting_id, UUID(errand.about))
    if found is None:
        # Erased meanwhile: there is nothing to keep a copy of.
        return NOT_NEEDED
    signing, code, pdf = found
    setting = db.session.get_one(Setting, errand.setting_id)
    name = _name(setting, signing, code)
    outcome = _kept(name, pdf)
    # Whoever was erased while the copy was being written has no other errand that takes it away.
    if erased_at(UUID(errand.about)) is not None:
        return _removed(name)
    end_reading()
    return outcome


def remove_copy(errand: Errand) -> str:
    """Take the archive's copy of an erased record away."""
    signing = db.session.get_one(Signing, UUID(errand.about))
    code = db.session.get_one(Record, signing.id).code
    return _removed(_name(db.session.get_one(Setting, errand.setting_id), signing, code))


def archive_pages(errand: Errand) -> str:
    """Write a template's bytes to the archive: every record that is filled into it begins so."""
    template = db.session.get_one(Template, UUID(errand.about))
    return _kept(pages_name(template), template.pdf)


def pages_name(template: Template) -> str:
    """Its second copy is <setting>/pages/<hash>.part, because it is no whole PDF."""
    slug = db.session.get_one(Setting, template.setting_id).slug
    return f"{slug}/pages/{template.sha256}.part"


def _name(setting: Setting, signing: Signing, code: str) -> str:
    return f"{setting.slug}/{neutral_file_name(signing, code, setting.time_zone)}"


def _removed(name: str) -> str:
    end_reading()
    try:
        storage.remove(name)
        there = storage.read(name) is not None
    except StorageAway as error:
        raise TryLater(str(error)) from error
    if there:
        raise TryLater("The archive still holds the copy of an erased record.")
    return REMOVED


def _kept(name: str, data: bytes) -> str:
    end_reading()
    try:
        storage.keep(name, data)
        # Read back: a disk may take what it does not give again.
        if storage.read(name) != data:
            raise TryLater("The archive does not give back what was written to it.")
    except StorageAway as error:
        raise TryLater(str(error)) from error
    except OtherBytes as error:
        raise Hopeless("The archive holds a file of this name with other bytes.") from error
    return KEPT


def archive_again(setting_id: UUID, signings: Collection[str]) -> None:
    """Have copies that are missing written once more, by the outbox; opens writing() itself.

    signings: ids as text. What still waits goes on waiting.
    """
    if not signings:
        return
    done = of(setting_id, OutboxItem).where(
        OutboxItem.kind == ARCHIVE,
        OutboxItem.about.in_(signings),
        OutboxItem.done_at.is_not(None),
    )
    with writing():
        for item in db.session.scalars(done):
            _once_more(item)


def remove_again(setting_id: UUID) -> None:
    """Try once more what the archive would not give up, such as files it has locked until a day."""
    given_up = of(setting_id, OutboxItem).where(
        OutboxItem.kind == UNARCHIVE, OutboxItem.outcome.in_(FAILED)
    )
    if db.session.scalar(sa.select(given_up.exists())):
        with writing():
            for item in db.session.scalars(given_up):
                _once_more(item)
    end_reading()


def _once_more(item: OutboxItem) -> None:
    item.done_at = item.outcome = item.last_fault = None
    item.attempts, item.not_before = 0, clock.now()
