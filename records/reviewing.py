"""review(): the safeguarding lead notes what came of a declaration, for safeguarding leads only."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from extensions import db
from models.base import new_id
from models.events import happened
from models.managers import names_of
from models.reviews import DeclarationReview, reviews_of
from models.writing import writing
from records.confidential import Noted, opened_note, sealed_note


@dataclass(frozen=True)
class Reviewed:
    """One review as it is read: when it was written, by whom, and until when it holds."""

    made_at: datetime
    by: str
    noted: Noted
    review_on: date | None


def review(
    setting_id: UUID, declaration_id: UUID, by_id: UUID, noted: Noted, review_on: date | None
) -> None:
    """Add a review to a declaration of this setting. Those before it stay as they are.

    review_on: the day on which it comes up again; None when it is settled.
    """
    review_id = new_id()
    with writing():
        words, key_id = sealed_note(setting_id, noted, _about(declaration_id, review_id))
        db.session.add(
            DeclarationReview(
                id=review_id,
                setting_id=setting_id,
                declaration_id=declaration_id,
                by_id=by_id,
                review_on=review_on,
                sealed_words=words,
                key_id=key_id,
            )
        )
        happened(
            setting_id,
            "declaration.reviewed",
            {
                "declaration": str(declaration_id),
                "review": str(review_id),
                "manager": str(by_id),
            },
        )


def reviews_read(setting_id: UUID, declaration_id: UUID) -> list[Reviewed]:
    """The reviews of a declaration that has just been opened: that look is noted already."""
    found = reviews_of(setting_id, declaration_id)
    names = names_of([row.by_id for row in found])
    return [
        Reviewed(
            made_at=row.made_at,
            by=names[row.by_id],
            noted=opened_note(row.key_id, row.sealed_words, _about(declaration_id, row.id)),
            review_on=row.review_on,
        )
        for row in found
    ]


def _about(declaration_id: UUID, review_id: UUID) -> bytes:
    return b"declaration-review:" + declaration_id.bytes + review_id.bytes
