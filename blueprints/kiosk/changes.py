"""What changed between two versions, as the tablet shows it."""

from uuid import UUID

from flask import Response, abort, jsonify, render_template, request

from blueprints.kiosk.blueprint import kiosk
from models.agreements import version_with_older
from records.changes import side_of
from records.comparison import Comparison, compare
from web.access import holder


@kiosk.get("/agreements/<uuid:version_id>/changes/<uuid:older_id>")
def changes(version_id: UUID, older_id: UUID) -> Response:
    """For somebody who was reading the older one when the newer one was published."""
    found = version_with_older(holder().setting_id, version_id, older_id)
    version, older = found or abort(404)
    category = request.args.get("category", "")
    return jsonify(shown(compare(side_of(older, category), side_of(version, category))))


def shown(compared: Comparison) -> dict[str, object]:
    """The comparison for a person, and its hash, by which a signing says that it was shown."""
    return {
        "since": compared.before.number,
        "summary": compared.summary,
        "html": render_template("kiosk/what_changed.html", compared=compared),
        "sha256": compared.sha256,
    }
