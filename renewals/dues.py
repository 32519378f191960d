"""Keeps each person's due days, in the transaction that causes them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.agreements import Agreement, Version, agreements_signed_by, current_versions
from models.dues import Due, due_of
from models.people import Known
from models.prepared import PreparedChange, PreparedSelect
from models.settings import Setting
from models.signings import Signing, newest_that_counts
from models.writing import insert, insert_values
from renewals.material import material_since
from renewals.schedule import DueDay, Rule, Stage, due, first_due, stage

# The rule of a day that no signing leads to; changing the setting's rule does not move it.
FIRST_SIGNING = "first signing"


# A person's due day for an agreement, and when the signing was that leads to it; built once, like
# what follows, because signings ask.
_NEWEST = PreparedSelect(
    sa.select(Due.id, Signing.effective_at)
    .outerjoin(Signing, Signing.id == Due.signing_id)
    .where(
        Due.person_id == sa.bindparam("person", type_=sa.Uuid()),
        Due.agreement_id == sa.bindparam("agreement", type_=sa.Uuid()),
    )
)
_MOVE = PreparedChange(
    sa.update(Due.__table__).where(  # type: ignore[arg-type]
        Due.id == sa.bindparam("due", type_=sa.Uuid())
    ),
    ["due_on", "reason", "rule", "signing_id"],
)
# The agreement's own rule, if it has one, and its setting's.
_RULES = PreparedSelect(
    sa.select(Agreement.renewal_rule, Setting.renewal_rule)
    .join(Setting, Setting.id == Agreement.setting_id)
    .where(Agreement.id == sa.bindparam("agreement", type_=sa.Uuid()))
)


@dataclass(frozen=True)
class Standing:
    """Where one person stands with one agreement today.

    anew: something that matters has changed since they signed, so they are asked already.
    """

    version: Version
    stage: Stage
    due_on: date
    signed: Signing | None
    anew: bool = False


def first_day(today: date) -> DueDay:
    """The due day of somebody who is asked for the first time."""
    return DueDay(first_due(today), "never signed", FIRST_SIGNING)


def day_again(today: date) -> DueDay:
    """The due day of somebody whose old one passed while nothing was asked of them."""
    return DueDay(first_due(today), "applies again", FIRST_SIGNING)


def first_asked(setting_id: UUID, person_id: UUID, agreement_id: UUID, today: date) -> Due:
    """The due day of somebody who has never signed an agreement; it is not added yet."""
    row = Due(setting_id=setting_id, person_id=person_id, agreement_id=agreement_id)
    put(row, first_day(today))
    return row


def ask_first_time(
    setting_id: UUID, person_id: UUID, category: str, today: date, *, but: UUID | None = None
) -> None:
    """Open the due days of a new person for every agreement their category signs.

    but: the agreement that they are signing now, for renew() to open.
    """
    for agreement_id in agreements_signed_by(setting_id, category):
        if agreement_id != but:
            insert(first_asked(setting_id, person_id, agreement_id, today))


def ask_in_new_category(
    setting_id: UUID, person_id: UUID, before: str | None, category: str, today: date
) -> None:
    """Open the due days of a person who changed from one category to another, inside writing().

    `before` is None for somebody who had left and is back. What newly applies is due 7 days from
    the change, unless their last signing runs longer. What applied already stays as it was, and
    what applies no more stops asking by itself (models.dues.dues_asked).
    """
    again = day_again(today)
    for version in current_versions(setting_id):
        if category not in version.categories or before in version.categories:
            continue
        row = due_of(setting_id, person_id, version.agreement_id)
        if row is None:
            db.session.add(first_asked(setting_id, person_id, version.agreement_id, today))
        elif row.due_on < again.on:
            put(row, again)
    db.session.flush()


def runs_to(signing: Signing, time_zone: str) -> DueDay:
    """The day a signing runs to, by the rule of its agreement or of its setting.

    It may arrive late, and be of a version that a material one has replaced since.
    """
    return due(
        clock.local_day(signing.effective_at, time_zone),
        effective_rule(signing),
        material_since(signing.agreement_id, signing.version_id),
    )


def renew(signing: Signing, day: DueDay) -> None:
    """Move the due day to where this signing runs to, unless a newer signing moved it already.

    Runs inside the signing's own transaction.
    """
    there = _NEWEST.first(person=signing.person_id, agreement=signing.agreement_id)
    moved = {"due_on": day.on, "reason": day.reason, "rule": day.rule, "signing_id": signing.id}
    if there is None:
        insert_values(
            Due,
            setting_id=signing.setting_id,
            person_id=signing.person_id,
            agreement_id=signing.agreement_id,
            **moved,
        )
        return
    due_id, effective_at = there
    if effective_at is None or effective_at <= signing.effective_at:
        _MOVE.run(due=due_id, **moved)


def without(signing: Signing, time_zone: str) -> tuple[DueDay, Signing | None] | None:
    """Where a due day would be if this signing did not count, and which signing leads there.

    None when it does not hang on this signing. Without any other, it is as for somebody new.
    """
    if _hangs_on(signing) is None:
        return None
    newest = newest_that_counts(
        signing.setting_id, signing.person_id, signing.agreement_id, without=signing.id
    )
    if newest is None:
        return first_day(clock.today(time_zone)), None
    return runs_to(newest, time_zone), newest


def go_back(signing: Signing, time_zone: str) -> None:
    """Move the due day that hangs on a voided signing, inside the transaction that voids it."""
    row, found = _hangs_on(signing), without(signing, time_zone)
    if row is None or found is None:
        return
    day, newest = found
    put(row, day)
    row.signing_id = newest.id if newest else None
    db.session.flush()


def effective_rule(signing: Signing) -> Rule:
    """The rule of the agreement that was signed, or else the setting's."""
    own, of_setting = _RULES.one(agreement=signing.agreement_id)
    return Rule.read(own or of_setting)


def standings(known: Known, today: date) -> list[Standing]:
    """Where a person stands with each agreement their category signs."""
    person = known.person
    found = []
    for version in current_versions(person.setting_id):
        if known.category not in version.categories:
            continue
        row = due_of(person.setting_id, person.id, version.agreement_id)
        signed = _signing(row) if row else None
        due_on = row.due_on if row else first_due(today)
        found.append(
            Standing(
                version=version,
                stage=stage(due_on, today, ever_signed=signed is not None),
                due_on=due_on,
                signed=signed,
                anew=signed is not None
                and bool(material_since(version.agreement_id, signed.version_id)),
            )
        )
    return found


def put(row: Due, day: DueDay) -> None:
    """Write a due day into its row."""
    row.due_on, row.reason, row.rule = day.on, day.reason, day.rule


def _hangs_on(signing: Signing) -> Due | None:
    row = due_of(signing.setting_id, signing.person_id, signing.agreement_id)
    return row if row is not None and row.signing_id == signing.id else None


def _signing(row: Due) -> Signing | None:
    if row.signing_id is None:
        return None
    return db.session.scalar(
        sa.select(Signing).where(Signing.setting_id == row.setting_id, Signing.id == row.signing_id)
    )
