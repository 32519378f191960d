"""Inviting somebody at the desk: the link is shown once, can be sent, and can be withdrawn."""

from dataclasses import replace
from uuid import UUID

import pytest
import sqlalchemy as sa
from flask import Flask

from extensions import db
from models.invitations import open_invitations
from models.outbox import OutboxItem
from tests.cast import Cast
from tests.page import PageClient

ASKED = {"email": " Pugh@Example.org", "roles": ["chair"]}


def made(alice: PageClient, **changes: object) -> UUID:
    """Alice invites somebody; gives the invitation's id."""
    where = alice.post("manager.new_invitation", ASKED | changes).location  # type: ignore[union-attr]
    return UUID(str(where).rpartition("/")[2])


def test_the_link_is_shown_once(alice: PageClient, cast: Cast) -> None:
    one = made(alice)
    page = alice.get("manager.invitation", invitation_id=one)
    assert "For pugh@example.org, as Chair" in page.text
    assert "http://localhost/invitations/" in page.text
    assert "/invitations/" not in alice.get("manager.invitation", invitation_id=one).text
    page = alice.get("manager.team")
    assert "pugh@example.org as Chair; the link works until" in page.text


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"email": ""}, "Enter their e-mail address."),
        ({"email": "pugh"}, "Enter an e-mail address, such as name@example.org."),
        ({"roles": []}, "Tick at least one."),
        ({"roles": ["auditor"]}, "Enter the auditor’s last day, such as"),
        ({"email": "bob@example.org", "roles": ["manager"]}, "They have this role already."),
    ],
)
def test_what_is_missing_is_said(
    alice: PageClient, cast: Cast, changes: dict[str, object], sentence: str
) -> None:
    page = alice.post("manager.new_invitation", ASKED | changes, expect=422)
    assert page.errors[0].startswith(sentence)  # type: ignore[union-attr]
    assert not open_invitations(cast.bluebells.id)


def test_it_is_withdrawn(alice: PageClient, client: PageClient, cast: Cast) -> None:
    one = made(alice)
    address = next(
        word for word in alice.get("manager.invitation", invitation_id=one).text.split()
        if "/invitations/" in word
    ).removeprefix("http://localhost")  # fmt: skip
    assert (
        "From this moment the link"
        in alice.get("manager.withdraw_invitation", invitation_id=one).text
    )
    alice.post("manager.withdraw_invitation", {}, invitation_id=one)
    assert not open_invitations(cast.bluebells.id)
    alice.get("manager.invitation", expect=404, invitation_id=one)
    alice.post("manager.withdraw_invitation", {}, expect=404, invitation_id=one)
    assert client.get(address, expect=410).h1 == "This invitation does not work"


def test_without_letters_none_is_offered(alice: PageClient) -> None:
    page = alice.get("manager.invitation", invitation_id=made(alice))
    assert not [form for form in page.all("form") if (form.get("action") or "").endswith("/letter")]


def test_a_letter_is_offered_where_one_can_leave(
    app: Flask, alice: PageClient, cast: Cast, monkeypatch: pytest.MonkeyPatch
) -> None:
    config = replace(app.config["FINGERPOST"], base_url="https://a.example", mail_url="console:")
    monkeypatch.setitem(app.config, "FINGERPOST", config)
    one = made(alice)
    page = alice.get("manager.invitation", invitation_id=one)
    assert "Send it to them by e-mail" in page.text
    alice.post("manager.send_invitation", {}, invitation_id=one)
    waits = db.session.scalars(sa.select(OutboxItem).where(OutboxItem.kind == "invitation"))
    assert [item.about for item in waits] == [str(one)]
    assert "The letter to pugh@example.org leaves" in alice.get("manager.team").text


def test_only_an_owner_invites(bob: PageClient, cast: Cast) -> None:
    bob.post("manager.new_invitation", ASKED, expect=403)
    assert not open_invitations(cast.bluebells.id)


def test_another_setting_sees_nothing(charlie: PageClient, alice: PageClient, cast: Cast) -> None:
    one = made(alice)
    for endpoint in ("manager.invitation", "manager.withdraw_invitation"):
        charlie.get(endpoint, expect=404, invitation_id=one)
    charlie.post("manager.send_invitation", {}, expect=404, invitation_id=one)
