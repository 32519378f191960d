"""The browser's own files: manifest, service worker, and whether the server is up."""

import json

import sqlalchemy as sa
from flask import Blueprint, Response
from flask.typing import ResponseReturnValue
from flask_security import current_user

from models.managers import memberships_now
from models.workers import last_seen
from models.writing import writing
from outbox.watching import waiting_by_kind
from web.assets import STATIC, asset, edition, pack
from web.shell import DOCUMENT, shell

pwa = Blueprint("pwa", __name__)


@pwa.get("/manifest.webmanifest")
def manifest() -> Response:
    """What the tablet needs to put Fingerpost on its home screen."""
    body = {
        "id": DOCUMENT,
        "name": "Fingerpost",
        "short_name": "Fingerpost",
        "description": "Read and sign the agreement at the door.",
        "lang": "en-GB",
        "start_url": DOCUMENT,
        "scope": DOCUMENT,
        "display": "standalone",
        "background_color": "#fbf7f0",
        "theme_color": "#fbf7f0",
        "icons": [
            _icon("icons/icon-192.png", "192x192", "any"),
            _icon("icons/icon-512.png", "512x512", "any"),
            _icon("icons/maskable-512.png", "512x512", "maskable"),
        ],
        "screenshots": [
            _screenshot("read-wide.png", "1280x800", "wide", "Read, with a summary beside it"),
            _screenshot("sign-narrow.png", "800x1280", "narrow", "Sign with a finger"),
        ],
    }
    return Response(json.dumps(body), mimetype="application/manifest+json")


@pwa.get("/service-worker.js")
def service_worker() -> Response:
    """The worker, with the list of files of this edition written in front of it."""
    code = (STATIC / "js" / "service-worker.js").read_text(encoding="utf-8")
    whole = f"const SHELL = {json.dumps(shell())};\n{code}"
    response = Response(whole, mimetype="text/javascript")
    response.headers["Service-Worker-Allowed"] = DOCUMENT
    return pack(response)


@pwa.get("/up")
def up() -> ResponseReturnValue:
    """200 when a signing can be taken: the database lets somebody write; 503 when it does not.

    A manager is also told what waits to leave from their settings, in numbers.
    """
    with writing() as session:
        session.execute(sa.select(1))
    return {"up": True, **_detail()}


def _detail() -> dict[str, object]:
    """Nothing for strangers; for a manager the edition, the worker and what waits."""
    if not current_user.is_authenticated:
        return {}
    setting_ids = {held.setting_id for held in memberships_now(current_user.id)}
    if not setting_ids:
        return {}
    seen_at = last_seen()
    return {
        "edition": edition(),
        "worker_seen_at": seen_at.isoformat() if seen_at else None,
        "waiting": waiting_by_kind(list(setting_ids)),
    }


def _icon(path: str, sizes: str, purpose: str) -> dict[str, str]:
    return {"src": asset(path), "sizes": sizes, "type": "image/png", "purpose": purpose}


def _screenshot(name: str, sizes: str, form_factor: str, label: str) -> dict[str, str]:
    picture = {"src": asset(f"screenshots/{name}"), "sizes": sizes, "type": "image/png"}
    return picture | {"form_factor": form_factor, "label": label}
