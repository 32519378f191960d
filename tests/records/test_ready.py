"""Templates in the database: laid out once, kept for ever, and what happens where there is none."""

import hashlib
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from typing import Any

import pytest
import sqlalchemy as sa
from flask import Flask

import clock
from extensions import db, storage
from models.base import new_id
from models.events import Event, check_history
from models.outbox import OutboxItem
from models.signings import Record, Signing, record_pdf, whole_pdf
from models.templates import Template, template_for
from models.writing import writing
from outbox.errands import KEPT, REFUSED
from outbox.putting import put
from outbox.worker import worker_of
from records import pressing, ready
from records.archive import pages_name
from records.errors import CannotLayOut, PressFailed
from records.facts import Fixed
from records.plan import made_of
from records.ready import NOT_LAID_OUT
from records.signing import Accepted, sign
from records.verdicts import verdict_on_record
from settings.changing import change_setting
from tests.cast import Cast, signing_body
from tests.guards.code import ROOT
from tests.records.fixtures import facts

pytestmark = pytest.mark.pdf


@pytest.fixture(autouse=True)
def _nothing_remembered() -> Iterator[None]:
    """Each test has a database of its own, and templates are remembered by their numbers."""
    ready.opened.cache_clear()
    ready._given_up.clear()
    yield
    ready.opened.cache_clear()
    ready._given_up.clear()


def accept(name: str = "Siân Llewellyn", address: str | None = None) -> Accepted:
    cast = Cast()
    person = {"full_name": name, "category": "volunteer"}
    body = signing_body(cast.version.id, person=person)
    return sign(cast.tablet, new_id(), body, clock.now(), address)


def evidence_in(pdf: bytes) -> dict[str, Any]:
    import io

    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        said: dict[str, Any] = json.loads(
            opened.attachments["evidence.json"].get_file().read_bytes()
        )
        return said


def kept(accepted: Accepted) -> tuple[Record, bytes]:
    record = db.session.get_one(Record, accepted.record_id)
    return record, whole_pdf(record)


def test_the_first_signing_lays_out_and_the_next_are_filled_in(
    own_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Fixed] = []
    lay_out = pressing.lay_out_template

    def watched(fixed: Fixed) -> pressing.Template:
        asked.append(fixed)
        assert not db.session().in_transaction()
        return lay_out(fixed)

    monkeypatch.setattr(pressing, "lay_out_template", watched)
    with own_app().app_context():
        db.session.execute(sa.text("SELECT 1"))
        address = "https://fingerpost.example/verify"
        first, second = accept("Ann Example", address), accept("Łukasz Żółć", address)
        assert len(asked) == 1
        found = template_for(Cast().bluebells.id, asked[0].version.id, made_of(asked[0]))
        template = db.session.get_one(Template, found)
        for accepted in (first, second):
            record, pdf = kept(accepted)
            assert record.template_id == template.id
            assert pdf.startswith(template.pdf)
            assert (record.size, record.sha256) == (len(pdf), hashlib.sha256(pdf).hexdigest())
            assert len(record.pdf) <= 13_000
            assert evidence_in(pdf)["pages"] == {
                "way": "filled",
                "template_sha256": template.sha256,
                "why_whole": None,
            }
            verdict = verdict_on_record(accepted.record_id)
            assert verdict
            assert verdict.genuine
        events = db.session.scalars(sa.select(Event).where(Event.kind == "template.made"))
        assert template.sha256 in {event.ids["sha256"] for event in events}
        assert check_history(Cast().bluebells.id).faults == []


