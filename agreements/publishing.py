"""Publishing freezes a text as the next version of its agreement."""

import re
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import sqlalchemy as sa

import clock
from extensions import db
from models.agreements import Agreement, Version, Wording
from models.base import new_id
from models.events import happened, wait_for_turn
from models.settings import Setting, of
from models.writing import end_reading, writing
from outbox.putting import put
from records import ready
from records.facts import Fixed, VersionFacts
from records.gathering import setting_facts
from records.pressing import lay_out_template
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


class PublishedMeanwhile(Exception):
    """Another version of this agreement was published meanwhile. Look at it, then publish again."""


@dataclass(frozen=True)
class Planned:
    """What a version will be called, settled before its pages are laid out."""

    agreement_id: UUID
    version_id: UUID
    number: int
    published_at: datetime


def plan_next(setting_id: UUID, title: str) -> Planned:
    """Settle what the next version of a title will be called."""
    agreement = _known(setting_id, title)
    number = _next_number(agreement.id) if agreement else 1
    return Planned(agreement.id if agreement else new_id(), new_id(), number, clock.now())


def publish_laid_out(setting: Setting, draft: Draft, *, addressed: bool) -> Version:
    """Publish a draft with its pages laid out and proven first: all of it, or nothing is kept.

    addressed: there is a check address to print. Takes seconds, and opens writing() itself.
    Raises CannotLayOut, PressFailed or PublishedMeanwhile.
    """
    setting_id, says = setting.id, setting_facts(setting)
    planned = plan_next(setting_id, draft.title)
    facts = _facts(draft, planned)
    end_reading()
    wordings = dict.fromkeys(draft.wordings.values())
    fixed = [Fixed(says, facts, wording, addressed) for wording in wordings]
    laid_out = [(pages, lay_out_template(pages)) for pages in fixed]
    with writing():
        wait_for_turn(setting_id)
        version = publish(setting_id, draft, planned)
        for pages, template in laid_out:
            ready.add(setting_id, pages, template)
    return version


def _facts(draft: Draft, planned: Planned) -> VersionFacts:
    return VersionFacts(
        id=planned.version_id,
        agreement_id=planned.agreement_id,
        title=draft.title,
        number=planned.number,
        text=draft.text,
        text_sha256=sha256(draft.text),
        published_at=planned.published_at,
        signoff_title=draft.signoff_title,
        name_label=draft.name_label,
    )


def publish(setting_id: UUID, draft: Draft, planned: Planned | None = None) -> Version:
    """Publish a draft inside writing(): version 1 of a new agreement, or the next of its title."""
    planned = planned or plan_next(setting_id, draft.title)
    agreement = _agreement(setting_id, draft.title, planned.agreement_id)
    if (agreement.id, _next_number(agreement.id)) != (planned.agreement_id, planned.number):
        raise PublishedMeanwhile
    version = Version(
        id=planned.version_id,
        setting_id=setting_id,
        agreement_id=agreement.id,
        number=planned.number,
        title=draft.title,
        text=draft.text,
        text_sha256=sha256(draft.text),
        summary=draft.summary,
        signoff_title=draft.signoff_title,
        name_label=draft.name_label,
        published_at=planned.published_at,
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
    put(setting_id, "layout", str(version.id))
    return version


def _agreement(setting_id: UUID, title: str, new_agreement_id: UUID) -> Agreement:
    found = _known(setting_id, title)
    if found is None:
        found = Agreement(
            id=new_agreement_id, setting_id=setting_id, slug=_slug(title), title=title
        )
        db.session.add(found)
        db.session.flush()
    return found


def _known(setting_id: UUID, title: str) -> Agreement | None:
    return db.session.scalar(of(setting_id, Agreement).where(Agreement.slug == _slug(title)))


def _slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-") or "agreement"


def _next_number(agreement_id: UUID) -> int:
    newest = db.session.scalar(
        sa.select(sa.func.max(Version.number)).where(Version.agreement_id == agreement_id)
    )
    return (newest or 0) + 1
