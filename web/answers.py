"""What every door's forms do with a typed answer: tidy it, or say how it should look."""

import re
import unicodedata

from flask_wtf import FlaskForm
from wtforms import Field, PasswordField
from wtforms.validators import DataRequired, Length, ValidationError

from models.names import NameNotAcceptable, clean_name
from records.fields import EMAIL, LONGEST_EMAIL
from settings.passwords import LONGEST_PASSWORD, SHORTEST_PASSWORD


def one_line(typed: str | None) -> str:
    """What was typed, without spaces around it or control characters in it."""
    return " ".join(_shown(typed or "").split())


def lines(typed: str | None) -> str:
    """What was typed over several lines, without empty lines at either end."""
    kept = [one_line(line) for line in (typed or "").splitlines()]
    return re.sub(r"\n{3,}", "\n\n", "\n".join(kept)).strip("\n")


def whole_number(typed: str | None) -> int:
    """The number that was typed, or that a page brings back; 0 for anything that is none."""
    digits = typed or ""
    # Python refuses to read a number of thousands of digits.
    return int(digits) if digits.isdecimal() and len(digits) < 16 else 0


def real_name(_form: FlaskForm, field: Field) -> None:
    """Refuse a name that cannot be read, and tidy one that can."""
    try:
        field.data = clean_name(field.data or "")
    except NameNotAcceptable as error:
        raise ValidationError(str(error.__doc__)) from error


def real_email(_form: FlaskForm, field: Field) -> None:
    """Refuse what cannot be an e-mail address; whether it is somebody's only a letter can tell."""
    typed = field.data or ""
    if len(typed) > LONGEST_EMAIL or not EMAIL.fullmatch(typed):
        raise ValidationError("Enter an e-mail address, such as name@example.org.")


def new_password(question: str) -> PasswordField:
    """Ask for a password that is chosen now."""
    return PasswordField(
        question,
        [
            DataRequired("Choose a password."),
            Length(
                min=SHORTEST_PASSWORD,
                max=LONGEST_PASSWORD,
                message=f"Choose a password of at least {SHORTEST_PASSWORD} characters.",
            ),
        ],
        description=f"At least {SHORTEST_PASSWORD} characters of any kind. "
        "Three or four random words are easy to remember.",
    )


def _shown(typed: str) -> str:
    return "".join(
        letter
        for letter in unicodedata.normalize("NFC", typed)
        if letter.isspace() or unicodedata.category(letter)[0] != "C"
    )
