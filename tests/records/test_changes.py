"""The record says that changes were shown only where the server's own comparison agrees."""

import io
import json
from pathlib import Path

import pikepdf
import pytest

import clock
from extensions import db
from models.base import new_id
from models.signings import Record, whole_pdf
from records.changes import changes_for, changes_shown
from records.facts import Changes
from records.signing import sign
from tests.cast import Cast, publish_next, signing_body
from tests.records.checkers import tagged_words_of

pytestmark = pytest.mark.usefixtures("quick_press")


def sian_signs(cast: Cast, shown: str | None = None) -> Record:
    """Siân signs the version of the day, and her tablet says that it showed her something."""
    body = signing_body(cast.version.id, person_id=str(cast.sian.id), person=None)
    body["reading"]["changes_shown"] = shown
    accepted = sign(cast.tablet, new_id(), body, clock.now(), None)
    return db.session.get_one(Record, accepted.record_id)


def claimed(cast: Cast, sha256: str | None) -> Changes | None:
    return changes_shown(cast.bluebells.id, cast.sian.id, cast.version.id, "volunteer", sha256)


def name_of(cast: Cast) -> str:
    """The hash of what Siân's tablet shows her first."""
    return next(changes_for(cast.bluebells.id, cast.sian.id, cast.version, "volunteer")).sha256


def test_the_record_names_and_holds_what_was_shown(cast: Cast, tmp_path: Path) -> None:
    sian_signs(cast)
    publish_next(text="# Rules\n\nBe kind.", summary="")
    shown = name_of(cast)
    pdf = whole_pdf(sian_signs(cast, shown))
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        said = json.loads(opened.attachments["evidence.json"].get_file().read_bytes())
    changes = said["display_facts"]["changes"]
    assert (changes["since"], changes["sha256"]) == (1, shown)
    assert changes["comparison"]["now"]["text_sha256"] == cast.version.text_sha256
    assert ["new", "Be kind."] in [
        one for c in changes["comparison"]["clauses"] for one in c["pieces"]
    ]
    (tmp_path / "record.pdf").write_bytes(pdf)
    words = tagged_words_of(tmp_path / "record.pdf")
    assert "Since version 1" in " ".join(words.split())
    assert shown in words


def test_another_hash_is_not_believed(cast: Cast) -> None:
    sian_signs(cast)
    publish_next(text="Be kind.")
    assert claimed(cast, name_of(cast)) is not None
    assert claimed(cast, "ab" * 32) is None
    assert claimed(cast, None) is None


def test_nobody_is_shown_what_somebody_else_signed(cast: Cast) -> None:
    sian_signs(cast)
    publish_next(text="Be kind.")
    shown = name_of(cast)
    nobody = changes_shown(cast.bluebells.id, None, cast.version.id, "volunteer", shown)
    other = changes_shown(cast.bluebells.id, new_id(), cast.version.id, "volunteer", shown)
    owls = changes_shown(cast.owls.id, cast.sian.id, cast.version.id, "volunteer", shown)
    assert nobody is other is owls is None


def test_what_a_tablet_showed_days_ago_is_still_known(cast: Cast) -> None:
    """It was kept on a tablet without Wi-Fi, and meanwhile she signed on another one."""
    sian_signs(cast)
    publish_next(text="Be kind.")
    late = name_of(cast)
    sian_signs(cast)
    changes = claimed(cast, late)
    assert changes is not None
    assert changes.since == 1


def test_who_signs_as_something_else_now_sees_another_sentence(cast: Cast) -> None:
    wordings = cast.version.sentences
    publish_next(wordings=wordings | {"volunteer": "I agree to follow it."})
    sian_signs(cast)
    publish_next(summary="")
    for category, summary in (("volunteer", "No words"), ("employee", "1 clause")):
        (found,) = changes_for(cast.bluebells.id, cast.sian.id, cast.version, category)
        assert found.summary == f"{summary} changed"


def test_only_the_newest_signings_are_looked_at(
    cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("records.changes.LOOKED_AT", 1)
    sian_signs(cast)
    sian_signs(cast)
    publish_next(text="Be kind.")
    found = list(changes_for(cast.bluebells.id, cast.sian.id, cast.version, "volunteer"))
    assert len(found) == 1
