"""What somebody is to look at next: the nearest day of each kind."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from models.accounts import watched_accounts
from models.adoptions import reviews_of
from models.contacts import contacts_of


@dataclass(frozen=True)
class Coming:
    """One day to come, what is to be done by then, and the desk's page for it."""

    day: date
    words: str
    page: str


def coming(setting_id: UUID, today: date) -> list[Coming]:
    """The next contact card, social media account and agreement to look at, the nearest first."""
    cards = [
        Coming(card.check_on, f"Check a contact: {card.kind_words}", "manager.contacts")
        for card in contacts_of(setting_id)
    ]
    accounts = [
        Coming(watch.check_on, f"Look at an account: {watch.account.words}", "manager.accounts")
        for watch in watched_accounts(setting_id)
    ]
    reviews = [
        Coming(review.review_on, f"Review: {review.title}", "manager.agreements")
        for review in reviews_of(setting_id)
    ]
    nearest = [_next(kind, today) for kind in (cards, accounts, reviews)]
    return sorted((one for one in nearest if one is not None), key=lambda one: one.day)


def _next(found: list[Coming], today: date) -> Coming | None:
    ahead = [one for one in found if one.day > today]
    return min(ahead, key=lambda one: one.day, default=None)
