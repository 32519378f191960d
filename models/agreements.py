"""Agreements and their versions; a published version never changes."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from sqlalchemy.orm import Mapped, mapped_column, relationship

from backends.database import Base
from extensions import db
from models.base import Identified, Made, OfSetting
from models.prepared import PreparedSelect
from models.settings import of


class Agreement(Identified, Made, OfSetting, Base):
    """A text the setting asks people to sign; its words are in its versions."""

    __tablename__ = "agreements"
    __table_args__ = (sa.UniqueConstraint("setting_id", "slug"),)

    slug: Mapped[str]
    title: Mapped[str]
    # None: the setting's rule holds.
    renewal_rule: Mapped[dict[str, Any] | None]
    # An archived agreement is asked of nobody any more; its versions and records stay.
    archived_at: Mapped[datetime | None]
    archived_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))


class Version(Identified, Made, OfSetting, Base):
    """One published edition: the text in Markdown, and everything a signature under it stands for.

    The database itself refuses to change or delete one (backends/triggers.py).
    """

    __tablename__ = "versions"
    __table_args__ = (
        sa.UniqueConstraint("agreement_id", "number"),
        sa.CheckConstraint("change IN ('first', 'minor', 'material')", name="change_known"),
    )

    agreement_id: Mapped[UUID] = mapped_column(sa.ForeignKey("agreements.id"))
    number: Mapped[int]
    title: Mapped[str]
    text: Mapped[str]
    text_sha256: Mapped[str]
    summary: Mapped[str]
    signoff_title: Mapped[str | None]
    name_label: Mapped[str]
    published_at: Mapped[datetime]
    # What the manager decided: a minor change keeps everybody current, a material one asks
    # everybody again within `days_to_sign` of the day it takes effect.
    change: Mapped[str]
    change_reason: Mapped[str | None]
    effective_on: Mapped[date]
    days_to_sign: Mapped[int]
    published_by_id: Mapped[UUID | None] = mapped_column(sa.ForeignKey("managers.id"))

    wordings: Mapped[list["Wording"]] = relationship(lazy="selectin", order_by="Wording.position")

    @property
    def categories(self) -> frozenset[str]:
        """Who signs this version."""
        return frozenset(wording.category for wording in self.wordings)

    @property
    def sentences(self) -> dict[str, str]:
        """The sign-off wording of each category that signs this version, in their order."""
        return {wording.category: wording.sentence for wording in self.wordings}


class Wording(Identified, OfSetting, Base):
    """The sentence a category signs under, frozen with its version."""

    __tablename__ = "wordings"
    __table_args__ = (sa.UniqueConstraint("version_id", "category"),)

    version_id: Mapped[UUID] = mapped_column(sa.ForeignKey("versions.id"))
    category: Mapped[str]
    position: Mapped[int]
    sentence: Mapped[str]


def by_sentence(sentences: Mapping[str, str]) -> dict[str, list[str]]:
    """Each sign-off wording once, with the categories that sign under it."""
    found: dict[str, list[str]] = {}
    for category, sentence in sentences.items():
        found.setdefault(sentence, []).append(category)
    return found


_NEWEST = (
    sa.select(Version.agreement_id, sa.func.max(Version.number).label("number"))
    .join(Agreement, Agreement.id == Version.agreement_id)
    .where(Agreement.archived_at.is_(None))
    .group_by(Version.agreement_id)
)


def newest_versions(setting_id: UUID) -> sa.Select[UUID, int]:
    """The number of the newest version of each agreement of a setting that is not archived."""
    return _NEWEST.where(Version.setting_id == setting_id)


def _signed_by() -> sa.Select[UUID]:
    newest = _NEWEST.where(
        Version.setting_id == sa.bindparam("setting", type_=sa.Uuid())
    ).subquery()
    return (
        sa.select(Version.agreement_id)
        .join(
            newest,
            sa.and_(
                Version.agreement_id == newest.c.agreement_id, Version.number == newest.c.number
            ),
        )
        .join(Wording, Wording.version_id == Version.id)
        .where(Wording.category == sa.bindparam("category"))
    )


# Built once: each newcomer's signing asks.
_SIGNED_BY = PreparedSelect(_signed_by())


def current_versions(setting_id: UUID) -> list[Version]:
    """The newest version of each agreement of a setting that is in use, by title."""
    newest = newest_versions(setting_id).subquery()
    return list(
        db.session.scalars(
            of(setting_id, Version)
            .join(
                newest,
                sa.and_(
                    Version.agreement_id == newest.c.agreement_id,
                    Version.number == newest.c.number,
                ),
            )
            .order_by(Version.title)
        )
    )


def agreements_signed_by(setting_id: UUID, category: str) -> list[UUID]:
    """The agreements in use that a category signs today."""
    return [one for (one,) in _SIGNED_BY.all(setting=setting_id, category=category)]


def published_version(setting_id: UUID, version_id: UUID) -> Version | None:
    """A version of this setting, superseded and archived ones too: whoever read it may sign it."""
    return db.session.scalar(of(setting_id, Version).where(Version.id == version_id))


def versions_signed_by(setting_id: UUID, category: str) -> list[Version]:
    """Every version that this category signs or has signed, by title, the newest first."""
    return list(
        db.session.scalars(
            of(setting_id, Version)
            .join(Agreement, Agreement.id == Version.agreement_id)
            .join(Wording, Wording.version_id == Version.id)
            .where(Wording.category == category)
            .order_by(Agreement.title, Agreement.id, Version.number.desc())
        )
    )


def agreement_of(setting_id: UUID, agreement_id: UUID) -> Agreement | None:
    """One agreement of this setting."""
    return db.session.scalar(of(setting_id, Agreement).where(Agreement.id == agreement_id))


def agreement_by_slug(setting_id: UUID, slug: str) -> Agreement | None:
    """The agreement that an address names."""
    return db.session.scalar(of(setting_id, Agreement).where(Agreement.slug == slug))


def archived_agreements(setting_id: UUID) -> list[Agreement]:
    """The agreements that are asked of nobody any more, by title."""
    archived = of(setting_id, Agreement).where(Agreement.archived_at.is_not(None))
    return list(db.session.scalars(archived.order_by(Agreement.title)))


def newest_version(setting_id: UUID, agreement_id: UUID) -> Version | None:
    """The newest version of an agreement, archived ones too; None for one that has none yet."""
    rows = of(setting_id, Version).where(Version.agreement_id == agreement_id)
    return db.session.scalar(rows.order_by(Version.number.desc()).limit(1))


def version_by_slug(setting_id: UUID, slug: str) -> Version | None:
    """The newest published version of the agreement that an address names."""
    return db.session.scalar(
        of(setting_id, Version)
        .join(Agreement, Agreement.id == Version.agreement_id)
        .where(Agreement.slug == slug)
        .order_by(Version.number.desc())
        .limit(1)
    )


def version_names(setting_id: UUID) -> dict[UUID, str]:
    """What to call each version of a setting, without loading its text."""
    rows = db.session.execute(
        sa.select(Version.id, Version.title, Version.number).where(Version.setting_id == setting_id)
    )
    return {version_id: f"{title}, version {number}" for version_id, title, number in rows}


def older_versions(version: Version) -> sa.Select[Version]:
    """The versions of the same agreement that were published before, the newest first."""
    return (
        of(version.setting_id, Version)
        .where(Version.agreement_id == version.agreement_id, Version.number < version.number)
        .order_by(Version.number.desc())
    )


def version_with_older(
    setting_id: UUID, version_id: UUID, older_id: UUID
) -> tuple[Version, Version] | None:
    """A version of this setting and an older one of the same agreement."""
    version = published_version(setting_id, version_id)
    if version is None:
        return None
    older = db.session.scalar(older_versions(version).where(Version.id == older_id))
    return (version, older) if older else None
