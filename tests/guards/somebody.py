"""Whoever knocks: a stranger, a tablet, or somebody with one role in one setting."""

from flask import Flask, g
from werkzeug.test import TestResponse

import clock
from extensions import db
from models.base import new_id
from models.managers import Manager, Membership
from models.settings import Setting
from models.writing import writing
from tests.guards.listed import Listed
from tests.page import PageClient

OUR_PAGE = {"Fingerpost-Tablet": "1", "Sec-Fetch-Site": "same-origin"}


class Somebody:
    """One browser: nobody's, a tablet's, or that of somebody with one role in one setting."""

    def __init__(self, app: Flask, setting: Setting | None = None, token: str = "") -> None:
        self.pages = PageClient(app.test_client())
        self.form = {"setting": str(setting.id)} if setting else {}
        if token:
            self.pages.client.set_cookie("fingerpost-tablet", token)

    def opens(self, method: str, path: str, form: dict[str, str] | None = None) -> TestResponse:
        """The plain answer to one request."""
        db.session.commit()
        g.pop("_login_user", None)
        data = (self.form if form is None else form) if method == "POST" else None
        return self.pages.client.open(path, method=method, data=data, headers=OUR_PAGE)

    def asks(self, line: Listed, path: str, form: dict[str, str] | None = None) -> int:
        """The status of the answer; 401 also for whoever is sent to sign in."""
        response = self.opens(line.method, path, form)
        status = 401 if (response.location or "").startswith("/login") else response.status_code
        response.close()
        return status


def holding(app: Flask, setting: Setting, role: str) -> Somebody:
    """Somebody who holds just this role in that setting."""
    with writing():
        one = Manager(
            email=f"{role}-{setting.slug}@example.org", password=None, fs_uniquifier=new_id().hex
        )
        db.session.add(one)
        db.session.flush()
        held = {"setting_id": setting.id, "manager_id": one.id, "role": role}
        db.session.add(Membership(**held, since=clock.today(setting.time_zone)))
    made = Somebody(app, setting)
    made.pages.sign_in(one)
    return made
