"""What came in becomes a draft: of a new agreement, or of the next version of one."""

from dataclasses import replace
from uuid import UUID

from agreements.drafting import begin_draft, edition_of, edition_of_version, save_draft
from agreements.incoming.confirming import confirmed
from agreements.incoming.report import Incoming
from agreements.incoming.writing_down import Guess
from agreements.publishing import Edition
from models.agreements import Version, current_versions
from models.categories import CATEGORIES
from models.drafts import Draft

USUAL_WORDING = (
    "I have read this, or it was read to me. I could ask questions. I agree to follow it."
)
USUAL_NAME_LABEL = "Name:"


def called(setting_id: UUID, title: str) -> Version | None:
    """The agreement in use that has this title, by its newest version."""
    versions = current_versions(setting_id)
    return next((one for one in versions if one.title.casefold() == title.casefold()), None)


def edition_from(
    incoming: Incoming, title: str, before: Version | None, wording: str | None = None
) -> Edition:
    """The edition that a text would be.

    A next version keeps what it is signed under; a new agreement takes the file's own closing
    lines, or the usual words. `wording` is said by whoever brings the text in, and wins.
    """
    if before is not None:
        kept = replace(edition_of_version(before), title=title, text=incoming.text)
        return replace(kept, wordings=dict.fromkeys(kept.wordings, wording)) if wording else kept
    closing = incoming.sign_off
    return Edition(
        title=title,
        text=incoming.text,
        summary="",
        signoff_title=closing.title or None,
        name_label=closing.name_label or USUAL_NAME_LABEL,
        wordings=dict.fromkeys(CATEGORIES, wording or closing.wording or USUAL_WORDING),
    )


def draft_from(
    setting_id: UUID,
    incoming: Incoming,
    edition: Edition,
    by_id: UUID | None,
    before: Version | None,
) -> Draft:
    """Begin a draft with its report beside it."""
    agreement_id = before.agreement_id if before else None
    report = incoming.to_dict()
    return begin_draft(setting_id, edition, by_id, agreement_id=agreement_id, source=report)


def open_guesses(draft: Draft, incoming: Incoming) -> list[Guess]:
    """The guessed headings that still stand in a draft as they were guessed."""
    lines = dict(enumerate(draft.text.split("\n")))
    return [guess for guess in incoming.guessed if lines.get(guess.line) == guess.heading]


def confirm_headings(
    draft: Draft, incoming: Incoming, headings: list[Guess], by_id: UUID | None, began_from: int
) -> None:
    """Keep the guesses a manager ticked, and make paragraphs of the others."""
    edition = edition_of(draft)
    text = confirmed(edition.text, open_guesses(draft, incoming), headings)
    save_draft(draft, replace(edition, text=text), by_id, began_from=began_from)
