"""Every record at once: a ZIP that is made while it is downloaded."""

import threading
from collections.abc import Iterator

from flask import Flask, Response, abort, current_app

from blueprints.manager.blueprint import manager
from records.export import begin_export
from web.access import desk
from web.errors import error_page

BUSY = (
    "Every record is being downloaded already, so the tablets keep their turn. Please try again "
    "when that is done."
)
# A slow line holds one of the server's eight threads for as long as it takes.
AT_ONCE = 2
_places = threading.BoundedSemaphore(AT_ONCE)


@manager.get("/records.zip")
def records_zip() -> Response:
    """Stream the export; its exact length lets the browser show how far it is."""
    asked = desk()
    setting_id, manager_id = asked.setting.id, asked.manager.id
    if not _places.acquire(blocking=False):
        abort(error_page(503, BUSY))
    try:
        export = begin_export(setting_id, {"manager": str(manager_id)})
    except BaseException:
        _places.release()
        raise
    response = Response(_leaving(export.zip()), mimetype="application/zip")
    response.call_on_close(export.close)
    response.call_on_close(_places.release)
    response.content_length = export.size
    name = f"records-{export.start.slug}-{export.start.at:%Y-%m-%d}.zip"
    response.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return response


def _leaving(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Ask for each piece in a context of its own: whoever stops listening leaves none open."""
    app: Flask = current_app._get_current_object()  # type: ignore[attr-defined]

    def leave() -> Iterator[bytes]:
        while True:
            with app.app_context():
                piece = next(pieces, None)
            if piece is None:
                return
            yield piece

    return leave()
