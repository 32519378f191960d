"""Who is here on a day, what each of them must sign, and where they stand with it."""

from datetime import date, datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import aliased

import clock
from extensions import db
from models.agreements import Version
from models.categories import CATEGORIES
from models.dues import Due, dues_asked
from models.people import Known, people_now
from models.settings import Setting
from models.signings import Signing
from records.pack.facts import Group, Row
from renewals.schedule import first_due, stage


class Last(NamedTuple):
    """The newest signing that counts of a person for an agreement, and when the next is due."""

    due_on: date
    signing_id: UUID | None
    signed_at: datetime | None
    number: int | None
    method: str | None


Lasts = dict[tuple[UUID, UUID], Last]


def lasts(setting_id: UUID) -> Lasts:
    """Everybody's newest signings, by person and agreement, in one read."""
    signed = aliased(Version)
    rows = db.session.execute(
        dues_asked(setting_id)
        .outerjoin(Signing, Signing.id == Due.signing_id)
        .outerjoin(signed, signed.id == Signing.version_id)
        .with_only_columns(
            Due.person_id,
            Due.agreement_id,
            Due.due_on,
            Due.signing_id,
            Signing.effective_at,
            signed.number,
            Signing.method,
        )
    )
    return {(row[0], row[1]): Last(*row[2:]) for row in rows}


def everybody(setting_id: UUID) -> list[Known]:
    """Everybody who is here, by category in the order of the forms, then by name."""
    order = list(CATEGORIES)
    known = [Known(*row) for row in db.session.execute(people_now(setting_id))]
    return sorted(known, key=lambda one: order.index(one.category))


def groups(
    setting: Setting, people: list[Known], versions: list[Version], found: Lasts, day: date
) -> list[Group]:
    """Everybody by category, the gaps of each category first; no category is left out that has
    somebody."""
    return [
        _group(setting, category, of_category, versions, found, day)
        for category in CATEGORIES
        if (of_category := [known for known in people if known.category == category])
    ]


def signings_of(people: list[Known], versions: list[Version], found: Lasts) -> list[UUID]:
    """The newest signing that counts of each person for each agreement, in the pack's order."""
    ids = (
        found[known.person.id, version.agreement_id].signing_id
        for known in people
        for version in versions
        if (known.person.id, version.agreement_id) in found
    )
    return [signing_id for signing_id in ids if signing_id is not None]


def _group(
    setting: Setting,
    category: str,
    people: list[Known],
    versions: list[Version],
    found: Lasts,
    day: date,
) -> Group:
    asked = [version for version in versions if category in version.categories]
    rows = [
        _row(setting, known, version, found.get((known.person.id, version.agreement_id)), day)
        for known in people
        for version in asked
    ]
    rows.sort(key=lambda row: (not row.gap, row.signed_on is not None))
    free = [] if asked else [known.person.full_name for known in people]
    return Group(CATEGORIES[category], len(people), rows, free)


def _row(setting: Setting, known: Known, version: Version, last: Last | None, day: date) -> Row:
    due_on = last.due_on if last else first_due(day)
    signed_at = last.signed_at if last else None
    return Row(
        full_name=known.person.full_name,
        organisation=known.organisation,
        title=version.title,
        number=last.number if last else None,
        signed_on=clock.local_day(signed_at, setting.time_zone) if signed_at else None,
        due_on=due_on,
        stage=stage(due_on, day, ever_signed=signed_at is not None),
        on_paper=last is not None and last.method == "paper",
    )


def signed_between(setting_id: UUID) -> tuple[int, datetime | None, datetime | None]:
    """How many signings a setting has, voided ones too, and when the first and the newest were."""
    row = db.session.execute(
        sa.select(
            sa.func.count(), sa.func.min(Signing.effective_at), sa.func.max(Signing.effective_at)
        ).where(Signing.setting_id == setting_id)
    ).one()
    return row[0], row[1], row[2]
