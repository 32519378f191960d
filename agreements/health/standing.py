"""Which hints are open and which were set aside; setting one aside, and taking that back."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

import clock
from agreements.health.hint import Hint
from agreements.health.looking import hints
from agreements.publishing import Edition
from extensions import db
from models.agreements import Version
from models.events import happened, wait_for_turn
from models.hints import Dismissal, dismissals_of
from models.writing import writing


@dataclass(frozen=True)
class Health:
    """The hints about a text: those that are open, and those that somebody set aside."""

    open: list[Hint]
    set_aside: list[tuple[Hint, Dismissal]]

    def open_hint(self, key: str) -> Hint | None:
        """The open hint of a key."""
        return next((hint for hint in self.open if hint.key == key), None)


def health_of(setting_id: UUID, of: Version | Edition, agreement_id: UUID | None) -> Health:
    """How a text stands; `agreement_id` is None for the draft of a new agreement."""
    dismissals = dismissals_of(setting_id, agreement_id) if agreement_id else []
    health = Health([], [])
    for hint in hints(setting_id, of):
        found = next((row for row in dismissals if _still_counts(row, hint)), None)
        if found is None:
            health.open.append(hint)
        else:
            health.set_aside.append((hint, found))
    return health


def open_counts(versions: Iterable[Version]) -> dict[UUID, int]:
    """How many hints are open for each of these versions."""
    return {
        version.id: len(health_of(version.setting_id, version, version.agreement_id).open)
        for version in versions
    }


def dismiss(version: Version, hint: Hint, reason: str, manager_id: UUID) -> None:
    """Set a hint about a version's agreement aside, and keep why."""
    with writing():
        dismissal = Dismissal(
            setting_id=version.setting_id,
            agreement_id=version.agreement_id,
            key=hint.key,
            words_sha256=hint.words_sha256,
            checked_on=hint.checked_on,
            reason=reason,
            by_id=manager_id,
        )
        db.session.add(dismissal)
        db.session.flush()
        _tell("hint.dismissed", dismissal, manager_id, {"reason": reason})


def take_back(dismissal: Dismissal, manager_id: UUID) -> None:
    """Show the hint again. Taking back what is taken back changes nothing."""
    with writing():
        wait_for_turn(dismissal.setting_id)
        if dismissal.taken_back_at is None:
            dismissal.taken_back_at, dismissal.taken_back_by_id = clock.now(), manager_id
            _tell("hint.taken_back", dismissal, manager_id, {})


def _still_counts(dismissal: Dismissal, hint: Hint) -> bool:
    """Whether the hint still says what it said when somebody set it aside."""
    if (dismissal.key, dismissal.words_sha256) != (hint.key, hint.words_sha256):
        return False
    if hint.checked_on is None:
        return True
    return dismissal.checked_on is not None and dismissal.checked_on >= hint.checked_on


def _tell(kind: str, row: Dismissal, manager_id: UUID, details: dict[str, str]) -> None:
    ids = {"agreement": str(row.agreement_id), "manager": str(manager_id)}
    happened(row.setting_id, kind, ids, {"hint": row.key} | details)
