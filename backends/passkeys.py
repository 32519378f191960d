"""Passkeys as py_webauthn checks them. It weighs 6 MB, so it is imported when one is used."""

import base64
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from webauthn.helpers.structs import AuthenticationCredential

TIMEOUT_MS = 300_000
LONGEST_ANSWER = 20_000


class PasskeyNotRight(Exception):
    """That passkey did not fit. Nothing was changed; please try again."""


@dataclass(frozen=True)
class Party:
    """Who asks for a passkey: the host that it is tied to, and the origin that its page had."""

    host: str
    origin: str


@dataclass(frozen=True)
class NewPasskey:
    """What a device made: where to find it again, its public key (COSE), and its count."""

    credential_id: bytes
    public_key: bytes
    sign_count: int


@dataclass(frozen=True)
class Answer:
    """What a device sent back, read but not checked yet."""

    credential_id: bytes
    user_handle: bytes | None
    whole: "AuthenticationCredential"

    @classmethod
    def read(cls, answer: str) -> "Answer":
        """Take the JSON of an answer apart, or raise PasskeyNotRight."""
        from webauthn.helpers import parse_authentication_credential_json

        with _refusing():
            whole = parse_authentication_credential_json(_within_limits(answer))
        return cls(whole.raw_id, whole.response.user_handle, whole)


def options_to_make(
    challenge: bytes, party: Party, handle: bytes, email: str, known: list[bytes]
) -> dict[str, Any]:
    """What the browser is asked so that it makes a passkey: one that names its owner by itself."""
    from webauthn import generate_registration_options
    from webauthn.helpers import options_to_json_dict
    from webauthn.helpers.structs import (
        AuthenticatorSelectionCriteria,
        PublicKeyCredentialDescriptor,
        ResidentKeyRequirement,
        UserVerificationRequirement,
    )

    options = generate_registration_options(
        rp_id=party.host,
        rp_name="Fingerpost",
        user_id=handle,
        user_name=email,
        challenge=challenge,
        timeout=TIMEOUT_MS,
        authenticator_selection=AuthenticatorSelectionCriteria(
            resident_key=ResidentKeyRequirement.REQUIRED,
            user_verification=UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=[PublicKeyCredentialDescriptor(id=one) for one in known],
    )
    return options_to_json_dict(options)


def options_to_use(challenge: bytes, party: Party) -> dict[str, Any]:
    """What the browser is asked so that it uses a passkey; the device knows which there are."""
    return {
        "challenge": base64.urlsafe_b64encode(challenge).decode().rstrip("="),
        "rpId": party.host,
        "timeout": TIMEOUT_MS,
        "userVerification": "required",
    }


def checked_passkey(answer: str, challenge: bytes, party: Party) -> NewPasskey:
    """The passkey that a device made for us, or PasskeyNotRight."""
    from webauthn import verify_registration_response

    with _refusing():
        made = verify_registration_response(
            credential=_within_limits(answer),
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            require_user_verification=True,
        )
    return NewPasskey(made.credential_id, made.credential_public_key, made.sign_count)


def checked_answer(
    answer: Answer, challenge: bytes, party: Party, public_key: bytes, sign_count: int
) -> int:
    """The device's new count when its answer is right; otherwise PasskeyNotRight."""
    from webauthn import verify_authentication_response

    with _refusing():
        checked = verify_authentication_response(
            credential=answer.whole,
            expected_challenge=challenge,
            expected_rp_id=party.host,
            expected_origin=party.origin,
            credential_public_key=public_key,
            credential_current_sign_count=sign_count,
            require_user_verification=True,
        )
    return checked.new_sign_count


@contextmanager
def _refusing() -> Iterator[None]:
    """Whatever the library finds wrong with a stranger's bytes is the same to us."""
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        yield
    except (WebAuthnException, ValueError, TypeError, LookupError, RecursionError) as error:
        # Beside its own errors: base64, UTF-8 and numbers that are none.
        raise PasskeyNotRight from error


def _within_limits(answer: str) -> str:
    if len(answer) > LONGEST_ANSWER:
        raise PasskeyNotRight
    return answer
