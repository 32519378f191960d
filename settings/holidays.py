"""The days on which a setting is closed: adding and removing them, each with its event."""

from datetime import date
from uuid import UUID

from extensions import db
from models.events import happened
from models.holidays import Holiday, holiday_of
from models.writing import writing


def add_holiday(
    setting_id: UUID, manager_id: UUID, name: str, first_day: date, last_day: date
) -> Holiday:
    """Add a holiday, both days included. Raises CannotSave."""
    holiday = Holiday(setting_id=setting_id, name=name, first_day=first_day, last_day=last_day)
    with writing():
        db.session.add(holiday)
        db.session.flush()
        _tell("holiday.added", holiday, manager_id)
    return holiday


def remove_holiday(setting_id: UUID, manager_id: UUID, holiday_id: UUID) -> bool:
    """Take a holiday away; False when there is none, so that a second tap does no harm."""
    with writing():
        holiday = holiday_of(setting_id, holiday_id)
        if holiday is None:
            return False
        _tell("holiday.removed", holiday, manager_id)
        db.session.delete(holiday)
    return True


def _tell(kind: str, holiday: Holiday, manager_id: UUID) -> None:
    happened(
        holiday.setting_id,
        kind,
        {"holiday": str(holiday.id), "manager": str(manager_id)},
        {
            "name": holiday.name,
            "first_day": holiday.first_day.isoformat(),
            "last_day": holiday.last_day.isoformat(),
        },
    )
