"""What every page asks that takes a file or what was copied out of one."""

from typing import Any

from flask_wtf import FlaskForm
from flask_wtf.file import FileField
from werkzeug.datastructures import FileStorage
from wtforms import TextAreaField


class BringingForm(FlaskForm):
    """A file or pasted words; `what` says what is pasted."""

    what = "text"
    file = FileField()
    pasted = TextAreaField()

    def validate(self, extra_validators: Any = None) -> bool:
        """One of the two ways, not both."""
        if not super().validate(extra_validators):
            return False
        ways = self.chosen is not None, bool((self.pasted.data or "").strip())
        if ways == (False, False):
            self.file.errors = (f"Choose a file, or paste the {self.what} below.",)
        if ways == (True, True):
            self.file.errors = (f"Choose a file or paste the {self.what}, please not both.",)
        return not self.file.errors

    @property
    def chosen(self) -> FileStorage | None:
        """The file, where one was chosen."""
        found = self.file.data
        return found if isinstance(found, FileStorage) and found.filename else None

    def came(self) -> bytes:
        """The bytes of what came."""
        return self.chosen.read() if self.chosen else (self.pasted.data or "").encode()

    def refuse(self, sentence: str) -> None:
        """Say what is wrong with what came, beside the place it came from."""
        field = self.file if self.chosen else self.pasted
        field.errors = (sentence,)
