"""What the desk asks about a text that comes in."""

from pathlib import PurePath

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from wtforms import HiddenField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields import SelectChoice
from wtforms.validators import AnyOf, Length
from wtforms.widgets import CheckboxInput, ListWidget

from agreements.incoming.writing_down import Guess
from blueprints.manager.bringing_forms import BringingForm
from models.agreements import Version
from web.answers import one_line, whole_number

LONGEST_TITLE = 120


class IncomingForm(BringingForm):
    """A file or pasted words, and what they are called."""

    agreement = SelectField("Is it new here?", validate_choice=False)
    file = FileField(
        "Which file holds the text?",
        description="A Word file (.docx), a PDF, a text or a Markdown file of at most 15 MB.",
    )
    pasted = TextAreaField("Or paste the text here")
    title = StringField(
        "What is it called? (optional)",
        [Length(max=LONGEST_TITLE, message="Choose a shorter title, up to 120 characters.")],
        description="When you leave this empty, a new one takes the title from its text, and "
        "another keeps its own.",
        filters=[one_line],
    )

    def __init__(self, versions: list[Version], chosen: str = "") -> None:
        super().__init__(data={"agreement": chosen})
        self.versions = {str(version.agreement_id): version for version in versions}
        self.agreement.choices = [
            SelectChoice("", "Yes, it is a new agreement"),
            *(
                SelectChoice(key, f"No, a new text for: {v.title}")
                for key, v in self.versions.items()
            ),
        ]
        known = AnyOf(["", *self.versions], "Choose one of your agreements, or a new one.")
        self.agreement.validators = (known,)

    @property
    def before(self) -> Version | None:
        """The version that this text is to follow."""
        return self.versions.get(str(self.agreement.data))

    @property
    def file_name(self) -> str:
        """What the file is called; "pasted" without one."""
        return str(self.chosen.filename) if self.chosen else "pasted"

    def called(self, title: str) -> str:
        """What it is called: as typed; otherwise as before, or what is new as its own title says,
        or as the file is named."""
        if self.before:
            return self.title.data or self.before.title
        stem = PurePath(self.file_name).stem.replace("_", " ") if self.chosen else ""
        return (self.title.data or one_line(title) or one_line(stem))[:LONGEST_TITLE]


class ReviewForm(FlaskForm):
    """Which of the guessed headings are headings; the revision it was asked about."""

    headings = SelectMultipleField(
        "Which of these lines are headings?",
        description="We guessed them by their looks. Untick what is an ordinary line.",
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
        validate_choice=False,
    )
    revision = HiddenField()

    def __init__(self, guesses: list[Guess], revision: int) -> None:
        everything = [str(guess.line) for guess in guesses]
        super().__init__(data={"headings": everything, "revision": str(revision)})
        self.guesses = guesses
        self.headings.choices = [
            SelectChoice(str(guess.line), guess.paragraph.replace("\\", "")) for guess in guesses
        ]

    def chosen(self) -> list[Guess]:
        """The guesses that are headings."""
        return [guess for guess in self.guesses if str(guess.line) in (self.headings.data or [])]

    @property
    def began_from(self) -> int:
        """The revision that was shown; 0, which is none, for anything else."""
        return whole_number(self.revision.data)