def test_two_at_once_lay_out_one_template(own_app: Callable[..., Flask]) -> None:
    app = own_app()
    start, results = threading.Barrier(2), []

    def run() -> None:
        with app.app_context():
            start.wait()
            results.append(accept(address="https://two.example/verify"))

    threads = [threading.Thread(target=run) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(results) == 2
    with app.app_context():
        found = {kept(accepted)[0].template_id for accepted in results}
        assert len(found) == 1
        assert None not in found


@pytest.mark.parametrize(
    ("name", "why"), [("李小龍", "letters"), ("W" * 100, "length")], ids=["letters", "length"]
)
def test_what_does_not_fit_is_printed_whole(
    own_app: Callable[..., Flask], quick_press: None, name: str, why: str
) -> None:
    with own_app().app_context():
        accepted = accept(name)
        record, pdf = kept(accepted)
        assert record.template_id is None
        assert evidence_in(pdf)["pages"]["why_whole"] == why
        assert evidence_in(pdf)["person"]["full_name"] == name
        verdict = verdict_on_record(accepted.record_id)
        assert verdict
        assert verdict.genuine
        found = record_pdf(Cast().bluebells.id, accepted.record_id)
        assert found
        assert found[2] == pdf


@pytest.mark.parametrize("fault", [CannotLayOut, PressFailed])
def test_pages_that_cannot_be_laid_out_once_are_printed_whole(
    own_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch, fault: type[Exception]
) -> None:
    tries: list[Fixed] = []

    def failing(fixed: Fixed) -> pressing.Template:
        tries.append(fixed)
        raise fault

    monkeypatch.setattr(pressing, "lay_out_template", failing)
    with own_app().app_context():
        for _ in range(2):
            record, pdf = kept(accept("Ann Example", "https://new.example/verify"))
            assert record.template_id is None
            assert evidence_in(pdf)["pages"]["why_whole"] == "no_template"
        assert len(tries) == 1


def test_a_damaged_template_is_not_filled_in(
    own_app: Callable[..., Flask], quick_press: None
) -> None:
    with own_app().app_context():
        good, _ = kept(accept())
        with writing():
            template = db.session.get_one(Template, good.template_id)
            template.pdf = template.pdf.replace(b"endobj", b"endobk", 1)
        ready.opened.cache_clear()
        record, _ = kept(accept())
        assert record.template_id is None
        verdict = verdict_on_record(good.signing_id)
        assert verdict
        assert not verdict.bytes_intact


def test_a_damaged_template_is_mended_from_the_archive(
    own_app: Callable[..., Flask], quick_press: None
) -> None:
    with own_app().app_context():
        good, _ = kept(accept())
        template = db.session.get_one(Template, good.template_id)
        storage.keep(pages_name(template), template.pdf)
        with writing():
            template.pdf = template.pdf.replace(b"endobj", b"endobk", 1)
        ready.opened.cache_clear()
        again, _ = kept(accept())
        assert again.template_id == good.template_id
        for record in (good, again):
            verdict = verdict_on_record(record.signing_id)
            assert verdict
            assert verdict.genuine
        kinds = list(db.session.scalars(sa.select(Event.kind).order_by(Event.sequence)))
        assert "template.mended" in kinds


def test_what_is_laid_out_is_kept_in_the_archive_too(
    own_app: Callable[..., Flask], quick_press: None
) -> None:
    app = own_app()
    with app.app_context():
        good, _ = kept(accept())
        template = db.session.get_one(Template, good.template_id)
        with writing():
            put(template.setting_id, "pages", str(template.id))
        name, pdf = pages_name(template), template.pdf
    worker_of(app).work_off()
    with app.app_context():
        assert storage.read(name) == pdf


def test_a_press_that_dies_keeps_nothing(
    own_app: Callable[..., Flask], quick_press: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A child that is killed is a signing that was not accepted, and can be sent again."""

    def killed(command: list[str], **given: Any) -> subprocess.CompletedProcess[bytes]:
        return subprocess.CompletedProcess(command, -signal.SIGKILL, b"", b"")

    with own_app().app_context():
        before = db.session.scalar(sa.select(sa.func.count()).select_from(Signing))
        monkeypatch.setattr(subprocess, "run", killed)
        with pytest.raises(PressFailed):
            accept("李小龍")
        after = db.session.scalar(sa.select(sa.func.count()).select_from(Signing))
        assert before == after


def test_the_child_is_told_no_secret(monkeypatch: pytest.MonkeyPatch) -> None:
    seen: dict[str, Any] = {}

    def listening(command: list[str], **given: Any) -> subprocess.CompletedProcess[bytes]:
        seen.update(given["env"])
        return subprocess.CompletedProcess(command, 1, b"", b"")

    monkeypatch.setenv("MASTER_KEY", "secret")
    monkeypatch.setattr(subprocess, "run", listening)
    with pytest.raises(PressFailed):
        pressing.lay_out_template(facts().fixed)
    assert "PATH" in seen
    assert "MASTER_KEY" not in seen


@pytest.mark.slow
def test_a_process_that_only_signs_loads_no_pdf_library(
    own_app: Callable[..., Flask], quick_press: None
) -> None:
    """Nor the parts below them: they take more memory than everything else together."""
    app = own_app()
    with app.app_context():
        url = db.engine.url.render_as_string(hide_password=False)
        db.engine.dispose()
    run = subprocess.run(
        [sys.executable, "-c", SIGNS, url, str(app.instance_path)],
        cwd=ROOT,
        env={
            "FINGERPOST_INSTANCE": str(app.config["FINGERPOST"].instance),
            "PATH": "/usr/bin:/bin",
        },
        capture_output=True,
        text=True,
        check=False,
    )
    assert run.returncode == 0, run.stderr
    assert run.stdout.split() == ["filled"]


SIGNS = """
import os, sys
os.environ["DATABASE_URL"] = sys.argv[1]
from app import create_app
from config import read_config
app = create_app(read_config(dict(os.environ)))
with app.app_context():
    import clock
    from extensions import db, storage
    from models.base import new_id
    from models.signings import Record
    from records.signing import sign
    from tests.cast import Cast, signing_body
    cast = Cast()
    for _ in range(3):
        made = sign(cast.tablet, new_id(), signing_body(cast.version.id), clock.now(), None)
    print("filled" if db.session.get_one(Record, made.record_id).template_id else "whole")
for name in ("weasyprint", "pyhanko", "pikepdf", "fontTools", "asn1crypto"):
    if name in sys.modules:
        print(name)
"""


def test_what_is_published_is_laid_out_before_anybody_signs(
    own_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = own_app()
    with app.app_context():
        change_setting(Cast().bluebells.id, Cast().alice.id, {"address": "Church Lane"})
        worker = worker_of(app)
        while worker.one():
            pass
        done = db.session.scalars(sa.select(OutboxItem.outcome).where(OutboxItem.kind == "layout"))
        assert list(done) == [KEPT]

        def pressed(_fixed: Fixed) -> pressing.Template:
            raise AssertionError("somebody at the tablet waits for the press")

        monkeypatch.setattr(pressing, "lay_out_template", pressed)
        assert kept(accept())[0].template_id is not None


def test_pages_that_cannot_be_laid_out_once_are_told_at_the_desk(
    own_app: Callable[..., Flask], monkeypatch: pytest.MonkeyPatch
) -> None:
    def torn(_fixed: Fixed) -> pressing.Template:
        raise CannotLayOut

    monkeypatch.setattr(pressing, "lay_out_template", torn)
    app = own_app()
    with app.app_context():
        change_setting(Cast().bluebells.id, Cast().alice.id, {"address": "Church Lane"})
        worker_of(app).one()
        [item] = db.session.scalars(sa.select(OutboxItem).where(OutboxItem.kind == "layout"))
        assert (item.outcome, item.last_fault) == (REFUSED, NOT_LAID_OUT)
