"""Files to be saved; of those that take long only few leave at a time, and keep no read open."""

import threading
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from flask import Flask, Response, abort, current_app

from web.errors import error_page

BUSY = (
    "Two large downloads are under way already, so the tablets keep their turn. Please try again "
    "when one of them is done."
)
# A slow line holds one of the server's eight threads for as long as it takes.
AT_ONCE = 2
_places = threading.BoundedSemaphore(AT_ONCE)


@contextmanager
def a_place() -> Iterator[ExitStack]:
    """One of the few places, for leaving(), or 503; without a download it is given back at once."""
    if not _places.acquire(blocking=False):
        abort(error_page(503, BUSY))
    with ExitStack() as place:
        place.callback(_places.release)
        yield place


def to_save(data: bytes, mimetype: str, name: str) -> Response:
    """A file to be saved under a name."""
    response = Response(data, mimetype=mimetype)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def sent_off(place: ExitStack, pieces: Iterator[bytes], mimetype: str, name: str) -> Response:
    """Stream a file to be saved under a name; its place is free when it ends or is cancelled.

    Each piece is asked for in a context of its own: whoever stops listening leaves none open.
    """
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def leave() -> Iterator[bytes]:
        while True:
            with app.app_context():
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    response = Response(leave(), mimetype=mimetype)
    response.call_on_close(place.pop_all().close)
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
