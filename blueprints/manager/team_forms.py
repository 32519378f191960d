"""What is asked before somebody may come to the desk, and before they may not any more."""

from datetime import date, timedelta

from flask_wtf import FlaskForm
from wtforms import EmailField, Field, RadioField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from blueprints.manager.year_forms import A_DATE, DayField
from settings.team import AUDITOR_AT_MOST, AUDITOR_USUALLY
from web.answers import one_line, real_email

DOES: dict[str, str] = {
    "owner": "Owner: does everything a manager does, and says who can sign in",
    "manager": "Manager: looks after people, records, agreements and tablets",
    "dsl": "Safeguarding lead: reads what people tell in confidence, and everything else",
    "chair": "Chair: reads everything but that, and changes nothing",
    "auditor": "Auditor: reads the same as the chair, until a day",
}


def _roles() -> SelectMultipleField:
    return SelectMultipleField(
        "What may they do?",
        [DataRequired("Tick at least one.")],
        choices=[SelectChoice(*pair) for pair in DOES.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        description="Somebody can be several at once.",
    )


def _until() -> DayField:
    return DayField(
        "Which is their last day? (optional)",
        [Optional()],
        description="An auditor always has a last day, at most a year from now.",
    )


class RolesForm(FlaskForm):
    """Roles for somebody, and until when."""

    roles = _roles()
    until = _until()

    def __init__(self, today: date) -> None:
        super().__init__()
        self.today = today

    def validate_until(self, field: Field) -> None:
        """Not in the past; and what only an auditor needs."""
        if not field.data:
            return
        if field.data < self.today:
            raise ValidationError("Their last day cannot have passed already.")
        if "auditor" in (self.roles.data or []) and field.data > self.today + AUDITOR_AT_MOST:
            raise ValidationError("An auditor reads for a year at most. Choose an earlier day.")

    def validate(self, extra_validators: object = None) -> bool:
        """A date that was left out is no error of its own field, so it is looked at here."""
        well = super().validate(extra_validators)
        if "auditor" in (self.roles.data or []) and not self.until.data and not self.until.errors:
            usual = self.today + AUDITOR_USUALLY
            self.until.errors = (f"Enter the auditor’s last day, such as {usual:%d %m %Y}.",)
            return False
        return well


class InviteForm(RolesForm):
    """Whom to invite."""

    email = EmailField(
        "What is their e-mail address?",
        [DataRequired("Enter their e-mail address."), real_email],
        description="They sign in with it.",
        filters=[one_line],
    )
    # Again, so that they come after the address: on the page, and among what is missing.
    roles = _roles()
    until = _until()


class EndForm(FlaskForm):
    """When a role ends: at once, or after a day."""

    when = RadioField(
        "When does it end?",
        [AnyOf(("now", "later"), "Say when it ends.")],
        choices=[SelectChoice("now", "Now, at once"), SelectChoice("later", "After a day")],
        validate_choice=False,
    )
    last_day = DayField(
        "Which is their last day?", [Optional()], description="Only if it ends after a day."
    )

    def __init__(self, today: date, last_day: date | None) -> None:
        super().__init__(last_day=last_day)
        self.today = today

    def validate_last_day(self, field: Field) -> None:
        """Not in the past: that is "now"."""
        if self.when.data == "later" and field.data and field.data < self.today:
            raise ValidationError("That day has passed. Choose “Now, at once”, or a later day.")

    def validate(self, extra_validators: object = None) -> bool:
        """A day is needed where it ends after one."""
        well = super().validate(extra_validators)
        later = self.when.data == "later"
        if later and not self.last_day.data and not self.last_day.errors:
            self.last_day.errors = (A_DATE,)
            return False
        return well

    def chosen(self) -> date:
        """The last day on which the role counts."""
        if self.when.data == "now" or self.last_day.data is None:
            return self.today - timedelta(days=1)
        return self.last_day.data
