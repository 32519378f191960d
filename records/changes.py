"""What somebody who signs again is shown first: what changed since the version they signed."""

from collections.abc import Iterator
from uuid import UUID

from extensions import db
from models.agreements import Version, by_sentence, published_version
from models.categories import CATEGORIES
from models.signings import signed_before
from records.comparison import Comparison, Side, compare
from records.facts import Changes

# A tablet may be days behind: this many of a person's older signings are looked at.
LOOKED_AT = 5


def changes_for(
    setting_id: UUID, person_id: UUID, version: Version, category: str
) -> Iterator[Comparison]:
    """Compare a version with the older ones that a person signed, the newest signing first."""
    rows = db.session.execute(signed_before(setting_id, person_id, version).limit(LOOKED_AT))
    for older, signed_as in rows.all():
        yield compare(side_of(older, signed_as), side_of(version, category))


def changes_shown(
    setting_id: UUID,
    person_id: UUID | None,
    version_id: UUID,
    category: str,
    claimed: str | None,
) -> Changes | None:
    """What a tablet says that it showed, if we come to the same hash; otherwise nothing."""
    if person_id is None or claimed is None:
        return None
    version = published_version(setting_id, version_id)
    if version is None:
        return None
    for found in changes_for(setting_id, person_id, version, category):
        if found.sha256 == claimed:
            return Changes(found.before.number, found.sha256, found.as_json)
    return None


def side_of(version: Version, category: str) -> Side:
    """A version as one category signs it."""
    sentence = version.sentences.get(category)
    return _side(version, [sentence] if sentence else [])


def whole_side_of(version: Version) -> Side:
    """A version with every sign-off wording, each said with those who sign under it."""
    return _side(
        version,
        [
            f"{sentence} (For: {', '.join(CATEGORIES[one] for one in who)})"
            for sentence, who in by_sentence(version.sentences).items()
        ],
    )


def _side(version: Version, wordings: list[str]) -> Side:
    return Side(version.number, version.title, version.text, version.signoff_title, tuple(wordings))
