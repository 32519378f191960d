"""The tablet's page and all it needs to start without a network."""

import hashlib
import re

from flask import render_template

from web.minifying import minified

DOCUMENT = "/kiosk/"
STATIC_ADDRESS = re.compile(r'"(/static/[^"]+)"')


def document() -> str:
    """The tablet's one document; it is about nobody, so it is the same for everybody."""
    return minified(render_template("kiosk/index.html"), "text/html")


def shell() -> dict[str, object]:
    """The document and every file it names, and one name for exactly these in this form.

    The files' addresses carry the edition of all static files, so the document's own hash
    changes whenever anything in it does.
    """
    text = document()
    files = sorted(set(STATIC_ADDRESS.findall(text)))
    edition = hashlib.sha256(text.encode()).hexdigest()[:12]
    return {"edition": edition, "files": [DOCUMENT, *files]}
