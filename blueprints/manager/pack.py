"""The inspection pack: one tap, one file that answers an inspector without a network."""

from flask import Response, abort, request, send_file
from flask.typing import ResponseReturnValue

import clock
from blueprints.manager.blueprint import manager, show
from blueprints.manager.pack_forms import PackForm
from blueprints.manager.rules import may
from models.agreements import current_versions
from models.managers import ROLES
from records.errors import PressFailed
from records.pack.enclosing import MOST_RECORDS
from records.pack.making import Asker, BeingMade, Wish, make_pack, newest_records
from web.access import check_address, desk
from web.errors import error_page

CANNOT = "The pack could not be printed just now. Nothing was changed; please try again."


@manager.get("/pack")
def pack() -> ResponseReturnValue:
    """Say what is in it; make the usual one, or choose."""
    return _page(_form())


@manager.route("/pack.pdf", methods=["GET", "POST"])
def pack_pdf() -> ResponseReturnValue:
    """The usual pack for today, or by POST the one that was chosen. It takes some seconds.

    This GET writes: each pack is an event of the setting.
    """
    wish = _usual()
    if request.method == "POST":
        form = _form()
        if not form.validate_on_submit():
            return _page(form)
        wish = form.wish()
    return _download(wish)


def _usual() -> Wish:
    """Everything, with the newest records for whoever may take records away."""
    today = clock.today(desk().setting.time_zone)
    return Wish(today, records="newest" if may("records_zip") else "none")


def _download(wish: Wish) -> Response:
    setting_id, slug = desk().setting.id, desk().setting.slug
    roles = ", ".join(words for role, words in ROLES.items() if role in desk().roles)
    try:
        made = make_pack(setting_id, wish, Asker(desk().manager.id, roles), check_address())
    except BeingMade as error:
        abort(error_page(503, str(error.__doc__)))
    except PressFailed:
        abort(error_page(503, CANNOT))
    name = f"inspection-pack-{slug}-{wish.day:%Y-%m-%d}.pdf"
    response = send_file(
        made.file, mimetype="application/pdf", as_attachment=True, download_name=name
    )
    response.content_length = made.size
    response.headers["Cache-Control"] = "no-store"
    return response


def _form() -> PackForm:
    setting = desk().setting
    versions = current_versions(setting.id)
    found = newest_records(setting.id, versions) if may("records_zip") else []
    return PackForm(clock.today(setting.time_zone), versions, found)


def _page(form: PackForm) -> ResponseReturnValue:
    return show("pack", "records", form=form, most=MOST_RECORDS)
