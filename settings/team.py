"""Who may come to the desk: a role is given, and ended on a day. A row is never deleted."""

from datetime import date, timedelta
from uuid import UUID

import clock
from extensions import db
from models.events import happened, wait_for_turn
from models.managers import Manager, Membership, team_of
from models.settings import Setting
from models.writing import writing

# An auditor reads for a while: an inspection, an audit of the books.
AUDITOR_USUALLY, AUDITOR_AT_MOST = timedelta(days=91), timedelta(days=365)


class LastOwner(Exception):
    """Nobody else would be owner then. Name another owner first."""


class HeldAlready(Exception):
    """They have this role already."""


def give(
    setting: Setting, manager_id: UUID, role: str, until: date | None, by_id: UUID | None
) -> None:
    """Give somebody a role from today on; raises HeldAlready. Opens its own writing()."""
    with writing():
        wait_for_turn(setting.id)
        add_role(setting.id, manager_id, role, until, by_id)


def add_role(
    setting_id: UUID, manager_id: UUID, role: str, until: date | None, by_id: UUID | None
) -> Membership:
    """Give a role inside writing(); raises HeldAlready."""
    today = clock.today(db.session.get_one(Setting, setting_id).time_zone)
    if role in roles_of(setting_id, manager_id, today):
        raise HeldAlready
    held = Membership(
        setting_id=setting_id,
        manager_id=manager_id,
        role=role,
        since=today,
        until=until,
        given_by_id=by_id,
    )
    db.session.add(held)
    db.session.flush()
    _tell("membership.given", held, by_id)
    if role == "owner":
        _let_last_owner_go(setting_id, today)
    return held


def end(held: Membership, last_day: date, by_id: UUID) -> None:
    """Let a role count for the last time on `last_day`; raises LastOwner. Opens its own writing().

    A day that has passed ends it at once.
    """
    with writing():
        wait_for_turn(held.setting_id)
        db.session.refresh(held)
        end_role(held, last_day, by_id)


def end_role(held: Membership, last_day: date, by_id: UUID | None) -> None:
    """Date the end of a role inside writing(); raises LastOwner."""
    if held.role == "owner" and not owned_without(held, last_day):
        raise LastOwner
    held.until = last_day
    _tell("membership.ended", held, by_id)


def owned_without(leaving: Membership, last_day: date) -> bool:
    """Whether somebody else is owner on the day after, and stays it as far as anybody knows."""
    return any(
        held.role == "owner"
        and held.manager_id != leaving.manager_id
        and held.until is None
        and held.since <= last_day + timedelta(days=1)
        for held, _manager in team_of(leaving.setting_id)
    )


def _let_last_owner_go(setting_id: UUID, today: date) -> None:
    """Date the end of whoever only waited for another owner; a day that has passed is at once."""
    for held, _manager in team_of(setting_id):
        if held.leaving_on is None or held.until is not None:
            continue
        last_day = max(held.leaving_on, today - timedelta(days=1))
        if owned_without(held, last_day):
            end_role(held, last_day, None)


def roles_of(setting_id: UUID, manager_id: UUID, day: date) -> set[str]:
    """The roles that somebody holds in a setting on a day."""
    held = [one for one, manager in team_of(setting_id) if manager.id == manager_id]
    return {one.role for one in held if one.in_force(day)}


def names_in_team(team: list[tuple[Membership, Manager]]) -> dict[UUID, str]:
    """What to call each manager of a team, by id."""
    return {manager.id: manager.words for _held, manager in team}


def _tell(kind: str, held: Membership, by_id: UUID | None) -> None:
    ids = {"membership": str(held.id), "manager": str(held.manager_id), "role": held.role}
    if by_id is not None:
        ids["by"] = str(by_id)
    if held.until is not None:
        ids["until"] = held.until.isoformat()
    happened(held.setting_id, kind, ids)
