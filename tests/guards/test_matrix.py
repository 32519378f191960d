"""Who gets in where: every address tried as a stranger, a tablet, and each role of two settings.

An address that is not in routes.txt fails there; one that opens to other roles than its line says
fails here. What the line says is meant; what rules.py does is tried.
"""

import pytest
from flask import Flask

from blueprints.manager.blueprint import OWN_GUARD
from models.settings import Setting
from tests.cast import OTHER_TOKEN, TABLET_TOKEN, Cast
from tests.guards.listed import ROLES, Listed, listed
from tests.guards.routes import Route, routes_of
from tests.guards.rows import address_in
from tests.guards.somebody import Somebody, holding

DESK = [line for line in listed() if line.guard == "desk"]
TABLET = [line for line in listed() if line.guard == "tablet"]
OPEN = [line for line in listed() if line.guard not in {"desk", "tablet"}]
# The certificates of older authorities belong to the installation, and so to every setting of it.
EVERYBODYS = {"manager.older_certificate"}
# What the tablet names itself is nobody's yet; tests/kiosk/ has the tests of that.
ITS_OWN_IDS = {"kiosk.accept", "kiosk.pause_for"}
TEACH = (
    "{line} was tried as {role} and answered {status}. Its line in tests/guards/routes.txt says "
    "that {roles} may. If somebody else may, write all, run, lead or own at the end of that line; "
    "if not, blueprints/manager/rules.py is too kind or too strict."
)


@pytest.mark.parametrize("line", DESK, ids=str)
def test_the_desk(app: Flask, cast: Cast, quick_press: None, line: Listed) -> None:
    path = address_in(app, cast, line)
    assert Somebody(app).asks(line, path) == 401
    assert Somebody(app, token=TABLET_TOKEN).asks(line, path) == 401
    for role in ROLES:
        from_elsewhere(line, path, role, holding(app, cast.owls, role), cast.bluebells)
    # Whoever may not is tried before anybody does anything.
    tried = {role: holding(app, cast.bluebells, role) for role in ROLES}
    in_order = sorted(ROLES, key=lambda role: role in line.roles)
    found = {role: tried[role].asks(line, path) for role in in_order}
    for role, status in found.items():
        said = TEACH.format(line=line, role=role, status=status, roles=sorted(line.roles))
        assert (status == 403) == (role not in line.roles), said
        assert status not in {401, 409, 500}, said
    first = next(role for role in in_order if role in line.roles)
    # A form that asks for more than was sent; or what is its own manager's, and nobody else's.
    asks_for_more = (line.method == "POST" and "<" not in line.rule) or line.group == "mine"
    there = found[first] != 404 or line.endpoint in EVERYBODYS or asks_for_more
    assert there, f"tests/guards/rows.py makes nothing that {line} opens"


def from_elsewhere(line: Listed, path: str, role: str, somebody: Somebody, here: Setting) -> None:
    """Somebody of another setting gets nothing of this one, whatever their role is there."""
    if line.method == "POST":
        assert somebody.asks(line, path, {"setting": str(here.id)}) == 409, (line, role)
    if "<" not in line.rule or line.endpoint in EVERYBODYS or line.rule.endswith("/<stage>"):
        return
    expected = 404 if role in line.roles else 403
    assert somebody.asks(line, path) == expected, f"{line} shows a {role} what is not theirs"


@pytest.mark.parametrize("line", TABLET, ids=str)
def test_the_tablet(app: Flask, cast: Cast, line: Listed) -> None:
    route = route_of(app, line)
    assert Somebody(app).asks(line, route.path) == 401
    for setting in (cast.bluebells, cast.owls):
        for role in ROLES:
            assert holding(app, setting, role).asks(line, route.path) == 401, (line, role)
    assert Somebody(app, token=TABLET_TOKEN).asks(line, route.path) not in {401, 403}


@pytest.mark.parametrize(
    "line", [x for x in TABLET if "_id>" in x.rule and x.endpoint not in ITS_OWN_IDS], ids=str
)
def test_another_settings_tablet(app: Flask, cast: Cast, quick_press: None, line: Listed) -> None:
    path = address_in(app, cast, line)
    assert Somebody(app, token=TABLET_TOKEN).asks(line, path) == 200
    assert Somebody(app, token=OTHER_TOKEN).asks(line, path) == 404


@pytest.mark.parametrize("line", OPEN, ids=str)
def test_what_asks_for_no_role(app: Flask, cast: Cast, line: Listed) -> None:
    """It answers a stranger, a tablet and every role alike: being signed in opens nothing here."""
    path = route_of(app, line).path
    stranger = Somebody(app).asks(line, path)
    # Without a password given just now, or a passkey's answer, it opens to nobody.
    assert (stranger == 401) == (line.guard in {"password", "passkey"})
    assert stranger != 403
    if line.endpoint in {"security.login", "security.logout"}:
        return
    assert Somebody(app, token=TABLET_TOKEN).asks(line, path) == stranger
    for setting in (cast.bluebells, cast.owls):
        for role in ROLES:
            assert holding(app, setting, role).asks(line, path) == stranger, (line, role)


def test_the_list_of_what_guards_itself_is_this_one() -> None:
    own = {line.endpoint for line in OPEN if line.rule.startswith("/manager/")}
    assert own == OWN_GUARD


def route_of(app: Flask, line: Listed) -> Route:
    """The route of a line, with ids that nothing has."""
    [route] = [r for r in routes_of(app) if (r.method, r.rule) == (line.method, line.rule)]
    return route
