"""The manager's door: who needs chasing, people, records, agreements, tablets, settings."""

from blueprints.manager import (  # noqa: F401  (they add their views)
    agreement_rule,
    agreements,
    archive,
    contacts,
    declarations,
    drafts,
    feeds,
    holidays,
    home,
    pauses,
    people,
    person,
    publishing,
    records,
    reminders,
    renewal_rule,
    settings,
    slips,
    tablets,
)
from blueprints.manager.blueprint import manager

__all__ = ["manager"]
