"""What a role cannot use is not shown to it: no link and no form that would only be refused."""

from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from flask import Flask
from werkzeug.exceptions import HTTPException

from blueprints.manager.rules import rule_of
from tests.cast import Cast
from tests.guards.listed import ROLES, listed
from tests.guards.rows import address, everything
from tests.guards.somebody import Somebody, holding
from tests.page import Page

DESK = [line for line in listed() if line.guard == "desk" and line.method == "GET"]
# What is downloaded shows no way on.
PAGES = [line for line in DESK if "." not in line.rule]
TEACH = 'ask may("…") in the template before showing these'


@pytest.mark.parametrize("role", ROLES)
def test_on_a_full_desk(app: Flask, cast: Cast, quick_press: None, role: str) -> None:
    values = everything(cast)
    somebody = holding(app, cast.bluebells, role)
    wrong = [
        found
        for line in PAGES
        if role in line.roles
        for found in refused(app, somebody, address(app, line, values), role)
    ]
    assert not wrong, "\n".join([TEACH, *wrong])


@pytest.mark.parametrize("role", ROLES)
def test_on_an_empty_one(app: Flask, cast: Cast, role: str) -> None:
    somebody = holding(app, cast.owls, role)
    plain = [line for line in PAGES if role in line.roles and "<" not in line.rule]
    wrong = [found for line in plain for found in refused(app, somebody, line.rule, role)]
    assert not wrong, "\n".join([TEACH, *wrong])


def refused(app: Flask, somebody: Somebody, path: str, role: str) -> list[str]:
    """What a page offers and this role may not have, as sentences."""
    response = somebody.opens("GET", path)
    if response.status_code != 200 or response.mimetype != "text/html":
        response.close()
        return []
    return [
        f"{path} shows a {role} a way to {method} {where}"
        for method, where in ways_on(Page(response), path)
        if not lets_in(app, method, where, role)
    ]


def ways_on(page: Page, path: str) -> Iterator[tuple[str, str]]:
    """Every link, picture and form of a page: with which method, and where to."""
    for element in [*page.all("a"), *page.all("img")]:
        yield "GET", element.get("href") or element.get("src") or path
    for form in page.all("form"):
        yield (form.get("method") or "get").upper(), form.get("action") or path


def lets_in(app: Flask, method: str, where: str, role: str) -> bool:
    """Whether the desk lets this role in there; what is not the desk's is everybody's."""
    try:
        endpoint, _ = app.url_map.bind("localhost").match(urlsplit(where).path, method=method)
    except HTTPException:
        return True
    return not str(endpoint).startswith("manager.") or role in rule_of(str(endpoint), method).roles
