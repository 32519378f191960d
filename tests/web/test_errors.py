"""Errors as people meet them: a heading that says what happened, and a way on."""

import io

import pytest
from flask import Flask

from tests.cast import Cast
from tests.page import Page, PageClient


@pytest.mark.parametrize(("path", "way"), [("/manager/nowhere", "/manager/"), ("/nowhere", "/")])
def test_leads_to_the_first_page_of_where_one_is(
    app: Flask, cast: Cast, path: str, way: str
) -> None:
    client = PageClient(app.test_client()).sign_in(cast.bob).at(cast.bluebells)
    assert client.get(path, expect=404).links["Go to the first page"] == way


def test_a_form_that_was_open_for_too_long_says_so(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(app.config, "WTF_CSRF_ENABLED", True)
    page = Page(app.test_client().post("/verify", data={"code": "ABCD"}))
    assert page.status == 400
    assert page.h1 == "This form was open for too long"
    assert "Nothing was saved." in page.text
    assert page.links["Open the page again"] == "/verify"


@pytest.mark.parametrize(
    ("endpoint", "field", "sentence"),
    [
        ("settings", "logo", "This picture is larger than 2 MB, so nothing was saved."),
        ("new_import", "file", "This list is larger than 2 MB, so nothing was kept."),
        ("new_agreement", "file", "This text is larger than 15 MB, so nothing was kept."),
        ("new_contact", "name", "That is too large to be sent here, so nothing was kept."),
    ],
)
def test_what_is_too_large_is_said_with_the_way_back(
    app: Flask, cast: Cast, endpoint: str, field: str, sentence: str
) -> None:
    client = PageClient(app.test_client()).sign_in(cast.bob).at(cast.bluebells)
    file = (io.BytesIO(bytes(17_000_000)), "large")
    page = client.post(f"manager.{endpoint}", {field: file}, expect=413)
    assert page.h1 == "That is too large"
    assert sentence in page.text
    form = client.get(f"manager.{endpoint}").response.request.path
    assert page.links["Open the page again"] == form
