"""The manager's door: who needs chasing, people, records, agreements, tablets, settings."""

from blueprints.manager import (  # noqa: F401  (they add their views)
    accounts,
    accounts_watch,
    agreement_rule,
    agreements,
    archive,
    changes,
    contacts,
    declarations,
    drafts,
    exports,
    feeds,
    handover,
    health,
    holidays,
    home,
    incoming,
    invitations,
    pauses,
    people,
    person,
    publishing,
    records,
    reminders,
    renewal_rule,
    seen,
    settings,
    slips,
    switching,
    tablets,
    team,
    voiding,
)
from blueprints.manager.blueprint import manager

__all__ = ["manager"]
