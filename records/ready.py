"""Templates that are ready to be filled in: looked up, and laid out where there is none yet."""

import hashlib
from functools import lru_cache
from uuid import UUID

import structlog

from backends.storage import StorageAway
from extensions import db, storage
from models.agreements import current_versions
from models.events import happened, wait_for_turn
from models.settings import Setting
from models.templates import Template, template_for
from models.writing import end_reading, writing
from outbox.errands import KEPT, Errand, Hopeless
from outbox.links import link
from outbox.putting import put
from records import pressing
from records.archive import pages_name
from records.errors import CannotLayOut, PressFailed
from records.facts import Fixed
from records.gathering import setting_facts, version_facts
from records.making import Ready, make_ready
from records.plan import Plan, made_of, wording_hash

log = structlog.get_logger()

NOT_LAID_OUT = (
    "The pages of an agreement could not be laid out once, so each record is printed whole, which "
    "takes longer."
)


class TemplateDamaged(Exception):
    """The bytes of a template are not what they were when it was proved."""


# What could not be laid out is not tried again by this process; its records are printed whole.
_given_up: set[str] = set()


def ready_for(setting_id: UUID, fixed: Fixed) -> Ready | None:
    """The template for these pages; laid out now, outside any transaction, if it is the first time.

    None when it cannot be had: then the record is printed whole.
    """
    digest = made_of(fixed)
    found = template_for(setting_id, fixed.version.id, digest)
    if found:
        return _opened_or_mended(found)
    end_reading()
    if digest in _given_up:
        return None
    try:
        template = pressing.lay_out_template(fixed)
    except (CannotLayOut, PressFailed) as error:
        cause = type(error).__name__
        log.warning("template.not_made", version=str(fixed.version.id), cause=cause)
        _given_up.add(digest)
        return None
    return opened(keep(setting_id, fixed, template))


def lay_out_ahead(errand: Errand) -> str:
    """Lay out what a setting's people sign now, so that nobody at the tablet waits for it."""
    setting_id = errand.setting_id
    missing = [fixed for fixed in _signed_now(setting_id) if ready_for(setting_id, fixed) is None]
    if missing:
        raise Hopeless(NOT_LAID_OUT)
    return KEPT


def _signed_now(setting_id: UUID) -> list[Fixed]:
    """The pages of each current version, once for each of its sign-off wordings."""
    says = setting_facts(db.session.get_one(Setting, setting_id))
    addressed = link("verify.ask") is not None
    pages = [
        Fixed(says, version_facts(version), wording, addressed)
        for version in current_versions(setting_id)
        for wording in dict.fromkeys(version.sentences.values())
    ]
    end_reading()
    return pages


def keep(setting_id: UUID, fixed: Fixed, template: pressing.Template) -> UUID:
    """Keep a template for ever; two that were made at once are one. Gives its id."""
    with writing():
        wait_for_turn(setting_id)
        return add(setting_id, fixed, template)


def add(setting_id: UUID, fixed: Fixed, template: pressing.Template) -> UUID:
    """Add a template inside writing(), or find the one that is there for the same pages."""
    digest = made_of(fixed)
    if found := template_for(setting_id, fixed.version.id, digest):
        return found
    made = Template(
        setting_id=setting_id,
        version_id=fixed.version.id,
        wording_sha256=wording_hash(fixed.wording),
        made_of_sha256=digest,
        pdf=template.pdf,
        plan=template.plan.to_json(),
        sha256=hashlib.sha256(template.pdf).hexdigest(),
    )
    db.session.add(made)
    db.session.flush()
    ids = {"template": str(made.id), "version": str(made.version_id), "sha256": made.sha256}
    happened(setting_id, "template.made", ids)
    put(setting_id, "pages", str(made.id))
    return made.id


@lru_cache(maxsize=32)
def opened(template_id: UUID) -> Ready:
    """A template made ready, and kept so; TemplateDamaged where its bytes have changed."""
    template = db.session.get_one(Template, template_id)
    if hashlib.sha256(template.pdf).hexdigest() != template.sha256:
        log.error("template.damaged", template=str(template_id))
        raise TemplateDamaged
    return make_ready(template.id, template.pdf, Plan.from_json(template.plan))


def _opened_or_mended(template_id: UUID) -> Ready | None:
    try:
        return opened(template_id)
    except TemplateDamaged:
        return opened(template_id) if _mended(template_id) else None


def _mended(template_id: UUID) -> bool:
    """Put the archive's copy of a damaged template in its place; False when there is none.

    Every record that was filled into it begins with these bytes, so they are good again too.
    """
    template = db.session.get_one(Template, template_id)
    name, sha256 = pages_name(template), template.sha256
    end_reading()
    try:
        pdf = storage.read(name)
    except StorageAway:
        return False
    if pdf is None or hashlib.sha256(pdf).hexdigest() != sha256:
        return False
    with writing():
        wait_for_turn(template.setting_id)
        template.pdf = pdf
        ids = {"template": str(template_id), "sha256": sha256}
        happened(template.setting_id, "template.mended", ids)
    return True
