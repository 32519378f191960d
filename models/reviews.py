"""What the safeguarding lead did about a declaration: dated rows, and what they say encrypted."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, aliased, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.people import Person
from models.settings import of
from models.signings import Declaration

Stand = Literal["waiting", "again", "later", "reviewed"]


class DeclarationReview(Identified, Made, OfSetting, Base):
    """One review. The next is a row of its own; the newest says whether to look again, and when."""

    __tablename__ = "declaration_reviews"
    __table_args__ = (
        sa.Index("ix_declaration_reviews_declaration_id_made_at", "declaration_id", "made_at"),
    )

    declaration_id: Mapped[UUID] = mapped_column(sa.ForeignKey("declarations.id"))
    by_id: Mapped[UUID] = mapped_column(sa.ForeignKey("managers.id"))
    review_on: Mapped[date | None]
    # With whom, when and what came of it: records/reviewing.py.
    sealed_words: Mapped[bytes]
    key_id: Mapped[UUID] = mapped_column(sa.ForeignKey("keys.id"))


@dataclass(frozen=True)
class Told:
    """A declaration that tells something: who told it, and its newest review. Never what."""

    declaration: Declaration
    full_name: str
    review: DeclarationReview | None

    @property
    def review_on(self) -> date | None:
        """The day on which it is to be looked at again, where there is one."""
        return self.review.review_on if self.review else None

    def stand(self, today: date) -> Stand:
        """Not reviewed, to be looked at again by now or later, or reviewed for good."""
        if self.review is None:
            return "waiting"
        if self.review_on is None:
            return "reviewed"
        return "again" if self.review_on <= today else "later"


@dataclass(frozen=True)
class Declared:
    """Numbers for everybody at the desk.

    told: those that tell something. waiting: of these, not reviewed yet. again: reviewed, and to
    be looked at again by today.
    """

    told: int
    waiting: int
    again: int

    @property
    def pressing(self) -> int:
        """How many the safeguarding lead should open now."""
        return self.waiting + self.again


def declared(setting_id: UUID, today: date) -> Declared:
    """How many declarations there are, and how many wait."""
    rows = db.session.execute(
        sa.select(DeclarationReview.id, DeclarationReview.review_on)
        .select_from(Declaration)
        .outerjoin(DeclarationReview, _newest())
        .where(Declaration.setting_id == setting_id, Declaration.told)
    ).all()
    return Declared(
        told=len(rows),
        waiting=sum(row.id is None for row in rows),
        again=sum(row.review_on is not None and row.review_on <= today for row in rows),
    )


def answers(setting_id: UUID) -> int:
    """How many answers there are, "nothing to declare" among them."""
    rows = sa.select(sa.func.count()).select_from(Declaration)
    return db.session.scalar(rows.where(Declaration.setting_id == setting_id)) or 0


def told_of(setting_id: UUID, person_id: UUID | None = None) -> list[Told]:
    """The declarations that tell something, or one person's, newest first."""
    rows = (
        of(setting_id, Declaration)
        .add_columns(Person.full_name, DeclarationReview)
        .join(Person, Person.id == Declaration.person_id)
        .outerjoin(DeclarationReview, _newest())
        .where(Declaration.told)
        .order_by(Declaration.made_at.desc(), Declaration.id.desc())
    )
    if person_id is not None:
        rows = rows.where(Declaration.person_id == person_id)
    return [Told(*row) for row in db.session.execute(rows)]


def reviews_of(setting_id: UUID, declaration_id: UUID) -> list[DeclarationReview]:
    """The reviews of one declaration, still sealed, the newest first."""
    return list(
        db.session.scalars(
            of(setting_id, DeclarationReview)
            .where(DeclarationReview.declaration_id == declaration_id)
            .order_by(DeclarationReview.made_at.desc(), DeclarationReview.id.desc())
        )
    )


def _newest() -> sa.ColumnElement[bool]:
    """Joins a declaration to its newest review and to no other."""
    later = aliased(DeclarationReview)
    after = sa.or_(
        later.made_at > DeclarationReview.made_at,
        sa.and_(later.made_at == DeclarationReview.made_at, later.id > DeclarationReview.id),
    )
    none_after = ~sa.exists().where(later.declaration_id == DeclarationReview.declaration_id, after)
    return sa.and_(DeclarationReview.declaration_id == Declaration.id, none_after)
