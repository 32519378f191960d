"""What the setting says about itself, its logo, and the certificate its seals hang on."""

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from blueprints.manager.blueprint import manager, show
from blueprints.manager.forms import SettingForm
from models.agreements import current_versions
from models.keys import current_key
from models.settings import Setting
from settings.changing import change_setting
from settings.charity import charity_number_hint
from web.access import desk


@manager.route("/settings", methods=["GET", "POST"])
def settings() -> ResponseReturnValue:
    """Show the setting's particulars, and save them."""
    setting = desk().setting
    form = SettingForm(obj=setting)
    if form.validate_on_submit():
        changed = change_setting(setting.id, desk().manager.id, form.changes())
        flash("Saved." if changed else "Nothing was different, so nothing changed.", "success")
        return redirect(url_for("manager.settings"))
    return show("settings", "settings", form=form, hint=_hint(setting))


@manager.get("/settings/logo.png")
def logo() -> Response:
    """The setting's logo."""
    return Response(desk().setting.logo or abort(404), mimetype="image/png")


@manager.get("/settings/seal.cer")
def seal_certificate() -> Response:
    """The certificate of this installation's own authority, for programs that check seals."""
    certificate = current_key("ca").certificate
    response = Response(certificate, mimetype="application/pkix-cert")
    response.headers["Content-Disposition"] = 'attachment; filename="fingerpost-seal.cer"'
    return response


def _hint(setting: Setting) -> str | None:
    texts = (version.text for version in current_versions(setting.id))
    hints = (charity_number_hint(setting.charity_number, text) for text in texts)
    return next((hint for hint in hints if hint), None)
