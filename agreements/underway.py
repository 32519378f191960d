"""Publishing a draft: asked for at the desk, done by the worker, all of it or nothing.

Laying the pages out takes seconds for each sign-off wording. Whoever asked may close the page and
lose the network meanwhile: the id of the version is settled when they ask, so nothing comes twice.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from agreements.adopting import Adopted, note_adoption
from agreements.drafting import SavedMeanwhile, edition_of
from agreements.pages import LaidOut, keep_pages, lay_out, pages_of
from agreements.planning import Planned, plan_next, slug_of
from agreements.progress import PUBLISH, progress_of
from agreements.publishing import (
    Archived,
    Change,
    Edition,
    PublishedMeanwhile,
    facts_of_edition,
    publish,
)
from extensions import db
from models.agreements import agreement_by_slug, agreement_of, published_version
from models.base import new_id
from models.drafts import Draft, draft_of
from models.events import wait_for_turn
from models.settings import Setting
from models.writing import writing
from outbox.errands import KEPT, NOT_NEEDED, Errand, Hopeless
from outbox.links import link
from outbox.putting import put
from records.errors import CannotLayOut, PressFailed

NOT_PRINTED = "The pages could not be printed, so nothing was published. Your draft is kept."
NOT_LAID_OUT = (
    "The pages of this text could not be laid out, so nothing was published. Your draft is kept. "
    "A very long word or a very large table may be the cause."
)


class NotReady(Exception):
    """Something is missing before this can be published; `problems` has a sentence for each."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__(" ".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Decision:
    """What a manager decided on the publish page."""

    change: Change
    adopted: Adopted | None = None

    @classmethod
    def read(cls, told: dict[str, Any]) -> "Decision":
        """From what a draft keeps of it."""
        change = told["change"] | {
            "effective_on": date.fromisoformat(told["change"]["effective_on"]),
            "by_id": UUID(told["change"]["by_id"]) if told["change"]["by_id"] else None,
        }
        adopted = told["adopted"]
        return cls(Change(**change), Adopted.read(adopted) if adopted else None)

    def told(self) -> dict[str, Any]:
        """As JSON can keep it."""
        change = vars(self.change) | {
            "effective_on": self.change.effective_on.isoformat(),
            "by_id": str(self.change.by_id) if self.change.by_id else None,
        }
        return {"change": change, "adopted": self.adopted.told() if self.adopted else None}


def problems(draft: Draft) -> list[str]:
    """What keeps a draft from being published, a sentence each."""
    setting_id, agreement_id = draft.setting_id, draft.agreement_id
    named = agreement_by_slug(setting_id, slug_of(draft.title))
    taken = named is not None and named.id != agreement_id
    agreement = agreement_of(setting_id, agreement_id) if agreement_id else None
    archived = agreement is not None and agreement.archived_at is not None
    sentences = [str(sentence).strip() for sentence in draft.wordings.values()]
    found = [
        (not draft.text.strip(), "There is no text yet. Write it, or paste it in."),
        (not sentences, "Nobody signs it yet. Tick who signs, and write what they sign under."),
        (not all(sentences), "Some people sign under no sentence yet. Write what they sign under."),
        (taken, "There is an agreement with this title already. Choose another title."),
        (archived, "This agreement is archived. Take it back first."),
    ]
    return [sentence for is_so, sentence in found if is_so]


def ask_to_publish(draft: Draft, decision: Decision, *, began_from: int) -> UUID:
    """Have a draft published as it stands; gives the id that its version will have.

    Asked twice, it is published once. Raises SavedMeanwhile, NotReady or CannotSave.
    """
    with writing():
        wait_for_turn(draft.setting_id)
        progress = progress_of(draft)
        if progress is not None and progress.underway:
            return progress.version_id
        if draft.revision != began_from:
            raise SavedMeanwhile(edition_of(draft), draft.revision)
        if found := problems(draft):
            raise NotReady(found)
        version_id = new_id()
        draft.publishing = decision.told() | {
            "version": str(version_id),
            "revision": draft.revision,
        }
        put(draft.setting_id, PUBLISH, str(version_id), {"draft": str(draft.id)})
    return version_id


def stop_publishing(setting_id: UUID, draft_id: UUID) -> bool:
    """Go on writing instead; False when it is too late, because it is published."""
    with writing():
        wait_for_turn(setting_id)
        draft = draft_of(setting_id, draft_id)
        if draft is not None:
            draft.publishing = None
    return draft is not None


def publish_draft(errand: Errand) -> str:
    """Do it: lay the pages out, then publish, with due days and adoption, and end the draft."""
    draft = _wanted(errand)
    if draft is None:
        return _how_it_ended(errand)
    setting = db.session.get_one(Setting, errand.setting_id)
    edition = edition_of(draft)
    planned = plan_next(
        setting.id, edition.title, agreement_id=draft.agreement_id, version_id=UUID(errand.about)
    )
    laid_out = _laid_out(setting, edition, planned)
    with writing():
        wait_for_turn(errand.setting_id)
        draft = _wanted(errand)
        if draft is None:
            return _how_it_ended(errand)
        _publish(draft, planned, laid_out)
    return KEPT


def _laid_out(setting: Setting, edition: Edition, planned: Planned) -> list[LaidOut]:
    facts = facts_of_edition(edition, planned)
    addressed = link("verify.ask") is not None
    pages = pages_of(setting, facts, edition.wordings.values(), addressed=addressed)
    try:
        return lay_out(pages)
    except CannotLayOut as error:
        raise Hopeless(NOT_LAID_OUT) from error
    except PressFailed as error:
        raise Hopeless(NOT_PRINTED) from error


def _publish(draft: Draft, planned: Planned, laid_out: list[LaidOut]) -> None:
    decision, setting_id = Decision.read(draft.publishing or {}), draft.setting_id
    try:
        version = publish(setting_id, edition_of(draft), planned, decision.change)
    except (Archived, PublishedMeanwhile) as error:
        raise Hopeless(str(error.__doc__)) from error
    keep_pages(setting_id, laid_out)
    if decision.adopted:
        note_adoption(setting_id, version.id, decision.change.by_id, decision.adopted)
    db.session.delete(draft)


def _wanted(errand: Errand) -> Draft | None:
    """The draft, while it is still to be published as this version."""
    draft = draft_of(errand.setting_id, UUID(errand.payload["draft"]))
    told = draft.publishing if draft else None
    return draft if told and told["version"] == errand.about else None


def _how_it_ended(errand: Errand) -> str:
    """A worker may be killed after publishing and before saying so."""
    published = published_version(errand.setting_id, UUID(errand.about))
    return NOT_NEEDED if published is None else KEPT
