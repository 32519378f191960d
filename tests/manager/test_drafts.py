"""Drafts at the desk: begun, written, looked at, dropped; nobody's words are lost."""

import subprocess
from dataclasses import replace
from uuid import UUID

import pytest

from agreements.drafting import begin_draft, save_draft
from agreements.starter import starter_edition
from models.categories import CATEGORIES
from models.drafts import Draft, draft_of, drafts_of
from tests.cast import Cast
from tests.page import PageClient, words

SENTENCE = "I agree to follow it."


def written(draft: Draft, **changes: object) -> dict[str, object]:
    """What the editor sends: staff under one sentence, everybody else under another."""
    return {
        "revision": str(draft.revision),
        "title": "Cameras",
        "text": "# Cameras\r\n\r\nAsk *first*.",
        "summary": "Ask first.",
        "signoff_title": "",
        "name_label": "Name:",
        "sentence_0": SENTENCE,
        "signers_0": ["volunteer", "student"],
        "sentence_1": "I will see to it.",
        "signers_1": ["employee"],
        **changes,
    }


@pytest.fixture
def draft(cast: Cast) -> Draft:
    """The next version of Bluebells' agreement, as Alice began it."""
    version = cast.version
    return begin_draft(
        cast.bluebells.id, starter_edition(), cast.alice.id, agreement_id=version.agreement_id
    )


def test_the_next_version_begins_with_what_there_is(bob: PageClient, cast: Cast) -> None:
    version = cast.version
    response = bob.post("manager.next_version", version_id=version.id)
    page = bob.get(response.location)
    assert page.h1 == version.title
    assert "Draft of version 2" in page.text
    assert (page.field("text").text or "").strip() == version.text.strip()
    ticked = [box for box in page.all("input[@name='signers_0']") if box.get("checked") is not None]
    assert len(ticked) == len(CATEGORIES)
    assert "Go on with the draft" in bob.get("manager.version", version_id=version.id).links
    assert f"{version.title}, draft" in bob.get("manager.agreements").links
    assert bob.post("manager.next_version", version_id=version.id).location == response.location


def test_saves_every_character_and_who_signs_under_what(
    bob: PageClient, cast: Cast, draft: Draft
) -> None:
    response = bob.post("manager.draft", written(draft), draft_id=draft.id)
    page = bob.get(response.location)
    kept = draft_of(cast.bluebells.id, draft.id)
    assert kept is not None
    assert kept.text == "# Cameras\n\nAsk *first*."
    assert kept.wordings == {
        "volunteer": SENTENCE,
        "student": SENTENCE,
        "employee": "I will see to it.",
    }
    assert (kept.signoff_title, kept.revision) == (None, 2)
    assert "by bob@example.org" in page.text
    assert "sentence_2" in {box.get("name") for box in page.all("textarea")}
    assert "sentence_3" not in {box.get("name") for box in page.all("textarea")}


def test_shows_it_as_the_tablet_will(bob: PageClient, draft: Draft) -> None:
    bob.post("manager.draft", written(draft), draft_id=draft.id)
    page = bob.get("manager.draft", draft_id=draft.id)
    [shown] = [div for div in page.all("div") if div.get("id") == "preview"]
    assert "Please read: Cameras" in words(shown)
    assert [words(strong) for strong in shown.iter("em")] == ["first"]
    assert "For: Volunteer, Student on placement" in words(shown)


def test_the_preview_follows_what_is_typed_and_keeps_nothing(
    bob: PageClient, cast: Cast, draft: Draft
) -> None:
    typed = written(draft, text="## New\n\n<b>Not bold</b>", setting=str(cast.bluebells.id))
    response = bob.raw("POST", "manager.draft_preview", data=typed, draft_id=draft.id)
    html = response.get_data(as_text=True)
    assert "<h4>New</h4>" in html
    assert "&lt;b&gt;Not bold&lt;/b&gt;" in html
    assert "<html" not in html
    kept = draft_of(cast.bluebells.id, draft.id)
    assert kept is not None
    assert kept.text == starter_edition().text


