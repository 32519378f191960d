"""A hint that was set aside stays away for as long as it says the same."""

from dataclasses import replace
from datetime import timedelta

from agreements.health import Hint, dismiss, health_of, open_counts, take_back
from agreements.publishing import publish
from agreements.starter import starter_edition
from extensions import db
from models.events import Event, EventDetails
from models.hints import Dismissal, dismissals_of
from models.settings import of
from models.writing import writing
from tests.cast import Cast

TWITTER = "platform.twitter"


def standing(cast: Cast, key: str = TWITTER) -> str:
    """Whether a hint about the newest version is open, set aside or gone."""
    health = health_of(cast.bluebells.id, cast.version, cast.version.agreement_id)
    if health.open_hint(key):
        return "open"
    return "set aside" if key in [hint.key for hint, _ in health.set_aside] else "gone"


def set_aside(cast: Cast, key: str = TWITTER) -> Dismissal:
    health = health_of(cast.bluebells.id, cast.version, cast.version.agreement_id)
    hint = health.open_hint(key)
    assert hint is not None
    dismiss(cast.version, hint, "Our parents still say Twitter.", cast.bob.id)
    return dismissals_of(cast.bluebells.id, cast.version.agreement_id)[0]


def rewrite(cast: Cast, old: str, new: str) -> None:
    edition = starter_edition()
    assert old in edition.text
    with writing():
        publish(cast.bluebells.id, replace(edition, text=edition.text.replace(old, new)))


def test_is_set_aside_with_who_when_and_why(cast: Cast) -> None:
    before = open_counts([cast.version])[cast.version.id]
    row = set_aside(cast)
    assert standing(cast) == "set aside"
    assert (row.reason, row.by_id) == ("Our parents still say Twitter.", cast.bob.id)
    assert open_counts([cast.version])[cast.version.id] == before - 1


def test_stays_away_when_another_clause_changes(cast: Cast) -> None:
    set_aside(cast)
    rewrite(cast, "Equality Act 2010", "Equality Act of 2010")
    assert standing(cast) == "set aside"


def test_comes_back_when_its_words_change(cast: Cast) -> None:
    set_aside(cast)
    rewrite(cast, "MSN, Twitter, YouTube", "Twitter, YouTube")
    assert standing(cast) == "open"


def test_comes_back_when_somebody_read_the_source_again(cast: Cast) -> None:
    key = "act.data-protection-1998"
    row = set_aside(cast, key)
    assert standing(cast, key) == "set aside"
    with writing():
        assert row.checked_on is not None
        row.checked_on -= timedelta(days=1)
    assert standing(cast, key) == "open"


def test_can_be_taken_back_once_and_the_reason_is_kept(cast: Cast) -> None:
    row = set_aside(cast)
    for _ in range(2):
        take_back(row, cast.alice.id)
    assert standing(cast) == "open"
    assert (row.taken_back_by_id, row.reason) == (cast.alice.id, "Our parents still say Twitter.")
    assert kinds(cast)[-2:] == ["hint.dismissed", "hint.taken_back"]


def test_the_history_holds_the_reason_in_its_details_only(cast: Cast) -> None:
    set_aside(cast)
    event = db.session.scalars(of(cast.bluebells.id, Event).order_by(Event.sequence)).all()[-1]
    assert event.kind == "hint.dismissed"
    assert "Twitter" not in str(event.ids)
    body = db.session.get_one(EventDetails, event.id).body
    assert body == {"hint": TWITTER, "reason": "Our parents still say Twitter."}


def test_a_draft_follows_its_agreement_and_a_new_one_has_nothing_set_aside(cast: Cast) -> None:
    set_aside(cast)
    edition = starter_edition()
    known = health_of(cast.bluebells.id, edition, cast.version.agreement_id)
    new = health_of(cast.bluebells.id, edition, None)
    assert known.open_hint(TWITTER) is None
    assert new.open_hint(TWITTER) is not None


def test_another_settings_dismissal_does_not_count(cast: Cast) -> None:
    row = set_aside(cast)
    with writing():
        row.setting_id = cast.owls.id
    assert standing(cast) == "open"


def test_a_hint_about_nothing_in_the_text_stays_away() -> None:
    assert Hint("a", "b", "c", "look").words_sha256 == Hint("a", "x", "y", "look").words_sha256


def kinds(cast: Cast) -> list[str]:
    rows = db.session.scalars(of(cast.bluebells.id, Event).order_by(Event.sequence))
    return [event.kind for event in rows]
