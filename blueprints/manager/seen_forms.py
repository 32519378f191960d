"""What is asked of "who saw what": about whom, by whom, and between which days."""

from datetime import timedelta
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

import clock
from blueprints.manager.year_forms import DayField
from models.looks import Wanted
from models.managers import team_of
from models.search import find_anybody
from models.settings import Setting
from settings.team import names_in_team
from web.answers import one_line, whole_number

LONGEST = 120
MOST_NAMESAKES = 50


class SeenForm(FlaskForm):
    """A name, a manager, and days; all of it may be left out."""

    name = StringField(
        "Whose? (optional)",
        [Length(max=LONGEST, message="Please make this shorter, up to 120 characters.")],
        description="The name of somebody who signs. What was taken of everybody counts, too.",
        filters=[one_line],
    )
    manager = SelectField("Who looked?", [Optional()], validate_choice=False)
    first_day = DayField("From which day? (optional)", [Optional()])
    last_day = DayField("Until which day? (optional)", [Optional()])
    # The number of the event before which the next page begins.
    before = HiddenField()

    def __init__(self, setting: Setting) -> None:
        super().__init__()
        self.setting = setting
        names = sorted(names_in_team(team_of(setting.id)).items(), key=lambda one: one[1])
        everybody = [SelectChoice("", "Anybody")]
        self.manager.choices = everybody + [SelectChoice(str(one), name) for one, name in names]
        self.people: frozenset[UUID] | None = None

    def validate_name(self, field: Field) -> None:
        """Find whom it may mean, those who have left among them."""
        if not field.data:
            return
        found = find_anybody(self.setting.id, field.data, MOST_NAMESAKES)
        self.people = frozenset(known.person.id for known in found)
        if not self.people:
            raise ValidationError(
                "Nobody on the list is or was called that. Try its first letters."
            )

    def validate_manager(self, field: SelectField) -> None:
        """One of those who are or were here."""
        if field.data and field.data not in {choice.value for choice in field.choices}:
            raise ValidationError("Choose one of the list.")

    def validate_last_day(self, field: Field) -> None:
        """Not before the first."""
        if field.data and self.first_day.data and field.data < self.first_day.data:
            raise ValidationError("The last day comes before the first. Please look again.")

    @property
    def wanted(self) -> Wanted:
        """Which looks these answers mean."""
        zone, first, last = self.setting.time_zone, self.first_day.data, self.last_day.data
        ends = last + timedelta(days=1) if last else None
        return Wanted(
            people=self.people,
            manager=UUID(self.manager.data) if self.manager.data else None,
            since=clock.day_begins(first, zone) if first else None,
            before=clock.day_begins(ends, zone) if ends else None,
        )

    @property
    def goes_on_before(self) -> int | None:
        """Where the page begins that was asked for."""
        return whole_number(self.before.data) or None
