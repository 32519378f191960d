"""The prefix and the guard: everything but the document and pairing needs a paired tablet."""

from flask import Blueprint, Response, request

from records.body import NotJson, parse
from web.access import guard_tablet

kiosk = Blueprint("kiosk", __name__, url_prefix="/kiosk")

# A tablet that is not paired yet can open its page and ask to be paired; nothing else.
OPEN = frozenset({"kiosk.page", "kiosk.start_pairing", "kiosk.collect_pairing"})


@kiosk.before_request
def guard() -> Response | None:
    """Default deny."""
    return None if request.endpoint in OPEN else guard_tablet()


def told(name: str) -> str | None:
    """A text in the JSON that the tablet sent; None where there is none, or it is no such JSON."""
    if not request.is_json:
        return None
    try:
        said = parse(request.get_data()).get(name)
    except NotJson:
        return None
    return said if isinstance(said, str) else None
