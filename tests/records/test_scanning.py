"""A signature on paper becomes a record like others, and is never taken for one of the tablet."""

import hashlib
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import orjson
import pikepdf
import pytest
import sqlalchemy as sa
from flask import Flask
from sqlalchemy.exc import IntegrityError

import clock
from extensions import db
from models.base import new_id
from models.dues import due_of
from models.events import Event, EventDetails, check_history
from models.outbox import OutboxItem
from models.pauses import Pause
from models.scans import LIVES, Photograph, Scan, drop_old_scans, photographs_of, scan_of
from models.signings import Record, Signing, whole_pdf
from models.writing import writing
from records import scanning
from records.about_signings import signings_of
from records.erasing import erase
from records.errors import NotAcceptable, PressFailed
from records.export import begin_export
from records.keeping import Accepted
from records.pack.enclosing import listed
from records.pack.standing import lasts
from records.scanning import NotReadable, Paper, begin_scan, file_scan, tidied, version_of_day
from records.verdicts import verdict_on_file, verdict_on_record
from records.voiding import void
from renewals.leaving import leave
from tests.cast import Cast, publish_next
from tests.records.photos import ON_ITS_SIDE, photograph

ZONE = "Europe/London"


def today() -> date:
    return clock.today(ZONE)


def brings(cast: Cast, *sent: bytes, person_id: UUID | None = None) -> UUID:
    """Siân signed on paper today, and Bob photographed it."""
    paper = Paper(person_id or cast.sian.id, cast.version.id, today(), "Ann Abel")
    photographs = tidied(list(sent) or [photograph()])
    return begin_scan(cast.bluebells.id, cast.bob.id, paper, photographs)


def waiting(cast: Cast, scan_id: UUID) -> Scan:
    found = scan_of(cast.bluebells.id, scan_id)
    assert found is not None
    return found


def files(cast: Cast, scan_id: UUID, address: str | None = None) -> Accepted:
    return file_scan(cast.bluebells, waiting(cast, scan_id), cast.bob, address)


def pdf_of(accepted: Accepted) -> bytes:
    return whole_pdf(db.session.get_one(Record, accepted.record_id))


def evidence_in(pdf: bytes, tmp_path: Any) -> dict[str, Any]:
    path = tmp_path / "record.pdf"
    path.write_bytes(pdf)
    with pikepdf.open(path) as opened:
        found: dict[str, Any] = orjson.loads(
            opened.attachments["evidence.json"].get_file().read_bytes()
        )
    return found


pytestmark = pytest.mark.pdf


def test_becomes_a_sealed_record_that_counts_from_the_day_on_the_paper(cast: Cast) -> None:
    scan_id = brings(cast)
    accepted = files(cast, scan_id)
    assert accepted.record_id == scan_id
    signing = db.session.get_one(Signing, scan_id)
    assert (signing.method, signing.tablet_id, signing.drawing) == ("paper", None, None)
    assert (signing.device_signed_at, signing.found) == (None, "chosen")
    assert signing.effective_at == clock.day_begins(today(), ZONE)
    due = due_of(cast.bluebells.id, cast.sian.id, cast.version.agreement_id)
    assert due is not None
    assert due.signing_id == scan_id
    assert due.due_on == accepted.due_on
    assert due.due_on.year == today().year + 1
    assert verdict_on_record(scan_id).genuine  # type: ignore[union-attr]
    waits = db.session.scalars(sa.select(OutboxItem).where(OutboxItem.about == str(scan_id)))
    assert [item.kind for item in waits] == ["archive"]
    assert scan_of(cast.bluebells.id, scan_id) is None
    assert db.session.scalars(sa.select(Photograph)).all() == []


