"""What the desk asks about a list of people that comes in."""

from itertools import starmap
from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import (
    BooleanField,
    FieldList,
    HiddenField,
    SelectField,
    SelectMultipleField,
    TextAreaField,
)
from wtforms.fields import SelectChoice
from wtforms.widgets import CheckboxInput, ListWidget

from blueprints.manager.bringing_forms import BringingForm
from models.categories import CATEGORIES
from people.importing.columns import KINDS
from people.importing.judging import Row
from web.answers import whole_number


class ImportForm(BringingForm):
    """A file or pasted rows; what the file is called is of no use."""

    what = "rows"
    file = FileField(
        "Which file holds the list?",
        description="An Excel workbook (.xlsx) or a CSV file of at most 2 MB and 5,000 people.",
    )
    pasted = TextAreaField("Or paste the rows of a spreadsheet here")


class ColumnsForm(FlaskForm):
    """What each column holds, and what the words in the list mean."""

    kinds = FieldList(
        SelectField(validate_choice=True, choices=list(starmap(SelectChoice, KINDS.items())))
    )
    heading = BooleanField("The first row names the columns")
    category = SelectField(
        "What is everybody here as where the list does not say it?",
        choices=[
            SelectChoice("", "Say it for each row"),
            *starmap(SelectChoice, CATEGORIES.items()),
        ],
    )
    words = FieldList(
        SelectField(
            choices=[SelectChoice("", "Choose one"), *starmap(SelectChoice, CATEGORIES.items())]
        )
    )

    def __init__(self, columns: dict[str, Any], unknown: list[str]) -> None:
        meant = [columns["words"].get(word, "") for word in unknown]
        told = {"kinds": columns["kinds"], "heading": columns["heading"], "words": meant}
        super().__init__(data=told | {"category": columns["category"]})
        self.before, self.unknown = columns, unknown

    def columns(self) -> dict[str, Any]:
        """What the manager says, for Import.columns."""
        kinds = [str(field.data or "") for field in self.kinds][: len(self.before["kinds"])]
        kinds += [""] * (len(self.before["kinds"]) - len(kinds))
        said = zip(self.unknown, self.words, strict=False)
        words = self.before["words"] | {word: field.data for word, field in said if field.data}
        return {
            # A kind that was chosen twice holds for its first column.
            "kinds": [kind if kind not in kinds[:n] else "" for n, kind in enumerate(kinds)],
            "heading": bool(self.heading.data),
            "category": str(self.category.data or ""),
            "words": words,
        }


class AddingForm(FlaskForm):
    """The yes to a list: which doubles are other people, and what is left out."""

    anyway = SelectMultipleField(
        "Tick whoever is somebody else with the same name",
        description="The others are left out: they are on your list already.",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    leave_out = BooleanField("Leave out the rows that cannot be added")
    seen = HiddenField()

    def __init__(self, here: list[Row], seen: str) -> None:
        super().__init__(data={"seen": seen})
        self.anyway.choices = [
            SelectChoice(
                str(row.number), f"Row {row.number}: {row.name}, like {' and '.join(row.like)}"
            )
            for row in here
        ]

    def ticked(self) -> set[int]:
        """The numbers of the rows that are somebody else."""
        return {whole_number(ticked) for ticked in self.anyway.data or []}
