"""What the desk asks."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, Field, StringField
from wtforms.validators import DataRequired, Length, ValidationError

from models.tablets import CODE_LENGTH, tidy_code
from web.answers import one_line, real_name
from web.setting_fields import SettingFields

LONGEST_TABLET_NAME = 60


class TabletForm(FlaskForm):
    """The code on a tablet's screen, and what to call that tablet."""

    code = StringField(
        "Which code does the tablet show?",
        [DataRequired("Enter the code that the tablet shows.")],
        description="Eight letters. Small letters and spaces are fine.",
    )
    name = StringField(
        "What do you call this tablet?",
        [
            DataRequired("Give the tablet a name, such as Front door."),
            Length(max=LONGEST_TABLET_NAME, message="Choose a shorter name, up to 60 characters."),
            real_name,
        ],
        description="Such as Front door or Office. It stands on every record signed there.",
        filters=[one_line],
    )

    def validate_code(self, field: Field) -> None:
        """Tell a mistyped code from one that is too old."""
        field.data = tidy_code(field.data or "")
        if len(field.data) != CODE_LENGTH:
            raise ValidationError("The code has eight letters. Please look at the tablet again.")


class SettingForm(SettingFields):
    """The setting's particulars; a logo stays unless another one comes or it is taken away."""

    remove_logo = BooleanField("Take the logo away")

    def changes(self) -> dict[str, Any]:
        """What to save, for settings.changing."""
        answers = self.answers()
        if self.logo_png is not None:
            answers["logo"] = self.logo_png
        elif self.remove_logo.data:
            answers["logo"] = None
        return answers
