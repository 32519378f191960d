"""What is too large to be sent: how large it may be, instead of an error without a way on."""

from flask import Response, request
from werkzeug.exceptions import RequestEntityTooLarge

from blueprints.manager.blueprint import manager
from blueprints.manager.scan_forms import TOO_LARGE
from settings.logo import LOGO_TOO_LARGE
from web.errors import error_page

SENTENCES = {
    "manager.new_scan": TOO_LARGE,
    "manager.settings": LOGO_TOO_LARGE,
    "manager.new_import": "This list is larger than 2 MB, so nothing was kept. Please bring in "
    "only the sheet with the names, saved as a file of its own.",
    "manager.new_agreement": "This text is larger than 15 MB, so nothing was kept. Please take "
    "its pictures out, or paste the text instead.",
}


@manager.errorhandler(RequestEntityTooLarge)
def too_large(_error: RequestEntityTooLarge) -> Response:
    """Say how large it may be where something may be large at all."""
    return error_page(413, SENTENCES.get(request.endpoint or ""))
