"""A sealed PDF to download; the list is in record_list.py."""

import re
import unicodedata
from datetime import date
from urllib.parse import quote
from uuid import UUID

from flask import Response, abort

import clock
from blueprints.manager.blueprint import manager
from models.events import happened
from models.signings import Signing, record_pdf
from models.writing import writing
from web.access import desk

# Latin letters that no accent can be taken off.
WITHOUT_ACCENT = str.maketrans(
    {"ł": "l", "Ł": "L", "ø": "o", "Ø": "O", "đ": "d", "Đ": "D", "ß": "ss", "æ": "ae", "Æ": "Ae",
     "œ": "oe", "Œ": "Oe", "þ": "th", "Þ": "Th", "ð": "d", "Ð": "D", "ı": "i", "’": "", "'": ""}
)  # fmt: skip


@manager.get("/records/<uuid:signing_id>.pdf")
def record(signing_id: UUID) -> Response:
    """One sealed PDF, the very bytes that were sealed. This GET writes: it is a look."""
    setting, manager_id = desk().setting, desk().manager.id
    signing, code, pdf = record_or_404(setting.id, signing_id)
    signed_on = clock.local_day(signing.effective_at, setting.time_zone)
    full_name = signing.full_name
    ids = {"record": str(signing_id), "person": str(signing.person_id), "manager": str(manager_id)}
    # It also ends the read: sending may take long on a slow line, and none may stay open meanwhile.
    with writing():
        happened(setting.id, "record.downloaded", ids)
    response = Response(pdf, mimetype="application/pdf")
    response.headers["Content-Disposition"] = disposition(signed_on, full_name, code)
    return response


def record_or_404(setting_id: UUID, signing_id: UUID) -> tuple[Signing, str, bytes]:
    """A record of this setting, and of no other: its signing, its code and its bytes."""
    return record_pdf(setting_id, signing_id) or abort(404)


def disposition(signed_on: date, full_name: str, code: str) -> str:
    """The header that names a download: ASCII for old programs, the exact name beside it."""
    exact = re.sub(r'[\s/\\:*?"<>|]+', "-", full_name)
    ascii_name = f"{signed_on.isoformat()}_{_ascii(full_name)}_{code}.pdf"
    exact_name = quote(f"{signed_on.isoformat()}_{exact}_{code}.pdf", safe="")
    return f"attachment; filename=\"{ascii_name}\"; filename*=UTF-8''{exact_name}"


def _ascii(full_name: str) -> str:
    """Sian-Llewellyn for Siân Llewellyn; "record" where other letters would be lost."""
    bare = unicodedata.normalize("NFKD", full_name.translate(WITHOUT_ACCENT))
    kept = "".join(letter for letter in bare if not unicodedata.combining(letter))
    if any(letter.isalpha() and not letter.isascii() for letter in kept):
        return "record"
    return re.sub(r"[^A-Za-z0-9]+", "-", kept).strip("-") or "record"
