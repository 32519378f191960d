"""A PDF that somebody brings: what it is told, and what becomes of it."""

import io
import os
import subprocess
import sys
import zlib
from collections.abc import Callable
from typing import Any

import pikepdf
import pytest
import structlog
import werkzeug.formparser
from flask import Flask
from flask.testing import FlaskClient

from agreements.publishing import Edition, publish
from backends.triggers import drop_triggers
from blueprints.verify.forms import LARGEST
from extensions import db
from models.agreements import Version
from models.base import new_id
from models.events import Event
from models.signings import Record, record_pdf
from models.standings import CURRENT, NEWER_VERSION, SIGNED_AGAIN
from models.throttles import LIMITS
from models.writing import writing
from records import looking
from records.signing import Accepted, sign
from tests.cast import Cast, signing_body
from tests.page import Page, PageClient, words

Bring = Callable[..., Page]
OURS = "This is the record, exactly as it was sealed."
NOT_OURS = "This PDF is not one of our records."
DAMAGED = "This file is damaged, or it was not sent whole, so it cannot be checked."
ENDLESS = "This PDF takes too long to read, so it cannot be checked. Our records are small."


@pytest.fixture
def signed(cast: Cast, quick_press: None) -> Accepted:
    body = signing_body(cast.version.id, person_id=str(cast.sian.id), person=None)
    return sign(cast.tablet, new_id(), body, None, None)


@pytest.fixture
def pdf(cast: Cast, signed: Accepted) -> bytes:
    found = record_pdf(cast.bluebells.id, signed.record_id)
    assert found is not None
    return found[2]


@pytest.fixture
def bring(client: PageClient) -> Bring:
    def act(data: bytes, name: str = "record.pdf", expect: int = 200) -> Page:
        sent = {"file": (io.BytesIO(data), name)}
        page = client.post("verify.file", sent, expect=expect)
        assert isinstance(page, Page)
        return page

    return act


def stranger(**changes: Any) -> bytes:
    """Somebody else's PDF of one empty page."""
    file = io.BytesIO()
    pdf = pikepdf.new()
    pdf.add_blank_page()
    pdf.save(file, **changes)
    return file.getvalue()


def test_a_record_of_ours_is_told_all_its_truths(bring: Bring, pdf: bytes) -> None:
    page = bring(pdf)
    assert page.h1 == OURS
    for fact in ("Bluebells", "Social Media Networking Policy, version 1", CURRENT.title):
        assert fact in page.text
    assert "The text in it is version 1 of the agreement, word for word" in page.text
    assert page.text.count("Yes:") == 8
    assert "No:" not in page.text


def test_no_name_is_shown_and_none_of_the_file(bring: Bring, pdf: bytes, signed: Accepted) -> None:
    page = bring(pdf, "Siân Llewellyn.pdf")
    for secret in ("Siân", "Llewellyn", "olunteer", "Front door", str(signed.record_id)):
        assert secret not in page.response.get_data(as_text=True)


