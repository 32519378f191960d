"""The hints about a version: shown at the desk, set aside with a reason, taken back."""

from dataclasses import replace

import pytest
from flask import current_app

from agreements.health import dismiss, health_of, hints
from agreements.publishing import publish
from agreements.starter import starter_edition
from models.agreements import Version
from models.hints import Dismissal, dismissals_of
from models.writing import writing
from tests.cast import TABLET_TOKEN, Cast
from tests.page import PageClient, words

MSN = {"hint_key": "platform.msn"}
REASON = {"reason": "The name stands there as an example of the past."}


def test_shows_each_hint_with_its_words_its_source_and_the_day(bob: PageClient, cast: Cast) -> None:
    page = bob.get("manager.health", version_id=cast.version.id)
    cards = {card.get("id"): words(card) for card in page.all("article")}
    act = cards["act.data-protection-1998"]
    assert "“Data Protection Act 1998” under “Legislation”" in act
    assert "We read this at ashfords.co.uk on" in act
    assert "We believe that MSN Messenger has closed. Please check." in cards["platform.msn"]
    assert "Where to look: en.wikipedia.org" in cards["platform.msn"]


def test_leads_to_what_mends_it(bob: PageClient, cast: Cast) -> None:
    links = bob.get("manager.health", version_id=cast.version.id).links
    assert links["Write down the adoption"].endswith(f"{cast.version.id}/adoption")
    assert links["Add a contact"] == "/manager/settings/contacts/new"


def test_the_list_and_the_version_lead_there(bob: PageClient, cast: Cast) -> None:
    address = f"/manager/agreements/{cast.version.id}/health"
    hints = bob.get(address).all("article")
    for page in (
        bob.get("manager.agreements"),
        bob.get("manager.version", version_id=cast.version.id),
    ):
        assert address in page.links.values()
        assert f"{len(hints)} hints" in page.text


def test_is_set_aside_with_a_reason_and_comes_back(bob: PageClient, cast: Cast) -> None:
    version = cast.version
    asks = bob.get("manager.dismiss_hint", version_id=version.id, **MSN)
    assert "Why does it not matter here?" in asks.labels
    bob.post("manager.dismiss_hint", REASON, version_id=version.id, **MSN)
    page = bob.get("manager.health", version_id=version.id)
    assert "platform.msn" not in [card.get("id") for card in page.all("article")]
    assert REASON["reason"] in page.text
    assert "bob@example.org" in page.text
    bob.post("manager.my_name", {"name": "Bob Rees"})
    assert "Bob Rees" in bob.get("manager.health", version_id=version.id).text
    again = {"version_id": version.id, "dismissal_id": dismissal(version).id}
    bob.post("manager.show_hint_again", {}, **again)
    page = bob.get("manager.health", version_id=version.id)
    assert "platform.msn" in [card.get("id") for card in page.all("article")]


@pytest.mark.parametrize(
    ("reason", "sentence"),
    [
        (" ", "Enter why it does not matter here."),
        ("x" * 501, "Please make this shorter, up to 500 characters."),
    ],
)
def test_a_reason_is_needed(bob: PageClient, cast: Cast, reason: str, sentence: str) -> None:
    answers = {"reason": reason}
    page = bob.post("manager.dismiss_hint", answers, expect=422, version_id=cast.version.id, **MSN)
    assert page.errors == [sentence]
    assert dismissals_of(cast.bluebells.id, cast.version.agreement_id) == []


def test_a_hint_that_is_not_open_cannot_be_set_aside(bob: PageClient, cast: Cast) -> None:
    version = cast.version
    for key in ("no.such-hint", "review.past"):
        bob.get("manager.dismiss_hint", expect=404, version_id=version.id, hint_key=key)
    bob.post("manager.dismiss_hint", REASON, version_id=version.id, **MSN)
    bob.post("manager.dismiss_hint", REASON, expect=404, version_id=version.id, **MSN)


def test_nobody_elses_hints(charlie: PageClient, cast: Cast) -> None:
    version = cast.version
    hint = hints(version.setting_id, version)[0]
    dismiss(version, hint, "Not here.", cast.bob.id)
    row = dismissal(version)
    charlie.get("manager.health", expect=404, version_id=version.id)
    charlie.get("manager.dismiss_hint", expect=404, version_id=version.id, **MSN)
    other = charlie.get("manager.agreements").links
    [own] = {link for link in other.values() if link.endswith("/health")}
    charlie.post(f"{own}/dismissals/{row.id}/ending", {}, expect=404)
    assert row.taken_back_at is None


def test_a_dismissal_is_taken_back_where_it_belongs(bob: PageClient, cast: Cast) -> None:
    version, other = cast.version, replace(starter_edition(), title="Another policy")
    dismiss(version, hints(version.setting_id, version)[0], "Not here.", cast.bob.id)
    row = dismissal(version)
    with writing():
        elsewhere = publish(cast.bluebells.id, other).id
    ids = {"version_id": elsewhere, "dismissal_id": row.id}
    bob.post("manager.show_hint_again", {}, expect=404, **ids)
    assert row.taken_back_at is None


def test_a_draft_shows_its_hints_in_place(cast: Cast) -> None:
    health = health_of(cast.bluebells.id, starter_edition(), None)
    template = current_app.jinja_env.get_template("components/health.html")
    shown = str(template.make_module().health_note(health))  # type: ignore[attr-defined]
    assert f"{len(health.open)} hints that may help with this text" in shown
    assert "MSN is a name of the past" in shown
    assert 'href="/' not in shown


def test_says_so_when_there_is_nothing_to_say(bob: PageClient, cast: Cast) -> None:
    with writing() as session:
        version = Version(
            setting_id=cast.bluebells.id, agreement_id=cast.version.agreement_id, number=9,
            title="Sun cream", text="Put it on.", text_sha256="0", summary="",
            signoff_title=None, name_label="Name", published_at=cast.version.published_at,
            change="minor", effective_on=cast.version.effective_on, days_to_sign=14,
        )  # fmt: skip
        session.add(version)
    page = bob.get("manager.health", version_id=version.id)
    assert [card.get("id") for card in page.all("article")] == ["adoption.none", "text.undated"]
    for key in ("adoption.none", "text.undated"):
        bob.post("manager.dismiss_hint", REASON, version_id=version.id, hint_key=key)
    assert "No hints" in bob.get("manager.health", version_id=version.id).text


def test_whoever_signs_or_reads_never_sees_a_hint(client: PageClient, cast: Cast) -> None:
    client.client.set_cookie("fingerpost-tablet", TABLET_TOKEN)
    bundle = client.raw("GET", "kiosk.bundle").get_data(as_text=True)
    slug = "social-media-networking-policy"
    public = client.get("public.agreement", setting="bluebells", slug=slug).text
    assert "MSN" in bundle
    for said in (bundle, public):
        assert "Messenger has closed" not in said
        assert "hint" not in said.lower()


def dismissal(version: Version) -> Dismissal:
    """The one dismissal of a version's agreement."""
    [row] = dismissals_of(version.setting_id, version.agreement_id)
    return row
