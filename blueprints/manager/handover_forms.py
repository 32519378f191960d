"""What is asked when a committee changes."""

from datetime import date
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import EmailField, Field, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from blueprints.manager.year_forms import A_DATE, DayField
from models.managers import Manager
from settings.handover import Plan
from web.answers import one_line, real_email


class HandoverForm(FlaskForm):
    """When the meeting is, who comes, who goes, and after which day."""

    meeting_on = DayField("When is the annual meeting?", [DataRequired(A_DATE)])
    chair = EmailField(
        "What is the new chair’s e-mail address? (optional)",
        [Optional(), real_email],
        description="The chair reads everything but what people tell in confidence.",
        filters=[one_line],
    )
    owner = EmailField(
        "What is the new owner’s e-mail address? (optional)",
        [Optional(), real_email],
        description="The owner says who can sign in. It may be the new chair, too.",
        filters=[one_line],
    )
    leaving = SelectMultipleField(
        "Who goes?",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="All of their roles here end after their last day.",
    )
    last_day = DayField(
        "Which is their last day?",
        [Optional()],
        description="Leave some days after the meeting, so that they can show how it is done.",
    )

    def __init__(self, today: date, team: list[Manager]) -> None:
        super().__init__()
        self.today = today
        self.leaving.choices = [SelectChoice(str(one.id), one.words) for one in team]

    def validate_last_day(self, field: Field) -> None:
        """Not in the past: access cannot be taken back from yesterday."""
        if field.data and field.data < self.today:
            raise ValidationError("Their last day cannot have passed already.")

    def validate(self, extra_validators: object = None) -> bool:
        """Somebody comes or goes, and whoever goes has a last day."""
        well = super().validate(extra_validators)
        if not (self.chair.data or self.owner.data or self.leaving.data):
            self.form_errors.append("Say who comes, or who goes.")
            return False
        if self.leaving.data and not self.last_day.data and not self.last_day.errors:
            self.last_day.errors = (A_DATE,)
            return False
        return well

    def plan(self) -> Plan:
        """The answers, for settings.handover."""
        return Plan(
            meeting_on=self.meeting_on.data or self.today,
            chair=self.chair.data or None,
            owner=self.owner.data or None,
            leaving=frozenset(UUID(one) for one in self.leaving.data or []),
            last_day=self.last_day.data or self.today,
        )
