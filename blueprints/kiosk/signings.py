"""PUT /kiosk/signings/<id>: the contract's one way to hand in a signing."""

from datetime import datetime
from uuid import UUID

from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from blueprints.kiosk.blueprint import kiosk
from records.body import NotJson, parse
from records.errors import NeverHad, NotAcceptable, SameIdOtherBody
from records.inbox import open_letter
from records.signing import Accepted, sign
from web.access import check_address, holder
from web.errors import error_page


@kiosk.put("/signings/<uuid:signing_id>")
def accept(signing_id: UUID) -> ResponseReturnValue:
    """Answer by the contract's table; 201 only after it is sealed and on the disk."""
    if request.mimetype not in {"application/json", "application/hpke"}:
        return error_page(415)
    try:
        body = parse(_json_bytes(signing_id))
        accepted = sign(holder(), signing_id, body, _sent_at(), check_address())
    except NotJson as error:
        return error_page(400, error.__doc__)
    except NotAcceptable as error:
        return jsonify(errors=error.errors), 422
    except NeverHad as error:
        return error_page(404, error.__doc__)
    except SameIdOtherBody as error:
        return error_page(409, error.__doc__)
    return _told(accepted), 200 if accepted.replayed else 201


def _json_bytes(signing_id: UUID) -> bytes:
    raw = request.get_data()
    if request.mimetype == "application/hpke":
        return open_letter(holder().setting_id, signing_id, raw)
    return raw


def _sent_at() -> datetime | None:
    """The device's clock at this attempt; a missing or unreadable one refuses nothing."""
    try:
        sent = datetime.fromisoformat(request.headers.get("Fingerpost-Sent-At", ""))
    except ValueError:
        return None
    return sent if sent.tzinfo is not None and 1900 < sent.year < 9000 else None


def _told(accepted: Accepted) -> Response:
    return jsonify(
        record_id=str(accepted.record_id),
        code=accepted.code,
        signed_at=accepted.signed_at.isoformat(),
        received_at=accepted.received_at.isoformat(),
        due_on=accepted.due_on.isoformat(),
    )