def test_evidence_says_paper_and_names_each_photograph(cast: Cast, tmp_path: Any) -> None:
    sent = [photograph(turn=ON_ITS_SIDE), photograph(kind="PNG")]
    scan_id = brings(cast, *sent)
    kept = [one.jpeg for one in photographs_of(cast.bluebells.id, scan_id)]
    pdf = pdf_of(files(cast, scan_id, "https://fingerpost.example/verify"))
    says = evidence_in(pdf, tmp_path)
    assert says["signature"] == {
        "method": "paper", "typed_name": None, "drawing": None, "witness": None,
    }  # fmt: skip
    assert says["paper"]["signed_on"] == today().isoformat()
    assert says["paper"]["seen_by"] == "Ann Abel"
    assert says["paper"]["filed_by"] is None, "an address is not printed where there is no name"
    assert says["paper"]["filed_by_id"] == str(cast.bob.id)
    assert says["paper"]["photographs"] == [
        {
            "sha256": hashlib.sha256(jpeg).hexdigest(),
            "sent_sha256": hashlib.sha256(whole).hexdigest(),
        }
        for jpeg, whole in zip(kept, sent, strict=True)
    ]
    assert says["times"]["device_signed_at"] is None
    assert says["times"]["basis"] == "paper"
    assert (says["tablet"], says["display_facts"], says["declarations"]) == (
        None, None, "not asked",
    )  # fmt: skip
    for jpeg in kept:
        assert jpeg in pdf, "a photograph is in the file as it was filed, byte by byte"
    assert cast.bob.email.encode() not in pdf


def test_the_history_tells_it_with_ids_only(cast: Cast) -> None:
    scan_id = brings(cast)
    files(cast, scan_id)
    event, details = db.session.execute(
        sa.select(Event, EventDetails.body)
        .join(EventDetails, EventDetails.event_id == Event.id)
        .where(Event.kind == "signing.sealed", Event.ids["record"].as_string() == str(scan_id))
    ).one()
    assert event.ids["manager"] == str(cast.bob.id)
    assert "tablet" not in event.ids
    assert not {"Ann", "Siân"} & set(str(event.ids).split())
    assert details["method"] == "paper"
    assert details["seen_by"] == "Ann Abel"
    assert check_history(cast.bluebells.id).faults == []


