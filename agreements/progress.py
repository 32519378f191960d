"""How far a draft is on its way to being published."""

from dataclasses import dataclass
from uuid import UUID

from extensions import db
from models.drafts import Draft
from models.outbox import OutboxItem
from models.settings import of
from outbox.errands import KEPT

# The kind of the outbox's item; it is about the version that is to be.
PUBLISH = "publish"


@dataclass(frozen=True)
class Progress:
    """A draft that is being published as `version_id`, or could not be.

    fault: why not, as a sentence; None while all is well. begun: somebody has taken it up.
    """

    version_id: UUID
    underway: bool
    begun: bool
    fault: str | None


def progress_of(draft: Draft) -> Progress | None:
    """None for a draft that nobody has published since it was last saved."""
    told = draft.publishing
    if told is None or told["revision"] != draft.revision:
        return None
    item = db.session.scalars(
        of(draft.setting_id, OutboxItem).where(
            OutboxItem.kind == PUBLISH, OutboxItem.about == told["version"]
        )
    ).one()
    return Progress(
        UUID(told["version"]),
        underway=item.done_at is None,
        begun=item.attempts > 0,
        fault=item.last_fault,
    )


def version_of_draft(setting_id: UUID, draft_id: UUID) -> UUID | None:
    """What a draft that is gone was published as: whoever pressed twice, or opens it late, asks."""
    items = of(setting_id, OutboxItem).where(OutboxItem.kind == PUBLISH, OutboxItem.outcome == KEPT)
    for item in db.session.scalars(items):
        if item.payload["draft"] == str(draft_id):
            return UUID(item.about)
    return None


def draft_underway(setting_id: UUID, version_id: UUID) -> Draft | None:
    """The draft that is being published as a version, or could not be."""
    item = db.session.scalar(
        of(setting_id, OutboxItem).where(
            OutboxItem.kind == PUBLISH, OutboxItem.about == str(version_id)
        )
    )
    if item is None:
        return None
    draft = db.session.scalar(of(setting_id, Draft).where(Draft.id == UUID(item.payload["draft"])))
    told = draft.publishing if draft else None
    return draft if told and told["version"] == str(version_id) else None
