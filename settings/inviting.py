"""Invites somebody to the desk by a link that works once, and lets them in when they say yes."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

import clock
from extensions import db
from models.base import new_id
from models.events import happened, wait_for_turn
from models.invitations import Invitation, invitation_by_token, invitation_of
from models.keys import token_for
from models.links import Link, keep_link
from models.managers import Manager, manager_by_email
from models.settings import Setting
from models.writing import writing
from outbox.errands import NOT_NEEDED, Errand, TryLater
from outbox.links import link
from outbox.posting import post
from outbox.putting import put
from renewals.letters import NO_LINK
from settings.opening import new_manager
from settings.passwords import hashed
from settings.team import HeldAlready, add_role, roles_of


class SignInFirst(Exception):
    """Somebody signs in with this address already. Please sign in first."""


@dataclass(frozen=True)
class Newcomer:
    """What somebody who has no sign-in yet chooses."""

    name: str
    password: str


def invite(
    setting_id: UUID, email: str, roles: list[str], until: date | None, by_id: UUID | None
) -> tuple[UUID, str]:
    """Make an invitation; gives its id and the token of its link. Raises HeldAlready.

    Opens its own writing().
    """
    with writing():
        wait_for_turn(setting_id)
        invitation = add_invitation(setting_id, email, roles, until, by_id)
    return invitation.id, token_of(setting_id, invitation.id)


def add_invitation(
    setting_id: UUID, email: str, roles: list[str], until: date | None, by_id: UUID | None
) -> Invitation:
    """Make an invitation inside writing(); raises HeldAlready."""
    _refuse_held(setting_id, email, roles)
    invitation_id = new_id()
    kept = keep_link("invitation", token_of(setting_id, invitation_id))
    invitation = Invitation(
        id=invitation_id,
        setting_id=setting_id,
        link_id=kept.id,
        email=email.strip().lower(),
        roles=roles,
        until=until,
        made_by_id=by_id,
    )
    db.session.add(invitation)
    db.session.flush()
    _tell("invitation.made", invitation, by_id)
    return invitation


def withdraw(setting_id: UUID, invitation_id: UUID, by_id: UUID) -> None:
    """Let an invitation open nothing any more; nothing happens when it was accepted meanwhile."""
    with writing():
        wait_for_turn(setting_id)
        invitation = invitation_of(setting_id, invitation_id)
        if invitation and invitation.withdrawn_at is None and invitation.accepted_at is None:
            invitation.withdrawn_at = clock.now()
            _tell("invitation.withdrawn", invitation, by_id)


def accept(token: str, manager_id: UUID) -> UUID:
    """Somebody who signs in already says yes; gives the setting. Raises LinkNotUsable."""
    with writing():
        invitation = _taken_up(token)
        _let_in(invitation, manager_id)
        return invitation.setting_id


def accept_as_newcomer(token: str, newcomer: Newcomer) -> Manager:
    """Make a sign-in for whoever was invited, and let them in.

    Raises LinkNotUsable, or SignInFirst where the address has a sign-in by now.
    """
    password = hashed(newcomer.password)
    with writing():
        invitation = _taken_up(token)
        if manager_by_email(invitation.email) is not None:
            raise SignInFirst
        manager = new_manager(invitation.email, password, newcomer.name)
        _let_in(invitation, manager.id)
    return manager


def offer_letter(setting_id: UUID, invitation_id: UUID) -> None:
    """Have the invitation sent to its address by the outbox, once."""
    with writing():
        put(setting_id, "invitation", str(invitation_id))


def invitation_letter(errand: Errand) -> str:
    """Send an invitation, unless it was accepted, withdrawn or is too old by now."""
    invitation = invitation_of(errand.setting_id, UUID(errand.about))
    if invitation is None or invitation.withdrawn_at or invitation.accepted_at:
        return NOT_NEEDED
    expires_at = db.session.get_one(Link, invitation.link_id).expires_at
    if expires_at <= clock.now():
        return NOT_NEEDED
    address = link("setup.invitation", token=token_of(errand.setting_id, invitation.id))
    if address is None:
        raise TryLater(NO_LINK)
    zone = db.session.get_one(Setting, errand.setting_id).time_zone
    values = {"address": address, "last_day": clock.local_day(expires_at, zone)}
    return post(errand, invitation.email, "invitation", values)


def token_of(setting_id: UUID, invitation_id: UUID) -> str:
    """The token of an invitation's link."""
    return token_for(setting_id, b"fingerpost-invitation:" + invitation_id.bytes)


def _refuse_held(setting_id: UUID, email: str, roles: list[str]) -> None:
    known = manager_by_email(email)
    today = clock.today(db.session.get_one(Setting, setting_id).time_zone)
    if known is not None and set(roles) <= roles_of(setting_id, known.id, today):
        raise HeldAlready


def _taken_up(token: str) -> Invitation:
    """The invitation of a link, which is used up with it."""
    invitation = invitation_by_token(token)
    wait_for_turn(invitation.setting_id)
    db.session.get_one(Link, invitation.link_id).used_at = clock.now()
    return invitation


def _let_in(invitation: Invitation, manager_id: UUID) -> None:
    invitation.accepted_at, invitation.accepted_by_id = clock.now(), manager_id
    _tell("invitation.accepted", invitation, manager_id)
    setting_id = invitation.setting_id
    today = clock.today(db.session.get_one(Setting, setting_id).time_zone)
    for role in set(invitation.roles) - roles_of(setting_id, manager_id, today):
        add_role(setting_id, manager_id, role, invitation.until, invitation.made_by_id)


def _tell(kind: str, invitation: Invitation, by_id: UUID | None) -> None:
    ids = {"invitation": str(invitation.id), "roles": ",".join(invitation.roles)}
    if by_id is not None:
        ids["manager"] = str(by_id)
    happened(invitation.setting_id, kind, ids, {"email": invitation.email})
