"""What is asked before a legal hold."""

from datetime import date

from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import DataRequired, Length, Optional, ValidationError

from blueprints.manager.year_forms import DayField
from web.answers import one_line


class HoldForm(FlaskForm):
    """Why everything has to be kept, and perhaps until when."""

    reason = StringField(
        "Why must their records be kept?",
        [
            DataRequired("Write in a few words why their records must be kept."),
            Length(max=300, message="Please make this shorter, up to 300 characters."),
        ],
        description="A reference is enough, such as: insurer’s letter of 3 May. Name no child.",
        filters=[one_line],
    )
    until = DayField(
        "Until which day? (optional)",
        [Optional()],
        description="Leave it empty when nobody knows yet. Somebody then lifts the hold by hand.",
    )

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today

    def validate_until(self, field: Field) -> None:
        """A hold that is over already would hold nothing."""
        if field.data and field.data < self.today:
            raise ValidationError("This day is over. Enter a day to come, or leave it empty.")
