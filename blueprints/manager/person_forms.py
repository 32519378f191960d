"""What the desk asks about a person."""

from itertools import starmap
from typing import Any
from uuid import UUID

from flask_wtf import FlaskForm
from wtforms import BooleanField, EmailField, Field, RadioField, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, DataRequired, Length, Optional, ValidationError

from models.categories import CATEGORIES, SENT_BY_AN_ORGANISATION
from models.people import Known
from people.doubles import same_name
from people.particulars import Particulars
from web.answers import one_line, real_email, real_name


class SearchForm(FlaskForm):
    """A name, or a part of one."""

    name = StringField(
        "Whom are you looking for?",
        [DataRequired("Type a name, or the first letters of one."), Length(max=200)],
        filters=[one_line],
    )


def real_sender(form: FlaskForm, field: Field) -> None:
    """Who sends somebody is part of who an agency worker or a student is."""
    if form["category"].data not in SENT_BY_AN_ORGANISATION:
        field.data = ""
    elif not field.data:
        raise ValidationError("Enter the agency or college that sends them.")
    else:
        real_name(form, field)


class ParticularsForm(FlaskForm):
    """What is on file about somebody."""

    full_name = StringField(
        "What is their full name?",
        [DataRequired("Enter the full name."), real_name],
        description="As it should stand on the record.",
    )
    category = SelectField(
        "What are they here as?",
        [AnyOf(CATEGORIES, "Choose what they are here as.")],
        validate_choice=False,
        choices=[SelectChoice("", "Choose one"), *starmap(SelectChoice, CATEGORIES.items())],
    )
    organisation = StringField(
        "Which agency or college sends them?",
        [real_sender],
        description="Only for agency workers and students on placement.",
        filters=[one_line],
    )
    email = EmailField(
        "What is their e-mail address? (optional)",
        [Optional(), real_email],
        description="For their copy and next year’s reminder. Many people have none; that is fine.",
        filters=[one_line],
    )
    under_18 = BooleanField("They are under 18")

    def answers(self) -> Particulars:
        """The answers, for the verbs of people/."""
        return Particulars(
            full_name=str(self.full_name.data),
            category=str(self.category.data),
            organisation=self.organisation.data or None,
            email=self.email.data or None,
            under_18=bool(self.under_18.data),
        )


class PersonForm(ParticularsForm):
    """Somebody new, added at the desk. `namesakes` are those who may be the same person."""

    another = BooleanField("No, this is somebody else with the same name")

    def __init__(self, setting_id: UUID, category: str = "") -> None:
        super().__init__(data={"category": category})
        self.setting_id = setting_id
        self.namesakes: list[Known] = []

    def validate(self, extra_validators: Any = None) -> bool:
        """Ask before a second entry is made for what may be the same person."""
        if not super().validate(extra_validators):
            return False
        self.namesakes = same_name(self.setting_id, str(self.full_name.data))
        if self.namesakes and not self.another.data:
            self.full_name.errors = (
                "This name is on the list already. Is it the same person? Please choose below.",
            )
            return False
        return True


class JoiningForm(FlaskForm):
    """Which of two entries is kept."""

    keep = RadioField("Which name and particulars are right?", validate_choice=False)

    def __init__(self, first: Known, second: Known) -> None:
        super().__init__(data={"keep": str(first.person.id)})
        self.ids = [first.person.id, second.person.id]
        self.keep.choices = [
            SelectChoice(str(known.person.id), _words(known)) for known in (first, second)
        ]
        known_ids = [str(one) for one in self.ids]
        self.keep.validators = (AnyOf(known_ids, "Choose the one that is right."),)

    def kept_and_merged(self) -> tuple[UUID, UUID]:
        """The entry that is kept, and the one that is joined to it."""
        first, second = self.ids
        return (first, second) if self.keep.data == str(first) else (second, first)


def _words(known: Known) -> str:
    sender = f", {known.organisation}" if known.organisation else ""
    return f"{known.person.full_name}, {known.category_words}{sender}"
