"""What was told to the safeguarding lead: encrypted with the setting's declarations key."""

from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.events import happened
from models.keys import Key
from models.managers import Manager
from models.prepared import PreparedSelect
from models.signings import Declaration
from models.writing import insert_values, writing
from records.confidential import opened, sealed

_EARLIER = PreparedSelect(
    sa.select(Declaration.id).where(
        Declaration.setting_id == sa.bindparam("setting", type_=sa.Uuid()),
        Declaration.sitting_id == sa.bindparam("sitting", type_=sa.Uuid()),
        Declaration.person_id == sa.bindparam("person", type_=sa.Uuid()),
    )
)


@dataclass(frozen=True)
class Answer:
    """What was answered: none, relationship, online_contact or other, and the note."""

    kind: str
    note: str | None


def keep(setting_id: UUID, sitting_id: UUID, person_id: UUID, answer: Answer, key: Key) -> None:
    """Keep somebody's answer inside writing(); "none" is an answer and is kept the same way.

    key: the setting's declarations key.

    The second agreement of a sitting brings the same answer again, and that is kept once;
    a different one is kept beside the first, because nothing that was told may be lost.
    """
    earlier = _EARLIER.all(setting=setting_id, sitting=sitting_id, person=person_id)
    if any(_open(db.session.get_one(Declaration, one)) == answer for (one,) in earlier):
        return
    words = {"kind": answer.kind, "note": answer.note}
    insert_values(
        Declaration,
        sitting_id=sitting_id,
        setting_id=setting_id,
        person_id=person_id,
        told=answer.kind != "none",
        sealed_answer=sealed(key, words, sitting_id.bytes),
        key_id=key.id,
    )


def look(declarations: list[Declaration], reader: Manager) -> list[tuple[Declaration, Answer]]:
    """Open declarations for a safeguarding lead; every look is an event of the setting."""
    with writing():
        for declaration in declarations:
            if declaration.first_read_at is None:
                declaration.first_read_at = clock.now()
                declaration.first_read_by_id = reader.id
            happened(
                declaration.setting_id,
                "declaration.read",
                {"declaration": str(declaration.id), "manager": str(reader.id)},
            )
        return [(declaration, _open(declaration)) for declaration in declarations]


def _open(declaration: Declaration) -> Answer:
    about = declaration.sitting_id.bytes
    words = opened(declaration.key_id, declaration.sealed_answer, about)
    return Answer(kind=words["kind"], note=words["note"])
