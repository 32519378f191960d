"""What a manager is asked about their own sign-in."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Length, Optional

from web.answers import new_password, one_line, real_name

LONGEST_PASSKEY_NAME = 60


class NameForm(FlaskForm):
    """What colleagues call them."""

    name = StringField(
        "What is your name?",
        [Optional(), real_name],
        description="Your colleagues see it at the desk. It may be left empty.",
        filters=[one_line],
    )


class NewPasswordForm(FlaskForm):
    """The old password and the new one."""

    old = PasswordField("What is your password now?")
    password = new_password("Which new password do you want?")


class AppForm(FlaskForm):
    """The code that shows that the app has the secret."""

    code = StringField(
        "Which code does the app show now?",
        [DataRequired("Type the six digits that your app shows.")],
        description="Six digits, new every half a minute.",
        filters=[one_line],
    )


class NewPasskeyForm(FlaskForm):
    """What to call a passkey, and what the device answered."""

    name = StringField(
        "What do you call this device?",
        [
            DataRequired("Give it a name, such as My phone."),
            Length(max=LONGEST_PASSKEY_NAME, message="Choose a shorter name, up to 60 characters."),
        ],
        description="Such as My phone or Office computer, so that you know it in the list.",
        filters=[one_line],
    )
    answer = HiddenField()
