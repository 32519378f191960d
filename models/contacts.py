"""Contact cards: whom to turn to, and when somebody last made sure that they are right."""

from datetime import date, datetime, timedelta
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.settings import of

# In the order in which a worried helper needs them.
KINDS: dict[str, str] = {
    "dsl": "Safeguarding lead",
    "deputy": "Deputy safeguarding lead",
    "lado": "Local authority designated officer (LADO)",
    "front_door": "Children’s services, the front door",
    "whistleblowing": "Whistleblowing",
}
# People change post and numbers move: about twice a year somebody rings them up.
CHECK_AGAIN_AFTER = timedelta(days=182)


class Contact(Identified, Made, OfSetting, Base):
    """One card; it is ended, never deleted, so that history can say who was named when."""

    __tablename__ = "contacts"
    __table_args__ = (
        sa.CheckConstraint(
            "kind IN ('dsl', 'deputy', 'lado', 'front_door', 'whistleblowing')", name="kind_known"
        ),
    )

    kind: Mapped[str]
    name: Mapped[str]
    phone: Mapped[str | None]
    email: Mapped[str | None]
    checked_on: Mapped[date]
    ended_at: Mapped[datetime | None]

    @property
    def kind_words(self) -> str:
        """What this contact is for."""
        return KINDS[self.kind]

    @property
    def check_on(self) -> date:
        """The day on which somebody should make sure again."""
        return self.checked_on + CHECK_AGAIN_AFTER


def contacts_of(setting_id: UUID) -> list[Contact]:
    """The cards in use, in the order of KINDS, then by name."""
    found = db.session.scalars(of(setting_id, Contact).where(Contact.ended_at.is_(None)))
    return sorted(found, key=lambda card: (list(KINDS).index(card.kind), card.name, card.id))


def contact_of(setting_id: UUID, contact_id: UUID) -> Contact | None:
    """One card of this setting that is in use."""
    return db.session.scalar(
        of(setting_id, Contact).where(Contact.id == contact_id, Contact.ended_at.is_(None))
    )
