"""Which records are meant: a choice among a setting's, its list by pages, and its number."""

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.agreements import Agreement, Version
from models.erasures import still_kept
from models.signings import Record, Signing
from models.standings import stands


@dataclass(frozen=True, slots=True)
class Choice:
    """What is asked of a record; whatever is None leaves every record in.

    standing: a key of models.standings.STANDS. signed_from and signed_until: the moments from which
    and before which it was signed.
    """

    agreement_id: UUID | None = None
    version_id: UUID | None = None
    category: str | None = None
    method: str | None = None
    standing: str | None = None
    person_id: UUID | None = None
    signed_from: datetime | None = None
    signed_until: datetime | None = None
    signing_ids: tuple[UUID, ...] | None = None

    def conditions(self) -> list[sa.ColumnElement[bool]]:
        """For where() of a query about signings."""
        same = {
            Signing.agreement_id: self.agreement_id,
            Signing.version_id: self.version_id,
            Signing.category: self.category,
            Signing.method: self.method,
            Signing.person_id: self.person_id,
        }
        found = [column == wanted for column, wanted in same.items() if wanted is not None]
        if self.standing is not None:
            found.append(stands(self.standing))
        if self.signed_from is not None:
            found.append(Signing.effective_at >= self.signed_from)
        if self.signed_until is not None:
            found.append(Signing.effective_at < self.signed_until)
        if self.signing_ids is not None:
            found.append(Signing.id.in_(self.signing_ids))
        return found


EVERYTHING = Choice()


class Page(NamedTuple):
    """Some signings with their records, and between which the older and the newer pages lie."""

    rows: list[tuple[Signing, Record]]
    older: UUID | None
    newer: UUID | None


def page_of(
    setting_id: UUID,
    choice: Choice,
    size: int,
    *,
    before: Signing | None = None,
    after: Signing | None = None,
) -> Page:
    """The newest records that are meant, or those before one, or the nearest ones after one."""
    ids = _ids(setting_id, choice)
    if after is not None:
        ids = ids.where(_newer(after)).order_by(Signing.received_at, Signing.id)
    else:
        ids = ids.order_by(Signing.received_at.desc(), Signing.id.desc())
    if before is not None:
        ids = ids.where(_older(before))
    found = list(db.session.scalars(ids.limit(size + 1)))
    more = len(found) > size
    if after is not None and not more:
        # The page of the newest is a full one, whichever way somebody came.
        return page_of(setting_id, choice, size)
    found = found[:size] if after is None else found[:size][::-1]
    older = found[-1] if found and (more or after is not None) else None
    newer = found[0] if found and (before is not None or after is not None) else None
    return Page(_rows(found), older, newer)


def how_many(setting_id: UUID, choice: Choice) -> int:
    """How many records are meant."""
    ids = _ids(setting_id, choice).subquery()
    return db.session.scalar(sa.select(sa.func.count()).select_from(ids)) or 0


def texts_of(setting_id: UUID) -> list[tuple[UUID, UUID, str, int]]:
    """What can have been signed: agreement, version, title and number, the newest version first."""
    rows = sa.select(Version.agreement_id, Version.id, Version.title, Version.number)
    rows = rows.join(Agreement, Agreement.id == Version.agreement_id)
    rows = rows.where(Version.setting_id == setting_id)
    order = (Agreement.title, Agreement.id, Version.number.desc())
    found = db.session.execute(rows.order_by(*order))
    return [(row[0], row[1], row[2], row[3]) for row in found]


def _ids(setting_id: UUID, choice: Choice) -> sa.Select[UUID]:
    """Ids alone: an index holds all that is asked, so no record is opened to be passed over."""
    here = (Signing.setting_id == setting_id, still_kept(Signing.id))
    return sa.select(Signing.id).where(*here, *choice.conditions())


def _rows(ids: list[UUID]) -> list[tuple[Signing, Record]]:
    rows = (
        sa.select(Signing, Record)
        .join(Record, Record.signing_id == Signing.id)
        .where(Signing.id.in_(ids))
        .order_by(Signing.received_at.desc(), Signing.id.desc())
    )
    return [(row[0], row[1]) for row in db.session.execute(rows)]


def _older(last: Signing) -> sa.ColumnElement[bool]:
    """Said twice, because the first half lets the database use its index."""
    return sa.and_(
        Signing.received_at <= last.received_at,
        sa.or_(Signing.received_at < last.received_at, Signing.id < last.id),
    )


def _newer(first: Signing) -> sa.ColumnElement[bool]:
    return sa.and_(
        Signing.received_at >= first.received_at,
        sa.or_(Signing.received_at > first.received_at, Signing.id > first.id),
    )
