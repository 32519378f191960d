"""Changing a setting's renewal rule: first who would move from when to when, then the change."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import TypeVarTuple
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.agreements import Agreement
from models.dues import Due, dues_asked
from models.events import happened, wait_for_turn
from models.people import Person
from models.settings import Setting
from models.signings import Signing
from models.writing import writing
from renewals.dues import FIRST_SIGNING
from renewals.schedule import DueDay, Rule, due

Row = TypeVarTuple("Row")


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
    """What a new rule would do to the people who are here, as of a day; soonest moves first."""

    old: Rule
    new: Rule
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


def preview(setting: Setting, new: Rule, today: date) -> Preview:
    """Who would move, counted from everybody's last signing; nothing is changed."""
    rows = (
        _by_the_settings_rule(dues_asked(setting.id))
        .join(Person, Person.id == Due.person_id)
        .add_columns(Signing.effective_at, Person.full_name, Agreement.title)
    )
    moves = []
    for row, signed_at, full_name, title in db.session.execute(rows):
        will_be = due(clock.local_day(signed_at, setting.time_zone), new).on
        if will_be != row.due_on:
            moves.append(Move(row.person_id, full_name, title, row.due_on, will_be))
    moves.sort(key=lambda move: (move.will_be, move.full_name, move.agreement))
    return Preview(Rule.read(setting.renewal_rule), new, today, moves)


def change_rule(setting_id: UUID, manager_id: UUID, seen: Rule, new: Rule) -> int:
    """Save a new rule and move everybody's due days with it; gives how many rows moved.

    `seen` is the rule the manager saw as the old one. The days of people who left move too, so
    that they are right when they come back. Raises RuleChangedMeanwhile, CannotSave.
    """
    with writing():
        wait_for_turn(setting_id)
        setting = db.session.get_one(Setting, setting_id, populate_existing=True)
        old = Rule.read(setting.renewal_rule)
        if old != seen:
            raise RuleChangedMeanwhile
        setting.renewal_rule = new.told()
        moved = list(_moved(setting, new))
        if moved:
            db.session.execute(sa.update(Due), moved)
        happened(
            setting_id,
            "renewal_rule.changed",
            {"manager": str(manager_id)},
            {"old": old.told(), "new": new.told(), "moved": len(moved)},
        )
    return len(moved)


def _moved(setting: Setting, new: Rule) -> Iterator[dict[str, object]]:
    """The rows that change, as the bulk update takes them; who stays on a day has a new rule."""
    rows = _by_the_settings_rule(
        sa.select(Due.id, Due.due_on, Due.rule, Signing.effective_at).where(
            Due.setting_id == setting.id
        )
    )
    for row_id, due_on, rule, signed_at in db.session.execute(rows):
        day: DueDay = due(clock.local_day(signed_at, setting.time_zone), new)
        if (day.on, day.rule) != (due_on, rule):
            yield {"id": row_id, "due_on": day.on, "reason": day.reason, "rule": day.rule}


def _by_the_settings_rule(rows: sa.Select[*Row]) -> sa.Select[*Row]:
    """Only what was signed, of agreements without a rule of their own."""
    return (
        rows.join(Signing, Signing.id == Due.signing_id)
        .join(Agreement, Agreement.id == Due.agreement_id)
        .where(Agreement.renewal_rule.is_(None), Due.rule != FIRST_SIGNING)
    )
