"""Keeps the contact cards: each change is an event, and who was named before stays known."""

from datetime import date
from typing import Any
from uuid import UUID

import clock
from extensions import db
from models.contacts import Contact
from models.events import happened
from models.writing import writing


def add_contact(setting_id: UUID, manager_id: UUID, answers: dict[str, Any], today: date) -> None:
    """Add a card; `answers` holds kind, name, phone and email. It counts as checked today."""
    with writing():
        card = Contact(setting_id=setting_id, checked_on=today, **answers)
        db.session.add(card)
        db.session.flush()
        _tell("contact.added", card, manager_id, answers)


def change_contact(card: Contact, manager_id: UUID, answers: dict[str, Any], today: date) -> None:
    """Save what a card says now; whoever changes it has looked at it today."""
    with writing():
        old = {name: getattr(card, name) for name in answers}
        for name, answer in answers.items():
            setattr(card, name, answer)
        card.checked_on = today
        _tell("contact.changed", card, manager_id, {"old": old, "new": answers})


def check_contact(card: Contact, manager_id: UUID, today: date) -> None:
    """Somebody made sure that a card is right."""
    with writing():
        card.checked_on = today
        _tell("contact.checked", card, manager_id, {})


def end_contact(card: Contact, manager_id: UUID) -> None:
    """Take a card out of use."""
    with writing():
        card.ended_at = clock.now()
        _tell("contact.ended", card, manager_id, {"name": card.name})


def _tell(kind: str, card: Contact, manager_id: UUID, details: dict[str, Any]) -> None:
    ids = {"contact": str(card.id), "manager": str(manager_id)}
    happened(card.setting_id, kind, ids, details)
