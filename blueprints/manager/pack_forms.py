"""What goes into an inspection pack."""

from datetime import date, timedelta
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import Field, RadioField, SelectMultipleField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, InputRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from blueprints.manager.year_forms import A_DATE, DayField
from models.agreements import Version
from records.days import short_date
from records.pack.enclosing import Listed
from records.pack.making import Wish

FURTHEST = timedelta(days=31)
RECORDS = {
    "newest": "The newest record of everybody who is here",
    "chosen": "Those that I tick below",
    "none": "None",
}


def _ticks(question: str, **more: Any) -> SelectMultipleField:
    return SelectMultipleField(
        question,
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
        **more,
    )


class PackForm(FlaskForm):
    """The day, the agreements, and which sealed records travel inside the file."""

    day = DayField(
        "For which day?",
        [InputRequired(A_DATE)],
        description="The list says where everybody stands on that day.",
    )
    agreements = _ticks("Which agreements?")
    records = RadioField(
        "Which sealed records go into the file?",
        [AnyOf(RECORDS, "Choose which records go into the file.")],
        choices=[SelectChoice(*choice) for choice in RECORDS.items()],
        validate_choice=False,
    )
    chosen = _ticks("Tick the records")

    def __init__(
        self, today: date, versions: list[Version], found: list[Listed], **more: Any
    ) -> None:
        """found: the records to choose from; none where there are none, or to be had."""
        ids = [str(version.agreement_id) for version in versions]
        usual = {"day": today, "agreements": ids, "records": "newest"}
        super().__init__(data=usual, **more)
        self.today = today
        self.agreements.choices = [
            SelectChoice(str(version.agreement_id), version.title) for version in versions
        ]
        self.chosen.choices = [SelectChoice(str(one.signing_id), _words(one)) for one in found]
        if not found:
            del self.records, self.chosen

    def validate_day(self, field: Field) -> None:
        """Who was here on a day that is past, nobody can say any more."""
        if field.data and not self.today <= field.data <= self.today + FURTHEST:
            raise ValidationError("Enter today, or a day within a month from now.")

    def validate_agreements(self, field: SelectMultipleField) -> None:
        """A pack is about something that people sign."""
        if field.choices and not _ids(field):
            raise ValidationError("Tick at least one agreement.")

    def validate_chosen(self, field: SelectMultipleField) -> None:
        """Whoever wants to choose ticks something."""
        if self.records.data == "chosen" and not _ids(field):
            raise ValidationError("Tick at least one record, or choose “None”.")

    def wish(self) -> Wish:
        """The answers, for records.pack.making."""
        agreements = _ids(self.agreements)
        if self.records is None:
            return Wish(self.day.data, agreements, "none")
        if self.records.data == "chosen":
            return Wish(self.day.data, agreements, _ids(self.chosen))
        return Wish(self.day.data, agreements, self.records.data)


def _ids(field: SelectMultipleField) -> frozenset[UUID]:
    """What was ticked, as far as it was there to tick."""
    there = {choice.value for choice in field.choices or []}
    return frozenset(UUID(ticked) for ticked in field.data or [] if ticked in there)


def _words(one: Listed) -> str:
    return f"{one.full_name}: {one.what}, {short_date(one.effective_at.date())}"
