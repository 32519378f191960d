"""Who signs or puts it off: somebody on file, or a newcomer who is matched by name or added."""

from uuid import UUID

import clock
from extensions import db
from models.leavings import anybody
from models.merges import kept_id
from models.people import Known, Person, add_person, known_person, same_person
from records.errors import NeverHad
from records.gathering import Signer
from records.page import missing_glyphs
from records.submission import Newcomer
from renewals.dues import ask_first_time


def signer_of(setting_id: UUID, person_id: UUID | None, newcomer: Newcomer | None) -> Signer:
    """The particulars that will be sealed; NeverHad for somebody this setting does not know."""
    if newcomer is not None:
        return Signer(
            full_name=newcomer.full_name,
            category=newcomer.category,
            organisation=newcomer.organisation,
            under_18=newcomer.under_18,
            name_prints_boxes=bool(missing_glyphs(newcomer.full_name)),
        )
    # A tablet may have been offline for long. Whoever left meanwhile is still somebody, and an
    # entry that was joined to another still answers.
    known = person_id and _known(setting_id, kept_id(setting_id, person_id))
    if not known:
        raise NeverHad
    return Signer(
        full_name=known.person.full_name,
        category=known.category,
        organisation=known.organisation,
        under_18=known.person.under_18,
    )


def _known(setting_id: UUID, person_id: UUID) -> Known | None:
    return known_person(setting_id, person_id) or anybody(setting_id, person_id)


def person_of(
    setting_id: UUID,
    time_zone: str,
    person_id: UUID | None,
    newcomer: Newcomer | None,
    signer: Signer,
    signs: UUID | None = None,
) -> tuple[Person, str]:
    """The person on file and how they were found: chosen, matched by name, or new.

    signs: the agreement that they are signing now. Inside writing(), because another tablet may
    have brought the same newcomer a moment ago.
    """
    if person_id is not None:
        return db.session.get_one(Person, kept_id(setting_id, person_id)), "chosen"
    if newcomer is None:
        raise NeverHad
    match = same_person(setting_id, newcomer.full_name, newcomer.category, newcomer.organisation)
    if match is not None:
        return match, "matched by name"
    today = clock.today(time_zone)
    person = add_person(
        setting_id,
        full_name=newcomer.full_name,
        category=newcomer.category,
        organisation=newcomer.organisation,
        since=today,
        email=newcomer.email,
        under_18=newcomer.under_18,
        name_prints_boxes=signer.name_prints_boxes,
    )
    ask_first_time(setting_id, person.id, newcomer.category, today, but=signs)
    return person, "new"
