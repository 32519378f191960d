"""What the desk asks about the setting's social media accounts."""

from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import IntegerField, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Length, NumberRange

from models.accounts import DAYS_BETWEEN_CHECKS, OUTCOMES
from models.people import Person
from web.answers import one_line

LONGEST = 100
SHORTER = "Please make this shorter, up to 100 characters."
HOW_OFTEN = "Enter a number of days from 1 to 366."


class AccountForm(FlaskForm):
    """One account, and how often somebody looks at it."""

    platform = StringField(
        "Where is it?",
        [
            DataRequired("Enter where it is, such as Facebook."),
            Length(max=LONGEST, message=SHORTER),
        ],
        description="Such as Facebook, Instagram or a group on WhatsApp.",
        filters=[one_line],
    )
    handle = StringField(
        "What is it called there?",
        [DataRequired("Enter what it is called there."), Length(max=LONGEST, message=SHORTER)],
        description="The name of the page or account, as people see it. Never a password.",
        filters=[one_line],
    )
    check_every_days = IntegerField(
        "After how many days should somebody look again?",
        [DataRequired(HOW_OFTEN), NumberRange(1, 366, HOW_OFTEN)],
        default=DAYS_BETWEEN_CHECKS,
    )

    def answers(self) -> dict[str, Any]:
        """The answers, for settings.accounts."""
        return {name: self[name].data for name in ("platform", "handle", "check_every_days")}


class MonitorForm(FlaskForm):
    """Who else watches an account."""

    person_id = SelectField("Who else watches it?", coerce=str, validate_choice=False)

    def __init__(self, people: list[Person], **more: Any) -> None:
        super().__init__(**more)
        self.person_id.choices = [SelectChoice("", "Choose one"), *_choices(people)]
        self.person_id.validators = (AnyOf(_ids(people), "Choose somebody from the list."),)

    def person(self) -> UUID:
        """Whoever was chosen."""
        return UUID(self.person_id.data)


class CheckForm(FlaskForm):
    """Who looked at an account today, and whether there was anything; never what it was."""

    person_id = RadioField("Who looked?", coerce=str, validate_choice=False)
    outcome = RadioField(
        "What was there?",
        [AnyOf(OUTCOMES, "Choose what was there.")],
        choices=[SelectChoice(*outcome) for outcome in OUTCOMES.items()],
        description="Please write down nothing about a child or a colleague here.",
        validate_choice=False,
    )

    def __init__(self, monitors: list[Person], **more: Any) -> None:
        super().__init__(**more)
        self.person_id.choices = _choices(monitors)
        self.person_id.validators = (AnyOf(_ids(monitors), "Choose who looked."),)

    def person(self) -> UUID:
        """Whoever was chosen."""
        return UUID(self.person_id.data)


def _choices(people: list[Person]) -> list[SelectChoice]:
    return [SelectChoice(str(person.id), person.full_name) for person in people]


def _ids(people: list[Person]) -> list[str]:
    return [str(person.id) for person in people]
