"""Showing that it is you: by the password, a code of the app, a code from paper, or a passkey."""

from typing import Any

from flask_wtf import FlaskForm
from wtforms import HiddenField, PasswordField, StringField

from backends.passkeys import PasskeyNotRight
from models.authenticators import CodeNotRight
from models.managers import Manager
from models.throttles import TooMany, count_try, forget_tries
from settings.passwords import fits
from settings.second_steps import code_fits, recovery_code_fits
from web.answers import one_line
from web.passkeys import manager_by_passkey

SECOND = ("code", "recovery_code", "passkey")
AGAIN = ("password", "code", "passkey")


class ProvingForm(FlaskForm):
    """Several ways; each is a form of its own on the page, and `way` says which was sent."""

    way = HiddenField()
    password = PasswordField("What is your password?")
    code = StringField(
        "Which code does your app show?",
        description="Six digits, new every half a minute.",
        filters=[one_line],
    )
    recovery_code = StringField(
        "Which recovery code do you want to use up?",
        description="Twelve letters and digits from your list. Each works once.",
        filters=[one_line],
    )
    answer = HiddenField()

    def shows(self, manager: Manager, ways: tuple[str, ...]) -> bool:
        """Whether what was sent shows that it is them; otherwise a sentence stands at its field."""
        if not self.validate_on_submit() or self.way.data not in ways:
            return False
        way = str(self.way.data)
        field = self["answer" if way == "passkey" else way]
        wrong = _wrong(manager, way, field.data or "")
        if wrong and way == "passkey":
            self.form_errors.append(wrong)
        elif wrong:
            field.errors = (wrong,)
        return wrong is None


def _wrong(manager: Manager, way: str, given: str) -> str | None:
    """What is wrong with what was given; None when it shows that it is this manager.

    Ten tries in five minutes, whatever is tried: guessing stays hopeless, and nobody is shut out.
    """
    who = str(manager.id)
    try:
        count_try("second_step", who)
        CHECKS[way](manager, given)
    except TooMany as error:
        return error.words
    except NotShown as error:
        return str(error)
    forget_tries("second_step", who)
    return None


class NotShown(Exception):
    """What was given does not fit; its text says what to do."""


def _password(manager: Manager, given: str) -> None:
    if not fits(manager, given):
        raise NotShown("That is not your password. Please try again.")


def _code(manager: Manager, given: str) -> None:
    try:
        code_fits(manager.id, given)
    except CodeNotRight as error:
        raise NotShown(str(error.__doc__)) from error


def _recovery_code(manager: Manager, given: str) -> None:
    try:
        recovery_code_fits(manager.id, given)
    except CodeNotRight as error:
        raise NotShown("That code is not on your newest list, or it was used already.") from error


def _passkey(manager: Manager, given: str) -> None:
    try:
        whose = manager_by_passkey(given)
    except PasskeyNotRight as error:
        raise NotShown(str(error.__doc__)) from error
    if whose.id != manager.id:
        raise NotShown("That passkey belongs to another sign-in. Please choose your own.")


CHECKS: dict[str, Any] = {
    "password": _password,
    "code": _code,
    "recovery_code": _recovery_code,
    "passkey": _passkey,
}
