"""Hands the desk over after the annual meeting: the new are invited, the old get a last day."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import clock
from extensions import db
from models.events import happened, wait_for_turn
from models.handovers import Handover, open_handover
from models.invitations import Invitation
from models.managers import Membership, team_of
from models.settings import Setting
from models.writing import writing
from settings.inviting import add_invitation, token_of
from settings.team import HeldAlready, end_role, owned_without


class BegunAlready(Exception):
    """A handover is underway already. Finish that one first."""


@dataclass(frozen=True)
class Plan:
    """Who comes as chair and as owner (addresses), and which managers go after which day."""

    meeting_on: date
    chair: str | None
    owner: str | None
    leaving: frozenset[UUID]
    last_day: date

    def roles(self) -> dict[str, list[str]]:
        """The roles that each address is invited for: it may be one person for both."""
        found: dict[str, list[str]] = {}
        for role, email in (("chair", self.chair), ("owner", self.owner)):
            if email:
                found.setdefault(email.strip().lower(), []).append(role)
        return found


def begin(setting_id: UUID, plan: Plan, by_id: UUID) -> list[tuple[str, str]]:
    """Invite who comes and date the end of who goes; gives each address with its link's token.

    Who has the role already needs no invitation. The last owner goes on that day if another one
    has come by then, and otherwise as soon as one has. Raises BegunAlready.
    """
    with writing():
        wait_for_turn(setting_id)
        if open_handover(setting_id) is not None:
            raise BegunAlready
        invited = _invite(setting_id, plan, by_id)
        handover = Handover(
            setting_id=setting_id,
            meeting_on=plan.meeting_on,
            last_day=plan.last_day,
            invitations=[str(one.id) for one in invited],
            leaving=[str(held.id) for held in _let_go(setting_id, plan, by_id)],
            begun_by_id=by_id,
        )
        db.session.add(handover)
        db.session.flush()
        ids = {"handover": str(handover.id), "manager": str(by_id)}
        happened(setting_id, "handover.begun", ids | {"leaving": ",".join(handover.leaving)})
    return [(one.email, token_of(setting_id, one.id)) for one in invited]


def finish(setting_id: UUID, by_id: UUID) -> None:
    """The handover is done; nothing happens when somebody said so before."""
    with writing():
        wait_for_turn(setting_id)
        handover = open_handover(setting_id)
        if handover is not None:
            handover.finished_at, handover.finished_by_id = clock.now(), by_id
            ids = {"handover": str(handover.id), "manager": str(by_id)}
            happened(setting_id, "handover.finished", ids)


def _invite(setting_id: UUID, plan: Plan, by_id: UUID) -> list[Invitation]:
    invited = []
    for email, roles in plan.roles().items():
        try:
            invited.append(add_invitation(setting_id, email, roles, None, by_id))
        except HeldAlready:
            continue
    return invited


def _let_go(setting_id: UUID, plan: Plan, by_id: UUID) -> list[Membership]:
    """Date what those who go hold beyond their last day."""
    today = clock.today(db.session.get_one(Setting, setting_id).time_zone)
    going = [
        held
        for held, manager in team_of(setting_id)
        if manager.id in plan.leaving
        and held.in_force(today)
        and (held.until is None or held.until > plan.last_day)
    ]
    for held in going:
        if held.role == "owner" and not owned_without(held, plan.last_day):
            held.leaving_on = plan.last_day
        else:
            end_role(held, plan.last_day, by_id)
    return going
