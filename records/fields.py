"""Reads single values out of a tablet's JSON; each refusal is a sentence for its field."""

import re
from collections.abc import Callable
from datetime import datetime
from typing import Any, TypeVar
from uuid import UUID

from models.names import NameNotAcceptable, clean_name
from records.errors import DrawingNotAcceptable

LONGEST_NOTE = 2000
LONGEST_EMAIL = 254
# No control characters, which PostgreSQL refuses, and none of the signs around an address.
NOT_IN_EMAIL = r"@\s\x00-\x1f\x7f<>,;"
EMAIL = re.compile(rf"[^{NOT_IN_EMAIL}]+@[^.{NOT_IN_EMAIL}]+(\.[^.{NOT_IN_EMAIL}]+)+")

Value = TypeVar("Value")
Word = TypeVar("Word", bound=str)


class Wrong(Exception):
    """Carries the sentence for one field."""


class Form:
    """A JSON object being read; the faults of its parts gather in one place."""

    def __init__(self, body: dict[str, Any], errors: dict[str, str] | None = None) -> None:
        self.body = body
        self.errors: dict[str, str] = {} if errors is None else errors

    def part(self, name: str) -> "Form":
        """An object inside this one; a missing one is a fault."""
        inner = self.body.get(name)
        if not isinstance(inner, dict):
            self.errors[name] = "This part of the signing is missing."
            inner = {}
        return Form(inner, self.errors)

    def take(
        self, name: str, read: Callable[[Any], Value], reported_as: str | None = None
    ) -> Value | None:
        """Read one value; a refusal is kept under its field's name, and None given."""
        try:
            return read(self.body.get(name))
        except NameNotAcceptable:
            self.errors.setdefault(reported_as or name, str(NameNotAcceptable.__doc__))
        except (DrawingNotAcceptable, Wrong) as error:
            self.errors.setdefault(reported_as or name, str(error))
        return None


def identifier(value: Any) -> UUID:
    """A UUID in its usual writing."""
    try:
        return UUID(value)
    except (ValueError, AttributeError, TypeError) as error:
        raise Wrong("This is not an identifier that a tablet makes.") from error


def one_of(known: tuple[Word, ...]) -> Callable[[Any], Word]:
    """One of some known words."""

    def read(value: Any) -> Word:
        for word in known:
            if word == value:
                return word
        raise Wrong(f"Choose one of: {', '.join(word.replace('_', ' ') for word in known)}.")

    return read


def name(value: Any) -> str:
    """A person's or an organisation's name, cleaned as it will be sealed."""
    if not isinstance(value, str):
        raise NameNotAcceptable
    return clean_name(value)


def email(value: Any) -> str:
    """Something that looks like an e-mail address."""
    if not isinstance(value, str) or len(value) > LONGEST_EMAIL or not EMAIL.fullmatch(value):
        raise Wrong("Write the e-mail address like name@example.org, or leave it empty.")
    return value


def truth(value: Any) -> bool:
    """Yes or no; nothing said is no."""
    if value is not None and not isinstance(value, bool):
        raise Wrong("This must be yes or no.")
    return bool(value)


def note(value: Any) -> str:
    """A note of a length that can still be read."""
    if not isinstance(value, str) or len(value) > LONGEST_NOTE:
        raise Wrong(f"Keep the note to {LONGEST_NOTE:,} characters; the rest can be said.")
    return value.strip()


def share(value: Any) -> float:
    """A number from 0 to 1; nothing said is 0."""
    if value is None:
        return 0.0
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise Wrong("How far was read is a number from 0 to 1.")
    return float(value)


def short_word(value: Any) -> str:
    """One short word; nothing said is "normal"."""
    if value is None:
        return "normal"
    if not isinstance(value, str) or not re.fullmatch(r"[a-z_-]{1,20}", value):
        raise Wrong("The text size is one short word.")
    return value


def sha256(value: Any) -> str:
    """A SHA-256 in hexadecimal."""
    if not isinstance(value, str) or not re.fullmatch(r"[0-9a-f]{64}", value):
        raise Wrong("What the tablet showed first has a name of 64 digits and letters.")
    return value


def moment(value: Any) -> datetime:
    """A date and time with its zone (RFC 3339)."""
    try:
        read = datetime.fromisoformat(value)
    except (ValueError, TypeError) as error:
        raise Wrong("This is not a date and time with its zone.") from error
    # Near the ends of the calendar the offset of a zone has nowhere to go.
    if read.tzinfo is None or not 1900 < read.year < 9000:
        raise Wrong("This is not a date and time with its zone.")
    return read


def optional(read: Callable[[Any], Value]) -> Callable[[Any], Value | None]:
    """The same, where nothing (null or an empty text) may be said too."""
    return lambda value: None if value in (None, "") else read(value)
