"""Publishing freezes a text as the next version of its agreement."""

import re
from dataclasses import dataclass
from datetime import date, datetime
from typing import Literal
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
from renewals.schedule import DAYS_TO_SIGN_CHANGES


@dataclass(frozen=True)
class Edition:
    """Everything a signature under the next version will stand for.

    `wordings` maps each signing category to its words.
    """

    title: str
    text: str
    summary: str
    signoff_title: str | None
    name_label: str
    wordings: dict[str, str]


@dataclass(frozen=True)
class Change:
    """What a manager decided about the step from one version to the next.

    kind: "minor" keeps everybody current; "material" asks everybody to sign again, by the end of
    the `days_to_sign`th day after `effective_on`. A first version is neither.
    """

    kind: Literal["minor", "material"]
    effective_on: date
    reason: str | None = None
    days_to_sign: int = DAYS_TO_SIGN_CHANGES
    by_id: UUID | None = None


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


def publish_laid_out(setting: Setting, edition: Edition, *, addressed: bool) -> Version:
    """Publish an edition with its pages laid out and proven first: all of it, or nothing is kept.

    addressed: there is a check address to print. Takes seconds, and opens writing() itself.
    Raises CannotLayOut, PressFailed or PublishedMeanwhile.
    """
    setting_id, says = setting.id, setting_facts(setting)
    planned = plan_next(setting_id, edition.title)
    facts = _facts(edition, planned)
    end_reading()
    wordings = dict.fromkeys(edition.wordings.values())
    fixed = [Fixed(says, facts, wording, addressed) for wording in wordings]
    laid_out = [(pages, lay_out_template(pages)) for pages in fixed]
    with writing():
        wait_for_turn(setting_id)
        version = publish(setting_id, edition, planned)
        for pages, template in laid_out:
            ready.add(setting_id, pages, template)
    return version


def _facts(edition: Edition, planned: Planned) -> VersionFacts:
    return VersionFacts(
        id=planned.version_id,
        agreement_id=planned.agreement_id,
        title=edition.title,
        number=planned.number,
        text=edition.text,
        text_sha256=sha256(edition.text),
        published_at=planned.published_at,
        signoff_title=edition.signoff_title,
        name_label=edition.name_label,
    )


def publish(
    setting_id: UUID,
    edition: Edition,
    planned: Planned | None = None,
    change: Change | None = None,
) -> Version:
    """Publish an edition inside writing(): version 1 of a new agreement, or the next of its title.

    Without a change that somebody decided about, it is a minor one from today.
    """
    planned = planned or plan_next(setting_id, edition.title)
    change = change or Change("minor", _today(setting_id))
    agreement = _agreement(setting_id, edition.title, planned.agreement_id)
    if (agreement.id, _next_number(agreement.id)) != (planned.agreement_id, planned.number):
        raise PublishedMeanwhile
    version = Version(
        id=planned.version_id,
        setting_id=setting_id,
        agreement_id=agreement.id,
        number=planned.number,
        title=edition.title,
        text=edition.text,
        text_sha256=sha256(edition.text),
        summary=edition.summary,
        signoff_title=edition.signoff_title,
        name_label=edition.name_label,
        published_at=planned.published_at,
        change=change.kind if planned.number > 1 else "first",
        change_reason=change.reason,
        effective_on=change.effective_on,
        days_to_sign=change.days_to_sign,
        published_by_id=change.by_id,
    )
    version.wordings = [
        Wording(setting_id=setting_id, category=category, position=position, sentence=sentence)
        for position, (category, sentence) in enumerate(edition.wordings.items())
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


def _today(setting_id: UUID) -> date:
    return clock.today(db.session.get_one(Setting, setting_id).time_zone)


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
