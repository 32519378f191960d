"""Templates: a version's pages, laid out once; the records that are filled into them begin so."""

from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column

from backends.database import Base
from models.base import Identified, Made, OfSetting
from models.prepared import PreparedSelect


class Template(Identified, Made, OfSetting, Base):
    """The bytes that every record of a version and sign-off wording begins with, for ever."""

    __tablename__ = "templates"
    __table_args__ = (sa.UniqueConstraint("version_id", "made_of_sha256"),)

    version_id: Mapped[UUID] = mapped_column(sa.ForeignKey("versions.id"))
    wording_sha256: Mapped[str]
    # What the pages were laid out from: a setting that moves house gets new pages.
    made_of_sha256: Mapped[str]
    pdf: Mapped[bytes] = mapped_column(sa.LargeBinary(), deferred=True)
    # Where everything is filled in, as JSON.
    plan: Mapped[str] = mapped_column(deferred=True)
    sha256: Mapped[str]


def template_for(setting_id: UUID, version_id: UUID, made_of_sha256: str) -> UUID | None:
    """The id of a version's template for certain pages."""
    found = _FOR.first(setting=setting_id, version=version_id, made_of=made_of_sha256)
    return found[0] if found else None


# Built once, because each signing asks.
_FOR = PreparedSelect(
    sa.select(Template.id).where(
        Template.setting_id == sa.bindparam("setting", type_=sa.Uuid()),
        Template.version_id == sa.bindparam("version", type_=sa.Uuid()),
        Template.made_of_sha256 == sa.bindparam("made_of"),
    )
)