def test_what_is_lost_on_the_way_is_said(bring: Bring, pdf: bytes) -> None:
    assert bring(pdf[: len(pdf) // 2]).h1 == DAMAGED
    assert bring(pdf[:-200]).h1 in (DAMAGED, NOT_OURS)


def test_one_changed_byte_is_said(bring: Bring, pdf: bytes) -> None:
    place = pdf.rindex(b"/Contents<") - 100
    page = bring(pdf[:place] + bytes([pdf[place] ^ 1]) + pdf[place + 1 :])
    assert page.h1 != OURS
    assert "We do not know this record." in page.text
    assert "Bluebells" not in page.text


def test_a_seal_of_ours_that_is_not_among_our_records(
    bring: Bring, pdf: bytes, signed: Accepted
) -> None:
    """Such as one that was erased, or one that was lost when an old copy was put back."""
    with writing():
        db.session.delete(db.session.get_one(Record, signed.record_id))
    page = bring(pdf)
    assert page.h1 == "This PDF carries our unbroken seal, but it is not among our records."
    assert "There is no record of ours to compare its bytes with." in page.text


def test_bytes_and_row_that_were_changed_together_are_found(
    bring: Bring, pdf: bytes, signed: Accepted
) -> None:
    import hashlib

    other = pdf + b"\n% more\n"
    with writing():
        record = db.session.get_one(Record, signed.record_id)
        record.sha256 = hashlib.sha256(other).hexdigest()
    page = bring(other)
    assert page.h1 == "This is not the record as it was sealed."
    assert "The file is not the one we sealed" in page.text


def test_a_text_that_was_changed_after_the_signing_is_found(
    bring: Bring, pdf: bytes, cast: Cast
) -> None:
    with writing():
        # Whoever owns the database can take the triggers away, too.
        drop_triggers(db.session.connection())
        db.session.get_one(Version, cast.version.id).text += "\n\nAnd pay 5 pounds."
    page = bring(pdf)
    assert page.h1 == "This is not the record as it was sealed."
    assert "The text in it is not version 1 of the agreement as it was published." in page.text
    assert "Every byte is as we sealed it." in page.text


def test_a_newer_signature_is_said(bring: Bring, pdf: bytes, cast: Cast) -> None:
    body = signing_body(cast.version.id, person_id=str(cast.sian.id), person=None)
    sign(cast.tablet, new_id(), body, None, None)
    page = bring(pdf)
    assert page.h1 == OURS
    assert SIGNED_AGAIN.title in page.text


def test_a_newer_version_is_said(bring: Bring, pdf: bytes, cast: Cast) -> None:
    version = cast.version
    wordings = version.sentences
    with writing():
        publish(
            cast.bluebells.id,
            Edition(version.title, "# New", "New.", None, version.name_label, wordings),
        )
    assert NEWER_VERSION.title in bring(pdf).text


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        (stranger(), NOT_OURS),
        (b"%PDF-1.7\nhello", DAMAGED),
        (b"%PDF-1.7\n" + b"<<" * 100_000, DAMAGED),
        (b"%PDF-1.7\n" + b"\x00" * 5000, DAMAGED),
        (
            stranger(encryption=pikepdf.Encryption(owner="o", user="u")),
            "This PDF is locked with a password, so it cannot be checked. Our records never are.",
        ),
    ],
    ids=["somebody else's", "words", "nested", "nothing", "locked"],
)
def test_other_files_get_a_kind_sentence(bring: Bring, data: bytes, sentence: str) -> None:
    page = bring(data)
    assert page.h1 == sentence
    assert "Ask the setting that gave you the file for a fresh copy" in page.text


@pytest.mark.parametrize(
    ("data", "name", "sentence"),
    [
        (b"", "", "Choose the PDF of a record."),
        (b"", "empty.pdf", "This file is empty. Choose the PDF of a record."),
        (b"PK\x03\x04 a letter", "letter.pdf", "This is not a PDF. Our records are PDF files;"),
        (b"\xff\xfe", "ŵ\u202e.exe", "This is not a PDF. Our records are PDF files;"),
    ],
)
def test_what_is_no_pdf_is_said_beside_the_field(
    bring: Bring, data: bytes, name: str, sentence: str
) -> None:
    page = bring(data, name, expect=422)
    assert page.h1 == "Check a record"
    assert words(page.one("title")) == "Error: Check a record – Fingerpost"
    assert page.errors[0].startswith(sentence)


def bomb(layers: int) -> bytes:
    """A PDF whose table of objects unpacks to 300 MB, from 300 kB or (twice packed) from 1 kB."""
    packed = zlib.compress(bytes(300_000_000), 1)
    for _ in range(layers - 1):
        packed = zlib.compress(packed)
    entries = b"/Type/XRef/Size 9/W[1 4 2]/Root 2 0 R/Filter[%b]/Length %d" % (
        b" ".join([b"/FlateDecode"] * layers),
        len(packed),
    )
    table = b"1 0 obj\n<<%b>>stream\n%b\nendstream\nendobj\n" % (entries, packed)
    return b"%PDF-1.7\n" + table + b"startxref\n9\n%%EOF\n"


@pytest.mark.parametrize("layers", [1, 2])
def test_a_bomb_is_given_up(bring: Bring, layers: int) -> None:
    assert bring(bomb(layers)).h1 in (DAMAGED, ENDLESS)


