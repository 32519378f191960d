"""What a manager is asked about their own sign-in."""

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField
from wtforms.validators import DataRequired, Length, Optional

from settings.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD
from web.answers import one_line, real_name

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
    password = PasswordField(
        "Which new password do you want?",
        [
            DataRequired("Choose a new password."),
            Length(
                min=SHORTEST_PASSWORD,
                max=LONGEST_PASSWORD,
                message=f"Choose a password of at least {SHORTEST_PASSWORD} characters.",
            ),
        ],
        description=f"At least {SHORTEST_PASSWORD} characters of any kind. "
        "Three or four random words are easy to remember.",
    )


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
