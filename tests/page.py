"""A browser for tests: gives parsed pages, and refuses a page that no browser should get."""

import re
from collections import Counter
from typing import Any
from xml.etree.ElementTree import Element

import html5lib
from flask import current_app, g
from flask.testing import FlaskClient
from werkzeug.test import TestResponse

from extensions import db
from models.managers import Manager
from models.settings import Setting

FIELDS = ("input", "select", "textarea")
LABELLED_BY_THEMSELVES = {"hidden", "submit", "button"}


class Page:
    """One HTML answer, checked and parsed."""

    def __init__(self, response: TestResponse) -> None:
        self.response = response
        self.status = response.status_code
        self.root: Element = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(
            response.get_data(as_text=True)
        )
        self._check()

    def all(self, path: str) -> list[Element]:
        """Every element of an ElementTree path, anywhere."""
        return self.root.findall(f".//{path}")

    def one(self, path: str) -> Element:
        """The only element of a path."""
        found = self.all(path)
        assert len(found) == 1, f"{len(found)} elements match {path}"
        return found[0]

    @property
    def h1(self) -> str:
        """The page's heading."""
        return words(self.one("h1"))

    @property
    def text(self) -> str:
        """Everything a person reads on the page."""
        return words(self.one("body"))

    @property
    def links(self) -> dict[str, str]:
        """Where each link leads, by its words."""
        return {words(a): a.get("href", "") for a in self.all("a")}

    @property
    def labels(self) -> list[str]:
        """The questions the page asks."""
        return [words(label) for label in self.all("label")]

    @property
    def errors(self) -> list[str]:
        """The sentences of the error summary."""
        summaries = [e for e in self.root.iter() if e.get("data-error-summary") is not None]
        return [words(item) for summary in summaries for item in summary.iter("li")]

    def field(self, name: str) -> Element:
        """The form field with this name."""
        found = [e for kind in FIELDS for e in self.all(kind) if e.get("name") == name]
        assert len(found) == 1, f"{len(found)} fields are called {name}"
        return found[0]

    def _check(self) -> None:
        title = words(self.one("head/title"))
        assert len(self.all("h1")) == 1, "a page has one h1"
        assert title, "a page has a title"
        ids = Counter(e.get("id") for e in self.root.iter() if e.get("id"))
        assert not [name for name, count in ids.items() if count > 1], "an id is used twice"
        assert not [e for e in self.all("script") if not e.get("src")], "no inline script"
        assert not self.all("style"), "no inline style"
        for element in self.root.iter():
            handlers = [name for name in element.attrib if re.match(r"on\w+$|style$", name)]
            assert not handlers, f"no {handlers} on <{element.tag}>"
        self._check_labels()

    def _check_labels(self) -> None:
        named = {label.get("for") for label in self.all("label")}
        for kind in FIELDS:
            for field in self.all(kind):
                if field.get("type") in LABELLED_BY_THEMSELVES:
                    continue
                has_name = field.get("aria-label") or field.get("aria-labelledby")
                assert field.get("id") in named or has_name, f"{field.attrib} has no label"


class PageClient:
    """A test client that speaks in endpoints (or paths) and gives pages."""

    def __init__(self, client: FlaskClient) -> None:
        self.client = client
        self.setting: Setting | None = None

    def sign_in(self, manager: Manager) -> "PageClient":
        """Sign a manager in the short way; the sign-in page has tests of its own."""
        with self.client.session_transaction() as session:
            session["_user_id"] = manager.fs_uniquifier
            session["_fresh"] = True
            session["fs_cc"] = "set"
            session["fs_paa"] = 9999999999.0
        return self

    def at(self, setting: Setting) -> "PageClient":
        """Stand in a setting: its forms carry its id."""
        self.setting = setting
        return self

    def get(self, where: str, /, expect: int = 200, **values: Any) -> Page:
        """GET a page and check its status."""
        return self._page(self.raw("GET", where, **values), expect)

    def post(
        self, where: str, /, data: dict[str, Any] | None = None, expect: int = 302, **values: Any
    ) -> Page | TestResponse:
        """POST a form; a redirect gives the response, anything else the page."""
        form = dict(data or {})
        if self.setting is not None:
            form.setdefault("setting", str(self.setting.id))
        response = self.raw("POST", where, data=form, **values)
        if response.status_code in {302, 303}:
            assert expect == 302, f"redirected to {response.location}"
            return response
        return self._page(response, expect)

    def raw(self, method: str, where: str, /, data: Any = None, **values: Any) -> TestResponse:
        """The plain answer. The test's own open read must not wrap the request's writes."""
        db.session.commit()
        db.session.expire_all()
        # The test's own context would keep whoever asked last, so that a second client were they.
        g.pop("_login_user", None)
        return self.client.open(_path(where, values), method=method, data=data)

    def _page(self, response: TestResponse, expect: int) -> Page:
        assert response.status_code == expect, (
            f"{response.status_code} instead of {expect}: {response.get_data(as_text=True)[:400]}"
        )
        assert response.mimetype == "text/html"
        return Page(response)


def words(element: Element) -> str:
    """The text inside an element, with single spaces."""
    return " ".join("".join(element.itertext()).split())


def _path(where: str, values: dict[str, Any]) -> str:
    if where.startswith("/"):
        return where
    return current_app.url_map.bind("localhost").build(where, values)
