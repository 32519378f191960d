"""What the list of records asks: which of them, and whose."""

from collections.abc import Iterable
from itertools import starmap
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import Field, SelectField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import Length, Optional, ValidationError

from blueprints.manager.year_forms import DayField
from models.categories import CATEGORIES
from models.standings import STANDS
from records.rows import METHODS
from web.answers import one_line


def _any_or(some: Iterable[tuple[str, str]]) -> list[SelectChoice]:
    return [SelectChoice("", "All"), *starmap(SelectChoice, some)]


class FindForm(FlaskForm):
    """Whose records, and of which kind; an empty answer asks for nothing."""

    name = StringField(
        "Whose records? (optional)",
        [Length(max=200, message="Type the first letters of the name.")],
        description="The first letters of a name, also of somebody who has left.",
        filters=[one_line],
    )
    text = SelectField("Which agreement?", default="")
    category = SelectField("Signed as", choices=_any_or(CATEGORIES.items()), default="")
    method = SelectField("How?", choices=_any_or(METHODS.items()), default="")
    standing = SelectField("Does it count?", choices=_any_or(STANDS.items()), default="")
    first = DayField("From which day? (optional)", [Optional()])
    last = DayField("To which day? (optional)", [Optional()])

    def __init__(self, texts: list[tuple[str, str]], **shown: Any) -> None:
        super().__init__(**shown)
        self.text.choices = _any_or(texts)

    def validate_last(self, field: Field) -> None:
        """Nothing was signed between a day and an earlier one."""
        if field.data and self.first.data and field.data < self.first.data:
            raise ValidationError("Enter a last day that is not before the first.")

    def answers(self) -> dict[str, Any]:
        """What was asked for, by the names of the address."""
        kind, _, number = str(self.text.data or "").partition(":")
        fields = (self.category, self.method, self.standing, self.first, self.last)
        found = {field.short_name: str(field.data) for field in fields if field.data}
        return found | ({kind: number} if number else {})


class ChosenForm(FlaskForm):
    """The records that were ticked."""

    record = SelectMultipleField(coerce=UUID, validate_choice=False)
