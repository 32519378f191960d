"""Reads the body of a signing: strict about shape, with a sentence for every field."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal
from uuid import UUID

from models.categories import CATEGORIES, SENT_BY_AN_ORGANISATION
from records import drawing as drawings
from records import fields
from records.drawing import Drawing
from records.errors import NotAcceptable
from records.facts import Reading, Witness

Method = Literal["drawn", "typed", "mark"]
METHODS: tuple[Method, ...] = ("drawn", "typed", "mark")
DECLARATIONS = ("none", "relationship", "online_contact", "other")


@dataclass(frozen=True)
class Newcomer:
    """Somebody who typed their own name at the tablet."""

    full_name: str
    category: str
    organisation: str | None
    email: str | None
    under_18: bool


@dataclass(frozen=True)
class Submission:
    """One signing as the tablet sent it, checked for shape and not yet against the database."""

    sitting_id: UUID
    version_id: UUID
    person_id: UUID | None
    newcomer: Newcomer | None
    method: Method
    drawing: Drawing | None
    typed_name: str | None
    witness: Witness | None
    declaration_kind: str
    declaration_note: str | None
    reading: Reading
    # The hash of the comparison that the tablet says it showed; nothing is built on it unchecked.
    changes_shown: str | None
    signed_at: datetime


def read(body: dict[str, Any]) -> Submission:
    """Check every field; raise NotAcceptable with all the faults together."""
    form = fields.Form(body)
    if body.get("format") != 1:
        form.errors["format"] = "This tablet sends a kind of signing that is not known here yet."
    person_id = form.take("person_id", fields.optional(fields.identifier))
    method = form.take("method", fields.one_of(METHODS)) or "drawn"
    declaration, kinds = form.part("declaration"), fields.one_of(DECLARATIONS)
    reading = form.part("reading")
    submission = Submission(
        sitting_id=form.take("sitting_id", fields.identifier),  # type: ignore[arg-type]
        version_id=form.take("version_id", fields.identifier),  # type: ignore[arg-type]
        person_id=person_id,
        newcomer=read_newcomer(form, person_id),
        method=method,
        drawing=_drawing(form, method),
        typed_name=form.take("typed_name", fields.name) if method == "typed" else None,
        witness=_witness(form) if method == "mark" else None,
        declaration_kind=declaration.take("kind", kinds, "declaration") or "none",
        declaration_note=declaration.take("note", fields.optional(fields.note), "declaration"),
        reading=_reading(reading),
        changes_shown=reading.take("changes_shown", fields.optional(fields.sha256), "reading"),
        signed_at=form.take("signed_at", fields.moment),  # type: ignore[arg-type]
    )
    if form.errors:
        raise NotAcceptable(form.errors)
    return submission


def read_newcomer(form: fields.Form, person_id: UUID | None) -> Newcomer | None:
    """Somebody who is not on file; with a person_id there must be none. Faults go to the form."""
    given = form.body.get("person")
    if person_id is not None:
        if given is not None:
            form.errors["person"] = "Choose a name on file or type a new one, not both."
        return None
    if not isinstance(given, dict):
        form.errors.setdefault("person", "Say who is signing.")
        return None
    part = fields.Form(given, form.errors)
    category = part.take("category", fields.one_of(tuple(CATEGORIES))) or "visitor"
    organisation = part.take("organisation", fields.optional(fields.name))
    if category not in SENT_BY_AN_ORGANISATION:
        organisation = None
    elif organisation is None:
        form.errors.setdefault("organisation", "Say which agency or college sends you.")
    return Newcomer(
        full_name=part.take("full_name", fields.name) or "",
        category=category,
        organisation=organisation,
        email=part.take("email", fields.optional(fields.email)),
        under_18=part.take("under_18", fields.truth) or False,
    )


def _drawing(form: fields.Form, method: str) -> Drawing | None:
    if method == "typed":
        return None
    return form.take("drawing", drawings.read)


def _witness(form: fields.Form) -> Witness | None:
    part = form.part("witness")
    name = part.take("full_name", fields.name, "witness")
    category = part.take("category", fields.one_of(tuple(CATEGORIES)), "witness")
    return Witness(full_name=name, category=category) if name and category else None


def _reading(part: fields.Form) -> Reading:
    return Reading(
        opened_at=part.take("opened_at", fields.optional(fields.moment), "reading"),
        reached_end_at=part.take("reached_end_at", fields.optional(fields.moment), "reading"),
        furthest=part.take("furthest", fields.share, "reading") or 0.0,
        read_aloud=part.take("read_aloud", fields.truth, "reading") or False,
        text_size=part.take("text_size", fields.short_word, "reading") or "normal",
    )
