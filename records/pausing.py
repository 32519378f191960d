"""pause(): somebody at the tablet puts the signing off, to read at the break or to talk first."""

from typing import Any
from uuid import UUID

from extensions import db
from models.events import happened, wait_for_turn
from models.leavings import anybody
from models.merges import kept_id
from models.names import name_key
from models.pauses import KINDS, Pause
from models.tablets import Tablet
from models.writing import writing
from records import fields
from records.errors import NotAcceptable, SameIdOtherBody
from records.signers import person_of, signer_of
from records.submission import Newcomer, read_newcomer


def pause(tablet: Tablet, pause_id: UUID, body: dict[str, Any]) -> bool:
    """Keep one wish from a tablet; True when it was kept before and nothing happened now.

    body: {"kind": "read_later" | "talk_first", "person_id", "person"} as in a signing. Raises
    NotAcceptable, NeverHad, SameIdOtherBody or CannotSave; then nothing was kept.
    """
    setting = tablet.setting
    kind, person_id, newcomer = _read(body)
    signer = signer_of(setting.id, person_id, newcomer)
    with writing():
        wait_for_turn(setting.id)
        # Ids are unique across settings, and another setting's pause is never the same one.
        if earlier := db.session.get(Pause, pause_id):
            if not _same(earlier, setting.id, kind, person_id, newcomer):
                raise SameIdOtherBody
            return True
        person, found = person_of(setting.id, setting.time_zone, person_id, newcomer, signer)
        kept = Pause(
            id=pause_id, setting_id=setting.id, kind=kind, person_id=person.id, tablet_id=tablet.id
        )
        db.session.add(kept)
        db.session.flush()
        happened(
            setting.id,
            "pause.asked",
            {"pause": str(kept.id), "person": str(person.id), "tablet": str(tablet.id)},
            {"kind": kind, "full_name": person.full_name, "found": found},
        )
    return False


def _read(body: dict[str, Any]) -> tuple[str, UUID | None, Newcomer | None]:
    form = fields.Form(body)
    kind = form.take("kind", fields.one_of(KINDS)) or ""
    person_id = form.take("person_id", fields.optional(fields.identifier))
    newcomer = read_newcomer(form, person_id)
    if form.errors:
        raise NotAcceptable(form.errors)
    return kind, person_id, newcomer


def _same(
    earlier: Pause, setting_id: UUID, kind: str, person_id: UUID | None, newcomer: Newcomer | None
) -> bool:
    """Whether the same is asked again: the same wish of the same person."""
    if (earlier.setting_id, earlier.kind) != (setting_id, kind):
        return False
    if newcomer is None:
        return person_id is not None and earlier.person_id == kept_id(setting_id, person_id)
    known = anybody(setting_id, earlier.person_id)
    if known is None:
        return False
    on_file = (known.person.name_key, known.category, name_key(known.organisation or ""))
    typed = (newcomer.full_name, newcomer.category, newcomer.organisation or "")
    return on_file == (name_key(typed[0]), typed[1], name_key(typed[2]))
