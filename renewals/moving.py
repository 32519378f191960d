"""Changing a renewal rule, a setting's or an agreement's: first who would move, then the change."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVarTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

import clock
from extensions import db
from models.agreements import Agreement, Version, agreement_of
from models.dues import Due, dues_asked
from models.events import happened, wait_for_turn
from models.people import Person
from models.settings import Setting
from models.signings import Signing
from models.writing import writing
from renewals.dues import FIRST_SIGNING
from renewals.material import material_versions
from renewals.schedule import DueDay, Rule, due

Row = TypeVarTuple("Row")

# The version that was signed last; dues_asked() joins the newest one.
Signed = aliased(Version)


class RuleChangedMeanwhile(Exception):
    """Somebody changed the rule meanwhile. Nothing was saved; please look at the change again."""


@dataclass(frozen=True)
class Move:
    """One person's due day for one agreement, before and after."""

    person_id: UUID
    full_name: str
    agreement: str
    was: date
    will_be: date


@dataclass(frozen=True)
class Preview:
    """What a new rule would do to the people who are here, as of a day; soonest moves first.

    A rule of None is that of the setting, which an agreement without one of its own goes by.
    """

    old: Rule | None
    new: Rule | None
    today: date
    moves: list[Move]

    @property
    def earlier(self) -> int:
        """How many due days come sooner."""
        return sum(move.will_be < move.was for move in self.moves)

    @property
    def later(self) -> int:
        """How many due days come later."""
        return sum(move.will_be > move.was for move in self.moves)

    @property
    def made_overdue(self) -> int:
        """How many would be overdue at once."""
        return sum(move.will_be < self.today <= move.was for move in self.moves)

    @property
    def no_longer_overdue(self) -> int:
        """How many would be overdue no more."""
        return sum(move.was < self.today <= move.will_be for move in self.moves)


def rule_of(setting: Setting, agreement: Agreement | None = None) -> Rule | None:
    """The rule of a setting, or an agreement's own: None where the setting's holds."""
    told = setting.renewal_rule if agreement is None else agreement.renewal_rule
    return None if told is None else Rule.read(told)


def preview(
    setting: Setting, new: Rule | None, today: date, agreement: Agreement | None = None
) -> Preview:
    """Who would move, counted from everybody's last signing; nothing is changed."""
    rows = _governed(dues_asked(setting.id), agreement)
    rows = rows.join(Person, Person.id == Due.person_id)
    columns = (Signing.effective_at, Signed.number, Person.full_name, Agreement.title)
    day_of = _day_of(setting, new)
    moves = []
    for row, signed_at, number, full_name, title in db.session.execute(rows.add_columns(*columns)):
        will_be = day_of(row.agreement_id, signed_at, number).on
        if will_be != row.due_on:
            moves.append(Move(row.person_id, full_name, title, row.due_on, will_be))
    moves.sort(key=lambda move: (move.will_be, move.full_name, move.agreement))
    return Preview(rule_of(setting, agreement), new, today, moves)


def change_rule(
    setting_id: UUID,
    manager_id: UUID,
    seen: Rule | None,
    new: Rule | None,
    agreement_id: UUID | None = None,
) -> int:
    """Save a new rule and move everybody's due days with it; gives how many rows moved.

    `seen` is the rule the manager saw as the old one. The days of people who left move too, so
    that they are right when they come back. Raises RuleChangedMeanwhile, CannotSave.
    """
    with writing():
        wait_for_turn(setting_id)
        setting = db.session.get_one(Setting, setting_id, populate_existing=True)
        agreement = agreement_of(setting_id, agreement_id) if agreement_id else None
        old = rule_of(setting, agreement)
        if old != seen:
            raise RuleChangedMeanwhile
        _keep(new, agreement or setting)
        moved = list(_moved(setting, new, agreement))
        if moved:
            db.session.execute(sa.update(Due), moved)
        ids = {"agreement": str(agreement_id)} if agreement_id else {}
        happened(
            setting_id,
            "renewal_rule.changed",
            {"manager": str(manager_id), **ids},
            {"old": _told(old), "new": _told(new), "moved": len(moved)},
        )
    return len(moved)


def _keep(rule: Rule | None, of: Setting | Agreement) -> None:
    if rule is not None or isinstance(of, Agreement):
        of.renewal_rule = _told(rule)


def _told(rule: Rule | None) -> dict[str, object] | None:
    return rule.told() if rule else None


def _moved(
    setting: Setting, new: Rule | None, agreement: Agreement | None
) -> Iterator[dict[str, object]]:
    """The rows that change, as the bulk update takes them; who stays on a day has a new rule."""
    rows = sa.select(Due.id, Due.due_on, Due.rule, Due.agreement_id).where(
        Due.setting_id == setting.id
    )
    signed = _governed(rows, agreement).add_columns(Signing.effective_at, Signed.number)
    day_of = _day_of(setting, new)
    for row_id, due_on, rule, agreement_id, signed_at, number in db.session.execute(signed):
        day = day_of(agreement_id, signed_at, number)
        if (day.on, day.rule) != (due_on, rule):
            yield {"id": row_id, "due_on": day.on, "reason": day.reason, "rule": day.rule}


def _day_of(setting: Setting, new: Rule | None) -> Callable[[UUID, datetime, int], DueDay]:
    """By a rule, or by the setting's; what changed something that matters counts as well."""
    rule = new or Rule.read(setting.renewal_rule)
    material = material_versions(setting.id)

    def day_of(agreement_id: UUID, signed_at: datetime, number: int) -> DueDay:
        day = clock.local_day(signed_at, setting.time_zone)
        return due(day, rule, material.get(agreement_id, ()), signed_number=number)

    return day_of


def _governed(rows: sa.Select[*Row], agreement: Agreement | None) -> sa.Select[*Row]:
    """Only what was signed, of one agreement or of all that have no rule of their own."""
    rows = (
        rows.join(Signing, Signing.id == Due.signing_id)
        .join(Signed, Signed.id == Signing.version_id)
        .join(Agreement, Agreement.id == Due.agreement_id)
        .where(Due.rule != FIRST_SIGNING)
    )
    if agreement is None:
        return rows.where(Agreement.renewal_rule.is_(None))
    return rows.where(Agreement.id == agreement.id)
