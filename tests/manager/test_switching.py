"""Several settings: going from one to the other, and a form that belongs to the one left behind."""

from uuid import uuid4

import pytest

import clock
from extensions import db
from models.managers import Membership
from models.people import people_now
from models.writing import writing
from tests.cast import Cast
from tests.page import PageClient, words

SOMEBODY = {"full_name": "Nia Powell", "category": "volunteer"}


@pytest.fixture
def both(bob: PageClient, cast: Cast) -> PageClient:
    """Bob is a manager at Bluebells, and a chair at Little Owls."""
    with writing():
        ids = {"setting_id": cast.owls.id, "manager_id": cast.bob.id}
        db.session.add(Membership(**ids, role="chair", since=clock.today("Europe/London")))
    return bob


def test_whoever_has_one_sees_no_chooser(bob: PageClient) -> None:
    assert "Other settings" not in bob.get("manager.home").text


def test_goes_to_the_other_one(both: PageClient, cast: Cast) -> None:
    page = both.get("manager.people")
    [button] = [words(one) for one in page.all("button") if one.get("name") == "to"]
    assert button == "Go to Little Owls"
    assert both.post("manager.switch_setting", {"to": cast.owls.id}).location == "/manager/"
    page = both.get("manager.home")
    assert "Today – Little Owls" in words(page.one("head/title"))
    assert "Siân" not in both.get("manager.people").text
    # The role counts where it was given, and nowhere else.
    both.at(cast.owls).post("manager.add_someone", SOMEBODY, expect=403)


def test_a_form_of_the_other_tab_is_refused_with_a_way_back(both: PageClient, cast: Cast) -> None:
    both.post("manager.switch_setting", {"to": cast.owls.id})
    page = both.post("manager.add_someone", SOMEBODY, expect=409)
    assert page.h1 == "That page was for Bluebells"
    assert "Meanwhile you went to Little Owls in another tab" in page.text
    [form] = page.all("form")
    fields = {one.get("name"): one.get("value") for one in form.iter("input")}
    fields.pop("csrf_token")
    assert both.post(str(form.get("action")), fields).location == "/manager/"
    assert "Bluebells" in words(both.get("manager.home").one("head/title"))
    for setting in (cast.bluebells, cast.owls):
        people = db.session.execute(people_now(setting.id))
        assert "Nia Powell" not in {row[0].full_name for row in people}


@pytest.mark.parametrize("wanted", ["elsewhere", "nowhere", "nonsense", ""])
def test_not_to_where_they_have_no_role(bob: PageClient, cast: Cast, wanted: str) -> None:
    to = {"elsewhere": cast.owls.id, "nowhere": uuid4()}.get(wanted, wanted)
    bob.post("manager.switch_setting", {"to": to}, expect=404)
    assert "Bluebells" in words(bob.get("manager.home").one("head/title"))


def test_a_form_of_a_setting_that_is_not_theirs_names_nothing(bob: PageClient, cast: Cast) -> None:
    page = bob.post("manager.add_someone", SOMEBODY | {"setting": cast.owls.id}, expect=409)
    assert "belongs to another setting" in page.text
    assert "Little Owls" not in page.text


def test_a_role_that_ended_there_is_no_way_there(both: PageClient, cast: Cast) -> None:
    both.post("manager.switch_setting", {"to": cast.owls.id})
    with writing():
        for held in db.session.query(Membership).filter_by(manager_id=cast.bob.id, role="chair"):
            held.until = held.since.replace(year=held.since.year - 1)
    page = both.get("manager.home")
    assert "Bluebells" in words(page.one("head/title"))
    assert "Other settings" not in page.text
