"""The keys of a setting: made when it is opened, renewed when they are old, and put to use.

A key that is renewed stays: old letters and declarations have to be opened, old seals checked.
"""

import hashlib
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

import structlog
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec

import clock
from extensions import db
from models.events import happened, wait_for_turn
from models.keys import Key, certificates, current_key, keep_key, keys_for, new_secret
from models.settings import Setting, all_settings
from models.writing import writing
from records.cms import CmsSigner
from records.errors import SealDoesNotFit
from records.seal import KeyPair, in_force, issuer_of, load_signer, new_authority, new_seal

log = structlog.get_logger()

OF_A_SETTING = ("seal", "inbox", "declarations", "hmac")
# Not hmac: by it a signing that is sent again is recognised, and the links of letters are made.
RENEWABLE = ("seal", "ca", "inbox", "declarations")
# A certificate begins a little earlier than it is made: a signing may be under way meanwhile, and
# a new machine's clock is often put back a little.
BEGINS_BEFORE = timedelta(hours=1)


def make_keys(setting: Setting) -> None:
    """Make the keys of a new setting inside writing(), and the authority with the first."""
    for purpose in OF_A_SETTING:
        _make(purpose, setting)


def renew(purpose: str, setting: Setting) -> Key:
    """Make a setting's new key for a purpose and retire the one in use, inside writing()."""
    wait_for_turn(setting.id)
    retired = current_key(purpose, setting.id)
    key = _make(purpose, setting)
    retired.retired_at = clock.now()
    ids = {"purpose": purpose, "key": str(key.id), "retired": str(retired.id)}
    if key.certificate is not None:
        authority = issuer_of(key.certificate, certificates("ca"))
        ids["certificate_sha256"] = hashlib.sha256(key.certificate).hexdigest()
        ids["authority_sha256"] = hashlib.sha256(authority).hexdigest()
    happened(setting.id, "key.renewed", ids)
    return key


def renew_authority() -> Iterator[UUID]:
    """Renew the installation's authority and then every setting's seal; gives each that is done.

    Killed half-way and run again, it goes on where it was: a seal that still hangs on the old
    authority is as good as before until its turn comes.
    """
    if not settings_behind():
        with writing():
            _new_authority(clock.now())
    for setting_id in settings_behind():
        with writing():
            renew("seal", db.session.get_one(Setting, setting_id))
        yield setting_id


def settings_behind() -> list[UUID]:
    """The settings whose seal hangs on an authority that has been renewed since."""
    newest, every = certificate_of(current_key("ca")), certificates("ca")
    seals = {setting.id: current_key("seal", setting.id) for setting in all_settings()}
    return [who for who, key in seals.items() if issuer_of(certificate_of(key), every) != newest]


def seal_for(setting_id: UUID, key: Key, now: datetime) -> Key:
    """The key to seal with at a moment, given the setting's seal in use.

    Nobody is turned away because a certificate ran out: it is renewed here and now, in a writing()
    of its own, and the history and the desk say so. That also mends what a clock that was years
    ahead has left behind.
    """
    if in_force(certificate_of(key), now):
        return key
    with writing():
        wait_for_turn(setting_id)
        key = current_key("seal", setting_id)
        # Somebody else may have renewed it a moment ago.
        if not in_force(certificate_of(key), now):
            key = renew("seal", db.session.get_one(Setting, setting_id))
            log.warning("seal.renewed", setting=str(setting_id), cause="it was not in force")
        return key


def open_seal(key: Key) -> CmsSigner:
    """A seal ready for use, with the authority that it was made under."""
    return _opened(KeyPair(key.private(), certificate_of(key)))


@lru_cache(maxsize=256)
def _opened(pair: KeyPair) -> CmsSigner:
    return load_signer(pair, issuer_of(pair.certificate_der, certificates("ca")))


def certificate_of(key: Key) -> bytes:
    """A seal's or an authority's certificate (DER); the other keys have none."""
    if key.certificate is None:
        raise SealDoesNotFit
    return key.certificate


def _make(purpose: str, setting: Setting) -> Key:
    if purpose == "seal":
        now = clock.now()
        seal = new_seal(_authority(now), setting.name, now - BEGINS_BEFORE)
        return keep_key(
            purpose, seal.private_der, setting_id=setting.id, certificate=seal.certificate_der
        )
    if purpose == "inbox":
        private, public = _new_inbox()
        return keep_key(purpose, private, setting_id=setting.id, public=public)
    return keep_key(purpose, new_secret(), setting_id=setting.id)


def _new_inbox() -> tuple[bytes, bytes]:
    """A key that tablets seal signings to: PKCS#8 (DER), and the bare point for the bundle."""
    inbox = ec.generate_private_key(ec.SECP256R1())
    private = inbox.private_bytes(
        serialization.Encoding.DER,
        serialization.PrivateFormat.PKCS8,
        serialization.NoEncryption(),
    )
    public = inbox.public_key().public_bytes(
        serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
    )
    return private, public


def _authority(now: datetime) -> KeyPair:
    """The installation's authority; made with its first setting, and when it is not in force."""
    in_use = keys_for("ca").where(Key.retired_at.is_(None))
    # Whoever comes second waits here, and then finds the authority that the first one made.
    db.session.scalars(in_use.with_for_update()).all()
    key = db.session.scalars(in_use).first()
    if key is None or not in_force(certificate_of(key), now):
        key = _new_authority(now)
    return KeyPair(key.private(), certificate_of(key))


def _new_authority(now: datetime) -> Key:
    for key in db.session.scalars(keys_for("ca").where(Key.retired_at.is_(None))):
        key.retired_at = now
    pair = new_authority("Fingerpost", now - BEGINS_BEFORE)
    return keep_key("ca", pair.private_der, certificate=pair.certificate_der)
