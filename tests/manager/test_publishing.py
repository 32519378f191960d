"""Publishing at the desk: what is missing first, then who must sign, then how far it is."""

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
import sqlalchemy as sa

import clock
from agreements.drafting import begin_draft
from agreements.progress import draft_underway
from agreements.publishing import Change, Edition, publish
from agreements.starter import starter_edition
from agreements.underway import NOT_PRINTED, Decision, ask_to_publish, publish_draft
from extensions import db
from models.adoptions import adoption_of
from models.agreements import current_versions
from models.drafts import Draft, draft_of, drafts_of
from models.dues import due_of
from models.outbox import OutboxItem
from models.writing import writing
from outbox.errands import KEPT, NOT_NEEDED, REFUSED, Errand
from outbox.worker import Worker
from records.errors import PressFailed
from tests.cast import Cast
from tests.manager.conftest import Sign
from tests.page import PageClient, words

ADOPTION = {
    "adopted_by": "the committee",
    "adopted_on": "2026-01-14",
    "review_on": "2027-01-14",
    "signed_name": "Margaret Ann Pugh",
    "signed_role": "Chair",
}


@pytest.fixture
def draft(cast: Cast) -> Draft:
    """The next version of Bluebells' agreement."""
    edition = replace(starter_edition(), text="# Phones\n\nPhones stay in the lockers.")
    agreement_id = cast.version.agreement_id
    return begin_draft(cast.bluebells.id, edition, cast.alice.id, agreement_id=agreement_id)


def answers(**changes: object) -> dict[str, object]:
    """A material change from today on."""
    today = clock.today("Europe/London")
    usual = {"revision": "1", "kind": "material", "reason": "Phones were not in it."}
    return {**usual, "effective_on": today.isoformat(), "days_to_sign": "14", **changes}


def errand(cast: Cast) -> Errand:
    """What the worker would take up now."""
    item = db.session.scalars(sa.select(OutboxItem).where(OutboxItem.kind == "publish")).one()
    setting_id, kind, about, payload = item.setting_id, item.kind, item.about, item.payload
    return Errand(item.id, setting_id, kind, about, payload, attempts=1, maybe_sent=False)


def test_what_is_missing_comes_first(bob: PageClient, cast: Cast) -> None:
    empty = Edition(cast.version.title, " ", "", None, "Name", {})
    draft = begin_draft(cast.bluebells.id, empty, None)
    page = bob.get("manager.publishing", draft_id=draft.id)
    assert "There is no text yet." in page.text
    assert "Nobody signs it yet." in page.text
    assert "There is an agreement with this title already." in page.text
    assert not page.all("input[@name='effective_on']")
    page = bob.post("manager.publishing", answers(publish="yes"), expect=200, draft_id=draft.id)
    assert "There is no text yet." in page.text
    assert not db.session.scalars(sa.select(OutboxItem)).all()


def test_a_first_version_is_neither_material_nor_minor(bob: PageClient, cast: Cast) -> None:
    edition = Edition("Cameras", "Ask first.", "", None, "Name", {"volunteer": "I will ask."})
    draft = begin_draft(cast.bluebells.id, edition, None)
    page = bob.get("manager.publishing", draft_id=draft.id)
    assert page.h1 == "Publish version 1"
    assert "What changed?" not in page.text
    page = bob.post("manager.publishing", answers(), expect=200, draft_id=draft.id)
    assert "1 person will have a new day to sign by Volunteer: 1" in page.text
    [row] = page.all("tbody/tr")
    assert words(row).startswith("Siân Llewellyn Volunteer Not asked")


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"kind": ""}, "Choose what changed."),
        ({"reason": " "}, "Say in a few words what changed and why."),
        ({"effective_on": "soon"}, "Enter a date, such as 25 10 2027."),
        ({"days_to_sign": "-1"}, "Enter a number of days from 0 to 365."),
        ({"effective_on": "2026-01-01"}, "By this day and these days to sign"),
        ({"adopted_by": "the committee"}, "Enter the day on which it was adopted."),
        ({**ADOPTION, "adopted_on": "2199-01-01"}, "This day is still to come."),
    ],
)
def test_each_field_says_what_to_do(
    bob: PageClient, draft: Draft, changes: dict[str, object], sentence: str
) -> None:
    page = bob.post("manager.publishing", answers(**changes), expect=422, draft_id=draft.id)
    assert page.errors[0].startswith(sentence)


