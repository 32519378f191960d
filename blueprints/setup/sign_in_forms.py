"""What a browser sends on the way in when nobody types anything."""

from flask_wtf import FlaskForm
from wtforms import HiddenField


class PasskeyForm(FlaskForm):
    """What a device answered, and where to go on."""

    answer = HiddenField()
    next = HiddenField()
