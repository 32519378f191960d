"""Whose address is it? The first letter only asks; copies go to those who said yes."""

from uuid import UUID

import sqlalchemy as sa
from flask import current_app

import clock
from extensions import db, mailer
from models.addresses import AddressCheck, check_by_hash, check_of
from models.base import new_id, token_hash
from models.dues import Due
from models.events import happened, wait_for_turn
from models.keys import token_for
from models.people import Person
from models.writing import writing
from outbox.putting import put


class NotALetterLink(Exception):
    """This link is not one of ours. Please open it again from the letter."""


def letters_can_be_answered() -> bool:
    """Whether letters leave and their links can be opened by whoever gets them."""
    return bool(mailer.sends and current_app.config["FINGERPOST"].public)


def letters_of_signing(setting_id: UUID, person: Person, signing_id: UUID) -> None:
    """Queue what a signing sends to its signer, inside the signing's own transaction.

    To an address never written to: the question whose it is. To a confirmed one: the copy.
    """
    if person.email is None or not letters_can_be_answered():
        return
    check = check_of(setting_id, person.id, person.email)
    if check is None:
        check = new_check(setting_id, person)
        put(setting_id, "confirm", str(check.id))
    elif check.confirmed:
        put(setting_id, "copy", str(signing_id))


def new_check(setting_id: UUID, person: Person) -> AddressCheck:
    """Open the question for a person's address, inside writing()."""
    check_id = new_id()
    check = AddressCheck(
        id=check_id,
        setting_id=setting_id,
        person_id=person.id,
        email=person.email,
        token_hash=token_hash(token_of(setting_id, check_id)),
    )
    db.session.add(check)
    db.session.flush()
    return check


def asked_check(setting_id: UUID, person_id: UUID) -> AddressCheck | None:
    """The check of a person's present address, opened now if there was none; None without one.

    Opens its own writing().
    """
    with writing():
        wait_for_turn(setting_id)
        person = db.session.get_one(Person, person_id)
        if person.email is None:
            return None
        return check_of(setting_id, person_id, person.email) or new_check(setting_id, person)


def token_of(setting_id: UUID, check_id: UUID) -> str:
    """The token of a check's links."""
    return token_for(setting_id, b"fingerpost-letter:" + check_id.bytes)


def check_of_token(token: str) -> AddressCheck:
    """The check that a letter's link belongs to, or NotALetterLink."""
    check = check_by_hash(token_hash(token))
    if check is None:
        raise NotALetterLink
    return check


def confirm(token: str) -> bool:
    """Somebody at the address said that it is theirs; queues the copies that count today.

    False, and nothing changes, when somebody there said before that it is not.
    """
    with writing():
        check = check_of_token(token)
        wait_for_turn(check.setting_id)
        db.session.refresh(check)
        if check.disowned_at is not None:
            return False
        if check.confirmed_at is None:
            check.confirmed_at = clock.now()
            happened(check.setting_id, "address.confirmed", _ids(check))
            for signing_id in _counting_signings(check):
                put(check.setting_id, "copy", str(signing_id))
    return True


def disown(token: str) -> None:
    """Somebody at the address said "that wasn't me": nothing more is sent there."""
    with writing():
        check = check_of_token(token)
        wait_for_turn(check.setting_id)
        db.session.refresh(check)
        if check.disowned_at is None:
            check.disowned_at = clock.now()
            happened(check.setting_id, "address.disowned", _ids(check))


def _counting_signings(check: AddressCheck) -> list[UUID]:
    """The newest signing of each agreement: older records are at the desk."""
    rows = db.session.scalars(
        sa.select(Due.signing_id).where(
            Due.setting_id == check.setting_id,
            Due.person_id == check.person_id,
            Due.signing_id.is_not(None),
        )
    )
    return [signing_id for signing_id in rows if signing_id]


def _ids(check: AddressCheck) -> dict[str, str]:
    return {"person": str(check.person_id), "check": str(check.id)}
