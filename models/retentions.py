"""How long a setting keeps what people signed: years after their last day, by category."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.categories import CATEGORIES
from models.settings import of

FEWEST_YEARS, MOST_YEARS = 1, 80
# Usual practice, and no law: personnel files are commonly kept for six years after somebody left,
# and the list of visitors for three.
USUAL_YEARS: dict[str, int] = {name: 3 if name == "visitor" else 6 for name in CATEGORIES}


class Retention(Identified, Made, OfSetting, Base):
    """A setting's own number of years for one category, in place of the usual one."""

    __tablename__ = "retentions"
    __table_args__ = (
        sa.UniqueConstraint("setting_id", "category"),
        sa.CheckConstraint("years BETWEEN 1 AND 80", name="years_sensible"),
    )

    category: Mapped[str]
    years: Mapped[int]


def years_of(setting_id: UUID) -> dict[str, int]:
    """For how many years a setting keeps what each category signed."""
    own = db.session.scalars(of(setting_id, Retention))
    return USUAL_YEARS | {row.category: row.years for row in own}
