"""/ leads on: to set-up, to the tablet, or to sign-in."""

from flask import render_template

from blueprints.setup.blueprint import setup
from models.settings import any_setting


@setup.get("/")
def front() -> str:
    """Two ways on; or, while nothing is set up, where to find the set-up link."""
    return render_template("setup/front.html" if any_setting() else "setup/begin.html")
