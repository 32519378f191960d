"""Gathers what the rules need to know, and asks each of them."""

from collections.abc import Callable, Iterable
from uuid import UUID

import clock
from agreements.health.cards import missing_cards
from agreements.health.companions import named_companions
from agreements.health.days import overdue, unadopted, undated
from agreements.health.hint import WEIGHTS, Hint
from agreements.health.knowledge import known
from agreements.health.readability import hard_to_read
from agreements.health.signoff import orphans
from agreements.health.subject import Subject, passages
from agreements.publishing import Edition
from extensions import db
from models.adoptions import adoption_of
from models.agreements import Version, current_versions
from models.contacts import contacts_of
from models.drafts import drafts_of
from models.settings import Setting

# In the order in which hints of the same weight are shown.
RULES: tuple[Callable[[Subject], Iterable[Hint]], ...] = (
    orphans,
    overdue,
    unadopted,
    missing_cards,
    known,
    named_companions,
    undated,
    hard_to_read,
)


def hints(setting_id: UUID, of: Version | Edition) -> list[Hint]:
    """Everything that is worth a look in a text, the weightiest first; changes nothing."""
    return look(subject_of(setting_id, of))


def look(subject: Subject) -> list[Hint]:
    """What the rules say about a subject, the weightiest first."""
    found = [hint for rule in RULES for hint in rule(subject)]
    return sorted(found, key=lambda hint: list(WEIGHTS).index(hint.weight))


def subject_of(setting_id: UUID, of: Version | Edition) -> Subject:
    """A text with what the setting keeps beside it; a draft is adopted when it is published."""
    setting = db.session.get_one(Setting, setting_id)
    published = isinstance(of, Version)
    adoption = adoption_of(setting_id, of.id) if isinstance(of, Version) else None
    return Subject(
        setting_name=setting.name,
        title=of.title,
        passages=passages(of.text),
        signoff_title=of.signoff_title,
        sentences=_sentences(of),
        today=clock.today(setting.time_zone),
        adopted=adoption is not None if published else None,
        review_on=adoption.review_on if adoption else None,
        library=_library(setting_id),
        cards=frozenset(card.kind for card in contacts_of(setting_id)),
    )


def _library(setting_id: UUID) -> tuple[str, ...]:
    """What the setting's agreements are called; what somebody is writing is on its way."""
    published = [version.title for version in current_versions(setting_id)]
    return (*published, *(draft.title for draft in drafts_of(setting_id)))


def _sentences(of: Version | Edition) -> tuple[str, ...]:
    said = of.sentences if isinstance(of, Version) else of.wordings
    return tuple(dict.fromkeys(said.values()))