def test_filing_twice_is_filing_once(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second press prints as well, and finds in the transaction that it is filed already."""
    scan_id, twice = brings(cast), list[Accepted]()
    prints = scanning.make_of_paper

    def meanwhile(*asked: Any) -> Any:
        monkeypatch.setattr(scanning, "make_of_paper", prints)
        twice.append(files(cast, scan_id))
        return prints(*asked)

    monkeypatch.setattr(scanning, "make_of_paper", meanwhile)
    twice.append(files(cast, scan_id))
    first, again = twice
    assert (first.replayed, again.replayed) == (False, True)
    assert again.code == first.code
    assert len(db.session.scalars(sa.select(Signing)).all()) == 1


def test_what_cannot_be_printed_keeps_nothing_and_the_scan_stays(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(*_: Any) -> None:
        raise PressFailed

    scan_id = brings(cast)
    monkeypatch.setattr(scanning, "make_of_paper", fails)
    with pytest.raises(PressFailed):
        files(cast, scan_id)
    assert db.session.scalars(sa.select(Signing)).all() == []
    assert waiting(cast, scan_id)


def test_a_category_that_does_not_sign_is_refused(cast: Cast) -> None:
    scan_id = brings(cast)
    only = {"employee": "I agree."}
    version = publish_next(wordings=only)
    with writing():
        waiting(cast, scan_id).version_id = version.id
    with pytest.raises(NotAcceptable, match="not one that a volunteer signs"):
        files(cast, scan_id)


def test_which_photograph_is_refused_is_said_and_nothing_is_kept(cast: Cast) -> None:
    with pytest.raises(NotReadable, match=r"Photograph 2: This is a PDF"):
        tidied([photograph(), b"%PDF-1.7"])
    assert db.session.scalars(sa.select(Scan)).all() == []


def test_what_was_put_off_at_the_tablet_stays_open(cast: Cast) -> None:
    with writing():
        wish = Pause(
            id=new_id(), setting_id=cast.bluebells.id, kind="talk_first",
            person_id=cast.sian.id, tablet_id=cast.tablet.id,
        )  # fmt: skip
        db.session.add(wish)
    files(cast, brings(cast))
    db.session.expire_all()
    assert db.session.scalars(sa.select(Pause)).one().ended_at is None


def test_a_paper_that_nobody_files_is_gone_after_a_day(cast: Cast) -> None:
    scan_id = brings(cast)
    with writing():
        waiting(cast, scan_id).made_at = clock.now() - LIVES - timedelta(minutes=1)
    assert scan_of(cast.bluebells.id, scan_id) is None
    drop_old_scans()
    assert db.session.scalars(sa.select(Photograph)).all() == []


def test_voiding_lets_it_count_no_more(cast: Cast) -> None:
    scan_id = brings(cast)
    files(cast, scan_id)
    void(cast.bluebells.id, scan_id, cast.bob.id, "The wrong name was picked.")
    due = due_of(cast.bluebells.id, cast.sian.id, cast.version.agreement_id)
    assert due is not None
    assert due.signing_id is None


def test_the_verdict_says_that_it_was_on_paper(app: Flask, cast: Cast, tmp_path: Any) -> None:
    scan_id = brings(cast)
    pdf = pdf_of(files(cast, scan_id))
    verdict = verdict_on_file(pdf)
    assert verdict.genuine
    assert verdict.on_paper
    said = app.test_cli_runner().invoke(args=["records", "verify", str(scan_id)])
    assert said.exit_code == 0
    assert "On paper, filed later as a scan." in said.stdout


def test_the_pack_the_list_and_the_copy_say_so(cast: Cast) -> None:
    scan_id = brings(cast)
    files(cast, scan_id)
    last = lasts(cast.bluebells.id)[cast.sian.id, cast.version.agreement_id]
    assert (last.signing_id, last.method) == (scan_id, "paper")
    [one] = listed(cast.bluebells.id, [scan_id])
    assert one.what.endswith(", version 1, on paper, filed later as a scan")
    [held] = signings_of(cast.bluebells, cast.sian.id)
    assert held["how"] == "On paper, filed later as a scan"
    assert held["signed_at"] == today(), "a day, and no hour that nobody knows"
    index = b"".join(begin_export(cast.bluebells.id, {"by": "test"}).zip())
    line = next(one for one in index.split(b"\r\n") if str(scan_id).encode() in one)
    assert b",On paper, filed later as a scan," in line.replace(b'"', b"")
    assert f",{today().isoformat()},".encode() in line


def test_erasing_takes_a_scan_that_waits_along(cast: Cast) -> None:
    files(cast, brings(cast))
    brings(cast)
    sian_id = cast.sian.id
    leave(cast.bluebells, sian_id, today(), cast.bob.id, "Moves away")
    erase(cast.bluebells, sian_id, cast.alice.id, "request")
    assert db.session.scalars(sa.select(Photograph)).all() == []
    assert db.session.scalars(sa.select(Record)).one().pdf == b""


def test_the_database_knows_a_paper_from_a_tablet(cast: Cast) -> None:
    scan_id = brings(cast)
    files(cast, scan_id)
    with pytest.raises(IntegrityError, match="tablet_unless_paper"), writing():
        db.session.execute(sa.update(Signing).where(Signing.id == scan_id).values(method="drawn"))


def test_the_version_of_a_day_is_the_newest_that_was_published_by_then(cast: Cast) -> None:
    first = cast.version
    second = publish_next(text="# Another")
    yesterday = today() - timedelta(days=1)
    assert version_of_day([first, second], today(), ZONE) is second
    assert version_of_day([first, second], yesterday, ZONE) is None
