"""/agreements/<setting>/<slug>: the text for everybody, with whom to ask; nothing about anybody."""

from flask import abort, render_template

from blueprints.public.blueprint import public
from models.adoptions import history_of
from models.agreements import Version, version_by_slug
from models.contacts import contacts_of
from models.settings import Setting, setting_by_slug
from records.text import to_html


@public.get("/agreements/<setting>/<slug>")
def agreement(setting: str, slug: str) -> str:
    """The newest published version of one agreement, word for word."""
    where, version = agreement_or_404(setting, slug)
    return render_template(
        "public/agreement.html",
        setting=where,
        version=version,
        text=to_html(version.text, top_heading=2),
        summary=to_html(version.summary, top_heading=3),
        contacts=contacts_of(where.id),
        history=history_of(where.id, version.agreement_id),
    )


def agreement_or_404(setting_slug: str, slug: str) -> tuple[Setting, Version]:
    """A setting and its agreement by the words of the address."""
    where = setting_by_slug(setting_slug) or abort(404)
    return where, version_by_slug(where.id, slug) or abort(404)
