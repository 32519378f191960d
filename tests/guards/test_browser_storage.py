"""What the privacy notice says of cookies and browser storage is what the code leaves there."""

import re

from flask import Flask
from flask.testing import FlaskClient

from blueprints.kiosk.document import COOKIE_LIVES_SECONDS
from settings.privacy import STORED
from tests.cast import PASSWORD, TABLET_TOKEN, Cast
from tests.guards.code import ROOT, product
from tests.guards.test_browser_code import FILES

LISTED = {(one.kind, one.name) for one in STORED}
# Each call in Python that may set a cookie; each way in which a page may keep something.
SETTERS = re.compile(r"\.set_cookie\(")
KEEPERS = re.compile(
    r"indexedDB\.open\(|caches\.open\(|\b(?:localStorage|sessionStorage|cookieStore)\b"
    r"|navigator\.storage\.getDirectory"
)


def code(path: str) -> str:
    return (ROOT / path).read_text(encoding="utf-8")


def test_the_cookies_are_those_of_the_list(app: Flask, raw_client: FlaskClient, cast: Cast) -> None:
    answers = {"email": "bob@example.org", "password": PASSWORD, "remember": "y"}
    raw_client.get("/login")
    raw_client.post("/login", data=answers)
    names = {cookie.key for cookie in raw_client._cookies.values()}
    raw_client.set_cookie("fingerpost-tablet", TABLET_TOKEN)
    bundle = raw_client.get("/kiosk/bundle", headers={"Sec-Fetch-Site": "same-origin"})
    names |= {line.split("=")[0] for line in bundle.headers.getlist("Set-Cookie")}
    assert names == {name for kind, name in LISTED if kind == "Cookie"}


def test_a_page_without_a_form_leaves_nothing_and_one_with_a_form_its_guard(
    raw_client: FlaskClient, cast: Cast
) -> None:
    raw_client.get("/agreements/bluebells/social-media-networking-policy")
    assert not raw_client._cookies
    raw_client.get("/verify")
    assert {cookie.key for cookie in raw_client._cookies.values()} <= {"fingerpost-desk"}


def test_no_other_module_sets_a_cookie() -> None:
    setters = [
        module.name
        for module in product()
        if SETTERS.search(module.path.read_text(encoding="utf-8"))
    ]
    assert setters == ["blueprints.kiosk.document"], "say it in settings/privacy.py, and here"


def test_no_other_script_keeps_anything() -> None:
    keepers = {
        str(file.relative_to(ROOT)): sorted(set(KEEPERS.findall(file.read_text(encoding="utf-8"))))
        for file in FILES
    }
    assert {name: found for name, found in keepers.items() if found} == {
        "static/js/lib/store.js": ["indexedDB.open("],
        "static/js/service-worker.js": ["caches.open("],
    }, "say it in settings/privacy.py, and here"


def test_the_names_are_those_of_the_scripts() -> None:
    (database,) = re.findall(r'const NAME = "(.*?)"', code("static/js/lib/store.js"))
    (prefix,) = re.findall(r'const PREFIX = "(.*?)"', code("static/js/service-worker.js"))
    kept = {pair for pair in LISTED if pair[0] != "Cookie"}
    assert kept == {("IndexedDB", database), ("Cache", prefix)}


def test_the_lives_are_those_of_the_code(app: Flask) -> None:
    lives = {one.name: one.life for one in STORED}
    assert lives["fingerpost-tablet"].startswith(f"{COOKIE_LIVES_SECONDS // 86400} days")
    assert app.config.get("REMEMBER_COOKIE_DURATION") is None, "then it is no year any more"
