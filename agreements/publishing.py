"""Publishing freezes a text as the next version of its agreement."""

import re
from dataclasses import dataclass
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.agreements import Agreement, Version, Wording
from models.events import happened
from models.settings import of
from records.text import sha256


@dataclass(frozen=True)
class Draft:
    """Everything a signature will stand for; `wordings` maps each signing category to its words."""

    title: str
    text: str
    summary: str
    signoff_title: str | None
    name_label: str
    wordings: dict[str, str]


def publish(setting_id: UUID, draft: Draft) -> Version:
    """Publish a draft inside writing(): version 1 of a new agreement, or the next of its title."""
    agreement = _agreement(setting_id, draft.title)
    version = Version(
        setting_id=setting_id,
        agreement_id=agreement.id,
        number=_next_number(agreement),
        title=draft.title,
        text=draft.text,
        text_sha256=sha256(draft.text),
        summary=draft.summary,
        signoff_title=draft.signoff_title,
        name_label=draft.name_label,
        published_at=clock.now(),
    )
    version.wordings = [
        Wording(setting_id=setting_id, category=category, position=position, sentence=sentence)
        for position, (category, sentence) in enumerate(draft.wordings.items())
    ]
    db.session.add(version)
    db.session.flush()
    happened(
        setting_id,
        "version.published",
        {"version": str(version.id), "version_sha256": version.text_sha256},
        {"title": version.title, "number": version.number},
    )
    return version


def _agreement(setting_id: UUID, title: str) -> Agreement:
    slug = re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "agreement"
    found = db.session.scalar(of(setting_id, Agreement).where(Agreement.slug == slug))
    if found is None:
        found = Agreement(setting_id=setting_id, slug=slug, title=title)
        db.session.add(found)
        db.session.flush()
    return found


def _next_number(agreement: Agreement) -> int:
    newest = db.session.scalar(
        sa.select(sa.func.max(Version.number)).where(Version.agreement_id == agreement.id)
    )
    return (newest or 0) + 1
