"""Who may come in: a manager with a membership, or a paired tablet."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from uuid import UUID

from flask import (
    Response,
    abort,
    current_app,
    g,
    make_response,
    redirect,
    render_template,
    request,
    session,
    url_for,
)
from flask_security import current_user
from werkzeug.exceptions import RequestEntityTooLarge
from werkzeug.wrappers import Response as AnyResponse

import clock
from config import is_loopback
from extensions import db
from models.managers import Manager, memberships_now
from models.reviews import Declared, declared
from models.second_steps import second_step_by
from models.sessions import seen
from models.settings import Setting, settings_named
from models.tablets import Holder, Tablet, holder_of, tablet_of
from web.errors import error_page
from web.sessions import this_session

LARGEST_FROM_A_TABLET = 512 * 1024


@dataclass(frozen=True)
class Desk:
    """The desk as this manager sees it: which setting, and which roles they hold there."""

    setting: Setting
    manager: Manager
    roles: frozenset[str]
    # The last day without a second step, where one is asked for and this manager has none.
    second_step_by: date | None = None
    # Every setting that they may open, this one among them.
    setting_ids: frozenset[UUID] = frozenset()

    @property
    def others(self) -> list[Setting]:
        """The settings they could switch to, by name."""
        wanted = self.setting_ids - {self.setting.id}
        return settings_named(wanted) if wanted else []

    @cached_property
    def declared(self) -> Declared:
        """How many declarations there are, and how many wait: numbers, never what they say."""
        return declared(self.setting.id, clock.today(self.setting.time_zone))


def guard_desk() -> AnyResponse | None:
    """The manager door's guard: signed in, a membership today, and the right setting's form."""
    if not current_user.is_authenticated:
        # A tablet's approval link carries its code, and the code must outlive the sign-in.
        wanted = request.full_path.rstrip("?") if request.method == "GET" else None
        return redirect(url_for("security.login", next=wanted))
    seen(this_session())
    held = memberships_now(current_user.id)
    if not held:
        abort(403)
    chosen = session.get("setting_id")
    setting_id = next((m.setting_id for m in held if str(m.setting_id) == chosen), None)
    setting_id = setting_id or held[0].setting_id
    stand_in(setting_id)
    setting = db.session.get_one(Setting, setting_id)
    g.desk = Desk(
        setting=setting,
        manager=db.session.get_one(Manager, current_user.id),
        roles=frozenset(m.role for m in held if m.setting_id == setting_id),
        second_step_by=second_step_by(setting, current_user.id),
        setting_ids=frozenset(m.setting_id for m in held),
    )
    # Two tabs can stand in two settings; a form says which one it was opened in.
    if request.method == "POST" and request.form.get("setting") != str(setting_id):
        return _other_setting(g.desk)
    return None


def stand_in(setting_id: UUID) -> None:
    """Which setting this browser's desk is in, from the next page on."""
    session["setting_id"] = str(setting_id)


def _other_setting(at: Desk) -> Response:
    """Refuse a form of another tab's setting, and offer the way back to where it was opened."""
    meant = request.form.get("setting")
    back = next((other for other in at.others if str(other.id) == meant), None)
    if back is None:
        abort(409)
    page = render_template("errors/other_setting.html", at=at, back=back)
    return make_response(page, 409)


def desk() -> Desk:
    """The desk that guard_desk() opened for this request."""
    found: Desk = g.desk
    return found


def cookie_name() -> str:
    """The tablet's cookie; with HTTPS the browser itself ties it to this host."""
    return "__Host-fingerpost-tablet" if request.is_secure else "fingerpost-tablet"


def guard_tablet() -> Response | None:
    """The kiosk door's guard for everything but pairing: our own page, on a paired tablet.

    All of the body comes before the database is asked: a slow line may take its time over it, and
    no reader is open meanwhile.
    """
    if not from_our_page():
        return error_page(403, "This request did not come from the tablet's own page.")
    request.max_content_length = LARGEST_FROM_A_TABLET
    try:
        request.get_data()
    except RequestEntityTooLarge:
        return error_page(413, "This is larger than anything a tablet sends.")
    token = request.cookies.get(cookie_name(), "")
    holder = holder_of(token) if token else None
    if holder is None:
        return error_page(
            401, "This tablet is not connected any more. Please ask the manager to connect it."
        )
    g.holder = holder
    return None


def holder() -> Holder:
    """Which tablet guard_tablet() let in, by its id and its setting's."""
    found: Holder = g.holder
    return found


def tablet() -> Tablet:
    """The tablet that guard_tablet() let in, loaded by whoever needs more than its id."""
    found = tablet_of(holder().setting_id, holder().id)
    if found is None:
        abort(401)
    return found


def from_our_page() -> bool:
    """Whether a request comes from a page of this very origin.

    The browser says so in Sec-Fetch-Site; old Safari says Origin. A request that changes
    something needs one of them, and the header no foreign page can add without asking first.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if request.method in {"GET", "HEAD"}:
        return site in {None, "same-origin", "none"}
    if request.headers.get("Fingerpost-Tablet") != "1":
        return False
    if site is not None:
        return site == "same-origin"
    return request.headers.get("Origin") == request.host_url.rstrip("/")


def is_trustworthy_origin() -> bool:
    """Whether browsers give this origin a secure context: https, or this machine itself."""
    return request.is_secure or is_loopback(request.host.rsplit(":", 1)[0])


def check_address() -> str | None:
    """Where a code can be checked from anywhere; None while the address is this machine."""
    config = current_app.config["FINGERPOST"]
    return f"{config.base_url}/verify" if config.public else None
