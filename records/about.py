"""What is held about one person, as plain values: the copy that they may ask for."""

import re
from collections.abc import Collection, Iterator
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa

from extensions import db
from models.accounts import Account, Check, Monitor
from models.addresses import AddressCheck
from models.categories import CATEGORIES
from models.events import Event, EventDetails, names_by_id
from models.holds import holds_of
from models.leavings import Leaving
from models.merges import joined_to
from models.pauses import Pause
from models.people import Known, Organisation, PersonCategory
from models.settings import Setting, of
from records.about_signings import Rows, dues_of, signings_of
from records.declarations import Answer
from renewals.told import told as reminders_of

FORMAT = 1
MOST_REMINDERS = 10_000
PUT_OFF = {"read_later": "Read at the break", "talk_first": "Talk first"}
# Whose details may hold a reason that was written about this person.
WITH_A_REASON = {"signing.voided", "person.leaving"}
Told = list[tuple[datetime, Answer]]


def about_person(
    setting: Setting, known: Known, told: Told | None, made_at: datetime
) -> dict[str, Any]:
    """Everything about one person by heading; others stand in it by what they did, never by name.

    told: what they told the safeguarding lead, when the lead asks; None for anybody else. Values
    are text, numbers, booleans, days and moments, so that a page and JSON say the same.
    """
    setting_id, person = setting.id, known.person
    # An entry that was joined to theirs is theirs as well: not all of it went over.
    entries = [person, *joined_to(setting_id, person.id)]
    ids = [one.id for one in entries]
    return {
        "format": FORMAT,
        "setting": setting.name,
        "made_at": made_at,
        "on_file": [
            {
                "full_name": one.full_name,
                "email": one.email,
                "under_18": one.under_18,
                "on_the_list_since": one.made_at,
            }
            for one in entries
        ],
        "here_as": _here_as(setting_id, ids),
        "records": signings_of(setting, person.id),
        "due_days": dues_of(setting_id, person.id),
        "reminders": [
            {
                "at": one.made_at,
                "agreement": one.title,
                "due_on": one.due_on,
                "how": one.channel_words,
            }
            for one in reminders_of(setting_id, MOST_REMINDERS, people=ids)
        ],
        "put_off_at_the_tablet": _pauses(setting_id, person.id),
        "e_mail_addresses_asked": _addresses(setting_id, ids),
        "accounts_watched": _accounts(setting_id, person.id),
        "accounts_looked_at": _looks(setting_id, person.id),
        "last_days": _leavings(setting_id, person.id),
        "legal_holds": [
            {"since": one.since, "until": one.until, "lifted_at": one.lifted_at}
            for one in holds_of(setting_id, person.id)
        ],
        **_told(told),
        "history": list(_history(setting_id, ids)),
    }


def _here_as(setting_id: UUID, people: Collection[UUID]) -> Rows:
    rows = (
        of(setting_id, PersonCategory)
        .outerjoin(Organisation, Organisation.id == PersonCategory.organisation_id)
        .where(PersonCategory.person_id.in_(people))
        .order_by(PersonCategory.since, PersonCategory.id)
        .add_columns(Organisation.name)
    )
    return [
        {"as": CATEGORIES[row.category], "sent_by": sender, "since": row.since, "until": row.until}
        for row, sender in db.session.execute(rows)
    ]


def _pauses(setting_id: UUID, person_id: UUID) -> Rows:
    rows = of(setting_id, Pause).where(Pause.person_id == person_id).order_by(Pause.made_at)
    return [
        {"at": one.made_at, "wish": PUT_OFF[one.kind], "settled_at": one.ended_at}
        for one in db.session.scalars(rows)
    ]


def _addresses(setting_id: UUID, people: Collection[UUID]) -> Rows:
    rows = of(setting_id, AddressCheck).where(AddressCheck.person_id.in_(people))
    return [
        {
            "email": one.email,
            "asked_at": one.made_at,
            "confirmed_at": one.confirmed_at,
            "refused_at": one.disowned_at,
        }
        for one in db.session.scalars(rows.order_by(AddressCheck.made_at))
    ]


def _accounts(setting_id: UUID, person_id: UUID) -> Rows:
    rows = (
        of(setting_id, Monitor)
        .join(Account, Account.id == Monitor.account_id)
        .where(Monitor.person_id == person_id)
        .order_by(Monitor.since)
        .add_columns(Account)
    )
    return [
        {"account": account.words, "since": one.since, "until": one.until}
        for one, account in db.session.execute(rows)
    ]


def _looks(setting_id: UUID, person_id: UUID) -> Rows:
    rows = (
        of(setting_id, Check)
        .join(Account, Account.id == Check.account_id)
        .where(Check.person_id == person_id)
        .order_by(Check.checked_on)
        .add_columns(Account)
    )
    return [
        {"account": account.words, "on": one.checked_on, "seen": one.outcome_words}
        for one, account in db.session.execute(rows)
    ]


def _leavings(setting_id: UUID, person_id: UUID) -> Rows:
    rows = of(setting_id, Leaving).where(Leaving.person_id == person_id).order_by(Leaving.made_at)
    return [
        {"last_day": one.last_day, "written_down_at": one.made_at, "over_at": one.ended_at}
        for one in db.session.scalars(rows)
    ]


def _told(told: Told | None) -> dict[str, Rows]:
    if told is None:
        return {}
    return {
        "told_to_the_safeguarding_lead": [
            {"at": at, "kind": answer.kind, "note": answer.note} for at, answer in told
        ]
    }


def _history(setting_id: UUID, people: Collection[UUID]) -> Iterator[dict[str, Any]]:
    rows = (
        of(setting_id, Event)
        .outerjoin(EventDetails, EventDetails.event_id == Event.id)
        .where(sa.or_(*(names_by_id(one) for one in people)))
        .order_by(Event.sequence)
        .add_columns(EventDetails.body)
    )
    for event, details in db.session.execute(rows):
        line = {"event": event.sequence, "at": event.at, "what": re.sub("[._]", " ", event.kind)}
        reason = (details or {}).get("reason") if event.kind in WITH_A_REASON else None
        yield line | ({"reason": reason} if reason else {})
