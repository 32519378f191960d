"""A text comes in at the desk: chosen or pasted, looked over, and kept as a draft."""

import io
import random
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from agreements.incoming.becoming import USUAL_WORDING
from agreements.publishing import publish
from agreements.starter import HERE, starter_edition
from models.base import new_id
from models.drafts import Draft, draft_of, drafts_of
from models.writing import writing
from tests.agreements.incoming.docs import docx, p
from tests.cast import Cast
from tests.page import Page, PageClient

POLICY = "Camera Policy\n\nStaff must:\n\n- ask first\n- tell\n\nWhere it says:\n\nNever."


def bring(client: PageClient, data: bytes, name: str = "policy.txt", **more: Any) -> Any:
    file = (io.BytesIO(data), name)
    return client.post("manager.new_agreement", {"file": file, **more.pop("form", {})}, **more)


def draft_at(response: Page | TestResponse, cast: Cast) -> Draft:
    assert isinstance(response, TestResponse)
    found = draft_of(cast.bluebells.id, UUID(urlsplit(str(response.location)).path.split("/")[4]))
    assert found is not None
    return found


def begun(client: PageClient, cast: Cast, data: bytes = POLICY.encode()) -> Draft:
    return draft_at(bring(client, data), cast)


def test_the_list_leads_here(bob: PageClient) -> None:
    links = bob.get("manager.agreements").links
    assert links["Bring in a text"] == "/manager/agreements/new"


def test_a_file_becomes_a_draft_with_its_report(bob: PageClient, cast: Cast) -> None:
    draft = begun(bob, cast)
    assert draft.title == "Camera Policy"
    assert draft.text.startswith("# Camera Policy\n\n## Staff must:\n\n- ask first\n- tell\n")
    assert set(draft.wordings.values()) == {USUAL_WORDING}
    assert draft.edited_by_id == cast.bob.id
    assert draft.source is not None
    assert draft.source["source_text"] == POLICY


def test_pasted_words_do_too(bob: PageClient, cast: Cast) -> None:
    answers = {"pasted": "Ask first.", "title": "Cameras"}
    draft = draft_at(bob.post("manager.new_agreement", answers), cast)
    assert (draft.title, draft.text) == ("Cameras", "Ask first.\n")


def test_a_file_without_a_title_is_called_as_it_is_named(bob: PageClient, cast: Cast) -> None:
    draft = draft_at(bring(bob, b"ask first, always.", "Camera_policy_2026.txt"), cast)
    assert draft.title == "Camera policy 2026"


def test_a_pasted_text_is_called_as_its_heading_says(bob: PageClient, cast: Cast) -> None:
    text = "# Our *camera* policy\n\n## Whom to ask\n\nAsk first.\n"
    page = bob.post("manager.new_agreement", {"pasted": text})
    assert draft_at(page, cast).title == "Our camera policy"


@pytest.mark.parametrize("typed", ["", "Social media, short"], ids=["as before", "typed"])
@pytest.mark.parametrize(
    "text", ["ask first, always.", "# A\n\n## B\n\nC."], ids=["bare", "titled"]
)
def test_the_next_text_of_an_agreement_keeps_its_title(
    bob: PageClient, cast: Cast, typed: str, text: str
) -> None:
    form = {"agreement": str(cast.version.agreement_id), "pasted": text, "title": typed}
    draft = draft_at(bob.post("manager.new_agreement", form), cast)
    assert draft.title == (typed or cast.version.title)


def test_a_word_file_larger_than_other_forms_may_be(bob: PageClient, cast: Cast) -> None:
    photograph = random.Random(1).randbytes(3_500_000)
    data = docx(p("Ask first."), photograph=photograph)
    assert len(data) > 3_000_000
    assert draft_at(bring(bob, data, "big.docx"), cast).text == "Ask first.\n"


@pytest.mark.parametrize(
    ("form", "sentence"),
    [
        ({}, "Choose a file, or paste the text below."),
        ({"pasted": "  \n "}, "Choose a file, or paste the text below."),
        ({"pasted": "ask first, always."}, "Give it a title, such as Camera Policy."),
        ({"pasted": "____", "title": "A"}, "There are no words in it."),
        ({"pasted": "Hi.", "title": "A" * 121}, "Choose a shorter title, up to 120 characters."),
        ({"pasted": "Hi.", "agreement": str(new_id())}, "Choose one of your agreements"),
        ({"pasted": "Hi.", "title": "social media networking policy"}, "You have an agreement"),
    ],
)
def test_each_thing_that_is_missing_is_said(
    bob: PageClient, cast: Cast, form: dict[str, str], sentence: str
) -> None:
    page = bob.post("manager.new_agreement", form, expect=422)
    assert isinstance(page, Page)
    assert [error for error in page.errors if error.startswith(sentence)]
    assert drafts_of(cast.bluebells.id) == []


def test_a_file_that_cannot_be_read_gets_its_sentence(bob: PageClient, cast: Cast) -> None:
    page = bring(bob, b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(99), "old.doc", expect=422)
    assert page.errors == [
        "This is an older Word file (.doc). Please open it in Word, and save it as .docx."
    ]
    assert drafts_of(cast.bluebells.id) == []


def test_both_ways_at_once_are_one_too_many(bob: PageClient) -> None:
    page = bring(bob, b"One.", form={"pasted": "Two.", "title": "A"}, expect=422)
    assert page.errors == ["Choose a file or paste the text, please not both."]


def test_a_title_from_the_text_that_is_taken_is_said(bob: PageClient, cast: Cast) -> None:
    page = bring(bob, (HERE / "source.txt").read_bytes(), expect=422)
    assert "You have an agreement called “Social Media Networking Policy”." in page.text


def test_a_next_version_keeps_its_title_and_what_it_is_signed_under(
    bob: PageClient, cast: Cast
) -> None:
    key = str(cast.version.agreement_id)
    page = bob.get("manager.new_agreement", agreement=key)
    chosen = [o.get("value") for o in page.all("option") if o.get("selected") is not None]
    assert chosen == [key]
    draft = draft_at(bring(bob, POLICY.encode(), form={"agreement": key}), cast)
    starter = starter_edition()
    assert str(draft.agreement_id) == key
    assert (draft.title, draft.wordings) == (starter.title, starter.wordings)
    assert draft.summary == starter.summary
    again = bring(bob, POLICY.encode(), form={"agreement": key}, expect=422)
    assert "Somebody has begun its next version already." in again.errors[0]


def test_nobody_brings_a_text_into_another_setting(charlie: PageClient, cast: Cast) -> None:
    with writing():
        publish(cast.owls.id, starter_edition())
    key = str(cast.version.agreement_id)
    page = bring(charlie, POLICY.encode(), form={"agreement": key}, expect=422)
    assert page.errors == ["Choose one of your agreements, or a new one."]
