"""Static files under an address that changes with their content, so they may be kept for ever."""

import hashlib
import mimetypes
from functools import lru_cache
from pathlib import Path

import brotli
import zopfli.gzip
from flask import Blueprint, Flask, Response, abort, request, url_for

from web.joining import join_modules, join_sheets
from web.minifying import minified

STATIC = Path(__file__).resolve().parent.parent / "static"
FOR_EVER = "public, max-age=31536000, immutable"
SMALLEST_TO_PACK = 600
# Browsers offer Brotli on https and on this very machine; it saves a sixth of what gzip leaves.
WAYS_TO_PACK = ("br", "gzip")
# Zopfli makes what every gzip reader reads; more rounds take longer and save next to nothing.
ROUNDS_TO_PACK = 3
PACKABLE = ("text/", "application/json", "application/manifest+json", "image/svg+xml")
# A page comes in few pieces: what they are made of, in this order.
JOINED_SCRIPTS = {"kiosk.js": "js/kiosk.js", "app.js": "js/app.js"}
PAGE_SHEETS = ("tokens", "base", "layout", "components", "forms")
KIOSK_SHEETS = (
    *PAGE_SHEETS, "comparison",
    "doors/kiosk", "doors/kiosk-arriving", "doors/kiosk-reading", "doors/kiosk-signing",
)  # fmt: skip
DESK_SHEETS = (
    "doors/desk", "doors/desk-content", "doors/desk-pages", "doors/desk-year", "doors/desk-signin",
    "doors/desk-roles", "doors/desk-people", "doors/desk-care", "doors/desk-records",
    "doors/desk-pack", "doors/desk-scan",
)  # fmt: skip
JOINED_SHEETS = {"kiosk.css": KIOSK_SHEETS, "page.css": PAGE_SHEETS, "desk.css": DESK_SHEETS}

assets = Blueprint("assets", __name__)

# Their types must not depend on what the machine has registered.
mimetypes.add_type("text/javascript", ".js")
mimetypes.add_type("font/ttf", ".ttf")


@lru_cache(maxsize=1)
def edition() -> str:
    """One hash over every static file: relative imports between modules then just work."""
    whole = hashlib.sha256()
    for file in sorted(STATIC.rglob("*")):
        if file.is_file():
            whole.update(file.relative_to(STATIC).as_posix().encode() + b"\0")
            whole.update(hashlib.sha256(file.read_bytes()).digest())
    return whole.hexdigest()[:12]


def asset(path: str) -> str:
    """The address of a static file: what templates call."""
    return url_for("assets.file", edition=edition(), path=path)


def joined(name: str) -> str:
    """The address of a name in JOINED_SCRIPTS or JOINED_SHEETS, each one file made of many."""
    return url_for("assets.joined_file", edition=edition(), piece=name)


def pack(response: Response) -> Response:
    """Pack an answer that holds no secret, in the smallest way that the browser can read."""
    response.vary.add("Accept-Encoding")
    body = response.get_data()
    packable = (response.mimetype or "").startswith(PACKABLE) and len(body) >= SMALLEST_TO_PACK
    way = next((way for way in WAYS_TO_PACK if request.accept_encodings.quality(way)), None)
    if packable and way:
        response.set_data(_packed(body, way))
        response.content_encoding = way
    return response


@assets.get("/static/<edition>/<path:path>")
def file(edition: str, path: str) -> Response:
    """One static file; an address of an older edition still works but is not kept."""
    wanted = (STATIC / path).resolve()
    if not wanted.is_relative_to(STATIC) or not wanted.is_file():
        abort(404)
    return _kept(wanted.read_bytes(), wanted.name, edition)


@assets.get("/static/<edition>/joined/<piece>")
def joined_file(edition: str, piece: str) -> Response:
    """The modules of the tablet or of every other page as one, or style sheets."""
    if piece not in JOINED_SCRIPTS and piece not in JOINED_SHEETS:
        abort(404)
    return _kept(_joined(piece), piece, edition)


def init_assets(app: Flask) -> None:
    """Serve the files and give templates asset() and joined()."""
    app.register_blueprint(assets)
    app.jinja_env.globals.update(asset=asset, joined=joined)


def _kept(body: bytes, name: str, edition: str) -> Response:
    kind = mimetypes.guess_type(name)[0] or "application/octet-stream"
    response = Response(body, mimetype=kind)
    response.headers["Cache-Control"] = FOR_EVER if edition == _edition() else "no-cache"
    return pack(response)


def _edition() -> str:
    return edition()


@lru_cache(maxsize=8)
def _joined(piece: str) -> bytes:
    if piece in JOINED_SCRIPTS:
        return minified(join_modules(STATIC / JOINED_SCRIPTS[piece]), "text/javascript").encode()
    sheets = [STATIC / "css" / f"{sheet}.css" for sheet in JOINED_SHEETS[piece]]
    return minified(join_sheets(sheets), "text/css").encode()


@lru_cache(maxsize=128)
def _packed(body: bytes, way: str) -> bytes:
    packed: bytes = (
        brotli.compress(body)
        if way == "br"
        else zopfli.gzip.compress(body, numiterations=ROUNDS_TO_PACK)
    )
    return packed
