"""/ leads on."""

from tests.page import PageClient


def test_before_set_up_it_says_where_the_link_is(newcomer: PageClient) -> None:
    page = newcomer.get("setup.front")
    assert page.h1 == "Nothing is set up yet"
    assert "flask setup link" in page.text


def test_afterwards_there_are_two_ways(client: PageClient) -> None:
    page = client.get("setup.front")
    assert page.links["This is the tablet by the door"] == "/kiosk/"
    assert page.links["I am a manager"] == "/manager/"
    assert page.links["Check its code"] == "/verify"


def test_cannot_be_posted_to(client: PageClient) -> None:
    client.post("setup.front", {}, expect=405)
