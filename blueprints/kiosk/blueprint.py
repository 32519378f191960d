"""The prefix and the guard: everything but the document and pairing needs a paired tablet."""

from flask import Blueprint, Response, request

from web.access import guard_tablet

kiosk = Blueprint("kiosk", __name__, url_prefix="/kiosk")

# A tablet that is not paired yet can open its page and ask to be paired; nothing else.
OPEN = frozenset({"kiosk.page", "kiosk.start_pairing", "kiosk.collect_pairing"})


@kiosk.before_request
def guard() -> Response | None:
    """Default deny."""
    return None if request.endpoint in OPEN else guard_tablet()
