"""Coming in and leaving: a cookie holds a token, and the database says if it still opens."""

import re

from flask import Flask, g, request, session
from flask_login import user_logged_out
from flask_security.utils import login_user

from models.managers import Manager
from models.sessions import KEPT, DeskSession, end_sessions, live_session, open_session
from models.writing import writing
from web.browsers import browser_words

HOME = "/manager/"
# A page of the desk and nothing else: no other host, no scheme, nothing a browser reads as one.
OWN_ADDRESS = re.compile(r"/manager(?:[/?][\x21-\x5b\x5d-\x7e]*)?")


def come_in(manager: Manager, how: str, *, kept: bool = False) -> None:
    """Sign this device in; nothing that was chosen before is carried over."""
    token = open_session(
        manager.id, how, browser_words(request.headers.get("User-Agent", "")), kept=kept
    )
    session.clear()
    session["desk"] = token
    session.permanent = kept
    login_user(manager, remember=False)


def this_session() -> DeskSession:
    """The session that this request came in by."""
    found: DeskSession = g.desk_session
    return found


def own_address(wanted: str | None) -> str:
    """Where to go on: the desk's page that was asked for, or its first one."""
    return wanted if wanted and OWN_ADDRESS.fullmatch(wanted) else HOME


def init_sessions(app: Flask) -> None:
    """Let the database decide who is signed in, whatever a cookie says."""
    app.config["PERMANENT_SESSION_LIFETIME"] = KEPT
    app.login_manager.user_loader(_manager_here)  # type: ignore[attr-defined]
    user_logged_out.connect(_leaves, app)


def _manager_here(login: str) -> Manager | None:
    """The manager whose session this device holds; a login that was renewed since ends it."""
    token = session.get("desk")
    held = live_session(token) if token else None
    if held is None or not held.manager.active or held.manager.fs_uniquifier != login:
        return None
    g.desk_session = held
    return held.manager


def _leaves(_app: Flask, **_more: object) -> None:
    """Signing out ends the session where it counts; what is left in the cookie opens nothing."""
    token = session.pop("desk", None)
    held = live_session(token) if token else None
    if held is not None:
        with writing():
            end_sessions([held])
