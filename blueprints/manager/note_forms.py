"""What is asked after a talk, and after a declaration was looked into."""

from datetime import date
from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, StringField, TextAreaField
from wtforms.validators import DataRequired, InputRequired, Length, Optional, ValidationError

from blueprints.manager.year_forms import DayField
from records.confidential import Noted
from web.answers import lines, one_line

LONGEST_WHO, LONGEST_OUTCOME = 200, 2000


class NoteForm(FlaskForm):
    """With whom it was talked over, when, and what came of it."""

    discussed_with = StringField(
        "Whom did you talk it over with?",
        [
            DataRequired("Enter whom you talked it over with, such as the person themselves."),
            Length(max=LONGEST_WHO, message="Please make this shorter, up to 200 characters."),
        ],
        description="Such as the person themselves, or the chair.",
        filters=[one_line],
    )
    discussed_on = DayField("On which day?", [InputRequired("Enter the day of the talk.")])
    outcome = TextAreaField(
        "What came of it?",
        [
            DataRequired("Write in a few words what came of it."),
            Length(
                max=LONGEST_OUTCOME, message="Please make this shorter, up to 2,000 characters."
            ),
        ],
        filters=[lines],
    )

    def __init__(self, today: date, **more: Any) -> None:
        super().__init__(**more)
        self.today = today
        if self.discussed_on.data is None and not self.is_submitted():
            self.discussed_on.data = today

    def validate_discussed_on(self, field: Field) -> None:
        """A talk that is still to come has no outcome."""
        if field.data and field.data > self.today:
            raise ValidationError("Enter the day of the talk: today, or a day before.")

    def noted(self) -> Noted:
        """The answers, for records.reviewing and records.talking."""
        return Noted(
            discussed_with=str(self.discussed_with.data),
            discussed_on=self.discussed_on.data,
            outcome=str(self.outcome.data),
        )


class ReviewForm(NoteForm):
    """What came of a declaration, and whether to look at it again."""

    review_on = DayField(
        "On which day do you want to look at it again?",
        [Optional()],
        description="Leave this empty if it is settled.",
    )

    def validate_review_on(self, field: Field) -> None:
        """It comes up again on a day to come."""
        if field.data and field.data <= self.today:
            raise ValidationError("Enter a day to come, or leave this empty.")
