"""A text that came in is looked over before it is used."""

import pytest
from werkzeug.test import TestResponse

from agreements.drafting import begin_draft, save_draft
from agreements.incoming.becoming import draft_from, edition_from
from agreements.incoming.bringing_in import bring_in
from agreements.starter import starter_edition
from models.drafts import draft_of
from tests.agreements.incoming.docs import docx, p, part
from tests.cast import Cast
from tests.manager.test_incoming import begun, bring, draft_at
from tests.page import PageClient, words

POLICY = "Camera Policy\n\nStaff must:\n\n- ask first\n- tell\n\nWhere it says:\n\nNever."


def test_the_review_shows_both_and_the_account(bob: PageClient, cast: Cast) -> None:
    source = b"Page 1 of 2\nOur lead is ______ today.\nName: ____ Signed: ____"
    draft = draft_at(bring(bob, source, form={"title": "Leads"}), cast)
    page = bob.get("manager.review", draft_id=draft.id)
    assert page.links["Throw it away"] == f"/manager/agreements/drafts/{draft.id}/dropping"
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
