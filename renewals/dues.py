"""Keeps each person's due days, in the transaction that causes them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.agreements import Version, current_versions
from models.dues import Due, due_of
from models.people import Known
from models.signings import Signing
from renewals.schedule import Stage, anniversary, first_due, stage


@dataclass(frozen=True)
class Standing:
    """Where one person stands with one agreement today."""

    version: Version
    stage: Stage
    due_on: date
    signed: Signing | None


def ask_first_time(setting_id: UUID, person_id: UUID, category: str, today: date) -> None:
    """Open the due days of a new person for every agreement their category signs."""
    for version in current_versions(setting_id):
        if version.wording_for(category) is not None:
            db.session.add(
                Due(
                    setting_id=setting_id,
                    person_id=person_id,
                    agreement_id=version.agreement_id,
                    due_on=first_due(today),
                    reason="never signed",
                    rule="first signing",
                )
            )
    db.session.flush()


def renew(signing: Signing, time_zone: str) -> date:
    """Move the due day to a year after this signing, unless a newer signing moved it already.

    Gives the day this signing runs to. Runs inside the signing's own transaction.
    """
    due_on = anniversary(clock.local_day(signing.effective_at, time_zone))
    row = due_of(signing.setting_id, signing.person_id, signing.agreement_id)
    if row is None:
        row = Due(
            setting_id=signing.setting_id,
            person_id=signing.person_id,
            agreement_id=signing.agreement_id,
        )
        db.session.add(row)
    elif row.signing_id is not None and row.due_on > due_on:
        return due_on
    row.due_on, row.reason = due_on, "anniversary of the last signing"
    row.rule, row.signing_id = "anniversary", signing.id
    db.session.flush()
    return due_on


def standings(known: Known, today: date) -> list[Standing]:
    """Where a person stands with each agreement their category signs."""
    person = known.person
    found = []
    for version in current_versions(person.setting_id):
        if version.wording_for(known.category) is None:
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
            )
        )
    return found


def _signing(row: Due) -> Signing | None:
    if row.signing_id is None:
        return None
    return db.session.scalar(
        sa.select(Signing).where(Signing.setting_id == row.setting_id, Signing.id == row.signing_id)
    )
