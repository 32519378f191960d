"""The second copy: each sealed PDF goes to the archive once, and is never overwritten there."""

from uuid import UUID

import clock
from backends.storage import OtherBytes, StorageAway
from extensions import db, storage
from models.settings import Setting
from models.signings import neutral_file_name, record_pdf
from models.templates import Template
from models.writing import end_reading, writing
from outbox.errands import KEPT, NOT_NEEDED, Errand, Hopeless, TryLater
from outbox.putting import put


def archive_copy(errand: Errand) -> str:
    """Write one record to the archive: <setting>/<day>_<category>_<code>.pdf, without a name."""
    found = record_pdf(errand.setting_id, UUID(errand.about))
    if found is None:
        # Erased meanwhile: there is nothing to keep a copy of.
        return NOT_NEEDED
    signing, code, pdf = found
    setting = db.session.get_one(Setting, errand.setting_id)
    name = f"{setting.slug}/{neutral_file_name(signing, code, setting.time_zone)}"
    return _kept(name, pdf)


def archive_pages(errand: Errand) -> str:
    """Write a template's bytes to the archive: every record that is filled into it begins so."""
    template = db.session.get_one(Template, UUID(errand.about))
    return _kept(pages_name(template), template.pdf)


def pages_name(template: Template) -> str:
    """Its second copy is <setting>/pages/<hash>.part, because it is no whole PDF."""
    slug = db.session.get_one(Setting, template.setting_id).slug
    return f"{slug}/pages/{template.sha256}.part"


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


def archive_again(setting_id: UUID, signing_id: UUID) -> None:
    """Have a copy that is missing written once more, by the outbox; opens writing() itself."""
    with writing():
        item = put(setting_id, "archive", str(signing_id))
        if item.done_at is not None:
            item.done_at = item.outcome = item.last_fault = None
            item.attempts, item.not_before = 0, clock.now()
