"""What the desk asks about contact cards and about the adoption of a version."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import EmailField, Field, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, DataRequired, InputRequired, Length, Optional, ValidationError

from blueprints.manager.year_forms import DayField
from models.contacts import KINDS
from web.answers import one_line, real_email

LONGEST = 200
SHORTER = "Please make this shorter, up to 200 characters."


class ContactForm(FlaskForm):
    """One card. A telephone number or an e-mail address must be on it."""

    kind = SelectField(
        "What is this contact for?",
        [AnyOf(KINDS, "Choose what this contact is for.")],
        validate_choice=False,
        choices=[SelectChoice("", "Choose one"), *(SelectChoice(*kind) for kind in KINDS.items())],
    )
    name = StringField(
        "Who is it?",
        [
            DataRequired("Enter a name, or what the place is called."),
            Length(max=LONGEST, message=SHORTER),
        ],
        description="A person or a team.",
        filters=[one_line],
    )
    phone = StringField(
        "Which telephone number?",
        [Length(max=60, message="Please make this shorter, up to 60 characters.")],
        filters=[one_line],
    )
    email = EmailField("Which e-mail address?", [Optional(), real_email], filters=[one_line])

    def validate_phone(self, field: Field) -> None:
        """A card that nobody can ring or write to helps nobody."""
        if not field.data and not self.email.data:
            raise ValidationError("Enter a telephone number, or an e-mail address below.")

    def answers(self) -> dict[str, Any]:
        """The answers, for settings.contacts."""
        return {
            "kind": self.kind.data,
            "name": self.name.data,
            "phone": self.phone.data or None,
            "email": self.email.data or None,
        }


class AdoptionForm(FlaskForm):
    """The provider's own sign-off of one version."""

    adopted_by = StringField(
        "Who adopted it?",
        [
            DataRequired("Enter who adopted it, such as the committee."),
            Length(max=LONGEST, message=SHORTER),
        ],
        description="Such as the committee, or the trustees.",
        filters=[one_line],
    )
    adopted_on = DayField(
        "On which day?", [InputRequired("Enter the day on which it was adopted.")]
    )
    review_on = DayField(
        "By which day will you look at it again?",
        [InputRequired("Enter the day by which you will look at it again.")],
        description="It then stands in your calendar. Most settings look once a year.",
    )
    signed_name = StringField(
        "Who signed it for the provider?",
        [
            DataRequired("Enter who signed it for the provider."),
            Length(max=LONGEST, message=SHORTER),
        ],
        filters=[one_line],
    )
    signed_role = StringField(
        "In which role?",
        [DataRequired("Enter their role, such as chair."), Length(max=LONGEST, message=SHORTER)],
        description="Such as chair.",
        filters=[one_line],
    )

    def __init__(self, today: date, **more: Any) -> None:
        super().__init__(**more)
        self.today = today

    def validate_adopted_on(self, field: Field) -> None:
        """What has not happened yet cannot be written down as done."""
        if field.data and field.data > self.today:
            raise ValidationError(
                "This day is still to come. Enter the day on which it was adopted."
            )

    def validate_review_on(self, field: Field) -> None:
        """To look again is later than to adopt."""
        if field.data and self.adopted_on.data and field.data <= self.adopted_on.data:
            raise ValidationError("Enter a day after the one on which it was adopted.")

    def answers(self) -> dict[str, Any]:
        """The answers, for agreements.adopting."""
        names = ("adopted_by", "adopted_on", "review_on", "signed_name", "signed_role")
        return {name: self[name].data for name in names}
