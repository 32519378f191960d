"""/agreements/<setting>/<slug>: the text for everybody, with whom to ask; nothing about anybody."""

from flask import abort, current_app, render_template

import clock
from blueprints.public.blueprint import public
from models.adoptions import history_of
from models.agreements import Agreement, Version, agreement_by_slug, version_by_slug
from models.contacts import contacts_of
from models.settings import Setting, setting_by_slug
from records.text import to_html
from web.addresses import outside, qr


@public.get("/agreements/<setting>/<slug>")
def agreement(setting: str, slug: str) -> str:
    """The newest published version of one agreement, word for word."""
    where, found, version = agreement_or_404(setting, slug)
    return render_template(
        "public/agreement.html",
        setting=where,
        version=version,
        archived_at=found.archived_at,
        today=clock.today(where.time_zone),
        text=to_html(version.text, top_heading=2),
        summary=to_html(version.summary, top_heading=3),
        contacts=contacts_of(where.id),
        address=_address(setting, slug),
        history=history_of(where.id, version.agreement_id),
    )


def agreement_or_404(setting_slug: str, slug: str) -> tuple[Setting, Agreement, Version]:
    """A setting, its agreement and that one's newest version by the words of the address."""
    where = setting_by_slug(setting_slug) or abort(404)
    found = agreement_by_slug(where.id, slug) or abort(404)
    return where, found, version_by_slug(where.id, slug) or abort(404)


def _address(setting: str, slug: str) -> dict[str, str] | None:
    """This page's own address and its QR picture; None while nobody else could open it."""
    if not current_app.config["FINGERPOST"].public:
        return None
    words = outside("public.agreement", setting=setting, slug=slug)
    return {"words": words, "qr": qr(words)}