@pytest.mark.parametrize(("limit", "value"), [("SECONDS", 0), ("MEMORY", 90_000_000)])
def test_a_file_that_costs_too_much_is_given_up(
    bring: Bring, monkeypatch: pytest.MonkeyPatch, limit: str, value: int
) -> None:
    """As any file does where there is hardly any time or memory."""
    monkeypatch.setattr(looking, limit, value)
    assert bring(stranger()).h1 == ENDLESS


def test_the_largest_file_is_read_and_a_larger_one_is_not(bring: Bring) -> None:
    pdf, file = pikepdf.new(), io.BytesIO()
    pdf.add_blank_page()
    pdf.Root.Filling = pdf.make_stream(os.urandom(LARGEST - 2000))
    pdf.save(file, compress_streams=False)
    assert LARGEST - 2000 < len(file.getvalue()) <= LARGEST
    assert bring(file.getvalue()).h1 == NOT_OURS
    for more, status in ((1, 422), (5_000_000, 413)):
        page = bring(b"%PDF-1.7" + bytes(LARGEST - 8 + more), expect=status)
        assert page.errors[0].startswith("This file is larger than 20 MB.")


def test_nobody_elses_form_takes_so_much(raw_client: FlaskClient) -> None:
    sent = {"file": (io.BytesIO(bytes(4_000_000)), "x.pdf")}
    assert raw_client.post("/verify", data=sent).status_code == 413


def test_bringing_files_is_slowed_down(bring: Bring, client: PageClient) -> None:
    for _ in range(LIMITS["file_check"][0]):
        bring(b"", "empty.pdf", expect=422)
    bring(b"", "empty.pdf", expect=429)


def test_somebody_who_waits_too_long_is_asked_to_come_back(
    bring: Bring, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("records.looking.SECONDS_FOR_A_TURN", 0.01)
    with looking._turn:
        page = bring(stranger(), expect=503)
    assert "Another file is being checked just now." in page.text
    assert page.response.headers["Retry-After"] == "20"


def test_a_reload_of_the_answer_leads_to_the_question(client: PageClient) -> None:
    assert client.client.get("/verify/file").location == "/verify"


def test_nothing_of_a_file_is_written_to_a_disk_or_a_log(
    bring: Bring, pdf: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Werkzeug's own way is a temporary file, made by this."""
    monkeypatch.setattr(werkzeug.formparser, "SpooledTemporaryFile", None)
    with structlog.testing.capture_logs() as logs:
        assert bring(pdf + b"\n" * 2_000_000, "Siân.pdf").h1 != OURS
        assert bring(b"\x00%PDF-1.4" * 80_000, "Siân.pdf").h1 == DAMAGED
    assert logs == []


def test_the_history_hears_nothing_of_it(bring: Bring, pdf: bytes, cast: Cast) -> None:
    before = db.session.scalar(db.select(db.func.count()).select_from(Event))
    bring(pdf)
    assert db.session.scalar(db.select(db.func.count()).select_from(Event)) == before


CHECKS = """
import io, os, sys
from app import create_app
from config import read_config
app = create_app(read_config({"FINGERPOST_INSTANCE": sys.argv[1], "DATABASE_URL": sys.argv[2]}),
                 {"TESTING": True, "WTF_CSRF_ENABLED": False})
sent = {"file": (io.BytesIO(sys.stdin.buffer.read()), "x.pdf")}
answer = app.test_client().post("/verify/file", data=sent)
assert answer.status_code == 200, answer.status_code
assert b"not one of our records" in answer.data
print([name for name in ("pyhanko", "weasyprint", "pikepdf") if name in sys.modules])
"""


def test_the_server_itself_never_loads_a_pdf_library(own_app: Callable[..., Flask]) -> None:
    app = own_app()
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
    run = subprocess.run(
        [sys.executable, "-c", CHECKS, app.instance_path, url],
        input=stranger(),
        capture_output=True,
        check=False,
    )
    assert run.stdout.decode().strip() == "[]", run.stderr.decode()
