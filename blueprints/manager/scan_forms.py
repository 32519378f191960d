"""What the desk asks about a paper that somebody signed."""

from collections.abc import Iterator
from datetime import date
from itertools import groupby
from operator import attrgetter
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import MultipleFileField
from werkzeug.datastructures import FileStorage
from wtforms import Field, SelectField, StringField
from wtforms.fields import SelectChoice
from wtforms.validators import InputRequired, Length, ValidationError

import clock
from blueprints.manager.year_forms import A_DATE, DayField
from models.agreements import Version
from models.settings import Setting
from records.days import long_date, short_date
from records.scanning import MOST_PHOTOGRAPHS, version_of_day
from web.answers import one_line

LONGEST_NAME = 120
MOST_TOGETHER = 30_000_000
TOO_LARGE = (
    "These photographs are larger than 30 MB together, so nothing was kept. Please choose "
    "fewer or smaller ones."
)
AGAIN = "Choose the photographs again: a browser forgets them when a page is shown once more."


class ScanForm(FlaskForm):
    """Which text was signed on paper, on which day, who saw it, and the photographs."""

    text = SelectField(
        "What was signed?",
        description="The text as it stood on that day is nearly always the right one.",
        validate_choice=False,
    )
    signed_on = DayField("Which day stands on the paper?", [InputRequired(A_DATE)])
    seen_by = StringField(
        "Who saw it being signed? (optional)",
        [Length(max=LONGEST_NAME, message="Please make this shorter, up to 120 characters.")],
        description="A name, as you know it. It stands on the record.",
        filters=[one_line],
    )
    photographs = MultipleFileField(
        "Which photographs show the signed paper?",
        description="One to ten, as JPEG or PNG, up to 30 MB together: each page that was signed "
        "or written on. We turn them upright, make them smaller, and take out where and when "
        "they were taken.",
    )

    def __init__(self, versions: list[Version], setting: Setting) -> None:
        super().__init__()
        self.versions, self.setting = versions, setting
        self.version: Version | None = None
        self.text.choices = _choices(versions, setting.time_zone)

    def validate(self, extra_validators: Any = None) -> bool:
        """The text is the one of that day, or the one that was chosen if it was there already."""
        sound = super().validate(extra_validators)
        if sound:
            sound = self._find(self.signed_on.data)
        if not sound and not self.photographs.errors:
            self.photographs.errors = (AGAIN,)
        return sound

    def validate_signed_on(self, field: Field) -> None:
        """Nothing was signed on a day to come."""
        if field.data and field.data > clock.today(self.setting.time_zone):
            raise ValidationError("This day is still to come. Enter the day on the paper.")

    def validate_photographs(self, _field: Field) -> None:
        """At least one, and not too many to look at."""
        count = len(self._files())
        if count == 0:
            raise ValidationError("Choose at least one photograph of the signed paper.")
        if count > MOST_PHOTOGRAPHS:
            raise ValidationError(f"Choose up to ten photographs; these are {count}.")

    @property
    def found(self) -> Version:
        """The version that was signed, of a form that is in order."""
        if self.version is None:
            raise ValueError("Only a form that was validated has found its version.")
        return self.version

    def sent(self) -> Iterator[bytes]:
        """The bytes of the photographs, in their order."""
        return (file.read() for file in self._files())

    def _find(self, day: date) -> bool:
        kind, _, number = str(self.text.data or "").partition(":")
        key = attrgetter("id" if kind == "version" else "agreement_id")
        meant = [one for one in self.versions if str(key(one)) == number]
        if not meant:
            self.text.errors = ("Choose what was signed.",)
            return False
        self.version = version_of_day(meant, day, self.setting.time_zone)
        if self.version is None:
            first = min(clock.local_day(v.published_at, self.setting.time_zone) for v in meant)
            self.signed_on.errors = (
                f"This text was published on {long_date(first)}, so nobody signed it before. "
                "Look at the day again, or choose an older version.",
            )
        return self.version is not None

    def _files(self) -> list[FileStorage]:
        given = self.photographs.data or []
        return [one for one in given if isinstance(one, FileStorage) and one.filename]


def _choices(versions: list[Version], time_zone: str) -> list[SelectChoice]:
    """Each agreement as it stood on that day first, and then each of its versions."""
    found = []
    for agreement_id, group in groupby(versions, key=attrgetter("agreement_id")):
        there = list(group)
        title = f"{there[0].title}, as it stood on that day"
        found.append(SelectChoice(f"agreement:{agreement_id}", title))
        found += [SelectChoice(f"version:{one.id}", _called(one, time_zone)) for one in there]
    return found


def _called(version: Version, time_zone: str) -> str:
    day = short_date(clock.local_day(version.published_at, time_zone))
    return f"{version.title}, version {version.number}, published {day}"
