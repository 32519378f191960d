"""What changed between two versions of an agreement."""

from uuid import UUID

from flask import abort, redirect, url_for
from flask.typing import ResponseReturnValue

from blueprints.manager.agreements import version_or_404
from blueprints.manager.blueprint import manager, show
from extensions import db
from models.agreements import older_versions, version_with_older
from records.changes import whole_side_of
from records.comparison import compare
from web.access import desk


@manager.get("/agreements/<uuid:version_id>/changes")
def changes_before(version_id: UUID) -> ResponseReturnValue:
    """What changed since the version before this one."""
    version = version_or_404(desk().setting.id, version_id)
    before = db.session.scalars(older_versions(version)).first() or abort(404)
    return redirect(url_for("manager.changes", version_id=version.id, older_id=before.id))


@manager.get("/agreements/<uuid:version_id>/changes/<uuid:older_id>")
def changes(version_id: UUID, older_id: UUID) -> ResponseReturnValue:
    """What changed from an older version of the same agreement, whoever signs it."""
    version, older = version_with_older(desk().setting.id, version_id, older_id) or abort(404)
    return show(
        "changes",
        "agreements",
        version=version,
        older=older,
        others=[one for one in db.session.scalars(older_versions(version)) if one.id != older.id],
        compared=compare(whole_side_of(older), whole_side_of(version)),
    )
