"""What the public's pages ask."""

from flask_wtf import FlaskForm


class OneButtonForm(FlaskForm):
    """One button; it asks nothing."""
