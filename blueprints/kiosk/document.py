"""The tablet's one document, its pairing, and the bundle it works from."""

import base64
import io
import re

import orjson
import segno
from flask import Response, abort, jsonify, make_response, request
from flask.typing import ResponseReturnValue

import clock
from blueprints.kiosk.blueprint import kiosk, told
from models.agreements import Version, current_versions
from models.categories import CATEGORIES
from models.keys import current_key
from models.managers import holders
from models.tablets import (
    PAIRING_LIVES,
    POLL_SECONDS,
    PairingGone,
    PolledTooSoon,
    Tablet,
    collect_token,
    new_pairing,
    seen,
)
from models.throttles import count_try
from records.codes import tidy
from records.text import to_html
from renewals.chasing import asked_now
from web.access import check_address, cookie_name, is_trustworthy_origin, tablet
from web.addresses import outside, qr
from web.assets import pack
from web.errors import error_page
from web.headers import unless_known
from web.shell import document

COOKIE_LIVES_SECONDS = 400 * 24 * 3600
NOT_SECURE = (
    "This address starts with http, so the tablet cannot keep signatures safe. "
    "Open the https address instead."
)


@kiosk.get("/")
def page() -> Response:
    """The document; it holds nothing about anybody."""
    return pack(make_response(document()))


@kiosk.post("/pairing")
def start_pairing() -> ResponseReturnValue:
    """Give a tablet a code to show and one to keep."""
    _refuse_foreign_pages()
    if not is_trustworthy_origin():
        return error_page(403, NOT_SECURE)
    count_try("pairing_address", request.remote_addr or "unknown")
    codes = new_pairing()
    approve = outside("manager.approve_tablet", code=codes.user_code)
    return jsonify(
        user_code=codes.user_code,
        device_code=codes.device_code,
        interval=POLL_SECONDS,
        expires_in=int(PAIRING_LIVES.total_seconds()),
        approve_url=approve,
        approve_qr=qr(approve),
    )


@kiosk.post("/pairing/token")
def collect_pairing() -> ResponseReturnValue:
    """Wait for the manager; then hand over the device cookie, once."""
    _refuse_foreign_pages()
    device_code = told("device_code")
    if device_code is None:
        return error_page(400)
    try:
        token = collect_token(device_code)
    except PolledTooSoon:
        response = error_page(429)
        response.headers["Retry-After"] = str(POLL_SECONDS)
        return response
    except PairingGone as gone:
        return error_page(410, gone.__doc__)
    if token is None:
        return "", 204
    return _with_cookie(jsonify(paired=True), token)


@kiosk.get("/bundle")
def bundle() -> Response:
    """Everything a tablet needs to work, the same bytes until something changes."""
    at = tablet()
    body = orjson.dumps(_bundle(at))
    seen(at, _holding())
    response = unless_known(Response(body, mimetype="application/json"))
    if response.status_code == 200:
        pack(response)
    return _with_cookie(response, request.cookies[cookie_name()])


@kiosk.get("/logo")
def logo() -> Response:
    """The setting's logo."""
    picture = tablet().setting.logo
    if picture is None:
        abort(404)
    return Response(picture, mimetype="image/png", headers={"Cache-Control": "private, no-cache"})


@kiosk.get("/codes/<code>.svg")
def code_picture(code: str) -> Response:
    """A QR code of a record's check address, for the thank-you page."""
    address = check_address()
    if address is None or tidy(code) != code:
        abort(404)
    picture = io.BytesIO()
    segno.make(f"{address}/{code}", error="m", micro=False).save(picture, kind="svg", border=2)
    return Response(picture.getvalue(), mimetype="image/svg+xml")


def _holding() -> int | None:
    """How many signatures the tablet says it keeps; None when it says nothing, or nonsense."""
    said = request.headers.get("Fingerpost-Holding", "")
    return int(said) if re.fullmatch(r"[0-9]{1,6}", said) else None


def _bundle(at: Tablet) -> dict[str, object]:
    setting = at.setting
    public = current_key("inbox", setting.id).public or b""
    return {
        "setting": {
            "name": setting.name,
            "slug": setting.slug,
            "logo": "/kiosk/logo" if setting.logo else None,
            "time_zone": setting.time_zone,
            "dsl_named": bool(holders(setting, "dsl")),
        },
        "tablet": {"name": at.name},
        "public_key": base64.b64encode(public).decode(),
        "check_address": check_address(),
        "categories_words": CATEGORIES,
        # A number and never a name: whoever walks past reads it.
        "people_due": asked_now(setting.id, clock.today(setting.time_zone)),
        "agreements": [_agreement(version) for version in current_versions(setting.id)],
    }


def _agreement(version: Version) -> dict[str, object]:
    return {
        "agreement_id": str(version.agreement_id),
        "version_id": str(version.id),
        "title": version.title,
        "number": version.number,
        "categories": list(version.sentences),
        "html": to_html(version.text),
        "summary_html": to_html(version.summary),
        "signoff_title": version.signoff_title,
        "name_label": version.name_label,
        "wording": version.sentences,
    }


def _with_cookie(response: Response, token: str) -> Response:
    response.set_cookie(
        cookie_name(),
        token,
        max_age=COOKIE_LIVES_SECONDS,
        path="/",
        secure=request.is_secure,
        httponly=True,
        samesite="Strict",
    )
    return response


def _refuse_foreign_pages() -> None:
    """Pairing has no cookie to abuse; still, no other site's page may start one."""
    if request.headers.get("Sec-Fetch-Site") in {"cross-site", "same-site"}:
        abort(403)
