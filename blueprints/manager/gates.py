"""Two gates behind the door: a second step that is overdue, and showing again that it is you."""

from urllib.parse import urlsplit

from flask import flash, redirect, request, url_for
from werkzeug.wrappers import Response

import clock
from blueprints.manager.rules import AGAIN, MINE
from web.access import desk
from web.sessions import own_address, this_session

# The letterhead's picture stands on the page that is left open.
STILL_OPEN = MINE | {"manager.logo", "manager.switch_setting"}


def check_second_step() -> Response | None:
    """After its last day the desk leads to setting a second step up, and nowhere else."""
    at = desk()
    if at.second_step_by is None or clock.today(at.setting.time_zone) <= at.second_step_by:
        return None
    return None if request.endpoint in STILL_OPEN else redirect(url_for("manager.me"))


def check_again() -> Response | None:
    """Ask once more who it is, before what takes much away; a form that was sent did nothing."""
    if request.endpoint not in AGAIN or this_session().is_fresh(clock.now()):
        return None
    if request.method != "POST":
        return redirect(url_for("manager.again", next=request.full_path.rstrip("?")))
    flash(
        "Nothing was done yet, because you have been here for a while. Show that it is you, and "
        "then press the button again.",
        "warning",
    )
    return redirect(url_for("manager.again", next=_page_of_the_form()))


def _page_of_the_form() -> str:
    """The page that a form stood on: its own address, or the one it says that it came from."""
    rule = request.url_rule
    if rule is not None and "GET" in (rule.methods or set()):
        return request.path
    return own_address(urlsplit(request.referrer or "").path)