def test_a_save_on_an_older_draft_shows_both_texts_and_a_way_on(
    bob: PageClient, cast: Cast, draft: Draft
) -> None:
    mine = written(draft, text="What Bob wrote")
    theirs = replace(starter_edition(), text="What Alice wrote")
    save_draft(draft, theirs, cast.alice.id, began_from=1)
    page = bob.post("manager.draft", mine, expect=409, draft_id=draft.id)
    assert "alice@example.org" in page.text
    [shown] = [box for box in page.all("textarea") if box.get("id") == "their-text"]
    assert words(shown) == "What Alice wrote"
    assert words(page.field("text")) == "What Bob wrote"
    assert page.field("revision").get("value") == "2"
    assert _draft(cast, draft.id).text == "What Alice wrote"
    bob.post("manager.draft", mine | {"revision": "2"}, draft_id=draft.id)
    assert _draft(cast, draft.id).text == "What Bob wrote"


def test_a_revision_that_is_no_number_of_ours_overwrites_nothing(
    bob: PageClient, draft: Draft
) -> None:
    for revision in ("", "x", "9" * 5000):
        sent = written(draft, revision=revision)
        assert "What Bob" not in bob.post("manager.draft", sent, expect=409, draft_id=draft.id).text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"title": " "}, "Give it a title."),
        ({"title": "x" * 201}, "Please make this shorter"),
        ({"name_label": ""}, "Enter what stands before the name"),
        ({"text": "x" * 200_001}, "This is longer than 200,000 characters."),
        ({"signers_1": []}, "Tick who signs under this sentence, or clear it."),
        ({"signers_1": ["student"]}, "Student on placement is ticked above already."),
        ({"signers_1": ["pilot"]}, "'pilot' is not a valid choice for this field."),
    ],
)
def test_each_field_says_what_to_do_and_keeps_the_rest(
    bob: PageClient, cast: Cast, draft: Draft, changes: dict[str, object], sentence: str
) -> None:
    page = bob.post("manager.draft", written(draft, **changes), expect=422, draft_id=draft.id)
    [error] = page.errors
    assert error.startswith(sentence)
    assert words(page.field("summary")) == "Ask first."
    assert _draft(cast, draft.id).revision == 1


@pytest.mark.pdf
def test_the_pages_are_printed_empty_and_say_that_they_are_a_draft(
    bob: PageClient, draft: Draft
) -> None:
    bob.post("manager.draft", written(draft), draft_id=draft.id)
    links = bob.get("manager.draft", draft_id=draft.id).links
    addresses = [address for address in links.values() if "/pages.pdf?" in address]
    assert len(addresses) == 2
    response = bob.raw("GET", addresses[1])
    assert response.mimetype == "application/pdf"
    pages = page_texts(response.data)
    assert all("A draft: not published, and nobody can sign it." in page for page in pages)
    assert any("I will see to it." in page for page in pages)
    assert b"evidence.json" not in response.data
    assert bob.raw("GET", addresses[1].replace("=2", "=3")).status_code == 404


def page_texts(pdf: bytes) -> list[str]:
    text = subprocess.run(["pdftotext", "-", "-"], input=pdf, capture_output=True, check=True)
    return text.stdout.decode().rstrip("\f").split("\f")


def test_is_dropped_after_asking_once(bob: PageClient, cast: Cast, draft: Draft) -> None:
    assert "gone for good" in bob.get("manager.dropping_draft", draft_id=draft.id).text
    response = bob.post("manager.dropping_draft", draft_id=draft.id)
    assert "The draft is gone." in bob.get(response.location).text
    assert drafts_of(cast.bluebells.id) == []


@pytest.mark.parametrize(
    "endpoint",
    ["manager.draft", "manager.dropping_draft", "manager.publishing"],
)
def test_is_not_for_another_setting(charlie: PageClient, draft: Draft, endpoint: str) -> None:
    assert charlie.raw("GET", endpoint, draft_id=draft.id).status_code == 404


def _draft(cast: Cast, draft_id: UUID) -> Draft:
    found = draft_of(cast.bluebells.id, draft_id)
    assert found is not None
    return found
