"""What was told to the safeguarding lead. Nobody else opens these pages."""

from uuid import UUID

from flask import abort
from flask.typing import ResponseReturnValue

from blueprints.manager.blueprint import PAGE, manager, show
from extensions import db
from models.signings import Declaration, declarations_told, told_by_id
from records.declarations import look
from web.access import desk

KINDS = {
    "relationship": "They are related to a child or family here.",
    "online_contact": "They are in touch online with a family here.",
    "other": "Something else.",
}


@manager.get("/declarations")
def declarations() -> ResponseReturnValue:
    """Who told something, and when; what it was stays closed until it is opened."""
    setting_id = desk().setting.id
    found = db.session.execute(declarations_told(setting_id).limit(PAGE)).all()
    return show("declarations", "declarations", found=found)


@manager.get("/declarations/<uuid:declaration_id>")
def declaration(declaration_id: UUID) -> ResponseReturnValue:
    """Open one. This GET writes: every look is an event of the setting."""
    told, full_name = told_or_404(desk().setting.id, declaration_id)
    person_id = told.person_id
    [(opened, answer)] = look([told], desk().manager)
    return show(
        "declaration",
        "declarations",
        declaration=opened,
        person_id=person_id,
        full_name=full_name,
        kind=KINDS[answer.kind],
        note=answer.note,
    )


def told_or_404(setting_id: UUID, declaration_id: UUID) -> tuple[Declaration, str]:
    """A declaration of this setting that tells something, with the name of who told it."""
    return told_by_id(setting_id, declaration_id) or abort(404)