def test_shows_who_must_sign_again_and_when(
    bob: PageClient, cast: Cast, draft: Draft, signs: Sign
) -> None:
    signs()
    signs("Gwen Prydderch")
    page = bob.post("manager.publishing", answers(), expect=200, draft_id=draft.id)
    last = clock.today("Europe/London") + timedelta(days=14)
    assert "2 people will have a new day to sign by Parent helper: 1, Volunteer: 1" in page.text
    assert [words(row.findall("th")[0]) for row in page.all("tbody/tr")] == [
        "Gwen Prydderch",
        "Siân Llewellyn",
    ]
    assert {row.findall(".//time")[1].get("datetime") for row in page.all("tbody/tr")} == {
        last.isoformat()
    }
    page = bob.post("manager.publishing", answers(kind="minor"), expect=200, draft_id=draft.id)
    assert "2 people keep the day there was" in page.text
    assert drafts_of(cast.bluebells.id)


def test_goes_back_with_everything_kept(bob: PageClient, draft: Draft) -> None:
    page = bob.post("manager.publishing", answers(back="yes"), expect=200, draft_id=draft.id)
    assert words(page.field("reason")) == "Phones were not in it."


def test_is_published_by_the_worker_with_its_adoption_and_due_days(
    bob: PageClient, cast: Cast, draft: Draft, signs: Sign
) -> None:
    signs()
    today = clock.today("Europe/London")
    response = bob.post("manager.publishing", answers(publish="yes", **ADOPTION), draft_id=draft.id)
    progress = bob.get(response.location)
    assert "It is waiting for its turn" in progress.text
    assert _asks(bob, response.location) == {"done": False}
    assert bob.raw("GET", "manager.draft", draft_id=draft.id).location == response.location
    assert publish_draft(errand(cast)) == KEPT
    assert _asks(bob, response.location) == {"done": True}
    page = bob.get(bob.raw("GET", response.location).location)
    assert "Published. The tablet shows it from now on." in page.text
    assert "Adopted by the committee" in page.text
    assert "It changed something that matters" in page.text
    assert "Phones were not in it." in page.text
    assert "Published by bob@example.org" in page.text
    version = cast.version
    assert (version.number, version.change) == (2, "material")
    assert adoption_of(cast.bluebells.id, version.id) is not None
    due = due_of(cast.bluebells.id, cast.sian.id, version.agreement_id)
    assert due is not None
    assert due.due_on == today + timedelta(days=14)
    assert drafts_of(cast.bluebells.id) == []


def test_two_presses_publish_once_and_a_second_worker_does_nothing(
    bob: PageClient, cast: Cast, draft: Draft
) -> None:
    draft_id = draft.id
    twice = [
        bob.post("manager.publishing", answers(publish="yes"), draft_id=draft_id).location
        for _press in range(2)
    ]
    assert twice[0] == twice[1]
    claimed = errand(cast)
    assert _worker_does() == KEPT
    assert publish_draft(claimed) == KEPT
    late = bob.post("manager.publishing", answers(publish="yes"), draft_id=draft_id)
    assert late.location == twice[0]
    assert "Published." in bob.get(bob.raw("GET", late.location).location).text
    assert [v.number for v in current_versions(cast.bluebells.id)] == [2]


def test_a_draft_that_was_saved_meanwhile_is_not_published(
    bob: PageClient, cast: Cast, draft: Draft
) -> None:
    stale = answers(publish="yes", revision="0")
    response = bob.post("manager.publishing", stale, draft_id=draft.id)
    assert "Somebody saved the draft meanwhile" in bob.get(response.location).text
    assert cast.version.number == 1


