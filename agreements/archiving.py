"""Archiving an agreement, so that nobody is asked for it any more, and taking it back."""

from uuid import UUID

import clock
from extensions import db
from models.agreements import Agreement
from models.events import happened, wait_for_turn
from models.settings import Setting
from models.writing import writing
from renewals.asking import ask_again


def archive(agreement: Agreement, manager_id: UUID) -> None:
    """Ask nobody for it any more; versions, records and due days stay. Twice is once."""
    with writing():
        wait_for_turn(agreement.setting_id)
        if agreement.archived_at is None:
            agreement.archived_at, agreement.archived_by_id = clock.now(), manager_id
            _happened(agreement, "archived", manager_id)


def take_back(agreement: Agreement, manager_id: UUID) -> None:
    """Ask for it again, by the days there were; whose day passed meanwhile has a week."""
    with writing():
        wait_for_turn(agreement.setting_id)
        if agreement.archived_at is None:
            return
        zone = db.session.get_one(Setting, agreement.setting_id).time_zone
        archived_on = clock.local_day(agreement.archived_at, zone)
        agreement.archived_at = agreement.archived_by_id = None
        db.session.flush()
        ask_again(agreement.setting_id, agreement.id, archived_on, clock.today(zone))
        _happened(agreement, "taken_back", manager_id)


def _happened(agreement: Agreement, what: str, manager_id: UUID) -> None:
    ids = {"agreement": str(agreement.id), "manager": str(manager_id)}
    happened(agreement.setting_id, f"agreement.{what}", ids)
