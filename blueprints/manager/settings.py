"""What the setting says about itself, its logo, and the certificate its seals hang on."""

from uuid import UUID

from flask import Response, abort, flash, redirect, url_for
from flask.typing import ResponseReturnValue

from blueprints.manager.blueprint import manager, show
from blueprints.manager.downloads import to_save
from blueprints.manager.forms import SettingForm
from extensions import db
from models.agreements import current_versions
from models.keys import Key, current_key, keys_for
from models.settings import Setting
from records.keys import certificate_of
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
    older = db.session.scalars(keys_for("ca").where(Key.retired_at.is_not(None))).all()
    return show("settings", "settings", form=form, hint=_hint(setting), older=older)


@manager.get("/settings/logo.png")
def logo() -> Response:
    """The setting's logo."""
    return Response(desk().setting.logo or abort(404), mimetype="image/png")


@manager.get("/settings/seal.cer")
def seal_certificate() -> Response:
    """The certificate of this installation's own authority, for programs that check seals."""
    return _certificate(current_key("ca"), "fingerpost-seal.cer")


@manager.get("/settings/seals/<uuid:key_id>.cer")
def older_certificate(key_id: UUID) -> Response:
    """The certificate of an authority that was renewed since: records of its time hang on it."""
    key = db.session.scalars(keys_for("ca").where(Key.id == key_id)).first() or abort(404)
    return _certificate(key, f"fingerpost-seal-{key.made_at.date().isoformat()}.cer")


def _certificate(key: Key, name: str) -> Response:
    return to_save(certificate_of(key), "application/pkix-cert", name)


def _hint(setting: Setting) -> str | None:
    texts = (version.text for version in current_versions(setting.id))
    hints = (charity_number_hint(setting.charity_number, text) for text in texts)
    return next((hint for hint in hints if hint), None)
