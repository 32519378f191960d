"""What the checking page asks."""

from flask_wtf import FlaskForm
from wtforms import Field, StringField
from wtforms.validators import DataRequired, ValidationError

from records.codes import tidy


class CodeForm(FlaskForm):
    """A check code, however it is typed."""

    code = StringField(
        "What is the check code?",
        [DataRequired("Enter the check code.")],
        description="It is on the last page of the record: four groups of four.",
    )

    def validate_code(self, field: Field) -> None:
        """Refuse what no code looks like; spaces, dashes and small letters are fine."""
        tidied = tidy(field.data or "")
        if tidied is None:
            raise ValidationError("A check code has 16 letters and numbers. Please look again.")
        field.data = tidied
