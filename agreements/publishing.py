"""Publishing freezes a text as the next version of its agreement."""

from dataclasses import dataclass
from datetime import date
from typing import Literal
from uuid import UUID

import clock
from agreements.pages import keep_pages, lay_out, pages_of
from agreements.planning import Planned, next_number, plan_next, slug_of
from extensions import db
from models.agreements import (
    Agreement,
    Version,
    Wording,
    agreement_by_slug,
    agreement_of,
    newest_version,
)
from models.events import happened, wait_for_turn
from models.settings import Setting
from models.writing import writing
from outbox.putting import put
from records.facts import VersionFacts
from records.text import sha256
from renewals.asking import News, ask
from renewals.schedule import DAYS_TO_SIGN_CHANGES, Material


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


class Archived(Exception):
    """This agreement is archived, so nobody is asked to sign it. Take it back first."""


def publish_laid_out(setting: Setting, edition: Edition, *, addressed: bool) -> Version:
    """Publish an edition with its pages laid out and proven first: all of it, or nothing is kept.

    addressed: there is a check address to print. Takes seconds, and opens writing() itself.
    Raises CannotLayOut, PressFailed, PublishedMeanwhile or Archived.
    """
    setting_id = setting.id
    planned = plan_next(setting_id, edition.title)
    facts = facts_of_edition(edition, planned)
    pages = pages_of(setting, facts, edition.wordings.values(), addressed=addressed)
    laid_out = lay_out(pages)
    with writing():
        wait_for_turn(setting_id)
        version = publish(setting_id, edition, planned)
        keep_pages(setting_id, laid_out)
    return version


def facts_of_edition(edition: Edition, planned: Planned) -> VersionFacts:
    """What the pages of an edition say of it."""
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

    Everybody's due days move with it (renewals/asking.py). Without a change that somebody decided
    about, it is a minor one from today.
    """
    planned = planned or plan_next(setting_id, edition.title)
    today = clock.today(db.session.get_one(Setting, setting_id).time_zone)
    change = change or Change("minor", today)
    agreement = _agreement(setting_id, edition.title, planned)
    before = newest_version(setting_id, agreement.id)
    version = _add(setting_id, edition, planned, change)
    asked = ask(setting_id, news(agreement.id, edition, change, before), today)
    _published(version, asked)
    put(setting_id, "layout", str(version.id))
    return version


def _published(version: Version, asked: int) -> None:
    ids = {"version": str(version.id), "version_sha256": version.text_sha256}
    by_id = version.published_by_id
    happened(
        version.setting_id,
        "version.published",
        ids | ({"manager": str(by_id)} if by_id else {}),
        {
            "title": version.title,
            "number": version.number,
            "change": version.change,
            "reason": version.change_reason,
            "effective_on": version.effective_on.isoformat(),
            "asked": asked,
        },
    )


def news(agreement_id: UUID, edition: Edition, change: Change, before: Version | None) -> News:
    """What the people will be asked by an edition, as the due days take it."""
    if before is None:
        return News(agreement_id, frozenset(edition.wordings))
    changed = Material(before.number + 1, change.effective_on, change.days_to_sign)
    material = changed if change.kind == "material" else None
    return News(agreement_id, frozenset(edition.wordings), before.categories, material)


def _add(setting_id: UUID, edition: Edition, planned: Planned, change: Change) -> Version:
    version = Version(
        id=planned.version_id,
        setting_id=setting_id,
        agreement_id=planned.agreement_id,
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
        wordings=_wordings(setting_id, edition),
    )
    db.session.add(version)
    db.session.flush()
    return version


def _wordings(setting_id: UUID, edition: Edition) -> list[Wording]:
    return [
        Wording(setting_id=setting_id, category=category, position=position, sentence=sentence)
        for position, (category, sentence) in enumerate(edition.wordings.items())
    ]


def _agreement(setting_id: UUID, title: str, planned: Planned) -> Agreement:
    """The agreement as it was when the version was planned, under its newest title."""
    found = agreement_of(setting_id, planned.agreement_id)
    if found is None:
        if agreement_by_slug(setting_id, slug_of(title)):
            raise PublishedMeanwhile
        found = Agreement(
            id=planned.agreement_id, setting_id=setting_id, slug=slug_of(title), title=title
        )
        db.session.add(found)
    elif found.archived_at is not None:
        raise Archived
    if next_number(found.id) != planned.number:
        raise PublishedMeanwhile
    found.title = title
    db.session.flush()
    return found
