"""What set-up asks."""

from flask_wtf import FlaskForm
from wtforms import EmailField, RadioField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, DataRequired

from agreements.starter import starter_charity_number
from settings.opening import Opening
from web.answers import new_password, one_line, real_email, real_name
from web.setting_fields import SettingFields


class OpeningForm(SettingFields):
    """The setting, its first manager, and whether they are the safeguarding lead."""

    email = EmailField(
        "What is your e-mail address?",
        [
            DataRequired("Enter your e-mail address."),
            real_email,
        ],
        description="You sign in with it. We send you nothing now.",
        filters=[one_line],
    )
    password = new_password("Which password do you want?")
    is_dsl = RadioField(
        "Are you the safeguarding lead?",
        [AnyOf(("yes", "no"), "Say whether you are the safeguarding lead.")],
        validate_choice=False,
        choices=[SelectChoice("yes", "Yes, I am"), SelectChoice("no", "No, somebody else is")],
        description="Only the safeguarding lead reads what people tell in confidence "
        "at the tablet. While nobody is named, the tablet takes no notes.",
    )

    def __init__(self) -> None:
        printed = starter_charity_number()
        super().__init__(charity_number=printed)
        self.charity_number.description = (
            f"The agreement you start with prints {printed} in its first line. "
            "If yours is another number, type it here."
        )

    def opening(self) -> Opening:
        """The answers, for settings.opening."""
        return Opening(
            **self.answers(),
            logo=self.logo_png,
            email=str(self.email.data),
            password=str(self.password.data),
            is_dsl=self.is_dsl.data == "yes",
        )


class NewcomerForm(FlaskForm):
    """Whoever has no sign-in yet says who they are."""

    name = StringField(
        "What is your name?",
        [DataRequired("Enter your name."), real_name],
        description="It stands beside what you do here, such as Margaret Pugh.",
    )
    password = new_password("Which password do you want?")
