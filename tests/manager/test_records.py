"""The records: a list to page through, and the very bytes that were sealed."""

import hashlib
from datetime import UTC, date, datetime
from urllib.parse import unquote

import pytest

from blueprints.manager import record_list as view
from blueprints.manager.records import disposition
from extensions import db
from models.base import new_id
from models.signings import Record, Signing
from models.writing import writing
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import Page, PageClient, words

DAY, CODE = date(2026, 11, 24), "8K3M-0000-1111-ZZZZ"


def codes(page: Page) -> list[str]:
    return [words(a) for a in page.all("a") if a.get("class") == "plain-code"]


def test_lists_the_newest_first(bob: PageClient, signs: Sign) -> None:
    signed = [signs(name) for name in ("Ann Abel", "Bea Bell")]
    page = bob.get("manager.records")
    assert codes(page) == [signed[1].code, signed[0].code]
    assert "Social Media Networking Policy, version 1" in page.text


def test_is_empty_at_first(bob: PageClient) -> None:
    assert "No record yet" in bob.get("manager.records").text


def test_pages_hold_every_record_once(
    bob: PageClient, signs: Sign, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(view, "PAGE", 2)
    ids = [signs(f"Person {letter}").record_id for letter in "ABCDE"]
    with writing():
        # Several in the same instant must not fall between two pages.
        for signing_id in ids[:4]:
            db.session.get_one(Signing, signing_id).received_at = datetime(2026, 1, 1, tzinfo=UTC)
    seen, where = [], "/manager/records"
    while where:
        page = bob.get(where)
        seen += codes(page)
        where = page.links.get("Older records", "")
    assert sorted(seen) == sorted(db.session.get_one(Record, one).code for one in ids)


def test_a_page_before_a_foreign_record_is_not_there(charlie: PageClient, signs: Sign) -> None:
    charlie.get(f"/manager/records?before={signs().record_id}", expect=404)


def test_downloads_the_sealed_bytes(bob: PageClient, signs: Sign, cast: Cast) -> None:
    signed = signs()
    response = bob.raw("GET", "manager.record", signing_id=signed.record_id)
    assert response.status_code == 200
    assert response.mimetype == "application/pdf"
    assert response.headers["Cache-Control"] == "no-store"
    record = db.session.get_one(Record, signed.record_id)
    assert hashlib.sha256(response.data).hexdigest() == record.sha256
    assert f"_Sian-Llewellyn_{signed.code}.pdf" in response.headers["Content-Disposition"]


def test_a_record_there_never_was(bob: PageClient) -> None:
    bob.get("manager.record", signing_id=new_id(), expect=404)


@pytest.mark.parametrize(
    ("name", "ascii_name", "exact"),
    [
        ("Siân Llewellyn", "Sian-Llewellyn", "Siân-Llewellyn"),
        ("Łukasz Żółkiewski", "Lukasz-Zolkiewski", "Łukasz-Żółkiewski"),
        ("James O’Connor", "James-OConnor", "James-O’Connor"),
        ("ليلى حداد", "record", "ليلى-حداد"),
        ("Wei Chen 陈伟", "record", "Wei-Chen-陈伟"),
        ("🌼", "record", "🌼"),
        ("../../etc/passwd", "etc-passwd", "..-..-etc-passwd"),
        ('Anna "\r\nX: y"', "Anna-X-y", "Anna-X-y-"),
    ],
)
def test_names_of_downloads(name: str, ascii_name: str, exact: str) -> None:
    header = disposition(DAY, name, CODE)
    assert header.isascii()
    assert header.isprintable()
    plain, star = header.removeprefix("attachment; ").split("; ")
    assert plain == f'filename="2026-11-24_{ascii_name}_{CODE}.pdf"'
    assert unquote(star) == f"filename*=UTF-8''2026-11-24_{exact}_{CODE}.pdf"


def test_the_day_is_the_settings_own(bob: PageClient, signs: Sign) -> None:
    signed = signs()
    with writing():
        signing = db.session.get_one(Signing, signed.record_id)
        signing.effective_at = datetime(2026, 6, 30, 23, 30, tzinfo=UTC)
    response = bob.raw("GET", "manager.record", signing_id=signed.record_id)
    assert 'filename="2026-07-01_' in response.headers["Content-Disposition"]
