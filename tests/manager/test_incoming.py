"""A text comes in at the desk: chosen or pasted, looked over, and kept as a draft."""

import io
import random
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID

import pytest
from werkzeug.test import TestResponse

from agreements.drafting import begin_draft, save_draft
from agreements.incoming.becoming import USUAL_WORDING, draft_from, edition_from
from agreements.incoming.bringing_in import bring_in
from agreements.publishing import publish
from agreements.starter import HERE, starter_edition
from models.base import new_id
from models.drafts import Draft, draft_of, drafts_of
from models.writing import writing
from tests.agreements.incoming.docs import docx, p, part
from tests.cast import Cast
from tests.page import Page, PageClient, words

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


def test_the_review_shows_both_and_the_account(bob: PageClient, cast: Cast) -> None:
    source = b"Page 1 of 2\nOur lead is ______ today.\nName: ____ Signed: ____"
    draft = draft_at(bring(bob, source, form={"title": "Leads"}), cast)
    page = bob.get("manager.review", draft_id=draft.id)
    assert page.h1 == "Leads"
    assert "No word is lost 10 words came in. 4 are in the text, 2 in the closing" in page.text
    assert "and 4 were left out" in page.text
    assert "Page numbers" in page.text
    assert "“______” line 2" in page.text
    shown = [words(e) for e in page.all("div") if e.get("role") == "region"]
    assert shown == ["Our lead is today.", " ".join(source.decode().split())]
    assert "Name: ____ Signed: ____" in page.text


def test_a_count_that_does_not_add_up_is_never_hidden(bob: PageClient, cast: Cast) -> None:
    half_hidden = "<w:r><w:rPr><w:vanish/></w:rPr><w:t>hid</w:t></w:r><w:r><w:t>den</w:t></w:r>"
    draft = draft_at(bring(bob, docx(p("Once"), p(half_hidden)), "a.docx"), cast)
    text = bob.get("manager.review", draft_id=draft.id).text
    assert "the words do not add up" in text
    assert "In your file, and not in the text: “hidden”." in text
    assert "In the text, and not in your file: “den hid”." in text
    assert "No word is lost" not in text


def test_unticked_guesses_become_paragraphs(bob: PageClient, cast: Cast) -> None:
    draft = begun(bob, cast)
    page = bob.get("manager.review", draft_id=draft.id)
    boxes = [e for e in page.all("input") if e.get("name") == "headings"]
    assert all(box.get("checked") is not None for box in boxes)
    assert page.labels == ["Camera Policy", "Staff must:", "Where it says:"]
    ticked = [box.get("value") for box in boxes[:2]]
    answers = {"headings": ticked, "revision": page.field("revision").get("value")}
    response = bob.post("manager.review", answers, draft_id=draft.id)
    assert isinstance(response, TestResponse)
    text = draft_of(cast.bluebells.id, draft.id).text  # type: ignore[union-attr]
    assert "\n## Staff must:\n" in text
    assert "\n\nWhere it says:\n\nNever.\n" in text
    assert "“Camera Policy” is kept as a draft." in bob.get(str(response.location)).text


def test_none_ticked_means_none(bob: PageClient, cast: Cast) -> None:
    draft = begun(bob, cast)
    bob.post("manager.review", {"revision": "1"}, draft_id=draft.id)
    assert "#" not in draft_of(cast.bluebells.id, draft.id).text  # type: ignore[union-attr]


@pytest.mark.parametrize("revision", ["1", "", "x", "²"])
def test_a_draft_that_somebody_changed_meanwhile_is_left_alone(
    bob: PageClient, cast: Cast, revision: str
) -> None:
    draft = begun(bob, cast)
    save_draft(draft, starter_edition(), cast.alice.id, began_from=1)
    response = bob.post("manager.review", {"revision": revision}, draft_id=draft.id)
    assert isinstance(response, TestResponse)
    page = bob.get(str(response.location))
    assert "Somebody else changed this draft meanwhile." in page.text
    assert draft_of(cast.bluebells.id, draft.id).text == starter_edition().text  # type: ignore[union-attr]


def test_a_review_belongs_to_its_setting(charlie: PageClient, cast: Cast) -> None:
    incoming = bring_in("a.txt", POLICY.encode())
    edition = edition_from(incoming, "Cameras", None)
    draft = draft_from(cast.bluebells.id, incoming, edition, None, None)
    charlie.get("manager.review", draft_id=draft.id, expect=404)
    charlie.post("manager.review", {"revision": "1"}, draft_id=draft.id, expect=404)


def test_a_draft_that_did_not_come_in_has_no_review(bob: PageClient, cast: Cast) -> None:
    written = begin_draft(cast.bluebells.id, starter_edition(), cast.bob.id)
    bob.get("manager.review", draft_id=written.id, expect=404)


def test_every_furniture_has_a_name(bob: PageClient, cast: Cast) -> None:
    data = docx(p("Ask\u00ad first."), header1=part("hdr", p("Bluebells Pre-school")))
    draft = draft_at(bring(bob, data, "a.docx"), cast)
    page = bob.get("manager.review", draft_id=draft.id)
    assert [words(dt) for dt in page.all("dt")] == [
        "Invisible hyphens",
        "Lines at the top of every page",
    ]
