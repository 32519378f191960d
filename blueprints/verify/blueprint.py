"""A door without a guard: it says only what the holder of a record knows already."""

from flask import Blueprint

verify = Blueprint("verify", __name__, url_prefix="/verify")
