"""What a browser sends on the way in when nobody types anything."""

from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField


class PasskeyForm(FlaskForm):
    """What a device answered, where to go on, and whether to be remembered."""

    answer = HiddenField()
    next = HiddenField()
    remember = BooleanField("Keep me signed in on this device")
