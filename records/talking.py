"""note_talk(): somebody has talked with whoever wanted to talk first, and notes what came of it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from extensions import db
from models.base import new_id
from models.events import happened
from models.managers import names_of
from models.pauses import Pause, end_open
from models.talks import Talk
from models.writing import writing
from records.confidential import Noted, opened_note, sealed_note


@dataclass(frozen=True)
class Talked:
    """One note: when it was written and by whom; `noted` is None for those who may not read it."""

    made_at: datetime
    by: str
    noted: Noted | None


def note_talk(setting_id: UUID, pause_id: UUID, by_id: UUID, noted: Noted) -> None:
    """Keep what came of a talk, and settle the wish if it is open still.

    Whoever has signed meanwhile is settled already, and the talk is noted all the same.
    """
    talk_id = new_id()
    with writing():
        words, key_id = sealed_note(setting_id, noted, _about(pause_id, talk_id))
        db.session.add(
            Talk(
                id=talk_id,
                setting_id=setting_id,
                pause_id=pause_id,
                by_id=by_id,
                sealed_words=words,
                key_id=key_id,
            )
        )
        ids = {"pause": str(pause_id), "talk": str(talk_id), "manager": str(by_id)}
        happened(setting_id, "pause.talked", ids)
        end_open(setting_id, db.session.get_one(Pause, pause_id), by_id)


def read_talks(talks: list[Talk], reader_id: UUID, *, leads: bool) -> list[Talked]:
    """Open the notes for a reader: all of them for a safeguarding lead, others their own.

    talks: of one setting. Every look at some is an event of the setting.
    """
    names = names_of([talk.by_id for talk in talks])
    open_to = {talk.id for talk in talks if leads or talk.by_id == reader_id}
    found = [
        Talked(talk.made_at, names[talk.by_id], _open(talk) if talk.id in open_to else None)
        for talk in talks
    ]
    if open_to:
        setting_id, pause_id = talks[0].setting_id, talks[0].pause_id
        with writing():
            ids = {"pause": str(pause_id), "manager": str(reader_id)}
            happened(setting_id, "talk.read", ids)
    return found


def _open(talk: Talk) -> Noted:
    return opened_note(talk.key_id, talk.sealed_words, _about(talk.pause_id, talk.id))


def _about(pause_id: UUID, talk_id: UUID) -> bytes:
    return b"talk:" + pause_id.bytes + talk_id.bytes
