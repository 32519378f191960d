"""What the editor asks about a draft."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import Field, HiddenField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import DataRequired, Length
from wtforms.widgets import CheckboxInput, ListWidget

from agreements.publishing import Edition
from models.agreements import by_sentence
from models.categories import CATEGORIES
from web.answers import lines, one_line

LONGEST_TITLE = 200
LONGEST_TEXT = 200_000
SHORTER = "Please make this shorter, up to 200 characters."
TOO_LONG = "This is longer than 200,000 characters. Please make two agreements of it."
UNTICKED = "Tick who signs under this sentence, or clear it."


def as_typed(text: str | None) -> str:
    """Every character of it; browsers send other line ends than we keep."""
    return (text or "").replace("\r\n", "\n")


class _DraftFields(FlaskForm):
    """Everything but who signs."""

    revision = HiddenField()
    title = StringField(
        "What is it called?",
        [DataRequired("Give it a title."), Length(max=LONGEST_TITLE, message=SHORTER)],
        filters=[one_line],
    )
    text = TextAreaField(
        "What is the text?",
        [Length(max=LONGEST_TEXT, message=TOO_LONG)],
        description="Begin a heading with ## and a space, and a line of a list with - and a space. "
        "Leave an empty line between paragraphs.",
        filters=[as_typed],
    )
    summary = TextAreaField(
        "What does it say in short? (optional)",
        [Length(max=LONGEST_TEXT, message=TOO_LONG)],
        description="In plain words. It stands beside the text, and is no part of what is signed.",
        filters=[as_typed],
    )
    signoff_title = StringField(
        "What stands above the signature? (optional)",
        [Length(max=LONGEST_TITLE, message=SHORTER)],
        filters=[one_line],
    )
    name_label = StringField(
        "What stands before the name?",
        [
            DataRequired("Enter what stands before the name, such as Name:"),
            Length(max=LONGEST_TITLE, message=SHORTER),
        ],
        filters=[one_line],
    )


def _sentence() -> TextAreaField:
    return TextAreaField(
        "What do they sign under?",
        [Length(max=2000, message="Please make this shorter, up to 2,000 characters.")],
        filters=[lines],
    )


def _signers() -> SelectMultipleField:
    return SelectMultipleField(
        "Who signs under it?",
        choices=[SelectChoice(*pair) for pair in CATEGORIES.items()],
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


class DraftForm(_DraftFields):
    """A draft as a manager writes it: each sentence with those who sign under it."""

    def __init__(self, edition: Edition | None = None, revision: int | None = None) -> None:
        super().__init__(data=_answers(edition, revision) if edition else None)

    @property
    def pairs(self) -> list[tuple[Field, Field]]:
        """Each sentence with its ticks, as far as they are used, and one more."""
        every = self._pairs()
        used = [number for number, (one, who) in enumerate(every) if one.data or who.data]
        return every[: max(used, default=-1) + 2]

    def validate(self, extra_validators: Any = None) -> bool:
        """Everybody signs under one sentence, and a sentence is for somebody."""
        valid = super().validate(extra_validators)
        taken: set[str] = set()
        for sentence, signers in self._pairs():
            twice = [category for category in signers.data or [] if category in taken]
            taken.update(signers.data or [])
            fault = None
            if twice:
                who = CATEGORIES[twice[0]]
                fault = f"{who} is ticked above already. Each signs under one sentence."
            elif sentence.data and not signers.data:
                fault = UNTICKED
            if fault:
                signers.errors, valid = (fault,), False
        return valid

    def edition(self) -> Edition:
        """What was written."""
        return Edition(
            title=self.title.data or "",
            text=self.text.data or "",
            summary=self.summary.data or "",
            signoff_title=self.signoff_title.data or None,
            name_label=self.name_label.data or "",
            wordings={
                category: sentence.data or ""
                for sentence, signers in self._pairs()
                for category in signers.data or []
                if category in CATEGORIES
            },
        )

    def _pairs(self) -> list[tuple[Field, Field]]:
        numbers = range(len(CATEGORIES))
        return [(self[f"sentence_{number}"], self[f"signers_{number}"]) for number in numbers]


# A sentence for each category is the most there can be.
for _number in range(len(CATEGORIES)):
    setattr(DraftForm, f"sentence_{_number}", _sentence())
    setattr(DraftForm, f"signers_{_number}", _signers())


def _answers(edition: Edition, revision: int | None) -> dict[str, Any]:
    answers = {**vars(edition), "revision": revision}
    for number, (sentence, categories) in enumerate(by_sentence(edition.wordings).items()):
        answers |= {f"sentence_{number}": sentence, f"signers_{number}": categories}
    return answers
