"""PUT /kiosk/pauses/<id>: somebody reads at their break, or would like to talk first."""

from uuid import UUID

from flask import jsonify, request
from flask.typing import ResponseReturnValue

from blueprints.kiosk.blueprint import kiosk
from models.throttles import count_try
from records.body import NotJson, parse
from records.errors import NeverHad, NotAcceptable, SameIdOtherBody
from records.pausing import pause
from web.access import holder, tablet
from web.errors import error_page

LARGEST_BYTES = 16 * 1024


@kiosk.put("/pauses/<uuid:pause_id>")
def pause_for(pause_id: UUID) -> ResponseReturnValue:
    """Answer as for a signing: 201 when it is kept, 200 when it was kept before."""
    if request.mimetype != "application/json":
        return error_page(415)
    count_try("pauses", str(holder().id))
    raw = request.get_data()
    if len(raw) > LARGEST_BYTES:
        return error_page(413)
    try:
        again = pause(tablet(), pause_id, parse(raw))
    except NotJson as error:
        return error_page(400, error.__doc__)
    except NotAcceptable as error:
        return jsonify(errors=error.errors), 422
    except NeverHad:
        return error_page(404, "This setting never had this person.")
    except SameIdOtherBody:
        return error_page(409, "Something else was already kept under this number.")
    return jsonify(pause_id=str(pause_id)), 200 if again else 201
