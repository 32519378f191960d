"""The manager's door: who needs chasing, people, records, agreements, tablets, settings."""

from blueprints.manager import (  # noqa: F401  (they add their views)
    accounts,
    accounts_watch,
    agreement_rule,
    agreements,
    archive,
    changes,
    contacts,
    copying,
    declarations,
    drafts,
    erasure,
    exports,
    feeds,
    health,
    holds,
    holidays,
    home,
    incoming,
    leaving,
    pauses,
    people,
    person,
    privacy,
    publishing,
    records,
    reminders,
    renewal_rule,
    retention,
    settings,
    slips,
    tablets,
    voiding,
)
from blueprints.manager.blueprint import manager

__all__ = ["manager"]
