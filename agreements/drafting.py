"""Drafts are begun, saved and dropped; a save from an older revision is refused."""

from dataclasses import asdict
from typing import Any
from uuid import UUID

import clock
from agreements.progress import progress_of
from agreements.publishing import Edition
from extensions import db
from models.agreements import Version
from models.drafts import Draft, draft_for
from models.events import wait_for_turn
from models.writing import writing


class BeingPublished(Exception):
    """This draft is being published just now, so it stays as it is."""


class SavedMeanwhile(Exception):
    """Somebody else saved this draft meanwhile. Both texts are shown; nothing was overwritten."""

    def __init__(self, now: Edition, revision: int) -> None:
        super().__init__()
        self.now = now
        self.revision = revision


def begin_draft(
    setting_id: UUID,
    edition: Edition,
    by_id: UUID | None,
    *,
    agreement_id: UUID | None = None,
    source: dict[str, Any] | None = None,
) -> Draft:
    """Begin the next version of an agreement, or a new agreement; gives the draft there is.

    source: what an import said of the text (agreements/incoming), shown on the review page.
    """
    with writing():
        wait_for_turn(setting_id)
        if agreement_id and (there := draft_for(setting_id, agreement_id)):
            return there
        draft = Draft(
            setting_id=setting_id,
            agreement_id=agreement_id,
            edited_at=clock.now(),
            edited_by_id=by_id,
            source=source,
            **asdict(edition),
        )
        db.session.add(draft)
    return draft


def save_draft(draft: Draft, edition: Edition, by_id: UUID | None, *, began_from: int) -> None:
    """Keep what a manager wrote, who began from revision `began_from`.

    Raises SavedMeanwhile or BeingPublished.
    """
    with writing():
        wait_for_turn(draft.setting_id)
        _must_rest(draft)
        if draft.revision != began_from:
            raise SavedMeanwhile(edition_of(draft), draft.revision)
        for field, value in asdict(edition).items():
            setattr(draft, field, value)
        draft.revision += 1
        draft.edited_at, draft.edited_by_id = clock.now(), by_id


def drop_draft(draft: Draft) -> None:
    """Throw a draft away; what was published stays. Raises BeingPublished."""
    with writing():
        wait_for_turn(draft.setting_id)
        _must_rest(draft)
        db.session.delete(draft)


def edition_of(draft: Draft) -> Edition:
    """What a draft would publish."""
    return _edition(draft, dict(draft.wordings))


def edition_of_version(version: Version) -> Edition:
    """What a published version holds, to begin the next one from."""
    return _edition(version, version.sentences)


def _edition(held: Draft | Version, wordings: dict[str, str]) -> Edition:
    return Edition(
        title=held.title,
        text=held.text,
        summary=held.summary,
        signoff_title=held.signoff_title,
        name_label=held.name_label,
        wordings=wordings,
    )


def _must_rest(draft: Draft) -> None:
    progress = progress_of(draft)
    if progress is not None and progress.underway:
        raise BeingPublished
