"""What a setting is asked about itself, at set-up and on its settings page."""

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import DataRequired, Length, Optional, Regexp, ValidationError

from settings.logo import LogoNotAcceptable, tidy_logo
from web.answers import lines, one_line, real_name

LONGEST_ADDRESS = 300
MOST_ADDRESS_LINES = 6
REGISTRATION = r"^[A-Za-z0-9][A-Za-z0-9 /-]{0,19}$"


class SettingFields(FlaskForm):
    """Name, registrations, address and logo. `logo_png` holds the tidied picture, if one came."""

    name = StringField(
        "What is your setting called?",
        [DataRequired("Enter the name of your setting."), real_name],
        description="It stands at the top of every record, such as Bluebells Pre-school.",
    )
    charity_number = StringField(
        "What is its charity number? (optional)",
        [Optional(), Regexp(REGISTRATION, message="Enter a charity number, such as 1072298.")],
        filters=[one_line],
    )
    ofsted_urn = StringField(
        "What is its Ofsted number (URN)? (optional)",
        [Optional(), Regexp(REGISTRATION, message="Enter an Ofsted number, such as EY123456.")],
        filters=[one_line],
    )
    address = TextAreaField(
        "What is its address? (optional)",
        [
            Optional(),
            Length(max=LONGEST_ADDRESS, message="Keep the address to 300 characters."),
        ],
        description="One line for each part, as on an envelope.",
        filters=[lines],
    )
    logo = FileField(
        "Which picture is its logo? (optional)",
        description="A PNG, JPEG or WebP picture of at most 2 MB.",
    )
    logo_png: bytes | None = None

    def validate_address(self, field: Field) -> None:
        """An address longer than this pushes the agreement off its letterhead."""
        if (field.data or "").count("\n") >= MOST_ADDRESS_LINES:
            raise ValidationError("Keep the address to six lines.")

    def validate_logo(self, field: Field) -> None:
        """Tidy the picture now, so that a bad one is an error beside its field."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            return
        try:
            self.logo_png = tidy_logo(field.data.read())
        except LogoNotAcceptable as error:
            raise ValidationError(str(error.__doc__)) from error

    def answers(self) -> dict[str, Any]:
        """What was answered, with nothing for what was left out."""
        return {
            "name": self.name.data,
            "charity_number": self.charity_number.data or None,
            "ofsted_urn": self.ofsted_urn.data or None,
            "address": self.address.data or None,
        }
