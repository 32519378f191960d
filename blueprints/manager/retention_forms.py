"""What is asked before anybody is erased, and for how long things are kept."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, IntegerField, RadioField, SelectMultipleField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, DataRequired, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from models.categories import CATEGORIES
from models.retentions import FEWEST_YEARS, MOST_YEARS
from records.days import long_date
from records.retention import Kept
from web.answers import one_line

WORD = "ERASE"
YEARS = f"Enter a whole number of years, from {FEWEST_YEARS} to {MOST_YEARS}."


def _word() -> StringField:
    return StringField(
        f"Type {WORD} to go on",
        filters=[one_line],
        description="This cannot be taken back.",
    )


def _is_the_word(field: Field) -> None:
    if (field.data or "").upper() != WORD:
        raise ValidationError(f"Type the word {WORD}, so that nobody is erased by accident.")


class ErasureForm(FlaskForm):
    """Why one person is erased, and the word."""

    why = RadioField(
        "Why are they erased?",
        [AnyOf(["request", "retention"], "Choose why they are erased.")],
        choices=[
            SelectChoice("request", "They asked for it"),
            SelectChoice("retention", "We have kept it long enough"),
        ],
        validate_choice=False,
    )
    word = _word()

    def validate_word(self, field: Field) -> None:
        """A slip of the finger types no word."""
        _is_the_word(field)


class ApprovalForm(FlaskForm):
    """Who of those whose time is over is erased."""

    people = SelectMultipleField(
        "Who is erased?",
        [DataRequired("Choose at least one person.")],
        coerce=str,
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    word = _word()

    def __init__(self, over: list[Kept], **more: Any) -> None:
        super().__init__(**more)
        self.over = {str(kept.known.person.id): kept for kept in over}
        self.people.choices = [SelectChoice(key, _line(kept)) for key, kept in self.over.items()]

    def validate_word(self, field: Field) -> None:
        """A slip of the finger types no word."""
        _is_the_word(field)

    def chosen_people(self) -> list[Kept]:
        """Those who were ticked."""
        return [self.over[key] for key in self.people.data or []]


class YearsForm(FlaskForm):
    """For how many years after the last day, by category."""

    def __init__(self, years: dict[str, int]) -> None:
        super().__init__(data=years)

    def years(self) -> dict[str, int]:
        """The numbers by category."""
        return {name: int(self[name].data) for name in CATEGORIES}


class _Years(IntegerField):
    """A whole number of years; what is none is answered in our own words."""

    def process_formdata(self, valuelist: list[str]) -> None:
        """Read what was typed."""
        try:
            super().process_formdata(valuelist)
        except ValueError as error:
            raise ValueError(YEARS) from error

    def pre_validate(self, _form: FlaskForm) -> None:
        """Neither nothing nor for ever."""
        if not self.errors and not FEWEST_YEARS <= (self.data or 0) <= MOST_YEARS:
            raise ValidationError(YEARS)


for _name, _words in CATEGORIES.items():
    setattr(YearsForm, _name, _Years(_words))


def _line(kept: Kept) -> str:
    known = kept.known
    left = long_date(known.left_on) if known.left_on else ""
    return f"{known.person.full_name}, {known.category_words.lower()}, left on {left}"
