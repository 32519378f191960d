"""What is asked when somebody leaves or comes back."""

from datetime import date, timedelta
from itertools import starmap
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, Length, ValidationError

from blueprints.manager.person_forms import real_sender
from blueprints.manager.year_forms import A_DATE, DayField
from models.categories import CATEGORIES
from models.people import Known
from records.days import long_date
from web.answers import one_line

FURTHEST = timedelta(days=366)


class LeavingForm(FlaskForm):
    """Somebody's last day, and perhaps why."""

    last_day = DayField(
        "What is their last day?",
        [InputRequired(A_DATE)],
        description="A day to come is fine: they stay on the list until it is over.",
    )
    reason = StringField(
        "Why do they leave? (optional)",
        [Length(max=300, message="Please make this shorter, up to 300 characters.")],
        description="Such as: moved away. Only the history keeps it.",
        filters=[one_line],
    )

    def __init__(self, today: date, since: date) -> None:
        super().__init__(last_day=today)
        self.today, self.since = today, since

    def validate_last_day(self, field: Field) -> None:
        """Not before they came, and not further away than a year."""
        if field.data is None:
            return
        if field.data < self.since:
            first = long_date(self.since)
            raise ValidationError(f"They are on the list since {first}. Enter that day or a later.")
        if field.data > self.today + FURTHEST:
            raise ValidationError("This is more than a year away. Please look at the year.")


class ReturnForm(FlaskForm):
    """What somebody who is back is here as."""

    category = SelectField(
        "What are they here as now?",
        [AnyOf(CATEGORIES, "Choose what they are here as.")],
        validate_choice=False,
        choices=list(starmap(SelectChoice, CATEGORIES.items())),
    )
    organisation = StringField(
        "Which agency or college sends them?",
        [real_sender],
        description="Only for agency workers and students on placement.",
        filters=[one_line],
    )

    def __init__(self, known: Known, **more: Any) -> None:
        super().__init__(category=known.category, organisation=known.organisation, **more)
