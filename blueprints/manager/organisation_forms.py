"""What the desk asks about an agency or a college."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, StringField, TelField
from wtforms.validators import DataRequired, Length, Optional

from models.people import Organisation
from web.answers import one_line, real_email, real_name

TOO_LONG = Length(max=100, message="Please make this shorter, up to 100 characters.")


class OrganisationForm(FlaskForm):
    """Its name, and whom to ask there."""

    name = StringField(
        "What is it called?", [DataRequired("Enter its name."), real_name], filters=[one_line]
    )
    same = BooleanField("Yes, they are one: put their people together")
    contact_name = StringField(
        "Whom do you talk to there? (optional)", [TOO_LONG], filters=[one_line]
    )
    contact_email = EmailField(
        "What is their e-mail address? (optional)", [Optional(), real_email], filters=[one_line]
    )
    contact_phone = TelField(
        "What is their telephone number? (optional)", [TOO_LONG], filters=[one_line]
    )
    checked = BooleanField("I have checked today that this is right")

    def __init__(self, organisation: Organisation) -> None:
        super().__init__(obj=organisation)
        self.name_taken = False

    def answers(self) -> dict[str, Any]:
        """The name and the contact."""
        fields = (self.name, self.contact_name, self.contact_email, self.contact_phone)
        return {field.short_name: field.data or None for field in fields}

    def take_name(self, sentence: str) -> None:
        """Another one has this name: ask whether the two are one."""
        self.name_taken = True
        self.name.errors = (sentence,)
