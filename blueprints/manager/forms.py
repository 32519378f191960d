"""What the desk asks."""

from itertools import starmap
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Field, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Length, Optional, ValidationError

from models.categories import CATEGORIES, SENT_BY_AN_ORGANISATION
from models.people import namesakes
from models.tablets import CODE_LENGTH, tidy_code
from web.answers import one_line, real_email, real_name
from web.setting_fields import SettingFields

LONGEST_TABLET_NAME = 60


class SearchForm(FlaskForm):
    """A name, or a part of one."""

    name = StringField(
        "Whom are you looking for?",
        [DataRequired("Type a name, or the first letters of one."), Length(max=200)],
        filters=[one_line],
    )


class PersonForm(FlaskForm):
    """Somebody new, added at the desk."""

    full_name = StringField(
        "What is their full name?",
        [DataRequired("Enter the full name."), real_name],
        description="As it should stand on the record.",
    )
    another = BooleanField("This is somebody else with the same name")
    category = SelectField(
        "What are they here as?",
        [AnyOf(CATEGORIES, "Choose what they are here as.")],
        validate_choice=False,
        choices=[SelectChoice("", "Choose one"), *starmap(SelectChoice, CATEGORIES.items())],
    )
    organisation = StringField(
        "Which agency or college sends them?",
        description="Only for agency workers and students on placement.",
        filters=[one_line],
    )
    email = EmailField(
        "What is their e-mail address? (optional)",
        [Optional(), real_email],
        description="For their copy and next year’s reminder. Many people have none; that is fine.",
        filters=[one_line],
    )
    under_18 = BooleanField("They are under 18")

    def __init__(self, setting_id: UUID) -> None:
        super().__init__()
        self.setting_id = setting_id
        self.has_namesake = False

    def validate_organisation(self, field: Field) -> None:
        """Who sends somebody is part of who an agency worker or a student is."""
        if self.category.data not in SENT_BY_AN_ORGANISATION:
            field.data = ""
        elif not field.data:
            raise ValidationError("Enter the agency or college that sends them.")
        else:
            real_name(self, field)

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask before a second entry is made for what may be the same person."""
        if not super().validate(extra_validators):
            return False
        answers = self.answers()
        about = (answers["full_name"], answers["category"], answers["organisation"])
        self.has_namesake = bool(namesakes(self.setting_id, *about))
        if self.has_namesake and not self.another.data:
            self.full_name.errors = (
                "This name is on the list already. If it is somebody else, tick the box below it.",
            )
            return False
        return True

    def answers(self) -> dict[str, Any]:
        """The answers, for models.people.add_person."""
        return {
            "full_name": self.full_name.data,
            "category": self.category.data,
            "organisation": self.organisation.data or None,
            "email": self.email.data or None,
            "under_18": bool(self.under_18.data),
        }


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


class RevokeForm(FlaskForm):
    """One button; it asks nothing."""


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
