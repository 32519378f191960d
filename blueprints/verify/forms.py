"""What the checking page asks."""

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import Field, StringField
from wtforms.validators import DataRequired, ValidationError

from records.codes import tidy

LARGEST = 20_000_000
TOO_LARGE = "This file is larger than 20 MB. Our records are much smaller; choose another file."
# A PDF may have a few bytes of something else before it.
WITHIN = 1024


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


class FileForm(FlaskForm):
    """A PDF, whatever it is called. `pdf` holds its bytes once it looks like one."""

    file = FileField(
        "Which PDF do you want to check?",
        description="Choose it, or drop it here. We look at it and forget it. Up to 20 MB.",
    )
    pdf: bytes = b""

    def validate_file(self, field: Field) -> None:
        """Refuse what is no PDF at all; everything else is the verdict's to say."""
        if not isinstance(field.data, FileStorage) or not field.data.filename:
            raise ValidationError("Choose the PDF of a record.")
        self.pdf = field.data.read()
        if not self.pdf:
            raise ValidationError("This file is empty. Choose the PDF of a record.")
        if len(self.pdf) > LARGEST:
            raise ValidationError(TOO_LARGE)
        if b"%PDF-" not in self.pdf[:WITHIN]:
            raise ValidationError("This is not a PDF. Our records are PDF files; choose one.")
