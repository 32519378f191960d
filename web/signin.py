"""How managers sign in: Flask-Security with our words, our throttle and our rule for writing."""

from datetime import timedelta
from typing import Any

from flask import Flask, request
from flask_security.core import Security
from flask_security.datastore import SQLAlchemyUserDatastore
from flask_security.forms import LoginForm
from wtforms import BooleanField, EmailField, HiddenField, PasswordField, SubmitField

from extensions import db
from models.managers import Manager
from models.throttles import TooMany, count_try, forget_tries
from web.passkeys import party
from web.second_step import SecondStep
from web.sessions import init_sessions

WRONG = "The e-mail address and password do not fit together. Please try again."


class Logins(SQLAlchemyUserDatastore):
    """Managers, as Flask-Security asks for them. It reads; what it may write goes elsewhere."""

    def commit(self) -> None:
        """End the read. Writing is for writing(): a change left here is refused at the flush."""
        self.db.session.commit()


def _tidy(email: str | None) -> str:
    return (email or "").strip().lower()


class SignInForm(LoginForm):
    """E-mail and password; too many tries for one account or from one place have to wait."""

    email = EmailField("What is your e-mail address?", filters=[_tidy])
    password = PasswordField("What is your password?")
    remember = BooleanField("Keep me signed in on this device")
    next = HiddenField()
    submit = SubmitField("Sign in")

    def validate(self, **kwargs: Any) -> bool:  # type: ignore[override]
        """Count the try first, so that guessing is slow whatever the answer is."""
        account = self.email.data
        if not account or not self.password.data:
            # As errors of the fields, Flask-Security would reword them to the generic answer.
            self.form_errors.append("Enter your e-mail address and your password.")
            return False
        try:
            count_try("sign_in_address", request.remote_addr or "unknown")
            count_try("sign_in_account", account)
        except TooMany as error:
            self.form_errors.append(error.words)
            return False
        if not super().validate(**kwargs):
            return False
        forget_tries("sign_in_account", account)
        return True


def init_signin(app: Flask) -> None:
    """Sign-in, sign-out and nothing else of Flask-Security's pages."""
    rules = {
        "SECURITY_STATIC_FOLDER": None,
        "SECURITY_REGISTERABLE": False,
        "SECURITY_RECOVERABLE": False,
        "SECURITY_CHANGEABLE": False,
        "SECURITY_SEND_REGISTER_EMAIL": False,
        "SECURITY_PASSWORD_HASH": "argon2",
        # OWASP's argon2id for small machines, with one more pass: 19 MiB a sign-in, not 64.
        "SECURITY_PASSWORD_HASH_PASSLIB_OPTIONS": {
            "argon2__type": "ID",
            "argon2__memory_cost": 19456,
            "argon2__time_cost": 3,
            "argon2__parallelism": 1,
        },
        # argon2 salts by itself; Flask-Security's own HMAC step only wants a value here.
        "SECURITY_PASSWORD_SINGLE_HASH": True,
        "SECURITY_PASSWORD_SALT": "unused",
        "SECURITY_LOGIN_USER_TEMPLATE": "public/sign_in.html",
        "SECURITY_POST_LOGIN_VIEW": "/manager/",
        "SECURITY_POST_LOGOUT_VIEW": "/",
        "SECURITY_LOGOUT_METHODS": ["POST"],
        "SECURITY_RETURN_GENERIC_RESPONSES": True,
        "SECURITY_MSG_GENERIC_AUTHN_FAILED": (WRONG, "error"),
        "SECURITY_FLASH_MESSAGES": False,
        # Written as no-store=True, which no browser reads; web.headers says it right.
        "SECURITY_CACHE_CONTROL": None,
        "SECURITY_DEFAULT_REMEMBER_ME": False,
        # A negative freshness keeps its page for signing in again away: /verify is ours.
        "SECURITY_FRESHNESS": timedelta(seconds=-1),
        "SECURITY_EMAIL_VALIDATOR_ARGS": {"check_deliverability": False},
    }
    for name, value in rules.items():
        app.config.setdefault(name, value)
    # What managers may do is in their memberships; Flask-Security's own roles stay unused.
    logins = Logins(db, Manager, None)  # type: ignore[arg-type]
    security = Security(app, logins, login_form=SignInForm)
    security.two_factor_plugins = SecondStep()
    security.login_context_processor(lambda: {"party": party()})
    # Managers come with a session and nothing else. Flask-Security would also take a token, and
    # look for one in the address and the JSON of every request, a tablet's signing included.
    app.login_manager.request_loader(lambda request: None)  # type: ignore[attr-defined]
    init_sessions(app)
