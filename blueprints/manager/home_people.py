"""The people of the first page: whom to ask next, and who put the signing off."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from extensions import db
from models.pauses import KINDS, Pause, open_pauses
from models.people import Person
from models.settings import Setting
from renewals.chasing import Asked, asked, one_each
from renewals.coverage import to_chase
from renewals.told import Told, told_lately

MOST = 5


@dataclass(frozen=True)
class ToAsk:
    """The most pressing people, and what each of them was told last."""

    people: list[Asked]
    last: dict[UUID, Told]


def to_ask(setting: Setting, today: date) -> ToAsk:
    """Whom to ask next: only these few are loaded, however many wait."""
    ids = to_chase(setting.id, today, MOST)
    people = one_each(asked(setting.id, today, ids))
    return ToAsk(people, told_lately(setting.id, ids))


def pauses_by_kind(setting_id: UUID) -> dict[str, list[tuple[Pause, Person]]]:
    """Who waits for a talk or reads later, by kind; whoever asked twice is there once."""
    kinds: dict[str, dict[UUID, tuple[Pause, Person]]] = {kind: {} for kind in KINDS}
    for pause, person in db.session.execute(open_pauses(setting_id)):
        kinds[pause.kind].setdefault(person.id, (pause, person))
    return {kind: list(found.values()) for kind, found in kinds.items()}
