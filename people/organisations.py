"""Agencies and colleges: whom they send, whom to ask there, and their list to send to them."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.events import happened, wait_for_turn
from models.names import name_key
from models.people import Known, Organisation, PersonCategory, people_now
from models.settings import Setting, of
from models.signings import last_signed
from models.writing import writing
from renewals.coverage import Place, places


class NameTaken(Exception):
    """Another agency or college has this name. Tick the box if the two are one."""


@dataclass(frozen=True)
class Sent:
    """One person an organisation sends; `place` is None while nothing is asked of them."""

    known: Known
    last_signed: date | None
    place: Place | None


def organisation_of(setting_id: UUID, organisation_id: UUID) -> Organisation | None:
    """One agency or college of this setting."""
    return db.session.scalar(of(setting_id, Organisation).where(Organisation.id == organisation_id))


def organisations(setting_id: UUID) -> list[tuple[Organisation, int]]:
    """Every agency and college in use with how many people it sends today, by name."""
    here = (
        sa.select(PersonCategory.organisation_id, sa.func.count().label("people"))
        .where(PersonCategory.setting_id == setting_id, PersonCategory.until.is_(None))
        .group_by(PersonCategory.organisation_id)
        .subquery()
    )
    rows = (
        of(setting_id, Organisation)
        .outerjoin(here, here.c.organisation_id == Organisation.id)
        .where(Organisation.ended_at.is_(None))
        .order_by(Organisation.name_key)
        .add_columns(sa.func.coalesce(here.c.people, 0))
    )
    return [(row[0], row[1]) for row in db.session.execute(rows)]


def sent_by(setting: Setting, organisation_id: UUID) -> list[Sent]:
    """The people an organisation sends today, by name."""
    rows = people_now(setting.id).where(PersonCategory.organisation_id == organisation_id)
    known = [Known(*row) for row in db.session.execute(rows)]
    ids = [one.person.id for one in known]
    signed = last_signed(setting.id, ids)
    where = places(setting.id, clock.today(setting.time_zone), ids)
    return [
        Sent(one, _day(signed.get(one.person.id), setting.time_zone), where.get(one.person.id))
        for one in known
    ]


def save(
    setting_id: UUID,
    organisation_id: UUID,
    manager_id: UUID,
    answers: dict[str, Any],
    *,
    join: bool,
) -> UUID:
    """Save name and contact; gives the id of the one that stays.

    answers: name, contact_name, contact_email, contact_phone, checked_on. A name that another has
    raises NameTaken, unless join is true: then whoever this one sent is sent by that one.
    """
    with writing():
        wait_for_turn(setting_id)
        ours = db.session.get_one(Organisation, organisation_id)
        key = name_key(answers["name"])
        rows = of(setting_id, Organisation).where(Organisation.name_key == key)
        other = db.session.scalar(rows.where(Organisation.id != organisation_id))
        if other is not None and not join:
            raise NameTaken
        ids = {"organisation": str(organisation_id), "manager": str(manager_id)}
        details = {"was": ours.name, "now": answers["name"]}
        stays = ours
        if other is not None:
            stays = other
            _hand_over(setting_id, ours, other)
            ids["joined_to"] = str(other.id)
        for name, answer in answers.items():
            # Of two that become one, nothing that is known is lost to an empty answer.
            if answer or stays is ours:
                setattr(stays, name, answer)
        stays.name_key = key
        happened(setting_id, "organisation.changed", ids, details)
        return stays.id


def end(setting_id: UUID, organisation_id: UUID, manager_id: UUID) -> bool:
    """Put one away that sends nobody; False while it still sends somebody."""
    with writing():
        wait_for_turn(setting_id)
        here = of(setting_id, PersonCategory).where(
            PersonCategory.organisation_id == organisation_id, PersonCategory.until.is_(None)
        )
        ours = db.session.get_one(Organisation, organisation_id)
        if ours.ended_at is not None or db.session.scalar(sa.select(here.exists())):
            return ours.ended_at is not None
        ours.ended_at = clock.now()
        ids = {"organisation": str(organisation_id), "manager": str(manager_id)}
        happened(setting_id, "organisation.ended", ids, {"name": ours.name})
    return True


def _hand_over(setting_id: UUID, ours: Organisation, other: Organisation) -> None:
    db.session.execute(
        sa.update(PersonCategory)
        .where(PersonCategory.setting_id == setting_id, PersonCategory.organisation_id == ours.id)
        .values(organisation_id=other.id)
    )
    db.session.delete(ours)
    other.ended_at = None
    db.session.flush()


def _day(moment: Any, time_zone: str) -> date | None:
    return clock.local_day(moment, time_zone) if moment else None
