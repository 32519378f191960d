"""A door without a guard: public texts, and pages that open with a letter's own link."""

from flask import Blueprint

public = Blueprint("public", __name__)
