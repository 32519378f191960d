"""A door without a guard: what it shows holds nothing about anybody, and links work once."""

from flask import Blueprint

setup = Blueprint("setup", __name__)