def test_may_be_stopped_while_it_lasts(bob: PageClient, cast: Cast, draft: Draft) -> None:
    response = bob.post("manager.publishing", answers(publish="yes"), draft_id=draft.id)
    version_id = UUID(response.location.rsplit("/", 1)[1])
    stopped = bob.post("manager.stopping", version_id=version_id)
    assert "Stopped. Nothing was published" in bob.get(stopped.location).text
    assert publish_draft(errand(cast)) == NOT_NEEDED
    assert cast.version.number == 1


def test_a_failure_keeps_the_draft_and_says_why(
    bob: PageClient, cast: Cast, draft: Draft, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fails(_fixed: object) -> None:
        raise PressFailed

    monkeypatch.setattr("agreements.pages.lay_out_template", fails)
    response = bob.post("manager.publishing", answers(publish="yes", **ADOPTION), draft_id=draft.id)
    assert _worker_does() == REFUSED
    assert _asks(bob, response.location) == {"done": True}
    page = bob.get(bob.raw("GET", response.location).location)
    assert NOT_PRINTED in page.text
    assert words(page.field("reason")) == "Phones were not in it."
    assert page.field("adopted_by").get("value") == "the committee"
    assert cast.version.number == 1
    assert draft_of(cast.bluebells.id, draft.id) is not None
    monkeypatch.undo()
    empty = dict.fromkeys(ADOPTION, "")
    bob.post("manager.publishing", answers(publish="yes", **empty), draft_id=draft.id)
    assert db.session.scalar(sa.select(sa.func.count()).select_from(OutboxItem)) == 2


def test_an_agreement_keeps_its_address_under_another_title(
    bob: PageClient, cast: Cast, draft: Draft
) -> None:
    with writing():
        draft.title = "Phones and Cameras"
    bob.post("manager.publishing", answers(publish="yes"), draft_id=draft.id)
    before = cast.version.agreement_id
    assert publish_draft(errand(cast)) == KEPT
    [version] = current_versions(cast.bluebells.id)
    assert (version.agreement_id, version.number) == (before, 2)
    assert bob.get("/agreements/bluebells/social-media-networking-policy").h1 == version.title


def test_a_version_that_came_between_is_said(bob: PageClient, cast: Cast, draft: Draft) -> None:
    bob.post("manager.publishing", answers(publish="yes"), draft_id=draft.id)
    import agreements.pages as pages

    real = pages.lay_out_template

    def meanwhile(fixed: object) -> object:
        with writing():
            publish(cast.bluebells.id, starter_edition())
        return real(fixed)  # type: ignore[arg-type]

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(pages, "lay_out_template", meanwhile)
        assert _worker_does() == REFUSED
    assert cast.version.text == starter_edition().text


@pytest.mark.parametrize("endpoint", ["manager.publishing_progress", "manager.stopping"])
def test_progress_is_not_for_another_setting(
    charlie: PageClient, cast: Cast, draft: Draft, endpoint: str
) -> None:
    change = Change("minor", clock.today("Europe/London"), "A spelling mistake.")
    version_id = ask_to_publish(draft, Decision(change), began_from=1)
    if endpoint == "manager.stopping":
        charlie.post(endpoint, expect=404, version_id=version_id)
        assert draft_underway(cast.bluebells.id, version_id) is not None
    else:
        assert charlie.raw("GET", endpoint, version_id=version_id).status_code == 404


def _asks(bob: PageClient, where: str) -> object:
    """What the page's script is told."""
    return bob.client.get(where, headers={"Accept": "application/json"}).get_json()


def _worker_does() -> str | None:
    """One item, by a worker on this very database."""
    from flask import current_app

    app = current_app._get_current_object()  # type: ignore[attr-defined]
    return Worker(app, {"publish": publish_draft}).one()
