"""E-mail addresses that somebody confirmed, or said were not theirs."""

from datetime import datetime
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.settings import of


class AddressCheck(Identified, Made, OfSetting, Base):
    """One question to one address; only the hash of the token in its link is kept."""

    __tablename__ = "address_checks"
    __table_args__ = (sa.UniqueConstraint("person_id", "email"),)

    person_id: Mapped[UUID] = mapped_column(sa.ForeignKey("people.id"))
    email: Mapped[str]
    token_hash: Mapped[str] = mapped_column(unique=True)
    confirmed_at: Mapped[datetime | None]
    # "That wasn't me": nothing more goes to this address for this person.
    disowned_at: Mapped[datetime | None]

    @property
    def confirmed(self) -> bool:
        """Whether personal letters may go there: somebody there said yes, and nobody said no."""
        return self.confirmed_at is not None and self.disowned_at is None


def check_of(setting_id: UUID, person_id: UUID, email: str) -> AddressCheck | None:
    """The question that was put to this address for this person."""
    return db.session.scalar(
        of(setting_id, AddressCheck).where(
            AddressCheck.person_id == person_id, AddressCheck.email == email
        )
    )


def check_by_hash(token_hash: str) -> AddressCheck | None:
    """The question whose link has the token with this hash, whichever setting asked."""
    return db.session.scalar(sa.select(AddressCheck).where(AddressCheck.token_hash == token_hash))
